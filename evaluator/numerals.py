"""Numbers in Chinese numerals: 不少于十二种, 百分之九十, 一年内."""

from __future__ import annotations

import re

from evaluator.numbers import split_operator
from evaluator.units import symbol
from evaluator.wording import words

_DIGITS = "〇零一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(rf"(?!万|亿)[{_DIGITS}半]+(?P<unit>\S{{0,8}})")
_SHARE = re.compile(rf"(?:[{_DIGITS}]+分之[{_DIGITS}点]+|百分百).{{0,6}}")
_BY_THEN = re.compile(r"(?:[底末]?(?:之前|以前|前)|[底末])(?:完成)?$")


def chinese_numeral(compact: str) -> bool:
    """Whether a folded text is a number in Chinese numerals: 不少于十二种, 百分之九十, 一年内."""
    return any(_is_numeral(text) for text in (compact, split_operator(compact)[1]))


def _is_numeral(text: str) -> bool:
    if _SHARE.fullmatch(text):
        return True
    found = _NUMERAL.fullmatch(text)
    if not found:
        return False
    unit = found["unit"]
    for word, _ in words().suffixes:
        if unit.endswith(word):
            unit = unit.removesuffix(word)
            break
    unit = _BY_THEN.sub("", unit)
    return not unit or (symbol(unit) is not None and unit not in words().grades)
