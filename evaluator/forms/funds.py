"""Tables of funds in the head of a form: what the money is for or where it comes from, and its total.

成本构成 | 金额 | 2025年实际执行数 speaks of several years; the budget is the total of the year evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.forms.head import Label, is_money, read_label
from evaluator.forms.vocabulary import fold, vocabulary
from evaluator.records.source import Cell
from evaluator.values.text import decimal_from_text

_YEAR = re.compile(r"(20\d\d)年度?")


@dataclass(frozen=True, slots=True)
class FundsRow:
    """A row of such a table: the amount of the year, and the fact that it is, if it is one of the form's."""

    fact: str
    name: Cell
    amount: Cell


def amounts_column(cells: Sequence[Cell], year: int) -> int | None:
    """The column in which the amounts of `year` stand below a row, if that row heads a table of funds."""
    if any(_is_amount(cell) for cell in cells) or not all(_may_head(cell) for cell in cells):
        return None
    found = [cell.column for cell in cells[1:] if _heads_amounts(cell, year)]
    return found[0] if len(found) == 1 else None


def read_funds(cells: Sequence[Cell], column: int | None, *, open_total: bool = False) -> FundsRow | None:
    """A row with an amount in that column; None for one that has none or speaks of something else.

    `open_total` says that the label of the budget stood before and its amount is still to come: as 合计, or
    without any name below the heads of the years.
    """
    if (
        open_total
        and len(cells) == 2
        and vocabulary().matches("total", cells[0].text)
        and _is_amount(cells[1])
    ):
        return FundsRow("budget", cells[0], cells[1])
    if column is None:
        return None
    amount = next((cell for cell in cells if cell.column == column and _is_amount(cell)), None)
    names = [cell for cell in cells if cell.column < column and not _is_amount(cell)]
    if amount and open_total and all(map(_is_amount, cells)):
        return FundsRow("budget", amount, amount)
    if amount is None or not names or not all(_may_head(cell) for cell in names):
        return None
    name = names[-1]
    label = read_label(name.text)
    total = vocabulary().matches("total", name.text)
    return FundsRow("budget" if total else label[0] if label else "", name, amount)


def amounts_of_years(cells: Sequence[Cell]) -> list[tuple[str, Cell, Cell]]:
    """Fact, name and amount of each year that a row of nothing else names; empty for any other row."""
    if len(cells) % 2 or len(cells) < 4:
        return []
    years = [_YEAR.fullmatch(fold(cell.text)) for cell in cells[::2]]
    if not all(years) or not all(map(_is_amount, cells[1::2])):
        return []
    pairs = zip(years, cells[::2], cells[1::2], strict=True)
    return [(f"{year[1]}_budget", name, amount) for year, name, amount in pairs if year]


def labels_above(cells: Sequence[Cell]) -> dict[int, str]:
    """The facts that a row of nothing but labels of money names, by column; empty for any other row."""
    labels = {cell.column: label for cell in cells if (label := _label_of_money(cell.text))}
    if len(labels) < 2 or any(c.isdigit() for cell in cells for c in cell.text):
        return {}
    alone = all(is_money(label[0]) and not label[1] for label in labels.values())
    return {column: label[0] for column, label in labels.items()} if alone else {}


def _label_of_money(text: str) -> Label | None:
    return ("budget", "") if vocabulary().matches("amount_word", text) else read_label(text)


def _heads_amounts(cell: Cell, year: int) -> bool:
    text = fold(cell.text)
    own, head = vocabulary().without_year(text)
    named = own in (None, year) and vocabulary().matches("amount_head", head)
    return named or text.rstrip("年度") == str(year)


def _may_head(cell: Cell) -> bool:
    """Whether a cell is no label of the form's other than of money."""
    label = read_label(cell.text)
    return label is None or (is_money(label[0]) and not label[1])


def _is_amount(cell: Cell) -> bool:
    return decimal_from_text(cell.text) is not None
