"""The sheet 计分过程: how each score came about, so that it can be followed in Excel alone.

Points, target, actual, deduction and score are references to the form's cells: the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from evaluator.evaluation import Evaluation, UnitEvaluation
from evaluator.model import Citation, Correction, Score
from evaluator.render.book import Book, height_for, merge, put, put_formula
from evaluator.render.score_cells import actual_entry, cached, number_text, target_entry, typed, with_unit
from evaluator.render.sheet_plan import DERIVATION_SHEET, FORM_SHEET, Plan
from evaluator.text import show

_COLUMNS = (
    ("编码", 8),
    ("三级指标", 19),
    ("分值W", 7),
    ("目标值A", 12),
    ("实际值B", 12),
    ("计分规则", 23),
    ("代入与计算", 34),
    ("扣减", 6.5),
    ("得分", 7.5),
    ("依据与状态", 23),
    ("填报内容与更正", 28),
)
STATUS = {"seen": "已核对原文", "known": "据通行文本，原文待核", "chosen": "规则未明，本规则集选定"}
_DATE, _MONEY = "yyyy-mm-dd", '#,##0.00####"万元"'


def add_derivation_sheet(book: Book, plan: Plan, evaluation: Evaluation, unit: UnitEvaluation) -> None:
    """Add the sheet to a score sheet workbook."""
    sheet = book.add_sheet(DERIVATION_SHEET)
    sheet.set_landscape()
    end = len(_COLUMNS) - 1
    merge(sheet, (0, 0), (0, end), "计分过程", book.look("title"))
    sheet.set_row(0, 30)
    words = (
        f"{evaluation.project.name}。计分规则：{unit.rules_title}（{unit.rules}）。W＝分值，A＝目标值，B＝实际值；"
        f"分值、目标值、实际值、扣减和得分都取自“{FORM_SHEET}”的单元格。"
    )
    merge(sheet, (1, 0), (1, end), words, book.look("note", valign="vcenter"))
    sheet.set_row(1, height_for([(words, sum(width for _, width in _COLUMNS))]))
    for column, (head, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        put(sheet, 2, column, head, book.look("heading"))
    sheet.set_row(2, 24)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 2)
    _write_budget(book, sheet, plan, evaluation)
    for row, score in enumerate(evaluation.scores, 4):
        _write_score(book, sheet, plan, row, score)
    sheet.print_area(0, 0, 3 + len(evaluation.scores), end)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_budget(book: Book, sheet: Worksheet, plan: Plan, evaluation: Evaluation) -> None:
    budget, submission = evaluation.budget, evaluation.submission
    amounts = [
        f"{fund.name}：年初 {number_text(fund.initial)}，全年 {number_text(fund.adjusted)}，"
        f"执行 {number_text(fund.spent)}"
        for fund in (submission.funds if submission else ())
    ]
    if submission and submission.budget_note:
        amounts.append(f"说明：{submission.budget_note}")
    amounts += [correction_words(item) for item in evaluation.project.corrections]
    texts = {
        0: "预算",
        1: "预算执行情况",
        5: "",
        6: "\n".join(budget.steps),
        9: citation_words(budget.citation),
        10: "\n".join(amounts),
    }
    _write_texts(book, sheet, 3, texts)
    _refer(book, sheet, 3, 2, plan.budget("points"), budget.points, "0.00")
    _refer(book, sheet, 3, 3, plan.budget("adjusted"), budget.adjusted, _MONEY)
    _refer(book, sheet, 3, 4, plan.budget("spent"), budget.spent, _MONEY)
    put(sheet, 3, 7, None, book.look("closed"))
    _refer(book, sheet, 3, 8, plan.budget("score"), cached(budget.score), "0.00")


def _write_score(book: Book, sheet: Worksheet, plan: Plan, row: int, score: Score) -> None:
    item = score.indicator
    at = plan.rows[item.code]
    texts = {
        0: item.code,
        1: item.name,
        5: score.words,
        6: "\n".join(score.steps),
        9: citation_words(score.citation),
        10: remarks(score),
    }
    _write_texts(book, sheet, row, texts)
    _refer(book, sheet, row, 2, plan.cell("points", at), score.points, "0.00")
    for column, role, entry in ((3, "target", target_entry(item.target)), (4, "actual", actual_entry(score))):
        _refer(
            book, sheet, row, column, plan.cell(role, at), entry.value, _shape(entry.value, item.target.unit)
        )
    _refer(book, sheet, row, 7, plan.cell("deduction", at), score.deduction, "0.00")
    _refer(book, sheet, row, 8, plan.cell("score", at), cached(score.score), "0.00")


def _shape(value: object, unit: str) -> str:
    if isinstance(value, date):
        return _DATE
    return with_unit(value, unit) if isinstance(value, Decimal) else "General"


def _refer(
    book: Book, sheet: Worksheet, row: int, column: int, cell: str, value: object, num_format: str
) -> None:
    look = book.look("number", num_format=num_format, font_size=9)
    if value is None or value == "":
        put(sheet, row, column, None, look)
    else:
        put_formula(sheet, row, column, f"{FORM_SHEET}!{cell}", look, value)


def _write_texts(book: Book, sheet: Worksheet, row: int, texts: dict[int, str]) -> None:
    for column, text in texts.items():
        put(sheet, row, column, text, book.look("centre" if column == 0 else "cell", font_size=9))
    sheet.set_row(row, height_for([(text, _COLUMNS[column][1]) for column, text in texts.items()]))


def citation_words(citation: Citation | None) -> str:
    """Where a rule comes from and how sure that is."""
    if citation is None:
        return ""
    effective = f"，{citation.effective}起施行" if citation.effective else ""
    return f"{citation.text}（{STATUS.get(citation.status, citation.status)}{effective}）"


def remarks(score: Score) -> str:
    """What the person typed, who set the points, and what a person corrected in the approved form."""
    return "\n".join(_remarks(score))


def _remarks(score: Score) -> Sequence[str]:
    lines = [f"批复：{score.indicator.target.text}", f"填报：{typed(score)}"]
    actual = score.actual
    if actual and actual.unit and actual.unit != score.indicator.target.unit:
        lines[1] += f"（{actual.unit}，已换算为 {show(score.comparable)}{score.indicator.target.unit}）"
    if actual and actual.description:
        lines.append(f"完成情况：{actual.description}")
    if actual and actual.evidence:
        lines.append(f"佐证材料：{actual.evidence}")
    if score.deduction and actual:
        lines.append(f"扣减 {show(score.deduction)} 分，理由：{actual.deduction_reason}")
    if score.points != score.even_points:
        lines.append(f"分值{score.points_origin}为 {show(score.points)}，均分应为 {show(score.even_points)}")
    return [*lines, *map(correction_words, score.indicator.corrections)]


def correction_words(item: Correction) -> str:
    """What a person corrected in the approved form, and why."""
    return f"人工更正 {item.column}：批复“{item.approved}”，更正为“{item.corrected}”，理由：{item.note}"
