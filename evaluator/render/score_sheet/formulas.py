"""The live formulas of the form, as Excel expressions without ``=``, over the form's own cells."""

from __future__ import annotations

from evaluator.records.approved import TargetKind
from evaluator.records.scores import Score
from evaluator.render.score_sheet.cells import UNSCORED
from evaluator.render.score_sheet.plan import Plan
from evaluator.rulesets import RuleSet
from evaluator.scoring import Cells, budget_formula, rule_for
from evaluator.values.text import show

INCOMPLETE = "不完整"
NOTHING = "不完整：没有年度指标，不评级"


def score_formula(plan: Plan, score: Score, rules: RuleSet, points: str = "points") -> str:
    """An indicator's score by its rule; `points` names the column that the points are taken from."""
    row, target = plan.rows[score.indicator.code], score.indicator.target
    cells = Cells(
        points=f"${plan.cell(points, row)}",
        target=f"${plan.cell('target', row)}",
        upper=show(target.upper),
        actual=f"${plan.cell('actual', row)}",
        share=f"${plan.cell('share', row)}",
    )
    expression = rule_for(target, rules).formula(cells)
    rounded = f"ROUND(MAX(0,{expression}-${plan.cell('deduction', row)}),2)"
    return f'IF({_given(target.kind, cells)},{rounded},"{UNSCORED}")'


def _given(kind: TargetKind, cells: Cells) -> str:
    """The condition that everything is there which the rule needs; what is missing is never scored as 0."""
    if kind in (TargetKind.NUMERIC, TargetKind.RANGE):
        return f"COUNT({cells.points},{cells.target},{cells.actual})=3"
    if kind is TargetKind.DEADLINE:  # not completed at all is graded by the share alone
        return f"AND(COUNT({cells.points},{cells.target})=2,COUNT({cells.actual},{cells.share})>0)"
    return f"COUNT({cells.points},{cells.share})=2"


def group_formula(cells: str, count: int) -> str:
    """The sum of a group's scores, or 不完整 where one of them is missing."""
    return f'IF(COUNT({cells})={count},ROUND(SUM({cells}),2),"{INCOMPLETE}")'


def total_formula(plan: Plan, role: str = "score") -> str:
    """The sum of what is scored, the budget's execution included."""
    return f"ROUND(N({plan.budget('score')})+SUM({plan.span(role)}),2)"


def state_formula(plan: Plan) -> str:
    """Whether everything is scored, in words."""
    if not plan.rows:
        return f'"{NOTHING}"'
    missing = f"{len(plan.rows) + 1}-{_scored(plan)}"
    return f'IF({missing}=0,"全部计分","{INCOMPLETE}：有"&({missing})&"项未计分，不评级")'


def rating_formula(plan: Plan, rules: RuleSet) -> str:
    """The rating of the total, empty while something is not scored."""
    if not plan.rows:
        return '""'
    return f'IF({_scored(plan)}={len(plan.rows) + 1},{grades(plan.cell("score", plan.total), rules)},"")'


def grades(cell: str, rules: RuleSet) -> str:
    """The rating of the score in `cell`: the first grade whose lower bound, itself included, is reached."""
    *upper, (lowest, _) = rules.ratings
    inner = f'"{lowest}"'
    for name, bound in reversed(upper):
        inner = f'IF({cell}>={show(bound)},"{name}",{inner})'
    return inner


def review_total_formula(plan: Plan) -> str:
    """The total in which a typed review score takes the place of the self-score."""
    budget, review = plan.budget("score"), plan.budget("review")
    own, typed = plan.span("score"), plan.span("review")
    rest = f"SUM({own})+SUM({typed})-SUMPRODUCT(ISNUMBER({typed})*1,{own})"
    return f"ROUND(IF(ISNUMBER({review}),{review},N({budget}))+{rest},2)"


def review_rating_formula(plan: Plan, rules: RuleSet) -> str:
    """The rating of the reviewed total, empty while a row has neither self-score nor review score."""
    if not plan.rows:
        return '""'
    budget = f"({_any(plan.budget('score'), plan.budget('review'))})"
    rows = f"SUMPRODUCT(({_any(plan.span('score'), plan.span('review'))})*1)"
    return f'IF({budget}*1+{rows}={len(plan.rows) + 1},{grades(plan.cell("review", plan.total), rules)},"")'


def difference_formula(plan: Plan) -> str:
    """Reviewed total less self-scored total."""
    return f"ROUND({plan.cell('review', plan.total)}-{plan.cell('score', plan.total)},2)"


def _any(own: str, review: str) -> str:
    return f"ISNUMBER({own})+ISNUMBER({review})>0"


def _scored(plan: Plan) -> str:
    return f"COUNT({plan.budget('score')},{plan.span('score')})"


def rate_formula(plan: Plan) -> str:
    """The budget's rate of execution in percent, empty without a budget."""
    adjusted, spent = plan.budget("adjusted"), plan.budget("spent")
    rate = f"ROUND({spent}/{adjusted}*100,2)"
    return f'IF(COUNT({adjusted},{spent})=2,IF(AND({adjusted}>0,{spent}>=0),{rate},""),"")'


def budget_score_formula(plan: Plan, rules: RuleSet) -> str:
    """The budget's score by the rule set, where both amounts are there."""
    points, adjusted, spent = (plan.budget(what) for what in ("points", "adjusted", "spent"))
    unscored = f'"{UNSCORED}"'
    earned = budget_formula(points, adjusted, spent, rules, unscored)
    return f"IF(COUNT({adjusted},{spent})=2,{earned},{unscored})"


def completion_formula(plan: Plan, score: Score) -> str:
    """Degree of completion in percent, empty where the indicator has none."""
    row = plan.rows[score.indicator.code]
    if score.completion is None:
        return ""
    return f"ROUND({plan.cell('actual', row)}/{plan.cell('target', row)}*100,2)"
