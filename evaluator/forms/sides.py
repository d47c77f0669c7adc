"""The sides of a form that has its long-term and its annual things beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.forms.tags import tag
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell

Split = tuple[tuple[int, Horizon], ...]
"""Where the sides of a side-by-side form begin: column and horizon, left to right."""


def find_sides(cells: Sequence[Cell]) -> Split:
    """The sides that a row names (长期目标 | 年度目标) where it says nothing else; else empty."""
    sides = [(cell.column, horizon_said(cell)) for cell in cells if not _is_neither(cell)]
    known = tuple((column, horizon) for column, horizon in sides if horizon)
    several = len({horizon for _, horizon in known}) > 1
    return known if several and len(known) == len(sides) else ()


def _is_neither(cell: Cell) -> bool:
    return tag(cell.text).is_scaffold and horizon_said(cell) is None


def horizon_said(cell: Cell) -> Horizon | None:
    """Whose indicators or goals a cell names: 长期绩效目标1, 年度绩效指标; None for any other."""
    said = tag(cell.text)
    return said.goal[0] if said.goal else said.table


def side_of(split: Split, column: int) -> Horizon | None:
    """The side on which a column stands."""
    return next((horizon for start, horizon in reversed(split) if column >= start), None)
