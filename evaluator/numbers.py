"""The words around a number: operators before and after it, placeholders, Chinese numerals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from evaluator.model import Operator
from evaluator.text import squash
from evaluator.units import symbol

NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
COMPARATIVE = re.compile(r"(?:不低于|不少于|不高于|不超过|高于|低于|多于|少于|≥|≤|>|<)")
_PLACEHOLDER = re.compile(
    r"[-—–_/\\*×xX.。…~?？]+|无|暂无|待定|(?:[*×]{1,4}|[xX]{2,4}|_{2,})\S{0,4}|\S{0,3}[xX×*]{2,4}\S{0,4}"
)
_NUMERAL = re.compile(r"(?:百分之)?[〇零一二两三四五六七八九十百千]+(?P<unit>\S{0,4})")


@dataclass(frozen=True)
class Words:
    """``vocabulary/operators.toml``, ready for look-ups."""

    prefixes: tuple[tuple[str, Operator], ...]
    suffixes: tuple[tuple[str, Operator], ...]
    columns: dict[str, str]
    budget: frozenset[str]
    periods: frozenset[str]
    qualitative: tuple[str, ...]


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
        qualitative=tuple(data["qualitative"]),
    )


def split_operator(compact: str) -> tuple[Operator | Literal["conflict"] | None, str]:
    """The operator around a folded text and the text without it.

    ``conflict`` where the words before and after say opposite things (≥…以下); 不超过…以内 agree.
    """
    before, core = None, compact
    for word, operator in words().prefixes:
        if core.startswith(word) and len(core) > len(word):
            before, core = operator, core[len(word) :]
            break
    after = None
    for word, operator in words().suffixes:
        if core.endswith(word) and len(core) > len(word) and any(c.isdigit() for c in core):
            after, core = operator, core[: -len(word)].removesuffix("(含)")
            break
    if before and after and not _agree(before, after):
        return "conflict", core
    return before or after, core


def _agree(before: Operator, after: Operator) -> bool:
    up = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)
    down = (Operator.AT_MOST, Operator.BELOW, Operator.EQUAL)
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
    return not compact or _PLACEHOLDER.fullmatch(compact) is not None


def chinese_numeral(compact: str) -> bool:
    """Whether a folded text is a number in Chinese numerals with a unit: 不少于十二种, 百分之九十."""
    found = _NUMERAL.fullmatch(split_operator(compact)[1]) or _NUMERAL.fullmatch(compact)
    if not found:
        return False
    return compact.startswith("百分之") or bool(found["unit"] and symbol(found["unit"]))
