"""The sheet 计分过程: how each score came about, so that it can be followed in Excel alone.

Points, target, actual, deduction and score are references to the form's cells: the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.scores import Score
from evaluator.render.book import Book, height_for, lines_of, merge, pieces, put, put_formula, write_list_head
from evaluator.render.score_sheet.cells import (
    actual_entry,
    cached,
    number_text,
    target_entry,
    typed,
    with_unit,
)
from evaluator.render.score_sheet.plan import DERIVATION_SHEET, FORM_SHEET, Plan
from evaluator.rulesets import RuleSet
from evaluator.scoring.points import OWN

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
_END = len(_COLUMNS) - 1
_HIGH = 16  # lines of a cell before its text goes below the row
_DATE, _MONEY = "yyyy-mm-dd", '#,##0.00####"万元"'


@dataclass(frozen=True, slots=True)
class _Derivation:
    """The sheet being written, the form's plan that it refers to, and the rules."""

    book: Book
    sheet: Worksheet
    plan: Plan
    rules: RuleSet

    def write(self, row: int, texts: Mapping[int, str]) -> int:
        """Write texts by column; returns the last row.

        A text that would make the row too high stands below it, over the whole width.
        """
        below = [c for c, text in texts.items() if lines_of(text, _COLUMNS[c][1] - 1) > _HIGH]
        shown = {column: "见下" if column in below else text for column, text in texts.items()}
        for column, text in shown.items():
            look = self.book.look("cell", indent=1) if column else self.book.look("centre")
            put(self.sheet, row, column, text, look)
        self.sheet.set_row(row, height_for([(text, _COLUMNS[c][1] - 1) for c, text in shown.items()]))
        width = sum(width for _, width in _COLUMNS[1:]) - 1
        for column in below:
            for piece in pieces(f"【{_COLUMNS[column][0]}】\n{texts[column]}", width):
                row += 1
                put(self.sheet, row, 0, texts[0], self.book.look("closed", align="center"))
                merge(self.sheet, (row, 1), (row, _END), piece, self.book.look("cell", indent=1))
                self.sheet.set_row(row, height_for([(piece, width)]))
        return row

    def refer(self, row: int, column: int, cell: str, value: object, shape: str = "0.00") -> None:
        """Write a reference to a cell of the form, with the value that it has there."""
        look = self.book.look("number", num_format=shape)
        if value is None or value == "":
            put(self.sheet, row, column, None, look)
        else:
            put_formula(self.sheet, row, column, f"{FORM_SHEET}!{cell}", look, value)


def add_derivation_sheet(
    book: Book, plan: Plan, evaluation: Evaluation, unit: UnitEvaluation, rules: RuleSet
) -> None:
    """Add the sheet to a score sheet workbook."""
    sheet = book.add_sheet(DERIVATION_SHEET)
    sheet.set_landscape()
    mark = "（示例数据）" if evaluation.sample else ""
    words = (
        f"{evaluation.project.name}。计分规则：{unit.rules_title}（{unit.rules}）。W＝分值，A＝目标值，B＝实际值；"
        f"分值、目标值、实际值、扣减和得分都取自“{FORM_SHEET}”的单元格。"
    )
    first = write_list_head(book, sheet, 0, f"计分过程{mark}", words, _COLUMNS)
    sheet.freeze_panes(first, 2)
    derivation = _Derivation(book, sheet, plan, rules)
    last = _write_budget(derivation, first, evaluation)
    for score in evaluation.scores:
        last = _write_score(derivation, last + 1, score)
    sheet.print_area(0, 0, last, _END)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_budget(derivation: _Derivation, row: int, evaluation: Evaluation) -> int:
    budget, plan = evaluation.budget, derivation.plan
    texts = {
        0: "预算",
        1: "预算执行情况",
        5: derivation.rules.budget.clause.note,
        6: "\n".join(budget.steps),
        7: "",
        9: budget.citation.words if budget.citation else "",
        10: "\n".join(_budget_remarks(evaluation)),
    }
    last = derivation.write(row, texts)
    derivation.refer(row, 2, plan.budget("points"), budget.points)
    derivation.refer(row, 3, plan.budget("adjusted"), budget.adjusted, _MONEY)
    derivation.refer(row, 4, plan.budget("spent"), budget.spent, _MONEY)
    derivation.refer(row, 8, plan.budget("score"), cached(budget.score))
    return last


def _budget_remarks(evaluation: Evaluation) -> Iterator[str]:
    submission = evaluation.submission
    for fund in submission.funds if submission else ():
        amounts = (number_text(amount) for amount in (fund.initial, fund.adjusted, fund.spent))
        yield "{}：年初 {}，全年 {}，执行 {}".format(fund.name, *amounts)
    if submission and submission.budget_note:
        yield f"说明：{submission.budget_note}"
    yield from (f"人工更正 {item.words}" for item in evaluation.project.corrections)


def _write_score(derivation: _Derivation, row: int, score: Score) -> int:
    item, plan = score.indicator, derivation.plan
    at = plan.rows[item.code]
    texts = {
        0: item.code,
        1: item.name,
        5: score.words,
        6: "\n".join(score.steps),
        9: score.citation.words if score.citation else "",
        10: "\n".join(_remarks(score)),
    }
    last = derivation.write(row, texts)
    derivation.refer(row, 2, plan.cell("points", at), score.points)
    target, actual = target_entry(item.target), actual_entry(score, derivation.rules)
    for column, role, entry in ((3, "target", target), (4, "actual", actual)):
        shape = _shape(entry.value, item.target.unit)
        derivation.refer(row, column, plan.cell(role, at), entry.value, shape)
    derivation.refer(row, 7, plan.cell("deduction", at), score.deduction)
    derivation.refer(row, 8, plan.cell("score", at), cached(score.score))
    return last


def _shape(value: object, unit: str) -> str:
    if isinstance(value, date):
        return _DATE
    return with_unit(value, unit) if isinstance(value, Decimal) else "General"


def _remarks(score: Score) -> Iterator[str]:
    """What was approved and typed, who set the points, and what a person corrected in the approved form."""
    actual = score.actual
    yield "批复：没有这个指标" if score.indicator.added else f"批复：{score.indicator.approved_target}"
    yield f"填报：{typed(score)}"
    if actual and actual.description:
        yield f"完成情况：{actual.description}"
    if actual and actual.reason:
        yield f"原因及措施：{actual.reason}"
    if actual and actual.evidence:
        yield f"佐证材料：{actual.evidence}"
    if score.points_origin == OWN:
        typed_own = actual is not None and actual.points is not None
        how = "分值由单位自定为" if typed_own else "同组其他指标自定分值后，余下的均分为"
        yield f"{how} {number_text(score.points)}，均分应为 {number_text(score.even_points)}"
    yield from (f"人工更正 {item.words}" for item in score.indicator.corrections)
