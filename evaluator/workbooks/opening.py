"""Opening a fill-in workbook: is it one, whose is it, and what stands in its entry cells."""

from __future__ import annotations

import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from evaluator.readers.archive import check_archive
from evaluator.readers.containers import Container, identify
from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.storage.files import reason, relative
from evaluator.values.text import squash
from evaluator.workbooks import layout
from evaluator.workbooks.entries import Entries, Entry, LooseRow, RowText, Stamp, Stray
from evaluator.workbooks.plain_book import PlainCell, read_plain_book
from evaluator.workbooks.sheets import Mended, fact_rows, goal_rows, mend_sheets, moved_facts, rename_sheets
from evaluator.workbooks.strays import LEFTOVER_SHEET, strays_of
from evaluator.workbooks.trimming import trimmed

_KEPT = 256  # workbooks of some 20 kB each: looked at first to see whose they are, then read
_NAMED = 8  # cells that a finding names


def peek(path: Path, workspace: Path) -> tuple[Stamp | None, list[Finding]]:
    """Whose workbook it is; only the hidden sheet is read. None with a finding where it is not one."""
    content, place, findings = load_content(path, workspace)
    if content is None:
        return None, findings
    stamp = _stamp_of(content)
    return (stamp, []) if stamp else (None, [finding("workbook-not-ours", place)])


def _stamp_of(content: bytes) -> Stamp | None:
    """The stamp, found by reading two small parts of the archive instead of the whole workbook."""
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            rows = book.get_sheet_by_name(layout.STAMP).to_python(nrows=len(layout.STAMP_ROWS))
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, zipfile.BadZipFile, OSError):
        return None
    return _stamp({str(row[0]): row[1] for row in rows if len(row) > 1})


def _stamp(values: dict[str, Any]) -> Stamp | None:
    try:
        return Stamp(
            int(float(values["year"])), *(str(values.get(name) or "") for name in layout.STAMP_ROWS[1:])
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def load_content(path: Path, workspace: Path) -> tuple[bytes | None, Place, list[Finding]]:
    """The bytes of a workbook that is safe to open; read once for as long as size and time are the same."""
    place = Place(relative(path, workspace))
    try:
        state = path.stat()
        content, found = _content(path, place, state.st_mtime_ns, state.st_size)
    except PermissionError:
        return None, place, [finding("workbook-locked", place)]
    except OSError as error:
        return None, place, [finding("workbook-unreadable", place, reason=reason(error))]
    return content, place, [*found]


@lru_cache(_KEPT)
def _content(path: Path, place: Place, _time: int, _size: int) -> tuple[bytes | None, tuple[Finding, ...]]:
    content = path.read_bytes()
    if not content.strip(b"\0"):
        return None, (finding("workbook-unreadable", place, reason="文件是空的，可能没有保存成功"),)
    container = identify(content, path.suffix.lower())
    if container is Container.ENCRYPTED:
        return None, (finding("workbook-encrypted", place),)
    if container is not Container.XLSX:
        return None, (finding("workbook-not-xlsx", place, kind=container.value),)
    for unsafe in check_archive(content, place.file):
        return None, (finding("workbook-unreadable", place, reason=unsafe.title),)
    return content, ()


def open_entries(
    path: Path, workspace: Path, *, mending: bool = False
) -> tuple[Entries | None, list[Finding]]:
    """Everything typed into a workbook, number formats included.

    Findings: not readable, encrypted, not one of ours, sheets renamed or missing, rows or columns moved
    (None); filled rows without a code or with one that stands there twice. With `mending`, sheets are known
    by their heads whatever their names, and one that is gone is read as empty.
    """
    content, place, findings = load_content(path, workspace)
    if content is None:
        return None, findings
    book = _open_cells(content)
    if book is None:
        return None, [finding("workbook-unreadable", place, reason="文件内容已损坏")]
    stamp = _read_stamp(book) if layout.STAMP in book.sheetnames else None
    if stamp is None:
        return None, [finding("workbook-not-ours", place)]
    mended = mend_sheets(book, place, stamp.project_key)
    if mended and not mending:
        return None, list(mended.findings)
    moved = _moved(book, place.file)
    moved += moved_facts(book[layout.FACTS], place.file, stamp)
    moved = [item for item in moved if item.place.part not in (mended.missing if mended else ())]
    return (None, moved) if moved else _Reading(place.file, content, book, mended).entries(stamp, place)


def _open_cells(content: bytes) -> Any:
    """The cells of a workbook, by openpyxl where it holds more; None where neither can read it."""
    try:
        return read_plain_book(trimmed(content, layout.LAST_ROW)) or open_book(content)
    except PARSER_ERRORS:
        return None


def open_book(content: bytes, *, values: bool = False, last_row: int = layout.LAST_ROW) -> Any:
    """The opened workbook, formulas or with `values` their results; None where openpyxl cannot open it."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of what it would drop when saving; nothing is saved here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            return load_workbook(io.BytesIO(trimmed(content, last_row)), data_only=values)
        except PARSER_ERRORS:
            return None


def _moved(book: Any, file: str) -> list[Finding]:
    """The first head or label of each sheet that is not where it was written.

    Columns that somebody inserted would put every answer under another head, without a trace.
    """
    found: dict[str, Finding] = {}
    for name, row, column, text in layout.fixed_cells(_fund_lines(book)):
        now = str(book[name].cell(row, column).value or "")
        if name not in found and squash(now) != squash(text):
            place = Place(file, name, layout.address(row, column))
            found[name] = finding("workbook-layout-changed", place, expected=text, found=now[:30] or "空白")
    return list(found.values())


def _fund_lines(book: Any) -> tuple[layout.FundLine, ...]:
    """The lines that the sheet of the budget has: an earlier one has its total after three."""
    earlier = layout.FUND_ROW + len(layout.EARLIER_FUND_LINES)
    is_earlier = squash(str(book[layout.BUDGET].cell(earlier, 1).value or "")) == layout.TOTAL
    return layout.EARLIER_FUND_LINES if is_earlier else layout.FUND_LINES


def _read_stamp(book: Any) -> Stamp | None:
    sheet = book[layout.STAMP]
    return _stamp({str(sheet.cell(row, 1).value): sheet.cell(row, 2).value for row in range(1, 7)})


class _Reading:
    """The state of reading one workbook; the second load, for results of formulas, is made if needed."""

    def __init__(self, file: str, content: bytes, book: Any, mended: Mended | None = None) -> None:
        self.file, self.content, self.book, self.mended = file, content, book, mended
        self.results: Any = None
        self.findings: list[Finding] = list(mended.findings) if mended else []

    def entries(self, stamp: Stamp, place: Place) -> tuple[Entries, list[Finding]]:
        rows, texts, loose = self._rows(stamp.project_key)
        budget, lines = self.book[layout.BUDGET], _fund_lines(self.book)
        self._report_replaced(budget, layout.live_cells(lines), stamp.project_key)
        facts = self.book[layout.FACTS]
        found = Entries(
            stamp=stamp,
            place=place,
            sha256=hashlib.sha256(self.content).hexdigest(),
            rows=rows,
            texts=texts,
            facts={
                name: self._entry(facts, row, layout.FACT_COLUMN) for name, row in fact_rows(facts).items()
            },
            goals=self._goals(facts),
            funds={
                (line.name, name): self._entry(budget, layout.FUND_ROW + at, column)
                for at, line in enumerate(lines)
                for name, column in layout.FUND_COLUMNS.items()
            },
            note=self._entry(budget, layout.note_row(lines), layout.NOTE_COLUMN),
            loose=loose,
            replaced=self.mended is not None
            or any(item.code == "workbook-formula-replaced" for item in self.findings),
            leftovers=self._leftovers(),
            strays=self._strays(lines, stamp.project_key),
        )
        return found, self.findings

    def _strays(self, lines: Sequence[layout.FundLine], project: str) -> tuple[Stray, ...]:
        strays, findings = strays_of(self.book, self.file, lines, project)
        self.findings += findings
        return tuple(strays)

    def _entry(self, sheet: Any, row: int, column: int) -> Entry:
        cell = sheet.cell(row, column)
        place = Place(self.file, sheet.title, cell.coordinate)
        if cell.data_type != "f":
            return Entry(cell.value, cell.number_format, place)
        if isinstance(cell, PlainCell):
            return Entry(cell.result, cell.number_format, place, formula=str(cell.value))
        if self.results is None:
            self.results = open_book(self.content, values=True)
            rename_sheets(self.results, self.mended)
        result = self.results[sheet.title].cell(row, column)
        # openpyxl gives None for a result that is an empty text, and for one that was never computed.
        value = "" if result.value is None and result.data_type == "str" else result.value
        formula = getattr(cell.value, "text", cell.value)  # of an array formula, its text
        return Entry(value, cell.number_format, place, formula=str(formula))

    def _goals(self, sheet: Any) -> dict[int, Entry]:
        return {
            number: self._entry(sheet, row, layout.GOAL_RESULT_COLUMN)
            for number, row in goal_rows(sheet).items()
        }

    def _rows(
        self, project: str
    ) -> tuple[dict[str, dict[str, Entry]], dict[str, RowText], tuple[LooseRow, ...]]:
        """Entries by the visible code: rows that people sorted or inserted are still found."""
        sheet = self.book[layout.ACTUALS]
        rows: dict[str, dict[str, Entry]] = {}
        texts: dict[str, RowText] = {}
        loose: list[LooseRow] = []
        live: list[tuple[int, int]] = []
        for row in range(layout.FIRST_ROW, min(sheet.max_row, layout.LAST_ROW) + 1):
            code = squash(str(sheet.cell(row, layout.FIELDS["code"].column).value or "")).upper()
            entries = {field.name: self._entry(sheet, row, field.column) for field in layout.ENTRY_FIELDS}
            said = (sheet.cell(row, layout.FIELDS[name].column).value for name in layout.LOCKED_CHECKED)
            text = RowText(*(str(value or "") for value in said))
            if code and code not in rows:
                rows[code], texts[code] = entries, text
                live += [(row, layout.FIELDS[name].column) for name in layout.LIVE_FIELDS]
            elif code or any(e.filled for name, e in entries.items() if name != "unit"):
                loose.append(LooseRow(code, text, entries))
                self._report_loose(code, Place(self.file, sheet.title, layout.address(row, 1)), project)
        self._report_replaced(sheet, live, project)
        return rows, texts, tuple(loose)

    def _report_replaced(self, sheet: Any, cells: Iterable[tuple[int, int]], project: str) -> None:
        """One finding for all formulas of a sheet that somebody typed over."""
        found = [cell for place in cells if (cell := sheet.cell(*place)).data_type != "f"]
        if found and not (self.mended and sheet.title in self.mended.missing):
            place = Place(self.file, sheet.title, found[0].coordinate)
            names = "、".join(cell.coordinate for cell in found[:_NAMED]) + (
                "等" if len(found) > _NAMED else ""
            )
            self.findings.append(
                finding("workbook-formula-replaced", place, project=project, count=len(found), cells=names)
            )

    def _report_loose(self, code: str, place: Place, project: str) -> None:
        if code:
            item = finding("workbook-code-twice", place, project=project, indicator=code, number=code)
        else:
            item = finding("workbook-row-without-code", place, project=project)
        self.findings.append(item)

    def _leftovers(self) -> tuple[tuple[str, ...], ...]:
        if LEFTOVER_SHEET not in self.book.sheetnames:
            return ()
        sheet = self.book[LEFTOVER_SHEET]
        lines = sheet.iter_rows(
            min_row=3, max_row=min(sheet.max_row, layout.LAST_ROW), max_col=6, values_only=True
        )
        return tuple(tuple(str(value or "") for value in line) for line in lines if any(line))
