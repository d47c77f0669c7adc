"""What a name says that it measures: a rate, a count, money, a price, what should stay small.

What a name says of its measure is said by its end: 核算准确率做实人数 counts people.
"""

from __future__ import annotations

import re

from evaluator.values.text import squash
from evaluator.values.units import dimension, is_count, is_duration, is_money
from evaluator.values.word_lists import word_lists

_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]$")


def _words(name: str) -> tuple[str, ...]:
    return word_lists("names.toml")[name]


def _ends(text: str, name: str) -> bool:
    return text.endswith(_words(name))


def _has(text: str, name: str) -> bool:
    return any(word in text for word in _words(name))


def stem(name: str) -> str:
    """A name without white space, its closing bracket and closing words: 合格率（含补考）情况 -> 合格率."""
    text, before = squash(name), ""
    while text != before:
        before = text
        text = _BRACKET.sub("", text) or text
        closing = next((word for word in _words("names.closing") if text.endswith(word)), "")
        text = text.removesuffix(closing) or text
    return text


def is_rate_name(name: str) -> bool:
    """Whether it names a rate, satisfaction included: 合格率, 占比, 满意度."""
    return _ends(stem(name), "rates.ends") and not _ends(stem(name), "rates.not_ends")


def is_whole_rate(name: str) -> bool:
    """Whether it names a share of a whole, which cannot exceed it; a growth rate can."""
    return _ends(stem(name), "whole_rates.ends") and not _has(squash(name), "whole_rates.not_has")


def is_satisfaction_name(name: str) -> bool:
    """Whether it names a share of those who were asked: 满意度, 知晓率."""
    return _has(squash(name), "satisfaction.has")


def is_high_rate(name: str) -> bool:
    """Whether it names a share of a whole that is meant to be near the whole."""
    return is_whole_rate(name) and not _has(squash(name), "low_rates.has")


def is_count_name(name: str) -> bool:
    """Whether it names a number of things: 参保人数, 培训场次, 慰问人数（人）."""
    text = squash(name)
    bracket = _BRACKET.search(text)
    if bracket and ("%" in bracket[0] or _ends(bracket[0][:-1], "rates.ends")):
        return False
    counted = _ends(stem(name), "counts.ends") and not _ends(stem(name), "counts.not_ends")
    return counted and not _has(text, "counts.not_has")


def is_ceiling(name: str) -> bool:
    """Whether little is good of what it names, or more of it is not allowed: 投诉次数, 出国人次."""
    text = squash(name)
    bad = [word for word in _words("ceilings.unless_done") if word in text]
    return _has(text, "ceilings.always") or not all(_done_about(text, word) for word in bad)


def _done_about(text: str, word: str) -> bool:
    """Whether a name says that something is done about what should be few: 投诉处理件数, 调解纠纷数."""
    before, _, behind = text.partition(word)
    return _has(before, "ceilings.done_before") or _has(behind, "ceilings.done_behind")


def no_unit_of_rates(unit: str) -> bool:
    """Whether no rate can be measured in it: things, times, money, lengths."""
    measures = is_count(unit) or is_duration(unit) or is_money(unit)
    return measures or dimension(unit) in _words("rates.dimensions")


def is_price(unit: str) -> bool:
    """Whether it is money per something: 元/人·月."""
    return dimension(unit).startswith("金额/")


def is_price_name(name: str) -> bool:
    """Whether it names money for one of many, whatever its unit says: 补助标准, 人均成本."""
    return _ends(stem(name), "prices.ends") or _has(squash(name), "prices.has")


def is_money_name(name: str) -> bool:
    """Whether it names money, a price included: 宣传片制作费, 补助标准; but not 资金到位率, 缴费人数."""
    text = squash(name)
    for word in _words("money.not_has"):
        text = text.replace(word, "")
    return _has(text, "money.has") and not _is_no_money(name)


def _is_no_money(name: str) -> bool:
    """Whether the end of a name says that it counts, lasts, is a rate or a thing."""
    return is_rate_name(name) or is_count_name(name) or _ends(stem(name), "money.not_ends")


def is_saved_name(name: str) -> bool:
    """Whether it names money that is saved or lost, not spent: 成本节约额."""
    return _has(squash(name), "money.saved")


def is_gain_name(name: str) -> bool:
    """Whether it names money of which more is better: 旅游收入, 产值, 配套资金, 节约额."""
    return _has(squash(name), "money.gains") or is_saved_name(name) or is_raised_name(name)


def is_raised_name(name: str) -> bool:
    """Whether it names somebody else's money, of which more is better: 配套资金."""
    return _has(squash(name), "money.raised")


def is_quick_name(name: str) -> bool:
    """Whether it names a time of which little is good: 响应时间, 办理时限."""
    return _has(squash(name), "ceilings.times")


def is_cost_level(*levels: str) -> bool:
    """Whether one of an indicator's levels is that of costs: 成本指标, 经济成本指标, 社会成本."""
    return any("成本" in level for level in levels)


def is_money_row(name: str, level1: str, level2: str) -> bool:
    """Whether a bare number can only be money there: the name says so, or the level while the name does not
    deny it.
    """
    spent = is_cost_level(level1, level2) and not any(word in level2 for word in _words("money.not_levels"))
    return is_money_name(name) or (spent and not _is_no_money(name) and not is_ceiling(name))
