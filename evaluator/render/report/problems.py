"""存在的问题: what the data show, doubts about the targets included, in a bureau's words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding
from evaluator.render.report.speech import some
from evaluator.values.text import show

_MOST_INDICATORS = 3


@cache
def phrases() -> tuple[tuple[str, frozenset[str]], ...]:
    """Each problem's words, and the findings that show it."""
    file = resources.files("evaluator.render").joinpath("report", "files", "problems.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["problem"]
    return tuple((row["text"], frozenset(row["codes"])) for row in rows)


def problems_shown(unit: UnitEvaluation) -> list[str]:
    """Sentences, each with the projects and indicators that it is about; none without data behind it."""
    return [*_underspent(unit), *_missed(unit), *_unscored(unit), *_found(unit)]


def _underspent(unit: UnitEvaluation) -> Iterator[str]:
    short = [item for item in unit.evaluations if item.budget.rate is not None and item.budget.rate < 100]
    if short:
        names = some((f"{item.project.name}（{show(item.budget.rate)}%）" for item in short), "个项目")
        yield f"预算没有全部执行，执行率未达到100%：{names}。"


def _missed(unit: UnitEvaluation) -> Iterator[str]:
    missed = [
        (item, [score for score in item.scores if score.met is False and score.score is not None])
        for item in unit.evaluations
    ]
    count = sum(len(scores) for _, scores in missed)
    if count:
        about = [
            f"{item.project.name}（{some((s.indicator.name for s in scores), '项', _MOST_INDICATORS)}）"
            for item, scores in missed
            if scores
        ]
        yield f"{count}项指标没有达到年初目标：{some(about, '个项目')}。"


def _unscored(unit: UnitEvaluation) -> Iterator[str]:
    blank = [item.project.name for item in unit.evaluations if item.submission is None]
    part = [
        f"{item.project.name}（{item.unscored}项）"
        for item in unit.evaluations
        if item.submission is not None and item.unscored
    ]
    money = [
        item.project.name
        for item in unit.evaluations
        if item.submission is not None and item.budget.score is None
    ]
    for names, words in (
        (blank, "没有填报，未能计分"),
        (part, "部分指标没有填报，或填报内容、指标值不能据以计分，自评总分不完整"),
        (money, "预算执行数据没有填全或不能据以计分"),
    ):
        if names:
            yield f"{words}：{some(names, '个项目')}。"


def _found(unit: UnitEvaluation) -> Iterator[str]:
    for text, codes in phrases():
        about = [
            _about(item, found)
            for item in unit.evaluations
            if (found := [f for f in item.findings if f.code in codes])
        ]
        if about:
            yield f"{text}：{some(about, '个项目')}。"


def _about(item: Evaluation, found: Iterable[Finding]) -> str:
    names = {indicator.code: indicator.name for indicator in item.project.indicators}
    listed = list(dict.fromkeys(filter(None, (_indicator(one, names) for one in found))))
    inside = f"（{some(listed, '项', _MOST_INDICATORS)}）" if listed else ""
    return f"{item.project.name}{inside}"


def _indicator(found: Finding, names: Mapping[str, str]) -> str:
    return names.get(found.indicator, dict(found.details).get("name", ""))
