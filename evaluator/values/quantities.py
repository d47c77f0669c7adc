"""The words around a number: operators before and after it, placeholders, quantities."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from evaluator.records.approved import Operator
from evaluator.values.text import decimal_from_text, joins_digits, squash
from evaluator.values.units import multiplier, symbol
from evaluator.values.wording import words

NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
LONGEST = 120
"""Characters that a target or a typed quantity has at most."""
LARGEST = Decimal(10) ** 15
"""Excel keeps 15 digits."""
SMALLEST = Decimal(1).scaleb(-9)
"""What is smaller is no number of the field, but what a calculation left over."""
QUANTITY = re.compile(rf"({NUMBER})(\D.*)?")
COMPARATIVE = re.compile(r"(?:不低于|不少于|不高于|不超过|高于|低于|多于|少于|≥|≤|>|<)")
_PLACEHOLDER = re.compile(
    r"[-—–_/\\*×xX.。…~?？]+|(?:[*×]{1,4}|[xX]{2,4}|_{2,})\S{0,4}|\S{0,3}[xX×*]{2,4}\S{0,4}"
    r"|(?:[□■△?]+|\(\))[^\d\s]{0,4}"
)
_UNKNOWN = re.compile(r"[xynXYN○〇●◯☐]{1,4}(?:\.[xynXYN]{1,4})?(?P<unit>\D{0,8})")
_DIGIT = re.compile(r"\d")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_AROUND = "“”‘’\"'"
_BRACKETS = ("()", "【】", "〔〕")
_ANY_BRACKET = "()【】〔〕[]<>{}"
_SIGNS = "≥≤<>=≧≦⩾⩽《》‹›〈〉≮≯"
_LOOKALIKES = str.maketrans({"═": "=", "﹦": "=", "⩵": "="})  # drawn lines and the like for ＝
_EXCEEDS = re.compile(r"^超(?=\d)")
_LISTED = re.compile(r"^[\u2460-\u2473](?=[^\d\s])")
_INCLUDED = re.compile(r"\(含(?:\d[^()]{0,6}|本数)?\)")
_MONEY_SIGN = re.compile(rf"(?:¥|人民币)({NUMBER})([十百千万亿]*)元?")
_BOUND_WITHIN = re.compile(r"(?P<amount>.*\d[^/]*)/(?P<per>[\u4e00-\u9fff]{1,4})")
_MORE = re.compile(r"(.*\d[百千万亿]{0,2})\+([^\d+]{0,6})")
_IDLE_POINT = re.compile(r"(?<=\d)\.(?=[%‰])")


def bare(text: str) -> str:
    """Folded text without markup, quotation marks and brackets around it, and punctuation at its end."""
    text = _LISTED.sub("", text.strip())
    compact = _TAG.sub("", squash(text)) if "<" in text else squash(text)
    compact = (
        _MONEY_SIGN.sub(r"\1\2元", compact).removesuffix("人民币")
        if "¥" in compact or "人民币" in compact
        else compact
    )
    compact = compact.lstrip(_AROUND).rstrip(_AROUND + "。;，,、!.").translate(_LOOKALIKES)
    compact = _with_bound_last(_EXCEEDS.sub(">", _IDLE_POINT.sub("", compact)))
    inner = compact[1:-1]
    bracketed = compact[:1] + compact[-1:] in _BRACKETS and not set(inner) & set("()【】〔〕")
    return inner if bracketed and _is_stated(inner) else compact


def _with_bound_last(compact: str) -> str:
    """3000元以下/台 as 3000元/台以下, 100+人次 as 100人次以上; 1+N模式 stays."""
    if "/" in compact and (found := _BOUND_WITHIN.fullmatch(compact)):
        word = next((word for word, _ in words().suffixes if found["amount"].endswith(word)), "")
        if word and symbol(f"元/{found['per']}"):
            return f"{found['amount'].removesuffix(word)}/{found['per']}{word}"
    if "+" in compact and (found := _MORE.fullmatch(compact)) and (not found[2] or symbol(found[2])):
        return f"{found[1]}{found[2]}以上"
    return compact


def _is_stated(text: str) -> bool:
    """Whether a number stands there with an operator or a unit."""
    operator, core = split_operator(text)
    found = QUANTITY.fullmatch(core)
    return found is not None and (operator is not None or symbol(found[2] or "") is not None)


def split_operator(compact: str) -> tuple[Operator | Literal["conflict"] | None, str]:
    """The operator around a folded text and the text without it.

    ``conflict`` where they say opposite things (≥…以下); 不超过…以内 and 达到≥ agree, 控制在 gives way.
    """
    before, core = _split_prefix(compact)
    again, inner = _split_prefix(core) if before else (None, core)
    after, core = _split_suffix(inner)
    if (again or after) and compact.startswith(words().neutral):
        before = again
    elif _oppose(before, again):
        return "conflict", core
    return "conflict" if _oppose(before, after) else again or before or after, core


def says_target(text: str) -> bool:
    """Whether a text is operator, number and known unit and no more: ≥50个, but not ≥360天服务读者, 1年."""
    operator, core = split_operator(bare(text))
    found = QUANTITY.fullmatch(core)
    return operator is not None and found is not None and (not found[2] or symbol(found[2]) is not None)


def _split_prefix(core: str) -> tuple[Operator | None, str]:
    found = words().prefix.match(core)
    return (words().by_prefix[found[0]], core[found.end() :]) if found else (None, core)


def _split_suffix(core: str) -> tuple[Operator | None, str]:
    stem = core.removesuffix("(含)")
    if stem.endswith(words().ends) and any(c.isdigit() for c in core):
        for word, operator in words().suffixes:
            if stem.endswith(word) and len(core) > len(word):
                return operator, _INCLUDED.sub("", stem.removesuffix(word))
    return None, stem


def _oppose(one: Operator | None, other: Operator | None) -> bool:
    if one is None or other is None or one is other:
        return False
    directions = ((Operator.AT_LEAST, Operator.ABOVE), (Operator.AT_MOST, Operator.BELOW))
    return not any(one in direction and other in direction for direction in directions)


def column_operator(text: str) -> Operator | Literal["定性", ""] | None:
    """What a cell of an operator column means; ``""`` for one that says nothing, None for no operator."""
    compact = squash(text).translate(_LOOKALIKES)
    if not compact:
        return ""
    sign = words().columns.get(compact)
    if sign is None:
        return None
    if sign == "定性":
        return "定性"
    return Operator(sign) if sign else ""


def is_placeholder(compact: str) -> bool:
    """Whether a folded text stands for a value that nobody filled in: ——, XX%, **人次, ≥__件, (null)."""
    core = split_operator(compact)[1].lstrip(_SIGNS)
    texts = {compact, core, core.strip(_ANY_BRACKET)}
    return not compact or any(_stands_for_none(text) for text in texts)


def _stands_for_none(text: str) -> bool:
    if text in words().placeholders or _PLACEHOLDER.fullmatch(text):
        return True
    if _DIGIT.search(text):
        return False
    return words().placeholder_kinds.fullmatch(text.lower().rstrip("%‰")) is not None or _is_unknown(text)


def _is_unknown(text: str) -> bool:
    """X个, N%, ○○万元: a letter or a circle in the place of the number."""
    found = _UNKNOWN.fullmatch(text)
    return found is not None and (not found["unit"] or symbol(found["unit"]) is not None)


def starts_with_sign(compact: str) -> bool:
    """Whether a folded text begins with a sign that compares: =增强."""
    return compact.startswith(tuple(_SIGNS))


def lacks_unit(text: str) -> bool:
    """Whether what stands in a column of units is none: ——, 无, 其他."""
    compact = bare(text)
    return is_placeholder(compact) or compact in words().no_unit


def lacks_number(compact: str) -> bool:
    """Whether a folded text is only an operator, only a unit, or both: ≥, 万元, 不少于人."""
    core = split_operator(compact)[1].lstrip(_SIGNS)
    return not core or symbol(core) is not None or multiplier(core) is not None


def read_quantity(text: str) -> tuple[Decimal | None, str, bool]:
    """A number as people type it: value (None if there is none), the unit's text, operator copied or not."""
    operator, core = split_operator(bare(text)[:LONGEST])
    found = None if joins_digits(text) else QUANTITY.fullmatch(core)
    value = decimal_from_text(found[1]) if found else None
    if found is None or value is None:
        return None, "", operator is not None
    return value, found[2] or "", operator is not None
