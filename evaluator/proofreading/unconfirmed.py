"""What was read from pictures and held against them by nobody yet: said of each form; it is not scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.proofreading.agreement import HEAD
from evaluator.proofreading.doubts import doubts_of
from evaluator.records.approved import Indicator, Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place


def open_rows(project: Project) -> tuple[Indicator, ...]:
    """The indicators of the year that were read from pictures and are confirmed by nobody: not scored."""
    return tuple(item for item in project.annual if item.scan and not item.confirmed)


def unconfirmed(projects: Iterable[Project], year: int, review: Place) -> list[Finding]:
    """One finding a form of which anything was read from pictures and not confirmed.

    `review` is where people confirm. Findings: scan-unconfirmed (rows of the year, and perhaps the head),
    scan-head-unconfirmed (the head alone).
    """
    return [found for project in projects for found in _of(project, year, review)]


def _of(project: Project, year: int, review: Place) -> Iterator[Finding]:
    rows, head = open_rows(project), project.scan if not project.confirmed else None
    doubts = doubts_of(project, year) if rows or head else {}
    if rows:
        doubtful = sum(bool(doubts[item.code]) for item in rows)
        said = {"name": project.name, "head": "项目名称、预算和" if head else "", "path": review.file}
        counts = {"count": str(len(rows)), "doubtful": f"（其中存疑{doubtful}个）" if doubtful else ""}
        yield finding("scan-unconfirmed", review, project=project.key, **said, **counts)
    elif head:
        why = f"（存疑：{'；'.join(doubts[HEAD])}）" if doubts[HEAD] else ""
        said = {"name": project.name, "doubts": why, "path": review.file}
        yield finding("scan-head-unconfirmed", review, project=project.key, **said)
