"""What an even split of the points would have given, where a unit set them by hand.

Points chosen after the results are known are what an auditor looks for.
"""

from __future__ import annotations

from decimal import Decimal

from evaluator.evaluation import Evaluation
from evaluator.model import Score
from evaluator.rulesets import RuleSet
from evaluator.scoring import Case, rule_for
from evaluator.text import half_up


def even_score(score: Score, rules: RuleSet) -> Decimal | None:
    """The indicator's score if its points had been shared out evenly."""
    if score.score is None or score.even_points is None:
        return None
    target, actual = score.indicator.target, score.actual
    case = Case(
        points=score.even_points,
        target=target.deadline or target.value,
        upper=target.upper,
        actual=(actual.completed if actual and target.deadline else score.comparable),
        share=actual.share if actual else None,
    )
    return half_up(max(Decimal(0), rule_for(target, rules).points(case) - score.deduction))


def even_total(evaluation: Evaluation, rules: RuleSet) -> Decimal:
    """The total with points shared out evenly, over what is scored."""
    scores = (even_score(score, rules) for score in evaluation.scores)
    return sum((score or Decimal(0) for score in scores), evaluation.budget.score or Decimal(0))
