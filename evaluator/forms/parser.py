"""The rows of a source, one after the other: titles, head, goals, headers, indicator rows.

Nothing is dropped in silence: every non-empty cell gets a `CellUse` that says what it was read as, and
what was not read is named by a finding.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluator.findings import Finding
from evaluator.forms.alignment import Column
from evaluator.forms.columns import (
    Split,
    default_columns,
    find_sides,
    horizon_beside,
    horizon_in,
    is_header,
    is_lower_header,
    is_two_sided,
    join_headers,
    lower_columns,
    may_be_row,
    read_columns,
)
from evaluator.forms.drafts import FormDraft, Notes, is_other_form
from evaluator.forms.funds import amounts_column, read_funds
from evaluator.forms.goals import begins_goal, find_goals, is_text_below, lone_goal, sides_below
from evaluator.forms.head import FUNDS, money_unit, read_label, split_row, unit_named
from evaluator.forms.indicator_row import (
    Levels,
    RowDraft,
    is_scaffold,
    is_total,
    read_row,
    unsure,
    without_blanks,
)
from evaluator.forms.listing import Listing, inherited, is_other_project, read_listing
from evaluator.forms.paste import restore_cells
from evaluator.forms.several import split_lines
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.model import Cell, Horizon, Place, Row, Source
from evaluator.operators import looks_like_value
from evaluator.text import tidy


class FormParser(Notes):
    """A state machine over rows; `forms`, `uses` and `findings` are its results."""

    def __init__(self, source: Source, year: int) -> None:
        super().__init__()
        self.source, self.year = source, year
        self._horizon: Horizon | None = None
        self._columns: tuple[Column, ...] = ()
        self._listing = Listing()
        self._after_header = self._new_goal = self._pasted = False
        self._split: Split = ()
        self._levels = Levels()
        self._goal_above: tuple[Horizon, int] | None = None
        self._interrupted: tuple[Horizon | None, Split, Levels] | None = None
        self._amounts: int | None = None

    def read(self) -> None:
        """Read all rows of the source."""
        rows, self.findings = restore_cells(self.source.rows)
        self._pasted = bool(self.findings)
        for row in join_headers(rows):
            cells = row.cells
            self._new_goal = begins_goal(cells)
            goal_above, self._goal_above = self._goal_above, lone_goal(cells)
            if goal_above and self._read_text_below(cells, goal_above):
                continue
            if not self._columns or self._new_goal:
                cells = split_row(cells)
            if any(step(cells, row) for step in self._steps):
                self._flush_unread()
            else:
                self._leave(cells)
        self._flush_unread()

    @property
    def _steps(self) -> tuple[Callable[[tuple[Cell, ...], Row], bool], ...]:
        return (
            self._read_title,
            self._read_table_title,
            self._read_header,
            self._read_sides,
            self._read_goals,
            self._read_funds,
            self._read_head,
            self._read_pending,
            self._read_execution,
            self._read_indicator,
            self._read_scaffold,
        )

    # Each step takes the row's cells and says whether the row was its.

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

    def _read_table_title(self, cells: tuple[Cell, ...], row: Row) -> bool:
        horizon = vocabulary().table(cells[0].text) if len(cells) == 1 else None
        if horizon is None or not self.forms:
            return False
        self._resume()
        if horizon is not self._horizon:
            self._close_table()
        self._horizon = horizon
        self._use(cells, "table title")
        return True

    def _read_header(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if self._after_header and is_lower_header(self._columns, cells):
            self._columns = lower_columns(self._columns, cells, self._split, self.year)
            self._use(cells, "header")
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
        self._columns = read_columns(cells, self._split, self.year)
        if is_two_sided(self._columns) and not self._split:
            self._find("side-by-side-assumed", cells[0].place)
        for cell in cells:
            if vocabulary().role(cell.text) is None and not is_scaffold(cell.text):
                self._find("header-unknown", cell.place, header=tidy(cell.text)[:40])
        self._after_header = True
        self._use(cells, "header")
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

    def _read_pending(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if not self._pending or len(cells) != 1 or is_scaffold(cells[0].text):
            return False
        if self._pending in FUNDS and not any(c.isdigit() for c in cells[0].text):
            return False
        self._set_fact(self._pending, tidy(cells[0].text), cells[0])
        return True

    def _read_indicator(self, cells: tuple[Cell, ...], row: Row) -> bool:
        if not self._columns and not self._assume_header(cells):
            return False
        if is_total(cells) or vocabulary().matches("footer", cells[0].text):
            return False
        if self._listing:
            rest = self._read_listed(cells)
            if not rest:
                return len(cells) > 1
            cells = rest
        kept = without_blanks(tuple(cell for cell in cells if not is_scaffold(cell.text)))
        self._horizon = horizon_in(cells) or self._horizon
        if not kept:
            self._use(cells, "scaffold")
            return any(vocabulary().matches("blank_name", cell.text) for cell in cells)
        if len(kept) == 1:
            return self._read_single(cells, kept[0], row)
        if vocabulary().matches("footnote", kept[0].text):
            return False
        self._use([cell for cell in cells if cell not in kept], "scaffold")
        self._after_header = False
        rows = split_lines(kept, self._columns)
        if len(rows) > 1:
            self._find("several-in-row", kept[0].place, count=str(len(rows)))
        for single in rows:
            self._read_one(single)
        return True

    def _read_one(self, cells: tuple[Cell, ...]) -> None:
        horizon = self._horizon or Horizon.ANNUAL
        drafts, loose, placed = read_row(cells, self._columns, horizon, self._levels)
        self._add_rows(drafts, loose)
        for item in placed:
            self._use((item.cell,), item.column.role.value)
        self._use([cell for cell in cells if all(cell is not item.cell for item in placed)], "unplaced")

    def _read_execution(self, cells: tuple[Cell, ...], row: Row) -> bool:
        """预算执行率 where levels stand is no indicator: it is scored by itself."""
        names = min((column.position for column in self._columns if column.role is Role.NAME), default=0)
        found = any(vocabulary().matches("execution", c.text) and c.column < names for c in cells)
        if found:
            self._find("execution-row", cells[0].place, row=" | ".join(tidy(c.text) for c in cells)[:60])
            self._use(cells, "budget execution")
        return found

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
        """A table whose title is there but whose header is lost still has the order of all these forms."""
        if self._horizon is None or not may_be_row(cells):
            return False
        self._columns = default_columns()
        self._find("header-missing", cells[0].place)
        return True

    def _read_single(self, cells: tuple[Cell, ...], cell: Cell, row: Row) -> bool:
        """A lone cell inside a table: a level over the rows below, or a row that lost its other cells."""
        words = vocabulary()
        if words.level1(cell.text) or words.level2(cell.text):
            read_row((cell,), self._columns, self._horizon or Horizon.ANNUAL, self._levels)
            self._use(cells, "level")
            return True
        if row.table == 0 or words.matches("footnote", cell.text):
            return False
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

    # What the steps share.

    def _start(self, place: Place) -> None:
        self._flush_unread()
        self.forms.append(FormDraft(place))
        self._horizon, self._split, self._pending, self._amounts = None, (), "", None
        self._close_table()

    def _resume(self) -> None:
        """A title that is followed by a table instead of a head was repeated on a form's next page."""
        draft = self.forms[-1]
        if self._interrupted and len(self.forms) > 1 and not draft.facts and not draft.goals:
            self.forms.pop()
            self.forms[-1].findings.extend(draft.findings)
            self._horizon, self._split, self._levels = self._interrupted
        self._interrupted = None

    def _close_table(self) -> None:
        self._columns, self._after_header, self._levels = (), False, Levels()
        self._listing = Listing()

    def _add_rows(self, drafts: list[RowDraft], loose: list[Finding]) -> None:
        self.forms[-1].rows.extend(map(unsure, drafts) if self._pasted else drafts)
        self.forms[-1].findings.extend(loose)

    def _leave(self, cells: tuple[Cell, ...]) -> None:
        if self._columns and vocabulary().matches("footnote", cells[0].text):
            self._close_table()
        super()._leave(cells)
