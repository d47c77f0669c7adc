"""A workbook as this project writes it: XlsxWriter, no clock inside, one look for all sheets.

XlsxWriter writes because it stores the computed value beside each formula (viewers and protected view
show it) and gives the same bytes for the same content.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FONT = "宋体"
HEADING_FONT = "黑体"
INK, LINE, HEAD, ENTRY, CLOSED = "#1F2937", "#6B7280", "#E8EEF4", "#FFFBE6", "#F3F4F6"
GOOD, BAD, WATCH, NOTICE = "#DFF3E4", "#FBE0DD", "#FFF1CC", "#B42318"
_DAY_ZERO = date(1899, 12, 30)
_MOST_FORMULAS = 20_000
_CREATED = datetime(2000, 1, 1)  # fixed, so that the same content is the same bytes

_BASE: Mapping[str, Any] = {
    "font_name": FONT,
    "font_size": 10,
    "font_color": INK,
    "valign": "vcenter",
    "text_wrap": True,
}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "title": {"font_name": HEADING_FONT, "font_size": 16, "bold": True, "align": "center"},
    "heading": {"font_name": HEADING_FONT, "bold": True, "align": "center", "bg_color": HEAD, "border": 1},
    "label": {"align": "center", "bg_color": HEAD, "border": 1},
    "cell": {"border": 1},
    "centre": {"border": 1, "align": "center"},
    "number": {"border": 1, "align": "center"},
    "entry": {"border": 1, "bg_color": ENTRY, "locked": False},
    "closed": {"border": 1, "bg_color": CLOSED, "font_color": LINE},
    "note": {"font_size": 9, "font_color": LINE, "valign": "top"},
    "notice": {"bold": True, "font_color": NOTICE, "align": "center", "bg_color": BAD},
}


class _Worksheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter's, which looks for thirty functions in each formula; the same ones come in every book."""

    _seen: ClassVar[dict[tuple[str, bool], str]] = {}

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        key = formula, expand_future_functions
        if key not in self._seen:
            if len(self._seen) >= _MOST_FORMULAS:
                self._seen.clear()
            self._seen[key] = super()._prepare_formula(formula, expand_future_functions)
        return self._seen[key]


class Book:
    """A workbook being written; formats are made once for each look."""

    def __init__(self, path: str = "", *, title: str, subject: str = "项目支出绩效自评") -> None:
        self._path, self._content = Path(path), BytesIO()
        # In memory: temporary files' permissions would get into the bytes, and a full disk into XlsxWriter.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.workbook = xlsxwriter.Workbook(self._content, options)
        self.workbook.set_properties({"title": title, "subject": subject, "created": _CREATED})
        self.workbook.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._looks: dict[tuple[Any, ...], Format] = {}

    def look(self, name: str, **changes: Any) -> Format:
        """The format of a named look, with changes such as ``num_format``, ``align``, ``locked``."""
        asked = (name, *changes.items())
        if asked not in self._looks:
            properties = {**_BASE, **_LOOKS[name], **changes}
            if properties.get("border"):
                properties.setdefault("border_color", LINE)
            key = tuple(sorted(properties.items()))
            if key not in self._formats:
                self._formats[key] = self.workbook.add_format(properties)
            self._looks[asked] = self._formats[key]
        return self._looks[asked]

    def add_sheet(self, name: str) -> Worksheet:
        """A new worksheet on A4, with the page fitted to its width and numbered in the footer.

        Each sheet counts its own pages and names itself: it is signed and handed in by itself, and how many
        pages are printed with it is not how many belong to it.
        """
        sheet = self.workbook.add_worksheet(name, _Worksheet)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C&A　第 &P 页")
        sheet.set_start_page(1)
        sheet.hide_gridlines(2)
        return sheet

    def close(self) -> None:
        """Write the file. Raises OSError."""
        self._path.write_bytes(self.finished())

    def finished(self) -> bytes:
        """The whole workbook, to which nothing can be added any more."""
        self.workbook.close()
        return self._content.getvalue()


def put(sheet: Worksheet, row: int, column: int, value: object, look: Format) -> None:
    """Write a value as what it is; text never becomes a formula or a link.

    Decimals become numbers: 15 significant digits, which is what a cell of a workbook holds.
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, float(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)
    else:
        sheet.write_string(row, column, printable(str(value)), look)


def put_formula(sheet: Worksheet, row: int, column: int, formula: str, look: Format, value: object) -> None:
    """Write a formula together with its computed value (empty text for None, a date's number of days)."""
    if isinstance(value, date):
        value = (value - _DAY_ZERO).days
    cached: float | str = float(value) if isinstance(value, int | Decimal) else str(value or "")
    sheet.write_formula(row, column, f"={formula}", look, cached)


def printable(text: str) -> str:
    """Text without control characters, cut to what a cell can hold (32,767 characters)."""
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return text[:32767]


@lru_cache(4096)
def width_of(text: str) -> int:
    """Width in columns of a Latin letter: Chinese and full-width characters count two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, long words broken."""
    usable = max(int(width) - 1, 2)
    return sum(max(1, -(-width_of(line) // usable)) for line in (text or "").split("\n"))


def height_for(
    texts: Mapping[str, float] | list[tuple[str, float]], least: float = 20, line: float = 14.0
) -> float:
    """Row height in points that shows the whole of each (text, column width); Excel's limit is 409."""
    pairs = texts.items() if isinstance(texts, Mapping) else texts
    most = max((lines_of(text, width) for text, width in pairs), default=1)
    return min(409.0, max(least, most * line + 6))


def pieces(text: str, width: float, lines: int = 27) -> list[str]:
    """A text cut into pieces that each fit a row: Excel's rows hold no more than 409 points."""
    parts = []
    while lines_of(text, width) > lines:
        end = bisect_right(range(len(text) + 1), lines, key=lambda n: lines_of(text[:n], width)) - 1
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def literal(text: str) -> str:
    """Text as a literal part of a number format."""
    return '\\"'.join(f'"{piece}"' if piece else "" for piece in text.split('"'))


def number_as_written(text: str, number: str, places: int) -> str:
    """A number format that shows a number inside its own text: ``≥4000册`` stays a number and reads so.

    `number` is the digits as they stand in `text`; `places` its decimal places.
    """
    before, _, after = text.partition(number)
    digits = ("#,##0" if "," in number else "0") + ("." + "0" * places if places else "")
    return literal(before) + digits + literal(after)


def merge(
    sheet: Worksheet, first: tuple[int, int], last: tuple[int, int], value: object, look: Format
) -> None:
    """Write a value into the cells from `first` to `last` (row, column), merged where there are several."""
    if first != last:
        sheet.merge_range(*first, *last, "", look)
    put(sheet, *first, value, look)


def write_list_head(
    book: Book,
    sheet: Worksheet,
    row: int,
    title: str,
    words: str,
    columns: Sequence[tuple[str, float]],
    look: str = "note",
) -> int:
    """Write the head of a list: title, a line of words, (heading, width) columns; returns the row below.

    The headings repeat on every printed page.
    """
    end = len(columns) - 1
    merge(sheet, (row, 0), (row, end), title, book.look("title"))
    sheet.set_row(row, 32)
    merge(sheet, (row + 1, 0), (row + 1, end), words, book.look(look, valign="vcenter"))
    sheet.set_row(row + 1, height_for([(words, sum(width for _, width in columns))]))
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        put(sheet, row + 2, column, head, book.look("heading"))
    sheet.set_row(row + 2, height_for(list(columns), least=26))
    sheet.repeat_rows(row + 2)
    return row + 3
