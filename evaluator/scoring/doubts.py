"""Numbers that cannot be meant: such an actual is asked about instead of being scored."""

from __future__ import annotations

from decimal import Decimal

from evaluator.records.approved import Indicator, Target
from evaluator.records.submitted import Actual
from evaluator.values.measures import is_rate_name, is_satisfaction_name, is_whole_rate
from evaluator.values.quantities import LARGEST, SMALLEST
from evaluator.values.text import show
from evaluator.values.units import convert, is_rate

_APART = Decimal(10) ** 9
_HALF, _WHOLE, _MANY = Decimal(50), Decimal(100), Decimal(300)  # in percent
_NEAR_A_WHOLE = Decimal(20)
_NEXT_TO_NONE = Decimal("1.5")


def doubt(item: Indicator, actual: Actual, value: Decimal) -> tuple[str, dict[str, str]]:
    """The code of what speaks against an actual, and its details; an empty code where nothing does.

    `value` is the actual in the target's unit. numbers-apart, rate-scales-differ, rate-hundredfold,
    rate-impossible.
    """
    target = item.target
    said = {"actual": f"{show(value)}{target.unit}", "target": target.text}
    if _is_apart(value, _bound(target)):
        return "numbers-apart", said
    scale = other_scale(item)
    if scale and scale[0] <= abs(value) <= scale[1]:
        return "rate-scales-differ", said
    least, most = least_meant(item), most_meant(item)
    if least and 0 < value <= least and not (actual.reason or actual.description):
        return "rate-hundredfold", {**said, "hundred": f"{show(value * 100)}{target.unit}"}
    return ("rate-impossible", said) if most and value > most else ("", {})


def _is_apart(value: Decimal, bound: Decimal) -> bool:
    small, great = sorted((abs(value), abs(bound)))
    return small > 0 and great >= small * _APART


def other_scale(item: Indicator) -> tuple[Decimal, Decimal] | None:
    """From and up to which number an actual is of another scale than the target; None where that is clear.

    0.95 and 80 where neither has a unit: one is a fraction, the other a percentage.
    """
    bound = abs(_bound(item.target))
    if item.target.unit or not bound or not is_rate_name(item.name):
        return None
    if bound <= 1:
        return _NEAR_A_WHOLE, LARGEST
    return (SMALLEST, Decimal(1)) if bound >= _NEAR_A_WHOLE else None


def least_meant(item: Indicator) -> Decimal | None:
    """Up to which rate a hundred times as much is meant, in the target's unit; None for other targets.

    0.95% where 90% were wanted: a cell of percentages holds 0.0095. A reason or a description clears it up.
    """
    target = item.target
    if not is_rate(target.unit) or convert(_bound(target), target.unit, "%") < _HALF:
        return None
    return convert(_NEXT_TO_NONE, "%", target.unit)


def most_meant(item: Indicator) -> Decimal | None:
    """The highest rate that can be meant, in the target's unit: all of those asked; three times any whole."""
    target = item.target
    if not (is_rate(target.unit) and is_whole_rate(item.name)):
        return None
    if convert(_bound(target), target.unit, "%") > _WHOLE:
        return None
    return convert(_WHOLE if is_satisfaction_name(item.name) else _MANY, "%", target.unit)


def _bound(target: Target) -> Decimal:
    return (target.value if target.upper is None else target.upper) or Decimal(0)
