"""What a scored indicator still lacks, and what an auditor would ask about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evaluator.records.approved import Operator, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Score
from evaluator.records.submitted import Actual
from evaluator.rulesets import Entry, RuleSet
from evaluator.values.text import half_up, show
from evaluator.workbooks.answers import says_nothing, typed_instead
from evaluator.workbooks.layout import beside

_POSITIVE = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)


def remarks_on(score: Score, rules: RuleSet, project: str) -> Iterator[Finding]:
    """Findings on a scored indicator.

    reason-missing, description-missing, overshoot-unexplained (warnings), overshoot-flagged (note).
    """
    actual = score.actual
    if actual is None or score.score is None or score.points is None:
        return
    about = {"project": project, "indicator": score.indicator.code, "name": score.indicator.name}
    if Entry.REASON in rules.mandatory and score.score < score.points and _is_silent(actual):
        shown = {"score": show(score.score), "points": show(score.points)}
        shown["typed"] = typed_instead(actual.reason)
        yield finding("reason-missing", beside(actual.place, "reason"), **shown, **about)
    qualitative = score.indicator.target.kind is TargetKind.QUALITATIVE
    if Entry.DESCRIPTION in rules.mandatory and qualitative and says_nothing(actual.description):
        typed = typed_instead(actual.description)
        yield finding("description-missing", beside(actual.place, "description"), typed=typed, **about)
    times = _times_the_target(score)
    if times is not None and times >= rules.overshoot.value:
        code = _overshoot_code(actual, times, rules)
        target = score.indicator.target.text
        yield finding(code, actual.place, target=target, times=show(half_up(times)), **about)


def _is_silent(actual: Actual) -> bool:
    """Whether no reason is given, be it for the deduction."""
    return says_nothing(actual.reason) and says_nothing(actual.deduction_reason)


def _overshoot_code(actual: Actual, times: Decimal, rules: RuleSet) -> str:
    texts = (actual.reason, actual.description, actual.deduction_reason)
    explained = not all(says_nothing(text) for text in texts)
    mandatory = times >= rules.overshoot_reason.value
    return "overshoot-unexplained" if mandatory and not explained else "overshoot-flagged"


def _times_the_target(score: Score) -> Decimal | None:
    """B/A of a positive indicator, None for the others and without a positive target."""
    target, value = score.indicator.target, score.comparable
    positive = target.kind is TargetKind.NUMERIC and target.operator in _POSITIVE
    if not positive or value is None or target.value is None or target.value <= 0:
        return None
    return value / target.value
