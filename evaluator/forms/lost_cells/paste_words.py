"""What the words of a form say where its cells are lost: heads, keys, levels, and what ends a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evaluator.forms.head.labels import money_unit, read_label
from evaluator.forms.table.alignment import Column
from evaluator.forms.table.columns import is_header, read_columns
from evaluator.forms.table.levels import stands_below
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Cell, Place, Row

Texts = list[tuple[str, Cell]]
"""Pieces of text, each with the cell of the line that it stood in."""

LEVELS = (Role.GOAL, Role.LEVEL1, Role.LEVEL2)
SURE = 0.8  # that a text is a value
_OPEN = re.compile(r"[(（\[【]")
_CLOSED = re.compile(r"[)）\]】]")


@dataclass
class Table:
    """A table while it is being read: its columns, heads that no list has, and the level 1 above.

    `unclear` says that words did not tell its cells apart somewhere.
    """

    columns: tuple[Column, ...] = ()
    unknown: tuple[str, ...] = ()
    above: str = ""
    unclear: bool = False
    roles: tuple[Role, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.roles = tuple(column.role for column in self.columns)

    @property
    def is_simple(self) -> bool:
        """Whether words alone tell its cells apart: one name, one value, nothing unknown among them."""
        counts = [self.roles.count(role) for role in (Role.NAME, Role.VALUE)]
        before = self.roles[: self.roles.index(Role.VALUE)] if Role.VALUE in self.roles else self.roles
        known = not self.unknown and not self.unclear
        return known and counts in ([1, 1], [1, 0]) and Role.EXTRA not in before

    @property
    def most_levels(self) -> int:
        """How many columns stand before the name."""
        return len(self.roles) - len(self.behind)

    @property
    def behind(self) -> tuple[Role, ...]:
        """What stands from the name on."""
        return tuple(role for role in self.roles if role not in LEVELS)

    def row(self, levels: Sequence[tuple[str, Cell]], rest: Sequence[tuple[str, Cell]], number: int) -> Row:
        """A row of the table with that number: levels below their heads, the rest from the name on."""
        places = [self._position(role) for role in self._roles_of([text for text, _ in levels])]
        name = next((column.position for column in self.columns if column.role not in LEVELS), 0)
        columns = [column.position for column in self.columns if column.position >= name]
        end = max(columns, default=name) + 1
        places += [*columns, *range(end, end + len(rest))][: len(rest)]
        cells = zip((*levels, *rest), places, strict=True)
        return Row(tuple(replace(cell, text=text, column=at) for (text, cell), at in cells), number)

    def _roles_of(self, levels: Sequence[str]) -> list[Role]:
        """What a row's levels are: goal, level 1, level 2; a single one by what stands above."""
        goal = [Role.GOAL for text in levels[:1] if tag(text).goal and not tag(text).is_level]
        rest = levels[len(goal) :]
        if len(rest) == 1 and (Role.LEVEL1 not in self.roles or stands_below(rest[0], self.above)):
            return [*goal, Role.LEVEL2]
        if rest:
            self.above = tag(rest[0]).level1 or rest[0]
        return [*goal, Role.LEVEL1, *(Role.LEVEL2 for _ in rest[1:])][: len(levels)]

    def _position(self, role: Role) -> int:
        return next((column.position for column in self.columns if column.role is role), 0)


def table_of(texts: Sequence[str]) -> Table | None:
    """The table whose header these texts are; None for any others."""
    cells = [Cell(text, Place(""), at) for at, text in enumerate(texts)]
    if not is_header(cells):
        return None
    columns = read_columns(cells, (), 0).columns
    unknown = (c.header for c in columns if c.role is Role.EXTRA and not tag(c.header).role)
    return Table(columns, tuple(unknown))


def is_plain(row: Row) -> bool:
    """Whether a row is a line of running text."""
    return not row.table and len(row.cells) == 1


def head_row(texts: Texts, number: int) -> Row:
    """A row of the head, its cells numbered as they follow; a single one is a line of text."""
    cells = tuple(replace(cell, text=text, column=at) for at, (text, cell) in enumerate(texts))
    return Row(cells, number if len(cells) > 1 else 0)


def is_key(text: str) -> bool:
    """Whether a text names what stands behind it in the head of a form."""
    said = tag(text)
    return bool(read_label(text) or said.goal) or said.matches("goal_label") or said.is_scaffold


def is_other_label(text: str) -> bool:
    """Whether a text behind another is a label that no list has: 项目负责人及电话 beside a project's name."""
    return tag(text).matches("label_like")


def names_goal(text: str) -> bool:
    """Whether a text is the name of a goal, or of the side that goals stand on."""
    said = tag(text)
    named = said.goal or said.table or said.matches("goal_label")
    return said.matches("both_goals") or (bool(named) and not said.is_scaffold)


def is_level(text: str) -> bool:
    """Whether a text is a term of level 1 or 2."""
    return tag(text).is_level


def is_second(text: str) -> bool:
    """Whether a text is a term of level 2 and of no other."""
    return bool(tag(text).level2) and not tag(text).level1


def stands_first(text: str) -> bool:
    """Whether a text stands before the name of an indicator: a level, or the goal's name."""
    return tag(text).is_level or tag(text).goal is not None


def joins_level(first: str, more: str) -> bool:
    """Whether two pieces are one term: 社会效益 and 指标, 服务对象 and 满意度指标, but not 产出 and 数量."""
    both = is_level(first) and is_level(more)
    return is_level(first + more) and not (both or tag(first).is_amount or tag(more).is_amount)


def join_brackets(texts: Sequence[str]) -> list[str]:
    """Texts with those joined that one pair of brackets is around: 站点数量（ | ≥**个 | ）."""
    joined: list[str] = []
    for text in texts:
        if joined and _is_open(joined[-1]) and any(map(_CLOSED.search, (text, *texts))):
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _is_open(text: str) -> bool:
    return len(_OPEN.findall(text)) > len(_CLOSED.findall(text))


def ends_table(text: str, following: str = "") -> bool:
    """Whether a text stands below a table; a goal's name before a level is in its first column."""
    said = tag(text)
    named = read_label(text) or said.table or (said.goal and not is_level(following))
    return bool(named) or said.matches("footnote", "footer", "title", "total")


def is_signed(text: str) -> bool:
    """Whether a text is an opinion, a stamp or a signature: 财政部门初审意见, （盖章）, 填表人：张三."""
    head = text.replace("：", ":").partition(":")[0]
    return tag(head).matches("signed", "footer")


def is_stamp(text: str) -> bool:
    """Whether a text is a place for a stamp and nothing else: （盖章）."""
    return text.strip()[:1] in "(（" and tag(text).matches("signed")


def goal_texts(names: Sequence[str], texts: Sequence[str], cell: Cell) -> Texts:
    """The cells of a goal. Lines below two names cannot be told apart: they are one cell, which will be named
    as not read; a single line is the text of the name that it follows.
    """
    if len(names) > 1 and len(texts) > 1:
        return [("\n".join((*names, *texts)), cell)]
    names = names[-1:] if texts else names
    return [*((name, cell) for name in names), *([("\n".join(texts), cell)] if texts else [])]


def unit_alone(cell: Cell) -> Texts:
    """（元） below the label that it belongs to, as 金额单位 | 元; nothing for other text."""
    text = cell.text.strip()
    unit = money_unit(text) if text.startswith(("(", "（")) else ""
    return [("金额单位", cell), (unit, cell)] if unit else []
