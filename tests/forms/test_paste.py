"""Text of forms that lost its cells, as copying out of a PDF leaves it."""

from decimal import Decimal
from pathlib import Path

import pytest

from evaluator.forms import FormReading, read_forms
from evaluator.readers import read_source
from evaluator.records.approved import Horizon
from evaluator.records.source import Cell, Place, Row, Source
from evaluator.values.text import squash
from tests.written import codes, read, rows

ROOT = Path(__file__).parents[2]
LINES = """
项目支出绩效目标表
（2026年度）
项目名称 渔业资源增殖放流 项目编码 4201
主管部门 农业农村局 单位名称 水产中心
项目资金（万元） 年度资金总额： 120.5
其中：财政拨款 100 执行率分值（10）
年度绩效目标 放流鱼苗，恢复水域生态，
增加渔民收入。
一级指标 二级指标 三级指标 指标值 分值
产出指标 数量指标 放流鱼苗 数量 ≥ 500万尾 20
成本指标 放流成本 ≤120.5万元 10
质量指标 鱼苗检疫合格率 =100% 10
效益指标 生态效益 指标 水域生态 明显改善 20
满意度指标 服务对象满意度指标 渔民满意度 ≥90% 10
单位负责人：张三 填表人：李四
"""

EXPECTED = [
    "CC-01 | 产出指标 | 数量指标 | 放流鱼苗数量 | ≥500万尾 | ",
    "CC-02 | 产出指标 | 成本指标 | 放流成本 | ≤120.5万元 | ",
    "CC-03 | 产出指标 | 质量指标 | 鱼苗检疫合格率 | =100% | ",
    "XY-01 | 效益指标 | 生态效益指标 | 水域生态 | 明显改善 | ",
    "MY-01 | 满意度指标 | 服务对象满意度指标 | 渔民满意度 | ≥90% | ",
]

# 项目总目标 and 年度目标 stand before their texts: which line is whose cannot be told.
CELLS = """
项目支出绩效目标表
（2026年度）
项目名称
渔业资源增
殖放流
单位名称
水产中心
项目资金
（元）
项目资金总额
3,615,000.00 年度资金申请总额
1,205,000.00
其中：财政资金
3,600,000.00
其中：当年财政拨款
1,200,000.00
项目
绩效
目标
项目总目标
年度总体目标
三年放流鱼苗。
本年放流鱼苗。
一级指标
二级指标
三级指标
指标值
分值
绩效
指标
产出指标
数量指标
放流鱼苗
数量
≥500万尾
20
成本指标
放流成本
≤120.5万元
10
质量指标
鱼苗检疫合格率
=100%
10
效益指标
生态效益
指标
水域生态
明显改善
20
满意度
指标
服务对象满
意度指标
渔民满意度
≥90%
10
"""


def test_single_blanks_between_the_cells():
    reading = read(LINES)
    project = reading.projects[0]
    assert (project.name, project.applicant, project.budget) == (
        "渔业资源增殖放流",
        "水产中心",
        Decimal("120.5"),
    )
    assert [goal.text for goal in project.goals] == ["放流鱼苗，恢复水域生态，增加渔民收入。"]
    assert [row.replace("鱼苗 数量", "鱼苗数量") for row in rows(reading)] == EXPECTED
    assert [item.points for item in project.annual] == [20, 10, 10, 20, 10]
    assert {item.confidence.value for item in project.annual} == {"中"}
    assert ("cells-restored", "第9行第1列") in codes(reading)


def test_every_cell_on_a_line_of_its_own():
    reading = read(CELLS)
    project = reading.projects[0]
    assert (project.name, project.applicant, project.budget) == (
        "渔业资源增殖放流",
        "水产中心",
        Decimal("120.5"),
    )
    assert project.facts["其中：财政拨款"] == "1,200,000.00"
    assert [row.replace("鱼苗 数量", "鱼苗数量") for row in rows(reading)] == EXPECTED
    assert [item.points for item in project.annual] == [20, 10, 10, 20, 10]
    assert project.goals == ()
    assert codes(reading) == [
        ("cells-restored", "第24行第1列"),
        ("text-not-read", "第20行第1列"),
        ("goal-missing", "第3行第1列"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值",
        "一级指标 二级指标 三级指标 上年值 指标值 备注",
        "一级指标 二级指标 指标编码 三级指标 指标值",
        "项目名称 一级指标 二级指标 三级指标 指标值",
    ],
)
@pytest.mark.parametrize("stacked", [False, True])
def test_where_words_do_not_tell_the_cells__finding(header, stacked):
    text = f"项目支出绩效目标表\n{header}\n产出指标 数量指标 放流鱼苗 ≥500万尾"
    reading = read(text.replace(" ", "\n") if stacked else text)
    assert not any(project.annual for project in reading.projects)
    assert "cells-lost" in [code for code, _ in codes(reading)]


def test_a_text_about_indicators_is_no_form():
    text = "关于三级指标的说明\n产出指标 应当 包括 数量指标\n三级指标 和 指标值 请 认真 填写"
    assert [code for code, _ in codes(read(text))] == ["no-form"]


def test_a_proper_table_is_left_alone():
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 放流鱼苗 | ≥500万尾"
    reading = read(
        f"项目支出绩效目标表\n项目名称 | 放流 | 预算数 | 3\n{table}\n一级指标 二级指标 三级指标 指标值"
    )
    assert [item.confidence.value for item in reading.projects[0].annual] == ["高"]
    assert "cells-restored" not in [code for code, _ in codes(reading)]


def _without_cells(source: Source, *, stacked: bool) -> Source:
    """The same text with a blank, or a line's end, between its cells."""
    lines: list[str] = []
    for row in source.rows:
        pieces = [cell.text.replace("\n", "") for cell in row.cells if squash(cell.text)]
        lines += pieces if stacked else [" ".join(pieces)]
    return Source(
        source.path,
        source.sha256,
        tuple(
            Row((Cell(line, Place(source.path, "", f"第{n}行第1列"), 0),), 0)
            for n, line in enumerate(lines, start=1)
            if line
        ),
    )


def _said(reading: FormReading) -> list[tuple[object, ...]]:
    return [
        (
            project.name,
            project.budget,
            [(goal.horizon, squash(goal.text)) for goal in project.goals],
            [
                (i.horizon, i.level1, i.level2, i.name, squash(i.target.text), i.target.value, i.basis)
                for i in project.indicators
            ],
        )
        for project in reading.projects
    ]


@pytest.mark.parametrize("stacked", [False, True])
def test_the_six_forms_say_the_same_without_their_cells(stacked):
    (path,) = (ROOT / "targets" / "2026" / "source").glob("*.txt")
    source, _ = read_source(path, ROOT)
    whole = read_forms(source, 2026)
    assert len(whole.projects) == 6
    assert _said(read_forms(_without_cells(source, stacked=stacked), 2026)) == _said(whole)


def test_the_long_term_table_stays_long_term_without_its_cells():
    text = "项目支出绩效目标表\n项目名称 放流\n长期绩效指标\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 鱼苗 ≥9万尾\n"
    text += "年度绩效指标\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 鱼苗 ≥3万尾"
    for written in (text, text.replace(" ", "\n")):
        indicators = read(written).projects[0].indicators
        assert [(i.horizon, i.target.text) for i in indicators] == [
            (Horizon.LONG_TERM, "≥9万尾"),
            (Horizon.ANNUAL, "≥3万尾"),
        ]
