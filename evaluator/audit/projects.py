"""A filled sheet as the approved form behind it: for the groups of the rules and the checks on targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from evaluator.audit.judging import amounts_of
from evaluator.audit.records import AuditedSheet, Judged
from evaluator.records.approved import Goal, Horizon, Indicator, Project
from evaluator.rulesets import RuleSet, WeightSource
from evaluator.scoring.groups import parts_of

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
    if amount is None or sheet.budget is None:
        return None
    return amount / _WAN if sheet.budget.unit == "元" else amount


def group_points(
    sheet: AuditedSheet, rows: Iterable[Judged], rules: RuleSet
) -> list[tuple[str, Decimal, Decimal]] | None:
    """Each group with its printed points and those of the rules; None where these leave it open.

    Open: points from an approved plan, rows without points, a group that is lacking and has no heir.
    """
    scored = [item for item in rows if not item.row.execution]
    if _is_open(scored, rules):
        return None
    parts = parts_of(project_of(sheet, scored), rules)
    if sum(len(part.items) for part in parts) != len(scored):
        return None
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for part in parts:
        printed, due = found.get(part.name, (Decimal(0), Decimal(0)))
        own = sum((item.points or Decimal(0) for item in part.items), Decimal(0))
        found[part.name] = printed + own, due + part.points
    return [(name, printed, due) for name, (printed, due) in found.items()]


def _is_open(rows: Sequence[Judged], rules: RuleSet) -> bool:
    if rules.weights is WeightSource.PLANNED or not rows or any(item.points is None for item in rows):
        return True
    return _lacks_a_group({item.row.level1 for item in rows}, rules)


def _lacks_a_group(levels: set[str], rules: RuleSet) -> bool:
    """Whether the rules have a group that the sheet has not, and nobody who would get its points."""
    allocation = next(item for item in rules.allocations if levels.issuperset(item.present))
    held = {group.name for group in allocation.groups if levels & set(group.level1)}
    return any(group.name not in held and group.heir not in held for group in allocation.groups)
