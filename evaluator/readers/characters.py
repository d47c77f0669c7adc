"""Characters that stand for others: radicals that fonts of PDF give for words, codes of the Symbol font."""

from __future__ import annotations

import unicodedata
from typing import Final

# Code points of the Symbol font, which Word and its converters leave as they are.
SYMBOLS: Final = {
    "F0B3": "≥",
    "F0A3": "≤",
    "F0B1": "±",
    "F0B9": "≠",
    "F0B4": "×",
    "F03D": "=",
    "F03C": "<",
    "F03E": ">",
    "F025": "%",
}
# CJK radicals supplement, where NFKC does nothing; those of simplified forms.
_RADICALS: Final = (
    "⺝月⺟母⺠民⻁虎⻄西⻅见⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_KANGXI: Final = range(0x2F00, 0x2FD6)
_FOLDED: Final = str.maketrans(
    {
        **{chr(int(code, 16)): sign for code, sign in SYMBOLS.items()},
        **dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)),
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI},
    }
)
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain_characters(text: str) -> str:
    """The text with the characters that are meant: 目 for the radical ⽬, ≥ for U+F0B3."""
    return text.translate(_FOLDED)


def raised(text: str) -> str:
    """Text that is set as a superscript, its digits as such: the mark in 100¹家 is no digit of the number."""
    return text.translate(_RAISED)
