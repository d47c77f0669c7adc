"""One page: its picture made straight, its tables and lines found, every text recognised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from evaluator.scans.grid import GridCell, grid_cells
from evaluator.scans.ink import Picture, ink, scaled, without_seal
from evaluator.scans.layout import Layout, upright
from evaluator.scans.limits import MAX_LINES
from evaluator.scans.lines import pieces, text_lines
from evaluator.scans.lone_signs import beside, is_lone, sign_before
from evaluator.scans.overlooked import overlooked
from evaluator.scans.recogniser import crop, recognise
from evaluator.scans.ruling import Box, Lattice
from evaluator.scans.straightening import lean, straightened

_INSET: Final = 5  # pixels inside a ruling's middle where a cell begins
_DARK: Final = 90  # brightness of paper that is none
_LEGIBLE: Final = 0.75  # certainty that half of the texts of a printed page reach
_NOISE: Final = 0.3  # below it, outside tables, dust and the shadow of a fold
_OVERLOOKED: Final = 0.5  # certainty of a text with ink that became no letter
_COLUMNS, _ROWS = 3, 4  # texts beside each other, on so many lines: a table without rulings


@dataclass(frozen=True, slots=True)
class Text:
    """What was recognised in a box of the straightened page, and the certainty of its least sure letter."""

    text: str
    certainty: float
    box: Box


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table, or a piece of a line outside (row 0)."""

    row: int
    column: int
    text: Text


@dataclass(frozen=True, slots=True)
class Block:
    """A table, or a line of text outside tables, at `top`."""

    top: int
    table: bool
    cells: tuple[TextCell, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page: its blocks from top to bottom, or the code of why it was refused; and the straightened page."""

    blocks: tuple[Block, ...]
    refused: str
    picture: Picture


def read_page(picture: Picture) -> PageReading:
    """Read a page picture (see `evaluator.scans.ink.Picture`).

    Refused, nothing of it read: scan-dark, scan-grid (rulings that make no cells), scan-no-rules (texts
    beside each other without rulings), scan-crowded, scan-unreadable (no letters, as in handwriting).
    """
    grey = without_seal(scaled(picture))
    if float(np.median(grey)) < _DARK:
        return PageReading((), "scan-dark", grey)
    layout = upright(straightened(grey, lean(ink(grey))))
    grids = [grid_cells(table) for table in layout.tables]
    blocks: list[Block] = []
    refused = "scan-grid" if None in grids else "scan-crowded" if _crowded(layout) else ""
    if not refused:
        blocks = [_table(layout, t, cells) for t, cells in zip(layout.tables, grids, strict=True) if cells]
        blocks += _around(layout)
        refused = _doubted(blocks)
    blocks = [] if refused else sorted(blocks, key=lambda block: block.top)
    return PageReading(tuple(blocks), refused, layout.grey)


def _crowded(layout: Layout) -> bool:
    """Whether there is more than a page of text: a photograph, a pattern."""
    height, width = layout.letters.shape
    rows = text_lines(layout.letters, Box(0, 0, width, height), layout.usual)
    fields = sum((len(table.rows) - 1) * (len(table.columns) - 1) for table in layout.tables)
    return max(len(rows), fields) > MAX_LINES


def _doubted(blocks: list[Block]) -> str:
    """Why what was recognised is no page of a form, in all; empty where it may be one."""
    sure = sorted(cell.text.certainty for block in blocks for cell in block.cells)
    if sure and sure[len(sure) // 2] < _LEGIBLE:
        return "scan-unreadable"
    apart = [block for block in blocks if not block.table and len(block.cells) >= _COLUMNS]
    return "scan-no-rules" if len(apart) >= _ROWS else ""


def _table(layout: Layout, lattice: Lattice, cells: list[GridCell]) -> Block:
    lines = {cell: text_lines(layout.letters, _inside(cell.box), layout.usual) for cell in cells}
    rows: dict[int, list[Box]] = {}
    for cell, own in lines.items():
        rows.setdefault(cell.row, []).extend(own)
    found = []
    for cell, own in lines.items():
        text = _joined([_text(layout, line, rows[cell.row]) for line in own], cell.box)
        if text.text:
            found.append(TextCell(cell.row, cell.column, text))
    return Block(lattice.box.top, True, tuple(found))


def _inside(box: Box) -> Box:
    return Box(box.left + _INSET, box.top + _INSET, box.right - _INSET, box.bottom - _INSET)


def _around(layout: Layout) -> list[Block]:
    """The lines of text outside tables."""
    rest = layout.letters.copy()
    for box in (table.box for table in layout.tables):
        rest[box.top - _INSET : box.bottom + _INSET, box.left - _INSET : box.right + _INSET] = 0
    blocks = []
    height, width = rest.shape
    for line in text_lines(rest, Box(0, 0, width, height), layout.usual):
        found = [_text(layout, piece) for piece in pieces(rest, line)]
        kept = [text for text in found if text.text and text.certainty >= _NOISE]
        cells = tuple(TextCell(0, column, text) for column, text in enumerate(kept))
        blocks += [Block(line.top, False, cells)] if cells else []
    return blocks


def _joined(lines: list[Text], box: Box) -> Text:
    sure = min((line.certainty for line in lines), default=1.0)
    return Text("".join(line.text for line in lines), sure, box)


def _text(layout: Layout, line: Box, row: Iterable[Box] = ()) -> Text:
    """What a line says; `row` are the lines of its row of a table, for a sign that stands alone."""
    neighbour = beside(line, row) if is_lone(line, layout.usual) else None
    sign = sign_before(layout.grey, line, neighbour) if neighbour else None
    if sign:
        return Text(*sign, line)
    found = recognise(crop(layout.grey, line))
    text = "".join(letter.text for letter in found).strip()
    sure = min((letter.certainty for letter in found), default=0.0)
    return Text(text, min(sure, _OVERLOOKED) if overlooked(layout.letters, line, found) else sure, line)
