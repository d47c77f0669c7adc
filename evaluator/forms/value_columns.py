"""The columns of target values: which of several is the year's, and one target spread over several cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    values of several towns, none of them the project's; `supposed` is what the rows said of unclear heads.
    """

    columns: tuple[Column, ...]
    own: str = ""
    doubted: tuple[str, ...] = ()
    other: str = ""
    places: tuple[str, ...] = ()
    supposed: str = ""


def choose_values(columns: tuple[Column, ...], year: int) -> ValueHeads:
    """Of several value columns beside one name: the year's, that of the whole term, and further ones.

    2025年指标值 | 指标值（2026年） | 指标值（中期）: brackets count. Where nothing but their order tells
    columns apart, the last one is the year's, and the others are doubted.
    """
    several = [column for column in columns if column.role is Role.VALUE]
    if len(several) < 2:
        other = next((column.header for column in several if _is_of_another_time(column.header, year)), "")
        return ValueHeads(columns, other=other)
    term = next((column for column in several if _is_long_term(column.header)), None)
    rest = [column for column in several if column is not term and not _is_long_term(column.header)]
    own, doubted = _own(rest, year)
    sides = {own: Horizon.ANNUAL, term: Horizon.LONG_TERM} if own and term else {}
    chosen = tuple(
        replace(column, horizon=sides[column])
        if column in sides
        else replace(column, role=Role.EXTRA)
        if column in several and column is not own
        else column
        for column in columns
    )
    return ValueHeads(chosen, own.header if own else "", tuple(column.header for column in doubted))


def _own(columns: Sequence[Column], year: int) -> tuple[Column | None, list[Column]]:
    described = [column for column in columns if fold(column.header).endswith("内容")]
    values = [column for column in columns if column not in described] or described
    dated = [column for column in values if _YEAR.search(squash(column.header))]
    ours = [column for column in dated if str(year) in squash(column.header)]
    if ours:
        return ours[-1], ours[:-1]
    open_ = [c for c in values if c not in dated and not vocabulary().says("other_value", c.header)]
    plain = [column for column in open_ if fold(column.header) == squash(column.header).rstrip(":")] or open_
    if not plain:
        return None, []
    return plain[-1], [column for column in open_ if column is not plain[-1]]


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
    at = next((column.position for column in columns if column.role is Role.VALUE), None)
    name = max((c.position for c in columns if c.role is Role.NAME), default=-1)
    after = min((c.position for c in columns if at is not None and c.position > at), default=None)
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last and at is not None and last.column > name and _belongs(last, cell, roles, after):
            joined[-1] = replace(last, text=f"{last.text}{cell.text}")
        else:
            joined.append(cell)
    return tuple(joined)


def _belongs(last: Cell, cell: Cell, roles: set[Role], after: int | None) -> bool:
    inside = after is None or cell.column < after
    if not inside:
        return False
    if Role.OPERATOR not in roles and isinstance(column_operator(last.text), Operator):
        return _BEGINS.match(squash(cell.text)) is not None
    number = _BEGINS.search(squash(last.text))
    return (
        Role.UNIT not in roles
        and number is not None
        and squash(last.text).endswith(number[0])
        and symbol(cell.text) is not None
    )
