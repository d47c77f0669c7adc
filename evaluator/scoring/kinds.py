"""The kinds of rules: how many points an actual earns, in Python and, beside it, in Excel.

Each class says the same four times: in words, as points, as a formula, with the numbers put in. No result
is below 0 or above the points. Formulas use only IF, AND and ISNUMBER, which Excel, WPS and LibreOffice
have alike. W stands for the points, A for the target, B for the actual, S for the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from evaluator.records.scores import Citation
from evaluator.scoring.cases import Case, Cells
from evaluator.values.text import half_up, show

_ZERO = Decimal(0)


class Rule(Protocol):
    """What the rules of all kinds offer."""

    @property
    def kind(self) -> str:
        """The kind's name in the rule file."""

    @property
    def words(self) -> str:
        """The formula in words, Chinese."""

    @property
    def citation(self) -> Citation:
        """Where the rule comes from."""

    def points(self, case: Case) -> Decimal:
        """Points earned, not rounded."""

    def formula(self, cells: Cells) -> str:
        """The same as an Excel expression, without ``=`` and without rounding."""

    def substitute(self, case: Case, unit: str = "") -> str:
        """The formula with the case's numbers put in, Chinese, e.g. ``13.33×3800÷4000=12.66``."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """≥ ＞ and ＝: B ≥ A earns W, else W·B/A; nothing below the pass mark (a fraction of A; 0: none)."""

    citation: Citation
    pass_mark: Decimal = _ZERO
    kind: str = "ratio"

    @property
    def words(self) -> str:
        """The formula in words."""
        mark = f"；低于目标值的{show(self.pass_mark * 100)}%得0分" if self.pass_mark else ""
        return f"完成值≥目标值得满分；否则 分值×完成值÷目标值，完成值为负数按0计{mark}"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        points, target, actual = case.numbers
        if actual >= target:
            return points
        if actual <= 0 or actual < target * self.pass_mark:
            return _ZERO
        return points * actual / target

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        w, a, b = cells.points, cells.target, cells.actual
        passed = f"{w}*{b}/{a}"
        if self.pass_mark:
            passed = f"IF({b}<{a}*{show(self.pass_mark)},0,{passed})"
        return f"IF({b}>={a},{w},IF({b}<=0,0,{passed}))"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        points, target, actual = case.numbers
        if actual >= target:
            return _full(f"{show(actual)}{unit}≥{show(target)}{unit}", points)
        if actual < 0:
            return f"{show(actual)}{unit}为负数，按0计，得0分"
        if actual < target * self.pass_mark:
            return f"{show(actual)}{unit}<{show(target)}{unit}×{show(self.pass_mark)}，未达及格线，得0分"
        return _equation(f"{show(points)}×{show(actual)}÷{show(target)}", self.points(case))


@dataclass(frozen=True, slots=True)
class ReverseRatio:
    """≤ and ＜: B ≤ A earns W, else W·A/B."""

    citation: Citation
    kind: str = "reverse-ratio"
    words: str = "完成值≤目标值得满分；否则 分值×目标值÷完成值"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        points, target, actual = case.numbers
        if actual <= target:
            return points
        return points * target / actual if target > 0 else _ZERO

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        w, a, b = cells.points, cells.target, cells.actual
        return f"IF({b}<={a},{w},IF({a}<=0,0,{w}*{a}/{b}))"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        points, target, actual = case.numbers
        if actual <= target:
            return _full(f"{show(actual)}{unit}≤{show(target)}{unit}", points)
        return _equation(f"{show(points)}×{show(target)}÷{show(actual)}", self.points(case))


@dataclass(frozen=True, slots=True)
class ReverseLinear:
    """≤ and ＜: B ≤ A earns W, A < B < 2A earns W·(1−(B−A)/A), B ≥ 2A nothing."""

    citation: Citation
    kind: str = "reverse-linear"
    words: str = "完成值≤目标值得满分；达到目标值2倍及以上得0分；其间 分值×（1－（完成值－目标值）÷目标值）"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        points, target, actual = case.numbers
        if actual <= target:
            return points
        if actual >= 2 * target:
            return _ZERO
        return points * (2 * target - actual) / target

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        w, a, b = cells.points, cells.target, cells.actual
        return f"IF({b}<={a},{w},IF({b}>=2*{a},0,{w}*(1-({b}-{a})/{a})))"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        points, target, actual = case.numbers
        if actual <= target:
            return _full(f"{show(actual)}{unit}≤{show(target)}{unit}", points)
        if actual >= 2 * target:
            return f"{show(actual)}{unit}≥2×{show(target)}{unit}，得0分"
        difference = f"（{show(actual)}－{show(target)}）÷{show(target)}"
        return _equation(f"{show(points)}×（1－{difference}）", self.points(case))


@dataclass(frozen=True, slots=True)
class ZeroTarget:
    """＝0, where no ratio exists: B ≤ 0 earns W, anything above nothing."""

    citation: Citation
    kind: str = "zero-target"
    words: str = "目标值为0，完成值不大于0得满分，否则0分"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        points, _, actual = case.numbers
        return points if actual <= 0 else _ZERO

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        return f"IF({cells.actual}<=0,{cells.points},0)"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        points, _, actual = case.numbers
        return _full(f"{show(actual)}{unit}≤0", points) if actual <= 0 else f"{show(actual)}{unit}>0，得0分"


@dataclass(frozen=True, slots=True)
class Range:
    """A range: inside earns W; below as ≥ against the lower bound; above as ≤ against the upper one."""

    citation: Citation
    below: Rule
    above: Rule
    kind: str = "range"
    words: str = "完成值在区间内得满分；低于下限按正向指标、高于上限按反向指标计分"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        _, lower, actual = case.numbers
        return self.below.points(case) if actual < lower else self.above.points(_against_upper(case))

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        above = Cells(cells.points, cells.upper, actual=cells.actual)
        return f"IF({cells.actual}<{cells.target},{self.below.formula(cells)},{self.above.formula(above)})"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        points, lower, actual = case.numbers
        if actual < lower:
            return self.below.substitute(case, unit)
        if case.upper is not None and actual <= case.upper:
            return _full(f"{show(lower)}{unit}≤{show(actual)}{unit}≤{show(case.upper)}{unit}", points)
        return self.above.substitute(_against_upper(case), unit)


def _against_upper(case: Case) -> Case:
    return Case(case.points, case.upper, actual=case.actual)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: in time earns W; missed, or not completed at all, earns the graded share of W."""

    citation: Citation
    kind: str = "deadline"
    words: str = "按期完成得满分；逾期的按评定的得分比例 分值×得分比例"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        return case.points if _in_time(case) else case.points * (case.share or _ZERO) / 100

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        w, a, b, s = cells.points, cells.target, cells.actual, cells.share
        return f"IF(AND(ISNUMBER({b}),{b}<={a}),{w},{w}*{s})"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        completed = f"{case.actual}" if case.actual else "未完成"
        if _in_time(case):
            return _full(f"{completed}不晚于{case.target}", case.points)
        late = f"{completed}晚于{case.target}" if case.actual else completed
        return f"{late}，{_graded(case, self.points(case))}"


def _in_time(case: Case) -> bool:
    if not isinstance(case.target, date):
        raise TypeError(f"not a deadline: {case}")
    return isinstance(case.actual, date) and case.actual <= case.target


@dataclass(frozen=True, slots=True)
class Banded:
    """A qualitative target: W times the graded share."""

    citation: Citation
    kind: str = "banded"
    words: str = "分值×得分比例（按评定的档次）"

    def points(self, case: Case) -> Decimal:
        """Points earned."""
        return case.points * (case.share or _ZERO) / 100

    def formula(self, cells: Cells) -> str:
        """The same in Excel."""
        return f"{cells.points}*{cells.share}"

    def substitute(self, case: Case, unit: str = "") -> str:
        """The numbers put in."""
        return _graded(case, self.points(case))


def _graded(case: Case, earned: Decimal) -> str:
    return _equation(f"{show(case.points)}×{show(case.share or _ZERO)}%", earned)


def _full(comparison: str, points: Decimal) -> str:
    return f"{comparison}，得满分{show(points)}分"


def _equation(left: str, earned: Decimal) -> str:
    """The equation, with ≈ where two decimal places do not hold the result."""
    rounded = half_up(earned)
    return f"{left}{'=' if rounded == earned else '≈'}{rounded:.2f}"
