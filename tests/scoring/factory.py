"""Targets, actuals and projects in a few words, for the tests of matching and scoring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from evaluator.records.approved import Horizon, Indicator, Operator, Project, Target, TargetKind
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding
from evaluator.records.scores import Score
from evaluator.records.source import Place
from evaluator.records.submitted import Actual, Answer, Fund, Grade, Submission
from evaluator.rulesets import RuleSet, load
from evaluator.scoring import score_project

D = Decimal
FORM = Place("targets/2026/source/form.txt", "表1", "12")
BOOK = Place("actuals/2026/a.xlsx", "实际完成值")
BUDGET = Place("actuals/2026/a.xlsx", "预算执行", "D4")
LEVELS = {"CB": "成本指标", "CC": "产出指标", "XY": "效益指标", "MY": "满意度指标", "TR": "投入指标"}
ACHIEVED, PARTLY, MISSED = Grade
RULES = ("hubei", "mof-2020", "mof-2021", "province-generic")


@cache
def rules(name: str) -> RuleSet:
    loaded, findings = load(name)
    assert loaded is not None, findings
    return loaded


def target(text: str, unit: str = "") -> Target:
    """``≥5``, ``＝0``, ``5—10`` (a range), ``2026-12-31`` (a deadline), ``？`` (unreadable), else words."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Target(text, TargetKind.DEADLINE, deadline=date.fromisoformat(text))
    if "—" in text:
        low, high = text.split("—")
        return Target(text, TargetKind.RANGE, None, D(low), D(high), unit)
    if text[0] in set(Operator):
        return Target(text + unit, TargetKind.NUMERIC, Operator(text[0]), D(text[1:]), unit=unit)
    return Target(text, TargetKind.UNREADABLE if text == "？" else TargetKind.QUALITATIVE)


def indicator(code: str, wanted: str = "≥10", unit: str = "", goal: int = 1, **more: Any) -> Indicator:
    level1 = LEVELS[code[:2]]
    return Indicator(
        code, Horizon.ANNUAL, goal, level1, level1, code, target(wanted, unit), "计划标准", FORM, **more
    )


def project(*items: Indicator) -> Project:
    return Project("p", "项目", "单位", D(10), (), items, FORM, "0" * 64)


def actual(code: str, answer: str | Grade = "", unit: str = "", **more: Any) -> Actual:
    """A number, a date, a grade, ``不适用``, ``？`` (unreadable), or nothing (blank)."""
    place = replace(BOOK, cell=code)
    if isinstance(answer, Grade):
        return Actual(code, place, Answer.FILLED, str(answer), grade=answer, **more)
    if answer in ("", "不适用", "？"):
        kinds = {"": Answer.BLANK, "不适用": Answer.NOT_APPLICABLE, "？": Answer.UNREADABLE}
        return Actual(code, place, kinds[answer], answer, **more)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", answer):
        return Actual(code, place, Answer.FILLED, answer, completed=date.fromisoformat(answer), **more)
    return Actual(code, place, Answer.FILLED, answer, D(answer), unit, **more)


def fund(initial: str | None, adjusted: str | None, spent: str | None, name: str = "当年财政拨款") -> Fund:
    before, whole, used = (None if text is None else D(text) for text in (initial, adjusted, spent))
    return Fund(name, before, whole, used, BUDGET)


def submission(*actuals: Actual, funds: Iterable[Fund] | None = None, **more: Any) -> Submission:
    funds = (fund("10", "10", "10"),) if funds is None else tuple(funds)
    return Submission("p", 2026, BOOK, funds, {item.code: item for item in actuals}, **more)


def one(name: str, wanted: str, answer: str | Grade, unit: str = "", **more: Any) -> tuple[Score, list]:
    """The score of a single indicator worth 10 points, and its findings as (code, cell)."""
    own = {"CC-01": D(10), "CC-02": rules(name).indicator_points - 10}
    items = (indicator("CC-01", wanted, unit), indicator("CC-02"))
    more.setdefault("unit", unit)
    given = (
        actual("CC-01", answer, points=own["CC-01"], **more),
        actual("CC-02", "10", points=own["CC-02"]),
    )
    evaluation = score_project(project(*items), submission(*given), rules(name))
    return evaluation.scores[0], codes(f for f in evaluation.findings if f.indicator == "CC-01")


def evaluate(name: str, items: Iterable[Indicator], *actuals: Actual, **more: Any) -> Evaluation:
    return score_project(project(*items), submission(*actuals, **more), rules(name))


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in findings]
