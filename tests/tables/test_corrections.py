"""What people change in the tables: it counts with a note, is never lost, and never silent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from evaluator.forms import collect
from evaluator.records.approved import Correction, TargetKind
from evaluator.tables import indicator_table, load_targets, merge_targets, project_table
from evaluator.tables.columns import INDICATOR, INDICATOR_COLUMNS, PROJECT
from evaluator.tables.files import guard, unguard
from tests.written import HEADER, form, read

ROWS = """
    年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤11万元 | 计划标准
     | 产出指标 | 数量指标 | 受理案件 | ≤20件 | 计划标准
     | | 质量指标 | 合规率 | =100% | 计划标准
"""


def imported(folder, rows=ROWS):
    projects, _ = collect([read(form(rows))])
    _, found = merge_targets(folder, "targets/2026", project_table(projects), indicator_table(projects))
    return projects, [item.code for item in found]


def change(folder, name, row, **cells):
    """Type into a table as a person does in Excel."""
    path = folder / name
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column, text in cells.items():
        table.loc[row, column] = text
    table.to_csv(path, index=False, encoding="utf-8-sig")


def load(folder):
    projects, findings = load_targets(folder, "targets/2026", 2026)
    return projects, [(item.code, item.place.cell) for item in findings]


def test_the_tables_are_the_reading_and_back(tmp_path):
    projects, _ = imported(tmp_path)
    assert load(tmp_path) == (projects, [])


@pytest.mark.parametrize("text", ["=100%", "+5%", "-5%", "@x", "'quoted", "≥5", "", "'=1"])
def test_no_cell_becomes_a_formula_and_every_text_comes_back(text):
    assert not guard(text).startswith(("=", "+", "-", "@"))
    assert unguard(guard(text)) == text


def test_a_correction_with_a_note__applied(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="批复原件是≥，转换时看错")
    projects, found = load(tmp_path)
    item = projects[0].annual[1]
    assert (item.target.text, str(item.target.operator), item.target.value) == ("≥20件", "≥", Decimal(20))
    assert item.corrections == (Correction("指标值", "≤20件", "≥20件", "批复原件是≥，转换时看错"),)
    assert found == [("correction-applied", "第3行")]


def test_a_correction_without_a_note__finding_and_the_approved_value(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件")
    projects, found = load(tmp_path)
    assert projects[0].annual[1].target.text == "≤20件"
    assert found == [("correction-without-note", "第3行")]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"数值": "很多"}, "csv-value-invalid"),
        ({"运算符": "约等于"}, "csv-value-invalid"),
        ({"截止日期": "2026/13/1"}, "csv-value-ignored"),
        ({"指标值": ""}, "cell-emptied"),
        ({"指标值": "≥21人", "数值": "21"}, "reading-contradicts"),
        ({"指标值": "≥18人", "运算符": "≥"}, "reading-contradicts"),
        ({"指标值": "≥18件", "数值": "19"}, "reading-contradicts"),
        ({"指标值": "按计划办结", "数值": "18"}, "reading-contradicts"),
        ({"截止日期": "2026-12-31"}, "reading-contradicts"),
        ({"批复原文": "受理案件"}, "column-not-editable"),
        ({}, "note-without-change"),
        ({"指标类型": "其他"}, "csv-value-invalid"),
    ],
)
def test_a_correction_that_is_no_value__finding(tmp_path, cells, found):
    projects, _ = imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 更正说明="更正", **cells)
    after, codes = load(tmp_path)
    assert after[0].annual[1].target == projects[0].annual[1].target
    assert codes[0] == (found, "第3行")
    assert {code for code, _ in codes[1:]} <= {"note-without-change"}


@pytest.mark.parametrize(
    "cells",
    [{"数值": ""}, {"运算符": ""}, {"指标类型": "时限"}, {"指标类型": "区间"}],
)
def test_a_corrected_reading_that_lacks_something__finding_and_the_approved_value(tmp_path, cells):
    projects, _ = imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 更正说明="更正", **cells)
    after, codes = load(tmp_path)
    assert after[0].annual[1] == projects[0].annual[1]
    assert codes == [("reading-incomplete", "第3行")]


def test_what_excel_rewrites_is_no_correction(tmp_path):
    rows = (
        ROWS
        + " | | 时效指标 | 完成时间 | 2026年12月31日前 | 计划标准\n | | 成本指标 | 单价 | ≤0.50元/份 | 计划标准"
    )
    imported(tmp_path, rows)
    change(tmp_path, "indicators.csv", 3, 截止日期="2026/12/31")
    change(tmp_path, "indicators.csv", 4, 数值="0.50")
    assert load(tmp_path)[1] == []


def test_an_indicator_added_by_hand_needs_a_note(tmp_path):
    imported(tmp_path)
    path = tmp_path / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    added = {**table.iloc[0].to_dict(), "编码": "CC-09", "三级指标": "培训", "指标值": "≥5场", "批复原文": ""}
    added.update(dict.fromkeys(("指标类型", "运算符", "数值", "计量单位", "更正说明"), ""))
    pd.concat([table, pd.DataFrame([added])]).to_csv(path, index=False, encoding="utf-8-sig")
    assert load(tmp_path)[1] == [("row-added-without-note", "第5行")]
    change(tmp_path, "indicators.csv", 3, 更正说明="批复第二页漏读")
    projects, found = load(tmp_path)
    assert found == [("row-added", "第5行")]
    codes = [item.code for item in projects[0].annual]
    assert codes == ["CB-01", "CC-09", "CC-01", "CC-02"]  # beside its level; the row says 成本指标
    assert projects[0].annual[1].target.kind is TargetKind.NUMERIC
    assert projects[0].annual[1].target.value == 5


def test_an_approved_indicator_cannot_be_deleted(tmp_path):
    projects, _ = imported(tmp_path)
    path = tmp_path / "indicators.csv"
    pd.read_csv(path, dtype=str, keep_default_na=False).drop(1).to_csv(
        path, index=False, encoding="utf-8-sig"
    )
    after, found = load(tmp_path)
    assert [item.code for item in after[0].annual] == [item.code for item in projects[0].annual]
    assert [code for code, _ in found] == ["row-removed"]


def test_a_table_saved_by_excel_in_gbk_is_read(tmp_path):
    projects, _ = imported(tmp_path)
    path = tmp_path / "indicators.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert load(tmp_path) == (projects, [])


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: text.replace(",", ";").encode("utf-8-sig"),
        lambda text: (text.replace("\n", "\r\n") + ",,,,\r\n\r\n").encode("utf-8"),
        lambda text: "\n".join(line + ",," for line in text.splitlines()).encode("utf-8"),
    ],
    ids=["GB18030", "UTF-16", "Unicode text", "semicolons", "blank rows", "blank columns"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path, saved):
    projects, _ = imported(tmp_path)
    path = tmp_path / "indicators.csv"
    path.write_bytes(saved(path.read_text(encoding="utf-8-sig")))
    assert load(tmp_path) == (projects, [])


def test_importing_again_never_touches_a_table_that_cannot_be_read(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="看错")
    path = tmp_path / "indicators.csv"
    path.write_bytes(path.read_bytes().replace("编码".encode(), "代码".encode()))
    before = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.csv")}
    _, found = imported(tmp_path)
    assert found == ["csv-column-missing"]
    assert {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.csv")} == before


def test_corrections_stay_when_the_reading_is_lost(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="看错")
    (tmp_path / "as-read" / "indicators.csv").unlink()
    assert load(tmp_path) == ([], [("csv-missing", "")])
    _, found = imported(tmp_path)
    assert found == []
    assert load(tmp_path)[0][0].annual[1].target.text == "≥20件"


@pytest.mark.parametrize(
    ("name", "cells", "found"),
    [
        ("indicators.csv", {"编码": "CC-77", "项目编号": "没有的项目"}, ("row-project-unknown", "第4行")),
        ("indicators.csv", {"编码": "CC-77", "项目编号": ""}, ("row-project-unknown", "第4行")),
        (
            "indicators.csv",
            {"编码": "CC-77", "批复原文": "", "目标类别": "本年"},
            ("csv-value-invalid", "第4行"),
        ),
        (
            "indicators.csv",
            {"编码": "CC-77", "批复原文": "", "把握程度": "很高"},
            ("csv-value-invalid", "第4行"),
        ),
        (
            "indicators.csv",
            {"编码": "CC-77", "批复原文": "", "目标序号": "1.5"},
            ("csv-value-invalid", "第4行"),
        ),
        ("projects.csv", {"项目编号": "没有的项目"}, ("row-project-unknown", "第2行")),
    ],
)
def test_a_row_that_belongs_nowhere__finding_and_never_a_traceback(tmp_path, name, cells, found):
    imported(tmp_path)
    change(tmp_path, name, 2 if name == "indicators.csv" else 0, 更正说明="补充", **cells)
    assert found in load(tmp_path)[1]


def test_a_spoilt_reading__finding(tmp_path):
    imported(tmp_path)
    change(tmp_path, "as-read/indicators.csv", 1, 目标类别="本年")
    assert load(tmp_path) == ([], [("csv-unreadable", "")])


def test_a_project_row_twice_or_gone__finding(tmp_path):
    projects, _ = imported(tmp_path)
    path = tmp_path / "projects.csv"
    text = path.read_text(encoding="utf-8-sig")
    head, row = text.split("\n", 1)
    path.write_text(text + row, encoding="utf-8-sig")
    assert load(tmp_path)[1][0][0] == "project-row-repeated"
    path.write_text(head + "\n", encoding="utf-8-sig")
    assert load(tmp_path) == (projects, [("project-row-removed", "")])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "csv-unreadable"),
        (b"\xff\xfe\x00", "csv-unreadable"),
        (bytes(range(256)), "csv-unreadable"),
        ("项目,编码\na,b\n".encode(), "csv-column-missing"),
        (b'a,b\n"unclosed', "csv-unreadable"),
    ],
)
def test_a_broken_table__finding(tmp_path, content, found):
    imported(tmp_path)
    (tmp_path / "indicators.csv").write_bytes(content)
    projects, codes = load(tmp_path)
    assert projects == []
    assert [code for code, _ in codes] == [found]


LATE = [column.title for column in (*PROJECT, *INDICATOR) if column.late]


def without_late(folder, *, present: tuple[str, ...] = ()) -> None:
    """Take the columns out of the tables that an earlier version did not write, but for those `present`."""
    for path in (*folder.glob("*.csv"), *(folder / "as-read").glob("*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        late = [column for column in LATE if column not in present]
        table.drop(columns=late, errors="ignore").to_csv(path, index=False, encoding="utf-8-sig")


@pytest.mark.parametrize("present", [(), ("确认",), ("确认", "图片位置", "识别原文", "存疑")])
def test_tables_of_an_earlier_version_are_read_and_keep_what_was_corrected(tmp_path, present):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="看错")
    as_now = load(tmp_path)
    assert {"确认", "核对说明", "图片位置"} <= {*LATE}
    without_late(tmp_path, present=present)
    assert load(tmp_path) == as_now
    assert imported(tmp_path)[1] == []
    assert load(tmp_path) == as_now
    assert [*pd.read_csv(tmp_path / "indicators.csv", dtype=str).columns] == [*INDICATOR_COLUMNS]
    assert not list(tmp_path.glob("*.旧表*"))


@pytest.mark.parametrize("column", [c.title for c in INDICATOR if not c.late])
def test_a_table_without_any_other_column__finding(tmp_path, column):
    imported(tmp_path)
    path = tmp_path / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.drop(columns=[column]).to_csv(path, index=False, encoding="utf-8-sig")
    assert load(tmp_path)[1] == [("csv-column-missing", "")]


def test_importing_again_keeps_corrections(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="看错")
    change(tmp_path, "projects.csv", 0, **{"项目预算（万元）": "12", "更正说明": "批复为12万元"})
    _, found = imported(tmp_path)
    projects, codes = load(tmp_path)
    assert found == []
    assert projects[0].annual[1].target.text == "≥20件"
    assert projects[0].budget == 12
    assert [code for code, _ in codes] == ["correction-applied", "correction-applied"]


def test_a_correction_follows_its_row_when_codes_move(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 2, 指标值="≥98%", 更正说明="看错")
    moved = ROWS.replace(" | | 质量指标", " | | 数量指标 | 新增事项 | ≥3项 | 计划标准\n     | | 质量指标")
    imported(tmp_path, moved)
    projects, _ = load(tmp_path)
    assert [(item.code, item.target.text) for item in projects[0].annual][-1] == ("CC-03", "≥98%")


def test_a_correction_whose_row_is_gone_is_kept_aside(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 指标值="≥20件", 更正说明="看错")
    _, found = imported(tmp_path, ROWS.replace("受理案件", "办理案件"))
    assert found == ["correction-orphaned"]
    kept = (tmp_path / "indicators.旧表1.csv").read_text(encoding="utf-8-sig")
    assert "看错" in kept


def test_a_corrected_name_stays_one_project(tmp_path):
    projects, _ = imported(tmp_path)
    change(tmp_path, "projects.csv", 0, 项目名称="法律服务（社保）", 更正说明="批复全称")
    after, _ = load(tmp_path)
    assert after[0].key == projects[0].key
    assert replace(after[0], name="法律服务", corrections=()) == projects[0]


@pytest.mark.parametrize(
    ("cells", "reads"),
    [
        ({"运算符": "≥"}, "≥20件"),
        ({"数值": "18"}, "≤18件"),
        ({"计量单位": "万件"}, "≤20万件"),
        ({"指标值": "≥18件", "运算符": "≥", "数值": "18"}, "≥18件"),
        ({"指标值": "18件以上", "运算符": "≥", "数值": "18"}, "18件以上"),
        ({"指标值": "18件", "运算符": ">=", "数值": "18"}, "≥18件"),
        ({"指标值": "18", "数值": "18"}, "≤18件"),
        ({"指标值": "十八件以上", "运算符": "≥", "数值": "18"}, "≥18件"),
        ({"计量单位": "％"}, "≤20%"),
        ({"指标值": "按计划办结"}, "按计划办结"),
        ({"指标值": "不超预算"}, "不超预算"),
    ],
)
def test_a_corrected_reading_says_what_counts_beside_what_was_approved(tmp_path, cells, reads):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 更正说明="看错", **cells)
    item = load(tmp_path)[0][0].annual[1]
    assert (item.target.text, item.approved_target) == (reads, "≤20件")


def added_row(folder, **cells):
    """Add a row below the last one, as a person does in Excel."""
    path = folder / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    blank = dict.fromkeys(("指标类型", "运算符", "数值", "计量单位", "更正说明", "批复原文"), "")
    first = {str(name): str(text) for name, text in table.iloc[0].items()}
    row = {**first, **blank, **cells}
    pd.concat([table, pd.DataFrame([row])]).to_csv(path, index=False, encoding="utf-8-sig")


@pytest.mark.parametrize("note", ["", "批复第二页漏读"])
def test_importing_again_keeps_rows_added_by_hand(tmp_path, note):
    imported(tmp_path)
    added_row(tmp_path, 编码="CC-09", 三级指标="培训", 指标值="≥5场", 更正说明=note)
    added_row(tmp_path, 编码="CC-09", 三级指标="宣传", 指标值="≥6场", 更正说明=note)
    before = load(tmp_path)[1]
    imported(tmp_path)
    assert load(tmp_path)[1] == before
    assert [code for code, _ in before][-1] == ("row-added" if note else "row-added-without-note")


def test_an_added_row_whose_code_a_new_form_has_taken_is_kept_aside(tmp_path):
    imported(tmp_path)
    added_row(tmp_path, 编码="CC-03", 三级指标="培训", 指标值="≥5场")
    _, found = imported(tmp_path, ROWS + " | | 时效指标 | 完成时间 | 2026年12月底前 | 计划标准\n")
    assert found == ["correction-orphaned"]
    assert "培训" in (tmp_path / "indicators.旧表1.csv").read_text(encoding="utf-8-sig")


def test_importing_again_keeps_columns_of_a_persons_own(tmp_path):
    imported(tmp_path)
    path = tmp_path / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.assign(责任人=["", "王", ""]).to_csv(path, index=False, encoding="utf-8-sig")
    projects, found = imported(tmp_path)
    assert (found, load(tmp_path)) == ([], (projects, []))
    assert list(pd.read_csv(path, keep_default_na=False)["责任人"]) == ["", "王", ""]


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({"指标类型": "定性"}, (None, None, "", None)),
        ({"指标类型": "时限", "截止日期": "31-Dec-26"}, (None, None, "", date(2026, 12, 31))),
        ({"指标类型": "区间", "上限": "30"}, (None, Decimal(20), "件", None)),
    ],
)
def test_a_corrected_kind_leaves_nothing_of_the_other(tmp_path, cells, left):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 更正说明="看错", **cells)
    target = load(tmp_path)[0][0].annual[1].target
    assert (target.operator, target.value, target.unit, target.deadline) == left


COLUMNS = """
    目标名称 | 一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 指标值确定依据
    年度目标1 | 产出指标 | 数量指标 | 培训人数 | ≥ | 200 | 人 | 计划标准
"""


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("220", "≥220人"),
        ("≤220", "≤220人"),
        ("220人次", "≥220人次"),
        ("≤220人次", "≤220人次"),
        ("良好", "良好"),
    ],
)
def test_a_value_corrected_beside_columns_of_operator_and_unit(tmp_path, text, reads):
    projects, _ = collect([read(form(COLUMNS).replace(HEADER + "\n", ""))])
    merge_targets(tmp_path, "targets/2026", project_table(projects), indicator_table(projects))
    change(tmp_path, "indicators.csv", 0, 指标值=text, 更正说明="看错")
    item = load(tmp_path)[0][0].annual[0]
    assert item.approved_target == "≥200人"
    assert item.target.text == reads


@pytest.mark.parametrize(("budget", "value"), [("11", 11), ("12万元", 12)])
def test_within_the_budget_is_the_budget_that_counts(tmp_path, budget, value):
    imported(tmp_path)
    change(tmp_path, "projects.csv", 0, **{"项目预算（万元）": budget, "更正说明": "批复原件"})
    change(tmp_path, "indicators.csv", 0, 指标值="不超预算", 更正说明="看错")
    target = load(tmp_path)[0][0].annual[0].target
    assert (str(target.operator), target.value, target.unit) == ("≤", value, "万元")


@pytest.mark.parametrize(
    ("typed", "goals"),
    [
        ("目标1：甲甲。\n目标2：乙。", ["甲甲。", "乙。"]),
        ("甲甲。\n\n乙。", ["甲甲。", "乙。"]),
        ("甲甲。乙。", ["甲。", "乙。"]),
    ],
)
def test_no_goal_is_lost_where_its_number_is(tmp_path, typed, goals):
    text = form(ROWS).replace(
        "年度绩效目标1 | 保障年度工作有序开展。", "年度绩效目标1 | 甲。\n年度绩效目标2 | 乙。"
    )
    projects, _ = collect([read(text)])
    merge_targets(tmp_path, "targets/2026", project_table(projects), indicator_table(projects))
    change(tmp_path, "projects.csv", 0, 年度绩效目标=typed, 更正说明="批复原件")
    projects, found = load(tmp_path)
    assert [goal.text for goal in projects[0].goals if goal.horizon == "年度"] == goals
    assert found[0][0] == ("csv-value-invalid" if goals[0] == "甲。" else "correction-applied")
