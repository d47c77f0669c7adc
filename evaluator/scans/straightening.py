"""Straightening: how far a page leans, by its rulings, and the page turned by that."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from evaluator.scans.ink import Picture

_SMALLEST: Final = 0.04  # degrees; over a page's width that is under two pixels
_WIDEST: Final = 10.0  # degrees that a page may lean
# Long side in pixels, reach and step in degrees: each look is finer and around the best of the one before.
_LOOKS: Final = ((730, _WIDEST, 0.25), (1461, 0.3, 0.06), (2923, 0.06, 0.02))


def lean(mask: Picture) -> float:
    """Degrees by which rulings and lines of text lean: where they are straight, rows of ink are sharpest."""
    best = 0.0
    for side, reach, step in _LOOKS:
        factor = side / max(mask.shape)
        small = cv2.resize(mask, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        count = round(reach / step)
        angles = [best + step * number for number in range(-count, count + 1)]
        best = max(angles, key=lambda angle: _sharpness(_turned(small, angle)))
    return best


def _sharpness(mask: Picture) -> float:
    across, down = (mask.mean(axis=axis, dtype=np.float32) for axis in (0, 1))
    return float((np.diff(across) ** 2).sum() + (np.diff(down) ** 2).sum())


def _turned(mask: Picture, degrees: float) -> Picture:
    height, width = mask.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned: Picture = cv2.warpAffine(mask, turn, (width, height), flags=cv2.INTER_NEAREST)
    return turned


def straightened(grey: Picture, degrees: float) -> Picture:
    """The page turned back by `degrees`, nothing of it cut off."""
    if abs(degrees) < _SMALLEST:
        return grey
    height, width = grey.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    wide, high = int(width * cos + height * sin), int(height * cos + width * sin)
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    turned: Picture = cv2.warpAffine(
        grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return turned
