"""The text of a document's paragraphs, quickly: a large unit's report has thousands of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _BREAKS = f"{_W}t", {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


def text_of(paragraph: Any) -> str:
    """What is written in a ``w:p``, a tab or a break as such."""
    found = paragraph.iter(_TEXT, *_BREAKS)
    return "".join(item.text or "" if item.tag == _TEXT else _BREAKS[item.tag] for item in found)


def paragraphs(document: Any, wanted: Callable[[str], object]) -> Iterator[Any]:
    """The body's paragraphs, those in tables too, whose text is wanted; they may be changed meanwhile."""
    from docx.text.paragraph import Paragraph

    found = [item for item in document.element.body.iter(f"{_W}p") if wanted(text_of(item))]
    return (Paragraph(item, document) for item in found)
