"""Text whose cells have nothing between them: 产出指标数量指标改造覆盖率100%, as some web pages copy.

Only where its header is a run of known heads, its columns are levels, names and targets, and a target says
by itself where it begins: an operator, a number with what follows it, a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from evaluator.forms.head.labels import read_label
from evaluator.forms.lost_cells.paste_words import (
    SURE,
    Table,
    Texts,
    ends_table,
    head_row,
    is_plain,
    is_signed,
    table_of,
)
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Row
from evaluator.values.text import squash

_LONGEST = 20  # letters of a word of the forms
_SHORTEST_LABEL = 4  # letters of a label that may stand behind another text in one line
_SHORTEST_NAME = 2
_LONGEST_VALUE = 24
_KNOWN = {Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE}
_EITHER = frozenset("超达近约满逾后每第内前至到增减升降")  # what may end a name or begin a target
_BRACKETS = re.compile(r"[(（][^()（）]{1,6}[)）]")
_NUMBER = re.compile(r"[\d.,]")


def read_glued(rows: Sequence[Row], number: int) -> Iterator[tuple[Row, Table | None]]:
    """The rows with their cells, those of tables numbered so; a header with its table."""
    table: Table | None = None
    for row in rows:
        text = squash(row.cells[0].text) if is_plain(row) else ""
        header = table_of(heads_in(text)) if text else None
        if header:
            table = _with_doubts(header)
            yield head_row([(head, row.cells[0]) for head in heads_in(text)], number), table
        elif table and text and not _ends(text):
            yield _row(row, text, table, number), None
        elif text and not _is_line(text):
            table = None
            labelled: Texts = [(piece, row.cells[0]) for piece in _labels_in(text)]
            yield (head_row(labelled, number) if len(labelled) > 1 else row), None
        else:
            yield row, None


def _is_line(text: str) -> bool:
    """Whether a line of the head is one text: a title, a year, words of the form."""
    said = tag(text)
    return said.matches("title") or bool(said.form_year) or said.is_scaffold


def _with_doubts(table: Table) -> Table:
    """A table, unclear where it has columns that nothing tells from a name or a target."""
    table.unclear = not set(table.roles) <= _KNOWN or Role.VALUE not in table.roles
    return table


def _ends(text: str) -> bool:
    head = text.partition(":")[0]
    return ends_table(text) or is_signed(text) or read_label(head) is not None


def heads_in(text: str) -> list[str]:
    """The heads that a text is a run of, as few as possible; none for any other text."""
    return list(_heads_in(text)) if len(text) <= 6 * _LONGEST else []


@lru_cache(maxsize=512)
def _heads_in(text: str) -> tuple[str, ...]:
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(end - _LONGEST, 0), end):
            before, word = best[start], text[start:end]
            if before is None or not (tag(word).role or tag(word).is_scaffold):
                continue
            known = best[end]
            if known is None or len(before) + 1 < len(known):
                best[end] = (*before, word)
    return best[-1] or ()


def _row(row: Row, text: str, table: Table, number: int) -> Row:
    levels, rest = _levels_in(text)
    name, value = _name_and_value(rest)
    # A level that no list has is inside, whose end nothing tells; rows below would inherit another.
    table.unclear = table.unclear or "指标" in name
    cell = row.cells[0]
    if not levels and not value:
        return row
    texts = [(piece, cell) for piece in (name, value) if piece]
    return table.row([(level, cell) for level in levels], texts, number)


def _levels_in(text: str) -> tuple[list[str], str]:
    """The terms that a text begins with, words of the form before them left out, and what is behind them.

    Whole terms only: 质量 of 质量达标率 is no level.
    """
    levels: list[str] = []
    while len(levels) < 2:
        word = _term_at(text)
        if not word:
            break
        if tag(word).is_level:
            levels.append(word)
        text = text.removeprefix(word)
    return levels, text


def _term_at(text: str) -> str:
    """The longest term of a level, or word of the form, that a text begins with and does not end with."""
    for end in range(min(_LONGEST, len(text) - 1), 2, -1):
        word = text[:end]
        term = tag(word).is_level and word.endswith(("指标", "目标"))
        if term or (tag(word).is_scaffold and word.endswith("指标")):
            return word
    return ""


def _name_and_value(text: str) -> tuple[str, str]:
    """A name and the target behind it; the target empty where nothing says where it begins: 超 of
    购置彩超4台 may belong to either.
    """
    for start in range(max(_SHORTEST_NAME, len(text) - _LONGEST_VALUE), len(text)):
        inside = _NUMBER.match(text[start]) and _NUMBER.match(text[start - 1])
        if not inside and tag(text[start:]).value >= SURE:
            unclear = text[start] in _EITHER or text[start - 1] in _EITHER
            return (text, "") if unclear else (text[:start], text[start:])
    return text, ""


def _labels_in(text: str) -> list[str]:
    """The labels of a line of the head and what stands behind each: 项目名称甲 is 项目名称 | 甲."""
    pieces: list[str] = []
    start = at = 0
    while at < len(text):
        label = _label_at(text, at) if at == start or at - start >= _SHORTEST_NAME else ""
        if not label or (pieces and start == at):
            at += 1
            continue
        pieces += [piece for piece in (text[start:at],) if piece] + [label]
        start = at = at + len(label)
        at += _SHORTEST_NAME
    return [piece.lstrip(":") for piece in (*pieces, text[start:]) if piece.lstrip(":")]


def _label_at(text: str, at: int) -> str:
    shortest = 2 if at == 0 else _SHORTEST_LABEL
    for end in range(min(at + _LONGEST, len(text)), at + shortest - 1, -1):
        word = text[at:end]
        said = tag(word)
        goal = said.goal or (said.matches("goal_label") and len(text) > end + _SHORTEST_LABEL)
        if (said.fact or goal) and said.folded == word:
            unit = _BRACKETS.match(text, end)
            return word + (unit[0] if unit else "")
    return ""
