"""What people typed into 扫描核对.xlsx: rows found right, corrections, whole pages."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.storage.files import is_there
from evaluator.values.text import decimal_from_float, show, squash
from evaluator.workbooks import scan_layout as layout
from evaluator.workbooks.opening import load_content, open_book
from evaluator.workbooks.scan_layout import ENTRIES, PAGE_FIELDS, ROW_FIELDS, column_of
from evaluator.workbooks.scan_verdicts import confirms


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """One row as typed, by the names of `scan_layout.ENTRIES`, and as it was when the workbook was written.

    `code` is empty for a project's head; `sha256` is the page's, `said` what was read: whatever is read there
    now must be the same for the entry to hold.
    """

    place: Place
    key: str
    code: str
    sha256: str
    said: str
    typed: Mapping[str, str]
    was: Mapping[str, str]

    @property
    def changed(self) -> bool:
        """Whether a person typed, changed or cleared anything."""
        return any(squash(self.typed[name]) != squash(self.was.get(name, "")) for name in ENTRIES)


def read_scan_entries(path: Path, workspace: Path) -> tuple[list[ScanEntry], list[Finding]]:
    """The rows in which a person changed something; nothing where there is no such workbook.

    Findings: workbook-locked and the like, scan-review-changed where its heads are others.
    """
    if not is_there(path):
        return [], []
    content, place, findings = load_content(path, workspace)
    if content is None:
        return [], findings
    book = open_book(content, values=True, last_row=layout.LAST_ROW)
    if book is None:
        return [], [finding("workbook-unreadable", place, reason="文件内容已损坏")]
    if not _is_ours(book):
        return [], [finding("scan-review-changed", place)]
    pages = set(_whole_pages(book[layout.PAGES]))
    entries = [_with_page(entry, doubts, pages) for entry, doubts in _rows(book[layout.ROWS], place.file)]
    return [entry for entry in entries if entry.changed], []


def may_have_entries(path: Path) -> bool:
    """Whether a person may have typed anything into the workbook since it was written.

    A quick look at every run, without the pictures; what is there then, `read_scan_entries` says.
    """
    import python_calamine

    if not is_there(path):
        return False
    content, _, _ = load_content(path, path.parent)
    if content is None:
        return True  # a person made it so, and is told by whoever reads it
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            rows, pages = (book.get_sheet_by_name(name).to_python() for name in (layout.ROWS, layout.PAGES))
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, zipfile.BadZipFile, OSError):
        return True
    verdict = column_of(PAGE_FIELDS, "verdict")
    return any(map(_is_touched, rows[layout.HEAD_ROW :])) or any(
        row[verdict] for row in pages[layout.HEAD_ROW :] if len(row) > verdict
    )


def _is_touched(row: Sequence[Any]) -> bool:
    texts = dict(zip(ROW_FIELDS, map(str, row), strict=False))
    was = _was(texts.get("was", ""))
    return any(squash(texts.get(name, "")) != squash(was.get(name, "")) for name in ENTRIES)


def _is_ours(book: Any) -> bool:
    for name, fields in ((layout.ROWS, ROW_FIELDS), (layout.PAGES, PAGE_FIELDS)):
        if name not in book.sheetnames:
            return False
        heads = [book[name].cell(layout.HEAD_ROW, at).value for at in range(1, len(fields) + 1)]
        if [squash(str(head or "")) for head in heads] != [squash(field.head) for field in fields.values()]:
            return False
    return True


def _whole_pages(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows(min_row=layout.FIRST_ROW, max_row=min(sheet.max_row, layout.LAST_ROW)):
        if confirms(_typed(row[column_of(PAGE_FIELDS, "verdict")])):
            yield _typed(row[column_of(PAGE_FIELDS, "sha256")])


def _rows(sheet: Any, file: str) -> Iterator[tuple[ScanEntry, str]]:
    """Each row with why it is doubted; rows that people added have no project and are none of ours."""
    for row in sheet.iter_rows(min_row=layout.FIRST_ROW, max_row=min(sheet.max_row, layout.LAST_ROW)):
        texts = {name: _typed(row[at]) for at, name in enumerate(ROW_FIELDS) if at < len(row)}
        if texts.get("key"):
            place = Place(file, layout.ROWS, row[column_of(ROW_FIELDS, "verdict")].coordinate)
            key, code, sha256, said = (texts[name] for name in ("key", "code", "sha256", "said"))
            typed = {name: texts[name] for name in ENTRIES}
            yield ScanEntry(place, key, code, sha256, said, typed, _was(texts["was"])), texts["doubts"]


def _was(text: str) -> dict[str, str]:
    try:
        return {str(name): str(value) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError):
        return {}


def _with_page(entry: ScanEntry, doubts: str, pages: set[str]) -> ScanEntry:
    """A row that nobody touched and nothing is doubted of is right where its whole page was said to be."""
    if entry.sha256 not in pages or doubts or any(entry.typed.values()):
        return entry
    typed = {**entry.typed, "verdict": layout.WHOLE_PAGE}
    return ScanEntry(entry.place, entry.key, entry.code, entry.sha256, entry.said, typed, entry.was)


def _typed(cell: Any) -> str:
    """What a cell says, as a person sees it."""
    value = cell.value
    if isinstance(value, bool):
        return layout.RIGHT if value else "否"
    if isinstance(value, int | float):
        number = decimal_from_float(float(value))
        return f"{show(number * 100)}%" if "%" in (cell.number_format or "") else show(number)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value or "").strip()
