"""What is repaired because the field settles it, what is left alone, and what makes a value doubtful."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluator.forms import read_forms
from evaluator.proofreading import doubts_of, open_rows, repaired, unconfirmed, with_scans
from evaluator.records.source import Cell, PageBox, Place, Row, Source
from tests.written import form, source

BOX = PageBox(1, "0" * 64, 10, 20, 110, 60)
REVIEW = Place("targets/2026/扫描核对.xlsx", "核对")


def scanned(of: Source, unsure: dict[str, float] | None = None) -> Source:
    """The source as if it had been read from a picture: sure of all texts but some."""
    rows = [
        Row(
            tuple(Cell(c.text, c.place, c.column, (unsure or {}).get(c.text, 1.0), BOX) for c in row.cells),
            row.table,
        )
        for row in of.rows
    ]
    return Source(of.path, of.sha256, tuple(rows))


def repaired_row(*texts: str, certainty: float = 0.6) -> list[str]:
    cells = [
        Cell(text, Place("a.png", "第1页表1", f"R1C{at}"), at, certainty, BOX)
        for at, text in enumerate(texts)
    ]
    (row,) = repaired(Source("a.png", "", (Row(tuple(cells), 1),))).rows
    assert all(cell.raw == text for cell, text in zip(row.cells, texts, strict=True) if cell.text != text)
    return [cell.text for cell in row.cells]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("计划标淮", "计划标准"),
        ("数最指标", "数量指标"),
        ("满意庹指标", "满意度指标"),
        ("≥l00人", "≥100人"),
        ("≥1O0%", "≥100%"),
        ("≤29。68万元", "≤29.68万元"),
    ],
)
def test_what_only_one_word_or_number_can_mean__ok(read, meant):
    assert repaired_row(read) == [meant]


@pytest.mark.parametrize(
    "read",
    [
        "年度绩效目标表",
        "长期绩效目标表",
        "项目产出数",
        "受理案件数量",
        "2100家",
        "≥7096",
        "量指标",
        "OA系统",
        "1lkm道路",
    ],
)
def test_what_may_be_something_else_is_left_alone(read):
    assert repaired_row(read) == [read]


def test_a_sure_text_is_what_it_is():
    assert repaired_row("计划标淮", certainty=0.99) == ["计划标淮"]


def test_heads_are_known_by_their_row():
    read = ("目标名称", "级指标", "二级指标", "三级指标贝", "、指标值", "指标值确定依据")
    assert repaired_row(*read, certainty=0.98) == [
        "目标名称",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "指标值确定依据",
    ]


def doubts(
    value: str,
    name: str = "受理案件数量",
    level: str = "产出指标 | 数量指标",
    *,
    of_value: float = 1.0,
    of_name: float = 1.0,
) -> tuple[str, ...]:
    """Why the only indicator of a page is doubted, its texts as sure as is said."""
    text = source(form(f"年度目标1 | {level} | {name} | {value} | 计划标准"), "targets/2026/source/a.png")
    page = repaired(scanned(text, {value: of_value, name: of_name}))
    reading = with_scans(read_forms(page, 2026), page)
    (found,) = doubts_of(reading.projects[0], 2026, reading.findings).values()
    return found


@pytest.mark.parametrize(
    "value", ["≥20件", "=100次", "≥1,200户", "≥33.81万人", "≥5km", "2026年11月底前", "明显提升", "10-20件"]
)
def test_a_value_that_is_sure_and_whole_is_not_doubted(value):
    assert doubts(value) == ()


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("29.68万元", "没有计算符号"),
        ("≥100", "没有计量单位"),
        (".68万元", "小数点前面"),
        ("≥05件", "以0开头"),
        ("2100家", "开头的“2”"),
        ("W20件", "认不出目标值"),
        (">20件", "“>”可能是≥"),
        ("≤16万元OE", "不常见的字符"),
        ("≤70万元1", "单位后面还有数字"),
        ("≥1,20件", "逗号"),
        ("高", "只有一个字"),
        ("按照2025年标准执行", "夹有数字"),
        ("≤20件", "数量产出设了上限"),
    ],
)
def test_a_value_that_lacks_what_values_have_is_doubted(value, why):
    assert any(why in doubt for doubt in doubts(value)), doubts(value)


def test_low_certainty_is_doubted():
    assert doubts("≥20件", of_value=0.94) == ("识别把握低（0.94）",)
    assert doubts("≥20件", of_name=0.8) == ("指标名称识别把握低（0.8）",)


def test_a_unit_that_does_not_fit_the_name_is_doubted():
    assert doubts("≥95件", "质量合格率", "产出指标 | 质量指标") != ()


def test_two_tables_that_differ_are_doubted():
    rows = "{}目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥{}件 | 计划标准"
    page = scanned(source(form(rows.format("年度", 20), long_term=rows.format("长期", 26))))
    reading = with_scans(read_forms(page, 2026), page)
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    assert any("指标值不同" in doubt for own in found.values() for doubt in own)


def test_costs_beyond_the_budget_are_doubted():
    rows = "年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤{}万元 | 计划标准"
    page = scanned(source(form(rows.format("71"), budget="11")))
    reading = with_scans(read_forms(page, 2026), page)
    assert any(doubts_of(reading.projects[0], 2026, reading.findings).values())


def test_a_form_whose_tables_cannot_be_told_apart_is_doubted_in_every_row():
    rows = "长期目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准"
    page = scanned(source(form("", long_term=rows)))
    reading = with_scans(read_forms(page, 2026), page)
    assert [item.code for item in reading.findings if item.code == "form-without-table"]
    (found,) = doubts_of(reading.projects[0], 2026, reading.findings).values()
    assert found


def test_nothing_read_from_a_picture_is_more_than_half_sure():
    page = scanned(source(form("年度目标1 | 产出指标 | 数量指标 | 案件数量 | ≥20件 | 计划标准")))
    reading = with_scans(read_forms(page, 2026), page)
    (item,) = reading.projects[0].indicators
    assert (item.confidence.value, item.scan.certainty, item.scan.value) == ("中", Decimal(1), BOX)
    assert open_rows(reading.projects[0]) == (item,)


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        ("", "", ["“法律服务”的项目名称、预算和1个年度指标是从图片识别的"]),
        ("是", "", ["“法律服务”的1个年度指标是从图片识别的"]),
        ("", "是", ["“法律服务”的项目名称和预算是从图片识别的"]),
        ("是", "是", []),
    ],
)
def test_a_form_that_nobody_confirmed_is_one_sentence(head, row, found):
    page = scanned(source(form("年度目标1 | 产出指标 | 数量指标 | 案件数量 | ≤20件 | 计划标准")))
    (project,) = with_scans(read_forms(page, 2026), page).projects
    items = tuple(replace(item, confirmed=row) for item in project.indicators)
    said = unconfirmed([replace(project, confirmed=head, indicators=items)], 2026, REVIEW)
    assert [item.text.split("，")[0] for item in said] == found
    assert all(item.place == REVIEW and REVIEW.file in item.remedy for item in said)
    assert ["其中存疑1个" in item.text for item in said if item.code == "scan-unconfirmed"] == [
        True for _ in found if not row
    ]


def test_what_was_read_from_text_is_left_as_it_is():
    text = source(form("年度目标1 | 产出指标 | 数最指标 | 案件数量 | ≥l0件 | 计划标准"))
    assert repaired(text) is text
    reading = read_forms(text, 2026)
    assert with_scans(reading, text) is reading
    assert unconfirmed(reading.projects, 2026, REVIEW) == []
