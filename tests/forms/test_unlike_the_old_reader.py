"""What broken forms lose: heads, answers, the number of a table; a reading is right, or a finding says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluator.forms import read_forms
from tests.written import read, source

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


HEAD = "项目名称 | 整治 | 项目预算 | 50\n年度绩效目标 | 整治村庄环境。"


def levels(text: str) -> list[tuple[str, str, str]]:
    return [(i.level1, i.level2, i.name) for p in read(text).projects for i in p.indicators]


def test_level2_below_no_head_of_two_rows() -> None:
    table = """一级指标 | | 三级指标 | 指标值 | |
 | | | 前年 | 上年 | 预计当年实现
成本指标 | 经济成本指标 | 律师费 | 12个 | 13个 | ≤11万元
满意度指标 | 满意度指标 | 群众满意度 | 80% | 85% | ≥90%
填表人 | 李四"""
    assert levels(f"{HEAD}\n{table}") == [
        ("成本指标", "经济成本指标", "律师费"),
        ("满意度指标", "满意度指标", "群众满意度"),
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("数量指标", [("产出指标", "数量指标"), ("成本指标", "成本指标"), ("满意度指标", "满意度指标")]),
        ("产出指标", [("产出指标", ""), ("成本指标", ""), ("满意度指标", "")]),
    ],
)
def test_one_column_of_levels_holds_either(first: str, expected: list[tuple[str, str]]) -> None:
    table = f"""一级指标 | 三级指标 | 指标值
{first} | 整治村数 | ≥12个
成本指标 | 整治费用 | ≤50万元
满意度指标 | 村民满意度 | ≥90%"""
    assert [level[:2] for level in levels(f"{HEAD}\n{table}")] == expected


@pytest.mark.parametrize(
    ("written", "level1", "sure", "codes"),
    [
        ("出指标", "产出指标", "高", {"header-disagrees"}),  # a letter lost
        ("项目完成", "项目完成", "中", {"header-disagrees"}),  # its group is its own
        ("指标值", "产出指标", "高", {"level1-inferred"}),  # a head is no level
    ],
)
def test_a_level1_that_no_list_has(written: str, level1: str, sure: str, codes: set[str]) -> None:
    table = f"""一级指标 | 二级指标 | 三级指标 | 指标值
{written} | 数量指标 | 整治村数 | ≥12个
 | 质量指标 | 合格率 | ≥90%"""
    result = read(f"{HEAD}\n{table}")
    first, second = result.projects[0].indicators
    assert (first.level1, str(first.confidence)) == (level1, "低")
    assert (second.level1, second.level2, str(second.confidence)) == (level1, "质量指标", sure)
    assert {item.code for item in result.findings} == codes


@pytest.mark.parametrize("head", [HEAD, "2026年部门预算项目支出绩效目标表"])
def test_a_title_between_heads_and_rows_parts_them_not(head: str) -> None:
    title = "\n项目支出绩效目标批复表\n"
    table = TABLE.replace("\n", title)
    if head != HEAD:
        table = table.replace("一级", "项目名称 | 一级").replace("产出", "整治 | 产出")
    result = read(f"{head}\n{table}")
    assert levels(f"{head}\n{table}") == [("产出指标", "数量指标", "整治村数")]
    assert [project.name for project in result.projects] == ["整治"]


def test_a_title_below_unused_heads_begins_a_form() -> None:
    heads = TABLE.partition("\n")[0]
    title = "项目支出绩效目标批复表"
    result = read(f"{title}\n{HEAD}\n{heads}\n{title}\n{HEAD.replace('整治', '清淤', 1)}\n{TABLE}")
    assert [(p.name, len(p.indicators)) for p in result.projects] == [("整治", 0), ("清淤", 1)]


def test_a_row_of_a_list_below_its_heads_is_not_cut() -> None:
    text = """项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
法律服务 | 产出指标 | 数量指标 | 受理案件数 | ≥20件
 | 成本指标 | 经济成本指标 | 律师费 | ≤11万元
培训 | 产出指标 | 数量指标 | 培训场次 | ≥5场"""
    written = source(text)
    rows = [replace(row, table=0) if number == 2 else row for number, row in enumerate(written.rows)]
    result = read_forms(replace(written, rows=tuple(rows)), 2026)
    names = [[item.name for item in project.indicators] for project in result.projects]
    assert names == [["受理案件数", "律师费"], ["培训场次"]]
