"""Fill-in workbooks: written where they are missing, refreshed where targets or rules have changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from evaluator.pipeline.evaluating import Found, find_workbooks
from evaluator.pipeline.importing import load_or_import
from evaluator.pipeline.settings import Request, choose_rules
from evaluator.pipeline.workspace import EARLIER, Workspace
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding
from evaluator.rulesets import RuleSet
from evaluator.storage.files import is_there, refusal


def write_missing(
    workspace: Workspace, year: int, projects: Iterable[Project], rules: RuleSet, found: Found
) -> list[Finding]:
    """Write an empty workbook for each project that has none; a file that is in the way is never replaced.

    A project whose own file is there but cannot be used (open, damaged, of another format or year:
    `found` says so) gets no second one: once the first is mended, there would be two.
    """
    from evaluator.render.fill_in.workbook import write_fill_in

    findings: list[Finding] = []
    if any(item.code == "folder-locked" for item in found.findings):
        return findings
    for project in projects:
        if project.key in found.workbooks or project.key in found.unusable:
            continue
        path = _free(workspace.actuals(year) / f"{project.key}.xlsx")
        place = workspace.place(path)
        try:
            write_fill_in(path, project, year, rules)
        except OSError as error:
            findings.append(refusal(error, place))
        else:
            findings.append(finding("workbook-written", place, project=project.key, name=project.name))
    return findings


def refresh_workbooks(workspace: Workspace, request: Request) -> list[Finding]:
    """Write the missing workbooks and refresh the stale ones; what was filled in is carried over.

    A workbook is stale when its targets or its rules are not those of now. The old file is kept.
    """
    rules, findings = choose_rules(workspace, request)
    targets = load_or_import(workspace, request.year)
    findings += [*targets.findings, *targets.events]
    if rules is None or not targets.projects:
        return findings
    found = find_workbooks(workspace, request.year, targets.projects)
    findings += found.findings
    projects = {project.key: project for project in targets.projects}
    findings += write_missing(workspace, request.year, targets.projects, rules, found)
    for key, path in found.workbooks.items():
        findings += _refresh(workspace, path, projects[key], request.year, rules)
    return findings


def _refresh(workspace: Workspace, path: Path, project: Project, year: int, rules: RuleSet) -> list[Finding]:
    from evaluator.render.fill_in.workbook import refresh_fill_in

    place = workspace.place(path)
    try:
        kept, findings = refresh_fill_in(path, _earlier(path), workspace.root, project, year, rules)
    except OSError as error:
        return [refusal(error, place)]
    if kept is None:
        return [*findings, finding("workbook-current", place, project=project.key)]
    return [
        *findings,
        finding("workbook-refreshed", place, project=project.key, kept=workspace.relative(kept)),
    ]


def _earlier(path: Path) -> Path:
    """A free place for the workbook that a refresh replaces."""
    return _free(path.parent / EARLIER / path.name)


def _free(path: Path) -> Path:
    number, free = 1, path
    while is_there(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
