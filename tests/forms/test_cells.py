"""Cells that say more, or less, than their column: several lines, numbers of the printed form, no unit."""

from decimal import Decimal

import pytest

from evaluator.forms import read_forms
from evaluator.records.source import Cell, Place, Row, Source
from tests.written import codes, read, rows, source

PLAIN = """
项目绩效目标表
项目名称 | 河道清淤 | 预算数（万元） | 300
年度绩效目标 | 完成清淤任务，水质改善
"""
TABLE = PLAIN + "一级指标 | 二级指标 | 三级指标 | 指标值 | 计量单位 | 分值\n"


def test_several_indicators_in_one_row__one_a_line():
    text = PLAIN + "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 名称 | 值"
    before = source(text)
    lines = {"名称": "1.清淤长度\n2.清淤点位", "值": "1.≥10公里\n2.≥5个"}
    last = before.rows[-1]
    cells = tuple(Cell(lines.get(c.text, c.text), c.place, c.column) for c in last.cells)
    reading = read_forms(
        Source(before.path, before.sha256, (*before.rows[:-1], Row(cells, last.table))), 2026
    )
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥10公里 | ",
        "CC-02 | 产出指标 | 数量指标 | 清淤点位 | ≥5个 | ",
    ]
    assert codes(reading) == [("several-in-row", "第5行第1列")]


@pytest.mark.parametrize(
    ("name", "value"),
    [("清淤长\n度", "≥10公里"), ("清淤长\n度", "≥10\n公里"), ("清淤\n长度", "按\n时")],
)
def test_a_narrow_cell_is_one_indicator(name, value):
    place = Place("a.txt", "", "第9行第1列")
    before = source(PLAIN + "一级指标 | 二级指标 | 三级指标 | 指标值\n")
    texts = ("产出指标", "数量指标", name, value)
    row = Row(tuple(Cell(text, place, at) for at, text in enumerate(texts)), before.rows[-1].table)
    reading = read_forms(Source(before.path, before.sha256, (*before.rows, row)), 2026)
    assert len(reading.projects[0].annual) == 1


@pytest.mark.parametrize(
    "first",
    [
        "预算执行率指标 | 预算执行率 | 预算执行率 | ≥95%",
        "预算执行率 | | | 100%",
        "资金执行情况 | | 执行率 | ≥95%",
    ],
)
def test_the_execution_of_the_budget_is_no_indicator(first):
    reading = read(TABLE + f"{first} | | 10\n产出指标 | 数量指标 | 清淤长度 | ≥10 | 公里 | 90")
    assert [i.name for i in reading.projects[0].annual] == ["清淤长度"]
    assert codes(reading) == [("execution-row", "第5行第1列")]


def test_an_indicator_of_that_name_below_its_levels_stays():
    reading = read(TABLE + "产出指标 | 时效指标 | 预算执行率 | ≥95 | % | 10")
    assert [i.name for i in reading.projects[0].annual] == ["预算执行率"]


@pytest.mark.parametrize("unit", ["其他", "无", "/", "——"])
def test_a_column_of_units_may_say_that_there_is_none(unit):
    reading = read(TABLE + f"效益指标 | 社会效益指标 | 水质 | 明显改善 | {unit} | 20")
    assert reading.projects[0].annual[0].confidence.value == "高"
    assert codes(reading) == []


def test_a_number_without_a_unit_is_named_whatever_stands_in_the_column():
    reading = read(TABLE + "产出指标 | 数量指标 | 清淤点位 | ≥5 | 其他 | 20")
    assert codes(reading) == [("unit-missing", "第5行第3列")]


def test_a_table_without_a_column_of_values_has_them_behind_its_names():
    text = "一级指标 | 二级指标 | 三级指标 | 备注\n产出指标 | 数量指标 | 清淤长度≥10公里 | \n | 质量指标 | 验收合格率=100% | 市级"
    assert rows(read(PLAIN + text)) == [
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥10公里 | ",
        "CC-02 | 产出指标 | 质量指标 | 验收合格率 | =100% | ",
    ]


@pytest.mark.parametrize(
    ("text", "value", "aside"),
    [
        ("≥2次（每半年1次）", "2", True),
        ("≥500人（次）", "500", False),
        ("≥95%（含）", "95", False),
        ("≥95%（同比增长）", "95", False),
        ("≤3天（工作日）", "3", False),
    ],
)
def test_a_remark_in_brackets_is_set_aside_where_it_changes_nothing(text, value, aside):
    reading = read(PLAIN + f"一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 巡查 | {text}")
    assert reading.projects[0].annual[0].target.value == Decimal(value)
    assert (("target-words-aside", "第5行第3列") in codes(reading)) is aside


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("资金总额及构成 | 总额10606.75万元", "10606.75"),
        ("项目资金 | 资金总额：12万元", "12"),
        ("年度资金总额 | 共计5万元", "5"),
    ],
)
def test_a_word_before_the_budgets_figure(line, budget):
    text = PLAIN.replace(" | 预算数（万元） | 300", "") + line + "\n一级指标 | 二级指标 | 三级指标 | 指标值\n"
    assert read(text + "产出指标 | 数量指标 | 清淤长度 | ≥10公里").projects[0].budget == Decimal(budget)


def test_of_two_different_budgets_in_a_row_the_first_counts_and_the_other_is_named():
    text = PLAIN.replace("预算数（万元） | 300", "批复金额（万元） | 300 | 申请金额（万元） | 320")
    reading = read(text + "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥10公里")
    assert reading.projects[0].budget == Decimal(300)
    assert codes(reading) == [("text-not-read", "第2行第6列")]


@pytest.mark.parametrize(
    ("budget", "found"), [("1250000.00", True), ("1250000元", False), ("300", False), ("99999.99", False)]
)
def test_a_large_budget_without_a_unit__finding(budget, found):
    text = PLAIN.replace("预算数（万元） | 300", f"预算数 | {budget}")
    reading = read(text + "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥10公里")
    assert ("budget-unit-assumed" in [code for code, _ in codes(reading)]) is found
