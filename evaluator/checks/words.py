"""The words of the checks, read from ``vocabulary/checks.toml``."""

from __future__ import annotations

from evaluator.values.word_lists import word_lists


def words(name: str) -> tuple[str, ...]:
    """One list of words, by its table and its name: ``goals.dangling``."""
    return word_lists("checks.toml")[name]


def ends(text: str, name: str) -> bool:
    """Whether squashed text ends with one of the words of a list."""
    return text.endswith(words(name))


def has(text: str, name: str) -> bool:
    """Whether one of the words of a list stands anywhere in squashed text."""
    return any(word in text for word in words(name))
