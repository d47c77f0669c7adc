"""What people filled in at the year's end: one workbook a project, an actual an indicator.

Money is `decimal.Decimal` in 万元, points are Decimal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evaluator.records.source import Place


class Answer(StrEnum):
    """Blank, 0 and 不适用 are three different answers; an unreadable one comes with a finding."""

    FILLED = "已填"
    BLANK = "未填"
    NOT_APPLICABLE = "不适用"
    UNREADABLE = "无法识别"


class Grade(StrEnum):
    """The three grades of a qualitative indicator."""

    ACHIEVED = "达成预期指标"
    PARTLY = "部分达成预期指标并具有一定效果"
    MISSED = "未达成预期指标且效果较差"


@dataclass(frozen=True, slots=True)
class Actual:
    """What a person filled in for one indicator.

    `value` is in `unit`; `share` is percent of the points (0-100); `deduction` and `points` are in
    points. `typed` is the entry as typed, for showing.
    """

    code: str
    place: Place
    answer: Answer = Answer.BLANK
    typed: str = ""
    value: Decimal | None = None
    unit: str = ""
    grade: Grade | None = None
    share: Decimal | None = None
    completed: date | None = None
    description: str = ""
    reason: str = ""
    evidence: str = ""
    deduction: Decimal | None = None
    deduction_reason: str = ""
    points: Decimal | None = None


GRANT, CARRIED, OTHER, ACCOUNT = "当年财政拨款", "上年结转资金", "其他资金", "财政专户资金"
FUND_NAMES = (GRANT, CARRIED, OTHER, ACCOUNT)
"""The funds that add up to a project's money of the year; a grant may be told by who gave it."""


@dataclass(frozen=True, slots=True)
class Fund:
    """One row of the budget sheet, in 万元; None where nothing was typed.

    `part_of` names the fund that this one is part of: its amounts are in that one's already.
    """

    name: str
    initial: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None
    place: Place
    part_of: str = ""

    @property
    def used(self) -> bool:
        """Whether any amount was given."""
        return any(amount is not None for amount in (self.initial, self.adjusted, self.spent))


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled workbook. `sample` says that it is marked 示例数据.

    `spoilt` are the amounts (initial, adjusted, spent) of which a cell cannot be read: a finding has said
    so, and no fund has them.

    `rules_name` and `rules_sha256` are of the rule set whose expected points (预计得分) it shows.
    """

    project_key: str
    year: int
    place: Place
    funds: tuple[Fund, ...]
    actuals: Mapping[str, Actual]
    facts: Mapping[str, str] = field(default_factory=dict)
    goal_results: Mapping[int, str] = field(default_factory=dict)
    goal_places: Mapping[int, Place] = field(default_factory=dict)
    budget_note: str = ""
    sample: bool = False
    spoilt: frozenset[str] = frozenset()
    sha256: str = ""
    rules_name: str = ""
    rules_sha256: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing at all was filled in (units are filled in beforehand)."""
        amounts = any(fund.used for fund in self.funds)
        answers = any(
            actual != Actual(code, actual.place, unit=actual.unit) for code, actual in self.actuals.items()
        )
        return not (amounts or answers or any(self.goal_results.values()))
