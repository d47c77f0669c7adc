"""Numbers in Chinese numerals: 不少于十二种, 百分之九十, 一年内."""

from __future__ import annotations

import re

from evaluator.values.quantities import COMPARATIVE, split_operator
from evaluator.values.units import symbol
from evaluator.values.wording import words

_DIGITS = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬"
_PIECES = re.compile(rf"[{_DIGITS}半]+|每?[^{_DIGITS}半每]+")
_NUMERAL = re.compile(rf"(?!万|亿)[{_DIGITS}半]+(?P<unit>\S{{0,8}})")
_SHARE = re.compile(rf"(?:[{_DIGITS}]+分之[{_DIGITS}点]+|百分百).{{0,6}}")
_YEAR = re.compile(r"[一二][〇○零Oo0一二三四五六七八九]{3}(?=年)")
_ONES = "〇一二三四五六七八九"
_UP_TO_31 = rf"[一二三]?十[{_ONES}]?|[{_ONES}]"
_MONTH = re.compile(
    rf"(?:(?<=年)(?:十[一二]?|[{_ONES}])(?=月)|(?:十[一二]?|[{_ONES}])(?=月(?:[底末份上中下]|(?:{_UP_TO_31})[日号])))"
)
_DAY = re.compile(rf"(?<=月)(?:{_UP_TO_31})(?=[日号])")
_BY_THEN = re.compile(r"(?:[底末]?(?:之前|以前|前)|[底末])(?:完成)?$")


def chinese_numeral(compact: str) -> bool:
    """Whether a folded text is a number in Chinese numerals: 不少于十二种, 百分之九十, 一年内."""
    core = split_operator(compact)[1]
    if COMPARATIVE.match(compact) and _counts(core):
        return True
    return any(_is_numeral(text) or _is_rate(text) for text in (compact, core))


def _counts(core: str) -> bool:
    """Whether a text begins with a numeral and a unit: 三个批次的培训."""
    found = _NUMERAL.match(core)
    sizes = range(1, len(found["unit"]) + 1) if found else ()
    return found is not None and any(_is_unit(found["unit"][:size]) for size in sizes)


def _is_numeral(text: str) -> bool:
    if _SHARE.fullmatch(text):
        return True
    found = _NUMERAL.fullmatch(text)
    if not found:
        return False
    unit = _BY_THEN.sub("", _without_suffix(found["unit"]))
    return not unit or _is_unit(unit)


def _without_suffix(text: str) -> str:
    return next((text.removesuffix(word) for word, _ in words().suffixes if text.endswith(word)), text)


def _is_unit(text: str) -> bool:
    # 成 is a tenth in Chinese numerals only.
    return (symbol(text) is not None and text not in words().grades) or text == "成"


def _is_rate(text: str) -> bool:
    """一季度一次, 每年两次: numerals and units, one after the other."""
    pieces = _PIECES.findall(_without_suffix(text))
    units = [piece.removeprefix("每") for piece in pieces if piece[0] not in _DIGITS]
    counted = len(units) >= 2 and pieces[-1] == units[-1] and len(pieces) > len(units)
    return "".join(pieces) == _without_suffix(text) and counted and all(_is_unit(unit) for unit in units)


def arabic_dates(compact: str) -> str:
    """A folded text with the Chinese numerals of its dates in digits: 二〇二六年十二月底前, 六月三十日."""
    compact = _YEAR.sub(lambda found: "".join(_digit(char) for char in found.group()), compact)
    for pattern in (_MONTH, _DAY):
        compact = pattern.sub(lambda found: _small(found.group()), compact)
    return compact


def _digit(char: str) -> str:
    return str(_ONES.index(char)) if char in _ONES else "0"


def _small(text: str) -> str:
    """A numeral below forty in digits."""
    tens, ten, ones = text.rpartition("十")
    return f"{_digit(tens) if tens else int(bool(ten))}{_digit(ones) if ones else 0}".removeprefix("0")
