"""The trace of a unit (``evaluate explain --all --format json``): how each score came about.

For each score: the steps, the law and clause with the date since when it is in force, and every input with
its cell and the fingerprint of its file; besides, the rule set's fingerprint and the tool's version. Numbers
are strings, exact as computed. ``schemas/trace.schema.json`` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from typing import Any

from evaluator import __version__
from evaluator.checks.data_quality import data_quality
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.scores import STANDING, Citation, Score
from evaluator.records.source import Place
from evaluator.rulesets import Clause, RuleSet
from evaluator.scoring.choosing import slot_of
from evaluator.values.text import show
from evaluator.workbooks.layout import FIELDS, beside

SCHEMA_VERSION = "1.0"

Json = dict[str, Any]


def schema() -> Json:
    """The JSON Schema (2020-12) of the trace."""
    file = resources.files("evaluator").joinpath("schemas", "trace.schema.json")
    loaded: Json = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def to_trace(unit: UnitEvaluation, rules: RuleSet) -> Json:
    """The trace of every score of a unit, scored by `rules`, in a fixed order."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "evaluate", "version": __version__},
        "year": unit.year,
        "applicant": unit.applicant,
        "sample": unit.sample,
        "rules": {"name": unit.rules, "title": unit.rules_title, "sha256": unit.rules_sha256},
        "projects": [_project(item, rules) for item in unit.evaluations],
    }


def _project(item: Evaluation, rules: RuleSet) -> Json:
    project, book = item.project, item.submission
    return {
        "key": project.key,
        "name": project.name,
        "source": {"file": project.place.file, "sha256": project.sha256},
        "workbook": {"file": book.place.file, "sha256": book.sha256} if book else None,
        "total": show(item.total),
        "complete": item.complete,
        "rating": item.rating,
        "rating_basis": _basis(rules.scales[-1].clause),
        "points_basis": _basis(rules.weights_clause),
        "data_quality": [
            {"kind": one.kind, "title": one.title, "text": one.text} for one in data_quality(item)
        ],
        "budget": _budget(item, rules),
        "scores": [_score(item, score, rules) for score in item.scores],
    }


def _budget(item: Evaluation, rules: RuleSet) -> Json:
    budget = item.budget
    return {
        "points": show(budget.points),
        "score": _number(budget.score),
        "steps": list(budget.steps),
        "basis": _basis(rules.budget.clause, budget.citation),
        "inputs": list(_funds(item)),
    }


def _funds(item: Evaluation) -> Iterator[Json]:
    """The rows of the budget sheet: each amount that was typed, in 万元."""
    for fund in item.submission.funds if item.submission else ():
        for role, amount in (("initial", fund.initial), ("adjusted", fund.adjusted), ("spent", fund.spent)):
            if amount is not None:
                yield _input(item, role, fund.name, show(amount), beside(fund.place, role))


def _score(item: Evaluation, score: Score, rules: RuleSet) -> Json:
    one = score.indicator
    return {
        "code": one.code,
        "level1": one.level1,
        "level2": one.level2,
        "name": one.name,
        "points": _number(score.points),
        "score": _number(score.score),
        "rule": score.rule,
        "formula": score.words,
        "steps": list(score.steps),
        "basis": _basis(rules.rules[slot_of(one.target)].clause, score.citation),
        "inputs": list(_inputs(item, score)),
        "corrections": [correction.words for correction in one.corrections],
    }


def _inputs(item: Evaluation, score: Score) -> Iterator[Json]:
    """The target as it counts, and what was typed for it, each with its cell; shares in percent."""
    yield _input(item, "target", "指标值", score.indicator.target.text, score.indicator.place)
    actual = score.actual
    if actual is None:
        return
    yield _input(item, "actual", "完成情况", actual.typed, actual.place)
    for role, value in (("share", actual.share), ("deduction", actual.deduction), ("points", actual.points)):
        if value is not None:
            yield _input(item, role, FIELDS[role].title, show(value), beside(actual.place, role))


def _input(item: Evaluation, role: str, name: str, text: str, place: Place) -> Json:
    known = {item.project.place.file: item.project.sha256}
    if item.submission:
        known[item.submission.place.file] = item.submission.sha256
    return {
        "role": role,
        "name": name,
        "text": text,
        "file": place.file,
        "part": place.part,
        "cell": place.cell,
        "sha256": known.get(place.file, ""),
    }


def _basis(clause: Clause, cited: Citation | None = None) -> Json:
    """The law and its clause; `cited` is what the score itself names, which comes first."""
    citation = cited or clause.citation
    return {
        "law": citation.text,
        "clause": {"key": clause.key, "title": clause.title, "text": clause.note},
        "status": citation.status,
        "standing": STANDING[citation.status],
        "effective": citation.effective or None,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else show(value)
