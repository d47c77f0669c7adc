"""What the level above needs of its units: a line a unit, a line a project, and what is still due."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.findings import Finding


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of a unit as its delivery has it: points, money in 万元, rate in percent."""

    unit: str
    key: str
    name: str
    total: Decimal
    complete: bool
    rating: str
    adjusted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    indicators: int
    met: int
    unscored: int
    errors: int
    warnings: int
    sheet: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: `folder` below the level above, `name` as its forms say it.

    `score` is weighted by budget over its complete projects. `problem` says why there is nothing of this
    run (empty where there is); then the figures are empty. `manifest` is the sha256 of its delivery's
    manifest.
    """

    folder: str
    name: str
    problem: str = ""
    rules: str = ""
    rules_title: str = ""
    rules_sha256: str = ""
    tool: str = ""
    sample: bool = False
    score: Decimal | None = None
    adjusted: Decimal | None = None
    spent: Decimal | None = None
    rate: Decimal | None = None
    errors: int = 0
    warnings: int = 0
    manifest: str = ""
    projects: tuple[ProjectLine, ...] = ()

    @property
    def complete(self) -> int:
        """Number of projects that are wholly scored."""
        return sum(project.complete for project in self.projects)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a unit, or one of its projects, still owes: what it is, and the words for it."""

    folder: str
    unit: str
    project: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Rollup:
    """All units of one year. `score` is weighted by budget over all complete projects."""

    year: int
    units: tuple[UnitLine, ...]
    dues: tuple[Due, ...]
    findings: tuple[Finding, ...]
    score: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None

    @property
    def projects(self) -> tuple[tuple[UnitLine, ProjectLine], ...]:
        """Every project with its unit."""
        return tuple((unit, project) for unit in self.units for project in unit.projects)
