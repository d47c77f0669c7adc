"""The score sheet of one project (自评表): the official form, how each score came about, and the findings.

Every score, rate, total and rating on the form is a formula over the form's own cells, with its computed
value beside it. All cells are locked but the auditor's; there is no password.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.render.book import Book, pieces
from evaluator.render.columns import letters
from evaluator.render.score_sheet.derivation import add_derivation_sheet
from evaluator.render.score_sheet.findings import add_findings_sheet
from evaluator.render.score_sheet.form import Form, is_tall
from evaluator.render.score_sheet.layout import Layout
from evaluator.render.score_sheet.layouts import LAYOUTS, plan_sheet
from evaluator.render.score_sheet.plan import FORM_SHEET
from evaluator.render.score_sheet.table import write_table
from evaluator.render.score_sheet.total import write_review_panel, write_total
from evaluator.rulesets import RuleSet
from evaluator.storage.files import write_bytes
from evaluator.values.dates import read_date
from evaluator.values.text import show

SAMPLE = "示例数据：表中完成情况为演示用的虚构数据，不是实际结果"
_PROTECTION = {"format_columns": True, "format_rows": True, "select_unlocked_cells": True}


def write_score_sheet(path: Path, evaluation: Evaluation, unit: UnitEvaluation, rules: RuleSet) -> None:
    """Write one project's score sheet in the layout of the rule set. Raises OSError."""
    write_bytes(path, score_sheet(evaluation, unit, rules))


def score_sheet(evaluation: Evaluation, unit: UnitEvaluation, rules: RuleSet) -> bytes:
    """One project's score sheet in the layout of the rule set."""
    book = Book(title=f"{evaluation.project.name} 自评表")
    sheet = book.add_sheet(FORM_SHEET)
    plan, layout = plan_sheet(evaluation, unit.layout), LAYOUTS[unit.layout]
    form = Form(book, sheet, plan, evaluation, unit, rules, tall=is_tall(plan, evaluation))
    _write_form(form, layout)
    add_derivation_sheet(book, plan, evaluation, unit, rules)
    add_findings_sheet(book, evaluation)
    return book.finished()


def _write_form(form: Form, layout: Layout) -> None:
    for number, column in enumerate(form.plan.columns.items):
        form.sheet.set_column(number, number, column.width)
    _write_title(form, layout.title)
    write_review_panel(form)
    layout.write_head(form)
    write_table(form)
    write_total(form)
    layout.write_goals(form)
    last = _write_foot(form, layout, layout.write_foot(form))
    form.set_heights()
    _set_page(form, last)


def _write_title(form: Form, title: str) -> None:
    first, last = form.plan.first, form.plan.last
    if form.evaluation.sample:
        form.band(0, first, last, SAMPLE, "notice")
        form.band(0, form.plan.beside[0], form.plan.beside[-1], SAMPLE, "notice")
    form.band(form.plan.title, first, last, f"{form.unit.year}年度{title}", "title")
    form.measure(form.plan.title, "\n\n", 99)
    applicant = form.facts.get("填报单位") or form.evaluation.project.applicant
    words = f"单位名称（盖章）：{applicant}　　填报日期：{filled_on(form)}　　金额单位：万元"
    form.band(form.plan.title + 1, first, last, words, "plain")


def filled_on(form: Form) -> str:
    """The date on the form: the one to print, else as the person filled it in, else blanks."""
    submission = form.evaluation.submission
    text = submission.facts.get("填报日期", "") if submission else ""
    if form.unit.printed or not text:
        return date_words(form.unit.printed)
    day = read_date(text, form.unit.year)
    return date_words(day) if day and str(day.year) in text else text


def date_words(day: date | None) -> str:
    """A date as printed, or the blanks to write it by hand."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　　月　　日"


def _write_foot(form: Form, layout: Layout, row: int) -> int:
    first, last = form.plan.first, form.plan.last
    row = _write_corrections(form, layout, row)
    far = show(form.rules.overshoot.value * 100)
    legend = f"底色：红＝未得满分；绿＝完成值达到目标值的{far}%及以上；黄＝未计分；浅黄格由复核人填写。"
    notes = "　".join(["计分说明：", *form.rules.notes]) + f"\n{legend}"
    form.band(row, first, last, notes, "note")
    people = form.facts
    words = (
        f"填报人：{people.get('填报人') or people.get('联系人', '')}　　　　　　　　"
        f"联系电话：{people.get('联系电话', '')}　　　　　　　　"
        f"单位负责人（签字）：　　　　　　　　　　日期：{filled_on(form)}"
    )
    form.band(row + 1, first, last, words, "plain")
    reviewer = f"复核人（签字）：　　　　　　　　　　日期：{date_words(None)}"
    form.band(form.plan.title + 3, form.plan.beside[0], form.plan.beside[-1], reviewer, "plain")
    form.measure(form.plan.title + 3, "\n", 99)
    form.measure(row + 1, "\n", 99)
    return row + 1


def _write_corrections(form: Form, layout: Layout, row: int) -> int:
    """Write what people corrected in the head of the approved form; returns the next free row."""
    width = form.plan.columns.width(layout.side_text, form.plan.last) - 1
    lines = [piece for item in form.evaluation.project.corrections for piece in pieces(item.words, width)]
    if not lines:
        return row
    last = row + len(lines) - 1
    form.band(row, *layout.side, "批复内容的\n人工更正", "label", to=last)
    form.measure(row, "\n", 99)
    for at, line in enumerate(lines, row):
        form.band(at, layout.side_text, form.plan.last, line)
    return last + 1


def _set_page(form: Form, last: int) -> None:
    """A4 upright: the official form on its own pages, then what stands beside it for the auditor."""
    form.sheet.set_portrait()
    form.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    # Two print areas, which XlsxWriter's print_area() does not know: each gets pages of its own.
    end, width = form.plan.form_end, len(form.plan.columns.items)
    areas = ((0, end, last), (end + 2, width - 1, form.plan.total))
    ranges = (f"{FORM_SHEET}!${letters(a)}$1:${letters(b)}${row + 1}" for a, b, row in areas)
    form.book.workbook.define_name(f"{FORM_SHEET}!_xlnm.Print_Area", "=" + ",".join(ranges))
    form.sheet.repeat_rows(form.plan.header)
    form.sheet.freeze_panes(form.plan.header + 1, 0)
    form.sheet.protect("", _PROTECTION)
