"""The unit's money: what its projects had for the year and what they spent, in 万元."""

from __future__ import annotations

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
    adjusted = [budget.adjusted for budget in budgets if budget.adjusted is not None]
    spent = [budget.spent for budget in budgets if budget.spent is not None]
    whole = sum(adjusted, Decimal(0)) if adjusted else None
    used = sum(spent, Decimal(0)) if spent else None
    rate = half_up(used / whole * 100) if whole and used is not None else None
    missing = sum(budget.adjusted is None or budget.spent is None for budget in budgets)
    return UnitBudget(whole, used, rate, missing)
