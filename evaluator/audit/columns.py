"""Columns of a filled table: which role each has, from one row of heads or two, and the fields of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluator.audit.lines import Line
from evaluator.audit.records import Field
from evaluator.audit.words import words
from evaluator.values.quantities import column_operator
from evaluator.values.text import squash

Columns = Mapping[int, str]
_JOINED = ("target", "name", "reason", "description")


def read_columns(line: Line, role: Callable[[str], str | None]) -> dict[int, str]:
    """Role by column; a head that is unknown makes a column, too (``other``)."""
    return {column: role(item.text) or "other" for column, item in line.fields.items()}


def join_lower(columns: Columns, lower: Line | None) -> dict[int, str] | None:
    """The columns with what a second row of heads says; None where the row below is none.

    Forms split 年度指标值 into 指标性质, 指标值, 度量单位 below one head.
    """
    if lower is None:
        return None
    below = {column: words().column(item.text) for column, item in lower.fields.items()}
    if (
        not below
        or None in below.values()
        or not set(below.values()) & {"operator", "unit", "target", "actual"}
    ):
        return None
    return {**columns, **{column: role for column, role in below.items() if role}}


def with_name(columns: Columns) -> dict[int, str]:
    """The columns with one for names where no head says so.

    That is the second of two for level 2 (二级指标, 指标内容), or the unknown one beside the levels.
    """
    levels = [column for column, role in columns.items() if role in ("level1", "level2")]
    if "name" in columns.values() or not levels:
        return dict(columns)
    if [columns[column] for column in levels].count("level2") > 1:
        return {**columns, max(levels): "name"}
    beside = min((column for column in columns if column > max(levels)), default=-1)
    return {**columns, beside: "name"} if columns.get(beside) == "other" else dict(columns)


def fields_of(line: Line, columns: Columns) -> tuple[dict[str, Field], bool]:
    """A line's fields by role, and whether every one stands under its own head.

    A cell without a head of its own belongs to the nearest head on its left (a head merged over several
    columns). Where two columns have one role, the first that says something counts, texts are joined.
    """
    found: dict[str, Field] = {}
    exact = True
    for column, role in columns.items():
        found.setdefault(role, line.at(column))
    for column, item in line.fields.items():
        own = max((head for head in columns if head <= column), default=None)
        if own is None:
            continue
        exact = exact and own == column
        role, before = columns[own], found[columns[own]]
        found[role] = item if before is item or not before.text else _joined(role, before, item)
    return found, exact


def _joined(role: str, before: Field, item: Field) -> Field:
    if item.text in before.text or role not in _JOINED:  # this tool's own sheet names a row again beside it
        return before
    if role == "target" and not column_operator(before.text) and not squash(before.text)[-1:].isdigit():
        return before
    return Field(before.text + item.text, before.place, before.stored, before.formula)
