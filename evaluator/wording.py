"""How target values are worded: ``vocabulary/operators.toml``, ready for look-ups."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evaluator.model import Operator
from evaluator.text import squash


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
    neutral: tuple[str, ...]
    rest: re.Pattern[str]
    unclear: tuple[tuple[re.Pattern[str], str], ...]
    grades: frozenset[str]
    qualitative: tuple[str, ...]
    aside: re.Pattern[str]
    change: re.Pattern[str]
    unsure: re.Pattern[str]
    changed: re.Pattern[str]
    changes: re.Pattern[str]
    zero: re.Pattern[str]
    averages: dict[str, str]
    counted: frozenset[str]


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
        neutral=tuple(data["neutral"]),
        rest=re.compile("|".join(data["rest"])),
        unclear=tuple(
            (re.compile(pattern), why) for why, texts in data["unclear"].items() for pattern in texts
        ),
        grades=frozenset(data["grades"]),
        qualitative=tuple(data["qualitative"]),
        aside=_aside(data["aside"]),
        change=re.compile("|".join(data["aside"]["change"])),
        unsure=re.compile("|".join(data["aside"]["unsure"])),
        changed=_changed(data["changes"]),
        changes=re.compile(rf"\D*(?:{'|'.join(data['changes']['verbs'])})\D{{0,2}}"),
        zero=re.compile(
            rf"(?:{'|'.join(data['aside']['before'])})?[0零](?P<what>(?:{'|'.join(data['zero'])})+)"
        ),
        averages=data["averages"],
        counted=frozenset(data["counted"]),
    )


def _aside(table: dict[str, list[str]]) -> re.Pattern[str]:
    before, names, after = ("|".join(table[key]) for key in ("before", "names", "after"))
    return re.compile(
        rf"(?P<before>(?:{before}){{1,2}}|[\u4e00-\u9fff]{{1,10}}(?:{names}))?[:为]?"
        rf"(?P<target>[^\u4e00-\u9fff]*\d.*?|(?:不|至|最|大|小|高|低|多|少|达|等).*\d.*?)(?P<after>{after})?"
    )


def _changed(table: dict[str, list[str]]) -> re.Pattern[str]:
    verbs, ends = "|".join(table["verbs"]), "|".join(table["ends"])
    return re.compile(
        rf"(?P<said>(?:[\u4e00-\u9fff]|20\d{{2}}年度?){{0,14}}?(?:{verbs})(?:{ends})?)(?P<level>到|至)?[:为了]?"
        r"(?P<target>[^\u4e00-\u9fff]*\d.*|(?:不|至|最|大|小|高|低|多|少|达|等|超).*\d.*)"
    )
