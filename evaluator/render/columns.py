"""The columns of a sheet, each declared once and found by its role, never by its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluator.records.addresses import column_letters


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, its printed head, its width in Latin letters."""

    role: str
    title: str
    width: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet, from the left; numbers count from 0, as XlsxWriter does."""

    items: tuple[Column, ...]
    _numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {item.role: n for n, item in reversed([*enumerate(self.items)])})

    def at(self, role: str) -> int:
        """Number of the column that holds `role`. Raises KeyError where there is none."""
        return self._numbers[role]

    def has(self, role: str) -> bool:
        """Whether there is a column of that role."""
        return role in self._numbers

    def letter(self, role: str) -> str:
        """A role's letters in Excel."""
        return letters(self.at(role))

    def width(self, first: str, last: str = "") -> float:
        """Width of the columns from one role to another, or of one."""
        chosen = self.items[self.at(first) : self.at(last or first) + 1]
        return sum(column.width for column in chosen)

    @property
    def whole_width(self) -> float:
        """Width of all columns together."""
        return sum(column.width for column in self.items)

    @property
    def end(self) -> int:
        """Number of the last column."""
        return len(self.items) - 1

    @property
    def heads(self) -> list[tuple[str, float]]:
        """Title and width of each column."""
        return [(column.title, column.width) for column in self.items]


def columns(*declared: tuple[str, str, float]) -> Columns:
    """The columns of a sheet from (role, title, width)."""
    return Columns(tuple(Column(*column) for column in declared))


def letters(column: int) -> str:
    """A column's letters in Excel."""
    return column_letters(column + 1)
