"""Layouts other than 鄂州's; none of them needs Python of its own.

Those named after a place are written down as its forms are known to look, not copied from originals.
"""

from decimal import Decimal

import pytest

from evaluator.records.approved import Horizon, Operator
from tests.written import codes, form, read, rows

HEAD = """
    XX市项目支出绩效目标申报表
    项目名称 | 河道清淤 | 主管部门 | 某市水利局
    实施单位 | 某市河道管理处 | 预算金额（万元） | 120.50
"""


def test_operator_value_and_unit_in_columns_of_their_own():
    reading = read(
        HEAD
        + """
    年度绩效目标 | 清淤河道，保障行洪。
    一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 分值
    产出指标 | 数量指标 | 清淤长度 | ≥ | 12.5 | 公里 | 20
    | 时效指标 | 完成及时率 | = | 100 | % | 10
    """
    )
    project = reading.projects[0]
    first, second = project.annual
    assert (first.target.operator, first.target.value, first.target.unit) == (
        Operator.AT_LEAST,
        Decimal("12.5"),
        "公里",
    )
    assert (second.target.operator, second.target.value, second.target.unit) == (
        Operator.EQUAL,
        Decimal(100),
        "%",
    )
    assert [first.points, second.points] == [Decimal(20), Decimal(10)]
    assert project.budget == Decimal("120.50")
    assert project.facts == {"主管部门": "某市水利局", "实施单位": "某市河道管理处"}


def test_values_of_earlier_years_under_a_second_header_row():
    """The older Hubei form: 指标值 stands over 前年, 上年 and 预计当年实现; 绩效标准 is the basis."""
    reading = read(
        HEAD
        + """
    年度绩效目标表
    目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | | | 绩效标准
    | | | | 前年 | 上年 | 预计当年实现 |
    年度目标1 | 产出指标 | 数量指标 | 清淤长度 | 10公里 | 11公里 | ≥12公里 | 历史标准
    """
    )
    indicator = reading.projects[0].annual[0]
    assert (indicator.target.text, indicator.basis) == ("≥12公里", "历史标准")
    assert indicator.extras == {"前年": "10公里", "上年": "11公里"}


def test_long_term_and_annual_side_by_side():
    reading = read(
        HEAD
        + """
    | 长期目标 | | | 年度目标 | |
    总体目标 | 三年清淤六十公里。 | | | 本年清淤二十公里。
    一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 清淤长度 | ≥60公里 | 数量指标 | 清淤长度 | ≥20公里
    | 质量指标 | 验收合格率 | =100% | 质量指标 | 验收合格率 | ≥95%
    | | | | 时效指标 | 汛前完成 | 5月底前
    """
    )
    assert rows(reading) == [
        "LT-CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥60公里 | ",
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥20公里 | ",
        "LT-CC-02 | 产出指标 | 质量指标 | 验收合格率 | =100% | ",
        "CC-02 | 产出指标 | 质量指标 | 验收合格率 | ≥95% | ",
        "CC-03 | 产出指标 | 时效指标 | 汛前完成 | 5月底前 | ",
    ]
    goals = {goal.horizon: goal.text for goal in reading.projects[0].goals}
    assert goals == {Horizon.LONG_TERM: "三年清淤六十公里。", Horizon.ANNUAL: "本年清淤二十公里。"}


def test_several_annual_goals():
    reading = read(
        form(
            """
            年度目标1 | 产出指标 | 数量指标 | 培训场次 | ≥5场 | 计划标准
            年度目标2 | 产出指标 | 数量指标 | 宣传场次 | ≥6场 | 计划标准
             | 效益指标 | 社会效益指标 | 知晓率 | ≥90% | 计划标准
            """
        )
    )
    assert [(i.goal, i.name) for i in reading.projects[0].annual] == [
        (1, "培训场次"),
        (2, "宣传场次"),
        (2, "知晓率"),
    ]


def test_a_form_over_several_pages_with_title_and_header_repeated():
    page = "项目支出绩效目标批复表\n目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据\n"
    reading = read(
        form("年度目标1 | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准")
        + f"\n{page} | | 质量指标 | 合规率 | =100% | 计划标准"
    )
    assert [project.name for project in reading.projects] == ["法律服务"]
    assert rows(reading)[1] == "CC-02 | 产出指标 | 质量指标 | 合规率 | =100% | 计划标准"


def test_a_header_that_no_list_has_is_kept_and_said():
    reading = read(
        HEAD
        + """
    一级指标 | 二级指标 | 三级指标 | 指标值 | 牵头科室
    产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 工程科
    """
    )
    assert reading.projects[0].annual[0].extras == {"牵头科室": "工程科"}
    assert "header-unknown" in dict(codes(reading))


def test_a_lost_header__finding():
    reading = read(HEAD + "年度绩效目标表\n年度目标1 | 产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 计划标准")
    assert rows(reading) == ["CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 计划标准"]
    assert "header-missing" in dict(codes(reading))


def test_what_is_no_form_is_said_once():
    reading = read("关于下达预算的通知\n各单位：\n序号 | 科目 | 金额\n1 | 办公费 | 3")
    assert [code for code, _ in codes(reading)] == ["no-form"]


def test_text_around_a_form_is_named_not_read():
    reading = read(
        "关于批复绩效目标的通知\n各单位：现将目标批复如下。\n"
        + form("年度目标1 | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准")
        + "\n注：本表一式两份。"
    )
    assert [code for code, _ in codes(reading)].count("text-not-read") == 2


def test_a_form_without_indicators__finding():
    reading = read(form(""))
    assert "form-without-table" in dict(codes(reading))


def test_budget_in_yuan_is_read_by_the_unit_of_the_head():
    text = form("年度目标1 | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", budget="110,000")
    assert read(text.replace("金额单位：万元", "金额单位：元")).projects[0].budget == Decimal(11)


def test_a_budget_that_is_no_amount__finding():
    text = form("年度目标1 | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准", budget="待定")
    assert "budget-unreadable" in dict(codes(read(text)))


TABLE = """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 清淤长度 | ≥12公里
"""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("总体目标 | 清淤十二公里，保障行洪。", "清淤十二公里，保障行洪。"),
        ("绩效目标 | 清淤十二公里，保障行洪。", "清淤十二公里，保障行洪。"),
        ("年度总体目标 | 清淤十二公里，保障行洪。", "清淤十二公里，保障行洪。"),
        ("总体目标 | 年度目标 | 清淤十二公里，保障行洪。", "清淤十二公里，保障行洪。"),
        ("总体目标 | 见附件", None),
    ],
)
def test_a_goal_text_under_a_general_name_is_the_years(line, text):
    project = read(f"项目绩效目标表\n项目名称 | 清淤 | 项目预算 | 11\n{line}\n{TABLE}").projects[0]
    assert [goal.text for goal in project.goals if goal.horizon is Horizon.ANNUAL] == ([text] if text else [])


def test_goal_texts_below_the_heads_of_two_sides_whose_own_head_is_merged():
    reading = read(
        HEAD
        + """
    总体目标 | 实施期目标（2025年—2027年） | | | 年度目标 | |
     | 三年清淤六十公里。 | | | 本年清淤二十公里。 | |
    一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 清淤长度 | ≥60公里 | 数量指标 | 清淤长度 | ≥20公里
    """
    )
    goals = {goal.horizon: goal.text for goal in reading.projects[0].goals}
    assert goals == {Horizon.LONG_TERM: "三年清淤六十公里。", Horizon.ANNUAL: "本年清淤二十公里。"}


def test_the_years_funds_are_the_budget_not_those_of_the_whole_term():
    head = "项目绩效目标表\n项目名称 | 清淤\n实施期资金总额： | 900 | 年度资金总额： | 300\n"
    project = read(head + TABLE).projects[0]
    assert (project.budget, project.facts["实施期资金总额"]) == (300, "900")


def test_the_unit_that_carries_a_project_out_stands_for_one_that_applies():
    project = read(f"项目绩效目标表\n项目名称 | 清淤 | 实施单位 | 某县水利局\n{TABLE}").projects[0]
    assert project.applicant == "某县水利局"


def test_a_form_of_a_whole_unit_is_said_and_skipped():
    whole = f"部门（单位）整体支出绩效目标表\n部门名称 | 某局\n{TABLE}"
    reading = read(whole)
    assert (reading.projects, [code for code, _ in codes(reading)]) == ((), ["form-of-whole-unit"])
    reading = read(f"{whole}\n项目绩效目标表\n项目名称 | 清淤 | 项目预算 | 11\n{TABLE}")
    assert [project.name for project in reading.projects] == ["清淤"]
    reading = read(f"{whole}\n项目名称 | 清淤 | 项目预算 | 11\n{TABLE}")
    assert [project.name for project in reading.projects] == ["清淤"]


PLAIN = """
项目绩效目标表
项目名称 | 河道清淤 | 预算数（万元） | 300
年度绩效目标 | 完成清淤任务，水质改善
"""


def test_printed_rows_that_nobody_used_are_no_indicators():
    reading = read(
        PLAIN
        + """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 指标1：清淤长度 | ≥10公里
     | | 指标2： |
     | | …… |
     | 质量指标 | 指标1： |
    效益指标 | 经济效益指标 | |
     | 社会效益指标 | 指标1：群众获得感 | 增强
    """
    )
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥10公里 | ",
        "XY-01 | 效益指标 | 社会效益指标 | 群众获得感 | 增强 | ",
    ]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("heads", "extras"),
    [
        (("2024年指标值", "2025年指标值", "2026年指标值"), {"2024年指标值", "2025年指标值"}),
        (("2025年度目标值", "2026年度目标值", "2027年度目标值"), {"2025年度目标值", "2027年度目标值"}),
        (("上年完成值", "半年（程）指标值", "全年（程）指标值"), {"上年完成值", "半年（程）指标值"}),
    ],
)
def test_of_several_years_values_the_one_of_the_year_is_the_target(heads, extras):
    values = {head: f"≥{number}公里" for number, head in enumerate(heads, start=5)}
    wanted = next(head for head in heads if head not in extras)
    table = f"一级指标 | 二级指标 | 三级指标 | {' | '.join(heads)}\n产出指标 | 数量指标 | 清淤长度 | "
    item = read(PLAIN + table + " | ".join(values.values())).projects[0].annual[0]
    assert item.target.text == values[wanted]
    assert item.extras == {head: values[head] for head in extras}


def test_one_name_with_a_value_of_the_term_and_one_of_the_year():
    reading = read(
        PLAIN
        + """
    一级指标 | 二级指标 | 三级指标 | 实施期指标值 | 年度指标值
    产出指标 | 数量指标 | 清淤长度 | ≥30公里 | ≥10公里
     | 时效指标 | 完成时间 | 2028年底前 | 2026年12月底前
    """
    )
    assert rows(reading) == [
        "LT-CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥30公里 | ",
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥10公里 | ",
        "LT-CC-02 | 产出指标 | 时效指标 | 完成时间 | 2028年底前 | ",
        "CC-02 | 产出指标 | 时效指标 | 完成时间 | 2026年12月底前 | ",
    ]


def test_a_form_of_a_transfer_payment():
    reading = read(
        """
    中央对地方转移支付区域绩效目标表
    项目名称 | 就业补助资金
    主管部门 | 人社部 | 专项实施期 | 长期
    资金情况（万元） | 年度金额： | 1000
     | 其中：中央补助 | 800
     | 地方资金 | 200
    总体目标 | 实施期总目标 | 年度目标
     | 稳定就业形势，三年总体向好。 | 新增就业5000人，稳定就业。
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
     | 产出指标 | 数量指标 | 新增就业 | ≥15000人 | 数量指标 | 新增就业 | ≥5000人
    """
    )
    project = reading.projects[0]
    assert (project.budget, project.facts["其他资金"]) == (1000, "200")
    assert [(goal.horizon.value, goal.text) for goal in project.goals] == [
        ("长期", "稳定就业形势，三年总体向好。"),
        ("年度", "新增就业5000人，稳定就业。"),
    ]
    assert [item.target.text for item in project.annual] == ["≥5000人"]


def test_levels_that_are_called_goals():
    reading = read(
        PLAIN
        + """
    分解目标
    一级目标 | 二级目标 | 三级目标 | 指标目标值
    产出目标 | 数量 | 检查次数 | =12次
    效果目标 | 社会效益 | 分类纯净度 | 提高
    """
    )
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量 | 检查次数 | =12次 | ",
        "XY-01 | 效益指标 | 社会效益 | 分类纯净度 | 提高 | ",
    ]
    assert codes(reading) == []


def test_a_table_without_level_1_takes_it_from_level_2():
    reading = read(
        PLAIN
        + """
    指标类别 | 指标名称 | 指标值 | 权重
    数量指标 | 宣传场次 | ≥10场 | 40
    社会效益指标 | 知晓率 | ≥80% | 30
    服务对象满意度指标 | 群众满意度 | ≥90% | 20
    """
    )
    assert [item.level1 for item in reading.projects[0].annual] == ["产出指标", "效益指标", "满意度指标"]
    # 服务对象满意度指标 stands below 效益指标 in some forms; the others have one level 1 everywhere.
    assert codes(reading) == [("level1-inferred", "第8行第2列")]
    assert [item.confidence.value for item in reading.projects[0].annual] == ["高", "高", "低"]


def test_sums_are_no_indicators():
    reading = read(
        PLAIN
        + """
    一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
    产出指标 | 数量指标 | 清淤长度 | ≥10公里 | 90
    合计 | | | | 90
    """
    )
    assert len(reading.projects[0].annual) == 1
    assert codes(reading) == [("text-not-read", "第7行第1列")]


def test_goals_that_stand_over_their_own_tables():
    """The older form of Wuhan: each goal in a row with the title of its table, 指标内容 for the name."""
    reading = read(
        """
    2026年度武汉市市直部门项目支出绩效目标表
    项目名称 | 信访维稳 | 项目编码 | 420100T0001
    项目总预算 | 150 | 项目当年预算 | 50
    长期目标：维护社会和谐稳定 | 长期绩效指标
    一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
    产出指标 | 数量指标 | 接访批次 | ≥1000批 |
    年度目标：全年化解信访矛盾 | 年度绩效指标
    一级指标 | 二级指标 | 指标内容 | 指标值 | | | 备注
     | | | 前年 | 上年 | 预计当年实现 |
    产出指标 | 数量指标 | 接访批次 | 300批 | 320批 | ≥330批 |
     | 质量指标 | 化解率 | 90% | 92% | ≥95% |
    """
    )
    project = reading.projects[0]
    assert [(goal.horizon.value, goal.number, goal.text) for goal in project.goals] == [
        ("长期", 1, "维护社会和谐稳定"),
        ("年度", 1, "全年化解信访矛盾"),
    ]
    assert rows(reading) == [
        "LT-CC-01 | 产出指标 | 数量指标 | 接访批次 | ≥1000批 | ",
        "CC-01 | 产出指标 | 数量指标 | 接访批次 | ≥330批 | ",
        "CC-02 | 产出指标 | 质量指标 | 化解率 | ≥95% | ",
    ]
    assert (project.budget, project.facts["项目总预算"]) == (50, "150")
    assert codes(reading) == []


def test_the_whole_budget_stands_for_the_years_where_that_is_missing():
    assert read(PLAIN.replace("预算数（万元）", "项目总预算")).projects[0].budget == 300


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("（2026年度）", []),
        ("2026年", []),
        ("（2025年度）", [("form-other-year", "第1行第1列")]),
        ("2025年度", [("form-other-year", "第1行第1列")]),
    ],
)
def test_a_form_of_another_year__finding(line, found):
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥10公里"
    text = PLAIN.replace("项目绩效目标表", f"项目绩效目标表\n{line}") + table
    assert codes(read(text)) == found


def test_the_year_in_a_title__finding():
    text = PLAIN.replace("项目绩效目标表", "2025年某区项目绩效目标表")
    assert ("form-other-year", "第1行第1列") in codes(read(text))


def test_a_form_of_the_capital():
    """（年度）, 总体目标 | 年度目标 over its text, 优良中低差 for 定性, 本年绩效指标值."""
    reading = read(
        """
    项目支出绩效目标申报表
    (2026年度)
    项目名称 | 社保经办
    主管部门及代码 | 045-市人力社保局 | 实施单位 | 045100-市社保中心
    项目期限 | 2026-01-01至2026-12-31
    项目资金（万元） | 年度资金总额： | 1234.567890
    总体目标 | 年度目标
     | 做好社保经办服务工作，保障待遇按时发放。
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 绩效指标性质 | 本年绩效指标值 | 绩效度量单位 | 指标方向性
     | 产出指标 | 数量指标 | 服务人次 | ≥ | 30000 | 人次 | 正向
     | 产出指标 | 进度指标 | 资金支付率 | ＝ | 100 | % | 正向
     | 效益指标 | 社会效益指标 | 群众获得感 | 优良中低差 | 优 | | 正向
     | 成本指标 | 经济成本指标 | 预算控制数 | ≤ | 1234.567890 | 万元 | 反向
    """
    )
    project = reading.projects[0]
    assert [goal.text for goal in project.goals] == ["做好社保经办服务工作，保障待遇按时发放。"]
    assert project.budget == Decimal("1234.567890")
    assert [item.target.text for item in project.annual] == [
        "≥30000人次",
        "＝100%",
        "优",
        "≤1234.567890万元",
    ]
    assert codes(reading) == []


def test_a_row_of_the_head_that_begins_with_something_else():
    text = PLAIN.replace("年度绩效目标", "内部编号 | 7 | 单位名称 | 某县水利局\n年度绩效目标")
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥10公里"
    reading = read(text + table)
    assert reading.projects[0].applicant == "某县水利局"
    assert [code for code, _ in codes(reading)] == ["text-not-read"]


def test_what_an_indicator_means_beside_its_level_and_name_is_a_remark():
    reading = read(
        PLAIN
        + """
    一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标内容
    产出指标 | 数量指标 | 清淤长度 | >= | 3 | 公里 | 反映服务数量
     | | 清淤范围 | 介于 | 5-8 | 公里 |
    """
    )
    first, second = reading.projects[0].annual
    assert (first.level2, first.extras) == ("数量指标", {"指标内容": "反映服务数量"})
    assert (second.target.value, second.target.upper) == (5, 8)
    assert codes(reading) == []


def test_a_year_on_a_line_of_its_own_starts_no_new_form():
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 清淤长度 | ≥10公里"
    reading = read(f"{PLAIN}2026年度\n{table}")
    assert [(p.name, len(p.annual)) for p in reading.projects] == [("河道清淤", 1)]


@pytest.mark.parametrize("heads", ["半年指标值 | 全年指标值", "2025年指标值 | 2026年指标值", "上年 | 指标值"])
def test_a_value_of_another_time_never_stands_in_for_one_that_is_missing(heads):
    table = f"一级指标 | 二级指标 | 三级指标 | {heads}\n产出指标 | 数量指标 | 清淤长度 | ≥5公里 |"
    reading = read(PLAIN + table)
    assert reading.projects[0].annual[0].target.text == ""
    assert ("row-incomplete", "第5行第3列") in codes(reading)


def test_a_form_with_the_whole_terms_and_the_years_money_and_goals():
    """As in Shanghai: both budgets in 元, both goals below their heads, 成本指标 below 产出指标."""
    reading = read(
        """
    财政项目支出绩效目标申报表
    （2026年度）
    项目名称 | 社保经办 | | 项目类别 | 特定目标类
    主管部门 | 某局 | | 实施单位 | 某中心
    计划开始日期 | 2026/1/1 | | 计划完成日期 | 2026/12/31
    项目资金（元） | 项目资金总额 | 3600000 | 年度资金申请总额 | 1200000
     | 其他资金 | 0.00 | 其他资金 | 0.00
    项目绩效目标 | 项目总目标 | | 年度总体目标 |
     | 三年内完成经办大厅改造。 | | 完成当年经办服务，保障待遇发放。 |
    一级指标 | 二级指标 | 三级指标 | 指标值 |
    产出指标 | 数量指标 | 服务人次 | ≥30000人次 |
     | 成本指标 | 经济成本 | ≤1200000元 |
    """
    )
    project = reading.projects[0]
    assert (project.budget, project.facts["项目总预算"]) == (120, "3600000")
    assert [(goal.horizon.value, goal.text) for goal in project.goals] == [
        ("长期", "三年内完成经办大厅改造。"),
        ("年度", "完成当年经办服务，保障待遇发放。"),
    ]
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 服务人次 | ≥30000人次 | ",
        "CC-02 | 产出指标 | 成本指标 | 经济成本 | ≤1200000元 | ",
    ]
    assert codes(reading) == []


def test_a_table_with_levels_for_heads__finding():
    reading = read(
        """
    2026年度项目绩效目标公开表
    序号 | 项目名称 | 金额 | 年度绩效目标 | 数量指标 | 质量指标 | 社会效益指标
    1 | 宣传 | 8.5 | 完成宣传10场 | 宣传场次≥10场 | 合格率≥95% | 知晓率≥80%
    """
    )
    assert (reading.projects, [code for code, _ in codes(reading)]) == ((), ["summary-table"])


def test_names_and_values_in_one_column():
    reading = read(
        PLAIN
        + """
    一级指标 | 二级指标 | 绩效指标内容及目标值
    产出指标 | 数量指标 | 清淤长度≥10公里
     | 质量指标 | 验收合格率：达到100%
     | 时效指标 | 2026年12月底前完成
    效益指标 | 社会效益指标 | 群众生活环境明显改善
    """
    )
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 清淤长度 | ≥10公里 | ",
        "CC-02 | 产出指标 | 质量指标 | 验收合格率 | 达到100% | ",
        "CC-03 | 产出指标 | 时效指标 | 2026年12月底前完成 | 2026年12月底前完成 | ",
        "XY-01 | 效益指标 | 社会效益指标 | 群众生活环境明显改善 | 群众生活环境明显改善 | ",
    ]
    kinds = [item.target.kind.value for item in reading.projects[0].annual]
    assert kinds == ["定量", "定量", "时限", "定性"]


def test_a_value_column_that_no_list_has_is_not_guessed():
    reading = read(
        PLAIN + "一级指标 | 二级指标 | 三级指标 | 考核结果\n产出指标 | 数量指标 | 清淤长度≥10公里 | 好"
    )
    assert ("row-incomplete", "第5行第3列") in codes(reading)


TABLE = "一级指标 | 二级指标 | 三级指标 | "


def test_a_value_of_the_term_and_of_the_year_under_one_head():
    reading = read(
        PLAIN + TABLE + "指标值 |\n | | | 中长期 | 年度\n产出指标 | 数量指标 | 清淤长度 | ≥900公里 | ≥300公里"
    )
    assert [i.target.text for i in reading.projects[0].indicators] == ["≥900公里", "≥300公里"]
    assert [i.target.text for i in reading.projects[0].annual] == ["≥300公里"]


def test_operator_value_and_unit_under_one_head():
    text = (
        "年度指标值 | |\n | | | 运算符号 | 内容 | 计量单位\n产出指标 | 数量指标 | 清淤长度 | ≥ | 300 | 公里"
    )
    assert [i.target.text for i in read(PLAIN + TABLE + text).projects[0].indicators] == ["≥300公里"]


def test_values_of_term_and_year_named_in_the_lower_row():
    text = (
        "绩效指标值 |\n | | | 实施周期指标值 | 年度指标值\n产出指标 | 数量指标 | 清淤长度 | ≥15公里 | ≥5公里"
    )
    items = read(PLAIN + TABLE + text).projects[0].indicators
    assert [(i.horizon.value, i.target.text) for i in items] == [("长期", "≥15公里"), ("年度", "≥5公里")]


def test_heads_that_reach_down_beside_the_levels():
    text = "绩效指标 | | | 指标值 | 单位\n一级指标 | 二级指标 | 三级指标 | |\n产出指标 | 数量指标 | 清淤长度 | ≥5 | 公里"
    assert [i.target.text for i in read(PLAIN + text).projects[0].annual] == ["≥5公里"]


def test_a_list_whose_project_heads_reach_down():
    reading = read(
        """
    2026年部门预算项目支出绩效目标表
    序号 | 项目名称 | 预算金额 | 年度绩效目标 | 绩效指标 | | |
     | | | | 一级指标 | 二级指标 | 三级指标 | 指标值
    1 | 宣传 | 8.5 | 完成宣传任务 | 产出指标 | 数量指标 | 场次 | ≥10场
    2 | 培训 | 5 | 完成培训任务 | 产出指标 | 数量指标 | 期数 | ≥5期
    """
    )
    found = [(p.name, p.budget, p.annual[0].target.text) for p in reading.projects]
    assert found == [("宣传", Decimal("8.5"), "≥10场"), ("培训", Decimal(5), "≥5期")]


@pytest.mark.parametrize("label", ["长期绩效指标", "中期绩效指标", "长期目标", "长期指标", "实施期绩效指标"])
def test_whose_table_it_is_stands_beside_its_header(label):
    reading = read(
        PLAIN
        + f"""
    {label} | 一级指标 | 二级指标 | 指标内容 | 指标值
     | 产出指标 | 数量指标 | 清淤长度 | ≥30公里
    年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值
     | 产出指标 | 数量指标 | 清淤长度 | ≥10公里
    """
    )
    items = reading.projects[0].indicators
    assert [(i.horizon.value, i.target.text) for i in items] == [("长期", "≥30公里"), ("年度", "≥10公里")]


def test_the_value_counts_before_its_description():
    text = "指标值 | 指标值内容 | 计量单位\n产出指标 | 数量指标 | 培训人数 | ≥500 | 培训500人 | 人"
    item = read(PLAIN + TABLE + text).projects[0].annual[0]
    assert (item.target.text, item.extras) == ("≥500人", {"指标值内容": "培训500人"})


@pytest.mark.parametrize(
    "head",
    [
        "项目支出绩效目标表（单位：元）\n项目名称 | 清淤",
        "项目绩效目标表\n单位： | 元\n项目名称 | 清淤",
        "项目绩效目标表\n项目名称 | 清淤 | 单位 | 元",
        "项目绩效目标表（金额单位：元）\n项目名称 | 清淤",
    ],
)
def test_the_unit_of_money_wherever_it_stands(head):
    text = f"{head}\n项目预算 | 125000\n{TABLE}指标值\n产出指标 | 数量指标 | 长度 | ≥5公里"
    project = read(text).projects[0]
    assert (project.budget, project.applicant) == (Decimal("12.5"), "")


@pytest.mark.parametrize(
    "footer",
    [
        "审核意见 | 同意",
        "财政部门审核意见 | 同意批复",
        "主管部门意见 | 同意上报",
        "保证措施 | 加强管理",
        "备注 | 无",
        "其他说明的问题 | 无",
        "其他需要说明的问题 | 无",
        "需要说明的其他问题 |",
        "填报人 | 张三 | 联系电话 | 13800000000",
        "单位负责人 | 李四 | 填表人 | 王五",
        "填报单位负责人（签字）： | | 填报日期： | 2026年1月10日",
        "总分 | | | 100",
        "总 分 | | | 100",
    ],
)
def test_a_footer_in_cells_is_no_indicator(footer):
    text = f"{TABLE}指标值\n满意度指标 | 满意度指标 | 群众满意度 | ≥90%\n{footer}"
    reading = read(PLAIN + text)
    assert [item.name for item in reading.projects[0].annual] == ["群众满意度"]
    assert {code for code, _ in codes(reading)} <= {"text-not-read"}


@pytest.mark.parametrize(
    "footer",
    [
        "领导批示 | 同意实施",
        "项目实施计划 | 开始时间 | 完成时间 |",
        "1.招标 | 2026年1月 | 2026年3月 |",
        "宣传册 | 5元 | 1000册 | 5000元",
    ],
)
def test_a_row_below_a_table_that_no_list_knows__finding(footer):
    text = f"{TABLE}指标值\n满意度指标 | 满意度指标 | 群众满意度 | ≥90%\n{footer}"
    reading = read(PLAIN + text)
    assert [item.name for item in reading.projects[0].annual] == ["群众满意度"]
    assert codes(reading) == [("row-outside", "第6行第1列")]


def test_signatures_and_opinions_below_a_table_are_no_indicators():
    for footer in (
        "审核人：张三 | | 制表人：李四 |",
        "（盖章） | | 2026年1月5日 |",
        "主管部门意见：同意 | | |",
        "绩效管理股意见 | 同意 | 日期 | 2026年1月8日",
        "业务股室审核意见 | | 同意，请按≥95%考核 |",
        "分管领导： | | 科室负责人： |",
        "预算单位经办人 | 某人 | |",
    ):
        reading = read(PLAIN + f"{TABLE}指标值\n满意度指标 | 满意度指标 | 群众满意度 | ≥90%\n{footer}")
        assert [item.name for item in reading.projects[0].annual] == ["群众满意度"]
        assert codes(reading) == [("text-not-read", "第6行第1列")]


@pytest.mark.parametrize("row", ["群众评价 | | | ≥90%", "群众评价 | ≥90%"])
def test_a_row_that_lost_its_levels_but_has_a_target_is_read(row):
    reading = read(PLAIN + f"{TABLE}指标值\n满意度指标 | 满意度指标 | 群众满意度 | ≥90%\n{row}")
    assert [item.confidence.value for item in reading.projects[0].annual] == ["高", "中"]


@pytest.mark.parametrize(
    "total", ["合计 | | | 90分", "权重合计 | | | 100%", "分值合计：100", "总分 | | | 100"]
)
def test_sums_of_points_are_no_indicators(total):
    reading = read(PLAIN + f"{TABLE}指标值\n满意度指标 | 满意度指标 | 群众满意度 | ≥90%\n{total}")
    assert [item.name for item in reading.projects[0].annual] == ["群众满意度"]


@pytest.mark.parametrize("unused", ["—— | ——", "无 | 无", "/ | /", "不适用 |", "| 无"])
def test_a_printed_row_that_says_it_is_not_used(unused):
    rows_ = f"效益指标 | 经济效益指标 | {unused}\n | 社会效益指标 | 知晓率 | ≥90%"
    reading = read(PLAIN + f"{TABLE}指标值\n{rows_}")
    assert [item.name for item in reading.projects[0].annual] == ["知晓率"]
    assert codes(reading) == []


def test_a_summary_with_a_project_a_row__finding():
    text = """
    2026年项目支出绩效目标表
    序号 | 项目名称 | 预算金额 | 产出指标 | | | 满意度指标
     | | | 数量指标 | 质量指标 | 时效指标 | 服务对象满意度指标
    1 | 培训 | 12.5 | 培训人数≥500人 | 合格率100% | 12月底 | 满意度≥90%
    """
    reading = read(text)
    assert reading.projects == ()
    assert codes(reading) == [("summary-table", "第3行第4列")]


@pytest.mark.parametrize(
    "aside",
    [
        "项目决策 | 项目目标 | 完整性 | —\n | | 明确性 | —\n项目管理 | 资金管理 | 到位率 | —",
        "决策 | 立项依据 | 依据充分性 |\n | | 程序规范性 |\n过程 | 组织实施 | 制度健全性 | /",
        "投入 | 项目立项 | 立项规范性 | ——\n过程 | 业务管理 | 制度执行有效性 | ——",
    ],
)
def test_what_an_evaluation_asks_about_decisions_and_process_is_no_target(aside):
    table = TABLE_OF_LEVELS.format(rows=aside)
    reading = read(HEAD + table)
    assert [(i.level1, i.name) for i in reading.projects[0].annual] == [("产出指标", "清淤长度")]
    assert {code for code, _ in codes(reading)} == {"level-aside"}


def test_process_with_a_target_is_an_indicator():
    table = TABLE_OF_LEVELS.format(
        rows="投入 | 时效指标 | 资金到位率 | ≥95%\n过程 | 成本指标 | 单位成本 | ≤10万元"
    )
    assert [i.name for i in read(HEAD + table).projects[0].annual] == ["资金到位率", "单位成本", "清淤长度"]


TABLE_OF_LEVELS = """
    年度绩效目标 | 清淤河道，保障行洪。
    一级指标 | 二级指标 | 三级指标 | 指标值
    {rows}
    产出指标 | 数量指标 | 清淤长度 | ≥12公里
"""


PROSE = """
1.“河道清淤”项目。
（1）项目概述。清淤河道。
（6）年度预算安排：财政拨款安排{amount}万元。
（7）绩效目标：提升行洪能力。
"""


def test_prose_before_each_form_begins_no_project_and_says_no_budget():
    second = HEAD.replace("河道清淤 ", "河道保洁 ").replace("120.50", "30")
    table = TABLE_OF_LEVELS.format(rows="")
    reading = read(PROSE.format(amount="120") + HEAD + table + PROSE.format(amount="35") + second + table)
    assert [(p.name, str(p.budget), len(p.goals), len(p.annual)) for p in reading.projects] == [
        ("河道清淤", "120.50", 1, 1),
        ("河道保洁", "30", 1, 1),
    ]
    assert {code for code, _ in codes(reading)} == {"text-not-read"}


@pytest.mark.parametrize("line", ["一、项目预算：50万元", "项目预算：总额50万元，其中财政拨款45万元。"])
def test_a_head_of_numbered_paragraphs_is_no_prose(line):
    head = f"项目支出绩效目标申报表\n一、项目名称：河道清淤\n{line}\n二、年度绩效目标：清淤河道，保障行洪。"
    project = read(head + TABLE_OF_LEVELS.format(rows="")).projects[0]
    assert (project.name, project.budget) == ("河道清淤", Decimal(50))
