"""What a cell that a person typed means, however it is spelt: ``％``, ``>=``, ``110万元``, ``31-Dec-26``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Operator
from evaluator.tables.rows import (
    BUDGET,
    DATES,
    GOALS,
    NUMBERS,
    date_from,
    expected,
    goals_from,
    goals_text,
)
from evaluator.values.quantities import column_operator, lacks_unit, read_quantity
from evaluator.values.text import decimal_from_text, joins_digits, show, squash, tidy
from evaluator.values.units import convert, is_money, symbol

Cells = Mapping[str, str]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"[T\s]+0{1,2}:00(?::00)?(?:\.0+)?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED_MONTH = re.compile(r"(\d{1,2})[-\s/]([A-Za-z]{3})[a-z]*[-\s/,]+(\d{4}|\d{2})")


def understood(column: str, text: str, approved: str = "") -> str | None:
    """What a cell means, as the table itself writes it; None where the column cannot hold it.

    `approved` is what was read from the form: it decides between two days that a text may be.
    """
    if not squash(text):
        return ""
    read = _READERS.get(column)
    return read(text, approved) if read else text.strip()


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


def days(text: str) -> set[date]:
    """The days that a text may mean: 2026-12-31, 2026年12月31日, 12/31/2026, 31-Dec-26, with 0:00 or without.

    12/31/2026 is one day, 3/4/2026 may be two.
    """
    return set(_days(_CLOCK.sub("", text.strip())))


def _days(text: str) -> Iterator[date]:
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        yield from _day(*found.groups())
    found = _YEAR_LAST.fullmatch(text)
    if found:
        first, _, second, year = found.groups()
        yield from _day(year, first, second)
        yield from _day(year, second, first)
        yield from _day(first, second, year) if len(year) == len(first) == 2 else ()
    found = _NAMED_MONTH.fullmatch(text)
    if found and found[2].lower() in _MONTHS:
        yield from _day(found[3], str(_MONTHS.index(found[2].lower()) + 1), found[1])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year if len(year) == 4 else f"20{year}"), int(month), int(day))
    except ValueError:
        return


def _date(text: str, approved: str) -> str | None:
    found = days(text)
    own = date_from(approved)
    if own in found:
        return approved
    return found.pop().isoformat() if len(found) == 1 else None


def _number(text: str, _: str) -> str | None:
    value = decimal_from_text(text)
    return None if value is None else show(value)


def _points(text: str, _: str) -> str | None:
    return _number(squash(text).removesuffix("分"), "")


def _ordinal(text: str, _: str) -> str | None:
    number = _number(text, "")
    return number if number is not None and not expected("目标序号", number) else None


def _money(text: str, _: str) -> str | None:
    value, unit_text, _copied = read_quantity(text)
    unit = symbol(unit_text if unit_text not in ("万", "亿") else f"{unit_text}元") if unit_text else "万元"
    return show(convert(value, unit, "万元")) if value is not None and unit and is_money(unit) else None


def _operator(text: str, _: str) -> str | None:
    sign = column_operator(text)
    return sign.value if isinstance(sign, Operator) else "" if sign == "" else None


def _unit(text: str, _: str) -> str:
    return "" if lacks_unit(text) else symbol(text) or tidy(text)


def _choice(column: str) -> Callable[[str, str], str | None]:
    return lambda text, _: squash(text) if not expected(column, squash(text)) else None


def _goals(text: str, approved: str) -> str | None:
    """Goal texts by number; without their numbers, one a line where there are as many lines as goals."""
    numbers = [number for number, _ in goals_from(approved)]
    found = goals_from(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(numbers) > 1 and [number for number, _ in found] != numbers:
        if len(found) > 1 or len(lines) != len(numbers):
            return None
        found = list(zip(numbers, lines, strict=True))
    return goals_text(found)


_READERS: Mapping[str, Callable[[str, str], str | None]] = {
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(DATES, _date),
    **dict.fromkeys(GOALS, _goals),
    BUDGET: _money,
    "分值": _points,
    "目标序号": _ordinal,
    "运算符": _operator,
    "计量单位": _unit,
    "目标类别": _choice("目标类别"),
    "指标类型": _choice("指标类型"),
    "把握程度": _choice("把握程度"),
    "一级指标": lambda text, _: vocabulary().level1(text) or text.strip(),
    "二级指标": lambda text, _: vocabulary().level2(text) or text.strip(),
}
