"""What a name says that it measures: a rate, a count, what should stay small, a price, a total.

What a name says of its measure is said by its end: 核算准确率做实人数 counts people.
"""

from __future__ import annotations

import re

from evaluator.checks.words import ends, has, words
from evaluator.values.text import squash
from evaluator.values.units import dimension, is_count, is_duration, is_money

_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]$")


def stem(name: str) -> str:
    """A name without white space, its closing bracket and closing words: 合格率（含补考）情况 -> 合格率."""
    text, before = squash(name), ""
    while text != before:
        before = text
        text = _BRACKET.sub("", text) or text
        closing = next((word for word in words("names.closing") if text.endswith(word)), "")
        text = text.removesuffix(closing) or text
    return text


def is_rate_name(name: str) -> bool:
    """Whether it names a rate, satisfaction included: 合格率, 占比, 满意度."""
    return ends(stem(name), "rates.ends") and not ends(stem(name), "rates.not_ends")


def is_whole_rate(name: str) -> bool:
    """Whether it names a share of a whole, which cannot exceed it; a growth rate can."""
    return ends(stem(name), "whole_rates.ends") and not has(squash(name), "whole_rates.not_has")


def is_high_rate(name: str) -> bool:
    """Whether it names a share of a whole that is meant to be near the whole."""
    return is_whole_rate(name) and not has(squash(name), "low_rates.has")


def is_count_name(name: str) -> bool:
    """Whether it names a number of things: 参保人数, 培训场次, 慰问人数（人）."""
    text = squash(name)
    bracket = _BRACKET.search(text)
    if bracket and ("%" in bracket[0] or ends(bracket[0][:-1], "rates.ends")):
        return False
    counted = ends(stem(name), "counts.ends") and not ends(stem(name), "counts.not_ends")
    return counted and not has(text, "counts.not_has")


def is_ceiling(name: str) -> bool:
    """Whether little is good of what it names, or more of it is not allowed: 投诉次数, 出国人次."""
    text = squash(name)
    bad = [word for word in words("ceilings.unless_done") if word in text]
    return has(text, "ceilings.always") or not all(_done_about(text, word) for word in bad)


def _done_about(text: str, word: str) -> bool:
    """Whether a name says that something is done about what should be few: 投诉处理件数, 调解纠纷数."""
    before, _, behind = text.partition(word)
    return has(before, "ceilings.done_before") or has(behind, "ceilings.done_behind")


def no_unit_of_rates(unit: str) -> bool:
    """Whether no rate can be measured in it: things, times, money, lengths."""
    measures = is_count(unit) or is_duration(unit) or is_money(unit)
    return measures or dimension(unit) in words("rates.dimensions")


def is_price(unit: str) -> bool:
    """Whether it is money per something: 元/人·月."""
    return dimension(unit).startswith("金额/")


def is_price_name(name: str) -> bool:
    """Whether it names money for one of many, whatever its unit says: 补助标准, 人均成本."""
    return ends(stem(name), "costs.price_ends") or has(squash(name), "costs.price_has")
