"""Checks on the budget's block of a filled sheet: funds, rate, score, points."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from evaluator.audit.judging import amounts_of, parts_of, sum_of
from evaluator.audit.lines import number_in, spot
from evaluator.audit.outcomes import (
    PASSED,
    Ending,
    Subject,
    clause_of,
    flagged,
    idle,
    said,
    unsure,
)
from evaluator.audit.records import Field, JudgedBudget
from evaluator.audit.row_checks import is_rounded
from evaluator.audit.words import words
from evaluator.values.text import half_up, show, squash

_HUNDRED, _ZERO = Decimal(100), Decimal(0)


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
    if all(map(_agree, printed, sums)):
        return PASSED
    if len(parts) == 1 and all(map(_covers, printed, sums)):
        return unsure("one-part")
    return said(whole.place, printed=_pair(printed), due=_pair(sums))


def _pair(amounts: tuple[Decimal | None, Decimal | None]) -> str:
    return " / ".join(show(amount) or "空" for amount in amounts)


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
    return said(judged.fund.place, due=show(half_up(judged.rate)), cell=spot(judged.fund.cells["rate"].place))


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
    if any(_is_rate(item, rate, ROUND_HALF_UP) for rate in due):
        return PASSED
    return flagged(
        "audit-rate-wrong-flag" if _is_rate(item, judged.rate, ROUND_DOWN) else "audit-rate-wrong",
        judged.fund.place,
        printed=item.text,
        due=show(half_up(judged.rate)),
        amounts=_amounts(subject, judged),
        cell=spot(item.place),
    )


def _is_rate(item: Field, due: Decimal, rounding: str) -> bool:
    """Whether a printed figure is the rate to its own last digit; without % it may be a fraction."""
    compact = squash(item.text)
    printed = number_in(item.text) or _ZERO
    places = len(compact.rstrip("%分").partition(".")[2])
    readings = [(printed, places)]
    if not compact.endswith("%") and printed <= 2:
        readings.append((printed * 100, max(places - 2, 0)))
    return any(value == due.quantize(Decimal(1).scaleb(-digits), rounding) for value, digits in readings)


def _amounts(subject: Subject, judged: JudgedBudget) -> str:
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
    soft = _is_soft(judged, judged.printed, judged.score)
    return flagged(
        "audit-budget-score-flag" if soft else "audit-budget-score",
        judged.fund.place,
        points=show(judged.points),
        rate=show(half_up(judged.rate)),
        due=show(judged.score),
        printed=show(judged.printed),
        cell=spot(judged.fund.cells["score"].place),
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
    return said(judged.fund.place, amounts=_amounts(subject, judged), rate=show(half_up(judged.rate)))
