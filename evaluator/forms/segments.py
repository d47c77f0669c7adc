"""The rows of a source told apart into blocks, in one pass, before anything is read from them.

What a row belongs to is told by its cells' tags, by whether a table is open above it, and where the names of
that table stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evaluator.forms.blocks import Block, Caption, Head, Note, Refused, Table, Title
from evaluator.forms.head.goals import Cells, begins_goal, find_goals, is_goal_below, is_text_below, lone_goal
from evaluator.forms.head.labels import Label, read_label, read_labels, split_row
from evaluator.forms.outline import Outline
from evaluator.forms.prose import is_prose
from evaluator.forms.sides import find_sides
from evaluator.forms.table.across import indicators_across, refusal_of
from evaluator.forms.table.alignment import Column
from evaluator.forms.table.columns import (
    default_columns,
    is_header,
    is_lower_header,
    is_number_row,
    may_be_row,
    places_below,
)
from evaluator.forms.table.heads import HeadRow, add_head, read_heads
from evaluator.forms.table.listing import read_listing
from evaluator.forms.table.row_kinds import names_at, names_form
from evaluator.forms.table.two_sides import horizon_beside, horizon_in
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Row
from evaluator.values.text import tidy

_AHEAD = 40  # rows that heads ask what their columns hold
_YEAR_TABLE = re.compile(r"\s*20\d{2}年度?\S*表\s*")
_OTHER_TITLES = ("whole_unit_title", "results_title")
_LISTED = "\0"  # the name of whichever project the last row of a list was


class Segments:
    """The blocks of a source's rows in order, and the cells of what is only printed around forms."""

    def __init__(self, rows: Sequence[Row], year: int) -> None:
        self._year = year
        self.blocks: list[Block] = []
        self.furniture: list[Cell] = []
        self._form: Outline | None = None
        self._before: Outline | None = None  # the form above a title that may only be repeated
        self._columns: tuple[Column, ...] = ()
        self._former: tuple[Column, ...] = ()
        self._goal_above: tuple[Horizon, int] | None = None
        self._open: Table | None = None  # a table none of whose rows has been met: more heads may follow
        self._listed = False
        self._refused = 0  # the number of a table whose rows are not read
        self._below: tuple[Cells, ...] = ()
        for n, row in enumerate(rows):
            self._below = tuple(other.cells for other in rows[n + 1 : n + 1 + _AHEAD])
            cells = self._without_furniture(row.cells)
            if cells:
                self._place(cells, row)

    def _without_furniture(self, cells: Cells) -> Cells:
        """A row without what is printed around forms: 附件1, 第1页."""
        kept = tuple(cell for cell in cells if not tag(cell.text).matches("furniture"))
        if len(kept) == len(cells) or (self._columns and kept):
            return cells
        self.furniture += [cell for cell in cells if cell not in kept]
        return kept

    def _place(self, cells: Cells, row: Row) -> None:
        goal_above, self._goal_above = self._goal_above, lone_goal(cells)
        if goal_above and self._form and not self._columns and is_text_below(cells):
            self._add_head(cells, goal_above=goal_above)
        else:
            goal = begins_goal(cells) or self._is_goal_below(cells)
            self._place_split(split_row(cells) if goal or not self._columns else cells, row, goal=goal)

    def _place_split(self, cells: Cells, row: Row, *, goal: bool) -> None:
        if self._is_title(cells):
            self._add_title(cells)
        elif self._form and len(cells) == 1 and (horizon := tag(cells[0].text).table):
            self._add_caption(cells[0], horizon, row)
        elif not (self._add_heads(cells, row) or self._add_refused(cells, row)):
            self._add_row(cells, row, begins_goal=goal)

    def _is_goal_below(self, cells: Cells) -> bool:
        with_goals = any(column.role is Role.GOAL for column in self._columns)
        return bool(self._columns) and not with_goals and is_goal_below(cells)

    def _is_title(self, cells: Cells) -> bool:
        """Whether a row is a title, beside it at most labels: 单位：元."""
        first = tag(cells[0].text)
        other = first.matches(*_OTHER_TITLES)
        if other and _YEAR_TABLE.fullmatch(first.text):
            return True  # this tool's own sheet has the auditor's panel beside its title
        own = first.matches("title") and not first.table
        only_year = first.form_year and self._form and not self._columns
        return bool(other or own or only_year) and all(read_label(cell.text) for cell in cells[1:])

    def _add_title(self, cells: Cells) -> None:
        first = tag(cells[0].text)
        other = first.matches(*_OTHER_TITLES)
        inside = not other and self._open is not None and self._is_row_next()
        if other or (first.matches("title") and not first.table and not inside):
            self._close_table()
            if other or self._form is None or self._form.is_complete:
                self._before = None if other else self._form
                self._form = Outline(title=first.text if other else "")
            self._form.titled = True
        self.blocks.append(Title(cells[0], inside))
        if len(cells) > 1:
            self._add_head(cells[1:])

    def _is_row_next(self) -> bool:
        """Whether an indicator comes before any head: then a title above it parts no table from its heads."""
        for cells in self._below:
            if is_header(cells) or self._is_title(cells) or _labels(cells):
                return False
            if may_be_row(cells):
                return True
        return False

    def _add_caption(self, cell: Cell, horizon: Horizon, row: Row) -> None:
        form = self._resumed()
        inside = bool(self._columns and row.table)
        if horizon is not form.horizon and not inside:
            self._close_table()
        form.horizon = horizon
        self.blocks.append(Caption(cell, horizon, inside))

    def _resumed(self) -> Outline:
        """The form that a table is of: the one above a title that was only repeated on its next page."""
        if self._form and self._before and self._form.says_nothing and not self._form.title:
            self._form = self._before
        self._before = None
        self._form = self._form or Outline()
        return self._form

    def _add_heads(self, cells: Cells, row: Row) -> bool:
        """Take a row of heads, or the second line of one, or the numbers below it."""
        if self._open and is_lower_header(self._columns, cells):
            self._add_lower(self._open, HeadRow(cells, self._below))
            return True
        if self._open and (places := places_below(self._columns, cells, self._below)):
            return self._refuse(refusal_of(places), places, cells, row)
        if self._open and is_number_row(cells):
            self._add_lower(self._open, HeadRow(cells))
            return True
        return is_header(cells) and self._begin_table(cells, row)

    def _begin_table(self, cells: Cells, row: Row) -> bool:
        form = self._resumed()
        self._close_table()
        self._listed = bool(read_listing(cells))
        beside = None if self._listed else horizon_beside(cells)
        form.horizon = beside or form.horizon
        table = Table([HeadRow(cells, self._below)], horizon=beside)
        heads = table.read = read_heads(table.heads, (), self._year)
        if heads.last.places:
            return self._refuse(refusal_of(heads.last.places), heads.last.places, cells, row)
        self.blocks.append(table)
        if not heads.has_many_names:
            self._open, self._columns = table, heads.columns
        return True

    def _add_lower(self, table: Table, row: HeadRow) -> None:
        table.heads.append(row)
        assert table.read is not None
        table.read = add_head(table.read, row, (), self._year)
        self._columns = table.read.columns

    def _refuse(self, code: str, heads: tuple[str, ...], cells: Cells, row: Row) -> bool:
        """A table whose rows are not read; what else it might be is not asked any more."""
        self._form = self._form or Outline()
        self._close_table()
        self.blocks.append(Refused(code, heads, cells))
        self._refused = row.table
        return True

    def _add_refused(self, cells: Cells, row: Row) -> bool:
        """Take a row of a table that is not read, or its heads: indicators in columns, a town a row."""
        last = self.blocks[-1] if self.blocks else None
        of_it = self._refused and row.table == self._refused and not names_form(cells)
        if of_it and isinstance(last, Refused):
            last.rows.append(cells)
            return True
        self._refused = 0
        heads = () if self._columns or not self._form else indicators_across(cells, self._below)
        return bool(heads) and self._refuse("summary-table", heads, cells, row)

    def _add_row(self, cells: Cells, row: Row, *, begins_goal: bool) -> None:
        below_table = self._form is not None and self._form.has_rows
        labels = [] if find_goals(cells, (), first=False) else _labels(cells)
        if is_prose(cells, row, below_table=below_table):
            self._close_table()
            self.blocks.append(Note(row.cells))
        elif self._columns and begins_goal:
            self._close_table()
            self._add_head(cells)
        elif labels and (not self._columns or self._is_head_row(cells, labels)):
            self._add_labels(cells, labels)
        elif self._columns:
            self._add_to_table(cells, row)
        else:
            self._add_outside(cells, row)

    def _add_outside(self, cells: Cells, row: Row) -> None:
        """A row without labels outside of any table: the first of one without heads, of a head, or a note."""
        if self._form and may_be_row(cells) and self._may_lack_heads():
            self._resumed()
            self._columns = self._former or default_columns()
            self.blocks.append(Table(rows=[Row(cells, row.table)]))
        elif self._form or find_sides(cells):
            self._add_head(cells)
        else:
            self.blocks.append(Note(cells))

    def _is_head_row(self, cells: Cells, labels: Sequence[tuple[int, Label]]) -> bool:
        """Whether a row below a table's header is of a head: it begins with a label, and has no target."""
        if labels[0][0] > 0 or cells[0].column >= names_at(self._columns):
            return False
        several = len(labels) > 1 or labels[0][1].fact == "name"
        return several or not any(tag(cell.text).value >= 0.5 for cell in cells[1:])

    def _add_labels(self, cells: Cells, labels: Sequence[tuple[int, Label]]) -> None:
        said = {label.fact: label.tail or _beside(cells, at) for at, label in reversed(labels)}
        begins = self._form is None or self._form.ends_before(said)
        if begins:
            self._close_table()
            self._form, self._before = Outline(), None
        self._add_head(cells, begins=begins)
        assert self._form is not None
        for fact, text in said.items():
            self._form.say(fact, text)
        last = labels[-1][1].fact
        self._form.asked = "" if said[last] else last

    def _add_head(
        self, cells: Cells, *, begins: bool = False, goal_above: tuple[Horizon, int] | None = None
    ) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Head) and not begins:
            last.rows.append(cells)
        else:
            self.blocks.append(Head([cells], begins, goal_above))
        self._form = self._form or Outline()
        if self._form.asked and len(cells) == 1:
            self._form.say(self._form.asked, tidy(cells[0].text))
        self._form.asked = ""
        self._form.has_goals = self._form.has_goals or bool(goal_above or find_goals(cells, (), first=False))

    def _add_to_table(self, cells: Cells, row: Row) -> None:
        last = self.blocks[-1]
        if tag(cells[0].text).matches("footnote") and (len(cells) == 1 or not self._listed):
            self._close_table()
            self.blocks.append(Note(cells))
            return
        if not isinstance(last, Table):
            last = Table(goes_on=True)
            self.blocks.append(last)
        last.rows.append(Row(cells, row.table))
        assert self._form is not None
        if sum(not tag(cell.text).is_scaffold for cell in cells) > 1:
            self._open, self._form.has_rows = None, True
        if (band := horizon_in(cells, self._columns)) is not None:
            self._form.horizon = band[1]
        if self._listed:
            self._form.name = _LISTED

    def _may_lack_heads(self) -> bool:
        """Whether a table may begin without heads: its caption says whose it is, or a page ended."""
        form = self._form
        if form is None:
            return False
        repeated = self._before is not None and form.says_nothing
        return form.horizon is not None or bool(self._former and (form.name or repeated))

    def _close_table(self) -> None:
        self._former = self._columns or self._former
        self._columns, self._open, self._listed = (), None, False


def _labels(cells: Cells) -> list[tuple[int, Label]]:
    """The labels of a row with their places; a row of several levels has none: they are a table's."""
    if sum(tag(cell.text).is_level for cell in cells) > 1:
        return []
    return [(at, label) for at, (_, label) in enumerate(read_labels(cells)) if label]


def _beside(cells: Cells, at: int) -> str:
    return tidy(cells[at + 1].text) if at + 1 < len(cells) else ""
