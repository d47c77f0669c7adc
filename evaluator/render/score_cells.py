"""What an indicator's cells hold: numbers that Excel computes with, shown as they were approved or typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluator.model import Answer, Score, Target, TargetKind
from evaluator.render.book import literal
from evaluator.text import decimal_from_text, plain, show

UNSCORED = "未计分"
DATE = 'yyyy"年"m"月"d"日"'
_NUMBERS = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?", re.ASCII)
_LONGEST = 80  # a number format holds 255 characters


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell's value, and the number format that shows it (empty for text)."""

    value: Decimal | date | str | None
    num_format: str = ""


def target_entry(target: Target) -> Entry:
    """The target's cell: its value in its own unit, shown in the approved words."""
    if target.kind is TargetKind.NUMERIC and target.value is not None:
        return Entry(target.value, _within(target.text, target.value, target.unit))
    if target.kind is TargetKind.RANGE and target.value is not None:
        words = literal(_cut(target.text))
        return Entry(target.value, f"{words};{words}")
    if target.kind is TargetKind.DEADLINE and target.deadline:
        return Entry(target.deadline, literal(_cut(target.text)))
    return Entry(target.text)


def actual_entry(score: Score) -> Entry:
    """The actual's cell, in the target's unit; text where there is no score, so that none is computed."""
    actual, target = score.actual, score.indicator.target
    if actual is None:
        return Entry(None)
    if score.score is None:
        return Entry(typed(score))
    if score.comparable is not None:
        return Entry(score.comparable, with_unit(score.comparable, target.unit))
    if actual.completed is not None and target.kind is TargetKind.DEADLINE:
        return Entry(actual.completed, DATE)
    if actual.share is not None:
        grade = actual.grade.value if actual.grade else "得分比例"
        return Entry(actual.share / 100, f"{literal(grade + '（')}{percent(actual.share)}{literal('）')}")
    return Entry(typed(score))


def share_entry(score: Score) -> Entry:
    """The share of the points that a person gave, as a fraction."""
    if score.score is None or score.actual is None or score.actual.share is None:
        return Entry(None)
    return Entry(score.actual.share / 100, percent(score.actual.share))


def typed(score: Score) -> str:
    """The actual as its person typed it, or which kind of answer it is."""
    actual = score.actual
    if actual is None:
        return Answer.BLANK.value
    return actual.typed or (actual.grade.value if actual.grade else "") or actual.answer.value


def percent(share: Decimal) -> str:
    """Number format for a fraction that shows all places of `share` (in percent)."""
    return f"{digits(share)}%"


def digits(value: Decimal) -> str:
    """Number format that shows all decimal places of `value`, at most ten."""
    places = min(10, max(0, -int(plain(value).as_tuple().exponent)))
    return "0" + ("." + "0" * places if places else "")


def with_unit(value: Decimal, unit: str) -> str:
    """Number format that shows a number followed by its unit."""
    return digits(value) + (literal(unit) if unit else "")


def _within(text: str, value: Decimal, unit: str) -> str:
    for match in _NUMBERS.finditer(text):
        if decimal_from_text(match.group()) == value and len(text) <= _LONGEST:
            before, number, after = text[: match.start()], match.group(), text[match.end() :]
            shape = "#,##0" if "," in number else "0"
            if "." in number:
                shape += "." + "0" * len(number.partition(".")[2])
            return _signed(before, shape, after)
    return _signed(f"{_cut(text)}（即", digits(value), f"{unit}）")


def _signed(before: str, shape: str, after: str) -> str:
    positive = literal(before) + shape + literal(after)
    return f"{positive};{literal(before + '-')}{shape}{literal(after)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def shown(entry: Entry, text: str) -> str:
    """About what the cell shows, to measure its row: `text` for numbers, else the text itself."""
    return entry.value if isinstance(entry.value, str) else text


def label(score: Score) -> str:
    """Code and name of a score's indicator."""
    return f"{score.indicator.code} {score.indicator.name}"


def number_text(value: Decimal | None, unit: str = "") -> str:
    """A number with its unit for a sentence; a dash where there is none."""
    return "—" if value is None else show(value) + unit


def cached(score: Decimal | None) -> Decimal | str:
    """What a score's cell shows."""
    return UNSCORED if score is None else score
