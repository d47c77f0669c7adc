"""Heads in other words than the usual ones: older forms, names of 内容, values of a term beside the year's."""

from datetime import date
from decimal import Decimal

import pytest

from evaluator.records.approved import Horizon
from tests.written import codes, read

HEAD = """
    项目支出绩效目标表
    项目名称 | 灌区改造 | 预算金额（万元） | 120
    年度绩效目标 | 改造灌区，保障灌溉。
"""


def read_rows(reading):
    return [
        (i.horizon.value[0] + i.code[-2:], i.level1, i.level2, i.name, i.target.text)
        for project in reading.projects
        for i in project.indicators
    ]


@pytest.mark.parametrize(
    "head", ["三级指标内容", "绩效内容", "评价内容", "三级指标及内容", "具体绩效指标", "明细指标"]
)
def test_the_name_by_another_head(head):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | {head} | 指标值及单位
    产出指标 | 数量指标 | 渠道衬砌 | ≥12公里
    | 成本指标 | 每公里造价 | ≤9万元
    """
    )
    assert read_rows(reading) == [
        ("年01", "产出指标", "数量指标", "渠道衬砌", "≥12公里"),
        ("年02", "产出指标", "成本指标", "每公里造价", "≤9万元"),
    ]
    assert codes(reading) == []


@pytest.mark.parametrize("number", ["目标{}", "指标{}", "目标{}、"])
def test_an_older_form_numbers_its_rows_below_no_head(number):
    reading = read(
        HEAD
        + f"""
    绩效目标 | 评价指标 | | 绩效内容 | 绩效标准 | 全年绩效目标
    产出 | 数量目标 | {number.format(1)} | 发放救灾粮 | 每户50斤 | ≥432户
    | 质量目标 | {number.format(2)} | 发放准确率 | 100% | ≥98%
    效果 | 社会效益 | {number.format(1)} | 灾民安置率 | 历史标准 | ≥95%
    """
    )
    assert read_rows(reading) == [
        ("年01", "产出指标", "数量目标", "发放救灾粮", "≥432户"),
        ("年02", "产出指标", "质量目标", "发放准确率", "≥98%"),
        ("年01", "效益指标", "社会效益", "灾民安置率", "≥95%"),
    ]


@pytest.mark.parametrize(
    "term", ["周期指标值", "总周期指标值", "建设期指标值", "项目周期目标值", "全程目标值"]
)
@pytest.mark.parametrize("year", ["本年度指标值", "年度指标值", "2026年指标值"])
def test_a_value_of_the_term_beside_the_years(term, year):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | {term} | {year}
    产出指标 | 数量指标 | 渠道衬砌 | ≥30公里 | ≥12公里
    | 质量指标 | 验收合格率 | ≥95% | ≥95%
    """
    )
    project = reading.projects[0]
    assert [i.target.value for i in project.annual] == [Decimal(12), Decimal(95)]
    term_values = [i.target.value for i in project.indicators if i.horizon is Horizon.LONG_TERM]
    assert term_values == [Decimal(30), Decimal(95)]
    assert codes(reading) == []


@pytest.mark.parametrize("blank", ["", "—", "/"])
def test_a_row_with_a_value_of_the_term_only_is_none_of_the_years__finding(blank):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | 周期指标值 | 本年度指标值
    产出指标 | 数量指标 | 渠道衬砌 | ≥30公里 | ≥12公里
    | 时效指标 | 完工时间 | 2027年6月底前 | {blank}
    | 质量指标 | 验收合格率 | {blank} | ≥95%
    """
    )
    project = reading.projects[0]
    assert [i.name for i in project.annual] == ["渠道衬砌", "验收合格率"]
    assert [i.target.deadline for i in project.indicators if i.horizon is Horizon.LONG_TERM] == [
        None,
        date(2027, 6, 30),
    ]
    assert [code for code, _ in codes(reading)] == ["value-of-the-term"]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        ("一级指标 | 二级指标 | 绩效指标 | 指标值", "产出指标 | 数量指标 | 渠道衬砌 | ≥12公里"),
        ("一级指标 | 二级指标 | 绩效指标 | 分值 | 指标值", "产出指标 | 数量指标 | 渠道衬砌 | 20 | ≥12公里"),
        ("一级指标 | 绩效指标 | 目标值", "产出指标 | 渠道衬砌 | ≥12公里"),
    ],
)
def test_a_head_of_the_whole_table_over_its_names(heads, row):
    item = read(HEAD + f"\n{heads}\n{row}").projects[0].indicators[0]
    assert (item.level1, item.name, item.target.text) == ("产出指标", "渠道衬砌", "≥12公里")
    assert item.confidence.value == "高"
