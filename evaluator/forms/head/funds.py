"""Tables of funds in a head: what the money is for or where it comes from, and its total.

成本构成 | 金额 | 2025年实际执行数 speaks of several years; the budget is the total of the year evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.forms.head.labels import Label, read_label
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.source import Cell

_YEAR = re.compile(r"(20\d\d)年度?")
_BUDGET = Label("budget")
_MOST_HEADS = 3  # rows: two of heads, and the amounts


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell answers, with the text that does, and the cell that asked (none for an unnamed amount)."""

    label: Label
    text: str
    cell: Cell
    name: Cell | None = None


def amounts_column(cells: Sequence[Cell], year: int) -> int | None:
    """The column in which the amounts of `year` stand below a row, if that row heads a table of funds."""
    if any(tag(cell.text).is_amount for cell in cells) or not all(_may_head(cell) for cell in cells):
        return None
    found = [cell.column for cell in cells[1:] if _heads_amounts(cell, year)]
    return found[0] if len(found) == 1 else None


def at_crossing(cells: Sequence[Cell], column: int, *, open_total: bool) -> Answer | None:
    """The answer of a row of funds, in the column of the year's amounts; None for any other row.

    `open_total` says that the budget was asked for above and has no answer yet: then an amount without any
    name below the heads of the years is the total.
    """
    amounts = [cell for cell in cells if tag(cell.text).is_amount]
    amount = next((cell for cell in amounts if cell.column == column), None)
    if amount is None:
        return None
    if open_total and len(amounts) == len(cells):
        return Answer(_BUDGET, amount.text, amount)
    names = [cell for cell in cells if cell.column < column and cell not in amounts]
    if not names or not all(map(_may_head, names)):
        return None
    asked = _BUDGET if tag(names[-1].text).matches("total") else read_label(names[-1].text)
    return Answer(asked, amount.text, amount, names[-1]) if asked else None


def total_below(cells: Sequence[Cell]) -> Answer | None:
    """合计 | 100 below the funds that it is the sum of; None for any other row."""
    if len(cells) != 2 or not tag(cells[0].text).matches("total") or not tag(cells[1].text).is_amount:
        return None
    return Answer(_BUDGET, cells[1].text, cells[1], cells[0])


def amounts_of_years(cells: Sequence[Cell]) -> list[Answer]:
    """The amount of each year that a row of nothing else names; empty for any other row."""
    if len(cells) % 2 or len(cells) < 4:
        return []
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    years = [year_of(name.text) for name, _ in pairs]
    if not all(years) or not all(tag(amount.text).is_amount for _, amount in pairs):
        return []
    return [
        Answer(Label("year_budget", year=year), amount.text, amount, name)
        for year, (name, amount) in zip(years, pairs, strict=True)
    ]


def year_of(text: str) -> int:
    """The year that a cell is and nothing else: 2026年, 2026年度; else 0."""
    found = _YEAR.fullmatch(tag(text).folded)
    return int(found[1]) if found else 0


def labels_over(rows: Sequence[Sequence[Cell]]) -> tuple[list[Answer], int]:
    """Amounts below their labels, and how many rows of heads stand above them; none for any other rows.

    年度资金总额 | 财政拨款 | 其他资金 over 50 | 45 | 5; the heads may take two rows: 本年度投入 | 财政资金
    over 中央 | 省级 | 本级.
    """
    labels = labels_of_money(rows[0])
    for count, below in enumerate(rows[1:_MOST_HEADS], start=1):
        if not labels:
            break
        if amounts := _amounts(below):
            known = ((labels.get(cell.column), cell) for cell in amounts)
            return [Answer(label, cell.text, cell) for label, cell in known if label], count
        labels = {**labels, **lower} if (lower := _lower_labels(below)) else {}
    return [], 0


def _amounts(cells: Sequence[Cell]) -> list[Cell]:
    """The amounts of a row of nothing else, but for a word before them and signs that there is none."""
    rest = cells[1:] if cells and _only_heads(cells[0]) else cells
    amounts = [cell for cell in rest if tag(cell.text).is_amount]
    return amounts if all(tag(cell.text).is_amount or tag(cell.text).is_unused for cell in rest) else []


def _only_heads(cell: Cell) -> bool:
    return tag(cell.text).matches("amount_word") or tag(cell.text).is_scaffold


def labels_of_money(cells: Sequence[Cell]) -> dict[int, Label | None]:
    """The labels of a row of nothing but labels of money, by column; empty for any other row.

    None for whose money it is: 中央, 省级. Such amounts are parts of what another column says.
    """
    said = [(cell, _label_of_money(cell.text)) for cell in cells]
    if any(label is None and any(map(str.isdigit, cell.text)) for cell, label in said):
        return {}
    labels = {c.column: label for c, label in said if label or tag(c.text).matches("fund_source")}
    known = [label for label in labels.values() if label]
    alone = all(label.is_money and not label.tail for label in known)
    return labels if known and len(labels) > 1 and alone else {}


def _lower_labels(cells: Sequence[Cell]) -> dict[int, Label | None]:
    """The labels of a second row of heads, each whose money it is or a total; empty for any other row."""
    labels = {cell.column: _label_of_money(cell.text) for cell in cells}
    fits = all(labels[cell.column] or tag(cell.text).matches("fund_source") for cell in cells)
    return labels if fits else {}


def _label_of_money(text: str) -> Label | None:
    if tag(text).matches("amount_word"):
        return _BUDGET
    label = read_label(text)
    return None if label and not label.is_money and tag(text).matches("fund_source") else label


def _heads_amounts(cell: Cell, year: int) -> bool:
    text = tag(cell.text).folded
    own, head = vocabulary().without_year(text)
    named = own in (None, year) and tag(head).matches("amount_head")
    return named or text.rstrip("年度") == str(year)


def _may_head(cell: Cell) -> bool:
    """Whether a cell is no label of the form's other than of money."""
    label = read_label(cell.text)
    return label is None or (label.is_money and not label.tail)
