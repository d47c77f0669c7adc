"""The unit's score: its projects' scores weighted by their budgets of the whole year (全年预算数)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.scoring.rollup import mean_by_budget


@dataclass(frozen=True, slots=True)
class UnitScore:
    """`score` to 0.01, None where no complete project has a budget; `counted` and `left_out` by project."""

    score: Decimal | None
    counted: tuple[Evaluation, ...]
    left_out: tuple[Evaluation, ...]


def unit_score(unit: UnitEvaluation) -> UnitScore:
    """Weigh the complete projects by budget, rounding once; incomplete ones are left out."""
    counted = tuple(item for item in unit.evaluations if item.complete)
    left_out = tuple(item for item in unit.evaluations if not item.complete)
    score = mean_by_budget((item.budget.adjusted, item.total) for item in counted)
    return UnitScore(score, counted, left_out)
