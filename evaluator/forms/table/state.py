"""Where a form's tables stand while they are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluator.forms.sides import Split
from evaluator.forms.table.alignment import Column
from evaluator.forms.table.levels import Levels
from evaluator.forms.table.listing import Listing
from evaluator.records.approved import Horizon


@dataclass
class TableState:
    """Where a form's tables stand: whose indicators they hold, their columns, what empty cells inherit.

    `said` are the horizons that goals named since the last table, `before` where the rows of that one begin
    and whose goals stood over it.
    """

    horizon: Horizon | None = None
    split: Split = ()
    columns: tuple[Column, ...] = ()
    flat: bool = False  # the rows lost the cells before their names
    levels: Levels = field(default_factory=Levels)
    listing: Listing = field(default_factory=Listing)
    aside: str = ""  # a level 1 above whose rows without a target are no indicators: 项目决策
    unit: str = ""  # of a list, whose sum stood above its projects
    is_ruled: bool = False  # rows of the list stand in a table, not in lines of text
    is_cut: bool = False  # the end of a page took the row that says whose the next rows of a list are
    said: set[Horizon] = field(default_factory=set)
    before: tuple[int, set[Horizon]] = (0, set())

    def set_horizon(self, horizon: Horizon) -> None:
        """Whose indicators the rows from here on are; the columns stay as they are."""
        if horizon is not self.horizon:
            self.levels = Levels()
        self.horizon = horizon

    def close(self) -> None:
        """End the table."""
        self.columns, self.levels, self.listing = (), Levels(), Listing()
