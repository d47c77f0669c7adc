"""Excel workbooks (xlsx, xlsm), also as WPS saves them.

Sheets are streamed: a book with formatting down to row 1,048,576 costs no more than its text. The size
that a sheet states is not believed, for WPS writes it wrong.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from itertools import repeat
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel

from evaluator.readers.archive import check_archive
from evaluator.readers.characters import raised
from evaluator.readers.limits import MAX_BLANK_ROWS, MAX_COLUMNS, MAX_ROWS, PARSER_ERRORS
from evaluator.readers.number_formats import CHINESE_FORMATS
from evaluator.readers.sheets import Area, Sheet, SheetCell, Value, read_sheets
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row
from evaluator.values.text import decimal_from_float

_MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref=["']([A-Z0-9:$]{1,40})["']""")
_STORED: Final = re.compile(rb"<(?:\w+:)?(?:v(?: [^>/]*)?>[^<]|is[ >])")
_HIDDEN: Final = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,400}?\bhidden=["'](?:1|true)["'][^>]{0,400}?>""")
_ROW_NUMBER: Final = re.compile(rb"""\br=["'](\d{1,7})["']""")
_DRAWN: Final = re.compile(rb"<a:t>([^<]{1,400})</a:t>")
_RAISED: Final = re.compile(
    rb"(<vertAlign val=\"superscript\"\s*/>(?:(?!</r>).){0,400}?<t(?: [^>]*)?>)(\d{1,3})(</t>)", re.DOTALL
)
_MARK: Final = b'val="superscript"'
_TEXTS: Final = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_TYPED_RATE: Final = re.compile(r"=\s*\d+(?:\.\d+)?\s*%")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a workbook. Findings: those of `check_archive` and `read_sheets`, source-damaged."""
    findings = check_archive(content, file)
    if findings:
        return [], findings
    try:
        content = _raise_marks(content)
        # openpyxl warns of what it will not write back, and prints where a style's number is wrong.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            sheets = _load(content)
            drawn = _drawn(content, file)
    except PARSER_ERRORS:
        return [], [finding("source-damaged", Place(file))]
    rows, found = read_sheets(sheets, file)
    return rows, [*found, *drawn]


def _drawn(content: bytes, file: str) -> list[Finding]:
    """Text boxes, which hold no cells."""
    with ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/drawings/")]
        texts = [text for name in names for text in _DRAWN.findall(archive.read(name))]
    said = b"".join(texts).decode("utf-8", errors="replace").strip()
    return [finding("sheet-textbox", Place(file), text=said[:40])] if said else []


def _raise_marks(content: bytes) -> bytes:
    """The workbook with the digits that are set as superscripts written as such: 100¹家 is not 1001家.

    openpyxl's streaming gives a cell's text without its formats.
    """
    with ZipFile(BytesIO(content)) as archive:
        bodies = {entry: archive.read(entry) for entry in archive.infolist()}
    marked = [entry for entry in bodies if _TEXTS.match(entry.filename) and _MARK in bodies[entry]]
    if not marked:
        return content
    made = BytesIO()
    with ZipFile(made, "w") as copy:
        for entry, body in bodies.items():
            copy.writestr(entry, _RAISED.sub(_raise, body) if entry in marked else body)
    return made.getvalue()


def _raise(found: re.Match[bytes]) -> bytes:
    return found[1] + raised(found[2].decode()).encode() + found[3]


def _load(content: bytes) -> list[Sheet]:
    results: Any = load_workbook(BytesIO(content), read_only=True, data_only=True)
    formulas: Workbook | None = None
    sheets = []
    for index, sheet in enumerate(results.worksheets):
        # Streaming leaves out merged areas: they come from the sheet's XML.
        xml: bytes = results._archive.read(sheet._worksheet_path)
        if formulas is None and _FORMULA.search(xml):
            formulas = load_workbook(BytesIO(content), read_only=True)
        written = formulas.worksheets[index] if formulas else None
        sheets.append(_sheet(sheet, written, xml, results.epoch))
    return sheets


def read_areas(xml: bytes) -> tuple[Area, ...]:
    """Merged areas in a sheet's XML."""
    bounds = (range_boundaries(reference.decode()) for reference in _MERGED.findall(xml))
    return tuple(
        (top, left, bottom, right) for left, top, right, bottom in bounds if top and left and bottom and right
    )


def _sheet(results: Any, formulas: Any, xml: bytes, epoch: Any) -> Sheet:
    rows: list[tuple[int, tuple[SheetCell, ...]]] = []
    last = 0
    for number, cells in enumerate(_stream(results, formulas), start=1):
        found = tuple(_cell(cell, written, epoch) for cell, written in cells)
        if found:
            rows.append((number, found))
            last = number
        if number - last >= MAX_BLANK_ROWS or len(rows) >= MAX_ROWS:
            break
    read = sum(cell.value is not None for _, cells in rows for cell in cells)
    unread = max(0, len(_STORED.findall(xml)) - read)
    hidden = results.sheet_state != "visible"
    return Sheet(results.title, hidden, tuple(rows), read_areas(xml), unread, _unseen(xml))


def _unseen(xml: bytes) -> frozenset[int]:
    numbers = (_ROW_NUMBER.search(row) for row in _HIDDEN.findall(xml))
    return frozenset(int(number[1]) for number in numbers if number)


def _stream(results: Any, formulas: Any) -> Iterator[list[tuple[Any, Any]]]:
    """Row by row the cells that hold something, as (with result, with formula)."""
    results.reset_dimensions()
    rows = results.iter_rows(max_col=MAX_COLUMNS)
    if formulas is None:
        for row in rows:
            yield list(zip((cell for cell in row if cell.value is not None), repeat(None)))
        return
    formulas.reset_dimensions()
    for row, written in zip(rows, formulas.iter_rows(max_col=MAX_COLUMNS), strict=False):
        yield [pair for pair in zip(row, written, strict=False) if pair[1].value is not None]


def _is_typed_rate(formula: Any) -> bool:
    """Whether a formula is a target that was typed: ＝100%, which Excel takes for a calculation."""
    return isinstance(formula, str) and _TYPED_RATE.fullmatch(formula) is not None


def _cell(cell: Any, written: Any, epoch: Any) -> SheetCell:
    if written is not None and written.data_type == "f" and _is_typed_rate(written.value):
        return SheetCell(written.column, written.value)
    if cell.value is None:
        # A result that is an empty string is typed as one, a missing result is not.
        empty = cell.data_type == "str" or written.data_type != "f"
        return SheetCell(written.column, None, uncalculated=not empty)
    pattern = CHINESE_FORMATS.get(cell.style_array.numFmtId)
    value = cell.value
    if pattern and isinstance(value, int | float) and not isinstance(value, bool):
        value = from_excel(value, epoch)
    fonts, at = cell.parent.parent._fonts, cell.style_array.fontId
    struck = bool(at < len(fonts) and fonts[at].strike)
    error = cell.data_type == "e"
    return SheetCell(cell.column, _exact(value), pattern or cell.number_format, error=error, struck=struck)


def _exact(value: Any) -> Value:
    if isinstance(value, bool | str | date | time | timedelta):
        return value
    return decimal_from_float(value) if isinstance(value, int | float) else str(value)
