"""Benchmarks: what the whole command costs, as ratios to a floor measured in the same run."""
