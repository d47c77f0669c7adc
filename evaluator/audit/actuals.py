"""What stands in 实际完成值, held against its target: a number in its unit, a day, a grade, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluator.audit.words import words
from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.source import Place
from evaluator.records.submitted import Grade
from evaluator.values.dates import ImpossibleDateError, read_deadline
from evaluator.values.quantities import LARGEST, bare, read_quantity, split_operator
from evaluator.values.target import read_target
from evaluator.values.text import squash
from evaluator.values.units import UnitMismatchError, convert, is_money, is_rate, multiplier, symbol

_ABOUT = re.compile(r"(\d+(?:\.\d+)?[十百千万亿]?)[余多](?=[^\d]|$)")
_MONTH = re.compile(r"((?:20\d\d年)?\d{1,2})月份?")
_PER_TIME = re.compile("[年月日天周季时]")
_DASH = re.compile(r"[-‐-―~～〜−]+|至")
_ROUGHLY = re.compile(r"^[约近]|左右|上下$")
_DONE = re.compile(r"^(?:已|共|实际|全年|累计|合计|总计|全部|完成|达到|达|为|是|实现|开展|约)+[:：]?")
_BELOW = (Operator.AT_MOST, Operator.BELOW)
_SHORT_UNIT = 4
_FRACTION, _FAR = Decimal("1.5"), 1000
_EXPLAINED = re.compile(r"[(（][^()（）]*[)）]$")


@dataclass(frozen=True, slots=True)
class Actual:
    """An actual as read; `value` in the target's unit, `problem` why there is none.

    `copied` is an operator that came along; of 200余人 the 200 counts.
    """

    value: Decimal | None = None
    day: date | None = None
    grade: Grade | None = None
    same: bool = False
    copied: bool = False
    problem: str = ""


def read_actual(text: str, target: Target, year: int, written_target: str) -> Actual:
    """Read an actual as its target needs it; `written_target` is the target as printed."""
    same = bool(squash(text)) and _core(text) == _core(written_target)
    if words().is_blank(text):
        return Actual(problem="blank")
    if target.kind in (TargetKind.NUMERIC, TargetKind.RANGE):
        return _number(text, target, year, same)
    grade = words().grade(text)
    if target.kind is TargetKind.DEADLINE:
        return Actual(day=_day(text, year), grade=grade, same=same)
    value, _, copied = read_quantity(squash(text))
    return Actual(grade=grade, same=same, copied=copied and value is not None)


def _core(text: str) -> str:
    return _DASH.sub("-", split_operator(bare(text))[1])


def _day(text: str, year: int) -> date | None:
    """The last day of the time that a text names."""
    month = _MONTH.fullmatch(squash(text))
    try:
        read = read_deadline(f"{month[1]}月底" if month else bare(text), year)
    except ImpossibleDateError:
        return None
    return read.last if read else None


def _number(text: str, target: Target, year: int, same: bool) -> Actual:
    plain = _ABOUT.sub(r"\1", squash(text))
    if _ROUGHLY.search(plain):
        return Actual(same=same, problem="roughly")
    if (target.value == 0 or target.operator in _BELOW) and words().is_none(plain):
        return Actual(Decimal(0))
    value, unit, copied = _quantity(plain, year)
    if value is None:
        return _no_number(text, target, same, copied)
    problem = _doubt(value, unit, target)
    if problem:
        return Actual(problem=problem)
    converted = _in_unit(value, unit, target)
    if converted is None and not same:
        return Actual(copied=copied, problem="unit")
    return Actual(target.value if converted is None else converted, same=same, copied=copied)


def _no_number(text: str, target: Target, same: bool, copied: bool) -> Actual:
    """No number in an actual: the target's very words attain it, others are a problem."""
    if same:
        return Actual(same=True, copied=copied, value=target.value)
    return Actual(problem="not-number", grade=words().grade(text))


def _doubt(value: Decimal, unit: str, target: Target) -> str:
    """Why a number is not taken at its word, if so."""
    if abs(value) >= LARGEST:
        return "too-large"
    return "percent" if not unit and _may_be_fraction(value, target) else ""


def _may_be_fraction(value: Decimal, target: Target) -> bool:
    """0.98 beside ≥95%: 0.98% or 98%? Only the person knows, and it decides the score unless both attain."""
    if not is_rate(target.unit) or target.value is None or not 0 < value <= _FRACTION or target.value <= 2:
        return False
    return not (attains(target, value) and attains(target, value * 100))


def attains(target: Target, value: Decimal) -> bool:
    """Whether a number reaches a numeric target; what is scored as positive counts as ≥."""
    if target.value is None:
        return False
    if target.kind is TargetKind.RANGE:
        return target.upper is not None and target.value <= value <= target.upper
    if target.operator in _BELOW or (target.value == 0 and target.operator is Operator.EQUAL):
        return value <= target.value
    return value >= target.value


def _quantity(text: str, year: int) -> tuple[Decimal | None, str, bool]:
    """Number, unit and whether an operator was copied; also from among words (完成培训200人)."""
    plain = _EXPLAINED.sub("", text) or text
    value, unit, copied = read_quantity(plain)
    if value is None:
        value, unit, copied = read_quantity(_DONE.sub("", plain))
    if value is not None and _is_unit(unit):
        return value, unit, copied
    target, _ = read_target(text, year, Place(""))
    if target.kind is TargetKind.NUMERIC and target.value is not None:
        return target.value, target.unit, copied
    return (value, unit, copied) if len(unit) <= _SHORT_UNIT else (None, "", copied)


def _is_unit(text: str) -> bool:
    return not text or symbol(text) is not None or multiplier(text) is not None


def _in_unit(value: Decimal, unit: str, target: Target) -> Decimal | None:
    """The number in the target's unit; a unit that only one side has is taken for the other's."""
    times = multiplier(unit)
    if times is not None:
        value, unit = value * times, "元" if is_money(target.unit) else ""
    if not unit or not target.unit:
        return _scaled(value, target) if not unit else value
    if _is_same_unit(unit, target):
        return value
    try:
        return convert(value, symbol(unit) or unit, target.unit)
    except UnitMismatchError:
        return None


def _is_same_unit(unit: str, target: Target) -> bool:
    """25台 beside ≥20台（套）; 16个 beside ≥15个村; 5830元 beside ≤5300元/户, but 12次 is not 12次/月."""
    if f"{unit}(" in squash(target.text) or f"({unit})" in squash(target.text):
        return True
    short, long = sorted((unit, target.unit), key=len)
    rest = long.removeprefix(short)
    if rest.startswith("/"):
        return _PER_TIME.search(rest) is None
    return rest != long and symbol(long) is None


def _scaled(value: Decimal, target: Target) -> Decimal:
    """120000 beside ≥10万人次 counts 人次, not 万人次."""
    head = target.unit[:1]
    times = multiplier(head) if head else None
    far = times is not None and target.value and value >= target.value * _FAR
    return value / times if far and times else value
