"""What an auditor typed into 复核表.xlsx, so that a later run never writes over it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from evaluator.readers.limits import PARSER_ERRORS

SOURCES: Final = "来源"
"""The hidden sheet that says whose each sheet is, and in which columns a review stands."""
_MOST_ROWS: Final = 5_000


def holds_review(path: Path) -> bool:
    """Whether a file holds what a person typed: reviews in our workbook, or anything that is not ours.

    Raises OSError where it cannot be opened.
    """
    from openpyxl import load_workbook

    with path.open("rb") as stream:
        try:
            book = load_workbook(stream)
            rows = list(book[SOURCES].iter_rows(min_row=2, values_only=True))
            return any(_is_filled(book[str(row[0])], row[5:7]) for row in rows)
        except PARSER_ERRORS:
            return True  # not ours, or not as we wrote it


def _is_filled(sheet: Any, columns: tuple[Any, ...]) -> bool:
    """Whether anything but our heads, formulas and words stands in the columns for a review."""
    cells = (
        sheet[f"{column}{row}"] for column in columns for row in range(1, min(sheet.max_row, _MOST_ROWS) + 1)
    )
    return any(cell.value is not None and not cell.protection.locked for cell in cells)


def free_name(path: Path) -> Path:
    """A name beside a file for what stood there before: 复核表-旧1.xlsx."""
    number = 1
    while (kept := path.with_name(f"{path.stem}-旧{number}{path.suffix}")).exists():
        number += 1
    return kept
