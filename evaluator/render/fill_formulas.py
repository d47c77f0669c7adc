"""The live cells of a fill-in workbook: points, converted actual, completion, expected score, hints.

The expected score is the rule's own formula over the row's cells, so that it cannot drift from what the
tool computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.model import Grade, Indicator, Operator, TargetKind
from evaluator.rulesets import Entry, RuleSet
from evaluator.scoring import Cells, rule_for
from evaluator.text import show
from evaluator.units import factor, options
from evaluator.workbooks.layout import FIELDS

_UP = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)


@dataclass(frozen=True, slots=True)
class RowFormulas:
    """Excel formulas of one row (numbered as in Excel), without the leading ``=``."""

    item: Indicator
    rules: RuleSet
    row: int
    first: int
    last: int

    def at(self, name: str) -> str:
        """This row's cell of a field."""
        return f"${FIELDS[name].letter}{self.row}"

    def _column(self, name: str) -> str:
        letter = FIELDS[name].letter
        return f"${letter}${self.first}:${letter}${self.last}"

    @property
    def weight(self) -> str:
        """自定分值 where typed; the others of its group share what is left, or have the even split."""
        group, own, own_column = (
            f"{self._column('group')},{self.at('group')}",
            self.at("points"),
            self._column("points"),
        )
        total = f"SUMIFS({self._column('even')},{group})"
        typed = f"SUMIFS({own_column},{group})"
        others = f'COUNTIFS({group},{own_column},"")'
        even = self.at("even")
        return f"IF(ISNUMBER({own}),{own},IF({typed}=0,{even},ROUND(({total}-{typed})/{others},2)))"

    @property
    def comparable(self) -> str:
        """The actual in the target's unit; a percent cell holds a fraction."""
        actual, unit = self.at("actual"), self.item.target.unit
        if unit == "%":
            value = f"{actual}*100"
        else:
            value = actual
            for other in reversed(options(unit)[1:]):
                value = f'IF({self.at("unit")}="{other}",{actual}*{show(factor(other, unit))},{value})'
        return f'IF(ISNUMBER({actual}),{value},"")'

    @property
    def filled(self) -> str:
        """1 where the main entry of the row is there."""
        main = {TargetKind.QUALITATIVE: ("grade",), TargetKind.DEADLINE: ("completed", "grade")}
        cells = [self.at(name) for name in main.get(self.item.target.kind, ("actual",))]
        return f'IF({"&".join(cells)}="",0,1)'

    @property
    def _share(self) -> str:
        """The share that counts: the typed one; 达成 without one has the rule's."""
        share, achieved = self.at("share"), show(self.rules.achieved_share.value / 100)
        return f'IF({share}="",IF({self.at("grade")}="{Grade.ACHIEVED}",{achieved},0),{share})'

    @property
    def _ready(self) -> str:
        share, grade = f"ISNUMBER({self.at('share')})", self.at("grade")
        match self.item.target.kind:
            case TargetKind.QUALITATIVE:
                return f'OR({grade}="{Grade.ACHIEVED}",AND({grade}<>"",{share}))'
            case TargetKind.DEADLINE:
                on_time = f"AND(ISNUMBER({self.at('completed')}),{self.at('completed')}<={self.at('value')})"
                return f'OR({on_time},AND({grade}<>"",{share}))'
            case _:
                return f"ISNUMBER({self.at('comparable')})"

    @property
    def expected(self) -> str:
        """The score that the row would get, blank while something it needs is missing."""
        kind = self.item.target.kind
        cells = Cells(
            points=self.at("weight"),
            target=self.at("value"),
            upper=self.at("upper"),
            actual=self.at("completed" if kind is TargetKind.DEADLINE else "comparable"),
            share=f"({self._share})",
        )
        formula = rule_for(self.item.target, self.rules).formula(cells)
        return f'IF({self._ready},ROUND(MAX(0,{formula}-N({self.at("deduction")})),2),"")'

    @property
    def completion(self) -> str:
        """Actual over target."""
        if self.item.target.kind is not TargetKind.NUMERIC or not self.item.target.value:
            return '""'
        return f'IF(ISNUMBER({self.at("comparable")}),{self.at("comparable")}/{self.at("value")},"")'

    @property
    def hint(self) -> str:
        """What the row still lacks, the most important first."""
        steps = [*self._main_hints(), *self._text_hints()]
        formula = '"齐了"'
        for condition, text in reversed(steps):
            formula = f'IF({condition},"{text}",{formula})'
        return formula

    @property
    def first_hint(self) -> str:
        """What an empty row is told."""
        return self._main_hints()[0][1]

    def _main_hints(self) -> list[tuple[str, str]]:
        grade, share = self.at("grade"), self.at("share")
        needs_share = (f'AND({grade}<>"{Grade.ACHIEVED}",{share}="")', "请填得分比例")
        match self.item.target.kind:
            case TargetKind.QUALITATIVE:
                return [(f'{grade}=""', "请选完成等级"), needs_share, *self._band_hints(list(Grade))]
            case TargetKind.DEADLINE:
                done = self.at("completed")
                late = f"NOT(AND(ISNUMBER({done}),{done}<={self.at('value')}))"
                lower = [item for item in Grade if item is not Grade.ACHIEVED]
                return [
                    (f'AND({done}="",{grade}="")', "请填完成日期"),
                    (f'AND({late},OR({grade}="",{share}=""))', "已超期：请选完成等级并填得分比例"),
                    *self._band_hints(lower),
                ]
            case _:
                actual = self.at("actual")
                return [(f'{actual}=""', "请填实际完成值"), (f"NOT(ISNUMBER({actual}))", "完成值应为数字")]

    def _band_hints(self, grades: Sequence[Grade]) -> list[tuple[str, str]]:
        hints = []
        for grade in grades:
            band = self.rules.band(grade)
            low, high = show(band.low / 100), show(band.high / 100)
            upper = ">" if band.high == 100 else ">="
            share = self.at("share")
            outside = f"OR({share}<{low},{share}{upper}{high})"
            condition = f'AND({self.at("grade")}="{grade}",{share}<>"",{outside})'
            hints.append((condition, f"得分比例应在{show(band.low)}%至{show(band.high)}%"))
        return hints

    def _text_hints(self) -> list[tuple[str, str]]:
        score, weight, reason = self.at("expected"), self.at("weight"), self.at("reason")
        hints = [(f'AND(N({self.at("deduction")})>0,{self.at("deduction_reason")}="")', "请写扣减理由")]
        if Entry.DESCRIPTION in self.rules.mandatory and self.item.target.kind is TargetKind.QUALITATIVE:
            hints.append((f'{self.at("description")}=""', "请写完成情况说明"))
        if Entry.REASON in self.rules.mandatory:
            hints.append(
                (f'AND(ISNUMBER({score}),N({score})<{weight},{reason}="")', "请写偏差原因及改进措施")
            )
        target = self.item.target
        if target.kind is TargetKind.NUMERIC and target.operator in _UP and target.value and target.value > 0:
            far = show(self.rules.overshoot.value * target.value)
            condition = f'AND(N({self.at("comparable")})>={far},{reason}="",{self.at("description")}="")'
            hints.append((condition, "超额较多，请说明原因"))
        return hints
