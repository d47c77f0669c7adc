"""Which cell of a row is which field: an alignment of the row's cells with the header's columns.

Flattened merges let cells slide left and right but never past one another. So a row is aligned with
its header as two sequences: each cell is given to one column, in order; columns may stay empty. The
best alignment is the one whose cells *say* what their columns hold (closed vocabularies, the look of a
value); standing in the right column counts, but less. A row may also have slid as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaluator.forms.tags import Tag, tag
from evaluator.forms.vocabulary import Role
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.quantities import lacks_unit


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an indicator table: its role, its header and where it stands.

    `horizon` is set where long-term and annual columns stand side by side; `supposed` says that the rows
    below were asked what the column holds, for its head does not say, `flat` that they lost merged cells, so
    that where a cell stands says nothing.
    """

    role: Role
    header: str
    position: int
    horizon: Horizon | None = None
    supposed: bool = False
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell given to a column, with the weight of what the cell itself says for that."""

    cell: Cell
    column: Column
    evidence: float

    @property
    def slid(self) -> bool:
        """Whether the cell does not stand under its header."""
        return self.cell.column != self.column.position


# What it costs to leave a column empty: a name and a value are what a row is for.
_ABSENT = {
    Role.NAME: -5.0,
    Role.VALUE: -4.0,
    Role.BASIS: -0.5,
    Role.OPERATOR: -1.0,
    Role.POINTS: -1.0,
    Role.UNIT: -0.5,
}
_IN_PLACE = 1.5
_IN_STEP = 0.8  # in place once the whole row is moved back
_MOVED = -1.0  # that it has to be, for each column
_STEPS = (1, -1, 2, -2)
_PER_COLUMN = 0.15
_LEFT = -9.0  # that a cell fits nowhere
_IMPOSSIBLE = -1e9
_KEPT = 16384  # texts


def evidence(text: str, role: Role) -> float:
    """How much a cell's text speaks for (above 0) or against (below 0) a role."""
    return _spoken(tag(text))[role]


class _Spoken(dict[Role, float]):
    """What a text speaks for, by role; each is worked out when it is first wanted."""

    def __init__(self, said: Tag) -> None:
        super().__init__()
        self._said = said

    def __missing__(self, role: Role) -> float:
        weight = self[role] = _EVIDENCE[role](self._said)
        return weight


_spoken = lru_cache(maxsize=_KEPT)(_Spoken)


def _goal(said: Tag) -> float:
    return 5.0 if said.goal else -8.0


def _level1(said: Tag) -> float:
    return 5.0 if said.level1 else -6.0


def _level2(said: Tag) -> float:
    if said.level2:
        return 5.0
    return -0.5 if said.folded.endswith("指标") else -3.0


def _name(said: Tag) -> float:
    if said.is_term:
        # 服务对象满意度 is a level and a common name, 成本 and 数量 may be one; 满意度指标 is only a level.
        return -3.0 if said.folded.endswith(("指标", "标准")) else 0.5
    return -3.0 if said.is_operator else 2.0 - 4.0 * said.value


def _value(said: Tag) -> float:
    return -3.0 if said.is_term else 5.0 * said.value - 1.0


def _operator(said: Tag) -> float:
    return 5.0 if said.is_operator else -5.0


def _unit(said: Tag) -> float:
    if said.unit:
        return 4.0
    if lacks_unit(said.text):
        return 0.5
    return -4.0 if said.is_amount or said.is_term else -1.5


def _points(said: Tag) -> float:
    return 2.5 if said.is_points else -6.0


def _basis(said: Tag) -> float:
    return 4.0 if said.is_basis else -1.0 - 3.0 * said.value


def _extra(said: Tag) -> float:
    return -2.0 if said.is_term else 0.0


_EVIDENCE = {
    Role.GOAL: _goal,
    Role.LEVEL1: _level1,
    Role.LEVEL2: _level2,
    Role.NAME: _name,
    Role.VALUE: _value,
    Role.OPERATOR: _operator,
    Role.UNIT: _unit,
    Role.POINTS: _points,
    Role.BASIS: _basis,
    Role.EXTRA: _extra,
}


Said = Sequence[Mapping[Role, float]]
"""What each cell of a row speaks for, by role; asked once, however often the row is moved."""


def _fit(cell: Cell, said: Mapping[Role, float], column: Column, extras: frozenset[int], step: int) -> float:
    at = cell.column + step
    distance = abs(at - column.position)
    near = -_PER_COLUMN * min(distance, 6) if distance else _IN_STEP if step else _IN_PLACE
    if column.role is Role.EXTRA:
        near += -2.0 if distance else 1.0  # what such a column holds can only be known by its place
    if column.role is Role.VALUE and at in extras:
        near -= 7.0  # a value of another year stands in its own column; this row has none
    return said[column.role] + near


def _fit_anywhere(said: Mapping[Role, float], column: Column) -> float:
    return said[column.role] - (2.0 if column.role is Role.EXTRA else 0.0)


def align(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[list[Placed], list[Cell]]:
    """Give each non-empty cell of a row to a column, order kept.

    Returns the placed cells and those that fit nowhere (more cells than columns). The best sum over
    all alignments, by dynamic programming; of equal ones, the leftmost columns.
    """
    _, placed, left = best_alignment(cells, said_by(cells), columns)
    return placed, left


def said_by(cells: Sequence[Cell]) -> Said:
    """What each cell speaks for."""
    return [_spoken(tag(cell.text)) for cell in cells]


def best_alignment(
    cells: Sequence[Cell], said: Said, columns: Sequence[Column]
) -> tuple[float, list[Placed], list[Cell]]:
    """The best alignment with its sum, the row moved as a whole where that is better.

    A row of a table that lost merged cells is aligned by order alone where it does not stand below its heads.
    """
    total, placed, left = _align(cells, said, columns, 0)
    if not left and all(not item.slid and item.evidence >= 0 for item in placed):
        return total, placed, left
    if len(cells) < len(columns) and any(column.flat for column in columns):
        return _align(cells, said, columns, None)
    for step in _STEPS:
        moved = _align(cells, said, columns, step)
        if moved[0] + _MOVED * abs(step) > total:
            total, placed, left = moved[0] + _MOVED * abs(step), *moved[1:]
    return total, placed, left


def _align(
    cells: Sequence[Cell], said: Said, columns: Sequence[Column], moved: int | None
) -> tuple[float, list[Placed], list[Cell]]:
    """The best alignment of a row moved by so many columns; None: place says nothing."""
    extras = _own_places(columns)
    # Side by side, one side may have more rows than the other.
    absent = [0.0 if column.horizon else _ABSENT.get(column.role, 0.0) for column in columns]
    fits = [
        [
            _fit_anywhere(by_role, column) if moved is None else _fit(cell, by_role, column, extras, moved)
            for column in columns
        ]
        for cell, by_role in zip(cells, said, strict=True)
    ]
    total, steps = _best_steps(fits, absent, len(cells))
    return total, *_trace(cells, said, columns, steps)


def _own_places(columns: Sequence[Column]) -> frozenset[int]:
    """Where a value stands that is none of the year's: in columns of further text, of points before it."""
    value = max((column.position for column in columns if column.role is Role.VALUE), default=-1)
    return frozenset(
        column.position
        for column in columns
        if column.role is Role.EXTRA or (column.role is Role.POINTS and column.position < value)
    )


def _best_steps(
    fits: Sequence[Sequence[float]], absent: Sequence[float], rows: int
) -> tuple[float, list[list[str]]]:
    """The best sum of taking cells into columns in order, and the step that leads to each state."""
    columns = len(absent)
    # best[i][j]: best sum for the first i cells within the first j columns.
    best = [[_IMPOSSIBLE] * (columns + 1) for _ in range(rows + 1)]
    steps = [[""] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i and best[i - 1][j] + _LEFT > best[i][j]:
                best[i][j], steps[i][j] = best[i - 1][j] + _LEFT, "leave"
            if j and best[i][j - 1] + absent[j - 1] > best[i][j]:
                best[i][j], steps[i][j] = best[i][j - 1] + absent[j - 1], "skip"
            if i and j and (taken := best[i - 1][j - 1] + fits[i - 1][j - 1]) > best[i][j]:
                best[i][j], steps[i][j] = taken, "take"
    return best[rows][columns], steps


def _trace(
    cells: Sequence[Cell], said: Said, columns: Sequence[Column], step: list[list[str]]
) -> tuple[list[Placed], list[Cell]]:
    i, j = len(cells), len(columns)
    placed: list[Placed] = []
    left: list[Cell] = []
    while i or j:
        match step[i][j]:
            case "take":
                i, j = i - 1, j - 1
                placed.append(Placed(cells[i], columns[j], said[i][columns[j].role]))
            case "leave":
                i -= 1
                left.append(cells[i])
            case _:
                j -= 1
    return placed[::-1], left[::-1]
