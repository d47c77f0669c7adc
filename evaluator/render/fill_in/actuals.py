"""The sheet 实际完成值 of a fill-in workbook: one row an indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Indicator, Project, TargetKind
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.records.submitted import Answer
from evaluator.render.book import BAD, GOOD, WATCH, Book, height_for, put, put_formula
from evaluator.render.corrected import approved, beside, shown_as, target_words
from evaluator.render.fill_in.formulas import SHORT_GRADES, RowFormulas
from evaluator.render.fill_in.validation import validate
from evaluator.render.fill_in.weights import weights_of
from evaluator.rulesets import RuleSet
from evaluator.values.units import is_rate
from evaluator.workbooks.answers import grade_of
from evaluator.workbooks.entries import Entries, Entry
from evaluator.workbooks.layout import (
    ACTUALS,
    FACT_COLUMN,
    FACT_LIST,
    FACT_ROW,
    FACTS,
    FIELDS,
    FIRST_ROW,
    HEAD_ROW,
    HIDDEN_FIELDS,
    NATURE,
    SAMPLE,
    address,
    open_fields,
)

NATURE_CELL = (
    f"'{FACTS}'!${address(FACT_ROW + [f.name for f in FACT_LIST].index(NATURE), FACT_COLUMN)[0]}$"
    + str(FACT_ROW + [f.name for f in FACT_LIST].index(NATURE))
)
SAMPLE_TEXT = "※ 示例数据：本表内容仅供演示，不是真实完成情况"
_LAST_SHOWN = FIELDS["points"].column
_PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_DATE_LOOK = "yyyy-mm-dd"
_TEXTS = ("description", "reason", "evidence", "deduction_reason")
_UNSEEN = ";;;"  # hidden columns show nothing, also where a program unhides their edge
_LACKING = {
    "share-missing": "请填得分比例",
    "reason-missing": "请写偏差原因及改进措施",
    "description-missing": "请写完成情况说明",
    "overshoot-unexplained": "超额较多，请说明原因",
    "deduction-without-reason": "请写扣减理由",
    "deadline-ungraded": "已超期：请选完成等级并填得分比例",
    "deadline-graded-achieved": "超期的不能选达成",
    "deduction-invalid": "扣减分值应为不小于0的数字",
    "actual-not-applicable": "不适用的不计分，请附批复调整文件",
    "target-unscorable": "指标值无法识别，请与财务人员核对",
    "negative-target": "负数目标未达到，请与财务人员核对",
}
"""What the cell 还缺什么 shows for a finding, until Excel works it out itself."""


def sample_banner(book: Book, sheet: Worksheet, row: int, last_column: int, sample: bool) -> None:
    """A line that says 示例数据 for as long as 数据性质 on the sheet 基本情况 says so."""
    look = book.look("plain", bold=True, font_color="#B42318", align="left", text_wrap=False)
    formula = f'IF({NATURE_CELL}="{SAMPLE}","{SAMPLE_TEXT}","")'
    put_formula(sheet, row, 0, formula, look, SAMPLE_TEXT if sample else "")


_LACKING_CELL = {
    "actual": "请填实际完成值",
    "grade": "请选完成等级",
    "share": "请填得分比例",
    "completed": "请填完成日期",
    "description": "请写完成情况说明",
    "reason": "请写偏差原因",
    "deduction_reason": "请写扣减理由",
}
"""The cell that each hint is about, by how the hint begins; it is coloured while it is empty."""


def filled_count(shown: Evaluation) -> int:
    """How many indicators have their main entry."""
    return sum(_is_filled(score) for score in shown.scores)


def _is_filled(score: Score) -> bool:
    return score.actual is not None and score.actual.answer is not Answer.BLANK


def write_actuals(book: Book, shown: Evaluation, year: int, rules: RuleSet, entries: Entries) -> None:
    """Write the sheet with what was filled in so far; `shown` is what the live cells show at first."""
    project = shown.project
    sheet = book.add_sheet(ACTUALS)
    _set_page(sheet)
    items = project.annual
    first, last = FIRST_ROW, FIRST_ROW + max(len(items), 1) - 1
    _write_head(book, sheet, shown, year, rules, entries, (first, last))
    scores = {score.indicator.code: score for score in shown.scores}
    lacking = {
        item.indicator: _LACKING[item.code] for item in reversed(shown.findings) if item.code in _LACKING
    }
    weights = weights_of(project, rules, first, last)
    for at, item in enumerate(items):
        formulas = RowFormulas(item, rules, first + at, weights)
        row = _Row(book, sheet, item, formulas, entries.rows.get(item.code, {}))
        row.write(scores[item.code], lacking.get(item.code, ""))
    _dress(book, sheet, first, last)


def _write_head(
    book: Book,
    sheet: Worksheet,
    shown: Evaluation,
    year: int,
    rules: RuleSet,
    entries: Entries,
    rows: tuple[int, int],
) -> None:
    project = shown.project
    for field in FIELDS.values():
        hidden = {"hidden": True} if field.name in HIDDEN_FIELDS else {}
        sheet.set_column(field.column - 1, field.column - 1, field.width, None, hidden)
    title = book.look("title", align="left", text_wrap=False)
    put(sheet, 0, 0, f"{year}年度绩效指标完成情况填报表", title)
    sheet.set_row(0, 30)
    line = book.look("plain", text_wrap=False)
    put(sheet, 1, 0, f"项目：{project.name}　　单位：{project.applicant}　　计分规则：{rules.title}", line)
    sample = entries.facts.get(NATURE, Entry(None)).text == SAMPLE
    sample_banner(book, sheet, 2, _LAST_SHOWN, sample)
    filled = f"{FIELDS['filled'].letter}{rows[0]}:{FIELDS['filled'].letter}{rows[1]}"
    progress = f'"已填 "&SUM({filled})&" / {len(project.annual)} 个指标"'
    now = f"已填 {filled_count(shown)} / {len(project.annual)} 个指标"
    put_formula(sheet, 3, 0, progress, book.look("plain", bold=True, text_wrap=False), now)
    note = book.look("note", text_wrap=False)
    put(
        sheet,
        4,
        0,
        "只填黄色单元格；灰色的不用填。完成值只填数字，不带≥、≤；没有发生填 0，确实不适用填“不适用”。",
        note,
    )
    entry_head = book.look("heading", bg_color="#FFE9A8")
    for field in FIELDS.values():
        put(
            sheet,
            HEAD_ROW - 1,
            field.column - 1,
            field.title,
            entry_head if field.entry else book.look("heading", **_heading(field.name, project)),
        )
    sheet.set_row(HEAD_ROW - 1, 32)


_APPROVED: tuple[tuple[str, str, Callable[[Indicator], str]], ...] = (
    ("level1", "一级指标", lambda item: item.level1),
    ("level2", "二级指标", lambda item: item.level2),
    ("name", "三级指标", lambda item: item.name),
    ("target", "指标值", lambda item: item.target.text),
)
"""The cells that show what was approved: field, the column of the table, text."""


def _heading(name: str, project: Project) -> dict[str, str]:
    """How a heading shows: that of the targets says only 批复 where none was corrected."""
    if name != "target" or not any(item.corrections for item in project.annual):
        return {}
    return shown_as("指标值（批复，或人工更正）")


class _Row:
    """One indicator's row being written."""

    def __init__(
        self,
        book: Book,
        sheet: Worksheet,
        item: Indicator,
        formulas: RowFormulas,
        entries: Mapping[str, Entry],
    ) -> None:
        self.book, self.sheet, self.item = book, sheet, item
        self.formulas, self.entries = formulas, entries
        self.row = formulas.row - 1
        self.open = open_fields(item.target)

    def write(self, score: Score, lacking: str) -> None:
        self._write_approved()
        self._write_live(score, lacking)
        for name in (field.name for field in FIELDS.values() if field.entry):
            if name in self.open or self._typed(name):
                self._write_entry(name)
            else:
                put(self.sheet, self.row, FIELDS[name].column - 1, "", self.book.look("closed"))
        validate(self.sheet, self.row, self.item, self.formulas.rules, self.open)
        texts = [
            (self.item.name, FIELDS["name"].width - 2),
            (target_words(self.item), FIELDS["target"].width),
            (self.item.level2, FIELDS["level2"].width),
            (self.item.level1, FIELDS["level1"].width),
        ]
        texts += [
            (entry.text, FIELDS[name].width - 2)
            for name, entry in self.entries.items()
            if isinstance(entry.value, str)
        ]
        self.sheet.set_row(self.row, height_for(texts, least=34))

    def _typed(self, name: str) -> bool:
        entry = self.entries.get(name)
        return bool(entry and (entry.text or entry.formula))

    def _put(self, name: str, value: object, look: str = "cell", **changes: Any) -> None:
        put(self.sheet, self.row, FIELDS[name].column - 1, value, self.book.look(look, **changes))

    def _live(self, name: str, formula: str, value: object = "", **changes: Any) -> None:
        look = self.book.look("centre", bg_color="#EEF6FF", **changes)
        put_formula(self.sheet, self.row, FIELDS[name].column - 1, formula, look, value)

    def _write_approved(self) -> None:
        item, weights = self.item, self.formulas.weights
        self._put("code", item.code, "centre", bold=True)
        for name, column, text in _APPROVED:
            place = {"indent": 1} if name == "name" else {"align": "center"}
            was = "" if name == "target" and item.added else approved(item.corrections, column)
            self._put(name, text(item), **place, **beside(was))
        value = item.target.deadline if item.target.kind is TargetKind.DEADLINE else item.target.value
        for name, content in (
            ("value", value),
            ("upper", item.target.upper),
            ("even", weights.even(item)),
            ("group", weights.group(item)),
        ):
            self._put(name, content, num_format=_UNSEEN)

    def _write_live(self, score: Score, lacking: str) -> None:
        formulas = self.formulas
        completion = None if score.completion is None else score.completion / 100
        if not _is_filled(score):
            hint = formulas.first_hint
        elif score.points is None:
            hint = formulas.weights.advice(self.item)
        else:
            hint = lacking or ("齐了" if score.score is not None else "请核对")
        self._live("weight", formulas.weight, score.points, num_format="0.00")
        self._live("comparable", formulas.comparable, score.comparable, num_format=_UNSEEN)
        self._live("completion", formulas.completion, completion, num_format="0.00%")
        self._live("expected", formulas.expected, score.score, num_format="0.00", bold=True)
        self._live("hint", formulas.hint, hint, font_size=9)
        self._live("graded", formulas.graded, self._graded(), num_format=_UNSEEN)
        self._live("filled", formulas.filled, int(_is_filled(score)), num_format=_UNSEEN)

    def _graded(self) -> str:
        """What the hidden cell of the grade shows for what is typed."""
        if "grade" not in self.open:
            return ""
        typed, actual = (self.entries.get(name, Entry(None)).text for name in ("grade", "actual"))
        grade = grade_of(typed or actual)
        otherwise = typed or ("不适用" if actual == "不适用" else "")
        return SHORT_GRADES[grade] if grade else otherwise

    def _write_entry(self, name: str) -> None:
        entry = self.entries.get(name, Entry(None))
        place = {"align": "left", "indent": 1} if name in _TEXTS else {"align": "center"}
        look = self.book.look("entry", num_format=self._format(name, entry), **place)
        column = FIELDS[name].column - 1
        if name == "unit" and not self._typed(name):
            put(self.sheet, self.row, column, self.item.target.unit, look)
        else:
            write_entry(self.sheet, self.row, column, entry, look)

    def _format(self, name: str, entry: Entry) -> str:
        """The format of a carried entry is kept: it decides what its number means."""
        if is_kept(entry):
            return entry.number_format
        if name == "share" or (name == "actual" and is_rate(self.item.target.unit)):
            return "0.####%"
        return {"completed": _DATE_LOOK, "deduction": "0.00", "points": "0.00"}.get(name, "General")


def is_kept(entry: Entry) -> bool:
    """Whether an entry's number format says what it means: it is a number or a date."""
    return entry.value is not None and not isinstance(entry.value, str)


def write_entry(sheet: Worksheet, row: int, column: int, entry: Entry, look: Any) -> None:
    """Put an entry back as it was typed; of a formula, its result, or its text where there is none."""
    value = entry.value
    if entry.formula and value is None:
        put(sheet, row, column, entry.formula.lstrip("="), look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, time):
        put(sheet, row, column, value.isoformat(), look)
    elif isinstance(value, float):
        sheet.write_number(row, column, value, look)
    else:
        put(sheet, row, column, value, look)


def _dress(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    """Colours that follow what is typed, frozen panes, print area, protection."""
    hint = FIELDS["hint"]
    cells = f"{hint.letter}{first}:{hint.letter}{last}"
    fine = book.workbook.add_format({"bg_color": GOOD})
    missing = book.workbook.add_format({"bg_color": WATCH, "font_color": "#7A4B00"})
    sheet.conditional_format(cells, {"type": "cell", "criteria": "==", "value": '"齐了"', "format": fine})
    sheet.conditional_format(cells, {"type": "cell", "criteria": "!=", "value": '"齐了"', "format": missing})
    lacking = book.workbook.add_format({"bg_color": WATCH})
    for name, start in _LACKING_CELL.items():
        column = FIELDS[name].letter
        rule = f'=AND({column}{first}="",LEFT(${hint.letter}{first},{len(start)})="{start}")'
        sheet.conditional_format(
            f"{column}{first}:{column}{last}", {"type": "formula", "criteria": rule, "format": lacking}
        )
    expected, weight = FIELDS["expected"].letter, FIELDS["weight"].letter
    low = book.workbook.add_format({"bg_color": BAD})
    rule = f"=AND(ISNUMBER(${expected}{first}),${expected}{first}<${weight}{first})"
    sheet.conditional_format(
        f"{expected}{first}:{expected}{last}", {"type": "formula", "criteria": rule, "format": low}
    )
    sheet.freeze_panes(first - 1, FIELDS["target"].column)
    sheet.print_area(0, 0, last - 1, _LAST_SHOWN - 1)
    sheet.protect("", _PROTECTION)
    sheet.set_zoom(90)


def _set_page(sheet: Worksheet) -> None:
    """A4 landscape: the twenty columns on two pages side by side, each with what the row is about."""
    sheet.set_landscape()
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, FIELDS["target"].column - 1)
    sheet.repeat_rows(HEAD_ROW - 1)
