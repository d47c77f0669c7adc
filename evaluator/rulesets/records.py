"""What a rule file says, as immutable records; every value keeps its unit, citation, status and date."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from evaluator.records.approved import TargetKind
from evaluator.records.scores import Citation
from evaluator.records.submitted import ACCOUNT, CARRIED, FUND_NAMES, GRANT, Grade

_FISCAL = frozenset({GRANT, CARRIED, ACCOUNT})
_LABELS = {
    frozenset(FUND_NAMES): "年度资金总额",
    _FISCAL: "年度财政资金总额",
    _FISCAL - {ACCOUNT}: "年度财政资金总额",
}
STATUSES = ("seen", "known", "chosen", "unit")


class Kind(StrEnum):
    """The kinds of rules; `evaluator.scoring` has one class for each."""

    RATIO = "ratio"
    REVERSE_RATIO = "reverse-ratio"
    REVERSE_LINEAR = "reverse-linear"
    ZERO_TARGET = "zero-target"
    RANGE = "range"
    DEADLINE = "deadline"
    BANDED = "banded"


class Slot(StrEnum):
    """Which targets a rule is for."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    EQUAL = "equal"
    EQUAL_ZERO = "equal-zero"
    RANGE = "range"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"


class ZeroBudget(StrEnum):
    """What a budget of 0 gives: no score (with a finding), or 0 points."""

    UNSCORED = "unscored"
    ZERO = "zero"


class WeightSource(StrEnum):
    """Where an indicator's points come from.

    GROUPS: shared out within the rule set's groups, which nobody's points exceed. APPROVED: the same, but
    approved points count whatever the sums of their groups, if they add up. OWN: so do those that a unit
    typed for every indicator. PLANNED: approved points, with a note where there are none.
    """

    GROUPS = "groups"
    APPROVED = "approved"
    OWN = "own"
    PLANNED = "planned"


WEIGHT_WORDS = {
    WeightSource.GROUPS: "一级指标分组",
    WeightSource.APPROVED: "一级指标分组，批复的分值优先",
    WeightSource.OWN: "一级指标分组，批复的和单位自定的分值优先",
    WeightSource.PLANNED: "批复的分值",
}


class Entry(StrEnum):
    """What a person may have to fill in beside the actual."""

    REASON = "reason"
    DESCRIPTION = "description"
    DEDUCTION_REASON = "deduction-reason"
    BUDGET_NOTE = "budget-note"


@dataclass(frozen=True, slots=True)
class Clause:
    """One table of a rule file, for people: key, title, value as shown, unit, note and citation."""

    key: str
    title: str
    value: str
    unit: str
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class BudgetClause:
    """Points of budget execution (预算执行), what a budget of 0 gives, and whose money counts.

    `funds` are names of `records.submitted.FUND_NAMES`.
    """

    points: Decimal
    clause: Clause
    zero: ZeroBudget
    zero_clause: Clause
    funds: tuple[str, ...]
    funds_clause: Clause

    @property
    def counts_all(self) -> bool:
        """Whether all of a project's money counts."""
        return set(self.funds) == set(FUND_NAMES)

    @property
    def funds_label(self) -> str:
        """What the row of the money that counts is called."""
        return _LABELS.get(frozenset(self.funds), "、".join(self.funds))


@dataclass(frozen=True, slots=True)
class Group:
    """A level-1 group: the level-1 terms that it holds, its points, and who inherits them.

    `heir` names the group that gets the points where a project has no such indicators; where it is
    empty, the points go to the other groups pro rata.
    """

    name: str
    level1: tuple[str, ...]
    points: Decimal
    heir: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Points of the level-1 groups; it applies where all level-1 terms of `present` occur."""

    present: tuple[str, ...]
    groups: tuple[Group, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Band:
    """Shares of the points, in percent, within a grade: `low` included, `high` not, except 100."""

    grade: Grade
    low: Decimal
    high: Decimal

    def holds(self, share: Decimal) -> bool:
        """Whether a share in percent lies within the band."""
        return self.low <= share < self.high or share == self.high == 100


@dataclass(frozen=True, slots=True)
class RuleClause:
    """The rule of one slot. `pass_mark` is in percent of the target (0: none)."""

    kind: Kind
    clause: Clause
    pass_mark: Decimal = Decimal(0)
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number with its clause."""

    value: Decimal
    clause: Clause


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale: grades with the lowest total that earns them, best first, lower bound included."""

    grades: tuple[tuple[str, Decimal], ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set as loaded; `path` is None for one that ships with the package.

    `clauses` holds every table of the file in its order. `overshoot` and `overshoot_reason` are
    multiples of the target, `achieved_share` is in percent of the points.
    """

    name: str
    title: str
    layout: str
    sha256: str
    path: Path | None
    budget: BudgetClause
    allocations: tuple[Allocation, ...]
    missing_group: Clause
    goals: Clause
    weights: WeightSource
    weights_clause: Clause
    rules: dict[Slot, RuleClause]
    achieved_share: Threshold
    negative_actual: Clause
    overshoot: Threshold
    overshoot_reason: Threshold
    deduction: Clause
    mandatory: dict[Entry, Clause]
    scales: tuple[Scale, ...]
    clauses: tuple[Clause, ...]

    @property
    def ratings(self) -> tuple[tuple[str, Decimal], ...]:
        """The rating scale in force: the file's last one, best grade first."""
        return self.scales[-1].grades

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands of the three grades, best first."""
        return self.rules[Slot.QUALITATIVE].bands

    @property
    def indicator_points(self) -> Decimal:
        """Points of all indicators together: 100 less the budget's."""
        return 100 - self.budget.points

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for the foot of a printed form, numbered: the clauses that give or take points."""
        printed = ("budget", "allocation", "weights", "rules.", "deduction")
        chosen = [item.note for item in self.clauses if item.key.startswith(printed)]
        chosen.append(self.scales[-1].clause.note)
        return tuple(f"{number}. {note}。" for number, note in enumerate(dict.fromkeys(chosen), 1))

    def band(self, grade: Grade) -> Band:
        """The band of a grade."""
        return next(item for item in self.bands if item.grade is grade)

    def bands_for(self, kind: TargetKind) -> tuple[Band, ...]:
        """The bands that a person may choose from: all, or the two lower ones for a missed deadline."""
        return self.bands[1:] if kind is TargetKind.DEADLINE else self.bands
