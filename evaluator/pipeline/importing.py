"""Forms to tables: read every source, keep what people corrected, and see what changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.checks import check_targets
from evaluator.files import digest, is_there, refusal, write_bytes
from evaluator.findings import Finding, finding
from evaluator.forms import FormReading, collect, load_own_words, read_forms
from evaluator.model import Indicator, Place, Project
from evaluator.pipeline.workspace import Workspace, files_in
from evaluator.readers import read_source
from evaluator.tables import AS_READ, PROJECTS, indicator_table, load_targets, merge_targets, project_table
from evaluator.tables.rows import PROJECT_EDITABLE, project_cells
from evaluator.text import squash

_SAVED = "findings.json"
_BUDGET_CODES = {"budget-missing", "budget-unreadable"}


@dataclass(frozen=True, slots=True)
class Targets:
    """The approved targets of a year, with what was found in them.

    `events` are what happened on the way (a form imported, an old table put aside): they are told once,
    on the terminal; `findings` come again with every run.
    """

    projects: tuple[Project, ...]
    findings: tuple[Finding, ...]
    events: tuple[Finding, ...] = ()


def read_targets_from_sources(workspace: Workspace, year: int) -> Targets:
    """Read all approved forms of a year. Nothing is written."""
    readings: list[FormReading] = []
    findings = workspace.unread(workspace.source(year))
    words, found = load_own_words(workspace.own_words, workspace.root)
    findings += found
    for path in files_in(workspace.source(year)):
        source, found = read_source(path, workspace.root)
        findings.extend(found)
        if source is not None:
            readings.append(read_forms(source, year, words))
    folder = workspace.place(workspace.source(year))
    if not readings and not findings:
        findings.append(finding("source-folder-empty", folder))
    elif not any(reading.projects for reading in readings):
        findings.append(finding("no-project", folder))
    loose = [item for reading in readings if not reading.projects for item in reading.findings]
    projects, found = collect(reading for reading in readings if reading.projects)
    return Targets(tuple(projects), (*findings, *loose, *found))


def import_targets(workspace: Workspace, year: int) -> Targets:
    """Read all forms and write the tables; a person's edits in them are kept, and count.

    Where no form could be read, nothing is written. A table that cannot be written is a finding.
    """
    read = read_targets_from_sources(workspace, year)
    if not read.projects:
        return read
    folder = workspace.targets(year)
    relative = workspace.relative(folder)
    events: list[Finding] = []
    try:
        _, events = merge_targets(
            folder, relative, project_table(read.projects), indicator_table(read.projects)
        )
        passing = workspace.unread(workspace.source(year))
        lasting = [item for item in read.findings if item not in passing]
        _save_findings(folder / AS_READ / _SAVED, lasting)
    except OSError as error:
        events.append(refusal(error, Place(relative)))
    settled = load_targets_as_they_are(workspace, year)
    return replace(settled, events=tuple(events))


def import_for_review(workspace: Workspace, year: int) -> Targets:
    """Import, and check what was imported: all that a person should look at before the year goes on."""
    targets = import_targets(workspace, year)
    checks = [found for project in targets.projects for found in check_targets(project, year)]
    return replace(targets, findings=(*targets.findings, *checks))


def load_or_import(workspace: Workspace, year: int) -> Targets:
    """The targets of a year: from the tables where they are, imported first where they are not.

    Findings of the import come again with every run (they are kept with the tables), except for rows
    that a person has corrected since.
    """
    folder = workspace.targets(year)
    events: list[Finding] = []
    if not is_there(folder / PROJECTS):
        imported = import_targets(workspace, year)
        if not is_there(folder / PROJECTS):
            return imported
        events += imported.events
    targets = load_targets_as_they_are(workspace, year)
    new = _unseen(workspace, year, targets)
    if new:
        events += [finding("source-added", workspace.place(path)) for path in new]
        events += import_targets(workspace, year).events
        targets = load_targets_as_they_are(workspace, year)
    return replace(targets, events=tuple(events))


def _unseen(workspace: Workspace, year: int, targets: Targets) -> list[Path]:
    """Source files that no import has seen."""
    saved = _saved_findings(workspace.targets(year) / AS_READ / _SAVED)
    seen = {item.place.file for item in targets.projects} | {item.place.file for item in saved}
    return [path for path in files_in(workspace.source(year)) if workspace.relative(path) not in seen]


def load_targets_as_they_are(workspace: Workspace, year: int) -> Targets:
    """The targets of a year without writing anything: from the tables, else read from the forms."""
    folder = workspace.targets(year)
    if not is_there(folder / PROJECTS):
        return read_targets_from_sources(workspace, year)
    projects, found = load_targets(folder, workspace.relative(folder), year)
    saved = _saved_findings(folder / AS_READ / _SAVED)
    now = (*workspace.unread(workspace.source(year)), *_stale(workspace, year, projects))
    return Targets(tuple(projects), (*_still_valid(saved, projects), *found, *now))


def _save_findings(path: Path, findings: Iterable[Finding]) -> None:
    rows = [
        {
            "code": item.code,
            "file": item.place.file,
            "part": item.place.part,
            "cell": item.place.cell,
            "project": item.project,
            "indicator": item.indicator,
            "details": dict(item.details),
        }
        for item in findings
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    write_bytes(path, text.encode() + b"\n")


def _saved_findings(path: Path) -> list[Finding]:
    """The findings of the last import; none where the file is gone or is not ours any more."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [
            finding(
                row["code"],
                Place(row["file"], row["part"], row["cell"]),
                project=row["project"],
                indicator=row["indicator"],
                **row["details"],
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _still_valid(findings: Iterable[Finding], projects: Iterable[Project]) -> list[Finding]:
    corrected = {(p.key, i.code) for p in projects for i in p.indicators if i.corrections}
    budgets = {p.key for p in projects if any("预算" in c.column for c in p.corrections)}
    return [
        item
        for item in findings
        if (item.project, item.indicator) not in corrected
        and not (item.code in _BUDGET_CODES and item.project in budgets)
    ]


def _stale(workspace: Workspace, year: int, projects: Iterable[Project]) -> list[Finding]:
    """What changed in the sources since the import, row by row."""
    findings: list[Finding] = []
    by_file: dict[str, list[Project]] = {}
    for project in projects:
        by_file.setdefault(project.place.file, []).append(project)
    sources = files_in(workspace.source(year))
    for file, imported in by_file.items():
        path = workspace.path(file, sources)
        try:
            present = digest(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            findings.append(finding("source-missing", Place(file)))
        except OSError:
            findings.append(finding("source-locked", Place(file)))
        else:
            if present != imported[0].sha256:
                findings.extend(_differences(workspace, path, imported, year))
    return findings


def _differences(workspace: Workspace, path: Path, imported: list[Project], year: int) -> list[Finding]:
    source, findings = read_source(path, workspace.root)
    if source is None:
        return findings
    words, _ = load_own_words(workspace.own_words, workspace.root)
    now, _ = collect([read_forms(source, year, words)])
    found: list[Finding] = []
    current = {project.key: project for project in now}
    for project in imported:
        other = current.pop(project.key, None)
        found += _changes(project, other)
    found += [_elsewhere(project, f"多了项目“{project.name}”") for project in current.values()]
    if not found:
        extent = "读出的内容没有变化（可能只改了排版）"
        found.append(finding("source-changed-elsewhere", workspace.place(path), extent=extent))
    return [*findings, *found]


def _changes(project: Project, other: Project | None) -> Iterator[Finding]:
    """What a form says now (`other`) that it did not say when it was imported."""
    if other is None:
        yield _elsewhere(project, f"没有项目“{project.name}”了")
        return
    rows = {item.code: item for item in other.indicators}
    for item in project.indicators:
        row = rows.pop(item.code, None)
        if item.original and (row is None or row.original != item.original):
            yield _changed(project, item, row)
    for item in rows.values():
        yield _elsewhere(other, f"新增指标“{item.name}”", item.place)
    before, after = project_cells(project), project_cells(other)
    for column in PROJECT_EDITABLE:
        approved = next((c.approved for c in project.corrections if c.column == column), before[column])
        if squash(approved) != squash(after[column]):
            extent = f"{column}由“{_short(approved)}”变为“{_short(after[column])}”"
            yield _elsewhere(project, extent)


def _short(text: str) -> str:
    text = text or "（空）"
    return text if len(text) <= 60 else f"{text[:30]}……{text[-30:]}"


def _elsewhere(project: Project, extent: str, place: Place | None = None) -> Finding:
    at = place or project.place
    return finding("source-changed-elsewhere", at, project=project.key, extent=extent)


def _changed(project: Project, item: Indicator, other: Indicator | None) -> Finding:
    return finding(
        "source-changed",
        item.place,
        project=project.key,
        indicator=item.code,
        name=item.name,
        before=item.original,
        after=other.original if other else "（没有了）",
    )
