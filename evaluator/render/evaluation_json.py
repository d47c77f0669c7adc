"""`evaluation.json`: the whole result for machines, described by ``schemas/evaluation.schema.json``.

Numbers are strings, exact as computed. Each figure names its cell in the score sheet, so that anyone can
hold one against the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from evaluator.records.approved import Correction, Goal, Horizon, Indicator, Target
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding
from evaluator.records.scores import Citation, GroupScore, Score
from evaluator.records.source import Place
from evaluator.records.submitted import Actual, Submission
from evaluator.render import file_names
from evaluator.render.score_sheet.layouts import locate
from evaluator.render.score_sheet.plan import FORM_SHEET
from evaluator.scoring.review import reviewed_total
from evaluator.scoring.unit_score import unit_score
from evaluator.storage.files import beside
from evaluator.values.text import show

SCHEMA_VERSION = "1.0"

Json = dict[str, Any]


def write_json(path: Path, unit: UnitEvaluation, parts: Mapping[str, bytes] | None = None) -> None:
    """Write `to_json` as UTF-8 with a newline at its end. Raises OSError.

    `parts` are what `project_part` gave for projects, by key; the others are made here.
    """
    import msgspec

    made, layout = parts or {}, unit.layout
    lines = (made.get(item.project.key) or project_part(item, layout) for item in unit.evaluations)
    projects = [msgspec.Raw(line) for line in lines]
    with beside(path) as draft:
        whole = msgspec.json.encode({**_head(unit), "projects": projects, **_tail(unit)})
        draft.write_bytes(msgspec.json.format(whole, indent=2) + b"\n")


def project_part(item: Evaluation, layout: str) -> bytes:
    """What stands of one project in the file, in one line."""
    import msgspec

    return msgspec.json.encode(_project(item, layout))


def schema() -> Json:
    """The JSON Schema (2020-12) of `evaluation.json`."""
    file = resources.files("evaluator").joinpath("schemas", "evaluation.schema.json")
    loaded: Json = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def to_json(unit: UnitEvaluation) -> Json:
    """Everything in the evaluation, in a fixed order."""
    projects = [_project(item, unit.layout) for item in unit.evaluations]
    return {**_head(unit), "projects": projects, **_tail(unit)}


def _tail(unit: UnitEvaluation) -> Json:
    return {"findings": [_finding(item) for item in unit.findings]}


def _head(unit: UnitEvaluation) -> Json:
    weighted = unit_score(unit)
    return {
        "schema_version": SCHEMA_VERSION,
        "year": unit.year,
        "applicant": unit.applicant,
        "sample": unit.sample,
        "printed": _day(unit.printed),
        "rules": {
            "name": unit.rules,
            "title": unit.rules_title,
            "sha256": unit.rules_sha256,
            "layout": unit.layout,
        },
        "unit_score": {
            "score": _number(weighted.score),
            "counted": [item.project.key for item in weighted.counted],
            "left_out": [item.project.key for item in weighted.left_out],
        },
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else show(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _place(place: Place) -> Json:
    return {"file": place.file, "part": place.part, "cell": place.cell}


def _project(item: Evaluation, layout: str) -> Json:
    project, cells = item.project, locate(item, layout)
    return {
        "key": project.key,
        "name": project.name,
        "applicant": project.applicant,
        "approved_budget": _number(project.budget),
        "source": {**_place(project.place), "sha256": project.sha256},
        "facts": dict(project.facts),
        "corrections": [_correction(item) for item in project.corrections],
        "goals": [_goal(goal, item.submission) for goal in project.goals],
        "submission": _submission(item.submission),
        "score_sheet": {
            "file": file_names.score_sheet(project),
            "sheet": FORM_SHEET,
            "cells": cells["total"],
        },
        "total": _number(item.total),
        "complete": item.complete,
        "rating": item.rating,
        "met": item.met,
        "unscored": item.unscored,
        "budget": _budget(item, cells["budget"]),
        "groups": [_group(group, cells) for group in item.groups],
        "scores": [_score(score, cells[score.indicator.code]) for score in item.scores],
        "long_term": [_indicator(i) for i in project.indicators if i.horizon is Horizon.LONG_TERM],
        "review": _review(item),
        "findings": [_finding(found) for found in item.findings],
    }


def _review(item: Evaluation) -> Json | None:
    """What an auditor decided, row by row, and the total with it; None where nothing was reviewed."""
    if not item.reviews:
        return None
    rows = [
        {
            "code": review.code,
            "name": review.name,
            "score": _number(review.score),
            "opinion": review.opinion,
            "self_score_then": _number(review.self_score),
            "place": _place(review.place),
            "sha256": review.sha256,
        }
        for review in item.reviews
    ]
    return {"total": _number(reviewed_total(item)), "rows": rows}


def _goal(goal: Goal, submission: Submission | None) -> Json:
    annual = goal.horizon is Horizon.ANNUAL and submission is not None
    return {
        "horizon": goal.horizon.value,
        "number": goal.number,
        "text": goal.text,
        "result": submission.goal_results.get(goal.number, "") if annual and submission else "",
        "place": _place(goal.place),
    }


def _submission(item: Submission | None) -> Json | None:
    if item is None:
        return None
    return {
        "year": item.year,
        "sample": item.sample,
        "source": {**_place(item.place), "sha256": item.sha256},
        "facts": dict(item.facts),
        "budget_note": item.budget_note,
        "funds": [
            {
                "name": fund.name,
                "part_of": fund.part_of,
                "initial": _number(fund.initial),
                "adjusted": _number(fund.adjusted),
                "spent": _number(fund.spent),
                "place": _place(fund.place),
            }
            for fund in item.funds
        ],
    }


def _budget(item: Evaluation, cells: Mapping[str, str]) -> Json:
    budget = item.budget
    return {
        "points": _number(budget.points),
        "initial": _number(budget.initial),
        "adjusted": _number(budget.adjusted),
        "spent": _number(budget.spent),
        "rate": _number(budget.rate),
        "score": _number(budget.score),
        "steps": list(budget.steps),
        "citation": _citation(budget.citation),
        "cells": dict(cells),
    }


def _group(group: GroupScore, cells: Mapping[str, Mapping[str, str]]) -> Json:
    return {
        "goal": group.goal,
        "name": group.name,
        "points": _number(group.points),
        "score": _number(group.score),
        "cells": dict(cells.get(f"{group.goal}/{group.name}", {})),
    }


def _score(score: Score, cells: Mapping[str, str]) -> Json:
    return {
        "indicator": _indicator(score.indicator),
        "actual": _actual(score.actual),
        "group": score.group,
        "points": _number(score.points),
        "even_points": _number(score.even_points),
        "points_origin": score.points_origin,
        "rule": score.rule,
        "words": score.words,
        "citation": _citation(score.citation),
        "comparable": _number(score.comparable),
        "completion": _number(score.completion),
        "computed": _number(score.computed),
        "deduction": _number(score.deduction),
        "score": _number(score.score),
        "met": score.met,
        "steps": list(score.steps),
        "cells": dict(cells),
    }


def _indicator(item: Indicator) -> Json:
    return {
        "code": item.code,
        "goal": item.goal,
        "level1": item.level1,
        "level2": item.level2,
        "name": item.name,
        "target": _target(item.target),
        "basis": item.basis,
        "points": _number(item.points),
        "confidence": item.confidence.value,
        "evidence": item.evidence,
        "original": item.original,
        "extras": dict(item.extras),
        "corrections": [_correction(c) for c in item.corrections],
        "place": _place(item.place),
        "scan": _scan(item),
        "confirmed": item.confirmed,
        "remark": item.remark,
    }


def _scan(item: Indicator) -> Json | None:
    """What was recognised on a picture, how surely, and the doubts; None where the row was read from text."""
    if item.scan is None:
        return None
    return {
        "raw": item.scan.raw,
        "certainty": show(item.scan.certainty),
        "doubts": list(item.scan.doubts),
    }


def _correction(item: Correction) -> Json:
    return {
        "column": item.column,
        "approved": item.approved,
        "corrected": item.corrected,
        "note": item.note,
    }


def _target(target: Target) -> Json:
    return {
        "text": target.text,
        "kind": target.kind.value,
        "operator": target.operator.value if target.operator else None,
        "value": _number(target.value),
        "upper": _number(target.upper),
        "unit": target.unit,
        "since": _day(target.since),
        "deadline": _day(target.deadline),
    }


def _actual(actual: Actual | None) -> Json | None:
    if actual is None:
        return None
    return {
        "answer": actual.answer.value,
        "typed": actual.typed,
        "value": _number(actual.value),
        "unit": actual.unit,
        "grade": actual.grade.value if actual.grade else None,
        "share": _number(actual.share),
        "completed": _day(actual.completed),
        "description": actual.description,
        "reason": actual.reason,
        "evidence": actual.evidence,
        "deduction": _number(actual.deduction),
        "deduction_reason": actual.deduction_reason,
        "points": _number(actual.points),
        "place": _place(actual.place),
    }


def _citation(citation: Citation | None) -> Json | None:
    if citation is None:
        return None
    return {"text": citation.text, "status": citation.status, "effective": citation.effective}


def _finding(found: Finding) -> Json:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "place": _place(found.place),
        "project": found.project,
        "indicator": found.indicator,
        "title": found.title,
        "text": found.text,
        "remedy": found.remedy,
        "sentence": found.sentence,
        "details": dict(found.details),
    }
