"""The columns of target values: which of several is the year's, and one target spread over several cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import filterfalse
from math import inf

from evaluator.forms.table.alignment import Column
from evaluator.forms.vocabulary import Role, fold, vocabulary
from evaluator.records.approved import Horizon, Operator
from evaluator.records.source import Cell
from evaluator.values.quantities import NUMBER, column_operator
from evaluator.values.text import squash
from evaluator.values.units import symbol

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_BEGINS = re.compile(rf"{NUMBER}")


@dataclass(frozen=True, slots=True)
class ValueHeads:
    """The columns once it is clear which value is the year's; `doubted` are heads that may be it as well, and
    `other` is the head of the only values, where it says another time than the year. `places` are heads of
    values of several towns, none of them the project's; `supposed` is what the rows said of unclear heads;
    `flat` says that the rows lost the cells before their names.
    """

    columns: tuple[Column, ...]
    own: str = ""
    doubted: tuple[str, ...] = ()
    other: str = ""
    places: tuple[str, ...] = ()
    supposed: str = ""
    flat: bool = False


def choose_values(columns: tuple[Column, ...], year: int) -> ValueHeads:
    """Of several value columns beside one name: the year's, that of the whole term, and further ones.

    2025年指标值 | 指标值（2026年） | 指标值（中期）: brackets count. Where nothing but their order tells
    columns apart, the last one is the year's, and the others are doubted.
    """
    several = [column for column in columns if column.role is Role.VALUE]
    if len(several) < 2:
        return ValueHeads(columns, other=_of_another_time(several, year))
    term = next(filter(_is_long_term, several), None)
    own, doubted = _own(list(filterfalse(_is_long_term, several)), year)
    sides = {own: Horizon.ANNUAL, term: Horizon.LONG_TERM} if own and term else {}
    further = set(several) - {own, *sides}
    chosen = tuple(_as_chosen(column, sides, further) for column in columns)
    return ValueHeads(chosen, own.header if own else "", tuple(column.header for column in doubted))


def _of_another_time(values: Sequence[Column], year: int) -> str:
    """The head of the only values where it says another time than the year; else empty."""
    return next((column.header for column in values if _is_of_another_time(column, year)), "")


def _as_chosen(column: Column, sides: Mapping[Column, Horizon], further: Collection[Column]) -> Column:
    if column in further:
        return replace(column, role=Role.EXTRA)
    return replace(column, horizon=sides.get(column, column.horizon))


def _own(columns: Sequence[Column], year: int) -> tuple[Column | None, list[Column]]:
    """The year's column of several, and those that may be it as well."""
    values = list(filterfalse(_is_description, columns)) or list(columns)
    ours = [column for column in values if year in _years(column)]
    if ours:
        return ours[-1], ours[:-1]
    timeless = list(filterfalse(_is_dated_or_other, values))
    plain = list(filter(_has_no_brackets, timeless)) or timeless
    own = plain[-1] if plain else None
    return own, [column for column in timeless if column is not own]


def _is_description(column: Column) -> bool:
    return fold(column.header).endswith("内容")


def _years(column: Column) -> list[int]:
    return [int(year) for year in _YEAR.findall(squash(column.header))]


def _is_dated_or_other(column: Column) -> bool:
    return bool(_years(column)) or vocabulary().says("other_value", column.header)


def _has_no_brackets(column: Column) -> bool:
    return fold(column.header) == squash(column.header).rstrip(":")


def _is_of_another_time(column: Column, year: int) -> bool:
    years = _years(column)
    return _is_long_term(column) or (bool(years) and year not in years)


def _is_long_term(column: Column) -> bool:
    words = vocabulary()
    return words.is_long_term_value(column.header) or words.says("long_term_time", column.header)


def join_value(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[Cell, ...]:
    """A row with its operator, number and unit in one cell, where 指标值 stands over all three without heads.

    ≥ | 30 | 个 below one head is ≥30个; where the table has columns for them, they stay apart.
    """
    roles = {column.role for column in columns}
    start, end = _extent(columns)
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last and start < last.column and cell.column < end and _belongs(last, cell, roles):
            joined[-1] = replace(last, text=f"{last.text}{cell.text}")
        else:
            joined.append(cell)
    return tuple(joined)


def _extent(columns: Sequence[Column]) -> tuple[float, float]:
    """Between which columns the pieces of a target may stand: behind the name, before what follows the value;
    nowhere where no column is the value's.
    """
    at = next((column.position for column in columns if column.role is Role.VALUE), None)
    if at is None:
        return inf, -inf
    name = max((column.position for column in columns if column.role is Role.NAME), default=-1)
    return name, min((column.position for column in columns if column.position > at), default=inf)


def _belongs(last: Cell, cell: Cell, roles: set[Role]) -> bool:
    """Whether a cell goes on with the one before: a number behind its operator, a unit behind a number."""
    if Role.OPERATOR not in roles and isinstance(column_operator(last.text), Operator):
        return _BEGINS.match(squash(cell.text)) is not None
    if Role.UNIT in roles or symbol(cell.text) is None:
        return False
    number = _BEGINS.search(squash(last.text))
    return number is not None and squash(last.text).endswith(number[0])
