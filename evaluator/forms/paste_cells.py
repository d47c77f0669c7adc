"""A form with every cell on a line of its own, narrow ones on several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from evaluator.forms.alignment import evidence
from evaluator.forms.head.labels import read_label
from evaluator.forms.paste_lines import segments
from evaluator.forms.paste_words import (
    Table,
    Texts,
    ends_table,
    goal_texts,
    head_row,
    is_key,
    is_level,
    names_goal,
    roles_of,
    stands_first,
    unit_alone,
)
from evaluator.forms.row_kinds import is_scaffold
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.source import Cell, Row
from evaluator.values.target import looks_like_value
from evaluator.values.text import decimal_from_text

_LONGEST_WRAP = 4  # lines that one narrow cell may have taken
_LONGEST_WORD = 40  # letters that one word of the forms may have
_MOST = 60  # lines of a header
_SURE = 0.8  # that a text is a value


@dataclass
class _Growing:
    """The row of a table that lines are being added to."""

    table: Table
    texts: Texts = field(default_factory=list)
    named: bool = False
    valued: bool = False

    def ends_before(self, text: str, following: str) -> bool:
        """Whether a text is the beginning of the next row; 数量 before the target is the end of a name."""
        wrapped = not self.valued and looks_like_value(following) >= _SURE
        if stands_first(text):
            return self.named and not wrapped
        roles = self.table.roles
        trailing = roles[roles.index(Role.VALUE) + 1 :] if Role.VALUE in roles else ()
        complete = self.valued or (self.named and Role.VALUE not in roles)
        return complete and not any(evidence(text, role) > 0 for role in trailing)

    def add(self, text: str, cell: Cell, following: str) -> None:
        """Add a line; one between a name and a target is the rest of the name."""
        level = stands_first(text) and not self.named
        operator = Role.OPERATOR in self.table.roles and evidence(text, Role.OPERATOR) > 0
        if not level and self.named and not self.valued and not operator:
            if looks_like_value(text) == 0 and looks_like_value(following) >= _SURE:
                self.texts[-1] = (f"{self.texts[-1][0]}\n{text}", self.texts[-1][1])
                return
            self.valued = True
        self.named = self.named or not level
        self.texts.append((text, cell))

    def closed(self, number: int) -> Iterator[tuple[Row, None]]:
        """The row as far as it has grown; another begins."""
        if self.texts:
            yield self.table.row(self.texts, number), None
        self.texts, self.named, self.valued = [], False, False


def read_cells(rows: Sequence[Row], number: int) -> Iterator[tuple[Row, Table | None]]:
    """The rows that the lines make, those of tables numbered so; a header with its table."""
    lines = [piece for row in rows for piece in _pieces(row)]
    growing = _Growing(Table())
    head: Texts = []  # a row of the head, while another of the same fact may follow
    at = 0
    while at < len(lines):
        heads, taken = _heads(lines, at)
        ends = heads or ends_table(*(text for text, _ in lines[at : at + 2]))
        if ends:
            yield from growing.closed(number)
            growing = _Growing(Table(roles_of([text for text, _ in heads])))
        if heads or (growing.table.roles and head):
            yield from _closed(head, number)
            head = []
        if heads:
            yield head_row(heads, number), growing.table
        elif growing.table.roles:
            text, taken = _word(lines, at, stands_first) or (lines[at][0], 1)
            following = lines[at + taken][0] if at + taken < len(lines) else ""
            if growing.ends_before(text, following):
                yield from growing.closed(number)
            growing.add(text, lines[at][1], following)
        else:
            made, taken = _head(lines, at)
            if not _same_fact(head, made):
                yield from _closed(head, number)
                head = []
            head += made
        at += taken
    yield from _closed(head, number)
    yield from growing.closed(number)


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
    first = pieces[0].startswith(("(", "（")) or decimal_from_text(pieces[0]) is not None
    return not first and not (label and label[1]) and not levels


def _is_head(text: str) -> bool:
    words = vocabulary()
    return bool(words.role(text)) or (is_scaffold(text) and words.table(text) is None)


def _heads(lines: Texts, at: int) -> tuple[Texts, int]:
    """The heads of a header that begins here, and how many lines it takes; words of the form left out."""
    heads: Texts = []
    taken = 0
    while taken < _MOST and at + taken < len(lines) and (word := _word(lines, at + taken, _is_head)):
        if vocabulary().role(word[0]):
            heads.append((word[0], lines[at + taken][1]))
        elif not heads and taken > _LONGEST_WRAP:
            break
        taken += word[1]
    return (heads, taken) if roles_of([text for text, _ in heads]) else ([], 0)


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
    while at + taken < len(lines) and not _begins_anew(lines, at + taken):
        texts.append(lines[at + taken][0])
        taken += 1
    return goal_texts(names, texts, lines[at][1]), taken


def _begins_anew(lines: Texts, at: int) -> bool:
    key = _word(lines, at, is_key) is not None
    return key or bool(_heads(lines, at)[0]) or ends_table(lines[at][0])
