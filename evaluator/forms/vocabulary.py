"""The closed vocabulary of approved forms, read from ``vocabulary/forms.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

from evaluator.records.approved import Horizon
from evaluator.values.text import squash

_LONGEST_WORD = 80
# Folded, ① is 1.
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.:]|[A-Za-z]\d{0,2}[、.:]|\d{1,2}[、.:]?(?=[\u4e00-\u9fff]))"
)
_POINTS = re.compile(r"\d{1,3}(?:\.\d+)?(?:分|%)?$")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


class Role(StrEnum):
    """What a column of an indicator table holds."""

    GOAL = "goal"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"
    VALUE = "value"
    OPERATOR = "operator"
    UNIT = "unit"
    POINTS = "points"
    BASIS = "basis"
    EXTRA = "extra"


def fold(text: str) -> str:
    """The form in which vocabulary is compared: NFKC, no white space, brackets or trailing colon."""
    # Words of the forms are short and asked for again and again.
    return _fold_word(text) if len(text) <= _LONGEST_WORD else _fold(text)


def _fold(text: str) -> str:
    compact = squash(text)
    return _BRACKETS.sub("", compact).rstrip(":") or compact


_fold_word = lru_cache(maxsize=8192)(_fold)


def _bare_term(text: str) -> str:
    """A level without the number that stands before it and the points behind it."""
    return _POINTS.sub("", _NUMBERING.sub("", fold(text))).replace("类指标", "指标")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Look-ups from a cell's text to what it says; every table's keys are folded."""

    level1_terms: Mapping[str, str]
    level1_codes: Mapping[str, str]
    level1_aside: frozenset[str]
    level2_terms: Mapping[str, str]
    level2_parents: Mapping[str, tuple[str, ...]]
    basis_words: frozenset[str]
    header_roles: Mapping[str, Role]
    label_facts: Mapping[str, str]
    scaffold_words: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]

    def level1(self, text: str) -> str | None:
        """The standard level-1 term that a text means, or None; 一、产出指标60分 is one."""
        return self.level1_terms.get(fold(text)) or self.level1_terms.get(_bare_term(text))

    def level2(self, text: str) -> str | None:
        """The standard level-2 term that a text means, or None; 1.数量指标 is one."""
        return self.level2_terms.get(fold(text)) or self.level2_terms.get(_bare_term(text))

    def role(self, text: str) -> Role | None:
        """The role of a column with this header, of a value also with its year before it, or None."""
        folded = fold(text)
        known = self.header_roles.get(folded)
        value = self.header_roles.get(self.without_year(folded)[1]) is Role.VALUE
        if known or value or self.is_long_term_value(text):
            return known or Role.VALUE
        return Role.NAME if self.matches("combined_header", text) else None

    def without_year(self, folded: str) -> tuple[int | None, str]:
        """The year that a folded header begins with, if any, and the header without it."""
        found = self.patterns["header_year"].match(folded)
        if not found:
            return None, folded
        return int(found[1]) if found[1] else None, folded[found.end() :]

    def form_year(self, text: str) -> str:
        """The year that a title, or a line such as （2026年度）, says a form is for; empty where none."""
        found = self.patterns["form_year"].fullmatch(squash(text))
        return found[1] if found else ""

    def is_long_term_value(self, text: str) -> bool:
        """Whether a header is that of the values of the whole term."""
        return fold(text).endswith("值") and self.matches("long_term_value", text)

    def label(self, text: str) -> str | None:
        """The fact that a label of the head names, or None; 2026年预算 is a year's budget."""
        folded = _NUMBERING.sub("", fold(text))
        known = self.label_facts.get(folded) or self.label_facts.get(folded.removeprefix("其中:"))
        return known or ("year_budget" if self.budget_year(text) else None)

    def budget_year(self, text: str) -> int:
        """The year whose budget a label asks for by name: 2026年预算, 其中：2026年; 0 where it names none."""
        found = self.patterns["dated_budget"].fullmatch(_NUMBERING.sub("", fold(text)))
        return int(found[1] or found[2]) if found else 0

    def matches(self, pattern: str, text: str) -> bool:
        """Whether the whole of a text is what the named pattern describes."""
        return self.patterns[pattern].fullmatch(fold(text)) is not None

    def says(self, pattern: str, text: str) -> bool:
        """Whether what the named pattern describes stands anywhere in a text, brackets included."""
        return self.patterns[pattern].search(squash(text)) is not None

    def goal(self, text: str) -> tuple[Horizon, int] | None:
        """Horizon and number of a goal's name such as 年度绩效目标1 (1 where it has none), or None."""
        for pattern, horizon in (("long_term_goal", Horizon.LONG_TERM), ("annual_goal", Horizon.ANNUAL)):
            found = self.patterns[pattern].fullmatch(fold(text))
            if found:
                return horizon, number_of(found.group(1))
        if self.matches("goal_label", text):  # 总体绩效目标（长期目标）
            inside = (self.goal(piece[1:-1]) for piece in _BRACKETS.findall(squash(text)))
            return next(filter(None, inside), None)
        return None

    def table(self, text: str) -> Horizon | None:
        """Horizon of a table with this title, or None; it may stand in brackets: 绩效指标（中期）."""
        if self.matches("long_term_table", text):
            return Horizon.LONG_TERM
        if self.matches("annual_table", text):
            return Horizon.ANNUAL
        if self.matches("either_table", text) and (inside := "".join(_BRACKETS.findall(squash(text)))):
            annual = Horizon.ANNUAL if self.says("annual_time", inside) else None
            return Horizon.LONG_TERM if self.says("long_term_time", inside) else annual
        return None


def number_of(text: str) -> int:
    """A goal's number in digits or Chinese numerals up to 十九; 1 where there is none."""
    if not text:
        return 1
    if text.isdecimal():
        return max(int(text), 1)
    digits = "零一二三四五六七八九"
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return digits.index(text[-1])
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


def _spread(table: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    return {fold(alias): term for term, entry in table.items() for alias in (term, *entry["aliases"])}


IN_FORCE: ContextVar[Vocabulary | None] = ContextVar("vocabulary in force", default=None)
"""That of `speaking`; None outside of it."""


def vocabulary() -> Vocabulary:
    """The vocabulary in force: that of `speaking`, else the one shipped with the package."""
    return IN_FORCE.get() or _shipped()


@contextmanager
def speaking(own: Vocabulary | None) -> Iterator[None]:
    """Let another vocabulary be in force for a while (None: the one that is already)."""
    token = IN_FORCE.set(own or vocabulary())
    try:
        yield
    finally:
        IN_FORCE.reset(token)


@cache
def _shipped() -> Vocabulary:
    text = resources.files("evaluator").joinpath("vocabulary", "forms.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Vocabulary(
        level1_terms=_spread(data["level1"]),
        level1_codes={term: entry["code"] for term, entry in data["level1"].items()},
        level1_aside=frozenset(term for term, entry in data["level1"].items() if entry.get("aside")),
        level2_terms=_spread(data["level2"]),
        level2_parents={term: tuple(entry["level1"]) for term, entry in data["level2"].items()},
        basis_words=frozenset(fold(word) for word in data["basis"]["words"]),
        header_roles={fold(text): Role(role) for role, texts in data["headers"].items() for text in texts},
        label_facts={fold(text): fact for fact, texts in data["labels"].items() for text in texts},
        scaffold_words=frozenset(fold(word) for word in data["scaffold"]["words"]),
        patterns={name: re.compile(pattern) for name, pattern in data["patterns"].items()},
    )
