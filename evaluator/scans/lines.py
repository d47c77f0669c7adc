"""Lines of text inside a box: where they are, and the pieces that wide gaps part them into."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from evaluator.scans.ink import Picture
from evaluator.scans.ruling import Box, Lattice

_SPECK: Final = 16  # pixels of ink that are dust
_UNDERLINE: Final = 200  # pixels of a line under text
_LINE: Final = 40  # pixels of a line where a page has too few to tell
_TALLEST: Final = 1.35  # of a usual line: more are two lines
_GAP: Final = 1.1  # of a line's height between two texts on one line that do not belong together


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a profile, the end outside."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start


def letters_only(mask: Picture, tables: Iterable[Lattice]) -> Picture:
    """The ink of a page without dust and the tables' rulings."""
    rest = mask.copy()
    for table in tables:
        rest[table.drawn > 0] = 0
    long: Picture = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((1, _UNDERLINE), np.uint8))
    rest[cv2.dilate(long, np.ones((5, 3), np.uint8)) > 0] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] > _SPECK
    keep[0] = False
    kept: Picture = np.where(keep[labels], 255, 0).astype(np.uint8)
    return kept


def runs(profile: Any) -> list[Run]:
    """The stretches of a profile (one truth a pixel) that hold something."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(profile, np.int8), [0]))))
    return [Run(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def usual_height(letters: Picture) -> int:
    """The height of a usual line of the page in pixels, by its letters, which are about as wide as high."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(letters, np.ones((5, 5), np.uint8)))
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights > 18) & (heights < 90)]
    return int(np.percentile(heights, 65)) if len(heights) > 20 else _LINE


def text_lines(letters: Picture, box: Box, usual: int) -> list[Box]:
    """The lines of text in a box from top to bottom, each as close as its ink."""
    part = letters[box.top : box.bottom, box.left : box.right]
    if not part.size:
        return []
    found = _merged(runs((part > 0).sum(axis=1) > 0), usual)
    lines = [line for run in found for line in _parted(part, run, usual)]
    return [_tight(part, run, box) for run in lines if run.length > usual // 5]


def _merged(found: list[Run], usual: int) -> list[Run]:
    """Runs that are one line: the strokes of 二, a dot and what it stands under."""
    merged: list[Run] = []
    for run in found:
        last = merged[-1] if merged else None
        if last and run.end - last.start <= usual * _TALLEST and run.start - last.end < usual / 3:
            merged[-1] = Run(last.start, run.end)
        else:
            merged.append(run)
    return merged


def _parted(part: Picture, run: Run, usual: int) -> list[Run]:
    """A run that is too tall for one line, cut where there is least ink."""
    count = round(run.length / (usual * 1.15))
    if run.length <= usual * 1.8 or count < 2:
        return [run]
    profile = (part[run.start : run.end] > 0).sum(axis=1)
    cuts = [0]
    for number in range(1, count):
        middle, reach = run.length * number // count, usual // 3
        low = max(middle - reach, cuts[-1] + 1)
        cuts.append(low + int(np.argmin(profile[low : middle + reach])))
    cuts.append(run.length)
    return [Run(run.start + a, run.start + b) for a, b in itertools.pairwise(cuts)]


def _tight(part: Picture, run: Run, box: Box) -> Box:
    columns = np.flatnonzero((part[run.start : run.end] > 0).any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return Box(box.left + left, box.top + run.start, box.left + right, box.top + run.end)


def pieces(letters: Picture, line: Box) -> list[Box]:
    """The texts that stand beside each other on a line; letters that are all spaced out are one text."""
    height = line.bottom - line.top
    found = runs((letters[line.top : line.bottom, line.left : line.right] > 0).any(axis=0))
    parts: list[Run] = []
    for run in found:
        if parts and run.start - parts[-1].end <= _GAP * height:
            parts[-1] = Run(parts[-1].start, run.end)
        else:
            parts.append(run)
    if len(parts) > 2 and all(part.length <= 1.3 * height for part in parts):
        return [line]
    return [Box(line.left + p.start, line.top, line.left + p.end, line.bottom) for p in parts]
