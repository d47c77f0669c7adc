"""Each annual indicator with what was filled in for it, the actual in the target's unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.submitted import Actual, Answer, Submission
from evaluator.values.text import show
from evaluator.values.units import UnitMismatchError, convert, symbol
from evaluator.workbooks.layout import beside

_NUMERIC = (TargetKind.NUMERIC, TargetKind.RANGE)
_LARGEST = Decimal(10) ** 15  # Excel keeps 15 digits


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
    number-too-large, date-expected, grade-missing, unit-mismatch (errors: not scored), actual-unmatched,
    unit-unexpected (warnings), unit-assumed (note). An unreadable actual has its finding already.
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
    if actual.answer is Answer.BLANK:
        return "actual-blank"
    if actual.value is None:
        return "number-expected"
    return "number-too-large" if abs(actual.value) >= _LARGEST else ""


def _compare(item: Indicator, actual: Actual, key: str) -> tuple[Pair, list[Finding]]:
    """The actual in the target's unit. A unit that only one side has is taken for the other's."""
    target, value = item.target, actual.value or Decimal(0)
    unit = symbol(actual.unit) or actual.unit
    if unit and target.unit:
        try:
            return Pair(item, actual, convert(value, unit, target.unit)), []
        except UnitMismatchError:
            return Pair(item, actual), [_unit_finding("unit-mismatch", item, actual, key)]
    if unit == target.unit:
        return Pair(item, actual, value), []
    code = "unit-unexpected" if unit else "unit-assumed"
    return Pair(item, actual, value), [_unit_finding(code, item, actual, key)]


def _unit_finding(code: str, item: Indicator, actual: Actual, key: str) -> Finding:
    return finding(
        code,
        beside(actual.place, "unit") if code == "unit-assumed" else actual.place,
        project=key,
        indicator=item.code,
        name=item.name,
        actual=f"{show(actual.value)}{actual.unit}",
        target=item.target.text,
        unit=item.target.unit or "（无）",
    )
