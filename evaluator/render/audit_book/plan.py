"""Where everything of an audited sheet stands in the auditor's workbook: its cells as in the file, and more.

Cells of a workbook keep their addresses, so that what a finding calls D16 is D16 here, too; other files'
rows follow each other from the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evaluator.audit import SheetAudit
from evaluator.audit.records import Field
from evaluator.records.source import Place
from evaluator.render.book import printable
from evaluator.render.columns import columns, letters
from evaluator.values.text import tidy

BESIDE = columns(
    ("points", "分值", 8),
    ("target", "目标值", 10),
    ("actual", "完成值", 10),
    ("printed", "表上得分", 9),
    ("computed", "复算得分", 9),
    ("difference", "差异", 8),
    ("review", "复核得分", 9),
    ("opinion", "复核意见", 24),
    ("problem", "问题", 34),
)
_UNSAFE = re.compile(r"[\[\]:*?/\\']")
_SHEET_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, slots=True)
class Position:
    """Row and column of a cell, both from 0."""

    row: int
    column: int

    @property
    def address(self) -> str:
        """As in Excel."""
        return f"{letters(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The positions of one sheet: its name, each field's place, the first column beside it."""

    name: str
    audit: SheetAudit
    fields: Mapping[Place, Position]
    first: int
    rows: Mapping[int, int]
    budget: int | None
    total: int | None
    head: int

    def beside(self, role: str) -> int:
        """Number of a column beside the form."""
        return self.first + BESIDE.at(role)

    def cell(self, role: str, row: int) -> str:
        """Address of a cell beside the form."""
        return f"{letters(self.beside(role))}{row + 1}"

    def span(self, role: str) -> str:
        """All cells of the indicators in a column beside the form, the budget's not among them."""
        numbers = self.rows.values()
        return f"{self.cell(role, min(numbers))}:{self.cell(role, max(numbers))}"

    def position(self, place: Place) -> Position | None:
        """Where a finding's place stands; its row where the cell itself is blank."""
        if place in self.fields:
            return self.fields[place]
        found = _SHEET_CELL.fullmatch(place.cell)
        return Position(int(found[2]) - 1, 0) if found else None

    @property
    def scored(self) -> Iterator[int]:
        """Rows that have a score of their own: the indicators', the budget's."""
        yield from (self.budget,) if self.budget is not None else ()
        yield from self.rows.values()


def plan_sheets(audits: Iterable[SheetAudit]) -> list[Plan]:
    """A plan for each sheet, names numbered so that they differ."""
    return [_plan(audit, number) for number, audit in enumerate(audits, 1)]


def _plan(audit: SheetAudit, number: int) -> Plan:
    sheet = audit.sheet
    fields = dict(_positions(sheet.lines))
    width = max((at.column + field.span[1] for at, field in _placed(sheet.lines)), default=1)
    rows = {row.row.number: fields[row.row.place].row for row in audit.rows if row.row.place in fields}
    name = f"{number:02d} {_UNSAFE.sub('_', printable(tidy(sheet.project or sheet.file)))}"[:31].rstrip("'")
    head = min(rows.values(), default=1) - 1
    budget = audit.budget.fund.place if audit.budget else None
    return Plan(
        name,
        audit,
        fields,
        width + 1,
        rows,
        fields[budget].row if budget in fields else None,
        _total_row(audit, fields),
        max(0, head),
    )


def _total_row(audit: SheetAudit, fields: Mapping[Place, Position]) -> int | None:
    total = audit.sheet.total
    if total is None:
        return None
    score = fields.get(total.score.place) if total.score else None
    return score.row if score else None


def _placed(lines: Iterable[Mapping[int, Field]]) -> Iterator[tuple[Position, Field]]:
    for number, line in enumerate(lines):
        for column, item in line.items():
            found = _SHEET_CELL.fullmatch(item.place.cell)
            yield Position(int(found[2]) - 1 if found else number, column), item


def _positions(lines: Iterable[Mapping[int, Field]]) -> Iterator[tuple[Place, Position]]:
    return ((item.place, at) for at, item in _placed(lines))


def placed(audit: SheetAudit) -> Iterator[tuple[Position, Field]]:
    """All fields of a sheet with their positions."""
    return _placed(audit.sheet.lines)
