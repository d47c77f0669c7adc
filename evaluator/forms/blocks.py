"""What a source consists of, before anything is read from it: title, caption, head, table, note."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluator.forms.head.goals import Cells
from evaluator.forms.table.heads import HeadRow, TableHeads
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Row


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a form, of its next page, or the year it is for; `inside` where it stands between the
    heads of a table and its rows.
    """

    cell: Cell
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """The title of a table: whose indicators follow. `inside` where it stands in the table itself."""

    cell: Cell
    horizon: Horizon
    inside: bool


@dataclass(slots=True)
class Head:
    """Rows that name what a form is about; `begins` says that they are another form's than what is above, and
    `goal_above` is the goal whose name is the title of a table right above: 年度绩效目标.
    """

    rows: list[Cells]
    begins: bool = False
    goal_above: tuple[Horizon, int] | None = None


@dataclass(slots=True)
class Table:
    """A table: its rows of heads (none where it goes on, or lost them), and the rows below.

    `horizon` is what a cell before its heads says; `goes_on` where the table above was only interrupted.
    """

    heads: list[HeadRow] = field(default_factory=list)
    read: TableHeads | None = None  # the heads as they are where no sides are named above
    rows: list[Row] = field(default_factory=list)
    horizon: Horizon | None = None
    goes_on: bool = False


@dataclass(slots=True)
class Refused:
    """A table without any column of the project's targets: the finding (`code`) that says so of these heads,
    their row, and the rows below.
    """

    code: str
    heads: tuple[str, ...]
    cells: Cells
    rows: list[Cells] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Note:
    """What stands outside of all forms, or ends a table: 注：…"""

    cells: Cells


Block = Title | Caption | Head | Table | Refused | Note
