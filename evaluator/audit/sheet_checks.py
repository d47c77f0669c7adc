"""Checks on a filled sheet as a whole: the budget's figures, sums of points and scores, copies."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from evaluator.audit.judging import amounts_of, parts_of, sum_of
from evaluator.audit.lines import number_in
from evaluator.audit.outcomes import (
    PASSED,
    Ending,
    SheetCheck,
    Subject,
    clause_of,
    flagged,
    idle,
    said,
    unsure,
)
from evaluator.audit.projects import group_points
from evaluator.audit.records import Field, Judged, JudgedBudget
from evaluator.audit.row_checks import is_rounded
from evaluator.audit.words import words
from evaluator.records.source import Place
from evaluator.values.text import half_up, show, squash

_HUNDRED, _ZERO = Decimal(100), Decimal(0)
_FEW = 3
_MUCH = Decimal(10)


# --- the budget ---------------------------------------------------------------------------------


def fund_total(subject: Subject) -> Ending:
    """The funds add up to their total, budget and spent alike."""
    budget = subject.sheet.budget
    whole = budget.whole if budget else None
    if budget is None or whole is None:
        return idle("no-budget")
    parts, printed = parts_of(budget), amounts_of(whole)
    sums = sum_of(parts)
    if not whole.total or sums == (None, None):
        return idle("no-parts")
    pairs = list(zip(printed, sums, strict=True))
    if all(_agree(total, part) for total, part in pairs):
        return PASSED
    if len(parts) == 1 and all(_covers(total, part) for total, part in pairs):
        return unsure("one-part")
    shown = [" / ".join(show(amount) or "空" for amount in pair) for pair in (printed, sums)]
    return said(whole.place, printed=shown[0], due=shown[1])


def _covers(total: Decimal | None, part: Decimal | None) -> bool:
    return (total or _ZERO) >= (part or _ZERO)


def _agree(total: Decimal | None, parts: Decimal | None) -> bool:
    return parts is None or half_up(total or _ZERO, Decimal("0.0001")) == half_up(parts, Decimal("0.0001"))


def rate_missing(subject: Subject) -> Ending:
    """Where a rate is asked for and can be had, it stands there."""
    budget, judged = subject.sheet.budget, subject.budget
    if budget is None or judged is None or "rate" not in budget.roles:
        return idle("no-rate")
    if judged.rate is None:
        return idle("no-amounts")
    if not words().is_blank(judged.fund.text("rate")):
        return PASSED
    return said(judged.fund.place, due=show(half_up(judged.rate)), cell=judged.fund.cells["rate"].place.cell)


def rate_wrong(subject: Subject) -> Ending:
    """The rate is spent over budget, as percent, as a fraction, or as the points that it earns."""
    judged = subject.budget
    if judged is None or "rate" not in judged.fund.cells or words().is_blank(judged.fund.text("rate")):
        return idle("no-rate")
    if judged.rate is None:
        return unsure("no-amounts")
    item = judged.fund.cells["rate"]
    if number_in(item.text) is None:
        return unsure("rate-unreadable")
    due = [judged.rate, *([judged.score] if judged.score is not None else [])]
    if any(_is_rate(item, rate) for rate in due):
        return PASSED
    return said(
        judged.fund.place,
        printed=item.text,
        due=show(half_up(judged.rate)),
        amounts=_amounts(subject),
        cell=item.place.cell,
    )


def _is_rate(item: Field, due: Decimal) -> bool:
    """Whether a printed figure is the rate to its own last digit, rounded or cut."""
    compact = squash(item.text)
    printed = number_in(item.text) or _ZERO
    places = len(compact.rstrip("%分").partition(".")[2])
    readings = [(printed, places)]
    if not compact.endswith("%") and printed <= 2:
        readings.append((printed * 100, max(places - 2, 0)))
    return any(
        value in (half_up(due, step), due.quantize(step, rounding=ROUND_DOWN))
        for value, digits in readings
        for step in (Decimal(1).scaleb(-digits),)
    )


def _amounts(subject: Subject) -> str:
    judged = subject.budget
    if judged is None:
        return ""
    unit = subject.sheet.budget.unit if subject.sheet.budget else ""
    where = "（各来源合计）" if judged.from_parts else ""
    return f"{show(judged.spent)}÷{show(judged.budget)}{unit}{where}"


def budget_score(subject: Subject) -> Ending:
    """The budget's score is its points times the rate, never above them."""
    judged = subject.budget
    if judged is None:
        return idle("no-budget")
    if judged.printed is None:
        return idle("no-score")
    if judged.points is None:
        return unsure("no-points")
    if judged.score is None or judged.rate is None:
        return unsure("no-amounts")
    if judged.printed == judged.score:
        return PASSED
    say = flagged if _is_soft(judged, judged.printed, judged.score) else said
    return say(
        judged.fund.place,
        points=show(judged.points),
        rate=show(half_up(judged.rate)),
        due=show(judged.score),
        printed=show(judged.printed),
        cell=judged.fund.cells["score"].place.cell,
        clause=clause_of(subject.rules.budget.clause.citation),
    )


def _is_soft(judged: JudgedBudget, printed: Decimal, due: Decimal) -> bool:
    """Whether the score was rounded, or computed from the rate as it is printed, rounded."""
    rate = number_in(judged.fund.text("rate"))
    if rate is None or judged.points is None:
        return is_rounded(printed, due)
    by_rate = half_up(min(judged.points, judged.points * rate / _HUNDRED))
    return is_rounded(printed, due) or (printed == by_rate and abs(by_rate - due) < Decimal("0.1"))


def budget_points(subject: Subject) -> Ending:
    """The budget's points are those of the rules."""
    judged = subject.budget
    printed = None
    if judged is not None and subject.sheet.budget is not None:
        printed = number_in(judged.fund.text("points")) or subject.sheet.budget.points
    if judged is None or printed is None:
        return idle("no-points")
    due = subject.rules.budget.points
    if printed == due:
        return PASSED
    clause = clause_of(subject.rules.budget.clause.citation)
    return said(judged.fund.place, printed=show(printed), due=show(due), clause=clause)


def overspent(subject: Subject) -> Ending:
    """More was spent than was budgeted."""
    judged = subject.budget
    if judged is None or judged.rate is None:
        return idle("no-amounts")
    if judged.rate <= _HUNDRED:
        return PASSED
    return said(judged.fund.place, amounts=_amounts(subject), rate=show(half_up(judged.rate)))


# --- sums ---------------------------------------------------------------------------------------


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
    rows = [row for row in subject.rows if not row.row.shared]
    if not rows or any(row.points is None for row in rows):
        return None
    return sum((row.points or _ZERO for row in rows), _ZERO) + sum(_own_points(subject), _ZERO)


def _score_sum(subject: Subject) -> Decimal | None:
    """All scores printed; None where no row has one."""
    scores = [row.score for row in subject.rows if row.score is not None]
    return sum(scores, _ZERO) + sum(_own_scores(subject), _ZERO) if scores else None


def _open_rows(subject: Subject) -> list[Judged]:
    """Rows without a score that no merged cell covers."""
    return [row for row in subject.rows if row.score is None and not row.row.shared]


def _printed_total(subject: Subject) -> Decimal | None:
    total = subject.sheet.total
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
    if total == _HUNDRED:
        return PASSED
    if _printed_total(subject) is None and total < _HUNDRED:
        return unsure("cut-off")
    return said(_total_place(subject), total=show(total))


def total_wrong(subject: Subject) -> Ending:
    """The total is the sum of the scores."""
    printed, total, due = _printed_total(subject), subject.sheet.total, _score_sum(subject)
    if printed is None or total is None or total.score is None:
        return idle("no-total")
    if due is None:
        return unsure("no-score")
    if subject.budget and subject.budget.points and not _own_scores(subject):
        return unsure("budget-unscored")
    if printed == due:
        return PASSED
    if printed > due and _may_lack(subject, printed - due):
        return unsure("cut-off")
    return said(total.place, printed=show(printed), due=show(due), cell=total.score.place.cell)


def _may_lack(subject: Subject, gap: Decimal) -> bool:
    """Whether scores that nobody sees may explain a total that is too high: blank ones, rows cut off."""
    rows, points = _open_rows(subject), _points_sum(subject)
    if any(row.points is None for row in rows):
        return True
    if rows:
        return gap <= sum((row.points or _ZERO for row in rows), _ZERO)
    return gap > _MUCH if points is None else gap <= _HUNDRED - points


def rows_missing(subject: Subject) -> Ending:
    """A total far above all scores, or points far below 100: pages may be cut off."""
    printed, points, due = _printed_total(subject), _points_sum(subject), _score_sum(subject)
    if due is None:
        return idle("no-score")
    unseen = printed is not None and points is None and not _open_rows(subject)
    if unseen and printed is not None and printed - due > _MUCH:
        shown = f"各项得分合计{show(due)}分，总分写{show(printed)}分"
        return said(_total_place(subject), shown=shown)
    if printed is None and points is not None and points < _HUNDRED and subject.budget is not None:
        return said(_total_place(subject), shown=f"分值合计{show(points)}分，没有总分")
    return PASSED


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
    if _open_rows(subject):
        return unsure("cut-off")
    return said(subject.sheet.subtotals[0].place, printed=show(sum(given, _ZERO)), due=show(rows))


def group_points_differ(subject: Subject) -> Ending:
    """The points of the groups are those of the rules."""
    if _printed_total(subject) is None and _points_sum(subject) != _HUNDRED:
        return unsure("cut-off") if _points_sum(subject) is not None else idle("no-points")
    groups = group_points(subject.sheet, subject.rows, subject.rules)
    if groups is None:
        return idle("groups-open")
    differ = [
        f"{name}{show(printed)}分（规则{show(due)}分）" for name, printed, due in groups if printed != due
    ]
    if not differ:
        return PASSED
    return said(
        subject.sheet.place,
        groups="、".join(differ),
        clause=clause_of(subject.rules.allocations[-1].clause.citation),
    )


# --- copies -------------------------------------------------------------------------------------


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
    """Targets that are bare numbers and add up to 100 are points in the wrong column."""
    if any(row.points is not None for row in subject.rows):
        return idle("scored")
    values = [number_in(row.row.text("target")) for row in subject.rows]
    bare = all(squash(row.row.text("target")).replace(".", "").isdigit() for row in subject.rows)
    if len(values) < _FEW or not bare:
        return PASSED
    total = sum((value for value in values if value is not None), _ZERO)
    return said(subject.sheet.place) if total == _HUNDRED else PASSED


SHEET_CHECKS: tuple[tuple[str, SheetCheck], ...] = (
    ("total-wrong", total_wrong),
    ("points-sum", points_sum),
    ("group-sum", group_sum),
    ("fund-total", fund_total),
    ("rate-wrong", rate_wrong),
    ("budget-score", budget_score),
    ("budget-points", budget_points),
    ("group-points", group_points_differ),
    ("overspent", overspent),
    ("rate-missing", rate_missing),
    ("rows-missing", rows_missing),
    ("all-actuals-equal", all_actuals_equal),
    ("points-as-values", points_as_values),
)
"""The checks on sheets in the order in which their findings are told."""
