"""Whether the formulas of a filled workbook give what stands in their cells."""

from __future__ import annotations

from decimal import Decimal

from evaluator.audit.formulas import evaluate
from evaluator.audit.lines import number_in, spot
from evaluator.audit.outcomes import PASSED, Ending, Subject, idle, said, unsure
from evaluator.audit.records import AuditedSheet, Field
from evaluator.records.source import Place
from evaluator.values.text import half_up, show, squash

_SHOWN = 8


def formula_stale(subject: Subject) -> Ending:
    """Each formula's result is what it computes from the sheet as it stands."""
    results = _results(subject.sheet)
    if not results:
        return idle("no-formulas")
    wrong = [_told(item, due) for item, due in results if due is not None and not _is_shown(item, due)]
    if wrong:
        return said(_first(results), cells="、".join(wrong[:_SHOWN]))
    return unsure("formula-unknown") if None in (due for _, due in results) else PASSED


def _results(sheet: AuditedSheet) -> list[tuple[Field, Decimal | None]]:
    """The sheet's formulas with what they give."""
    numbers = _numbers(sheet)
    fields = (item for line in sheet.lines for item in line.values() if item.formula)
    return [(item, evaluate(item.formula, numbers.get)) for item in fields]


def _first(results: list[tuple[Field, Decimal | None]]) -> Place:
    """The place of the first formula whose result is another."""
    return next(item.place for item, due in results if due is not None and not _is_shown(item, due))


def _told(item: Field, due: Decimal) -> str:
    return f"{spot(item.place)}写{item.text}，公式应得{_due(item, due)}"


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
