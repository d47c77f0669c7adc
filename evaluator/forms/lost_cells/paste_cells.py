"""A form with every cell on a line of its own, narrow ones on several."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from evaluator.forms.head.labels import read_label
from evaluator.forms.lost_cells.paste_lines import segments
from evaluator.forms.lost_cells.paste_words import (
    SURE,
    Table,
    Texts,
    ends_table,
    goal_texts,
    head_row,
    is_key,
    is_level,
    is_other_label,
    is_second,
    is_signed,
    is_stamp,
    names_goal,
    stands_first,
    table_of,
    unit_alone,
)
from evaluator.forms.table.alignment import evidence
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Cell, Row

_LONGEST_WRAP = 4  # lines that one narrow cell may have taken
_LONGEST_WORD = 40  # letters that one word of the forms may have
_LIKELY = 0.6  # that a text is a value
_MOST = 60  # lines of a header

Made = Iterator[tuple[Row, Table | None]]
Part = Generator[tuple[Row, Table | None], None, int]
"""Rows of a part of the text, and where the next one begins."""


@dataclass
class _Growing:
    """The row of a table that lines are being added to."""

    table: Table
    number: int
    levels: Texts = field(default_factory=list)
    rest: Texts = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether the target is there, or all that a row of names has."""
        behind = self.table.behind
        return len(self.rest) > (behind.index(Role.VALUE) if Role.VALUE in behind else 0)

    def is_level(self, text: str, following: str) -> bool:
        """Whether a line is a level of this row or of the next: a term, or what stands where one must.

        A term right before a target is a name: 服务对象满意度 | ≥95%.
        """
        if _is_target(following) or self._is_trailing(text):
            return False
        if stands_first(text):
            return self.is_complete or not self.rest
        begins = self.is_complete or not (self.levels or self.rest)
        if begins and is_second(following) and Role.EXTRA not in self._trailing:
            return True
        return text.endswith("指标") and (begins or not self.rest)

    @property
    def _trailing(self) -> tuple[Role, ...]:
        """What may still stand behind the target."""
        return self.table.behind[len(self.rest) :] if self.is_complete else ()

    def _is_trailing(self, text: str) -> bool:
        return any(evidence(text, role) > 0 for role in self._trailing)

    def ends_before(self, text: str, following: str) -> bool:
        """Whether a text is the beginning of the next row."""
        if self.is_level(text, following):
            return bool(self.rest)
        if not self.is_complete or self._is_trailing(text):
            return False
        return Role.EXTRA not in self._trailing or not self._is_remark(following)

    def _is_remark(self, following: str) -> bool:
        """Whether a line behind the target is a remark, for no target follows; else the table is unclear."""
        if _is_target(following):
            return False
        self.table.unclear = self.table.unclear or not (stands_first(following) or not following)
        return True

    def add(self, text: str, cell: Cell, following: str) -> None:
        """Add a line; one between a name and a target is the rest of the name."""
        if not self.rest and len(self.levels) < self.table.most_levels and self.is_level(text, following):
            self.levels.append((text, cell))
        elif self.rest and not self.is_complete and _is_wrapped(text, following):
            self.rest[-1] = (f"{self.rest[-1][0]}\n{text}", self.rest[-1][1])
        elif self.rest or not tag(text).matches("line_number"):
            self.rest.append((text, cell))

    def closed(self) -> Made:
        """The row as far as it has grown; another begins."""
        if self.levels or self.rest:
            yield self.table.row(self.levels, self.rest, self.number), None
        self.levels, self.rest = [], []


def _is_wrapped(text: str, following: str) -> bool:
    """Whether a line between a name and a target is the rest of the name."""
    return _is_target(following) and tag(text).value < _LIKELY and not tag(text).is_operator


def _is_target(text: str) -> bool:
    said = tag(text)
    return not said.is_basis and (said.value >= SURE or said.is_operator)


def read_cells(rows: Sequence[Row], number: int) -> Made:
    """The rows that the lines make, those of tables numbered so; a header with its table."""
    lines = [piece for row in rows for piece in _pieces(row)]
    at = 0
    while at < len(lines):
        heads, table, taken = _header(lines, at)
        if table:
            yield head_row(heads, number), table
            at = yield from _read_table(lines, at + taken, _Growing(table, number))
        else:
            at = yield from _read_head(lines, at, number)


def _read_table(lines: Texts, at: int, growing: _Growing) -> Part:
    while at < len(lines) and not (_ends(lines, at, growing) or _header(lines, at)[1]):
        text, taken = _word(lines, at, stands_first) or (lines[at][0], 1)
        following = _text(lines, at + taken)
        if growing.ends_before(text, following):
            yield from growing.closed()
        growing.add(text, lines[at][1], following)
        at += taken
    yield from growing.closed()
    return at


def _read_head(lines: Texts, at: int, number: int) -> Part:
    """What stands before a table or between two; further rows of one fact are one row."""
    head: Texts = []
    while at < len(lines) and not _header(lines, at)[1]:
        made, taken = _head(lines, at)
        if not _same_fact(head, made):
            yield from _closed(head, number)
            head = []
        head += made
        at += taken
    yield from _closed(head, number)
    return at


def _text(lines: Texts, at: int) -> str:
    return lines[at][0] if at < len(lines) else ""


def _ends(lines: Texts, at: int, growing: _Growing) -> bool:
    """Whether a line stands below the table; an opinion or a stamp only behind a complete row."""
    text, following = _text(lines, at), _text(lines, at + 1)
    signed = is_stamp(text) or (is_signed(text) and not _is_target(following))
    return (signed and growing.is_complete) or ends_table(text, following)


def _pieces(row: Row) -> Texts:
    """A line, or the values and labels that stand in one line: 9,030,000.00 年度资金申请总额."""
    cell = row.cells[0]
    tokens = cell.text.split()
    if any(read_label(token) for token in tokens):
        return [(text, cell) for text in segments(tokens)]
    return [(cell.text.strip(), cell)]


def _closed(head: Texts, number: int) -> Iterator[tuple[Row, None]]:
    if head:
        yield head_row(head, number), None


def _same_fact(head: Texts, made: Texts) -> bool:
    """Whether two rows of the head name the same funds, those of the term and those of the year."""
    before, after = (read_label(cells[0][0]) if cells else None for cells in (head, made))
    return before is not None and after is not None and before[0] == after[0] != "name"


def _word(lines: Texts, at: int, fits: Callable[[str], bool]) -> tuple[str, int] | None:
    """The longest run of lines from here that is one word of the forms, and how many lines it takes."""
    for count in range(min(_LONGEST_WRAP, len(lines) - at), 0, -1):
        pieces = [text for text, _ in lines[at : at + count]]
        if count > 1 and sum(map(len, pieces)) > _LONGEST_WORD:
            continue
        if fits("".join(pieces)) and (count == 1 or _may_wrap(pieces)):
            return "".join(pieces), count
    return None


def _may_wrap(pieces: Sequence[str]) -> bool:
    """Whether lines can be one word: no year or number first, no text behind a colon, no two levels."""
    label = read_label("".join(pieces))
    levels = is_level(pieces[0]) and any(map(is_level, pieces[1:]))
    first = pieces[0].startswith(("(", "（")) or tag(pieces[0]).is_amount
    return not first and not (label and label[1]) and not levels


def _is_head(text: str) -> bool:
    return bool(tag(text).role) or (tag(text).is_scaffold and tag(text).table is None)


def _header(lines: Texts, at: int) -> tuple[Texts, Table | None, int]:
    """The heads of a header that begins here, its table, and how many lines it takes."""
    heads: Texts = []
    taken = 0
    while taken < _MOST and (word := _word(lines, at + taken, _is_head)):
        heads.append((word[0], lines[at + taken][1]))
        taken += word[1]
        if len(heads) > _LONGEST_WRAP and not any(tag(text).role for text, _ in heads):
            break
    table = table_of([text for text, _ in heads])
    if table is None:
        return [], None, 0
    unknown = _unknown_heads(lines, at + taken) if table.most_levels else ()
    return heads, _with_doubts(table, unknown), taken + len(unknown)


def _unknown_heads(lines: Texts, at: int) -> tuple[str, ...]:
    """The lines between the known heads and the first level: heads that no list has, unless it is one line
    before a level 2, which is a level 1.
    """
    for count in range(_LONGEST_WRAP + 1):
        word = _word(lines, at + count, stands_first)
        if word:
            level1 = count == 1 and is_second(word[0])
            return () if level1 else tuple(text for text, _ in lines[at : at + count])
    return ()


def _with_doubts(table: Table, unknown: tuple[str, ...]) -> Table:
    """A table with its unknown heads; unclear where more than an operator stands before the value."""
    behind = table.behind
    before = behind[1 : behind.index(Role.VALUE)] if Role.VALUE in behind else ()
    unclear = any(role is not Role.OPERATOR for role in before)
    return replace(table, unknown=(*table.unknown, *unknown), unclear=unclear)


def _head(lines: Texts, at: int) -> tuple[Texts, int]:
    """A label or a goal's name with the lines that are its text."""
    word = _word(lines, at, is_key)
    if word is None:
        return unit_alone(lines[at][1]) or [lines[at]], 1
    names, taken = [word[0]], word[1]
    while names_goal(names[-1]) and (word := _word(lines, at + taken, names_goal)):
        names.append(word[0])
        taken += word[1]
    texts: list[str] = []
    while at + taken < len(lines) and not _begins_anew(lines, at + taken, behind=bool(texts)):
        texts.append(lines[at + taken][0])
        taken += 1
    return goal_texts(names, texts, lines[at][1]), taken


def _begins_anew(lines: Texts, at: int, *, behind: bool) -> bool:
    """Whether a line is no more of a text: a key, a header, behind a text a label that no list has."""
    key = _word(lines, at, is_key) is not None or (behind and is_other_label(lines[at][0]))
    return key or _header(lines, at)[1] is not None or ends_table(lines[at][0])
