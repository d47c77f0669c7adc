"""Checks on sums of a filled sheet: points, scores, groups, the total, and whether rows are lacking."""

from __future__ import annotations

from decimal import Decimal

from evaluator.audit.lines import number_in, spot
from evaluator.audit.outcomes import (
    PASSED,
    Ending,
    Subject,
    clause_of,
    idle,
    said,
    unsure,
)
from evaluator.audit.projects import differing, group_points
from evaluator.audit.records import AuditedTotal, Judged
from evaluator.records.source import Place
from evaluator.values.text import half_up, show

_HUNDRED, _ZERO = Decimal(100), Decimal(0)
_MUCH = Decimal(10)


def _own_scores(subject: Subject) -> list[Decimal]:
    """The scores outside of the table: the budget's, the goals'."""
    budget = [subject.budget.printed] if subject.budget else []
    goals = [number_in(goal.score.text) for goal in subject.sheet.goals if goal.score]
    return [score for score in (*budget, *goals) if score is not None]


def _own_points(subject: Subject) -> list[Decimal]:
    budget = [subject.budget.points] if subject.budget else []
    goals = [number_in(goal.points.text) for goal in subject.sheet.goals if goal.points]
    return [points for points in (*budget, *goals) if points is not None]


def _points_sum(subject: Subject) -> Decimal | None:
    """All points printed; None where a row that is no part of a merged cell has none."""
    rows = subject.rows
    if not rows or any(row.points is None and not row.row.shared for row in rows):
        return None
    return sum((row.points or _ZERO for row in rows), _ZERO) + sum(_own_points(subject), _ZERO)


def _score_sum(subject: Subject) -> Decimal | None:
    """All scores printed; None where no row has one."""
    scores = [row.score for row in subject.rows if row.score is not None]
    return sum(scores, _ZERO) + sum(_own_scores(subject), _ZERO) if scores else None


def _unprinted(subject: Subject) -> Decimal:
    """The budget's points where its block has no place for points or score: nobody says if they count."""
    budget = subject.sheet.budget
    if budget is None or budget.roles & {"points", "score"} or budget.points is not None:
        return _ZERO
    return subject.rules.budget.points


def _open_rows(subject: Subject) -> list[Judged]:
    """Rows without a score that no merged cell covers."""
    return [row for row in subject.rows if row.score is None and not row.row.shared]


def _printed_total(subject: Subject) -> Decimal | None:
    return _figure(subject.sheet.total)


def _figure(total: AuditedTotal | None) -> Decimal | None:
    return number_in(total.score.text) if total and total.score else None


def _total_place(subject: Subject) -> Place:
    return subject.sheet.total.place if subject.sheet.total else subject.sheet.place


def points_sum(subject: Subject) -> Ending:
    """Points add up to 100; a sheet that is cut off has fewer."""
    total = _points_sum(subject)
    if total is None:
        return idle("no-points")
    if subject.budget is None:
        return idle("no-budget")
    if _HUNDRED in (total, total + _unprinted(subject)):
        return PASSED
    if subject.budget.points is None and subject.budget.printed is not None:
        return unsure("no-points")  # scored, and its points were left blank
    if _printed_total(subject) is None and total < _HUNDRED:
        return unsure("cut-off")
    return said(_total_place(subject), total=show(total))


def total_wrong(subject: Subject) -> Ending:
    """The total is the sum of the scores, below the table and in the head."""
    below = _check_total(subject, subject.sheet.total)
    return below if below != PASSED else _check_total(subject, subject.sheet.headline or subject.sheet.total)


def _check_total(subject: Subject, total: AuditedTotal | None) -> Ending:
    printed, due = _figure(total), _score_sum(subject)
    if printed is None or total is None or total.score is None:
        return idle("no-total")
    if due is None:
        return unsure("no-score")
    if _budget_is_open(subject):
        return unsure("budget-unscored")
    if printed in (due, due + _unprinted_score(subject)):
        return PASSED
    if printed > due and _may_lack(subject, printed - due):
        return unsure("cut-off")
    return said(total.place, printed=show(printed), due=show(due), cell=spot(total.score.place))


def _budget_is_open(subject: Subject) -> bool:
    """Whether the budget has points and nobody scored it."""
    return subject.budget is not None and bool(subject.budget.points) and not _own_scores(subject)


def _unprinted_score(subject: Subject) -> Decimal:
    rate = subject.budget.rate if subject.budget else None
    return half_up(_unprinted(subject) * (rate or _ZERO) / _HUNDRED)


def _may_lack(subject: Subject, gap: Decimal) -> bool:
    """Whether scores that nobody sees may explain a total that is too high: blank ones, rows cut off.

    They can be as many as the points of the rows without a score, and what the printed points lack of 100.
    """
    given = [row.points for row in subject.rows if row.points is not None]
    if not given:
        return bool(_open_rows(subject)) or gap > _MUCH
    seen = sum(given, _ZERO) + sum(_own_points(subject), _unprinted(subject))
    lost = max(_ZERO, _HUNDRED - seen)
    return gap <= lost + sum((row.points or _ZERO for row in _open_rows(subject)), _ZERO)


def rows_missing(subject: Subject) -> Ending:
    """A total far above all scores, or points far below 100: pages may be cut off."""
    printed, points, due = _printed_total(subject), _points_sum(subject), _score_sum(subject)
    if due is None:
        return idle("no-score")
    if printed is None:
        return _short_of_points(subject, points)
    if points is None and not _open_rows(subject) and printed - due > _MUCH:
        shown = f"各项得分合计{show(due)}分，总分写{show(printed)}分"
        return said(_total_place(subject), shown=shown)
    return PASSED


def _short_of_points(subject: Subject, points: Decimal | None) -> Ending:
    if points is None or subject.budget is None or points + _unprinted(subject) >= _HUNDRED:
        return PASSED
    return said(_total_place(subject), shown=f"分值合计{show(points)}分，没有总分")


def group_sum(subject: Subject) -> Ending:
    """The sums of groups that are printed add up to the scores, with or without the budget's."""
    cells = [item.score for item in subject.sheet.subtotals if item.score]
    given = [value for cell in cells if (value := number_in(cell.text)) is not None]
    total = _score_sum(subject)
    if not given or total is None:
        return idle("no-subtotal")
    rows = total - sum(_own_scores(subject), _ZERO)
    if sum(given, _ZERO) in (total, rows):
        return PASSED
    if _open_rows(subject) or len(given) < len(subject.sheet.subtotals):
        return unsure("cut-off")
    return said(subject.sheet.subtotals[0].place, printed=show(sum(given, _ZERO)), due=show(rows))


def group_points_differ(subject: Subject) -> Ending:
    """The points of the groups are those of the rules."""
    if _printed_total(subject) is None and _points_sum(subject) != _HUNDRED:
        return unsure("cut-off") if _points_sum(subject) is not None else idle("no-points")
    if any(goal.points for goal in subject.sheet.goals):
        return idle("groups-open")
    groups = group_points(subject.sheet, subject.rows, subject.rules)
    if groups is None:
        return idle("groups-open")
    differ = [f"{g.name}{show(g.printed)}分（规则{show(g.nominal)}分）" for g in differing(groups)]
    if not differ:
        return PASSED
    return said(
        subject.sheet.place,
        groups="、".join(differ),
        clause=clause_of(subject.rules.allocations[-1].clause.citation),
    )
