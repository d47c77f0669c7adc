"""What people typed, as it is: every entry cell by what it is about, with its number format.

Reading interprets entries; refreshing carries them over. So nothing that was typed can get lost in
interpretation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.records.source import Place
from evaluator.values.text import decimal_from_float
from evaluator.workbooks.layout import TEMPLATE_VERSION

Raw = str | bool | int | float | Decimal | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A filled cell: its value (a formula's result, if it is one), number format, and place.

    `formula` is the formula's text; `value` is None then if the file holds no result.
    """

    value: Raw
    number_format: str = "General"
    place: Place = field(default_factory=lambda: Place(""))
    formula: str = ""

    @property
    def text(self) -> str:
        """The entry as a person would say it."""
        value = self.value
        if isinstance(value, float):
            value = decimal_from_float(value)
        if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
            value = value.date()
        return "" if value is None else (value.isoformat() if isinstance(value, date) else str(value)).strip()

    @property
    def filled(self) -> bool:
        """Whether anything stands in the cell, be it a formula without a result; one of "" is a blank."""
        return bool(self.text or (self.formula and self.value is None))

    @property
    def is_percent(self) -> bool:
        """Whether the cell shows its number as a percentage (95% is stored as 0.95)."""
        plain, quoted = [], False
        for char in self.number_format:
            if char == '"':
                quoted = not quoted
            elif not quoted:
                plain.append(char)
        return "%" in "".join(plain).replace("\\%", "")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the hidden sheet says of a workbook."""

    year: int
    project_key: str
    template_version: str = TEMPLATE_VERSION
    targets_hash: str = ""
    rules_name: str = ""
    rules_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RowText:
    """What an indicator's row said when it was written: by this, rows are found again after a change."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A filled row that no indicator can be found for: its code is missing, or stands there twice."""

    code: str
    text: RowText
    entries: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Stray:
    """A text that stands where nothing is read: sheet, cell, what it is."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """All that was typed into one workbook.

    `rows` is by code and field, `facts` by label, `goals` by number, `funds` by fund and column;
    `loose` are rows without a code of their own, `leftovers` what earlier refreshes set aside; `replaced`
    says that a formula was typed over; `strays` are texts that stand where nothing is read.
    """

    stamp: Stamp
    place: Place
    sha256: str = ""
    rows: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    texts: Mapping[str, RowText] = field(default_factory=dict)
    facts: Mapping[str, Entry] = field(default_factory=dict)
    goals: Mapping[int, Entry] = field(default_factory=dict)
    funds: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    note: Entry = field(default_factory=lambda: Entry(None))
    loose: tuple[LooseRow, ...] = ()
    replaced: bool = False
    leftovers: tuple[tuple[str, ...], ...] = ()
    strays: tuple[Stray, ...] = ()


def row_text(item: Indicator) -> RowText:
    """What an indicator's row says."""
    return RowText(item.level1, item.level2, item.name, item.target.text)


def approved_row_text(item: Indicator) -> RowText:
    """What an indicator's row said before a person corrected it."""
    return RowText(
        item.as_approved("一级指标", item.level1),
        item.as_approved("二级指标", item.level2),
        item.as_approved("三级指标", item.name),
        item.approved_target,
    )


def targets_hash(project: Project) -> str:
    """A digest of everything on a workbook that comes from the approved targets."""
    parts = [project.key, project.name, str(project.budget)]
    parts += [f"{goal.number}:{goal.text}" for goal in project.goals if goal.horizon == "年度"]
    parts += [
        f"{item.code}|{item.goal}|{item.level1}|{item.level2}|{item.name}|{item.target}|{item.points}"
        for item in project.annual
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
