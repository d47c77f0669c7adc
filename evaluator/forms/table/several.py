"""Several indicators in one row: a name and a target on each line of its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluator.forms.table.alignment import Column
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Cell

_NUMBER = re.compile(r"^\s*(?:[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.、．)）])(?!\d)\s*")
_SHARED = (Role.OPERATOR, Role.UNIT, Role.BASIS)  # one cell of these is for all lines


def split_lines(cells: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[Cell, ...]]:
    """One row for each line of a row whose names and targets have equally many lines; else the row itself.

    培训人数⏎培训班次 | ≥500人⏎≥10期 are two indicators. A name that is only too long for its cell has
    more lines than its target.
    """
    roles = {column.position: column.role for column in columns}
    lines = {cell.column: _lines(cell) for cell in cells}
    count = _count(cells, roles, lines)
    if count < 2:
        return [tuple(cells)]
    return [
        tuple(
            replace(cell, text=lines[cell.column][n] if len(lines[cell.column]) == count else cell.text)
            for cell in cells
            if n == 0 or len(lines[cell.column]) == count or roles.get(cell.column) in _SHARED
        )
        for n in range(count)
    ]


def _count(cells: Sequence[Cell], roles: Mapping[int, Role], lines: Mapping[int, list[str]]) -> int:
    """How many indicators the one name and the one target of a row are, by their lines."""
    names, values = ([c for c in cells if roles.get(c.column) is role] for role in (Role.NAME, Role.VALUE))
    if len(names) != 1 or len(values) != 1:
        return 1
    targets = lines[values[0].column]
    same = len(lines[names[0].column]) == len(targets)
    return len(targets) if same and all(tag(text).value >= 0.8 for text in targets) else 1


def _lines(cell: Cell) -> list[str]:
    return [text for line in cell.text.split("\n") if (text := _NUMBER.sub("", line).strip())]
