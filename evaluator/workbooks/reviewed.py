"""Reviews as auditors typed them (复核得分, 复核意见) on a score sheet or in 复核表.xlsx, found by heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from evaluator.readers.archive import check_archive
from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.review import BUDGET_ROW
from evaluator.records.source import Place
from evaluator.values.text import squash, tidy

_HEADS: Mapping[str, tuple[str, ...]] = {
    "review": ("复核得分",),
    "opinion": ("复核意见",),
    "code": ("编码",),
    "name": ("三级指标", "三级指标名称", "指标名称"),
    "score": ("得分", "自评得分", "指标得分"),
}
_PROJECT = "项目名称"
_TOTAL = "复核总分"
_DEEPEST, _WIDEST = 2_000, 60


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """One row with a review: its cells as text by role, and where its review score stands."""

    cells: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class ReviewedSheet:
    """A sheet that has a column 复核得分: the project that it names, and its rows with a review."""

    name: str
    project: str
    rows: tuple[ReviewedRow, ...]


def read_reviewed(content: bytes, file: str) -> list[ReviewedSheet] | None:
    """The sheets of a workbook with reviews; None where it is no workbook that can be read."""
    import openpyxl

    try:
        if check_archive(content, file):
            return None
        book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    except PARSER_ERRORS:
        return None
    found = (_read_sheet(sheet, file) for sheet in book.worksheets)
    return [sheet for sheet in found if sheet is not None]


def _read_sheet(sheet: Any, file: str) -> ReviewedSheet | None:
    last = (min(sheet.max_row, _DEEPEST), min(sheet.max_column, _WIDEST))
    rows = list(sheet.iter_rows(max_row=last[0], max_col=last[1]))
    head = next((n for n, row in enumerate(rows) if {"review", "name"} <= set(_columns(row))), None)
    if head is None:
        return None
    columns = _columns(rows[head]) | _entries(rows)
    project = next(filter(None, (_project(row) for row in rows[:head])), "")
    # The budget's row stands above the table; nothing else there is a row of the form.
    above = [row for row in rows[:head] if _is_budget(row, columns)]
    reviewed = tuple(_reviewed([*above, *rows[head + 1 :]], columns, sheet.title, file))
    return ReviewedSheet(sheet.title, project, reviewed)


def _is_budget(row: Any, columns: Mapping[str, int]) -> bool:
    return "code" in columns and _text(row[columns["code"]].value) == BUDGET_ROW


def _entries(rows: Any) -> dict[str, int]:
    """Where review and opinion are typed: furthest right, for 复核表.xlsx repeats the sheet's own before."""
    found: dict[str, int] = {}
    for row in rows:
        for number, cell in enumerate(row):
            for role in ("review", "opinion"):
                if squash(str(cell.value or "")) in _HEADS[role]:
                    found[role] = max(number, found.get(role, 0))
    return found


def _columns(row: Any) -> dict[str, int]:
    """Number of the column of each role that a row of heads names: the first of each."""
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        text = squash(str(cell.value or ""))
        role = next((role for role, heads in _HEADS.items() if text in heads), "")
        if role:
            found.setdefault(role, number)
    return found


def _project(row: Any) -> str:
    """The name of the project, in the first cell to the right of its label."""
    texts = [tidy(str(cell.value)) for cell in row if cell.value is not None]
    for number, text in enumerate(texts[:-1]):
        if squash(text) == _PROJECT:
            return texts[number + 1].partition("\n")[0]
    return ""


def _reviewed(rows: Any, columns: Mapping[str, int], part: str, file: str) -> Iterator[ReviewedRow]:
    for row in rows:
        cells = {role: _text(row[number].value) for role, number in columns.items()}
        if cells.get("opinion", "").startswith(_TOTAL) or cells.get("code") == "合计" or _is_head(cells):
            continue
        if cells.get("code") == BUDGET_ROW:
            cells["name"] = BUDGET_ROW  # below the heads of names stands the budget
        given = cells.get("review") or cells.get("opinion")
        if given and (cells.get("code") or cells.get("name")):
            yield ReviewedRow(cells, Place(file, part, row[columns["review"]].coordinate))


def _is_head(cells: Mapping[str, str]) -> bool:
    return squash(cells.get("review", "")) in _HEADS["review"]


def _text(value: object) -> str:
    if isinstance(value, float):
        return format(value, ".15g")
    return "" if value is None else tidy(str(value))
