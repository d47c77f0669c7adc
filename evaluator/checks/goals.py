"""Checks on the texts of goals: cut off in the middle, or copied from another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluator.checks.words import ends, words
from evaluator.checks.years import other_years
from evaluator.records.approved import Horizon, Project
from evaluator.records.findings import Finding, finding
from evaluator.values.text import squash

_FULL_STOPS = "。！？!?.…”）)》】;"
_PAUSES = "，,、：:（(“《【"
_PAIRS = ("“”", "（）", "《》", "【】", "()")
_DOTS = re.compile(r"\.{2,}$")
_LIST_GOES_ON = re.compile(r"。[(（]?(?:\d+|[一二三四五六七八九十]+)[)）、.．].*;$")
_ONLY_A_NUMBER = re.compile(
    r"(?:^|[,。;:])(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+|其[一二三四五六]|"
    r"\((?:\d+|[一二三四五六七八九十]+)\)|\d{1,2}[.)])$"
)
_ONE_CHARACTER = re.compile(r"(?<!、.)[,，、;:：(（“《【][\u4e00-\u9fff]$")


def check_goals(project: Project, year: int) -> Iterator[Finding]:
    """Findings of ``checks.toml`` on the goals of both horizons."""
    texts = [squash(goal.text) for goal in project.goals]
    for goal in project.goals:
        key = project.key
        if why := _truncation(goal.text, texts):
            details = {"horizon": goal.horizon.value, "tail": goal.text[-12:], "why": why}
            yield finding("goal-truncated", goal.place, project=key, number=goal.number, **details)
        years = other_years(goal.text, year)
        if goal.horizon is Horizon.ANNUAL and years:
            yield finding("goal-year", goal.place, project=key, number=goal.number, years=years, year=year)


def _truncation(written: str, texts: list[str]) -> str:
    """Why a goal text looks cut off; empty where it does not."""
    text = squash(written)
    if not text:
        return ""
    if _DOTS.search(written.strip()):
        return "结尾是省略的点"
    if text[-1] in _PAUSES or _LIST_GOES_ON.search(text):
        return "结尾不是句末标点"
    if any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS):
        return "引号或括号没有配对"
    if _ONLY_A_NUMBER.search(text):
        return "最后只剩序号"
    return "" if text[-1] in _FULL_STOPS else _broken_off(text, texts)


def _broken_off(text: str, texts: list[str]) -> str:
    """Why the last words of a text without a full stop look cut off."""
    if _ONE_CHARACTER.search(text) and not ends(text, "goals.single"):
        return "最后只剩半句话的一个字"
    if any(len(_bare(other)) > len(text) and other.startswith(text) for other in texts):
        return "另一张表的同一段文字更长"
    if ends(text, "goals.cut"):
        return "最后一个词不完整"
    unfinished = ends(text, "goals.dangling") and not ends(text, "goals.whole")
    last = re.split(r"[,。;:!?]", text)[-1]
    return "最后半句话没有说完" if unfinished or (last != text and last in words("goals.wanting")) else ""


def _bare(text: str) -> str:
    return text.rstrip(_PAUSES + _FULL_STOPS)
