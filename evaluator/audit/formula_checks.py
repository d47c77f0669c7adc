"""Whether the formulas of a filled workbook give what stands in their cells."""

from __future__ import annotations

from decimal import Decimal

from evaluator.audit.formulas import evaluate
from evaluator.audit.lines import number_in
from evaluator.audit.outcomes import PASSED, Ending, Subject, idle, said, unsure
from evaluator.audit.records import AuditedSheet, Field
from evaluator.values.text import half_up, show, squash

_SHOWN = 8


def formula_stale(subject: Subject) -> Ending:
    """Each formula's result is what it computes from the sheet as it stands."""
    fields = [item for line in subject.sheet.lines for item in line.values() if item.formula]
    if not fields:
        return idle("no-formulas")
    numbers = _numbers(subject.sheet)
    results = [(item, evaluate(item.formula, numbers.get)) for item in fields]
    wrong = [(item, due) for item, due in results if due is not None and not _is_shown(item, due)]
    if wrong:
        shown = "、".join(
            f"{item.place.cell}写{item.text}，公式应得{_due(item, due)}" for item, due in wrong[:_SHOWN]
        )
        return said(wrong[0][0].place, cells=shown)
    return unsure("formula-unknown") if any(due is None for _, due in results) else PASSED


def _numbers(sheet: AuditedSheet) -> dict[str, Decimal]:
    """The sheet's numbers by cell, percentages as Excel holds them."""
    fields = (item for line in sheet.lines for item in line.values())
    return {item.place.cell: value for item in fields if (value := _value(item)) is not None}


def _value(item: Field) -> Decimal | None:
    value = item.stored if item.stored is not None else number_in(item.text)
    if (
        value is None
        or not squash(item.text).replace(",", "").rstrip("%").replace(".", "").lstrip("-").isdigit()
    ):
        return None  # 10分 is text to Excel
    return value / 100 if squash(item.text).endswith("%") else value


def _is_shown(item: Field, due: Decimal) -> bool:
    """Whether a result agrees with a cell to its last printed digit; text such as 优 is no number."""
    value = _value(item)
    if value is None:
        return True
    text = squash(item.text)
    places = len(text.rstrip("%").partition(".")[2]) + 2 * text.endswith("%")
    return abs(value - due) <= Decimal(1).scaleb(-places)


def _due(item: Field, due: Decimal) -> str:
    percent = squash(item.text).endswith("%")
    return f"{show(half_up(due * 100))}%" if percent else show(half_up(due))
