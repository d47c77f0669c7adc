"""A form whose cells have single blanks between them, a row of a table on each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    is_plain,
    is_second,
    is_signed,
    is_stamp,
    join_brackets,
    joins_level,
    names_goal,
    stands_first,
    table_of,
    unit_alone,
)
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Row
from evaluator.values.dates import is_deadline
from evaluator.values.text import squash

_LIKELY, _POSSIBLE = 0.6, 0.4  # that a text is a value


def read_lines(rows: Sequence[Row], number: int) -> Iterator[tuple[Row, Table | None]]:
    """The rows with their cells, those of tables numbered so; a header with its table."""
    table: Table | None = None
    at = 0
    while at < len(rows):
        row, taken = rows[at], 1
        tokens = row.cells[0].text.split() if is_plain(row) else []
        if header := table_of(tokens):
            table = header
            yield head_row([(token, row.cells[0]) for token in tokens], number), table
        elif table and tokens and not _ends(tokens):
            yield _row(row, tokens, table, number), None
        elif tokens:
            table = None
            texts, taken = _head(rows, at)
            yield (head_row(texts, number) if texts else row), None
        else:
            yield row, None
        at += taken


def _ends(tokens: Sequence[str]) -> bool:
    """Whether a line stands below the table: no target in it, and an opinion or a stamp at its beginning."""
    valued = any(tag(token).value >= SURE or tag(token).is_operator for token in tokens[1:])
    signed = is_stamp(tokens[0]) or (is_signed(tokens[0]) and not valued)
    return signed or ends_table(*tokens[:2])


def segments(tokens: Sequence[str]) -> list[str]:
    """Labels and goals' names alone; what stands between them as one text, but for words after a number."""
    texts: list[str] = []
    open_text = False
    for token in tokens:
        goal = bool(texts) and names_goal(texts[0])
        key = _is_key(token, goal=goal, open_text=open_text)
        amount = open_text and not goal and tag(texts[-1]).is_amount
        if key or not open_text or amount:
            texts.append(token)
        else:
            texts[-1] += f" {token}"
        open_text = not key
    return texts


def _is_key(token: str, *, goal: bool, open_text: bool) -> bool:
    """Whether a token is a label; behind a text also one that no list has. In a goal's text none is."""
    if goal:
        return names_goal(token) and not open_text
    return is_key(token) or (open_text and is_other_label(token))


def _head(rows: Sequence[Row], at: int) -> tuple[Texts, int]:
    """The cells of a line of the head, with the lines that its goal text goes on in; none for other text."""
    cell = rows[at].cells[0]
    texts = segments(cell.text.split())
    if not any(map(is_key, texts)):
        return unit_alone(cell), 1
    goals = [text for text in texts if names_goal(text)]
    if not goals or not (names_goal(texts[0]) or len(goals) > 1):
        return [(text, cell) for text in texts], 1
    names, rest = list(goals), [text for text in texts if text not in goals]
    taken = 1
    while at + taken < len(rows) and (line := _more(rows[at + taken], open_names=not rest)):
        (names if names_goal(line) else rest).append(line)
        taken += 1
    return goal_texts(names, rest, cell), taken


def _more(row: Row, *, open_names: bool) -> str:
    """A line that goes on with a goal's text, or names a further goal before any text; empty for another."""
    tokens = row.cells[0].text.split() if is_plain(row) else []
    if len(tokens) == 1 and open_names and names_goal(tokens[0]):
        return tokens[0]
    if not tokens or is_key(tokens[0]) or is_level(tokens[0]) or ends_table(tokens[0]) or table_of(tokens):
        return ""
    return row.cells[0].text.strip()


def _row(row: Row, tokens: Sequence[str], table: Table, number: int) -> Row:
    """A row of the table; a line that is one text stays a line."""
    levels, rest = cells_of(tokens, table)
    cell = row.cells[0]
    if len(levels) + len(rest) < 2:
        return row
    return table.row([(text, cell) for text in levels], [(text, cell) for text in rest], number)


def cells_of(tokens: Sequence[str], table: Table) -> tuple[list[str], list[str]]:
    """The levels of a row and its other cells: pieces of a level, a name or a target joined."""
    texts = _pieces(tokens, table)
    first = _first(texts, table)
    levels, rest = texts[:first], texts[first:]
    if len(rest) > 1 and tag(rest[0]).matches("line_number"):
        rest = rest[1:]
    return levels, _fitted(rest, table.behind)


def _pieces(tokens: Sequence[str], table: Table) -> list[str]:
    """Tokens without words of the form before the levels (绩效指标), pieces of one term or target joined."""
    apart = Role.OPERATOR in table.roles or Role.UNIT in table.roles
    texts: list[str] = []
    for token in join_brackets(tokens):
        whole = bool(texts) and (joins_level(texts[-1], token) or (not apart and _is_one(texts[-1], token)))
        if whole:
            texts[-1] += token
        else:
            texts.append(token)
    while len(texts) > 1 and tag(texts[0]).is_scaffold and not stands_first(texts[0]):
        del texts[0]
    return texts


def _first(texts: Sequence[str], table: Table) -> int:
    """How many texts stand before the name: levels known, one that no list has where its place tells it."""
    most = min(table.most_levels, len(texts))
    known = next((n for n in range(most) if not stands_first(texts[n])), most)
    if known == 0 and most > 1 and len(texts) > 2 and is_second(texts[1]):
        return 2  # a level 1 that no list has
    further = texts[known : known + 2]
    if known > 1 and further and _begins_target(further[0]):
        return known - 1  # a name that is a term, too: 满意度指标 | 服务对象满意度 | ≥95%
    return known + _is_unlisted_second(texts[:known], further, most)


def _is_unlisted_second(levels: Sequence[str], further: Sequence[str], most: int) -> bool:
    """Whether a level 2 that no list has stands behind the levels known: 安全指标 before a name."""
    if len(levels) >= most or len(further) < 2 or any(map(is_second, levels)):
        return False
    return further[0].endswith("指标") and not _begins_target(further[1])


def _fitted(texts: list[str], behind: Sequence[Role]) -> list[str]:
    """The cells from the name on: those too many are pieces of the name, or stand behind the target."""
    if len(texts) <= len(behind):
        return texts
    last = _target(texts)
    if last and behind[1:2] in ((Role.OPERATOR,), (Role.VALUE,)):
        texts = [" ".join(texts[:last]), *texts[last:]]
        return _with_remark(texts, behind)
    while len(texts) > max(len(behind), 1):
        texts = [" ".join(texts[:2]), *texts[2:]]
    return texts


def _with_remark(texts: list[str], behind: Sequence[Role]) -> list[str]:
    """Cells whose last is a remark of several words."""
    most = len(behind)
    if len(texts) > most and behind[-1:] == (Role.EXTRA,):
        return [*texts[: most - 1], " ".join(texts[most - 1 :])]
    return texts


def _is_one(text: str, more: str) -> bool:
    """Whether two pieces are one target: ≥ 500人, 2026年 12月底前."""
    joined = text + more
    pieces = tag(text).value if tag(text).is_operator else max(tag(text).value, tag(more).value)
    return tag(joined).value >= SURE > pieces or is_deadline(squash(joined))


def _target(texts: Sequence[str]) -> int:
    """Where the target begins, with its operator; 0 where nothing looks like one."""
    at = next((n for n in range(1, len(texts)) if _begins_target(texts[n])), 0)
    # A bare number behind words such as 明显提升 is their points.
    bare = at > 1 and not tag(texts[at]).is_operator and tag(texts[at]).value < SURE
    return at - 1 if bare and tag(texts[at - 1]).value >= _POSSIBLE else at


def _begins_target(text: str) -> bool:
    said = tag(text)
    return said.is_operator or (said.value >= _LIKELY and not said.is_basis)
