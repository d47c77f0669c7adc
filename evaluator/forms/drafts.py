"""What the parser fills while it reads: a form, and a note on every cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evaluator.forms.goals import goal_text
from evaluator.forms.head import is_budget, is_money, money_unit, read_labels, unit_named
from evaluator.forms.indicator_row import RowDraft
from evaluator.forms.row_kinds import is_scaffold
from evaluator.forms.vocabulary import fold, vocabulary
from evaluator.records.approved import Goal, Horizon
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place
from evaluator.values.text import tidy


@dataclass(frozen=True, slots=True)
class CellUse:
    """What a cell of a source was read as (``label``, ``fact``, ``goal``, ``header``, ``name``, ...)."""

    place: Place
    text: str
    use: str


@dataclass
class FormDraft:
    """One form while it is being read; `year` and `money` (the unit) are what its title says.

    `title` is that of a form about a whole unit, which is no project; `general` is the place of a goal whose
    name does not say whether it is the year's; `titled` says that it began with a title of its own, `yearly`
    that its budget is the year's by its label; `listed` says that the form is of a list of many projects,
    `units` that the list names units in the same column.
    """

    place: Place
    title: str = ""
    year: str = ""
    money: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    fact_places: dict[str, Place] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    general: Place | None = None
    titled: bool = False
    yearly: bool = False
    listed: bool = False
    units: bool = False
    rows: list[RowDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


_YEAR = re.compile(r"(20\d\d)年度?")
_SOFT = {"applicant", "money_unit", "budget_unit", "填报日期", "年度", "单位编码"}


def is_open_head(form: FormDraft) -> bool:
    """Whether a draft has nothing but what may stand above a title or a project's name: unit, date."""
    return not (form.rows or form.goals or form.title) and form.facts.keys() <= _SOFT


def is_other_form(form: FormDraft, cells: tuple[Cell, ...], inline: str) -> bool:
    """Whether a label 项目名称, with what is beside or behind it, begins another form than this one."""
    if form.title and not vocabulary().matches("results_title", form.title):
        return True
    known = form.facts.get("name")
    said = inline or (tidy(cells[1].text) if len(cells) > 1 else "")
    return known is not None and (known != said or bool(form.rows))


class Notes:
    """The forms of a source as far as they are read, and a note on every cell; `year` is evaluated."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.forms: list[FormDraft] = []
        self.uses: list[CellUse] = []
        self.unread: list[tuple[Cell, ...]] = []
        self._pending = ""
        self._open_total = False
        self.findings: list[Finding] = []

    def _use(self, cells: tuple[Cell, ...] | list[Cell], use: str) -> None:
        self.uses.extend(CellUse(cell.place, cell.text, use) for cell in cells)

    def _find(self, code: str, place: Place, **details: str) -> None:
        target = self.forms[-1].findings if self.forms else self.findings
        target.append(finding(code, place, **details))

    def _read_facts(self, cells: tuple[Cell, ...]) -> None:
        self._pending = ""
        for cell, label in read_labels(cells):
            if label or is_scaffold(cell.text):
                self.forms[-1].facts = {**unit_named(cell.text), **self.forms[-1].facts}
            if label and label[1]:
                self._set_fact(label[0], label[1], cell)
            elif label:
                self._open_total = self._open_total or is_budget(self._pending)
                self._pending = label[0]
                self._use((cell,), "label")
            elif self._pending and self._is_between(cell):
                self._use((cell,), "scaffold")
            elif is_money(self._pending) and (dated := _YEAR.fullmatch(fold(cell.text))):
                self._pending = f"{dated[1]}_budget"
                self._use((cell,), "label")
            elif self._pending:
                self._set_fact(self._pending, tidy(cell.text), cell)
            elif is_scaffold(cell.text):
                self._use((cell,), "scaffold")
            else:
                self._leave((cell,))

    def _is_between(self, cell: Cell) -> bool:
        """Whether a cell stands between a budget's label and its amount: 项目资金 | 总额 | 50."""
        words, text = vocabulary(), fold(cell.text)
        between = words.matches("amount_word", text) or text.rstrip("年度") == str(self.year)
        return is_money(self._pending) and between

    def _set_budget(self, fact: str, text: str, cell: Cell) -> str:
        """The fact that an amount is: the year's or the approved one counts before another."""
        form = self.forms[-1]
        dated = fact.removesuffix("_budget")
        if dated.isdecimal() and int(dated) != self.year:
            return f"{dated}年预算"
        if fact != "budget" and not form.yearly:
            other = form.facts.pop("budget", text)
            if other != text:
                self._find("budget-of-two", cell.place, text=text[:40], other=other[:40])
            form.yearly = True
        return "budget"

    def _set_fact(self, fact: str, text: str, cell: Cell) -> None:
        fact = "money_unit" if fact == "applicant" and money_unit(text) else fact  # 单位 | 元
        form = self.forms[-1]
        fact = self._set_budget(fact, text, cell) if is_budget(fact) else fact
        if form.facts.get(fact, text) != text:
            self._leave((cell,))  # the first one counts; another one is named, not dropped
        else:
            form.facts[fact] = text
            form.fact_places[fact] = cell.place
            self._use((cell,), "fact")
        self._pending = ""

    def _add_goal(self, horizon: Horizon, number: int, cell: Cell) -> None:
        text, tag = goal_text(cell.text)
        if tag:
            self._find("goal-markup", cell.place, tag=tag)
        goals = self.forms[-1].goals
        taken = {goal.number for goal in goals if goal.horizon is horizon}
        if number in taken:
            number = max(taken) + 1
        goals.append(Goal(horizon, number, text, cell.place))
        self._use((cell,), "goal")

    def _leave(self, cells: tuple[Cell, ...]) -> None:
        self._use(cells, "not read")
        if cells:
            self.unread.append(cells)

    def _flush_unread(self) -> None:
        """One finding for each run of cells that were not read."""
        if not self.unread:
            return
        cells = [cell for run in self.unread for cell in run]
        ends = [" ".join(filter(None, (cell.place.part, cell.place.cell))) for cell in (cells[0], cells[-1])]
        excerpt = " ".join(tidy(cell.text) for cell in cells)[:60]
        self._find("text-not-read", cells[0].place, extent="至".join(dict.fromkeys(ends)), excerpt=excerpt)
        self.unread = []
