"""The columns of target values: which of several is the year's, and one target spread over several cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from evaluator.forms.alignment import Column
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
        others = (column.header for column in several if _is_of_another_time(column.header, year))
        return ValueHeads(columns, other=next(others, ""))
    of_term = [column for column in several if _is_long_term(column.header)]
    own, doubted = _own([column for column in several if column not in of_term], year)
    sides = {own: Horizon.ANNUAL, of_term[0]: Horizon.LONG_TERM} if own and of_term else {}
    further = [column for column in several if column is not own and column not in sides]
    chosen = tuple(_as_chosen(column, sides, further) for column in columns)
    return ValueHeads(chosen, own.header if own else "", tuple(column.header for column in doubted))


def _as_chosen(column: Column, sides: Mapping[Column, Horizon], further: Sequence[Column]) -> Column:
    if column in further:
        return replace(column, role=Role.EXTRA)
    return replace(column, horizon=sides.get(column, column.horizon))


def _own(columns: Sequence[Column], year: int) -> tuple[Column | None, list[Column]]:
    """The year's column of several, and those that may be it as well."""
    values = [column for column in columns if not fold(column.header).endswith("内容")] or list(columns)
    ours = [column for column in values if str(year) in _YEAR.findall(squash(column.header))]
    if ours:
        return ours[-1], ours[:-1]
    timeless = [column for column in values if not _is_dated_or_other(column.header)]
    plain = [column for column in timeless if _has_no_brackets(column.header)] or timeless
    own = plain[-1] if plain else None
    return own, [column for column in timeless if column is not own]


def _is_dated_or_other(header: str) -> bool:
    return _YEAR.search(squash(header)) is not None or vocabulary().says("other_value", header)


def _has_no_brackets(header: str) -> bool:
    return fold(header) == squash(header).rstrip(":")


def _is_of_another_time(header: str, year: int) -> bool:
    years = _YEAR.findall(squash(header))
    return _is_long_term(header) or (bool(years) and str(year) not in years)


def _is_long_term(header: str) -> bool:
    words = vocabulary()
    return words.is_long_term_value(header) or words.says("long_term_time", header)


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
