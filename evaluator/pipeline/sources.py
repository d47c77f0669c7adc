"""What the forms in ``source/`` say now that they did not say when they were imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evaluator.forms.vocabulary import Vocabulary
from evaluator.pipeline.saved import saved_findings
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.storage.files import digest
from evaluator.tables.columns import CODE, KEY, ORIGINAL, PROJECT_EDITABLE
from evaluator.tables.corrections import approved_rows
from evaluator.tables.pairing import changes
from evaluator.tables.rows import indicator_cells, place_of, project_cells
from evaluator.values.text import squash

Cells = Mapping[str, str]
Rows = tuple[list[Cells], list[Cells]]
_NUMBERED = re.compile(r"-\d+$")
_GONE = "（没有了）"


def unseen(workspace: Workspace, year: int) -> list[Path]:
    """Source files that no import has seen."""
    folder = workspace.targets(year)
    seen = {cells["来源文件"] for cells in approved_rows(folder)[0]}
    seen |= {item.place.file for item in saved_findings(folder)}
    return [path for path in workspace.sources(year) if workspace.relative(path) not in seen]


def differences_now(workspace: Workspace, year: int, words: Vocabulary | None) -> list[Finding]:
    """What changed in the sources since the import, row by row; files that are gone, and that are new.

    Findings: source-changed, source-changed-elsewhere, source-missing, source-locked, source-not-imported.
    """
    projects, rows = approved_rows(workspace.targets(year))
    by_file: dict[str, list[Cells]] = {}
    for cells in projects:
        by_file.setdefault(cells["来源文件"], []).append(cells)
    sources = workspace.sources(year)
    findings: list[Finding] = []
    lost: list[Cells] = []
    for file, imported in by_file.items():
        path = workspace.path(file, sources)
        try:
            present = _digest(workspace, path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            lost += imported
            findings.append(finding("source-missing", Place(file)))
        except OSError:
            findings.append(finding("source-locked", Place(file)))
        else:
            if present != imported[0]["来源sha256"]:
                now, found = _read(workspace, path, year, words)
                findings += found or _differences(workspace.place(path), (imported, rows), now)
    for path in unseen(workspace, year):
        findings.append(finding("source-not-imported", workspace.place(path)))
        now, _ = _read(workspace, path, year, words) if lost else ([], [])
        renamed = _same_projects(lost, now)
        for cells, project in renamed:
            findings += _changes(cells, rows, *_as_rows(project))
    return findings


def _digest(workspace: Workspace, path: Path) -> str:
    """A file's digest; a link that leads out of the workspace is none. Raises OSError."""
    if workspace.leads_out(path):
        raise FileNotFoundError(path)
    return digest(path)


def _read(
    workspace: Workspace, path: Path, year: int, words: Vocabulary | None
) -> tuple[list[Project], list[Finding]]:
    from evaluator.forms import collect
    from evaluator.pipeline.reading import read_form

    reading, findings = read_form(workspace, path, year, words)
    return (collect([reading])[0], []) if reading else ([], findings)


def _as_rows(project: Project) -> tuple[Cells, list[Cells]]:
    return project_cells(project), [indicator_cells(project, item) for item in project.indicators]


def _same_projects(imported: Iterable[Cells], now: Iterable[Project]) -> list[tuple[Cells, Project]]:
    """Each project with what it is now: of its key, else of the name that its key was numbered from."""
    left = {project.key: project for project in now}
    pairs = []
    for cells in sorted(imported, key=lambda row: row[KEY] not in left):
        project = left.pop(cells[KEY], None) or left.pop(_NUMBERED.sub("", cells[KEY]), None)
        if project:
            pairs.append((cells, project))
    return pairs


def _differences(place: Place, imported: Rows, now: list[Project]) -> list[Finding]:
    pairs = _same_projects(imported[0], now)
    found = [item for cells, project in pairs for item in _changes(cells, imported[1], *_as_rows(project))]
    known, present = {cells[KEY] for cells, _ in pairs}, [project for _, project in pairs]
    found += [
        _elsewhere(cells, f"没有项目“{cells['项目名称']}”了")
        for cells in imported[0]
        if cells[KEY] not in known
    ]
    found += [
        finding("source-changed-elsewhere", project.place, extent=f"多了项目“{project.name}”")
        for project in now
        if project not in present
    ]
    unchanged = "读出的内容没有变化（可能只改了排版或文件格式）"
    return found or [finding("source-changed-elsewhere", place, extent=unchanged)]


def _changes(head: Cells, rows: Iterable[Cells], after: Cells, now: Iterable[Cells]) -> Iterator[Finding]:
    """What a project's form says now (`after`, `now`) that it did not say when it was imported."""
    key = head[KEY]
    own = [cells for cells in rows if cells[KEY] == key]
    for was, row in changes(own, [{**cells, KEY: key} for cells in now]):
        if was is None and row is not None:
            yield _elsewhere(head, f"新增指标“{row['三级指标']}”", place_of(row))
        elif was is not None:
            before, present = _said(was, row)
            about = {"project": key, "indicator": was[CODE], "name": was["三级指标"]}
            yield finding("source-changed", place_of(was), **about, before=before, after=present)
    yield from (_elsewhere(head, extent) for extent in _head_changes(head, after))


def _head_changes(before: Cells, after: Cells) -> Iterator[str]:
    for column in PROJECT_EDITABLE:
        if squash(before[column]) != squash(after[column]):
            yield f"{column}由“{_short(before[column])}”变为“{_short(after[column])}”"


def _said(was: Cells, now: Cells | None) -> tuple[str, str]:
    """A row before and after: its text, or the cells that differ where it only inherits the change."""
    if now is None:
        return was[ORIGINAL], _GONE
    if squash(was[ORIGINAL]) != squash(now[ORIGINAL]):
        return was[ORIGINAL], now[ORIGINAL]
    columns = [column for column in was if column in now and squash(was[column]) != squash(now[column])]
    columns = [column for column in columns if column in ("目标序号", "一级指标", "二级指标")] or columns[:1]
    before, after = ("，".join(f"{c}：{cells[c]}" for c in columns) for cells in (was, now))
    return f"{was[ORIGINAL]}（{before}）", f"{now[ORIGINAL]}（{after}）"


def _short(text: str) -> str:
    text = text or "（空）"
    return text if len(text) <= 60 else f"{text[:30]}……{text[-30:]}"


def _elsewhere(head: Cells, extent: str, place: Place | None = None) -> Finding:
    return finding("source-changed-elsewhere", place or place_of(head), project=head[KEY], extent=extent)


def changed_targets(before: Rows, after: Rows) -> list[Finding]:
    """What an import found changed in forms that were imported before; the same form read anew is none.

    Findings: target-changed.
    """
    then = {cells[KEY]: cells["来源sha256"] for cells in before[0]}
    keys = {row[KEY] for row in after[0] if then.get(row[KEY], row["来源sha256"]) != row["来源sha256"]}
    found = []
    was, now = ([row for row in rows if row[KEY] in keys] for rows in (before[1], after[1]))
    for old, new in changes(was, now):
        row = new or old
        if row is not None:
            said = _said(old, new) if old else ("（原来没有）", row[ORIGINAL])
            about = {"project": row[KEY], "indicator": row[CODE], "name": row["三级指标"]}
            found.append(finding("target-changed", place_of(row), **about, before=said[0], after=said[1]))
    return found
