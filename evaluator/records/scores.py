"""Records of scores: how many points an indicator, the budget and a group got, and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Indicator
from evaluator.records.submitted import Actual

STANDING = {
    "seen": "已见于印发的表格或在用的系统",
    "known": "据通行理解，未核原文",
    "chosen": "规则未定，本工具选定",
    "unit": "单位选定",
}
"""How sure a rule is, in the words that people see, by its status (see rules/)."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from. `status` is one of ``seen``, ``known``, ``chosen``, ``unit``."""

    text: str
    status: str
    effective: str = ""

    @property
    def words(self) -> str:
        """Source, how sure that is, and since when it is in force."""
        unknown = "" if self.status in ("chosen", "unit") else "，施行日期不详"
        since = f"，自{self.effective}起施行" if self.effective else unknown
        return f"{self.text}（{STANDING[self.status]}{since}）"


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator's score.

    `points` is what it can earn, `even_points` what an even split would have given, `points_origin`
    who set them (均分, 自定, 批复). `comparable` is the actual in the target's unit, `completion` the
    ratio in percent, `computed` the score before any deduction, `score` the final one, rounded half up
    to 0.01 (None: not scored, a finding says why). `rule` is the kind of the rule, `words` its formula
    in words, `steps` the derivation in Chinese, one sentence each.
    """

    indicator: Indicator
    actual: Actual | None
    group: str
    points: Decimal | None
    even_points: Decimal | None
    points_origin: str
    rule: str
    words: str
    comparable: Decimal | None = None
    completion: Decimal | None = None
    computed: Decimal | None = None
    deduction: Decimal = Decimal(0)
    score: Decimal | None = None
    met: bool | None = None
    steps: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class BudgetScore:
    """Budget execution (预算执行情况): money in 万元, `rate` in percent, `score` None if not scored.

    `left_out` names the funds whose money does not count by the rule set.
    """

    points: Decimal
    initial: Decimal | None
    adjusted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None
    score: Decimal | None
    steps: tuple[str, ...]
    citation: Citation | None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Points and score of one level-1 group of one annual goal; `score` None if any row has none."""

    goal: int
    name: str
    points: Decimal
    score: Decimal | None
