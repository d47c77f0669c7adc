"""The words of filled sheets, read from ``vocabulary/audit.toml``, on top of those of approved forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from evaluator.forms.vocabulary import Role, fold, vocabulary
from evaluator.records.submitted import Grade
from evaluator.values.text import squash

_OF_FORMS = {
    Role.LEVEL1: "level1",
    Role.LEVEL2: "level2",
    Role.NAME: "name",
    Role.OPERATOR: "operator",
    Role.UNIT: "unit",
    Role.VALUE: "target",
    Role.POINTS: "points",
    Role.EXTRA: "aside",
    Role.BASIS: "aside",
}
_HEAD_PATTERNS = ("money", "title", "reasons", "measures", "notes", "panel", "own_part")
_MARK = re.compile(r"(?:其中)?[:：]?")


@dataclass(frozen=True)
class Words:
    """Look-ups from a cell's text to what it says on a filled sheet; every table's keys are folded."""

    columns: Mapping[str, str]
    funds: Mapping[str, str]
    sources: Mapping[str, str]
    goals: Mapping[str, str]
    total_labels: frozenset[str]
    names: frozenset[str]
    units: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    rules: Mapping[str, tuple[re.Pattern[str], ...]]
    candidates: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, frozenset[str]]
    grades: Mapping[str, Grade]
    why: Mapping[str, str]
    target_codes: frozenset[str]
    year_codes: frozenset[str]

    def column(self, text: str) -> str | None:
        """The role of a column of the table of indicators with this header, or None."""
        own = self.columns.get(fold(text))
        return own or _OF_FORMS.get(vocabulary().role(text) or Role.GOAL)

    def fund(self, text: str) -> str | None:
        """The role of a column of the budget's block with this header, or None."""
        return self.funds.get(fold(text))

    def source(self, text: str) -> str | None:
        """Whether a row's label means all funds, a part of them, or a part of a part; else None."""
        return self.sources.get(_MARK.sub("", fold(text), count=1))

    def matches(self, pattern: str, text: str) -> re.Match[str] | None:
        """The match of a named pattern with the whole of a text."""
        return self.patterns[pattern].fullmatch(squash(text).rstrip(":"))

    def has(self, words: str, text: str) -> bool:
        """Whether any of the named words stands in a text."""
        compact = squash(text)
        return any(word in compact for word in self.lists[words])

    def is_blank(self, text: str) -> bool:
        """Whether nothing was filled in: a blank, or a stroke."""
        compact = squash(text)
        return not compact or compact in self.lists["blank"]

    def is_none(self, text: str) -> bool:
        """Whether a text says that there was none of what should be 0: 无, 未发生."""
        return squash(text).rstrip("。;；") in self.lists["none"]

    def grade(self, text: str) -> Grade | None:
        """The grade that a text names (达成预期指标), or None."""
        return self.grades.get(squash(text).rstrip("。;；"))


def _spread(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(word): role for role, texts in table.items() for word in texts}


def _folded(texts: list[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in texts)


def _squashed(texts: list[str]) -> frozenset[str]:
    return frozenset(squash(word) for word in texts)


def _patterns(data: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    head, total = data["head"], data["total"]
    named = {name: head[name] for name in _HEAD_PATTERNS}
    named |= {"total": total["row"], "subtotal": total["group"], "hint": data["words"]["hints"]}
    return {name: re.compile(pattern) for name, pattern in named.items()}


@cache
def words() -> Words:
    """The words shipped with the package, read once."""
    text = resources.files("evaluator").joinpath("vocabulary", "audit.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    head, said = data["head"], data["words"]
    return Words(
        columns=_spread(data["columns"]),
        funds=_spread(data["funds"]),
        sources=_spread(data["sources"]),
        goals=_spread(data["goals"]),
        total_labels=_folded(data["total"]["head"]),
        names=_folded(head["name"]),
        units=_folded(head["unit"]),
        patterns=_patterns(data),
        rules={name: tuple(map(re.compile, texts)) for name, texts in data["rules"].items()},
        candidates={name: tuple(texts) for name, texts in data["candidates"].items()},
        lists={name: _squashed(said[name]) for name in ("blank", "none", "unfinished", "finished")},
        grades={squash(word): Grade(grade) for word, grade in said["grades"].items()},
        why=data["why"],
        target_codes=frozenset(data["targets"]["codes"]),
        year_codes=frozenset(data["targets"]["of_year"]),
    )
