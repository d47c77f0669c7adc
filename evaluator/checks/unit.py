"""Checks on all projects of a workspace together."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.records.approved import Project
from evaluator.records.findings import Finding, finding
from evaluator.values.text import squash


def check_unit(projects: Iterable[Project]) -> list[Finding]:
    """A workspace is one unit's: forms of two 申报单位 in it are a unit's in the wrong folder.

    Findings: applicants-differ (warning), at the first form of another unit than the first.
    """
    units: dict[str, list[Project]] = {}
    for project in projects:
        if squash(project.applicant):
            units.setdefault(squash(project.applicant), []).append(project)
    if len(units) < 2:
        return []
    names = "、".join(_named(own) for own in units.values())
    return [finding("applicants-differ", list(units.values())[1][0].place, count=len(units), names=names)]


def _named(projects: list[Project]) -> str:
    """A unit with some of its projects."""
    more = "等" if len(projects) > 3 else ""
    return f"{projects[0].applicant}（{'、'.join(item.name for item in projects[:3])}{more}）"
