"""The total, its rating, and the same after review, all live."""

from __future__ import annotations

from decimal import Decimal

from evaluator.records.evaluation import Evaluation
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.formulas import (
    INCOMPLETE,
    NOTHING,
    difference_formula,
    rating_formula,
    review_rating_formula,
    review_total_formula,
    state_formula,
    total_formula,
)
from evaluator.scoring.even_split import even_total
from evaluator.scoring.review import reviewed_rating, reviewed_total


def write_total(form: Form) -> None:
    """Write the row 总分: whether the score is complete, the rating, the total, the reviewed total."""
    plan, evaluation, row = form.plan, form.evaluation, form.plan.total
    form.band(row, plan.first, "level2", "总分", "heading")
    form.formula("name", row, state_formula(plan), state_words(evaluation), num_format="@")
    form.put("target", row, "自评等级", "heading")
    form.formula(
        "actual", row, rating_formula(plan, form.rules), evaluation.rating, num_format="@", bold=True
    )
    form.formula("score", row, total_formula(plan), evaluation.total, bold=True)
    full = evaluation.budget.points + sum((s.points or Decimal(0) for s in evaluation.scores), Decimal(0))
    form.formula("points", row, f"{plan.budget('points')}+SUM({plan.span('points')})", full)
    if plan.columns.has("reason"):
        form.put("reason", row, None)
    form.put("code", row, "合计", "centre", font_size=9)
    for role in ("named", "completion", "share", "deduction", "even_points", "group_points", "group_score"):
        if plan.columns.has(role):
            form.put(role, row, None, "closed")
    if plan.columns.has("even_score"):
        form.formula("even_score", row, total_formula(plan, "even_score"), even_total(evaluation, form.rules))
    form.formula("review", row, review_total_formula(plan), reviewed_total(evaluation), bold=True)
    form.put("opinion", row, "复核总分", "centre", font_size=9)


def state_words(evaluation: Evaluation) -> str:
    """Whether everything is scored, in the words that the form's formula gives."""
    if not evaluation.scores:
        return NOTHING
    missing = evaluation.unscored + (evaluation.budget.score is None)
    return f"{INCOMPLETE}：有{missing}项未计分，不评级" if missing else "全部计分"


def write_review_panel(form: Form) -> None:
    """Write totals, ratings and their difference, as scored and as reviewed, right of the form's head."""
    plan, row = form.plan, form.plan.title
    name = form.evaluation.project.name
    words = f"{name}　复核汇总\n（复核得分留空的，按自评得分计；计分规则：{form.unit.rules_title}）"
    form.band(row, plan.beside[0], plan.beside[-1], words, "heading", font_size=9)
    total, reviewed = form.evaluation.total, reviewed_total(form.evaluation)
    ratings = form.evaluation.rating, reviewed_rating(form.evaluation, form.rules)
    review_rating = review_rating_formula(plan, form.rules)
    cells = plan.cell("score", plan.total), plan.cell("review", plan.total)
    _write_pair(form, row + 1, "总分", cells, (total, reviewed))
    _write_pair(form, row + 2, "等级", (plan.cell("actual", plan.total), review_rating), ratings)
    form.put("review", row + 1, "差异", "label", font_size=9)
    shape = "+0.00;-0.00;0.00"
    form.formula("opinion", row + 1, difference_formula(plan), reviewed - total, num_format=shape)
    form.put("review", row + 2, "完整性", "label", font_size=9)
    form.measure(row + 2, state_words(form.evaluation), plan.columns.width("opinion"))
    form.formula("opinion", row + 2, plan.cell("name", plan.total), state_words(form.evaluation))


def _write_pair(
    form: Form, row: int, what: str, formulas: tuple[str, str], values: tuple[Decimal | str, Decimal | str]
) -> None:
    """Write a figure as scored and as reviewed: the same as long as nothing is reviewed."""
    panel = form.plan.panel
    form.band(row, *panel.label, f"自评{what}", "label", font_size=9)
    form.formula(panel.own, row, formulas[0], values[0])
    form.band(row, *panel.review_label, f"复核{what}", "label", font_size=9)
    form.band_formula(row, *panel.reviewed, formulas[1], values[1])
