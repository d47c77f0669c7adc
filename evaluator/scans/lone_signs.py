"""A sign that stands alone in its cell (计算符号), as forms of provinces' systems have it.

The recogniser takes a lone ≥ for V and a lone = for 二: it needs something beside it. The number that the
sign belongs to stands in a cell of the same row, so both are shown to it as one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from evaluator.scans.ink import Picture
from evaluator.scans.recogniser import crop, recognise
from evaluator.scans.ruling import Box

_SIGNS: Final = frozenset("≥≤=＝><＞＜≧≦")


def is_lone(line: Box, usual: int) -> bool:
    """Whether a line of text is no wider than one letter of a page whose lines are `usual` pixels high."""
    return line.right - line.left <= usual


def beside(line: Box, others: Iterable[Box]) -> Box | None:
    """The nearest line on the right that stands at the same height."""
    level = (line.top + line.bottom) / 2
    found = [other for other in others if other.left > line.right and other.top < level < other.bottom]
    return min(found, key=lambda other: other.left, default=None)


def sign_before(grey: Picture, line: Box, neighbour: Box) -> tuple[str, float] | None:
    """The sign at `line`, read together with the number beside it, and its certainty.

    None where it is no sign, or what is beside it is no number: 二 before 产出指标 counts rows.
    """
    top, bottom = min(line.top, neighbour.top), max(line.bottom, neighbour.bottom)
    parts = [crop(grey, Box(part.left, top, part.right, bottom)) for part in (line, neighbour)]
    height = min(part.shape[0] for part in parts)
    own = parts[0].shape[1] / (parts[0].shape[1] + parts[1].shape[1])
    letters = recognise(np.ascontiguousarray(np.hstack([part[:height] for part in parts])))
    found = [letter for letter in letters if letter.at < own]
    behind = next((letter.text for letter in letters if letter.at >= own), "")
    text = "".join(letter.text for letter in found).strip()
    return (text, min(letter.certainty for letter in found)) if text in _SIGNS and behind.isdigit() else None
