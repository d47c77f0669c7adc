"""What was read from a picture and held against it by nobody yet: said of each row, which is not scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.proofreading.doubts import doubts_of
from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding


def unconfirmed(projects: Iterable[Project], year: int) -> list[Finding]:
    """The rows of the year, and the heads, that were read from pictures and not confirmed.

    Findings: scan-unconfirmed, scan-head-unconfirmed.
    """
    return [found for project in projects for found in _of(project, year)]


def _of(project: Project, year: int) -> Iterator[Finding]:
    if project.scan and not project.confirmed:
        details = {"name": project.name, "doubts": _words(project.scan.doubts)}
        yield finding("scan-head-unconfirmed", project.place, project=project.key, **details)
    open_rows = [item for item in project.annual if item.scan and not item.confirmed]
    doubts = doubts_of(project, year) if open_rows else {}
    for item in open_rows:
        details = {"name": item.name, "target": item.target.text, "doubts": _words(doubts[item.code])}
        yield finding("scan-unconfirmed", item.place, project=project.key, indicator=item.code, **details)


def _words(doubts: tuple[str, ...]) -> str:
    return f"（存疑：{'；'.join(doubts)}）" if doubts else ""
