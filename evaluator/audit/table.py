"""The table of indicators of a filled sheet: rows, sums of groups, goals' headings, the total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from evaluator.audit.columns import Columns, fields_of, join_lower, read_columns, with_name
from evaluator.audit.lines import Line, is_header, number_in
from evaluator.audit.records import AuditedRow, AuditedTotal, Field
from evaluator.audit.words import words
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Confidence
from evaluator.values.text import squash

_OWN = ("name", "target", "actual", "points", "score")
_LEVELS = ("level1", "level2")
_SCORED = ("points", "score")
_GOAL_POINTS = re.compile(r"\((\d{1,3}(?:\.\d+)?)分\)")
_SAID_ONCE = ("name", "target", "actual", "operator", "unit", "reason", "description")
_UNUSED = re.compile(r"(?:(?:三级)?指标\d{0,2}[:：、.]?)?[\s.…。·]*")


@dataclass
class Table:
    """What a table is read into; `end` is the line after it."""

    rows: list[AuditedRow] = field(default_factory=list)
    subtotals: list[AuditedTotal] = field(default_factory=list)
    texts: list[Field] = field(default_factory=list)
    total: AuditedTotal | None = None
    roles: set[str] = field(default_factory=set)
    unread: list[Field] = field(default_factory=list)
    goal_points: dict[int, Decimal] = field(default_factory=dict)
    goal: int = 1
    level1: str = ""
    level2: str = ""


def read_table(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    """Read from the first head on; returns the table and the index of the line after it.

    A head that stands there again (on a new page, for a second goal) begins anew without ending the table.
    """
    table, at = Table(), start
    for line in lines[:start]:
        _note_goal(line, table)
    columns: dict[int, str] = {}
    while at < len(lines):
        line = lines[at]
        if is_header(line, lines[at + 1] if at + 1 < len(lines) else None):
            columns, taken = _columns(lines, at, table)
            at += taken
            continue
        if _ends(line, columns, table):
            break
        _read_line(line, columns, table)
        at += 1
    return table, at


def _columns(lines: Sequence[Line], at: int, table: Table) -> tuple[dict[int, str], int]:
    columns = read_columns(lines[at], words().column)
    lower = join_lower(columns, lines[at + 1] if at + 1 < len(lines) else None)
    columns = lower or columns
    if "target" not in columns.values():
        columns = {column: "target" if role == "value" else role for column, role in columns.items()}
    columns = with_name(columns)
    table.roles |= set(columns.values())
    _note_goal(lines[at], table)
    return columns, 1 if lower is None else 2


def _note_goal(line: Line, table: Table) -> None:
    for text in line.texts:
        goal = vocabulary().goal(text)
        if goal:
            table.goal = goal[1]
            points = _GOAL_POINTS.search(squash(text))
            if points:
                table.goal_points[table.goal] = Decimal(points[1])


def _ends(line: Line, columns: Columns, table: Table) -> bool:
    """Whether a line stands below the table: after the total, or a box, a note, a signature."""
    first = line.first.text
    if table.total is not None:
        return True
    below = any(words().matches(pattern, first) for pattern in ("reasons", "measures", "notes"))
    signed = any(vocabulary().matches(pattern, first) for pattern in ("signed", "footer", "footnote"))
    return (below or signed) and not _has_own(fields_of(line, columns)[0], ("target", "actual", "score"))


def _has_own(cells: dict[str, Field], roles: Sequence[str] = _OWN) -> bool:
    return any(cells[role].text for role in roles if role in cells)


def _read_line(line: Line, columns: Columns, table: Table) -> None:
    cells, exact = fields_of(line, columns)
    _note_goal(line, table)
    left = [item.text for column, item in line.fields.items() if columns.get(column) not in _OWN[1:]]
    if any(words().matches("total", text) for text in left) or _is_crowded_total(cells, left):
        table.total = _total(line, cells, left)
    elif any(words().matches("subtotal", text) for text in left):
        table.subtotals.append(AuditedTotal(line.start, cells.get("points"), cells.get("score")))
    elif not _has_own(cells):
        _read_band(line, cells, table)
    elif not _is_unused(cells):
        table.rows.append(_row(line, cells, columns, table, exact))


def _is_crowded_total(cells: dict[str, Field], left: Sequence[str]) -> bool:
    """Whether 总分 stands in one cell with what overflowed from the one below, as PDFs have it."""
    return not _has_own(cells, _OWN[:3]) and _has_own(cells, _SCORED) and any("总分" in text for text in left)


def _total(line: Line, cells: dict[str, Field], left: Sequence[str]) -> AuditedTotal:
    """The total's figures; one that stands under no head of its own is the score."""
    score = cells.get("score")
    if score is None or number_in(score.text) is None:
        numbers = [item for item in line.fields.values() if number_in(item.text) is not None]
        taken = [item for item in numbers if item is not cells.get("points")]
        score = taken[-1] if taken else _said(line)
    return AuditedTotal(line.start, cells.get("points"), score)


def _said(line: Line) -> Field | None:
    """合计：96分 in one cell."""
    for item in line.fields.values():
        found = words().matches("total", item.text)
        if found and found["score"]:
            return Field(found["score"], item.place)
    return None


def _read_band(line: Line, cells: dict[str, Field], table: Table) -> None:
    """A line that only says a level, a goal's name or its text."""
    for item in line.fields.values():
        if vocabulary().level1(item.text):
            table.level1, table.level2 = item.text, ""
        elif vocabulary().level2(item.text):
            table.level2 = item.text
        else:
            table.texts.append(item)


def _is_unused(cells: dict[str, Field]) -> bool:
    """Whether a printed row was never filled: 指标2： or …… and nothing else."""
    name = cells["name"].text if "name" in cells else ""
    rest = [cells[role].text for role in _OWN[1:] if role in cells]
    return bool(_UNUSED.fullmatch(name)) and not any(squash(text) for text in rest)


def _row(line: Line, cells: dict[str, Field], columns: Columns, table: Table, exact: bool) -> AuditedRow:
    _inherit(cells, table)
    cells = {**cells, **_from_above(line, cells, columns)}
    standard = vocabulary().level1(table.level1) or table.level1
    named = (_text(cells, role) for role in ("level1", "level2", "name"))
    return AuditedRow(
        number=len(table.rows) + 1,
        goal=table.goal,
        level1=standard,
        level2=vocabulary().level2(table.level2) or table.level2,
        place=_anchor(line, cells).place,
        cells={role: item for role, item in cells.items() if role != "other"},
        shared=_is_shared(line, cells, columns),
        execution=any(vocabulary().matches("execution", text) for text in named),
        confidence=Confidence.HIGH if exact else Confidence.MEDIUM,
    )


def _from_above(line: Line, cells: dict[str, Field], columns: Columns) -> dict[str, Field]:
    """What a merged cell says of all its rows: a name with two targets, one reason for three rows."""
    found = ((columns.get(column, ""), item) for column, item in line.covered.items())
    return {role: item for role, item in found if role in _SAID_ONCE and not _text(cells, role)}


def _is_shared(line: Line, cells: dict[str, Field], columns: Columns) -> bool:
    """Whether points or score are one merged cell with another row's."""
    below = any(columns.get(column) in _SCORED for column in line.covered)
    return below or any(cells[role].span[0] > 1 for role in _SCORED if role in cells)


def _inherit(cells: dict[str, Field], table: Table) -> None:
    """Note a row's levels; a blank one stays what it was, below a new level 1 nothing stays."""
    level1, level2 = (_text(cells, role) for role in _LEVELS)
    if level1:
        table.level1, table.level2 = level1, ""
    table.level2 = level2 or table.level2


def _anchor(line: Line, cells: dict[str, Field]) -> Field:
    """The cell that a row is known by: its name's, else the first of what it is about."""
    said = (cells[role] for role in ("name", "target", "actual", "level2") if _text(cells, role))
    return next(said, line.first)


def _text(cells: dict[str, Field], role: str) -> str:
    return cells[role].text if role in cells else ""
