"""Which cells of a row of the head are goal texts: 年度绩效目标1 | text, 总体目标 | long-term | annual."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evaluator.forms.alignment import Column
from evaluator.forms.row_kinds import is_scaffold
from evaluator.forms.sides import Split, side_of
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.text import squash, tidy

Cells = tuple[Cell, ...]
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:nbsp|lt|gt|amp|quot|#\d+);")
_SHORTEST = 6  # characters of a goal text that only its place says to be one
_SHORTEST_NAMED = 4  # of one that stands beside 总体目标


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row with goal texts: the cells that name them, the texts with horizon and number, other cells.

    `general` says that the name (总体目标) tells nothing of the horizon.
    """

    names: Cells
    texts: tuple[tuple[Horizon, int, Cell], ...]
    others: Cells = ()
    general: bool = False


def begins_goal(cells: Cells) -> bool:
    """Whether a row below a table names the next goal: 年度目标：text, beside nothing but a table's title."""
    words = vocabulary()
    head, colon, tail = cells[0].text.replace("：", ":", 1).partition(":") if cells else ("", "", "")
    inline = bool(colon) and words.goal(head) is not None and len(squash(tail)) >= _SHORTEST
    return inline and all(words.table(cell.text) or is_scaffold(cell.text) for cell in cells[1:])


def is_goal_below(cells: Cells, columns: tuple[Column, ...]) -> bool:
    """Whether a row below a table without goals in it is a goal: 年度绩效目标 | text."""
    if len(cells) != 2 or not columns or any(column.role is Role.GOAL for column in columns):
        return False
    return vocabulary().goal(cells[0].text) is not None and _is_running_text(cells[1], _SHORTEST_NAMED)


def find_goals(cells: Cells, split: Split, *, first: bool) -> GoalRow | None:
    """The goal texts of a row; None where it has none.

    `split` is where the sides of a side-by-side form begin; `first` says that the form has no goal yet.
    """
    words = vocabulary()
    if any(words.level1(cell.text) or words.level2(cell.text) for cell in cells[1:]):
        return None
    if split and words.matches("both_goals", cells[0].text):
        return GoalRow(cells[:1], _by_side(cells[1:], split))
    if split and first and _is_one_text_a_side(cells, split):  # their head is merged from the row above
        return GoalRow((), _by_side(cells, split))
    in_pairs = _in_pairs(cells)
    if in_pairs:
        return in_pairs
    cells = (*cells[:1], *(cell for cell in cells[1:] if not _is_head_of_text(cell)))
    if len(cells) < 2:
        return None
    names = 2 if words.matches("both_goals", cells[0].text) and words.goal(cells[1].text) else 1
    goal, texts = words.goal(cells[names - 1].text), cells[names:]
    unnamed = goal is None and words.matches("goal_label", cells[0].text) and len(texts) == 1
    if unnamed:
        goal = (Horizon.ANNUAL, 1) if _is_running_text(texts[0], _SHORTEST_NAMED) else None
    general = unnamed and "年" not in cells[0].text
    if goal is None or not texts:
        return None
    return GoalRow(cells[:names], ((*goal, texts[0]),), texts[1:], general)


def _in_pairs(cells: Cells) -> GoalRow | None:
    """实施期目标 | text | 年度目标 | text in one row; None for any other."""
    words = vocabulary()
    if len(cells) < 4 or len(cells) % 2:
        return None
    names, texts = cells[::2], cells[1::2]
    goals = [
        words.goal(name.text) or ((Horizon.LONG_TERM, 1) if words.matches("both_goals", name.text) else None)
        for name in names
    ]
    if not all(goals) or any(words.goal(text.text) or is_scaffold(text.text) for text in texts):
        return None
    return GoalRow(names, tuple((*goal, text) for goal, text in zip(goals, texts, strict=True) if goal))


def _is_head_of_text(cell: Cell) -> bool:
    """Whether a cell between a goal's name and its text only heads the text: 预期目标, 年初设定目标."""
    return is_scaffold(cell.text) and not vocabulary().goal(cell.text) and not vocabulary().table(cell.text)


def goes_on(cells: Cells, column: int | None) -> bool:
    """Whether a row is nothing but more of the goal's text that stands in that column of the row above."""
    return column is not None and len(cells) == 1 and cells[0].column == column and is_text_below(cells)


def lone_goal(cells: Cells) -> tuple[Horizon, int] | None:
    """Horizon and number of the goal whose name is all that a row says, or None."""
    words = vocabulary()
    texts = [cell.text for cell in cells if not is_scaffold(cell.text)] or [cell.text for cell in cells[:1]]
    if len(texts) != 1:
        return None
    general = (Horizon.ANNUAL, 1) if words.matches("goal_label", texts[0]) else None
    return words.goal(texts[0]) or general


def sides_below(cells: Cells) -> Split:
    """Where the texts of the goals that a row names stand in the row below: 项目总目标 | 年度总体目标."""
    words = vocabulary()
    annual = [cell.column for cell in cells if (goal := words.goal(cell.text)) and goal[0] is Horizon.ANNUAL]
    if len(annual) != 1:
        return ()
    whole = [cell.column for cell in cells if words.matches("both_goals", cell.text)]
    return (*((column, Horizon.LONG_TERM) for column in whole[-1:]), (annual[0], Horizon.ANNUAL))


def goal_text(text: str) -> tuple[str, str]:
    """A goal's text without the markup of web pages, and the first piece of such, if any."""
    tag = _TAG.search(text)
    return tidy(_TAG.sub("", text)), tag.group()[:20] if tag else ""


def _by_side(cells: Cells, split: Split) -> tuple[tuple[Horizon, int, Cell], ...]:
    return tuple((side_of(split, cell.column) or Horizon.ANNUAL, 1, cell) for cell in cells)


def _is_one_text_a_side(cells: Cells, split: Split) -> bool:
    sides = {side_of(split, cell.column) for cell in cells}
    return len(sides) == len(cells) and all(_is_running_text(cell, _SHORTEST_NAMED) for cell in cells)


def is_text_below(cells: Cells) -> bool:
    """Whether a row is nothing but a goal's text, whose name stood alone in the row above."""
    if len(cells) != 1 or not _is_running_text(cells[0], _SHORTEST_NAMED):
        return False
    words, first = vocabulary(), cells[0].text.split("\n")[0]
    others = ("title", "whole_unit_title", "footnote", "form_year", "goal_label", "both_goals")
    return not words.goal(first) and not any(words.matches(pattern, first) for pattern in others)


def _is_running_text(cell: Cell, shortest: int = _SHORTEST) -> bool:
    """Whether a cell is neither a word of the form nor the head of another column."""
    words, text = vocabulary(), cell.text
    head = text.replace("：", ":", 1).partition(":")[0]
    named = is_scaffold(text) or words.goal(text) or words.table(text) or words.label(head)
    return not named and not words.role(text) and len(squash(text)) >= shortest
