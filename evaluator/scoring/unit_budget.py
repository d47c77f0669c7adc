"""The unit's money: what its projects had for the year and what they spent, in 万元."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.evaluation import UnitEvaluation
from evaluator.scoring.rollup import rate_of, sum_of


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
    adjusted, spent = sum_of(b.adjusted for b in budgets), sum_of(b.spent for b in budgets)
    missing = sum(budget.adjusted is None or budget.spent is None for budget in budgets)
    return UnitBudget(adjusted, spent, rate_of(adjusted, spent), missing)


def uncounted_funds(unit: UnitEvaluation) -> tuple[str, ...]:
    """The funds whose money is in no sum, because it does not count by the rule set."""
    return tuple(dict.fromkeys(name for item in unit.evaluations for name in item.budget.left_out))
