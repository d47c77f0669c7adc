"""How target values are worded: ``vocabulary/operators.toml``, ready for look-ups."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evaluator.records.approved import Operator
from evaluator.values.text import squash


@dataclass(frozen=True)
class Words:
    """``vocabulary/operators.toml``, ready for look-ups.

    `prefix` matches a prefix with something behind it, `ends` are the suffixes: both for speed.
    """

    prefixes: tuple[tuple[str, Operator], ...]
    suffixes: tuple[tuple[str, Operator], ...]
    prefix: re.Pattern[str]
    by_prefix: dict[str, Operator]
    ends: tuple[str, ...]
    columns: dict[str, str]
    budget: frozenset[str]
    periods: frozenset[str]
    placeholders: frozenset[str]
    placeholder_kinds: re.Pattern[str]
    no_unit: frozenset[str]
    neutral: tuple[str, ...]
    rest: re.Pattern[str]
    unclear: tuple[tuple[re.Pattern[str], str], ...]
    grades: frozenset[str]
    qualitative: tuple[str, ...]
    aside: re.Pattern[str]
    verb: re.Pattern[str]
    change: re.Pattern[str]
    unsure: re.Pattern[str]
    changed: re.Pattern[str]
    changes: re.Pattern[str]
    zero: re.Pattern[str]
    ranks: frozenset[str]
    averages: dict[str, str]
    counted: frozenset[str]


def says_operator(text: str) -> bool:
    """Whether words among which a number stands hold an operator, which must not get lost."""
    wordings = (*words().prefixes, *words().suffixes)
    return any(word in text for word, _ in wordings if len(word) > 1)


@cache
def words() -> Words:
    """The words shipped with the package, read once."""
    text = resources.files("evaluator").joinpath("vocabulary", "operators.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def longest_first(table: dict[str, list[str]]) -> tuple[tuple[str, Operator], ...]:
        pairs = [(squash(word), Operator(sign)) for sign, texts in table.items() for word in texts]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    prefixes, suffixes = longest_first(data["prefixes"]), longest_first(data["suffixes"])
    return Words(
        prefixes=prefixes,
        suffixes=suffixes,
        prefix=re.compile(f"(?:{'|'.join(re.escape(word) for word, _ in prefixes)})(?=.)", re.DOTALL),
        by_prefix=dict(prefixes),
        ends=tuple(word for word, _ in suffixes),
        columns={squash(word): sign for sign, texts in data["columns"].items() for word in texts},
        budget=frozenset(squash(word) for word in data["budget"]),
        periods=frozenset(squash(word) for word in data["periods"]),
        placeholders=frozenset(squash(word) for word in data["placeholders"]),
        placeholder_kinds=re.compile("|".join(data["placeholder_kinds"])),
        no_unit=frozenset(squash(word) for word in data["no_unit"]),
        neutral=tuple(data["neutral"]),
        rest=re.compile("|".join(data["rest"])),
        unclear=tuple(
            (re.compile(pattern), why) for why, texts in data["unclear"].items() for pattern in texts
        ),
        grades=frozenset(data["grades"]),
        qualitative=tuple(data["qualitative"]),
        aside=_aside(data["aside"]),
        verb=re.compile(
            r"(?P<operator>不低于|不少于|不超过|不高于|不多于|至少|达到|[≥≤])"
            rf"(?P<said>{'|'.join(data['aside']['before'])})(?P<target>\d.*)"
        ),
        change=re.compile("|".join(data["aside"]["change"])),
        unsure=re.compile("|".join(data["aside"]["unsure"])),
        changed=_changed(data["changes"]),
        changes=re.compile(rf"\D*(?:{'|'.join(data['changes']['verbs'])})\D{{0,2}}"),
        zero=_zero("|".join(data["zero"])),
        ranks=frozenset(data["ranks"]),
        averages=data["averages"],
        counted=frozenset(data["counted"]),
    )


def _aside(table: dict[str, list[str]]) -> re.Pattern[str]:
    before, names, after = ("|".join(table[key]) for key in ("before", "names", "after"))
    return re.compile(
        rf"(?P<before>(?:{before}){{1,2}}(?:[\u4e00-\u9fff]{{2,6}}?)??|[\u4e00-\u9fff]{{1,10}}(?:{names}))?(?<!不)[:为]?"
        rf"(?P<target>[^\u4e00-\u9fff]*\d.*?|(?:不|至|最|大|小|高|低|多|少|达|等|每).*\d.*?)(?P<after>{after})?"
    )


def _zero(things: str) -> re.Pattern[str]:
    """零投诉, 0起事故, 重大安全事故0起, 投诉率为零."""
    thing = rf"(?:重大|较大|一般|安全|生产|责任|质量|有效|群体性){{0,3}}(?:{things}){{1,2}}"
    unit = "[起件次例人宗个]"
    return re.compile(
        rf"(?:实现|达到|保持|确保|力争)?[0零](?P<unit>{unit})?(?P<what>{thing})|"
        rf"(?P<name>{thing}(?:发生)?[数率]?(?:量)?)[为:]?[0零](?P<own>{unit})?"
    )


def _changed(table: dict[str, list[str]]) -> re.Pattern[str]:
    verbs, ends = "|".join(table["verbs"]), "|".join(table["ends"])
    return re.compile(
        rf"(?P<said>(?:[\u4e00-\u9fff]|20\d{{2}}年度?){{0,14}}?(?:{verbs})(?:{ends})?)(?P<level>到|至)?[:为了]?"
        r"(?P<target>[^\u4e00-\u9fff]*\d.*|(?:不|至|最|大|小|高|低|多|少|达|等|超).*\d.*)"
    )
