"""Many projects in one table, as budget systems export them; and heads with several facts in a cell."""

from decimal import Decimal

import pytest

from evaluator.forms import read_forms
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Place, Row, Source
from tests.written import codes, read, rows, source

LIST = """
2026年部门预算项目支出绩效目标表
单位：万元
单位名称 | 项目名称 | 预算数 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 绩效指标性质 | 绩效指标值 | 绩效度量单位 | 权重 | 指标方向性
某市人社局 | 法律服务 | 11.00 | 保障单位依法行政，妥善处理案件 | 产出指标 | 数量指标 | 受理案件数 | ≥ | 20 | 件 | 50 | 正向指标
 | | | | 成本指标 | 经济成本指标 | 律师费 | ≤ | 11 | 万元 | 50 | 反向指标
某市人社局 | 培训 | 5.00 | 完成全年培训任务 | 产出指标 | 数量指标 | 培训场次 | ＝ | 5 | 场 | 60 | 正向指标
 | | | | 效益指标 | 社会效益指标 | 政策普及 | 定性 | 明显提升 | | 40 | 正向指标
"""


def test_a_list_of_projects__each_row_with_its_own():
    reading = read(LIST)
    assert [(p.name, p.applicant, p.budget, p.goals[0].text) for p in reading.projects] == [
        ("法律服务", "某市人社局", Decimal("11.00"), "保障单位依法行政，妥善处理案件"),
        ("培训", "某市人社局", Decimal("5.00"), "完成全年培训任务"),
    ]
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 受理案件数 | ≥20件 | ",
        "CB-01 | 成本指标 | 经济成本指标 | 律师费 | ≤11万元 | ",
        "CC-01 | 产出指标 | 数量指标 | 培训场次 | ＝5场 | ",
        "XY-01 | 效益指标 | 社会效益指标 | 政策普及 | 明显提升 | ",
    ]
    assert reading.projects[0].annual[0].points == 50
    assert codes(reading) == []


def test_cells_repeated_on_every_row_are_one_project():
    filled = LIST.replace(
        " | | | | 成本", "某市人社局 | 法律服务 | 11.00 | 保障单位依法行政，妥善处理案件 | 成本"
    )
    reading = read(filled)
    assert [(p.name, len(p.annual), len(p.goals)) for p in reading.projects] == [
        ("法律服务", 2, 1),
        ("培训", 2, 1),
    ]


def test_the_unit_over_many_rows_belongs_to_all_of_them():
    merged = LIST.replace("某市人社局 | 培训", " | 培训")
    assert [p.applicant for p in read(merged).projects] == ["某市人社局", "某市人社局"]


def test_the_same_project_of_two_units_is_two():
    two = LIST.replace("某市人社局 | 培训", "某市医保局 | 法律服务")
    assert [(p.name, p.applicant) for p in read(two).projects] == [
        ("法律服务", "某市人社局"),
        ("法律服务", "某市医保局"),
    ]


@pytest.mark.parametrize(
    ("head", "unit", "budget"),
    [
        ("预算数", "单位：元", "0.0011"),
        ("预算数（元）", "单位：万元", "0.0011"),
        ("预算数（万元）", "", "11"),
        ("预算数", "金额单位：元", "0.0011"),
    ],
)
def test_money_is_in_the_unit_that_the_table_names(head, unit, budget):
    text = LIST.replace("预算数", head).replace("单位：万元", unit)
    assert read(text).projects[0].budget == Decimal(budget)


FORM = """
项目支出绩效目标申报表
项目名称：垃圾分类宣传　　申报单位：某街道办事处　　项目金额：25.5万元
年度绩效目标：开展宣传活动，提高知晓率。
一级指标 | 二级指标 | 指标名称 | 年度目标值
产出指标 | 数量指标 | 宣传活动场次 | ≥12场
"""


def test_several_facts_in_one_cell():
    project = read(FORM).projects[0]
    assert (project.name, project.applicant, project.budget) == (
        "垃圾分类宣传",
        "某街道办事处",
        Decimal("25.5"),
    )
    assert project.goals[0].text == "开展宣传活动，提高知晓率。"


@pytest.mark.parametrize(
    ("label", "budget"),
    [("项目资金（元）", "12"), ("项目资金（万元）", "120000"), ("项目资金", "120000")],
)
def test_the_unit_in_a_labels_brackets_counts(label, budget):
    text = FORM.replace("　　项目金额：25.5万元", f"\n{label} | 120000")
    assert read(text).projects[0].budget == Decimal(budget)


def test_a_goal_of_the_whole_term_beside_the_years_own():
    text = FORM.replace("年度绩效目标：", "项目总目标 | 三年内完成全部社区改造。\n年度目标 | ")
    assert [(g.horizon, g.number, g.text) for g in read(text).projects[0].goals] == [
        (Horizon.LONG_TERM, 1, "三年内完成全部社区改造。"),
        (Horizon.ANNUAL, 1, "开展宣传活动，提高知晓率。"),
    ]


def test_points_behind_a_name():
    reading = read(FORM.replace("数量指标 | 宣传活动场次", "数量指标（20分） | 宣传活动场次（10分）"))
    item = reading.projects[0].annual[0]
    assert (item.level2, item.name, item.points) == ("数量指标", "宣传活动场次", Decimal(10))


def test_a_number_in_brackets_that_is_no_points_stays_in_the_name():
    reading = read(FORM.replace("宣传活动场次", "宣传活动场次（100%）"))
    assert reading.projects[0].annual[0].name == "宣传活动场次（100%）"


@pytest.mark.parametrize("text", ["目标：保障年度工作有序开展。", "总体目标：保障年度工作有序开展。"])
def test_a_goal_that_begins_with_the_word_is_the_whole_goal(text):
    reading = read(FORM.replace("年度绩效目标：开展宣传活动，提高知晓率。", f"年度绩效目标1 | {text}"))
    assert [goal.text for goal in reading.projects[0].goals] == [text]


@pytest.mark.parametrize("head", ["单位（项目）名称", "单位/项目名称", "项目"])
def test_the_projects_column_by_other_names(head):
    text = LIST.replace("项目名称", head)
    assert [project.name for project in read(text).projects] == ["法律服务", "培训"]


def test_the_unit_and_year_of_a_lists_title_hold_for_all_its_projects():
    text = LIST.replace("绩效目标表\n单位：万元", "绩效目标表（单位：元）").replace(
        "2026年部门", "2025年部门"
    )
    reading = read(text)
    assert [project.budget for project in reading.projects] == [Decimal("0.0011"), Decimal("0.0005")]
    assert [code for code, _ in codes(reading)] == ["form-other-year"] * 2


SUMS = """
部门预算项目绩效目标申报表
金额单位：元
单位名称 | 项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位
{above}
620001-甲镇政府 | 路灯维护 | 1,000,000.00 | 维护路灯 | 产出指标 | 数量指标 | 维护路灯 | ≥ | 230 | 盏
{between}
 | 河道保洁 | 660,000.00 | 保洁河道 | 产出指标 | 数量指标 | 保洁河道 | ＝ | 11 | 条
"""


@pytest.mark.parametrize(
    ("above", "between"),
    [
        ("620-甲镇部门 | | 8,827,620.53", ""),
        (" | | 8,827,620.53", ""),
        ("", "620001-甲镇政府 | | 7,827,620.53"),
        ("620-甲镇部门 | | 8,827,620.53", "620001-甲镇政府 | | 1,660,000.00"),
    ],
)
def test_a_row_with_money_and_no_project_is_a_sum_and_nobodys_budget(above, between):
    reading = read(SUMS.format(above=above, between=between))
    assert [(p.name, p.applicant, p.budget) for p in reading.projects] == [
        ("路灯维护", "甲镇政府", Decimal(100)),
        ("河道保洁", "甲镇政府", Decimal(66)),
    ]
    assert {code for code, _ in codes(reading)} == {"list-unit-row"}


def test_the_unit_of_a_sum_is_that_of_projects_that_name_none():
    text = SUMS.format(above="620-乙镇部门 | | 8,827,620.53", between="").replace("620001-甲镇政府", "")
    assert [p.applicant for p in read(text).projects] == ["乙镇部门", "乙镇部门"]


@pytest.mark.parametrize(
    "row",
    [
        "产出指标 | 时效指标 | 维护及时率 | ≥ | 95 | %",
        "时效指标 | 维护及时率 | ≥ | 95 | %",
        " | | 产出指标 | 时效指标 | 维护及时率 | ≥ | 95 | %",
    ],
)
def test_a_row_without_the_cells_merged_above_it_goes_to_its_columns(row):
    """Copied from a web page, or on the next page of a PDF; level words are never a project's name."""
    reading = read(SUMS.format(above="", between=row))
    first = reading.projects[0].annual[1]
    assert [p.name for p in reading.projects] == ["路灯维护", "河道保洁"]
    assert (first.level1, first.level2, first.name, first.target.text, str(first.confidence)) == (
        "产出指标",
        "时效指标",
        "维护及时率",
        "≥95%",
        "中",
    )
    assert [code for code, _ in codes(reading)] == ["row-shifted"]


def test_a_row_that_the_end_of_a_page_took__finding():
    """The lines it was broken into name nothing; what follows belongs to no project that is known."""
    page = SUMS.format(above="", between="").rstrip().rsplit("\n", 1)[0]
    rows = source(
        f"{page}\n保洁\n产出指标 | 数量指标 | 保洁河道 | ＝ | 11 | 条\n产出指标 | 质量指标 | 水质达标率 | ≥ | 95 | %"
    ).rows
    broken = Row(
        tuple(
            Cell(text, Place("a.pdf", "第1页", "第9行"), at)
            for at, text in enumerate(("河道 660,000.00", "保洁"))
        )
    )
    cut = Source("a.pdf", "", (*(row for row in rows[:-3]), broken, *rows[-2:]))
    reading = read_forms(cut, 2026)
    assert [(p.name, p.budget, len(p.annual)) for p in reading.projects] == [
        ("路灯维护", Decimal(100), 1),
        ("a（未写项目名称）", None, 2),
    ]
    found = {code for code, _ in codes(reading)}
    assert {"list-row-cut", "project-unnamed", "budget-missing", "row-shifted"} <= found
