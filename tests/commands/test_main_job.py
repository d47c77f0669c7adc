"""`evaluate --year 2026` on whole workspaces: what is done, what is said, what is never lost."""

import errno
import json
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from evaluator.render.evaluation_json import schema
from tests.commands.workspaces import SECOND, corrected_desk, desk, filled_desk, legal_form
from tests.workbooks.typing import ROWS, cell, fill
from tests.written import form

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def demonstration(tmp_path):
    """The repository as a workspace: six real forms, six demonstration workbooks."""
    from tests.commands.workspaces import Desk

    shutil.copytree(REPOSITORY / "targets" / "2026" / "source", tmp_path / "targets" / "2026" / "source")
    shutil.copytree(REPOSITORY / "actuals", tmp_path / "actuals")
    return Desk(tmp_path)


def test_the_demonstration_scores_six_projects_and_delivers(demonstration):
    run = demonstration.run("--year", "2026")
    assert run.exit_code == 0, run.stderr
    names = sorted(path.name for path in demonstration.reports.iterdir())
    assert len([name for name in names if name.endswith("-自评表.xlsx")]) == 6
    assert {"index.html", "evaluation.json", "manifest.json", "自评报告.docx", "自评结果汇总表.xlsx"} <= set(
        names
    )
    result = demonstration.result()
    Draft202012Validator(schema()).validate(result)
    assert result["sample"] is True
    assert "示例数据" in run.stdout
    assert "下一步" in run.stdout
    assert len(result["projects"]) == 6


@pytest.mark.parametrize("rules", ["hubei", "mof-2020", "mof-2021", "province-generic"])
def test_every_rule_set_scores_the_demonstration(demonstration, rules):
    run = demonstration.run("--year", "2026", "--rules", rules)
    assert run.exit_code == 0, run.stderr
    assert demonstration.result()["rules"]["name"] == rules


def test_two_runs_are_byte_identical(demonstration):
    demonstration.run("--year", "2026")
    first = {path.name: path.read_bytes() for path in demonstration.reports.iterdir()}
    shutil.rmtree(demonstration.reports)
    demonstration.run("--year", "2026")
    assert {path.name: path.read_bytes() for path in demonstration.reports.iterdir()} == first


def test_without_actuals_the_workbooks_are_written_and_nothing_is_scored(tmp_path):
    made = desk(tmp_path)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert (made.actuals / "法律服务.xlsx").exists()
    assert "已生成空白表" in run.stdout
    assert "填报表还是空的" in run.stderr
    assert made.result()["projects"][0]["complete"] is False


def test_a_filled_workbook_is_scored(tmp_path):
    made = filled_desk(tmp_path)
    run = made.run("--year", "2026")
    assert run.exit_code == 0, run.stderr
    project = made.result()["projects"][0]
    assert (project["rating"], project["complete"]) == ("优", True)
    assert made.result()["sample"] is False


def test_a_missing_workbook_is_written_and_the_rest_is_scored(tmp_path):
    made = filled_desk(tmp_path)
    made.put_form(form(SECOND, name="宣传培训", budget="5"), "另一份.txt")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert [p["complete"] for p in made.result()["projects"]] == [False, True]
    assert (made.actuals / "宣传培训.xlsx").exists()


def test_no_forms__finding(tmp_path):
    from tests.commands.workspaces import Desk

    run = Desk(tmp_path).run("--year", "2026")
    assert run.exit_code == 1
    assert "没有批复表" in run.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("坏.docx", b"PK\x03\x04broken", "坏.docx"),
        ("空.txt", b"", "空.txt"),
        ("图.pdf", b"%PDF-1.4\n%%EOF", "图.pdf"),
    ],
)
def test_a_form_that_cannot_be_read__the_others_are_done(tmp_path, name, content, said):
    made = filled_desk(tmp_path)
    (tmp_path / "targets" / "2026" / "source" / name).write_bytes(content)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert said in run.stderr
    assert made.result()["projects"][0]["complete"] is True


def test_an_attachment_that_is_no_form_is_said_and_skipped(tmp_path):
    made = filled_desk(tmp_path)
    made.put_form("关于下达预算的通知\n各单位：", "通知.txt")
    assert made.run("--year", "2026").exit_code == 0
    assert "no-form" in made.codes()


def test_nothing_but_attachments__finding(tmp_path):
    made = desk(tmp_path, forms="关于下达预算的通知\n各单位：")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "没有读到任何项目" in run.stderr


def test_two_workbooks_for_one_project__neither_counts(tmp_path):
    made = filled_desk(tmp_path)
    shutil.copy(made.actuals / "法律服务.xlsx", made.actuals / "法律服务（2）.xlsx")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "有2份填报表" in run.stderr
    assert made.result()["projects"][0]["complete"] is False


def test_a_workbook_of_another_year__finding(tmp_path):
    made = filled_desk(tmp_path / "now")
    old = desk(tmp_path / "old")
    (old.root / "targets" / "2026").rename(old.root / "targets" / "2025")
    old.run("template", "--year", "2025")
    shutil.copy(old.root / "actuals" / "2025" / "法律服务.xlsx", made.actuals / "去年.xlsx")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "填报表是2025年的" in run.stderr
    assert made.result()["projects"][0]["complete"] is True


def test_somebody_elses_workbook_in_the_folder__finding(tmp_path):
    from openpyxl import Workbook

    made = filled_desk(tmp_path)
    Workbook().save(made.actuals / "通讯录.xlsx")
    run = made.run("--year", "2026")
    assert "不是本工具的填报表" in run.stderr
    assert made.result()["projects"][0]["complete"] is True


def test_a_lock_file_of_excel_is_no_workbook(tmp_path):
    made = filled_desk(tmp_path)
    (made.actuals / "~$法律服务.xlsx").write_bytes(b"x")
    assert made.run("--year", "2026").exit_code == 0


def test_a_mistake_has_file_sheet_and_cell(tmp_path):
    made = filled_desk(tmp_path)
    fill(made.actuals / "法律服务.xlsx", {cell("CC-01", "actual"): "≥20件"})
    run = made.run("--year", "2026")
    assert f"actuals/2026/法律服务.xlsx!实际完成值!{cell('CC-01', 'actual')}" in run.stderr
    project = made.result()["projects"][0]
    assert (project["complete"], project["rating"]) == (False, "")


@pytest.mark.parametrize(
    "name", ["../../逃逸", "a:b", "CON", "x" * 300, "<script>alert(1)</script>", "=1+1", "  "]
)
def test_a_hostile_project_name_never_becomes_a_path(tmp_path, name):
    made = desk(tmp_path / "work", forms=form(SECOND, name=name))
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    outside = [path for path in tmp_path.iterdir() if path.name != "work"]
    assert outside == []
    assert len(list(made.actuals.glob("*.xlsx"))) == 1
    assert "<script>alert" not in (made.reports / "index.html").read_text(encoding="utf-8")


def test_a_full_disk__finding_and_nothing_half_written(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    before = {path.name: path.read_bytes() for path in made.reports.iterdir()}
    fill(made.actuals / "法律服务.xlsx", {cell("CC-01", "actual"): 20})

    written = Path.write_bytes

    def full(path, content):
        if path.name == "法律服务-自评表.xlsx":
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "磁盘空间不足" in run.stderr
    assert (made.reports / "法律服务-自评表.xlsx").read_bytes() == before["法律服务-自评表.xlsx"]
    assert not [path for path in made.reports.iterdir() if path.name.startswith(".~")]


def test_a_report_that_is_open_elsewhere__finding(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    fill(made.actuals / "法律服务.xlsx", {cell("CC-01", "actual"): 20})
    replace = Path.replace

    def locked(self, target):
        if Path(target).name == "自评结果汇总表.xlsx" and Path(target).parent == made.reports:
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "请先关闭 Excel/WPS" in run.stderr


def test_what_an_auditor_typed_into_a_sheet_survives_the_next_run(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    sheet = made.reports / "法律服务-自评表.xlsx"
    book = load_workbook(sheet)
    book.active["A1"] = "审核人的字"
    book.save(sheet)
    fill(made.actuals / "法律服务.xlsx", {cell("CC-01", "actual"): 20})
    run = made.run("--year", "2026")
    assert "已另存为 reports/2026/改动留存/法律服务-自评表-1.xlsx" in run.stdout
    kept = load_workbook(made.reports / "改动留存" / "法律服务-自评表-1.xlsx")
    assert kept.active["A1"].value == "审核人的字"


def test_a_source_that_changed_after_the_import__finding_with_the_row(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    made.put_form(legal_form().replace("≥20件", "≥30件"))
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "批复表在导入后改动" in run.stderr
    assert "≥30件" in run.stderr
    scores = made.result()["projects"][0]["scores"]
    unscored = [item["indicator"]["code"] for item in scores if item["score"] is None]
    assert unscored == ["CC-01"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("≥20件", "≥30件", "原为“"),
        ("项目预算 | 11", "项目预算 | 12", "项目预算（万元）由“11”变为“12”"),
        ("保障年度工作有序开展。", "保障工作。", "年度绩效目标由“保障年度工作有序开展。”变为“保障工作。”"),
        ("项目名称 | 法律服务", "项目名称 | 法律咨询", "没有项目“法律服务”了"),
        ("项目名称 | 法律服务", "项目名称 | 法律咨询", "多了项目“法律咨询”"),
        ("金额单位：万元", "金额单位： 万元", "读出的内容没有变化"),
    ],
)
def test_each_thing_that_changed_in_a_source_is_said(tmp_path, before, after, said):
    made = filled_desk(tmp_path)
    made.put_form(legal_form().replace(before, after))
    run = made.run("check", "--year", "2026")
    assert "批复表在导入后改动" in run.stdout
    assert said in re.sub(r"\s", "", run.stdout)


@pytest.mark.parametrize("cells", [{"数值": "18"}, {"指标值": "≥18件"}])
def test_a_correction_stands_beside_what_was_approved_wherever_a_score_is_read(tmp_path, cells):
    made = corrected_desk(tmp_path, **cells)
    assert made.run("--year", "2026").exit_code == 0
    form = load_workbook(made.reports / "法律服务-自评表.xlsx")["自评表"]
    texts = [str(cell.value) for row in form.iter_rows() for cell in row if cell.value]
    assert any("【人工更正】指标值原批复“≥20件”" in text for text in texts)
    explained = made.run("explain", "法律服务", "CC-01").stdout
    assert "批复目标：≥20件" in explained
    assert "人工更正：指标值：批复“≥20件”，更正为“≥18件”，理由：批复文件第3页" in explained
    scores = made.result()["projects"][0]["scores"]
    assert [bool(item["indicator"]["corrections"]) for item in scores] == [False, True, *[False] * 5]


def test_a_corrected_name_keeps_what_was_filled_in(tmp_path):
    made = corrected_desk(tmp_path, 三级指标="受理案件数")
    assert made.run("--year", "2026").exit_code == 0
    before = made.result()["projects"][0]["total"]
    made.run("template", "--year", "2026")
    assert made.run("--year", "2026").exit_code == 0
    assert made.result()["projects"][0]["total"] == before
    assert not {"workbook-stale", "workbook-row-moved", "row-missing"} & set(made.codes())


def test_scoring_toml_chooses_the_rules(tmp_path):
    made = filled_desk(tmp_path)
    settings = tmp_path / "targets" / "2026" / "scoring.toml"
    settings.write_text('rules = "mof-2021"\n', encoding="utf-8")
    made.run("--year", "2026")
    assert made.result()["rules"]["name"] == "mof-2021"
    assert "workbook-rules-differ" in made.codes()  # its expected points are still hubei's
    made.run("template", "--year", "2026")
    assert "workbook-rules-differ" not in made.codes()
    settings.write_text("rules = 3\n", encoding="utf-8")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "scoring.toml 有误" in run.stderr
    assert made.result()["rules"]["name"] == "hubei"


def test_json_for_machines(tmp_path):
    made = filled_desk(tmp_path)
    run = made.run("--year", "2026", "--format", "json")
    assert json.loads(run.stdout) == made.result()


def test_several_annual_goals(tmp_path):
    rows = (
        ROWS
        + "    年度目标2 | 产出指标 | 数量指标 | 宣传场次 | ≥6场 | 计划标准\n     | 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 计划标准\n"
    )
    made = desk(tmp_path, forms=form(rows))
    made.run("--year", "2026")
    groups = {(g["goal"], g["points"]) for g in made.result()["projects"][0]["groups"]}
    assert {(goal, float(points)) for goal, points in groups} == {(1, 20), (2, 20)}


@pytest.mark.parametrize("command", [["--year", "2026"], ["template", "--year", "2026"]])
@pytest.mark.parametrize("content", [b"PK\x03\x04 cut off", b""])
def test_a_damaged_workbook_gets_no_twin(tmp_path, command, content):
    made = filled_desk(tmp_path)
    own = made.actuals / "法律服务.xlsx"
    filled = own.read_bytes()
    own.write_bytes(content)
    run = made.run(*command)
    assert run.exit_code == 1
    assert "法律服务.xlsx" in run.stderr
    assert [path.name for path in made.actuals.iterdir()] == [own.name]
    own.write_bytes(filled)
    assert made.run("--year", "2026").exit_code == 0


def test_a_name_taken_by_another_projects_workbook_is_left_to_it(tmp_path):
    made = desk(tmp_path, forms=legal_form() + form(SECOND, name="宣传培训"))
    made.run("template", "--year", "2026")
    (made.actuals / "宣传培训.xlsx").replace(made.actuals / "法律服务.xlsx")
    made.run("--year", "2026")
    assert sorted(path.name for path in made.actuals.iterdir()) == ["法律服务-2.xlsx", "法律服务.xlsx"]
