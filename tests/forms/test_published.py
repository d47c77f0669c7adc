"""Layouts that units publish, with sentences and figures of our own.

Seen in print: Shanghai's, cell by cell; the text of 鄂州's of 2022, of the town's in Hunan and of a county's in
Shaanxi; Jiangxi's, the addresses of its cells; the operators of the budget system. Hunan's open budgets, Chongqing's, Hebei's and Tianjin's are written down
as they are generally known.
"""

from decimal import Decimal

import pytest

from evaluator.records.approved import Horizon, Operator
from tests.written import codes, read, rows

# The budgets of Shanghai's districts, 2026: funds of the term and of the year in one row, the money's unit
# beside a label that is merged over all of them, heads of both goals over both texts, percent in brackets.
SHANGHAI = """
财政项目支出绩效目标申报表 | | | | | | |
（2026年度） | | | | | | |
项目名称 | | 河道养护 | | 项目性质 | 阶段性项目 | 项目类别 | 特定目标类
主管部门 | | 某区水务局 | | 实施单位 | 某区河道中心 | |
计划开始日期 | | 2025-01-01 | | 计划完成日期 | 2027-12-31 | |
项目资金（元） | | 项目资金总额 | | 9,030,000.00 | 年度资金申请总额 | | 3,010,000.00
 | | 其中：财政资金 | | 9,030,000.00 | 其中：当年财政拨款 | | 3,000,000.00
 | | | | | 上年结转资金 | | 10,000.00
 | | 其他资金 | | 0.00 | 其他资金 | | 0.00
项目绩效目标 | 项目总体目标(2025 年-2027 年) | | | | 年度总体目标 | |
 | 三年内全部河道达标。 | | | | 本年完成一半河道的养护。 | |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | | | 年度(/项目)指标值 |
 | 成本指标 | 经济成本指标 | 成本控制合理性 | | | 合理 |
 | 产出指标 | 数量指标 | 养护河道长度 | | | 98.5公里 |
 | | 质量指标 | 水质达标率 | | | =100.00(%) |
 | 效益指标 | 可持续影响指标 | 长效管理制度健全性 | | | 健全 |
 | 满意度指标 | 服务对象满意度指标 | 居民满意度 | | | ≥90.00(%) |
"""


def test_the_form_of_shanghai():
    reading = read(SHANGHAI)
    project = reading.projects[0]
    assert (project.name, project.applicant, project.budget) == ("河道养护", "某区河道中心", Decimal(301))
    assert [(goal.horizon, goal.text) for goal in project.goals] == [
        (Horizon.LONG_TERM, "三年内全部河道达标。"),
        (Horizon.ANNUAL, "本年完成一半河道的养护。"),
    ]
    assert rows(reading) == [
        "CB-01 | 成本指标 | 经济成本指标 | 成本控制合理性 | 合理 | ",
        "CC-01 | 产出指标 | 数量指标 | 养护河道长度 | 98.5公里 | ",
        "CC-02 | 产出指标 | 质量指标 | 水质达标率 | =100.00(%) | ",
        "XY-01 | 效益指标 | 可持续影响指标 | 长效管理制度健全性 | 健全 | ",
        "MY-01 | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90.00(%) | ",
    ]
    assert [(i.target.operator, i.target.value, i.target.unit) for i in project.annual if i.target.value] == [
        (Operator.EQUAL, Decimal("98.5"), "公里"),
        (Operator.EQUAL, Decimal(100), "%"),
        (Operator.AT_LEAST, Decimal(90), "%"),
    ]
    assert codes(reading) == [("operator-as-equal", "第14行第4列")]


def test_of_funds_that_stand_twice_in_a_row_the_right_ones_are_the_years():
    facts = read(SHANGHAI).projects[0].facts
    assert {fact: text for fact, text in facts.items() if "拨款" in fact or "资金" in fact} == {
        "实施期其中：财政拨款": "9,030,000.00",
        "其中：财政拨款": "3,000,000.00",
        "上年结转资金": "10,000.00",
        "实施期其他资金": "0.00",
        "其他资金": "0.00",
    }


def test_a_first_level_cell_that_was_left_empty_in_the_first_row__finding():
    reading = read(SHANGHAI.replace(" | 成本指标 | 经济成本指标", " | | 生态环境成本指标"))
    first = reading.projects[0].annual[0]
    assert (first.level1, first.confidence.value) == ("成本指标", "低")
    assert ("level1-inferred", "第13行第4列") in codes(reading)


# Ningxiang: the table says whose it is beside its header, the budget has a word before its figure.
HUNAN = """
项目绩效目标表（2026年度）
填报单位（盖章）：某镇人民政府
项目名称 | 道路整修 | 项目属性 | 延续项目
资金总额及构成 | 总额106.75万元
项目绩效目标 | 长期目标 | 年度目标
 | 改善镇域道路，方便群众出行 | 完成两条道路的整修
长期绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
 | 产出指标 | 数量指标 | 整修道路 | 6条 |
年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
 | 产出指标 | 数量指标 | 整修道路 | 2条 |
"""


def test_the_form_of_a_town_in_hunan():
    reading = read(HUNAN)
    project = reading.projects[0]
    assert (project.name, project.applicant, project.budget) == (
        "道路整修",
        "某镇人民政府",
        Decimal("106.75"),
    )
    assert [(i.horizon, i.name, i.target.text) for i in project.indicators] == [
        (Horizon.LONG_TERM, "整修道路", "6条"),
        (Horizon.ANNUAL, "整修道路", "2条"),
    ]


@pytest.mark.parametrize("beside", ["header", "first row"])
def test_whose_indicators_they_are_in_a_cell_merged_beside_them(beside):
    text = "项目绩效目标表\n项目名称 | 道路整修 | 预算数 | 3"
    for horizon, value in (("长期绩效指标", "≥900人"), ("年度绩效指标", "≥300人")):
        first, second = (horizon, "") if beside == "header" else ("", horizon)
        text += f"\n{first} | 一级指标 | 二级指标 | 三级指标 | 指标值"
        text += f"\n{second} | 产出指标 | 数量指标 | 培训人数 | {value}\n | | 质量指标 | 合格率 | ≥90%"
    indicators = read(text).projects[0].indicators
    assert [(i.horizon, i.target.text) for i in indicators] == [
        (Horizon.LONG_TERM, "≥900人"),
        (Horizon.LONG_TERM, "≥90%"),
        (Horizon.ANNUAL, "≥300人"),
        (Horizon.ANNUAL, "≥90%"),
    ]


# Hunan's open budgets: units and projects in one column, both goals beside the table, values twice.
OPEN_BUDGET = """
2026年部门项目支出绩效目标表
单位编码 | 单位（项目）名称 | 资金总额 | 实施期绩效目标 | 本年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值内容 | 评（扣）分标准 | 指标值类型
301 | 某县人社局 | 50.00 | | | | | | | | |
301001 | 就业培训 | 30.00 | 三年培训1500人 | 本年培训500人 | 产出指标 | 数量指标 | 培训人数 | ≥500人 | 培训人数达到要求 | 每少1人扣0.1分 | 定量
 | | | | | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 学员满意 | 每低1%扣1分 | 定量
301001 | 系统维护 | 20.00 | 三年维护三套系统 | 本年维护系统 | 产出指标 | 数量指标 | 系统数 | =3套 | 维护系统 | 少一套不得分 | 定量
"""


def test_units_and_projects_in_one_column():
    reading = read(OPEN_BUDGET)
    assert [(p.name, p.applicant, p.budget) for p in reading.projects] == [
        ("就业培训", "某县人社局", Decimal(30)),
        ("系统维护", "某县人社局", Decimal(20)),
    ]
    assert [i.horizon for p in reading.projects for i in p.indicators] == [Horizon.ANNUAL] * 3
    assert [i.target.text for p in reading.projects for i in p.indicators] == ["≥500人", "≥90%", "=3套"]
    assert ("list-unit-row", "第3行第2列") in codes(reading)


@pytest.mark.parametrize(("unit_row", "projects"), [("50.00", 2), ("51.00", 3), ("", 3)])
def test_a_row_of_a_list_is_a_units_where_its_money_is_the_sum_of_what_is_below(unit_row, projects):
    text = OPEN_BUDGET.replace("单位（项目）名称", "项目名称").replace("50.00", unit_row)
    assert len(read(text).projects) == projects


# Chongqing: no levels; funds and goal under names of their own.
CHONGQING = """
2026年市级部门项目支出绩效目标表
 | | | | 单位：元
项目名称 | 社区矫正 | 业务主管部门 | 某市司法局 |
预算执行率权重（10%） | 10 | 项目分类 | 一般性项目 |
当年预算 | 1200000 | 市级支出 | 1000000 |
立项依据 | 社区矫正办法
当年整体绩效目标 | 完成全年矫正任务，降低再犯罪率。
绩效指标 | 指标 | 指标权重 | 计量单位 | 指标性质 | 指标值
 | 矫正对象人数 | 60 | 人 | ≥ | 500
 | 群众满意度 | 30 | % | ≥ | 90
"""


def test_the_form_of_chongqing__its_missing_levels_are_one_finding():
    reading = read(CHONGQING)
    project = reading.projects[0]
    assert (project.name, project.budget, project.goals[0].text) == (
        "社区矫正",
        Decimal(120),
        "完成全年矫正任务，降低再犯罪率。",
    )
    assert [(i.name, i.target.text, i.points, i.confidence.value) for i in project.annual] == [
        ("矫正对象人数", "≥500人", 60, "低"),
        ("群众满意度", "≥90%", 30, "低"),
    ]
    assert [code for code, _ in codes(reading)].count("levels-absent") == 1
    assert "level-unknown" not in [code for code, _ in codes(reading)]


# Hebei: the budget beside its parts, what the money is for below them, a description of each indicator.
HEBEI = """
社区矫正项目绩效目标表
 | | | | 单位：元
项目编码 | 13000 | 项目名称 | 社区矫正 |
预算规模及资金用途 | 预算数 | 1200000 | 其中：财政资金 | 1200000 | 其他资金 |
 | 用于社区矫正对象的管理
绩效目标 | 1.完成社区矫正任务。
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 | 指标值确定依据
产出指标 | 数量指标 | 矫正人数 | 全年矫正对象人数 | ≥500人 | 计划标准
"""


def test_the_form_of_hebei__what_money_is_for_is_no_amount():
    reading = read(HEBEI)
    project = reading.projects[0]
    assert (project.budget, project.facts) == (
        Decimal(120),
        {"项目编码": "13000", "其中：财政拨款": "1200000"},
    )
    assert rows(reading) == ["CC-01 | 产出指标 | 数量指标 | 矫正人数 | ≥500人 | 计划标准"]
    assert codes(reading) == [("text-not-read", "第5行第2列")]


# Jiangxi: a margin of one column, the goal's text in a row below its name.
JIANGXI = """
 | 2026年省级部门预算归类项目绩效目标表
 | 项目名称 | | 社区矫正
 | 资金情况（万元） | 项目资金总额 | | 120
 | | 其中：财政资金 | | 100
 | 年度绩效目标
 | 完成社区矫正任务。
 | 一级指标 | 二级指标 | 三级指标 | 指标值
 | 产出指标 | 数量指标 | 矫正人数 | ≥500人
 | 备注：本表一式两份
"""


def test_the_form_of_jiangxi__a_goals_text_below_its_name():
    reading = read(JIANGXI)
    project = reading.projects[0]
    assert (project.budget, [goal.text for goal in project.goals]) == (Decimal(120), ["完成社区矫正任务。"])
    assert [(i.horizon, i.name) for i in project.indicators] == [(Horizon.ANNUAL, "矫正人数")]


# Tianjin: 绩效指标 is the head of level 1.
def test_a_head_of_the_block_over_level_1():
    text = """
    项目支出绩效目标表
    项目名称 | 社区矫正 | 预算金额（万元） | 120
    年度目标 | 完成全年矫正任务。
    绩效指标 | 指标类型 | 指标名称 | 绩效指标描述 | 绩效指标值
    产出指标 | 数量指标 | 矫正人数 | 全年人数 | ≥500人
     | 质量指标 | 矫正率 | 按期解矫 | ≥95%
    """
    reading = read(text)
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 矫正人数 | ≥500人 | ",
        "CC-02 | 产出指标 | 质量指标 | 矫正率 | ≥95% | ",
    ]
    assert codes(reading) == []


# 安徽: the operators of the budget system that are none.
@pytest.mark.parametrize(
    ("operator", "value", "kind"),
    [
        ("定量（其他）", "每人至少走访一次", "定性"),
        ("不适用", "", "无法识别"),
        ("定性", "好坏", "定性"),
        ("＝", "100", "定量"),
    ],
)
def test_the_operators_of_the_budget_system(operator, value, kind):
    head = "项目支出绩效目标表\n项目名称 | 社区矫正 | 预算金额（万元） | 120\n"
    table = "一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位\n"
    reading = read(f"{head}{table}产出指标 | 数量指标 | 矫正 | {operator} | {value} | 人")
    assert reading.projects[0].annual[0].target.kind.value == kind
    assert "operator-unknown" not in [code for code, _ in codes(reading)]


# The budget system's lists: the parts of an indicator below 三级指标, or below 指标名称.
@pytest.mark.parametrize(
    "header",
    [
        "一级指标 | 二级指标 | 三级指标 | | | | 权重\n | | 内容 | 性质 | 指标值 | 计量单位 |",
        "绩效指标 | | | 年初设定指标值 | | |\n一级指标 | 二级指标 | 三级指标 | 性质 | 数值 | 单位 | 权重",
        "指标名称 | | | 计算符号 | 指标值 | 计量单位 | 分值\n一级指标 | 二级指标 | 三级指标 | | | |",
    ],
)
def test_heads_below_heads(header):
    head = "项目支出绩效目标表\n项目名称 | 社区矫正 | 预算金额（万元） | 120\n年度目标 | 完成矫正任务。\n"
    table = "\n产出指标 | 数量指标 | 矫正人数 | ≥ | 500 | 人 | 20\n | 质量指标 | 矫正率 | ≥ | 95 | % | 30"
    reading = read(head + header + table)
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 矫正人数 | ≥500人 | ",
        "CC-02 | 产出指标 | 质量指标 | 矫正率 | ≥95% | ",
    ]
    assert [item.points for item in reading.projects[0].annual] == [20, 30]
    assert codes(reading) == []


# 鄂州, 2022: two levels, the lower one is the name; what each means under 绩效标准; the budget is the total of a
# table of funds.
EZHOU_2022 = """
某市2026年市直部门预算项目支出绩效目标表
项目名称 | 办公大楼运行 | | | |
项目类别 | 本级支出项目 | | 项目性质 | 持续性项目 |
项目预算 | 成本构成 | 金额 | 测算（公式）依据 | 2024年实际执行数 | 2025年实际执行数
 | 保安服务 | 190 | 招标文件 | 188 | 189.5
 | 水电和维修 | 524 | 据实结算 | 372.88 | 504.55
 | 合计 | 714 | | 560.88 | 694.05
绩效目标 | 保障大楼正常运转，让服务对象满意。
绩效指标 | 一级指标 | 二级指标 | 绩效标准 | 当年预期实现值 |
 | 数量指标 | 日常维修次数 | 反映全年维修情况 | ≥2280次 |
 | | 安全巡查次数 | 反映巡查情况 | ≥200次 |
 | 质量指标 | 维修验收合格率 | 历史标准 | ≥92% |
 | 成本指标 | 成本控制 | | 不超预算 |
 | 满意度指标 | 服务对象满意度 | | ≥90% |
保障绩效目标实现措施 | 落实责任，定期检查。
主管部门审核意见 | 单位公章：　年　月　日
"""


def test_two_levels_of_which_the_lower_one_is_the_name():
    reading = read(EZHOU_2022)
    project = reading.projects[0]
    assert (project.name, project.budget) == ("办公大楼运行", Decimal(714))
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 日常维修次数 | ≥2280次 | ",
        "CC-02 | 产出指标 | 数量指标 | 安全巡查次数 | ≥200次 | ",
        "CC-03 | 产出指标 | 质量指标 | 维修验收合格率 | ≥92% | 历史标准",
        "CC-04 | 产出指标 | 成本指标 | 成本控制 | 不超预算 | ",
        "MY-01 | 满意度指标 | 满意度指标 | 服务对象满意度 | ≥90% | ",
    ]
    assert project.annual[0].extras == {"绩效标准": "反映全年维修情况"}
    assert project.annual[3].target.value == Decimal(714)
    assert [item.confidence.value for item in project.annual] == ["高", "高", "高", "高", "低"]
    assert [code for code, place in codes(reading)] == [
        "text-not-read",  # the parts of the budget
        "text-not-read",  # the footer
        "target-within-budget",
        "level1-inferred",  # 满意度指标 may stand below 效益指标
    ]


@pytest.mark.parametrize(
    ("heads", "budget"),
    [
        ("资金来源（万元） | 上年度预算安排 | 本年度申请金额", 55),
        ("资金来源（元） | 上年度预算安排 | 本年度申请金额", Decimal("0.0055")),
        ("资金来源 | 2025年预算数 | 2026年预算数", 55),
        ("资金来源 | 金额 | 测算依据", 50),
    ],
)
def test_the_budget_is_the_total_of_the_years_own_funds(heads, budget):
    table = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 人数 | ≥5人"
    funds = f"{heads}\n合计 | 50 | 55\n财政拨款 | 50 | 55"
    assert read(f"项目支出绩效目标表\n项目名称 | 甲 |\n{funds}\n{table}").projects[0].budget == budget


# A county in Shaanxi: both goals in one row, 具体指标 printed where level 2 would stand, steps of the work.
SHAANXI = """
某县财政支出项目绩效目标申报表
（2026年度）
填报单位（盖章）：某县水利局
项目名称 | 河道治理 | 项目属性 | 新增项目
项目资金申请（万元） | 资金总额： | 120
 | 财政拨款： | 120
 | 自有资金： |
项目实施进度计划 | 项目实施内容 | 开始时间 | 完成时间
 | 1、主体施工 | 2026年3月 | 2026年11月
 | …… | |
项目绩效目标 | 长期目标 | 年度目标
 | 全县河道全部达标 | 治理河道12公里
年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 备注
 | 产出指标 | 数量指标 | 治理长度 | ≥12公里 |
 | 效益指标 | 经济效益指标 | | |
 | | 环境效益指标 | 水质 | 明显改善 |
 | | …… | | |
 | 服务对象满意度指标 | 具体指标 | 群众满意度 | ≥90% |
其他说明的问题 | 无
填报人： | | 单位负责人： |
"""


def test_a_printed_word_where_level_2_would_stand():
    reading = read(SHAANXI)
    assert reading.projects[0].budget == Decimal(120)
    assert [goal.text for goal in reading.projects[0].goals] == ["全县河道全部达标", "治理河道12公里"]
    assert rows(reading) == [
        "CC-01 | 产出指标 | 数量指标 | 治理长度 | ≥12公里 | ",
        "XY-01 | 效益指标 | 环境效益指标 | 水质 | 明显改善 | ",
        "MY-01 | 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | ",
    ]
    assert {code for code, _ in codes(reading)} == {"text-not-read"}


def test_whose_goal_it_is_in_brackets_behind_a_general_name():
    text = """
    项目支出绩效目标表
    项目名称 | 康复训练 | 项目预算 | 50
    项目总体绩效目标（长期目标） | 三年完成全部训练任务。
    项目年度绩效目标 | 今年完成三分之一。
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 训练人数 | ≥500人
    """
    goals = [(goal.horizon, goal.text) for goal in read(text).projects[0].goals]
    assert goals == [
        (Horizon.LONG_TERM, "三年完成全部训练任务。"),
        (Horizon.ANNUAL, "今年完成三分之一。"),
    ]
