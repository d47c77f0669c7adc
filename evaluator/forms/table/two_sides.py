"""Long-term and annual indicators of one table: side by side, or told apart by a cell beside their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluator.forms.sides import Split, horizon_said
from evaluator.forms.table.alignment import Column
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell

_SHARED = (Role.GOAL, Role.LEVEL1)


def is_two_sided(columns: tuple[Column, ...]) -> bool:
    """Whether long-term and annual indicators stand side by side."""
    return sum(column.role is Role.NAME for column in columns) > 1


def horizon_beside(cells: Sequence[Cell]) -> Horizon | None:
    """Whose table a header is of, where a cell before its first head says so: 长期绩效指标 | 一级指标."""
    before = next((n for n, cell in enumerate(cells) if tag(cell.text).role), 0)
    said = (tag(cell.text).table or horizon_said(cell) for cell in cells[:before])
    return next(filter(None, said), None)


def horizon_in(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[Cell, Horizon] | None:
    """Whose indicators a row and those below are, with the cell merged over them that says so: 长期绩效指标.

    Where the table has a column of goals, what stands there is a goal's name.
    """
    with_goals = any(column.role is Role.GOAL for column in columns)
    left = min((column.position for column in columns), default=0)
    for cell in cells[:2]:
        if cell.column < left and tag(cell.text).matches("lower_value"):  # 中期, 年度
            term = vocabulary().says("long_term_time", cell.text)
            return cell, Horizon.LONG_TERM if term else Horizon.ANNUAL
        if horizon := _horizon_of_rows(cell, with_goals=with_goals):
            return cell, horizon
    return None


def _horizon_of_rows(cell: Cell, *, with_goals: bool) -> Horizon | None:
    said = tag(cell.text)
    if said.table and said.folded.endswith("指标"):
        return said.table
    return said.goal[0] if said.goal and not with_goals else None


def put_sides(columns: tuple[Column, ...], split: Split) -> tuple[Column, ...]:
    """Say of each column which side it is on; level 1 and the goal's name belong to both."""
    if not is_two_sided(columns):
        return columns
    start = _second_side(columns)
    order = tuple(dict.fromkeys(horizon for _, horizon in split)) or (Horizon.LONG_TERM, Horizon.ANNUAL)
    return tuple(
        column if column.role in _SHARED else replace(column, horizon=order[0 if index < start else 1])
        for index, column in enumerate(columns)
    )


def _second_side(columns: Sequence[Column]) -> int:
    """Where the right side begins: at the first level 2 or name behind the left side's name."""
    names = [index for index, column in enumerate(columns) if column.role is Role.NAME]
    further = range(names[0] + 1, names[1] + 1)
    return next(index for index in further if columns[index].role in (Role.LEVEL2, Role.NAME))
