"""Points of each indicator: level-1 groups, shared out evenly, set by hand, or as approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import GroupScore
from evaluator.records.source import Place
from evaluator.records.submitted import Submission
from evaluator.rulesets import RuleSet, WeightSource
from evaluator.scoring.groups import Part, apportion, parts_of
from evaluator.values.text import CENT, show
from evaluator.workbooks.layout import beside

EVEN, OWN, APPROVED = "均分", "自定", "批复"


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
    """The allotment of each annual indicator by code, and the groups, as yet without a score."""

    allotments: Mapping[str, Allotment]
    groups: tuple[GroupScore, ...]


def share_out(
    project: Project, submission: Submission | None, rules: RuleSet
) -> tuple[Shares, list[Finding]]:
    """Points of every annual indicator, with 自定分值 from the submission where there is one.

    Findings: level1-ungrouped, points-invalid, points-sum, weights-incomplete, weights-sum (errors: those
    indicators are not scored), approved-points-unused (warning), points-own, weights-not-planned (notes).
    """
    own = _own_points(project, submission)
    actuals = submission.actuals if submission else {}
    places = {code: beside(actual.place, "points") for code, actual in actuals.items()}
    findings: list[Finding] = []
    desk = _Desk(project, own, places, findings)
    parts = parts_of(project, rules)
    if rules.weights is WeightSource.PLANNED:
        if _has_plan(project, own):
            return _as_planned(desk, parts, rules), findings
        desk.report("weights-not-planned", project.annual)
    allotments: dict[str, Allotment] = {}
    for part in parts:
        allotments.update(_within(desk, part))
    for item in project.annual:
        if item.code not in allotments:
            level1 = item.level1 or "（空）"
            desk.report("level1-ungrouped", [item], item.code, level1=level1, name=item.name)
            step = f"一级指标“{level1}”不在计分规则的分组之内，没有分值"
            allotments[item.code] = Allotment("", None, None, EVEN, step)
    groups = tuple(GroupScore(part.goal, part.name, part.points, None) for part in parts)
    return Shares(allotments, groups), findings


def _has_plan(project: Project, own: Mapping[str, Decimal]) -> bool:
    """Whether weights were approved, or typed for every indicator."""
    items = project.annual
    return any(i.points is not None for i in items) or (bool(items) and all(i.code in own for i in items))


def _own_points(project: Project, submission: Submission | None) -> dict[str, Decimal]:
    actuals = submission.actuals if submission else {}
    typed = {item.code: actuals[item.code].points for item in project.annual if item.code in actuals}
    return {code: points for code, points in typed.items() if points is not None}


# --- within a group -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the functions below share: who is scored, what was set by hand, where, and the findings."""

    project: Project
    own: Mapping[str, Decimal]
    places: Mapping[str, Place]
    findings: list[Finding]

    def report(self, code: str, items: Sequence[Indicator], indicator: str = "", **details: str) -> None:
        """Add a finding at the first of the items that were filled in."""
        place = next((self.places[i.code] for i in items if i.code in self.places), self.project.place)
        self.findings.append(finding(code, place, project=self.project.key, indicator=indicator, **details))

    def refuse(self, items: Iterable[Indicator], points: Mapping[str, Decimal], most: Decimal) -> bool:
        """Report every number of points that is none: negative, too large, or finer than 0.01."""
        wrong = [i for i in items if i.code in points and not _fits(points[i.code], most)]
        for item in wrong:
            self.report("points-invalid", [item], item.code, points=show(points[item.code]), most=show(most))
        return bool(wrong)


def _fits(points: Decimal, most: Decimal) -> bool:
    return 0 <= points <= most and points % CENT == 0


def _within(desk: _Desk, part: Part) -> dict[str, Allotment]:
    """The points of a group's indicators: as typed, as approved, or evenly."""
    own = {item.code: desk.own[item.code] for item in part.items if item.code in desk.own}
    approved = {item.code: item.points for item in part.items if item.points is not None}
    if own:
        return _set_by_hand(desk, part, own)
    total = sum(approved.values(), Decimal(0))
    fitting = all(_fits(points, part.points) for points in approved.values())
    if approved and not (fitting and len(approved) == len(part.items) and total == part.points):
        desk.report(
            "approved-points-unused", part.items, group=part.name, total=show(total), points=show(part.points)
        )
        approved = {}
    points, origin = (approved, APPROVED) if approved else (part.even, EVEN)
    words = "按批复" if approved else f"{len(part.items)}项均分"
    return {
        code: Allotment(
            part.name, value, part.even[code], origin, f"{part.step}，{words}，本项{show(value)}分"
        )
        for code, value in points.items()
    }


def _set_by_hand(desk: _Desk, part: Part, own: Mapping[str, Decimal]) -> dict[str, Allotment]:
    """Typed points; indicators without share the rest evenly; together they are exactly the group's."""
    rest = part.points - sum(own.values(), Decimal(0))
    blank = [item.code for item in part.items if item.code not in own]
    invalid = desk.refuse(part.items, own, part.points)
    if not invalid and (rest < 0 or (rest and not blank)):
        total = show(sum(own.values(), Decimal(0)))
        desk.report("points-sum", part.items, group=part.name, total=total, points=show(part.points))
        invalid = True
    if invalid:
        step = f"{part.step}，自定分值有误，本组未计分"
        return {code: Allotment(part.name, None, even, OWN, step) for code, even in part.even.items()}
    points = {
        **own,
        **dict(zip(blank, apportion(rest, [Decimal(1)] * len(blank)) if blank else [], strict=True)),
    }
    compared = "、".join(
        f"{code} {show(points[code])}（均分{show(even)}）" for code, even in part.even.items()
    )
    desk.report("points-own", part.items, group=part.name, compared=compared)
    return {
        code: Allotment(part.name, points[code], even, OWN, _own_step(part, points[code], even, code in own))
        for code, even in part.even.items()
    }


def _own_step(part: Part, points: Decimal, even: Decimal, typed: bool) -> str:
    who = "单位自定" if typed else "均分余下的分值"
    return f"{part.step}，{who}，本项{show(points)}分（组内均分为{show(even)}分）"


# --- as approved --------------------------------------------------------------------------------


def _as_planned(desk: _Desk, parts: Iterable[Part], rules: RuleSet) -> Shares:
    """Approved weights, or what was typed in their place; all together must be exactly the points."""
    items, most = desk.project.annual, rules.indicator_points
    points = {item.code: item.points for item in items if item.points is not None} | dict(desk.own)
    missing = [item.code for item in items if item.code not in points]
    total = sum(points.values(), Decimal(0))
    invalid = desk.refuse(items, points, most)
    if missing:
        desk.report("weights-incomplete", items, codes="、".join(missing))
    elif not invalid and total != most:
        desk.report("weights-sum", items, total=show(total), points=show(most))
    usable = not missing and not invalid and total == most
    group_of = {item.code: part.name for part in parts for item in part.items}
    even = {code: value for part in parts for code, value in part.even.items()}
    if usable and desk.own:
        compared = "、".join(
            f"{i.code} {show(points[i.code])}（批复{show(i.points) or '无'}）"
            for i in items
            if i.code in desk.own
        )
        desk.report("points-own", items, group="全部指标", compared=compared)
    allotments = {}
    for item in items:
        origin = OWN if item.code in desk.own else APPROVED
        value = points[item.code] if usable else None
        words = f"分值{origin}{show(value)}分" if usable else "批复分值有误，未计分"
        group = group_of.get(item.code, item.level1)
        step = f"{words}（{rules.weights_clause.citation.text}）"
        allotments[item.code] = Allotment(group, value, even.get(item.code), origin, step)
    return Shares(allotments, _planned_groups(items, allotments, points))


def _planned_groups(
    items: Iterable[Indicator], allotments: Mapping[str, Allotment], points: Mapping[str, Decimal]
) -> tuple[GroupScore, ...]:
    sums: dict[tuple[int, str], Decimal] = {}
    for item in items:
        key = (item.goal, allotments[item.code].group)
        sums[key] = sums.get(key, Decimal(0)) + points.get(item.code, Decimal(0))
    return tuple(GroupScore(goal, name, total, None) for (goal, name), total in sorted(sums.items()))
