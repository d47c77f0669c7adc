"""The figures of all units together: sums, rate, and the score weighted by budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from evaluator.records.findings import Finding
from evaluator.records.rollup import Due, ProjectLine, Rollup, UnitLine
from evaluator.values.text import half_up


def roll_up(year: int, units: Sequence[UnitLine], dues: Iterable[Due], findings: Iterable[Finding]) -> Rollup:
    """Add up the units of a year."""
    projects = [project for unit in units for project in unit.projects]
    adjusted, spent = sum_of(p.adjusted for p in projects), sum_of(p.spent for p in projects)
    return Rollup(
        year=year,
        units=tuple(units),
        dues=tuple(dues),
        findings=tuple(findings),
        score=weighted(projects),
        adjusted=adjusted,
        spent=spent,
        rate=rate_of(adjusted, spent),
    )


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are there; None where none is."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None


def rate_of(adjusted: Decimal | None, spent: Decimal | None) -> Decimal | None:
    """Spent of what there was, in percent to 0.01; None where that is not known."""
    return half_up(spent / adjusted * 100) if adjusted and spent is not None else None


def weighted(projects: Iterable[ProjectLine]) -> Decimal | None:
    """The score of projects together: complete ones by budget of the whole year, as `unit_score`."""
    return mean_by_budget((project.adjusted, project.total) for project in projects if project.complete)


def mean_by_budget(projects: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of totals weighted by budgets, rounded once to 0.01; None where there is no budget at all."""
    known = [(budget, total) for budget, total in projects if budget is not None]
    weight = sum(budget for budget, _ in known)
    return half_up(sum(budget * total for budget, total in known) / weight) if weight else None
