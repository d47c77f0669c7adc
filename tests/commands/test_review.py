"""What `evaluate import` shows: every value as it was understood, with what to doubt and what was corrected."""

import json

import pandas as pd
import pytest

from tests.commands.test_sources import THREE, imported
from tests.commands.workspaces import correct


def rows(made):
    run = made.run("import", "--year", "2026", "--format", "json")
    return {row["code"]: row for row in json.loads(run.stdout)["rows"]}


@pytest.mark.parametrize(
    ("written", "understood", "confidence"),
    [
        ("≥10台", "≥10台", "高"),
        ("不少于10台", "≥10台", "高"),
        ("10台", "＝10台", "中"),
        ("≥10锅", "≥10锅", "中"),
        ("≥1 0台", "≥10台", "中"),
        ("≥10", "≥10（无单位）", "高"),
        ("10-20台", "10台~20台", "高"),
        ("2026年12月底前", "2026-12-31前", "高"),
        ("2026年1月-2026年12月", "2026-01-01至2026-12-31", "高"),
        ("明显提升", "定性", "高"),
        ("XX台", "无法识别", "低"),
    ],
)
def test_each_value_as_it_was_understood(tmp_path, written, understood, confidence):
    row = rows(imported(tmp_path, THREE.replace("≥10台", written)))["CC-02"]
    assert (row["understood"], row["confidence"]) == (understood, confidence)
    assert row["unusual"] or confidence == "高"


def test_the_approved_stands_beside_the_corrected_and_an_added_row_is_called_so(tmp_path):
    made = imported(tmp_path)
    correct(made, "CC-02", 指标值="≥12台", 更正说明="原件第2页")
    path = made.root / "targets" / "2026" / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    added = dict.fromkeys(table.columns, "") | {
        "项目编号": "法律服务", "编码": "CC-21", "一级指标": "产出", "三级指标": "宣传场次", "指标值": "≥3场",
        "更正说明": "漏读",
    }  # fmt: skip
    pd.concat([table, pd.DataFrame([added])]).to_csv(path, index=False, encoding="utf-8-sig")
    said = made.run("import", "--year", "2026").stdout
    for words in ("≥12台（批复：≥10台）", "≥3场（人工增加）", "表格第6行", "人工增加 1"):
        assert words in said
    assert "indicators.csv第6行" not in said


def test_what_is_about_the_project_stands_below_its_table(tmp_path):
    made = imported(tmp_path, budget="")
    said = made.run("import", "--year", "2026").stdout
    assert "[提醒] 没有项目预算" in said
    assert said.index("知晓率") < said.index("[提醒] 没有项目预算") < said.index("读到 1 个项目")


def test_the_title_is_the_projects_name(tmp_path):
    made = imported(tmp_path, name="法律/服务")
    assert (
        "法律/服务（targets/2026/source/批复.txt，编号 法律_服务）"
        in made.run("import", "--year", "2026").stdout
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"更正说明": "无"}, "“更正说明”写了“无”，但本行没有任何一栏与批复不同"),
        ({"指标值": "", "更正说明": "取消"}, "“指标值”原为“≥10台”，现在是空的"),
        ({"指标值": ""}, "“指标值”由“≥10台”改成了“（空）”，但“更正说明”是空的，本次仍按批复原文计分"),
        (
            {"指标值": "≥20人", "数值": "20", "更正说明": "看错"},
            "“计量单位”栏是“台”，按指标值“≥20人”应是“人”",
        ),
        ({"指标值": "≤20人", "运算符": "≤", "更正说明": "看错"}, "“数值”栏是“10”，按指标值“≤20人”应是“20”"),
        ({"编码": "CC-09", "更正说明": "改编码"}, "指标“采购设备”的编码由“CC-02”改成了“CC-09”"),
        ({"编码": "", "更正说明": "改编码"}, "指标“采购设备”的编码由“CC-02”改成了“（空）”"),
        ({"把握程度": "低"}, "“把握程度”栏由程序按批复表填写，不能更正"),
    ],
)
def test_each_slip_has_a_helpful_sentence(tmp_path, cells, said):
    made = imported(tmp_path)
    correct(made, "CC-02", **cells)
    assert said in made.run("check", "--year", "2026").stdout


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"编码": ""}, "人工增加的“宣传场次”一行没有写编码，没有采用"),
        ({"三级指标": ""}, "人工增加的“≥3场”一行没有写三级指标，没有采用"),
        ({"指标值": "", "一级指标": ""}, "人工增加的“宣传场次”一行没有写一级指标、指标值，没有采用"),
        ({"更正说明": ""}, "指标“宣传场次”不是从批复表读取的，且“更正说明”是空的"),
    ],
)
def test_an_added_row_that_lacks_something(tmp_path, cells, said):
    made = imported(tmp_path)
    path = made.root / "targets" / "2026" / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    added = dict.fromkeys(table.columns, "") | {
        "项目编号": "法律服务", "编码": "CC-21", "一级指标": "产出", "三级指标": "宣传场次", "指标值": "≥3场",
        "更正说明": "漏读",
    } | cells  # fmt: skip
    pd.concat([table, pd.DataFrame([added])]).to_csv(path, index=False, encoding="utf-8-sig")
    assert said in made.run("check", "--year", "2026").stdout
