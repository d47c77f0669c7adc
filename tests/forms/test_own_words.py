"""A unit's own words: forms that say things otherwise, without any Python."""

import json

import pytest

from evaluator.forms import load_own_words, read_forms
from tests.commands.workspaces import desk
from tests.written import rows, source

FORM = """
项目支出绩效目标表
项目名称 | 河道清淤 | 本年安排资金 | 120
年度绩效目标 | 完成全年清淤任务。
考核类 | 二级指标 | 三级指标 | 本年拟达到 | 依据何在
工作成果 | 工作量 | 清淤长度 | ≥12公里 | 部门标准
"""
OWN = """类别,表上的写法,意思同
表头,考核类,一级指标
表头,本年拟达到,指标值
表头,依据何在,确定依据
标签,本年安排资金,项目预算
一级指标,工作成果,产出
二级指标,工作量,数量
确定依据,部门标准,
"""


def load(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "词表.csv"
    path.write_text(text, encoding=encoding)
    return load_own_words(path, tmp_path)


def test_words_of_ones_own__ok(tmp_path):
    words, findings = load(tmp_path, OWN)
    reading = read_forms(source(FORM), 2026, words)
    assert rows(reading) == ["CC-01 | 产出指标 | 工作量 | 清淤长度 | ≥12公里 | 部门标准"]
    assert (reading.projects[0].budget, findings, reading.findings) == (120, [], ())


def test_words_of_ones_own_count_for_their_forms_only(tmp_path):
    words, _ = load(tmp_path, OWN)
    read_forms(source(FORM), 2026, words)
    assert rows(read_forms(source(FORM), 2026)) == []


def test_an_own_word_counts_before_a_shipped_one(tmp_path):
    words, _ = load(tmp_path, "类别,表上的写法,意思同\n表头,指标值,备注\n表头,绩效标准,指标值")
    form = "项目支出绩效目标表\n项目名称 | 甲 | 项目预算 | 1\n一级指标 | 二级指标 | 三级指标 | 指标值 | 绩效标准\n"
    reading = read_forms(source(form + "产出指标 | 数量指标 | 人数 | 去年3人 | ≥5人"), 2026, words)
    assert reading.projects[0].annual[0].target.text == "≥5人"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_words_as_excel_saves_them__ok(tmp_path, encoding):
    words, findings = load(tmp_path, OWN, encoding)
    assert (len(rows(read_forms(source(FORM), 2026, words))), findings) == (1, [])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("栏目,本年拟达到,指标值", "类别应是表头、标签、一级指标、二级指标、确定依据、印刷文字之一"),
        ("表头,本年拟达到,目标数", "“意思同”一栏的“目标数”不是已知的表头写法"),
        ("表头,本年拟达到,", "“意思同”一栏的“”不是已知的表头写法"),
        ("二级指标,工作量,产出指标", "“意思同”一栏的“产出指标”不是已知的二级指标写法"),
        ("表头,,指标值", "没有“表上的写法”"),
    ],
)
def test_a_word_that_is_not_clear__finding(tmp_path, row, why):
    _, findings = load(tmp_path, f"{OWN}{row}\n")
    assert [(item.code, item.place.cell) for item in findings] == [("own-word-unclear", "第9行第1列")]
    assert why in findings[0].text


def test_a_table_of_words_without_its_heads__finding(tmp_path):
    words, findings = load(tmp_path, OWN.partition("\n")[2])
    assert [item.code for item in findings] == ["own-words-heads"]
    assert rows(read_forms(source(FORM), 2026, words)) == []


def test_the_commands_read_with_the_words_of_the_workspace(tmp_path):
    made = desk(tmp_path, forms=FORM.strip())
    assert made.run("import", "--year", "2026").exit_code == 1
    (tmp_path / "targets" / "词表.csv").write_text(OWN, encoding="utf-8")
    run = made.run("import", "--year", "2026", "--format", "json")
    assert (run.exit_code, json.loads(run.stdout)["findings"]) == (0, [])
    assert made.run("check", "--year", "2026").exit_code == 1  # only because nothing is filled in
    assert set(made.codes()) == {"workbook-missing"}
    made.put_form(FORM.strip().replace("≥12公里", "≥15公里"))
    assert "source-changed" in made.codes()
