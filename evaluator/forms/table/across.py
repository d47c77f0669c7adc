"""Tables that lie on their side: indicators in columns, a town or a project a row. Named, not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.source import Cell
from evaluator.values.text import tidy
from evaluator.values.units import is_money, symbol

_UNIT = re.compile(r"[(（]([^()（）]{1,8})[)）]$")
_VALUE = 0.5  # that a text is a value
_FEWEST = 2  # heads that are levels, or names with their units

Rows = Sequence[tuple[Cell, ...]]


def refusal_of(heads: Sequence[str]) -> str:
    """The finding that refuses a table with values below several heads, none of them 指标值: those of towns,
    or of times and results (1至7月执行情况, 全年预计) that no list has.
    """
    times = any(vocabulary().says("time_of_value", head) for head in heads)
    return "values-unnamed" if times else "values-by-place"


def indicators_across(cells: Sequence[Cell], below: Rows) -> tuple[str, ...]:
    """The heads of a table whose columns are indicators; empty for any other row.

    Transfers to counties are published so: 地区 | 数量指标 | 质量指标, or 地区 | 桥梁（座） | 合格率（%）.
    """
    if any(tag(cell.text).value >= _VALUE or tag(cell.text).role for cell in cells[1:]):
        return ()
    return _levels_across(cells) or _names_across(cells, below)


def _levels_across(cells: Sequence[Cell]) -> tuple[str, ...]:
    levels = [cell for cell in cells if tag(cell.text).is_level]
    found = _are_several_levels(levels) and 2 * len(levels) >= len(cells)
    return tuple(tidy(cell.text) for cell in levels) if found else ()


def _names_across(cells: Sequence[Cell], below: Rows) -> tuple[str, ...]:
    units = sum(_has_unit(cell.text) for cell in cells[1:])
    found = units >= _FEWEST and 2 * units >= len(cells) - 1 and below and _is_of_values(below[0])
    return tuple(tidy(cell.text) for cell in cells[1:]) if found else ()


def _are_several_levels(cells: Sequence[Cell]) -> bool:
    """Whether cells name two levels that never stand in one row."""
    first = {tag(cell.text).level1 for cell in cells} - {None}
    second = {tag(cell.text).level2 for cell in cells if not tag(cell.text).level1} - {None}
    return len(second) >= _FEWEST or (len(first) >= _FEWEST and not second and len(cells) > _FEWEST)


def _has_unit(text: str) -> bool:
    """Whether a head names what is counted: 新建桥梁（座）; money is what funds are counted in."""
    found = _UNIT.search(tidy(text))
    unit = symbol(found[1]) if found else None
    return bool(unit) and not is_money(unit or "")


def _is_of_values(cells: Sequence[Cell]) -> bool:
    """Whether a row names something and says nothing else but values of it."""
    return len(cells) > _FEWEST and not tag(cells[0].text).value and all(tag(c.text).value for c in cells[1:])
