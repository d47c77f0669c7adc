"""Lists of plain words from a file of ``vocabulary/``, by table and name: ``rates.ends``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def word_lists(file: str) -> Mapping[str, tuple[str, ...]]:
    """All lists of a file, read once."""
    text = resources.files("evaluator").joinpath("vocabulary", file).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return {f"{table}.{name}": tuple(words) for table, lists in data.items() for name, words in lists.items()}
