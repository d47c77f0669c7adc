"""Targets with one number: ≥95%, 每季度1次, 零投诉, 增长5%, and the same among words: 合格率≥95%."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.findings import Finding
from evaluator.values.asides import ASIDES
from evaluator.values.quantities import QUANTITY, split_operator
from evaluator.values.ranges import read_range
from evaluator.values.reading import Reading, Written, digits, found, unclear, unreadable, with_unit
from evaluator.values.text import decimal_from_text
from evaluator.values.units import in_money, is_rate, multiplier, symbol
from evaluator.values.wording import says_operator, words

_DEPTH = 3
_LONGEST_UNIT = 5
_NEAR = 10
_MONTHLY = 190000
_DAY_OF = ("日", "号")  # 每月5日 is a day, not five
_PER_AFTER = re.compile(r"^([^()每]+)\((每[^\d()]{1,8})\)$")
_MONTHS = range(1, 13)
_REMARK = re.compile(r"(?P<target>[^()]+)\((?P<said>[\u4e00-\u9fff]{2,10})\)")


@dataclass(frozen=True, slots=True)
class _Inner:
    """What was read, its findings, and the words that were set aside."""

    target: Target
    findings: list[Finding]
    words: tuple[str, ...] = ()


def read_number(written: Written) -> Reading | None:
    """One number with its operator and unit; None where the text is not made of these."""
    operator, core = split_operator(written.compact)
    matched = QUANTITY.fullmatch(core)
    value = decimal_from_text(matched[1]) if matched else None
    if matched is None or value is None:
        return None
    unit = matched[2] or ""
    if operator is None and not _is_unit(unit, written):
        return None  # words that begin with a number
    own = _one_operator(operator, written.operator)
    if own == "conflict":
        return unreadable(written, "operator-conflict", text=written.text)
    return _read_amount(written, value, unit, own)


def _one_operator(
    operator: Operator | Literal["conflict"] | None, column: Operator | None
) -> Operator | Literal["conflict"] | None:
    """The operator of the text and that of the column in one."""
    return "conflict" if operator and column and operator is not column else operator or column


def _read_amount(written: Written, value: Decimal, unit: str, operator: Operator | None) -> Reading:
    if not (operator or unit or written.unit) and _is_year(value, written.year):
        return unclear(written, "中的数字像是年份")
    target = Target(written.text, TargetKind.NUMERIC, operator or Operator.EQUAL, value)
    return with_unit(written, target, unit, _remarks(written, target, unit, stated=operator is not None))


def _is_unit(text: str, written: Written) -> bool:
    if not text or symbol(text) or multiplier(text):
        return True
    return written.money and in_money(text) is not None


def _remarks(written: Written, target: Target, unit: str, *, stated: bool) -> list[Finding]:
    """That the operator was not stated; that 6月 may be June."""
    findings = [] if stated else found(written, "operator-missing", text=written.text)
    if unit == "月" and target.value in _MONTHS and symbol(written.unit) != "个月":
        findings += found(written, "month-or-months", text=written.text, number=digits(target))
    return findings


def _is_year(value: Decimal, year: int) -> bool:
    """Whether a number may be a year, or a year and a month: 2026, 202612."""
    whole = value == value.to_integral_value()
    own, month = divmod(value, 100) if value > _MONTHLY else (value, Decimal(1))
    return whole and abs(own - year) <= _NEAR and month in _MONTHS


def read_zero(written: Written) -> Reading | None:
    """None of something that should not happen: 零投诉, 0事故, 重大事故0起."""
    matched = words().zero.fullmatch(written.compact)
    if not matched:
        return None
    target = Target(written.text, TargetKind.NUMERIC, written.operator or Operator.EQUAL, Decimal(0))
    note = found(written, "target-words-aside", text=written.text, words=matched["what"] or matched["name"])
    return with_unit(written, target, matched["unit"] or matched["own"] or "", note)


def read_change(written: Written) -> Reading | None:
    """By how much something is to grow or fall: 较上年增长5%, 提高5个百分点, ≥5%（同比增长）.

    The number is the change, not the level after it, and a warning says so; 提高到95% is a level.
    """
    matched = words().changed.fullmatch(written.compact)
    level = matched["level"] if matched else None
    if not matched:
        matched = _REMARK.fullmatch(written.compact)
        if not matched or not words().changes.fullmatch(matched["said"]):
            return None
    inner = _read(replace(written, compact=matched["target"]), 0)
    if inner is None or words().unsure.search(matched["said"]) or says_operator(matched["said"]):
        return None
    if level:
        note = found(written, "target-words-aside", text=written.text, words=matched["said"] + level)
    else:
        note = found(written, "target-change", text=written.text, said=matched["said"])
    return inner.target, [*inner.findings, *note]


def read_amount(written: Written) -> Reading | None:
    """A number, or one among words that do not change it: 合格率≥95%, 完成10个, ≥2次（每半年1次）."""
    inner = _read(written, _DEPTH)
    if inner is None or not inner.words:
        return (inner.target, inner.findings) if inner else None
    said = "……".join(inner.words)
    note = found(written, "target-words-aside", text=written.text, words=said)
    return inner.target, [*inner.findings, *note]


def _read(written: Written, depth: int) -> _Inner | None:
    """A number or a range, without the words around it, kind by kind."""
    rate = _read_rate(written, depth)
    if rate:
        return rate
    for set_aside in ASIDES if depth else ():
        core, said = set_aside(written.compact)
        inner = _read(replace(written, compact=core), depth - 1) if said else None
        if inner:
            return replace(inner, words=(*inner.words, said))
    reading = read_range(written) or read_number(written)
    if reading is None or reading[0].kind not in (TargetKind.NUMERIC, TargetKind.RANGE):
        return None
    return _Inner(*reading)


def _read_rate(written: Written, depth: int) -> _Inner | None:
    """每季度不少于1次 is 次/季度, 每人每月30元 is 元/人·月, 人均200元 is 元/人; the period is never lost."""
    per, core = split_per(_PER_AFTER.sub(r"\2\1", written.compact))
    if core.endswith(_DAY_OF):
        return None
    column = "" if "/" in (symbol(written.unit) or "") else written.unit
    inner = _read(replace(written, compact=core, unit=column), max(depth - 1, 0)) if per else None
    if inner is None or symbol(inner.target.unit) is None:
        return None
    if is_rate(inner.target.unit):  # 每月95% is 95% all the year
        return replace(inner, words=(*inner.words, "每" + "每".join(per)))
    unit = symbol(inner.target.unit + "".join(f"每{part}" for part in per))
    contradicts = column != written.unit and symbol(written.unit) != unit
    return replace(inner, target=replace(inner.target, unit=unit)) if unit and not contradicts else None


def split_per(compact: str) -> tuple[tuple[str, ...], str]:
    """What an amount is per, and the amount: 每人每月30元, 人均200元."""
    average = next((word for word in words().averages if compact.startswith(word)), "")
    if average:
        return (words().averages[average],), compact[len(average) :]
    per: list[str] = []
    rest = compact
    while rest.startswith("每"):
        sizes = range(min(_LONGEST_UNIT, len(rest) - 2), 0, -1)
        size = next((size for size in sizes if _per(rest[1 : 1 + size])), 0)
        if not size:
            return (), compact
        per, rest = [*per, _per(rest[1 : 1 + size])], rest[1 + size :]
    return tuple(per), rest


def _per(text: str) -> str:
    """A unit's text that something is per, without the 个 of 每个行政村; empty where it is none."""
    texts = (text, text.removeprefix("个"))
    return next((unit for unit in texts if symbol(unit)), "")
