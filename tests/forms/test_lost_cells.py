"""Text that lost its cells, as people paste it: what can be told again, and what is refused with its cause."""

import pytest

from tests.written import codes, read

HEAD = """项目支出绩效目标表
（2026年度）
项目名称 湿地修复
主管部门 某市林业局 实施单位 湿地中心
项目资金（万元） 年度资金总额： 160
年度目标 修复湿地，改善环境。
"""
STACKED = HEAD.replace(" ", "\n")
TABLE = """一级指标 二级指标 三级指标 指标值
产出指标 数量指标 修复面积 ≥300亩
质量指标 成活率 ≥85%
"""


def read_rows(reading):
    return [
        f"{i.level1[:2]}/{i.level2[:2]}/{i.name}/{i.target.text}"
        for project in reading.projects
        for i in project.indicators
    ]


def stacked(text):
    return "\n".join(text.split())


@pytest.mark.parametrize(
    "beside",
    [
        "项目负责人及电话 王五13900000000",
        "中央主管部门 国家林草局",
        "项目联系人 赵六",
        "联系方式 027-12345678",
        "资金性质 财政拨款",
        "建设地点 某市东湖",
    ],
)
@pytest.mark.parametrize("stacks", [False, True])
def test_a_label_that_no_list_has_is_no_part_of_the_projects_name(beside, stacks):
    text = HEAD.replace("湿地修复", f"湿地修复 {beside}") + TABLE
    reading = read(stacked(text) if stacks else text)
    assert reading.projects[0].name == "湿地修复"
    assert read_rows(reading) == ["产出/数量/修复面积/≥300亩", "产出/质量/成活率/≥85%"]


@pytest.mark.parametrize(
    ("line", "name", "target"),
    [
        ("新增监测站点数量（ ≥**个 ） >=4个", "新增监测站点数量（≥**个）", "≥4个"),
        ("栽植苗木（ ≥ **万株 ） ≥12万株", "栽植苗木（≥**万株）", "≥12万株"),
        ("管护费用(≤**万元) ≤30万元", "管护费用（≤**万元）", "≤30万元"),
        ("鸟类 种群 数量 ≥80种", "鸟类种群数量", "≥80种"),
    ],
)
def test_a_hint_in_the_name_is_no_target(line, name, target):
    reading = read(HEAD + TABLE.replace("质量指标", f"{line}\n质量指标"))
    item = reading.projects[0].indicators[1]
    said = "".join(item.name.split()).replace("(", "（").replace(")", "）")
    assert (item.level2, said, item.target.text.replace(">=", "≥")) == ("数量指标", name, target)
    assert reading.projects[0].indicators[2].level2 == "质量指标"


@pytest.mark.parametrize(
    "footer",
    [
        "财政部门支出股室初审意见 （盖章）",
        "乡村振兴局审核意见 同意",
        "主管部门意见： 情况属实",
        "（公章） 2026年1月5日",
        "填报人：张三 联系电话：13800000000",
        "分管领导（签字）： 李四",
    ],
)
@pytest.mark.parametrize("stacks", [False, True])
def test_opinions_and_stamps_below_the_table_are_no_indicators(footer, stacks):
    text = HEAD + TABLE + footer
    reading = read(stacked(text) if stacks else text)
    assert read_rows(reading) == ["产出/数量/修复面积/≥300亩", "产出/质量/成活率/≥85%"]


def test_a_name_that_sounds_like_a_footer_is_an_indicator():
    reading = read(HEAD + TABLE + "效益指标 社会效益指标 公众意见 ≥20条\n征求意见 ≥30条")
    assert [row.split("/")[2] for row in read_rows(reading)][2:] == ["公众意见", "征求意见"]


@pytest.mark.parametrize("stacks", [False, True])
@pytest.mark.parametrize(
    ("heads", "values"),
    [
        ("周期指标值 本年度指标值", "900亩 300亩"),
        ("指标值 拟完成", "≥900亩 ≥300亩"),
        ("2025年完成值 2026年指标值", "200亩 300亩"),
        ("年初指标值 1-6月完成值 全年预计", "≥300亩 120亩 300亩"),
        ("上年 指标值", "200亩 300亩"),
    ],
)
def test_two_columns_of_values__finding(heads, values, stacks):
    text = (
        HEAD
        + f"一级指标 二级指标 三级指标 {heads}\n产出指标 数量指标 修复面积 {values}\n"
        + f"质量指标 苗木存活 {values}\n"
    )
    reading = read(stacked(text) if stacks else text)
    found = [item for item in reading.findings if item.code == "cells-lost"]
    assert len(found) == 1
    assert found[0].remedy
    assert "form-without-table" not in dict(codes(reading))
    assert read_rows(reading) == []


def test_a_head_that_no_list_has_is_named_in_the_refusal():
    reading = read(HEAD + TABLE.replace("指标值", "指标值 拟完成").replace("亩", "亩 ≥100亩"))
    assert "拟完成" in next(item.text for item in reading.findings if item.code == "cells-lost")


@pytest.mark.parametrize("stacks", [False, True])
def test_levels_that_no_list_has(stacks):
    text = HEAD + (
        "一级指标 二级指标 三级指标 指标值\n项目完成 数量指标 修复面积 ≥300亩\n质量指标 成活率 ≥85%\n"
        "产出指标 安全指标 安全事故 ≤1起\n整改率 ≥98%\n效益指标 生态效益指标 水质 明显改善\n"
    )
    reading = read(stacked(text) if stacks else text)
    assert read_rows(reading) == [
        "项目/数量/修复面积/≥300亩",
        "项目/质量/成活率/≥85%",
        "产出/安全/安全事故/≤1起",
        "产出/安全/整改率/≥98%",
        "效益/生态/水质/明显改善",
    ]
    assert "高" not in {i.confidence.value for i in reading.projects[0].indicators}


def test_a_word_of_both_levels_is_the_second_where_it_can_be():
    reading = read(
        HEAD
        + TABLE
        + "成本指标 亩均成本 ≤5000元\n效益指标 社会效益指标 就业人数 ≥30人\n服务对象满意度指标 居民满意度 ≥90%"
    )
    assert read_rows(reading)[2:] == [
        "产出/成本/亩均成本/≤5000元",
        "效益/社会/就业人数/≥30人",
        "效益/服务/居民满意度/≥90%",
    ]


def test_wide_gaps_stand_between_cells():
    wide = (HEAD + TABLE).replace(" ", "   ").replace("修复面积", "修复 面积")
    reading = read(wide)
    assert read_rows(reading) == ["产出/数量/修复 面积/≥300亩", "产出/质量/成活率/≥85%"]
    assert "cells-restored" not in dict(codes(reading))


GLUED = """绩效目标表
（2026年度）
项目名称湿地修复
主管部门某市林业局实施单位湿地中心
年度资金总额：160
绩效指标一级指标二级指标三级指标指标值
产出指标数量指标修复面积≥300亩
新建5号监测站3座
质量指标成活率85%
时效指标完工时间2026年11月底前
成本指标亩均成本不超过5000元
满意度指标服务对象满意度指标居民满意度≥90%
"""


def test_cells_glued_together():
    reading = read(GLUED)
    project = reading.projects[0]
    assert (project.name, str(project.budget)) == ("湿地修复", "160")
    assert read_rows(reading) == [
        "产出/数量/修复面积/≥300亩",
        "产出/数量/新建5号监测站/3座",
        "产出/质量/成活率/85%",
        "产出/时效/完工时间/2026年11月底前",
        "产出/成本/亩均成本/不超过5000元",
        "满意/服务/居民满意度/≥90%",
    ]
    assert {i.confidence.value for i in project.indicators} == {"中"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("三级指标指标值", "三级指标指标值分值"),  # points behind a target have no end
        ("产出指标数量", "项目完成数量"),  # a level 1 that no list has
        ("质量指标", "安全指标"),
    ],
)
def test_cells_glued_together_that_nothing_tells_apart__finding(old, new):
    reading = read(GLUED.replace(old, new))
    assert read_rows(reading) == []
    assert "cells-lost" in dict(codes(reading))


def test_words_glued_to_a_name_are_not_guessed__finding():
    reading = read(GLUED + "效益指标社会效益指标居民环境意识明显提升")
    last = reading.projects[0].indicators[-1]
    assert (last.name, last.target.text, last.confidence.value) == ("居民环境意识明显提升", "", "低")
    assert "row-incomplete" in dict(codes(reading))


@pytest.mark.parametrize("line", ["修复面积 300亩 ≥500亩", "数量 15 300"])
def test_a_target_inside_a_name__finding(line):
    reading = read(HEAD + TABLE + f"时效指标 {line}")
    assert {"name-doubtful", "cell-unplaced", "row-incomplete"} & set(dict(codes(reading)))


@pytest.mark.parametrize("row", ["新建公厕超4座", "培训人数达500人", "资料报送学期结束后30日内"])
def test_what_may_end_a_name_or_begin_a_target_is_not_guessed__finding(row):
    reading = read(GLUED + f"效益指标社会效益指标{row}")
    last = reading.projects[0].indicators[-1]
    assert {last.name, last.target.text} == {row, ""}
    assert last.confidence.value == "低"
    assert "row-incomplete" in dict(codes(reading))


def test_a_name_on_two_lines_before_its_target():
    reading = read(stacked(HEAD + TABLE.replace("成活率", "验收 合格率")))
    assert [row.replace("\n", "").replace(" ", "") for row in read_rows(reading)][1] == (
        "产出/质量/验收合格率/≥85%"
    )
