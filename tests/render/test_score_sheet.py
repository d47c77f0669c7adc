"""The score sheet as a file: what is in it, who may write where, and that it is the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from evaluator.records.approved import Goal, Horizon
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import finding
from evaluator.records.submitted import Grade
from evaluator.render.book import Book
from evaluator.render.score_sheet.import_sheet import write_import_sheet
from evaluator.render.score_sheet.layouts import locate
from evaluator.render.score_sheet.workbook import SAMPLE, write_score_sheet
from evaluator.render.summary import write_summary
from tests.render import samples
from tests.render.office import formulas, texts

LAYOUTS = pytest.mark.parametrize("ruleset", ["hubei", "mof-2020"])


def write(folder: Path, item: Evaluation, ruleset: str, name: str = "a.xlsx") -> Path:
    path = folder / name
    write_score_sheet(path, item, samples.unit(ruleset, item), samples.rules(ruleset))
    return path


@LAYOUTS
def test_heads_are_those_of_the_printed_form(ruleset: str, tmp_path: Path) -> None:
    said = {text.replace("\n", "") for text in texts(write(tmp_path, samples.mixed(ruleset), ruleset))}
    common = {
        "项目名称",
        "主管部门",
        "一级指标",
        "二级指标",
        "三级指标",
        "得分",
        "总分",
        "复核得分",
        "复核意见",
    }
    hubei = {
        "2026年度项目自评表",
        "项目类别",
        "项目属性",
        "项目类型",
        "预算执行情况（万元）（20分）",
        "预算数（A）",
        "执行数（B）",
        "执行率（B/A）",
        "年初目标值（A）",
        "实际完成值（B）",
        "年度绩效目标1（80分）",
        "偏差大或目标未完成原因分析",
        "改进措施及结果应用方案",
    }
    national = {
        "2026年度项目支出绩效自评表",
        "实施单位",
        "项目资金（万元）",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "年度资金总额",
        "其中：当年财政拨款",
        "上年结转资金",
        "其他资金",
        "年度总体目标",
        "预期目标",
        "实际完成情况",
        "年度指标值",
        "实际完成值",
        "偏差原因分析及改进措施",
    }
    assert common | (hubei if ruleset == "hubei" else national) <= said


@LAYOUTS
def test_a_target_is_a_number_that_reads_as_approved(ruleset: str, tmp_path: Path) -> None:
    item = samples.mixed(ruleset)
    form = load_workbook(write(tmp_path, item, ruleset)).worksheets[0]
    cells = locate(item, samples.rules(ruleset).layout)
    shown = {code: form[cells[code]["target"]] for code in ("CB-01", "CC-02", "CC-03", "XY-01")}
    assert [cell.value for cell in shown.values()] == [29.68, 4000, 30, "明显提升"]
    assert [cell.number_format for cell in shown.values()][:3] == [
        '"≤"0.00"万元";"≤-"0.00"万元"',
        '"≥"0"次";"≥-"0"次"',
        '"30—60分钟";"30—60分钟"',
    ]
    actual = form[cells["CB-01"]["actual"]]
    assert (actual.value, actual.number_format) == (25.7, '0.0"万元"')
    assert form[cells["CC-04"]["target"]].number_format == '"2026年内"'
    assert form[cells["XY-01"]["actual"]].value == 0.75


@LAYOUTS
def test_only_the_auditors_cells_are_open(ruleset: str, tmp_path: Path) -> None:
    item = samples.mixed(ruleset)
    book = load_workbook(write(tmp_path, item, ruleset))
    cells = locate(item, samples.rules(ruleset).layout)
    rows = [code for code in cells if code == "budget" or "-" in code]
    allowed = {cells[code][role] for code in rows for role in ("review", "opinion")}
    form = book.worksheets[0]
    open_ = {c.coordinate for row in form.iter_rows() for c in row if not c.protection.locked}
    assert open_ == allowed
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    validated = {str(v.sqref) for v in form.data_validations.dataValidation}
    assert validated == {cells[code]["review"] for code in rows}


@LAYOUTS
def test_the_same_result_is_the_same_bytes(ruleset: str, tmp_path: Path) -> None:
    first = write(tmp_path, samples.own_points(ruleset), ruleset, "a.xlsx").read_bytes()
    assert first == write(tmp_path, samples.own_points(ruleset), ruleset, "b.xlsx").read_bytes()
    unit = samples.unit(ruleset, samples.mixed(ruleset))
    for n in (1, 2):
        write_summary(tmp_path / f"s{n}.xlsx", unit)
        write_import_sheet(tmp_path / f"i{n}.xlsx", unit.evaluations[0])
    assert (tmp_path / "s1.xlsx").read_bytes() == (tmp_path / "s2.xlsx").read_bytes()
    assert (tmp_path / "i1.xlsx").read_bytes() == (tmp_path / "i2.xlsx").read_bytes()


FULL: dict[str, Any] = {"grade": Grade.ACHIEVED, "share": Decimal(100)}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_an_error_of_the_system() -> None:
    book = Book("/dev/full", title="满")
    book.add_sheet("一")
    with pytest.raises(OSError, match="No space left"):
        book.close()


HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "<script>alert(1)</script>", '"&A1&"', "名" * 80, "=因" * 300)


@LAYOUTS
def test_hostile_text_stays_text(ruleset: str, tmp_path: Path) -> None:
    names = [samples.indicator(f"CC-{n:02d}", text, samples.words(text)) for n, text in enumerate(HOSTILE, 1)]
    given = [
        samples.filled(f"CC-{n:02d}", description=t, reason=t, typed=t, **FULL)
        for n, t in enumerate(HOSTILE, 1)
    ]
    goals = tuple(Goal(Horizon.ANNUAL, n, t, samples.FORM) for n, t in enumerate(HOSTILE, 1))
    filled = samples.submission(given, facts=dict.fromkeys(("主管部门", "实施单位", "项目类别"), "=1+1"))
    item = samples.evaluate(samples.project(names, name="=1+1", goals=goals[:1]), filled, ruleset)
    item = replace(item, findings=(finding("file-not-written", samples.BOOK, reason="=1+1"),))
    plain = formulas(write(tmp_path, _tame(ruleset), ruleset, "tame.xlsx"))
    path = write(tmp_path, item, ruleset)
    assert len(formulas(path)) == len(plain)
    assert not [f for f in formulas(path).values() if "1+1" in f or "script" in f or "名" in f]
    assert set(HOSTILE) <= set(texts(path))
    for writer, name in ((write_import_sheet, "i.xlsx"),):
        writer(tmp_path / name, item)
        assert formulas(tmp_path / name) == {}


def _tame(ruleset: str) -> Evaluation:
    """The same project with harmless words."""
    names = [
        samples.indicator(f"CC-{n:02d}", "名称", samples.words("提升")) for n in range(1, len(HOSTILE) + 1)
    ]
    given = [samples.filled(f"CC-{n:02d}", typed="好", **FULL) for n in range(1, len(HOSTILE) + 1)]
    return samples.evaluate(samples.project(names), samples.submission(given), ruleset)


@LAYOUTS
def test_demonstration_data_is_marked_and_real_data_is_not(ruleset: str, tmp_path: Path) -> None:
    marked = texts(write(tmp_path, samples.mixed(ruleset, sample=True), ruleset, "a.xlsx"))
    assert {SAMPLE, "计分过程（示例数据）", "问题与说明（示例数据）"} <= set(marked)
    assert SAMPLE not in texts(write(tmp_path, samples.mixed(ruleset), ruleset, "b.xlsx"))


@pytest.mark.parametrize(
    ("printed", "typed", "shown"),
    [
        (date(2027, 1, 15), "", "2027年1月15日"),
        (date(2027, 1, 15), "2027-01-10", "2027年1月15日"),
        (None, "2027-01-10", "2027年1月10日"),
        (None, "1月10日", "1月10日"),
        (None, "", "　　年　　月　　日"),
    ],
)
def test_the_date_is_the_one_given_else_the_one_filled_in(
    tmp_path: Path, printed: date | None, typed: str, shown: str
) -> None:
    item = samples.mixed("hubei")
    assert item.submission
    item = replace(item, submission=replace(item.submission, facts={"填报日期": typed}))
    unit = samples.unit("hubei", item, printed=printed)
    write_score_sheet(tmp_path / "a.xlsx", item, unit, samples.rules("hubei"))
    assert any(f"填报日期：{shown}　　金额" in text for text in texts(tmp_path / "a.xlsx"))


@LAYOUTS
def test_the_official_form_prints_on_pages_of_its_own(ruleset: str, tmp_path: Path) -> None:
    item = samples.mixed(ruleset)
    sheet = load_workbook(write(tmp_path, item, ruleset)).worksheets[0]
    form, beside = (area.partition("!")[2].replace("$", "") for area in sheet.print_area.split(","))
    cells = locate(item, samples.rules(ruleset).layout)
    for role, own in (("target", True), ("actual", True), ("score", True), ("review", False)):
        inside = {c.coordinate for row in sheet[form] for c in row}
        assert (cells["CC-01"][role] in inside) is own
    assert cells["total"]["review_total"] in {c.coordinate for row in sheet[beside] for c in row}
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("portrait", 0)


@LAYOUTS
def test_points_set_by_hand_show_the_even_split_beside_them(ruleset: str, tmp_path: Path) -> None:
    own = texts(write(tmp_path, samples.own_points(ruleset), ruleset, "a.xlsx"))
    even = texts(write(tmp_path, samples.mixed(ruleset), ruleset, "b.xlsx"))
    assert {"均分分值", "均分得分"} <= set(own)
    assert not {"均分分值", "均分得分"} & set(even)
    assert any("均分应为" in text for text in own)


def test_a_persons_correction_stands_beside_the_approved_text(tmp_path: Path) -> None:
    said = "\n".join(texts(write(tmp_path, samples.mixed("hubei"), "hubei")))
    assert "人工更正 指标值：批复“≥09%”，更正为“≥90%”，理由：批复表笔误，已电话核实" in said


def test_findings_stand_on_the_third_sheet_errors_first(tmp_path: Path) -> None:
    found = (finding("disk-full", samples.BOOK), finding("file-not-written", samples.BOOK, reason="忙"))
    item = replace(samples.mixed("hubei"), findings=found)
    sheet = load_workbook(write(tmp_path, item, "hubei")).worksheets[2]
    assert sheet.title == "问题与说明"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[1], row[4], row[6]) for row in rows] == [
        (f.severity.label, f.text, "actuals/2026/a.xlsx!实际完成值!G7") for f in found
    ]
