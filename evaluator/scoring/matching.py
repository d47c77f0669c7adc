"""Each annual indicator with what was filled in for it, the actual in the target's unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.records.approved import Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.submitted import Actual, Answer, Submission
from evaluator.scoring.doubts import doubt
from evaluator.scoring.settling import is_unsettled_money, settle
from evaluator.values.measures import is_money_row
from evaluator.values.quantities import LARGEST, SMALLEST
from evaluator.values.text import show
from evaluator.values.units import UnitMismatchError, convert, in_money, measures_money, symbol
from evaluator.workbooks.layout import beside

_NUMERIC = (TargetKind.NUMERIC, TargetKind.RANGE)


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator and its actual; `comparable` is the actual's number in the target's unit.

    It is None where the target asks for no number, and where the actual cannot be used (a finding says why).
    """

    indicator: Indicator
    actual: Actual | None
    comparable: Decimal | None = None


def match(project: Project, submission: Submission) -> tuple[list[Pair], list[Finding]]:
    """Pair the annual indicators, in the form's order, with their actuals by code.

    Findings: row-missing, target-unscorable, actual-blank, actual-not-applicable, number-expected,
    number-too-large, number-too-small, date-expected, grade-missing, unit-mismatch, unit-unsettled,
    money-unsettled and those of `doubt` (errors: not scored), actual-unmatched (warning), unit-settled,
    unit-assumed (notes). An unreadable actual has its finding already.
    """
    pairs: list[Pair] = []
    findings = list(_unmatched(project, submission))
    for item in project.annual:
        pair, found = _pair(item, submission, project.key)
        pairs.append(pair)
        findings.extend(found)
    return pairs, findings


def _unmatched(project: Project, submission: Submission) -> Iterator[Finding]:
    known = {item.code for item in project.annual}
    for code, actual in submission.actuals.items():
        if code not in known and actual.answer is not Answer.BLANK:
            yield finding("actual-unmatched", actual.place, project=project.key, code=code)


def _pair(item: Indicator, submission: Submission, key: str) -> tuple[Pair, list[Finding]]:
    actual = submission.actuals.get(item.code)
    if actual is None:
        found = finding("row-missing", submission.place, project=key, indicator=item.code, name=item.name)
        return Pair(item, None), [found]
    problem = _problem(item.target, actual)
    if problem:
        found = finding(
            problem, actual.place, project=key, indicator=item.code, name=item.name, target=item.target.text
        )
        return Pair(item, actual), [found]
    if actual.answer is not Answer.FILLED or item.target.kind not in _NUMERIC:
        return Pair(item, actual), []
    return _compare(item, actual, key)


def _problem(target: Target, actual: Actual) -> str:
    """Code of what is wrong with an answer as such, if anything."""
    if target.kind is TargetKind.UNREADABLE:
        return "target-unscorable"
    if actual.answer is Answer.UNREADABLE:
        return ""
    if actual.answer is Answer.NOT_APPLICABLE:
        return "actual-not-applicable"
    if target.kind is TargetKind.QUALITATIVE:
        return "" if actual.grade else "grade-missing"
    if target.kind is TargetKind.DEADLINE:
        return "" if actual.completed or actual.grade else "date-expected"
    return _number_problem(actual)


def _number_problem(actual: Actual) -> str:
    if actual.answer is Answer.BLANK:
        return "actual-blank"
    if actual.value is None:
        return "number-expected"
    return _size_problem(abs(actual.value))


def _size_problem(value: Decimal) -> str:
    if value >= LARGEST:
        return "number-too-large"
    return "number-too-small" if 0 < value < SMALLEST else ""


def _compare(item: Indicator, actual: Actual, key: str) -> tuple[Pair, list[Finding]]:
    """The actual in the target's unit, unless it cannot be meant."""
    item, value, findings = _in_one_unit(item, actual, key)
    if value is None:
        return Pair(item, actual), findings
    code, details = doubt(item, actual, value)
    if code:
        about = {"project": key, "indicator": item.code, "name": item.name}
        return Pair(item, actual), [finding(code, actual.place, **about, **details)]
    return Pair(item, actual, value), findings


def _in_one_unit(
    item: Indicator, actual: Actual, key: str
) -> tuple[Indicator, Decimal | None, list[Finding]]:
    """The actual in the target's unit. A unit that only one side has is taken for the other's."""
    value, unit = _typed(item, actual)
    if not unit and is_unsettled_money(item):
        about = {"project": key, "indicator": item.code, "name": item.name, "target": item.target.text}
        place = beside(actual.place, "unit")
        return item, None, [finding("money-unsettled", place, actual=show(actual.value), **about)]
    if unit == item.target.unit:
        return item, value, []
    if not unit:
        return item, value, [_unit_finding("unit-assumed", item, actual, key)]
    if not item.target.unit:
        target = settle(item.target, value, unit)
        code = "unit-settled" if target else "unit-unsettled"
        found = [_unit_finding(code, item, actual, key)]
        return (replace(item, target=target), value, found) if target else (item, None, found)
    try:
        return item, convert(value, unit, item.target.unit), []
    except UnitMismatchError:
        return item, None, [_unit_finding("unit-mismatch", item, actual, key)]


def _typed(item: Indicator, actual: Actual) -> tuple[Decimal, str]:
    """The number and the unit that were typed; 万 beside money is 万元."""
    value, unit = actual.value or Decimal(0), symbol(actual.unit)
    money = is_money_row(item.name, item.level1, item.level2) or measures_money(item.target.unit)
    amount = in_money(actual.unit) if unit is None and money else None
    return (value * amount[0], amount[1]) if amount else (value, unit or actual.unit)


def _unit_finding(code: str, item: Indicator, actual: Actual, key: str) -> Finding:
    return finding(
        code,
        actual.place if code == "unit-mismatch" else beside(actual.place, "unit"),
        project=key,
        indicator=item.code,
        name=item.name,
        actual=f"{show(actual.value)}{actual.unit}",
        target=item.target.text,
        unit=item.target.unit or actual.unit,
    )
