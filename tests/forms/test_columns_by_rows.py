"""Columns that their heads do not tell: asked of the rows, refused where several may be the target."""

import pytest

from evaluator.records.approved import Confidence
from tests.written import codes, read

HEAD = """
    项目支出绩效目标表
    项目名称 | 灌区改造 | 预算金额（万元） | 120
    年度绩效目标 | 改造灌区，保障灌溉。
"""


def read_rows(reading):
    return [
        f"{i.level1}/{i.level2}/{i.name}/{i.target.text}"
        for project in reading.projects
        for i in project.indicators
    ]


@pytest.mark.parametrize(
    "head", ["指标 | 指标内容 | 指标值", "指标类别 | 指标类型 | 目标值", "指标名称 | 指标内容 | 年度指标值"]
)
def test_one_level_and_names_below_heads_of_other_words(head):
    reading = read(
        HEAD
        + f"""
    {head}
    产出指标 | 渠道衬砌 | 12公里
    | 技术培训 | ≥200人次
    | 苗情报告 | 4次
    效益指标 | 旱灾损失 | 有效减少
    满意度指标 | 农户满意度 | ≥90%
    """
    )
    assert read_rows(reading) == [
        "产出指标//渠道衬砌/12公里",
        "产出指标//技术培训/≥200人次",
        "产出指标//苗情报告/4次",
        "效益指标//旱灾损失/有效减少",
        "满意度指标//农户满意度/≥90%",
    ]
    assert "columns-supposed" in dict(codes(reading))
    assert Confidence.HIGH not in {i.confidence for i in reading.projects[0].indicators}


@pytest.mark.parametrize(
    "head",
    [
        "一级指标 | 二级指标 | 工作事项 | 指标值",  # a name without a known head
        "一级指标 | 二级指标 | 三级指标 | 本年拟达到",  # a value without one
        "指标类型 | 指标 | 指标内容 | 目标值",  # each one level too low
    ],
)
def test_one_column_without_a_known_head_is_what_its_rows_say(head):
    reading = read(
        HEAD
        + f"""
    {head}
    产出指标 | 数量指标 | 渠道衬砌 | ≥12公里
    | 质量指标 | 验收合格率 | ≥95%
    效益指标 | 社会效益指标 | 受益农户 | ≥300户
    """
    )
    assert read_rows(reading) == [
        "产出指标/数量指标/渠道衬砌/≥12公里",
        "产出指标/质量指标/验收合格率/≥95%",
        "效益指标/社会效益指标/受益农户/≥300户",
    ]
    assert "columns-supposed" in dict(codes(reading))
    assert Confidence.HIGH not in {i.confidence for i in reading.projects[0].indicators}


TOWNS = [
    # a column a town, nothing else that is a value
    """
    一级指标 | 二级指标 | 三级指标 | 指标解释 | 指标方向 | 城关街道办 | 沙河乡
    产出指标 | 数量指标 | 新建桥梁（座） | 反映产出 | ≥ | 2 | 1
    | 质量指标 | 合格率（%） | 反映质量 | ≥ | 95 | 95
    """,
    # with a column of sums among them
    """
    一级指标 | 二级指标 | 三级指标 | 计量单位 | 合计 | 甲县 | 乙县
    产出指标 | 数量指标 | 新建桥梁 | 座 | 3 | 2 | 1
    | 质量指标 | 合格率 | % | 95 | 95 | 95
    """,
    # below one head of values
    """
    一级指标 | 二级指标 | 三级指标 | 指标值 | |
    | | | 甲县 | 乙县 | 丙县
    产出指标 | 数量指标 | 新建桥梁 | ≥2座 | ≥3座 | ≥1座
    | 质量指标 | 合格率 | ≥95% | ≥95% | ≥95%
    """,
]
ACROSS = [
    """
    区域 | 产出指标 | | 效益指标 | 满意度指标
    | 数量指标 | 质量指标 | 社会效益指标 | 服务对象满意度指标
    | 新建桥梁（座） | 合格率（%） | 受益人口（人） | 群众满意度（%）
    甲县 | 2 | 95 | 3000 | 90
    乙县 | 3 | 95 | 5000 | 90
    """,
    """
    地区 | 新建桥梁（座） | 合格率（%） | 完成时间 | 受益人口（人）
    甲县 | 2 | 95 | 2026年12月 | 3000
    乙县 | 3 | 95 | 2026年12月 | 5000
    """,
    """
    一级指标 | 产出指标 | 产出指标 | 效益指标
    二级指标 | 数量指标 | 质量指标 | 社会效益指标
    三级指标 | 新建桥梁（座） | 合格率（%） | 受益人口（人）
    甲县 | 2 | 95 | 3000
    """,
]


@pytest.mark.parametrize(
    ("table", "code"),
    [(table, "values-by-place") for table in TOWNS] + [(table, "summary-table") for table in ACROSS],
)
def test_a_table_of_towns__one_finding_that_names_the_cause(table, code):
    reading = read(HEAD + table)
    assert [found for found, _ in codes(reading)] == [code]
    assert reading.findings[0].remedy
    assert read_rows(reading) == []
    assert reading.projects[0].name == "灌区改造"


def test_after_a_refused_table_the_next_form_is_read():
    reading = read(
        HEAD
        + TOWNS[0]
        + """
    项目名称 | 水库加固 | 预算金额（万元） | 80
    年度绩效目标 | 加固水库，保障安全。
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 加固水库 | ≥2座
    """
    )
    assert [project.name for project in reading.projects] == ["灌区改造", "水库加固"]
    assert read_rows(reading) == ["产出指标/数量指标/加固水库/≥2座"]


def test_towns_beside_the_projects_own_value_are_further_columns():
    reading = read(
        HEAD
        + """
    一级指标 | 二级指标 | 三级指标 | 指标值 | 甲县 | 乙县
    产出指标 | 数量指标 | 新建桥梁 | ≥3座 | 2 | 1
    | 质量指标 | 合格率 | ≥95% | 95% | 95%
    """
    )
    assert read_rows(reading) == ["产出指标/数量指标/新建桥梁/≥3座", "产出指标/质量指标/合格率/≥95%"]


@pytest.mark.parametrize(
    "table",
    [
        # two columns that may be the value
        "一级指标 | 二级指标 | 三级指标 | 甲方案 | 乙方案\n产出指标 | 数量指标 | 衬砌 | ≥12公里 | ≥9公里\n"
        "| 质量指标 | 合格率 | ≥95% | ≥90%",
        # a value of another time beside an empty one
        "一级指标 | 二级指标 | 三级指标 | 上年 | 指标值\n产出指标 | 数量指标 | 衬砌 | ≥12公里 |\n"
        "| 质量指标 | 合格率 | ≥95% |",
        # one row, and no more to judge by
        "一级指标 | 二级指标 | 三级指标 | 拟达到\n产出指标 | 数量指标 | 衬砌 | ≥12公里",
    ],
)
def test_what_the_rows_do_not_settle__finding(table):
    reading = read(HEAD + table)
    assert all(i.target.text == "" for i in reading.projects[0].indicators)
    assert {"row-incomplete", "values-unnamed"} & set(dict(codes(reading)))


@pytest.mark.parametrize(
    "heads",
    ["1至7月执行情况 | 全年预计情况", "2024年水平 | 计划水平一", "方案一 | 方案二", "现状数 | 拟完成数"],
)
def test_columns_of_times_that_no_list_has_are_no_towns__finding(heads):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | {heads}
    产出指标 | 数量指标 | 渠道衬砌 | 12公里 | 20公里
    | 质量指标 | 合格率 | 95% | 96%
    """
    )
    assert [found for found, _ in codes(reading)] == ["values-unnamed"]
    assert read_rows(reading) == []
