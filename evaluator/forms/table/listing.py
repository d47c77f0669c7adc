"""Lists of many projects in one table: each row says whose it is, or inherits it from the row above.

单位名称 | 项目名称 | 预算数 | 年度绩效目标 | 一级指标 | ... is how the budget system exports a department's
projects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.forms.head.labels import Label, money_unit
from evaluator.forms.table.alignment import Column
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.text import squash, tidy


@dataclass(frozen=True, slots=True)
class Listing:
    """The columns of a list that say whose a row is: facts and goals by column; `money` is their unit.

    `units` says that the projects' column is one of units as well: 单位（项目）名称.
    """

    facts: Mapping[int, Label] = field(default_factory=dict)
    goals: Mapping[int, tuple[Horizon, int]] = field(default_factory=dict)
    money: str = ""
    units: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts)

    def said(self, cells: Sequence[Cell]) -> dict[Label, Cell]:
        """What a row says of its project, by fact."""
        named = ((self.facts.get(cell.column), cell) for cell in cells)
        return {label: cell for label, cell in named if label and _may_say(label, cell)}

    def holds(self, cell: Cell) -> bool:
        """Whether a cell stands in one of these columns."""
        return cell.column in self.facts or cell.column in self.goals


def _may_say(label: Label, cell: Cell) -> bool:
    """Whether a cell can be what its column says of a project: an amount has a digit, a level names none."""
    if label.is_money:
        return any(char.isdigit() for char in cell.text)
    return not tag(cell.text).is_term or label.fact not in ("name", "applicant")


def names_project(text: str) -> bool:
    """Whether the head of a list's column is that of the projects: 项目名称, 单位（项目）名称."""
    compact = squash(text)
    named = ("项目" in compact or "专项" in compact) and compact.endswith("名称")
    return named or tag(text).matches("listed_name")


def read_listing(cells: Sequence[Cell]) -> Listing:
    """The columns of a header row that are about projects; empty where none names the project."""
    heads = [cell for cell in cells if names_project(cell.text) and not tag(cell.text).role]
    if not heads:
        return Listing()
    facts: dict[int, Label] = {}
    goals: dict[int, tuple[Horizon, int]] = {}
    for cell in cells:
        label, goal = _fact_of(cell), _goal_of(cell)
        if label and label not in facts.values():
            facts[cell.column] = label
        elif goal and not tag(cell.text).role:
            goals[cell.column] = goal
    money = (money_unit(cell.text) for cell in cells if cell.column in facts and facts[cell.column].is_budget)
    return Listing(facts, goals, next(filter(None, money), ""), units="单位" in heads[0].text)


def _fact_of(cell: Cell) -> Label | None:
    """What a column says of each project."""
    asked = tag(cell.text)
    if asked.role:
        return None
    if names_project(cell.text):
        return Label("name")
    if asked.fact:
        return Label(asked.fact, year=asked.budget_year)
    return Label("budget") if asked.matches("listed_budget") else None


def _goal_of(cell: Cell) -> tuple[Horizon, int] | None:
    asked = tag(cell.text)
    return asked.goal or ((Horizon.ANNUAL, 1) if asked.matches("goal_label") else None)


def is_other_project(said: Mapping[Label, Cell], known: Mapping[str, str]) -> bool:
    """Whether a row begins another project: it names one, and not the same of the same unit."""
    texts = {label.fact: tidy(cell.text) for label, cell in said.items()}
    return "name" in texts and any(
        known.get(fact, texts[fact]) != texts[fact] for fact in ("name", "applicant") if fact in texts
    )


def inherited(said: Mapping[Label, Cell], known: Mapping[str, str]) -> dict[str, str]:
    """What a project has from the one above it, where its own row does not say it."""
    own = {label.fact for label in said}
    return {fact: known[fact] for fact in ("applicant", "money_unit") if fact in known and fact not in own}


def steps_right(cells: Sequence[Cell], columns: Sequence[Column]) -> int:
    """How far a row of a list stands left of its columns, by its levels and operator; 0 where they disagree.

    Copied from a web page, or on the next page of a PDF, a row lacks the cells that are merged from above.
    """
    places = {column.role: column.position for column in columns}
    stands: dict[Role, int] = {}
    for cell in cells:
        role = _anchor(cell)
        if role in places:
            stands.setdefault(role, cell.column)  # of ≥ and 正向指标 the first is the operator
    missing = {places[role] - at for role, at in stands.items()}
    return max(missing.pop(), 0) if len(missing) == 1 else 0


def stands_below_heads(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row has its level 2 below its head, and level 1, if any: no line that was cut off does."""
    said = {cell.column: tag(cell.text) for cell in cells}
    places = {column.role: said.get(column.position) for column in columns}
    first, second = places.get(Role.LEVEL1), places.get(Role.LEVEL2)
    return second is not None and second.level2 is not None and (first is None or first.level1 is not None)


def _anchor(cell: Cell) -> Role | None:
    """The column that a cell can only stand in."""
    asked = tag(cell.text)
    if asked.is_operator:
        return Role.OPERATOR
    if asked.level1 and not asked.level2:
        return Role.LEVEL1
    return Role.LEVEL2 if asked.level2 and not asked.level1 else None


def moved_right(cells: Sequence[Cell], steps: int) -> tuple[Cell, ...]:
    """A row with its cells so many columns further right."""
    return tuple(replace(cell, column=cell.column + steps) for cell in cells)


def is_sum(said: Mapping[Label, Cell], rest: Sequence[Cell]) -> bool:
    """Whether a row of a list is a sum: money, perhaps of a unit, and neither a project nor an indicator."""
    facts = {label.fact for label in said}
    return not rest and "name" not in facts and any(label.is_budget for label in said)
