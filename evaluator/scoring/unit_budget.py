"""The unit's money: what its projects had for the year and what they spent, in 万元."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.evaluation import UnitEvaluation
from evaluator.values.text import half_up


@dataclass(frozen=True, slots=True)
class UnitBudget:
    """Sums over the projects that gave the figure (None: none did), their rate in percent to 0.01.

    `missing` counts the projects without 全年预算数 or without 执行数.
    """

    adjusted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    missing: int


def unit_budget(unit: UnitEvaluation) -> UnitBudget:
    """Add up the projects' budgets and spending."""
    budgets = [item.budget for item in unit.evaluations]
    whole, used = (_sum(getattr(budget, name) for budget in budgets) for name in ("adjusted", "spent"))
    rate = half_up(used / whole * 100) if whole and used is not None else None
    missing = sum(budget.adjusted is None or budget.spent is None for budget in budgets)
    return UnitBudget(whole, used, rate, missing)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of those that are there; None where none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def uncounted_funds(unit: UnitEvaluation) -> tuple[str, ...]:
    """The funds whose money is in no sum, because it does not count by the rule set."""
    return tuple(dict.fromkeys(name for item in unit.evaluations for name in item.budget.left_out))
