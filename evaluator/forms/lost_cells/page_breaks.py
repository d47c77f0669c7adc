"""Rows that the end of a page broke in two: word processors let them, and a PDF shows two rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evaluator.forms.head.labels import read_label
from evaluator.forms.tags import tag
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Row
from evaluator.values.dates import is_deadline
from evaluator.values.text import squash, tidy

_PAGE = re.compile(r"第(\d+)页表\d+")
_VALUE = 0.4  # that a text is a value, in words too


def join_broken_rows(rows: Iterable[Row]) -> tuple[list[Row], list[Finding]]:
    """The rows with those made whole that go on at the head of the next page, each said (``row-joined``)."""
    joined: list[Row] = []
    findings: list[Finding] = []
    for row in rows:
        at = _last_of_page_before(joined, row)
        if at is not None and _goes_on(joined[at], row):
            whole = _whole(joined[at], row)
            said = " | ".join(tidy(cell.text) for cell in whole.cells)[:60]
            findings.append(finding("row-joined", row.cells[0].place, row=said))
            joined[at] = whole
        else:
            joined.append(row)
    return joined, findings


def _page(row: Row) -> int | None:
    found = _PAGE.fullmatch(row.cells[0].place.part) if row.table and row.cells else None
    return int(found[1]) if found else None


def _last_of_page_before(rows: Sequence[Row], row: Row) -> int | None:
    """Where the last table's row of the page before stands, if `row` is the first of its page's tables."""
    page = _page(row)
    if page is None:
        return None
    for at in range(len(rows) - 1, max(len(rows) - 6, -1), -1):
        if rows[at].table:
            return at if _page(rows[at]) == page - 1 else None
    return None


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a row is the rest of the one above: no row of its own could have just these cells."""
    texts = {cell.column: cell.text for cell in above.cells}
    if any(cell.column not in texts for cell in row.cells) or len(above.cells) < 2:
        return False
    if any(_is_word(cell.text) for cell in row.cells):
        return False
    values = [cell for cell in row.cells if tag(cell.text).value >= _VALUE]
    # 2026年12月3 | 1日前 are one time; any other value is a row's own.
    return all(is_deadline(squash(texts[cell.column] + cell.text)) for cell in values)


def _is_word(text: str) -> bool:
    """Whether a text is a word of the forms, as stands at the head of a row of its own."""
    said = tag(text)
    head = said.role or read_label(text) or said.matches("title") or said.is_scaffold
    return bool(head or said.goal or said.table or said.is_level or said.is_basis)


def _whole(above: Row, row: Row) -> Row:
    more = {cell.column: cell for cell in row.cells}
    return replace(above, cells=tuple(_joined(cell, more.get(cell.column)) for cell in above.cells))


def _joined(cell: Cell, more: Cell | None) -> Cell:
    return replace(cell, text=f"{cell.text}{more.text}") if more else cell
