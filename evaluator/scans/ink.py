"""Ink on a page: the picture in shades of grey without red seals, and which pixels are ink."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height x width x 3 (blue, green, red), or height x width (grey, or a mask of 0 and 255)."""
SIDE: Final = 2923
"""Pixels of the longer side of a page while it is read: A4 at 250 dpi."""
_RED: Final = 40  # by how much red ink is redder than its green and blue; below it is paper or black
_DEEP: Final = 0.6  # of the reddest: a seal's ink with nothing under it
_RIM: Final = 7  # pixels
_FEW: Final = 500  # pixels of red that are no seal
_PART: Final = 0.18  # of the difference between paper and print
_LEAST: Final = 14.0
_WINDOW: Final = 41  # pixels around which ink is held against its paper


def scaled(picture: Picture) -> Picture:
    """The picture with its longer side at `SIDE`."""
    factor = SIDE / max(picture.shape[:2])
    if abs(factor - 1) < 0.02:
        return picture
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    resized: Picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)
    return resized


def without_seal(picture: Picture) -> Picture:
    """The page in grey with red ink taken off: light in the red channel, where what it covers is dark."""
    if picture.ndim == 2:
        return picture
    red = picture[:, :, 2].astype(np.float32)
    redness = red - np.maximum(picture[:, :, 0], picture[:, :, 1])
    deep = redness > max(_RED, float(np.percentile(redness, 99.9)) * _DEEP)
    if int(deep.sum()) < _FEW:
        return np.ascontiguousarray(picture[:, :, 2])
    paper = float(np.median(red))
    # A seal takes a little of the red, too, and the more the redder it is; print under it is black.
    share = max(float(np.median((paper - red[deep]) / redness[deep])), 0.0)
    # JPEG keeps colours coarser than brightness: the rims of the seal are redder than they look.
    around = cv2.GaussianBlur(cv2.dilate(redness, np.ones((_RIM, _RIM))), (0, 0), 1.2)
    lifted = red + share * np.clip(around, 0, None)
    grey: Picture = np.clip(lifted, 0, np.maximum(red, paper)).astype(np.uint8)
    return grey


def ink(grey: Picture) -> Picture:
    """A mask of what is darker than the paper around it, by a good part of what print is darker."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.8)
    dark, paper = np.percentile(smooth[::4, ::4], (1, 50))
    depth = max((paper - dark) * _PART, _LEAST)
    mask: Picture = cv2.adaptiveThreshold(
        255 - smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, _WINDOW, -depth
    )
    return mask
