"""The steps of the parser within the tables: headers, rows of indicators, lists of many projects."""

from __future__ import annotations

from dataclasses import replace

from evaluator.forms.across import indicators_across
from evaluator.forms.columns import (
    default_columns,
    is_header,
    is_lower_header,
    is_number_row,
    lower_columns,
    may_be_row,
    places_below,
    read_columns,
)
from evaluator.forms.goals import sides_below
from evaluator.forms.indicator_row import read_row
from evaluator.forms.levels import take_band
from evaluator.forms.listing import inherited, is_other_project, read_listing
from evaluator.forms.row_kinds import (
    is_outside,
    is_scaffold,
    is_signed,
    is_total,
    names_form,
    without_blanks,
)
from evaluator.forms.several import split_lines
from evaluator.forms.sides import horizon_beside, horizon_in, is_two_sided
from evaluator.forms.state import State
from evaluator.forms.value_columns import ValueHeads, join_value
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Row
from evaluator.values.text import tidy


class TableSteps(State):
    """Each step takes a row's cells and says whether the row was its."""

    def _read_header(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if self._after_header and is_lower_header(self._columns, cells):
            heads = lower_columns(self._columns, cells, self._split, self.year, self._below)
            self._set_columns(heads, cells)
            self._use(cells, "header")
            return True
        if self._after_header and (places := places_below(self._columns, cells, self._below)):
            return self._refuse("values-by-place", places, cells, row)
        if self._after_header and is_number_row(cells):
            self._use(cells, "scaffold")
            return True
        if not is_header(cells):
            return False
        if not self.forms:
            self._start(cells[0].place)
        self._resume()
        self._listing = read_listing(cells)
        horizon = None if self._listing else horizon_beside(cells)
        if horizon:
            self._close_table()
            self._horizon = horizon
        if self._listing:
            self._use([cell for cell in cells if self._listing.holds(cell)], "header")
            cells = tuple(cell for cell in cells if not self._listing.holds(cell))
        self._take_horizon_of_goals()
        heads = read_columns(cells, self._split, self.year, self._below)
        if heads.places:
            return self._refuse("values-by-place", heads.places, cells, row)
        self._set_columns(heads, cells)
        if self._has_many_names(cells):
            return True
        self._remark_heads(cells)
        self._after_header = True
        self._use(cells, "header")
        return True

    def _remark_heads(self, cells: tuple[Cell, ...]) -> None:
        if is_two_sided(self._columns) and not self._split:
            self._find("side-by-side-assumed", cells[0].place)
        results = [cell for cell in cells if vocabulary().matches("result_head", cell.text)]
        if results:
            heads = "、".join(tidy(cell.text) for cell in results)
            self._find("results-beside-targets", results[0].place, heads=heads)
        for cell in cells:
            known = vocabulary().role(cell.text) or cell in results
            if not known and not is_scaffold(cell.text):
                self._find("header-unknown", cell.place, header=tidy(cell.text)[:40])

    def _has_many_names(self, cells: tuple[Cell, ...]) -> bool:
        """A table with 三级指标 | 指标值 once for each level 1 has a project a row: said, not read."""
        names = [column for column in self._columns if column.role is Role.NAME]
        if len(names) < 3:
            return False
        self._find("summary-table", cells[0].place, heads="、".join(tidy(c.text) for c in cells)[:40])
        self._use(cells, "header")
        self._close_table()
        return True

    def _take_horizon_of_goals(self) -> None:
        """长期绩效目标1 over its table, 年度绩效目标1 over the next: goals say whose tables they are."""
        said, self._goals_said = self._goals_said, set()
        start, before = self._goals_before
        rows = self.forms[-1].rows
        self._goals_before = (len(rows), said)
        if len(said) != 1 or len(before) != 1 or said == before or start >= len(rows):
            return
        rows[start:] = [replace(row, horizon=next(iter(before))) for row in rows[start:]]
        self._set_horizon(next(iter(said)))

    def _set_columns(self, heads: ValueHeads, cells: tuple[Cell, ...]) -> None:
        self._columns, self._flat = heads.columns, heads.flat
        if heads.doubted:
            doubted = "、".join(heads.doubted)
            self._find("several-values", cells[0].place, heads=doubted, own=heads.own)
        if heads.other and self._horizon is not Horizon.LONG_TERM:
            self._find("values-of-another-time", cells[0].place, head=heads.other, year=str(self.year))
        if heads.supposed:
            self._find("columns-supposed", cells[0].place, columns=heads.supposed)

    def _read_across(self, cells: tuple[Cell, ...], row: Row) -> bool:
        """A table with indicators in its columns has a town or a project a row: said, not read."""
        heads = () if self._columns or not self.forms else indicators_across(cells, self._below)
        return bool(heads) and self._refuse("summary-table", heads, cells, row)

    def _refuse(self, code: str, heads: tuple[str, ...], cells: tuple[Cell, ...], row: Row) -> bool:
        """Say of a table that none of its columns is the project's target; its rows are not read."""
        self._find(code, cells[0].place, heads="、".join(heads)[:40])
        self._use(cells, "header")
        self._close_table()
        self._refused = row.table
        return True

    def _read_refused(self, cells: tuple[Cell, ...], row: Row) -> bool:
        """A row of a table that was refused: it was named as a whole."""
        if not self._refused or row.table != self._refused or names_form(cells):
            self._refused = 0
            return False
        self._use(cells, "not read")
        return True

    def _read_execution(self, cells: tuple[Cell, ...], row: Row) -> bool:
        """预算执行率 where levels stand is no indicator: it is scored by itself."""
        names = min((column.position for column in self._columns if column.role is Role.NAME), default=0)
        found = any(vocabulary().matches("execution", c.text) and c.column < names for c in cells)
        if found:
            self._find("execution-row", cells[0].place, row=" | ".join(tidy(c.text) for c in cells)[:60])
            self._use(cells, "budget execution")
        return found

    def _read_indicator(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if self._interrupted and may_be_row(cells):
            self._resume()  # a title that was printed again on the next page
        if not self._columns and not self._assume_header(cells):
            return False
        if is_total(cells) or is_signed(cells, self._columns):
            return False
        if self._listing:
            rest = self._read_listed(cells)
            if not rest:
                return len(cells) > 1
            cells = rest
        cells = self._without_horizon(cells)
        kept = without_blanks(tuple(cell for cell in cells if not is_scaffold(cell.text)))
        if not kept:
            self._use(cells, "scaffold")
            return not cells or any(vocabulary().matches("blank_name", cell.text) for cell in cells)
        if len(kept) == 1:
            return self._read_single(cells, kept[0], row)
        if vocabulary().matches("footnote", kept[0].text):
            return False
        if is_outside(kept, self._columns, flat=self._flat):
            return self._leave_outside(cells)
        self._use([cell for cell in cells if cell not in kept], "scaffold")
        self._after_header = False
        self._read_rows(join_value(kept, self._columns))
        return True

    def _leave_outside(self, cells: tuple[Cell, ...]) -> bool:
        """Say of a row below a table that it was not read as an indicator."""
        excerpt = " | ".join(tidy(cell.text) for cell in cells)[:60]
        self._find("row-outside", cells[0].place, row=excerpt)
        self._use(cells, "not read")
        return True

    def _without_horizon(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """A row without the cell that says whose its indicators are; which they are from here on."""
        found = horizon_in(cells, self._columns)
        if found is None:
            return cells
        self._use((found[0],), "table title")
        self._set_horizon(found[1])
        return tuple(cell for cell in cells if cell is not found[0])

    def _read_rows(self, cells: tuple[Cell, ...]) -> None:
        rows = split_lines(cells, self._columns)
        if len(rows) > 1:
            self._find("several-in-row", cells[0].place, count=str(len(rows)))
        for single in rows:
            self._read_one(single)

    def _read_one(self, cells: tuple[Cell, ...]) -> None:
        horizon = self._horizon or Horizon.ANNUAL
        drafts, loose, placed = read_row(cells, self._columns, horizon, self._levels)
        self._add_rows(drafts, loose)
        for item in placed:
            self._use((item.cell,), item.column.role.value)
        self._use([cell for cell in cells if all(cell is not item.cell for item in placed)], "unplaced")

    def _read_listed(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Take from a row of a list whose it is; the other cells are an indicator's."""
        listing, form = self._listing, self.forms[-1]
        said = listing.said(cells)
        if is_other_project(said, form.facts):
            columns, horizon = self._columns, self._horizon
            self._start(cells[0].place)
            self._columns, self._horizon, self._listing = columns, horizon, listing
            self.forms[-1].facts.update(inherited(said, form.facts))
            self.forms[-1].money, self.forms[-1].year = form.money, form.year
        self.forms[-1].listed, self.forms[-1].units = True, listing.units
        if listing.money:
            self.forms[-1].facts["budget_unit"] = listing.money
        for fact, cell in said.items():
            self._set_fact(fact, tidy(cell.text), cell)
        for cell in cells:
            goal = listing.goals.get(cell.column)
            if goal and all(known.text != tidy(cell.text) for known in self.forms[-1].goals):
                self._add_goal(*goal, cell)
            elif goal:
                self._use((cell,), "goal")
        return tuple(cell for cell in cells if not listing.holds(cell))

    def _assume_header(self, cells: tuple[Cell, ...]) -> bool:
        """A table that lost its header still has the order of the one above, or of all these forms."""
        known = self._horizon is not None or (self._former and self.forms[-1].facts.get("name"))
        if not known or not may_be_row(cells):
            return False
        self._columns = self._former or default_columns()
        self._find("header-missing", cells[0].place)
        return True

    def _read_single(self, cells: tuple[Cell, ...], cell: Cell, row: Row) -> bool:
        """A lone cell inside a table: a level over the rows below, or a row that lost its other cells."""
        words = vocabulary()
        if words.level1(cell.text) or words.level2(cell.text):
            horizon = self._horizon or Horizon.ANNUAL
            if any(column.role in (Role.LEVEL1, Role.LEVEL2) for column in self._columns):
                read_row((cell,), self._columns, horizon, self._levels)
            else:
                take_band(cell.text, horizon, self._levels)
            self._use(cells, "level")
            return True
        named = any(char.isalpha() for char in cell.text)
        if row.table == 0 or not named or words.matches("footnote", cell.text):
            return False
        if is_outside((cell,), self._columns):
            return self._leave_outside(cells)
        drafts, loose, _ = read_row((cell,), self._columns, self._horizon or Horizon.ANNUAL, self._levels)
        self._add_rows(drafts, loose)
        self._use(cells, "name")
        return bool(drafts)

    def _read_scaffold(self, cells: tuple[Cell, ...], row: Row) -> bool:
        words = vocabulary()
        if not all(is_scaffold(c.text) or words.goal(c.text) or words.table(c.text) for c in cells):
            return False
        if not self._columns and not self._split:
            self._split = sides_below(cells)
        self._use(cells, "scaffold")
        return True
