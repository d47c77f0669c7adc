"""Target values as they are written: operator, number and unit, ranges, deadlines, words.

Order matters: what is no target (placeholders), what is a time, what is the budget, what has a number,
and only then what is words. Whatever has a digit and fits nothing is a finding, never a silent guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.dates import ImpossibleDateError, read_deadline
from evaluator.findings import Finding, finding
from evaluator.model import Operator, Place, Target, TargetKind
from evaluator.numbers import (
    COMPARATIVE,
    NUMBER,
    chinese_numeral,
    column_operator,
    is_placeholder,
    split_operator,
    words,
)
from evaluator.text import decimal_from_text, show, squash
from evaluator.units import symbol

_LONGEST = 120
_QUANTITY = re.compile(rf"({NUMBER})(\D.*)?")
_RANGE = re.compile(rf"({NUMBER})([^\d\-~至到—–]*)(?:-{{1,2}}|~|—+|–|至|到)({NUMBER})(\D.*)?")
_BOTH = re.compile(
    r"(?P<low>(?:≥|>=|>|不低于|大于).+?)(?:且|并且|,|，|、|;)?(?P<high>(?:≤|<=|<|不超过|不高于|小于).+)"
)
_PLUS_MINUS = re.compile(rf"(?:±|\+/-|\+-)({NUMBER})(\D.*)?")
_BARE = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_HARMLESS = re.compile(r"20\d{2}年度?|第\d+[季期次批个]?|\d+号文?")
_CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Written:
    """A target's text on its way: as written, folded, and what separate columns add."""

    text: str
    compact: str
    operator: Operator | None
    unit: str
    year: int
    place: Place


Reading = tuple[Target, list[Finding]]


def read_target(
    text: str,
    year: int,
    place: Place,
    *,
    operator: str = "",
    unit: str = "",
    budget: Decimal | None = None,
) -> Reading:
    """Read a target value. `operator` and `unit` come from columns of their own, where a form has them.

    `year` completes deadlines without one; `budget` in 万元 is what 不超预算 means. Findings (all of
    ``messages/values.toml``) are without project and indicator: the caller knows them.
    """
    column = column_operator(operator)
    whole = _join(text, operator if isinstance(column, Operator) else "", unit)
    written = _Written(
        whole, squash(text), column if isinstance(column, Operator) else None, squash(unit), year, place
    )
    if is_placeholder(written.compact) or len(written.compact) > _LONGEST:
        return _no_target(written)
    if column == "定性":
        return Target(whole, TargetKind.QUALITATIVE), []
    for read in (_read_deadline, lambda w: _read_budget(w, budget), _read_range, _read_number):
        reading = read(written)
        if reading is not None:
            return reading
    return _read_words(written)


def _join(text: str, operator: str, unit: str) -> str:
    """What the columns say together, as it would be written in one."""
    text = text.strip()
    operator = "" if split_operator(squash(text))[0] else operator.strip()
    unit = "" if not unit.strip() or squash(text).endswith(squash(unit)) else unit.strip()
    return f"{operator}{text}{unit}" if any(c.isdigit() for c in text) else text


def _found(this: _Written, code: str, **details: object) -> list[Finding]:
    return [finding(code, this.place, project="", indicator="", **details)]


def _unreadable(this: _Written, code: str, **details: object) -> Reading:
    return Target(this.text, TargetKind.UNREADABLE), _found(this, code, **details)


def _no_target(written: _Written) -> Reading:
    if len(written.compact) > _LONGEST:
        return _unreadable(written, "target-unclear", text=written.text[:40], why="过长")
    return _unreadable(written, "target-placeholder", text=written.text)


def _read_deadline(written: _Written) -> Reading | None:
    if written.unit:
        return None
    try:
        edges = read_deadline(written.compact, written.year)
    except ImpossibleDateError:
        return _unreadable(written, "target-unclear", text=written.text, why="写的是日期，但没有这一天")
    if edges is None:
        return None
    return Target(written.text, TargetKind.DEADLINE, since=edges[0], deadline=edges[1]), []


def _read_budget(written: _Written, budget: Decimal | None) -> Reading | None:
    if written.compact not in words().budget:
        return None
    if budget is None:
        note = _found(written, "target-relative", text=written.text)
        return Target(written.text, TargetKind.QUALITATIVE), note
    target = Target(written.text, TargetKind.NUMERIC, Operator.AT_MOST, budget, unit="万元")
    return target, _found(written, "target-within-budget", text=written.text, budget=show(budget))


def _read_range(written: _Written) -> Reading | None:
    compact = written.compact
    around = _PLUS_MINUS.fullmatch(compact)
    if around:
        return _range(written, f"-{around[1]}", "", around[1], around[2] or "")
    both = _BOTH.fullmatch(compact)
    if both:
        (_, low), (_, high) = split_operator(both["low"]), split_operator(both["high"])
        lower, upper = _QUANTITY.fullmatch(low), _QUANTITY.fullmatch(high)
        return (
            _range(written, lower[1], lower[2] or "", upper[1], upper[2] or "") if lower and upper else None
        )
    operator, core = split_operator(compact)
    found = _RANGE.fullmatch(core)
    if found and operator in (None, Operator.AT_MOST, Operator.EQUAL):
        return _range(written, found[1], found[2], found[3], found[4] or "")
    return None


def _range(written: _Written, low: str, low_unit: str, high: str, high_unit: str) -> Reading:
    lower, upper = decimal_from_text(low), decimal_from_text(high)
    own = low_unit or high_unit
    same = not low_unit or not high_unit or symbol(low_unit) == symbol(high_unit)
    if low_unit in _BARE and high_unit.startswith(low_unit):
        own, same = high_unit, True  # 30万-50万元
    if lower is None or upper is None or lower > upper or not same:
        return _unreadable(written, "target-unclear", text=written.text, why="像一个区间，但上下限不成立")
    target = Target(written.text, TargetKind.RANGE, None, lower, upper)
    return _with_unit(written, target, own, [])


def _read_number(written: _Written) -> Reading | None:
    operator, core = split_operator(written.compact)
    found = _QUANTITY.fullmatch(core)
    if operator == "conflict":
        return _unreadable(written, "operator-conflict", text=written.text) if found else None
    if not found or (value := decimal_from_text(found[1])) is None:
        return None
    unit = found[2] or ""
    if operator is None and unit and symbol(unit) is None and unit not in _BARE:
        return None  # words that begin with a number
    own = operator if isinstance(operator, Operator) else None
    if own and written.operator and own is not written.operator:
        return _unreadable(written, "operator-conflict", text=written.text)
    findings: list[Finding] = []
    if own is None and written.operator is None:
        findings = _found(written, "operator-missing", text=written.text)
    target = Target(written.text, TargetKind.NUMERIC, own or written.operator or Operator.EQUAL, value)
    return _with_unit(written, target, unit, findings)


def _with_unit(written: _Written, target: Target, unit: str, findings: list[Finding]) -> Reading:
    """Put the unit to the number: that of the text, or of the column where the text has none."""
    if unit and written.unit and (symbol(unit) or unit) != (symbol(written.unit) or written.unit):
        return _unreadable(written, "unit-conflict", written=unit, column=written.unit)
    unit = unit or written.unit
    known = symbol(unit) if unit else None
    if known:
        return replace(target, unit=known), findings
    if unit in _BARE:
        times = Decimal(_BARE[unit])
        lower = target.value * times if target.value is not None else None
        upper = target.upper * times if target.upper is not None else None
        target = replace(target, value=lower, upper=upper)
        unit = ""
    if not unit:
        value = show(target.value) if target.upper is None else f"{show(target.value)}~{show(target.upper)}"
        return target, [*findings, *_found(written, "unit-missing", text=written.text, value=value)]
    if any(c.isdigit() for c in unit) or len(unit) > 12:
        return _unreadable(written, "target-unclear", text=written.text, why="含有多个数字或说明文字")
    return replace(target, unit=unit), [*findings, *_found(written, "unit-unknown", unit=unit)]


def _read_words(written: _Written) -> Reading:
    compact = written.compact
    if chinese_numeral(compact):
        return _unreadable(written, "target-chinese-numeral", text=written.text)
    target = Target(written.text, TargetKind.QUALITATIVE)
    if not any(c.isdigit() for c in compact):
        if compact in words().periods:
            return target, _found(written, "target-period", text=written.text)
        if COMPARATIVE.match(compact):
            return target, _found(written, "target-relative", text=written.text)
        return target, []
    if not any(c.isdigit() for c in _HARMLESS.sub("", compact)) and len(_CJK.findall(compact)) > 4:
        return target, _found(written, "target-number-in-words", text=written.text)
    return _unreadable(written, "target-unclear", text=written.text, why="中的数字看不出是目标、年份还是说明")


def render_target(target: Target) -> str:
    """The canonical text of a target: ``read_target`` reads it back to the same target."""
    if target.kind is TargetKind.NUMERIC and target.operator:
        return f"{target.operator}{show(target.value)}{target.unit}"
    if target.kind is TargetKind.RANGE:
        return f"{show(target.value)}{target.unit}~{show(target.upper)}{target.unit}"
    if target.kind is TargetKind.DEADLINE and target.deadline:
        last = f"{target.deadline.year}年{target.deadline.month}月{target.deadline.day}日"
        if target.since:
            return f"{target.since.year}年{target.since.month}月{target.since.day}日至{last}"
        return f"{last}前"
    return target.text


def looks_like_operator(text: str) -> bool:
    """Whether a cell holds only an operator (a column 计算符号 or 指标性质)."""
    return column_operator(text) is not None and bool(squash(text))


def looks_like_value(text: str) -> float:
    """How much a cell looks like a target value, 0 to 1; the form reader's evidence."""
    compact = squash(text)
    if not compact or len(compact) > _LONGEST:
        return 0.0
    operator, core = split_operator(compact)
    found = _QUANTITY.fullmatch(core)
    if found and (operator or (found[2] and (symbol(found[2]) or found[2] in _BARE))):
        short = len(_CJK.findall(found[2] or "")) <= 6
        return 1.0 if short else 0.0
    if (found and not found[2]) or is_placeholder(compact):
        return 0.6
    if _RANGE.fullmatch(core) or _PLUS_MINUS.fullmatch(compact) or _BOTH.fullmatch(compact):
        return 0.9
    if compact in words().budget or _is_deadline(compact):
        return 0.8
    worded = len(compact) <= 10 and any(word in compact for word in words().qualitative)
    return 0.4 if worded else 0.0


def _is_deadline(compact: str) -> bool:
    try:
        return read_deadline(compact, 2000) is not None
    except ImpossibleDateError:
        return True


def read_quantity(text: str) -> tuple[Decimal | None, str, bool]:
    """A number as people type it: value (None if there is none), the unit's text, operator copied or not."""
    operator, core = split_operator(squash(text)[:_LONGEST])
    found = _QUANTITY.fullmatch(core)
    value = decimal_from_text(found[1]) if found else None
    if found is None or value is None:
        return None, "", operator is not None
    return value, found[2] or "", operator is not None
