"""The stages of each command, wired; nothing here prints."""
