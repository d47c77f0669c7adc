"""Pieces of a page's picture as it was kept, cut out for the cells of a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from evaluator.records.source import PageBox
from evaluator.scans.store import kept, picture_path

_MARGIN = 8  # pixels of the page around what is cut out
_QUALITY = 70


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture as JPEG with its size in pixels, and by how much it is shrunk to be shown."""

    content: bytes
    width: float
    height: float
    scale: float


def cut(folder: Path, box: PageBox, width: float, height: float) -> Piece | None:
    """What stands in a box, at most `width` x `height` pixels on the sheet; None where no page is kept."""
    page = _page(folder, box.sha256)
    if page is None:
        return None
    picture, factor = page
    corners = (
        max((box.left - _MARGIN) * factor, 0),
        max((box.top - _MARGIN) * factor, 0),
        min((box.right + _MARGIN) * factor, picture.width),
        min((box.bottom + _MARGIN) * factor, picture.height),
    )
    return _packed(picture.crop(tuple(map(round, corners))), width, height)


def whole(folder: Path, sha256: str, width: float, height: float) -> Piece | None:
    """A whole page, small."""
    page = _page(folder, sha256)
    if page is None:
        return None
    picture = page[0].copy()
    picture.thumbnail((round(width), round(height)))
    return _packed(picture, width, height)


@lru_cache(maxsize=2)
def _page(folder: Path, sha256: str) -> tuple[Any, float] | None:
    """A page's picture and how much smaller it is than the page whose pixels boxes count."""
    from PIL import Image

    reading = kept(folder, sha256)
    if reading is None:
        return None
    try:
        picture = Image.open(BytesIO(picture_path(folder, sha256).read_bytes()))
        picture.load()
    except OSError:
        return None
    return picture, picture.width / reading["size"][0]


def _packed(picture: Any, width: float, height: float) -> Piece | None:
    if min(picture.size) < 1:
        return None
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, dpi=(96, 96))
    scale = min(1.0, width / picture.width, height / picture.height)
    return Piece(stream.getvalue(), picture.width, picture.height, scale)
