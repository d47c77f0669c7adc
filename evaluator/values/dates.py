"""Dates and deadlines as people write them: 2026年内, 12月底之前完成, 2023.07-2024.01."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from evaluator.values.numerals import arabic_dates
from evaluator.values.text import squash

_LONGEST = 40
_BEFORE = re.compile(
    r"(?:于|在|[≤≦⩽=]|<=|=<|<|‹|〈|不晚于|不迟于|不超过|最迟|最晚|截至|截止[到至]?|到|至|确保|力争|争取|计划|预计|每年){0,2}"
)
_STRICTLY = re.compile(r"[<‹〈](?!=)")
_MANNER = r"(?:按时|按期|全部|全面|基本|如期)"
_DONE = r"(?:完成|完工|竣工|到位|办结|交付|结束|建成|投用|上线|验收|发放|下达|完毕)"
_INCLUDED = r"(?:\(含[^()]{0,4}\))?"
_THEN = rf"{_INCLUDED}(?:底|末|终|份|内|中)?{_INCLUDED}(?:之前|以前|前|之内|以内|内|止)?{_INCLUDED}"
_AFTER = rf"{_THEN}{_MANNER}?{_DONE}?"
_OPEN = re.compile(r"份?(?:之前|以前|前)|中")
_WITHIN = re.compile(r"[之以]?内")
_FULL = r"(?:(?P<y{0}>\d{{4}})(?:年度?|[./-]))?(?P<m{0}>\d{{1,2}})[月./-](?P<d{0}>\d{{1,2}})[日号]?"
_TO = r"(?:-{1,2}|~|—+|–|至|到)"
_DAY = re.compile(_FULL.format(1))
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NUMBER_LIKE = re.compile(r"(\d{4})\.\d{1,2}|(20\d{2})\d{4}")
_DOTTED = re.compile(rf"\d{{1,2}}(?:-\d{{1,2}}|\.\d{{2}}|\.\d{{1,2}}{_TO}\d{{1,2}}\.\d{{1,2}})")
_MONTH = re.compile(
    r"(?:(?P<y>\d{4})(?:年度?|[./-]))?(?P<m>\d{1,2})(?P<sign>月)?(?:(?P<ten>[上中下])旬)?"
    rf"(?P<rest>{_AFTER})"
)
_YEAR = re.compile(rf"(?:(?P<y>20\d{{2}})年度?|当年|今年|本年度?|年(?:度(?=.))?)(?P<rest>{_AFTER})")
_TWICE = re.compile(r"(?:(?<=[\d当今本每]年)|(?<=^年))年(?=[度底末初中内终前])")  # 2026年年底前
_SHORT_YEAR = re.compile(r"(?<![\d.])\d{2}(?=年(?:\d{1,2}月|度?[底末内]|[上下]半年|第?[一二三四1-4]季度))")
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})/(20\d{2})(?!\d)")  # 12/31/2026, 31/12/2026
_SHORT_DAY = re.compile(
    r"(?<![\d./])(?:(?<!-)|(?=\d{2}[./]))(?P<y>\d{2})(?P<rest>(?P<sign>[-./])\d{1,2}(?P=sign)(?P<d>\d{1,2}))(?!\d)"
)
_MIDNIGHT = re.compile(  # 2026-12-31 00:00:00, as a copy of a cell has it
    r"(?<=[\d日])(?:00:00(?::00)?|(?:24|23)(?::(?:00|59)){1,2}|24[时点])(?=前|$)"
)
_ENDS_OF_A_TIME = ("0", "9", "时", "点", "前")
_DATED = re.compile(r"(?<!\d)20\d{2}(?!\d)")
_ANY_YEAR = 2000
_CLOSE = 2
_THIS_YEAR = re.compile(r"(?:当年|今年|本年度?)(?=\d)")
_NEXT_YEAR = re.compile(r"(?:次年|明年|下一?年|翌年)度?(?=[\d底末内上下第])")
_TIMED = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,8}(?:时间|时限|期限|日期|进度|周期))[:为是]?(?P<time>.*\d.*|.*年.*)"
)
_COMPLETED = re.compile(rf"(?P<time>.{{1,24}}?[前底末内])(?P<what>{_MANNER}?{_DONE}[\u4e00-\u9fff]{{1,16}})")
_KEPT = re.compile(  # 按时完成（2026年12月底前）
    rf"(?P<what>(?:{_MANNER}|及时|按计划|按要求)?[\u4e00-\u9fff]{{0,4}}?{_DONE}[\u4e00-\u9fff]{{0,6}})"
    r"(?:(?P<open>\()|[:,])(?P<time>[^():,]*\d[^()]*)(?(open)\))"
)
_DENIED = re.compile(r"[不未无非率较]")
_PART = re.compile(
    rf"(?:(?P<y>20\d{{2}})年)?(?:第?(?P<q>[一二三四1-4])季度|(?P<half>[上下])半年)(?P<rest>{_AFTER})"
)
_TO_SIGN = re.compile(_TO)
_SHORT_SPANS = (  # 2024-2026年, 1-12月, 2026年1月-12月, 2026.1-12: each end says only part of the date
    re.compile(rf"(?P<y1>20\d{{2}})年?度?{_TO}(?P<y2>20\d{{2}})(?:年度?(?P<rest>{_AFTER}))?"),
    re.compile(rf"(?:(?P<y1>\d{{4}})年)?(?P<m1>\d{{1,2}})月?{_TO}(?P<m2>\d{{1,2}})月(?P<rest>{_AFTER})"),
    re.compile(
        rf"(?P<y1>20\d{{2}})[./年](?P<m1>\d{{1,2}})月?{_TO}(?P<m2>0[1-9]|1[0-2]|[1-9])(?:月(?P<rest>{_AFTER}))?"
    ),
    re.compile(
        rf"(?P<y1>20\d{{2}})(?P<m1>0[1-9]|1[0-2]){_TO}(?P<y2>20\d{{2}})(?P<m2>0[1-9]|1[0-2])(?:月(?P<rest>{_AFTER}))?"
    ),
)
_DAY_ALONE = re.compile(r"\d{1,2}[./-]\d{1,2}")
_SANE = range(1950, 2151)
_NEAR = 10


class ImpossibleDateError(ValueError):
    """It is written like a date, but there is no such day."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """First day (or None) and last day in time; `is_doubtful` where the words may mean another day."""

    since: date | None
    last: date
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    """The first and the last day of what a text names."""

    first: date
    last: date
    is_day: bool = False
    is_doubtful: bool = False


def read_date(text: str, year: int) -> date | None:
    """One day: 2026年12月5日, 2026.12.5, 20261205, 12月5日 (in `year`); None if it is none."""
    compact = _with_year_first(squash(text)[:_LONGEST])
    try:
        return _compact_day(compact) or _day(compact, year)
    except ImpossibleDateError:
        return None


def read_deadline(compact: str, year: int) -> Deadline | None:
    """First day (or None) and last day in time of a deadline; None where the text is none.

    `compact` is squashed text. "前" and "＜" include a day that they name; "前" includes the whole of a
    month and "＜" excludes it, which is doubtful. Raises ImpossibleDateError.
    """
    if len(compact) > _LONGEST:
        return None
    compact = _with_years(arabic_dates(compact), year)
    span = _span(compact, year)
    if span:
        if span.since and span.since > span.last:
            raise ImpossibleDateError(compact)
        return span
    before = _BEFORE.match(compact)
    said = before.group() if before else ""
    stem = compact[len(said) :]
    if said and _NUMBER_LIKE.fullmatch(stem):
        return None  # ≤2026.12 is a number, 2026.12 a month
    edge = _edge(stem, year)
    if edge is None:
        return None
    if not _STRICTLY.search(said):
        return Deadline(None, edge.last, edge.is_doubtful)
    last = edge.last if edge.is_day else edge.first - timedelta(days=1)
    return Deadline(None, last, is_doubtful=True)


def split_deadline(compact: str) -> tuple[str, str]:
    """A deadline and the words around it: 12月底前完成招标工作, 完成时间：6月底; empty texts for others."""
    found = _COMPLETED.fullmatch(compact) or _TIMED.fullmatch(compact) or _KEPT.fullmatch(compact)
    if not found or _DENIED.search(found["what"]) or is_deadline(compact):
        return "", ""
    dated = _DATED.search(found["time"])  # 2026.12 is a month where the words speak of time
    is_time = is_deadline(found["time"], int(dated[0]) if dated else _ANY_YEAR)
    return (found["time"], found["what"]) if is_time else ("", "")


def is_deadline(compact: str, year: int = _ANY_YEAR) -> bool:
    """Whether squashed text is written like a deadline, even of a day that does not exist."""
    short = _SHORT_DAY.search(compact) or _SHORT_YEAR.search(compact)
    try:
        return read_deadline(compact, 2000 + int(short[0][:2]) if short else year) is not None
    except ImpossibleDateError:
        return True


def like_a_day(text: str) -> date | None:
    """The (last) day that numbers such as 12.31, 6-30, 1.1-12.31 may be, in a leap year; None for others."""
    if not _DOTTED.fullmatch(text):
        return None
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    try:
        return [date(2000, *pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)][-1]
    except ValueError:
        return None


def ends_month(day: date) -> bool:
    """Whether a day is the last of its month."""
    return (day + timedelta(days=1)).day == 1


def _with_years(compact: str, year: int) -> str:
    """当年12月, 次年3月, 26年底 with the year's number, where the year has four digits."""
    if "年" in compact:
        compact = _THIS_YEAR.sub(f"{year}年", _TWICE.sub("", compact))
        compact = _SHORT_YEAR.sub(lambda found: _long_year(found[0], year), compact)
        compact = _NEXT_YEAR.sub(f"{year + 1}年", compact)
    else:
        compact = _SHORT_DAY.sub(lambda found: _long_day(found, year), _with_year_first(compact))
    return _MIDNIGHT.sub("", compact) if compact.endswith(_ENDS_OF_A_TIME) else compact


def _with_year_first(compact: str) -> str:
    """12/31/2026 and 31/12/2026 as 2026/12/31; 5/6/2026 may be either day and stays."""
    return _YEAR_LAST.sub(_year_first, compact) if "/20" in compact else compact


def _year_first(found: re.Match[str]) -> str:
    one, other = int(found[1]), int(found[2])
    month, day = sorted((one, other))
    return f"{found[3]}/{month}/{day}" if month <= 12 and (day > 12 or one == other) else found[0]


def _long_year(text: str, year: int) -> str:
    """26 as 2026 where that is about the year evaluated; 26年 may last as long."""
    return f"20{text}" if abs(2000 + int(text) - year) <= _CLOSE else text


def _long_day(found: re.Match[str], year: int) -> str:
    """26-09-30 with the whole year, unless the day may stand first: 25-12-26."""
    own = str(year % 100)
    is_open = found["y"] != own == found["d"]
    return found[0] if is_open else _long_year(found["y"], year) + found["rest"]


def _span(compact: str, year: int) -> Deadline | None:
    for pattern in _SHORT_SPANS:
        found = pattern.fullmatch(compact)
        if found:
            return _short_span(found, year)
    spans = (
        _between(compact[: sign.start()], compact[sign.end() :], year) for sign in _TO_SIGN.finditer(compact)
    )
    return next(filter(None, spans), None)


def _between(begin: str, end: str, year: int) -> Deadline | None:
    """From one date to another: 9月至次年3月, 2026.1.1-12.31 (the second day is of the first one's year)."""
    first = _edge(begin + ("份" if begin.endswith("月") else ""), year) if begin else None
    if first and first.is_day and _DAY_ALONE.fullmatch(end):
        end = f"{first.first.year}.{end}".replace("-", ".").replace("/", ".")
    last = _edge(end, year) if first and end else None
    return Deadline(first.first, last.last, last.is_doubtful) if first and last else None


def _short_span(found: re.Match[str], year: int) -> Deadline | None:
    part = found.groupdict()
    if part["rest"] is None and any(abs(int(part.get(name) or year) - year) > _NEAR for name in ("y1", "y2")):
        return None  # 2000-2100 is two numbers
    own = _sane(int(part["y1"] or year), found.group())
    months = [int(part.get(name) or other) for name, other in (("m1", 1), ("m2", 12))]
    if not all(1 <= month <= 12 for month in months):
        raise ImpossibleDateError(found.group())
    last = _last_day(int(part.get("y2") or own), months[1])
    return Deadline(date(own, months[0], 1), last, _is_open(part["rest"] or ""))


def _sane(year: int, text: str) -> int:
    if year not in _SANE:
        raise ImpossibleDateError(text)
    return year


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _is_open(rest: str) -> bool:
    """Whether 前 or 中 stands right after a month, a quarter or a year: 6月前 may end on 31 May."""
    return _OPEN.match(rest) is not None


def _edge(text: str, year: int) -> _Edge | None:
    """What a text names: a day, a month, a quarter, half a year, a year."""
    number = _NUMBER_LIKE.fullmatch(text)
    if number and abs(int(number[1] or number[2]) - year) > _NEAR:
        return None  # 1346.08 is a number
    stem = re.sub(rf"{_AFTER}$", "", text) or text
    marked = re.match("(?:之|以)?前|完成", text[len(stem) :]) is not None
    day = _compact_day(stem) or _day(text, year) or _day(stem, year, marked)
    if day:
        return _Edge(day, day, is_day=True)
    for pattern, period in ((_PART, _part), (_YEAR, _year), (_MONTH, _month)):
        found = pattern.fullmatch(text)
        edge = period(found, year) if found else None
        if edge:
            return edge
    return None


def _compact_day(text: str) -> date | None:
    found = _COMPACT.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None  # 20269999 is a number


def _day(text: str, year: int, marked: bool = False) -> date | None:
    """A day; one without 年 and 月 only where `marked` by words: 12.31前."""
    found = _DAY.fullmatch(text)
    if not found or not (found["y1"] or "月" in text or marked):
        return None
    try:
        return date(_sane(int(found["y1"] or year), text), int(found["m1"]), int(found["d1"]))
    except ValueError as error:
        raise ImpossibleDateError(text) from error


def _months(found: re.Match[str], year: int, first: int, last: int, doubtful: bool = False) -> _Edge:
    own = _sane(int(found["y"] or year), found.group())
    is_doubtful = doubtful or _is_open(found["rest"])
    return _Edge(date(own, first, 1), _last_day(own, last), is_doubtful=is_doubtful)


def _part(found: re.Match[str], year: int) -> _Edge:
    if found["half"]:
        return _months(found, year, *((1, 6) if found["half"] == "上" else (7, 12)))
    quarter = "一二三四1234".index(found["q"]) % 4
    return _months(found, year, quarter * 3 + 1, quarter * 3 + 3)


def _year(found: re.Match[str], year: int) -> _Edge | None:
    # 年 alone is a unit; 年底 and 2026年 are times; 年中 is the middle of the year.
    if not (found["y"] or found["rest"] or len(found.group()) > 1):
        return None
    return _months(found, year, 1, 6 if found["rest"].startswith("中") and not found["y"] else 12)


def _month(found: re.Match[str], year: int) -> _Edge | None:
    named = found["rest"] or found["ten"]
    if not found["y"] and not (found["sign"] and named):
        return None  # 12 and 6月 may be anything
    month = int(found["m"])
    if not 1 <= month <= 12:
        raise ImpossibleDateError(found.group())
    lasting = not found["y"] and _WITHIN.match(found["rest"]) is not None  # 3月内 may be three months
    edge = _months(found, year, month, month, lasting)
    if not found["ten"]:
        return edge
    first, last = {"上": (1, 10), "中": (11, 20), "下": (21, edge.last.day)}[found["ten"]]
    return _Edge(edge.first.replace(day=first), edge.last.replace(day=last), is_doubtful=edge.is_doubtful)
