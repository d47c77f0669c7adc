"""Text that nobody sees: written invisibly over the picture of a page, or behind it.

Software that recognises scans leaves it in the PDF; what it says is what that software believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

WHOLE: Final = 0.7
"""The part of a page that a scan of it covers at least."""
_INVISIBLE: Final = 3  # the text rendering mode of PDF that draws nothing


def hidden_texts(content: bytes, numbers: Iterable[int]) -> set[int]:
    """Those of the pages (numbered from 1) on which all text is invisible, or under a picture of the page."""
    import pypdfium2  # pdfplumber brings it

    try:
        document = pypdfium2.PdfDocument(content)
        return {number for number in numbers if not _shows_text(document[number - 1])}
    except pypdfium2.PdfiumError:
        return set()


def _shows_text(page: Any) -> bool:
    """Whether a text is drawn, and after every picture that covers the page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    seen = False
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT]):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            seen = seen and (right - left) * (top - bottom) < WHOLE * width * height
        else:
            seen = seen or raw.FPDFTextObj_GetTextRenderMode(item.raw) != _INVISIBLE
    return seen
