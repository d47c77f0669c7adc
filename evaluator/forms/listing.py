"""Lists of many projects in one table: each row says whose it is, or inherits it from the row above.

单位名称 | 项目名称 | 预算数 | 年度绩效目标 | 一级指标 | ... is how the budget system exports a department's
projects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.forms.head import is_budget, money_unit
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.text import squash, tidy


@dataclass(frozen=True, slots=True)
class Listing:
    """The columns of a list that say whose a row is: facts and goals by column; `money` is their unit.

    `units` says that the projects' column is one of units as well: 单位（项目）名称.
    """

    facts: Mapping[int, str] = field(default_factory=dict)
    goals: Mapping[int, tuple[Horizon, int]] = field(default_factory=dict)
    money: str = ""
    units: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts)

    def said(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """What a row says of its project, by fact."""
        return {fact: cell for cell in cells if (fact := self.facts.get(cell.column))}

    def holds(self, cell: Cell) -> bool:
        """Whether a cell stands in one of these columns."""
        return cell.column in self.facts or cell.column in self.goals


def names_project(text: str) -> bool:
    """Whether the head of a list's column is that of the projects: 项目名称, 单位（项目）名称."""
    compact = squash(text)
    return vocabulary().matches("listed_name", text) or (
        ("项目" in compact or "专项" in compact) and compact.endswith("名称")
    )


def read_listing(cells: Sequence[Cell]) -> Listing:
    """The columns of a header row that are about projects; empty where none names the project."""
    words = vocabulary()
    facts: dict[int, str] = {}
    goals: dict[int, tuple[Horizon, int]] = {}
    money = ""
    for cell in cells:
        if words.role(cell.text):
            continue
        fact = "name" if names_project(cell.text) else words.label(cell.text)
        if fact is None and words.matches("listed_budget", cell.text):
            fact = "budget"
        goal = words.goal(cell.text)
        if goal is None and words.matches("goal_label", cell.text):
            goal = (Horizon.ANNUAL, 1)
        if fact and fact not in facts.values():
            facts[cell.column] = fact
            money = money or (money_unit(cell.text) if is_budget(fact) else "")
        elif goal:
            goals[cell.column] = goal
    heads = [cell.text for cell in cells if facts.get(cell.column) == "name"]
    return Listing(facts, goals, money, units="单位" in heads[0]) if heads else Listing()


def is_other_project(said: Mapping[str, Cell], known: Mapping[str, str]) -> bool:
    """Whether a row begins another project: it names one, and not the same of the same unit."""
    return "name" in said and any(
        fact in said and known.get(fact, tidy(said[fact].text)) != tidy(said[fact].text)
        for fact in ("name", "applicant")
    )


def inherited(said: Mapping[str, Cell], known: Mapping[str, str]) -> dict[str, str]:
    """What a project has from the one above it, where its own row does not say it."""
    return {fact: known[fact] for fact in ("applicant", "money_unit") if fact in known and fact not in said}
