"""Whatever stands in a sheet, an audit ends: no exception, every check once on every row, a workbook written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from evaluator.audit import Audit, audit_file
from evaluator.render.audit_book import write_audit
from tests.audit.sheets import NATIONAL, RIGHT, cells, save

WORDS = [
    "", "项目名称", "年度资金总额", "全年预算数", "全年执行数", "执行率", "分值", "得分", "一级指标", "二级指标", "三级指标",
    "年度指标值", "实际完成值", "指标性质", "度量单位", "产出指标", "数量指标", "满意度指标", "总分", "合计", "小计", "预期目标",
    "实际完成情况", "≥95%", "95%", "10", "0", "-5", "1e9", "99999999999999999999", "12月31日前", "11月", "达成预期指标", "无", "—",
    "≥≤5", "100%", "0.98", "13月45日", "=A1", "'", "\u202e", "a" * 300, "偏差大或目标未完成原因分析", "备注：财预〔2020〕10号", "9" * 40,
    "1/0", "〔〕", "年度绩效目标2（40分）", "复核得分", "预算数：2.38", "≥**元", "20分*执行率", "（万元）（20分）", "自评表", "2026年度项目自评表",
]  # fmt: skip


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=10), max_size=12),
    base=st.sampled_from(["", NATIONAL, NATIONAL + RIGHT]),
)
def test_any_words_anywhere(tmp_path, rows, base):
    book = Workbook()
    for row, line in enumerate([*cells(base), *rows], start=1):
        for column, text in enumerate(line, start=1):
            if text:
                cell = book.active.cell(row, column)
                cell.value, cell.data_type = text, "s"
    path = tmp_path / "a.xlsx"
    book.save(path)
    audit = audit_file(path, tmp_path, None)
    check(audit, tmp_path)


def check(audit: Audit, folder: Path) -> None:
    assert audit.sheets or audit.findings
    for sheet in audit.sheets:
        for code, counts in sheet.counts.items():
            made = [item for item in sheet.outcomes if item.check == code]
            assert sum(counts.values()) == len(made) == len({item.row for item in made})
            assert all((item.finding is not None) == (item.verdict.value == "found") for item in made)
        assert all(found.sentence for found in sheet.findings)
    write_audit(folder / "复核表.xlsx", audit)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 400, b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"PK\x03\x04x"]
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.pdf", "a.docx", "扫描.jpg"])
def test_what_cannot_be_read__one_error(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    audit = audit_file(tmp_path / name, tmp_path, None)
    assert audit.sheets == ()
    assert [item.severity.value for item in audit.findings].count("error") == 1


def test_several_sheets_and_several_forms_on_one(tmp_path):
    book = Workbook()
    book.active.title = "说明"
    book.active["A1"] = "请各单位认真填写"
    for name in ("甲", "乙"):
        sheet = book.create_sheet(name)
        for line in cells(NATIONAL.replace("法律服务", f"{name}项目") + RIGHT):
            sheet.append([text or None for text in line])
    for line in cells(NATIONAL.replace("法律服务", "丙项目") + RIGHT.replace("| 100 | 91.5", "| 100 | 95")):
        sheet.append([text or None for text in line])
    book.save(tmp_path / "a.xlsx")
    audit = audit_file(tmp_path / "a.xlsx", tmp_path, None)
    assert [(item.sheet.part, item.sheet.project) for item in audit.sheets] == [
        ("甲", "甲项目"), ("乙", "乙项目"), ("乙", "丙项目"),
    ]  # fmt: skip
    found = [(item.code, item.place.cell) for sheet in audit.sheets for item in sheet.findings]
    assert found == [("audit-total-wrong", "A32")]
    assert [item.code for item in audit.findings] == ["audit-part-skipped"]
    check(audit, tmp_path)


def test_one_score_over_several_rows__not_judged(tmp_path):
    path = save(tmp_path / "a.xlsx", NATIONAL, RIGHT)
    from openpyxl import load_workbook

    book = load_workbook(path)
    for column in "GH":
        book.active.merge_cells(f"{column}11:{column}12")
    book.active["G11"], book.active["H11"] = 40, 40
    book.save(path)
    [sheet] = audit_file(path, tmp_path, None).sheets
    assert [item.code for item in sheet.findings] == []
    for row in (1, 2):
        shared = {i.check for i in sheet.outcomes if i.row == row and i.verdict.value == "cannot-judge"}
        assert {"shortfall-full", "score-wrong", "attained-deducted", "reason-missing"} <= shared
