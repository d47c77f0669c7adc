"""Which answers are still missing, by the department that owes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evaluator.records.approved import Indicator
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding

_LACKING = frozenset(
    [
        "workbook-missing",
        "workbook-empty",
        "row-missing",
        "actual-blank",
        "date-expected",
        "number-expected",
        "grade-missing",
        "share-missing",
        "deadline-ungraded",
        "reason-missing",
        "description-missing",
        "overshoot-unexplained",
        "deduction-without-reason",
        "goal-result-missing",
        "facts-missing",
        "budget-blank",
        "budget-note-missing",
        "fund-partial",
        "evidence-missing",
    ]
)
"""The findings that say that something has not been filled in."""
_DEPARTMENT = re.compile(r"责任|科室|处室|部门")
_UNKNOWN = "（没有写明部门）"


def missing_answers(unit: UnitEvaluation) -> list[dict[str, Any]]:
    """One entry for each department and project: its cells without an answer, as findings name them."""
    found: dict[tuple[str, int], list[dict[str, str]]] = {}
    for number, item in enumerate(unit.evaluations, 1):
        indicators = {indicator.code: indicator for indicator in item.project.indicators}
        for one in item.findings:
            if one.code in _LACKING:
                whose = _department(item, indicators.get(one.indicator))
                found.setdefault((whose, number), []).append(_cell(one, indicators))
    names = {number: item.project.name for number, item in enumerate(unit.evaluations, 1)}
    order = list(dict.fromkeys(whose for whose, _ in found))
    pairs = sorted(found.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1]))
    return [
        {"department": whose, "number": number, "project": names[number], "cells": cells}
        for (whose, number), cells in pairs
    ]


def _department(item: Evaluation, indicator: Indicator | None) -> str:
    """Who answers for an indicator: as its row of the form says, else the unit that carries it out."""
    extras = indicator.extras if indicator else {}
    named = next((text for head, text in extras.items() if text and _DEPARTMENT.search(head)), "")
    filled = item.submission.facts.get("实施单位", "") if item.submission else ""
    return named or filled or item.project.facts.get("实施单位", "") or item.project.applicant or _UNKNOWN


def _cell(one: Finding, indicators: Mapping[str, Indicator]) -> dict[str, str]:
    indicator = indicators.get(one.indicator)
    where = "!".join(filter(None, (one.place.part, one.place.cell))) or one.place.file
    return {
        "what": one.title,
        "about": f"{indicator.code} {indicator.name}" if indicator else "",
        "where": where,
    }
