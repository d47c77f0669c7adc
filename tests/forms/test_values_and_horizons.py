"""Which column is the year's value, and whose indicators a table, a band or a row is about."""

import pytest

from evaluator.records.approved import Horizon
from tests.written import codes, read

HEAD = "项目支出绩效目标表\n项目名称 | 平台 | 项目预算 | 50\n年度目标 | 完成一期建设。"
LEVELS = "一级指标 | 二级指标 | 三级指标"
ROW = "产出指标 | 数量指标 | 接入部门数"


def values(text):
    found = {i.horizon: i.target.text for i in read(f"{HEAD}\n{text}").projects[0].indicators}
    return found.get(Horizon.ANNUAL), found.get(Horizon.LONG_TERM)


@pytest.mark.parametrize(
    ("heads", "cells", "annual", "term"),
    [
        ("目标值（2026年） | 目标值（2026-2028年）", "≥30个 | ≥60个", "≥30个", "≥60个"),
        ("指标值（中期） | 指标值（年度）", "≥60个 | ≥30个", "≥30个", "≥60个"),
        ("目标值（2026年） | 目标值（2025年）", "≥30个 | ≥20个", "≥30个", None),
        ("指标值（2025年） | 指标值（2026年）", "≥20个 | ≥30个", "≥30个", None),
        ("年度指标值 | 指标值（备注）", "≥30个 | 已含新增", "≥30个", None),
        ("年度指标值 | 年度指标值（历史）", "≥30个 | ≥20个", "≥30个", None),
        ("2026年指标值 | 2027年指标值", "≥30个 | ≥40个", "≥30个", None),
        ("中期目标值 | 目标值", "≥60个 | ≥30个", "≥30个", "≥60个"),
    ],
)
def test_of_several_values_the_years(heads, cells, annual, term):
    text = f"{LEVELS} | {heads}\n{ROW} | {cells}"
    assert values(text) == (annual, term)
    assert codes(read(f"{HEAD}\n{text}")) == []


@pytest.mark.parametrize("heads", ["目标值 | 指标值", "指标值 | 指标值（调整后）", "年初目标值 | 全年目标值"])
def test_of_several_values_that_only_their_order_tells_apart__finding(heads):
    reading = read(f"{HEAD}\n{LEVELS} | {heads}\n{ROW} | ≥20个 | ≥30个")
    assert [code for code, _ in codes(reading)] == ["several-values"]
    assert len(reading.projects[0].annual[0].extras) == 1


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("2025年指标值", True),
        ("指标值（2025年）", True),
        ("实施期指标值", True),
        ("2026年指标值", False),
        ("年度指标值", False),
        ("指标值（2026-2028年）", True),
    ],
)
def test_the_only_values_are_of_another_time__finding(head, found):
    reading = read(f"{HEAD}\n{LEVELS} | {head}\n{ROW} | ≥30个")
    assert ("values-of-another-time" in dict(codes(reading))) is found


@pytest.mark.parametrize(
    ("lower", "annual", "term"),
    [
        ("中期 | 年度", "≥30个", "≥60个"),
        ("中期目标 | 年度目标", "≥30个", "≥60个"),
        ("2026-2028年 | 2026年", "≥30个", "≥60个"),
        ("项目期 | 当年", "≥30个", "≥60个"),
        ("2025年 | 2026年", "≥30个", None),
        ("上年完成 | 本年计划", "≥30个", None),
        ("半年 | 全年", "≥30个", None),
    ],
)
@pytest.mark.parametrize(
    "goals", ["", "总体目标 | | 中期目标 | 年度目标 |\n | | 建成平台体系 | 完成一期建设 |\n"]
)
def test_times_below_one_head_of_values(goals, lower, annual, term):
    head = "项目支出绩效目标表\n项目名称 | 平台 | 项目预算 | 50\n"
    text = f"{head}{goals}{LEVELS} | 指标值 |\n | | | {lower}\n{ROW} | ≥60个 | ≥30个"
    found = {i.horizon: i.target.text for i in read(text).projects[0].indicators}
    assert (found.get(Horizon.ANNUAL), found.get(Horizon.LONG_TERM)) == (annual, term)


BANDS = [
    ("长期绩效目标表", "年度绩效目标表"),
    ("中期绩效指标（2026-2028年）", "年度绩效指标（2026年）"),
    ("实施期绩效目标指标", "年度绩效目标指标"),
    ("一、长期绩效指标", "二、年度绩效指标"),
    ("（一）实施期绩效指标", "（二）年度绩效指标"),
    ("全周期绩效指标", "当年绩效指标"),
    ("三年绩效指标", "本年绩效指标"),
    ("长期绩效指标体系", "年度绩效指标体系"),
    ("中长期目标绩效指标", "年度目标绩效指标"),
    ("实施周期指标", "年度指标"),
    ("绩效指标（中期）", "绩效指标（年度）"),
    ("2026-2028年绩效指标", "2026年绩效指标"),
]


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize(("term", "annual"), BANDS)
def test_bands_that_say_whose_indicators_are_below(term, annual, repeated):
    header = f"{LEVELS} | 指标值"
    again = f"\n{header}" if repeated else ""
    first = f"{term} | | |\n{header}\n{ROW} | ≥60个"
    assert values(f"{first}\n{annual} | | |{again}\n{ROW} | ≥30个") == ("≥30个", "≥60个")


@pytest.mark.parametrize(
    ("term", "annual"),
    [("长期目标", "年度目标"), ("中期指标", "年度指标"), ("实施期", "年度"), ("总体指标", "年度指标")],
)
def test_a_cell_merged_beside_the_rows_that_says_whose_they_are(term, annual):
    rows = f"{term} | {ROW} | ≥60个\n | | 质量指标 | 合格率 | ≥90%\n{annual} | {ROW} | ≥30个"
    reading = read(f"{HEAD}\n绩效指标 | {LEVELS} | 指标值\n{rows}")
    horizons = [i.horizon for i in reading.projects[0].indicators]
    assert horizons == [Horizon.LONG_TERM, Horizon.LONG_TERM, Horizon.ANNUAL]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("heads", "cells", "target"),
    [
        ("指标值 | |", "≥ | 30 | 个", "≥30个"),
        ("指标值 |", "≥ | 30个", "≥30个"),
        ("指标值 |", "≥30 | 个", "≥30个"),
        (" | 指标值 | 计量单位", "≥ | 30 | 个", "≥30个"),
        ("指标值类型 | 指标值 | 计量单位 | 指标方向", "定量 | 30 | 个 | 正向", "正向30个"),
        ("绩效目标", "≥30个", "≥30个"),
    ],
)
def test_a_target_spread_over_cells(heads, cells, target):
    item = read(f"{HEAD}\n{LEVELS} | {heads}\n{ROW} | {cells}").projects[0].annual[0]
    assert (item.target.text, item.target.operator.value, item.target.value) == (target, "≥", 30)


@pytest.mark.parametrize("order", ["long-term first", "annual first"])
def test_each_goal_stands_over_its_own_table(order):
    parts = [
        f"{goal}绩效目标1 | {goal}内全部建成投用。\n{LEVELS} | 指标值\n{ROW} | {value}"
        for goal, value in (("长期", "≥60个"), ("年度", "≥30个"))
    ]
    text = "\n".join(parts if order == "long-term first" else reversed(parts))
    reading = read(f"项目支出绩效目标表\n项目名称 | 平台 | 项目预算 | 50\n{text}")
    found = {i.horizon: i.target.text for i in reading.projects[0].indicators}
    assert found == {Horizon.ANNUAL: "≥30个", Horizon.LONG_TERM: "≥60个"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("财政资金", "专款专用"),
        ("项目负责人", "到位"),
        ("年度预算", "控制在批复范围内"),
        ("审核意见", "≥14个"),
        ("备注", "≥18个"),
        ("实施单位", "满意"),
        ("成本", "≤280万元"),
        ("数量", "≥5个"),
    ],
)
def test_a_name_that_is_a_word_of_the_head_or_a_level(name, value):
    table = f"{ROW} | ≥30个\n | 质量指标 | 合格率 | ≥95%\n | | {name} | {value}\n | 时效指标 | 及时率 | ≥90%"
    project = read(f"{HEAD}\n{LEVELS} | 指标值\n{table}").projects[0]
    assert [(i.level2, i.name, i.target.text) for i in project.annual][2:] == [
        ("质量指标", name, value),
        ("时效指标", "及时率", "≥90%"),
    ]
    assert project.budget == 50


def test_a_column_of_levels_that_holds_level_1():
    table = "指标类别 | 指标名称 | 指标值\n产出指标 | 培训期数 | ≥6期\n效益指标 | 能力 | 提升\n满意度指标 | 学员满意度 | ≥90%"
    annual = read(f"{HEAD}\n{table}").projects[0].annual
    assert [i.level1 for i in annual] == ["产出指标", "效益指标", "满意度指标"]


def test_bands_of_level_1_over_a_column_of_level_2():
    bands = "一、产出指标 | |\n数量指标 | 村数 | ≥12个\n二、效益指标 | |\n社会效益指标 | 环境 | 改善\n三、满意度指标 | |\n服务对象满意度指标 | 满意率 | ≥90%"
    annual = read(f"{HEAD}\n二级指标 | 三级指标 | 指标值\n{bands}").projects[0].annual
    assert [(i.level1, i.level2) for i in annual] == [
        ("产出指标", "数量指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]


def test_levels_as_bands_over_rows_of_names():
    bands = "产出指标 | |\n数量指标 | |\n培训期数 | ≥6 | 期\n质量指标 | |\n合格率 | ≥95 | %\n满意度指标 | |\n学员满意度 | ≥90 | %"
    annual = read(f"{HEAD}\n指标名称 | 指标值 | 单位\n{bands}").projects[0].annual
    assert [(i.level1, i.level2, i.name) for i in annual] == [
        ("产出指标", "数量指标", "培训期数"),
        ("产出指标", "质量指标", "合格率"),
        ("满意度指标", "满意度指标", "学员满意度"),
    ]


@pytest.mark.parametrize(("name", "found"), [("完成时间", True), ("工期", False), ("开工月份", True)])
def test_a_month_of_the_year_or_months__finding(name, found):
    table = f"{LEVELS} | 性质 | 指标值 | 计量单位\n产出指标 | 时效指标 | {name} | ≤ | 12 | 月"
    assert ("month-or-months" in dict(codes(read(f"{HEAD}\n{table}")))) is found


LIST = """
单位名称 | 项目编码 | 项目名称 | 预算金额 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
{numbers}甲局 | A1 | 监控 | 350 | 保障监控运行。 | 产出指标 | 数量指标 | 监控点位 | ≥2500个
 | | | | | 满意度指标 | 满意度指标 | 群众满意度 | ≥90%
甲局 | A2 | 宣传 | 20 | 开展宣传活动。 | 产出指标 | 数量指标 | 宣传次数 | ≥2次
"""


@pytest.mark.parametrize(
    "numbers", ["", "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9\n", "** | ** | ** | 1 | 2 | 3 | 4 | 5 | 6\n"]
)
def test_a_list_with_more_columns_for_the_project_than_for_the_indicator(numbers):
    reading = read("2026年项目支出绩效目标表" + LIST.format(numbers=numbers))
    assert [(p.name, p.applicant, p.budget, len(p.annual)) for p in reading.projects] == [
        ("监控", "甲局", 350, 2),
        ("宣传", "甲局", 20, 1),
    ]
    assert codes(reading) == []


def test_a_list_whose_first_row_is_its_unit():
    text = LIST.format(numbers="甲局 | | 甲局 | | | | | |\n")
    reading = read("2026年项目支出绩效目标表" + text)
    assert [p.name for p in reading.projects] == ["监控", "宣传"]


def test_a_table_with_a_name_and_a_value_for_each_level_1__finding():
    heads = "项目名称 | 资金总额 | 成本指标 | | 产出指标 | | 效益指标 |"
    lower = " | | 三级指标 | 指标值 | 三级指标 | 指标值 | 三级指标 | 指标值"
    row = "监控 | 30 | 总成本 | ≤30万元 | 次数 | ≥12次 | 环境 | 改善"
    reading = read(f"项目支出绩效目标表\n{heads}\n{lower}\n{row}")
    assert reading.projects == ()
    assert "summary-table" in dict(codes(reading))


def test_a_fourth_level_is_the_name():
    reading = read(f"{HEAD}\n{LEVELS} | 四级指标 | 指标值\n产出指标 | 数量指标 | 整治 | 整治村数 | ≥12个")
    item = reading.projects[0].annual[0]
    assert (item.name, item.extras) == ("整治村数", {"三级指标": "整治"})
