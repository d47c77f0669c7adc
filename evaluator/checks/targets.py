"""Checks on approved targets: each is a function from a project and a year to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from evaluator.checks.comparison import check_duplicates, compare_tables
from evaluator.checks.costs import asks_for_more, check_costs
from evaluator.checks.goals import check_goals
from evaluator.checks.years import other_years
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Horizon, Indicator, Operator, Project
from evaluator.records.findings import Finding, finding
from evaluator.values.measures import (
    is_ceiling,
    is_count_name,
    is_high_rate,
    is_price,
    is_rate_name,
    is_whole_rate,
    no_unit_of_rates,
)
from evaluator.values.units import convert, is_duration, is_money, is_rate

Check = Callable[[Project, int], Iterator[Finding]]

_FAR = 2150  # a long-term target may be of any year to come


def check_targets(project: Project, year: int) -> list[Finding]:
    """Everything that is remarkable in one project's approved targets (findings of ``checks.toml``)."""
    return [item for check in _CHECKS for item in check(project, year)]


def _find(code: str, project: Project, item: Indicator, **details: object) -> Finding:
    return finding(code, item.place, project=project.key, indicator=item.code, **details)


def _check_basis(project: Project, year: int) -> Iterator[Finding]:
    if not any(item.basis for item in project.indicators):
        return  # a form without that column
    for item in project.annual:
        if not item.basis:
            yield _find("basis-missing", project, item, name=item.name)


def _check_years(project: Project, year: int) -> Iterator[Finding]:
    """The year in a name against the deadline, and the deadline against the year."""
    for item in project.indicators:
        target, annual = item.target, item.horizon is Horizon.ANNUAL
        own = target.deadline.year if target.deadline else year
        years = other_years(item.name, own) if annual else other_years(item.name, min(year, own), _FAR)
        if years:
            yield _find("year-disagrees", project, item, name=item.name, years=years, target=target.text)
        if annual and target.deadline and own != year:
            yield _find("deadline-outside-year", project, item, name=item.name, target=target.text, year=year)


def _check_units(project: Project, year: int) -> Iterator[Finding]:
    """A rate in units of something else, a count in percent, a rate beyond the whole or next to none."""
    for item in project.indicators:
        target = item.target
        details = {"name": item.name, "target": target.text}
        if is_rate_name(item.name) and no_unit_of_rates(target.unit):
            yield _find("rate-unit", project, item, **details, unit=target.unit)
        if is_rate(target.unit):
            yield from (_find(code, project, item, **details) for code in _rate_codes(item))


def _rate_codes(item: Indicator) -> Iterator[str]:
    """What is wrong with a target in percent."""
    percent = _percent(item)
    if is_count_name(item.name):
        yield "count-unit"
    if is_whole_rate(item.name) and percent > 100:
        yield "rate-above-100"
    if is_high_rate(item.name) and not _upper(item) and item.target.unit == "%" and 0 < percent <= 1:
        yield "rate-below-1"


def _percent(item: Indicator) -> Decimal:
    highest = item.target.value if item.target.upper is None else item.target.upper
    return convert(highest or Decimal(0), item.target.unit, "%")


def _upper(item: Indicator) -> bool:
    return item.target.operator in (Operator.AT_MOST, Operator.BELOW)


def _check_bounds(project: Project, year: int) -> Iterator[Finding]:
    """An upper bound on a quantity of output, a lower one on a cost."""
    for item in project.indicators:
        details = {"name": item.name, "target": item.target.text}
        if _upper(item) and _is_output(item):
            yield _find("quantity-upper-bound", project, item, **details)
        if asks_for_more(item):
            yield _find("cost-lower-bound", project, item, **details)


def _is_output(item: Indicator) -> bool:
    """Whether it is a quantity of output that could be too small: no time limit, no money, no failures."""
    unit, value = item.target.unit, item.target.value
    bounded = is_duration(unit) or is_money(unit) or is_price(unit) or not value
    part = is_rate(unit) and (not is_whole_rate(item.name) or _percent(item) >= 100)
    quantity = vocabulary().level2(item.level2) == "数量指标"
    return quantity and not (bounded or part or is_ceiling(item.name))


def _check_levels(project: Project, year: int) -> Iterator[Finding]:
    words = vocabulary()
    for item in project.indicators:
        parents = words.level2_parents.get(words.level2(item.level2) or "", ())
        details = {"name": item.name, "level1": item.level1}
        if item.level1 and words.level1(item.level1) is None:
            yield _find("level1-unlisted", project, item, **details)
        elif parents and item.level1 and item.level1 not in parents:
            yield _find("level-mismatch", project, item, **details, level2=item.level2)


_CHECKS: tuple[Check, ...] = (
    compare_tables,
    _check_basis,
    check_costs,
    check_goals,
    _check_years,
    _check_units,
    _check_bounds,
    _check_levels,
    check_duplicates,
)
