"""Bytes -> text: UTF-8, UTF-16 and GB18030, with or without a byte order mark."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES: Final = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_SAMPLE: Final = 20_000  # characters that the encoding is judged by
_LIKELY: Final = 0.6
_LAYOUT: Final = "\t\r\n\v\f"
_COMMON_ROWS: Final = range(0xA1, 0xD8)  # GB 2312: punctuation, symbols, the 3755 common characters


def decode(content: bytes) -> tuple[str, int] | None:
    """The text and the number of characters that could not be decoded (U+FFFD); None if it is no text.

    UTF-8 wins where it fits without error; else the encoding in which most characters are common ones.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, errors="replace"))
    if b"\0" not in content:
        try:
            return content.decode("utf-8"), 0
        except UnicodeDecodeError:
            pass
    texts = [content.decode(encoding, errors="replace") for encoding in _CANDIDATES]
    return _checked(max(texts, key=_plausibility))


def _checked(text: str) -> tuple[str, int] | None:
    damaged = text.count("\ufffd")
    return (text, damaged) if not damaged or _plausibility(text) >= _LIKELY else None


def _plausibility(text: str) -> float:
    """Share of characters that Chinese forms are made of; 0 where control characters abound."""
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in _LAYOUT for character in sample)
    if not sample or controls * 100 > len(sample):
        return 0.0
    return sum(_is_common(character) for character in sample) / len(sample)


def _is_common(character: str) -> bool:
    if character.isascii():
        return character.isprintable() or character in _LAYOUT
    code = character.encode("gb2312", errors="ignore")
    return bool(code) and code[0] in _COMMON_ROWS
