"""Columns by hypothesis: where the rows below a header speak against it, what else the columns may be.

A proposal behind the reading of heads, never in its place: it is asked for only where most rows disagree with
their heads, it must explain nearly all of them, and two that name other columns alike are none.
指标 | 指标内容 over 产出指标 | 培训人次 needs it (forms with one level and names).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from evaluator.forms.table.alignment import Column, Said, best_alignment, evidence, said_by
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Cell

_ORDER = (Role.GOAL, Role.LEVEL1, Role.LEVEL2, Role.NAME)
_ONCE = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE, Role.OPERATOR, Role.UNIT, Role.POINTS)
_ALSO = {
    Role.LEVEL1: (Role.LEVEL2,),
    Role.LEVEL2: (Role.NAME, Role.LEVEL1),
    Role.NAME: (Role.LEVEL1, Role.LEVEL2, Role.EXTRA),
    Role.OPERATOR: (Role.EXTRA,),
    Role.BASIS: (Role.EXTRA, Role.VALUE),
    Role.EXTRA: (Role.NAME, Role.VALUE, Role.LEVEL1, Role.LEVEL2),
}
_MOST_CHANGES = 3
_PRICE = 1.2  # of changing what a head says; half of it where no list has the head
_BETTER = 1.0  # than the reading of heads, the price paid
_APART = 0.4  # from the next proposal that names other columns
_EXPLAINED = 0.75  # of the rows, by a proposal
_SPEAKS = 0.0  # evidence above which a cell speaks for its column
# Words may be anything there.
_LEAST = {Role.VALUE: -1.0, Role.BASIS: -4.0, Role.UNIT: -1.5, Role.EXTRA: -1.0}
_ANY_LEVEL = {Role.LEVEL1: -6.0, Role.LEVEL2: -3.0}  # one that no list has
_FEWEST, _MOST = 2, 10  # rows that columns are judged by

Rows = Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows that columns are judged by, each with what its cells speak for."""

    rows: tuple[tuple[tuple[Cell, ...], Said], ...]

    def fitness(self, columns: Sequence[Column]) -> float:
        """How well the rows align with columns, on average."""
        return sum(best_alignment(cells, said, columns)[0] for cells, said in self.rows) / len(self.rows)

    def explained(self, columns: Sequence[Column], least: Mapping[Role, float]) -> float:
        """The share of rows whose cells all speak for their columns, a name and a value among them; `least`
        is the evidence that a role takes.
        """
        return sum(_explains(cells, said, columns, least) for cells, said in self.rows) / len(self.rows)


def propose(columns: tuple[Column, ...], rows: Rows) -> tuple[Column, ...] | None:
    """Other roles for the columns of a header, each `supposed`; None where the heads may stand.

    `rows` are those below it. Never chosen: one of several columns without a known head that hold values, and
    anything for a table whose long-term and annual columns stand side by side.
    """
    telling = list(filter(_tells, rows))[:_MOST]
    beside = any(column.horizon for column in columns)
    if len(telling) < _FEWEST or beside or _stand(columns, telling):
        return None
    body = _Body(tuple((cells, said_by(cells)) for cells in telling))
    if 2 * body.explained(columns, _LEAST) >= 1:
        return None
    best = _best(columns, body)
    return tuple(replace(column, supposed=True) for column in best) if best else None


def _best(columns: tuple[Column, ...], body: _Body) -> tuple[Column, ...] | None:
    """The proposal that is clearly better than the heads, explains most rows, and stands alone."""
    ranked = sorted(_ranked(columns, body), key=lambda pair: pair[0], reverse=True)
    score, best = ranked[0] if ranked else (0.0, columns)
    if score < body.fitness(columns) + _BETTER or body.explained(best, _LEAST) < _EXPLAINED:
        return None
    rivals = (other for near, other in ranked[1:] if score - near < _APART)
    return None if any(_named(other) != _named(best) for other in rivals) else best


def explained(columns: Sequence[Column], rows: Rows) -> float:
    """The share of rows with a level whose names and values speak for their columns; 1 where none has."""
    judged = tuple((cells, said_by(cells)) for cells in rows if _tells(cells))
    return _Body(judged).explained(columns, _LEAST | _ANY_LEVEL) if judged else 1.0


def _tells(cells: Sequence[Cell]) -> bool:
    """Whether a row can be an indicator's with a level; bands, sums and signatures tell nothing."""
    levels = [cell for cell in cells if tag(cell.text).is_level]
    valued = any(evidence(cell.text, Role.VALUE) > _SPEAKS for cell in cells)
    return len(cells) > 2 and bool(levels) and valued and len(levels) < len(cells)


def _stand(columns: Sequence[Column], rows: Rows) -> bool:
    """Whether most rows stand below their heads as they are: then nothing need be aligned to know it."""
    at = {column.position: column.role for column in columns}
    return 2 * sum(_stands(cells, at) for cells in rows) >= len(rows)


def _stands(cells: Sequence[Cell], at: Mapping[int, Role]) -> bool:
    roles = {at.get(cell.column): cell for cell in cells}
    if None in roles or not roles.keys() >= {Role.NAME, Role.VALUE}:
        return False
    return all(evidence(cell.text, role) >= _LEAST.get(role, _SPEAKS) for role, cell in roles.items() if role)


def _explains(
    cells: Sequence[Cell], said: Said, columns: Sequence[Column], least: Mapping[Role, float]
) -> bool:
    _, placed, left = best_alignment(cells, said, columns)
    roles = {item.column.role for item in placed}
    agreed = all(item.evidence >= least.get(item.column.role, _SPEAKS) for item in placed)
    return agreed and not left and roles >= {Role.NAME, Role.VALUE}


def _ranked(columns: tuple[Column, ...], body: _Body) -> Iterator[tuple[float, tuple[Column, ...]]]:
    for count in range(1, _MOST_CHANGES + 1):
        for at in combinations(range(len(columns)), count):
            price = sum(_price(columns[index]) for index in at)
            for roles in product(*(_others(columns[index]) for index in at)):
                changed = list(columns)
                for index, role in zip(at, roles, strict=True):
                    changed[index] = replace(changed[index], role=role)
                if _is_lawful(changed) and not _guesses_value(columns, changed, body):
                    yield body.fitness(changed) - price, tuple(changed)


def _others(column: Column) -> tuple[Role, ...]:
    """What a column may be instead: a value of another time, a remark is none of the others."""
    known = tag(column.header).role
    further = column.role is Role.EXTRA and known not in (None, *_ORDER)
    return () if further else _ALSO.get(column.role, ())


def _price(column: Column) -> float:
    return _PRICE if tag(column.header).role else _PRICE / 2


def _is_lawful(columns: Sequence[Column]) -> bool:
    """Whether columns can be a table's: levels before the name, one of each, a name and a value."""
    roles = [column.role for column in columns]
    levels = [_ORDER.index(role) for role in roles if role in _ORDER]
    once = all(roles.count(role) < 2 for role in _ONCE)
    return once and Role.NAME in roles and Role.VALUE in roles and levels == sorted(levels)


def _guesses_value(columns: Sequence[Column], changed: Sequence[Column], body: _Body) -> bool:
    """Whether one column without a known head becomes the value while another holds values as well."""
    pairs = zip(columns, changed, strict=True)
    chosen = any(new.role is Role.VALUE and old.role is not Role.VALUE for old, new in pairs)
    return chosen and len(valued_columns(columns, [cells for cells, _ in body.rows])) > 1


def valued_columns(columns: Sequence[Column], rows: Rows) -> list[Column]:
    """The columns of further text, behind the name, that hold values in most rows and have no known head."""
    name = max((column.position for column in columns if column.role is Role.NAME), default=-1)
    unknown = [column for column in columns if column.role is Role.EXTRA and not tag(column.header).role]
    return [column for column in unknown if column.position > name and _holds_values(column, rows)]


def _holds_values(column: Column, rows: Rows) -> bool:
    cells = [cell for row in rows for cell in row if cell.column == column.position]
    valued = sum(evidence(cell.text, Role.VALUE) > _SPEAKS for cell in cells)
    return 2 * valued > len(cells)


def _named(columns: Sequence[Column]) -> dict[Role, int]:
    return {column.role: column.position for column in columns if column.role in (Role.NAME, Role.VALUE)}
