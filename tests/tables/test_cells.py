"""How a person or Excel spells what the table says: no edit where it means the same, read as a form's is."""

import pytest

from evaluator.tables.cells import same, understood

ONE_DAY = ["2026-12-31", "2026/12/31", "2026年12月31日", "2026/12/31 0:00", "2026-12-31 00:00:00",
           "12/31/2026", "31/12/2026", "12/31/26", "31-Dec-26", "31 December 2026", "31.12.2026", "2026.12.31"]  # fmt: skip


@pytest.mark.parametrize("text", ONE_DAY)
def test_a_day_as_excel_wps_and_libreoffice_write_it(text):
    assert understood("截止日期", text) == "2026-12-31"
    assert same("截止日期", "2026-12-31", text)


def test_a_day_that_may_be_two_is_the_approved_one_or_none():
    assert understood("截止日期", "26/12/31") is None
    assert same("截止日期", "2026-12-31", "26/12/31")
    assert understood("截止日期", "3/4/2026") is None
    assert same("截止日期", "2026-03-04", "3/4/2026")
    assert same("截止日期", "2026-04-03", "3/4/2026")
    assert not same("截止日期", "2026-05-03", "3/4/2026")


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("指标值", "≥200人", "≥200 人"),
        ("指标值", "≥200人", "≥２００人"),
        ("数值", "0.50", "0.5"),
        ("数值", "1200", "1,200"),
        ("运算符", "≥", ">="),
        ("运算符", "≤", "不高于"),
        ("计量单位", "%", "％"),
        ("计量单位", "%", "百分比"),
        ("一级指标", "产出指标", "产出"),
        ("一级指标", "效益指标", "效益"),
        ("二级指标", "数量指标", "数量"),
        ("项目预算（万元）", "110", "110万元"),
        ("项目预算（万元）", "110", "1,100,000元"),
        ("三级指标", "培训人数（人）", "培训人数(人)"),
        ("年度绩效目标", "目标1：甲\n目标2：乙", "目标1: 甲\n\n目标2: 乙"),
        ("年度绩效目标", "目标1：甲\n目标2：乙", "甲\n乙"),
    ],
)
def test_what_only_looks_different_is_no_edit(column, before, after):
    assert same(column, before, after)


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("指标值", "≥1 2人", "≥12人"),
        ("指标值", "≥10³人", "≥103人"),
        ("指标值", "≥200人", "≥200人次"),
        ("计量单位", "人", "台"),
        ("计量单位", "人", ""),
        ("运算符", "≥", "＞"),
        ("项目预算（万元）", "110", "110元"),
        ("年度绩效目标", "目标1：甲\n目标2：乙", "甲乙"),
    ],
)
def test_what_means_something_else_is_an_edit(column, before, after):
    assert not same(column, before, after)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("运算符", "约等于"),
        ("数值", "二十"),
        ("数值", "20人"),
        ("项目预算（万元）", "约百万"),
        ("项目预算（万元）", "12人"),
        ("目标序号", "1.5"),
        ("截止日期", "2026/13/1"),
        ("截止日期", "46387"),
        ("指标类型", "其他"),
    ],
)
def test_what_a_column_cannot_hold(column, text):
    assert understood(column, text) is None


def test_goals_that_lost_their_numbers_are_never_joined():
    approved = "目标1：完成甲。\n目标2：完成乙。"
    assert (
        understood("年度绩效目标", "完成甲、丙。\n完成乙。", approved)
        == "目标1：完成甲、丙。\n目标2：完成乙。"
    )
    assert understood("年度绩效目标", "完成甲、完成乙。", approved) is None
    assert understood("年度绩效目标", "目标1：完成甲、完成乙。", approved) is None
