"""Rulings: the lines of the tables on a page, and the lattice that each table's lines lie on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from evaluator.scans.ink import Picture

# Pixels at 250 dpi. Letters of a table are 30 to 45 high, so their strokes are no rulings.
_ACROSS: Final = 60
_DOWN: Final = 44
_REACH: Final = 4  # between a ruling's end and the ruling that it ends on
_LONG: Final = 240  # a ruling even where its ends are worn away
_SWAY: Final = 20  # across a long ruling, its own width included: a photograph's run slant or are bent
_SAME: Final = 9  # between pieces of one ruling
_BAND: Final = 7  # that a ruling may lie beside its place
_SMALLEST: Final = 60  # a table's height


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the straightened page; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The positions of a table's rulings, ascending, and masks of the rulings on the whole page.

    Not `straight`, what lies between two rulings is no certain row or column.
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    across: Picture
    down: Picture
    straight: bool

    @property
    def drawn(self) -> Picture:
        """A mask of the rulings, a little wider than they are; not of strokes that only look like them."""
        bands = np.zeros_like(self.across)
        for row in self.rows:
            bands[max(row - _BAND, 0) : row + _BAND + 1] |= self.across[max(row - _BAND, 0) : row + _BAND + 1]
        for column in self.columns:
            own = slice(max(column - _BAND, 0), column + _BAND + 1)
            bands[:, own] |= self.down[:, own]
        wider: Picture = cv2.dilate(bands, np.ones((5, 5), np.uint8))
        return wider

    @property
    def box(self) -> Box:
        """The table's outline."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


@dataclass(frozen=True, slots=True)
class _Segment:
    """A piece of a ruling: where it lies, from where to where it goes, and how much room it takes across."""

    at: int
    start: int
    end: int
    sway: int


def rulings(mask: Picture) -> tuple[Picture, Picture]:
    """Masks of the lines that go across and down; letters' strokes are too short for either."""
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, 7), np.uint8))
    across: Picture = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, _ACROSS), np.uint8))
    bridged = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 1), np.uint8))
    down: Picture = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((_DOWN, 1), np.uint8))
    return across, down


def lattices(mask: Picture) -> list[Lattice]:
    """The tables of a page from top to bottom."""
    across, down = rulings(mask)
    joined = cv2.dilate(across, np.ones((3, 9), np.uint8)) | cv2.dilate(down, np.ones((9, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for label, (_, _, width, height, _) in enumerate(stats.tolist()):
        if label and width > mask.shape[1] / 4 and height > _SMALLEST:
            own = labels == label
            lattice = _lattice(np.where(own, across, 0), np.where(own, down, 0))
            found += [lattice] if lattice else []
    return sorted(found, key=lambda lattice: lattice.rows[0])


def _lattice(across: Picture, down: Picture) -> Lattice | None:
    flat, upright = _segments(across), _segments(down.T)
    flat, upright = _ending_on(flat, upright), _ending_on(upright, flat)
    if len(flat) < 2 or len(upright) < 2:
        return None
    # A table may be open at its sides: then its lines across end where it ends.
    ends = [min(s.start for s in flat), max(s.end for s in flat)]
    columns = _positions([s.at for s in upright], ends)
    rows = _positions([s.at for s in flat], [])
    straight = all(s.sway <= _SWAY for s in (*flat, *upright) if s.end - s.start > _LONG)
    return Lattice(columns, rows, across, down, straight) if len(columns) > 2 and len(rows) > 2 else None


def _segments(lines: Picture) -> list[_Segment]:
    """The pieces of lines across."""
    thick = cv2.dilate(np.ascontiguousarray(lines), np.ones((3, 9), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(thick)
    boxes = [tuple(map(int, stats[i][:4])) for i in range(count)]
    return [
        _Segment(round(float(centres[i][1])), left + 4, left + long - 4, tall - 2)
        for i, (left, _, long, tall) in enumerate(boxes)
        if i
    ]


def _ending_on(segments: list[_Segment], others: Iterable[_Segment]) -> list[_Segment]:
    """The segments of which both ends lie on one of the others, or beyond them all, as rulings' do."""
    others = list(others)
    low, high = min((s.at for s in others), default=0), max((s.at for s in others), default=0)

    def ends(at: int, along: int) -> bool:
        outside = along <= low + _REACH or along >= high - _REACH
        return outside or any(
            abs(s.at - along) <= _REACH and s.start - _REACH <= at <= s.end + _REACH for s in others
        )

    return [s for s in segments if s.end - s.start > _LONG or (ends(s.at, s.start) and ends(s.at, s.end))]


def _positions(found: list[int], ends: list[int]) -> tuple[int, ...]:
    """Where the rulings are: pieces that lie close together are one."""
    groups: list[list[int]] = []
    for at in sorted(found):
        if groups and at - groups[-1][-1] <= _SAME:
            groups[-1].append(at)
        else:
            groups.append([at])
    places = [round(sum(group) / len(group)) for group in groups]
    far = [end for end in ends if all(abs(end - place) > 36 for place in places)]
    return tuple(sorted([*places, *far]))
