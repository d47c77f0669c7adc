"""A printed form (表式) as one object: all that is special to it, under the name that rule sets use.

To add one: a module with its columns, its plan and its writers, and its name in `layouts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluator.records.evaluation import Evaluation
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.plan import Plan


@dataclass(frozen=True, slots=True)
class Layout:
    """A printed form.

    `title` is printed after the year. `plan` says where everything stands, from the row of the title on;
    `write_head`, `write_goals` and `write_foot` write what stands above, beside and below the table
    (`write_foot` returns the next free row). `budget_roles` is the column's role for each figure of the
    budget. `side` are the first and last role of the labels at the left of the foot, `side_text` is the
    role where their text begins. `needed_facts` are the lines of 基本情况 without which a cell stays blank.
    """

    name: str
    title: str
    plan: Callable[[Evaluation, int], Plan]
    write_head: Callable[[Form], None]
    write_goals: Callable[[Form], None]
    write_foot: Callable[[Form], int]
    budget_roles: Mapping[str, str]
    side: tuple[str, str]
    side_text: str
    needed_facts: tuple[str, ...]
