"""Rows of a table that are no indicators: printed words, unused lines, sums, what stands below the table."""

from __future__ import annotations

from evaluator.forms.alignment import Column
from evaluator.forms.vocabulary import Role, fold, vocabulary
from evaluator.records.source import Cell
from evaluator.values.quantities import bare, is_placeholder
from evaluator.values.target import looks_like_operator, looks_like_value
from evaluator.values.text import decimal_from_text, squash

_SURE = 0.9  # that a text is a value


def is_scaffold(text: str) -> bool:
    """Whether a cell holds only words of the printed form."""
    return fold(text) in vocabulary().scaffold_words or not squash(text)


def without_blanks(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row without the name that a printed form has (指标2：) where nobody wrote an indicator into it."""
    words = vocabulary()
    rest = tuple(cell for cell in cells if not words.matches("blank_name", cell.text))
    empty = (words.level1(cell.text) or words.level2(cell.text) or is_unused(cell.text) for cell in rest)
    return rest if len(rest) < len(cells) and all(empty) else cells


def is_unused(text: str) -> bool:
    """Whether a name or a value says that a printed row was not used: blank, ——, /, 无, 不适用."""
    compact = bare(text)
    return is_placeholder(compact) or compact == "不适用"


def is_total(cells: tuple[Cell, ...]) -> bool:
    """Whether a row holds sums: 合计 and nothing but numbers beside it."""
    kept = [cell for cell in cells if squash(cell.text)]
    numbers = (decimal_from_text(fold(cell.text).rstrip("分%")) is not None for cell in kept[1:])
    return bool(kept) and vocabulary().matches("total", kept[0].text) and all(numbers)


def names_at(columns: tuple[Column, ...]) -> int:
    """Where the names of a table stand; what is left of it are levels."""
    return min((column.position for column in columns if column.role is Role.NAME), default=0)


def names_form(cells: tuple[Cell, ...]) -> bool:
    """Whether a row begins another form: it names its project."""
    return any(vocabulary().label(_before_colon(cell.text)) == "name" for cell in cells)


def is_signed(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> bool:
    """Whether a row below a table is a signature, a date or an opinion: it begins left of the names."""
    words, first = vocabulary(), cells[0]
    levels = any(words.level1(cell.text) or words.level2(cell.text) for cell in cells)
    signed = words.matches("signed", _before_colon(first.text)) or words.matches("footer", first.text)
    return signed and first.column < names_at(columns) and not levels


def is_outside(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> bool:
    """Whether a row below a table is none of it: it begins where levels stand, with no level and no target.

    Signatures, opinions, plans and costs that follow in the same columns are of this kind.
    """
    words = vocabulary()
    names = names_at(columns)
    further = {column.position for column in columns if column.role is Role.EXTRA}
    own = [cell for cell in cells if cell.column not in further]
    if not own or any(words.level1(cell.text) or words.level2(cell.text) for cell in own):
        return False
    if own[0].column >= names or words.goal(own[0].text):
        return False
    compared = any(looks_like_operator(c.text) or _states_target(c.text) for c in own[1:])
    return names - own[0].column > 1 and not compared


def _states_target(text: str) -> bool:
    return looks_like_value(text) >= _SURE and not text.strip()[:1].isdigit()


def _before_colon(text: str) -> str:
    return text.replace("：", ":").partition(":")[0]
