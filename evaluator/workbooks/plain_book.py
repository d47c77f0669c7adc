"""A workbook's cells straight from its XML: what a fill-in workbook is read for, in a quarter of the time.

openpyxl makes objects of every style, rule and area before the first value is there. A package that holds
anything beyond plain cells (comments, charts, days since 1904, array formulas) is left to it: None.
Values, formats and merged areas are taken as openpyxl takes them (`tests/workbooks/test_plain_book.py`).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from evaluator.records.addresses import column_letters, column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET_TYPE = "/worksheet"
_OTHERS = re.compile(r"xl/(comments|threadedComments|chartsheets|dialogsheets|macrosheets)", re.IGNORECASE)
_DECLARED = b"<!"  # a declaration, which may hold entities
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TYPES = frozenset(("n", "s", "str", "b", "e", "inlineStr"))
_FORMULAS = frozenset((None, "shared"))
_GENERAL = "General"
_QUOTED, _OF_DAYS = re.compile(r'"[^"]*"'), re.compile("[dmhys]", re.IGNORECASE)
_DAYS = frozenset(("yyyy-mm-dd", "yyyy/m/d", "yyyy/mm/dd", "mm-dd-yy"))
_FIRST_DAY = datetime(1899, 12, 30)
_SIMPLE_DAYS = range(61, 2_958_466)  # before them Excel counts a 29 February 1900; they end with 9999


class _NotPlainError(Exception):
    """The package holds what only openpyxl reads."""


@dataclass(slots=True)
class PlainCell:
    """A cell; of a formula `value` is its text and `result` what was computed (None: nothing)."""

    row: int
    column: int
    value: Any = None
    data_type: str = "n"
    number_format: str = _GENERAL
    result: Any = None
    comment: None = None

    @property
    def coordinate(self) -> str:
        """``G7``."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(slots=True)
class PlainSheet:
    """A sheet: its cells by row and column; `max_row` and `max_column` count formatted blanks, too."""

    title: str
    sheet_state: str = "visible"
    max_row: int = 1
    max_column: int = 1
    cells: dict[tuple[int, int], PlainCell] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> PlainCell:
        """The cell there, a blank where nothing is."""
        return self.cells.get((row, column)) or PlainCell(row, column)

    def iter_rows(
        self, min_row: int = 1, max_row: int = 0, max_col: int = 0, *, values_only: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """The rows from `min_row` on, each with its first `max_col` cells or their values."""
        columns = range(1, (max_col or self.max_column) + 1)
        for row in range(min_row, (max_row or self.max_row) + 1):
            cells = (self.cell(row, column) for column in columns)
            yield tuple(cell.value for cell in cells) if values_only else tuple(cells)


@dataclass(slots=True)
class PlainBook:
    """The sheets of a workbook in their order."""

    worksheets: list[PlainSheet]

    @property
    def sheetnames(self) -> list[str]:
        """The titles of the sheets."""
        return [sheet.title for sheet in self.worksheets]

    def __getitem__(self, title: str) -> PlainSheet:
        return next(sheet for sheet in self.worksheets if sheet.title == title)

    def create_sheet(self, title: str) -> None:
        """Add an empty sheet."""
        self.worksheets.append(PlainSheet(title))


def read_plain_book(content: bytes) -> PlainBook | None:
    """The cells of a workbook; None where it is broken or holds what only openpyxl reads."""
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Package(archive).book()
    except (
        _NotPlainError,
        XMLSyntaxError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        IndexError,
        OverflowError,
    ):
        return None


class _Package:
    """The parts of one archive that all its sheets share."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        if any(_OTHERS.match(name) for name in self.names):
            raise _NotPlainError
        self.texts = self._texts()
        self.formats = self._formats()

    def book(self) -> PlainBook:
        root = self._tree("xl/workbook.xml")
        properties = root.find(f"{_MAIN}workbookPr")
        if properties is not None and properties.get("date1904") not in (None, "0", "false"):
            raise _NotPlainError
        parts = dict(self._parts())
        sheets = root.iterfind(f"{_MAIN}sheets/{_MAIN}sheet")
        return PlainBook([self._sheet(sheet, parts[sheet.get(_ID)]) for sheet in sheets])

    def _tree(self, name: str) -> Any:
        from lxml import etree

        part = self.archive.read(name)
        if _DECLARED in part:
            raise _NotPlainError
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))

    def _parts(self) -> Iterator[tuple[str, str]]:
        for item in self._tree("xl/_rels/workbook.xml.rels").iterfind(f"{_REL}Relationship"):
            if item.get("Type").endswith(_SHEET_TYPE):
                yield item.get("Id"), posixpath.normpath(posixpath.join("/xl", item.get("Target")))[1:]

    def _texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.names:
            return []
        found = self._tree("xl/sharedStrings.xml").iterfind(f"{_MAIN}si")
        return [_text(item).replace("x005F_", "") for item in found]

    def _formats(self) -> list[str]:
        """The number format of each style of cells."""
        root = self._tree("xl/styles.xml")
        own = {
            int(item.get("numFmtId")): item.get("formatCode")
            for item in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
        }
        styles = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
        numbers = (int(style.get("numFmtId") or 0) for style in styles)
        return [own[number] if number in own else _builtin(number) for number in numbers]

    def _sheet(self, head: Any, part: str) -> PlainSheet:
        root = self._tree(part)
        sheet = PlainSheet(head.get("name"), head.get("state") or "visible")
        masters: dict[str, tuple[str, str]] = {}
        for row in root.iterfind(f"{_MAIN}sheetData/{_MAIN}row"):
            for element in row:
                cell = self._cell(element, masters)
                sheet.cells[cell.row, cell.column] = cell
        for area in root.iterfind(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
            _cover(sheet, area.get("ref"))
        sheet.max_row = max((row for row, _ in sheet.cells), default=1)
        sheet.max_column = max((column for _, column in sheet.cells), default=1)
        return sheet

    def _cell(self, element: Any, masters: dict[str, tuple[str, str]]) -> PlainCell:
        row, column = _position(element.get("r"))
        kind = element.get("t") or "n"
        if kind not in _TYPES or element.tag != f"{_MAIN}c":
            raise _NotPlainError
        shown = self.formats[int(element.get("s") or 0)]
        if not len(element):
            return PlainCell(row, column, None, kind, shown)
        formula, inline, text = None, None, None
        for child in element:
            if child.tag == f"{_MAIN}v":
                text = child.text
            elif child.tag == f"{_MAIN}f":
                formula = child
            elif child.tag == f"{_MAIN}is":
                inline = child
        if kind == "inlineStr":
            value, typed = (None, kind) if inline is None else (_text(inline), "s")
        else:
            value, typed = self._value(kind, text, shown)
        if formula is None:
            return PlainCell(row, column, value, typed, shown)
        if value is None and kind == "str":
            value = ""  # computed, and found to be an empty text
        return PlainCell(row, column, _formula(formula, element.get("r"), masters), "f", shown, value)

    def _value(self, kind: str, text: str | None, shown: str) -> tuple[Any, str]:
        if not text:
            return None, kind
        if kind == "n":
            return _number(text, shown)
        if kind == "s":
            return self.texts[int(text)], kind
        if kind == "b":
            return bool(int(text)), kind
        return text, "s" if kind == "str" else kind


def _number(text: str, shown: str) -> tuple[Any, str]:
    """A number, or the day that its format makes of it."""
    number = float(text) if "." in text or "e" in text or "E" in text else int(text)
    if not _may_be_days(shown):
        return number, "n"
    if shown in _DAYS and number in _SIMPLE_DAYS:
        return _FIRST_DAY + timedelta(days=number), "d"
    return _by_format(number, shown)


@cache
def _may_be_days(shown: str) -> bool:
    """Whether a number format has a letter of days and times outside of its quoted text."""
    return _OF_DAYS.search(_QUOTED.sub("", shown)) is not None


def _by_format(number: float, shown: str) -> tuple[Any, str]:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import from_excel

    if not is_date_format(shown):
        return number, "n"
    try:
        return from_excel(number, timedelta=is_timedelta_format(shown)), "d"
    except (OverflowError, ValueError):
        return "#VALUE!", "e"


def _formula(element: Any, address: str, masters: dict[str, tuple[str, str]]) -> str:
    """The text of a formula; one that Excel keeps only once for many cells is moved to its cell."""
    text, kind = f"={element.text or ''}", element.get("t")
    if kind not in _FORMULAS:
        raise _NotPlainError
    if kind is None:
        return text
    number = element.get("si")
    if number not in masters:
        masters[number] = text, address
        return text
    from openpyxl.formula.translate import Translator

    return str(Translator(*masters[number]).translate_formula(address))


def _text(element: Any) -> str:
    """The text of a string without its formats and without what says how to pronounce it."""
    plain = element.findtext(f"{_MAIN}t") or ""
    return plain + "".join(found or "" for found in map(_run_text, element.iterfind(f"{_MAIN}r")))


def _run_text(run: Any) -> str | None:
    text: str | None = run.findtext(f"{_MAIN}t")
    return text


@cache
def _position(address: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(address or "")
    if not found:
        raise _NotPlainError
    return int(found[2]), column_number(found[1])


def _cover(sheet: PlainSheet, area: str) -> None:
    """What lies under a merged area is not shown, and not read."""
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = _position(first), _position(last or first)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                sheet.cells[row, column] = PlainCell(row, column)


@cache
def _builtin(number: int) -> str:
    known: Mapping[int, str] = {0: _GENERAL, 1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "mm-dd-yy", 49: "@"}
    if number in known:
        return known[number]
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return BUILTIN_FORMATS.get(number, _GENERAL)
