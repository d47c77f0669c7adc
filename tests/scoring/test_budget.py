"""Budget execution: points times rate, capped, over all funds."""

from dataclasses import replace

import pytest

from evaluator.scoring import score_budget
from tests.scoring.factory import RULES, D, codes, fund, project, rules, submission

TEN = ("mof-2020", "mof-2021", "province-generic")


def execute(name, *funds, note="调整"):
    of = replace(project(), budget=D(100))
    budget, findings = score_budget(of, submission(funds=funds, budget_note=note), rules(name))
    return budget, codes(findings)


@pytest.mark.parametrize(
    ("adjusted", "spent", "rate", "of_20", "of_10"),
    [
        ("100", "100", "100", "20", "10"),
        ("100", "99.99", "99.99", "20.00", "10.00"),
        ("90", "89.974", "99.97", "19.99", "10.00"),
        ("29.68", "25.7", "86.59", "17.32", "8.66"),
        ("100", "0", "0", "0", "0"),
        ("0.5", "0.4", "80", "16", "8"),
        ("979.11", "86", "8.78", "1.76", "0.88"),
    ],
)
def test_points_times_spent_over_budget(adjusted, spent, rate, of_20, of_10):
    for name in RULES:
        budget, findings = execute(name, fund(adjusted, adjusted, spent))
        assert budget.score == D(of_10 if name in TEN else of_20)
        assert budget.rate == D(rate)
        assert budget.citation == rules(name).budget.clause.citation
        assert findings == []


@pytest.mark.parametrize("name", RULES)
def test_more_than_the_budget_earns_no_more_than_the_points(name):
    budget, findings = execute(name, fund("100", "100", "120"))
    assert budget.score == rules(name).budget.points
    assert budget.rate == 120
    assert findings == [("budget-overspent", "D4")]


def test_the_budget_is_the_adjusted_one_of_all_funds_carry_over_included():
    funds = [
        fund("90", "95", "90"),
        fund("0", "5", "3.5", "上年结转资金"),
        fund(None, None, None, "其他资金"),
    ]
    budget, findings = execute("hubei", *funds)
    assert (budget.initial, budget.adjusted, budget.spent) == (90, 100, D("93.5"))
    assert budget.score == D("18.70")
    assert findings == []
    assert "20×93.5÷100" in budget.steps[1]


@pytest.mark.parametrize(
    ("name", "label", "rate"),
    [
        ("hubei", "年度财政资金总额", "98.09"),
        ("mof-2020", "年度资金总额", "75.19"),
        ("mof-2021", "年度资金总额", "75.19"),
        ("province-generic", "年度资金总额", "75.19"),
    ],
)
def test_whose_money_counts_is_the_rule_sets_affair(name, label, rate):
    """Fiscal money alone on Hubei's form; what is left out is said."""
    funds = [fund("71.28", "71.28", "69.92"), fund("30.88", "30.88", "6.89", "其他资金")]
    budget, findings = execute(name, *funds)
    assert (rules(name).budget.funds_label, budget.rate) == (label, D(rate))
    assert findings == ([("funds-not-counted", "D4")] if name == "hubei" else [])
    assert rules(name).budget.funds_clause.citation.status in ("seen", "known", "chosen")


def test_other_money_alone_is_no_fiscal_budget__finding():
    budget, findings = execute("hubei", fund("30", "30", "20", "其他资金"))
    assert budget.score is None
    assert [code for code, _ in findings] == ["funds-not-counted", "budget-blank"]
    budget, findings = execute("hubei", fund("0", "0", "0"), fund("30", "30", "20", "其他资金"))
    assert [code for code, _ in findings] == ["funds-not-counted", "budget-zero"]


def test_a_part_of_a_fund_is_not_counted_twice():
    parts = [
        replace(fund("60", "60", spent, name), part_of="当年财政拨款")
        for name, spent in (("中央补助", "60"), ("省级资金", "30"))
    ]
    budget, findings = execute("mof-2020", fund("120", "120", "90"), *parts)
    assert (budget.adjusted, budget.spent, findings) == (120, 90, [])


def test_a_blank_of_a_part_is_named():
    parts = [
        replace(fund("60", "60", spent, name), part_of="当年财政拨款")
        for name, spent in (("中央补助", "60"), ("省级资金", None))
    ]
    carried = fund(None, "5", None, "上年结转资金")
    given = submission(funds=[carried, fund("120", "120", None), *parts])
    _, found = score_budget(project(), given, rules("mof-2020"))
    assert [item.code for item in found] == ["budget-blank"]
    assert "全年执行数（上年结转资金）、全年执行数（省级资金）" in found[0].text


@pytest.mark.parametrize(
    ("initial", "expected"), [("100", []), (None, []), ("90", [("budget-note-missing", "C4")])]
)
def test_an_adjusted_budget_is_explained(initial, expected):
    _, findings = execute("hubei", fund(initial, "100", "100"), note="")
    assert findings == expected


@pytest.mark.parametrize("name", ["hubei", "mof-2020", "mof-2021"])
def test_a_budget_of_0_is_not_scored_where_the_rules_are_silent(name):
    budget, findings = execute(name, fund("0", "0", "0"))
    assert (budget.score, budget.rate) == (None, None)
    assert findings == [("budget-zero", "C4")]
    assert budget.citation.status == "chosen"


def test_in_the_province_a_budget_of_0_earns_0():
    budget, findings = execute("province-generic", fund("0", "0", "0"))
    assert (budget.score, budget.rate) == (0, None)
    assert findings == [("budget-zero-scored", "C4")]
    assert budget.citation.status == "seen"


@pytest.mark.parametrize(
    ("funds", "expected"),
    [
        ((fund("10", None, "10"),), [("budget-blank", "C4")]),
        ((fund("10", "10", None),), [("budget-blank", "D4")]),
        ((), [("budget-blank", "")]),
        # a blank beside other amounts of the same fund is not 0
        ((fund("10", "10", "9"), fund("0", "5", None)), [("budget-blank", "D4")]),
        ((fund("10", "10", "9"), fund("0", None, "5")), [("budget-blank", "C4")]),
        # 元 typed for 万元
        ((fund("110000", "110000", "105000"),), [("budget-magnitude", "B4")]),
        ((fund("11", "11", "105000"),), [("budget-magnitude", "D4")]),
        ((fund("10", "-10", "10"),), [("budget-negative", "C4")]),
        ((fund("10", "10", "-1"),), [("budget-negative", "C4")]),
    ],
)
def test_a_budget_that_cannot_be_scored__finding(funds, expected):
    for name in RULES:
        budget, findings = execute(name, *funds, note="")
        assert findings == expected
        assert budget.score is None
        assert budget.steps


def test_an_amount_beyond_belief_counts_where_it_is_explained():
    budget, findings = execute("hubei", fund("110000", "110000", "105000"), note="并入全市专项")
    assert (budget.score, findings) == (D("19.09"), [])


@pytest.mark.parametrize("amounts", [("10", "10", None), (None, None, None)])
def test_a_column_that_cannot_be_read_is_not_called_blank(amounts):
    given = submission(funds=[fund(*amounts)], spoilt=frozenset({"spent"}))
    budget, findings = score_budget(project(), given, rules("hubei"))
    assert (budget.score, findings) == (None, [])
    assert "不能读取" in budget.steps[0]


def test_without_a_workbook_nothing_is_said():
    budget, findings = score_budget(project(), None, rules("hubei"))
    assert (budget.score, budget.points, findings) == (None, 20, [])


def test_why_nothing_is_scored_is_the_error_not_a_note():
    budget, _ = execute("hubei", fund("30", "30", None), fund("3", "3", "2", "其他资金"))
    assert budget.left_out == ("其他资金",)
    assert "全年执行数" in budget.steps[0]


@pytest.mark.parametrize(("spent", "capped"), [("9.99", False), ("10", False), ("10.01", True)])
def test_only_more_than_the_budget_is_said_to_be_capped(spent, capped):
    budget, _ = execute("hubei", fund("10", "10", spent))
    assert ("分为限" in budget.steps[1]) is capped


def test_the_steps_say_whose_budget_where_not_all_funds_count():
    said = {name: execute(name, fund("10", "10", "9"))[0].steps[0] for name in ("hubei", "mof-2020")}
    assert [text.startswith("全年预算数") for text in said.values()] == [False, True]


def test_without_a_workbook_the_step_says_so():
    budget, _ = score_budget(project(), None, rules("hubei"))
    assert budget.steps == ("没有填报表，未计分",)


@pytest.mark.parametrize(
    ("adjusted", "spent", "left_out"),
    [
        ("3", "0", "其他资金（全年预算数3、执行数0）"),
        ("0", "2", "其他资金（全年预算数0、执行数2）"),
        (None, "2", "其他资金（全年预算数未填、执行数2）"),
        ("3", None, "其他资金（全年预算数3、执行数未填）"),
        ("0", "0", ""),
    ],
)
def test_other_money_is_named_where_there_is_any(adjusted, spent, left_out):
    given = submission(funds=[fund("30", "30", "20"), fund(adjusted, adjusted, spent, "其他资金")])
    budget, findings = score_budget(project(), given, rules("hubei"))
    assert budget.left_out == (("其他资金",) if left_out else ())
    assert [left_out in item.text for item in findings if item.code == "funds-not-counted"] == [
        True for _ in budget.left_out
    ]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("100000", "100000", "100000"), [("budget-magnitude", "B4")]),
        (("99999.99", "99999.99", "99999.99"), []),
        (("10", "10", "10000"), [("budget-magnitude", "D4")]),
        (("10", "10", "9999.99"), [("budget-overspent", "D4")]),
    ],
)
def test_a_thousand_times_the_approved_budget_is_a_slip(amounts, expected):
    _, findings = execute("hubei", fund(*amounts), note="")
    assert findings == expected
