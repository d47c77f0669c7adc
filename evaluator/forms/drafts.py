"""A form while it is being read, and all forms of a source so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluator.forms.budget import PARTS, Budget, Scope
from evaluator.forms.head.goals import GoalText, goal_text
from evaluator.forms.head.labels import Label, money_unit
from evaluator.forms.table.indicator_row import RowDraft
from evaluator.forms.trace import Trace
from evaluator.records.approved import Goal
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place

SOFT = {"applicant", "money_unit", "填报日期", "年度", "单位编码"}
"""What may stand above a title or a project's name."""


@dataclass
class FormDraft:
    """One form while it is being read; `year` and `money` (the unit) are what its title says.

    `title` is that of a form about a whole unit, which is no project; `general` is the place of a goal whose
    name does not say whether it is the year's; `titled` says that it began with a title of its own;
    `budget_unit` is that of the first label of a budget; `listed` says that the form is of a list of many
    projects, `units` that the list names units in the same column; `asks_budget` that a label of the budget
    was met, whether answered or not, `asks_applicant` where one of the applicant was.
    """

    place: Place
    title: str = ""
    year: str = ""
    money: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    fact_places: dict[str, Place] = field(default_factory=dict)
    budget: Budget | None = None
    budget_unit: str = ""
    asks_budget: bool = False
    asks_applicant: Place | None = None
    goals: list[Goal] = field(default_factory=list)
    general: Place | None = None
    titled: bool = False
    listed: bool = False
    units: bool = False
    rows: list[RowDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def has_facts(self) -> bool:
        """Whether its head says anything."""
        return bool(self.facts or self.budget or self.budget_unit)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read into it."""
        return not (self.has_facts or self.goals or self.rows or self.title)

    @property
    def is_open(self) -> bool:
        """Whether it has nothing but what may stand above a title or a project's name: unit, date."""
        stated = self.rows or self.goals or self.title or self.budget
        return not stated and self.facts.keys() <= SOFT

    @property
    def unit(self) -> str:
        """The unit of money that its head or title names, or empty."""
        return self.budget_unit or self.facts.get("money_unit", "") or self.money

    def set_unit(self, unit: str, *, of_budget: bool) -> None:
        """Take a unit of money that a label names; the first one counts."""
        if unit and of_budget:
            self.budget_unit = self.budget_unit or unit
        elif unit:
            self.facts.setdefault("money_unit", unit)

    def set_fact(self, label: Label, text: str, cell: Cell, year: int) -> bool:
        """Take what a label's answer says; False where it says another thing than is known already."""
        if label.is_budget and label.year not in (0, year):
            return self._set(f"{label.year}年预算", text, cell)
        if label.is_budget:
            return self._set_budget(Budget(year, Scope(label.fact), text, "", cell.place))
        unit = label.fact == "applicant" and money_unit(text)  # 单位 | 元
        return self._set("money_unit" if unit else label.fact, text, cell)

    def _set(self, fact: str, text: str, cell: Cell) -> bool:
        if self.facts.get(fact, text) != text:
            return False  # the first one counts; another one is named, not dropped
        self.facts[fact] = text
        self.fact_places[fact] = cell.place
        return True

    def _set_budget(self, said: Budget) -> bool:
        known = self.budget
        if known and known.amount != said.amount and said.replaces(known):
            details = {"text": said.amount[:40], "other": known.amount[:40]}
            self.findings.append(finding("budget-of-two", said.place, **details))
        if known is None or said.replaces(known):
            self.budget = said
            return True
        return known.amount == said.amount

    def add_goal(self, goal: GoalText) -> None:
        """Add a goal; one whose number is taken gets the next."""
        texts = [goal_text(cell.text) for cell in (goal.cell, *goal.more)]
        if markup := texts[0][1]:
            self.findings.append(finding("goal-markup", goal.cell.place, tag=markup))
        taken = {known.number for known in self.goals if known.horizon is goal.horizon}
        number = max(taken) + 1 if goal.number in taken else goal.number
        text = "\n".join(text for text, _ in texts)
        self.goals.append(Goal(goal.horizon, number, text, goal.cell.place))
        if goal.general:
            self.general = goal.cell.place

    def parts_of_budget(self) -> list[str]:
        """The amounts that the year's budget is made of, where its own place was left blank."""
        parts = (self.facts.get(fact, "") for fact in PARTS) if self.asks_budget else ()
        return [text for text in parts if text]

    def known_budget(self) -> Budget | None:
        """The budget that counts: the year's, else one that says no time, else the whole project's."""
        total = self.facts.get(Scope.TOTAL)
        if self.budget or not total:
            return self.budget
        return Budget(0, Scope.TOTAL, total, "", self.fact_places[Scope.TOTAL])


class Drafts:
    """The forms of a source as far as they are read, what became of its cells, and loose findings."""

    def __init__(self) -> None:
        self.forms: list[FormDraft] = []
        self.trace = Trace()
        self.findings: list[Finding] = []

    @property
    def form(self) -> FormDraft:
        """The form that is being read."""
        return self.forms[-1]

    def start(self, place: Place) -> FormDraft:
        """Begin a form."""
        self.close_run()
        self.forms.append(FormDraft(place))
        return self.form

    def drop(self) -> None:
        """Give up the form that is being read; its findings are those of the one before."""
        dropped = self.forms.pop()
        self.form.findings.extend(dropped.findings)

    def find(self, code: str, place: Place, **details: str) -> None:
        """Note a finding of the form that is being read, or of the source."""
        found = finding(code, place, **details)
        (self.form.findings if self.forms else self.findings).append(found)

    def close_run(self) -> None:
        """End the run of cells that were not read: something was."""
        found = self.trace.close()
        (self.form.findings if self.forms else self.findings).extend(found)
