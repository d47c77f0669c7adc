"""Where the parser stands in a source: the form, the table, whose it is, what empty cells inherit."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.forms.alignment import Column
from evaluator.forms.drafts import FormDraft, Notes
from evaluator.forms.indicator_row import RowDraft, unsure
from evaluator.forms.levels import Levels
from evaluator.forms.listing import Listing
from evaluator.forms.sides import Split
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.findings import Finding
from evaluator.records.source import Cell, Place, Row, Source


class State(Notes):
    """What the steps of the parser share."""

    def __init__(self, source: Source, year: int) -> None:
        super().__init__(year)
        self.source = source
        self._horizon: Horizon | None = None
        self._columns: tuple[Column, ...] = ()
        self._former: tuple[Column, ...] = ()
        self._listing = Listing()
        self._after_header = self._new_goal = self._pasted = False
        self._split: Split = ()
        self._levels = Levels()
        self._goal_above: tuple[Horizon, int] | None = None
        self._interrupted: tuple[Horizon | None, Split, Levels, tuple[Column, ...]] | None = None
        self._amounts: int | None = None
        self._labels: Mapping[int, str] = {}
        self._goal_column: int | None = None
        self._below: tuple[tuple[Cell, ...], ...] = ()  # the rows that follow, as far as a header asks them
        self._flat = False  # the table's rows lost the cells before their names
        self._refused = 0  # the table whose rows are not read
        self._goals_said: set[Horizon] = set()
        self._goals_before: tuple[int, set[Horizon]] = (0, set())

    def _start(self, place: Place) -> None:
        self._flush_unread()
        self.forms.append(FormDraft(place))
        self._horizon, self._split, self._pending, self._amounts = None, (), "", None
        self._labels, self._open_total = {}, False
        self._goal_column, self._goals_said, self._goals_before = None, set(), (0, set())
        self._close_table()

    def _resume(self) -> None:
        """A title that is followed by a table instead of a head was repeated on a form's next page."""
        draft = self.forms[-1]
        if self._interrupted and len(self.forms) > 1 and not draft.facts and not draft.goals:
            self.forms.pop()
            self.forms[-1].findings.extend(draft.findings)
            self._horizon, self._split, self._levels, self._columns = self._interrupted
        self._interrupted = None

    def _close_table(self) -> None:
        self._former = self._columns or self._former
        self._columns, self._after_header, self._levels = (), False, Levels()
        self._listing = Listing()

    def _read_table_title(self, cells: tuple[Cell, ...], row: Row) -> bool:
        horizon = vocabulary().table(cells[0].text) if len(cells) == 1 else None
        if horizon is None or not self.forms:
            return False
        self._resume()
        if horizon is not self._horizon and not (self._columns and row.table):
            self._close_table()
        self._set_horizon(horizon)
        self._use(cells, "table title")
        return True

    def _set_horizon(self, horizon: Horizon) -> None:
        """Whose indicators the rows from here on are; the columns stay as they are."""
        if horizon is not self._horizon:
            self._levels = Levels()
        self._horizon = horizon

    def _add_rows(self, drafts: list[RowDraft], loose: list[Finding]) -> None:
        self.forms[-1].rows.extend(map(unsure, drafts) if self._pasted else drafts)
        self.forms[-1].findings.extend(loose)

    def _leave(self, cells: tuple[Cell, ...]) -> None:
        if self._columns and vocabulary().matches("footnote", cells[0].text):
            self._close_table()
        super()._leave(cells)
