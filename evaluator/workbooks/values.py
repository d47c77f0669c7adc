"""What a typed cell means: numbers with their units, percentages, dates, grades, shares, amounts.

Each function returns a value and the code of what is wrong (empty where nothing is), with its details.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from evaluator.records.approved import Target
from evaluator.values.dates import read_date
from evaluator.values.quantities import LARGEST, read_quantity
from evaluator.values.text import decimal_from_float, decimal_from_text, plain, squash
from evaluator.values.units import is_rate, symbol
from evaluator.workbooks.entries import Entry

NOT_APPLICABLE = frozenset({"不适用", "N/A", "n/a", "NA"})
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_HALF, _FAR = Decimal(50), Decimal(500)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an entry means, or what is wrong with it; `remark` is a note about how it was read."""

    value: Decimal | None = None
    unit: str = ""
    problem: str = ""
    remark: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def formula_problem(entry: Entry) -> Meaning | None:
    """What is wrong with an entry before it is read at all: an error value, a formula without result."""
    if entry.formula and entry.value is None:
        return Meaning(problem="formula-without-value")
    if isinstance(entry.value, str) and entry.value.strip() in _ERRORS:
        return Meaning(problem="cell-error", details={"typed": entry.text})
    return None


def number_problem(entry: Entry) -> Meaning | None:
    """What is wrong with an entry that is to be a number, before its unit matters."""
    number = number_of(entry)
    if number is not None and abs(number) >= LARGEST:
        return Meaning(problem="cell-number-too-large", details={"typed": entry.text[:40]})
    return formula_problem(entry)


def number_of(entry: Entry) -> Decimal | None:
    """A stored or typed plain number; None for anything else (a date, a word, a truth value)."""
    value = entry.value
    if isinstance(value, bool | date | time):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float):
        return decimal_from_float(value) if value == value and abs(value) < 1e300 else None
    return decimal_from_text(value) if isinstance(value, str) else None


def read_actual(entry: Entry, unit_entry: Entry, target: Target) -> Meaning:
    """The actual of a numeric target, in the unit of its unit cell (the target's where that is blank)."""
    unit_text = squash(unit_entry.text)
    unit = symbol(unit_text) or unit_text or target.unit
    if isinstance(entry.value, date | time):
        return Meaning(problem="date-for-number")
    number = number_of(entry)
    if number is None:
        return _read_typed(entry.text, unit, target)
    if isinstance(entry.value, str):
        return _ambiguous(number, unit, target) or Meaning(number, unit, remark="number-as-text")
    if entry.is_percent:
        if unit and not is_rate(unit):
            return Meaning(problem="percent-for-unit", details={"unit": unit})
        return _far_above(number, target) or Meaning(plain(number * 100), "%")
    return _ambiguous(number, unit, target) or Meaning(number, unit)


def is_far_rate(target: Target) -> bool:
    """Whether 1000% and more may be meant: the target itself is a rate far above 100%."""
    return target.value is not None and target.value >= _FAR


def _far_above(number: Decimal, target: Target) -> Meaning | None:
    """95 pasted into a percent cell is 9500%; only the person knows."""
    if abs(number) < 10 or is_far_rate(target):
        return None
    shown, hundred = format(plain(number * 100), "f"), format(plain(number), "f")
    return Meaning(problem="percent-ambiguous", details={"typed": shown, "hundred": hundred})


def _ambiguous(number: Decimal, unit: str, target: Target) -> Meaning | None:
    """0.95 in a cell that is no percentage, where the unit is %: 0.95% or 95%? Only the person knows."""
    if unit != "%" or number == 0:
        return None
    high = target.value is not None and target.value >= _HALF
    if abs(number) <= 1 or (high and abs(number) < 2):
        shown = format(plain(number), "f")
        hundred = format(plain(number * 100), "f")
        return Meaning(problem="percent-ambiguous", details={"typed": shown, "hundred": hundred})
    return None


def _read_typed(text: str, unit: str, target: Target) -> Meaning:
    """A number with words around it: ≥266米, 979.11万元, 95%; or no number at all."""
    value, written, copied = read_quantity(text)
    if copied and value is not None:
        return Meaning(problem="operator-copied", details={"typed": text[:40]})
    known = symbol(written) if written else None
    if value is None or known is None:
        return Meaning(problem="actual-not-number", details={"typed": text[:40]})
    if unit and known != unit and unit != target.unit:
        return Meaning(problem="unit-said-twice", details={"typed": text[:40], "unit": unit})
    return Meaning(value, known, remark="number-as-text")


def read_completed(entry: Entry, year: int) -> date | None:
    """A date cell, or a date as text; None where it is none."""
    if isinstance(entry.value, datetime):
        return entry.value.date()
    if isinstance(entry.value, date):
        return entry.value
    return read_date(entry.text, year) if entry.text else None


def read_share(entry: Entry) -> Meaning:
    """A share of the points in percent: 75, 75%, or 0.75 in a percent cell."""
    number = number_of(entry)
    if number is None:
        value, written, copied = read_quantity(entry.text)
        if value is None or copied or written != "%":
            return Meaning(problem="share-not-number", details={"typed": entry.text[:20]})
        return Meaning(value, "%")
    if entry.is_percent and not isinstance(entry.value, str):
        return Meaning(plain(number * 100), "%")
    if 0 < number <= 1:
        shown, hundred = format(plain(number), "f"), format(plain(number * 100), "f")
        return Meaning(problem="share-ambiguous", details={"typed": shown, "hundred": hundred})
    return Meaning(number, "%")


def read_amount(entry: Entry, unit: str) -> Meaning:
    """Money in 万元 or points in 分: a plain number, or one with that very unit."""
    number = number_of(entry)
    if number is None:
        value, written, copied = read_quantity(entry.text)
        if value is None or copied or squash(written) != unit:
            return Meaning(problem="amount-not-number", details={"typed": entry.text[:20], "unit": unit})
        number = value
    if entry.is_percent and not isinstance(entry.value, str):
        return Meaning(problem="amount-not-number", details={"typed": f"{number * 100}%", "unit": unit})
    return Meaning(number, unit)
