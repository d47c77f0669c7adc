"""What people wrote where nothing is read: beside and below the table, on other sheets, in comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.workbooks import layout
from evaluator.workbooks.entries import Stray
from evaluator.workbooks.sheets import goal_rows

LEFTOVER_SHEET = "未匹配的原填内容"
_NAMED = 6  # cells that a finding names
_GUIDE_SIZE = (20, 2)
_MOST_COLUMNS = 200
_OURS = (layout.GUIDE, layout.FACTS, layout.BUDGET, layout.ACTUALS, layout.STAMP, LEFTOVER_SHEET)


def strays_of(
    book: Any, file: str, lines: Sequence[layout.FundLine], project: str
) -> tuple[list[Stray], list[Finding]]:
    """Everything written outside the cells of a workbook, and findings that name it.

    Findings: text-outside (warning), sheet-unknown, comment-unread (notes).
    """
    strays: list[Stray] = []
    findings: list[Finding] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "veryHidden":
            outside, comments = _strays(sheet, lines)
            strays += outside + comments
            findings += [_told(sheet.title, file, outside, project)] if outside else []
            findings += [_finding("comment-unread", file, comments, project)] if comments else []
    return strays, findings


def _told(title: str, file: str, outside: list[Stray], project: str) -> Finding:
    if title in _OURS:
        return _finding("text-outside", file, outside, project)
    first = outside[0]
    details = {"name": title, "cell": first.cell, "typed": first.text[:30]}
    return finding("sheet-unknown", Place(file, title, first.cell), project=project, **details)


def _finding(code: str, file: str, found: list[Stray], project: str) -> Finding:
    cells = "、".join(item.cell for item in found[:_NAMED]) + ("等" if len(found) > _NAMED else "")
    place = Place(file, found[0].sheet, found[0].cell)
    return finding(code, place, project=project, count=len(found), cells=cells, typed=found[0].text[:30])


def _strays(sheet: Any, lines: Sequence[layout.FundLine]) -> tuple[list[Stray], list[Stray]]:
    """The filled cells of a sheet that are none of the template's, and all comments."""
    widths = _widths(sheet, lines)
    outside, comments = [], []
    # Cells very far out are what programs leave behind.
    last = min(sheet.max_row, layout.LAST_ROW), min(sheet.max_column, _MOST_COLUMNS)
    for cell in chain.from_iterable(sheet.iter_rows(max_row=last[0], max_col=last[1])):
        text, comment = _text(cell), (cell.comment.text or "").strip() if cell.comment else ""
        if text and cell.column > widths.get(cell.row, widths[0]):
            outside.append(Stray(sheet.title, cell.coordinate, text))
        if comment:
            comments.append(Stray(sheet.title, cell.coordinate, f"批注：{comment}"))
    return outside, comments


def _text(cell: Any) -> str:
    value = getattr(cell.value, "text", cell.value)  # of an array formula, its text
    return "" if value is None else str(value).strip()


def _widths(sheet: Any, lines: Sequence[layout.FundLine]) -> Mapping[int, int]:
    """How many columns are the template's own in each row; under 0, in the rows that are not named."""
    if sheet.title == layout.ACTUALS:
        return _actuals_widths(sheet)
    if sheet.title == layout.BUDGET:
        heads, note = len(layout.FUND_HEADS), layout.note_row(lines)
        table = dict.fromkeys(range(layout.FUND_ROW - 1, note), heads)
        return {0: 0, **dict.fromkeys(range(1, layout.FUND_ROW - 1), 1), **table, note: layout.NOTE_COLUMN}
    if sheet.title == layout.FACTS:
        last = max(goal_rows(sheet).values(), default=layout.GOAL_ROW)
        return {0: 0, **dict.fromkeys(range(1, last + 1), layout.GOAL_RESULT_COLUMN)}
    if sheet.title == layout.GUIDE:
        return {0: 0, **dict.fromkeys(range(1, _GUIDE_SIZE[0]), _GUIDE_SIZE[1])}
    return {0: _MOST_COLUMNS if sheet.title in _OURS else 0}


def _actuals_widths(sheet: Any) -> dict[int, int]:
    """A row of an indicator has its code; of one that has only entries, another finding tells."""
    widths = {0: 0, **dict.fromkeys(range(1, layout.HEAD_ROW), 1), layout.HEAD_ROW: len(layout.FIELDS)}
    entries = [field.column for field in layout.ENTRY_FIELDS if field.name != "unit"]
    for row in range(layout.FIRST_ROW, min(sheet.max_row, layout.LAST_ROW) + 1):
        coded = str(sheet.cell(row, layout.FIELDS["code"].column).value or "").strip()
        if coded or any(sheet.cell(row, column).value is not None for column in entries):
            widths[row] = len(layout.FIELDS)
    return widths
