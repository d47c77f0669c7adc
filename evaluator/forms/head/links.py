"""The head of a form: each cell that asks is linked with the cell that answers it.

A label or a goal's name asks; the answer stands in its own cell behind a colon, beside it, below it, or where
a row of funds crosses the column of the year. Each cell answers once. What asks nothing and answers nothing
is left over, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from evaluator.forms.head.funds import (
    Answer,
    amounts_column,
    amounts_of_years,
    at_crossing,
    labels_over,
    total_below,
    year_of,
)
from evaluator.forms.head.goals import (
    Cells,
    GoalText,
    find_goals,
    goes_on,
    is_text_below,
    lone_goal,
    sides_below,
)
from evaluator.forms.head.labels import Label, read_labels, unit_named
from evaluator.forms.sides import Split, find_sides
from evaluator.forms.tags import tag
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell
from evaluator.values.text import tidy


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of money that a label names: of the budget, or of the whole form."""

    unit: str
    of_budget: bool


@dataclass
class LinkedRow:
    """What a row of a head says: answers, goals, units, labels that ask for an answer, titles of tables; the
    uses of its cells, and what is left.
    """

    cells: Cells
    answers: list[Answer] = field(default_factory=list)
    goals: list[GoalText] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    asked: list[Label] = field(default_factory=list)
    captions: list[tuple[Cell, Horizon]] = field(default_factory=list)
    uses: list[tuple[Cells, str]] = field(default_factory=list)
    left: list[Cell] = field(default_factory=list)

    def use(self, cells: Sequence[Cell], use: str) -> None:
        """Note what cells are."""
        self.uses.append((tuple(cells), use))

    def answer(self, answer: Answer) -> None:
        """Take an answer with the cell that asked."""
        if answer.name:
            self.use((answer.name,), "label")
        self.answers.append(answer)

    def leave_all_but(self, *kept: Cell | None) -> None:
        """Leave the other cells of the row."""
        self.left += [cell for cell in self.cells if all(cell is not other for other in kept)]


@dataclass
class HeadLinks:
    """The rows of a part of a head while they are linked, and what was known of the form above them."""

    rows: Sequence[Cells]
    year: int
    split: Split = ()
    has_goals: bool = False
    has_budget: bool = False
    is_funded: bool = False  # an amount of money was named
    goal_above: tuple[Horizon, int] | None = None  # whose name is the title of a table right above
    column: int | None = None  # of the year's amounts in a table of funds
    open_total: bool = False  # the budget was asked for, and something else than an amount stood beside
    below: dict[int, LinkedRow] = field(default_factory=dict)  # rows answered from above

    def link(self) -> Iterator[LinkedRow]:
        """The rows in order, each with what it says."""
        self._look_for_goal_below(-1, self.goal_above)
        for at, cells in enumerate(self.rows):
            linked = self.below.get(at) or self._link(at, cells)
            self.has_goals = self.has_goals or bool(linked.goals)
            for answer in linked.answers:
                self.has_budget = self.has_budget or self._is_budget(answer.label)
                self.is_funded = self.is_funded or answer.label.is_money
            yield linked

    def _is_budget(self, label: Label) -> bool:
        return label.is_budget and label.year in (0, self.year)

    def _link(self, at: int, cells: Cells) -> LinkedRow:
        linked = LinkedRow(cells)
        sides = find_sides(cells)
        if sides:
            self.split = sides
            linked.use(cells, "sides")
        elif not (
            self._link_goals(at, linked) or self._link_funds(at, linked) or self._link_labels(at, linked)
        ):
            self._link_nothing(linked)
        self._look_for_goal_below(at, lone_goal(cells))
        return linked

    def _following(self, at: int) -> Cells:
        return self.rows[at + 1] if at + 1 < len(self.rows) else ()

    def _link_goals(self, at: int, linked: LinkedRow) -> bool:
        found = find_goals(linked.cells, self.split, first=not self.has_goals)
        if found is None:
            return False
        linked.use(found.names, "goal name")
        linked.goals += found.texts
        for cell in found.others:
            horizon = tag(cell.text).table
            if horizon:
                linked.captions.append((cell, horizon))
            else:
                linked.left.append(cell)
        if len(found.texts) == 1:
            linked.goals[0] = self._with_rest(at, found.texts[0])
        return True

    def _with_rest(self, at: int, goal: GoalText) -> GoalText:
        """目标2：… below 目标1：… beside one name: the text goes on."""
        for n in range(at + 1, len(self.rows)):
            if n in self.below or not goes_on(self.rows[n], goal.cell.column):
                break
            rest = self.below[n] = LinkedRow(self.rows[n])
            rest.use(self.rows[n], "goal")
            goal = replace(goal, more=(*goal.more, self.rows[n][0]))
        return goal

    def _look_for_goal_below(self, at: int, goal: tuple[Horizon, int] | None) -> None:
        """A goal's text in a row of its own, below its name: 年度绩效目标, merged over the whole table."""
        below = self._following(at)
        if goal and below and at + 1 not in self.below and is_text_below(below):
            row = self.below[at + 1] = LinkedRow(below)
            row.goals.append(self._with_rest(at + 1, GoalText(*goal, below[0])))

    def _link_funds(self, at: int, linked: LinkedRow) -> bool:
        cells = linked.cells
        column = amounts_column(cells, self.year)
        if column is not None:
            self.column = column
            label = read_labels(cells)[0][1]
            self.open_total = self.open_total or bool(label and label.is_budget)
            linked.units += _units_of_budget(cells)
            linked.use(cells, "header")
            return True
        if self._link_amounts_below(at, linked):
            return True
        years = amounts_of_years(cells)
        for answer in years:
            linked.answer(answer)
        return bool(years) or self._link_row_of_funds(linked)

    def _link_amounts_below(self, at: int, linked: LinkedRow) -> bool:
        """年度资金总额 | 财政拨款 | 其他资金 over 50 | 45 | 5."""
        amounts, heads = labels_over(self.rows[at : at + 4])
        if not amounts:
            return False
        for n in range(at, at + heads):
            linked.units += _units_of_budget(self.rows[n])
            if n > at:
                self.below[n] = LinkedRow(self.rows[n])
                self.below[n].use(self.rows[n], "header")
        row = self.below[at + heads] = LinkedRow(self.rows[at + heads], amounts)
        answered = [answer.cell for answer in amounts]
        row.use([cell for cell in row.cells if cell not in answered], "part of funds")
        linked.use(linked.cells, "header")
        return True

    def _link_row_of_funds(self, linked: LinkedRow) -> bool:
        is_open = (self.open_total or self.is_funded) and not self.has_budget
        answer = total_below(linked.cells) if is_open else None
        if answer is None and self.column is not None:
            answer = at_crossing(linked.cells, self.column, open_total=is_open)
        if answer is None:
            return False
        linked.answer(answer)
        linked.leave_all_but(answer.name, answer.cell)
        return True

    def _link_labels(self, at: int, linked: LinkedRow) -> bool:
        labels = read_labels(linked.cells)
        if not any(label for _, label in labels):
            return False
        levels = [cell for cell in linked.cells if tag(cell.text).is_level]
        if len(levels) > 1:  # heads of a table that are levels
            return False
        asked: Label | None = None
        for cell, label in labels:
            if label or tag(cell.text).is_scaffold:
                linked.units += _unit_of(cell)
            asked = (
                self._link_label(linked, cell, label, asked)
                if label
                else self._link_text(linked, cell, asked)
            )
        if asked:
            self._look_below(at, asked)
        return True

    def _link_label(self, linked: LinkedRow, cell: Cell, label: Label, asked: Label | None) -> Label | None:
        """A label: answered behind its colon, or to be answered by a cell after it."""
        if label.tail:
            linked.answers.append(Answer(label, label.tail, cell))
            return None
        self.open_total = self.open_total or bool(asked and asked.is_budget)
        linked.asked.append(label)
        linked.use((cell,), "label")
        return label

    def _link_text(self, linked: LinkedRow, cell: Cell, asked: Label | None) -> Label | None:
        """A cell that is no label: the answer of what was asked before it, or a word between both."""
        if asked is None:
            if tag(cell.text).is_scaffold:
                linked.use((cell,), "scaffold")
            else:
                linked.left.append(cell)
            return None
        if asked.is_money and self._is_between(cell):
            linked.use((cell,), "scaffold")
            return asked
        if asked.is_money and (year := year_of(cell.text)):
            linked.use((cell,), "label")
            return Label("year_budget", year=year)
        linked.answers.append(Answer(asked, tidy(cell.text), cell))
        return None

    def _is_between(self, cell: Cell) -> bool:
        """Whether a cell stands between a budget's label and its amount: 项目资金 | 总额 | 50."""
        asked = tag(cell.text)
        return asked.matches("amount_word") or asked.folded.rstrip("年度") == str(self.year)

    def _look_below(self, at: int, asked: Label) -> None:
        """The answer to the last label of a row alone in the row below; an amount has a digit."""
        below = self._following(at)
        if len(below) != 1 or at + 1 in self.below or _asks(below):
            return
        if asked.is_money and not any(char.isdigit() for char in below[0].text):
            return
        self.below[at + 1] = LinkedRow(below, [Answer(asked, tidy(below[0].text), below[0])])

    def _link_nothing(self, linked: LinkedRow) -> None:
        """Words of the printed form, which may be heads of goals below; or what nothing is read from."""
        tags = [tag(cell.text) for cell in linked.cells]
        if all(asked.is_scaffold or asked.goal or asked.table for asked in tags):
            self.split = self.split or sides_below(linked.cells)
            linked.use(linked.cells, "scaffold")
        else:
            linked.left += linked.cells


def _asks(cells: Cells) -> bool:
    """Whether a row asks by itself, or only heads what is below."""
    asked = tag(cells[0].text)
    named = asked.is_scaffold or asked.goal or asked.table or asked.matches("goal_label")
    return bool(named) or read_labels(cells)[0][1] is not None


def _units_of_budget(cells: Cells) -> list[Unit]:
    return [Unit(unit, of_budget=True) for cell in cells if (unit := unit_named(cell.text))]


def _unit_of(cell: Cell) -> list[Unit]:
    head = cell.text if tag(cell.text).fact else cell.text.replace("：", ":").partition(":")[0]
    unit = unit_named(cell.text)
    of_budget = tag(head).fact in ("budget", "year_budget")
    return [Unit(unit, of_budget)] if unit else []


def horizons_said(goals: Sequence[GoalText]) -> set[Horizon]:
    """The horizons that goals' names say."""
    return {goal.horizon for goal in goals if not goal.general}
