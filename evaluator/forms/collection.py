"""Forms as projects: drafts with their target values read, codes given, keys made unique."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from evaluator.findings import Finding, finding
from evaluator.forms.drafts import CellUse, FormDraft
from evaluator.forms.indicator_row import RowDraft
from evaluator.forms.parser import FormParser
from evaluator.forms.unit_rows import without_unit_rows
from evaluator.forms.vocabulary import Role, Vocabulary, fold, speaking, vocabulary
from evaluator.model import Confidence, Goal, Horizon, Indicator, Place, Project, Source, TargetKind
from evaluator.numbers import read_quantity
from evaluator.operators import read_target
from evaluator.text import decimal_from_text, safe_name, tidy
from evaluator.units import convert, is_money, symbol

_TOTAL = re.compile(r"^\s*(?:资金)?(?:总额|合计|总计|共计|共)[:：为]?")
_LARGE = Decimal(100000)  # 万元; more than a unit's project has, but not much in 元
_FIXED = ("name", "applicant", "budget", "money_unit", "budget_unit")


@dataclass(frozen=True, slots=True)
class FormReading:
    """What a source came to; `uses` says of every non-empty cell what it was read as."""

    projects: tuple[Project, ...]
    findings: tuple[Finding, ...]
    uses: tuple[CellUse, ...]


def read_forms(source: Source, year: int, words: Vocabulary | None = None) -> FormReading:
    """Read every form in a source. `year` is the year being evaluated, for deadlines without a year;
    `words` are the shipped vocabulary with a unit's own words, where it has some.

    Findings: those of ``messages/forms.toml`` and of the target values; a source without any form is
    one finding (``no-form``).
    """
    with speaking(words):
        return _read_forms(source, year)


def _read_forms(source: Source, year: int) -> FormReading:
    parser = FormParser(source, year)
    parser.read()
    forms = without_unit_rows([form for form in parser.forms if form.facts or form.goals or form.rows])
    if not any(form.title or form.rows or "name" in form.facts for form in forms):
        lost = tuple(item for item in parser.findings if item.code == "cells-lost")
        if lost:
            return FormReading((), lost, tuple(parser.uses))
        return FormReading((), (_no_form(source),), tuple(parser.uses))
    projects, findings = [], list(parser.findings)
    for form in forms:
        if form.title:
            findings.append(finding("form-of-whole-unit", form.place, title=form.title))
            continue
        project, more = _project(form, source, year)
        projects.append(project)
        findings.extend(more)
    return FormReading(tuple(projects), tuple(findings), tuple(parser.uses))


def _no_form(source: Source) -> Finding:
    """What to say of a source without a form: what it begins with, or that it is a summary of many."""
    words = vocabulary()
    for row in source.rows:
        levels = [tidy(cell.text) for cell in row.cells if words.level2(cell.text)]
        if len(levels) > 2:
            return finding("summary-table", row.cells[0].place, heads="、".join(levels)[:40])
    excerpt = " ".join(tidy(cell.text) for row in source.rows for cell in row.cells)[:40]
    return finding("no-form", Place(source.path), excerpt=excerpt)


def collect(readings: Iterable[FormReading]) -> tuple[list[Project], list[Finding]]:
    """All projects of a year, keys made unique; the same form received twice counts once."""
    # Two names that differ in case only are one file on Windows and macOS.
    projects: dict[str, Project] = {}
    findings: list[Finding] = []
    for reading in readings:
        renamed: dict[str, str] = {}
        dropped: set[str] = set()
        for project in reading.projects:
            key = project.key
            twin = projects.get(key.casefold())
            if twin and _content(twin) == _content(project):
                dropped.add(key)
                findings.append(
                    finding("project-repeated", project.place, name=project.name, other=str(twin.place))
                )
                continue
            if twin:
                key = next(
                    k
                    for n in range(2, len(projects) + 3)
                    if (k := f"{project.key}-{n}").casefold() not in projects
                )
                renamed[project.key] = key
                findings.append(
                    finding(
                        "project-duplicate", project.place, name=project.name, other=str(twin.place), key=key
                    )
                )
            projects[key.casefold()] = replace(project, key=key)
        findings.extend(
            replace(item, project=renamed.get(item.project, item.project))
            for item in reading.findings
            if item.project not in dropped or not item.project
        )
    return list(projects.values()), findings


def _content(project: Project) -> object:
    rows = tuple((i.horizon, i.goal, i.level1, i.level2, i.name, i.target) for i in project.indicators)
    return project.name, project.budget, rows


def _project(form: FormDraft, source: Source, year: int) -> tuple[Project, list[Finding]]:
    findings = list(form.findings)
    place = form.fact_places.get("name", form.place)
    name = form.facts.get("name", "")
    if not name:
        name = f"{PurePosixPath(source.path).stem}（未写项目名称）"
        findings.append(finding("project-unnamed", place, name=name))
    key = safe_name(name)
    budget, found = _budget(form, name)
    findings.extend(found)
    if form.year and int(form.year) != year:
        findings.append(finding("form-other-year", form.place, name=name, found=form.year, year=year))
    indicators = []
    counts: Counter[tuple[Horizon, str]] = Counter()
    for row in form.rows:
        code = _code(row, counts)
        indicator, found = _indicator(row, code, year, budget)
        indicators.append(indicator)
        findings.extend(replace(item, indicator=code) for item in found)
    if not any(item.horizon is Horizon.ANNUAL for item in indicators):
        findings.append(finding("form-without-table", place, name=name))
    project = Project(
        key=key,
        name=name,
        applicant=form.facts.get("applicant") or form.facts.get("实施单位", ""),
        budget=budget,
        goals=_goals(form),
        indicators=tuple(indicators),
        place=place,
        sha256=source.sha256,
        facts={fact: text for fact, text in form.facts.items() if fact not in _FIXED},
    )
    return project, [replace(item, project=key) for item in findings]


def _goals(form: FormDraft) -> tuple[Goal, ...]:
    """The goals; one that does not say whose it is belongs to the whole term where the year has its own."""
    annual = [goal for goal in form.goals if goal.horizon is Horizon.ANNUAL]
    own = {
        goal.place: number for number, goal in enumerate((g for g in annual if g.place != form.general), 1)
    }
    if len(own) == len(annual) or not own:
        return tuple(form.goals)
    last = max((goal.number for goal in form.goals if goal.horizon is Horizon.LONG_TERM), default=0)
    return tuple(
        replace(goal, horizon=Horizon.LONG_TERM, number=last + 1)
        if goal.place == form.general
        else replace(goal, number=own.get(goal.place, goal.number))
        for goal in form.goals
    )


def _budget(form: FormDraft, name: str) -> tuple[Decimal | None, list[Finding]]:
    """The project's budget in 万元: the cell's own unit, else that of the form's head, else 万元."""
    known = next((fact for fact in ("budget", "项目总预算") if fact in form.facts), "budget")
    text = form.facts.get(known, "")
    place = form.fact_places.get(known, form.place)
    if not text:
        return None, [finding("budget-missing", place, name=name)]
    value, unit_text, _ = read_quantity(_TOTAL.sub("", text))
    given = form.facts.get("budget_unit") or form.facts.get("money_unit") or form.money
    unit = symbol(unit_text or given or "万元")
    if value is None or unit is None or not is_money(unit):
        return None, [finding("budget-unreadable", place, text=text[:40])]
    if not unit_text and not given and value >= _LARGE:
        return value, [finding("budget-unit-assumed", place, text=text[:40])]
    return convert(value, unit, "万元"), []


def _code(row: RowDraft, counts: Counter[tuple[Horizon, str]]) -> str:
    prefix = vocabulary().level1_codes.get(row.level1, "QT")
    counts[row.horizon, prefix] += 1
    number = f"{prefix}-{counts[row.horizon, prefix]:02d}"
    return number if row.horizon is Horizon.ANNUAL else f"LT-{number}"


def _indicator(
    row: RowDraft, code: str, year: int, budget: Decimal | None
) -> tuple[Indicator, list[Finding]]:
    fields = row.fields
    findings = list(row.findings)
    target, found = read_target(
        fields.get(Role.VALUE, ""),
        year,
        row.place,
        operator=fields.get(Role.OPERATOR, ""),
        unit=fields.get(Role.UNIT, ""),
        budget=budget,
    )
    if fields.get(Role.VALUE):  # a missing value has been found already
        findings.extend(found)
    basis = fields.get(Role.BASIS, "")
    if basis and fold(basis) not in vocabulary().basis_words:
        findings.append(finding("basis-unusual", row.place, text=basis[:40]))
    points_text = fields.get(Role.POINTS, "")
    points = decimal_from_text(fold(points_text).rstrip("分%")) if points_text else None
    if points_text and points is None:
        findings.append(finding("points-unreadable", row.place, text=points_text))
    confidence = Confidence.LOW if target.kind is TargetKind.UNREADABLE else row.confidence
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
            confidence=confidence,
            evidence=row.evidence,
            original=row.original,
            extras=row.extras,
        ),
        findings,
    )
