"""The unit's summary (自评结果汇总表): one row a project, totals and the weighted score live."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Severity
from evaluator.render.book import WATCH, Book, height_for, merge, put, put_formula, write_list_head
from evaluator.render.score_sheet.workbook import SAMPLE, date_words
from evaluator.scoring.unit_score import unit_score
from evaluator.storage.files import beside
from evaluator.values.text import CENT, half_up

_COLUMNS = (
    ("序号", 6),
    ("项目名称", 34),
    ("年初预算数", 13),
    ("全年预算数", 13),
    ("全年执行数", 13),
    ("执行率", 9),
    ("自评得分", 9),
    ("自评等级", 9),
    ("达标指标", 8),
    ("指标总数", 8),
    ("未计分", 8),
    ("错误", 7),
    ("提醒", 7),
    ("说明", 7),
    ("计入加权", 9),
)
_MONEY, _RATE = "#,##0.00####", '0.00"%"'
_END = len(_COLUMNS) - 1


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
        sheet.print_area(0, 0, last, _END)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        book.close()


def _write_head(book: Book, sheet: Worksheet, unit: UnitEvaluation) -> int:
    row = 0
    if unit.sample:
        merge(sheet, (0, 0), (0, _END), SAMPLE, book.look("notice"))
        row = 1
    title = f"{unit.year}年度项目支出绩效自评结果汇总表"
    words = (
        f"单位名称（盖章）：{unit.applicant}　　　　填报日期：{date_words(unit.printed)}　　　　"
        f"金额单位：万元　　　　计分规则：{unit.rules_title}"
    )
    return write_list_head(book, sheet, row, title, words, _COLUMNS, "plain")


def _write_project(book: Book, sheet: Worksheet, row: int, number: int, item: Evaluation) -> None:
    budget = item.budget
    put(sheet, row, 0, number, book.look("centre"))
    put(sheet, row, 1, item.project.name, book.look("cell"))
    for column, amount in enumerate((budget.initial, budget.adjusted, budget.spent), 2):
        put(sheet, row, column, amount, book.look("number", num_format=_MONEY))
    _write_rate(book, sheet, row, budget.rate)
    put(sheet, row, 6, item.total, book.look("number", num_format="0.00"))
    shade = {} if item.complete else {"bg_color": WATCH}
    put(sheet, row, 7, item.rating if item.complete else "不完整", book.look("centre", **shade))
    counts = (item.met, len(item.scores), item.unscored, *(item.count(severity) for severity in Severity))
    for column, count in enumerate(counts, 8):
        put(sheet, row, column, count, book.look("number"))
    put(sheet, row, _END, "是" if item.complete else "否", book.look("centre"))
    sheet.set_row(row, height_for([(item.project.name, _COLUMNS[1][1])], 24))


def _write_rate(book: Book, sheet: Worksheet, row: int, rate: Decimal | None) -> None:
    adjusted, spent = f"$D{row + 1}", f"$E{row + 1}"
    formula = f'IF(N({adjusted})>0,ROUND({spent}/{adjusted}*100,2),"")'
    put_formula(sheet, row, 5, formula, book.look("number", num_format=_RATE), rate)


def _write_totals(book: Book, sheet: Worksheet, first: int, unit: UnitEvaluation) -> int:
    row, count = first + len(unit.evaluations), len(unit.evaluations)
    merge(sheet, (row, 0), (row, 1), "合计", book.look("heading"))
    sums = _sums(unit)
    for column, amount in enumerate(sums, 2):
        cells = f"{_letter(column)}{first + 1}:{_letter(column)}{row}" if count else "0"
        put_formula(sheet, row, column, f"SUM({cells})", book.look("number", num_format=_MONEY), amount)
    rate = half_up(sums[2] / sums[1] * 100, CENT) if sums[1] else None
    _write_rate(book, sheet, row, rate)
    weighted = unit_score(unit)
    scores, budgets, counted = (
        f"${c}${first + 1}:${c}${max(row, first + 1)}" for c in ("G", "D", _letter(_END))
    )
    weights = f'SUMPRODUCT(({counted}="是")*1,{budgets})'
    formula = f'IF({weights}=0,"",ROUND(SUMPRODUCT(({counted}="是")*1,{budgets},{scores})/{weights},2))'
    put_formula(sheet, row, 6, formula, book.look("number", num_format="0.00", bold=True), weighted.score)
    put(sheet, row, 7, "加权得分", book.look("centre"))
    totals = _counts(unit)
    for column, total in enumerate(totals, 8):
        cells = f"{_letter(column)}{first + 1}:{_letter(column)}{max(row, first + 1)}"
        put_formula(sheet, row, column, f"SUM({cells})", book.look("number"), total)
    put(sheet, row, _END, None, book.look("cell"))
    sheet.set_row(row, 26)
    words = summary_notes(unit)
    merge(sheet, (row + 1, 0), (row + 1, _END), words, book.look("note"))
    sheet.set_row(row + 1, height_for([(words, sum(width for _, width in _COLUMNS))]))
    return row + 1


def summary_notes(unit: UnitEvaluation) -> str:
    """How the weighted score is made, and which projects are not in it."""
    weighted = unit_score(unit)
    lines = ["注：1．加权得分＝Σ（自评得分×全年预算数）÷Σ全年预算数，只计算全部指标已计分的项目。"]
    if weighted.left_out:
        names = "、".join(item.project.name for item in weighted.left_out)
        lines.append(f"2．未计入加权得分的项目（有指标未计分，得分只是已计分部分之和，不评级）：{names}。")
    if unit.findings:
        lines.append(f"{len(lines) + 1}．另有不属于单个项目的问题 {len(unit.findings)} 条：")
        lines += [f"　　【{item.severity.label}】{item.place}：{item.sentence}" for item in unit.findings]
    return "\n".join(lines)


def _sums(unit: UnitEvaluation) -> list[Decimal]:
    rows = [(e.budget.initial, e.budget.adjusted, e.budget.spent) for e in unit.evaluations]
    return [sum((row[i] or Decimal(0) for row in rows), Decimal(0)) for i in range(3)]


def _counts(unit: UnitEvaluation) -> list[int]:
    rows = [(e.met, len(e.scores), e.unscored, *(e.count(s) for s in Severity)) for e in unit.evaluations]
    return [sum(row[i] for row in rows) for i in range(6)]


def _letter(column: int) -> str:
    return chr(65 + column)
