"""Prose around forms: paragraphs that say of a project what its form says in cells."""

from __future__ import annotations

import re

from evaluator.forms.budget import Budget, Scope, in_wan
from evaluator.forms.head.goals import Cells
from evaluator.forms.head.labels import read_label
from evaluator.forms.tags import tag
from evaluator.records.source import Row

_NUMBERED = re.compile(r"\s*(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.、．])")


def is_prose(cells: Cells, row: Row, *, below_table: bool) -> bool:
    """Whether a paragraph only tells of a project: （6）年度预算安排：财政拨款安排40万元。

    Published budgets tell so of each project before its form. Such a paragraph begins no form, its money is
    no amount of one, and below the table of a form its goal is the next one's.
    """
    if row.table or len(row.cells) != 1:
        return False
    text = row.cells[0].text
    numbered = _NUMBERED.match(text) is not None
    label = read_label(text)
    if label and label.is_money and label.tail:
        said = numbered or any(mark in label.tail for mark in "，。；")
        amount, _ = in_wan(Budget(0, Scope.PROJECT, label.tail, "", row.cells[0].place), "")
        return said and amount is None
    return below_table and numbered and _is_goal(cells)


def _is_goal(cells: Cells) -> bool:
    head = tag(cells[0].text.replace("：", ":").partition(":")[0])
    return head.goal is not None or head.matches("goal_label")
