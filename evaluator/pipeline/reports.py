"""The written reports as pieces of work: the slowest documents of a delivery, and there may be many."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.pipeline.settings import Request
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.storage.files import write_bytes


@dataclass(frozen=True, slots=True)
class ReportTask:
    """One report to be written: its file's name, the projects it is about (of one alone: `single`).

    `pages` are those of its headings, for the contents; none where they were not asked for.
    """

    name: str
    unit: UnitEvaluation
    single: bool
    template: Path | None
    pages: tuple[int, ...] = ()


def report_tasks(unit: UnitEvaluation, request: Request, template: Path | None) -> list[ReportTask]:
    """The reports that were asked for: the unit's, and one a project."""
    pages = request.pages or {}
    tasks = []
    if request.report != "project":
        own = tuple(pages.get(file_names.REPORT, ()))
        tasks.append(ReportTask(file_names.REPORT, unit, single=False, template=template, pages=own))
    if request.report != "unit":
        for item in unit.evaluations:
            name = file_names.project_report(item.project)
            alone = replace(unit, evaluations=(item,), findings=())
            own = tuple(pages.get(name, ()))
            tasks.append(ReportTask(name, alone, single=True, template=template, pages=own))
    return tasks


def do_report(task: ReportTask) -> tuple[bytes, list[Finding]]:
    """The report's bytes. Findings: report-template-unusable."""
    from evaluator.render.report.document import report
    from evaluator.render.report.text import Scope

    scope = Scope.PROJECT if task.single else Scope.UNIT
    return report(task.unit, task.template, scope, task.pages)


def write_task(path: Path, task: ReportTask) -> list[Finding]:
    """Do a task and write its report. Raises OSError."""
    content, findings = do_report(task)
    write_bytes(path, content)
    return findings


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
        for task in report_tasks(unit, replace(request, pages=None), template):
            paths.append(Path(scratch) / task.name)
            write_task(paths[-1], task)
        computed = zip(paths, heading_pages(paths), strict=True)
        pages = {path.name: numbers for path, numbers in computed if len(numbers) == count_contents(path)}
    found = [finding("pages-not-computed", Place(path.name)) for path in paths if path.name not in pages]
    return replace(request, pages=pages), found
