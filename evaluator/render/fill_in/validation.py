"""Data validation of a row's entry cells: what may be typed, said in Chinese before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Indicator, TargetKind
from evaluator.records.submitted import Grade
from evaluator.rulesets import RuleSet
from evaluator.scoring.settling import is_unsettled_money
from evaluator.values.text import show
from evaluator.values.units import is_rate, options
from evaluator.workbooks.layout import FIELDS


def validate(sheet: Worksheet, row: int, item: Indicator, rules: RuleSet, fields: frozenset[str]) -> None:
    """Put validation on the open fields of a row (counted from 0)."""
    _Validation(sheet, row, item, rules, fields).write()


@dataclass(frozen=True)
class _Validation:
    sheet: Worksheet
    row: int
    item: Indicator
    rules: RuleSet
    open: frozenset[str]

    def write(self) -> None:
        """Write all that the row needs."""
        item = self.item
        units = list(options(item.target.unit) or (options("元") if is_unsettled_money(item) else ()))
        if "unit" in self.open and units:
            self._choose("unit", units, "计量单位", f"可选：{'、'.join(units)}")
        if "grade" in self.open:
            grades = list(Grade)[1:] if item.target.kind is TargetKind.DEADLINE else list(Grade)
            tip = "没有按期完成时才选" if item.target.kind is TargetKind.DEADLINE else "从下拉框选择"
            self._choose("grade", [grade.value for grade in grades], "完成等级", tip)
        if "share" in self.open:
            tip = self._share_tip()
            self._limit("share", "decimal", 0, 1, "得分比例", tip, "得分比例应在 0% 至 100% 之间，如 75%。")
        if "completed" in self.open:
            self._limit(
                "completed",
                "date",
                date(2000, 1, 1),
                date(2099, 12, 31),
                "完成日期",
                "如 2026-12-05",
                "请填写日期，如 2026-12-05。",
            )
        if "actual" in self.open and item.target.kind is not TargetKind.UNREADABLE:
            self._limit_actual()
        for name in ("deduction", "points"):
            tip = (
                "确需扣减时填写，并写扣减理由"
                if name == "deduction"
                else "不填则在一级指标内均分；同组合计须与该组分值相等"
            )
            self._limit(name, "decimal", 0, 100, FIELDS[name].title, tip, "请填写 0 至 100 的数字。")

    def _limit_actual(self) -> None:
        cell = f"{FIELDS['actual'].letter}{self.row + 1}"
        rate = is_rate(self.item.target.unit)
        tip = "直接输入 95 或 95%" if rate else "只填数字，不带≥、≤和单位；确实不适用填“不适用”"
        rule = f'OR(ISNUMBER({cell}),{cell}="不适用")'
        message = "完成值应为数字，不带≥、≤和单位；确实不适用的填“不适用”。"
        self.sheet.data_validation(
            cell,
            {
                "validate": "custom",
                "value": f"={rule}",
                "input_title": f"实际完成值（{self.item.target.unit or '无单位'}）"[:32],
                "input_message": tip,
                "error_title": "完成值不是数字",
                "error_message": message,
            },
        )

    def _share_tip(self) -> str:
        rules = self.rules
        grades = list(Grade)[1:] if self.item.target.kind is TargetKind.DEADLINE else list(Grade)
        names = {Grade.ACHIEVED: "达成", Grade.PARTLY: "部分达成", Grade.MISSED: "未达成"}
        return "；".join(f"{names[g]} {show(rules.band(g).low)}%–{show(rules.band(g).high)}%" for g in grades)

    def _choose(self, name: str, choices: list[str], title: str, tip: str) -> None:
        self.sheet.data_validation(
            self.row,
            FIELDS[name].column - 1,
            self.row,
            FIELDS[name].column - 1,
            {
                "validate": "list",
                "source": choices,
                "input_title": title,
                "input_message": tip[:255],
                "error_title": f"{title}不在可选范围",
                "error_message": "请从下拉框中选择。",
            },
        )

    def _limit(
        self, name: str, kind: str, low: object, high: object, title: str, tip: str, error: str
    ) -> None:
        self.sheet.data_validation(
            self.row,
            FIELDS[name].column - 1,
            self.row,
            FIELDS[name].column - 1,
            {
                "validate": kind,
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "input_title": title,
                "input_message": tip[:255],
                "error_title": f"{title}有误",
                "error_message": error,
            },
        )
