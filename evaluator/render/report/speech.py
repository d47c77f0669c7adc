"""What people wrote, told as a report tells it: indirectly, and where they wrote nothing, a marked gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from evaluator.records.evaluation import Evaluation

MOST_NAMES = 10
_GAP = "【请填写：{}】"
GAP_MARK = re.compile(r"【请填写：[^】]*】")
_NOTHING = ("无。", "没有。", "暂无。", "/。", "-。", "—。")
_BREAKS = re.compile(r"\s*\n\s*")
_ENDS = "。！？!?"


def gap(what: str) -> str:
    """A place that only people can fill, marked so that nobody overlooks it."""
    return _GAP.format(what)


def statement(text: str) -> str:
    """A text that somebody typed as one statement: lines joined, one full stop at its end."""
    lines = [line.strip() for line in _BREAKS.split(text.strip()) if line.strip()]
    joined = "".join(line if line[-1] in "。；，：！？!?;,:" else f"{line}；" for line in lines[:-1])
    whole = joined + (lines[-1] if lines else "")
    return whole if whole and whole[-1] in _ENDS else f"{whole.rstrip('；;，,')}。" if whole else ""


def told(text: str) -> str:
    """What somebody typed as indirect speech."""
    return f"据填报，{statement(text)}"


def some(names: Iterable[str], unit: str, most: int = MOST_NAMES) -> str:
    """Names in a sentence; of many, the first and how many there are."""
    listed = list(names)
    shown = "、".join(listed[:most])
    return shown if len(listed) <= most else f"{shown}等{len(listed)}{unit}"


def fact(item: Evaluation, name: str) -> str:
    """What the workbook says on 基本情况, else what the approved form says; empty where neither does."""
    given = item.submission.facts.get(name, "") if item.submission else ""
    return given or item.project.facts.get(name, "")


def paragraphs(
    evaluations: Sequence[Evaluation], name: str, *, none_is_an_answer: bool = False, ask: bool = True
) -> list[str]:
    """What the projects say of a fact, the same words once, then a gap for those that say nothing."""
    by_text: dict[str, list[str]] = {}
    for item in evaluations:
        by_text.setdefault(statement(fact(item, name)), []).append(item.project.name)
    lacking = by_text.pop("", [])
    for nothing in _NOTHING if none_is_an_answer else ():
        by_text.pop(nothing, None)
    single = len(evaluations) == 1
    whole = len(by_text) == 1 and not lacking
    lines = [
        text if single or whole else f"{some(names, '个项目')}：{text}" for text, names in by_text.items()
    ]
    if lacking and ask:
        lines.append(gap(name if single else f"{name}（{some(lacking, '个项目')}）"))
    return lines
