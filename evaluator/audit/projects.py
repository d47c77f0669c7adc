"""A filled sheet as the approved form behind it: for the groups of the rules and the checks on targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluator.audit.judging import amounts_of
from evaluator.audit.records import AuditedSheet, Judged
from evaluator.records.approved import Goal, Horizon, Indicator, Project
from evaluator.rulesets import Group, RuleSet, WeightSource
from evaluator.scoring.groups import Part, parts_of

_WAN = Decimal(10000)


def project_of(sheet: AuditedSheet, rows: Iterable[Judged]) -> Project:
    """The sheet's targets as a project; the budget in 万元, the budget's own row among them left out."""
    indicators = tuple(
        Indicator(
            code=str(item.row.number),
            horizon=Horizon.ANNUAL,
            goal=item.row.goal,
            level1=item.row.level1,
            level2=item.row.level2,
            name=item.row.name,
            target=item.target,
            basis="",
            place=item.row.place,
            points=item.points,
        )
        for item in rows
        if not item.row.execution
    )
    goals = tuple(
        Goal(Horizon.ANNUAL, number, goal.text, goal.place) for number, goal in enumerate(sheet.goals, 1)
    )
    return Project(
        sheet.project, sheet.project, sheet.unit, _budget(sheet), goals, indicators, sheet.place, ""
    )


def _budget(sheet: AuditedSheet) -> Decimal | None:
    whole = sheet.budget.whole if sheet.budget else None
    amount = amounts_of(whole)[0] if whole else None
    if not amount or sheet.budget is None:
        return None  # a budget of 0 is a blank that was filled with 0
    return amount / _WAN if sheet.budget.unit == "元" else amount


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """A level-1 group: points as printed, by the rules, and by them with a lacking group's shared out."""

    name: str
    printed: Decimal
    nominal: Decimal
    shared: Decimal


def group_points(
    sheet: AuditedSheet, rows: Iterable[Judged], rules: RuleSet
) -> tuple[GroupPoints, ...] | None:
    """The groups that a sheet has; None where the rules leave their points open.

    Open: points from an approved plan, rows without points, a level 1 that the rules do not know.
    """
    scored = [item for item in rows if not item.row.execution]
    if rules.weights is WeightSource.PLANNED or not scored or any(map(_lacks_points, scored)):
        return None
    parts = parts_of(project_of(sheet, scored), rules)
    if sum(len(part.items) for part in parts) != len(scored):
        return None
    return tuple(_groups(scored, parts, rules))


def _groups(rows: Iterable[Judged], parts: Sequence[Part], rules: RuleSet) -> Iterator[GroupPoints]:
    """The groups of the rules that the sheet has."""
    held = {part.name for part in parts}
    return (_group(group, parts) for group in _nominal(rows, rules) if group.name in held)


def _lacks_points(row: Judged) -> bool:
    return row.points is None and not row.row.shared


def _nominal(rows: Iterable[Judged], rules: RuleSet) -> tuple[Group, ...]:
    """The groups of the rules that are for these level-1 terms."""
    levels = {item.row.level1 for item in rows}
    return next(item for item in rules.allocations if levels.issuperset(item.present)).groups


def _group(group: Group, parts: Sequence[Part]) -> GroupPoints:
    own = [part for part in parts if part.name == group.name]
    printed = (item.points or Decimal(0) for part in own for item in part.items)
    shared = sum((part.points for part in own), Decimal(0))
    return GroupPoints(group.name, sum(printed, Decimal(0)), group.points, shared)


def differing(groups: Sequence[GroupPoints]) -> list[GroupPoints]:
    """The groups with other points than the rules'; none where a lacking group's are shared out right."""
    if all(group.printed == group.shared for group in groups):
        return []
    return [group for group in groups if group.printed != group.nominal]
