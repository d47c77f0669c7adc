"""Importing again after the forms changed: corrections follow their row, or a finding says that they do not."""

import pandas as pd
import pytest

from evaluator.forms import collect
from evaluator.tables import indicator_table, load_targets, merge_targets, project_table
from tests.tables.test_corrections import ROWS, change, imported, load
from tests.written import form, read

TWINS = """
    年度绩效目标1 | 产出指标 | 数量指标 | 培训人数 | ≥200人 | 计划标准
     | | 数量指标 | 采购设备 | ≥10台 | 计划标准
     | 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 计划标准
"""
LONG = TWINS.replace("年度", "长期")


def read_again(folder, rows=TWINS, long_term=LONG, **details):
    projects, _ = collect([read(form(rows, long_term=long_term, **details))])
    _, found = merge_targets(folder, "targets/2026", project_table(projects), indicator_table(projects))
    return found


def targets(folder):
    projects, _ = load_targets(folder, "targets/2026", 2026)
    return {item.code: item.target.text for item in projects[0].indicators}


def codes(found):
    return [item.code for item in found]


def number_of(folder, code):
    table = pd.read_csv(folder / "indicators.csv", dtype=str, keep_default_na=False)
    return int(table.index[table["编码"] == code][0])


def correct(folder, code, **cells):
    change(folder, "indicators.csv", number_of(folder, code), 更正说明="看错", **cells)


def test_a_correction_never_goes_to_the_row_of_the_other_horizon(tmp_path):
    read_again(tmp_path)
    correct(tmp_path, "CC-02", 指标值="≥20台")
    found = read_again(tmp_path, "\n".join(line for line in TWINS.splitlines() if "采购设备" not in line))
    assert codes(found) == ["correction-orphaned"]
    assert targets(tmp_path)["LT-CC-02"] == "≥10台"
    assert "看错" in (tmp_path / "indicators.旧表1.csv").read_text(encoding="utf-8-sig")


def test_a_row_inserted_above_leaves_the_correction_with_its_row(tmp_path):
    read_again(tmp_path)
    correct(tmp_path, "CC-02", 指标值="≥20台")
    inserted = TWINS.replace(
        " | | 数量指标 | 采购设备", " | | 数量指标 | 会议场次 | ≥3场 | 计划标准\n     | | 数量指标 | 采购设备"
    )
    assert codes(read_again(tmp_path, inserted)) == []
    after = targets(tmp_path)
    assert (after["CC-02"], after["CC-03"], after["LT-CC-02"]) == ("≥3场", "≥20台", "≥10台")


def test_two_rows_of_one_text_keep_their_order(tmp_path):
    twice = TWINS + "     | 产出指标 | 数量指标 | 采购设备 | ≥10台 | 计划标准\n"
    read_again(tmp_path, twice)
    correct(tmp_path, "CC-03", 指标值="≥30台")
    assert codes(read_again(tmp_path, twice)) == []
    assert (targets(tmp_path)["CC-02"], targets(tmp_path)["CC-03"]) == ("≥10台", "≥30台")


def test_the_same_form_with_its_cells_elsewhere_keeps_corrections(tmp_path):
    read_again(tmp_path)
    correct(tmp_path, "CC-02", 指标值="≥20台")
    merged = TWINS.replace(" | | 数量指标 | 采购设备", "年度绩效目标1 | 产出指标 | 数量指标 | 采购设备")
    assert codes(read_again(tmp_path, merged)) == []
    assert targets(tmp_path)["CC-02"] == "≥20台"


def test_a_corrected_budget_is_not_carried_over_a_new_approved_one(tmp_path):
    read_again(tmp_path)
    change(
        tmp_path,
        "projects.csv",
        0,
        **{"项目预算（万元）": "12", "项目名称": "法律服务（社保）", "更正说明": "批复原件"},
    )
    found = read_again(tmp_path, budget="15")
    assert codes(found) == ["correction-outdated"]
    assert "“12”" in found[0].text
    assert "“11”" in found[0].text
    assert "“15”" in found[0].text
    projects, _ = load(tmp_path)
    assert (projects[0].budget, projects[0].name) == (15, "法律服务（社保）")
    assert (tmp_path / "projects.旧表1.csv").exists()


def test_what_cannot_be_corrected_is_kept_aside_and_remarks_stay(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 附加信息="写在这里", 责任人="王")
    assert load(tmp_path)[1] == [("column-not-editable", "第3行")]
    assert imported(tmp_path)[1] == ["edit-set-aside"]
    assert "写在这里" in (tmp_path / "indicators.旧表1.csv").read_text(encoding="utf-8-sig")
    assert "王" in (tmp_path / "indicators.csv").read_text(encoding="utf-8-sig")
    assert load(tmp_path)[1] == []


@pytest.mark.parametrize("lines", [slice(0, 2), slice(1, 2)], ids=["with a blank head", "in a row alone"])
def test_text_without_a_head_is_kept(tmp_path, lines):
    imported(tmp_path)
    path = tmp_path / "indicators.csv"
    text = path.read_text(encoding="utf-8-sig").splitlines()
    text[lines] = [
        f"{line},{'要问财政' if index or lines.start else ''}" for index, line in enumerate(text[lines])
    ]
    path.write_text("\n".join(text) + "\n", encoding="utf-8-sig")
    assert imported(tmp_path)[1] == []
    assert list(pd.read_csv(path, keep_default_na=False)["备注"]) == ["要问财政", "", ""]
    assert load(tmp_path)[1] == []


def test_a_changed_code_is_never_a_second_indicator(tmp_path):
    imported(tmp_path)
    change(tmp_path, "indicators.csv", 1, 编码="CC-77", 更正说明="换个编码")
    projects, found = load(tmp_path)
    assert [item.code for item in projects[0].annual] == ["CB-01", "CC-01", "CC-02"]
    assert found == [("code-changed", "第3行")]
    assert imported(tmp_path)[1] == ["edit-set-aside"]
    projects, found = load(tmp_path)
    assert found == [("note-without-change", "第3行")]
    assert [item.code for item in projects[0].annual] == ["CB-01", "CC-01", "CC-02"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et"])
def test_a_table_saved_as_a_workbook_is_named_and_nothing_is_written(tmp_path, suffix):
    imported(tmp_path)
    path = tmp_path / "indicators.csv"
    path.rename(path.with_suffix(suffix))
    before = sorted(tmp_path.rglob("*"))
    assert load(tmp_path) == ([], [("csv-is-workbook", "")])
    assert imported(tmp_path)[1] == ["csv-is-workbook"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_table_that_is_gone_is_made_anew_and_said_so(tmp_path):
    imported(tmp_path)
    (tmp_path / "indicators.csv").unlink()
    assert load(tmp_path) == ([], [("csv-missing", "")])
    assert imported(tmp_path)[1] == ["csv-made-anew"]


def test_importing_the_first_time_says_nothing(tmp_path):
    assert imported(tmp_path, ROWS)[1] == []
