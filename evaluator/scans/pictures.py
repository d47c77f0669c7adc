"""Files to page pictures: frames of an image file, pages of a PDF, each with a digest that lasts.

A digest is of what the file holds, not of decoded pixels: another version of a decoder changes those.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import numpy as np

from evaluator.scans.ink import SIDE, Picture
from evaluator.scans.jpeg import is_cut
from evaluator.scans.limits import DPI, MAX_PAGES, MAX_PIXELS

_LONGEST: Final = 4200  # pixels that a PDF's page is drawn at most
_POINTS: Final = 72  # to an inch


class PageError(Exception):
    """Why a file or a page is no page picture: the code of a finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it lies in a file, numbered from 1 of `count`."""

    number: int
    count: int
    sha256: str
    picture: Picture


def page_pictures(content: bytes, wanted: frozenset[int]) -> Iterator[PagePicture | PageError]:
    """The pages of a file one by one, of a PDF those `wanted`; raises PageError for the whole file."""
    yield from (_of_pdf(content, wanted) if b"%PDF-" in content[:1024] else _of_image(content))


def _of_image(content: bytes) -> Iterator[PagePicture | PageError]:
    from PIL import Image, UnidentifiedImageError

    sha256 = hashlib.sha256(content).hexdigest()
    Image.MAX_IMAGE_PIXELS = None  # bounded by ours, before anything is unpacked
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content)) as image:
            warnings.simplefilter("ignore")
            count = getattr(image, "n_frames", 1)
            if count > MAX_PAGES:
                raise PageError("scan-too-long")
            if image.width * image.height <= MAX_PIXELS and is_cut(content):
                raise PageError("scan-damaged")
            for number in range(count):
                image.seek(number)
                own = hashlib.sha256(f"{sha256} {number}".encode()).hexdigest() if count > 1 else sha256
                yield _frame(image, number + 1, count, own)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise PageError("scan-damaged") from None


def _frame(image: Any, number: int, count: int, sha256: str) -> PagePicture | PageError:
    if image.width * image.height > MAX_PIXELS:
        return PageError("scan-page-too-large")
    if min(image.size) < 200:
        return PageError("scan-page-too-small")
    times = max(image.size) // SIDE
    if times > 1:  # more than is looked at: as little of it as may be is held in memory
        image.draft("RGB", (image.width // times, image.height // times))
        shades = {"1": "L", "P": "RGB", "PA": "RGBA"}.get(image.mode)
        image = (image.convert(shades) if shades else image).reduce(max(max(image.size) // SIDE, 1))
    turned = _upright(image)
    return PagePicture(number, count, sha256, np.ascontiguousarray(np.asarray(turned)[:, :, ::-1]))


def _upright(image: Any) -> Any:
    """The image as its camera's note on how it was held wants it, on white where it is transparent."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned)
    if turned.mode.startswith("I") or turned.mode == "F":  # 16 bits a pixel
        turned = turned.point(lambda value: value / 256).convert("L")
    return turned.convert("RGB")


def _of_pdf(content: bytes, wanted: frozenset[int]) -> Iterator[PagePicture | PageError]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise PageError("source-damaged") from None
    count = len(document)
    for number in sorted(wanted):
        if number <= count:
            try:
                yield _drawn(document[number - 1], number, count)
            except (pypdfium2.PdfiumError, ValueError, MemoryError):
                yield PageError("scan-damaged")


def _drawn(page: Any, number: int, count: int) -> PagePicture:
    sha256, cut = _digest(page)
    if cut:
        raise ValueError("a picture of the page is cut off")
    width, height = page.get_size()
    scale = min(DPI / _POINTS, _LONGEST / max(width, height))
    drawn = page.render(scale=scale, rev_byteorder=False).to_numpy()
    picture = drawn if drawn.ndim == 2 else drawn[:, :, :3]
    if picture.ndim == 3 and picture.shape[2] == 1:
        picture = picture[:, :, 0]
    return PagePicture(number, count, sha256, np.ascontiguousarray(picture))


def _digest(page: Any) -> tuple[str, bool]:
    """The sha256 of the pictures that a page of a PDF holds, as they are packed, and of where they lie; and
    whether one of them is cut off.
    """
    from pypdfium2 import raw

    cut = False
    found = hashlib.sha256(f"{page.get_mediabox()} {page.get_rotation()}".encode())
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        found.update(str([round(value, 1) for value in item.get_bounds()]).encode())
        packed = bytes(item.get_data(decode_simple=False))
        found.update(packed)
        cut = cut or is_cut(packed)
    return found.hexdigest(), cut
