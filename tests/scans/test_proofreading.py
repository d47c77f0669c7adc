"""What is repaired because the field settles it, what is left alone, and what makes a value doubtful."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluator.forms import read_forms
from evaluator.proofreading import HEAD, doubts_of, open_rows, repaired, unconfirmed, with_scans
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
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    found.pop(HEAD)
    (own,) = found.values()
    return own


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


def doubted(rows: str, why: str, **head: str) -> list[str]:
    """The codes of the rows of a sure page (`HEAD` for the head) that are doubted for a reason."""
    page = scanned(source(form(rows, **head)))
    reading = with_scans(read_forms(page, 2026), page)
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    return [code for code, said in found.items() if any(why in doubt for doubt in said)]


@pytest.mark.parametrize(
    ("annual", "long_term", "why"),
    [
        ("≥20件", "≥26件", "指标值不同"),
        ("≥20件", "≥20家", "计量单位不同"),
        ("≥20件", "=20件", "计算符号不同"),
    ],
)
def test_where_two_tables_differ_both_rows_are_doubted(annual, long_term, why):
    rows = "{}目标1 | 产出指标 | 数量指标 | 受理案件数量 | {} | 计划标准"
    codes = doubted(rows.format("年度", annual), why, long_term=rows.format("长期", long_term))
    assert len(codes) == 2
    assert doubted(rows.format("年度", annual), "不同", long_term=rows.format("长期", annual)) == []


COSTS = """
    年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤{}万元 | 计划标准
     | | | 公证费 | ≤{}万元 | 计划标准
"""


@pytest.mark.parametrize(("one", "other", "codes"), [("7", "4", []), ("71", "4", 3), ("1", "4", 3)])
def test_costs_that_are_not_the_budget_are_doubted_with_it(one, other, codes):
    found = doubted(COSTS.format(one, other), "与项目预算11万元不等", budget="11")
    assert found == (["CB-01", "CB-02", HEAD] if codes else [])


def test_a_form_without_costs_in_money_says_nothing_of_its_budget():
    assert doubted("年度目标1 | 产出指标 | 数量指标 | 案件数量 | ≥20件 | 计划标准", "预算") == []


POINTS = """
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值
    产出指标 | 数量指标 | 受理案件数量 | ≥20件 | {}
    | 质量指标 | 合规率 | ≥95% | {}
    满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 10
"""


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [("40", "40", ""), ("50", "40", ""), ("40", "4", "各项分值之和是54"), ("40", "", "没有认出分值")],
)
def test_points_that_are_not_a_whole_are_doubted(one, other, why):
    text = "项目支出绩效目标表\n项目名称 | 法律服务 | 项目预算 | 11" + POINTS.format(one, other)
    page = scanned(source(text))
    reading = with_scans(read_forms(page, 2026), page)
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    said = {doubt for own in found.values() for doubt in own if "分值" in doubt}
    assert any(doubt.startswith(why) for doubt in said) if why else not said


def test_a_level_that_is_not_sure_is_doubted_in_all_rows_that_it_stands_for():
    text = source(form(COSTS.format(7, 4), budget="11"))
    page = scanned(text, {"成本指标": 0.7, "经济成本指标": 0.99})
    reading = with_scans(read_forms(page, 2026), page)
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    assert [found[code] for code in ("CB-01", "CB-02")] == [("级次识别把握低（0.7）",)] * 2


def test_points_that_are_not_sure_are_doubted():
    text = "项目支出绩效目标表\n项目名称 | 法律服务 | 项目预算 | 11" + POINTS.format("50", "40")
    page = scanned(source(text), {"40": 0.6})
    (project,) = with_scans(read_forms(page, 2026), page).projects
    assert [item.scan.doubts for item in project.indicators] == [(), ("分值识别把握低（0.6）",), ()]


@pytest.mark.parametrize(
    ("budget", "why"), [("11", ""), (".68", "没有认出"), ("1,20", "没有认出"), ("05", "以0开头")]
)
def test_a_budget_that_lacks_what_amounts_have_is_doubted(budget, why):
    codes = doubted("年度目标1 | 产出指标 | 数量指标 | 案件数量 | ≥20件 | 计划标准", why, budget=budget)
    assert codes == ([HEAD] if why else [])


def test_a_form_whose_tables_cannot_be_told_apart_is_doubted_in_every_row():
    rows = "长期目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准"
    page = scanned(source(form("", long_term=rows)))
    reading = with_scans(read_forms(page, 2026), page)
    assert [item.code for item in reading.findings if item.code == "form-without-table"]
    found = doubts_of(reading.projects[0], 2026, reading.findings)
    assert [bool(found[code]) for code in found if code != HEAD] == [True]


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
