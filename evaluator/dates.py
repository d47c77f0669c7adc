"""Dates and deadlines as people write them: 2026年内, 12月底之前完成, 2023.07-2024.01."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from evaluator.text import squash

_LONGEST = 40
_BEFORE = r"(?:于|在|≤|<=|<|不晚于|不迟于|截至|截止到?|到|至|确保|力争)?"
_DONE = r"(?:完成|完工|竣工|到位|办结|交付|结束|建成|投用|上线|验收|发放|下达)"
_AFTER = rf"(?:底|末|份|内|中)?(?:之前|以前|前|之内|以内|内|止)?(?:按时|按期|全部|全面|基本|如期)?{_DONE}?"
_FULL = r"(?:(?P<y{0}>\d{{4}})[年./-])?(?P<m{0}>\d{{1,2}})[月./-](?P<d{0}>\d{{1,2}})[日号]?"
_DAY = re.compile(_FULL.format(1))
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(rf"(?:(?P<y>\d{{4}})[年./-])?(?P<m>\d{{1,2}})(?P<sign>月)?(?P<rest>{_AFTER})")
_YEAR = re.compile(rf"(?:(?P<y>20\d{{2}})年度?|当年|本年度?|年)(?P<rest>{_AFTER})")
_PART = re.compile(
    rf"(?:(?P<y>20\d{{2}})年)?(?:第?(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年)(?P<rest>{_AFTER})"
)
_SPAN = re.compile(r"(.+?)(?:-{1,2}|~|—+|–|至|到)(.+)")


class ImpossibleDateError(ValueError):
    """It is written like a date, but there is no such day."""


def read_date(text: str, year: int) -> date | None:
    """One day: 2026年12月5日, 2026.12.5, 20261205, 12月5日 (in `year`); None if it is none."""
    compact = squash(text)[:_LONGEST]
    found = _COMPACT.fullmatch(compact)
    try:
        if found:
            return date(*map(int, found.groups()))
        return _day(compact, year)
    except ImpossibleDateError:
        return None
    except ValueError:
        return None


def read_deadline(compact: str, year: int) -> tuple[date | None, date] | None:
    """First day (or None) and last day in time of a deadline; None where the text is none.

    `compact` is squashed text. "前" includes the day itself. Raises ImpossibleDateError.
    """
    if len(compact) > _LONGEST:
        return None
    span = _SPAN.fullmatch(compact)
    if span:
        first, last = _edge(span.group(1), year, first=True), _edge(span.group(2), year, first=False)
        if first and last:
            if first > last:
                raise ImpossibleDateError(compact)
            return first, last
    last = _edge(re.sub(rf"^{_BEFORE}", "", compact), year, first=False)
    return (None, last) if last else None


def _edge(text: str, year: int, *, first: bool) -> date | None:
    """The first or the last day of what a text names: a day, a month, a quarter, half a year, a year."""
    stem = re.sub(rf"{_AFTER}$", "", text) or text
    day = _day(text, year) or _day(stem, year)
    if day:
        return day
    for pattern, months in ((_PART, _part_months), (_YEAR, _year_months), (_MONTH, _month_months)):
        found = pattern.fullmatch(text)
        named = months(found) if found else None
        if found and named:
            own = int(found["y"]) if found["y"] else year
            return date(own, named[0], 1) if first else date(own, named[1], monthrange(own, named[1])[1])
    return None


def _day(text: str, year: int) -> date | None:
    found = _DAY.fullmatch(text)
    if not found or (not found["y1"] and "月" not in text):
        return None
    try:
        return date(int(found["y1"] or year), int(found["m1"]), int(found["d1"]))
    except ValueError as error:
        raise ImpossibleDateError(text) from error


def _part_months(found: re.Match[str]) -> tuple[int, int]:
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    quarter = "一二三四1234".index(found["q"]) % 4
    return quarter * 3 + 1, quarter * 3 + 3


def _year_months(found: re.Match[str]) -> tuple[int, int] | None:
    # 年 alone is a unit; 年底 and 2026年 are times.
    return (1, 12) if found["y"] or found["rest"] or len(found.group()) > 1 else None


def _month_months(found: re.Match[str]) -> tuple[int, int] | None:
    if not found["y"] and not (found["sign"] and found["rest"]):
        return None  # 12 and 6月 may be anything
    month = int(found["m"])
    if not 1 <= month <= 12:
        raise ImpossibleDateError(found.group())
    return month, month
