"""Text of a form that lost its cells: blanks between them, or every cell on a line of its own.

That is what copying out of a PDF leaves. The words of the forms tell the cells apart again, for tables that
have one name and one target a row; of others the finding says that they cannot be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.forms.head.labels import read_label
from evaluator.forms.paste_cells import read_cells
from evaluator.forms.paste_lines import read_lines
from evaluator.forms.paste_words import is_plain
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Row


def restore_cells(rows: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """The rows of a text with their cells told apart, and the finding that says so (``cells-restored``).

    Rows come back as they are where a table of the source has heads of its own, where no line holds any,
    and, with a finding (``cells-lost``), where words do not tell.
    """
    words = vocabulary()
    if any(sum(words.role(cell.text) is not None for cell in row.cells) > 1 for row in rows):
        return list(rows), []
    number = max((row.table for row in rows), default=0) + 1
    readers = (read_lines, read_cells) if 2 * sum(map(is_plain, rows)) >= len(rows) else (read_lines,)
    for read in readers:
        restored = list(read(rows, number))
        tables = [table for _, table in restored if table]
        if tables:
            made = [row for row, _ in restored]
            place = next(row.cells[0].place for row, table in restored if table)
            if all(table.is_simple for table in tables) and not any(map(_is_list, made)):
                return made, [finding("cells-restored", place)]
            return list(rows), [finding("cells-lost", place)]
    return list(rows), []


def _is_list(row: Row) -> bool:
    """Whether a row is the header of a list of many projects: 项目名称 beside nothing but other heads."""
    words = vocabulary()
    labels = [read_label(cell.text) for cell in row.cells]
    names = any(label is not None and label[:2] == ("name", "") for label in labels)
    heads = any(words.role(cell.text) for cell in row.cells)
    return names and (heads or all(label and not label.tail for label in labels))
