"""The delivery: every file of ``reports/<year>/``, written beside and renamed, listed in the manifest."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evaluator.pipeline.manifest import MANIFEST, SEALS, Digests, manifest, read_manifest, seals
from evaluator.pipeline.reports import do_report, number_pages, report_tasks, write_task
from evaluator.pipeline.settings import Request
from evaluator.pipeline.working import ALONE, Crew, begun
from evaluator.pipeline.workshop import WORTH_A_POOL, Sheets
from evaluator.pipeline.workspace import Workspace, files_in
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
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
    unit: UnitEvaluation,
    rules: RuleSet,
    request: Request,
    template: Path | None = None,
    fingerprints: Callable[[Path], Mapping[str, str]] | None = None,
    parts: Mapping[str, bytes] | None = None,
) -> Iterator[Output]:
    """All files of the delivery but the manifest, in the order in which they are written.

    `fingerprints` are the sha256 of those that lie in a folder, by name (default: computed from the files);
    `parts` those of evaluation.json that are made already, by project.
    """
    from evaluator.render.evaluation_json import write_json
    from evaluator.render.page.page import detail_units, page_content, write_page
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
    yield Output(file_names.TO_DO, lambda path: write_to_do(path, unit))
    yield Output(file_names.EVALUATION, lambda path: write_json(path, unit, parts))
    content = page_content(unit)  # while the crew is at the reports
    for task in report_tasks(unit, request, template):
        yield Output(task.name, lambda path, task=task: write_task(path, task))  # type: ignore[misc]
    for name, about in detail_units(unit):
        yield Output(name, lambda path, about=about: write_page(path, about))  # type: ignore[misc]
    # Last: it lists the fingerprints of all others, which lie beside it by then.
    listed = fingerprints or _fingerprints
    yield Output(file_names.PAGE, lambda path: write_page(path, unit, listed(path.parent), content))


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
    crew: Crew = ALONE,
) -> list[Finding]:
    """Write the whole delivery; what could not be written is a finding, and the rest is done.

    Everything is made in a hidden folder first and then put into place, so that an interrupted run leaves
    the former delivery. A delivered file that somebody changed since is put into 改动留存 before it is
    replaced. `inputs` are the fingerprints of what the delivery is made from, by name; `sheets` those that
    were made together with their scores; reports are left to the `crew` where it is worth it.
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
            crew = crew if len(unit.evaluations) >= WORTH_A_POOL else ALONE
            drafting = _Drafting(workspace, request, unit, rules, Path(scratch), progress, before)
            drafts, made, findings = drafting.drafts, drafting.made, drafting.findings
            drafting.make(sheets, crew)
            ours = {name: row["sha256"] for name, row in made.items()}
            # Until the manifest says so, this is how the next run knows our files from changed ones.
            write_bytes(folder / JOURNAL, json.dumps(ours).encode())
            placed = {
                name: _place(workspace, folder / name, draft, (ours[name], before.get(name)), findings)
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


@dataclass(frozen=True, slots=True)
class _Drafting:
    """The making of every file in a scratch folder: drafts by name (None: could not be written), digests."""

    workspace: Workspace
    request: Request
    unit: UnitEvaluation
    rules: RuleSet
    scratch: Path
    progress: Callable[[], None]
    before: Mapping[str, str]
    drafts: dict[str, Path | None] = field(default_factory=dict)
    made: dict[str, Digests] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def make(self, sheets: Sheets, crew: Crew) -> None:
        """Make all files; while the crew writes reports, the rest is done here."""
        template = self.workspace.report_template
        tasks = report_tasks(self.unit, self.request, template)
        named = {task.name for task in tasks}
        with begun(do_report, tasks, crew) as reports:
            made = outputs(self.unit, self.rules, self.request, template, self._fingerprints, sheets.parts)
            for output in made:
                report = next(reports).result if output.name in named else None
                self.findings.extend(report[1] if report else ())
                known = sheets.digests.get(output.name)
                if not known or not self._is_there(output.name, known):
                    self._make(output, report[0] if report else sheets.get(output.name), known)
                self.progress()

    def _is_there(self, name: str, known: Digests) -> bool:
        """Whether that very sheet was delivered before and lies there still: then it is its own draft."""
        if self.before.get(name) != known["sha256"]:
            return False
        path = self.workspace.reports(self.request.year) / name
        with contextlib.suppress(OSError):
            if digest(path) == known["sha256"]:
                self.drafts[name], self.made[name] = path, known
                return True
        return False

    def _make(self, output: Output, ready: bytes | None, known: Digests | None) -> None:
        draft = self.scratch / output.name
        self.drafts[output.name] = None
        try:
            found = draft.write_bytes(ready) if ready is not None else output.write(draft)
            self.made[output.name] = known if known and ready is not None else digests(draft)
        except OSError as error:
            place = self.workspace.place(self.workspace.reports(self.request.year) / output.name)
            self.findings.append(refusal(error, place))
            return
        self.findings.extend(found if isinstance(found, list) else ())
        self.drafts[output.name] = draft

    def _fingerprints(self, _: Path) -> Mapping[str, str]:
        return {name: row["sha256"] for name, row in sorted(self.made.items())}


def _place(
    workspace: Workspace, path: Path, draft: Path, ours: tuple[str, str | None], findings: list[Finding]
) -> bool:
    """Put a draft into its place; whether that was possible. `ours` are its sha256 and that of before."""
    if path == draft:
        return True
    try:
        if path.exists():
            present = digest(path)
            if present == ours[0]:
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
