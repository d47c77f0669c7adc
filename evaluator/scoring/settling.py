"""Targets without a unit: the unit that a person chose settles it, or the row is not scored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evaluator.records.approved import Indicator, Target, TargetKind
from evaluator.values.measures import is_money_row
from evaluator.values.units import convert, options


def settle(target: Target, value: Decimal, unit: str) -> Target | None:
    """The target in the unit of the actual.

    None where another unit of the same kind brings both numbers nearer to each other: then nobody knows
    which of them was approved (200000 beside 25万元 is in 元).
    """
    bound = target.value if target.upper is None else target.upper
    if not bound or not value:
        return replace(target, unit=unit)
    own = _distance(value, bound)
    nearer = any(_distance(convert(value, unit, other), bound) < own for other in options(unit)[1:])
    return None if nearer else replace(target, unit=unit)


def is_unsettled_money(item: Indicator) -> bool:
    """Whether a target is of money and nobody knows whether of 元 or of 万元."""
    numeric = item.target.kind in (TargetKind.NUMERIC, TargetKind.RANGE)
    return numeric and not item.target.unit and is_money_row(item.name, item.level1, item.level2)


def _distance(one: Decimal, other: Decimal) -> Decimal:
    """How many times the greater number is the smaller one."""
    small, great = sorted((abs(one), abs(other)))
    return great / small
