"""The share of the points that a person's grade earns: qualitative targets and missed deadlines."""

from __future__ import annotations

from decimal import Decimal

from evaluator.records.approved import Indicator, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.submitted import Actual, Grade
from evaluator.rulesets import Band, RuleSet
from evaluator.values.text import show
from evaluator.workbooks.layout import beside


def in_time(item: Indicator, actual: Actual) -> bool:
    """Whether a deadline was met: completed, and not after its last day."""
    deadline, completed = item.target.deadline, actual.completed
    return deadline is not None and completed is not None and completed <= deadline


def is_graded(item: Indicator, actual: Actual) -> bool:
    """Whether a person's grade decides: a qualitative target, or a deadline that was missed."""
    if item.target.kind is TargetKind.DEADLINE:
        return not in_time(item, actual)
    return item.target.kind is TargetKind.QUALITATIVE


def share_of(actual: Actual, rules: RuleSet) -> Decimal | None:
    """Share of the points in percent: as typed, or the rule set's own for 达成 without one; else None."""
    if actual.share is None and actual.grade is Grade.ACHIEVED:
        return rules.achieved_share.value
    return actual.share


def check_grade(item: Indicator, actual: Actual, rules: RuleSet, project: str) -> Finding | None:
    """What is wrong with a grade that decides, if anything.

    A missed deadline may have a share alone, within the two lower bands.

    Findings (errors): deadline-ungraded, deadline-graded-achieved, share-missing, share-outside.
    """
    about = {"project": project, "indicator": item.code, "name": item.name}
    share = share_of(actual, rules)
    code = _late_problem(actual, share) if item.target.kind is TargetKind.DEADLINE else ""
    if code:
        completed = f"{actual.completed}完成" if actual.completed else "没有完成日期"
        place = beside(actual.place, "grade")
        return finding(code, place, target=item.target.text, completed=completed, **about)
    bands = [band for band in rules.bands_for(item.target.kind) if actual.grade in (band.grade, None)]
    grade = actual.grade.value if actual.grade else "逾期（未选完成等级）"
    words = {"grade": grade, "band": f"{show(bands[-1].low)}%（含）至{_upper_words(bands[0])}"}
    if share is None:
        return finding("share-missing", beside(actual.place, "share"), **words, **about)
    if not any(band.holds(share) for band in bands):
        return finding("share-outside", beside(actual.place, "share"), share=show(share), **words, **about)
    return None


def _late_problem(actual: Actual, share: Decimal | None) -> str:
    """Code of what is wrong with the grade of a missed deadline: 达成, or none and no share either."""
    if actual.grade is Grade.ACHIEVED:
        return "deadline-graded-achieved"
    return "deadline-ungraded" if actual.grade is None and share is None else ""


def _upper_words(band: Band) -> str:
    return f"{show(band.high)}%（{'含' if band.high == 100 else '不含'}）"
