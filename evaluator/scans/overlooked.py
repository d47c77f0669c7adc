"""Ink that became no letter: the recogniser may leave a sign out and be quite sure of the rest."""

from __future__ import annotations

from typing import Final

from evaluator.scans.ink import Picture
from evaluator.scans.lines import runs
from evaluator.scans.recogniser import Letter, crop_margin
from evaluator.scans.ruling import Box

_DOT: Final = 0.08  # of a line's height: narrower ink is dust
_WIDE, _NARROW = 0.75, 0.45  # of a line's height around a Chinese character's place, and a digit's


def overlooked(letters: Picture, line: Box, found: list[Letter]) -> bool:
    """Whether a stretch of ink on a line has no letter at its place."""
    part = letters[line.top : line.bottom, line.left : line.right] > 0
    height, width = part.shape
    margin = crop_margin(line)
    places = [(letter.at * (width + 2 * margin) - margin, _reach(letter) * height) for letter in found]
    return any(
        not any(at - reach <= (run.start + run.end) / 2 <= at + reach for at, reach in places)
        for run in runs(part.any(axis=0))
        if _DOT * height < run.length < height
    )


def _reach(letter: Letter) -> float:
    """How far from a letter's place its ink may lie, in heights of the line; 计 is two stretches of ink."""
    return _WIDE if letter.text > "⺀" else _NARROW
