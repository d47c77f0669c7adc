"""Years in names and goals that are not the year of the work.

A text names many years rightly: what is left of last year, what this year is compared with, the year of a
document. Only years in which, as the text stands, the work itself is done are remarked on.
"""

from __future__ import annotations

import re

from evaluator.checks.words import has, words
from evaluator.values.text import squash

_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_IN_CHARACTERS = re.compile(r"二[〇○零Oo][〇○零Oo一二三四五六七八九]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_TITLE = re.compile(r"《[^》]*》")
_END = r"(20\d{2})(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?"
_SPAN = re.compile(rf"(\()?(?<!\d){_END}(?:-+|~|—+|–|至|到){_END}(?!\d)(?=(?:[^,。;]{{0,8}}(规划))?)")
_CLAUSE_END = re.compile(r"[,。;!?:]")
_NEAR = 14  # characters behind a year that are about it
_HISTORY = 5  # years; what is older is no leftover of an earlier form: 2008年建成的系统


def other_years(text: str, year: int, last: int | None = None) -> str:
    """Years of work that a text names, where none is `year` or one up to `last`."""
    own = range(year, max(year, last or year) + 1)
    plain = _IN_CHARACTERS.sub(lambda found: found[0].translate(_DIGITS), squash(text))
    rest, spanned = _without_spans(_TITLE.sub("", plain), own)
    named = {found: int(found[1]) for found in _YEAR.finditer(rest)}
    if spanned or any(number in own for number in named.values()):
        return ""
    others = [number for found, number in named.items() if not _is_beside(rest, found, number, year)]
    return "、".join(map(str, dict.fromkeys(others)))


def _without_spans(text: str, own: range) -> tuple[str, bool]:
    """A text without spans that last on, stand in brackets or are a plan's; whether one holds an own year."""
    spans = [(int(span[2]), int(span[3])) for span in _SPAN.finditer(text)]
    rest = _SPAN.sub(lambda span: "" if span[1] or span[4] or int(span[3]) >= own[0] else span[0], text)
    return rest, any(first <= own[-1] and last >= own[0] for first, last in spans)


def _is_beside(text: str, found: re.Match[str], number: int, year: int) -> bool:
    """Whether the year found is history, compared with, left over, an aim to come or that of a document."""
    before, clause = text[: found.start()], _clause(text[found.end() :])
    if number < year - _HISTORY or before.endswith(words("years.before")):
        return True
    if number > year and (before.endswith(words("years.until")) or clause.startswith(words("years.by"))):
        return True
    return _is_compared(clause) or _is_left_over(clause) or _is_document(before, clause)


def _clause(text: str) -> str:
    return _CLAUSE_END.split(text)[0].removeprefix("度")


def _is_compared(clause: str) -> bool:
    stem = clause.lstrip("底末")
    return stem.startswith(words("years.behind")) and not stem.startswith(words("years.not_behind"))


def _is_left_over(clause: str) -> bool:
    near = clause[:_NEAR]
    ahead = [near.partition(word)[0] for word in words("years.left_over") if word in near]
    return not near.startswith("内") and any(not has(text, "years.work") for text in ahead)


def _is_document(before: str, clause: str) -> bool:
    lead = re.split(r"[,。;!?:]", before)[-1]
    return has(lead, "years.grounds") and has(clause, "years.documents")
