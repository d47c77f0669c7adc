"""The live cells of a fill-in workbook: points, converted actual, completion, expected score, hints.

The expected score is the rule's own formula over the row's cells, so that it cannot drift from what the
tool computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluator.records.approved import Indicator, Operator, TargetKind
from evaluator.records.submitted import Grade
from evaluator.render.fill_in.weights import Weights
from evaluator.rulesets import Band, Entry, RuleSet
from evaluator.scoring import Cells, rule_for
from evaluator.scoring.doubts import least_meant, most_meant, other_scale
from evaluator.scoring.settling import is_unsettled_money
from evaluator.values.text import show
from evaluator.values.units import factor, is_rate, options
from evaluator.workbooks.answers import grade_words, nothing_words
from evaluator.workbooks.layout import FIELDS, open_fields
from evaluator.workbooks.values import is_far_rate

SHORT_GRADES = {Grade.ACHIEVED: "达成", Grade.PARTLY: "部分", Grade.MISSED: "未达"}
"""The grades as the hidden column has them."""
_NOT_APPLICABLE = "不适用的不计分，请附批复调整文件"
_UP = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)


@dataclass(frozen=True, slots=True)
class RowFormulas:
    """Excel formulas of one row (numbered as in Excel), without the leading ``=``."""

    item: Indicator
    rules: RuleSet
    row: int
    weights: Weights

    def at(self, name: str) -> str:
        """This row's cell of a field."""
        return f"${FIELDS[name].letter}{self.row}"

    @property
    def weight(self) -> str:
        """The points that the row can earn."""
        return self.weights.formula(self.item, self.row)

    @property
    def comparable(self) -> str:
        """The actual in the target's unit; a percent cell holds a fraction."""
        actual, unit = self.at("actual"), self.item.target.unit
        if is_rate(unit):
            value = f"{actual}*{show(100 * factor('%', unit))}"
        else:
            value = actual
            for other in reversed(options(unit)[1:]):
                value = f'IF({self.at("unit")}="{other}",{actual}*{show(factor(other, unit))},{value})'
        return f'IF(ISNUMBER({actual}),{value},"")'

    @property
    def filled(self) -> str:
        """1 where the main entry of the row is there."""
        main = {TargetKind.QUALITATIVE: ("graded",), TargetKind.DEADLINE: ("completed", "graded")}
        cells = [self.at(name) for name in main.get(self.item.target.kind, ("actual",))]
        return f'IF({"&".join(cells)}="",0,1)'

    @property
    def graded(self) -> str:
        """The grade in short, from its own column or from 实际完成值; nothing where the row has none."""
        if "grade" not in open_fields(self.item.target):
            return '""'
        grade, actual = f"${FIELDS['grade'].letter}{self.row}", self.at("actual")
        instead = _grade_in(actual, f'IF({actual}="不适用","不适用","")')
        return f'IF({grade}="",{instead},{_grade_in(grade, grade)})'

    @property
    def _share(self) -> str:
        """The share that counts: the typed one; 达成 without one has the rule's."""
        share, achieved = self.at("share"), show(self.rules.achieved_share.value / 100)
        chosen = f'{self.at("graded")}="{SHORT_GRADES[Grade.ACHIEVED]}"'
        return f'IF({share}="",IF({chosen},{achieved},0),{share})'

    @property
    def expected(self) -> str:
        """The score that the row would get, blank while anything stands in its way."""
        kind = self.item.target.kind
        cells = Cells(
            points=self.at("weight"),
            target=self.at("value"),
            upper=self.at("upper"),
            actual=self.at("completed" if kind is TargetKind.DEADLINE else "comparable"),
            share=f"({self._share})",
        )
        formula = rule_for(self.item.target, self.rules).formula(cells)
        score = f"ROUND(MAX(0,{formula}-N({self.at('deduction')})),2)"
        # One IF after the other: the rule's formula is not worked out over blanks.
        for condition, _ in reversed(self._obstacles()):
            score = f'IF({condition},"",{score})'
        return score

    @property
    def completion(self) -> str:
        """Actual over target."""
        if self.item.target.kind is not TargetKind.NUMERIC or not self.item.target.value:
            return '""'
        return f'IF(ISNUMBER({self.at("comparable")}),{self.at("comparable")}/{self.at("value")},"")'

    @property
    def hint(self) -> str:
        """What the row still lacks, the most important first."""
        formula = '"齐了"'
        for condition, text in reversed([*self._obstacles(), *self._text_hints()]):
            formula = f'IF({condition},"{text}",{formula})'
        return formula

    @property
    def first_hint(self) -> str:
        """What an empty row is told."""
        return self._main_hints()[0][1]

    def _obstacles(self) -> list[tuple[str, str]]:
        """Why the row has no score, if so: conditions and what to do."""
        own, less = self.at("points"), self.at("deduction")
        return [
            *self._main_hints(),
            (f'AND({own}<>"",NOT(ISNUMBER({own})))', "自定分值应为数字"),
            (self.weights.fault(self.item, self.row), self.weights.advice(self.item)),
            (f'OR(N({less})<0,AND({less}<>"",NOT(ISNUMBER({less}))))', "扣减分值应为不小于0的数字"),
            (f"AND(N({less})>0,{_is_silent(self.at('deduction_reason'))})", "请写扣减理由"),
        ]

    def _main_hints(self) -> list[tuple[str, str]]:
        match self.item.target.kind:
            case TargetKind.QUALITATIVE:
                grade = self.at("graded")
                needs_share = f'AND({grade}<>"{SHORT_GRADES[Grade.ACHIEVED]}",{self.at("share")}="")'
                return [
                    (f'{grade}=""', "请选完成等级"),
                    (f'{grade}="不适用"', _NOT_APPLICABLE),
                    (_is_unknown(grade), "完成等级请从下拉框选"),
                    (needs_share, "请填得分比例"),
                    *self._band_hints(self.rules.bands),
                ]
            case TargetKind.DEADLINE:
                return self._deadline_hints()
            case _:
                return self._number_hints()

    def _number_hints(self) -> list[tuple[str, str]]:
        actual, target = self.at("actual"), self.item.target
        hints = [
            (f'{actual}=""', "请填实际完成值"),
            (f'{actual}="不适用"', _NOT_APPLICABLE),
            (f"NOT(ISNUMBER({actual}))", "完成值应为数字"),
        ]
        if is_rate(target.unit) and not is_far_rate(target):
            hints.append((f"ABS(N({actual}))>=10", "请核对：应为百分比，如 95%"))
        hints += self._doubts()
        if target.kind is TargetKind.UNREADABLE:
            hints.append(("TRUE", "指标值无法识别，请与财务人员核对"))
        elif target.value is not None and target.value < 0:
            missed = ">" if target.operator in (Operator.BELOW, Operator.AT_MOST) else "<"
            hints.append(
                (f"{self.at('comparable')}{missed}{self.at('value')}", "负数目标未达到，请与财务人员核对")
            )
        return hints

    def _doubts(self) -> list[tuple[str, str]]:
        """What is asked about before it is scored, as `scoring.doubts` and `scoring.settling` have it."""
        item, value = self.item, f"N({self.at('comparable')})"
        least, most, scale = least_meant(item), most_meant(item), other_scale(item)
        hints = []
        if scale:
            within = f"ABS({value})>={show(scale[0])},ABS({value})<={show(scale[1])}"
            hints.append((f"AND({within})", "请核对：指标值与完成值一个像小数、一个像百分数"))
        if least:
            silent = f'{self.at("reason")}&{self.at("description")}=""'
            hints.append((f"AND({value}>0,{value}<={show(least)},{silent})", "请核对：百分数像是小了一百倍"))
        if most:
            hints.append((f"{value}>{show(most)}", "请核对：这类比率不会这样高"))
        if is_unsettled_money(item):
            hints.append((f'{self.at("unit")}=""', "请选计量单位（元或万元）"))
        return hints

    def _deadline_hints(self) -> list[tuple[str, str]]:
        done, grade, share = self.at("completed"), self.at("graded"), self.at("share")
        late = f"NOT(AND(ISNUMBER({done}),{done}<={self.at('value')}))"
        hints = [
            (f'AND({done}="",{grade}="")', "请填完成日期"),
            (f'OR({done}="不适用",{grade}="不适用")', _NOT_APPLICABLE),
            (_is_unknown(grade), "完成等级请从下拉框选"),
            (f'AND({done}<>"",NOT(ISNUMBER({done})))', "完成日期请按日期填写，如 2026-11-20"),
            (f'AND({late},{grade}="",{share}="")', "已超期：请选完成等级并填得分比例"),
            (f'AND({late},{grade}="{SHORT_GRADES[Grade.ACHIEVED]}")', "超期的不能选达成"),
            (f'AND({late},{share}="")', "请填得分比例"),
        ]
        bands = self.rules.bands_for(TargetKind.DEADLINE)
        return hints + [(f"AND({late},{condition})", text) for condition, text in self._band_hints(bands)]

    def _band_hints(self, bands: Sequence[Band]) -> list[tuple[str, str]]:
        grade, share = self.at("graded"), self.at("share")
        hints = [(f'AND({share}<>"",NOT(ISNUMBER({share})))', "得分比例应为百分比，如 75%")]
        for band in bands:
            low, high = show(band.low), show(band.high)
            chosen = f'{grade}="{SHORT_GRADES[band.grade]}"'
            hints.append(
                (f'AND({chosen},{share}<>"",{_outside(share, band)})', f"得分比例应在{low}%至{high}%")
            )
        outside = ",".join(_outside(share, band) for band in bands)
        hints.append((f'AND({grade}="",{share}<>"",{outside})', "得分比例不在各等级的范围内"))
        return hints

    def _text_hints(self) -> list[tuple[str, str]]:
        score, weight = self.at("expected"), self.at("weight")
        texts = [self.at(name) for name in ("reason", "description", "deduction_reason")]
        silent = [_is_silent(text) for text in texts]
        hints = []
        if Entry.DESCRIPTION in self.rules.mandatory and self.item.target.kind is TargetKind.QUALITATIVE:
            hints.append((_is_silent(self.at("description")), "请写完成情况说明"))
        if Entry.REASON in self.rules.mandatory:
            below = f"ISNUMBER({score}),N({score})<N({weight})"
            hints.append((f"AND({below},{silent[0]},{silent[2]})", "请写偏差原因及改进措施"))
        target = self.item.target
        if target.kind is TargetKind.NUMERIC and target.operator in _UP and target.value and target.value > 0:
            far = show(self.rules.overshoot_reason.value * target.value)
            above = f"N({self.at('comparable')})>={far}"
            hints.append((f"AND({above},{','.join(silent)})", "超额较多，请说明原因"))
        return hints


def _plain(cell: str) -> str:
    """Excel expression: a cell's text as answers are compared."""
    return f'SUBSTITUTE(SUBSTITUTE({cell}," ",""),"。","")'


def _is_one_of(cell: str, words: Iterable[str]) -> str:
    """Excel condition: a cell holds one of some words and nothing more."""
    listed = ",".join(f'"{word}"' for word in words)
    return f"SUMPRODUCT(--({_plain(cell)}={{{listed}}}))>0"


def _is_silent(cell: str) -> str:
    """Excel condition: a cell gives no reason, as where 无 stands in it."""
    return f'OR({cell}="",{_is_one_of(cell, nothing_words())})'


def _grade_in(cell: str, otherwise: str) -> str:
    """Excel expression: the short form of the grade that a cell holds."""
    for grade in reversed(Grade):
        otherwise = f'IF({_is_one_of(cell, grade_words(grade))},"{SHORT_GRADES[grade]}",{otherwise})'
    return otherwise


def _is_unknown(grade: str) -> str:
    """Excel condition: what was typed is none of the grades."""
    known = ",".join(f'{grade}="{short}"' for short in SHORT_GRADES.values())
    return f'AND({grade}<>"",NOT(OR({known})))'


def _outside(share: str, band: Band) -> str:
    """Excel condition: a share, as a fraction, is not within a band."""
    upper = ">" if band.high == 100 else ">="
    return f"OR({share}<{show(band.low / 100)},{share}{upper}{show(band.high / 100)})"
