"""The result of a run: what every report, page and workbook is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluator.records.approved import Project
from evaluator.records.findings import Finding, Severity
from evaluator.records.review import Review
from evaluator.records.scores import BudgetScore, GroupScore, Score
from evaluator.records.submitted import Submission


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One project's result.

    `total` is the sum of what could be scored; `complete` says whether everything was, and only then
    there is a `rating` (优/良/中/差; empty otherwise). `submission` is None where no workbook was filled;
    `reviews` are those of an auditor that apply to it.
    """

    project: Project
    submission: Submission | None
    budget: BudgetScore
    groups: tuple[GroupScore, ...]
    scores: tuple[Score, ...]
    total: Decimal
    complete: bool
    rating: str
    findings: tuple[Finding, ...] = ()
    reviews: tuple[Review, ...] = ()

    def review_of(self, code: str) -> Review | None:
        """The review of an indicator (or of the budget's row), None where there is none."""
        return next((item for item in self.reviews if item.code == code), None)

    @property
    def sample(self) -> bool:
        """Whether the actuals are marked as demonstration data (示例数据)."""
        return self.submission is not None and self.submission.sample

    @property
    def met(self) -> int:
        """Number of indicators that met their target."""
        return sum(score.met is True for score in self.scores)

    @property
    def unscored(self) -> int:
        """Number of indicators without a score."""
        return sum(score.score is None for score in self.scores)

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return Counter(item.severity for item in self.findings)[severity]


@dataclass(frozen=True, slots=True)
class UnitEvaluation:
    """All projects of one year under one rule set; `findings` are those that belong to no project.

    `printed` is the date to print on the sheets, given by the user (None: a blank line to sign on).
    """

    year: int
    rules: str
    rules_title: str
    rules_sha256: str
    layout: str
    evaluations: tuple[Evaluation, ...]
    findings: tuple[Finding, ...] = ()
    printed: date | None = None

    @property
    def sample(self) -> bool:
        """Whether any project was scored on demonstration data."""
        return any(item.sample for item in self.evaluations)

    @property
    def applicant(self) -> str:
        """The unit: the applicants of all projects, each once, in order."""
        return "、".join(
            dict.fromkeys(item.project.applicant for item in self.evaluations if item.project.applicant)
        )

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The unit's findings, then every project's."""
        return self.findings + tuple(found for item in self.evaluations for found in item.findings)
