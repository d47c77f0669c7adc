"""待改清单.xlsx: one row a finding, worst first, each with a link that opens the very cell."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from evaluator.records.findings import finding
from evaluator.records.source import Place
from evaluator.render.to_do import link_to, write_to_do
from tests.render import samples

CELL = Place("actuals/2026/法律服务.xlsx", "实际完成值", "G7")


def unit(*findings):
    made = samples.unit("hubei", samples.unfinished("hubei"))
    evaluation = replace(made.evaluations[0], findings=(*made.evaluations[0].findings, *findings))
    return replace(made, evaluations=(evaluation,))


def rows(path):
    sheet = load_workbook(path)["待改清单"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)], sheet


@pytest.mark.parametrize(
    ("place", "link"),
    [
        (CELL, r"external:../../actuals/2026/法律服务.xlsx#'实际完成值'!G7"),
        (Place("actuals/2026/a b#1%.xlsx", "它's", "B2"), "external:../../actuals/2026/a%20b%231%25.xlsx#'它''s'!B2"),
        (Place("actuals/2026/a.xlsx", "预算执行"), "external:../../actuals/2026/a.xlsx#'预算执行'!A1"),
        (Place("targets/2026/source/批复.txt", "", "12"), "external:../../targets/2026/source/批复.txt"),
        (Place("targets/2026/indicators.csv", "", "F3"), "external:../../targets/2026/indicators.csv"),
        (Place("D:/表/a.xlsx", "预算执行", "B7"), "external:D:/表/a.xlsx#'预算执行'!B7"),
    ],
)  # fmt: skip
def test_a_place_becomes_a_link(place, link):
    assert link_to(place) == link


def test_one_row_a_finding_worst_first(tmp_path):
    remark = finding("report-template-unusable", CELL, reason="不是 docx")
    made = unit(remark)
    write_to_do(tmp_path / "a.xlsx", made)
    table, _ = rows(tmp_path / "a.xlsx")
    assert len(table) == len(made.all_findings)
    order = [("错误", "提醒", "说明").index(row[1]) for row in table]
    assert order == sorted(order)
    assert {row[2] for row in table} <= {made.evaluations[0].project.name, "全单位"}


def test_the_link_is_in_the_file(tmp_path):
    write_to_do(tmp_path / "a.xlsx", unit(finding("report-template-unusable", CELL, reason="x")))
    table, sheet = rows(tmp_path / "a.xlsx")
    at = next(n for n, row in enumerate(table, 4) if row[4] == "报告模板不能用")
    link = sheet.cell(at, 9).hyperlink
    assert (sheet.cell(at, 8).value, sheet.cell(at, 9).value) == ("法律服务.xlsx", "实际完成值!G7")
    assert (link.target, link.location) == (r"..\..\actuals\2026\法律服务.xlsx", "'实际完成值'!G7")


def test_nothing_found_is_said(tmp_path):
    made = replace(samples.unit("hubei", samples.mixed("hubei")), findings=())
    clean = replace(made, evaluations=(replace(made.evaluations[0], findings=()),))
    write_to_do(tmp_path / "a.xlsx", clean)
    assert rows(tmp_path / "a.xlsx")[0][0][0] == "没有发现问题。"


def test_the_same_findings_are_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_to_do(tmp_path / name, unit())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
