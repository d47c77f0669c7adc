"""Sheets of a workbook, whatever the format it was stored in -> rows and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import chain, islice, product
from typing import Final

from openpyxl.utils.cell import get_column_letter

from evaluator.readers.limits import MAX_BLANK_ROWS, MAX_COLUMNS
from evaluator.readers.number_formats import show_date, show_number
from evaluator.readers.rows import RowCollector
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row
from evaluator.values.text import show

Value = str | bool | Decimal | date | time | timedelta | None
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; all from 1

_MAX_MERGED: Final = 500_000  # covered cells that are looked at


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A stored cell. `column` counts from 1; `pattern` is the number format.

    `uncalculated` is a formula without a stored result, `error` a result such as ``#REF!``; `struck` says
    that it is crossed out.
    """

    column: int
    value: Value
    pattern: str = ""
    uncalculated: bool = False
    error: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells by row number (from 1), and its merged areas.

    `unread` counts cells beyond the bounds of what is read; `unseen` are the numbers of hidden rows.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[int, tuple[SheetCell, ...]], ...]
    merged: tuple[Area, ...] = ()
    unread: int = 0
    unseen: frozenset[int] = frozenset()


def read_sheets(sheets: Iterable[Sheet], file: str) -> tuple[list[Row], list[Finding]]:
    """Every visible sheet as one table; in a merged area only the first cell counts.

    Findings: sheet-hidden, sheet-cut, rows-hidden, text-struck, formula-uncalculated, formula-error,
    number-rounded, number-format.
    """
    collector = RowCollector(file)
    findings: list[Finding] = []
    for sheet in sheets:
        place = Place(file, sheet.name)
        if sheet.hidden:
            if sheet.rows:
                findings.append(finding("sheet-hidden", place, sheet=sheet.name))
            continue
        if sheet.unread:
            findings.append(
                finding("sheet-cut", place, count=sheet.unread, rows=MAX_BLANK_ROWS, columns=MAX_COLUMNS)
            )
        unseen = [number for number, _ in sheet.rows if number in sheet.unseen]
        if unseen:
            shown = "、".join(f"第{number}行" for number in unseen[:10]) + ("……" if len(unseen) > 10 else "")
            findings.append(finding("rows-hidden", place, sheet=sheet.name, rows=shown))
        _read_sheet(sheet, collector, findings)
    return collector.rows, findings


def _read_sheet(sheet: Sheet, collector: RowCollector, findings: list[Finding]) -> None:
    table = collector.start_table()
    covered = _covered(sheet)
    sizes = {(area[0], area[1]): (area[2] - area[0] + 1, area[3] - area[1] + 1) for area in sheet.merged}
    for number, cells in sheet.rows:
        if collector.full:
            return
        shown = []
        for cell in cells:
            if (number, cell.column) in covered:
                continue
            reference = f"{get_column_letter(cell.column)}{number}"
            text, found = _show(cell, Place(collector.file, sheet.name, reference))
            shown.append((cell.column - 1, reference, text))
            if cell.struck and text.strip():
                found.append(
                    finding("text-struck", Place(collector.file, sheet.name, reference), text=text[:40])
                )
            findings += found
        spans = {column: sizes.get((number, column + 1), (1, 1)) for column, _, _ in shown}
        collector.add(shown, sheet.name, table, spans)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Positions that a merged area hides; what is stored there nobody sees."""
    last = sheet.rows[-1][0] if sheet.rows else 0
    areas = (
        product(range(top, min(bottom, last) + 1), range(left, min(right, MAX_COLUMNS) + 1))
        for top, left, bottom, right in sheet.merged
    )
    hidden = set(islice(chain.from_iterable(areas), _MAX_MERGED))
    return hidden - {(top, left) for top, left, _, _ in sheet.merged}


def _show(cell: SheetCell, place: Place) -> tuple[str, list[Finding]]:
    if cell.uncalculated:
        return "", [finding("formula-uncalculated", place)]
    if cell.error:
        return str(cell.value), [finding("formula-error", place, error=cell.value)]
    if isinstance(cell.value, Decimal):
        return _show_number(cell.value, cell.pattern, place)
    if isinstance(cell.value, date | time | timedelta):
        return show_date(cell.value, cell.pattern), []
    if isinstance(cell.value, bool):
        return ("TRUE" if cell.value else "FALSE"), []
    return cell.value or "", []


def _show_number(value: Decimal, pattern: str, place: Place) -> tuple[str, list[Finding]]:
    shown = show_number(value, pattern)
    if not shown.known:
        return shown.text, [finding("number-format", place, pattern=pattern, stored=show(value))]
    if not shown.exact:
        return shown.text, [finding("number-rounded", place, shown=shown.text, stored=show(value))]
    return shown.text, []
