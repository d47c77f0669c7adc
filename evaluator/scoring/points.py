"""Points of each indicator: level-1 groups, shared out evenly, set by hand, or as approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.records.findings import Finding
from evaluator.records.scores import GroupScore
from evaluator.records.submitted import Submission
from evaluator.rulesets import RuleSet, WeightSource
from evaluator.scoring.desk import Desk
from evaluator.scoring.groups import Part, apportion, parts_of
from evaluator.values.text import show

EVEN, OWN, APPROVED = "均分", "自定", "批复"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Allotment:
    """What an indicator can earn.

    `points` is None where they could not be set (a finding says why), `even_points` what an even split
    within the group gives, `origin` who set them (均分, 自定, 批复), `step` how they came about.
    """

    group: str
    points: Decimal | None
    even_points: Decimal | None
    origin: str
    step: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The allotment of each annual indicator by code, and the groups, as yet without a score.

    `planned` says that the points are a plan of the whole project, whose groups may have other sums than
    the rule set's.
    """

    allotments: Mapping[str, Allotment]
    groups: tuple[GroupScore, ...]
    planned: bool = False


def share_out(
    project: Project, submission: Submission | None, rules: RuleSet
) -> tuple[Shares, list[Finding]]:
    """Points of every annual indicator, with 自定分值 from the submission where there is one.

    Findings: level1-ungrouped, points-invalid, points-sum, weights-incomplete, weights-sum, weights-over
    (errors: those indicators are not scored), points-other-groups, approved-points-unused (warnings),
    points-other-groups-chosen, approved-points-set-aside, points-own, weights-not-planned (notes).
    """
    desk = Desk(project, submission, rules)
    parts = parts_of(project, rules)
    if _is_plan(desk, parts):
        return _as_planned(desk, parts), desk.findings
    if rules.weights is WeightSource.PLANNED:
        desk.report("weights-not-planned", project.annual)
    return _in_groups(desk, parts), desk.findings


def _is_plan(desk: Desk, parts: Sequence[Part]) -> bool:
    """Whether points that somebody set count whatever the sums of their groups.

    Approved points are law for the unit where the rule set leaves it that; typed ones must be there for
    every indicator and add up to what all indicators have together.
    """
    source = desk.rules.weights
    if source is WeightSource.PLANNED:
        return desk.has_approved or desk.typed_for_all
    if source is WeightSource.GROUPS:
        return False
    return any(part.differs for part in parts) or (source is WeightSource.OWN and _is_own_plan(desk, parts))


def _is_own_plan(desk: Desk, parts: Sequence[Part]) -> bool:
    """Whether what was typed for all adds up as a whole, and not group by group."""
    whole = desk.typed_for_all and sum(desk.own.values()) == desk.rules.indicator_points
    grouped = sum(len(part.items) for part in parts) == len(desk.project.annual)
    return whole and (not grouped or any(desk.is_off(part) for part in parts))


# --- within the groups --------------------------------------------------------------------------


def _in_groups(desk: Desk, parts: Sequence[Part]) -> Shares:
    allotments: dict[str, Allotment] = {}
    for part in parts:
        allotments.update(_set_by_hand(desk, part) if desk.own_of(part) else _as_given(part))
    desk.report_off(parts)
    desk.report_unused(parts)
    for item in desk.project.annual:
        if item.code not in allotments:
            level1 = item.level1 or "（空）"
            desk.report("level1-ungrouped", [item], item.code, level1=level1, name=item.name)
            step = f"一级指标“{level1}”不在计分规则的分组之内，没有分值"
            allotments[item.code] = Allotment("", None, None, EVEN, step)
    groups = tuple(GroupScore(part.goal, part.name, part.points, None) for part in parts)
    return Shares(allotments, groups)


def _as_given(part: Part) -> dict[str, Allotment]:
    """The points of a group's indicators: as approved, or evenly."""
    approved = {} if part.differs else part.approved
    points, origin = (approved, APPROVED) if approved else (part.even, EVEN)
    words = "按批复" if approved else f"{len(part.items)}项均分"
    return {
        code: Allotment(
            part.name, value, part.even[code], origin, f"{part.step}，{words}，本项{show(value)}分"
        )
        for code, value in points.items()
    }


def _set_by_hand(desk: Desk, part: Part) -> dict[str, Allotment]:
    """Typed points; indicators without share the rest evenly; together they are exactly the group's."""
    own = desk.own_of(part)
    if desk.refuse(part.items, own) or desk.is_off(part):
        step = f"{part.step}，自定分值有误，本组未计分"
        return {code: Allotment(part.name, None, even, OWN, step) for code, even in part.even.items()}
    points = _with_rest(part, own)
    compared = "、".join(
        f"{code} {show(points[code])}（均分{show(even)}）" for code, even in part.even.items()
    )
    desk.report("points-own", part.items, group=part.name, compared=compared)
    return {
        code: Allotment(part.name, points[code], even, OWN, _own_step(part, points[code], even, code in own))
        for code, even in part.even.items()
    }


def _with_rest(part: Part, own: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Typed points, and what they leave of the group shared out evenly over the others."""
    blank = [item.code for item in part.items if item.code not in own]
    rest = part.points - sum(own.values(), _ZERO)
    shared = apportion(rest, [Decimal(1)] * len(blank))
    return {**own, **dict(zip(blank, shared, strict=True))}


def _own_step(part: Part, points: Decimal, even: Decimal, typed: bool) -> str:
    who = "单位自定" if typed else "均分余下的分值"
    return f"{part.step}，{who}，本项{show(points)}分（组内均分为{show(even)}分）"


# --- as approved, or as typed for all -----------------------------------------------------------


def _as_planned(desk: Desk, parts: Sequence[Part]) -> Shares:
    """Approved points, or what was typed in their place; all together must be exactly the points."""
    points = desk.approved | desk.own
    usable = desk.accept(points)
    even = {code: value for part in parts for code, value in part.even.items()}
    if usable and desk.own:
        compared = _compared(desk, points, even)
        desk.report("points-own", desk.project.annual, group="全部指标", compared=compared)
    if usable:
        desk.report_other_groups(points, parts)
    allotments = _planned(desk, points if usable else {}, even, parts)
    return Shares(allotments, _planned_groups(desk.project.annual, allotments, points), planned=True)


def _planned(
    desk: Desk, points: Mapping[str, Decimal], even: Mapping[str, Decimal], parts: Sequence[Part]
) -> dict[str, Allotment]:
    """What each indicator can earn by the plan; nothing where there are no points."""
    group_of = {item.code: part.name for part in parts for item in part.items}
    allotments = {}
    for item in desk.project.annual:
        origin = OWN if item.code in desk.own else APPROVED
        value = points.get(item.code)
        words = f"分值{origin}{show(value)}分" if points else "分值有误，未计分"
        group = group_of.get(item.code, item.level1)
        step = f"{words}（{desk.rules.weights_clause.citation.text}）"
        allotments[item.code] = Allotment(group, value, even.get(item.code), origin, step)
    return allotments


def _compared(desk: Desk, points: Mapping[str, Decimal], even: Mapping[str, Decimal]) -> str:
    """Each typed number of points beside the one that it stands for."""
    words = []
    for item in desk.project.annual:
        if item.code in desk.own:
            plain = f"均分{show(even[item.code])}" if item.code in even else "批复无"
            was = plain if item.points is None else f"批复{show(item.points)}"
            words.append(f"{item.code} {show(points[item.code])}（{was}）")
    return "、".join(words)


def _planned_groups(
    items: Iterable[Indicator], allotments: Mapping[str, Allotment], points: Mapping[str, Decimal]
) -> tuple[GroupScore, ...]:
    sums: dict[tuple[int, str], Decimal] = {}
    for item in items:
        key = (item.goal, allotments[item.code].group)
        sums[key] = sums.get(key, _ZERO) + points.get(item.code, _ZERO)
    return tuple(GroupScore(goal, name, total, None) for (goal, name), total in sums.items())
