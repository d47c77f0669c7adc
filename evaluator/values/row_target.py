"""A target as it stands in a row: its text, and what the row's columns, its name and its levels add.

Where the text is bare, the name may give operator and unit, a cost without operator is at most, and 200万
beside money is 200万元. Where text and name disagree, the row has no target.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.measures import (
    is_ceiling,
    is_cost_level,
    is_gain_name,
    is_money_row,
    is_quick_name,
    is_raised_name,
    is_saved_name,
)
from evaluator.values.name_hints import Hint, read_hint
from evaluator.values.reading import Reading
from evaluator.values.target import read_target
from evaluator.values.units import compatible, convert, is_duration, is_rate, measures_money, multiplier

_UPWARD = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)  # scored alike, unless the target is 0
_DOWNWARD = (Operator.AT_MOST, Operator.BELOW)
_NUMERIC = (TargetKind.NUMERIC, TargetKind.RANGE)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says beside its target's text; `operator` and `unit` are those of columns of their own."""

    name: str
    level1: str = ""
    level2: str = ""
    operator: str = ""
    unit: str = ""


def read_row_target(text: str, row: Row, year: int, place: Place, budget: Decimal | None = None) -> Reading:
    """Read a target with all that its row says of it.

    Findings are those of `read_target`, and unit-of-name, operator-of-name, operator-as-equal (notes),
    cost-at-most, money-without-unit (warnings), name-disagrees (error: no target).
    """
    money = is_money_row(row.name, row.level1, row.level2)
    read = _Read(text, row, year, place, budget, money)
    target, findings = read.with_unit(row.unit)
    if target.kind not in _NUMERIC:
        return target, findings
    hint = _usable(read_hint(row.name), target)
    if hint and _disagree(hint, target, findings):
        said = finding("name-disagrees", place, name=row.name, text=target.text, said=hint.said)
        return Target(target.text, TargetKind.UNREADABLE), [said]
    if hint and hint.unit and not target.unit and not row.unit and (money or not multiplier(hint.unit)):
        target, findings = read.with_unit_of(hint)
    target, findings = read.directed(target, findings, hint)
    return target, [read.of_money(item) for item in findings]


def _usable(hint: Hint | None, target: Target) -> Hint | None:
    """A hint with a number is one only beside that number: （65岁以上） says who is counted."""
    if hint is None or hint.value is None or _same_number(hint, target):
        return hint
    of_target = compatible(hint.unit, target.unit) if target.unit and hint.unit else is_rate(hint.unit)
    return hint if of_target and hint.operator else None


def _same_number(hint: Hint, target: Target) -> bool:
    if hint.value is None or not hint.unit or not target.unit or not compatible(hint.unit, target.unit):
        return hint.value == target.value
    return convert(hint.value, hint.unit, target.unit) == target.value


def _disagree(hint: Hint, target: Target, findings: list[Finding]) -> bool:
    """Whether the name and the text both speak and say different things; a unit alone may be a remark."""
    if hint.value is not None and not _same_number(hint, target):
        return True
    stated = hint.operator is not None or hint.is_unfilled
    if stated and hint.unit and target.unit and not _of_one_kind(hint.unit, target.unit):
        return True
    return not _lacks_operator(findings) and _oppose(hint.operator, target)


def _of_one_kind(one: str, other: str) -> bool:
    """Whether units convert, or one is the other for each of something: 元 beside 元/户·年."""
    if multiplier(one) or multiplier(other):
        return True
    return compatible(one, other) or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _oppose(said: Operator | None, target: Target) -> bool:
    """Whether an operator would be scored otherwise than the target's; one of its direction would not."""
    own = target.operator
    if said is None or own is None or said is own:
        return False
    directions = (_DOWNWARD, _UPWARD if target.value else ())
    return not any(said in direction and own in direction for direction in directions)


def _lacks_operator(findings: list[Finding]) -> bool:
    return any(item.code == "operator-missing" for item in findings)


@dataclass(frozen=True, slots=True)
class _Read:
    """One text in its row, read with one unit or another."""

    text: str
    row: Row
    year: int
    place: Place
    budget: Decimal | None
    money: bool

    def with_unit(self, unit: str) -> Reading:
        operator = self.row.operator
        return read_target(
            self.text,
            self.year,
            self.place,
            operator=operator,
            unit=unit,
            budget=self.budget,
            money=self.money,
        )

    def with_unit_of(self, hint: Hint) -> Reading:
        """The reading in the unit that the name gives, and a note."""
        target, findings = self.with_unit(hint.unit)
        note = finding("unit-of-name", self.place, name=self.row.name, text=self.text, unit=hint.unit)
        return replace(target, text=self.text), [*findings, note]

    def directed(self, target: Target, findings: list[Finding], hint: Hint | None) -> Reading:
        """The target with the operator that it lacks: the name's, at most for a cost, else ＝."""
        if not _lacks_operator(findings):
            return target, findings
        about = {"name": self.row.name, "text": target.text}
        if hint and hint.operator:
            own = hint.operator
            said = finding("operator-of-name", self.place, operator=own.value, **about)
        elif self._is_spent(target):
            own, said = Operator.AT_MOST, finding("cost-at-most", self.place, **about)
        elif self._may_be_at_most(target):
            return target, findings
        else:
            own, alike = Operator.EQUAL, "≥" if target.value else "≤"
            said = finding("operator-as-equal", self.place, text=target.text, alike=alike)
        told = [said if item.code == "operator-missing" else item for item in findings]
        return replace(target, operator=own), told

    def _is_spent(self, target: Target) -> bool:
        """Whether it is a cost in money or a price, which is meant as a limit."""
        row = self.row
        meant = is_saved_name(row.name) or is_raised_name(row.name)
        money = measures_money(target.unit) or (self.money and not target.unit)
        return is_cost_level(row.level1, row.level2) and money and not meant

    def _may_be_at_most(self, target: Target) -> bool:
        """Whether ≤ may be meant, which would be scored otherwise: 投诉次数, 响应时间, 补助标准."""
        row, value = self.row, target.value
        if not value:
            return False  # ＝0 and ≤0 are scored alike
        quick = is_duration(target.unit) and (is_quick_name(row.name) or "时效" in row.level2)
        spent = measures_money(target.unit) and not is_gain_name(row.name)
        limited = is_cost_level(row.level1, row.level2) or is_ceiling(row.name)
        return value < 0 or limited or quick or spent

    def of_money(self, item: Finding) -> Finding:
        """A missing unit of money is more than a missing unit: the row is not scored with it."""
        if item.code != "unit-missing" or not self.money:
            return item
        return finding("money-without-unit", self.place, name=self.row.name, text=self.text)
