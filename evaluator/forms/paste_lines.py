"""A form whose cells have single blanks between them, a row of a table on each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluator.forms.paste_words import (
    Table,
    Texts,
    ends_table,
    goal_texts,
    head_row,
    is_key,
    is_level,
    is_plain,
    joins_level,
    names_goal,
    roles_of,
    stands_first,
    unit_alone,
)
from evaluator.forms.vocabulary import Role
from evaluator.records.source import Row
from evaluator.values.dates import is_deadline
from evaluator.values.target import looks_like_operator, looks_like_value
from evaluator.values.text import decimal_from_text, squash

_SURE, _LIKELY, _POSSIBLE = 0.8, 0.6, 0.4  # that a text is a value


def read_lines(rows: Sequence[Row], number: int) -> Iterator[tuple[Row, Table | None]]:
    """The rows with their cells, those of tables numbered so; a header with its table."""
    table = Table()
    at = 0
    while at < len(rows):
        row, taken = rows[at], 1
        tokens = row.cells[0].text.split() if is_plain(row) else []
        if roles := roles_of(tokens):
            table = Table(roles)
            yield head_row([(token, row.cells[0]) for token in tokens], number), table
        elif table.roles and tokens and not ends_table(*tokens[:2]):
            cells = [(text, row.cells[0]) for text in _cells(tokens, table.roles)]
            yield (table.row(cells, number) if len(cells) > 1 else row), None
        elif tokens:
            table = Table()
            texts, taken = _head(rows, at)
            yield (head_row(texts, number) if texts else row), None
        else:
            yield row, None
        at += taken


def segments(tokens: Sequence[str]) -> list[str]:
    """Labels and goals' names alone; what stands between them as one text, but for words after a number."""
    texts: list[str] = []
    open_text = False
    for token in tokens:
        goal = bool(texts) and names_goal(texts[0])
        key = names_goal(token) if goal and not open_text else is_key(token) and not goal
        amount = open_text and not goal and decimal_from_text(texts[-1]) is not None
        if key or not open_text or amount:
            texts.append(token)
        else:
            texts[-1] += f" {token}"
        open_text = not key
    return texts


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
    if not tokens or is_key(tokens[0]) or is_level(tokens[0]) or ends_table(tokens[0]) or roles_of(tokens):
        return ""
    return row.cells[0].text.strip()


def _cells(tokens: Sequence[str], roles: Sequence[Role]) -> list[str]:
    """The cells of a row: pieces of a level or of a target joined, and those of a name."""
    apart = Role.OPERATOR in roles or Role.UNIT in roles
    texts: list[str] = []
    for token in tokens:
        if texts and (joins_level(texts[-1], token) or (not apart and _is_one_target(texts[-1], token))):
            texts[-1] += token
        else:
            texts.append(token)
    first = next((n for n, text in enumerate(texts[:3]) if not stands_first(text)), min(3, len(texts)))
    behind = [role for role in roles if role not in (Role.GOAL, Role.LEVEL1, Role.LEVEL2)]
    if behind[:1] == [Role.NAME] and behind[1:2] in ([Role.OPERATOR], [Role.VALUE]):
        last = _target(texts, first)
        if last > first + 1:
            texts[first:last] = [" ".join(texts[first:last])]
    while len(texts) - first > max(len(behind), 1):
        texts[first : first + 2] = [" ".join(texts[first : first + 2])]
    return texts


def _is_one_target(text: str, more: str) -> bool:
    """Whether two pieces are one target: ≥ 500人, 2026年 12月底前."""
    joined = text + more
    pieces = looks_like_value(text) if looks_like_operator(text) else _surer(text, more)
    return looks_like_value(joined) >= _SURE > pieces or is_deadline(squash(joined))


def _surer(text: str, more: str) -> float:
    return max(looks_like_value(text), looks_like_value(more))


def _target(texts: Sequence[str], first: int) -> int:
    """Where the target begins, with its operator; 0 where nothing looks like one."""
    at = next((n for n in range(first, len(texts)) if _begins_target(texts[n])), 0)
    # A bare number behind words such as 明显提升 is their points.
    bare = at > first + 1 and not looks_like_operator(texts[at]) and looks_like_value(texts[at]) < _SURE
    return at - 1 if bare and looks_like_value(texts[at - 1]) >= _POSSIBLE else at


def _begins_target(text: str) -> bool:
    return looks_like_operator(text) or looks_like_value(text) >= _LIKELY
