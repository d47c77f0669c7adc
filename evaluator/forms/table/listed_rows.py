"""Rows of a list of many projects: each says whose it is, or inherits it from the row above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluator.forms.drafts import Drafts, FormDraft
from evaluator.forms.head.goals import Cells, GoalText
from evaluator.forms.head.labels import Label
from evaluator.forms.table.indicator_row import RowDraft
from evaluator.forms.table.listing import (
    Listing,
    inherited,
    is_other_project,
    is_sum,
    moved_right,
    stands_below_heads,
    steps_right,
)
from evaluator.forms.table.state import TableState
from evaluator.records.approved import Confidence
from evaluator.records.findings import finding
from evaluator.records.source import Cell, Row
from evaluator.values.text import tidy


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: its cells that are an indicator's, whether it was moved to its columns, and where the
    table stands now; `is_read` says of a row without an indicator that it said something.
    """

    state: TableState
    rest: Cells = ()
    is_moved: bool = False
    is_read: bool = True


def take_listed(drafts: Drafts, state: TableState, cells: Cells, row: Row, year: int) -> Listed:
    """Take from a row of a list whose it is; the other cells are an indicator's."""
    if row.table == 0 and len(cells) > 1 and state.is_ruled and not stands_below_heads(cells, state.columns):
        return _cut(drafts, state, cells)
    state.is_ruled = state.is_ruled or row.table > 0
    steps = steps_right(cells, state.columns)
    cells = moved_right(cells, steps) if steps else cells
    listing = state.listing
    said = listing.said(cells)
    rest = tuple(cell for cell in cells if not listing.holds(cell))
    if is_sum(said, rest):
        return Listed(_with_unit_of_sum(drafts, state, said, cells))
    if is_other_project(said, drafts.form.facts) or (state.is_cut and rest):
        state = _start(drafts, state, said, cells)
    state = replace(state, is_cut=state.is_cut and not said)
    _take_facts(drafts, state, said, year)
    _take_goals(drafts, listing, cells)
    drafts.trace.leave(_unsaid(listing, said, cells))
    return Listed(state, rest, bool(steps), len(cells) > 1)


def _unsaid(listing: Listing, said: Mapping[Label, Cell], cells: Cells) -> list[Cell]:
    """Cells in the columns of a project that say nothing of one."""
    return [cell for cell in cells if cell.column in listing.facts and cell not in said.values()]


def moved(draft: RowDraft, cells: Cells) -> RowDraft:
    """An indicator of a row that lost the cells before it: its words say what they are, not its place."""
    said = " | ".join(tidy(cell.text) for cell in cells)
    shifted = finding("row-shifted", draft.place, reading=said[:80])
    confidence = Confidence.LOW if draft.confidence is Confidence.LOW else Confidence.MEDIUM
    evidence = draft.evidence.replace("按表头位置读取", "单元格错位，按内容识别")
    return replace(draft, confidence=confidence, evidence=evidence, findings=(*draft.findings, shifted))


def _cut(drafts: Drafts, state: TableState, cells: Cells) -> Listed:
    """Lines that the end of a page made of a row: they may name the project of the rows on the next page."""
    if not state.is_cut:
        said = " | ".join(tidy(cell.text) for cell in cells)
        drafts.find("list-row-cut", cells[0].place, row=said[:60])
    drafts.trace.use(cells, "not read")
    return Listed(replace(state, is_cut=True))


def _with_unit_of_sum(
    drafts: Drafts, state: TableState, said: Mapping[Label, Cell], cells: Cells
) -> TableState:
    """A sum is no project's budget; the unit it is of is that of the projects below, if they name none."""
    unit = next((tidy(cell.text) for label, cell in said.items() if label.fact == "applicant"), "")
    whose = unit or tidy(cells[0].text)
    drafts.find("list-unit-row", cells[0].place, unit=whose[:40])
    drafts.trace.use(cells, "sum")
    return replace(state, unit=unit)


def _start(drafts: Drafts, state: TableState, said: Mapping[Label, Cell], cells: Cells) -> TableState:
    """Begin the next project of a list; the table goes on."""
    above = drafts.form
    form = drafts.start(cells[0].place)
    form.facts.update(inherited(said, above.facts))
    form.money, form.year, form.budget_unit = above.money, above.year, above.budget_unit
    return TableState(
        horizon=state.horizon,
        columns=state.columns,
        flat=state.flat,
        listing=state.listing,
        unit=state.unit,
        is_ruled=state.is_ruled,
    )


def _take_facts(drafts: Drafts, state: TableState, said: Mapping[Label, Cell], year: int) -> None:
    form, listing = drafts.form, state.listing
    form.listed, form.units = True, listing.units
    form.budget_unit = listing.money or form.budget_unit
    for label, cell in said.items():
        if form.set_fact(label, tidy(cell.text), cell, year):
            drafts.trace.use((cell,), "fact")
        else:
            drafts.trace.leave((cell,))
    if state.unit and said:
        form.facts.setdefault("applicant", state.unit)


def _take_goals(drafts: Drafts, listing: Listing, cells: Cells) -> None:
    form: FormDraft = drafts.form
    for cell in cells:
        goal = listing.goals.get(cell.column)
        if goal and all(known.text != tidy(cell.text) for known in form.goals):
            form.add_goal(GoalText(*goal, cell))
        if goal:
            drafts.trace.use((cell,), "goal")
