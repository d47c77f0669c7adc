"""Rows of a table that are no indicators: printed words, unused lines, sums, what stands below the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluator.forms.table.alignment import Column
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role, fold
from evaluator.records.source import Cell
from evaluator.values.quantities import bare, is_placeholder
from evaluator.values.text import decimal_from_text, squash

_SURE, _LIKELY = 0.9, 0.5  # that a text is a value


def is_scaffold(text: str) -> bool:
    """Whether a cell holds only words of the printed form."""
    return tag(text).is_scaffold


def without_blanks(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row without the name that a printed form has (指标2：) where nobody wrote an indicator into it, and
    without the number of its line before the name (目标1, older forms).
    """
    rest = tuple(cell for cell in cells if not tag(cell.text).matches("blank_name"))
    if len(rest) < len(cells) and all(tag(c.text).is_level or tag(c.text).is_unused for c in rest):
        return rest
    return tuple(cell for n, cell in enumerate(cells) if not _is_number(cell, cells[n + 1 :]))


def _is_number(cell: Cell, following: Sequence[Cell]) -> bool:
    """Whether a cell only numbers its line: a name and a target follow."""
    if len(following) < 2 or not tag(cell.text).matches("line_number"):
        return False
    return tag(following[0].text).value < _LIKELY and not tag(following[0].text).is_level


def is_unused(text: str) -> bool:
    """Whether a name or a value says that a printed row was not used: blank, ——, /, 无, 不适用."""
    compact = bare(text)
    return is_placeholder(compact) or compact == "不适用"


def is_total(cells: tuple[Cell, ...]) -> bool:
    """Whether a row holds sums: 合计 and nothing but numbers beside it."""
    kept = [cell for cell in cells if squash(cell.text)]
    numbers = (decimal_from_text(fold(cell.text).rstrip("分%")) is not None for cell in kept[1:])
    return bool(kept) and tag(kept[0].text).matches("total") and all(numbers)


def names_at(columns: tuple[Column, ...]) -> int:
    """Where the names of a table stand; what is left of it are levels."""
    return min((column.position for column in columns if column.role is Role.NAME), default=0)


def names_form(cells: tuple[Cell, ...]) -> bool:
    """Whether a row begins another form: it names its project."""
    return any(tag(_before_colon(cell.text)).fact == "name" for cell in cells)


def is_signed(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> bool:
    """Whether a row below a table is a signature, a date or an opinion: it begins left of the names."""
    first = cells[0]
    levels = any(tag(cell.text).is_level for cell in cells)
    signed = tag(_before_colon(first.text)).matches("signed") or tag(first.text).matches("footer")
    return signed and first.column < names_at(columns) and not levels


def is_outside(cells: tuple[Cell, ...], columns: tuple[Column, ...], *, flat: bool = False) -> bool:
    """Whether a row below a table is none of it: it begins where levels stand, with no level and no target.

    Signatures, opinions, plans and costs that follow in the same columns are of this kind. Where the table is
    `flat`, place says nothing, and a row of as many cells as a name and what follows it is an indicator.
    """
    names = names_at(columns)
    further = {column.position for column in columns if column.role is Role.EXTRA}
    own = [cell for cell in cells if flat or cell.column not in further]
    if not own or any(tag(cell.text).is_level for cell in own) or tag(own[0].text).goal:
        return False
    if names - own[0].column < 2 or (flat and is_flat_row(own, columns)):
        return False
    return not any(tag(cell.text).is_operator or _states_target(cell.text) for cell in own[1:])


def is_flat(columns: tuple[Column, ...], rows: Iterable[Sequence[Cell]]) -> bool:
    """Whether the cells before a table's names are gone where they were merged, its rows moved to the left.

    Text copied from a web page is so: 质量指标 or a name begins a line, and no line begins with a gap.
    """
    left = min((column.position for column in columns if column.role is not Role.EXTRA), default=0)
    second = min((column.position for column in columns if column.role is Role.LEVEL2), default=left)
    moved = False
    for cells in rows:
        first = _first_behind(cells, left)
        if first.column > left and len(cells) > 1:
            return False
        level2 = tag(first.text).level2 and not tag(first.text).level1
        moved = moved or (bool(level2) and first.column < second) or _is_text_of_name(cells, columns)
    return moved


def _first_behind(cells: Sequence[Cell], left: int) -> Cell:
    """The first cell of a row that is not left of the table's columns, where 序号 stands."""
    return next((cell for cell in cells if cell.column >= left), cells[0])


def _is_text_of_name(cells: Sequence[Cell], columns: tuple[Column, ...]) -> bool:
    """Whether a line of text begins with a name, its target right behind it."""
    return not cells[0].place.part and is_flat_row(cells, columns) and tag(cells[1].text).value >= _SURE


def is_flat_row(cells: Sequence[Cell], columns: tuple[Column, ...]) -> bool:
    """Whether a row can be a name and what follows it, without the levels before: no label, no signature."""
    names = names_at(columns)
    behind = sum(column.position >= names for column in columns)
    return 1 < len(cells) <= behind and cells[0].column < names and _may_be_name(cells[0].text)


def _may_be_name(text: str) -> bool:
    """Whether a text is no word of the forms, no value and nothing that stands below a table."""
    said = tag(text)
    printed = said.matches("footer", "footnote", "total", "execution", "title") or said.is_scaffold
    named = said.fact or said.is_level or said.goal or said.table or said.role
    signed = tag(_before_colon(text)).matches("signed") or tag(_before_colon(text)).fact
    return not (printed or named or signed or said.value >= _LIKELY)


def _states_target(text: str) -> bool:
    return tag(text).value >= _SURE and not text.strip()[:1].isdigit()


def _before_colon(text: str) -> str:
    return text.replace("：", ":").partition(":")[0]
