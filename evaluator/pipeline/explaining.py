"""How a score came about: one project, or one indicator of it."""

from __future__ import annotations

from typing import Any

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Citation, Score
from evaluator.records.source import Place
from evaluator.values.text import show, squash


def choose_project(unit: UnitEvaluation, query: str, place: Place) -> tuple[Evaluation | None, list[Finding]]:
    """The project of that name or key, or the only one whose name contains it."""
    wanted = squash(query)
    exact = [item for item in unit.evaluations if wanted == squash(item.project.key)] or [
        item for item in unit.evaluations if wanted == squash(item.project.name)
    ]
    found = exact or [item for item in unit.evaluations if wanted in squash(item.project.name)]
    names = "、".join(_called(item) for item in (found or unit.evaluations)[:20])
    if len(found) == 1:
        return found[0], []
    if not found:
        return None, [finding("explain-unknown-project", place, query=query, names=names)]
    return None, [finding("explain-ambiguous-project", place, query=query, count=len(found), names=names)]


def _called(item: Evaluation) -> str:
    name, key = item.project.name, item.project.key
    return name if squash(name) == squash(key) else f"{name}（编号 {key}）"


def choose_score(item: Evaluation, query: str) -> tuple[Score | None, list[Finding]]:
    """The score of the indicator with that code."""
    for score in item.scores:
        if score.indicator.code.casefold() == squash(query).casefold():
            return score, []
    codes = "、".join(score.indicator.code for score in item.scores)
    place = item.project.place
    return None, [
        finding("explain-unknown-indicator", place, project=item.project.key, query=query, codes=codes)
    ]


def explanation(item: Evaluation, score: Score | None) -> dict[str, Any]:
    """The derivation as data: of one indicator, or of the whole project."""
    scores = [score] if score else list(item.scores)
    derivation: dict[str, Any] = {
        "project": item.project.name,
        "indicators": [_indicator(one) for one in scores],
    }
    if score is None:
        derivation["budget"] = {
            "score": _number(item.budget.score),
            "points": show(item.budget.points),
            "steps": list(item.budget.steps),
            "citation": _citation(item.budget.citation),
        }
        derivation["total"] = f"{item.total:.2f}"
        derivation["complete"] = item.complete
        derivation["rating"] = item.rating
    return derivation


def _indicator(score: Score) -> dict[str, Any]:
    item = score.indicator
    return {
        "code": item.code,
        "level1": item.level1,
        "level2": item.level2,
        "name": item.name,
        "target": item.target.text,
        "approved_target": "批复表没有" if item.added else item.approved_target,
        "corrections": [correction.words for correction in item.corrections],
        "target_place": str(item.place),
        "actual": score.actual.typed if score.actual else "",
        "actual_place": str(score.actual.place) if score.actual else "",
        "points": show(score.points),
        "score": _number(score.score),
        "rule": score.rule,
        "formula": score.words,
        "steps": list(score.steps),
        "citation": _citation(score.citation),
    }


def _number(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"


def _citation(citation: Citation | None) -> dict[str, str] | None:
    if citation is None:
        return None
    return {
        "text": citation.text,
        "status": citation.status,
        "effective": citation.effective,
        "words": citation.words,
    }
