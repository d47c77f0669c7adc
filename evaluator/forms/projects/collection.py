"""Forms as projects: drafts with their target values read, codes given, keys made unique."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from evaluator.forms.drafts import FormDraft
from evaluator.forms.projects.project import read_project
from evaluator.forms.projects.stacked import inherit_heads, without_open_heads
from evaluator.forms.projects.unit_rows import without_unit_rows
from evaluator.forms.reading import read_drafts
from evaluator.forms.tags import tag
from evaluator.forms.trace import CellUse
from evaluator.forms.vocabulary import Vocabulary, speaking, vocabulary
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Source
from evaluator.values.text import tidy

_REFUSALS = ("cells-lost", "summary-table", "values-by-place", "values-unnamed")
_APART = "\0"  # no key has it


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
    read = read_drafts(source, year)
    drafts = without_open_heads(form for form in read.forms if not form.is_empty)
    forms = without_unit_rows(inherit_heads(drafts))
    empty = [found for form in read.forms if form.is_empty for found in form.findings]
    findings, uses = [*read.findings, *empty], tuple(read.trace.uses)
    if not any(map(_is_form, forms)):
        return FormReading((), _nothing_read(source, findings), uses)
    findings += [_other_form(form) for form in forms if form.title]
    projects, found = _projects((form for form in forms if not form.title), source, year)
    if any(item.code == "cells-lost" for item in findings):  # which says why there are no indicators
        found = [item for item in found if item.code != "form-without-table"]
    return FormReading(tuple(projects), (*findings, *found), uses)


def _projects(forms: Iterable[FormDraft], source: Source, year: int) -> tuple[list[Project], list[Finding]]:
    """The projects of forms, those of one name told apart until `collect` gives keys."""
    projects: list[Project] = []
    findings: list[Finding] = []
    for form in forms:
        project, found = read_project(form, source, year)
        twins = sum(_named(other.key) == project.key for other in projects)
        if twins:
            project = replace(project, key=f"{project.key}{_APART}{twins}")
            found = [replace(item, project=project.key if item.project else "") for item in found]
        projects.append(project)
        findings += found
    return projects, findings


def _is_form(form: FormDraft) -> bool:
    return bool(form.title or form.rows or "name" in form.facts)


def _nothing_read(source: Source, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What to say of a source without any form: why its table was refused, else that there is none."""
    refused = tuple(item for item in findings if item.code in _REFUSALS)
    return refused or (_no_form(source),)


def _other_form(form: FormDraft) -> Finding:
    """What to say of a form that is no project's targets."""
    whole = tag(form.title).matches("whole_unit_title") and not tag(form.title).matches("results_title")
    code = "form-of-whole-unit" if whole else "form-of-results"
    return finding(code, form.place, title=form.title)


def _named(key: str) -> str:
    return key.partition(_APART)[0]


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
            key = _named(project.key)
            twin = projects.get(key.casefold())
            if twin and _content(twin) == _content(project):
                dropped.add(project.key)
                findings.append(
                    finding("project-repeated", project.place, name=project.name, other=str(twin.place))
                )
                continue
            if twin:
                key = next(
                    k
                    for n in range(2, len(projects) + 3)
                    if (k := f"{_named(project.key)}-{n}").casefold() not in projects
                )
                findings.append(
                    finding(
                        "project-duplicate", project.place, name=project.name, other=str(twin.place), key=key
                    )
                )
            renamed[project.key] = key
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
