"""What the audit of a filled self-evaluation sheet is made of: as printed, as judged, as remarked.

Money keeps the unit that is printed (元 or 万元), points are points, all numbers are Decimal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from evaluator.records.approved import Confidence, Target
from evaluator.records.findings import Finding
from evaluator.records.scores import Citation
from evaluator.records.source import Place
from evaluator.rulesets import RuleSet


@dataclass(frozen=True, slots=True)
class Field:
    """A cell as printed; blank ones have a place, too.

    `stored` is what a workbook holds where its number format shows less; `formula` stands without ``=``;
    `span` is of how many rows and columns it is.
    """

    text: str
    place: Place
    stored: Decimal | None = None
    formula: str = ""
    span: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class AuditedRow:
    """One indicator's row. `cells` holds its fields by role; a role without a column is not among them.

    `shared` says that points or score are printed once for it and another row (a merged cell), `execution`
    that it is the budget's row among the indicators.
    """

    number: int
    goal: int
    level1: str
    level2: str
    place: Place
    cells: Mapping[str, Field]
    shared: bool = False
    execution: bool = False
    confidence: Confidence = Confidence.HIGH

    def text(self, role: str) -> str:
        """What a cell says; empty where it is blank or there is no such column."""
        found = self.cells.get(role)
        return found.text if found else ""

    def has(self, role: str) -> bool:
        """Whether a cell of that role says anything."""
        return bool(self.text(role))

    @property
    def name(self) -> str:
        """The indicator's name as printed; in a table of two levels the second says it."""
        return self.text("name") or self.text("level2")


@dataclass(frozen=True, slots=True)
class AuditedFund:
    """One row of the budget's block: its label and its figures by role (initial, adjusted, spent, ...)."""

    label: str
    place: Place
    cells: Mapping[str, Field]
    total: bool = False

    def text(self, role: str) -> str:
        """What a cell says; empty where there is none."""
        found = self.cells.get(role)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class AuditedBudget:
    """The budget's block: the row of all funds first where there is one; `points` as its label says them."""

    funds: tuple[AuditedFund, ...]
    unit: str = ""
    points: Decimal | None = None
    roles: frozenset[str] = frozenset()

    @property
    def whole(self) -> AuditedFund | None:
        """The row of all funds, else the one that is scored (below those of tasks), else the first."""
        named = (fund for fund in self.funds if fund.total)
        scored = (fund for fund in self.funds if any(map(str.isdigit, fund.text("score"))))
        return next(chain(named, scored, self.funds), None)


@dataclass(frozen=True, slots=True)
class AuditedTotal:
    """A total as printed: the row's place, its points and its score."""

    place: Place
    points: Field | None = None
    score: Field | None = None


@dataclass(frozen=True, slots=True)
class AuditedGoal:
    """A goal's text and result; `points` and `score` where it is scored by itself."""

    text: str
    result: str
    place: Place
    points: Field | None = None
    score: Field | None = None


@dataclass(frozen=True, slots=True)
class AuditedSheet:
    """One filled form as it was read.

    `layout` is ``hubei``, ``national`` or ``system``; `columns` are the roles that its table has a column
    for; `notes` is what stands below the table, `remarks` what stands loose above it, `reasons` what its box
    of reasons says (None: no box); `headline` is a total in the head of a sheet that has one below,
    too; `goal_points` are those that stand beside a goal's name (年度绩效目标1（40分）); `unread` are the
    cells that nothing was made of. `lines` are all its cells by row and column, for showing it again;
    `sha256` is the file's.
    """

    file: str
    part: str
    place: Place
    project: str
    unit: str
    year: int | None
    layout: str
    budget: AuditedBudget | None
    goals: tuple[AuditedGoal, ...]
    rows: tuple[AuditedRow, ...]
    total: AuditedTotal | None
    headline: AuditedTotal | None
    subtotals: tuple[AuditedTotal, ...]
    columns: frozenset[str]
    goal_points: Mapping[int, Decimal] = field(default_factory=dict)
    notes: str = ""
    remarks: str = ""
    reasons: str | None = None
    sample: bool = False
    unread: tuple[Field, ...] = ()
    lines: tuple[Mapping[int, Field], ...] = ()
    sha256: str = ""


class Verdict(StrEnum):
    """How a check ends on a row: in exactly one of these."""

    PASSED = "passed"
    FOUND = "found"
    NOT_APPLICABLE = "not-applicable"
    CANNOT_JUDGE = "cannot-judge"

    @property
    def label(self) -> str:
        """The Chinese word that people see."""
        return {
            "passed": "通过",
            "found": "有问题",
            "not-applicable": "不适用",
            "cannot-judge": "无法判断",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check says of one row (`row` None: of the sheet); `why` where it cannot or need not judge."""

    check: str
    verdict: Verdict
    row: int | None = None
    why: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One row held against its target.

    `value` is the actual in the target's unit, `share` the part of the points earned (0 to 1), `computed`
    the score by the rule; each None where it cannot be known, and then `why` says so. `low` and `high` bound
    the score of a graded row; `missed` says whether the target was reached, where that is known.
    """

    row: AuditedRow
    target: Target
    points: Decimal | None
    score: Decimal | None
    value: Decimal | None = None
    computed: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    missed: bool | None = None
    same_text: bool = False
    copied: bool = False
    directed: bool = True
    problem: str = ""
    why: str = ""
    rule: str = ""
    words: str = ""
    formula_kind: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class JudgedBudget:
    """Budget execution recomputed: amounts as used, the rate in percent, the score; None where unknown."""

    fund: AuditedFund
    points: Decimal | None
    budget: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    score: Decimal | None
    printed: Decimal | None
    from_parts: bool = False


@dataclass(frozen=True, slots=True)
class SheetAudit:
    """One sheet with everything that was found; `because` says why it is audited by these rules."""

    sheet: AuditedSheet
    rule_set: RuleSet
    because: str
    rows: tuple[Judged, ...]
    budget: JudgedBudget | None
    outcomes: tuple[Outcome, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def rules(self) -> str:
        """Name of the rule set."""
        return self.rule_set.name

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found, in their order, then what reading the sheet brought up."""
        found = tuple(item.finding for item in self.outcomes if item.finding is not None)
        return found + self.remarks

    @property
    def counts(self) -> dict[str, Counter[Verdict]]:
        """How often each check ended how; all four verdicts together are the rows that it was asked of."""
        found: dict[str, Counter[Verdict]] = {}
        for item in self.outcomes:
            found.setdefault(item.check, Counter())[item.verdict] += 1
        return found


@dataclass(frozen=True, slots=True)
class Audit:
    """The audits of all sheets, and the findings that belong to no sheet (files that cannot be read)."""

    sheets: tuple[SheetAudit, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those of the files, then every sheet's."""
        return self.findings + tuple(found for sheet in self.sheets for found in sheet.findings)
