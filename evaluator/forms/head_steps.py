"""The steps of the parser above the tables: titles, facts, funds, goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluator.forms.drafts import is_open_head, is_other_form
from evaluator.forms.funds import amounts_column, amounts_of_years, labels_above, read_funds
from evaluator.forms.goals import find_goals, goal_text, goes_on, is_text_below
from evaluator.forms.head import Label, is_budget, is_money, money_unit, read_label, read_labels, unit_named
from evaluator.forms.row_kinds import is_scaffold, names_at
from evaluator.forms.sides import find_sides
from evaluator.forms.state import State
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Row
from evaluator.values.target import looks_like_value
from evaluator.values.text import decimal_from_text, tidy


class HeadSteps(State):
    """Each step takes a row's cells and says whether the row was its."""

    def _read_title(self, cells: tuple[Cell, ...], row: Row) -> bool:
        words, first = vocabulary(), cells[0]
        other = any(words.matches(name, first.text) for name in ("whole_unit_title", "results_title"))
        own = words.matches("title", first.text) and not words.table(first.text)
        year = words.form_year(first.text)
        only_year = year and self.forms and not (self._columns or own or other)
        beside = cells[1:]  # 单位：元
        if not (other or own or only_year) or not all(read_label(cell.text) for cell in beside):
            return False
        if other:
            self._start(first.place)
            self.forms[-1].title = tidy(first.text)
        elif own:
            self._begin_with_title(first)
        self.forms[-1].year = self.forms[-1].year or year
        self.forms[-1].money = self.forms[-1].money or money_unit(first.text)
        self._use(cells[:1], "title")
        if beside:
            self._read_facts(beside)
        return True

    def _begin_with_title(self, first: Cell) -> None:
        """A title begins a form, unless what stands above it (the unit, the date) began it already."""
        form = self.forms[-1] if self.forms else None
        if form is None or form.rows or (form.facts and (form.titled or not is_open_head(form))):
            before = (self._horizon, self._split, self._levels, self._columns)
            self._start(first.place)
            self._interrupted = before
        self.forms[-1].titled = True

    def _read_sides(self, cells: tuple[Cell, ...], row: Row) -> bool:
        """长期目标 | 年度目标 over the two sides of a side-by-side form."""
        sides = () if self._columns else find_sides(cells)
        if not sides:
            return False
        if not self.forms:
            self._start(cells[0].place)
        self._split = sides
        self._use(cells, "sides")
        return True

    def _read_text_below(self, cells: tuple[Cell, ...], goal: tuple[Horizon, int]) -> bool:
        """A goal's text in a row of its own, below its name: 年度绩效目标, merged over the whole table."""
        found = bool(self.forms) and not self._columns and is_text_below(cells)
        if found:
            self._flush_unread()
            self._add_goal(*goal, cells[0])
            self._goal_column = cells[0].column
        return found

    def _read_goals(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if (self._columns and not self._new_goal) or not self.forms:
            return False
        above, self._goal_column = self._goal_column, None
        found = find_goals(cells, self._split, first=not self.forms[-1].goals)
        if found is None:
            return self._read_more_of_goal(cells, above)
        self._goal_column = found.texts[0][2].column if len(found.texts) == 1 else None
        self._use(found.names, "goal name")
        if not found.general:
            self._goals_said |= {horizon for horizon, _, _ in found.texts}
        for horizon, number, cell in found.texts:
            if found.general:
                self.forms[-1].general = cell.place
            self._add_goal(horizon, number, cell)
        if self._columns:
            self._close_table()
        titles = [cell for cell in found.others if vocabulary().table(cell.text)]
        for cell in titles:
            self._read_table_title((cell,), row)
        if len(titles) < len(found.others):
            self._leave(tuple(cell for cell in found.others if cell not in titles))
        return True

    def _read_more_of_goal(self, cells: tuple[Cell, ...], column: int | None) -> bool:
        """目标2：… below 目标1：… beside one name: the text goes on."""
        if not goes_on(cells, column):
            return False
        self._goal_column = column
        goals = self.forms[-1].goals
        goals[-1] = replace(goals[-1], text=f"{goals[-1].text}\n{goal_text(cells[0].text)[0]}")
        self._use(cells, "goal")
        return True

    def _read_funds(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if self._columns or not self.forms:
            return False
        column = amounts_column(cells, self.year)
        if column is not None:
            self._amounts = column
            self._open_total = self._open_total or is_budget((read_label(cells[0].text) or ("", ""))[0])
            for cell in cells:
                self.forms[-1].facts = {**unit_named(cell.text, "budget_unit"), **self.forms[-1].facts}
            self._use(cells, "header")
            return True
        if self._read_below_labels(cells) or self._read_years(cells):
            return True
        self._labels = labels_above(cells)
        for cell in cells if self._labels else ():
            self.forms[-1].facts = {**unit_named(cell.text, "budget_unit"), **self.forms[-1].facts}
        known = "budget" in self.forms[-1].facts
        funded = any(is_money(fact) for fact in self.forms[-1].facts)
        found = read_funds(cells, self._amounts, open_total=(self._open_total or funded) and not known)
        if found is None or not found.fact:
            return False
        if found.name is not found.amount:
            self._use((found.name,), "label")
        self._set_fact(found.fact, tidy(found.amount.text), found.amount)
        self._leave(tuple(cell for cell in cells if cell not in (found.name, found.amount)))
        return True

    def _read_years(self, cells: tuple[Cell, ...]) -> bool:
        """2026年 | 300 | 2027年 | 300: the amount of each year."""
        amounts = amounts_of_years(cells)
        for fact, name, amount in amounts:
            self._use((name,), "label")
            self._set_fact(fact, tidy(amount.text), amount)
        return bool(amounts)

    def _read_below_labels(self, cells: tuple[Cell, ...]) -> bool:
        """年度资金总额 | 财政拨款 | 其他资金 over 50 | 45 | 5: amounts below their labels."""
        known = [cell for cell in cells if cell.column in self._labels]
        if not known or any(decimal_from_text(cell.text) is None for cell in cells):
            return False
        for cell in known:
            self._set_fact(self._labels[cell.column], tidy(cell.text), cell)
        self._leave(tuple(cell for cell in cells if cell not in known))
        self._labels = {}
        return True

    def _read_head(self, cells: tuple[Cell, ...], row: Row) -> bool:
        words = vocabulary()
        levels = [cell for cell in cells if words.level1(cell.text) or words.level2(cell.text)]
        if len(levels) > 1:  # heads of a table that are levels
            return False
        labels = [(n, label) for n, (_, label) in enumerate(read_labels(cells)) if label]
        if not labels or (self._columns and not self._is_head_row(cells, labels)):
            return False
        at, (_, inline) = next((item for item in labels if item[1][0] == "name"), labels[0])
        named = any(label[0] == "name" for _, label in labels)
        if (
            not self.forms
            or (named and is_other_form(self.forms[-1], cells[at:], inline))
            or (not named and self._is_next_unit(cells, labels))
        ):
            self._start(cells[0].place)
        names = [
            label[1] or "".join(c.text for c in cells[n + 1 : n + 2])
            for n, label in labels
            if label[0] == "name"
        ]
        if len(set(map(tidy, names))) > 1:
            self._find("forms-beside", cells[0].place, names="、".join(map(tidy, names))[:60])
        self._read_facts(cells)
        return True

    def _is_head_row(self, cells: tuple[Cell, ...], labels: Sequence[tuple[int, Label]]) -> bool:
        """Whether a row below a table's header is of a head: it begins with a label, and has no target."""
        if labels[0][0] > 0 or cells[0].column >= names_at(self._columns):
            return False
        several = len(labels) > 1 or labels[0][1][0] == "name"
        return several or not any(looks_like_value(cell.text) >= 0.5 for cell in cells[1:])

    def _is_next_unit(self, cells: tuple[Cell, ...], labels: Sequence[tuple[int, Label]]) -> bool:
        """Whether a row below a table names another unit than the form's, above the next title."""
        form = self.forms[-1]
        said = [
            label[1] or (tidy(cells[n + 1].text) if n + 1 < len(cells) else "")
            for n, label in labels
            if label[0] == "applicant"
        ]
        known = form.facts.get("applicant")
        return bool(form.rows and known and said and said[0] and said[0] != known)

    def _read_pending(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if not self._pending or len(cells) != 1 or is_scaffold(cells[0].text):
            return False
        if is_money(self._pending) and not any(c.isdigit() for c in cells[0].text):
            return False
        self._set_fact(self._pending, tidy(cells[0].text), cells[0])
        return True
