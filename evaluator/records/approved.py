"""What was approved (项目支出绩效目标批复表): projects with goals and indicators, and people's corrections.

Points are `decimal.Decimal`; money on a project's level is in 万元.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evaluator.records.source import PageBox, Place


class Horizon(StrEnum):
    """Which goals an indicator belongs to: those of the year are scored, long-term ones are context."""

    LONG_TERM = "长期"
    ANNUAL = "年度"


class Operator(StrEnum):
    """How an actual is held against the value."""

    AT_LEAST = "≥"
    ABOVE = "＞"
    EQUAL = "＝"
    BELOW = "＜"
    AT_MOST = "≤"


class TargetKind(StrEnum):
    """What kind of answer a target asks for."""

    NUMERIC = "定量"
    RANGE = "区间"
    DEADLINE = "时限"
    QUALITATIVE = "定性"
    UNREADABLE = "无法识别"


@dataclass(frozen=True, slots=True)
class Target:
    """A target value (指标值).

    `text` is kept as written. NUMERIC has `operator` and `value` in `unit`; RANGE has `value` (lower
    bound) and `upper`, both included; DEADLINE has `deadline` (last day that is still in time) and may
    have `since`; QUALITATIVE and UNREADABLE have only the text. `unit` is a symbol of the unit table
    (`evaluator.values.units`), empty where the text has none.
    """

    text: str
    kind: TargetKind
    operator: Operator | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    deadline: date | None = None
    since: date | None = None


class Confidence(StrEnum):
    """How sure the form reader is of an indicator's row."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


WHOLE_ROW = "整行"
"""What stands for the column in the correction of a row that the approved form does not have."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of what was approved or read (人工更正), with the reason given.

    `recognised` says that it was read from a picture: then `approved` is no more than what the reader took
    the picture for, and what a person wrote beside it is what was approved.
    """

    column: str
    approved: str
    corrected: str
    note: str
    recognised: bool = False

    @property
    def words(self) -> str:
        """What was approved, what a person made of it, and why."""
        if self.column == WHOLE_ROW:
            return f"批复表没有，人工增加“{self.corrected}”，理由：{self.note}"
        approved = f"“{self.approved}”" if self.approved else "没有"
        corrected = f"“{self.corrected}”" if self.corrected else "空"
        source = (
            "图片识别为" if self.recognised and self.approved else "图片识别" if self.recognised else "批复"
        )
        return f"{self.column}：{source}{approved}，更正为{corrected}，理由：{self.note}"


@dataclass(frozen=True, slots=True)
class Scan:
    """That something was read from the picture of a page: where, how surely, and why it is doubted.

    `value` is the box of its cell and `row` that of the whole row; `raw` what was recognised in the cell;
    `certainty` (0 to 1) that of the least sure letter; `doubts` are reasons in words, none where it is sure.
    """

    value: PageBox
    row: PageBox
    raw: str
    certainty: Decimal
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal text; `number` counts from 1 within its horizon."""

    horizon: Horizon
    number: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a target table. `code` is unique within its project (``CB-01``).

    `level1` is the standard term, `level2` as written; `original` is the row as it stands in the source (its
    cells joined by " | "), `extras` what further columns say, by their header. `scan` says where on a picture
    it was read, `confirmed` what a person wrote beside it who held it against the picture, and `remark` what
    else they wrote of it.
    """

    code: str
    horizon: Horizon
    goal: int
    level1: str
    level2: str
    name: str
    target: Target
    basis: str
    place: Place
    points: Decimal | None = None
    confidence: Confidence = Confidence.HIGH
    evidence: str = ""
    corrections: tuple[Correction, ...] = ()
    original: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    scan: Scan | None = None
    confirmed: str = ""
    remark: str = ""

    def as_approved(self, column: str, now: str) -> str:
        """What the approved form says in a column of the table that says `now`, corrections undone."""
        return next((c.approved for c in self.corrections if c.column == column), now)

    @property
    def added(self) -> bool:
        """Whether people added the indicator: the approved form does not have it."""
        return any(c.column == WHOLE_ROW for c in self.corrections)

    @property
    def approved_target(self) -> str:
        """The target's text as it was approved."""
        return self.as_approved("指标值", self.target.text)


@dataclass(frozen=True, slots=True)
class Project:
    """One approved form. `key` is unique within the year and safe as a file name.

    `budget` is in 万元 (None where the form has none). `facts` holds what else the form's head says,
    by its label (主管部门, 实施单位, ...). `scan`, `confirmed` and `remark` are of name and budget.
    """

    key: str
    name: str
    applicant: str
    budget: Decimal | None
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    place: Place
    sha256: str
    facts: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    scan: Scan | None = None
    confirmed: str = ""
    remark: str = ""

    @property
    def annual(self) -> tuple[Indicator, ...]:
        """The indicators that the year is scored on, in the form's order."""
        return tuple(item for item in self.indicators if item.horizon is Horizon.ANNUAL)

    @property
    def goal_numbers(self) -> tuple[int, ...]:
        """Numbers of the annual goals that have indicators, ascending."""
        return tuple(sorted({item.goal for item in self.annual}))
