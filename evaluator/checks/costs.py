"""Cost indicators: which amounts add up, and what they are beside the project's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evaluator.checks.words import has, words
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Horizon, Indicator, Operator, Project, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.values.measures import is_price, is_price_name, is_raised_name, is_saved_name
from evaluator.values.text import half_up, show, squash
from evaluator.values.units import convert, is_money

Cost = tuple[Indicator, Decimal]  # in 万元

_PER_YEAR = "/年"
_YEAR = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_NOT_SPENT = ("社会成本指标", "生态环境成本指标")


def in_wan(value: Decimal, unit: str) -> Decimal:
    """An amount of money, or of money a year, in 万元."""
    return convert(value, unit.removesuffix(_PER_YEAR), "万元")


def is_cost(item: Indicator) -> bool:
    """Whether an indicator limits an amount of money that the project spends, in a year where it says so."""
    upper = item.target.operator in (Operator.AT_MOST, Operator.BELOW, Operator.EQUAL)
    limited = upper or item.target.kind is TargetKind.RANGE
    money = is_money(item.target.unit.removesuffix(_PER_YEAR))
    spent = vocabulary().level2(item.level2) not in _NOT_SPENT and not is_saved_name(item.name)
    return _is_of_costs(item) and limited and money and spent and not is_price_name(item.name)


def asks_for_more(item: Indicator) -> bool:
    """Whether an indicator of costs demands at least so much money, or such a price."""
    lower = item.target.operator in (Operator.AT_LEAST, Operator.ABOVE)
    money = is_money(item.target.unit) or is_price(item.target.unit)
    meant = is_raised_name(item.name) or is_saved_name(item.name)
    return _is_of_costs(item) and lower and money and not meant


def _is_of_costs(item: Indicator) -> bool:
    return item.level1 == "成本指标" or vocabulary().level2(item.level2) == "成本指标"


def check_costs(project: Project, year: int) -> Iterator[Finding]:
    """Costs in money, added up and rounded like the budget, against the budget."""
    if project.budget is None:
        return
    for horizon in (Horizon.LONG_TERM, Horizon.ANNUAL):
        costs = adding_up(_limits(project, horizon), project.budget)
        total = _sum(costs)
        if costs and half_up(total) > half_up(project.budget):
            yield finding(
                "cost-over-budget",
                costs[0][0].place,
                project=project.key,
                indicator=costs[0][0].code,
                horizon=horizon.value,
                total=show(total),
                parts="＋".join(show(amount) for _, amount in costs),
                budget=show(project.budget),
            )


def counted_costs(project: Project, horizon: Horizon) -> dict[str, Decimal]:
    """What the cost indicators of a table that add up allow, in 万元, by their codes."""
    whole = project.budget or Decimal(0)
    return {item.code: amount for item, amount in adding_up(_limits(project, horizon), whole)}


def _limits(project: Project, horizon: Horizon) -> list[Cost]:
    """What each cost indicator of a table allows; for the long term only what one year may cost."""
    items = [item for item in project.indicators if item.horizon is horizon and is_cost(item)]
    if horizon is Horizon.LONG_TERM:
        longer = _lasts_years(project)
        items = [item for item in items if not longer and not _is_of_years(item)]
    return [
        (item, in_wan(amount, item.target.unit)) for item in items if (amount := _upper(item)) is not None
    ]


def _upper(item: Indicator) -> Decimal | None:
    return item.target.upper if item.target.kind is TargetKind.RANGE else item.target.value


def _is_of_years(item: Indicator) -> bool:
    return item.target.unit.endswith(_PER_YEAR) or has(squash(item.name), "costs.several_years")


def _lasts_years(project: Project) -> bool:
    """Whether the form's head gives the money, or the term, of more than the year."""
    term = "".join(project.facts.get(name, "") for name in words("costs.term_facts"))
    funded = any(project.facts.get(name) for name in words("costs.longer_facts"))
    return funded or len(set(_YEAR.findall(squash(term)))) > 1


def adding_up(costs: list[Cost], whole: Decimal) -> list[Cost]:
    """Those costs that are not in one another: the parts or their total, whichever is more.

    A total is named so (项目总成本), or is all of `whole` while the others add up to it.
    """
    own = [cost for cost in costs if not _is_called(cost, "costs.parts")] or costs
    totals = [cost for cost in own if _is_called(cost, "costs.totals")]
    single = _without_whole([cost for cost in own if cost not in totals], whole)
    if any(half_up(amount) == half_up(whole) for _, amount in totals):
        return max(totals[:1], single, key=_sum)  # one goal's total is that of the project
    goals = dict.fromkeys(item.goal for item, _ in own)
    return [cost for goal in goals for cost in max(_largest(totals, goal), _of(single, goal), key=_sum)]


def _is_called(cost: Cost, words_of: str) -> bool:
    return has(squash(cost[0].name), words_of)


def _without_whole(costs: list[Cost], whole: Decimal) -> list[Cost]:
    """Costs without one that is all of the project where it is their total, or is said again."""
    entire = [cost for cost in costs if half_up(cost[1]) == half_up(whole)]
    parts = [cost for cost in costs if cost not in entire]
    if entire and parts and half_up(_sum(parts)) == half_up(whole):
        return parts
    said: dict[str, Cost] = {}
    for cost in entire:
        said.setdefault(squash(cost[0].name), cost)
    return [cost for cost in costs if cost in parts or cost in said.values()]


def _of(costs: list[Cost], goal: int) -> list[Cost]:
    return [cost for cost in costs if cost[0].goal == goal]


def _largest(costs: list[Cost], goal: int) -> list[Cost]:
    return sorted(_of(costs, goal), key=lambda cost: cost[1])[-1:]


def _sum(costs: list[Cost]) -> Decimal:
    return sum((amount for _, amount in costs), Decimal(0))
