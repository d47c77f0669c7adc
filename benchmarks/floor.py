"""The least that any such tool does: import the libraries, open each workbook, write each sheet."""

from __future__ import annotations

import sys
from pathlib import Path


def main(workspace: Path) -> None:
    import click  # noqa: F401
    import docxtpl  # noqa: F401
    import jinja2  # noqa: F401
    import openpyxl
    import pandas  # noqa: F401
    import pint  # noqa: F401
    import pygal  # noqa: F401
    import rich.table  # noqa: F401

    for path in sorted((workspace / "actuals" / "2026").glob("*.xlsx")):
        openpyxl.load_workbook(path)
    rows = cells_of_one_delivery(workspace)
    for index, path in enumerate(sorted((workspace / "reports" / "2026").glob("*.xlsx"))):
        write(workspace / f"floor-{index}.xlsx", rows[path.name.rpartition("-")[2]])


def cells_of_one_delivery(workspace: Path) -> dict[str, list[tuple[str, int, int, object]]]:
    """The cells of the first delivered workbook of each kind; all of a kind are about as large."""
    import openpyxl

    kinds: dict[str, list[tuple[str, int, int, object]]] = {}
    for path in sorted((workspace / "reports" / "2026").glob("*.xlsx")):
        kind = path.name.rpartition("-")[2]
        if kind not in kinds:
            book = openpyxl.load_workbook(path)
            kinds[kind] = [
                (sheet.title, cell.row - 1, cell.column - 1, cell.value)
                for sheet in book
                for row in sheet.iter_rows()
                for cell in row
            ]
    return kinds


def write(path: Path, cells: list[tuple[str, int, int, object]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    look = book.add_format({"border": 1, "text_wrap": True})
    sheets: dict[str, xlsxwriter.worksheet.Worksheet] = {}
    for title, row, column, value in cells:
        sheet = sheets.get(title) or sheets.setdefault(title, book.add_worksheet(title))
        if isinstance(value, str) and value.startswith("="):
            sheet.write_formula(row, column, value, look, 0)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        elif value is None:
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_string(row, column, str(value), look)
    book.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
