"""What broken forms lose: heads, answers, the number of a table; a reading is right, or a finding says so."""

from __future__ import annotations

import pytest

from tests.written import read

TABLE = """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 整治村数 | ≥12个"""


@pytest.mark.parametrize(
    ("head", "applicant", "said"),
    [
        ("申报单位：\n某中心\n项目名称 | 整治 | 项目预算 | 50", "某中心", False),
        ("申报单位 | 某中心\n项目名称 | 整治 | 项目预算 | 50", "某中心", False),
        ("申报单位：\n长期绩效目标1\n项目名称 | 整治 | 项目预算 | 50", "", True),
        ("申报单位：\n项目支出绩效目标表\n某中心\n项目名称 | 整治 | 项目预算 | 50", "", True),
        ("项目名称 | 整治 | 项目预算 | 50", "", False),
        ("单位 | 万元\n项目名称 | 整治 | 项目预算 | 50", "", False),
    ],
)
def test_an_applicant_that_is_asked_for_is_read_or_missed(head: str, applicant: str, said: bool) -> None:
    result = read(f"{head}\n年度绩效目标 | 整治村庄环境。\n{TABLE}")
    assert [project.applicant for project in result.projects] == [applicant]
    assert ("applicant-missing" in {item.code for item in result.findings}) is said


@pytest.mark.parametrize(
    ("middle", "rows", "expected", "supposed"),
    [
        (
            "",
            "成本指标 | 社会成本指标 | 占地 | ≤3亩\n | | 噪声 | ≤50分贝",
            [("社会成本指标", "中"), ("社会成本指标", "中")],
            True,
        ),
        ("二级指标", "成本指标 | 社会成本指标 | 占地 | ≤3亩", [("社会成本指标", "高")], False),
        ("", "产出指标 | | 占地 | ≥3亩", [("", "中")], False),
    ],
)
def test_level2_below_no_head(
    middle: str, rows: str, expected: list[tuple[str, str]], supposed: bool
) -> None:
    head = "项目名称 | 整治 | 项目预算 | 50\n年度绩效目标 | 整治村庄环境。"
    result = read(f"{head}\n一级指标 | {middle} | 三级指标 | 指标值\n{rows}")
    got = [(item.level2, str(item.confidence)) for item in result.projects[0].indicators]
    assert got == expected
    assert ("columns-supposed" in {item.code for item in result.findings}) is supposed


def test_a_head_of_values_is_none_below_a_level() -> None:
    head = "项目名称 | 整治 | 项目预算 | 50\n年度绩效目标 | 整治村庄环境。"
    table = TABLE.replace("\n", "\n周期指标值 | 二级指标\n")
    (item,) = read(f"{head}\n{table}").projects[0].indicators
    assert (item.level1, item.level2, item.name, item.target.text) == (
        "产出指标",
        "数量指标",
        "整治村数",
        "≥12个",
    )


def test_numbers_before_a_table_do_not_hide_its_gaps() -> None:
    text = """项目名称 | 整治 | 项目预算 | 50
年度绩效目标 | 整治村庄环境。
序号 | 一级指标 | 二级指标 | 三级指标 | 指标值
1 | 产出指标 | 数量指标 | 整治村数 | ≥12个
2 | | | 环境面貌 | 明显提升
服务费 | ≥20件"""
    items = read(text).projects[0].indicators
    assert [(i.level2, i.name, str(i.confidence)) for i in items][:2] == [
        ("数量指标", "整治村数", "高"),
        ("数量指标", "环境面貌", "高"),
    ]
