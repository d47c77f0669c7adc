"""The words of proofreading, read from ``vocabulary/scans.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Words:
    """Why a value is doubted (by the rule's name), which findings are doubts, and letters that units have.

    Findings of `both` are about an annual row and its long-term one, those of `whole` about a form: they make
    all its rows doubtful.
    """

    doubts: Mapping[str, str]
    findings: frozenset[str]
    both: frozenset[str]
    whole: frozenset[str]
    latin_units: tuple[str, ...]


@cache
def words() -> Words:
    """The shipped words."""
    path = resources.files("evaluator").joinpath("vocabulary", "scans.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Words(
        table["doubts"],
        frozenset(table["findings"]["codes"]),
        frozenset(table["findings"]["both"]),
        frozenset(table["findings"]["whole"]),
        tuple(table["units"]["latin"]),
    )


def say(doubt: str, **details: object) -> str:
    """A doubt in words."""
    return words().doubts[doubt].format(**details)
