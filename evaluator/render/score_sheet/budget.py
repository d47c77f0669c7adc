"""The budget's row on the form: funds, rate of execution and its score."""

from __future__ import annotations

from decimal import Decimal

from evaluator.records.review import BUDGET_ROW
from evaluator.render.score_sheet.cells import UNSCORED
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.formulas import budget_score_formula, rate_formula
from evaluator.render.score_sheet.table import write_review

MONEY = "#,##0.00####"


def write_budget_row(form: Form) -> None:
    """Write the row of all funds: the sums of the form's parts where it has them, rate and score."""
    budget, plan, row = form.evaluation.budget, form.plan, form.plan.funds
    roles = plan.budget_roles
    form.put(roles["points"], row, budget.points, "number", num_format="0.00")
    amounts = {"initial": budget.initial, "adjusted": budget.adjusted, "spent": budget.spent}
    for what, amount in amounts.items():
        if what in roles:
            _write_amount(form, what, amount)
    rate = budget.rate
    form.formula(roles["rate"], row, rate_formula(plan), rate, num_format='0.00"%"')
    if budget.score is None and rate is not None:
        form.put(roles["score"], row, UNSCORED, "centre")  # for a reason that no formula can see
    else:
        formula = budget_score_formula(plan, form.rules)
        form.formula(roles["score"], row, formula, UNSCORED if budget.score is None else budget.score)
    for role in (
        "completion",
        "share",
        "deduction",
        "even_points",
        "even_score",
        "group_points",
        "group_score",
    ):
        if plan.columns.has(role):
            form.put(role, row, None, "closed")
    write_review(form, row, BUDGET_ROW)


def _write_amount(form: Form, what: str, amount: Decimal | None) -> None:
    role = form.plan.budget_roles[what]
    funds = form.evaluation.submission.funds if form.evaluation.submission else ()
    counted = {
        row: value
        for row, fund in zip(form.plan.parts, funds, strict=False)
        if fund.name in form.rules.budget.funds and (value := getattr(fund, what)) is not None
    }
    if counted and sum(counted.values(), Decimal(0)) == amount:
        cells = ",".join(form.plan.cell(role, row) for row in counted)
        form.formula(role, form.plan.funds, f"SUM({cells})", amount, num_format=MONEY)
    else:
        form.put(role, form.plan.funds, amount, "number", num_format=MONEY)
