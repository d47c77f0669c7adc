"""Budget execution (预算执行情况): points times spent over budget, never above the points."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Project
from evaluator.records.findings import Finding, Severity, finding
from evaluator.records.scores import BudgetScore
from evaluator.records.source import Place
from evaluator.records.submitted import FUND_NAMES, Fund, Submission
from evaluator.rulesets import Entry, RuleSet, ZeroBudget
from evaluator.values.text import half_up, show
from evaluator.workbooks.answers import says_nothing, typed_instead
from evaluator.workbooks.layout import FUND_TITLES, beside


def budget_formula(points: str, adjusted: str, spent: str, rules: RuleSet, unscored: str) -> str:
    """The budget's score as an Excel expression, rounded; `unscored` is what no score shows.

    `points`, `adjusted` and `spent` are references to cells that hold numbers.
    """
    empty = "0" if rules.budget.zero is ZeroBudget.ZERO else unscored
    earned = f"ROUND(MIN({points},{points}*{spent}/{adjusted}),2)"
    return f"IF(OR({adjusted}<0,{spent}<0),{unscored},IF({adjusted}=0,{empty},{earned}))"


@dataclass(frozen=True, slots=True)
class _Totals:
    """Sums over funds in 万元; None where no fund has the amount."""

    initial: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None


_SLIP = Decimal(1000)


def total_of(submission: Submission, amount: str, counted: Collection[str] = FUND_NAMES) -> Decimal | None:
    """The sum of an amount (``initial``, ``adjusted``, ``spent``) over funds, in 万元.

    A fund that has one of them and not another makes the other's sum unknown.
    """
    amounts = [getattr(fund, amount) for fund in _used(submission, counted)]
    return None if None in amounts or not amounts else sum(amounts, Decimal(0))


def _used(submission: Submission, counted: Collection[str]) -> list[Fund]:
    return [fund for fund in submission.funds if fund.used and fund.name in counted and not fund.part_of]


def _totals(submission: Submission | None, counted: Collection[str]) -> _Totals:
    if submission is None:
        return _Totals(None, None, None)
    return _Totals(*(total_of(submission, name, counted) for name in ("initial", "adjusted", "spent")))


def score_budget(
    project: Project, submission: Submission | None, rules: RuleSet
) -> tuple[BudgetScore, list[Finding]]:
    """Score the whole year's execution: spent over the adjusted budget, carry-over included.

    Findings: budget-blank, budget-negative, budget-zero, budget-magnitude (errors: not scored),
    budget-zero-scored, budget-overspent, budget-note-missing (warnings), funds-not-counted (note).
    """
    totals = _totals(submission, rules.budget.funds)
    findings = list(_remarks(project, submission, totals, rules)) if submission else []
    rate = score = None
    steps: tuple[str, ...] = ()
    clause = rules.budget.clause
    if totals.adjusted == 0 and totals.spent is not None:
        clause = rules.budget.zero_clause
    blocked = any(item.severity is Severity.ERROR for item in findings)
    if _countable(totals):
        rate, score, steps = _score(totals, rules)
    if blocked:
        score, steps = None, ()
    budget = BudgetScore(
        rules.budget.points,
        totals.initial,
        totals.adjusted,
        totals.spent,
        rate,
        score,
        steps or ("没有填报表，未计分" if submission is None else _why(findings),),
        clause.citation,
        tuple(fund.name for fund in _uncounted(submission, rules)),
    )
    return budget, findings


def _countable(totals: _Totals) -> bool:
    """Whether there is a rate and a score, if only 0, whatever is found against it."""
    return all(amount is not None and amount >= 0 for amount in (totals.adjusted, totals.spent))


def _score(totals: _Totals, rules: RuleSet) -> tuple[Decimal | None, Decimal, tuple[str, ...]]:
    points, adjusted, spent = rules.budget.points, totals.adjusted or Decimal(0), totals.spent or Decimal(0)
    whose = "" if rules.budget.counts_all else f"{rules.budget.funds_label}："
    amounts = f"{whose}全年预算数{show(adjusted)}万元，全年执行数{show(spent)}万元"
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


def _why(findings: list[Finding]) -> str:
    errors = [item for item in findings if item.severity is Severity.ERROR]
    return errors[0].text if errors else "预算金额中有不能读取的单元格，未计分"


def _remarks(project: Project, submission: Submission, totals: _Totals, rules: RuleSet) -> Iterator[Finding]:
    key, adjusted, spent = project.key, totals.adjusted, totals.spent
    yield from _left_out(key, submission, rules)
    if adjusted is None or spent is None:
        yield from _blanks(key, submission, rules.budget.funds)
        return
    place = _cell(submission, "adjusted")
    amounts = {"adjusted": show(adjusted), "spent": show(spent)}
    if adjusted < 0 or spent < 0:
        yield finding("budget-negative", place, project=key, **amounts)
        return
    silent = says_nothing(submission.budget_note)
    slip = _slip(project, _totals(submission, FUND_NAMES)) if silent else None
    if slip:
        name, amount, other = slip
        words = {"name": FUND_TITLES[name], "amount": show(amount), "other": other}
        yield finding("budget-magnitude", _cell(submission, name), project=key, **words)
        return
    if adjusted == 0:
        zero = rules.budget.zero is ZeroBudget.ZERO
        counted = "、".join(rules.budget.funds)
        yield finding("budget-zero-scored" if zero else "budget-zero", place, project=key, counted=counted)
    if spent > adjusted:
        yield finding("budget-overspent", _cell(submission, "spent"), project=key, **amounts)
    if _is_change_unexplained(submission, totals, rules):
        shown = {"initial": show(totals.initial), "typed": typed_instead(submission.budget_note)}
        yield finding("budget-note-missing", place, project=key, adjusted=show(adjusted), **shown)


def _is_change_unexplained(submission: Submission, totals: _Totals, rules: RuleSet) -> bool:
    changed = totals.initial is not None and totals.initial != totals.adjusted
    return changed and says_nothing(submission.budget_note) and Entry.BUDGET_NOTE in rules.mandatory


def _uncounted(submission: Submission | None, rules: RuleSet) -> list[Fund]:
    """The funds with money that do not count."""
    others = [name for name in FUND_NAMES if name not in rules.budget.funds]
    return [fund for fund in _used(submission, others) if fund.adjusted or fund.spent] if submission else []


def _left_out(key: str, submission: Submission, rules: RuleSet) -> Iterator[Finding]:
    """Money that was given and does not count by this rule set."""
    used = _uncounted(submission, rules)
    if used:
        words = "、".join(
            f"{fund.name}（全年预算数{show(fund.adjusted) or '未填'}、执行数{show(fund.spent) or '未填'}）"
            for fund in used
        )
        counted = "、".join(rules.budget.funds)
        yield finding("funds-not-counted", used[0].place, project=key, funds=words, counted=counted)


def _blanks(key: str, submission: Submission, counted: Collection[str]) -> Iterator[Finding]:
    """What is missing, at the first such cell; of a column that cannot be read a finding has told."""
    used = _used(submission, counted)
    names = [name for name in ("adjusted", "spent") if name not in submission.spoilt]
    told = told_funds(submission, used)
    blanks = [(fund, name) for name in names for fund in told if getattr(fund, name) is None]
    if blanks:
        missing = "、".join(f"{FUND_TITLES[name]}（{fund.name}）" for fund, name in blanks)
        yield finding("budget-blank", beside(blanks[0][0].place, blanks[0][1]), project=key, missing=missing)
    elif not used and not submission.spoilt:
        place = _cell(submission, "adjusted")
        yield finding("budget-blank", place, project=key, missing="全年预算数、全年执行数")


def told_funds(submission: Submission, funds: Iterable[Fund]) -> list[Fund]:
    """The funds that were typed: of one that is told by its parts, those."""
    told: list[Fund] = []
    for fund in funds:
        told += [part for part in submission.funds if part.part_of == fund.name] or [fund]
    return told


def _cell(submission: Submission, name: str) -> Place:
    """The first fund's cell of an amount."""
    return beside(submission.funds[0].place, name) if submission.funds else submission.place


def _slip(project: Project, totals: _Totals) -> tuple[str, Decimal, str] | None:
    """An amount a thousand times what it is held against, as where it was typed in 元."""
    approved = project.budget
    for name, amount in (("initial", totals.initial), ("adjusted", totals.adjusted)):
        if amount and approved and amount >= approved * _SLIP:
            return name, amount, f"批复的预算{show(approved)}万元"
    if totals.spent and totals.adjusted and totals.spent >= totals.adjusted * _SLIP:
        return "spent", totals.spent, f"全年预算数{show(totals.adjusted)}万元"
    return None
