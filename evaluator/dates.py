"""Dates and deadlines as people write them: 2026年内, 12月底之前完成, 2023.07-2024.01."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from evaluator.text import squash

_LONGEST = 40
_BEFORE = r"(?:于|在|≤|<=|<|不晚于|不迟于|截至|截止到?|到|至|确保|力争)?"
_DONE = r"(?:完成|完工|竣工|到位|办结|交付|结束|建成|投用|上线|验收|发放|下达)"
_THEN = r"(?:底|末|终|份|内|中)?(?:之前|以前|前|之内|以内|内|止)?(?:\(含\))?"
_AFTER = rf"{_THEN}(?:按时|按期|全部|全面|基本|如期)?{_DONE}?"
_FULL = r"(?:(?P<y{0}>\d{{4}})[年./-])?(?P<m{0}>\d{{1,2}})[月./-](?P<d{0}>\d{{1,2}})[日号]?"
_DAY = re.compile(_FULL.format(1))
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NUMBER_LIKE = re.compile(r"(\d{4})\.\d{1,2}|(20\d{2})\d{4}")
_MONTH = re.compile(rf"(?:(?P<y>\d{{4}})[年./-])?(?P<m>\d{{1,2}})(?P<sign>月)?(?P<rest>{_AFTER})")
_YEAR = re.compile(rf"(?:(?P<y>20\d{{2}})年度?|当年|本年度?|年(?:度(?=.))?)(?P<rest>{_AFTER})")
_PART = re.compile(
    rf"(?:(?P<y>20\d{{2}})年)?(?:第?(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年)(?P<rest>{_AFTER})"
)
_TO = r"(?:-{1,2}|~|—+|–|至|到)"
_SPAN = re.compile(rf"(.+?){_TO}(.+)")
_SHORT_SPANS = (  # 2024-2026年, 1-12月, 2026年1月-12月: each end says only part of the date
    re.compile(rf"(?P<y1>20\d{{2}})年?度?{_TO}(?P<y2>20\d{{2}})年度?(?P<rest>{_AFTER})"),
    re.compile(rf"(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月?{_TO}(?P<m2>\d{{1,2}})月(?P<rest>{_AFTER})"),
)
_SANE = range(1950, 2151)
_NEAR = 10


class ImpossibleDateError(ValueError):
    """It is written like a date, but there is no such day."""


def read_date(text: str, year: int) -> date | None:
    """One day: 2026年12月5日, 2026.12.5, 20261205, 12月5日 (in `year`); None if it is none."""
    compact = squash(text)[:_LONGEST]
    try:
        return _compact_day(compact) or _day(compact, year)
    except ImpossibleDateError:
        return None


def read_deadline(compact: str, year: int) -> tuple[date | None, date] | None:
    """First day (or None) and last day in time of a deadline; None where the text is none.

    `compact` is squashed text. "前" includes the day itself. Raises ImpossibleDateError.
    """
    if len(compact) > _LONGEST:
        return None
    span = _span(compact, year)
    if span:
        if span[0] > span[1]:
            raise ImpossibleDateError(compact)
        return span
    stem = re.sub(rf"^{_BEFORE}", "", compact)
    if stem != compact and _NUMBER_LIKE.fullmatch(stem):
        return None  # ≤2026.12 is a number, 2026.12 a month
    last = _edge(stem, year, first=False)
    return (None, last) if last else None


def is_deadline(compact: str) -> bool:
    """Whether squashed text is written like a deadline, even of a day that does not exist."""
    try:
        return read_deadline(compact, 2000) is not None
    except ImpossibleDateError:
        return True


def _span(compact: str, year: int) -> tuple[date, date] | None:
    for pattern in _SHORT_SPANS:
        found = pattern.fullmatch(compact)
        if found:
            part = found.groupdict()
            own = _sane(int(part["y1"] or year), compact)
            months = [int(part.get(name) or other) for name, other in (("m1", 1), ("m2", 12))]
            if not all(1 <= month <= 12 for month in months):
                raise ImpossibleDateError(compact)
            return date(own, months[0], 1), _last_day(int(part.get("y2") or own), months[1])
    span = _SPAN.fullmatch(compact)
    if not span:
        return None
    first, last = _edge(span.group(1), year, first=True), _edge(span.group(2), year, first=False)
    return (first, last) if first and last else None


def _sane(year: int, text: str) -> int:
    if year not in _SANE:
        raise ImpossibleDateError(text)
    return year


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _edge(text: str, year: int, *, first: bool) -> date | None:
    """The first or the last day of what a text names: a day, a month, a quarter, half a year, a year."""
    number = _NUMBER_LIKE.fullmatch(text)
    if number and abs(int(number[1] or number[2]) - year) > _NEAR:
        return None  # 1346.08 is a number
    stem = re.sub(rf"{_AFTER}$", "", text) or text
    day = _compact_day(stem) or _day(text, year) or _day(stem, year)
    if day:
        return day
    for pattern, months in ((_PART, _part_months), (_YEAR, _year_months), (_MONTH, _month_months)):
        found = pattern.fullmatch(text)
        named = months(found) if found else None
        if found and named:
            own = _sane(int(found["y"] or year), text)
            return date(own, named[0], 1) if first else _last_day(own, named[1])
    return None


def _compact_day(text: str) -> date | None:
    found = _COMPACT.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None  # 20269999 is a number


def _day(text: str, year: int) -> date | None:
    found = _DAY.fullmatch(text)
    if not found or (not found["y1"] and "月" not in text):
        return None
    try:
        return date(_sane(int(found["y1"] or year), text), int(found["m1"]), int(found["d1"]))
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
