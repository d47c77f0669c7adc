"""Typing into a fill-in workbook as a person does: open it, put values into cells, save it."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from evaluator.records.approved import Project
from evaluator.render.fill_in.workbook import write_fill_in
from evaluator.rulesets import RuleSet, load
from evaluator.workbooks import read_submission
from evaluator.workbooks.layout import ACTUALS, FIELDS, FIRST_ROW
from tests.written import form, read

ROWS = """
    年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤11万元 | 计划标准
     | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | | 质量指标 | 合规率 | ≥95% | 计划标准
     | | 时效指标 | 完成时间 | 2026年11月底前 | 计划标准
     | 效益指标 | 社会效益指标 | 社保知识普及 | 明显提升 | 计划标准
     | | | 群体性事件数 | =0件 | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""
CODES = ("CB-01", "CC-01", "CC-02", "CC-03", "XY-01", "XY-02", "MY-01")
RULES, _ = load("hubei")


def project(rows: str = ROWS, **head: str) -> Project:
    return read(form(rows, **head)).projects[0]


def blank(
    folder: Path, of: Project | None = None, name: str = "a.xlsx", rules: RuleSet | None = None
) -> Path:
    path = folder / name
    write_fill_in(path, of or project(), 2026, rules or RULES)
    return path


def cell(code: str, field: str) -> str:
    """Where a field of an indicator stands in a fresh workbook."""
    return f"{FIELDS[field].letter}{FIRST_ROW + CODES.index(code)}"


def fill(path: Path, cells: Mapping[str, Any], sheet: str = ACTUALS) -> Path:
    """Type values (or pairs of value and number format) into cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path)
    for address, typed in cells.items():
        value, number_format = typed if isinstance(typed, tuple) else (typed, None)
        book[sheet][address] = value
        if number_format:
            book[sheet][address].number_format = number_format
    book.save(path)
    return path


def submit(path: Path, of: Project | None = None):
    """What the workbook comes to: the submission, and findings as (code, cell)."""
    submission, findings = read_submission(path, path.parent, of or project(), 2026)
    return submission, [(item.code, item.place.cell) for item in findings]
