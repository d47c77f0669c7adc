"""The delivery: every file of ``reports/<year>/``, written beside and renamed, listed in the manifest."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.pipeline.manifest import MANIFEST, SEALS, Digests, manifest, read_manifest, seals
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workshop import Sheets
from evaluator.pipeline.workspace import Workspace, files_in
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.rulesets import RuleSet
from evaluator.storage.files import (
    DRAFT,
    digest,
    digests,
    digests_once,
    is_there,
    refusal,
    relative,
    sweep,
    write_bytes,
)

JOURNAL = ".delivering.json"
"""What a run is about to put into place; gone once the manifest is written."""
KEPT = "改动留存"
"""The folder in the delivery that holds delivered files which somebody changed before the next run."""

Writer = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the delivery: its name below the folder, and what writes it to a path."""

    name: str
    write: Writer


def outputs(
    unit: UnitEvaluation, rules: RuleSet, request: Request, template: Path | None = None
) -> Iterator[Output]:
    """All files of the delivery but the manifest, in the order in which they are written."""
    from evaluator.render.evaluation_json import write_json
    from evaluator.render.page.page import detail_units, write_page
    from evaluator.render.score_sheet.import_sheet import write_import_sheet
    from evaluator.render.score_sheet.workbook import write_score_sheet
    from evaluator.render.summary import write_summary
    from evaluator.render.to_do import write_to_do

    for item in unit.evaluations:
        yield Output(
            file_names.score_sheet(item.project),
            lambda path, item=item: write_score_sheet(path, item, unit, rules),  # type: ignore[misc]
        )
        yield Output(
            file_names.import_sheet(item.project),
            lambda path, item=item: write_import_sheet(path, item),  # type: ignore[misc]
        )
    yield Output(file_names.SUMMARY, lambda path: write_summary(path, unit))
    yield from reports(unit, request, template)
    yield Output(file_names.TO_DO, lambda path: write_to_do(path, unit))
    yield Output(file_names.EVALUATION, lambda path: write_json(path, unit))
    for name, about in detail_units(unit):
        yield Output(name, lambda path, about=about: write_page(path, about))  # type: ignore[misc]
    # Last: it lists the fingerprints of all others, which lie beside it by then.
    yield Output(file_names.PAGE, lambda path: write_page(path, unit, _fingerprints(path.parent)))


def reports(unit: UnitEvaluation, request: Request, template: Path | None) -> Iterator[Output]:
    """The written reports that were asked for: the unit's, and one a project."""
    from evaluator.render.report.document import write_report
    from evaluator.render.report.text import Scope

    asked: list[tuple[str, UnitEvaluation, Scope]] = []
    if request.report != "project":
        asked.append((file_names.REPORT, unit, Scope.UNIT))
    if request.report != "unit":
        for item in unit.evaluations:
            alone = replace(unit, evaluations=(item,), findings=())
            asked.append((file_names.project_report(item.project), alone, Scope.PROJECT))
    for name, about, scope in asked:
        pages = (request.pages or {}).get(name, ())
        yield Output(
            name,
            lambda path, about=about, scope=scope, pages=pages: write_report(  # type: ignore[misc]
                path, about, template, scope, pages
            ),
        )


def number_pages(
    request: Request, unit: UnitEvaluation, template: Path | None
) -> tuple[Request, list[Finding]]:
    """The request with the pages of all headings, as LibreOffice lays the reports out.

    Findings: pages-not-computed. Raises OSError.
    """
    from evaluator.render.report.finish import count_contents
    from evaluator.render.report.pages import heading_pages

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        paths = []
        for output in reports(unit, replace(request, pages=None), template):
            paths.append(Path(scratch) / output.name)
            output.write(paths[-1])
        computed = zip(paths, heading_pages(paths), strict=True)
        pages = {path.name: numbers for path, numbers in computed if len(numbers) == count_contents(path)}
    found = [finding("pages-not-computed", Place(path.name)) for path in paths if path.name not in pages]
    return replace(request, pages=pages), found


def _fingerprints(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {relative(path, folder): digest(path) for path in paths}


def deliver(
    workspace: Workspace,
    request: Request,
    unit: UnitEvaluation,
    rules: RuleSet,
    inputs: Mapping[str, Digests],
    sheets: Sheets,
    progress: Callable[[], None] = lambda: None,
) -> list[Finding]:
    """Write the whole delivery; what could not be written is a finding, and the rest is done.

    Everything is made in a hidden folder first and then put into place, so that an interrupted run leaves
    the former delivery. A delivered file that somebody changed since is put into 改动留存 before it is
    replaced. `inputs` are the fingerprints of what the delivery is made from, by name; `sheets` those that
    were made together with their scores.
    """
    folder = workspace.reports(request.year)
    before = delivered(folder)
    numbering: list[Finding] = []
    try:
        if request.pages is not None:
            request, numbering = number_pages(request, unit, workspace.report_template)
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=DRAFT, ignore_cleanup_errors=True) as scratch:
            drafts, findings = _draft(
                workspace, folder, unit, rules, request, sheets, Path(scratch), progress
            )
            made = {name: digests(draft) for name, draft in drafts.items() if draft is not None}
            ours = {name: row["sha256"] for name, row in made.items()}
            # Until the manifest says so, this is how the next run knows our files from changed ones.
            write_bytes(folder / JOURNAL, json.dumps(ours).encode())
            placed = {
                name: _place(workspace, folder / name, draft, {before.get(name), ours[name]}, findings)
                for name, draft in drafts.items()
                if draft is not None
            }
            findings += _withdraw(workspace, folder, before, drafts)
            stayed = {name: {"sha256": sha256} for name, sha256 in before.items() if name in drafts}
            listed = {name: made[name] if placed.get(name) else stayed.get(name) for name in drafts}
            _seal(folder, request, rules, inputs, {name: row for name, row in listed.items() if row})
            (folder / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        return [refusal(error, workspace.place(folder))]
    return [*numbering, *findings]


def _seal(
    folder: Path,
    request: Request,
    rules: RuleSet,
    inputs: Mapping[str, Digests],
    listed: Mapping[str, Digests],
) -> None:
    """Write the manifest, and beside it what can be checked without this tool. Raises OSError."""
    write_bytes(folder / MANIFEST, manifest(request, rules, inputs, listed))
    write_bytes(folder / SEALS, seals(digests(folder / MANIFEST), listed))


def _draft(
    workspace: Workspace,
    folder: Path,
    unit: UnitEvaluation,
    rules: RuleSet,
    request: Request,
    sheets: Sheets,
    scratch: Path,
    progress: Callable[[], None],
) -> tuple[dict[str, Path | None], list[Finding]]:
    """Every file of the delivery, made in a scratch folder; None for one that could not be written."""
    drafts: dict[str, Path | None] = {}
    findings: list[Finding] = []
    for output in outputs(unit, rules, request, workspace.report_template):
        draft = scratch / output.name
        ready = sheets.get(output.name)
        try:
            found = draft.write_bytes(ready) if ready is not None else output.write(draft)
            findings += found if isinstance(found, list) else []
            drafts[output.name] = draft
        except OSError as error:
            findings.append(refusal(error, workspace.place(folder / output.name)))
            drafts[output.name] = None
        progress()
    return drafts, findings


def _place(
    workspace: Workspace, path: Path, draft: Path, ours: Collection[str | None], findings: list[Finding]
) -> bool:
    """Put a draft into its place; whether that was possible."""
    try:
        if path.exists():
            present = digest(path)
            if present == digest(draft):
                return True
            if present not in ours:
                findings.append(_keep(workspace, path))
        draft.replace(path)
    except OSError as error:
        findings.append(refusal(error, workspace.place(path)))
        return False
    return True


def _keep(workspace: Workspace, path: Path) -> Finding:
    """Put a file that somebody changed aside, under a name that is free."""
    folder = path.parent / KEPT
    folder.mkdir(exist_ok=True)
    number = 1
    while (kept := folder / f"{path.stem}-{number}{path.suffix}").exists():
        number += 1
    path.replace(kept)
    return finding("delivery-kept", workspace.place(path), kept=workspace.relative(kept))


def _withdraw(
    workspace: Workspace, folder: Path, before: Mapping[str, str], present: Collection[str]
) -> list[Finding]:
    """Take away what an earlier run delivered and this one does not; changed files are kept aside."""
    findings = []
    for name, sha256 in before.items():
        path = folder / name
        if name in present or not is_there(path):
            continue
        try:
            if digest(path) == sha256:
                path.unlink()
            else:
                findings.append(_keep(workspace, path))
        except OSError as error:
            findings.append(refusal(error, workspace.place(path)))
    return findings


def delivered(folder: Path) -> dict[str, str]:
    """The sha256 of each file of the last delivery by name; empty where there is no manifest of ours.

    Of a run that was interrupted, files that it put into place count as delivered.
    """
    table = read_manifest(folder)
    names = {row["path"]: row["sha256"] for row in table["outputs"]} if table else {}
    for name, sha256 in _interrupted(folder).items():
        with contextlib.suppress(OSError):
            if digest(folder / Path(name).name) == sha256:
                names[name] = sha256
    return names


def _interrupted(folder: Path) -> dict[str, str]:
    try:
        table = json.loads((folder / JOURNAL).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}


def input_files(workspace: Workspace, year: int, rules: RuleSet | None) -> list[Path]:
    """Everything the delivery is made from: forms, words, tables, settings, workbooks, a template, rules."""
    targets = workspace.targets(year)
    paths = [
        *workspace.sources(year),
        *(targets / name for name in ("projects.csv", "indicators.csv", "scoring.toml", "reviews.csv")),
        *files_in(targets / "as-read"),
        *(
            path for path in files_in(targets) if ".旧表" in path.name
        ),  # their findings hold while they lie there
        *workspace.workbooks(year),
        workspace.own_words,
    ]
    if rules is not None and rules.path is not None:
        paths.append(rules.path)
    if workspace.report_template is not None:
        paths.append(workspace.report_template)
    return [path for path in paths if is_there(path)]


def hash_inputs(workspace: Workspace, year: int, rules: RuleSet) -> tuple[dict[str, Digests], list[Finding]]:
    """The fingerprints of all that the delivery is made from, by name; what cannot be read is a finding."""
    hashes: dict[str, Digests] = {}
    findings = []
    for path in input_files(workspace, year, rules):
        try:
            hashes[workspace.relative(path)] = digests_once(path)
        except OSError:
            findings.append(finding("input-locked", workspace.place(path)))
    return hashes, findings
