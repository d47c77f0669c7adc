"""The samples that the tool is shipped with: set aside before they could stand beside a unit's own projects.

``targets/示例.sha256`` lists them (as ``sha256sum`` does), so a sample is known by its content and only in
the folder that was shipped: the same form in another workspace is somebody's own.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluator.pipeline.manifest import read_manifest
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding
from evaluator.storage.files import digest, is_there, refusal
from evaluator.tables import AS_READ, INDICATORS, PROJECTS
from evaluator.tables.corrections import approved_rows

LIST = "示例.sha256"
_IN_A_YEAR = re.compile(r"(?:targets|actuals)/(\d{4})/.")
ASIDE = "示例"
"""The folder that samples are set aside into: a workspace of its own."""


@dataclass(frozen=True, slots=True)
class _Samples:
    """What of a year is the samples': forms as shipped, workbooks and all that was made of them."""

    forms: tuple[Path, ...]
    own_forms: tuple[Path, ...]
    made: tuple[Path, ...]


def set_samples_aside(workspace: Workspace, year: int) -> list[Finding]:
    """Set the samples of a year aside once an own form lies beside them; nothing is deleted.

    Findings: samples-set-aside; those of `refusal` for what cannot be moved.
    """
    listed = _listed(workspace)
    samples = _samples(workspace, year, listed) if listed else None
    return _move(workspace, year, samples) if samples and samples.own_forms else []


def set_all_samples_aside(workspace: Workspace) -> list[Finding]:
    """Set the samples of every year aside, and take folders away that are empty then."""
    listed = _listed(workspace)
    findings = []
    for year in sorted({int(name.split("/")[1]) for name in listed}):
        moved = _move(workspace, year, _samples(workspace, year, listed))
        findings += moved
        for of in (
            (workspace.source, workspace.targets, workspace.actuals, workspace.reports) if moved else ()
        ):
            with contextlib.suppress(OSError):
                of(year).rmdir()
    return findings


def _listed(workspace: Workspace) -> dict[str, str]:
    """The sha256 of each sample by its path in the workspace; empty where none was shipped."""
    try:
        lines = (workspace.root / "targets" / LIST).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    rows = {pair[1].lstrip("*"): pair[0] for pair in pairs if len(pair) == 2}
    return {path: sha256 for path, sha256 in rows.items() if _IN_A_YEAR.match(path)}


def _samples(workspace: Workspace, year: int, listed: Mapping[str, str]) -> _Samples:
    shipped = frozenset(listed.values())
    present = workspace.sources(year)
    forms = tuple(path for path in present if _digest(path) in shipped)
    own = tuple(path for path in present if path not in forms)
    # Where the samples' form is somebody's own by now, so are the workbooks that were typed into.
    touched = {path for path in own if workspace.relative(path) in listed}
    workbooks = [
        path
        for path in workspace.workbooks(year)
        if _digest(path) in shipped or (workspace.relative(path) in listed and not touched)
    ]
    made = (*workbooks, *_tables(workspace, year, forms), *_delivery(workspace, year, listed))
    return _Samples(forms, own, made)


def _digest(path: Path) -> str:
    with contextlib.suppress(OSError):
        return digest(path)
    return ""


def _tables(workspace: Workspace, year: int, forms: Iterable[Path]) -> Iterator[Path]:
    """The tables, where they hold nothing but what was read from the samples."""
    folder = workspace.targets(year)
    names = {workspace.relative(path) for path in forms}
    read_from = {cells["来源文件"] for cells in approved_rows(folder)[0]}
    if read_from and read_from <= names:
        paths = (folder / PROJECTS, folder / INDICATORS, folder / AS_READ, *sorted(folder.glob("*.旧表*")))
        yield from (path for path in paths if is_there(path))


def _delivery(workspace: Workspace, year: int, listed: Mapping[str, str]) -> Iterator[Path]:
    """The delivery, where the forms that it was made from are samples and nothing else."""
    folder = workspace.reports(year)
    source = f"{workspace.relative(workspace.source(year))}/"
    table = read_manifest(folder)
    forms = [row for row in table["inputs"] if row["path"].startswith(source)] if table else []
    if forms and all(row["sha256"] in listed.values() for row in forms):
        yield from sorted(path for path in folder.iterdir() if path.name != ".gitkeep")


def _move(workspace: Workspace, year: int, samples: _Samples) -> list[Finding]:
    """Forms first: they are what would bring a sample into a delivery; where one stays, all else does."""
    moved, findings = 0, []
    for path in (*samples.forms, *samples.made):
        try:
            _put(path, workspace.root / ASIDE / path.relative_to(workspace.root))
            moved += 1
        except OSError as error:
            findings.append(refusal(error, workspace.place(path)))
            if path in samples.forms:
                return findings
    if moved:
        place = workspace.place(workspace.source(year))
        findings.insert(0, finding("samples-set-aside", place, folder=ASIDE, year=year))
    return findings


def _put(path: Path, target: Path) -> None:
    """Move a file or folder; where the very same file lies there already, that one is enough."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_file() and path.is_file() and digest(target) == digest(path):
        path.unlink()
        return
    number, free = 1, target
    while is_there(free):
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    path.rename(free)
