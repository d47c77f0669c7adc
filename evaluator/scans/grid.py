"""The grid of a table: which fields of the lattice are one cell, and whether that can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evaluator.scans.ink import Picture
from evaluator.scans.ruling import Box, Lattice

_BAND: Final = 7  # pixels that a ruling may lie beside its place
_DRAWN, _ABSENT = 0.7, 0.3  # part of an edge that is drawn; between them it is neither


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table: its row and column from 0, how many it spans, and its box on the page."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


Field = tuple[int, int]


def grid_cells(lattice: Lattice) -> list[GridCell] | None:
    """The cells of a table in reading order; None where its lines do not make cells.

    Between two fields of the lattice there is a ruling or there is none; an edge that is half drawn, and
    fields that are joined to something that is no rectangle, are letters that touch lines, or a bent page.
    """
    if not lattice.straight:
        return None
    joined: dict[Field, Field] = {}
    for one, other, drawn in _edges(lattice):
        if _ABSENT < drawn < _DRAWN:
            return None
        if drawn <= _ABSENT:
            joined[_first(joined, other)] = _first(joined, one)
    groups: dict[Field, list[Field]] = {}
    for field in _fields(lattice):
        groups.setdefault(_first(joined, field), []).append(field)
    cells = [_cell(lattice, fields) for fields in groups.values()]
    return sorted((cell for cell in cells if cell), key=lambda c: (c.row, c.column)) if all(cells) else None


def _fields(lattice: Lattice) -> Iterator[Field]:
    for row in range(len(lattice.rows) - 1):
        for column in range(len(lattice.columns) - 1):
            yield row, column


def _first(joined: dict[Field, Field], field: Field) -> Field:
    while field in joined and joined[field] != field:
        field = joined[field]
    return field


def _edges(lattice: Lattice) -> Iterator[tuple[Field, Field, float]]:
    """Neighbouring fields with the part of the edge between them that is drawn."""
    rows, columns = lattice.rows, lattice.columns
    for row, column in _fields(lattice):
        if column:
            part = _drawn(lattice.down.T, columns[column], rows[row], rows[row + 1])
            yield (row, column - 1), (row, column), part
        if row:
            part = _drawn(lattice.across, rows[row], columns[column], columns[column + 1])
            yield (row - 1, column), (row, column), part


def _drawn(lines: Picture, at: int, start: int, end: int) -> float:
    """The part of the way from `start` to `end` on which there is a line near `at`."""
    margin = min(_BAND, (end - start) // 4)
    band = lines[max(at - _BAND, 0) : at + _BAND + 1, start + margin : end - margin]
    return float((band > 0).any(axis=0).mean()) if band.size else 1.0


def _cell(lattice: Lattice, fields: list[Field]) -> GridCell | None:
    rows, columns = [row for row, _ in fields], [column for _, column in fields]
    high, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if len(fields) != high * wide:
        return None
    x, y = lattice.columns, lattice.rows
    box = Box(x[min(columns)], y[min(rows)], x[max(columns) + 1], y[max(rows) + 1])
    return GridCell(min(rows), min(columns), high, wide, box)
