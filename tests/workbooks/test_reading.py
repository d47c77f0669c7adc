"""What people type into a fill-in workbook: each entry is a value or a finding with its cell."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from evaluator.records.submitted import Answer, Grade
from evaluator.render.fill_in.workbook import refresh_fill_in
from evaluator.workbooks import open_entries, peek, read_submission
from evaluator.workbooks.layout import (
    ACTUALS,
    BUDGET,
    FACT_LIST,
    FACT_ROW,
    FACTS,
    GOAL_ROW,
    GUIDE,
    LAST_ROW,
    NATURE,
    SAMPLE,
    STAMP,
)
from evaluator.workbooks.trimming import trimmed
from tests.render.office import rewrite
from tests.workbooks.typing import ROWS, RULES, blank, cell, fill, project, submit

PERCENT = "0.####%"


@pytest.mark.parametrize(
    ("code", "typed", "value", "unit"),
    [
        ("CC-01", 18, "18", "件"),
        ("CC-01", 18.5, "18.5", "件"),
        ("CC-01", 0, "0", "件"),
        ("CC-01", "18", "18", "件"),
        ("CC-01", "1,234", "1234", "件"),
        ("CC-01", "１８ 件", "18", "件"),
        ("CC-01", "18件", "18", "件"),
        ("CC-01", "\u00a018\u3000", "18", "件"),
        ("CC-01", 0.1 + 0.2, "0.3", "件"),
        ("CC-01", (18, '0"件"'), "18", "件"),
        ("CB-01", "10.5万元", "10.5", "万元"),
        ("CB-01", "105000元", "105000", "元"),
        # the percent trap: the number format decides, and where it cannot be known, the person
        ("CC-02", (0.96, PERCENT), "96", "%"),
        ("CC-02", (0.9612, "0%"), "96.12", "%"),
        ("CC-02", (96, "General"), "96", "%"),
        ("CC-02", "96%", "96", "%"),
        ("CC-02", "９６％", "96", "%"),
        ("CC-02", (1, PERCENT), "100", "%"),
        ("CC-02", (0, "General"), "0", "%"),
        ("XY-02", 0, "0", "件"),
    ],
)
def test_a_number__ok(tmp_path, code, typed, value, unit):
    submission, findings = submit(fill(blank(tmp_path), {cell(code, "actual"): typed}))
    actual = submission.actuals[code]
    assert (actual.answer, actual.value, actual.unit) == (Answer.FILLED, Decimal(value), unit)
    assert {name for name, _ in findings} <= {"number-as-text"}


@pytest.mark.parametrize(
    ("code", "typed", "found"),
    [
        ("CC-01", "完成", "actual-not-number"),
        ("CC-01", "≥20件", "operator-copied"),
        ("CC-01", "不少于20", "operator-copied"),
        ("CC-01", "nan", "actual-not-number"),
        ("CC-01", "1_000", "actual-not-number"),
        ("CC-01", "1,5", "actual-not-number"),
        ("CC-01", "20 pcs", "actual-not-number"),
        ("CC-01", "十八", "actual-not-number"),
        ("CC-01", True, "actual-not-number"),
        ("CC-01", "12\n13", "actual-not-number"),
        ("CC-01", "18①", "actual-not-number"),
        ("CC-01", 10**15, "cell-number-too-large"),
        ("CC-01", 10**40, "cell-number-too-large"),
        ("CC-01", -1e40, "cell-number-too-large"),
        ("CC-02", (1e200, "0%"), "cell-number-too-large"),
        ("CC-01", datetime(2026, 1, 2), "date-for-number"),
        ("CC-01", "=1+1", "formula-without-value"),
        ("CC-01", "#REF!", "cell-error"),
        ("CC-01", (0.5, "0%"), "percent-for-unit"),
        ("CC-01", "18人", None),
        ("CC-01", -3, "negative-actual"),
        ("CC-02", (0.96, "General"), "percent-ambiguous"),
        ("CC-02", (1, "General"), "percent-ambiguous"),
        ("CC-02", (1.2, "General"), "percent-ambiguous"),
        ("CC-02", "0.96", "percent-ambiguous"),
        ("CC-02", (95, "0.00%"), "percent-ambiguous"),
    ],
)
def test_what_is_no_number__finding_at_its_cell(tmp_path, code, typed, found):
    submission, findings = submit(fill(blank(tmp_path), {cell(code, "actual"): typed}))
    if found is None:  # another unit: matching refuses it
        assert submission.actuals[code].unit == "人"
    else:
        assert findings == [(found, cell(code, "actual"))]
        assert (submission.actuals[code].answer is Answer.UNREADABLE) == (found != "negative-actual")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (None, Answer.BLANK),
        ("", Answer.BLANK),
        ("  ", Answer.BLANK),
        (0, Answer.FILLED),
        ("不适用", Answer.NOT_APPLICABLE),
    ],
)
def test_blank_zero_and_not_applicable_are_three_answers(tmp_path, typed, answer):
    submission, findings = submit(fill(blank(tmp_path), {cell("CC-01", "actual"): typed}))
    assert (submission.actuals["CC-01"].answer, findings) == (answer, [])


def test_a_unit_of_the_drop_down(tmp_path):
    path = fill(blank(tmp_path), {cell("CB-01", "actual"): 105000, cell("CB-01", "unit"): "元"})
    actual = submit(path)[0].actuals["CB-01"]
    assert (actual.value, actual.unit) == (105000, "元")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime(2026, 11, 20), date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("2026.11.20", date(2026, 11, 20)),
        ("11月20日", date(2026, 11, 20)),
    ],
)
def test_a_date__ok(tmp_path, typed, day):
    submission, findings = submit(fill(blank(tmp_path), {cell("CC-03", "completed"): typed}))
    assert (submission.actuals["CC-03"].completed, findings) == (day, [])


@pytest.mark.parametrize("typed", ["按期", "2026-02-30", 46000])
def test_what_is_no_date__finding_at_its_cell(tmp_path, typed):
    submission, findings = submit(fill(blank(tmp_path), {cell("CC-03", "completed"): (typed, "General")}))
    assert findings == [("not-a-date", cell("CC-03", "completed"))]
    assert submission.actuals["CC-03"].answer is Answer.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("达成", Grade.ACHIEVED),
        ("部分达成", Grade.PARTLY),
        ("未达成", Grade.MISSED),
        *((g.value, g) for g in Grade),
    ],
)
def test_a_grade_in_short_or_in_full__ok(tmp_path, typed, grade):
    submission, findings = submit(fill(blank(tmp_path), {cell("XY-01", "grade"): typed}))
    assert (submission.actuals["XY-01"].grade, findings) == (grade, [])


def test_another_word_for_a_grade__finding(tmp_path):
    submission, findings = submit(fill(blank(tmp_path), {cell("XY-01", "grade"): "优秀"}))
    assert findings == [("grade-unknown", cell("XY-01", "grade"))]
    assert submission.actuals["XY-01"].answer is Answer.UNREADABLE


@pytest.mark.parametrize(
    ("typed", "share", "found"),
    [
        ((0.75, PERCENT), "75", None),
        ((75, "General"), "75", None),
        ("75%", "75", None),
        ((0, PERCENT), "0", None),
        ((0.75, "General"), None, "share-ambiguous"),
        ("大部分", None, "share-not-number"),
        ("75分", None, "share-not-number"),
        (1e30, None, "cell-number-too-large"),
    ],
)
def test_a_share_of_the_points(tmp_path, typed, share, found):
    path = fill(blank(tmp_path), {cell("XY-01", "grade"): "部分达成", cell("XY-01", "share"): typed})
    submission, findings = submit(path)
    assert submission.actuals["XY-01"].share == (None if share is None else Decimal(share))
    assert findings == ([(found, cell("XY-01", "share"))] if found else [])


def test_texts_deduction_and_own_points(tmp_path):
    cells = {
        "description": "说明",
        "reason": "=原因",
        "evidence": "台账",
        "deduction": 1.5,
        "deduction_reason": "理由",
        "points": "8分",
    }
    path = fill(
        blank(tmp_path),
        {cell("CC-01", name): (value, "@") if name == "reason" else value for name, value in cells.items()},
    )
    actual = submit(path)[0].actuals["CC-01"]
    assert (actual.description, actual.evidence, actual.deduction_reason) == ("说明", "台账", "理由")
    assert (actual.deduction, actual.points) == (Decimal("1.5"), Decimal(8))


def test_money_of_the_year__ok(tmp_path):
    cells = {"B7": 11, "C7": "11.50", "D7": 10.5, "B8": 0, "C8": "1,000.25", "D9": "1万元"}
    submission, findings = submit(fill(blank(tmp_path), cells, BUDGET))
    first, second, third = submission.funds
    assert (first.initial, first.adjusted, first.spent) == (11, Decimal("11.50"), Decimal("10.5"))
    assert (second.initial, second.adjusted, third.spent, third.adjusted) == (0, Decimal("1000.25"), 1, None)
    assert findings == []


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("达成预期指标", Grade.ACHIEVED),
        ("达成", Grade.ACHIEVED),
        (" 已 达成。", Grade.ACHIEVED),
        ("全部达成预期目标", Grade.ACHIEVED),
        ("达成年度指标", Grade.ACHIEVED),
        ("基本达成", Grade.PARTLY),
        ("基本达成预期目标", Grade.PARTLY),
        ("部分达成", Grade.PARTLY),
        ("部分达成年度指标并具有一定效果", Grade.PARTLY),
        ("未达成", Grade.MISSED),
        ("未达成年度指标且效果较差", Grade.MISSED),
        ("没有达到预期", Grade.MISSED),
    ],
)
@pytest.mark.parametrize("field", ["actual", "grade"])
def test_a_level_is_the_grade_wherever_it_is_typed__note(tmp_path, field, typed, grade):
    submission, findings = submit(fill(blank(tmp_path), {cell("XY-01", field): typed}))
    assert submission.actuals["XY-01"].grade is grade
    plain = field == "grade" and typed in ("达成预期指标", "达成", "部分达成", "未达成")
    assert findings == ([] if plain else [("grade-read", cell("XY-01", field))])


@pytest.mark.parametrize("typed", ["提高了", "完成", "100%", "达成率95%", "未完成，部分达成", "不达成不罢休"])
def test_other_words_are_no_grade__finding(tmp_path, typed):
    submission, findings = submit(fill(blank(tmp_path), {cell("XY-01", "actual"): typed}))
    assert submission.actuals["XY-01"].grade is None
    assert findings == [("entry-unused", cell("XY-01", "actual"))]


def test_a_grade_in_its_own_column_goes_before_what_is_typed_beside_it__finding(tmp_path):
    cells = {cell("XY-01", "actual"): "达成", cell("XY-01", "grade"): "未达成"}
    submission, findings = submit(fill(blank(tmp_path), cells))
    assert submission.actuals["XY-01"].grade is Grade.MISSED
    assert findings == [("entry-unused", cell("XY-01", "actual"))]


def test_a_level_typed_for_a_number_is_no_number__finding(tmp_path):
    _, findings = submit(fill(blank(tmp_path), {cell("CC-01", "actual"): "达成"}))
    assert findings == [("actual-not-number", cell("CC-01", "actual"))]


@pytest.mark.parametrize(
    ("label", "typed", "meant", "found"),
    [
        ("项目属性", "持续", "持续性", "choice-read"),
        ("项目属性", "新增项目", "新增性", "choice-read"),
        ("项目类别", "省直专项", "省（市）直专项", "choice-read"),
        ("项目类别", "转移支付", "对下转移支付", "choice-read"),
        ("项目类别", "部门预算项目", "部门预算", "choice-read"),
        ("项目类型", "一次性", "一次性", None),
        ("项目类型", "延续", "延续性", "choice-read"),
        ("项目类型", "多年", "多年", "choice-unknown"),
        ("项目属性", "持续性/新增性", "持续性/新增性", "choice-unknown"),
        ("项目属性", "性", "性", "choice-unknown"),
        ("数据性质", "示例", "示例数据", "choice-read"),
        ("主管部门", "市人社局", "市人社局", None),
    ],
)
def test_a_choice_outside_its_list_is_mapped_or_asked_about(tmp_path, label, typed, meant, found):
    row = FACT_ROW + [fact.name for fact in FACT_LIST].index(label)
    submission, findings = submit(fill(blank(tmp_path), {f"B{row}": typed}, FACTS))
    assert submission.facts[label] == meant
    assert findings == ([(found, f"B{row}")] if found else [])
    assert submission.sample is (meant == "示例数据")


@pytest.mark.parametrize(
    ("sheet", "at", "found"),
    [
        (ACTUALS, "AB8", "text-outside"),
        (ACTUALS, "D20", "text-outside"),
        (ACTUALS, "H2", "text-outside"),
        (BUDGET, "G7", "text-outside"),
        (BUDGET, "A19", "text-outside"),
        (BUDGET, "C17", "text-outside"),
        (FACTS, "E6", "text-outside"),
        (FACTS, "A40", "text-outside"),
        (GUIDE, "C3", "text-outside"),
        (GUIDE, "B30", "text-outside"),
        ("计算", "B2", "sheet-unknown"),
    ],
)
def test_what_is_written_outside_is_named__and_kept_by_a_refresh(tmp_path, sheet, at, found):
    path = blank(tmp_path)
    book = load_workbook(path)
    (book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet))[at] = "另见合同"
    book[STAMP]["B3"] = "2"
    book.save(path)
    _, findings = read_submission(path, tmp_path, project(), 2026)
    assert [(item.code, item.place.part, item.place.cell) for item in findings] == [(found, sheet, at)]
    assert "另见合同" in findings[0].text
    refresh_fill_in(path, tmp_path / "old.xlsx", tmp_path, project(), 2026, RULES)
    kept = [cell.value for row in load_workbook(path)["未匹配的原填内容"].iter_rows() for cell in row]
    assert f"{sheet}!{at}" in kept
    assert "另见合同" in kept
    assert [item.code for item in read_submission(path, tmp_path, project(), 2026)[1]] == []


def test_comments_are_named(tmp_path):
    path = fill(blank(tmp_path), {"G8": 20})
    book = load_workbook(path)
    for at in ("G8", "H9"):
        book[ACTUALS][at].comment = Comment("数字待核实", "张三")
    book.save(path)
    _, findings = read_submission(path, tmp_path, project(), 2026)
    assert [(item.code, item.place.cell) for item in findings] == [("comment-unread", "G8")]
    assert "G8、H9" in findings[0].text
    assert "数字待核实" in findings[0].text


def test_a_grant_is_the_sum_of_what_its_givers_gave__ok(tmp_path):
    cells = {"B11": 6, "C11": 6, "D11": 5, "B12": 4, "C12": 4.5, "D12": "4.25", "C10": 2, "D10": 1}
    submission, findings = submit(fill(blank(tmp_path), cells, BUDGET))
    assert findings == []
    assert [(f.name, f.part_of, f.initial, f.adjusted, f.spent) for f in submission.funds if f.used] == [
        ("当年财政拨款", "", 10, Decimal("10.5"), Decimal("9.25")),
        ("财政专户资金", "", None, 2, 1),
        ("中央补助", "当年财政拨款", 6, 6, 5),
        ("省级资金", "当年财政拨款", 4, Decimal("4.5"), Decimal("4.25")),
    ]


@pytest.mark.parametrize(
    ("cells", "grant", "found"),
    [
        ({"C7": 10, "C11": 6, "C12": 4}, 10, []),
        ({"C7": 10, "C11": 6}, None, [("fund-parts-differ", "C7")]),
        ({"C7": 0, "C11": 6}, None, [("fund-parts-differ", "C7")]),
        ({"D7": 5, "D13": 6, "C7": 9}, 9, [("fund-parts-differ", "D7")]),
        ({"C11": 6, "D11": 6, "D12": 1}, None, []),
    ],
)
def test_a_grant_and_its_givers(tmp_path, cells, grant, found):
    """What is said twice must be the same; a giver without an amount leaves the sum unknown."""
    submission, findings = submit(fill(blank(tmp_path), cells, BUDGET))
    assert (submission.funds[0].adjusted, findings) == (grant, found)


def earlier(path):
    """The sheet of the budget as it was before version 3: three funds, then the total."""
    book = load_workbook(path)
    sheet = book[BUDGET]
    sheet.delete_rows(10, 4)
    for row, column in [(row, column) for row in (11, 12) for column in range(1, 6)]:
        sheet.cell(row, column).value = None
    for at in ("B10", "C10", "D10"):
        sheet[at] = f"=SUM({at[0]}7:{at[0]}9)"
    book[STAMP]["B3"] = "2"
    book.save(path)
    return path


def test_an_earlier_workbook_is_read_as_it_is(tmp_path):
    cells = {"B7": 11, "C7": 11, "D7": 10, "C9": 3, "D9": 2}
    path = earlier(fill(blank(tmp_path), cells, BUDGET))
    submission, findings = submit(fill(path, {"B13": "追加"}, BUDGET))
    assert (findings, submission.budget_note) == ([], "追加")
    assert [(fund.name, fund.adjusted) for fund in submission.funds] == [
        ("当年财政拨款", 11),
        ("上年结转资金", None),
        ("其他资金", 3),
    ]


def test_a_refresh_of_an_earlier_workbook_keeps_what_was_typed(tmp_path):
    path = earlier(fill(blank(tmp_path), {"B7": 11, "C8": 2, "D9": 3}, BUDGET))
    fill(path, {"B13": "追加"}, BUDGET)
    kept, findings = refresh_fill_in(path, tmp_path / "old.xlsx", tmp_path, project(), 2026, RULES)
    assert (kept, findings) == (tmp_path / "old.xlsx", [])
    sheet = load_workbook(path)[BUDGET]
    assert [sheet[cell].value for cell in ("B7", "C8", "D9", "B17")] == [11, 2, 3, "追加"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("无", "amount-not-number"),
        ("nan", "amount-not-number"),
        ("5元", "amount-not-number"),
        ("12 13", "amount-not-number"),
        (10**15, "cell-number-too-large"),
        (1e30, "cell-number-too-large"),
        ((0.5, "0%"), "amount-not-number"),
        (True, "amount-not-number"),
        ("#DIV/0!", "cell-error"),
        ("=1+1", "formula-without-value"),
    ],
)
def test_an_amount_that_cannot_be_read__finding_and_no_sum_without_it(tmp_path, typed, found):
    path = fill(blank(tmp_path), {"C7": 11, "D7": 10.5, "C8": typed, "D8": 3}, BUDGET)
    submission, findings = submit(path)
    assert findings == [(found, "C8")]
    assert [(fund.adjusted, fund.spent) for fund in submission.funds] == [
        (None, Decimal("10.5")),
        (None, 3),
        (None, None),
    ]


@pytest.mark.parametrize(("field", "typed"), [("deduction", "一分"), ("points", "多些"), ("points", "#REF!")])
def test_a_row_whose_points_cannot_be_read_is_not_scored__finding(tmp_path, field, typed):
    submission, findings = submit(fill(blank(tmp_path), {"G8": 25, cell("CC-01", field): typed}))
    assert [place for _, place in findings] == [cell("CC-01", field)]
    assert submission.actuals["CC-01"].answer is Answer.UNREADABLE


@pytest.mark.parametrize(
    ("code", "field", "found"),
    [
        ("CC-01", "actual", "formula-without-value"),
        ("CC-03", "completed", "formula-without-value"),
        ("XY-01", "grade", "formula-without-value"),
        ("CC-01", "deduction", "formula-without-value"),
        ("CC-01", "description", "text-unreadable"),
        ("CC-01", "reason", "text-unreadable"),
    ],
)
def test_a_formula_without_a_result__finding(tmp_path, code, field, found):
    assert submit(fill(blank(tmp_path), {cell(code, field): "=Sheet9!A1"}))[1] == [(found, cell(code, field))]


def test_an_answer_in_a_cell_that_its_target_does_not_use__finding(tmp_path):
    submission, findings = submit(fill(blank(tmp_path), {cell("XY-01", "actual"): 105}))
    assert findings == [("entry-unused", cell("XY-01", "actual"))]
    assert submission.actuals["XY-01"].answer is Answer.BLANK


def test_facts_goals_and_the_mark_of_demonstration_data(tmp_path):
    rows = {fact.name: FACT_ROW + at for at, fact in enumerate(FACT_LIST)}
    cells = {f"B{rows['主管部门']}": "市人社局", f"B{rows[NATURE]}": SAMPLE, f"C{GOAL_ROW}": "全部完成。"}
    submission, _ = submit(fill(blank(tmp_path), cells, FACTS))
    assert (submission.facts["主管部门"], submission.goal_results, submission.sample) == (
        "市人社局",
        {1: "全部完成。"},
        True,
    )


def test_rows_are_found_by_code_wherever_they_stand(tmp_path):
    path = blank(tmp_path)
    swapped = {
        "A7": "CC-01",
        "B7": "产出指标",
        "C7": "数量指标",
        "D7": "受理案件数量",
        "E7": "≥20件",
        "G7": 30,
        "H7": "件",
    }
    back = {
        "A8": "CB-01",
        "B8": "成本指标",
        "C8": "经济成本指标",
        "D8": "律师服务费",
        "E8": "≤11万元",
        "G8": 9,
        "H8": "万元",
    }
    submission, findings = submit(fill(path, {**swapped, **back}))
    assert (submission.actuals["CC-01"].value, submission.actuals["CB-01"].value, findings) == (30, 9, [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"A8": None, "G8": 3}, ("workbook-row-without-code", "A8")),
        ({"A8": "CB-01"}, ("workbook-code-twice", "A8")),
        ({"E8": "≥10件"}, ("workbook-row-changed", "E8")),
        ({"D8": "受理案件"}, ("workbook-row-changed", "D8")),
    ],
)
def test_locked_cells_that_somebody_changed__finding(tmp_path, cells, found):
    assert found in submit(fill(blank(tmp_path), cells))[1]


@pytest.mark.parametrize(
    ("sheet", "change", "found"),
    [
        (ACTUALS, lambda sheet: sheet.insert_cols(7), "G6"),
        (ACTUALS, lambda sheet: sheet.delete_cols(6), "F6"),
        (ACTUALS, lambda sheet: sheet.insert_rows(3), "A6"),
        (BUDGET, lambda sheet: sheet.insert_rows(7), "A7"),
        (BUDGET, lambda sheet: sheet.insert_cols(3), "C6"),
        (FACTS, lambda sheet: sheet.insert_cols(2), f"B{GOAL_ROW - 1}"),
        (FACTS, lambda sheet: sheet.cell(6, 1, "单位"), "A6"),
    ],
)
def test_moved_rows_and_columns_are_never_read_as_something_else__finding(tmp_path, sheet, change, found):
    path = fill(blank(tmp_path), {"C7": 11, "C8": 12}, BUDGET)
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    assert submit(path) == (None, [("workbook-layout-changed", found)])


def test_facts_and_goals_are_found_by_their_labels(tmp_path):
    """Rows inserted above them, and workbooks of an earlier version, which ask for less."""
    path = fill(blank(tmp_path), {"B5": "市人社局", f"C{GOAL_ROW}": "全部完成。"}, FACTS)
    book = load_workbook(path)
    new = [fact for fact in FACT_LIST if fact.told]
    book[FACTS].delete_rows(FACT_ROW + len(FACT_LIST) - len(new), len(new))
    book[FACTS].insert_rows(3)
    book[STAMP]["B3"] = "1"
    book.save(path)
    submission, _ = submit(path)
    assert (submission.facts["主管部门"], submission.goal_results) == ("市人社局", {1: "全部完成。"})
    assert submission.goal_places[1].cell == f"C{GOAL_ROW - len(new) + 1}"


def rename(path, *, drop=(), **titles):
    book = load_workbook(path)
    for name, title in titles.items():
        book[name].title = title
    for name in drop:
        del book[name]
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({ACTUALS: "完成情况"}, "缺“实际完成值”，多出“完成情况”"),
        ({"drop": [BUDGET]}, "缺“预算执行”"),
        ({FACTS: "Sheet1", "drop": [BUDGET]}, "缺“基本情况”、“预算执行”，多出“Sheet1”"),
    ],
)
def test_a_sheet_that_is_renamed_or_gone_is_named__finding(tmp_path, changes, said):
    entries, findings = open_entries(rename(blank(tmp_path), **changes), tmp_path)
    assert entries is None
    assert [(item.code, said in item.text) for item in findings] == [("workbook-sheets-changed", True)]


def test_rows_inserted_between_indicators_do_no_harm(tmp_path):
    path = fill(blank(tmp_path), {"G7": 9, "G8": 25})
    book = load_workbook(path)
    book[ACTUALS].insert_rows(8, 2)
    book.save(path)
    submission, findings = submit(path)
    assert (submission.actuals["CC-01"].value, findings) == (25, [])


def test_a_changed_target_is_scored_as_approved(tmp_path):
    path = fill(blank(tmp_path), {"E8": "≥10件", "G8": 12})
    assert submit(path)[0].actuals["CC-01"].value == 12


def test_codes_that_somebody_swapped__neither_answer_counts_for_the_other(tmp_path):
    path = fill(blank(tmp_path), {"G8": 18, "G9": (0.96, "0%"), "A8": "CC-02", "A9": "CC-01"})
    submission, findings = submit(path)
    assert sorted(findings) == [("workbook-row-moved", "C8"), ("workbook-row-moved", "C9")]
    assert {submission.actuals[code].answer for code in ("CC-01", "CC-02")} == {Answer.UNREADABLE}


def test_a_workbook_of_earlier_targets__finding(tmp_path):
    now = project(ROWS.replace("≥20件", "≥30件"))
    submission, findings = submit(fill(blank(tmp_path), {"G8": 12}), now)
    assert findings == [("workbook-stale", "")]
    assert submission.actuals["CC-01"].value == 12  # what was achieved is the same


def test_a_code_that_another_indicator_has_now__finding(tmp_path):
    now = project(ROWS.replace("受理案件数量", "代理案件数量"))
    submission, findings = submit(fill(blank(tmp_path), {"G8": 12}), now)
    assert findings == [("workbook-stale", ""), ("workbook-row-moved", "D8")]
    assert (submission.actuals["CC-01"].answer, submission.actuals["CC-01"].value) == (
        Answer.UNREADABLE,
        None,
    )
    assert submit(blank(tmp_path, name="b.xlsx"), now)[1] == [("workbook-stale", "")]


@pytest.mark.parametrize(
    ("sheet", "cells", "found"),
    [
        (ACTUALS, {"F7": 99}, ["F7"]),
        (ACTUALS, {"M9": 8, "N9": "齐了"}, ["M9"]),
        (BUDGET, {"C14": 100}, ["C14"]),
        (BUDGET, {"D15": 100}, ["D15"]),
        (BUDGET, {"E7": None}, ["E7"]),
        (BUDGET, {"B7": 10}, []),
    ],
)
def test_a_formula_that_somebody_typed_over__finding(tmp_path, sheet, cells, found):
    _, findings = submit(fill(blank(tmp_path), cells, sheet))
    assert findings == [("workbook-formula-replaced", place) for place in found]


def test_the_stamp_says_whose_it_is(tmp_path):
    stamp, findings = peek(blank(tmp_path), tmp_path)
    assert (stamp.year, stamp.project_key, stamp.rules_name, findings) == (2026, "法律服务", "hubei", [])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "workbook-unreadable"),
        (b"hello", "workbook-not-xlsx"),
        (b"PK\x03\x04cut off", "workbook-unreadable"),
    ],
)
def test_what_is_no_workbook__finding(tmp_path, content, found):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    stamp, findings = peek(path, tmp_path)
    assert stamp is None
    assert findings
    assert findings[0].code == found
    assert submit(path)[0] is None


def test_somebody_elses_workbook__finding(tmp_path):
    from openpyxl import Workbook

    Workbook().save(tmp_path / "a.xlsx")
    assert [item.code for item in peek(tmp_path / "a.xlsx", tmp_path)[1]] == ["workbook-not-ours"]
    assert submit(tmp_path / "a.xlsx") == (None, [("workbook-not-ours", "")])


def test_rows_of_formatting_far_below_are_passed_over(tmp_path):
    path = fill(blank(tmp_path), {"G8": 25})
    far = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2001, 60_000))
    bloated = rewrite(
        path, tmp_path / "far" / path.name, lambda xml: xml.replace("</sheetData>", f"{far}</sheetData>")
    )
    assert len(trimmed(bloated.read_bytes(), LAST_ROW)) < bloated.stat().st_size / 10
    submission, findings = submit(bloated)
    assert (submission.actuals["CC-01"].value, findings) == (25, [])


def trimmed_xml(path):
    """The sheets of a workbook as openpyxl gets them."""
    assert b"mergeCell" in b"".join(_sheets(path.read_bytes()))
    return b"".join(_sheets(trimmed(path.read_bytes()))).decode()


def _sheets(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:ZZ2000", "$B$1:$B$1048576"])
def test_a_merged_area_of_absurd_size_is_passed_over(tmp_path, area):
    path = fill(blank(tmp_path), {"G8": 25})
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    hostile = rewrite(path, tmp_path / "far" / path.name, lambda xml: xml.replace("</sheetData>", merge))
    assert area not in trimmed_xml(hostile)
    submission, findings = submit(hostile)
    assert (submission.actuals["CC-01"].value, findings) == (25, [])


def test_a_formula_that_gives_nothing_is_a_blank(tmp_path):
    path = fill(blank(tmp_path), {"G8": '=IF(1=1,"","x")'})
    saved = rewrite(
        path,
        tmp_path / "saved" / path.name,
        lambda xml: re.sub(r'(<c r="G8"[^>]*)>(<f>.*?</f>)<v ?/?>(</v>)?', r'\1 t="str">\2<v></v>', xml),
    )
    submission, findings = submit(saved)
    assert (submission.actuals["CC-01"].answer, findings) == (Answer.BLANK, [])


def test_a_unit_that_cannot_be_known__finding_at_its_cell(tmp_path):
    submission, findings = submit(fill(blank(tmp_path), {"G7": 105000, "H7": '="元"'}))
    assert (submission.actuals["CB-01"].answer, findings) == (
        Answer.UNREADABLE,
        [("formula-without-value", "H7")],
    )


@pytest.mark.parametrize("seed", range(40))
def test_damaged_workbooks__finding_never_a_traceback(tmp_path, seed):
    """Some bytes of one part are changed and the archive is whole, so that they reach the parsers."""
    chance = Random(seed)
    source = zipfile.ZipFile(fill(blank(tmp_path), {"G8": 25}))
    victim = chance.choice(source.namelist())
    with zipfile.ZipFile(tmp_path / "damaged.xlsx", "w") as target:
        for name in source.namelist():
            part = bytearray(source.read(name))
            for _ in range(chance.randint(1, 20) if name == victim else 0):
                part[chance.randrange(len(part))] = chance.choice(b'0<>"/a9 \xff=')
            target.writestr(name, bytes(part))
    submission, findings = submit(tmp_path / "damaged.xlsx")
    assert submission or findings
    stamp, found = peek(tmp_path / "damaged.xlsx", tmp_path)
    assert stamp or found


def test_a_grade_is_shown_once(tmp_path):
    submission, _ = submit(fill(blank(tmp_path), {cell("XY-01", "grade"): "达成"}))
    assert submission.actuals["XY-01"].typed == "达成"
