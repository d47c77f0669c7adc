"""The layout of a page: its tables and its ink, the way round in which its text can be read."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np

from evaluator.scans.ink import Picture, ink
from evaluator.scans.lines import letters_only, text_lines, usual_height
from evaluator.scans.recogniser import crop, recognise
from evaluator.scans.ruling import Box, Lattice, lattices

_SURE: Final = 0.85  # of a letter, and of the letters that a line has room for: read this way round
_SAMPLE: Final = 6  # lines
_NARROW: Final = 0.7  # of its height is a letter wide
_FEW: Final = 3  # lines that a page should have


@dataclass(frozen=True, slots=True)
class Layout:
    """A straight page in grey, its tables, its ink without their rulings, and the height of a usual line."""

    grey: Picture
    tables: tuple[Lattice, ...]
    letters: Picture
    usual: int


def upright(grey: Picture) -> Layout:
    """The layout of a page turned by quarters until its text is read; most pages lie right at once."""
    best, found = None, -1.0
    for quarters in (0, 2, 1, 3):
        layout = _layout(np.ascontiguousarray(np.rot90(grey, quarters)))
        sure = _readable(layout)
        if best is None or sure > found:
            best, found = layout, sure
        if sure >= _SURE or not layout.letters.any():
            break
    assert best is not None
    return best


def _layout(grey: Picture) -> Layout:
    mask = ink(grey)
    tables = lattices(mask)
    letters = letters_only(mask, tables)
    return Layout(grey, tuple(tables), letters, usual_height(letters))


def _readable(layout: Layout) -> float:
    """How well some long lines are read: their letters' certainty, less where there is ink for more letters.

    Below 0 where the page has no long lines.
    """
    found = []
    for line in sorted(_some_lines(layout), key=lambda line: line.left - line.right)[:_SAMPLE]:
        letters = recognise(crop(layout.grey, line))
        room = max(_NARROW * (line.right - line.left) / (line.bottom - line.top), 1.0)
        found.append(sum(letter.certainty for letter in letters) / max(room, len(letters)))
    return sum(found) / max(len(found), _FEW) if found else -1.0


def _some_lines(layout: Layout) -> list[Box]:
    """Lines of text in each column of the first table, else anywhere on the page."""
    height, width = layout.letters.shape
    boxes = [Box(0, 0, width, height)]
    if layout.tables:
        columns, rows = layout.tables[0].columns, layout.tables[0].rows
        sides = itertools.pairwise(columns)
        boxes = [Box(left + 5, rows[0] + 5, right - 5, rows[-1] - 5) for left, right in sides]
    lines = [line for box in boxes for line in text_lines(layout.letters, box, layout.usual)]
    return [line for line in lines if layout.usual * 2.8 < line.right - line.left < layout.usual * 40]
