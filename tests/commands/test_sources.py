"""Sources that change after the import, tables that go missing: said with the row, nothing lost."""

import json
import shutil

import pytest

from tests.commands.workspaces import SECOND, correct, corrected_desk, desk, filled_desk
from tests.written import form

THREE = """
    年度目标1 | 产出指标 | 数量指标 | 培训场次 | ≥5场 | 计划标准
     | | 数量指标 | 采购设备 | ≥10台 | 计划标准
     | | 质量指标 | 合格率 | ≥95% | 计划标准
     | 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 计划标准
"""
INSERTED = THREE.replace(
    " | | 数量指标 | 采购", " | | 数量指标 | 会议场次 | ≥3场 | 计划标准\n     | | 数量指标 | 采购"
)


def imported(tmp_path, rows=THREE, **details):
    made = desk(tmp_path, forms=form(rows, **details))
    made.run("import", "--year", "2026")
    return made


def said(made, command="check"):
    """Code, indicator and sentence of what is not about workbooks."""
    run = made.run(command, "--year", "2026", "--format", "json")
    table = json.loads(run.stdout)
    findings = table if command == "check" else table["findings"]
    return [
        (item["code"], item["indicator"], item["sentence"])
        for item in findings
        if not item["code"].startswith(("workbook-", "goal-", "row-shifted"))
    ]


def codes(made, command="check"):
    return [(code, indicator) for code, indicator, _ in said(made, command)]


def test_a_row_inserted_or_deleted_is_that_row_alone(tmp_path):
    made = imported(tmp_path)
    made.put_form(form(INSERTED))
    assert [(code, text.partition("。")[0]) for code, _, text in said(made)] == [
        ("source-changed-elsewhere", "文件在导入后有改动：新增指标“会议场次”")
    ]
    made.put_form(form("\n".join(line for line in THREE.splitlines() if "采购" not in line)))
    assert codes(made) == [("source-changed", "CC-02")]


def test_a_row_that_only_inherits_a_change_is_named(tmp_path):
    rows = THREE + "     | | | 满意率 | ≥80% | 计划标准\n"
    made = imported(tmp_path, rows)
    made.put_form(form(rows.replace("社会效益", "经济效益")))
    found = said(made)
    assert [(code, indicator) for code, indicator, _ in found] == [
        ("source-changed", "XY-01"),
        ("source-changed", "XY-02"),
    ]
    assert "满意率 | ≥80% | 计划标准（二级指标：社会效益指标）”，现为“" in found[1][2]
    assert "（二级指标：经济效益指标）" in found[1][2]


def test_a_row_that_changed_its_name_is_that_row(tmp_path):
    made = imported(tmp_path)
    made.put_form(form(INSERTED.replace("采购设备", "采购设备台数")))
    found = said(made)
    assert [(code, indicator) for code, indicator, _ in found] == [
        ("source-changed", "CC-02"),
        ("source-changed-elsewhere", ""),
    ]
    assert "采购设备台数" in found[0][2]


def test_another_format_of_the_same_content_changes_nothing(tmp_path):
    made = imported(tmp_path)
    correct(made, "CC-02", 指标值="≥12台", 更正说明="原件第2页")
    filled = THREE.replace(" | | ", "年度目标1 | 产出指标 | ")
    made.put_form(form(filled))
    assert {code for code, _ in codes(made)} == {"correction-applied", "source-changed-elsewhere"}
    assert "correction-orphaned" not in [code for code, _ in codes(made, "import")]
    assert "≥12台" in made.run("import", "--year", "2026").stdout


def test_check_says_what_is_not_imported_yet(tmp_path):
    made = imported(tmp_path)
    made.put_form(form(SECOND, name="培训"), name="第二份.txt")
    assert codes(made) == [("source-not-imported", "")]
    made.run("import", "--year", "2026")
    assert codes(made) == []


def test_a_source_renamed_and_changed_names_the_rows(tmp_path):
    made = imported(tmp_path)
    made.put_form(form(THREE.replace("≥10台", "≥12台")), name="批复（修订）.txt")
    (made.root / "targets/2026/source/批复.txt").unlink()
    assert codes(made) == [("source-missing", ""), ("source-not-imported", ""), ("source-changed", "CC-02")]
    run = made.run("--year", "2026")
    assert (
        "“采购设备”的批复由“数量指标 | 采购设备 | ≥10台 | 计划标准”变为“数量指标 | 采购设备 | ≥12台"
        in run.stdout
    )
    assert codes(made) == []


@pytest.mark.parametrize("name", ["indicators.csv", "projects.csv"])
@pytest.mark.parametrize(
    "command", [["--year", "2026"], ["check", "--year", "2026"], ["template", "--year", "2026"]]
)
def test_a_table_that_is_gone_is_never_imported_over(tmp_path, name, command):
    made = imported(tmp_path)
    correct(made, "CC-02", 指标值="≥12台", 更正说明="原件第2页")
    folder = made.root / "targets" / "2026"
    (folder / name).rename(folder / f"{name}.bak")
    run = made.run(*command)
    assert run.exit_code == 1
    assert "表格文件不在了" in run.stdout + run.stderr
    assert not (folder / name).exists()


def test_a_table_saved_as_a_workbook_is_named(tmp_path):
    made = imported(tmp_path)
    folder = made.root / "targets" / "2026"
    (folder / "indicators.csv").rename(folder / "indicators.xlsx")
    for command in (["--year", "2026"], ["import", "--year", "2026"]):
        run = made.run(*command)
        assert (run.exit_code, "请打开 indicators.xlsx，另存为" in run.stderr) == (1, True)
        assert not (folder / "indicators.csv").exists()


def test_a_correction_answers_only_the_doubts_it_is_about(tmp_path):
    made = imported(
        tmp_path, THREE.replace("≥10台", "10台").replace("合格率 | ≥95% | 计划标准", "合格率 | 95 | 计划标准")
    )
    assert codes(made) == [
        ("operator-as-equal", "CC-02"),
        ("operator-as-equal", "CC-03"),
        ("unit-missing", "CC-03"),
    ]
    correct(made, "CC-02", 确定依据="行业标准", 更正说明="原件第2页")
    correct(made, "CC-03", 计量单位="%", 更正说明="原件第2页")
    doubts = [item for item in codes(made) if item[0] != "correction-applied"]
    assert doubts == [("operator-as-equal", "CC-02"), ("operator-as-equal", "CC-03")]


def test_a_correction_kept_aside_is_told_until_its_table_is_moved_away(tmp_path):
    made = imported(tmp_path)
    correct(made, "CC-02", 指标值="≥12台", 更正说明="原件第2页")
    made.put_form(form("\n".join(line for line in THREE.splitlines() if "采购" not in line)))
    assert ("correction-orphaned", "") in codes(made, "import")
    assert codes(made) == [("correction-orphaned", "")]
    made.run("import", "--year", "2026")
    assert codes(made) == [("correction-orphaned", "")]
    (made.root / "targets/2026/indicators.旧表1.csv").unlink()
    assert codes(made) == []


def test_a_change_without_a_note_is_scored_as_approved(tmp_path):
    made = corrected_desk(tmp_path, 指标值="≥30件")
    correct(made, "CC-01", 更正说明="")
    run = made.run("--year", "2026")
    assert run.exit_code == 0
    rows = made.result()["projects"][0]["scores"]
    assert next(row["score"] for row in rows if row["indicator"]["code"] == "CC-01") is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("*-自评表.xlsx", "年度项目自评表”是年末自评或年中监控用的表"),
        ("*-系统导入表.xlsx", "“有实际完成值、指标得分、偏差原因及改进措施的表”是年末自评或年中监控用的表"),
    ],
)
def test_our_own_score_sheet_is_a_form_of_results(tmp_path, name, said):
    """Dropped into source/ it is told for what it is, never read as approved targets."""
    made = filled_desk(tmp_path / "a")
    made.run("--year", "2026")
    other = desk(tmp_path / "b")
    for path in (other.root / "targets" / "2026" / "source").iterdir():
        path.unlink()
    sheet = next(made.reports.rglob(name))
    shutil.copy(sheet, other.root / "targets" / "2026" / "source" / sheet.name)
    run = other.run("import", "--year", "2026")
    assert said in run.stdout
    assert "读到 0 个项目" in run.stdout
