"""Rows of indicator tables: cells are known by what they say, not by where they stand."""

import pytest

from evaluator.records.approved import Confidence
from tests.written import codes, form, read, rows

STANDARD = "年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤11万元 | 计划标准"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # as it should stand
        (" | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", "产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准"),
        # slid to the right, the last column cut off
        (" | | 产出指标 | 数量指标 | 受理案件 | ≥20件", "产出指标 | 数量指标 | 受理案件 | ≥20件 | "),
        # slid to the left, the goal's column gone
        ("产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", "产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准"),
        # a hole in the middle
        (" | 产出指标 | 数量指标 | | 受理案件 | ≥20件", "产出指标 | 数量指标 | 受理案件 | ≥20件 | "),
        # a level inherits from above
        (" | | | 案卷印刷费 | ≤1万元 | 计划标准", "成本指标 | 经济成本指标 | 案卷印刷费 | ≤1万元 | 计划标准"),
        (" | | 社会成本指标 | 投诉 | ≤1件 | 计划标准", "成本指标 | 社会成本指标 | 投诉 | ≤1件 | 计划标准"),
        # a level that is a term of both
        ("满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 计划标准", "满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 计划标准"),
        (" | 满意度指标 | | 群众满意度 | ≥90% | 计划标准", "满意度指标 | 满意度指标 | 群众满意度 | ≥90% | 计划标准"),
        # a name that is a level's too
        (" | 满意度指标 | 满意度指标 | 服务对象满意度 | ≥90% | 计划标准", "满意度指标 | 满意度指标 | 服务对象满意度 | ≥90% | 计划标准"),
        # names with blanks and brackets, qualitative words
        (" | 效益指标 | 社会效益指标 | 法律 服务（窗口） | 明显提升 | 其他", "效益指标 | 社会效益指标 | 法律 服务（窗口） | 明显提升 | 其他"),
        # old words for the levels: level 1 becomes the standard term, level 2 stays as written
        (" | 效果指标 | 社会效益 | 知晓率 | ≥90% | 计划标准", "效益指标 | 社会效益 | 知晓率 | ≥90% | 计划标准"),
    ],
)  # fmt: skip
def test_a_row_is_read_by_what_its_cells_say(second, expected):
    reading = read(form(f"{STANDARD}\n{second}"))
    assert rows(reading)[1].split(" | ", 1)[1] == expected


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (" | 产出指标 | 数量指标 | 受理案件 | | 计划标准", "row-incomplete"),
        (" | 产出指标 | 数量指标 | | ≥20件 | 计划标准", "row-incomplete"),
        ("社会效益指标 | 知晓率 | ≥90% | 计划标准", "level1-inferred"),
        (" | 产出指标 | 综合管理 | 台账 | ≥20件 | 计划标准", "header-disagrees"),
        (" | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准 | 附注 | 多余", "cell-unplaced"),
    ],
)
def test_a_row_that_is_unusual__finding(row, found):
    reading = read(form(f"{STANDARD}\n{row}"))
    assert found in [code for code, _ in codes(reading)]


@pytest.mark.parametrize("name", ["≥360天服务读者", "1年", "12场讲座"])
def test_a_name_with_a_number_beside_a_value_of_its_own__ok(name):
    reading = read(form(f"{STANDARD}\n | 产出指标 | 数量指标 | {name} | ≥20件 | 计划标准"))
    assert ("header-disagrees", "") not in {(code, "") for code, _ in codes(reading)}
    assert reading.projects[0].indicators[1].confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("row", "confidence"),
    [
        (" | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", Confidence.HIGH),
        ("产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", Confidence.MEDIUM),
        ("社会效益指标 | 知晓率 | ≥90% | 计划标准", Confidence.LOW),
        (" | 产出指标 | 数量指标 | 受理案件 | XX | 计划标准", Confidence.LOW),
    ],
)
def test_a_row_says_how_sure_the_reader_is(row, confidence):
    reading = read(form(f"{STANDARD}\n{row}"))
    assert reading.projects[0].indicators[1].confidence is confidence


def test_a_blank_line_inside_a_table_is_no_end():
    reading = read(form(f"{STANDARD}\n\n | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准"))
    assert [i.code for i in reading.projects[0].annual] == ["CB-01", "CC-01"]


def test_codes_count_within_level_1_and_horizon():
    reading = read(form(STANDARD, long_term=STANDARD.replace("年度", "长期")))
    assert [i.code for i in reading.projects[0].indicators] == ["LT-CB-01", "CB-01"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        # a cell once more, all behind it one column to the right
        (" | 产出指标 | 数量指标 | 受理案件 | 受理案件 | ≥20件", "header-disagrees"),
        (" | 产出指标 | 数量指标 | 数量指标 | 受理案件 | ≥20件", "header-disagrees"),
        # what is no target
        (" | 产出指标 | 数量指标 | 受理案件 | 正向指标 | 计划标准", "header-disagrees"),
        # more cells than columns, a target among them
        (" | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准 | ≥30件", "cell-unplaced"),
    ],
)
def test_a_row_whose_cells_speak_against_their_columns__finding(row, found):
    reading = read(form(f"{STANDARD}\n{row}"))
    item = reading.projects[0].indicators[1]
    of_row = {other.code for other in reading.findings if other.indicator == item.code}
    assert found in of_row
    assert item.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        ("三级指标 | 权重 | 指标值", "消防车 | 15%"),
        ("三级指标 | 指标值 | 分值", "消防车 | 15"),
    ],
)
def test_points_without_a_target_where_place_says_nothing__finding(heads, row):
    reading = read(
        "项目支出绩效目标表\n项目名称 | 消防装备 | 预算金额（万元） | 50\n"
        f"一级指标 | 二级指标 | {heads}\n产出指标 | 数量指标 | 防护服 | ≥200套 | 10\n"
        f"质量指标 | 合格率 | ≥95% | 10\n{row}"
    )
    item = reading.projects[0].indicators[-1]
    assert item.name == "消防车"
    assert "value-or-points" in dict(codes(reading))
    assert item.confidence is Confidence.LOW


def test_a_standard_before_the_value_never_stands_in_for_it():
    reading = read(
        "项目支出绩效目标表\n项目名称 | 残疾人补贴 | 预算金额（万元） | 50\n"
        "一级指标 | 二级指标 | 三级指标 | 绩效标准 | 指标值\n产出指标 | 数量指标 | 发放次数 | 按月 | 12次\n"
        " | | 补贴人数 | 每月每人100元 |"
    )
    item = reading.projects[0].indicators[-1]
    assert (item.name, item.target.text) == ("补贴人数", "")
    assert "row-incomplete" in dict(codes(reading))


@pytest.mark.parametrize(
    ("name", "target", "found"),
    [
        ("受理案件（含调解", "≥20件", True),
        ("受理案件", "≥20件（含", True),
        ("调解）", "≥20件", True),
        ("受理案件（含调解）", "≥20件", False),
        ("受理案件(含调解）", "≥20件", False),
    ],
)
def test_a_bracket_that_never_closes__finding(name, target, found):
    reading = read(form(f"{STANDARD}\n | 产出指标 | 数量指标 | {name} | {target} | 计划标准"))
    assert ("text-cut-off" in dict(codes(reading))) is found
    assert (reading.projects[0].indicators[1].confidence is Confidence.HIGH) is not found
