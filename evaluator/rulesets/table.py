"""A table of a rule file while it is read: each key is taken once, and what is wrong becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Citation
from evaluator.records.source import Place
from evaluator.rulesets.records import STATUSES, Clause
from evaluator.values.text import CENT, show

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Yield:
    """What reading a file gives beside its records: all clauses in order, and all problems."""

    file: str
    clauses: list[Clause] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)


class Table:
    """Keys of one TOML table.

    A method that finds something wrong adds a finding and returns a stand-in, so that one reading finds
    everything; a file with problems gives no rule set.
    """

    def __init__(self, data: Mapping[str, Any], key: str, found: Yield) -> None:
        self.key = key
        self._data = dict(data)
        self._found = found

    def at(self, key: str) -> str:
        """The full name of a key, e.g. ``budget.points``."""
        return f"{self.key}.{key}" if self.key else key

    def report(self, code: str, key: str, **details: str) -> None:
        """Add a finding about a key of this table; its full name is one of the details."""
        name = self.at(key)
        self._found.problems.append(finding(code, Place(self._found.file, cell=name), key=name, **details))

    def has(self, key: str) -> bool:
        """Whether a key has been given and not been taken yet."""
        return key in self._data

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        if key not in self._data:
            self.report("rules-key-missing", key, expected=expected)
            return None
        value = self._data.pop(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            self._refuse(key, value, expected)
            return None
        return value

    def _refuse(self, key: str, value: object, expected: str) -> None:
        self.report("rules-value-invalid", key, value=str(value), expected=expected)

    def text(self, key: str, *, blank: bool = False) -> str:
        """A text; empty only where `blank` allows it."""
        value = self._take(key, str, "文字")
        if value is not None and not blank and not value.strip():
            self._refuse(key, "（空）", "不能为空的文字")
        return value or ""

    def number(self, key: str, low: Decimal, high: Decimal) -> Decimal:
        """A number from `low` to `high`, both included, with at most two decimal places."""
        expected = f"{show(low)}至{show(high)}、最多两位小数的数字"
        value = self._take(key, (int, Decimal), expected)
        if value is None:
            return low
        number = Decimal(value)
        if not (number.is_finite() and low <= number <= high and number % CENT == 0):
            self._refuse(key, value, expected)
            return low
        return number

    def choice(self, key: str, allowed: Iterable[Choice]) -> Choice:
        """One of the words that `allowed` lists."""
        options = list(allowed)
        expected = "或".join(options)
        value = self._take(key, str, expected)
        if value is not None and value not in options:
            self._refuse(key, value, expected)
        return next((option for option in options if option == value), options[0])

    def word(self, key: str, allowed: Iterable[str]) -> str:
        """One of a few words that are no enumeration of ours."""
        options = list(allowed)
        expected = "或".join(options)
        value = self._take(key, str, expected)
        if value is not None and value not in options:
            self._refuse(key, value, expected)
        return value or options[0]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be empty."""
        value = self._take(key, list, "文字列表")
        if value is None:
            return ()
        if not all(isinstance(item, str) and item for item in value):
            self._refuse(key, value, "文字列表")
            return ()
        return tuple(value)

    def members(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """At least one of a few names, each once."""
        options = list(allowed)
        value = self.texts(key)
        if len(set(value)) != len(value) or not value or any(item not in options for item in value):
            self._refuse(key, value, f"至少一项、不重复的列表，可选：{'、'.join(options)}")
        return value

    def table(self, key: str) -> Table:
        """A table within this one; where it is missing, that is one finding and not one for each key."""
        data = self._take(key, dict, "一张表")
        if data is None:
            return Table({}, self.at(key), Yield(self._found.file))
        return self._within(data, key)

    def tables(self, key: str) -> list[Table]:
        """A list of tables with at least one entry; they are numbered from 1."""
        value = self._take(key, list, "至少一项的列表")
        if value is None:
            return []
        if not value or not all(isinstance(item, dict) for item in value):
            self._refuse(key, value, "至少一项的列表")
            return []
        return [self._within(item, f"{key}[{number}]") for number, item in enumerate(value, 1)]

    def _within(self, data: Mapping[str, Any], key: str) -> Table:
        return Table(data, self.at(key), self._found)

    def clause(
        self, title: str, values: Mapping[str, Decimal | str], *, unit: str = "", words: str = ""
    ) -> Clause:
        """Take what every clause has (unit, effective, status, citation, note), and close the table.

        `values` are shown to people, and may be named in the note as ``{points}``. `unit` is the one that
        its numbers must be in; a clause without numbers has no unit. `words` are shown instead of the
        values where these do not speak for themselves.
        """
        if unit:
            self.word("unit", [unit])
        citation = Citation(self.text("citation"), self.word("status", STATUSES), self._date("effective"))
        shown = {name: value if isinstance(value, str) else show(value) for name, value in values.items()}
        clause = Clause(self.key, title, words or _listed(shown), unit, self._note(shown), citation)
        self._found.clauses.append(clause)
        self.close()
        return clause

    def _note(self, shown: Mapping[str, str]) -> str:
        note = self.text("note")
        try:
            return note.format_map(shown)
        except (KeyError, ValueError, IndexError, AttributeError, TypeError):
            names = "、".join(f"{{{name}}}" for name in shown)
            self._refuse("note", note, f"只用到 {names} 的文字" if names else "没有花括号的文字")
            return note

    def _date(self, key: str) -> str:
        text = self.text(key, blank=True)
        try:
            return text and date.fromisoformat(text).isoformat()
        except ValueError:
            self._refuse(key, text, "形如 2021-08-18 的日期，不明的留空")
            return ""

    def close(self) -> None:
        """Report every key that nobody took."""
        for key in self._data:
            self.report("rules-key-unknown", key)


def _listed(shown: Mapping[str, str]) -> str:
    return next(iter(shown.values())) if len(shown) == 1 else "、".join(f"{k} {v}" for k, v in shown.items())
