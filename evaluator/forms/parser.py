"""The rows of a source, one after the other: titles, head, goals, headers, indicator rows.

Nothing is dropped in silence: every non-empty cell gets a `CellUse` that says what it was read as, and
what was not read is named by a finding.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluator.forms.columns import join_headers
from evaluator.forms.goals import begins_goal, is_goal_below, lone_goal
from evaluator.forms.head import split_row
from evaluator.forms.head_steps import HeadSteps
from evaluator.forms.page_breaks import join_broken_rows
from evaluator.forms.paste import restore_cells
from evaluator.forms.table_steps import TableSteps
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.source import Cell, Row

_AHEAD = 40  # rows that a header asks what its columns hold


class FormParser(HeadSteps, TableSteps):
    """A state machine over rows; `forms`, `uses` and `findings` are its results."""

    def read(self) -> None:
        """Read all rows of the source."""
        rows, self.findings = restore_cells(self.source.rows)
        self._pasted = bool(self.findings)
        rows, broken = join_broken_rows(rows)
        self.findings += broken
        joined = list(join_headers(rows))
        for n, row in enumerate(joined):
            self._below = tuple(other.cells for other in joined[n + 1 : n + 1 + _AHEAD])
            cells = self._without_furniture(row.cells)
            if not cells:
                continue
            self._new_goal = begins_goal(cells) or is_goal_below(cells, self._columns)
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

    def _without_furniture(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """A row without what is printed around forms: 附件1, 第1页."""
        kept = tuple(cell for cell in cells if not vocabulary().matches("furniture", cell.text))
        if len(kept) == len(cells) or (self._columns and kept):
            return cells
        self._use([cell for cell in cells if cell not in kept], "scaffold")
        return kept

    @property
    def _steps(self) -> tuple[Callable[[tuple[Cell, ...], Row], bool], ...]:
        return (
            self._read_title,
            self._read_table_title,
            self._read_header,
            self._read_refused,
            self._read_across,
            self._read_sides,
            self._read_goals,
            self._read_funds,
            self._read_head,
            self._read_pending,
            self._read_execution,
            self._read_indicator,
            self._read_scaffold,
        )
