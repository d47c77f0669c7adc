"""Target values as they are written: operator, number and unit, ranges, deadlines, words.

Order matters: what is no target (placeholders), what is a time, what is the budget, what has a number,
and only then what is words. Whatever has a digit and fits nothing is a finding, never a silent guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.findings import Finding
from evaluator.records.source import Place
from evaluator.values.amounts import read_amount, read_change, read_number, read_zero, split_per
from evaluator.values.asides import set_aside, set_number_aside
from evaluator.values.dates import ImpossibleDateError, is_deadline, read_deadline, split_deadline
from evaluator.values.numerals import chinese_numeral
from evaluator.values.quantities import (
    COMPARATIVE,
    LONGEST,
    NUMBER,
    QUANTITY,
    bare,
    column_operator,
    is_placeholder,
    lacks_number,
    lacks_unit,
    split_operator,
    starts_with_sign,
)
from evaluator.values.ranges import looks_like_range, read_range
from evaluator.values.reading import Reading, Written, digits, found, unclear, unreadable, why_unclear
from evaluator.values.text import has_marked_digits, joins_digits, show, squash
from evaluator.values.units import multiplier, symbol
from evaluator.values.wording import words

_PLAIN = re.compile(rf"{NUMBER}|\d{{4,6}}\D{{1,2}}\d{{4,6}}")
_LETTERS = re.compile(r"(?P<number>[\dOoIl.,]*[OoIl][\dOoIl.,]*)(?P<unit>\D{0,8})")
_ROMAN = ("I", "II", "III")
_YEAR_LEVEL = re.compile(r"(?:19|20)\d{2}年度?[^\d]{1,16}")
_SCHOOL_YEARS = re.compile(r"20\d{2}(?:-{1,2}|~|—+|–|至|到|/)(?:20)?\d{2}学年度?(?:[上下]学期)?")
_HARMLESS = re.compile(r"20\d{2}年度?|第\d+[季期次批个]?|\d+号文?")
_CJK = re.compile(r"[\u4e00-\u9fff]")

_BRACKETED = re.compile(r"(?P<core>.*\d[^()（）]*)[(（](?P<inside>[^()（）\d]{1,6})[)）]")


def read_target(
    text: str,
    year: int,
    place: Place,
    *,
    operator: str = "",
    unit: str = "",
    budget: Decimal | None = None,
    money: bool = False,
) -> Reading:
    """Read a target value. `operator` and `unit` come from columns of their own, where a form has them.

    `year` completes deadlines without one; `budget` in 万元 is what 不超预算 means; `money` says that 万
    alone can only be 万元. Findings (all of ``messages/values.toml``) are without project and indicator: the
    caller knows them.
    """
    column = "" if is_placeholder(bare(operator)) else column_operator(operator)
    unit = "" if lacks_unit(unit) else unit
    own = column if isinstance(column, Operator) else None
    joined, core = _join(text, operator if own else "", unit), bare(text)
    if own is None:
        core, own = _bracketed_operator(core)
    written = Written(joined, core, own, bare(unit), year, place, money)
    if column == "定性" and not is_placeholder(written.compact):
        return _stated_words(written)
    if has_marked_digits(text):
        return unclear(written, "中的数字紧挨着角标或圈码")
    target, findings = _read(written, budget)
    if target.value is not None and joins_digits(text):
        findings = [
            *findings,
            *found(written, "target-digits-joined", text=written.text, value=digits(target)),
        ]
    if column is None:
        findings = [*findings, *found(written, "operator-unknown", operator=operator.strip()[:40])]
    return target, findings


def _bracketed_operator(compact: str) -> tuple[str, Operator | None]:
    """The operator that stands alone in brackets behind a value without one: 3次（≤）, 100人次（不少于）."""
    found = _BRACKETED.fullmatch(compact) if len(compact) <= LONGEST else None
    if found is None or split_operator(found["core"])[0] is not None:
        return compact, None
    stated = column_operator(found["inside"]) or split_operator(f"1{found['inside']}")[0]
    return (found["core"], stated) if isinstance(stated, Operator) else (compact, None)


def _read(written: Written, budget: Decimal | None) -> Reading:
    if is_placeholder(written.compact) or len(written.compact) > LONGEST:
        return _no_target(written)
    for read in (
        _read_letters,
        _read_deadline,
        _read_years,
        lambda w: _read_budget(w, budget),
        read_range,
        read_change,
        read_zero,
        read_amount,
        read_number,
    ):
        reading = read(written)
        if reading is not None:
            return reading
    return _read_words(written)


def _stated_words(written: Written) -> Reading:
    """What the form itself calls qualitative; a number in it may be a target after all."""
    has_number = _has_digit(written.compact)
    note = found(written, "target-stated-qualitative", text=written.text[:40]) if has_number else []
    return Target(written.text, TargetKind.QUALITATIVE), note


def _join(text: str, operator: str, unit: str) -> str:
    """What the columns say together, as it would be written in one."""
    text = text.strip()
    operator = "" if split_operator(squash(text))[0] else operator.strip()
    unit = "" if not unit.strip() or squash(text).endswith(squash(unit)) else unit.strip()
    return f"{operator}{text}{unit}" if _has_digit(text) else text


def _no_target(written: Written) -> Reading:
    if len(written.compact) > LONGEST:
        return unreadable(written, "target-unclear", text=written.text[:40], why="过长")
    return unreadable(written, "target-placeholder", text=written.text)


def _read_deadline(written: Written) -> Reading | None:
    if (written.unit or written.operator) and _PLAIN.fullmatch(written.compact):
        return None  # 2026.12 beside a unit is an amount
    time, what = split_deadline(written.compact)
    try:
        read = read_deadline(time or written.compact, written.year)
    except ImpossibleDateError:
        return unclear(written, "写的是日期，但没有这一天或年份不合常理")
    if read is None:
        return None
    target = Target(written.text, TargetKind.DEADLINE, since=read.since, deadline=read.last)
    note = found(written, "target-words-aside", text=written.text, words=what) if what else []
    if read.is_doubtful:
        note = [*found(written, "deadline-doubtful", text=written.text, day=render_target(target)), *note]
    return target, note


def _read_letters(written: Written) -> Reading | None:
    """O and l where 0 and 1 were meant are no number, and no words either."""
    matched = _LETTERS.fullmatch(split_operator(written.compact)[1])
    if not matched or (matched["unit"] and symbol(matched["unit"]) is None) or matched["number"] in _ROMAN:
        return None
    return unclear(written, "中有字母O或l，像是数字0或1")


def _read_years(written: Written) -> Reading | None:
    """A level of some year to compare with (≥2025年水平) and years of school are no numbers."""
    operator, core = split_operator(written.compact)
    target = Target(written.text, TargetKind.QUALITATIVE)
    if operator and _YEAR_LEVEL.fullmatch(core):
        return target, found(written, "target-relative", text=written.text)
    if _SCHOOL_YEARS.fullmatch(written.compact):
        return target, found(written, "target-period", text=written.text)
    return None


def _read_budget(written: Written, budget: Decimal | None) -> Reading | None:
    if written.compact not in words().budget:
        return None
    if budget is None:
        note = found(written, "target-relative", text=written.text)
        return Target(written.text, TargetKind.QUALITATIVE), note
    target = Target(written.text, TargetKind.NUMERIC, Operator.AT_MOST, budget, unit="万元")
    return target, found(written, "target-within-budget", text=written.text, budget=show(budget))


def _read_words(written: Written) -> Reading:
    compact = written.compact
    if chinese_numeral(compact):
        return unreadable(written, "target-chinese-numeral", text=written.text)
    if lacks_number(compact):
        return unreadable(written, "target-placeholder", text=written.text)
    target = Target(written.text, TargetKind.QUALITATIVE)
    if re.sub(r"^20\d{2}年度?", "", compact) in words().periods or re.fullmatch(r"每\D{1,8}前\D*", compact):
        return target, found(written, "target-period", text=written.text)
    if not _has_digit(compact):
        return target, _remark_on_words(written)
    if not _has_digit(_HARMLESS.sub("", compact)) and len(_CJK.findall(compact)) > 4:
        return target, found(written, "target-number-in-words", text=written.text)
    return unclear(written, why_unclear(compact) or "中的数字看不出是目标、年份还是说明")


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _remark_on_words(written: Written) -> list[Finding]:
    """What is to be said of words without a digit: a comparison, or a sign where no number follows."""
    if COMPARATIVE.match(written.compact):
        return found(written, "target-relative", text=written.text)
    if starts_with_sign(written.compact):
        return found(written, "target-sign-before-words", text=written.text)
    return []


def render_target(target: Target) -> str:
    """The canonical text of a target: ``read_target`` reads it back to the same target."""
    if target.kind is TargetKind.NUMERIC and target.operator:
        return f"{target.operator}{show(target.value)}{target.unit}"
    if target.kind is TargetKind.RANGE:
        low, high = f"{show(target.value)}{target.unit}", f"{show(target.upper)}{target.unit}"
        # Without a unit, two numbers may look like two months.
        return f"{low}~{high}" if target.unit else f"≥{low}且≤{high}"
    if target.kind is TargetKind.DEADLINE and target.deadline:
        last = f"{target.deadline.year}年{target.deadline.month}月{target.deadline.day}日"
        if target.since:
            return f"{target.since.year}年{target.since.month}月{target.since.day}日至{last}"
        return f"{last}前"
    return target.text


def looks_like_operator(text: str) -> bool:
    """Whether a cell holds only an operator (a column 计算符号 or 指标性质)."""
    return column_operator(text) is not None and bool(squash(text))


@lru_cache(maxsize=8192)
def looks_like_value(text: str) -> float:
    """How much a cell looks like a target value, 0 to 1; the form reader's evidence."""
    compact = bare(text)
    if not compact or len(compact) > LONGEST:
        return 0.6 if squash(text) and not compact else 0.0
    known = _like_a_quantity(compact)
    return next((sure for sure, holds in _EVIDENCE if holds(compact)), 0.0) if known is None else known


def _like_a_quantity(compact: str) -> float | None:
    """How sure a number with its operator or unit, a number alone or a placeholder is; None for others."""
    operator, core = split_operator(compact)
    matched = QUANTITY.fullmatch(core)
    unit = (matched[2] or "") if matched else ""
    if matched and (operator or _is_unit(unit)):
        return 1.0 if len(_CJK.findall(unit)) <= 6 else 0.0
    is_bare = matched is not None and not unit
    return 0.6 if is_bare or is_placeholder(compact) else None


def _is_unit(text: str) -> bool:
    return bool(text) and (symbol(text) is not None or multiplier(text) is not None)


def _says_time_or_budget(compact: str) -> bool:
    return compact in words().budget or is_deadline(compact)


def _is_worded_value(compact: str) -> bool:
    return any(said and looks_like_value(inner) >= 0.9 for inner, said in _around(compact))


def _is_numeral(compact: str) -> bool:
    return len(compact) > 1 and chinese_numeral(compact)


def _is_qualitative(compact: str) -> bool:
    return len(compact) <= 10 and any(word in compact for word in words().qualitative)


_EVIDENCE: tuple[tuple[float, Callable[[str], bool]], ...] = (
    (0.9, looks_like_range),
    (0.8, _says_time_or_budget),
    (0.7, _is_worded_value),
    (0.5, _is_numeral),
    (0.4, _is_qualitative),
)
"""What else a text may be that a value is, and how much that says, most first."""


def _around(compact: str) -> tuple[tuple[str, object], ...]:
    """What may be a value with something around it, and what that is."""
    per, inner = split_per(compact)
    return set_aside(compact), set_number_aside(compact), (inner, per)
