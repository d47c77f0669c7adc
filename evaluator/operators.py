"""Target values as they are written: operator, number and unit, ranges, deadlines, words.

Order matters: what is no target (placeholders), what is a time, what is the budget, what has a number,
and only then what is words. Whatever has a digit and fits nothing is a finding, never a silent guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.dates import ImpossibleDateError, is_deadline, read_deadline
from evaluator.findings import Finding, finding
from evaluator.model import Operator, Place, Target, TargetKind
from evaluator.numbers import (
    COMPARATIVE,
    LARGEST,
    LONGEST,
    NUMBER,
    QUANTITY,
    bare,
    chinese_numeral,
    column_operator,
    is_placeholder,
    lacks_number,
    lacks_unit,
    set_aside,
    set_remark_aside,
    split_operator,
    words,
)
from evaluator.text import decimal_from_text, has_marked_digits, joins_digits, plain, show, squash
from evaluator.units import compatible, factor, multiplier, symbol

_RANGE = re.compile(rf"({NUMBER})([^\d\-~至到—–]*)(?:-{{1,2}}|~|—+|–|至|到)({NUMBER})(\D.*)?")
_BOTH = re.compile(
    r"(?P<low>(?:≥|>=|>|不低于|不少于|不小于|至少|大于|高于|超过).+?)(?:且|并且|,|，|、|;)?"
    r"(?P<high>(?:≤|<=|<|不超过|不高于|不多于|不大于|至多|小于|低于).+)"
)
_PLUS_MINUS = re.compile(rf"(?:±|\+/-|\+-)({NUMBER})(\D.*)?")
_YEARS = range(1950, 2151)
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
    column = "" if is_placeholder(bare(operator)) else column_operator(operator)
    unit = "" if lacks_unit(unit) else unit
    own = column if isinstance(column, Operator) else None
    written = _Written(_join(text, operator if own else "", unit), bare(text), own, bare(unit), year, place)
    if column == "定性" and not is_placeholder(written.compact):
        return _stated_words(written)
    if has_marked_digits(text):
        return _unreadable(written, "target-unclear", text=written.text, why="中的数字紧挨着角标或圈码")
    target, findings = _read(written, budget)
    if target.value is not None and joins_digits(text):
        findings = [
            *findings,
            *_found(written, "target-digits-joined", text=written.text, value=_digits(target)),
        ]
    if column is None:
        findings = [*findings, *_found(written, "operator-unknown", operator=operator.strip()[:40])]
    return target, findings


def _read(written: _Written, budget: Decimal | None) -> Reading:
    if is_placeholder(written.compact) or len(written.compact) > LONGEST:
        return _no_target(written)
    for read in (_read_deadline, lambda w: _read_budget(w, budget), _read_range, _read_aside, _read_number):
        reading = read(written)
        if reading is not None:
            return reading
    return _read_words(written)


def _stated_words(written: _Written) -> Reading:
    """What the form itself calls qualitative; a number in it may be a target after all."""
    has_number = any(c.isdigit() for c in written.compact)
    note = _found(written, "target-stated-qualitative", text=written.text[:40]) if has_number else []
    return Target(written.text, TargetKind.QUALITATIVE), note


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
    if len(written.compact) > LONGEST:
        return _unreadable(written, "target-unclear", text=written.text[:40], why="过长")
    return _unreadable(written, "target-placeholder", text=written.text)


def _read_deadline(written: _Written) -> Reading | None:
    if (written.unit or written.operator) and re.fullmatch(NUMBER, written.compact):
        return None  # 2026.12 beside a unit is an amount
    try:
        edges = read_deadline(written.compact, written.year)
    except ImpossibleDateError:
        return _unreadable(
            written, "target-unclear", text=written.text, why="写的是日期，但没有这一天或年份不合常理"
        )
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
    operator, core = split_operator(compact)
    around = _PLUS_MINUS.fullmatch(core)
    if around and operator in (None, Operator.EQUAL, Operator.AT_MOST):  # 控制在±10%以内
        return _range(written, f"-{around[1]}", "", around[1], around[2] or "")
    both = _BOTH.fullmatch(compact)
    if both:
        return _read_bounds(written, both)
    found = _RANGE.fullmatch(core) or around
    if not found:
        return None
    if operator in (None, Operator.EQUAL) or (compact.startswith("控制在") and operator is Operator.AT_MOST):
        return _range(written, found[1], found[2], found[3], found[4] or "")
    return _unreadable(written, "target-unclear", text=written.text, why="既是区间，又有计算符号")


def _read_bounds(written: _Written, both: re.Match[str]) -> Reading | None:
    """≥10且≤20个; ＞ and ＜ are read as included, and said so."""
    (above, low), (below, high) = split_operator(both["low"]), split_operator(both["high"])
    lower, upper = QUANTITY.fullmatch(low), QUANTITY.fullmatch(high)
    if not lower or not upper:
        return None
    target, findings = _range(written, lower[1], lower[2] or "", upper[1], upper[2] or "")
    if target.kind is TargetKind.RANGE and (above is Operator.ABOVE or below is Operator.BELOW):
        findings = [*findings, *_found(written, "range-bounds-included", text=written.text)]
    return target, findings


def _range(written: _Written, low: str, low_unit: str, high: str, high_unit: str) -> Reading:
    lower, upper = decimal_from_text(low), decimal_from_text(high)
    own = low_unit or high_unit
    same = not low_unit or not high_unit or (symbol(low_unit) or low_unit) == (symbol(high_unit) or high_unit)
    if multiplier(low_unit) and high_unit.startswith(low_unit):
        own, same = high_unit, True  # 30万-50万元
    if lower is None or upper is None or lower > upper or not same:
        return _unreadable(written, "target-unclear", text=written.text, why="像一个区间，但上下限不成立")
    target = Target(written.text, TargetKind.RANGE, None, lower, upper)
    return _with_unit(written, target, own, [])


def _read_number(written: _Written) -> Reading | None:
    operator, core = split_operator(written.compact)
    found = QUANTITY.fullmatch(core)
    if operator == "conflict":
        return _unreadable(written, "operator-conflict", text=written.text) if found else None
    if not found or (value := decimal_from_text(found[1])) is None:
        return None
    unit = found[2] or ""
    if operator is None and unit and symbol(unit) is None and multiplier(unit) is None:
        return None  # words that begin with a number
    own = operator if isinstance(operator, Operator) else None
    if own and written.operator and own is not written.operator:
        return _unreadable(written, "operator-conflict", text=written.text)
    findings: list[Finding] = []
    if own is None and written.operator is None:
        findings = _found(written, "operator-missing", text=written.text)
    target = Target(written.text, TargetKind.NUMERIC, own or written.operator or Operator.EQUAL, value)
    return _with_unit(written, target, unit, findings)


def _read_aside(written: _Written) -> Reading | None:
    """A number among words that do not change it: 合格率≥95%, 完成10个, ≥2次（每半年1次）."""
    for core, words_aside in (set_aside(written.compact), set_remark_aside(written.compact)):
        reading = _read_bare(replace(written, compact=core)) if words_aside else None
        if reading:
            note = _found(written, "target-words-aside", text=written.text, words=words_aside)
            return reading[0], [*reading[1], *note]
    return None


def _read_bare(written: _Written) -> Reading | None:
    reading = _read_range(written) or _read_number(written)
    return reading if reading and reading[0].kind in (TargetKind.NUMERIC, TargetKind.RANGE) else None


def _with_unit(written: _Written, target: Target, unit: str, findings: list[Finding]) -> Reading:
    """Put the unit to the number: that of the text, or of the column where the text has none."""
    own = _one_unit(unit, written.unit)
    if own is None:
        return _unreadable(written, "unit-conflict", written=unit, column=written.unit)
    target = _scaled(target, multiplier(own) or Decimal(1))
    own = "" if multiplier(own) else own
    why = _unfit(target, own)
    if why:
        return _unreadable(written, "target-unclear", text=written.text, why=why)
    if not own:
        return target, [*findings, *_found(written, "unit-missing", text=written.text, value=_digits(target))]
    known = symbol(own)
    if known:
        return replace(target, unit=known), findings
    return replace(target, unit=own), [*findings, *_found(written, "unit-unknown", unit=own)]


def _digits(target: Target) -> str:
    return "~".join(show(number) for number in (target.value, target.upper) if number is not None)


def _one_unit(unit: str, column: str) -> str | None:
    """The unit of the text and that of the column in one; None where they contradict each other."""
    if not unit or not column or unit == column:
        return unit or column
    if multiplier(unit) and symbol(unit + column):
        return unit + column  # 30万 beside 元
    one, other = symbol(unit), symbol(column)
    if one and other and compatible(one, other) and factor(one, other) == 1:
        return unit
    return None


def _scaled(target: Target, times: Decimal) -> Target:
    """The target with both of its numbers times something, where that makes numbers of sane size."""
    numbers = [
        plain(number * times) if number is not None and abs(number) < LARGEST else number
        for number in (target.value, target.upper)
    ]
    return replace(target, value=numbers[0], upper=numbers[1])


def _unfit(target: Target, unit: str) -> str:
    """Why a number with its unit is no target, in words for the finding; empty where it is one."""
    numbers = [number for number in (target.value, target.upper) if number is not None]
    if any(abs(number) >= LARGEST for number in numbers):
        return "中的数字过大"
    if symbol(unit) == "年" and any(number in _YEARS for number in numbers):
        return "中的数字像是年份，不是年数"
    known = symbol(unit) is not None
    return "含有多个数字或说明文字" if not known and (re.search(r"\d", unit) or len(unit) > 12) else ""


def _read_words(written: _Written) -> Reading:
    compact = written.compact
    if chinese_numeral(compact):
        return _unreadable(written, "target-chinese-numeral", text=written.text)
    if lacks_number(compact):
        return _unreadable(written, "target-placeholder", text=written.text)
    target = Target(written.text, TargetKind.QUALITATIVE)
    if re.sub(r"^20\d{2}年度?", "", compact) in words().periods:
        return target, _found(written, "target-period", text=written.text)
    if not any(c.isdigit() for c in compact):
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


def looks_like_value(text: str) -> float:
    """How much a cell looks like a target value, 0 to 1; the form reader's evidence."""
    compact = bare(text)
    if not compact or len(compact) > LONGEST:
        return 0.6 if squash(text) and not compact else 0.0
    operator, core = split_operator(compact)
    found = QUANTITY.fullmatch(core)
    if found and (operator or (found[2] and (symbol(found[2]) or multiplier(found[2])))):
        short = len(_CJK.findall(found[2] or "")) <= 6
        return 1.0 if short else 0.0
    if (found and not found[2]) or is_placeholder(compact):
        return 0.6
    if _RANGE.fullmatch(core) or _PLUS_MINUS.fullmatch(compact) or _BOTH.fullmatch(compact):
        return 0.9
    if compact in words().budget or is_deadline(compact):
        return 0.8
    inner, words_aside = set_aside(compact)
    if words_aside and looks_like_value(inner) >= 0.9:
        return 0.7
    if len(compact) > 1 and chinese_numeral(compact):
        return 0.5
    worded = len(compact) <= 10 and any(word in compact for word in words().qualitative)
    return 0.4 if worded else 0.0
