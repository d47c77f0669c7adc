"""A target's text on its way to a reading: what was written, what is found, how a unit joins its number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.dates import ends_month, like_a_day
from evaluator.values.quantities import LARGEST, SMALLEST
from evaluator.values.text import plain, show, squash
from evaluator.values.units import compatible, factor, in_money, is_duration, multiplier, symbol
from evaluator.values.wording import words

_YEARS = range(1950, 2151)
_LONGEST_UNIT = 8
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A target's text: as written, folded, what separate columns add, and whether only money is meant."""

    text: str
    compact: str
    operator: Operator | None
    unit: str
    year: int
    place: Place
    money: bool = False


Reading = tuple[Target, list[Finding]]


def found(this: Written, code: str, **details: object) -> list[Finding]:
    """One finding on the text, in a list."""
    return [finding(code, this.place, project="", indicator="", **details)]


def unreadable(this: Written, code: str, **details: object) -> Reading:
    """No target, and why not."""
    return Target(this.text, TargetKind.UNREADABLE), found(this, code, **details)


def unclear(this: Written, why: str) -> Reading:
    """No target; `why` continues the sentence 指标值“…”."""
    return unreadable(this, "target-unclear", text=this.text, why=why)


def with_unit(written: Written, target: Target, unit: str, findings: list[Finding]) -> Reading:
    """Put the unit to the number: that of the text, or of the column where the text has none."""
    own = _one_unit(unit, written.unit)
    if own is None:
        return unreadable(written, "unit-conflict", written=unit, column=written.unit)
    day = like_a_day(written.compact.removesuffix(unit)) if unit == "日" else None
    if day and (ends_month(day) or target.upper is None):
        return unclear(written, "像是日期，又像是天数")
    money = in_money(own) if written.money else None
    if money:
        findings = [*findings, *found(written, "unit-of-money", text=written.text, unit=money[1])]
        target, own = _scaled(target, money[0]), money[1]
    target = _scaled(target, multiplier(own) or Decimal(1))
    return _in_unit(written, target, "" if multiplier(own) else own, findings)


def _in_unit(written: Written, target: Target, own: str, findings: list[Finding]) -> Reading:
    why = _unfit(target, own)
    if why:
        return unclear(written, why)
    if not own:
        return _without_unit(written, target, findings)
    known = symbol(own)
    if known:
        return replace(target, unit=known), findings
    return replace(target, unit=own), [*findings, *found(written, "unit-unknown", unit=own)]


def _without_unit(written: Written, target: Target, findings: list[Finding]) -> Reading:
    """A number alone; 12-31 and 10.31 are more likely days."""
    day = like_a_day(written.compact) if written.operator is None else None
    if day and ends_month(day):
        return unclear(written, "像是日期，又像是数量")
    value = digits(target)
    findings = [*findings, *found(written, "unit-missing", text=written.text, value=value)]
    if day:
        shown = f"{day.month}月{day.day}日"
        findings += found(written, "target-like-a-day", text=written.text, value=value, day=shown)
    return target, findings


def digits(target: Target) -> str:
    """The numbers of a target without its unit."""
    return "~".join(show(number) for number in (target.value, target.upper) if number is not None)


def _one_unit(unit: str, column: str) -> str | None:
    """The unit of the text and that of the column in one; None where they contradict each other."""
    if not unit or not column or unit == column:
        return unit or column
    if multiplier(unit) and symbol(unit + column):
        return unit + column  # 30万 beside 元
    one, other = symbol(unit), symbol(column)
    if one and other and compatible(one, other) and factor(one, other) == 1:
        return unit
    return None


def _scaled(target: Target, times: Decimal) -> Target:
    """The target with both of its numbers times something, where that makes numbers of sane size."""
    numbers = [
        plain(number * times) if number is not None and abs(number) < LARGEST else number
        for number in (target.value, target.upper)
    ]
    return replace(target, value=numbers[0], upper=numbers[1])


def _unfit(target: Target, unit: str) -> str:
    """Why a number with its unit is no target, in words for the finding; empty where it is one."""
    numbers = [number for number in (target.value, target.upper) if number is not None]
    known = symbol(unit)
    if known in words().ranks:
        return "说的是等级，看不出哪一级更高"
    if known in ("年", "学年") and any(number in _YEARS for number in numbers):
        return "中的数字像是年份，不是年数"
    if unit and not known and not _may_be_a_unit(unit):
        return why_unclear(target.text) or "含有多个数字或说明文字"
    return _wrong_size(numbers)


def _wrong_size(numbers: list[Decimal]) -> str:
    if any(abs(number) >= LARGEST for number in numbers):
        return "中的数字过大"
    return "中的数字过小" if any(0 < abs(number) < SMALLEST for number in numbers) else ""


def _may_be_a_unit(unit: str) -> bool:
    """Whether a text of no table may be a unit: short, no words, and not a known one with more behind it."""
    if len(unit) > _LONGEST_UNIT or re.match(r"[%‰.,(]", unit) or words().rest.search(unit):
        return False
    begins = next((unit[:size] for size in range(len(unit) - 1, 0, -1) if symbol(unit[:size])), "")
    lasts = is_duration(symbol(begins) or "") if begins else False
    modified = begins and (lasts or len(unit) > len(begins) + 2)
    return not (modified and _HAN.fullmatch(unit))


def why_unclear(text: str) -> str:
    """What a text says instead of a target, in words for the finding; empty for texts of no known kind."""
    compact = squash(text)
    return next((why for pattern, why in words().unclear if pattern.search(compact)), "")
