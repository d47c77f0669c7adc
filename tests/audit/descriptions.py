"""A filled sheet as a description, and the layouts that print it: rows of text, right in every figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from tests.formlayout import Cell, Table

Grid = list[list[str]]


@dataclass(frozen=True)
class Item:
    """One indicator; `value` and `actual` are numbers as typed, `unit` stands behind both."""

    level1: str
    level2: str
    name: str
    operator: str
    value: str
    actual: str
    unit: str
    points: str
    reason: str = ""
    score: str = ""
    written: str = ""

    @property
    def due(self) -> Decimal:
        """The score by the rule of ratio, which all layouts' rules share for ≥, ≤ and =."""
        points, target, actual = Decimal(self.points), Decimal(self.value), Decimal(self.actual)
        met = actual <= target if self.operator == "≤" else actual >= target
        part = Decimal(1) if met else target / actual if self.operator == "≤" else actual / target
        return (points * part).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def printed(self) -> str:
        return self.score or f"{self.due.normalize():f}"

    @property
    def shown(self) -> str:
        return self.written or f"{self.actual}{self.unit}"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its money in 万元; `total`, `rate`, `budget_score` and `funds` only where they are wrong."""

    items: tuple[Item, ...]
    budget: str = "40"
    spent: str = "36"
    points: str = "10"
    total: str = ""
    rate: str = ""
    budget_score: str = ""
    funds: str = ""
    name: str = "法律服务"
    unit: str = "某中心"

    @property
    def execution(self) -> Decimal:
        return Decimal(self.spent) / Decimal(self.budget)

    @property
    def shown_rate(self) -> str:
        exact = (self.execution * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return self.rate or f"{exact.normalize():f}%"

    @property
    def scored(self) -> str:
        exact = (Decimal(self.points) * self.execution).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return self.budget_score or f"{exact.normalize():f}"

    @property
    def summed(self) -> str:
        exact = sum((Decimal(item.printed) for item in self.items), Decimal(self.scored))
        return self.total or f"{exact.normalize():f}"


def _levels(sheet: Sheet, at: int) -> list[str]:
    item = sheet.items[at]
    before = sheet.items[at - 1] if at else None
    same = before is not None and before.level1 == item.level1
    again = same and before is not None and before.level2 == item.level2
    return ["" if same else item.level1, "" if again else item.level2]


def _all_points(sheet: Sheet) -> str:
    return f"{sum((Decimal(i.points) for i in sheet.items), Decimal(sheet.points)).normalize():f}"


def national(sheet: Sheet) -> Grid:
    rows = [
        ["项目支出绩效自评表"],
        ["（2026年度）"],
        ["项目名称", "", sheet.name],
        ["主管部门", "", "某局", "", "", "实施单位", sheet.unit],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "", "年度资金总额：", sheet.budget, sheet.budget, sheet.spent, sheet.points, sheet.shown_rate, sheet.scored],
        ["", "", "其中：当年财政拨款", sheet.funds or sheet.budget, sheet.funds or sheet.budget, sheet.spent, "—", "", "—"],
        ["", "", "其他资金", "0", "0", "0", "—", "", "—"],
        ["年度总体目标", "", "预期目标", "", "", "实际完成情况"],
        ["", "", "完成全年任务。", "", "", "已按计划推进。"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ]  # fmt: skip
    for at, item in enumerate(sheet.items):
        target = f"{item.operator}{item.value}{item.unit}"
        rows.append(
            ["", *_levels(sheet, at), item.name, target, item.shown, item.points, item.printed, item.reason]
        )
    return [*rows, ["", "总分", "", "", "", "", _all_points(sheet), sheet.summed]]


def before(sheet: Sheet) -> Grid:
    """Points before the target, reason last."""
    rows = [
        ["2026年度项目支出绩效自评表"],
        ["项目名称", sheet.name, "", "实施单位", sheet.unit],
        [
            "预算执行情况（万元）",
            "",
            "年初预算数",
            "全年预算数（A）",
            "全年执行数（B）",
            "分值",
            "执行率（B/A）",
            "得分",
        ],
        [
            "",
            "资金总额",
            sheet.budget,
            sheet.budget,
            sheet.spent,
            sheet.points,
            sheet.shown_rate,
            sheet.scored,
        ],
        ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年完成值", "得分", "未完成原因分析"],
    ]
    for at, item in enumerate(sheet.items):
        target = f"{item.operator}{item.value}{item.unit}"
        rows.append(
            [*_levels(sheet, at), item.name, item.points, target, item.shown, item.printed, item.reason]
        )
    return [*rows, ["合计", "", "", _all_points(sheet), "", "", sheet.summed]]


def split(sheet: Sheet) -> Grid:
    """Operator, value and unit in columns of their own, under one head."""
    rows = [
        ["项目支出绩效自评表"],
        ["（2026年度）"],
        ["项目名称", "", sheet.name, "", "实施单位", sheet.unit],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "", "年度资金总额", sheet.budget, sheet.budget, sheet.spent, sheet.points, sheet.shown_rate, sheet.scored],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "", "", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["", "", "", "", "指标性质", "指标值", "度量单位"],
    ]  # fmt: skip
    for at, item in enumerate(sheet.items):
        target = [item.operator, item.value, item.unit]
        actual = item.written or item.actual
        rows.append(
            ["", *_levels(sheet, at), item.name, *target, actual, item.points, item.printed, item.reason]
        )
    return [*rows, ["总分", "", "", "", "", "", "", "", _all_points(sheet), sheet.summed]]


def below(sheet: Sheet) -> Grid:
    """As Yunnan's: the levels in the lower row of heads, what was achieved in the upper one."""
    rows = [
        ["2026年度项目支出绩效自评表"],
        ["项目名称", "", sheet.name, "", "实施单位", sheet.unit],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "", sheet.budget, sheet.budget, sheet.spent, sheet.points, sheet.shown_rate, sheet.scored],
        ["绩效指标", "", "", "年度指标值", "", "", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"],
    ]  # fmt: skip
    for at, item in enumerate(sheet.items):
        target = [item.operator, item.value, item.unit]
        actual = item.written or item.actual
        rows.append([*_levels(sheet, at), item.name, *target, actual, item.points, item.printed, item.reason])
    return [*rows, ["总分", "", "", "", "", "", "", _all_points(sheet), sheet.summed]]


def among(sheet: Sheet) -> Grid:
    """The budget is a row among the indicators."""
    rows = [
        ["2026年项目绩效自评表"],
        ["项目名称", sheet.name, "", "填报单位", sheet.unit],
        ["一级指标", "二级指标", "三级指标", "目标值", "实际值", "权重（分）", "自评得分", "偏差原因"],
        ["预算执行", "", "预算执行率", "100%", sheet.shown_rate, sheet.points, sheet.scored, "结余"],
    ]
    for at, item in enumerate(sheet.items):
        target = f"{item.operator}{item.value}{item.unit}"
        rows.append(
            [*_levels(sheet, at), item.name, target, item.shown, item.points, item.printed, item.reason]
        )
    return [*rows, ["总计", "", "", "", "", _all_points(sheet), sheet.summed]]


LAYOUTS: dict[str, Callable[[Sheet], Grid]] = {
    "national": national,
    "before": before,
    "split": split,
    "below": below,
    "among": among,
}


def blocks(grid: Grid) -> tuple[Table, ...]:
    """The grid as one table, every row as wide as the widest."""
    width = max(len(row) for row in grid)
    filled = (row + [""] * (width - len(row)) for row in grid)
    return (Table(tuple(tuple(Cell(text) for text in row) for row in filled)),)


def change(sheet: Sheet, at: int, **changes: str) -> Sheet:
    """The sheet with one item changed."""
    items = list(sheet.items)
    items[at] = replace(items[at], **changes)
    return replace(sheet, items=tuple(items))
