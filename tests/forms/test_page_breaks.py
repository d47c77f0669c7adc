"""Rows that the end of a page broke in two, as Word prints them into a PDF."""

import pytest

from evaluator.forms import read_forms
from evaluator.records.source import Cell, Place, Row, Source
from tests.written import codes

HEADS = ["目标名称", "一级指标", "二级指标", "三级指标", "指标值", "确定依据"]
FIRST = ["年度目标1", "产出指标", "数量指标", "培训人数", "≥500人", "计划标准"]


def pdf(*pages):
    rows = []
    for page, (text, grid) in enumerate(pages, start=1):
        if text:
            rows.append(Row((Cell(text, Place("a.pdf", f"第{page}页", "第1行"), 0),)))
        for number, cells in enumerate(grid, start=1):
            place = f"第{page}页表1"
            row = tuple(
                Cell(cell, Place("a.pdf", place, f"R{number}C{at + 1}"), at)
                for at, cell in enumerate(cells)
                if cell
            )
            rows.append(Row(row, page))
    return read_forms(Source("a.pdf", "0" * 64, tuple(rows)), 2026)


def head(*rows):
    return (
        "项目支出绩效目标批复表",
        [
            ["项目名称", "培训", "项目预算", "11"],
            ["年度绩效目标1", "完成培训任务。"],
            ["年度绩效目标表"],
            HEADS,
            *rows,
        ],
    )


@pytest.mark.parametrize(
    ("above", "below", "name", "target"),
    [
        (
            ["", "", "时效指标", "虚账做实完", "2026年12", "计划标准"],
            ["", "", "", "成时间", "月底前"],
            "虚账做实完成时间",
            "2026年12月底前",
        ),
        (
            ["", "", "质量指标", "全市参保", "≥33.81万", "计划标准"],
            ["", "", "", "人数", "人"],
            "全市参保人数",
            "≥33.81万人",
        ),
        (
            ["", "", "质量指标", "办结时限", "≤20个工作", "计划标准"],
            ["", "", "", "", "日"],
            "办结时限",
            "≤20个工作日",
        ),
        (
            ["", "满意度指标", "服务对象满", "培训学员满", "≥90%", "计划标准"],
            ["", "", "意度指标", "意度"],
            "培训学员满意度",
            "≥90%",
        ),
    ],
)
@pytest.mark.parametrize("header", ["", "第2页"])
def test_a_row_that_goes_on_on_the_next_page_is_one__finding(above, below, name, target, header):
    reading = pdf(head(FIRST, above), (header, [below]))
    item = reading.projects[0].annual[-1]
    assert (len(reading.projects[0].annual), item.name, item.target.text) == (2, name, target)
    assert ("row-joined", below and f"R1C{next(n for n, t in enumerate(below, 1) if t)}") in codes(reading)


@pytest.mark.parametrize(
    "below",
    [
        ["", "", "质量指标", "合格率", "≥95%", "计划标准"],
        ["", "", "", "培训班次", "≥5期", "计划标准"],
        ["", "", "", "培训班次", "≥5期"],
        ["", "", "", "质量意识", "提高", "计划标准"],
        ["", "", "", "质量意识", "提高"],
        HEADS,
    ],
)
def test_a_row_of_its_own_on_the_next_page_stays_one(below):
    reading = pdf(head(FIRST), ("", [below]))
    assert "row-joined" not in dict(codes(reading))
    assert reading.projects[0].annual[0].name == "培训人数"


@pytest.mark.parametrize("header", [[], [HEADS]])
def test_a_title_printed_again_on_the_next_page(header):
    rest = ["", "满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "计划标准"]
    reading = pdf(head(FIRST), ("项目支出绩效目标批复表", [*header, rest]))
    assert [(p.name, [i.name for i in p.annual]) for p in reading.projects] == [
        ("培训", ["培训人数", "学员满意度"])
    ]
