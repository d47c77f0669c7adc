"""The words around a number: operators before and after it, placeholders, quantities."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from evaluator.model import Operator
from evaluator.text import decimal_from_text, joins_digits, squash
from evaluator.units import multiplier, symbol
from evaluator.wording import words

NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
LONGEST = 120
"""Characters that a target or a typed quantity has at most."""
LARGEST = Decimal(10) ** 15
"""Excel keeps 15 digits."""
QUANTITY = re.compile(rf"({NUMBER})(\D.*)?")
COMPARATIVE = re.compile(r"(?:不低于|不少于|不高于|不超过|高于|低于|多于|少于|≥|≤|>|<)")
_PLACEHOLDER = re.compile(
    r"[-—–_/\\*×xX.。…~?？]+|(?:[*×]{1,4}|[xX]{2,4}|_{2,})\S{0,4}|\S{0,3}[xX×*]{2,4}\S{0,4}"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_AROUND = "“”‘’\"'"
_SIGNS = "≥≤<>=≧≦⩾⩽《》"


def bare(text: str) -> str:
    """Folded text without markup, quotation marks around it, and punctuation at its end."""
    compact = _TAG.sub("", squash(text)) if "<" in text else squash(text)
    return compact.lstrip(_AROUND).rstrip(_AROUND + "。;，,、!.")


def split_operator(compact: str) -> tuple[Operator | Literal["conflict"] | None, str]:
    """The operator around a folded text and the text without it.

    ``conflict`` where the words before and after say opposite things (≥…以下); 不超过…以内 agree.
    """
    before, core = None, compact
    for word, operator in words().prefixes:
        if core.startswith(word) and len(core) > len(word):
            before, core = operator, core[len(word) :]
            break
    after, core = _split_suffix(core)
    if after and before is Operator.EQUAL and compact.startswith(tuple(words().neutral)):
        before = None
    if before and after and not _agree(before, after):
        return "conflict", core
    return before or after, core


def _split_suffix(core: str) -> tuple[Operator | None, str]:
    if any(c.isdigit() for c in core):
        for word, operator in words().suffixes:
            if core.endswith(word) and len(core) > len(word):
                return operator, core[: -len(word)].removesuffix("(含)")
    return None, core.removesuffix("(含)")


def _agree(before: Operator, after: Operator) -> bool:
    up, down = (Operator.AT_LEAST, Operator.ABOVE), (Operator.AT_MOST, Operator.BELOW)
    return before in (up if after is Operator.AT_LEAST else down)


def column_operator(text: str) -> Operator | Literal["定性", ""] | None:
    """What a cell of an operator column means; ``""`` for one that says nothing, None for no operator."""
    compact = squash(text)
    if not compact:
        return ""
    sign = words().columns.get(compact)
    if sign is None:
        return None
    if sign == "定性":
        return "定性"
    return Operator(sign) if sign else ""


def is_placeholder(compact: str) -> bool:
    """Whether a folded text stands for a value that nobody filled in: ——, XX%, **人次."""
    return not compact or compact in words().placeholders or _PLACEHOLDER.fullmatch(compact) is not None


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
