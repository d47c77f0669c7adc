"""Ranges: 10-20%, ±5%, ≥10且≤20个."""

from __future__ import annotations

import re

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.findings import Finding
from evaluator.values.quantities import NUMBER, QUANTITY, split_operator
from evaluator.values.reading import Reading, Written, found, unclear, with_unit
from evaluator.values.text import decimal_from_text
from evaluator.values.units import multiplier, symbol

_RANGE = re.compile(rf"({NUMBER})([^\d\-~至到—–]*)(?:-{{1,2}}|~|—+|–|至|到)({NUMBER})(\D.*)?")
_BOTH = re.compile(
    r"(?P<low>(?:≥|>=|>|不低于|不少于|不小于|至少|大于|高于|超过).+?)(?:且|并且|,|，|、|;)?"
    r"(?P<high>(?:≤|<=|<|不超过|不高于|不多于|不大于|至多|小于|低于).+)"
)
_BRACKETED = re.compile(
    rf"[\[(【](?P<low>{NUMBER})(?P<low_unit>[^\d,，、~\-]*)(?:,|，|、|~|-)(?P<high>{NUMBER})(?P<high_unit>[^\d\])】]*)[\])】]"
    r"(?P<unit>\D{0,8})"
)
_BETWEEN = re.compile(
    rf"(?P<one>{NUMBER})(?P<one_unit>[^\d≤≥<>]*)(?P<sign>[≤<≥>])[^\d≤≥<>]{{1,12}}(?P=sign)"
    rf"(?P<other>{NUMBER})(?P<other_unit>[^\d≤≥<>]*)"
)
_BETWEEN_WORDS = re.compile(
    rf"^(?:控制在|保持在|介于|在)?({NUMBER}[^\d\-~至到和与]*)(?:-|~|至|到|和|与)({NUMBER}\D*)之间$"
)
_NEUTRAL = (None, Operator.EQUAL)
_PLUS_MINUS = re.compile(rf"(?:±|\+/-|\+-)({NUMBER})(\D.*)?")


def looks_like_range(compact: str) -> bool:
    """Whether folded text is shaped like a range, even of bounds that do not hold."""
    core = split_operator(compact)[1]
    shapes = (_PLUS_MINUS, _BOTH, _BETWEEN, _BRACKETED)
    compact = _one_sign(compact)
    return _RANGE.fullmatch(core) is not None or any(shape.fullmatch(compact) for shape in shapes)


def read_range(written: Written) -> Reading | None:
    """The range that a text is; None where it has not the shape of one."""
    compact = _BETWEEN_WORDS.sub(r"\1-\2", written.compact)
    for shape, read in ((_BOTH, _read_bounds), (_BETWEEN, _read_between), (_BRACKETED, _read_bracketed)):
        matched = shape.fullmatch(_one_sign(compact) if shape is _BETWEEN else compact)
        if matched:
            return read(written, matched)
    return _read_from_to(written, compact)


def _read_from_to(written: Written, compact: str) -> Reading | None:
    """10-20%, ±5%, 控制在±10%以内; None for others."""
    operator, core = split_operator(compact)
    said = operator or written.operator
    around = _PLUS_MINUS.fullmatch(core)
    if around and said in (*_NEUTRAL, Operator.AT_MOST):  # 控制在±10%以内
        return _range(written, f"-{around[1]}", "", around[1], around[2] or "")
    matched = _RANGE.fullmatch(core) or around
    if not matched:
        return None
    if said in _NEUTRAL or (compact.startswith("控制在") and operator is Operator.AT_MOST):
        return _range(written, matched[1], matched[2], matched[3], matched[4] or "")
    return unclear(written, "既是区间，又有计算符号")


def _read_bounds(written: Written, both: re.Match[str]) -> Reading | None:
    """≥10且≤20个; ＞ and ＜ are read as included, and said so."""
    (above, low), (below, high) = split_operator(both["low"]), split_operator(both["high"])
    lower, upper = QUANTITY.fullmatch(low), QUANTITY.fullmatch(high)
    if not lower or not upper:
        return None
    target, findings = _range(written, lower[1], lower[2] or "", upper[1], upper[2] or "")
    excludes = above is Operator.ABOVE or below is Operator.BELOW
    return target, _included(written, target, findings, excludes)


def _one_sign(compact: str) -> str:
    return compact.replace("<=", "≤").replace(">=", "≥")


def _read_between(written: Written, between: re.Match[str]) -> Reading:
    """90%≤X≤95%."""
    bounds = [(between["one"], between["one_unit"]), (between["other"], between["other_unit"])]
    if between["sign"] in "≥>":
        bounds.reverse()
    target, findings = _range(written, *bounds[0], *bounds[1])
    return target, _included(written, target, findings, between["sign"] in "<>")


def _read_bracketed(written: Written, matched: re.Match[str]) -> Reading:
    """[90%,95%]; round brackets exclude a bound."""
    high_unit = matched["high_unit"] or matched["unit"]
    target, findings = _range(written, matched["low"], matched["low_unit"], matched["high"], high_unit)
    return target, _included(written, target, findings, "(" in written.compact or ")" in written.compact)


def _included(written: Written, target: Target, findings: list[Finding], excludes: bool) -> list[Finding]:
    if target.kind is not TargetKind.RANGE or not excludes:
        return findings
    return [*findings, *found(written, "range-bounds-included", text=written.text)]


def _range(written: Written, low: str, low_unit: str, high: str, high_unit: str) -> Reading:
    lower, upper = decimal_from_text(low), decimal_from_text(high)
    own = low_unit or high_unit
    if multiplier(low_unit) and high_unit.startswith(low_unit):
        own = low_unit = high_unit  # 30万-50万元
    if lower is None or upper is None or lower > upper or not _same_unit(low_unit, high_unit):
        return unclear(written, "像一个区间，但上下限不成立")
    target = Target(written.text, TargetKind.RANGE, None, lower, upper)
    return with_unit(written, target, own, [])


def _same_unit(low: str, high: str) -> bool:
    """Whether both bounds have one unit, which may stand behind one of them only."""
    return not low or not high or (symbol(low) or low) == (symbol(high) or high)
