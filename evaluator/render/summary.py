"""The unit's summary (自评结果汇总表): one row a project, totals and the weighted score live."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Severity
from evaluator.render.book import WATCH, Book, height_for, merge, put, put_formula, write_list_head
from evaluator.render.columns import columns
from evaluator.render.score_sheet.workbook import SAMPLE, date_words
from evaluator.scoring.review import reviewed_total
from evaluator.scoring.unit_budget import uncounted_funds
from evaluator.scoring.unit_score import unit_score
from evaluator.storage.files import beside
from evaluator.values.text import CENT, half_up

_COLUMNS = columns(
    ("number", "序号", 6),
    ("name", "项目名称", 34),
    ("initial", "年初预算数", 13),
    ("adjusted", "全年预算数", 13),
    ("spent", "全年执行数", 13),
    ("rate", "执行率", 9),
    ("score", "自评得分", 9),
    ("rating", "自评等级", 9),
    ("review", "复核得分", 9),
    ("met", "达标指标", 8),
    ("indicators", "指标总数", 8),
    ("unscored", "未计分", 8),
    ("errors", "错误", 7),
    ("warnings", "提醒", 7),
    ("notes", "说明", 7),
    ("counted", "计入加权", 9),
)
_GAP = "　" * 16
_MONEY, _RATE = "#,##0.00####", '0.00"%"'


def write_summary(path: Path, unit: UnitEvaluation) -> None:
    """Write the unit's summary. Raises OSError."""
    with beside(path) as draft:
        book = Book(str(draft), title="自评结果汇总表")
        sheet = book.add_sheet("自评结果汇总表")
        sheet.set_landscape()
        first = _write_head(book, sheet, unit)
        for row, item in enumerate(unit.evaluations, first):
            _write_project(book, sheet, row, row - first + 1, item)
        last = _write_totals(book, sheet, first, unit)
        sheet.freeze_panes(first, 2)
        sheet.print_area(0, 0, last, _COLUMNS.end)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        book.close()


def _write_head(book: Book, sheet: Worksheet, unit: UnitEvaluation) -> int:
    row = 0
    if unit.sample:
        merge(sheet, (0, 0), (0, _COLUMNS.end), SAMPLE, book.look("notice"))
        row = 1
    title = f"{unit.year}年度项目支出绩效自评结果汇总表"
    words = (
        f"单位名称（盖章）：{unit.applicant}　　　　填报日期：{date_words(unit.printed)}　　　　"
        f"金额单位：万元　　　　计分规则：{unit.rules_title}"
    )
    return write_list_head(book, sheet, row, title, words, _COLUMNS.heads, "plain")


def _write_project(book: Book, sheet: Worksheet, row: int, number: int, item: Evaluation) -> None:
    at = _COLUMNS.at
    put(sheet, row, at("number"), number, book.look("centre"))
    put(sheet, row, at("name"), item.project.name, book.look("cell"))
    for role, amount in _amounts(item).items():
        put(sheet, row, at(role), amount, book.look("number", num_format=_MONEY))
    _write_rate(book, sheet, row, item.budget.rate)
    put(sheet, row, at("score"), item.total, book.look("number", num_format="0.00"))
    shade = {} if item.complete else {"bg_color": WATCH}
    put(sheet, row, at("rating"), item.rating if item.complete else "不完整", book.look("centre", **shade))
    reviewed = reviewed_total(item) if item.reviews else None
    put(sheet, row, at("review"), reviewed, book.look("entry", align="center", num_format="0.00"))
    for role, count in _counts(item).items():
        put(sheet, row, at(role), count, book.look("number"))
    put(sheet, row, at("counted"), "是" if item.complete else "否", book.look("centre"))
    sheet.set_row(row, height_for([(item.project.name, _COLUMNS.width("name"))], 24))


def _amounts(item: Evaluation) -> dict[str, Decimal | None]:
    budget = item.budget
    return {"initial": budget.initial, "adjusted": budget.adjusted, "spent": budget.spent}


def _counts(item: Evaluation) -> dict[str, int]:
    found = zip(("errors", "warnings", "notes"), (item.count(severity) for severity in Severity), strict=True)
    return {"met": item.met, "indicators": len(item.scores), "unscored": item.unscored, **dict(found)}


def _write_rate(book: Book, sheet: Worksheet, row: int, rate: Decimal | None) -> None:
    adjusted, spent = (f"${_COLUMNS.letter(role)}{row + 1}" for role in ("adjusted", "spent"))
    formula = f'IF(N({adjusted})>0,ROUND({spent}/{adjusted}*100,2),"")'
    put_formula(sheet, row, _COLUMNS.at("rate"), formula, book.look("number", num_format=_RATE), rate)


def _write_totals(book: Book, sheet: Worksheet, first: int, unit: UnitEvaluation) -> int:
    row, at = first + len(unit.evaluations), _COLUMNS.at
    merge(sheet, (row, 0), (row, at("name")), "合计", book.look("heading"))
    sums = {
        role: sum((_amounts(item)[role] or Decimal(0) for item in unit.evaluations), Decimal(0))
        for role in ("initial", "adjusted", "spent")
    }
    for role, amount in sums.items():
        cells = f"{_COLUMNS.letter(role)}{first + 1}:{_COLUMNS.letter(role)}{row}" if row > first else "0"
        put_formula(sheet, row, at(role), f"SUM({cells})", book.look("number", num_format=_MONEY), amount)
    rate = half_up(sums["spent"] / sums["adjusted"] * 100, CENT) if sums["adjusted"] else None
    _write_rate(book, sheet, row, rate)
    _write_weighted(book, sheet, first, row, unit)
    put(sheet, row, at("rating"), "加权得分", book.look("centre"))
    _limit_reviews(sheet, first, row)
    for role in ("met", "indicators", "unscored", "errors", "warnings", "notes"):
        total = sum(_counts(item)[role] for item in unit.evaluations)
        cells = f"{_COLUMNS.letter(role)}{first + 1}:{_COLUMNS.letter(role)}{max(row, first + 1)}"
        put_formula(sheet, row, at(role), f"SUM({cells})", book.look("number"), total)
    put(sheet, row, at("counted"), None, book.look("cell"))
    sheet.set_row(row, 26)
    words = summary_notes(unit)
    merge(sheet, (row + 1, 0), (row + 1, _COLUMNS.end), words, book.look("note"))
    sheet.set_row(row + 1, height_for([(words, _COLUMNS.whole_width)]))
    signatures = (
        f"填报人（签字）：{_GAP}单位负责人（签字）：{_GAP}日期：{date_words(unit.printed)}",
        f"复核人（签字）：{_GAP}复核单位（盖章）：{_GAP}日期：{date_words(None)}",
    )
    for at_row, words in enumerate(signatures, row + 2):
        merge(sheet, (at_row, 0), (at_row, _COLUMNS.end), words, book.look("plain"))
        sheet.set_row(at_row, 34)
    return row + 3


def _limit_reviews(sheet: Worksheet, first: int, row: int) -> None:
    column = _COLUMNS.at("review")
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 100,
        "error_title": "复核得分",
        "error_message": "复核得分应为 0 至 100 之间的数字；留空则按自评得分计。",
    }
    if row > first:
        sheet.data_validation(first, column, row - 1, column, rule)


def _write_weighted(book: Book, sheet: Worksheet, first: int, row: int, unit: UnitEvaluation) -> None:
    """The unit's score, weighted by budget over the projects that are counted; and as reviewed."""
    scores, budgets, counted, reviews = (
        f"${letter}${first + 1}:${letter}${max(row, first + 1)}"
        for letter in (_COLUMNS.letter(role) for role in ("score", "adjusted", "counted", "review"))
    )
    weights = f'SUMPRODUCT(({counted}="是")*1,{budgets})'
    reviewed = f'({reviews}<>"")*{reviews}+({reviews}="")*{scores}'
    look = book.look("number", num_format="0.00", bold=True)
    for role, points in (("score", scores), ("review", reviewed)):
        formula = f'IF({weights}=0,"",ROUND(SUMPRODUCT(({counted}="是")*1,{budgets},{points})/{weights},2))'
        put_formula(sheet, row, _COLUMNS.at(role), formula, look, unit_score(unit).score)


def summary_notes(unit: UnitEvaluation) -> str:
    """How the weighted score is made, and which projects are not in it."""
    weighted = unit_score(unit)
    lines = [
        "注：1．加权得分＝Σ（自评得分×全年预算数）÷Σ全年预算数，只计算全部指标已计分的项目；复核得分留空的按自评得分计。"
    ]
    if weighted.left_out:
        names = "、".join(item.project.name for item in weighted.left_out)
        lines.append(f"2．未计入加权得分的项目（有指标未计分，得分只是已计分部分之和，不评级）：{names}。")
    funds = "、".join(uncounted_funds(unit))
    if funds:
        lines.append(f"{len(lines) + 1}．全年预算数和执行数按计分规则不含{funds}。")
    if unit.findings:
        lines.append(f"{len(lines) + 1}．另有不属于单个项目的问题 {len(unit.findings)} 条：")
        lines += [f"　　【{item.severity.label}】{item.place}：{item.sentence}" for item in unit.findings]
    return "\n".join(lines)
