"""The words of the checks, read from ``vocabulary/checks.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("evaluator").joinpath("vocabulary", "checks.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return {f"{table}.{name}": tuple(words) for table, lists in data.items() for name, words in lists.items()}


def words(name: str) -> tuple[str, ...]:
    """One list of words, by its table and its name: ``rates.ends``."""
    return _words()[name]


def ends(text: str, name: str) -> bool:
    """Whether squashed text ends with one of the words of a list."""
    return text.endswith(words(name))


def has(text: str, name: str) -> bool:
    """Whether one of the words of a list stands anywhere in squashed text."""
    return any(word in text for word in words(name))
