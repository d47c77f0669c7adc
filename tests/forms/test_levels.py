"""Level 1 and level 2 of rows: words that no list has, forms with one level, terms inherited."""

import pytest

from evaluator.records.approved import Confidence
from tests.written import codes, read

HEAD = """
    项目支出绩效目标表
    项目名称 | 灌区改造 | 预算金额（万元） | 120
    年度绩效目标 | 改造灌区，保障灌溉。
"""


def levels(reading):
    return [f"{i.level1}/{i.level2}/{i.name}" for project in reading.projects for i in project.indicators]


def sure(reading):
    return [i.confidence for project in reading.projects for i in project.indicators]


@pytest.mark.parametrize("word", ["项目完成", "任务完成情况", "履职指标", "工作产出"])
def test_a_level_1_that_no_list_has_keeps_its_whole_printed_group(word):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | 指标值
    {word} | 数量指标 | 渠道衬砌 | ≥12公里
    | 质量指标 | 验收合格率 | ≥95%
    | | 渗漏率 | ≤5%
    | 时效指标 | 完成时限 | 2026年11月底前
    效益指标 | 社会效益指标 | 受益农户 | ≥300户
    | 生态效益指标 | 节水量 | ≥2万立方米
    """
    )
    assert levels(reading) == [
        f"{word}/数量指标/渠道衬砌",
        f"{word}/质量指标/验收合格率",
        f"{word}/质量指标/渗漏率",
        f"{word}/时效指标/完成时限",
        "效益指标/社会效益指标/受益农户",
        "效益指标/生态效益指标/节水量",
    ]
    assert sure(reading) == [Confidence.LOW, *[Confidence.MEDIUM] * 3, *[Confidence.HIGH] * 2]
    assert "level1-inferred" not in dict(codes(reading))


def test_a_known_level_1_still_gives_way_to_the_parent_of_a_level_2__finding():
    reading = read(
        HEAD
        + """
    一级指标 | 二级指标 | 三级指标 | 指标值
    成本指标 | 经济成本指标 | 亩均成本 | ≤900元
    | 数量指标 | 渠道衬砌 | ≥12公里
    """
    )
    assert levels(reading)[1] == "产出指标/数量指标/渠道衬砌"
    assert "level1-inferred" in dict(codes(reading))


@pytest.mark.parametrize("word", ["安全指标", "综合管理", "政策落实情况"])
def test_a_printed_level_2_that_no_list_has_is_for_the_cells_merged_with_it(word):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | {word} | 安全事故 | ≤1起
    | | 整改率 | ≥98%
    | 数量指标 | 渠道衬砌 | ≥12公里
    """
    )
    assert levels(reading)[:2] == [f"产出指标/{word}/安全事故", f"产出指标/{word}/整改率"]
    assert sure(reading) == [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    assert "level2-unlisted" in dict(codes(reading))


def test_a_level_2_that_slid_there_is_for_its_own_row_only__finding():
    reading = read(
        HEAD
        + """
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
    产出指标 | 数量指标 | 渠道衬砌 | ≥12公里
    灌溉面积（含 | ≥**亩 | ） | ≥400亩
    分水闸 | ≥8座
    """
    )
    assert "灌溉面积" not in levels(reading)[-1].split("/")[1]


@pytest.mark.parametrize("head", ["一级指标 | 三级指标 | 指标值", "一级指标 | 绩效内容 | 目标值"])
def test_a_form_without_level_2_says_so_once(head):
    reading = read(
        HEAD
        + f"""
    {head}
    产出指标 | 渠道衬砌 | ≥12公里
    | 验收合格率 | ≥95%
    满意度指标 | 农户满意度 | ≥90%
    """
    )
    assert levels(reading) == ["产出指标//渠道衬砌", "产出指标//验收合格率", "满意度指标//农户满意度"]
    assert sure(reading) == [Confidence.HIGH] * 3
    assert [code for code, _ in codes(reading)] == ["level2-absent"]


def test_level_2_alternates_with_level_1_in_the_only_column():
    reading = read(
        HEAD
        + """
    一级指标 | 指标名称 | 指标值
    数量指标 | 渠道衬砌 | ≥12公里
    质量指标 | 验收合格率 | ≥95%
    社会效益指标 | 受益农户 | ≥300户
    """
    )
    assert levels(reading) == [
        "产出指标/数量指标/渠道衬砌",
        "产出指标/质量指标/验收合格率",
        "效益指标/社会效益指标/受益农户",
    ]


@pytest.mark.parametrize(
    ("above", "level", "found"),
    [
        ("效益指标 | 社会效益指标 | 受益农户 | ≥300户", "服务对象满意度指标", True),
        ("产出指标 | 数量指标 | 渠道衬砌 | ≥12公里", "成本指标", False),
    ],
)
def test_a_term_of_both_levels_alone_where_merged_cells_are_gone(above, level, found):
    reading = read(
        HEAD
        + f"""
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 培训人数 | ≥30人
    质量指标 | 合格率 | ≥95%
    {above}
    {level} | 评议结果 | ≥90%
    """
    )
    last = reading.projects[0].indicators[-1]
    assert (last.level1, last.level2) == (above.split(" | ")[0], level)
    assert last.confidence is Confidence.MEDIUM
    assert ("level-of-both" in dict(codes(reading))) is found
