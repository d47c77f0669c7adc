"""Where everything stands in a fill-in workbook; the writer and the reader both take it from here.

Rows and columns count from 1, as in Excel's own addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evaluator.records.addresses import column_letters
from evaluator.records.approved import Target, TargetKind
from evaluator.records.source import Place
from evaluator.records.submitted import ACCOUNT, CARRIED, GRANT, OTHER

TEMPLATE_VERSION = "3"
GUIDE, FACTS, BUDGET, ACTUALS, STAMP = "填写说明", "基本情况", "预算执行", "实际完成值", "_evaluate"

FIRST_ROW = 7
HEAD_ROW = 6


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the sheet 实际完成值: what it holds, where, its head, its width, whether people type."""

    name: str
    column: int
    title: str
    width: float
    entry: bool = False

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letters(self.column)


_FIELDS = (
    ("code", "编码", 8, False),
    ("level1", "一级指标", 9, False),
    ("level2", "二级指标", 10, False),
    ("name", "三级指标", 28, False),
    ("target", "指标值（批复）", 14, False),
    ("weight", "分值", 7, False),
    ("actual", "实际完成值", 13, True),
    ("unit", "计量单位", 9, True),
    ("grade", "完成等级", 17, True),
    ("share", "得分比例", 9, True),
    ("completed", "完成日期", 12, True),
    ("completion", "完成率", 9, False),
    ("expected", "预计得分", 9, False),
    ("hint", "还缺什么", 22, False),
    ("description", "完成情况说明", 26, True),
    ("reason", "偏差原因及改进措施", 46, True),
    ("evidence", "佐证材料", 18, True),
    ("deduction", "扣减分值", 8, True),
    ("deduction_reason", "扣减理由", 16, True),
    ("points", "自定分值", 8, True),
    # Text comes first of the hidden ones: LibreOffice prints ### at the edge of a hidden number.
    ("group", "分组", 9, False),
    ("comparable", "折算值", 9, False),
    ("value", "目标值", 9, False),
    ("upper", "上限", 9, False),
    ("even", "均分分值", 9, False),
    ("filled", "已填", 9, False),
    ("graded", "等级", 9, False),
)
FIELDS = {
    name: Field(name, at, title, width, entry) for at, (name, title, width, entry) in enumerate(_FIELDS, 1)
}
ENTRY_FIELDS = tuple(field for field in FIELDS.values() if field.entry)
HIDDEN_FIELDS = ("comparable", "value", "upper", "even", "group", "filled", "graded")
LIVE_FIELDS = ("weight", "completion", "expected", "hint")
"""Columns of formulas, which nobody is to type over."""
LOCKED_CHECKED = ("level1", "level2", "name", "target")
"""Locked cells whose text is compared with the template's when reading."""


def open_fields(target: Target) -> frozenset[str]:
    """The fields that a person may fill for a target of this kind."""
    always = {"description", "reason", "evidence", "deduction", "deduction_reason", "points"}
    match target.kind:
        case TargetKind.NUMERIC | TargetKind.RANGE:
            own = {"actual", "unit"}
        case TargetKind.DEADLINE:
            own = {"completed", "grade", "share"}
        case TargetKind.QUALITATIVE:
            own = {"grade", "share"}
        case TargetKind.UNREADABLE:
            own = {"actual", "unit"}
    return frozenset(always | own)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the sheet 基本情况: its label, and the choices of its drop-down, if it has one.

    `told` says that it is a text of some lines, which the written report takes over.
    """

    name: str
    choices: tuple[str, ...] = ()
    asked: str = ""
    told: bool = False


SAMPLE, OFFICIAL = "示例数据", "正式数据"
NATURE = "数据性质"
FACT_LIST = (
    Fact("主管部门", asked="主管部门全称"),
    Fact("实施单位", asked="项目实施单位全称"),
    Fact("项目类别", ("部门预算", "省（市）直专项", "对下转移支付"), "从下拉框选"),
    Fact("项目属性", ("持续性", "新增性"), "从下拉框选"),
    Fact("项目类型", ("常年性", "延续性", "一次性"), "从下拉框选"),
    Fact("填报人", asked="姓名"),
    Fact("联系电话"),
    Fact("填报日期", asked="如 2027-01-15"),
    Fact("改进措施及结果应用方案", asked="下一步改进措施，自评结果怎样用于预算安排和管理"),
    Fact(NATURE, (OFFICIAL, SAMPLE), "正式上报时为正式数据"),
    Fact("立项依据", asked="自评报告用：依据的文件（名称、文号）和立项背景", told=True),
    Fact("主要内容", asked="自评报告用：项目做哪几件事、服务谁、怎样实施", told=True),
    Fact("自评工作开展情况", asked="自评报告用：谁牵头、怎样收集和核对数据、何时完成", told=True),
    Fact("资金使用管理情况", asked="自评报告用：何时到位、怎样审批和核算、有无专款专用", told=True),
    Fact("组织实施情况", asked="自评报告用：责任分工、采购或招标、过程检查和验收", told=True),
    Fact("存在问题", asked="自评报告用：数据看不出来、需要说明的问题；没有的写“无”", told=True),
    Fact("有关建议", asked="自评报告用：对目标、资金安排、政策的建议；没有的写“无”", told=True),
)
FACT_ROW = 5  # first fact; the project's name and the applicant stand above
FACT_COLUMN = 2
GOAL_ROW = FACT_ROW + len(FACT_LIST) + 2  # first goal; its head stands above
GOAL_HEADS = ("年度总体目标", "批复的目标", "实际完成情况（请填写）")
GOAL_RESULT_COLUMN = 3


@dataclass(frozen=True, slots=True)
class FundLine:
    """A line of the sheet of the budget; `part_of` names the one whose money it is part of."""

    name: str
    part_of: str = ""

    @property
    def label(self) -> str:
        """What stands before its amounts."""
        return f"其中：{self.name}" if self.part_of else self.name


EARLIER_FUND_LINES = tuple(FundLine(name) for name in (GRANT, CARRIED, OTHER))
_GRANT_PARTS = tuple(FundLine(name, GRANT) for name in ("中央补助", "省级资金", "市县资金"))
FUND_LINES = (*EARLIER_FUND_LINES, FundLine(ACCOUNT), *_GRANT_PARTS)
TOTAL = "合计"
FUNDS = tuple(line.name for line in FUND_LINES)
FUND_ROW = 7
FUND_COLUMNS = {"initial": 2, "adjusted": 3, "spent": 4}
FUND_TITLES = {"initial": "年初预算数", "adjusted": "全年预算数", "spent": "全年执行数"}
FUND_HEADS = ("资金来源", *FUND_TITLES.values(), "执行率")
NOTE_LABEL = "预算调整说明"
TOTAL_ROW = FUND_ROW + len(FUNDS)  # below it what counts, and what is wrong with the amounts
NOTE_ROW = TOTAL_ROW + 3
NOTE_COLUMN = 2


def note_row(lines: Sequence[FundLine]) -> int:
    """The row of 预算调整说明 below these lines."""
    return FUND_ROW + len(lines) + 3


LAST_ROW = 2000
"""Far below any indicator: what stands further down is formatting that programs leave behind."""


def live_cells(lines: Sequence[FundLine]) -> Iterator[tuple[int, int]]:
    """Row and column of the formulas on the sheet of the budget: totals and rates."""
    total, rate = FUND_ROW + len(lines), len(FUND_HEADS)
    last = total + (lines == FUND_LINES)  # what counts has a row of its own since version 3
    yield from ((row, column) for row in range(total, last + 1) for column in FUND_COLUMNS.values())
    yield from ((row, rate) for row in range(FUND_ROW, last + 1))


def fixed_cells(lines: Sequence[FundLine] = FUND_LINES) -> Iterator[tuple[str, int, int, str]]:
    """Heads and labels that show whether rows or columns have moved: sheet, row, column, text.

    The rows of 基本情况 are found by their labels instead: there are more of them with every version.
    """
    for name, field in FIELDS.items():
        if name not in HIDDEN_FIELDS:
            yield ACTUALS, HEAD_ROW, field.column, field.title
    for column, text in enumerate(FUND_HEADS, 1):
        yield BUDGET, FUND_ROW - 1, column, text
    for at, line in enumerate(lines):
        yield BUDGET, FUND_ROW + at, 1, line.label
    yield BUDGET, note_row(lines), 1, NOTE_LABEL


STAMP_ROWS = ("year", "project_key", "template_version", "targets_hash", "rules_name", "rules_sha256")
"""Rows of the hidden sheet, name in column A, value in B."""


def beside(place: Place, field: str) -> Place:
    """The cell of another field (or of another amount of a fund) in the row of a cell."""
    column = FIELDS[field].column if field in FIELDS else FUND_COLUMNS[field]
    cell = re.fullmatch(r"[A-Z]+(\d+)", place.cell)
    return replace(place, cell=address(int(cell[1]), column)) if cell else place


def address(row: int, column: int) -> str:
    """``G7``."""
    return f"{column_letters(column)}{row}"
