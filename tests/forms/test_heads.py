"""What stands around the tables: titles, units, budgets, goals, of one form and of several below each other."""

from decimal import Decimal

import pytest

from evaluator.forms import read_forms
from evaluator.records.approved import Horizon
from tests.written import codes, read, rows, source

TABLE = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 整治村数 | ≥12个"
HEAD = "项目支出绩效目标表\n项目名称 | 整治"


def project(head, table=TABLE):
    return read(f"{head}\n{table}").projects[0]


@pytest.mark.parametrize(
    ("line", "budget"),
    [
        ("项目预算 | 50", "50"),
        ("年度资金总额： | 50（其中：财政拨款45，其他资金5）", "50"),
        ("项目资金 | 总额50万元，其中财政拨款45万元", "50"),
        ("项目资金 | 总额（合计） | 50", "50"),
        ("预算金额 | 2026年 | 100", "100"),
        ("年度资金总额 | 财政拨款 | 其他资金\n50 | 45 | 5", "50"),
        ("资金来源 | 总额 | 财政拨款 | 其他资金\n | 50 | 45 | 5", "50"),
        ("项目预算 | 财政拨款 | 80\n | 其他资金 | 20\n | 合计 | 100", "100"),
        ("项目资金 | 2025年 | 2026年 | 2027年\n | 90 | 100 | 110", "100"),
        ("一、申请资金总额 | 50", "50"),
        # Of the whole project's money and the year's, the year's counts, wherever it stands.
        ("预算总额 | 150 | 2026年预算 | 50", "50"),
        ("项目总预算 | 150 | 当年预算安排 | 50", "50"),
        ("资金总额 | 150 | 其中：本年预算 | 50", "50"),
        ("资金总额 | 150 | 其中：2026年 | 50", "50"),
        ("项目金额 | 150 | 项目年度金额 | 50", "50"),
        ("年度预算 | 50 | 项目资金总额 | 150", "50"),
        ("2025年预算 | 40 | 2026年预算 | 50", "50"),
        ("项目总金额 | 150\n当年预算金额 | 50", "50"),
        ("项目总额 | 900\n2026年 | 300 | 2027年 | 600", "300"),
        ("财政拨款 | 200\n其他资金 | 100\n合计 | 300", "300"),
        ("项目预算 | 300万元（含税）", "300"),
        ("2026年度投资计划（万元） | 300", "300"),
        ("资金来源（元） | 合计 | 本年预算 | 上年结转\n | 3000000 | 3000000 | 0", "300"),
        # Whose money it is stands above the amounts, in one row of heads or in two.
        ("本年度预计投入（万元） | 中央 | 省级 | 市级 | 本级\n7 | 0 | 7 | 0 | 0", "7"),
        (
            "资金来源 | 本年度投入（万元） | 财政资金 | | | 其他\n | | 中央 | 省级 | 本级 |\n | 12 | 2 | 7 | 1 | 2",
            "12",
        ),
        ("资金来源（万元） | 合计 | 中央财政 | 省级资金 | 市县配套\n金额 | 30 | 10 | 20 | —", "30"),
        ("年度资金总额（元） | 财政拨款 | 自筹资金\n500000 | 450000 | 50000", "50"),
        # Approved counts before applied for.
        ("申请资金总额 | 350 | 批复资金总额 | 300", "300"),
        ("申请金额 | 150 | 批复金额 | 50", "50"),
    ],
)
def test_the_budget_wherever_it_stands(line, budget):
    assert project(f"{HEAD}\n{line}").budget == Decimal(budget)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("资金总额 | 150 | 年度资金总额 | 50", [("budget-of-two", "第3行第4列")]),
        ("年度资金总额 | 50 | 资金总额 | 150", [("text-not-read", "第3行第4列")]),
        ("预算金额 | 2025年 | 90", [("budget-missing", "第1行第1列")]),
    ],
)
def test_an_amount_that_was_not_taken__finding(line, found):
    assert codes(read(f"{HEAD}\n{line}\n年度目标 | 整治全部村庄。\n{TABLE}")) == found


@pytest.mark.parametrize(
    "line",
    [
        "项目预算（单位：元） | 8000",
        "（单位：元）\n项目预算 | 8000",
        "币种：人民币　单位：元\n项目预算 | 8000",
        "货币单位：元\n项目预算 | 8000",
        "计量单位 | 元\n项目预算 | 8000",
        "单位：元、%\n项目预算 | 8000",
        "金额单位 | 元 | 项目预算 | 8000",
        "填报单位：甲局　　单位：元\n项目预算 | 8000",
    ],
)
def test_money_in_yuan_however_it_is_said(line):
    assert project(f"{HEAD}\n{line}").budget == Decimal("0.8")


@pytest.mark.parametrize(
    "title",
    [
        "2026年项目支出绩效目标表　单位：元",
        "项目支出绩效目标表 | 单位：元",
        "附件2 | 项目支出绩效目标表 | 单位：元",
    ],
)
def test_the_unit_of_money_beside_a_title(title):
    assert project(f"{title}\n项目名称 | 整治 | 项目预算 | 8000").budget == Decimal("0.8")


def stacked(between, second="项目名称 | 道路 | 项目预算 | 8000.00"):
    first = "项目支出绩效目标表\n单位：某镇人民政府 | | 金额单位：元\n项目名称 | 整治 | 项目预算 | 500000.00"
    return read("\n".join(filter(None, (first, TABLE, between, second, TABLE))))


@pytest.mark.parametrize(
    ("between", "applicant", "said"),
    [
        ("", "某镇人民政府", False),
        ("项目支出绩效目标表", "", True),
        ("项目支出绩效目标表\n申报单位：某村", "某村", True),
    ],
)
def test_what_stands_once_above_several_forms_holds_for_each(between, applicant, said):
    reading = stacked(between)
    assert [(p.name, p.budget) for p in reading.projects] == [
        ("整治", Decimal(50)),
        ("道路", Decimal("0.8")),
    ]
    assert reading.projects[1].applicant == applicant
    assert ("unit-inherited" in [code for code, _ in codes(reading)]) is said


def test_a_unit_above_the_title_belongs_to_the_form_below_it():
    parts = [
        f"部门名称：{unit}\n项目支出绩效目标表\n项目名称 | {name} | 项目预算 | 80\n{TABLE}"
        for unit, name in (("甲局", "整治"), ("乙局", "道路"))
    ]
    assert [(p.name, p.applicant) for p in read("\n".join(parts)).projects] == [
        ("整治", "甲局"),
        ("道路", "乙局"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        "项目编码 | 002 | 项目名称 | 道路\n项目预算 | 20 | 申报单位 | 乙局",
        "预算单位 | 乙局 | 项目名称 | 道路\n项目预算 | 20",
        "预算单位：乙局\n项目名称 | 道路 | 项目预算 | 20",
    ],
)
def test_a_form_without_a_title_begins_with_its_head_whatever_comes_first(second):
    reading = read(f"{HEAD} | 申报单位 | 甲局\n项目预算 | 80\n{TABLE}\n{second}\n{TABLE}")
    assert [(p.name, p.applicant, p.budget, len(p.annual)) for p in reading.projects] == [
        ("整治", "甲局", 80, 1),
        ("道路", "乙局", 20, 1),
    ]


def test_a_footer_with_the_units_name_is_no_form():
    reading = read(f"{HEAD} | 项目预算 | 80\n{TABLE}\n填报单位：甲局 | 填报人：某人")
    assert [(p.name, p.applicant) for p in reading.projects] == [("整治", "甲局")]


def test_the_second_table_without_a_header_has_that_of_the_first__finding():
    reading = read(f"{HEAD}\n{TABLE}\n项目名称 | 道路 | 项目预算 | 20\n产出指标 | 数量指标 | 里程 | ≥3公里")
    assert [[i.name for i in p.annual] for p in reading.projects] == [["整治村数"], ["里程"]]
    assert "header-missing" in dict(codes(reading))


@pytest.mark.parametrize(
    ("lines", "annual", "term"),
    [
        ("年度总体目标 | 预期目标\n | 完成整治任务", ["完成整治任务"], []),
        ("年度绩效目标 | 年初绩效目标 | 完成整治任务", ["完成整治任务"], []),
        ("年度绩效目标 | 目标1：整治村庄\n | 目标2：修建道路", ["目标1：整治村庄\n目标2：修建道路"], []),
        ("实施期目标 | 建设走廊 | 年度目标 | 完成一期", ["完成一期"], ["建设走廊"]),
        ("项目总体目标 | 建设走廊 | 年度目标 | 完成一期", ["完成一期"], ["建设走廊"]),
        ("2026年度绩效目标 | 完成整治任务", ["完成整治任务"], []),
        ("整体目标 | 完成整治任务", ["完成整治任务"], []),
        ("年度绩效目标\n1.整治村庄\n2.修建道路\n3.建立机制", ["1.整治村庄\n2.修建道路\n3.建立机制"], []),
        ("长期绩效目标1：\n建成体系。\n年度绩效目标1：\n完成一期。", ["完成一期。"], ["建成体系。"]),
        (
            "实施期绩效目标 | 本年绩效目标\n三年完成全部整治 | 完成整治任务",
            ["完成整治任务"],
            ["三年完成全部整治"],
        ),
        ("2026-2028年绩效目标 | 三年完成整治\n年度目标 | 完成一期整治", ["完成一期整治"], ["三年完成整治"]),
    ],
)
def test_goals_however_they_are_headed(lines, annual, term):
    goals = project(f"{HEAD}\n{lines}").goals
    assert [goal.text for goal in goals if goal.horizon is Horizon.ANNUAL] == annual
    assert [goal.text for goal in goals if goal.horizon is Horizon.LONG_TERM] == term


@pytest.mark.parametrize(
    ("head", "path", "found"),
    [
        ("预算年度：2025", "a.txt", True),
        ("年度 | 2025", "a.txt", True),
        ("年度 | 2026", "2025年目标表.txt", False),
        ("主管部门 | 某局", "2025年甲项绩效目标表.txt", True),
        ("主管部门 | 某局", "2025年12月下达.txt", False),
        ("主管部门 | 某局", "鄂财发〔2025〕10号.txt", False),
        ("主管部门 | 某局", "2026年目标表（2025年12月批复）.txt", False),
    ],
)
def test_a_form_of_another_year_by_its_head_or_its_file__finding(head, path, found):
    reading = read_forms(source(f"{HEAD}\n{head}\n{TABLE}", f"targets/2026/source/{path}"), 2026)
    assert ("form-other-year" in dict(codes(reading))) is found


def test_a_goal_below_the_table():
    reading = read(f"{HEAD}\n{TABLE}\n年度绩效目标 | 完成整治任务")
    assert [goal.text for goal in reading.projects[0].goals] == ["完成整治任务"]
    assert [i.name for i in reading.projects[0].annual] == ["整治村数"]


def test_a_form_without_a_goal__finding():
    assert ("goal-missing", "第2行第2列") in codes(read(f"{HEAD}\n{TABLE}"))


def test_a_text_that_begins_like_a_label_is_a_text():
    reading = read(f"{HEAD}\n项目概况 | 项目名称：整治，项目预算80万元，共12个村。\n{TABLE}")
    assert [(p.name, p.budget) for p in reading.projects] == [("整治", None)]


@pytest.mark.parametrize(
    ("lines", "budget", "found"),
    [
        ("资金情况（万元） | 资金总额 | \n | 其中：财政拨款 | 500\n | 其他资金 |", "500", True),
        ("项目资金（元） | 年度资金总额： | \n | 其中：财政拨款 | 450000\n | 其他资金 | 50000", "50", True),
        ("项目资金（万元） | 年度资金总额 | 600\n | 其中：财政拨款 | 500\n | 其他资金 | 100", "600", False),
    ],
)
def test_a_budget_of_which_only_the_parts_are_filled_in_is_their_sum(lines, budget, found):
    reading = read(f"{HEAD}\n{lines}\n年度目标 | 整治村庄。\n{TABLE}")
    assert reading.projects[0].budget == Decimal(budget)
    assert ("budget-of-parts" in {code for code, _ in codes(reading)}) is found


def test_parts_of_a_budget_that_cannot_be_added_up__finding():
    lines = "项目资金 | 年度资金总额 | \n | 其中：财政拨款 | 待定\n | 其他资金 | 100"
    reading = read(f"{HEAD}\n{lines}\n{TABLE}")
    assert reading.projects[0].budget is None
    assert "budget-missing" in {code for code, _ in codes(reading)}


def test_two_forms_beside_each_other__finding():
    reading = read(f"项目支出绩效目标表\n项目名称 | 整治 | 项目名称 | 道路\n{TABLE}")
    assert ("forms-beside", "第2行第1列") in codes(reading)


def test_a_project_named_in_brackets_below_the_title():
    assert project("项目支出绩效目标表\n（项目名称：整治）").name == "整治"


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效自评表\n（2025年度）",
        "2025年度项目绩效目标自评表",
        "项目支出绩效运行监控表",
        "2026年度项目自评表",
        "2026年度某局项目支出绩效自评",
        "项目支出绩效评价自评表",
        "转移支付区域（项目）绩效目标自评表",
        "部门预算项目绩效自评结果表",
        "专项资金绩效自评情况表",
        "2026年项目绩效自评表（示例数据）",
    ],
)
def test_a_form_of_results_is_said_and_skipped(title):
    reading = read(f"{title}\n项目名称 | 整治\n{TABLE}")
    assert ([p.name for p in reading.projects], codes(reading)) == ([], [("form-of-results", "第1行第1列")])


def test_results_beside_targets__finding():
    table = TABLE.replace("指标值\n", "指标值 | 实际完成值 | 得分\n") + " | 12个 | 10"
    assert ("results-beside-targets", "第4行第5列") in codes(read(f"{HEAD}\n年度目标 | 整治村庄。\n{table}"))


@pytest.mark.parametrize(
    ("heads", "results"),
    [
        ("实际完成值 | 得分", True),
        ("全年实际值(B) | 自评得分", True),
        ("年终完成值 | 指标得分", True),
        ("实际完成值 | 备注", False),  # may be an approved one with a column for the year's end
        ("上年完成情况 | 分值", False),
    ],
)
def test_a_table_without_a_title_that_was_scored_is_a_form_of_results(heads, results):
    table = TABLE.replace("指标值\n", f"指标值 | {heads}\n") + " | 12个 | 10"
    reading = read(f"项目名称 | 整治\n{table}")
    assert ("form-of-results" in dict(codes(reading))) is results
    assert [p.name for p in reading.projects] == ([] if results else ["整治"])


def test_points_that_stand_once_for_two_indicators__finding():
    table = TABLE.replace("指标值\n", "指标值 | 分值\n") + " | 40\n | | 整治户数 | ≥100户 |"
    assert ("points-partial", "第6行第3列") in codes(read(f"{HEAD}\n年度目标 | 整治村庄。\n{table}"))


@pytest.mark.parametrize(
    ("name", "value", "read_as"),
    [
        ("管护面积（万亩）", "1234.5", "1234.5万亩"),
        ("群众满意度（%）", "≥80", "80%"),
        ("人均增收（元/年）", "≥500", "500元/年"),
        ("整治村数（含新建）", "12", "12"),
        ("整治村数（个）", "≥12户", "12户"),
    ],
)
def test_the_unit_behind_a_name_where_the_target_has_none(name, value, read_as):
    reading = read(f"{HEAD}\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | {name} | {value}")
    item = reading.projects[0].annual[0]
    assert (f"{item.target.value}{item.target.unit}", item.target.text) == (read_as, value)


@pytest.mark.parametrize(
    "levels",
    [
        "1.产出指标 | 1.数量指标",
        "一、产出指标 | 2、数量指标",
        "①产出指标 | ①数量指标",
        "A.产出指标 | A1.数量指标",
        "产出指标60分 | 数量指标（20分）",
        "（一）产出指标 | （1）数量指标",
        "产出类指标 | 数量类指标",
        "产出目标 | 产出数量目标",
    ],
)
def test_levels_with_numbers_and_points(levels):
    reading = read(f"{HEAD}\n年度目标 | 整治村庄。\n{TABLE.replace('产出指标 | 数量指标', levels)}")
    item = reading.projects[0].annual[0]
    assert (item.level1, item.confidence.value) == ("产出指标", "高")
    assert {code for code, _ in codes(reading)} <= {"budget-missing"}


def test_only_inferred_level_1_holds_no_further_than_its_level_2():
    table = "\n".join((TABLE, " | 社会效益指标 | 环境 | 改善", " | 服务对象满意度指标 | 群众满意率 | ≥90%"))
    assert [line.split(" | ")[1] for line in rows(read(f"{HEAD}\n{table}"))] == [
        "产出指标",
        "效益指标",
        "满意度指标",
    ]
