"""Filled sheets as tables of text, and what an audit says of them, flat: [(code, cell)]."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from evaluator.audit import AuditedSheet, SheetAudit, audit_file, audit_sheet, code_of
from evaluator.audit.reading import read_sheets
from evaluator.rulesets import RuleSet, load

NATIONAL = """
项目支出绩效自评表 | | | | | | | |
（2026年度） | | | | | | | |
项目名称 | | 法律服务 | | | | | |
主管部门 | | 某局 | | | 实施单位 | 某中心 | |
项目资金（万元） | | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | | 年度资金总额： | 20 | 20 | 18 | 10 | 90% | 9
 | | 其中：当年财政拨款 | 20 | 20 | 18 | — | | —
年度总体目标 | | 预期目标 | | | 实际完成情况 | | |
 | | 完成全年任务。 | | | 已完成。 | | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
"""
"""Everything above the rows; the first row of indicators is row 11."""
RIGHT = """
 | 产出指标 | 数量指标 | 办理案件 | ≥20件 | 22件 | 20 | 20 |
 | | 质量指标 | 合格率 | ≥95% | 95% | 20 | 20 |
 | | 成本指标 | 律师费 | ≤18万元 | 18万元 | 10 | 10 |
 | 效益指标 | 社会效益指标 | 调解成功率 | ≥80% | 60% | 30 | 22.5 | 当事人坚持诉讼
 | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 92% | 10 | 10 |
 | 总分 | | | | | 100 | 91.5 |
"""


def cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]


def save(path: Path, *texts: str) -> Path:
    """One sheet with the texts one below the other; numbers are numbers, 90% is 0.9 shown as percent."""
    book = Workbook()
    sheet = book.active
    for row, line in enumerate([row for text in texts for row in cells(text)], start=1):
        for column, text in enumerate(line, start=1):
            if text:
                _type(sheet.cell(row, column), text)
    book.save(path)
    return path


def merge(path: Path, *areas: str) -> Path:
    """The same file with areas of cells merged, as where one score is given for several rows."""
    book = load_workbook(path)
    for area in areas:
        book.active.merge_cells(area)
    book.save(path)
    return path


def _type(cell, text: str) -> None:
    if text.startswith("="):
        cell.value, cell.data_type = text, "s"
        return
    number = text.removesuffix("%")
    try:
        value = float(number)
    except ValueError:
        cell.value = text
        return
    if text.endswith("%"):
        decimals = number.partition(".")[2]
        cell.value, cell.number_format = (
            round(value / 100, 10),
            f"0{'.' * bool(decimals)}{'0' * len(decimals)}%",
        )
    else:
        cell.value = value


def audited(*texts: str, rules: str | RuleSet | None = None) -> SheetAudit:
    """The only sheet of a file with the texts one below the other."""
    given = load(rules)[0] if isinstance(rules, str) and rules else None
    return audit_sheet(_read(*texts), rules if isinstance(rules, RuleSet) else given)


@cache
def _read(*texts: str) -> AuditedSheet:
    """Each sheet is written and read once, whatever many tests ask of it."""
    with TemporaryDirectory() as folder:
        [sheet], _ = read_sheets(save(Path(folder, "a.xlsx"), *texts), Path(folder))
    return sheet


def audit(path: Path, rules: str = "") -> SheetAudit:
    """The only sheet of a file."""
    [found] = audit_file(path, path.parent, load(rules)[0] if rules else None).sheets
    return found


def said(found: SheetAudit) -> list[tuple[str, str]]:
    return [(code_of(item.code), item.place.cell or "-") for item in found.findings]
