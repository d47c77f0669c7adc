"""Scoring: rule kinds (points beside formula), points shared out, scores, groups, total and rating."""

from evaluator.scoring.cases import Case, Cells
from evaluator.scoring.choosing import rule_for
from evaluator.scoring.kinds import Rule

__all__ = ["Case", "Cells", "Rule", "rule_for"]
