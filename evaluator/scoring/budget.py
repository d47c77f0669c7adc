"""Budget execution (预算执行情况): points times spent over budget, never above the points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluator.findings import Finding, finding
from evaluator.model import Project, Submission
from evaluator.rulesets import Entry, RuleSet, ZeroBudget
from evaluator.scores import BudgetScore
from evaluator.text import half_up, show


def budget_formula(points: str, adjusted: str, spent: str, rules: RuleSet, unscored: str) -> str:
    """The budget's score as an Excel expression, rounded; `unscored` is what no score shows.

    `points`, `adjusted` and `spent` are references to cells that hold numbers.
    """
    empty = "0" if rules.budget.zero is ZeroBudget.ZERO else unscored
    earned = f"ROUND(MIN({points},{points}*{spent}/{adjusted}),2)"
    return f"IF(OR({adjusted}<0,{spent}<0),{unscored},IF({adjusted}=0,{empty},{earned}))"


@dataclass(frozen=True, slots=True)
class _Totals:
    """Sums over all funds in 万元; None where no fund has the amount."""

    initial: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def score_budget(
    project: Project, submission: Submission | None, rules: RuleSet
) -> tuple[BudgetScore, list[Finding]]:
    """Score the whole year's execution: spent over the adjusted budget, carry-over included.

    Findings: budget-blank, budget-negative, budget-zero (errors: not scored), budget-zero-scored,
    budget-overspent, budget-note-missing (warnings).
    """
    funds = submission.funds if submission else ()
    totals = _Totals(
        _total(fund.initial for fund in funds),
        _total(fund.adjusted for fund in funds),
        _total(fund.spent for fund in funds),
    )
    findings = list(_remarks(project.key, submission, totals, rules)) if submission else []
    rate = score = None
    steps: tuple[str, ...] = ()
    clause = rules.budget.clause
    if totals.adjusted == 0 and totals.spent is not None:
        clause = rules.budget.zero_clause
    if _countable(totals, rules):
        rate, score, steps = _score(totals, rules)
    budget = BudgetScore(
        rules.budget.points,
        totals.initial,
        totals.adjusted,
        totals.spent,
        rate,
        score,
        steps
        or (("没有填报表，未计分",) if submission is None else tuple(item.text for item in findings[:1])),
        clause.citation,
    )
    return budget, findings


def _countable(totals: _Totals, rules: RuleSet) -> bool:
    if totals.adjusted is None or totals.spent is None or totals.adjusted < 0 or totals.spent < 0:
        return False
    return totals.adjusted > 0 or rules.budget.zero is ZeroBudget.ZERO


def _score(totals: _Totals, rules: RuleSet) -> tuple[Decimal | None, Decimal, tuple[str, ...]]:
    points, adjusted, spent = rules.budget.points, totals.adjusted or Decimal(0), totals.spent or Decimal(0)
    amounts = f"全年预算数{show(adjusted)}万元，全年执行数{show(spent)}万元"
    if adjusted == 0:
        return None, Decimal(0), (amounts, "全年预算数为0，得0分")
    rate = half_up(spent / adjusted * 100)
    score = half_up(min(points, points * spent / adjusted))
    capped = f"，以{show(points)}分为限" if spent > adjusted else ""
    return (
        rate,
        score,
        (
            f"{amounts}，执行率{show(spent)}÷{show(adjusted)}＝{show(rate)}%",
            f"{show(points)}×{show(spent)}÷{show(adjusted)}{capped}，得{score:.2f}分",
        ),
    )


def _remarks(key: str, submission: Submission, totals: _Totals, rules: RuleSet) -> Iterator[Finding]:
    place = submission.funds[0].place if submission.funds else submission.place
    adjusted, spent = totals.adjusted, totals.spent
    if adjusted is None or spent is None:
        names = {"全年预算数": adjusted, "全年执行数": spent}
        missing = "、".join(name for name, amount in names.items() if amount is None)
        yield finding("budget-blank", place, project=key, missing=missing)
        return
    amounts = {"adjusted": show(adjusted), "spent": show(spent)}
    if adjusted < 0 or spent < 0:
        yield finding("budget-negative", place, project=key, **amounts)
        return
    if adjusted == 0:
        zero = rules.budget.zero is ZeroBudget.ZERO
        yield finding("budget-zero-scored" if zero else "budget-zero", place, project=key)
    if spent > adjusted:
        yield finding("budget-overspent", place, project=key, **amounts)
    changed = totals.initial is not None and totals.initial != adjusted
    if changed and not submission.budget_note and Entry.BUDGET_NOTE in rules.mandatory:
        initial = show(totals.initial)
        yield finding("budget-note-missing", place, project=key, adjusted=show(adjusted), initial=initial)
