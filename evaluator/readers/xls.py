"""Excel 97-2003 workbooks (xls), also those of WPS (et)."""

from __future__ import annotations

from io import StringIO
from typing import Final, Literal

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as StoredSheet

from evaluator.readers.limits import MAX_COLUMNS, PARSER_ERRORS
from evaluator.readers.number_formats import CHINESE_FORMATS
from evaluator.readers.sheets import Sheet, SheetCell, Value, read_sheets
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row
from evaluator.values.text import decimal_from_float

_ERRORS: Final[tuple[type[Exception], ...]] = (*PARSER_ERRORS, XLRDError, CompDocError)
_BLANK: Final = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a workbook. Findings: source-encrypted, source-damaged, those of `read_sheets`."""
    try:
        # Without a logfile xlrd prints its warnings.
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=StringIO()
        )
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except _ERRORS as error:
        code = "source-encrypted" if "encrypted" in str(error) else "source-damaged"
        return [], [finding(code, Place(file))]
    return read_sheets(sheets, file)


def _sheet(book: Book, sheet: StoredSheet) -> Sheet:
    rows = []
    for number in range(sheet.nrows):
        cells = enumerate(sheet.row_slice(number, 0, MAX_COLUMNS), start=1)
        found = tuple(_cell(book, column, cell) for column, cell in cells if cell.ctype not in _BLANK)
        if found:
            rows.append((number + 1, found))
    # xlrd's areas are half-open and count from 0.
    merged = tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    unseen = frozenset(number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden)
    return Sheet(sheet.name, sheet.visibility != 0, tuple(rows), merged, unseen=unseen)


def _cell(book: Book, column: int, cell: Cell) -> SheetCell:
    key = book.xf_list[cell.xf_index or 0].format_key
    pattern = CHINESE_FORMATS.get(key) or book.format_map[key].format_str
    error = cell.ctype == xlrd.XL_CELL_ERROR
    struck = bool(book.font_list[book.xf_list[cell.xf_index or 0].font_index].struck_out)
    return SheetCell(column, _value(book, cell), pattern, error=error, struck=struck)


def _date(value: float, mode: Literal[0, 1]) -> Value:
    try:
        return xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return decimal_from_float(value)  # what Excel shows as #### is a number


def _value(book: Book, cell: Cell) -> Value:
    if isinstance(cell.value, str):
        return cell.value
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return _date(cell.value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(int(cell.value), "#N/A"))
    return decimal_from_float(cell.value)
