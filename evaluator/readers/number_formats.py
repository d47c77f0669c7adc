"""Numbers and dates of workbooks as the person sees them on the sheet.

Number formats: ECMA-376 part 1, 18.8.31; the built-in Chinese ones: 18.8.30 (language zh-cn).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from evaluator.values.text import half_up, show

# Built-in formats of Chinese Excel and WPS, which files name by number only.
CHINESE_FORMATS: Final = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
_GENERAL: Final = ("", "general", "g/通用格式", "@")
_AS_STORED: Final = re.compile(r"general|g/通用格式", re.IGNORECASE)  # among words: "≤"General"万元"
_SEMICOLON: Final = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')  # outside of quotation marks
_LONGEST: Final = 255  # of a number format
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>[0#?](?:[0#?,.]*[0#?.])?)(?P<scale>,*)|(?P<plain>.)"
)
_CONDITION: Final = re.compile(r"\[[<>=]")
_CLOCK: Final = re.compile(r"h+[^a-z]*m+|m+[^a-z]*s+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number's text; `exact` is whether it is all that is stored, `known` whether the format was."""

    text: str
    exact: bool = True
    known: bool = True


def show_number(value: Decimal, pattern: str) -> Shown:
    """The number in an Excel number format; a format that is not understood shows what is stored."""
    section, value = _section(value, pattern[:_LONGEST])
    if section.lower() in _GENERAL and pattern.strip(";") == pattern:
        return Shown(show(value))
    tokens = list(_TOKEN.finditer(_AS_STORED.sub("#.###############", section)))
    places = [token for token in tokens if token["digits"]]
    marks = [token["plain"] for token in tokens if token["plain"]]
    words = "".join(map(_literal, tokens)).strip()
    strange = _CONDITION.search(section) or set(marks) & set("/EeGg")
    if len(places) > 1 or not (words or places) or strange:
        return Shown(show(value), known=False)
    if not places:
        return Shown(words, exact=value == 0)
    scaled = value * 100 ** marks.count("%") / 1000 ** len(places[0]["scale"])
    number = _digits(scaled, places[0]["digits"])
    return Shown(_filled(tokens, number), exact=Decimal(number.replace(",", "") or 0) == scaled)


def _filled(tokens: Iterable[re.Match[str]], number: str) -> str:
    """The format with the number in the place of its digits."""
    return "".join(number if token["digits"] else _literal(token) for token in tokens).strip()


def show_date(value: date | time | timedelta, pattern: str) -> str:
    """A date as 2026年12月31日, with as much of it as the format shows; a time of day follows."""
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S").removesuffix(":00")
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', " ", pattern.split(";")[0]).lower()
    days = _CLOCK.sub(" ", bare)
    shows_year, shows_month, shows_day = (mark in days for mark in "ymd")
    if not (shows_year or shows_month or shows_day):
        shows_year = shows_month = shows_day = True
    text = f"{value.year}年" * shows_year + f"{value.month}月" * shows_month + f"{value.day}日" * shows_day
    if isinstance(value, datetime) and "h" in bare:
        text += f" {value:%H:%M}"
    return text


def _section(value: Decimal, pattern: str) -> tuple[str, Decimal]:
    """The part of the format for this number's sign, and the number that it formats."""
    sections = _SEMICOLON.split(pattern)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _literal(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or token["symbol"] or token["plain"] or ""


def _digits(value: Decimal, pattern: str) -> str:
    whole, _, fraction = pattern.partition(".")
    rounded = half_up(value, Decimal(1).scaleb(-len(fraction)))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if fraction:
        head, _, tail = text.partition(".")
        optional = len(fraction) - len(fraction.rstrip("#"))
        kept = tail[: len(tail) - optional] + tail[len(tail) - optional :].rstrip("0")
        text = f"{head}.{kept}" if kept else head
    sign, number = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + "0" * (whole.count("0") - len(number.partition(".")[0])) + number
