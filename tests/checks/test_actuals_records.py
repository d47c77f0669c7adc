"""What an auditor would remark on what was filled in, on records alone: bounds, and what there is nothing to say of."""

from dataclasses import replace
from datetime import date

import pytest

from evaluator.checks import check_actuals
from evaluator.records.approved import Correction, Goal, Horizon
from evaluator.scoring import score_project
from tests.scoring.factory import FORM, D, actual, fund, indicator, project, rules, submission

EVIDENCE = {"evidence": "台账"}


def found(*pairs, funds=None, **changed):
    """The findings on indicators with their actuals; `changed` are fields of the project (budget: 10万元)."""
    items, given = [item for item, _ in pairs], [answer for _, answer in pairs]
    of = replace(project(*items), **changed)
    evaluation = score_project(of, submission(*given, funds=funds), rules("mof-2020"))
    return check_actuals(evaluation, 2026, ())


def codes(*pairs, **more):
    return [item.code for item in found(*pairs, **more)]


def one(name, wanted, unit, answer, typed_unit=None, **more):
    item = replace(indicator("CC-01", wanted, unit), name=name)
    return item, actual("CC-01", answer, unit if typed_unit is None else typed_unit, **EVIDENCE, **more)


def test_without_a_workbook_there_is_nothing_to_remark():
    assert check_actuals(score_project(project(indicator("CC-01")), None, rules("hubei")), 2026, ("a",)) == []


# --- the budget ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("initial", "adjusted", "spent", "expected"),
    [
        ("10", "10", "10", []),
        (None, "10", "10", ["fund-partial"]),
        (None, "10", None, ["fund-partial"]),
        (None, None, "10", ["fund-partial"]),
        (None, None, None, []),
        ("10", None, None, []),
        ("10.004", "10", "10", []),
        ("10.005", "10", "10", ["budget-differs"]),
        ("10", "0", "0", []),
        ("10", "-0.01", "10", ["fund-negative"]),
        ("10", "10", "-0.01", ["fund-negative"]),
        ("-10", "10", "10", ["fund-negative", "budget-differs"]),
    ],
)
def test_one_fund(initial, adjusted, spent, expected):
    assert codes(funds=[fund(initial, adjusted, spent)]) == expected


def test_a_fund_that_is_told_by_its_parts_is_counted_once():
    parts = [replace(fund("5", "5", "5", name), part_of="当年财政拨款") for name in ("中央补助", "省级资金")]
    assert codes(funds=[fund("10", "10", "10"), *parts]) == []
    assert codes(funds=[fund("10", "10", "10"), replace(parts[0], initial=None), parts[1]]) == [
        "fund-partial"
    ]


@pytest.mark.parametrize(
    ("corrections", "said"),
    [
        ((), "批复的项目预算是10万元"),
        ((Correction("项目名称", "旧名", "新名", "x"),), "批复的项目预算是10万元"),
        ((Correction("项目预算（万元）", "9", "10", "x"),), "更正后的项目预算是10万元（批复9万元）"),
        ((Correction("项目预算（万元）", "", "10", "x"),), "更正后的项目预算是10万元（批复没有）"),
    ],
)
def test_whose_budget_differs_is_said(corrections, said):
    (differs,) = found(funds=[fund("12", "12", "12")], corrections=corrections)
    assert said in differs.text


# --- goals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("horizons", "asked"), [("年度", 1), ("长期", 0), ("长期 年度", 1), ("年度 年度", 2), ("", 0)]
)
def test_only_annual_goals_are_asked_what_became_of_them(horizons, asked):
    goals = tuple(Goal(Horizon(text), n, "保障运行。", FORM) for n, text in enumerate(horizons.split(), 1))
    assert codes(goals=goals) == ["goal-result-missing"] * asked


# --- one actual ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (one("验收合格率", "≥95", "%", "100"), []),
        (one("验收合格率", "≥95", "%", "100.5"), ["actual-rate-above-100"]),
        (one("收入增长率", "≥95", "%", "100.5"), []),
        (one("验收合格率", "≥95", "条", "101"), []),
        # what was not usable has its finding from matching
        (one("验收合格率", "≥95", "%", "101", "人"), []),
        (one("验收工作", "≥95", "件", "不适用", completed=date(2025, 1, 1)), []),
        (one("验收工作", "≥95", "件", "？"), []),
        (one("验收工作", "≥95", "件", ""), []),
        (one("完成时间", "2026-12-31", "", "2025-12-31"), ["completed-outside-year"]),
        (one("完成时间", "2026-12-31", "", "2026-01-01"), []),
        # a thousand times, or a decimal point
        (one("培训", "≥20", "件", "20000", reason="x"), ["magnitude"]),
        (one("培训", "≥20", "件", "19999", reason="x"), []),
        (one("培训", "≥20", "件", "0.02", reason="x"), ["magnitude"]),
        (one("培训", "≥-20", "件", "20000", reason="x"), ["magnitude"]),
        (one("培训", "≥0", "件", "20000"), []),
        (one("培训", "≥20", "件", "0"), []),
        (one("培训", "≥20", "件", "180"), ["point-slipped"]),
        (one("培训", "≥20", "件", "220"), ["point-slipped"]),
        (one("培训", "≥20", "件", "179"), []),
        (one("培训", "≥20", "件", "221"), []),
        (one("培训", "≥20", "件", "2200"), ["point-slipped"]),
        (one("培训", "≥20", "件", "200", description="x"), []),
        (one("培训", "≥20", "件", "200", reason="x"), []),
        (one("培训", "≥20", "件", "200", deduction_reason="x"), []),
    ],
)
def test_one_actual(row, expected):
    assert codes(row) == expected


@pytest.mark.parametrize(
    ("answer", "evidence", "missing"),
    [("10", "台账", False), ("10", "", True), ("", "", False), ("不适用", "", False)],
)
def test_evidence_is_asked_for_what_was_filled_in(answer, evidence, missing):
    given = actual("CC-01", answer, evidence=evidence)
    assert ("evidence-missing" in codes((indicator("CC-01"), given))) is missing


def test_how_many_times_the_target_is_said():
    (far,) = found(one("培训", "≥30", "件", "0.02", reason="x"))
    assert "0.0007" in far.text


# --- all together -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "last", "expected"),
    [(5, "10", True), (4, "10", False), (5, "11", False), (6, "", True), (5, "", False), (6, "无", True)],
)
def test_five_numbers_that_are_their_targets(count, last, expected):
    """A blank one, or a grade, is no number that could be equal."""
    pairs = [(indicator(f"CC-0{n}"), actual(f"CC-0{n}", "10", **EVIDENCE)) for n in range(1, count)]
    final = indicator("XY-01", "增强") if last == "无" else indicator("XY-01")
    pairs.append((final, actual("XY-01", "" if last == "无" else last, **EVIDENCE)))
    assert ("actuals-all-equal" in codes(*pairs)) is expected


@pytest.mark.parametrize(
    ("name", "unit", "spent", "expected"),
    [
        ("服务费", "万元", "10", False),
        ("服务费", "万元", "9.996", False),
        ("服务费", "万元", "9.99", True),
        ("服务费", "元", "9", False),
        ("服务费", "万元", None, False),
        ("服务单价", "万元", "9", False),
    ],
)
def test_costs_beside_what_was_spent(name, unit, spent, expected):
    item = replace(indicator("CB-01", "≤10", unit), name=name)
    pair = (item, actual("CB-01", "10", unit, **EVIDENCE))
    assert ("cost-over-spent" in codes(pair, funds=[fund("10", "10", spent)])) is expected


def test_a_cost_that_nobody_could_use_is_in_no_sum():
    pairs = [
        (replace(indicator("CB-01", "≤10", "万元"), name="服务费"), actual("CB-01", "10", "人", **EVIDENCE)),
        (replace(indicator("CB-02", "≤10", "万元"), name="印刷费"), actual("CB-02", "9", "万元", **EVIDENCE)),
    ]
    assert codes(*pairs, funds=[fund("10", "10", "9")]) == []


@pytest.mark.parametrize(
    ("unit", "budget", "expected"),
    [("万元", "10", ["cost-over-budget"]), ("万元", "15", []), ("元", "10", [])],
)
def test_a_cost_whose_unit_the_workbook_settled_is_held_against_the_budget(unit, budget, expected):
    item = replace(indicator("CB-01", "≤15"), name="服务费")
    given = actual("CB-01", "14", unit, **EVIDENCE)
    assert codes((item, given), funds=[fund(budget, budget, "14")], budget=D(budget)) == expected


def test_a_cost_that_was_told_of_the_approved_form_is_not_told_again():
    items = [
        replace(indicator("CB-01", "≤15", "万元"), name="服务费"),
        replace(indicator("CB-02", "≤3"), name="印刷费"),
    ]
    given = [actual("CB-01", "10", "万元", **EVIDENCE), actual("CB-02", "3", "万元", **EVIDENCE)]
    assert codes(*zip(items, given, strict=True), funds=[fund("10", "10", "14")]) == []
