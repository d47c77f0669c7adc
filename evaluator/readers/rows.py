"""Rows in the making: one way to strip cells, leave out blanks, number tables and stop at the limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from evaluator.readers.characters import plain_characters
from evaluator.readers.limits import MAX_CELLS, MAX_ROWS
from evaluator.records.source import Cell, Place, Row
from evaluator.values.text import tidy

Span = tuple[int, int]  # rows and columns


class RowCollector:
    """Collects the rows of one file in reading order."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[Row] = []
        self.tables = self._cells = 0

    @property
    def full(self) -> bool:
        """Whether `MAX_ROWS` or `MAX_CELLS` is reached: the rest is dropped, and `read_source` says so."""
        return len(self.rows) >= MAX_ROWS or self._cells >= MAX_CELLS

    def start_table(self) -> int:
        """Number of a new table, from 1."""
        self.tables += 1
        return self.tables

    def add(
        self,
        cells: Iterable[tuple[int, str, str]],
        part: str = "",
        table: int = 0,
        spans: Mapping[int, Span] = MappingProxyType({}),
    ) -> None:
        """Add a row of (column from 0, place of the cell, text); a row without any text is left out.

        `spans` says by column of how many rows and columns a cell is, where of more than one.
        """
        kept = tuple(
            Cell(text, Place(self.file, part, cell), column, span=spans.get(column, (1, 1)))
            for column, cell, written in cells
            if tidy(text := plain_characters(written.replace("\r\n", "\n").replace("\r", "\n").strip()))
        )
        if kept and not self.full:
            self.rows.append(Row(kept, table))
            self._cells += len(kept)

    def add_read(self, rows: Iterable[Row]) -> None:
        """Add the rows of a page that was read from its picture; its tables get numbers of this file."""
        first = self.tables
        for row in rows:
            self.tables = max(self.tables, first + row.table)
            if not self.full:
                self.rows.append(replace(row, table=first + row.table) if row.table else row)
                self._cells += len(row.cells)

    def add_grid_row(
        self,
        number: int,
        cells: Iterable[tuple[int, str]],
        table: tuple[str, int],
        spans: Mapping[int, Span] = MappingProxyType({}),
    ) -> None:
        """Add row `number` of a `table` (name, number), as (column from 0, text); places are ``R2C4``."""
        placed = ((column, f"R{number}C{column + 1}", text) for column, text in cells)
        self.add(placed, *table, spans)

    def add_text(self, text: str, cell: str, part: str = "") -> None:
        """Add running text: one row a line, tabs separate cells."""
        for line in text.splitlines():
            self.add(((column, cell, piece) for column, piece in enumerate(line.split("\t"))), part)
