"""What an even split of the points would have given, where a unit set them by hand.

Points chosen after the results are known are what an auditor looks for.
"""

from __future__ import annotations

from decimal import Decimal

from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.rulesets import RuleSet
from evaluator.scoring import case_of, rule_for
from evaluator.scoring.matching import Pair
from evaluator.values.text import half_up


def even_score(score: Score, rules: RuleSet) -> Decimal | None:
    """The indicator's score if its points had been shared out evenly."""
    if score.score is None or score.even_points is None:
        return None
    pair = Pair(score.indicator, score.actual, score.comparable)
    case = case_of(pair, score.even_points, rules)
    return half_up(max(Decimal(0), rule_for(score.indicator.target, rules).points(case) - score.deduction))


def even_total(evaluation: Evaluation, rules: RuleSet) -> Decimal:
    """The total with points shared out evenly, over what is scored."""
    scores = (even_score(score, rules) for score in evaluation.scores)
    return sum((score or Decimal(0) for score in scores), evaluation.budget.score or Decimal(0))
