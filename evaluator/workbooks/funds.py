"""The sheet of the budget: amounts as typed to the year's funds, and what their parts come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from itertools import product

from evaluator.records.submitted import Fund
from evaluator.values.text import show
from evaluator.workbooks import layout
from evaluator.workbooks.entries import Entries, Entry
from evaluator.workbooks.values import Meaning, number_problem, read_amount

_EMPTY = Entry(None)
Given = Mapping[tuple[str, str], Decimal | None]
Check = Callable[[Entry, Meaning], Meaning]
"""Tells what is wrong with an entry, if anything, and gives its meaning back."""
Say = Callable[..., None]
"""Adds a finding: code, place, details."""


def read_funds(entries: Entries, check: Check, say: Say) -> tuple[tuple[Fund, ...], frozenset[str]]:
    """The rows of the budget sheet, in 万元, and the columns with an amount that cannot be read.

    Such a column has no amount at all: its sum would be wrong. A grant that is told by who gave it is
    the sum of what they gave.
    """
    amounts: dict[tuple[str, str], Meaning] = {}
    for name, column in product(layout.FUNDS, layout.FUND_COLUMNS):
        entry = entries.funds.get((name, column), _EMPTY)
        meaning = (number_problem(entry) or read_amount(entry, "万元")) if entry.filled else Meaning()
        amounts[name, column] = check(entry, meaning)
    spoilt = {column for (_, column), meaning in amounts.items() if meaning.problem}
    given = {key: meaning.value for key, meaning in amounts.items()}
    spoilt |= {column for column in layout.FUND_COLUMNS if _said_twice(entries, given, column, say)}
    lines = [line for line in layout.FUND_LINES if _is_shown(entries, line)]
    return tuple(_fund(entries, given, spoilt, line) for line in lines), frozenset(spoilt)


def _is_shown(entries: Entries, line: layout.FundLine) -> bool:
    """The funds of every form are there always, the others where anything was typed."""
    typed = any(entries.funds.get((line.name, c), _EMPTY).filled for c in layout.FUND_COLUMNS)
    return typed or line in layout.EARLIER_FUND_LINES


def _fund(entries: Entries, given: Given, spoilt: Collection[str], line: layout.FundLine) -> Fund:
    sums = {c: None if c in spoilt else _whole(given, line, c) for c in layout.FUND_COLUMNS}
    place = entries.funds.get((line.name, "initial"), _EMPTY).place
    return Fund(line.name, **sums, place=place, part_of=line.part_of)


def _said_twice(entries: Entries, given: Given, column: str, say: Say) -> bool:
    """Whether a fund and its parts both have an amount, and not the same."""
    for line in layout.FUND_LINES:
        parts, own = _parts(given, line, column), given[line.name, column]
        if parts and own is not None and own != sum(parts):
            amounts = {"amount": show(own), "parts": show(sum(parts, Decimal(0)))}
            about = {"fund": line.name, "column": layout.FUND_TITLES[column]}
            say("fund-parts-differ", entries.funds[line.name, column].place, **about, **amounts)
            return True
    return False


def _parts(given: Given, line: layout.FundLine, column: str) -> list[Decimal]:
    """The amounts of the parts of a fund that were given."""
    amounts = (given[part.name, column] for part in layout.FUND_LINES if part.part_of == line.name)
    return [amount for amount in amounts if amount is not None]


def _whole(given: Given, line: layout.FundLine, column: str) -> Decimal | None:
    """A fund's amount: as given, else the sum of its parts; none while one that is used lacks it."""
    own, parts = given[line.name, column], _parts(given, line, column)
    used = [part for part in layout.FUND_LINES if part.part_of == line.name and _is_used(given, part)]
    return sum(parts, Decimal(0)) if own is None and parts and len(parts) == len(used) else own


def _is_used(given: Given, line: layout.FundLine) -> bool:
    return any(given[line.name, column] is not None for column in layout.FUND_COLUMNS)
