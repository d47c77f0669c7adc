"""Costs against a budget of 100万元: `name ≤value; name ≤value`, and whether an auditor would remark."""

from decimal import Decimal

import pytest

from evaluator.checks import check_targets, counted_costs
from evaluator.records.approved import Horizon
from tests.written import form, read


def remarks(
    costs: str, table: str = "年度", level: str = "成本指标 | 经济成本指标", budget="100", head: str = ""
):
    rows = []
    for cost in costs.split("; "):
        goal, _, rest = cost.rpartition(": ")
        own, _, rest = rest.rpartition("@ ")
        name, target = rest.rsplit(" ", 1)
        rows.append(f"{table}目标{goal or 1} | {own or level} | {name} | {target} | 计划标准")
    tables = {"annual": "年度目标1 | 产出指标 | 数量指标 | 受理案件 | ≥20件 | 计划标准"}
    tables["annual" if table == "年度" else "long_term"] = "\n".join(rows)
    text = form(**tables, budget=budget)
    text = text.replace("年度绩效目标1 |", "年度绩效目标2 | 保障第二项工作。\n年度绩效目标1 |")
    text = text.replace("项目绩效总目标", f"{head}\n项目绩效总目标")
    found = check_targets(read(text).projects[0], 2026)
    return [(item.code, item.indicator) for item in found if item.code.startswith("cost")]


@pytest.mark.parametrize(
    "costs",
    [
        "服务费 ≤101万元",
        "服务费 ≤1000051元",
        "审核费 ≤70万元; 短信费 ≤30.02万元",
        "审核费 =60万元; 短信费 =41万元",
        "审核费 50-60万元; 短信费 40-50万元",
        "审核费 ≤60万元/年; 短信费 ≤41万元/年",
        "律师费 ≤100万元; 印刷费 ≤30万元",
        "项目总成本 ≤100万元; 印刷费 ≤60万元; 短信费 ≤60万元",
        "高标准农田建设费 ≤80万元; 标准化建设费 ≤30万元",
        "每年运行费 ≤80万元; 短信费 ≤30万元",
        "1: 总成本 ≤60万元; 2: 总成本 ≤60万元",
        "其中印刷费 ≤60万元; 其中短信费 ≤60万元",
    ],
)
def test_costs_of_more_than_the_budget__finding(costs):
    assert [code for code, _ in remarks(costs)] == ["cost-over-budget"]


@pytest.mark.parametrize(
    "costs",
    [
        "审核费 ≤70万元; 短信费 ≤30万元",
        "服务费 ≤1000049元",  # the head is rounded to 0.01万元
        "审核费 50-60万元; 短信费 40万元以内",
        "项目总成本 ≤100万元; 印刷费 ≤40万元",
        "项目总成本 ≤99万元; 其中：培训费 ≤40万元",
        "律师费 ≤100万元; 其中：培训费 ≤40万元",
        "法律服务 ≤100万元; 印刷费 ≤40万元; 短信费 ≤60万元",
        "总费用 ≤100万元; 产出指标 | 成本指标@ 总费用 ≤100万元",
        "1: 总成本 ≤100万元; 2: 总成本 ≤100万元",
        "培训费 ≤100万元; 培训标准 ≤550元",
        "补助费 ≤99.9万元; 补助标准 ≤3000元",
        "补助费 ≤99.9万元; 人均补助 ≤3000元",
        "设备费 ≤99万元; 设备单价 ≤30万元",
        "设备费 ≤99万元; 单位建设成本 ≤3000万元",
        "设备费 ≤99万元; 每台设备费用 ≤3万元",
        "审核费 ≤96万元; 成本节约额 =5万元",
        "审核费 ≤96万元; 节约资金 =5万元",
        "审核费 ≤96万元; 成本降低额 =5万元",
        "审核费 ≤96万元; 成本指标 | 社会成本指标@ 企业负担 ≤20万元",
        "审核费 ≤96万元; 成本指标 | 生态环境成本指标@ 修复费 ≤20万元",
        "服务费 ≤8万元/月",
        "服务费 ≤100万元; 产出指标 | 成本指标@ 服务费 ≤100万元",
        "1: 审核费 ≤60万元; 2: 短信费 ≤30万元",
        "项目总成本 ≤60万元; 总费用 ≤50万元",
    ],
)
def test_costs_within_the_budget__ok(costs):
    assert remarks(costs) == []


@pytest.mark.parametrize(
    ("costs", "budget", "counted"),
    [
        ("律师费 ≤100万元; 印刷费 ≤40万元; 短信费 ≤60万元", "100", {"CB-02": "40", "CB-03": "60"}),
        ("律师费 ≤100万元; 印刷费 ≤30万元", "100", {"CB-01": "100", "CB-02": "30"}),
        (
            "律师费 ≤1万元; 印刷费 ≤0.4万元; 短信费 ≤0.6万元",
            "",
            {"CB-01": "1", "CB-02": "0.4", "CB-03": "0.6"},
        ),
    ],
)
def test_which_costs_add_up(costs, budget, counted):
    """One that is all of the budget while others add up to it is their sum; without a budget none is."""
    rows = [cost.replace(" ", " | ") for cost in costs.split("; ")]
    text = form(
        "\n".join(f"年度目标1 | 成本指标 | 经济成本指标 | {row} | 计划标准" for row in rows), budget=budget
    )
    found = counted_costs(read(text).projects[0], Horizon.ANNUAL)
    assert found == {code: Decimal(amount) for code, amount in counted.items()}


def test_without_a_budget_there_is_nothing_to_exceed():
    assert remarks("服务费 ≤101万元", budget="") == []


def test_a_budget_of_more_than_two_decimals_is_not_exceeded_by_itself():
    assert remarks("控制费 ≤1234.56789万元", budget="1234.56789") == []


@pytest.mark.parametrize(
    ("costs", "head", "found"),
    [
        ("服务费 ≤300万元", "", [("cost-over-budget", "LT-CB-01")]),
        ("服务费 ≤300万元", "项目期 | 2026年1月-2026年12月", [("cost-over-budget", "LT-CB-01")]),
        ("服务费 ≤300万元", "实施期资金总额 | 300", []),
        ("服务费 ≤300万元", "项目总预算 | 300", []),
        ("服务费 ≤300万元", "项目期 | 2026年-2028年", []),
        ("三年总成本 ≤300万元", "", []),
        ("服务费 ≤60万元/年; 短信费 ≤60万元/年", "", []),
    ],
)
def test_costs_of_the_long_term_against_the_budget_of_the_year(costs, head, found):
    assert remarks(costs, table="长期", head=head) == found


@pytest.mark.parametrize(
    "cost",
    [
        "印刷费 ≥2万元",
        "印刷费 达到2万元",
        "单位成本 不低于5000元",
        "人均成本 ≥300元/人",
        "补助标准 ≥500元/人·月",
        "产出指标 | 成本指标@ 设备费 ≥60万元",
    ],
)
def test_a_cost_that_must_not_be_less__finding(cost):
    assert [code for code, _ in remarks(cost)] == ["cost-lower-bound"]


@pytest.mark.parametrize(
    "cost",
    [
        "成本节约额 ≥5万元",
        "成本节约率 ≥5%",
        "节约资金 ≥10万元",
        "成本降低额 ≥5万元",
        "自筹资金 ≥5万元",
        "成本指标 | 生态环境成本指标@ 减排成本下降 ≥3万元",
        "效益指标 | 经济效益指标@ 经济收入 ≥60万元",
        "产出指标 | 数量指标@ 补助标准 ≥500元/人",
    ],
)
def test_money_of_which_more_is_good__ok(cost):
    assert remarks(cost) == []
