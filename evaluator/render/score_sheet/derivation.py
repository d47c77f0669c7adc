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
from evaluator.render.columns import columns
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

_COLUMNS = columns(
    ("code", "编码", 8),
    ("name", "三级指标", 19),
    ("points", "分值W", 7),
    ("target", "目标值A", 12),
    ("actual", "实际值B", 12),
    ("rule", "计分规则", 23),
    ("steps", "代入与计算", 34),
    ("deduction", "扣减", 6.5),
    ("score", "得分", 7.5),
    ("basis", "依据与状态", 23),
    ("remarks", "填报内容与更正", 28),
)
_HIGH = 16  # lines of a cell before its text goes below the row
_DATE, _MONEY = "yyyy-mm-dd", '#,##0.00####"万元"'


@dataclass(frozen=True, slots=True)
class _Derivation:
    """The sheet being written, the form's plan that it refers to, and the rules."""

    book: Book
    sheet: Worksheet
    plan: Plan
    rules: RuleSet

    def write(self, row: int, texts: Mapping[str, str]) -> int:
        """Write texts by role; returns the last row.

        A text that would make the row too high stands below it, over the whole width.
        """
        below = [role for role, text in texts.items() if lines_of(text, _COLUMNS.width(role) - 1) > _HIGH]
        shown = {role: "见下" if role in below else text for role, text in texts.items()}
        for role, text in shown.items():
            look = self.book.look("centre") if role == "code" else self.book.look("cell", indent=1)
            put(self.sheet, row, _COLUMNS.at(role), text, look)
        self.sheet.set_row(
            row, height_for([(text, _COLUMNS.width(role) - 1) for role, text in shown.items()])
        )
        width = _COLUMNS.width("name", "remarks") - 1
        for role in below:
            title = _COLUMNS.items[_COLUMNS.at(role)].title
            for piece in pieces(f"【{title}】\n{texts[role]}", width):
                row += 1
                put(self.sheet, row, 0, texts["code"], self.book.look("closed", align="center"))
                ends = (row, _COLUMNS.at("name")), (row, _COLUMNS.end)
                merge(self.sheet, *ends, piece, self.book.look("cell", indent=1))
                self.sheet.set_row(row, height_for([(piece, width)]))
        return row

    def refer(self, row: int, role: str, cell: str, value: object, shape: str = "0.00") -> None:
        """Write a reference to a cell of the form, with the value that it has there."""
        look = self.book.look("number", num_format=shape)
        if value is None or value == "":
            put(self.sheet, row, _COLUMNS.at(role), None, look)
        else:
            put_formula(self.sheet, row, _COLUMNS.at(role), f"{FORM_SHEET}!{cell}", look, value)


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
    first = write_list_head(book, sheet, 0, f"计分过程{mark}", words, _COLUMNS.heads)
    sheet.freeze_panes(first, 2)
    derivation = _Derivation(book, sheet, plan, rules)
    last = _write_budget(derivation, first, evaluation)
    for score in evaluation.scores:
        last = _write_score(derivation, last + 1, score)
    sheet.print_area(0, 0, last, _COLUMNS.end)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_budget(derivation: _Derivation, row: int, evaluation: Evaluation) -> int:
    budget, plan = evaluation.budget, derivation.plan
    texts = {
        "code": "预算",
        "name": "预算执行情况",
        "rule": derivation.rules.budget.clause.note,
        "steps": "\n".join(budget.steps),
        "deduction": "",
        "basis": budget.citation.words if budget.citation else "",
        "remarks": "\n".join(_budget_remarks(evaluation)),
    }
    last = derivation.write(row, texts)
    derivation.refer(row, "points", plan.budget("points"), budget.points)
    derivation.refer(row, "target", plan.budget("adjusted"), budget.adjusted, _MONEY)
    derivation.refer(row, "actual", plan.budget("spent"), budget.spent, _MONEY)
    derivation.refer(row, "score", plan.budget("score"), cached(budget.score))
    return last


def _budget_remarks(evaluation: Evaluation) -> Iterator[str]:
    submission = evaluation.submission
    for fund in submission.funds if submission else ():
        amounts = (number_text(amount) for amount in (fund.initial, fund.adjusted, fund.spent))
        name = f"{fund.part_of}中：{fund.name}" if fund.part_of else fund.name
        yield "{}：年初 {}，全年 {}，执行 {}".format(name, *amounts)
    if submission and submission.budget_note:
        yield f"说明：{submission.budget_note}"
    yield from (f"人工更正 {item.words}" for item in evaluation.project.corrections)


def _write_score(derivation: _Derivation, row: int, score: Score) -> int:
    item, plan = score.indicator, derivation.plan
    at = plan.rows[item.code]
    texts = {
        "code": item.code,
        "name": item.name,
        "rule": score.words,
        "steps": "\n".join(score.steps),
        "basis": score.citation.words if score.citation else "",
        "remarks": "\n".join(_remarks(score)),
    }
    last = derivation.write(row, texts)
    derivation.refer(row, "points", plan.cell("points", at), score.points)
    target, actual = target_entry(item.target), actual_entry(score, derivation.rules)
    for role, entry in (("target", target), ("actual", actual)):
        shape = _shape(entry.value, item.target.unit)
        derivation.refer(row, role, plan.cell(role, at), entry.value, shape)
    derivation.refer(row, "deduction", plan.cell("deduction", at), score.deduction)
    derivation.refer(row, "score", plan.cell("score", at), cached(score.score))
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
