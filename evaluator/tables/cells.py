"""Whether a cell still says what it said, however a person or Excel spells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluator.tables.columns import content_of
from evaluator.values.text import joins_digits, squash

Cells = Mapping[str, str]


def understood(column: str, text: str, approved: str = "") -> str | None:
    """What a cell means, as the table itself writes it; None where the column cannot hold it.

    `approved` is what was read from the form: it decides between two days that a text may be.
    """
    return content_of(column).typed(text, approved) if squash(text) else ""


def same(column: str, before: str, after: str) -> bool:
    """Whether a cell says the same, however a person or Excel spells it."""
    if before == after:
        return True
    was, now = understood(column, before), understood(column, after, before)
    if was is None or now is None:
        return squash(before) == squash(after)
    return squash(was) == squash(now) and joins_digits(was) == joins_digits(now)


def edits(read: Cells, current: Cells, columns: Sequence[str]) -> dict[str, str]:
    """The cells that a person changed: column to new text, as typed."""
    return {column: current[column] for column in columns if not same(column, read[column], current[column])}
