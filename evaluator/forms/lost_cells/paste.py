"""Text of a form that lost its cells: blanks between them, or every cell on a line of its own.

That is what copying out of a PDF leaves. The words of the forms tell the cells apart again, for tables that
have one name and one target a row; of others the finding says that they cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evaluator.forms.head.labels import read_label
from evaluator.forms.lost_cells.paste_cells import read_cells
from evaluator.forms.lost_cells.paste_glued import read_glued
from evaluator.forms.lost_cells.paste_lines import read_lines
from evaluator.forms.lost_cells.paste_words import Table, head_row, is_plain, table_of
from evaluator.forms.table.hypotheses import explained
from evaluator.forms.tags import tag
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Row

_READERS = (read_lines, read_glued, read_cells)
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")
_FEWEST_RIGHT = 0.6  # of the rows that can be judged


def restore_cells(rows: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """The rows of a text with their cells told apart, and the finding that says so (``cells-restored``).

    Rows come back as they are where a table of the source has heads of its own, where no line holds any,
    and, with a finding (``cells-lost``), where words do not tell.
    """
    if any(map(_has_heads, rows)):
        return list(rows), []
    number = max((row.table for row in rows), default=0) + 1
    if any(is_plain(row) and table_of(_GAP.split(row.cells[0].text.strip())) for row in rows):
        return _split_at_gaps(rows, number), []
    plain = 2 * sum(map(is_plain, rows)) >= len(rows)
    for read in _READERS if plain else _READERS[:-1]:
        restored = list(read(rows, number))
        if any(table for _, table in restored):
            return _judged(rows, restored)
    return list(rows), []


def _has_heads(row: Row) -> bool:
    """Whether a row has heads of a table in cells of its own."""
    return sum(tag(cell.text).role is not None for cell in row.cells) > 1


def _judged(
    rows: Sequence[Row], restored: Sequence[tuple[Row, Table | None]]
) -> tuple[list[Row], list[Finding]]:
    """The restored rows where their tables can be trusted, else those that were; with the finding."""
    place = next(row.cells[0].place for row, table in restored if table)
    made = [row for row, _ in restored]
    if lost := _lost([table for _, table in restored if table], made):
        return list(rows), [finding("cells-lost", place, why=lost)]
    return made, [finding("cells-restored", place)]


def _split_at_gaps(rows: Sequence[Row], number: int) -> list[Row]:
    """The rows with lines split at wide gaps, as the header of a table is: they stand between cells."""
    made: list[Row] = []
    for row in rows:
        pieces = _GAP.split(row.cells[0].text.strip()) if is_plain(row) else []
        made.append(head_row([(piece, row.cells[0]) for piece in pieces], number) if pieces else row)
    return made


def _lost(tables: Sequence[Table], made: Sequence[Row]) -> str:
    """Why the words of the tables do not tell their cells apart; empty where they do."""
    unknown = [head for table in tables for head in table.unknown]
    if unknown:
        return f"表头中的“{'、'.join(unknown)[:40]}”不在词表中"
    if not all(table.is_simple for table in tables) or any(map(_is_list, made)):
        return "表头有并列的几组或附加的栏"
    return "" if _fits(tables, made) else "各行的文字多与表头不符"


def _fits(tables: Sequence[Table], made: Sequence[Row]) -> bool:
    """Whether most rows speak for the columns that they were put into."""
    numbered = [row for row in made if row.table and len(row.cells) > 1]
    shares = [explained(table.columns, [row.cells for row in numbered]) for table in tables]
    return max(shares) >= _FEWEST_RIGHT


def _is_list(row: Row) -> bool:
    """Whether a row is the header of a list of many projects: 项目名称 beside nothing but other heads."""
    labels = [read_label(cell.text) for cell in row.cells]
    names = any(label is not None and label[:2] == ("name", "") for label in labels)
    heads = any(tag(cell.text).role for cell in row.cells)
    return names and (heads or all(label and not label.tail for label in labels))
