"""The budget of a form: of several amounts the one that is the year's, and its money in 万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.quantities import read_quantity
from evaluator.values.units import convert, is_money, symbol

_TOTAL = re.compile(r"^\s*(?:资金)?(?:总额|合计|总计|共计|共)[:：为]?")
_PARTS = re.compile(r"[\s(（,，;；。、]*其中.*", re.DOTALL)
_REMARK = re.compile(r"[(（][^()（）\d]*[)）]$")
_LARGE = Decimal(100000)  # 万元; more than a unit's project has, but not much in 元


class Scope(StrEnum):
    """What a label of a budget asks for; the values are the facts of ``vocabulary/forms.toml``."""

    YEAR = "year_budget"  # 年度资金总额, 批复金额: the year's, or what was approved
    PROJECT = "budget"  # 项目预算, 资金总额: says no time
    TOTAL = "项目总预算"  # what the whole term costs; the budget of a form that names no other


PARTS = ("其中：财政拨款", "上年结转资金", "其他资金")
"""Facts of a head that the year's budget is made of."""

FUNDS = frozenset(
    {
        *PARTS,
        "实施期资金总额",
        *("实施期其中：财政拨款", "实施期上年结转资金", "实施期其他资金", Scope.TOTAL),
    }
)
"""Facts of a head that are amounts of money without being the year's budget."""


@dataclass(frozen=True, slots=True)
class Budget:
    """An amount as it is written, whose it is, the unit that its own label names (or empty), its place."""

    year: int
    scope: Scope
    amount: str
    unit: str
    place: Place

    def replaces(self, known: Budget) -> bool:
        """Whether it counts instead of another one of the form: the year's before one that says no time."""
        return self.scope is Scope.YEAR and known.scope is Scope.PROJECT


def sum_of_parts(parts: Sequence[str], unit: str, place: Place) -> Decimal | None:
    """The sum of parts in 万元; None where there is none, or one that cannot be read."""
    amounts = [in_wan(Budget(0, Scope.PROJECT, text, "", place), unit)[0] for text in parts]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def in_wan(budget: Budget, unit: str) -> tuple[Decimal | None, list[Finding]]:
    """The amount in 万元: by the unit in its cell, else that of its label, else `unit`, else 万元.

    Findings: budget-unreadable; budget-unit-assumed for a large amount of which no unit is known.
    """
    bare = _REMARK.sub("", _PARTS.sub("", _TOTAL.sub("", budget.amount)))
    value, written, _ = read_quantity(bare)
    given = budget.unit or unit
    known = symbol(written or given or "万元")
    if value is None or known is None or not is_money(known):
        return None, [finding("budget-unreadable", budget.place, text=budget.amount[:40])]
    if not written and not given and value >= _LARGE:
        return value, [finding("budget-unit-assumed", budget.place, text=budget.amount[:40])]
    return convert(value, known, "万元"), []
