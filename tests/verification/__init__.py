"""Deliveries that somebody changed, and what `verify` says of them."""
