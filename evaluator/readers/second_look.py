"""What rows of cells do not carry of a workbook: formulas, and which cells a merged area hides."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from itertools import chain, islice, product
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter

from evaluator.readers.archive import check_archive
from evaluator.readers.limits import MAX_COLUMNS, MAX_FILE, MAX_ROWS, PARSER_ERRORS
from evaluator.readers.sheets import Area
from evaluator.readers.xlsx import read_areas

_MOST: Final = 100_000  # covered cells and formulas that are looked at


@dataclass(frozen=True)
class SecondLook:
    """By (sheet, cell): formulas without ``=``; the first cell of the merged area that hides a cell; and of
    how many rows and columns the area is that a first cell begins.
    """

    formulas: dict[tuple[str, str], str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    spans: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def look_again(path: Path) -> SecondLook:
    """Look at an xlsx workbook once more; nothing is seen in files of other kinds, or broken ones."""
    seen = SecondLook()
    try:
        if path.stat().st_size > MAX_FILE:
            return seen
        content = path.read_bytes()
        if not content.startswith(b"PK") or check_archive(content, path.name):
            return seen
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            book: Any = load_workbook(BytesIO(content), read_only=True)
            for sheet in book.worksheets:
                _look_at(sheet, book._archive.read(sheet._worksheet_path), seen)
    except PARSER_ERRORS:
        return SecondLook()
    return seen


def _look_at(sheet: Any, xml: bytes, seen: SecondLook) -> None:
    if b"<f" in xml or b":f" in xml:
        sheet.reset_dimensions()
        cells = chain.from_iterable(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS))
        written = (cell for cell in cells if cell.data_type == "f")
        for cell in islice(written, _MOST):
            seen.formulas[sheet.title, cell.coordinate] = str(cell.value).removeprefix("=")
    for top, left, bottom, right in islice(read_areas(xml), _MOST):
        span = min(bottom, MAX_ROWS) - top + 1, min(right, MAX_COLUMNS) - left + 1
        seen.spans[sheet.title, f"{get_column_letter(left)}{top}"] = span
    covered = chain.from_iterable(_covered(area) for area in read_areas(xml))
    for cell, first in islice(covered, _MOST):
        seen.anchors[sheet.title, cell] = first


def _covered(area: Area) -> Iterator[tuple[str, str]]:
    """Each cell of a merged area but the first, with the first."""
    top, left, bottom, right = area
    rows, columns = range(top, min(bottom, MAX_ROWS) + 1), range(left, min(right, MAX_COLUMNS) + 1)
    names = (f"{get_column_letter(column)}{row}" for row, column in product(rows, columns))
    first = next(names)
    return ((name, first) for name in names)
