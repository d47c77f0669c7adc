"""The rows of a table, each read as an indicator, a level over the rows below, or none of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evaluator.forms.blocks import Table
from evaluator.forms.drafts import Drafts
from evaluator.forms.head.goals import Cells
from evaluator.forms.table.alignment import Column, Placed
from evaluator.forms.table.columns import default_columns
from evaluator.forms.table.heads import TableHeads, read_heads
from evaluator.forms.table.indicator_row import RowDraft, read_row, unsure
from evaluator.forms.table.levels import take_band
from evaluator.forms.table.listed_rows import moved, take_listed
from evaluator.forms.table.row_kinds import is_outside, is_signed, is_total, names_at, without_blanks
from evaluator.forms.table.several import split_lines
from evaluator.forms.table.state import TableState
from evaluator.forms.table.two_sides import horizon_in, is_two_sided
from evaluator.forms.table.value_columns import ValueHeads, join_value
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.findings import Finding
from evaluator.records.source import Cell, Row
from evaluator.values.text import tidy

_SURE = 0.9  # that a text is a value


class TableReader:
    """Reads the tables of a source into its forms. `pasted` says that rows lost their cells on the way."""

    def __init__(self, drafts: Drafts, year: int, *, pasted: bool) -> None:
        self._drafts = drafts
        self._year = year
        self._pasted = pasted
        self._former: tuple[Column, ...] = ()
        self.state = TableState()

    def close(self) -> None:
        """End the table that is open."""
        self._former = self.state.columns or self._former
        self.state.close()

    def read(self, table: Table) -> None:
        """Read a table's heads and rows."""
        if table.heads and not self._open(table):
            return
        if not table.heads and not self.state.columns and not self._assume_heads(table):
            return
        for row in table.rows:
            if self._read_execution(row.cells) or self._read_indicator(row.cells, row):
                self._drafts.close_run()
            elif not self._read_scaffold(row.cells):
                self._drafts.trace.leave(row.cells)

    # Heads

    def _open(self, table: Table) -> bool:
        """Take a table's heads; False for a table that is not read."""
        self._take_horizon_of_goals()
        state, heads = self.state, table.read
        if state.split or heads is None:
            heads = read_heads(table.heads, state.split, self._year)
        self._drafts.trace.use(heads.listed, "header")
        state.listing = heads.listing
        self._note_values(heads.steps[0], heads.cells)
        if heads.has_many_names:
            said = "、".join(tidy(cell.text) for cell in heads.cells)
            self._drafts.find("summary-table", heads.cells[0].place, heads=said[:40])
            self._drafts.trace.use(heads.cells, "header")
            return False
        self._remark_heads(heads)
        self._drafts.trace.use(heads.cells, "header")
        for row, step in zip(table.heads[1:], heads.steps[1:], strict=True):
            self._note_values(step, row.cells)
            self._drafts.trace.use(row.cells, "header" if step else "scaffold")
        state.columns, state.flat = heads.columns, heads.last.flat
        self._drafts.close_run()
        return True

    def _note_values(self, heads: ValueHeads | None, cells: Cells) -> None:
        """Say where it is not plain which column is the year's."""
        if heads and heads.doubted:
            doubted = "、".join(heads.doubted)
            self._drafts.find("several-values", cells[0].place, heads=doubted, own=heads.own)
        if heads and heads.other and self.state.horizon is not Horizon.LONG_TERM:
            details = {"head": heads.other, "year": str(self._year)}
            self._drafts.find("values-of-another-time", cells[0].place, **details)
        if heads and heads.supposed:
            self._drafts.find("columns-supposed", cells[0].place, columns=heads.supposed)

    def _remark_heads(self, heads: TableHeads) -> None:
        first = heads.steps[0]
        if first and is_two_sided(first.columns) and not self.state.split:
            self._drafts.find("side-by-side-assumed", heads.cells[0].place)
        results = [cell for cell in heads.cells if tag(cell.text).matches("result_head")]
        said = "、".join(tidy(cell.text) for cell in results)
        if not self._drafts.form.titled and _are_filled(results):
            self._drafts.form.title = f"有{said}的表"
        elif results:
            self._drafts.find("results-beside-targets", results[0].place, heads=said)
        for cell in heads.cells:
            known = tag(cell.text).role or tag(cell.text).is_scaffold or cell in results
            if not known:
                self._drafts.find("header-unknown", cell.place, header=tidy(cell.text)[:40])

    def _take_horizon_of_goals(self) -> None:
        """长期绩效目标1 over its table, 年度绩效目标1 over the next: goals say whose tables they are."""
        state, rows = self.state, self._drafts.form.rows
        said, state.said = state.said, set()
        start, before = state.before
        state.before = (len(rows), said)
        if len(said) != 1 or len(before) != 1 or said == before or start >= len(rows):
            return
        rows[start:] = [replace(row, horizon=next(iter(before))) for row in rows[start:]]
        state.set_horizon(next(iter(said)))

    def _assume_heads(self, table: Table) -> bool:
        """A table that lost its heads still has the order of the one above, or of all these forms."""
        self.state.columns = self._former or default_columns()
        self._drafts.find("header-missing", table.rows[0].cells[0].place)
        return True

    # Rows

    def _read_execution(self, cells: Cells) -> bool:
        """预算执行率 where levels stand is no indicator: it is scored by itself."""
        names = names_at(self.state.columns)
        found = any(tag(cell.text).matches("execution") and cell.column < names for cell in cells)
        if found:
            row = " | ".join(tidy(cell.text) for cell in cells)
            self._drafts.find("execution-row", cells[0].place, row=row[:60])
            self._drafts.trace.use(cells, "budget execution")
        return found

    def _read_indicator(self, cells: Cells, row: Row) -> bool:
        if is_total(cells) or is_signed(cells, self.state.columns):
            return False
        if self.state.listing:
            return self._read_listed(cells, row)
        return self._read_own(cells, row)

    def _read_listed(self, cells: Cells, row: Row) -> bool:
        """A row of a list of many projects: whose it is, then its indicator."""
        listed = take_listed(self._drafts, self.state, cells, row, self._year)
        self.state = listed.state
        if not listed.rest:
            return listed.is_read
        read = self._read_own(listed.rest, row)
        if listed.is_moved and self._drafts.form.rows:
            rows = self._drafts.form.rows
            rows[-1] = moved(rows[-1], cells)
        return read

    def _read_own(self, cells: Cells, row: Row) -> bool:
        """A row of one project's table."""
        cells = self._without_horizon(cells)
        kept = without_blanks(tuple(cell for cell in cells if not tag(cell.text).is_scaffold))
        if not kept:
            self._drafts.trace.use(cells, "scaffold")
            return not cells or any(tag(cell.text).matches("blank_name") for cell in cells)
        if len(kept) == 1:
            return self._read_single(cells, kept[0], row)
        return self._read_cells(cells, kept)

    def _read_cells(self, cells: Cells, kept: Cells) -> bool:
        """A row with several cells that are no words of the printed form."""
        if tag(kept[0].text).matches("footnote"):
            return False
        if self._is_aside(kept):
            self._drafts.trace.use(cells, "not read")
            return True
        if is_outside(kept, self.state.columns, flat=self.state.flat):
            return self._leave_outside(cells)
        self._drafts.trace.use([cell for cell in cells if cell not in kept], "scaffold")
        joined = join_value(kept, self.state.columns)
        rows = split_lines(joined, self.state.columns)
        if len(rows) > 1:
            self._drafts.find("several-in-row", joined[0].place, count=str(len(rows)))
        for single in rows:
            self._read_one(single)
        return True

    def _is_aside(self, kept: Cells) -> bool:
        """项目决策 | 项目目标 | 完整性 | — is what an evaluation asks about decisions, and no target."""
        level = next((cell for cell in kept[:2] if tag(cell.text).level1), None)
        before, said = self.state.aside, tidy(level.text) if level else self.state.aside
        self.state.aside = said if vocabulary().level1(said) in vocabulary().level1_aside else ""
        if not self.state.aside or self._has_target(kept):
            return False
        if level or not before:
            row = " | ".join(tidy(cell.text) for cell in kept)
            self._drafts.find("level-aside", kept[0].place, level=said, row=row[:60])
        return True

    def _has_target(self, kept: Cells) -> bool:
        """Whether something stands in the column of values, or what can only be one left of it."""
        at = next((c.position for c in self.state.columns if c.role is Role.VALUE), 0)
        tags = [(cell.column, tag(cell.text)) for cell in kept if cell.column <= at]
        return any(said.value >= _SURE or (column == at and not said.is_unused) for column, said in tags)

    def _read_one(self, cells: Cells) -> None:
        drafts, loose, placed = self._read_row(cells)
        self._add(drafts, loose)
        for item in placed:
            self._drafts.trace.use((item.cell,), item.column.role.value)
        rest = [cell for cell in cells if all(cell is not item.cell for item in placed)]
        self._drafts.trace.use(rest, "unplaced")

    def _read_row(self, cells: Cells) -> tuple[list[RowDraft], list[Finding], list[Placed]]:
        horizon = self.state.horizon or Horizon.ANNUAL
        return read_row(cells, self.state.columns, horizon, self.state.levels)

    def _add(self, drafts: list[RowDraft], loose: list[Finding]) -> None:
        form = self._drafts.form
        form.rows.extend(map(unsure, drafts) if self._pasted else drafts)
        form.findings.extend(loose)

    def _leave_outside(self, cells: Cells) -> bool:
        """Say of a row below a table that it was not read as an indicator."""
        excerpt = " | ".join(tidy(cell.text) for cell in cells)[:60]
        self._drafts.find("row-outside", cells[0].place, row=excerpt)
        self._drafts.trace.use(cells, "not read")
        return True

    def _without_horizon(self, cells: Cells) -> Cells:
        """A row without the cell that says whose its indicators are; which they are from here on."""
        found = horizon_in(cells, self.state.columns)
        if found is None:
            return cells
        self._drafts.trace.use((found[0],), "table title")
        self.state.set_horizon(found[1])
        return tuple(cell for cell in cells if cell is not found[0])

    def _read_single(self, cells: Cells, cell: Cell, row: Row) -> bool:
        """A lone cell inside a table: a level over the rows below, or a row that lost its other cells."""
        if tag(cell.text).is_level:
            self._read_level(cell)
            self._drafts.trace.use(cells, "level")
            return True
        if self._is_aside((cell,)):
            self._drafts.trace.use(cells, "not read")
            return True
        named = any(char.isalpha() for char in cell.text)
        if row.table == 0 or not named or tag(cell.text).matches("footnote"):
            return False
        if is_outside((cell,), self.state.columns):
            return self._leave_outside(cells)
        drafts, loose, _ = self._read_row((cell,))
        self._add(drafts, loose)
        self._drafts.trace.use(cells, "name")
        return bool(drafts)

    def _read_level(self, cell: Cell) -> None:
        if any(column.role in (Role.LEVEL1, Role.LEVEL2) for column in self.state.columns):
            self._read_row((cell,))
        else:
            take_band(cell.text, self.state.horizon or Horizon.ANNUAL, self.state.levels)

    def _read_scaffold(self, cells: Cells) -> bool:
        tags = [tag(cell.text) for cell in cells]
        if not all(asked.is_scaffold or asked.goal or asked.table for asked in tags):
            return False
        self._drafts.trace.use(cells, "scaffold")
        self._drafts.close_run()
        return True


def _are_filled(heads: Sequence[Cell]) -> bool:
    """Whether heads of results are those of a sheet that was scored: what was achieved, and its score."""
    scores = [tag(cell.text).matches("score_head") for cell in heads]
    actuals = [tag(cell.text).matches("actual_head") for cell in heads]
    return any(scores) and any(actuals)
