"""Checks on what people filled in, beyond what reading and scoring find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from evaluator.checks.costs import adding_up, check_costs, in_wan, is_cost
from evaluator.records.approved import Horizon, Project, TargetKind
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Score
from evaluator.records.source import Place
from evaluator.records.submitted import Actual, Answer, Fund, Submission
from evaluator.scoring.budget import told_funds, total_of
from evaluator.values.measures import is_whole_rate
from evaluator.values.text import CENT, half_up, show
from evaluator.values.units import convert, is_rate
from evaluator.workbooks.layout import (
    FACTS,
    FUND_TITLES,
    GOAL_RESULT_COLUMN,
    GOAL_ROW,
    address,
    beside,
)

_SLIP = Decimal(1000)
_SHIFTS, _NEARLY = (Decimal(10), Decimal(100)), Decimal("0.1")  # a decimal point or a digit too many
_FEW = 5


def check_actuals(evaluation: Evaluation, year: int, needed: Sequence[str]) -> list[Finding]:
    """Everything that is remarkable in one project's actuals (findings of ``checks.toml``).

    `needed` are the lines of 基本情况 that the printed form cannot do without.
    """
    submission = evaluation.submission
    if submission is None:
        return []
    return [
        *_check_sample(evaluation, submission),
        *_check_facts(evaluation, submission, needed),
        *_check_goals(evaluation, submission),
        *_check_budget(evaluation, submission),
        *_check_values(evaluation, year),
        *_check_copies(evaluation, submission),
        *_check_costs(evaluation, submission),
        *_check_settled_costs(evaluation, year),
        *_check_evidence(evaluation, submission),
    ]


def _check_sample(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    if submission.sample:
        yield finding("sample-data", submission.place, project=evaluation.project.key)


def _check_facts(evaluation: Evaluation, submission: Submission, needed: Sequence[str]) -> Iterator[Finding]:
    approved, given = evaluation.project.facts, submission.facts
    missing = "、".join(name for name in needed if not (given.get(name) or approved.get(name)))
    if missing:
        place = Place(submission.place.file, FACTS)
        yield finding("facts-missing", place, project=evaluation.project.key, missing=missing)


def _check_goals(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    goals = [goal for goal in evaluation.project.goals if goal.horizon is Horizon.ANNUAL]
    for row, goal in enumerate(goals, GOAL_ROW):
        if not submission.goal_results.get(goal.number):
            usual = Place(submission.place.file, FACTS, address(row, GOAL_RESULT_COLUMN))
            place = submission.goal_places.get(goal.number, usual)
            yield finding("goal-result-missing", place, project=evaluation.project.key, number=goal.number)


def _check_budget(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    key, approved = evaluation.project.key, evaluation.project.budget
    whole = [fund for fund in submission.funds if not fund.part_of]
    for fund in told_funds(submission, whole):
        yield from _check_fund(fund, submission, key)
    initial = [fund.initial for fund in whole if fund.initial is not None]
    total = sum(initial, Decimal(0))
    if initial and approved is not None and half_up(total) != half_up(approved):
        place = submission.funds[0].place
        budget = _budget_words(evaluation.project)
        yield finding("budget-differs", place, project=key, typed=show(total), budget=budget)


def _check_fund(fund: Fund, submission: Submission, key: str) -> Iterator[Finding]:
    used = fund.adjusted is not None or fund.spent is not None
    if used and fund.initial is None and "initial" not in submission.spoilt:
        yield finding("fund-partial", fund.place, project=key, fund=fund.name)
    for name, amount in {"initial": fund.initial, "adjusted": fund.adjusted, "spent": fund.spent}.items():
        if amount is not None and amount < 0:
            place, details = beside(fund.place, name), {"fund": fund.name, "column": FUND_TITLES[name]}
            yield finding("fund-negative", place, project=key, amount=show(amount), **details)


def _budget_words(project: Project) -> str:
    """Whose amount the project's budget is: approved, or corrected by a person."""
    was = next((c.approved for c in project.corrections if c.column.startswith("项目预算")), None)
    if was is None:
        return f"批复的项目预算是{show(project.budget)}万元"
    said = f"{was}万元" if was else "没有"
    return f"更正后的项目预算是{show(project.budget)}万元（批复{said}）"


def _check_values(evaluation: Evaluation, year: int) -> Iterator[Finding]:
    key = evaluation.project.key
    for score in evaluation.scores:
        actual, item = score.actual, score.indicator
        if actual is None or actual.answer is not Answer.FILLED:
            continue
        about = {"project": key, "indicator": item.code}
        if actual.completed and actual.completed.year != year:
            date = actual.completed.isoformat()
            yield finding(
                "completed-outside-year", actual.place, **about, name=item.name, date=date, year=year
            )
        if score.comparable is None:
            continue
        if is_whole_rate(item.name) and is_rate(item.target.unit):
            percent = convert(score.comparable, item.target.unit, "%")
            if percent > 100:
                yield finding(
                    "actual-rate-above-100", actual.place, **about, name=item.name, actual=show(percent)
                )
        yield from _check_magnitude(score, key)


def _check_magnitude(score: Score, key: str) -> Iterator[Finding]:
    """A number a thousand times off, or just ten or a hundred times where nobody says why."""
    target, actual = score.indicator.target, score.actual
    if actual is None or not target.value or not score.comparable:
        return
    ratio = abs(score.comparable / target.value)
    code = _slip_code(actual, max(ratio, 1 / ratio))
    if code:
        yield finding(
            code,
            actual.place,
            project=key,
            indicator=score.indicator.code,
            name=score.indicator.name,
            actual=f"{show(score.comparable)}{target.unit}",
            target=target.text,
            times=show(half_up(ratio, Decimal("0.0001"))),
        )


def _slip_code(actual: Actual, times: Decimal) -> str:
    if times >= _SLIP:
        return "magnitude"
    explained = actual.reason or actual.description or actual.deduction_reason
    slipped = any(abs(times / shift - 1) <= _NEARLY for shift in _SHIFTS)
    return "point-slipped" if slipped and not explained else ""


def _check_copies(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    pairs = [
        (score.comparable, score.indicator.target.value)
        for score in evaluation.scores
        if score.indicator.target.kind is TargetKind.NUMERIC and score.comparable is not None
    ]
    if len(pairs) >= _FEW and all(actual == target for actual, target in pairs):
        yield finding("actuals-all-equal", submission.place, project=evaluation.project.key, count=len(pairs))


def _check_costs(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    spent = total_of(submission, "spent")
    if spent is None:
        return
    costs = [
        (score.indicator, in_wan(score.comparable, score.indicator.target.unit))
        for score in evaluation.scores
        if score.comparable is not None and is_cost(score.indicator)
    ]
    total = sum((amount for _, amount in adding_up(costs, spent)), Decimal(0))
    if costs and half_up(total, CENT) > half_up(spent, CENT):
        yield finding(
            "cost-over-spent",
            submission.place,
            project=evaluation.project.key,
            total=show(total),
            spent=show(spent),
        )


def _check_settled_costs(evaluation: Evaluation, year: int) -> Iterator[Finding]:
    """Costs whose unit only the workbook settled, against the approved budget."""
    project = evaluation.project
    settled = {score.indicator.code: score.indicator for score in evaluation.scores}
    items = tuple(settled.get(item.code, item) for item in project.indicators)
    if items != project.indicators and not any(check_costs(project, year)):
        yield from check_costs(replace(project, indicators=items), year)


def _check_evidence(evaluation: Evaluation, submission: Submission) -> Iterator[Finding]:
    codes = [
        score.indicator.code
        for score in evaluation.scores
        if score.actual and score.actual.answer is Answer.FILLED and not score.actual.evidence
    ]
    if codes:
        yield finding(
            "evidence-missing",
            submission.place,
            project=evaluation.project.key,
            count=len(codes),
            codes="、".join(codes),
        )
