"""Words around a target that do not change it: 合格率≥95%, 1、≥90%, ≥2次（每半年1次）, 2名律师.

Each function splits a folded text into the target and the words, both as they stand. The words are empty
where there are none, or where they would change what the number means.
"""

from __future__ import annotations

import re

from evaluator.values.quantities import NUMBER, QUANTITY, split_operator
from evaluator.values.units import is_duration, is_rate, symbol
from evaluator.values.wording import says_operator, words

_REMARKED = re.compile(r"([^()]+)\(([^()]+)\)")
_LISTED = re.compile(r"(?P<mark>\(?\d{1,2}[.、)])(?P<target>(?:[≥≤<>=≧≦]|不|至少|达到).*)")
_NAMED = re.compile(
    r"(?P<name>(?:PM2\.5|PM10|[A-Za-z\u4e00-\u9fff])[A-Za-z\u4e00-\u9fff()、]{0,15}?):?"
    r"(?P<target>(?:[≥≤<>=≧≦±]|不低于|不少于|不小于|不超过|不高于|不多于|不大于|至少).*\d.*)"
)
_COUNTED = re.compile(
    rf"(?P<number>[^\u4e00-\u9fff]*?{NUMBER}|\D{{1,5}}{NUMBER})(?P<rest>[\u4e00-\u9fff]{{2,16}})"
)
_DIGIT = re.compile(r"\d")
_NEW = "新增"
_LONGEST_UNIT = 6


def set_aside(compact: str) -> tuple[str, str]:
    """A target without words of ``[aside]``: 完成10个, 100%覆盖, 95%以上群众满意."""
    found = words().aside.fullmatch(compact)
    if found is None:
        return compact, ""
    said = [part for part in (found["before"], found["after"]) if part]
    if _changes("".join(said)) or _is_unsure(found["before"] or ""):
        return compact, ""
    if _NEW in (found["before"] or "") and found["target"].endswith(("%", "‰", "百分点")):
        return compact, ""  # 新增5% is a change, 新增5人 are five
    return found["target"], "……".join(said)


def set_verb_aside(compact: str) -> tuple[str, str]:
    """A target without the verb between its operator and its number: 至少开展1次."""
    found = words().verb.fullmatch(compact)
    return (found["operator"] + found["target"], found["said"]) if found else (compact, "")


def set_name_aside(compact: str) -> tuple[str, str]:
    """A target without the name before its sign: 危房改造≥50户, X≥90%."""
    found = _NAMED.fullmatch(compact)
    if found is None or _changes(found["name"]) or found["name"] in dict(words().prefixes):
        return compact, ""
    return (compact, "") if _is_unsure(found["name"]) else (found["target"], found["name"])


def set_number_aside(compact: str) -> tuple[str, str]:
    """A target without the number that it has in a list: 1、≥90%."""
    found = _LISTED.fullmatch(compact)
    return (found["target"], found["mark"]) if found else (compact, "")


def set_remark_aside(compact: str) -> tuple[str, str]:
    """A target without a remark in brackets at its end. A unit or a second number is no remark."""
    found = _REMARKED.fullmatch(compact)
    if found is None or found[1].endswith("/") or found[2] == "含" or symbol(found[2]):
        return compact, ""
    whole = QUANTITY.fullmatch(split_operator(compact)[1])
    if whole and symbol(whole[2] or ""):  # 分贝(A) is one unit
        return compact, ""
    if _changes(found[2]) or (found[2].startswith("每") and not _DIGIT.search(found[2])):
        return compact, ""  # ≥1次（每月） is 次/月
    if QUANTITY.fullmatch(split_operator(found[2])[1]):
        return compact, ""
    return found[1], f"（{found[2]}）"


def set_noun_aside(compact: str) -> tuple[str, str]:
    """A target without what is counted, where its unit stands before it: 2名律师, ≥5个以上项目."""
    found = _COUNTED.fullmatch(compact)
    if found is None:
        return compact, ""
    rest, is_stated = found["rest"], split_operator(found["number"])[0] is not None
    unit = next(
        (rest[:size] for size in range(min(_LONGEST_UNIT, len(rest)), 0, -1) if symbol(rest[:size])), ""
    )
    noun = rest[len(unit) :]
    suffix = next((word for word, _ in words().suffixes if noun.startswith(word)), "")
    noun = noun.removeprefix(suffix).removeprefix("的")
    if not unit or len(noun) < 2 or words().rest.search(noun) or not _counts(unit, is_stated or bool(suffix)):
        return compact, ""
    return f"{found['number']}{unit}{suffix}", noun


def _counts(unit: str, is_stated: bool) -> bool:
    """Whether a noun may follow a unit: 5年规划 and 2级医院 have no number of theirs."""
    known = symbol(unit)
    if known is None or is_rate(known) or is_duration(known):
        return False
    return unit in words().counted or (is_stated and unit not in words().grades)


def _changes(said: str) -> bool:
    return words().change.search(said.replace(_NEW, "")) is not None


def _is_unsure(said: str) -> bool:
    return words().unsure.search(said) is not None or says_operator(said)


ASIDES = (set_number_aside, set_aside, set_verb_aside, set_name_aside, set_remark_aside, set_noun_aside)
