"""What a column of the tables may hold, and what typing in it means: ``％``, ``>=``, ``31-Dec-26``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from evaluator.forms.vocabulary import vocabulary
from evaluator.records.approved import Operator, Scan
from evaluator.records.source import PageBox
from evaluator.values.quantities import column_operator, lacks_unit, read_quantity
from evaluator.values.text import decimal_from_text, show, squash, tidy
from evaluator.values.units import convert, is_money, symbol

_GOAL = re.compile(r"^\s*目标\s*(\d{1,2})\s*[：:]", re.MULTILINE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"[T\s]+0{1,2}:00(?::00)?(?:\.0+)?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED_MONTH = re.compile(r"(\d{1,2})[-\s/]([A-Za-z]{3})[a-z]*[-\s/,]+(\d{4}|\d{2})")


def _any_text(text: str, _: str) -> str | None:
    return text.strip()


def _nothing_wrong(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a column holds.

    `typed(text, approved)` is what a text that is not blank means, as the table writes it (None: the column
    cannot hold it); `approved`, what was read from the form, decides between two days that a text may be.
    `fault(text)` says what should stand there, where a text as the table writes it is not that (None:
    anything may stand there); `wanted` says it in general.
    """

    typed: Callable[[str, str], str | None] = _any_text
    fault: Callable[[str], str] | None = None
    wanted: str = ""


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


def date_from(text: str) -> date | None:
    """A date as the table has it, or as Excel rewrites it (2026/12/31); None if it is none."""
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _date(text: str, approved: str) -> str | None:
    found = days(text)
    if date_from(approved) in found:
        return approved
    return found.pop().isoformat() if len(found) == 1 else None


def _no_date(text: str) -> str:
    return "日期（如 2026-12-31）" if text and date_from(text) is None else ""


def _number(text: str, _: str) -> str | None:
    value = decimal_from_text(text)
    return None if value is None else show(value)


def _no_number(text: str) -> str:
    return "数字" if text and decimal_from_text(text) is None else ""


def _points(text: str, _: str) -> str | None:
    return _number(squash(text).removesuffix("分"), "")


def _ordinal(text: str, _: str) -> str | None:
    number = _number(text, "")
    return number if number is not None and not _no_ordinal(number) else None


def _no_ordinal(text: str) -> str:
    return "1 到 99 的整数" if text and not re.fullmatch(r"[1-9]\d?", text) else ""


def _money(text: str, _: str) -> str | None:
    value, unit_text, _copied = read_quantity(text)
    unit = symbol(unit_text if unit_text not in ("万", "亿") else f"{unit_text}元") if unit_text else "万元"
    return show(convert(value, unit, "万元")) if value is not None and unit and is_money(unit) else None


def _operator(text: str, _: str) -> str | None:
    sign = column_operator(text)
    return sign.value if isinstance(sign, Operator) else "" if sign == "" else None


def _unit(text: str, _: str) -> str:
    return "" if lacks_unit(text) else symbol(text) or tidy(text)


def _level1(text: str, _: str) -> str:
    return vocabulary().level1(text) or text.strip()


def _level2(text: str, _: str) -> str:
    return vocabulary().level2(text) or text.strip()


def goals_text(goals: Iterable[tuple[int, str]]) -> str:
    """Goal texts with their numbers as one cell; the only one is its text alone."""
    goals = list(goals)
    if [number for number, _ in goals] == [1]:
        return goals[0][1]
    return "\n".join(f"目标{number}：{text}" for number, text in goals)


def goals_from(text: str) -> list[tuple[int, str]]:
    """Number and text of each goal of a cell."""
    if not text:
        return []
    pieces = _GOAL.split(text)
    if len(pieces) < 3 or pieces[0].strip():
        return [(1, text)]
    return [(int(number), body.strip()) for number, body in zip(pieces[1::2], pieces[2::2], strict=True)]


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


def scan_text(scan: Scan | None) -> str:
    """Where on a picture a row was read, with what was recognised there; empty where on none."""
    if scan is None:
        return ""
    page, value, row = scan.value, _corners(scan.value), _corners(scan.row)
    said = [str(scan.certainty), scan.raw, [*scan.doubts]]
    return json.dumps([page.page, page.sha256, value, row, *said], ensure_ascii=False)


def scan_from(text: str) -> Scan | None:
    """The scan of a cell that `scan_text` wrote; None where it is blank, or nobody can tell any more."""
    try:
        page, sha256, value, row, sure, raw, doubts = json.loads(text)
        boxes = (PageBox(page, sha256, *value), PageBox(page, sha256, *row))
        return Scan(*boxes, raw, Decimal(sure), tuple(doubts))
    except (ValueError, TypeError, InvalidOperation):
        return None


def _corners(box: PageBox) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def choice(
    terms: type[StrEnum],
    *,
    blank: bool = False,
    typed: Callable[[str, str], str | None] | None = None,
) -> Content:
    """A column that holds one of the terms, or nothing where it may be `blank`."""
    choices = ("", *terms) if blank else tuple(terms)

    def fault(text: str) -> str:
        return "" if text in choices else "、".join(filter(None, choices)) + "之一"

    def chosen(text: str, _: str) -> str | None:
        return squash(text) if squash(text) in choices else None

    return Content(typed or chosen, fault)


TEXT = Content()
NUMBER = Content(_number, _no_number)
POINTS = Content(_points, _no_number)
ORDINAL = Content(_ordinal, _no_ordinal)
BUDGET = Content(_money, _no_number, "以万元计的数字")
DATE = Content(_date, _no_date)
GOALS = Content(_goals, wanted="每个目标一段、以“目标1：”“目标2：”开头的文字")
OPERATOR = choice(Operator, blank=True, typed=_operator)
UNIT = Content(_unit)
LEVEL1 = Content(_level1)
LEVEL2 = Content(_level2)
