"""Scoring: targets held against actuals, rule kinds, points shared out, scores, groups, total and rating.

In come a project, its submission and a rule set; out goes an `Evaluation` with findings. Every number that
anybody is shown is computed here, beside the formula that gives the same in a cell. It must not know files.
"""

from evaluator.scoring.budget import budget_formula, score_budget
from evaluator.scoring.cases import Case, Cells
from evaluator.scoring.choosing import rule_for
from evaluator.scoring.grading import share_of
from evaluator.scoring.indicator import case_of, score_indicator
from evaluator.scoring.kinds import Rule
from evaluator.scoring.points import Allotment, Shares, share_out
from evaluator.scoring.project import rate, score_project

__all__ = [
    "Allotment",
    "Case",
    "Cells",
    "Rule",
    "Shares",
    "budget_formula",
    "case_of",
    "rate",
    "rule_for",
    "score_budget",
    "score_indicator",
    "score_project",
    "share_of",
    "share_out",
]
