"""The score of one indicator, with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from evaluator.records.approved import Indicator, Operator, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Score
from evaluator.records.submitted import Actual, Answer, Grade
from evaluator.rulesets import RuleSet
from evaluator.scoring.cases import Case
from evaluator.scoring.choosing import rule_for
from evaluator.scoring.grading import check_grade, in_time, is_graded, share_of
from evaluator.scoring.matching import Pair
from evaluator.scoring.points import Allotment
from evaluator.scoring.remarks import remarks_on
from evaluator.values.text import half_up, show
from evaluator.workbooks.answers import says_nothing, typed_instead
from evaluator.workbooks.layout import beside

_NUMERIC = (TargetKind.NUMERIC, TargetKind.RANGE)
_ZERO = Decimal(0)


def case_of(pair: Pair, points: Decimal, rules: RuleSet) -> Case:
    """What the pair's rule is given, for any number of points."""
    target, actual = pair.indicator.target, pair.actual
    return Case(
        points,
        target.deadline if target.kind is TargetKind.DEADLINE else target.value,
        target.upper,
        actual.completed if actual and target.kind is TargetKind.DEADLINE else pair.comparable,
        share_of(actual, rules) if actual else None,
    )


def score_indicator(
    pair: Pair, allotment: Allotment, rules: RuleSet, project: str
) -> tuple[Score, list[Finding]]:
    """Score one indicator: its rule's points less the typed deduction, rounded half up to 0.01.

    Not scored where it has no points, or no usable actual (found already), or one of these is found:
    negative-target, deduction-invalid, deduction-without-reason, deadline-ungraded,
    deadline-graded-achieved, share-missing, share-outside. Further findings: those of `remarks_on`.
    """
    item, actual, points = pair.indicator, pair.actual, allotment.points
    score = _unscored(pair, allotment, rules)
    if actual is None or not is_usable(pair):
        return score, []
    problem = _problem(pair, actual, rules, project)
    if problem or points is None:
        reason = (problem.text,) if problem else ()
        return replace(score, steps=(*score.steps, *reason)), [problem] if problem else []
    rule, case = rule_for(item.target, rules), case_of(pair, points, rules)
    earned = rule.points(case)
    deduction = actual.deduction or _ZERO
    score = replace(
        score,
        completion=_completion(pair),
        computed=half_up(earned),
        deduction=deduction,
        score=half_up(max(_ZERO, earned - deduction)),
        met=is_met(pair),
    )
    steps = (*score.steps, *_steps(pair, actual, score, rule.substitute(case, item.target.unit)))
    score = replace(score, steps=steps)
    return score, list(remarks_on(score, rules, project))


def _unscored(pair: Pair, allotment: Allotment, rules: RuleSet) -> Score:
    rule = rule_for(pair.indicator.target, rules)
    return Score(
        pair.indicator,
        pair.actual,
        allotment.group,
        allotment.points,
        allotment.even_points,
        allotment.origin,
        rule.kind,
        rule.words,
        comparable=pair.comparable,
        steps=(allotment.step,),
        citation=rule.citation,
    )


def is_usable(pair: Pair) -> bool:
    """Whether the actual can be held against the target at all."""
    target, actual = pair.indicator.target, pair.actual
    if actual is None or actual.answer is not Answer.FILLED:
        return False
    if target.kind in _NUMERIC:
        return pair.comparable is not None
    if target.kind is TargetKind.DEADLINE:
        return actual.completed is not None or actual.grade is not None
    return target.kind is TargetKind.QUALITATIVE and actual.grade is not None


def is_met(pair: Pair) -> bool:
    """Whether the target was reached; ＞ and ＜ ask for more than equality."""
    target, actual, value = pair.indicator.target, pair.actual, pair.comparable
    if target.kind is TargetKind.DEADLINE:
        return actual is not None and in_time(pair.indicator, actual)
    if target.kind is TargetKind.QUALITATIVE:
        return actual is not None and actual.grade is Grade.ACHIEVED
    return value is not None and target.value is not None and _compare(target, value, target.value)


def _compare(target: Target, value: Decimal, bound: Decimal) -> bool:
    """＝ is scored as positive, so more than the target meets it too, unless the target is 0."""
    if target.upper is not None:
        return bound <= value <= target.upper
    if target.operator is Operator.ABOVE:
        return value > bound
    if target.operator is Operator.BELOW:
        return value < bound
    if target.operator is Operator.AT_MOST or (bound == 0 and target.operator is Operator.EQUAL):
        return value <= bound
    return value >= bound


def _completion(pair: Pair) -> Decimal | None:
    """B/A in percent, for every operator; None without a positive target."""
    target = pair.indicator.target
    if target.kind is not TargetKind.NUMERIC or pair.comparable is None:
        return None
    if target.value is None or target.value <= 0:
        return None
    return half_up(pair.comparable / target.value * 100)


def _problem(pair: Pair, actual: Actual, rules: RuleSet, project: str) -> Finding | None:
    return next(_problems(pair, actual, rules, project), None)


def _problems(pair: Pair, actual: Actual, rules: RuleSet, project: str) -> Iterator[Finding]:
    item = pair.indicator
    about = {"project": project, "indicator": item.code, "name": item.name}
    wrong_grade = check_grade(item, actual, rules, project) if is_graded(item, actual) else None
    if wrong_grade:
        yield wrong_grade
    if _missed_negative(pair):
        typed = f"{show(pair.comparable)}{item.target.unit}"
        yield finding("negative-target", actual.place, target=item.target.text, actual=typed, **about)
    deduction = actual.deduction or _ZERO
    if deduction < 0:
        place = beside(actual.place, "deduction")
        yield finding("deduction-invalid", place, deduction=show(deduction), **about)
    if deduction > 0 and says_nothing(actual.deduction_reason):
        place = beside(actual.place, "deduction_reason")
        shown = {"deduction": show(deduction), "typed": typed_instead(actual.deduction_reason)}
        yield finding("deduction-without-reason", place, **shown, **about)


def _missed_negative(pair: Pair) -> bool:
    """Whether the bound that was missed is negative: a ratio to it has no meaning."""
    target, value = pair.indicator.target, pair.comparable
    if value is None or target.value is None:
        return False
    if target.upper is not None:
        return value < target.value < 0 or value > target.upper < 0
    below = target.operator in (Operator.BELOW, Operator.AT_MOST)
    return target.value < 0 and (value > target.value if below else value < target.value)


def _steps(pair: Pair, actual: Actual, score: Score, substituted: str) -> Iterator[str]:
    """The derivation after the points: actual, rule with numbers, deduction, score."""
    item = pair.indicator
    yield _compared(item, actual, pair.comparable)
    yield f"{score.words}：{substituted}"
    if score.points and score.score == score.points and not score.met and pair.comparable is not None:
        yield f"按算式得满分，但目标是“{item.target.text}”，恰好相等不算达到目标"
    if score.deduction:
        reason = f"扣减{show(score.deduction)}分，理由：{actual.deduction_reason}"
        yield f"{reason}；得分＝计算得分{show(score.computed)}－{show(score.deduction)}，不低于0分"
    yield f"四舍五入到0.01，得{score.score:.2f}分"


def _compared(item: Indicator, actual: Actual, comparable: Decimal | None) -> str:
    target = f"目标“{item.target.text}”"
    if item.approved_target != item.target.text:
        target += f"（人工更正，原批复“{item.approved_target}”）"
    if comparable is None:
        completed = f"{actual.completed}完成" if actual.completed else ""
        grade = actual.grade.value if actual.grade and is_graded(item, actual) else ""
        return f"{target}，实际：{'，'.join(filter(None, (completed, grade)))}"
    own = f"{show(actual.value)}{actual.unit}"
    shown = f"{show(comparable)}{item.target.unit}"
    converted = f"（填写为{own}）" if actual.unit and own != shown else ""
    return f"{target}，完成值{shown}{converted}"
