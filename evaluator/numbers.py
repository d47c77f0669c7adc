"""The words around a number: operators before and after it, placeholders, Chinese numerals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal

from evaluator.model import Operator
from evaluator.text import decimal_from_text, joins_digits, squash
from evaluator.units import multiplier, symbol

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
_REMARKED = re.compile(r"([^()]+)\(([^()]+)\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_AROUND = "“”‘’\"'"
_SIGNS = "≥≤<>=≧≦⩾⩽《》"
_DIGITS = "〇零一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(rf"(?!万|亿)[{_DIGITS}半]+(?P<unit>\S{{0,8}})")
_SHARE = re.compile(rf"(?:[{_DIGITS}]+分之[{_DIGITS}点]+|百分百).{{0,6}}")
_BY_THEN = re.compile(r"(?:[底末]?(?:之前|以前|前)|[底末])(?:完成)?$")


@dataclass(frozen=True)
class Words:
    """``vocabulary/operators.toml``, ready for look-ups."""

    prefixes: tuple[tuple[str, Operator], ...]
    suffixes: tuple[tuple[str, Operator], ...]
    columns: dict[str, str]
    budget: frozenset[str]
    periods: frozenset[str]
    placeholders: frozenset[str]
    no_unit: frozenset[str]
    neutral: frozenset[str]
    grades: frozenset[str]
    qualitative: tuple[str, ...]
    aside: re.Pattern[str]
    change: re.Pattern[str]


@cache
def words() -> Words:
    """The words shipped with the package, read once."""
    text = resources.files("evaluator").joinpath("vocabulary", "operators.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def longest_first(table: dict[str, list[str]]) -> tuple[tuple[str, Operator], ...]:
        pairs = [(squash(word), Operator(sign)) for sign, texts in table.items() for word in texts]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    return Words(
        prefixes=longest_first(data["prefixes"]),
        suffixes=longest_first(data["suffixes"]),
        columns={squash(word): sign for sign, texts in data["columns"].items() for word in texts},
        budget=frozenset(squash(word) for word in data["budget"]),
        periods=frozenset(squash(word) for word in data["periods"]),
        placeholders=frozenset(squash(word) for word in data["placeholders"]),
        no_unit=frozenset(squash(word) for word in data["no_unit"]),
        neutral=frozenset(data["neutral"]),
        grades=frozenset(data["grades"]),
        qualitative=tuple(data["qualitative"]),
        aside=_aside(data["aside"]),
        change=re.compile("|".join(data["aside"]["change"])),
    )


def _aside(table: dict[str, list[str]]) -> re.Pattern[str]:
    before, names, after = ("|".join(table[key]) for key in ("before", "names", "after"))
    return re.compile(
        rf"(?P<before>(?:{before})|[\u4e00-\u9fff]{{1,10}}(?:{names}))?[:为]?"
        rf"(?P<target>[^\u4e00-\u9fff]*\d.*?|(?:不|至|最|大|小|高|低|多|少|达|等).*\d.*?)(?P<after>{after})?"
    )


def set_aside(compact: str) -> tuple[str, str]:
    """A folded text without words that say nothing about the target, and these words; both as they stand.

    The words are empty where there are none, or where they would change what the number means.
    """
    found = words().aside.fullmatch(compact)
    if found is None:
        return compact, ""
    said = [part for part in (found["before"], found["after"]) if part]
    return (compact, "") if words().change.search("".join(said)) else (found["target"], "……".join(said))


def set_remark_aside(compact: str) -> tuple[str, str]:
    """A folded text without a remark in brackets at its end, and the remark with them.

    The remark is empty where there is none, or where it is a unit or changes what the number means.
    """
    found = _REMARKED.fullmatch(compact)
    if found is None or found[1].endswith("/") or found[2] == "含" or symbol(found[2]):
        return compact, ""
    if words().change.search(found[2]):
        return compact, ""
    return found[1], f"（{found[2]}）"


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


def chinese_numeral(compact: str) -> bool:
    """Whether a folded text is a number in Chinese numerals: 不少于十二种, 百分之九十, 一年内."""
    return any(_is_numeral(text) for text in (compact, split_operator(compact)[1]))


def _is_numeral(text: str) -> bool:
    if _SHARE.fullmatch(text):
        return True
    found = _NUMERAL.fullmatch(text)
    if not found:
        return False
    unit = found["unit"]
    for word, _ in words().suffixes:
        if unit.endswith(word):
            unit = unit.removesuffix(word)
            break
    unit = _BY_THEN.sub("", unit)
    return not unit or (symbol(unit) is not None and unit not in words().grades)


def read_quantity(text: str) -> tuple[Decimal | None, str, bool]:
    """A number as people type it: value (None if there is none), the unit's text, operator copied or not."""
    operator, core = split_operator(bare(text)[:LONGEST])
    found = None if joins_digits(text) else QUANTITY.fullmatch(core)
    value = decimal_from_text(found[1]) if found else None
    if found is None or value is None:
        return None, "", operator is not None
    return value, found[2] or "", operator is not None
