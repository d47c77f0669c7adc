"""A source's rows as lines of fields, cut into forms: a workbook's sheet, or what a title begins.

A line knows its fields by column; a field that a line does not have is blank and still has a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from evaluator.audit.records import Field
from evaluator.audit.words import words
from evaluator.forms.vocabulary import fold
from evaluator.readers.formulas import Formulas
from evaluator.records.addresses import column_letters
from evaluator.records.findings import Finding
from evaluator.records.source import Cell, Place, Row, Source
from evaluator.values.text import decimal_from_text, squash

_SHEET_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_GRID_ROW = re.compile(r".*R(\d+)C\d+")
_NAMED = {"name", "level2", "level1"}
_GRID_CELL = re.compile(r"(.*R\d+C)(\d+)")
_NUMBER = re.compile(r"(-?[\d,]+(?:\.\d+)?)(?:%|分|万元|元|万)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its fields by column, `start` the place of its first column.

    `covered` are by column the merged fields of rows above that reach into this one.
    """

    fields: Mapping[int, Field]
    start: Place
    covered: Mapping[int, Field] = field(default_factory=dict)

    def at(self, column: int) -> Field:
        """The field of a column; a blank one where there is none."""
        return self.fields.get(column) or Field("", beside(self.start, column))

    @property
    def texts(self) -> list[str]:
        """Texts in the line's order."""
        return [item.text for item in self.fields.values()]

    @property
    def first(self) -> Field:
        """The first field that says something."""
        return next(iter(self.fields.values()))


def beside(place: Place, column: int) -> Place:
    """The place in the same row, in a column counted from 0."""
    in_sheet, in_grid = _SHEET_CELL.fullmatch(place.cell), _GRID_CELL.fullmatch(place.cell)
    if in_sheet:
        return Place(place.file, place.part, f"{column_letters(column + 1)}{in_sheet[2]}")
    if in_grid:
        return Place(place.file, place.part, f"{in_grid[1]}{column + 1}")
    return place


def spot(place: Place) -> str:
    """A place within its sheet, as people name it: ``D16``; in other files with its table, 表1!R3C4."""
    if not place.cell or _SHEET_CELL.fullmatch(place.cell) or not place.part:
        return place.cell
    return f"{place.part}!{place.cell}"


def number_in(text: str) -> Decimal | None:
    """A figure as people print it: 10, 10分, 2.38万元, 95.8%; None where there is none."""
    found = _NUMBER.fullmatch(squash(text))
    return decimal_from_text(found[1]) if found else None


def cut_forms(source: Source, findings: Iterable[Finding], formulas: Formulas) -> list[list[Line]]:
    """The lines of each form in a file, in reading order."""
    stored = dict(_stored(findings))
    forms: list[list[Line]] = []
    for line in _lines(source.rows, stored, formulas):
        if not forms or _begins(line, forms[-1]):
            forms.append([])
        forms[-1].append(line)
    return forms


def _begins(line: Line, form: Sequence[Line]) -> bool:
    """Whether a line begins another form: on another sheet, a title after a table, a second name."""
    if _SHEET_CELL.fullmatch(line.start.cell) and line.start.part != form[0].start.part:
        return True
    title = any(words().matches("title", text) for text in line.texts)
    if title:
        return head_of(form) is not None
    return _names(line) and any(_names(item) for item in form)


def _names(line: Line) -> bool:
    return any(fold(text) in words().names for text in line.texts)


def is_header(line: Line, lower: Line | None = None) -> bool:
    """Whether a line is the head of a table of indicators with actuals, or with the `lower` one is.

    Yunnan's form prints 实际完成值 above and 一级指标, 指标性质 in a second row of heads.
    """
    roles = {words().column(text) for text in line.texts}
    below = {words().column(text) for text in lower.texts} if lower else {None}
    named = roles if None in below or "actual" in below else roles | below
    return "actual" in roles and bool(roles & {"target", "score"}) and not named.isdisjoint(_NAMED)


def head_of(lines: Sequence[Line]) -> int | None:
    """The index of the first head of a table of indicators."""
    below = (*lines[1:], None)
    return next((at for at, line in enumerate(lines) if is_header(line, below[at])), None)


def _stored(findings: Iterable[Finding]) -> Iterator[tuple[Place, Decimal]]:
    """What cells hold exactly that show less; reading said so."""
    for item in findings:
        if item.code == "number-rounded":
            details = dict(item.details)
            value = decimal_from_text(details["stored"])
            if value is not None:
                yield item.place, value * 100 if details["shown"].endswith("%") else value


def _lines(rows: Iterable[Row], stored: Mapping[Place, Decimal], formulas: Formulas) -> Iterator[Line]:
    """The rows as lines; each knows which merged fields of the same table reach into it."""
    table, reaching = -1, dict[int, tuple[Field, int]]()
    for row in rows:
        if row.table != table:
            table, reaching = row.table, {}
        fields = {cell.column: _field(cell, stored, formulas) for cell in row.cells}
        start = beside(row.cells[0].place, 0)
        number = _row_number(start)
        covered = {at: item for at, (item, last) in reaching.items() if number <= last and at not in fields}
        for column, item in fields.items():
            if item.span[0] > 1:
                area = (item, number + item.span[0] - 1)
                reaching.update(dict.fromkeys(range(column, column + item.span[1]), area))
        yield Line(fields, start, covered)


def _field(cell: Cell, stored: Mapping[Place, Decimal], formulas: Formulas) -> Field:
    formula = formulas.get((cell.place.part, cell.place.cell), "")
    return Field(cell.text.strip(), cell.place, stored.get(cell.place), formula, cell.span)


def _row_number(place: Place) -> int:
    """The number of a row in its table; 0 where rows have none, and there is nothing merged."""
    found = _SHEET_CELL.fullmatch(place.cell) or _GRID_ROW.fullmatch(place.cell)
    return int(found[found.lastindex or 0]) if found else 0
