"""The delivery: every file of ``reports/<year>/``, written beside and renamed, listed in the manifest."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator import __version__
from evaluator.evaluation import UnitEvaluation
from evaluator.findings import Finding, finding
from evaluator.pipeline.evaluating import Request
from evaluator.pipeline.workspace import Workspace, digest, files_in
from evaluator.render import file_names
from evaluator.render.files import refusal, write_bytes
from evaluator.rulesets import RuleSet

MANIFEST = "manifest.json"
KEPT = "改动留存"
"""The folder in the delivery that holds delivered files which somebody changed before the next run."""

Writer = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the delivery: its name below the folder, and what writes it to a path."""

    name: str
    write: Writer


def outputs(unit: UnitEvaluation, rules: RuleSet, template: Path | None = None) -> Iterator[Output]:
    """All files of the delivery but the manifest, in the order in which they are written."""
    from evaluator.render.evaluation_json import write_json
    from evaluator.render.import_sheet import write_import_sheet
    from evaluator.render.page import write_page
    from evaluator.render.report import write_report
    from evaluator.render.score_sheet import write_score_sheet
    from evaluator.render.summary import write_summary

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
    yield Output(file_names.REPORT, lambda path: write_report(path, unit, template))
    yield Output(file_names.PAGE, lambda path: write_page(path, unit))
    yield Output(file_names.EVALUATION, lambda path: write_json(path, unit))


def deliver(
    workspace: Workspace,
    request: Request,
    unit: UnitEvaluation,
    rules: RuleSet,
    inputs: Iterable[Path],
    progress: Callable[[], None] = lambda: None,
) -> tuple[dict[str, str], list[Finding]]:
    """Write the whole delivery; what could not be written is a finding, and the rest is done.

    A delivered file that somebody changed since is put into 改动留存 before it is replaced. Returns the
    sha256 of each file by name, and findings.
    """
    folder = workspace.reports(request.year)
    before = delivered(folder)
    written: dict[str, str] = {}
    failed: set[str] = set()
    findings: list[Finding] = []
    for output in outputs(unit, rules, workspace.report_template):
        path = folder / output.name
        try:
            findings += _replace(workspace, path, output.write, before.get(output.name))
            written[output.name] = digest(path)
        except OSError as error:
            findings.append(refusal(error, workspace.place(path)))
            failed.add(output.name)
        progress()
    findings += _withdraw(workspace, folder, before, written.keys() | failed)
    written |= {name: before[name] for name in failed if name in before}
    try:
        write_bytes(folder / MANIFEST, manifest(workspace, request, rules, inputs, written))
    except OSError as error:
        findings.append(refusal(error, workspace.place(folder / MANIFEST)))
    return written, findings


def _replace(workspace: Workspace, path: Path, write: Writer, delivered_as: str | None) -> list[Finding]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".~") as folder:
        draft = Path(folder) / path.name
        found = write(draft)
        findings = list(found) if isinstance(found, list) else []
        if path.exists():
            present = digest(path)
            if present == digest(draft):
                return findings
            if present != delivered_as:
                findings.append(_keep(workspace, path))
        draft.replace(path)
    return findings


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
        if name in present or not path.is_file():
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
    """The sha256 of each file of the last delivery by name; empty where there is no manifest of ours."""
    table = read_manifest(folder)
    return {row["path"]: row["sha256"] for row in table["outputs"]} if table else {}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a delivery, or None where there is none or it is not one of ours."""
    try:
        table = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        rows = [*table["inputs"], *table["outputs"]]
        fine = all(isinstance(row["path"], str) and isinstance(row["sha256"], str) for row in rows)
        safe = all(
            not Path(row["path"]).is_absolute() and ".." not in Path(row["path"]).parts for row in rows
        )
        return table if fine and safe and isinstance(table["request"]["year"], int) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def input_files(workspace: Workspace, year: int, rules: RuleSet) -> list[Path]:
    """Everything the delivery is made from: forms, tables, settings, workbooks, a template, a rule file."""
    targets = workspace.targets(year)
    paths = [
        *files_in(workspace.source(year)),
        *(targets / name for name in ("projects.csv", "indicators.csv", "scoring.toml")),
        *files_in(targets / "as-read"),
        *workspace.workbooks(year),
    ]
    if rules.path is not None:
        paths.append(rules.path)
    if workspace.report_template is not None:
        paths.append(workspace.report_template)
    return [path for path in paths if path.is_file()]


def manifest(
    workspace: Workspace,
    request: Request,
    rules: RuleSet,
    inputs: Iterable[Path],
    written: Mapping[str, str],
) -> bytes:
    """The manifest: what was made of what, by which version and rules, on which command; no clock."""
    options = [f"--rules {request.rules}"] if request.rules else []
    options += [f"--date {request.printed.isoformat()}"] if request.printed else []
    table = {
        "schema_version": 1,
        "tool": {"name": "evaluate", "version": __version__},
        "command": " ".join(["evaluate", f"--year {request.year}", *options]),
        "request": {
            "year": request.year,
            "rules": request.rules,
            "printed": request.printed.isoformat() if request.printed else None,
        },
        "rules": {"name": rules.name, "title": rules.title, "sha256": rules.sha256},
        "inputs": [{"path": workspace.relative(path), "sha256": digest(path)} for path in inputs],
        "outputs": [{"path": name, "sha256": written[name]} for name in sorted(written)],
    }
    return json.dumps(table, ensure_ascii=False, indent=2).encode() + b"\n"
