"""Which cells of a row of the head are goal texts: 年度绩效目标1 | text, 总体目标 | long-term | annual."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evaluator.forms.sides import Split, side_of
from evaluator.forms.tags import tag
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.text import squash, tidy

Cells = tuple[Cell, ...]
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:nbsp|lt|gt|amp|quot|#\d+);")
_SHORTEST = 6  # characters of a goal text that only its place says to be one
_SHORTEST_NAMED = 4  # of one that stands beside 总体目标
_FIRST = (Horizon.ANNUAL, 1)


@dataclass(frozen=True, slots=True)
class GoalText:
    """The cell of a goal's text, and cells below it where it goes on; `general` where its name does not tell
    the horizon.
    """

    horizon: Horizon
    number: int
    cell: Cell
    general: bool = False
    more: Cells = ()


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row with goal texts: the cells that name them, the texts, and other cells."""

    names: Cells
    texts: tuple[GoalText, ...]
    others: Cells = field(default=())


def find_goals(cells: Cells, split: Split, *, first: bool) -> GoalRow | None:
    """The goal texts of a row; None where it has none.

    `split` is where the sides of a side-by-side form begin; `first` says that the form has no goal yet.
    """
    if any(tag(cell.text).is_level for cell in cells[1:]):
        return None
    return _on_sides(cells, split, first=first) or _in_pairs(cells) or _beside_name(cells)


def _on_sides(cells: Cells, split: Split, *, first: bool) -> GoalRow | None:
    """总体目标 over both sides with a text on each; their head may be merged from the row above."""
    if split and tag(cells[0].text).matches("both_goals"):
        return GoalRow(cells[:1], _by_side(cells[1:], split))
    if split and first and _is_one_text_a_side(cells, split):
        return GoalRow((), _by_side(cells, split))
    return None


def _by_side(cells: Cells, split: Split) -> tuple[GoalText, ...]:
    sides = ((side_of(split, cell.column) or Horizon.ANNUAL, cell) for cell in cells)
    return tuple(GoalText(side, 1, cell) for side, cell in sides)


def _is_one_text_a_side(cells: Cells, split: Split) -> bool:
    sides = {side_of(split, cell.column) for cell in cells}
    return len(sides) == len(cells) and all(_is_running_text(cell) for cell in cells)


def _in_pairs(cells: Cells) -> GoalRow | None:
    """实施期目标 | text | 年度目标 | text in one row; None for any other."""
    if len(cells) < 4 or len(cells) % 2:
        return None
    names, texts = cells[::2], cells[1::2]
    goals = [_goal_of_pair(name) for name in names]
    if not all(goals) or any(tag(text.text).goal or tag(text.text).is_scaffold for text in texts):
        return None
    pairs = zip(goals, texts, strict=True)
    return GoalRow(names, tuple(GoalText(*goal, cell) for goal, cell in pairs if goal))


def _goal_of_pair(name: Cell) -> tuple[Horizon, int] | None:
    whole = tag(name.text).matches("both_goals")
    return tag(name.text).goal or ((Horizon.LONG_TERM, 1) if whole else None)


def _beside_name(cells: Cells) -> GoalRow | None:
    """年度绩效目标1 | text; what stands behind the text is something else's."""
    cells = (*cells[:1], *(cell for cell in cells[1:] if not _is_head_of_text(cell)))
    if len(cells) < 2:
        return None
    names = 2 if tag(cells[0].text).matches("both_goals") and tag(cells[1].text).goal else 1
    goal, texts = tag(cells[names - 1].text).goal, cells[names:]
    if goal and texts:
        return GoalRow(cells[:names], (GoalText(*goal, texts[0]),), texts[1:])
    return _beside_general_name(cells)


def _beside_general_name(cells: Cells) -> GoalRow | None:
    """总体目标 | text: the year's, unless it has a goal of its own."""
    name, texts = cells[0], cells[1:]
    named = tag(name.text).goal is None and tag(name.text).matches("goal_label")
    if not named or len(texts) != 1 or not _is_running_text(texts[0]):
        return None
    general = "年" not in name.text
    return GoalRow((name,), (GoalText(*_FIRST, texts[0], general),))


def _is_head_of_text(cell: Cell) -> bool:
    """Whether a cell between a goal's name and its text only heads the text: 预期目标, 年初设定目标."""
    asked = tag(cell.text)
    return asked.is_scaffold and not asked.goal and not asked.table


def begins_goal(cells: Cells) -> bool:
    """Whether a row below a table names the next goal: 年度目标：text, beside nothing but a table's title."""
    head, colon, tail = cells[0].text.replace("：", ":", 1).partition(":") if cells else ("", "", "")
    inline = bool(colon) and tag(head).goal is not None and len(squash(tail)) >= _SHORTEST
    return inline and all(tag(cell.text).table or tag(cell.text).is_scaffold for cell in cells[1:])


def is_goal_below(cells: Cells) -> bool:
    """Whether a row below a table without goals in it is a goal: 年度绩效目标 | text."""
    return len(cells) == 2 and tag(cells[0].text).goal is not None and _is_running_text(cells[1])


def goes_on(cells: Cells, column: int) -> bool:
    """Whether a row is nothing but more of the goal's text that stands in that column of the row above."""
    return len(cells) == 1 and cells[0].column == column and is_text_below(cells)


def lone_goal(cells: Cells) -> tuple[Horizon, int] | None:
    """Horizon and number of the goal whose name is all that a row says, or None."""
    texts = [cell.text for cell in cells if not tag(cell.text).is_scaffold] or [c.text for c in cells[:1]]
    if len(texts) != 1:
        return None
    return tag(texts[0]).goal or (_FIRST if tag(texts[0]).matches("goal_label") else None)


def is_text_below(cells: Cells) -> bool:
    """Whether a row is nothing but a goal's text, whose name stood alone in the row above."""
    if len(cells) != 1 or not _is_running_text(cells[0]):
        return False
    first = tag(cells[0].text.split("\n")[0])
    others = ("title", "whole_unit_title", "footnote", "form_year", "goal_label", "both_goals")
    return not first.goal and not first.matches(*others)


def sides_below(cells: Cells) -> Split:
    """Where the texts of the goals that a row names stand in the row below: 项目总目标 | 年度总体目标."""
    goals = ((cell.column, tag(cell.text).goal) for cell in cells)
    annual = [column for column, goal in goals if goal and goal[0] is Horizon.ANNUAL]
    if len(annual) != 1:
        return ()
    whole = [cell.column for cell in cells if tag(cell.text).matches("both_goals")]
    return (*((column, Horizon.LONG_TERM) for column in whole[-1:]), (annual[0], Horizon.ANNUAL))


def goal_text(text: str) -> tuple[str, str]:
    """A goal's text without the markup of web pages, and the first piece of such, if any."""
    markup = _TAG.search(text)
    return tidy(_TAG.sub("", text)), markup.group()[:20] if markup else ""


def _is_running_text(cell: Cell) -> bool:
    """Whether a cell is neither a word of the form nor the head of another column."""
    asked = tag(cell.text)
    if asked.is_scaffold or asked.goal or asked.table or asked.role:
        return False
    head = cell.text.replace("：", ":", 1).partition(":")[0]
    return not tag(head).fact and len(squash(cell.text)) >= _SHORTEST_NAMED
