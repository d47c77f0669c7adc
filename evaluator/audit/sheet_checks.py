"""Checks on a filled sheet as a whole: those of the budget and of sums, and copies."""

from __future__ import annotations

from decimal import Decimal

from evaluator.audit.budget_checks import (
    budget_points,
    budget_score,
    fund_total,
    overspent,
    rate_missing,
    rate_wrong,
)
from evaluator.audit.formula_checks import formula_stale
from evaluator.audit.outcomes import (
    PASSED,
    Ending,
    SheetCheck,
    Subject,
    idle,
    said,
)
from evaluator.audit.records import Judged
from evaluator.audit.sum_checks import group_points_differ, group_sum, points_sum, rows_missing, total_wrong
from evaluator.audit.target_checks import whole_remark
from evaluator.values.text import decimal_from_text, squash

_HUNDRED = Decimal(100)
_FEW = 3


def all_actuals_equal(subject: Subject) -> Ending:
    """Every actual is its target to the letter."""
    rows = [row for row in subject.rows if not row.row.execution]
    if len(rows) < _FEW:
        return idle("few-rows")
    equal = [
        row
        for row in rows
        if row.row.text("target") and _same(row.row.text("target"), row.row.text("actual"))
    ]
    return said(subject.sheet.place, count=len(rows)) if len(equal) == len(rows) else PASSED


def _same(one: str, other: str) -> bool:
    return squash(one) == squash(other)


def points_as_values(subject: Subject) -> Ending:
    """Targets that are bare numbers and add up to 100, or are each the row's points, are points."""
    if any(row.points is not None for row in subject.rows):
        return _points_twice(subject)
    bare = [value for row in subject.rows if (value := _bare_target(row)) is not None]
    if len(bare) < _FEW or len(bare) < len(subject.rows):
        return PASSED
    return said(subject.sheet.place) if sum(bare) == _HUNDRED else PASSED


def _points_twice(subject: Subject) -> Ending:
    rows = [row for row in subject.rows if not row.row.execution]
    twice = all(row.points is not None and _bare_target(row) == row.points for row in rows)
    if len(rows) < _FEW or not twice:
        return idle("scored")
    return said(subject.sheet.place)


def _bare_target(row: Judged) -> Decimal | None:
    """A target that is a mere number, or one of points; None for others."""
    return decimal_from_text(squash(row.row.text("target")).removesuffix("分"))


SHEET_CHECKS: tuple[tuple[str, SheetCheck], ...] = (
    ("audit-total-wrong", total_wrong),
    ("audit-points-sum", points_sum),
    ("audit-group-sum", group_sum),
    ("audit-fund-total", fund_total),
    ("audit-rate-wrong", rate_wrong),
    ("audit-budget-score", budget_score),
    ("audit-budget-points", budget_points),
    ("audit-group-points", group_points_differ),
    ("audit-formula-stale", formula_stale),
    ("audit-overspent", overspent),
    ("audit-rate-missing", rate_missing),
    ("audit-rows-missing", rows_missing),
    ("audit-all-actuals-equal", all_actuals_equal),
    ("audit-points-as-values", points_as_values),
    ("audit-goal-remark", whole_remark),
)
"""The checks on sheets in the order in which their findings are told."""
