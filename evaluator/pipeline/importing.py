"""Forms to tables: read every source, keep what people corrected, and see what changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.checks import check_targets
from evaluator.forms.own_words import load_own_words
from evaluator.forms.vocabulary import speaking
from evaluator.pipeline.samples import set_samples_aside
from evaluator.pipeline.saved import save_findings, saved_findings, still_valid
from evaluator.pipeline.scan_review import (
    has_entries,
    prune_pages,
    review_place,
    take_entries,
    write_review,
)
from evaluator.pipeline.sources import changed_targets, differences_now, unseen
from evaluator.pipeline.workspace import Workspace
from evaluator.proofreading import unconfirmed
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding, has_errors
from evaluator.records.source import Place
from evaluator.scans.store import PageStore
from evaluator.storage.files import is_there, refusal
from evaluator.tables import (
    AS_READ,
    INDICATORS,
    PROJECTS,
    indicator_table,
    load_targets,
    merge_targets,
    project_table,
)
from evaluator.tables.corrections import approved_rows
from evaluator.tables.merging import KEPT_ASIDE


@dataclass(frozen=True, slots=True)
class Targets:
    """The approved targets of a year, with what was found in them.

    `events` are what happened on the way (a form imported, an old table put aside): they are told once,
    on the terminal; `findings` come again with every run.
    """

    projects: tuple[Project, ...]
    findings: tuple[Finding, ...]
    events: tuple[Finding, ...] = ()


def read_targets_from_sources(workspace: Workspace, year: int, pages: PageStore | None = None) -> Targets:
    """Read all approved forms of a year. Nothing is written, but with `pages` those read from pictures."""
    from evaluator.forms import FormReading, collect
    from evaluator.pipeline.reading import read_form

    readings: list[FormReading] = []
    findings = workspace.unread(workspace.source(year))
    words, found = load_own_words(workspace.own_words, workspace.root)
    findings += found
    for path in workspace.sources(year):
        reading, found = read_form(workspace, path, year, words, pages)
        findings.extend(found)
        if reading is not None:
            readings.append(reading)
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
    from evaluator.pipeline.reading import page_store

    pages = page_store(workspace, year, keep=True)
    read = read_targets_from_sources(workspace, year, pages)
    if not read.projects:
        return read
    folder = workspace.targets(year)
    relative = workspace.relative(folder)
    events: list[Finding] = []
    renewing, told = take_entries(workspace, year)
    before = approved_rows(folder)
    try:
        written, found = merge_targets(
            folder, relative, project_table(read.projects), indicator_table(read.projects)
        )
        aside = [item for item in found if item.code in KEPT_ASIDE]
        events = [item for item in found if item.code not in KEPT_ASIDE]
        if written:
            events += changed_targets(before, approved_rows(folder))
            passing = workspace.unread(workspace.source(year))
            lasting = [item for item in read.findings if item not in passing]
            earlier = [item for item in saved_findings(folder) if item.code in KEPT_ASIDE]
            save_findings(folder, [*lasting, *still_valid(earlier, (), folder), *aside])
    except OSError as error:
        events.append(refusal(error, Place(relative)))
    settled = load_targets_as_they_are(workspace, year)
    # Where a table cannot be read, that is a finding of every run already.
    events = [item for item in (*told, *events) if item not in settled.findings]
    if renewing:
        events += write_review(workspace, year, settled.projects, settled.findings)
    prune_pages(pages, read.findings, settled.projects)
    return replace(settled, events=tuple(events))


def import_for_review(workspace: Workspace, year: int) -> Targets:
    """Import, and check what was imported: all that a person should look at before the year goes on."""
    aside = set_samples_aside(workspace, year)
    if has_errors(aside):
        return Targets((), (), tuple(aside))
    targets = import_targets(workspace, year)
    checks = [found for project in targets.projects for found in check_targets(project, year)]
    return replace(targets, findings=(*targets.findings, *checks), events=(*aside, *targets.events))


def load_or_import(workspace: Workspace, year: int) -> Targets:
    """The targets of a year: from the tables where they are, imported first where they are not.

    They are imported again for a new form, and for entries in 扫描核对.xlsx. Findings of the import come
    again with every run (they are kept with the tables), except for what a person has corrected since. Where
    one of the tables is gone nothing is imported: its corrections may lie elsewhere.
    """
    folder = workspace.targets(year)
    events = set_samples_aside(workspace, year)
    if has_errors(events):  # a delivery never holds samples beside a unit's own projects
        return Targets((), (), tuple(events))
    mixed = bool(events) and _is_imported(folder)
    if not _is_imported(folder):
        imported = import_targets(workspace, year)
        if not _is_imported(folder):
            return replace(imported, events=(*events, *imported.events))
        events += imported.events
    targets = load_targets_as_they_are(workspace, year)
    new = unseen(workspace, year) if targets.projects else []
    if new or mixed or has_entries(workspace, year, targets.projects):
        events += [finding("source-added", workspace.place(path)) for path in new]
        events += import_targets(workspace, year).events
        targets = load_targets_as_they_are(workspace, year)
    return replace(targets, events=tuple(events))


def _is_imported(folder: Path) -> bool:
    """Whether an import has written into a folder, even where a table is gone since."""
    names = (PROJECTS, INDICATORS)
    return any(is_there(place / name) for place in (folder, folder / AS_READ) for name in names)


def load_targets_as_they_are(workspace: Workspace, year: int) -> Targets:
    """The targets of a year without writing anything: from the tables, else read from the forms."""
    folder = workspace.targets(year)
    if not _is_imported(folder):
        read = read_targets_from_sources(workspace, year)
        now = unconfirmed(read.projects, year, review_place(workspace, year))
        return replace(read, findings=(*read.findings, *now))
    words, _ = load_own_words(workspace.own_words, workspace.root)
    with speaking(words):
        projects, found = load_targets(folder, workspace.relative(folder), year)
    saved = still_valid(saved_findings(folder), projects, folder)
    now = workspace.unread(workspace.source(year))
    if projects:
        now += differences_now(workspace, year, words)
        now += unconfirmed(projects, year, review_place(workspace, year))
    return Targets(tuple(projects), (*saved, *found, *now))
