"""Tables copied from a web page: the cells before a name are gone where they were merged."""

import pytest

from evaluator.forms import read_forms
from evaluator.readers import read_source
from evaluator.records.approved import Confidence
from tests.written import codes, read

HEAD = "项目支出绩效目标表\n项目名称\t校舍维修\n项目资金（万元）\t年度资金总额：320\n年度目标\t维修校舍，改善条件。\n"


def read_text(tmp_path, table, sep="\t"):
    path = tmp_path / "a.txt"
    path.write_text((HEAD + table).replace("\t", sep), encoding="utf-8")
    source, _ = read_source(path, tmp_path)
    assert source
    return read_forms(source, 2026)


def read_rows(reading):
    return [
        f"{i.level2}/{i.name}/{i.target.text}" for project in reading.projects for i in project.indicators
    ]


EXPECTED = [
    "数量指标/维修面积/12000平方米",
    "数量指标/受益学校/15所",
    "质量指标/设备合格率/100%",
    "质量指标/验收情况/全部合格",
    "社会效益指标/办学条件/明显改善",
    "服务对象满意度指标/师生满意度/95%",
    "服务对象满意度指标/家长满意度/≥90%",
]


@pytest.mark.parametrize("sep", ["\t", "   "])
@pytest.mark.parametrize(
    "heads", ["一级指标\t二级指标\t三级指标\t指标值", "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t备注"]
)
def test_a_row_that_lost_its_merged_cells_is_a_name_and_its_target(tmp_path, heads, sep):
    reading = read_text(
        tmp_path,
        heads
        + """
产出指标\t数量指标\t维修面积\t12000平方米
受益学校\t15所
质量指标\t设备合格率\t100%
验收情况\t全部合格
效益指标\t社会效益指标\t办学条件\t明显改善
满意度指标\t服务对象满意度指标\t师生满意度\t95%
家长满意度\t≥90%""",
        sep,
    )
    assert read_rows(reading) == EXPECTED
    assert "row-outside" not in dict(codes(reading))
    shifted = [i for i in reading.projects[0].indicators if i.name in ("受益学校", "家长满意度")]
    assert {i.confidence for i in shifted} == {Confidence.MEDIUM}


@pytest.mark.parametrize(
    "row",
    [
        "填表人\t张三",
        "联系电话\t13800000000",
        "主管部门审核意见\t同意",
        "年度预算\t320万元",
        "（盖章）\t2026年2月1日",
        "合计\t100",
    ],
)
def test_what_stands_below_such_a_table_is_no_indicator(tmp_path, row):
    reading = read_text(
        tmp_path,
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t维修面积\t12000平方米\n"
        f"质量指标\t合格率\t100%\n{row}",
    )
    assert read_rows(reading) == ["数量指标/维修面积/12000平方米", "质量指标/合格率/100%"]


def test_where_gaps_are_kept_a_row_that_begins_left_is_outside__finding():
    reading = read(
        """
    项目支出绩效目标表
    项目名称 | 校舍维修 | 预算金额（万元） | 320
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 维修面积 | 12000平方米
    | 质量指标 | 合格率 | 100%
    设备购置 | 5台
    """
    )
    assert read_rows(reading) == ["数量指标/维修面积/12000平方米", "质量指标/合格率/100%"]
    assert "row-outside" in dict(codes(reading))
