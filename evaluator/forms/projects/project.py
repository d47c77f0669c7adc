"""A form as a project: its target values read, codes given, its budget in 万元."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath

from evaluator.forms.budget import in_wan, sum_of_parts
from evaluator.forms.drafts import FormDraft
from evaluator.forms.table.indicator_row import RowDraft
from evaluator.forms.vocabulary import Role, fold, vocabulary
from evaluator.records.approved import Confidence, Goal, Horizon, Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Source
from evaluator.values.row_target import Row, read_row_target
from evaluator.values.text import decimal_from_text, safe_name, show, squash

_CODE = re.compile(r"^[\[(（【]?\d{3,}[\])）】]?[-—_\s]*(?=\D)")
# 2025年12月 is when a form was approved, 〔2025〕 a number of a document.
_FORM_YEAR = re.compile(r"(?<![\d〔\[(（])(20\d\d)(?!\d)(?!年?[.\-]?\d|[〕\])）])")
_WHEN = re.compile(r"(?:时间|日期|月份|时点|时限)$")
_SUPPOSED = {
    *("operator-missing", "operator-unknown", "unit-unknown", "target-digits-joined", "month-or-months"),
    *("deadline-doubtful", "target-like-a-day", "target-change", "target-stated-qualitative"),
    *("target-sign-before-words", "operator-as-equal", "cost-at-most", "money-without-unit"),
}
_REFUSED = {"values-by-place", "values-unnamed", "summary-table"}
"""Findings that say already why a form has no indicators."""
_FIXED = ("name", "applicant", "money_unit")


def read_project(form: FormDraft, source: Source, year: int) -> tuple[Project, list[Finding]]:
    """A form as a project of the year evaluated, its key not yet unique, and all that was found in it."""
    findings = list(form.findings)
    place = form.fact_places.get("name", form.place)
    name = form.facts.get("name", "")
    if not name:
        name = f"{PurePosixPath(source.path).stem}（未写项目名称）"
        findings.append(finding("project-unnamed", place, name=name))
    key = safe_name(name)
    budget, found = _budget(form, name)
    findings += [*found, *_of_another_year(form, source, year, name)]
    indicators, found = _indicators(form, year, budget)
    annual = [item for item in indicators if item.horizon is Horizon.ANNUAL]
    findings += [*found, *_missing(form, annual, name, place), *_points_partial(annual, name)]
    applicant = form.facts.get("applicant") or form.facts.get("实施单位", "")
    if form.asks_applicant and not applicant:
        findings.append(finding("applicant-missing", form.asks_applicant, name=name))
    project = Project(
        key=key,
        name=name,
        applicant=_CODE.sub("", applicant),
        budget=budget,
        goals=_goals(form),
        indicators=tuple(indicators),
        place=place,
        sha256=source.sha256,
        facts={fact: text for fact, text in form.facts.items() if fact not in _FIXED},
    )
    return project, [replace(item, project=key) for item in findings]


def _of_another_year(form: FormDraft, source: Source, year: int, name: str) -> list[Finding]:
    found = form.year or _year_around(form, source)
    if not found or int(found) == year:
        return []
    return [finding("form-other-year", form.place, name=name, found=found, year=year)]


def _indicators(form: FormDraft, year: int, budget: Decimal | None) -> tuple[list[Indicator], list[Finding]]:
    indicators: list[Indicator] = []
    findings: list[Finding] = []
    counts: Counter[tuple[Horizon, str]] = Counter()
    for row in form.rows:
        code = _code(row, counts)
        indicator, found = _indicator(row, code, year, budget)
        indicators.append(indicator)
        findings += [replace(item, indicator=code) for item in found]
    return indicators, findings


def _missing(form: FormDraft, annual: Sequence[Indicator], name: str, place: Place) -> list[Finding]:
    """What a project cannot be without: indicators of the year, and a goal of the year."""
    if not annual:
        said = _REFUSED & {item.code for item in form.findings}
        return [] if said else [finding("form-without-table", place, name=name)]
    has_goal = any(goal.horizon is Horizon.ANNUAL for goal in form.goals)
    return [] if has_goal else [finding("goal-missing", place, name=name)]


def _points_partial(annual: Sequence[Indicator], name: str) -> list[Finding]:
    """Points that only some indicators of the year have."""
    without = [item for item in annual if item.points is None]
    if not 0 < len(without) < len(annual):
        return []
    names = "、".join(item.name for item in without)
    count = len(without)
    return [finding("points-partial", without[0].place, name=name, count=count, names=names[:60])]


def _year_around(form: FormDraft, source: Source) -> str:
    """The year that a form is for by its head, its sheet's or its file's name; empty where they say none."""
    for text in (form.facts.get("年度", ""), form.place.part, PurePosixPath(source.path).stem):
        years = {found[1] for found in _FORM_YEAR.finditer(text)}
        if len(years) == 1:
            return next(iter(years))
    return ""


def _goals(form: FormDraft) -> tuple[Goal, ...]:
    """The goals; one that does not say whose it is belongs to the whole term where the year has its own."""
    general = [goal for goal in form.goals if goal.place == form.general]
    own = [goal for goal in form.goals if goal.horizon is Horizon.ANNUAL and goal not in general]
    if not own or not any(goal.horizon is Horizon.ANNUAL for goal in general):
        return tuple(form.goals)
    last = max((goal.number for goal in form.goals if goal.horizon is Horizon.LONG_TERM), default=0)
    numbers = {goal.place: number for number, goal in enumerate(own, 1)}
    return tuple(
        replace(goal, horizon=Horizon.LONG_TERM, number=last + 1)
        if goal in general
        else replace(goal, number=numbers.get(goal.place, goal.number))
        for goal in form.goals
    )


def _budget(form: FormDraft, name: str) -> tuple[Decimal | None, list[Finding]]:
    """The project's budget in 万元; budget-missing where the form names none, budget-of-parts where it names
    only what the budget is made of.
    """
    budget = form.known_budget()
    if budget is None:
        total = sum_of_parts(form.parts_of_budget(), form.unit, form.place)
        if total is None:
            return None, [finding("budget-missing", form.place, name=name)]
        return total, [finding("budget-of-parts", form.place, name=name, total=show(total))]
    return in_wan(budget, form.unit)


def _code(row: RowDraft, counts: Counter[tuple[Horizon, str]]) -> str:
    prefix = vocabulary().level1_codes.get(row.level1, "QT")
    counts[row.horizon, prefix] += 1
    number = f"{prefix}-{counts[row.horizon, prefix]:02d}"
    return number if row.horizon is Horizon.ANNUAL else f"LT-{number}"


def _target(row: RowDraft, year: int, budget: Decimal | None) -> tuple[Target, list[Finding]]:
    """The target value of a row, with what its columns, its name and its levels add."""
    name, unit = row.fields.get(Role.NAME, ""), row.fields.get(Role.UNIT, "")
    beside = Row(name, row.level1, row.level2, row.fields.get(Role.OPERATOR, ""), unit)
    target, found = read_row_target(row.fields.get(Role.VALUE, ""), beside, year, row.place, budget)
    if squash(unit) in ("月", "月份") and _is_month(name, target):
        number = show(target.value)
        found = [*found, finding("month-or-months", row.place, text=target.text, number=number)]
    return target, found


def _confidence(row: RowDraft, target: Target, *, supposed: bool) -> Confidence:
    """How sure the reading is: never 高 where a part of the value had to be supposed."""
    if target.kind is TargetKind.UNREADABLE:
        return Confidence.LOW
    return Confidence.MEDIUM if supposed and row.confidence is Confidence.HIGH else row.confidence


def _is_month(name: str, target: Target) -> bool:
    """Whether a number of months may be a month of the year, for the name asks when: 完成时间."""
    return _WHEN.search(name) is not None and target.value is not None and 1 <= target.value <= 12


def _indicator(
    row: RowDraft, code: str, year: int, budget: Decimal | None
) -> tuple[Indicator, list[Finding]]:
    fields = row.fields
    findings = list(row.findings)
    target, found = _target(row, year, budget)
    if fields.get(Role.VALUE):  # a missing value has been found already
        findings.extend(found)
    basis = fields.get(Role.BASIS, "")
    if basis and fold(basis) not in vocabulary().basis_words:
        findings.append(finding("basis-unusual", row.place, text=basis[:40]))
    points_text = fields.get(Role.POINTS, "")
    points = decimal_from_text(fold(points_text).rstrip("分%")) if points_text else None
    if points_text and points is None:
        findings.append(finding("points-unreadable", row.place, text=points_text))
    supposed = _SUPPOSED & {item.code for item in found}
    return (
        Indicator(
            code=code,
            horizon=row.horizon,
            goal=row.goal,
            level1=row.level1,
            level2=row.level2,
            name=fields.get(Role.NAME, ""),
            target=target,
            basis=basis,
            place=row.place,
            points=points,
            confidence=_confidence(row, target, supposed=bool(supposed)),
            evidence=row.evidence + ("；指标值的读法有推定" if supposed else ""),
            original=row.original,
            extras=row.extras,
        ),
        findings,
    )
