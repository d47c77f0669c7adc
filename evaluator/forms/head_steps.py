"""The steps of the parser above the tables: titles, facts, funds, goals."""

from __future__ import annotations

from evaluator.forms.columns import find_sides
from evaluator.forms.drafts import is_other_form
from evaluator.forms.funds import amounts_column, read_funds
from evaluator.forms.goals import find_goals, is_text_below
from evaluator.forms.head import FUNDS, money_unit, read_label, unit_named
from evaluator.forms.indicator_row import is_scaffold
from evaluator.forms.state import State
from evaluator.forms.vocabulary import vocabulary
from evaluator.model import Cell, Horizon, Row
from evaluator.operators import looks_like_value
from evaluator.text import tidy


class HeadSteps(State):
    """Each step takes a row's cells and says whether the row was its."""

    def _read_title(self, cells: tuple[Cell, ...], row: Row) -> bool:
        words, first = vocabulary(), cells[0]
        whole_unit = words.matches("whole_unit_title", first.text)
        own = words.matches("title", first.text) and not words.table(first.text)
        year = words.form_year(first.text)
        only_year = year and self.forms and not (self._columns or own or whole_unit)
        if len(cells) > 1 or not (whole_unit or own or only_year):
            return False
        if whole_unit:
            self._start(first.place)
            self.forms[-1].title = tidy(first.text)
        elif own and (not self.forms or self.forms[-1].rows or self.forms[-1].facts):
            before = (self._horizon, self._split, self._levels)
            self._start(first.place)
            self._interrupted = before
        self.forms[-1].year = self.forms[-1].year or year
        self.forms[-1].money = self.forms[-1].money or money_unit(first.text)
        self._use(cells, "title")
        return True

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
        return found

    def _read_goals(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if (self._columns and not self._new_goal) or not self.forms:
            return False
        found = find_goals(cells, self._split, first=not self.forms[-1].goals)
        if found is None:
            return False
        self._use(found.names, "goal name")
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

    def _read_funds(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if self._columns or not self.forms:
            return False
        column = amounts_column(cells, self.year)
        if column is not None:
            self._amounts = column
            for cell in cells:
                self.forms[-1].facts = {**unit_named(cell.text, "budget_unit"), **self.forms[-1].facts}
            self._use(cells, "header")
            return True
        found = read_funds(cells, self._amounts) if self._amounts is not None else None
        if found is None or not found.fact:
            return False
        self._use((found.name,), "label")
        self._set_fact(found.fact, tidy(found.amount.text), found.amount)
        self._leave(tuple(cell for cell in cells if cell not in (found.name, found.amount)))
        return True

    def _read_head(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if sum(bool(vocabulary().level2(c.text)) for c in cells) > 1:  # heads that are levels
            return False
        known = cells[:1] if self._columns else cells  # 资金情况 | 年度金额 | 1000
        at, label = next(
            ((n, label) for n, cell in enumerate(known) if (label := read_label(cell.text))), (0, None)
        )
        if label is None:
            return False
        fact, inline = label
        if self._columns and fact != "name" and any(looks_like_value(c.text) >= 0.5 for c in cells[1:]):
            return False
        if (
            fact == "name" and (not self.forms or is_other_form(self.forms[-1], cells[at:], inline))
        ) or not self.forms:
            self._start(cells[0].place)
        self._read_facts(cells)
        return True

    def _read_pending(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if not self._pending or len(cells) != 1 or is_scaffold(cells[0].text):
            return False
        if self._pending in FUNDS and not any(c.isdigit() for c in cells[0].text):
            return False
        self._set_fact(self._pending, tidy(cells[0].text), cells[0])
        return True
