"""Words around a target that do not change it."""

from __future__ import annotations

import re

from evaluator.units import symbol
from evaluator.wording import words

_REMARKED = re.compile(r"([^()]+)\(([^()]+)\)")


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
