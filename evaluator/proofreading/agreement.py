"""What the parts of one form say of each other: two tables, costs and the budget, points and their sum.

Where they differ one of them may have been misread, and nobody knows which: both are doubted.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from evaluator.checks import counted_costs, twins_of
from evaluator.proofreading.words import say
from evaluator.records.approved import Horizon, Project
from evaluator.values.text import half_up, show

HEAD: Final = ""
"""Stands for the code in doubts of a project's name and budget."""
_WHOLE: Final = frozenset(map(Decimal, (100, 90, 80)))
"""What the points of all indicators add up to: the rest of 100 is the budget's."""

Doubt = tuple[str, str]
"""The code of an indicator, or `HEAD`, and why it is doubted."""


def sum_doubts(project: Project) -> Iterator[Doubt]:
    """Doubts where costs do not add up to the budget, or points to a whole."""
    for horizon in Horizon:
        costs = counted_costs(project, horizon)
        total = half_up(sum(costs.values(), Decimal(0)))
        if costs and project.budget is not None and total != half_up(project.budget):
            said = say("costs", total=show(total), budget=show(project.budget))
            yield from ((code, said) for code in (*costs, HEAD))
    yield from _point_doubts(project)


def _point_doubts(project: Project) -> Iterator[Doubt]:
    points = [item.points for item in project.annual if item.points is not None]
    total = sum(points, Decimal(0))
    if not points:
        return
    for item in project.annual:
        if item.points is None:
            yield item.code, say("no-points")
        elif total not in _WHOLE:
            yield item.code, say("points", total=show(total))


def twins(project: Project) -> dict[str, str]:
    """The code of the long-term indicator that an annual one is held against, by the annual one's."""
    return {annual.code: code for code, annual in twins_of(project).items()}
