"""Indicators written as sentences: read at 中 by words and signs, or left as the prose they are."""

import pytest

from tests.written import codes, read, rows

NOTICE = """
关于河道清淤项目绩效目标设定的公示
项目名称：河道清淤
现将绩效目标设定如下：
"""


@pytest.mark.parametrize(
    "lines",
    [
        "一、产出指标\n数量指标：清淤长度≥12公里；清淤方量≥3万立方米；质量指标：验收合格率≥95%。\n"
        "二、满意度指标\n服务对象满意度指标：群众满意度≥90%。",
        "产出指标：\n数量指标：清淤长度不低于12公里，\n清淤方量>=3万立方米\n质量指标，验收合格率≥95%\n"
        "满意度指标：服务对象满意度指标：群众满意度≥90%",
        "1.产出指标\n（1）数量指标：清淤长度为≥12公里。清淤方量达到3万立方米。\n（2）质量指标：验收合格率≥95%。\n"
        "2.满意度指标\n（1）服务对象满意度指标：群众满意度≥90%。",
    ],
)
def test_sentences_of_indicators_are_read_by_their_words(lines):
    reading = read(NOTICE + lines)
    said = [row.split(" | ")[1:4] for row in rows(reading)]
    assert [(first, name) for first, _, name in said] == [
        ("产出指标", "清淤长度"),
        ("产出指标", "清淤方量"),
        ("产出指标", "验收合格率"),
        ("满意度指标", "群众满意度"),
    ]
    assert {str(i.confidence) for i in reading.projects[0].annual} == {"中"}
    assert "prose-restored" in {code for code, _ in codes(reading)}


def test_hints_of_a_template_are_no_part_of_the_names():
    reading = read(NOTICE + "产出指标\n数量指标：★种植数量（≥**株）≥17600株；成活率(≥**%)>=85%")
    assert [i.target.text for i in reading.projects[0].annual] == ["≥17600株", ">=85%"]
    assert [i.name for i in reading.projects[0].annual] == ["种植数量", "成活率"]


@pytest.mark.parametrize(
    "lines",
    [
        "全年完成清淤12公里，群众满意度不低于90%；资金支出进度≥95%。",
        "产出指标：按计划完成清淤；效益指标：改善水质。",
        "数量指标：清淤长度≥12公里。",
    ],
)
def test_prose_without_levels_or_signs_is_no_table(lines):
    reading = read(f"关于河道清淤工作的报告\n{lines}")
    assert (reading.projects, [code for code, _ in codes(reading)]) == ((), ["no-form"])


def test_prose_beside_a_table_is_not_read_twice():
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥12公里"
    reading = read(f"{NOTICE}数量指标：清淤长度≥12公里；质量指标：合格率≥95%。\n{table}")
    assert [i.name for i in reading.projects[0].annual] == ["清淤长度"]
