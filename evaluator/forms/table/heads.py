"""The heads of a table as a whole: one row or two, numbers of columns, what a list says of its projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evaluator.forms.sides import Split
from evaluator.forms.table.alignment import Column
from evaluator.forms.table.columns import is_number_row, lower_columns, read_columns
from evaluator.forms.table.listing import Listing, read_listing
from evaluator.forms.table.value_columns import ValueHeads
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Cell

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of heads, with the rows that follow it: where heads do not tell what columns hold, rows do."""

    cells: Cells
    below: Sequence[Cells] = ()


@dataclass(frozen=True, slots=True)
class TableHeads:
    """What the rows of heads come to; `steps` are the columns after each row, None for one of numbers."""

    cells: Cells  # of the first row, without those of a list
    listed: Cells
    listing: Listing
    steps: tuple[ValueHeads | None, ...]

    @property
    def last(self) -> ValueHeads:
        """What the columns are after the last row of heads."""
        return next(step for step in reversed(self.steps) if step is not None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns as the last row of heads leaves them."""
        return self.last.columns

    @property
    def has_many_names(self) -> bool:
        """三级指标 | 指标值 once for each level 1 make a project a row: such a table is not read."""
        first = self.steps[0]
        return first is not None and sum(column.role is Role.NAME for column in first.columns) > 2


def read_heads(rows: Sequence[HeadRow], split: Split, year: int) -> TableHeads:
    """Read the rows of heads of a table; `split` is where the sides of a side-by-side form begin."""
    first = rows[0].cells
    listing = read_listing(first)
    cells = tuple(cell for cell in first if not listing.holds(cell))
    listed = tuple(cell for cell in first if listing.holds(cell))
    heads = TableHeads(cells, listed, listing, (read_columns(cells, split, year, rows[0].below),))
    for row in rows[1:]:
        heads = add_head(heads, row, split, year)
    return heads


def add_head(heads: TableHeads, row: HeadRow, split: Split, year: int) -> TableHeads:
    """The heads with one more row of them below, or of the numbers of columns."""
    numbers = is_number_row(row.cells)
    step = None if numbers else lower_columns(heads.columns, row.cells, split, year, row.below)
    return replace(heads, steps=(*heads.steps, step))
