"""What rows of cells do not carry of a workbook: its formulas."""

from __future__ import annotations

import warnings
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from evaluator.readers.archive import check_archive
from evaluator.readers.limits import MAX_COLUMNS, MAX_FILE, MAX_ROWS, PARSER_ERRORS

_MOST: Final = 100_000  # formulas that are looked at

Formulas = dict[tuple[str, str], str]


def formulas_of(path: Path) -> Formulas:
    """Formulas without ``=`` by (sheet, cell) of an xlsx workbook; none of a broken file or another kind."""
    seen: Formulas = {}
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
        return {}
    return seen


def _look_at(sheet: Any, xml: bytes, seen: Formulas) -> None:
    if b"<f" not in xml and b":f" not in xml:
        return
    sheet.reset_dimensions()
    cells = chain.from_iterable(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS))
    written = (cell for cell in cells if cell.data_type == "f")
    for cell in islice(written, _MOST):
        seen[sheet.title, cell.coordinate] = str(cell.value).removeprefix("=")
