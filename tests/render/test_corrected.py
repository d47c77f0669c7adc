"""Wherever a corrected value stands, what was approved and why it is not stands beside it."""

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from tests.commands.workspaces import correct, filled_desk


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    made = filled_desk(tmp_path_factory.mktemp("corrected"))
    folder = made.root / "targets" / "2026"
    correct(made, "CC-01", 指标值="≥18件", 更正说明="批复文件第3页")
    heads = pd.read_csv(folder / "projects.csv", dtype=str, keep_default_na=False)
    heads.loc[0, ["项目名称", "项目预算（万元）", "年度绩效目标"]] = [
        "法律服务（社保）",
        "12万元",
        "不发生败诉。",
    ]
    heads.loc[0, "更正说明"] = "批复原件第1页"
    heads.to_csv(folder / "projects.csv", index=False, encoding="utf-8-sig")
    rows = pd.read_csv(folder / "indicators.csv", dtype=str, keep_default_na=False)
    added = {"项目编号": "法律服务", "编码": "CC-21", "一级指标": "产出", "二级指标": "数量", "三级指标": "培训场次",
             "指标值": "≥5场", "更正说明": "批复第二页漏读"}  # fmt: skip
    blank = dict.fromkeys(rows.columns, "")
    pd.concat([rows, pd.DataFrame([{**blank, **added}])]).to_csv(
        folder / "indicators.csv", index=False, encoding="utf-8-sig"
    )
    made.run("template", "--year", "2026")
    made.run("--year", "2026")
    return made


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("rules", ["hubei", "mof-2021"])
def test_the_score_sheet_says_what_was_approved_and_why_it_is_not(corrected, rules):
    corrected.run("--year", "2026", "--rules", rules)
    said = texts(load_workbook(corrected.reports / "法律服务-自评表.xlsx")["自评表"])
    for words in (
        "受理案件数量\n【人工更正】指标值原批复“≥20件”\n更正说明：批复文件第3页",
        "培训场次\n【人工增加】批复表没有这个指标\n更正说明：批复第二页漏读",
        "法律服务（社保）\n【人工更正，见表后】",
        "项目预算（万元）：批复“11”，更正为“12”，理由：批复原件第1页",
        "年度绩效目标：批复“保障年度工作有序开展。”，更正为“不发生败诉。”，理由：批复原件第1页",
    ):
        assert words in said
    assert any(text.endswith("不发生败诉。【人工更正，见表后】") for text in said)


def test_an_added_row_stands_with_its_group(corrected):
    sheet = load_workbook(corrected.reports / "法律服务-自评表.xlsx")["自评表"]
    said = texts(sheet)
    assert said.count("产出指标") == 1
    rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    assert rows["CC-01"] < rows["CC-21"] < rows["CC-02"]


def test_the_report_lists_what_was_corrected(corrected):
    document = Document(corrected.reports / "自评报告.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "12（人工更正，批复11）" in cells
    assert "≥18件（人工更正；批复≥20件）" in cells
    assert "≥5场（人工增加）" in cells
    assert "CC-01 受理案件数量　指标值：批复“≥20件”，更正为“≥18件”，理由：批复文件第3页" in paragraphs
    assert "其中5处批复内容按人工更正执行" in paragraphs


def test_a_report_without_corrections_says_so(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    document = Document(str(made.reports / "自评报告.docx"))
    assert any("没有人工更正" in paragraph.text for paragraph in document.paragraphs)


def test_the_workbook_shows_the_approved_beside_the_corrected(corrected):
    book = load_workbook(corrected.actuals / "法律服务.xlsx")
    shown = {}
    for row in book["实际完成值"].iter_rows(min_row=6):
        for cell in row[:5]:
            if "更正" in cell.number_format:
                shown[cell.value] = cell.number_format
    assert shown["≥18件"] == '@"（人工更正；批复“≥20件”）"'
    assert shown["≥5场"] == '@"（人工更正；批复表没有）"'
    assert shown["指标值（批复）"] == ';;;"指标值（批复，或人工更正）"'
    assert "项目预算：12 万元（人工更正，批复11 万元）" in texts(book["预算执行"])


def test_a_budget_that_was_corrected_is_not_called_approved(corrected):
    sentence = corrected.run("check", "--year", "2026").stdout
    assert "更正后的项目预算是12万元（批复11万元）" in sentence
