"""What an indicator's cells hold: numbers that Excel computes with, shown as they were approved or typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluator.records.approved import Target, TargetKind
from evaluator.records.scores import Score
from evaluator.records.submitted import Answer
from evaluator.render.book import literal
from evaluator.rulesets import RuleSet
from evaluator.scoring import share_of
from evaluator.scoring.grading import is_graded
from evaluator.values.text import decimal_from_text, plain, show

UNSCORED = "未计分"
DATE = 'yyyy"年"m"月"d"日"'
_NUMBERS = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?", re.ASCII)
_LONGEST = 80  # a number format holds 255 characters
_TEXT = 120  # what a narrow column shows; the whole stands on the sheet 计分过程


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
    return Entry(_cut(target.text, _TEXT))


def actual_entry(score: Score, rules: RuleSet) -> Entry:
    """The actual's cell, in the target's unit; text where there is no score, so that none is computed."""
    actual, target = score.actual, score.indicator.target
    if actual is None:
        return Entry(None)
    if score.score is None:
        return Entry(_cut(typed(score), _TEXT))
    if score.comparable is not None:
        return Entry(score.comparable, with_unit(score.comparable, target.unit))
    if target.kind is TargetKind.DEADLINE:
        return Entry(actual.completed, DATE) if actual.completed else Entry("未完成")
    share, grade = share_of(actual, rules), actual.grade
    if share is None or grade is None:
        return Entry(_cut(typed(score), _TEXT))
    return Entry(share / 100, f"{literal(grade.value + '（')}{percent(share)}{literal('）')}")


def share_entry(score: Score, rules: RuleSet) -> Entry:
    """The share of the points as a fraction, where a person's grade decides."""
    actual = score.actual
    if score.score is None or actual is None or not is_graded(score.indicator, actual):
        return Entry(None)
    share = share_of(actual, rules)
    return Entry(None) if share is None else Entry(share / 100, percent(share))


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


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def shown_actual(score: Score) -> str:
    """About what the actual's cell shows, to measure its row."""
    actual = score.actual
    if actual and actual.grade and score.indicator.target.kind is TargetKind.QUALITATIVE:
        return f"{actual.grade.value}（100.00%）"
    return _cut(typed(score), _TEXT)


def label(score: Score) -> str:
    """Code and name of a score's indicator."""
    return f"{score.indicator.code} {score.indicator.name}"


def number_text(value: Decimal | None, unit: str = "") -> str:
    """A number with its unit for a sentence; a dash where there is none."""
    return "—" if value is None else show(value) + unit


def cached(score: Decimal | None) -> Decimal | str:
    """What a score's cell shows."""
    return UNSCORED if score is None else score
