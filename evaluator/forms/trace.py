"""What became of every cell of a source: its use, and runs of cells that nothing was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place
from evaluator.values.text import tidy


@dataclass(frozen=True, slots=True)
class CellUse:
    """What a cell of a source was read as (``label``, ``fact``, ``goal``, ``header``, ``name``, ...)."""

    place: Place
    text: str
    use: str


class Trace:
    """The uses of the cells so far, and the run of cells just passed that were not read."""

    def __init__(self) -> None:
        self.uses: list[CellUse] = []
        self._unread: list[Cell] = []

    def use(self, cells: Iterable[Cell], use: str) -> None:
        """Note what cells were read as."""
        self.uses.extend(CellUse(cell.place, cell.text, use) for cell in cells)

    def leave(self, cells: Iterable[Cell]) -> None:
        """Note cells that nothing was read from."""
        left = tuple(cells)
        self.use(left, "not read")
        self._unread.extend(left)

    def close(self) -> list[Finding]:
        """One finding (``text-not-read``) for the run of cells that were not read, if there is one."""
        cells, self._unread = self._unread, []
        if not cells:
            return []
        ends = [" ".join(filter(None, (cell.place.part, cell.place.cell))) for cell in (cells[0], cells[-1])]
        excerpt = " ".join(tidy(cell.text) for cell in cells)[:60]
        extent = "至".join(dict.fromkeys(ends))
        return [finding("text-not-read", cells[0].place, extent=extent, excerpt=excerpt)]
