"""What the words of a form say where its cells are lost: heads, keys, levels, and what ends a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from evaluator.forms.head.labels import money_unit, read_label
from evaluator.forms.row_kinds import is_scaffold
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.source import Cell, Row
from evaluator.values.text import decimal_from_text

Texts = list[tuple[str, Cell]]
"""Pieces of text, each with the cell of the line that it stood in."""

_FEWEST = 3  # heads that make a header


@dataclass
class Table:
    """A table while it is being read: the roles of its columns in order, and the level 1 above."""

    roles: tuple[Role, ...] = ()
    above: str = ""

    @property
    def is_simple(self) -> bool:
        """Whether words alone tell its cells apart: one name, one value, nothing unknown before it."""
        counts = [self.roles.count(role) for role in (Role.NAME, Role.VALUE)]
        before = self.roles[: self.roles.index(Role.VALUE)] if Role.VALUE in self.roles else self.roles
        return counts in ([1, 1], [1, 0]) and Role.EXTRA not in before

    def row(self, texts: Texts, number: int) -> Row:
        """A row of the table with that number: levels below their heads, the rest from the name on."""
        first = len(list(takewhile(stands_first, (text for text, _ in texts[:3]))))
        levels = [text for text, _ in texts[:first] if is_level(text)]
        places = [self._place(text, levels) for text, _ in texts[:first]]
        name = self.roles.index(Role.NAME) if Role.NAME in self.roles else 0
        places += range(name, name + len(texts) - first)
        return Row(
            tuple(
                replace(cell, text=text, column=at) for (text, cell), at in zip(texts, places, strict=True)
            ),
            number,
        )

    def _place(self, text: str, levels: Sequence[str]) -> int:
        words = vocabulary()
        role = Role.LEVEL1
        if not is_level(text):
            role = Role.GOAL
        elif text != levels[0] or not words.level1(text) or (len(levels) == 1 and self._is_below(text)):
            role = Role.LEVEL2
        if role is Role.LEVEL1:
            self.above = words.level1(text) or ""
        return self.roles.index(role) if role in self.roles else 0

    def _is_below(self, text: str) -> bool:
        """Whether a word of both levels is the second here: 成本指标 in a row below 产出指标."""
        parents = vocabulary().level2_parents.get(vocabulary().level2(text) or "", ())
        return bool(parents) and parents[0] == self.above


def roles_of(texts: Sequence[str]) -> tuple[Role, ...]:
    """The roles of texts that can be the header of a table; empty for any others."""
    roles = tuple(role for text in texts if (role := vocabulary().role(text)))
    enough = len(roles) >= _FEWEST and bool({Role.NAME, Role.VALUE} & set(roles))
    return roles if enough and 2 * len(roles) >= len(texts) else ()


def is_plain(row: Row) -> bool:
    """Whether a row is a line of running text."""
    return not row.table and len(row.cells) == 1


def head_row(texts: Texts, number: int) -> Row:
    """A row of the head, its cells numbered as they follow; a single one is a line of text."""
    cells = tuple(replace(cell, text=text, column=at) for at, (text, cell) in enumerate(texts))
    return Row(cells, number if len(cells) > 1 else 0)


def is_key(text: str) -> bool:
    """Whether a text names what stands behind it in the head of a form."""
    words = vocabulary()
    goal = words.goal(text) or words.matches("goal_label", text)
    return bool(read_label(text) or goal) or is_scaffold(text)


def names_goal(text: str) -> bool:
    """Whether a text is the name of a goal, or of the side that goals stand on."""
    words = vocabulary()
    whole = words.matches("both_goals", text)
    named = words.goal(text) or words.table(text) or words.matches("goal_label", text)
    return whole or (bool(named) and not is_scaffold(text))


def is_level(text: str) -> bool:
    """Whether a text is a term of level 1 or 2."""
    return bool(vocabulary().level1(text) or vocabulary().level2(text))


def stands_first(text: str) -> bool:
    """Whether a text stands before the name of an indicator: a level, or the goal's name."""
    return is_level(text) or vocabulary().goal(text) is not None


def joins_level(first: str, more: str) -> bool:
    """Whether two pieces are one term: 社会效益 and 指标, 服务对象 and 满意度指标, but not 产出 and 数量."""
    both = is_level(first) and is_level(more)
    return is_level(first + more) and not both and decimal_from_text(first) is None


def ends_table(text: str, following: str = "") -> bool:
    """Whether a text stands below a table; a goal's name before a level is in its first column."""
    words = vocabulary()
    patterns = ("footnote", "footer", "title", "total")
    named = read_label(text) or words.table(text) or (words.goal(text) and not is_level(following))
    return bool(named) or any(words.matches(pattern, text) for pattern in patterns)


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
