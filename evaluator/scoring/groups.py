"""The level-1 groups of each annual goal, and how totals are split exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.rulesets import Allocation, Group, RuleSet
from evaluator.values.text import CENT, show


@dataclass(frozen=True, slots=True)
class Part:
    """A level-1 group of one annual goal: its points, its indicators, how the points came about."""

    goal: int
    name: str
    points: Decimal
    items: tuple[Indicator, ...]
    step: str

    @property
    def even(self) -> dict[str, Decimal]:
        """The group's points shared out evenly, by indicator code."""
        codes = [item.code for item in self.items]
        return dict(zip(codes, apportion(self.points, [Decimal(1)] * len(codes)), strict=True))

    @property
    def approved(self) -> dict[str, Decimal]:
        """Points of the group's indicators as they were approved, by code."""
        return {item.code: item.points for item in self.items if item.points is not None}

    @property
    def differs(self) -> bool:
        """Whether approved points, if there are any, are not exactly what the rule set gives the group."""
        given = self.approved
        whole = len(given) == len(self.items) and all(fits(points, self.points) for points in given.values())
        return bool(given) and not (whole and sum(given.values()) == self.points)


def fits(points: Decimal, most: Decimal) -> bool:
    """Whether a number can be an indicator's points: not negative, not more than `most`, whole cents."""
    return 0 <= points <= most and points % CENT == 0


def apportion(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split a total, a multiple of 0.01, by weights: to 0.01, adding up exactly (largest remainder).

    Of equal remainders the first in order is served first. Without weights there are no parts.
    """
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [share.quantize(CENT, rounding=ROUND_FLOOR) for share in exact]
    left = int((total - sum(parts)) / CENT)
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[:left]:
        parts[i] += CENT
    return parts


def parts_of(project: Project, rules: RuleSet) -> list[Part]:
    """The groups of every annual goal; goals share the points evenly.

    Indicators whose level 1 is in no group of the rule set are in no part.
    """
    parts: list[Part] = []
    numbers = project.goal_numbers
    shares = apportion(rules.indicator_points, [Decimal(1)] * len(numbers))
    for goal, points in zip(numbers, shares, strict=True):
        items = [item for item in project.annual if item.goal == goal]
        head = f"{len(numbers)}个年度目标平均分配，目标{goal}共{show(points)}分；" if len(numbers) > 1 else ""
        parts.extend(_goal_parts(goal, points, items, _allocation_for(items, rules.allocations), head))
    return parts


def _allocation_for(items: Iterable[Indicator], allocations: Iterable[Allocation]) -> Allocation:
    held = {item.level1 for item in items}
    return next(allocation for allocation in allocations if held.issuperset(allocation.present))


def _goal_parts(
    goal: int, points: Decimal, items: Sequence[Indicator], allocation: Allocation, head: str
) -> list[Part]:
    """The groups that the goal has; a missing one leaves its points to its heir, else to all pro rata."""
    members = {group.name: _members(group, items) for group in allocation.groups}
    weights = {group.name: group.points for group in allocation.groups if members[group.name]}
    missing = [group for group in allocation.groups if not members[group.name]]
    for group in missing:
        if group.heir in weights:
            weights[group.heir] += group.points
    shares = apportion(points, list(weights.values()))
    note = "".join(_missing_words(group, weights) for group in missing)
    citation = f"（{allocation.clause.citation.text}）"
    return [
        Part(goal, name, share, members[name], f"{head}{note}{name}组{show(share)}分{citation}")
        for name, share in zip(weights, shares, strict=True)
    ]


def _members(group: Group, items: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(item for item in items if item.level1 in group.level1)


def _missing_words(group: Group, weights: Mapping[str, Decimal]) -> str:
    where = f"计入{group.heir}组" if group.heir in weights else "按比例分给其他组"
    return f"没有{group.name}，其分值{where}；"
