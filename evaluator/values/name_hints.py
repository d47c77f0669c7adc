"""What a name says of its target: 苗木成活率(≥**%), 补助标准（≤**元/户·年）, ★培训人次 ≥XX人次.

The national catalogue of indicators writes operator and unit into its names, and units leave them there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from evaluator.records.approved import Operator
from evaluator.values.quantities import QUANTITY, column_operator, split_operator
from evaluator.values.text import decimal_from_text, squash
from evaluator.values.units import symbol

_BRACKET = re.compile(
    r"[(\[【〔〖〈{](?P<said>[^()\[\]【】〔〕〖〗〈〉{}]{1,20}(?:\([^()]{1,6}\))?)[)\]】〕〗〉}]"
)
_BLANK = r"(?:[*×xXnN○□?_]{1,8}|\.{2,8}|-{1,8}|—{1,8})"
_AT_END = re.compile(
    rf"(?:[≥≤><=≧≦]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于|大于|小于|超过|至少){_BLANK}[^*×()\d]{{0,10}}$"
)
_SLASHED = ("/元", "/万元", "/亿元", "/万", "/亿")  # 产量/亩 is what one mu gives
_TIMES = ("万", "亿")  # 维护费用（万）: of money, which alone takes it
_LABEL = re.compile(r"^(?:计量|度量)?单位:?")
_UNFILLED = re.compile(rf"(?P<before>[^*×xXnN\d]{{0,6}}?){_BLANK}(?P<after>\D*)")


@dataclass(frozen=True, slots=True)
class Hint:
    """Operator and unit (a symbol) that a name gives, and the number, where it gives one.

    `said` is the text, `is_unfilled` says that a number is left open in it: ≥**%.
    """

    said: str
    operator: Operator | None = None
    unit: str = ""
    value: Decimal | None = None
    is_unfilled: bool = False


@lru_cache(maxsize=4096)
def read_hint(name: str) -> Hint | None:
    """The hint of a name; None where it has none: （一）, （2026年） and （含补考） are none."""
    text = squash(name)
    at_end = _AT_END.search(text)
    said = [_LABEL.sub("", found["said"]) for found in reversed([*_BRACKET.finditer(text)])]
    rate = [text[-1]] if text.endswith(("%", "‰")) else []  # 苗木成活率%
    money = [text.rpartition("/")[2]] if text.endswith(_SLASHED) else []  # 单位成本/元
    hints = (_read(text) for text in ([at_end[0]] if at_end else []) + said + rate + money)
    return next((hint for hint in hints if hint), None)


def _read(said: str) -> Hint | None:
    return _read_unfilled(said) or _read_stated(said) or _read_signs(said)


def _read_unfilled(said: str) -> Hint | None:
    """≥**%, 控制在XX万元以内: read as if a number stood there."""
    found = _UNFILLED.fullmatch(said)
    before = split_operator(found["before"] + "1")[1] if found else ""
    hint = _read_stated(f"{found['before']}1{found['after']}") if found and before == "1" else None
    return replace(hint, said=said, value=None, is_unfilled=True) if hint else None


def _read_stated(said: str) -> Hint | None:
    """≥90%: an operator, a number and its unit."""
    operator, core = split_operator(said)
    found = QUANTITY.fullmatch(core)
    unit = symbol(found[2]) if found and found[2] else ""
    if found is None or unit is None or operator == "conflict" or not (operator or unit):
        return None
    return Hint(said, operator, unit, decimal_from_text(found[1]))


def _read_signs(said: str) -> Hint | None:
    """≥米, 万元, ≤: an operator, a unit, or both."""
    alone = column_operator(said)
    operator, rest = (alone, "") if isinstance(alone, Operator) else split_operator(said)
    unit = (symbol(rest) or (rest if rest in _TIMES else None)) if rest else ""
    if unit is None or operator == "conflict" or not (operator or unit):
        return None
    return Hint(said, operator, unit)
