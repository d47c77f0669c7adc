"""各单位汇总.xlsx: by unit, by project, what is due, what was found; totals and weighted scores live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from evaluator.records.findings import by_severity
from evaluator.records.rollup import ProjectLine, Rollup, UnitLine
from evaluator.render.book import WATCH, Book, height_for, merge, put, put_formula, write_list_head
from evaluator.render.columns import Columns, columns
from evaluator.storage.files import beside

_MONEY, _RATE, _POINTS = "#,##0.00####", '0.00"%"', "0.00"
_UNITS = columns(
    ("number", "序号", 6),
    ("name", "单位", 34),
    ("folder", "文件夹", 26),
    ("rules", "计分规则", 14),
    ("projects", "项目数", 8),
    ("complete", "已全部计分", 9),
    ("adjusted", "全年预算数", 14),
    ("spent", "全年执行数", 14),
    ("rate", "执行率", 9),
    ("score", "加权得分", 9),
    ("errors", "错误", 7),
    ("warnings", "提醒", 7),
    ("due", "待办", 7),
    ("problem", "没有结果的原因", 34),
)
_PROJECTS = columns(
    ("number", "序号", 7),
    ("unit", "单位", 30),
    ("name", "项目名称", 38),
    ("adjusted", "全年预算数", 14),
    ("spent", "全年执行数", 14),
    ("rate", "执行率", 9),
    ("score", "自评得分", 9),
    ("rating", "自评等级", 9),
    ("met", "达标指标", 8),
    ("indicators", "指标总数", 8),
    ("unscored", "未计分", 8),
    ("errors", "错误", 7),
    ("warnings", "提醒", 7),
    ("counted", "计入加权", 9),
)
_DUES = columns(
    ("number", "序号", 7),
    ("unit", "单位", 32),
    ("folder", "文件夹", 28),
    ("project", "项目名称", 40),
    ("words", "待办", 44),
)
_FINDINGS = columns(
    ("number", "序号", 7),
    ("severity", "级别", 7),
    ("text", "说明", 70),
    ("remedy", "处理办法", 50),
    ("place", "位置", 34),
)
_TEXTS = frozenset({"name", "folder", "unit", "project", "words", "problem", "text", "remedy", "place"})
_SHAPES = {"adjusted": _MONEY, "spent": _MONEY, "rate": _RATE, "score": _POINTS}


def write_rollup(path: Path, rollup: Rollup) -> None:
    """Write the workbook. Raises OSError."""
    with beside(path) as draft:
        book = Book(str(draft), title="各单位汇总", subject=f"{rollup.year}年度项目支出绩效自评")
        _write_units(book, rollup)
        _write_projects(book, rollup)
        _write_dues(book, rollup)
        _write_findings(book, rollup)
        book.close()


def _begin(book: Book, name: str, title: str, words: str, of: Columns) -> tuple[Worksheet, int]:
    sheet = book.add_sheet(name)
    sheet.set_landscape()
    first = write_list_head(book, sheet, 0, title, words, of.heads, "plain")
    sheet.freeze_panes(first, of.at("name") + 1 if of.has("name") else 2)
    return sheet, first


def _end(sheet: Worksheet, of: Columns, first: int, last: int) -> None:
    sheet.autofilter(first - 1, 0, max(last, first), of.end)
    sheet.print_area(0, 0, max(last, first) + 1, of.end)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _write_row(book: Book, sheet: Worksheet, row: int, of: Columns, values: Mapping[str, object]) -> None:
    for role, value in values.items():
        shape = _SHAPES.get(role)
        look = book.look("cell", indent=1) if role in _TEXTS else book.look("centre")
        put(sheet, row, of.at(role), value, book.look("number", num_format=shape) if shape else look)


def _write_rate(book: Book, sheet: Worksheet, row: int, of: Columns, rate: Decimal | None) -> None:
    adjusted, spent = (f"${of.letter(role)}{row + 1}" for role in ("adjusted", "spent"))
    formula = f'IF(N({adjusted})>0,ROUND({spent}/{adjusted}*100,2),"")'
    put_formula(sheet, row, of.at("rate"), formula, book.look("number", num_format=_RATE), rate)


def _write_sums(
    book: Book, sheet: Worksheet, of: Columns, first: int, row: int, sums: Mapping[str, Decimal | int | None]
) -> None:
    """The row of totals below the rows from `first`: labels at the left, sums live."""
    for role in (column.role for column in of.items):
        put(sheet, row, of.at(role), None, book.look("cell"))
    put(sheet, row, 0, "合计", book.look("heading"))
    for role, total in sums.items():
        cells = f"{of.letter(role)}{first + 1}:{of.letter(role)}{max(row, first + 1)}"
        look = book.look("number", num_format=_SHAPES.get(role, "0"))
        put_formula(sheet, row, of.at(role), f"SUM({cells})", look, total or 0)
    sheet.set_row(row, 26)


def _write_units(book: Book, rollup: Rollup) -> None:
    there = [unit for unit in rollup.units if not unit.problem]
    words = (
        f"单位 {len(rollup.units)} 个，其中有结果的 {len(there)} 个；项目 {len(rollup.projects)} 个。"
        "金额单位：万元。"
        "单位得分按各项目全年预算数加权，只计全部指标已计分的项目。"
    )
    sheet, first = _begin(book, "按单位", f"{rollup.year}年度各单位自评结果汇总", words, _UNITS)
    due: dict[str, int] = {}
    for item in rollup.dues:
        due[item.folder] = due.get(item.folder, 0) + 1
    start = _FIRST
    for row, unit in enumerate(rollup.units, first):
        _write_unit(book, sheet, row, row - first + 1, unit, due.get(unit.folder, 0))
        _write_unit_figures(book, sheet, row, unit, start)
        start += len(unit.projects)
    row = first + len(rollup.units)
    sums = {
        "projects": len(rollup.projects),
        "complete": sum(unit.complete for unit in rollup.units),
        "adjusted": rollup.adjusted,
        "spent": rollup.spent,
        "errors": sum(unit.errors for unit in rollup.units),
        "warnings": sum(unit.warnings for unit in rollup.units),
        "due": len(rollup.dues),
    }
    _write_sums(book, sheet, _UNITS, first, row, sums)
    _write_rate(book, sheet, row, _UNITS, rollup.rate)
    total = f"按项目!${_PROJECTS.letter('score')}${_total_row(rollup) + 1}"
    look = book.look("number", num_format=_POINTS, bold=True)
    put_formula(sheet, row, _UNITS.at("score"), total, look, rollup.score)
    _end(sheet, _UNITS, first, row - 1)


def _write_unit(book: Book, sheet: Worksheet, row: int, number: int, unit: UnitLine, due: int) -> None:
    values = {
        "number": number,
        "name": unit.name + ("（含示例数据）" if unit.sample else ""),
        "folder": unit.folder,
        "rules": unit.rules,
        "projects": len(unit.projects),
        "complete": unit.complete,
        "adjusted": None,
        "spent": None,
        "score": None,
        "errors": unit.errors,
        "warnings": unit.warnings,
        "due": due,
        "problem": unit.problem,
    }
    _write_row(book, sheet, row, _UNITS, values)
    _write_rate(book, sheet, row, _UNITS, unit.rate)
    if unit.problem:
        put(sheet, row, _UNITS.at("problem"), unit.problem, book.look("cell", bg_color=WATCH))
    texts = [(str(values[role]), _UNITS.width(role)) for role in ("name", "folder", "problem")]
    sheet.set_row(row, height_for(texts, 20))


def _write_unit_figures(book: Book, sheet: Worksheet, row: int, unit: UnitLine, start: int) -> None:
    """A unit's sums and its score, live over its projects, whose rows stand together from `start`."""
    if not unit.projects:
        return
    last = start + len(unit.projects)
    cells = {
        role: f"按项目!${_PROJECTS.letter(role)}${start + 1}:${_PROJECTS.letter(role)}${last}"
        for role in ("adjusted", "spent", "score", "counted")
    }
    for role, value in (("adjusted", unit.adjusted), ("spent", unit.spent)):
        formula = f'IF(COUNT({cells[role]})=0,"",SUM({cells[role]}))'
        put_formula(sheet, row, _UNITS.at(role), formula, book.look("number", num_format=_MONEY), value)
    formula = weighted_formula(cells["score"], cells["adjusted"], cells["counted"])
    put_formula(sheet, row, _UNITS.at("score"), formula, book.look("number", num_format=_POINTS), unit.score)


def weighted_formula(scores: str, budgets: str, counted: str) -> str:
    """The mean of the scores weighted by budget, over the rows that say 是."""
    weights = f'SUMPRODUCT(({counted}="是")*1,{budgets})'
    return f'IF({weights}=0,"",ROUND(SUMPRODUCT(({counted}="是")*1,{budgets},{scores})/{weights},2))'


_FIRST = 3
"""First row of a list below its head of three rows."""


def _total_row(rollup: Rollup) -> int:
    return _FIRST + len(rollup.projects)


def _write_projects(book: Book, rollup: Rollup) -> None:
    words = "金额单位：万元。加权得分＝Σ（自评得分×全年预算数）÷Σ全年预算数，只计“计入加权”为“是”的项目。"
    sheet, first = _begin(book, "按项目", f"{rollup.year}年度各项目自评结果", words, _PROJECTS)
    for row, (unit, project) in enumerate(rollup.projects, first):
        _write_project(book, sheet, row, row - first + 1, unit, project)
    row = _total_row(rollup)
    projects = [project for _, project in rollup.projects]
    sums = {
        "adjusted": rollup.adjusted,
        "spent": rollup.spent,
        **{
            role: sum(getattr(project, role) for project in projects)
            for role in ("met", "indicators", "unscored", "errors", "warnings")
        },
    }
    _write_sums(book, sheet, _PROJECTS, first, row, sums)
    _write_rate(book, sheet, row, _PROJECTS, rollup.rate)
    _write_weighted(book, sheet, first, row, rollup)
    _end(sheet, _PROJECTS, first, row - 1)


def _write_project(
    book: Book, sheet: Worksheet, row: int, number: int, unit: UnitLine, project: ProjectLine
) -> None:
    values = {
        "number": number,
        "unit": unit.name,
        "name": project.name,
        "adjusted": project.adjusted,
        "spent": project.spent,
        "score": project.total,
        "rating": project.rating if project.complete else "不完整",
        "met": project.met,
        "indicators": project.indicators,
        "unscored": project.unscored,
        "errors": project.errors,
        "warnings": project.warnings,
        "counted": "是" if project.complete else "否",
    }
    _write_row(book, sheet, row, _PROJECTS, values)
    _write_rate(book, sheet, row, _PROJECTS, project.rate)
    texts = [(unit.name, _PROJECTS.width("unit")), (project.name, _PROJECTS.width("name"))]
    sheet.set_row(row, height_for(texts, 20))


def _write_weighted(book: Book, sheet: Worksheet, first: int, row: int, rollup: Rollup) -> None:
    last = max(row, first + 1)
    scores, budgets, counted = (
        f"${letter}${first + 1}:${letter}${last}"
        for letter in (_PROJECTS.letter(role) for role in ("score", "adjusted", "counted"))
    )
    formula = weighted_formula(scores, budgets, counted)
    look = book.look("number", num_format=_POINTS, bold=True)
    put_formula(sheet, row, _PROJECTS.at("score"), formula, look, rollup.score)
    put(sheet, row, _PROJECTS.at("rating"), "加权得分", book.look("centre"))


def _write_dues(book: Book, rollup: Rollup) -> None:
    words = f"共 {len(rollup.dues)} 条。没有列出的项目已经复核。"
    sheet, first = _begin(book, "待办", f"{rollup.year}年度自评待办清单", words, _DUES)
    rows = [
        {
            "number": n,
            "unit": due.unit,
            "folder": due.folder,
            "project": due.project or "（全单位）",
            "words": due.words,
        }
        for n, due in enumerate(rollup.dues, 1)
    ]
    _write_list(book, sheet, first, _DUES, rows, "没有待办。")


def _write_findings(book: Book, rollup: Rollup) -> None:
    words = "汇总时发现的问题；各单位自己的问题在各单位的报告里。"
    sheet, first = _begin(book, "问题", f"{rollup.year}年度汇总问题", words, _FINDINGS)
    rows = [
        {
            "number": n,
            "severity": item.severity.label,
            "text": item.text,
            "remedy": item.remedy,
            "place": str(item.place),
        }
        for n, item in enumerate(by_severity(rollup.findings), 1)
    ]
    _write_list(book, sheet, first, _FINDINGS, rows, "没有发现问题。")


def _write_list(
    book: Book, sheet: Worksheet, first: int, of: Columns, rows: Sequence[Mapping[str, object]], none: str
) -> None:
    for row, values in enumerate(rows, first):
        _write_row(book, sheet, row, of, values)
        texts = [(str(value), of.width(role)) for role, value in values.items() if role in _TEXTS]
        sheet.set_row(row, height_for(texts, 20))
    if not rows:
        merge(sheet, (first, 0), (first, of.end), none, book.look("centre"))
    _end(sheet, of, first, first + len(rows) - 1)
