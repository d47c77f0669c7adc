"""The blocks of a source, one after the other, as forms: what each says is taken into the form it belongs to.

Nothing is dropped in silence: every non-empty cell gets a `CellUse` that says what it was read as, and what
was not read is named by a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from evaluator.forms.blocks import Block, Caption, Head, Note, Refused, Table, Title
from evaluator.forms.drafts import Drafts, FormDraft
from evaluator.forms.head.goals import Cells
from evaluator.forms.head.labels import Label, applicant_asked, money_unit
from evaluator.forms.head.links import HeadLinks, LinkedRow, horizons_said
from evaluator.forms.lost_cells.page_breaks import join_broken_rows
from evaluator.forms.lost_cells.paste import restore_cells
from evaluator.forms.lost_cells.prose import restore_prose
from evaluator.forms.segments import Segments
from evaluator.forms.table.columns import join_headers
from evaluator.forms.table.rows import TableReader
from evaluator.forms.table.state import TableState
from evaluator.forms.tags import tag
from evaluator.records.source import Cell, Place, Source
from evaluator.values.text import tidy

_OTHER_TITLES = ("whole_unit_title", "results_title")


def read_drafts(source: Source, year: int) -> Drafts:
    """The forms of a source as drafts."""
    rows, findings = restore_cells(source.rows)
    rows, told = ([*rows], []) if findings else restore_prose(rows)
    findings += told
    pasted = bool(findings)
    rows, broken = join_broken_rows(rows)
    drafts = Drafts()
    drafts.findings = [*findings, *broken]
    segments = Segments(list(join_headers(rows)), year)
    drafts.trace.use(segments.furniture, "scaffold")
    reader = _Reader(drafts, TableReader(drafts, year, pasted=pasted), year)
    for block in segments.blocks:
        reader.take(block)
    drafts.close_run()
    return drafts


@dataclass
class _Reader:
    """Takes blocks into forms; `interrupted` is the table above a title that may only be repeated."""

    drafts: Drafts
    tables: TableReader
    year: int
    interrupted: TableState | None = None

    def take(self, block: Block) -> None:
        """Take one block."""
        match block:
            case Title(cell, inside):
                self._take_title(cell, inside=inside)
            case Caption(cell):
                self._take_caption(block)
            case Head():
                self._take_head(block)
            case Table():
                self._take_table(block)
            case Refused():
                self._take_refused(block)
            case Note(cells):
                self._take_note(cells)

    def _start(self, place: Place) -> None:
        self.drafts.start(place)
        self.tables.close()
        self.tables.state = TableState()

    def _take_title(self, cell: Cell, *, inside: bool) -> None:
        first = tag(cell.text)
        if first.matches(*_OTHER_TITLES):
            self._start(cell.place)
            self.drafts.form.title = tidy(cell.text)
        elif first.matches("title") and not first.table and not inside:
            self._begin_with_title(cell)
        form = self.drafts.form
        form.year = form.year or first.form_year
        form.money = form.money or money_unit(cell.text)
        self.drafts.trace.use((cell,), "title")
        self.drafts.close_run()

    def _begin_with_title(self, cell: Cell) -> None:
        """A title begins a form, unless what stands above it (the unit, the date) began it already."""
        form = self.drafts.form if self.drafts.forms else None
        if form is None or form.rows or (form.has_facts and (form.titled or not form.is_open)):
            interrupted = replace(self.tables.state)
            self._start(cell.place)
            self.interrupted = interrupted
        self.drafts.form.titled = True

    def _resume(self) -> None:
        """A title that is followed by a table instead of a head was repeated on a form's next page."""
        interrupted, self.interrupted = self.interrupted, None
        form = self.drafts.form
        if interrupted and len(self.drafts.forms) > 1 and not form.has_facts and not form.goals:
            self.drafts.drop()
            self.tables.state = interrupted

    def _take_caption(self, caption: Caption) -> None:
        self._resume()
        if caption.horizon is not self.tables.state.horizon and not caption.inside:
            self.tables.close()
        self.tables.state.set_horizon(caption.horizon)
        self.drafts.trace.use((caption.cell,), "table title")
        self.drafts.close_run()

    def _take_table(self, table: Table) -> None:
        if table.heads:
            self._begin_table(table)
        elif not table.goes_on:
            self._resume()
        self.tables.read(table)

    def _begin_table(self, table: Table) -> None:
        if not self.drafts.forms:
            self._start(table.heads[0].cells[0].place)
        self._resume()
        if table.horizon:
            self.tables.close()
            self.tables.state.horizon = table.horizon

    def _take_refused(self, table: Refused) -> None:
        """Say of a table that it has no column of the project's targets; its rows are not read."""
        if not self.drafts.forms:
            self._start(table.cells[0].place)
        self._resume()
        self.drafts.find(table.code, table.cells[0].place, heads="、".join(table.heads)[:40])
        self.drafts.trace.use(table.cells, "header")
        self.tables.close()
        for cells in table.rows:
            self.drafts.trace.use(cells, "not read")
        self.drafts.close_run()

    def _take_note(self, cells: Cells) -> None:
        if self.drafts.forms:
            self.tables.close()
        if all(_is_printed(cell) for cell in cells):
            self.drafts.trace.use(cells, "scaffold")
            self.drafts.close_run()
        else:
            self.drafts.trace.leave(cells)

    def _take_head(self, head: Head) -> None:
        if not self.drafts.forms or head.begins:
            self._start(head.rows[0][0].place)
        form, state = self.drafts.form, self.tables.state
        links = HeadLinks(
            head.rows,
            self.year,
            state.split,
            has_goals=bool(form.goals),
            has_budget=form.budget is not None,
            goal_above=head.goal_above,
            is_funded=any(Label(fact).is_money for fact in form.facts) or form.budget is not None,
        )
        for row in links.link():
            self._take_row(form, row)
            state.split = links.split

    def _take_row(self, form: FormDraft, row: LinkedRow) -> None:
        trace = self.drafts.trace
        for cells, use in row.uses:
            trace.use(cells, use)
        form.asks_budget = form.asks_budget or any(label.is_budget for label in row.asked)
        form.asks_applicant = form.asks_applicant or applicant_asked(row.cells)
        for unit in row.units:
            form.set_unit(unit.unit, of_budget=unit.of_budget)
        self._name_forms_beside(row)
        for answer in row.answers:
            if form.set_fact(answer.label, tidy(answer.text), answer.cell, self.year):
                trace.use((answer.cell,), "fact")
            else:
                row.left.append(answer.cell)
        if row.goals and self.tables.state.columns:
            self.tables.close()
        for goal in row.goals:
            form.add_goal(goal)
            trace.use((goal.cell,), "goal")
        self.tables.state.said |= horizons_said(row.goals)
        for caption in row.captions:
            self._take_caption(Caption(*caption, inside=False))
        trace.leave(row.left)
        if len(row.left) < len(row.cells):
            self.drafts.close_run()

    def _name_forms_beside(self, row: LinkedRow) -> None:
        """Two names in one row are two forms beside each other: said, for they cannot be told apart."""
        names = dict.fromkeys(tidy(a.text) for a in row.answers if a.label.fact == "name")
        if len(names) > 1:
            self.drafts.find("forms-beside", row.cells[0].place, names="、".join(names)[:60])


def _is_printed(cell: Cell) -> bool:
    asked = tag(cell.text)
    return asked.is_scaffold or asked.goal is not None or asked.table is not None
