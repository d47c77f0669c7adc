"""Which sheet of a filled workbook is which, and which row of 基本情况 is which.

People rename and delete sheets; a sheet is known by its heads as well as by its name. Facts and goals are
found by their labels, so a workbook of an earlier version, which has fewer of them, is still read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.text import squash
from evaluator.workbooks import layout
from evaluator.workbooks.entries import Stamp

_SHEETS = (layout.FACTS, layout.BUDGET, layout.ACTUALS)
_GOAL = "年度绩效目标"
_FACTS_END = 200  # rows; facts and goals of an honest workbook are a tenth of that


@dataclass(frozen=True, slots=True)
class Mended:
    """What was put right: names of now by the names that sheets ought to have, and those that are gone."""

    renamed: Mapping[str, str]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def mend_sheets(book: Any, place: Place, project: str) -> Mended | None:
    """Give sheets their names back, add those that are gone; None where all are there.

    Findings: workbook-sheets-changed.
    """
    lacking = [name for name in _SHEETS if name not in book.sheetnames]
    if not lacking:
        return None
    spare = [name for name in book.sheetnames if name not in (*_SHEETS, layout.GUIDE, layout.STAMP)]
    alike = {name: [sheet for sheet in spare if _looks_like(book[sheet], name)] for name in lacking}
    renamed = {name: sheets[0] for name, sheets in alike.items() if sheets}
    words = f"缺{_quoted(lacking)}" + (f"，多出{_quoted(spare)}" if spare else "")
    found = finding("workbook-sheets-changed", place, project=project, difference=words)
    mended = Mended(renamed, tuple(name for name in lacking if name not in renamed), (found,))
    rename_sheets(book, mended)
    return mended


def rename_sheets(book: Any, mended: Mended | None) -> None:
    """Do to an opened book what was found to be needed; nothing where nothing was."""
    if mended is None:
        return
    for name, now in mended.renamed.items():
        book[now].title = name
    for name in mended.missing:
        book.create_sheet(name)


def _looks_like(sheet: Any, name: str) -> bool:
    """Whether most of what is printed on a sheet of that name stands on this one."""
    if not hasattr(sheet, "cell"):  # a chart on a sheet of its own
        return False
    if name == layout.FACTS:
        return len(fact_rows(sheet)) >= len(layout.FACT_LIST) // 2
    fixed = [(row, column, text) for of, row, column, text in layout.fixed_cells() if of == name]
    same = sum(
        squash(str(sheet.cell(row, column).value or "")) == squash(text) for row, column, text in fixed
    )
    return same * 2 > len(fixed)


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _labels(sheet: Any) -> Iterator[tuple[int, str]]:
    for row in range(1, min(sheet.max_row, _FACTS_END) + 1):
        yield row, squash(str(sheet.cell(row, 1).value or ""))


def fact_rows(sheet: Any) -> dict[str, int]:
    """The row of each fact that the sheet 基本情况 has, by its label."""
    known = {squash(fact.name): fact.name for fact in layout.FACT_LIST}
    rows: dict[str, int] = {}
    for row, label in _labels(sheet):
        if label in known:
            rows.setdefault(known[label], row)
    return rows


def goal_rows(sheet: Any) -> dict[int, int]:
    """The row of each annual goal, by its number."""
    numbers = ((row, label.removeprefix(_GOAL)) for row, label in _labels(sheet) if label.startswith(_GOAL))
    return {int(number): row for row, number in numbers if number.isdecimal()}


def _missing_facts(rows: Mapping[str, int]) -> list[tuple[int, int, str]]:
    """Row, column and text of the labels that a workbook of this version ought to have."""
    facts = enumerate(layout.FACT_LIST, layout.FACT_ROW)
    return [(row, 1, fact.name) for row, fact in facts if squash(fact.name) not in rows]


def moved_facts(sheet: Any, file: str, stamp: Stamp) -> list[Finding]:
    """The first label or head of 基本情况 that is not there: its answers would stand under nothing.

    Findings: workbook-layout-changed.
    """
    rows = {label: row for row, label in _labels(sheet)}
    head = rows.get(squash(layout.GOAL_HEADS[0]), layout.GOAL_ROW - 1)
    expected = [
        (head, column, text)
        for column, text in enumerate(layout.GOAL_HEADS, 1)
        if squash(str(sheet.cell(head, column).value or "")) != squash(text)
    ]
    if stamp.template_version == layout.TEMPLATE_VERSION:
        expected += _missing_facts(rows)
    return [
        finding(
            "workbook-layout-changed",
            Place(file, layout.FACTS, layout.address(row, column)),
            expected=text,
            found=str(sheet.cell(row, column).value or "")[:30] or "空白",
        )
        for row, column, text in sorted(expected)[:1]
    ]
