"""扫描核对.xlsx: its entries taken over before an import, written anew behind it; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from evaluator.pipeline.workspace import Workspace
from evaluator.proofreading import doubts_of
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.scans.store import PageStore, prune
from evaluator.storage.files import is_there, refusal, write_bytes
from evaluator.tables.confirming import take_over
from evaluator.workbooks import scan_layout
from evaluator.workbooks.scan_entries import may_have_entries, read_scan_entries

_NOT_TO_ITS_END = frozenset(
    ("scan-extra-missing", "scan-too-slow", "scan-damaged", "source-damaged", "source-locked")
) | frozenset(("source-not-read", "source-not-found", "pdf-too-slow", "pdf-cut"))


def review_path(workspace: Workspace, year: int) -> Path:
    """Where the workbook is."""
    return workspace.targets(year) / scan_layout.NAME


def review_place(workspace: Workspace, year: int) -> Place:
    """Where people confirm, as findings name it."""
    return replace(workspace.place(review_path(workspace, year)), part=scan_layout.ROWS)


def is_touched(workspace: Workspace, year: int) -> bool:
    """Whether people may have typed something into the workbook since it was written.

    Who double-clicks never imports, so every run looks.
    """
    return may_have_entries(review_path(workspace, year))


def has_entries(workspace: Workspace, year: int, projects: Iterable[Project]) -> bool:
    """Whether something that people typed may be about `projects`."""
    return bool(_scanned(projects)) and is_touched(workspace, year)


def _scanned(projects: Iterable[Project]) -> list[Project]:
    return [project for project in projects if project.scan or any(i.scan for i in project.indicators)]


def take_entries(workspace: Workspace, year: int) -> tuple[bool, list[Finding]]:
    """Put what people typed into the tables; whether the workbook may be written anew, and what was found.

    Findings: scan-entries-taken (how many), scan-entry-outdated, what keeps the workbook or a table from
    being read. A workbook with entries that have no place any more is kept aside first.
    """
    path, folder = review_path(workspace, year), workspace.targets(year)
    entries, findings = read_scan_entries(path, workspace.root)
    if findings or not entries:
        return not findings, findings
    try:
        taken, lost = take_over(folder, workspace.relative(folder), entries)
        place = workspace.place(path)
        if lost:
            kept = _keep(path)
            findings += [*lost, finding("scan-review-kept", place, kept=kept.name)]
        if taken:
            findings.append(finding("scan-entries-taken", place, count=taken))
    except OSError as error:
        return False, [*findings, refusal(error, workspace.place(folder))]
    return True, findings


def _keep(path: Path) -> Path:
    """A copy of the workbook under a name that is free, or the copy that there is of it already."""
    content, number = path.read_bytes(), 1
    while is_there(kept := path.with_name(f"{path.stem}.旧表{number}{path.suffix}")):
        if kept.read_bytes() == content:
            return kept
        number += 1
    write_bytes(kept, content)
    return kept


def write_review(
    workspace: Workspace, year: int, projects: Iterable[Project], findings: Iterable[Finding]
) -> list[Finding]:
    """Write the workbook where anything was read from a picture. `findings` are those of the import.

    Findings: file-locked and the like.
    """
    from evaluator.pipeline.reading import pages_folder
    from evaluator.render.scan_review.workbook import write_scan_review

    own = _scanned(projects)
    if not own:
        return []
    findings = list(findings)
    doubts = {project.key: doubts_of(project, year, findings) for project in own}
    path = review_path(workspace, year)
    draft = path.with_name(f".~{path.name}")
    try:
        write_scan_review(draft, own, doubts, year, pages_folder(workspace, year))
        content = draft.read_bytes()
        draft.unlink()
        if not is_there(path) or path.read_bytes() != content:
            write_bytes(path, content)
    except OSError as error:
        return [refusal(error, workspace.place(path))]
    return []


def prune_pages(pages: PageStore, findings: Iterable[Finding], projects: Iterable[Project]) -> None:
    """Remove kept pages that neither a form nor a row of the tables names any more.

    Not where a file could not be read to its end: what it holds is not known today.
    """
    if not projects or any(item.code in _NOT_TO_ITS_END for item in findings):
        return
    scans = [scan for p in projects for scan in (p.scan, *(item.scan for item in p.indicators)) if scan]
    prune(pages.folder, pages.named | {scan.value.sha256 for scan in scans})
