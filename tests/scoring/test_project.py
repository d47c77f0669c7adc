"""A project's total, groups, completeness and rating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring import case_of, rate, rule_for, score_project
from evaluator.scoring.matching import Pair
from tests.scoring.factory import (
    ACHIEVED,
    PARTLY,
    RULES,
    D,
    actual,
    codes,
    evaluate,
    fund,
    indicator,
    project,
    rules,
    submission,
)

FORM = (
    indicator("CB-01", "≤11", "万元"),
    indicator("CC-01", "≤20", "件"),
    indicator("CC-02", "≥100", "%"),
    indicator("XY-01", "增强"),
    indicator("MY-01", "≥90", "%"),
)


def filled(**answers):
    given = {"CB-01": "11", "CC-01": "20", "CC-02": "100", "XY-01": ACHIEVED, "MY-01": "90"} | answers
    units = {item.code: item.target.unit for item in FORM}
    return [
        actual(
            code,
            answer,
            units[code] if isinstance(answer, str) else "",
            reason="因",
            description="述",
            **more,
        )
        for code, value in given.items()
        for answer, more in [value if isinstance(value, tuple) else (value, {})]
    ]


@pytest.mark.parametrize("name", RULES)
def test_everything_met_is_100_and_excellent(name):
    result = evaluate(name, FORM, *filled())
    assert (result.total, result.complete, result.rating) == (100, True, "优")
    assert [f.code for f in result.findings] == (
        ["weights-not-planned"] if name == "province-generic" else []
    )
    assert result.met == 5
    assert sum(group.points for group in result.groups) == sum(group.score for group in result.groups)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hubei", ["13.34", "10.66", "12.66", "15.00", "20.00", "71.66", "18.00", "89.66", "良"]),
        ("mof-2020", ["16.67", "13.34", "15.83", "22.50", "10.00", "78.34", "9.00", "87.34", "良"]),
        ("mof-2021", ["20.00", "16.00", "19.00", "15.00", "10.00", "80.00", "9.00", "89.00", "良"]),
        ("province-generic", ["20.00", "15.00", "19.00", "15.00", "10.00", "79.00", "9.00", "88.00", "优"]),
    ],
)
def test_a_year_as_it_happens(name, expected):
    """25 cases against a limit of 20, 95% against 100%, partly achieved at 75%, 9 of 10 spent."""
    given = filled(**{"CC-01": "25", "CC-02": "95", "XY-01": (PARTLY, {"share": D(75)})})
    result = evaluate(name, FORM, *given, funds=[fund("10", "10", "9")])
    scores = [score.score for score in result.scores]
    rows = [*scores, sum(scores), result.budget.score, result.total]
    assert [f"{value:.2f}" for value in rows] == expected[:-1]
    assert (result.rating, result.complete) == (expected[-1], True)


def test_the_total_is_the_sum_of_rounded_scores():
    """Three thirds of 26.67 each miss a little; 17.78 three times, not 53.33."""
    items = [indicator(f"CC-0{n}", "≥3") for n in (1, 2, 3)]
    result = evaluate("hubei", items, *(actual(i.code, "2", reason="因") for i in items))
    assert [str(score.score) for score in result.scores] == ["17.78", "17.78", "17.77"]
    assert result.total == D("73.33")


@pytest.mark.parametrize(
    ("name", "total", "expected"),
    [
        *[(name, *case) for name in RULES[:3] for case in (("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差"))],
        *[("province-generic", *case) for case in (("80", "优"), ("79.99", "良"), ("70", "良"), ("69.99", "中"), ("60", "中"), ("59.99", "差"))],
    ],
)  # fmt: skip
def test_the_lower_bound_belongs_to_the_better_rating(name, total, expected):
    assert rate(D(total), rules(name)) == expected


@pytest.mark.parametrize(
    ("answer", "finding"),
    [("", "actual-blank"), ("不适用", "actual-not-applicable"), (PARTLY, "number-expected"), ("？", None)],
)
def test_an_indicator_without_a_usable_actual_leaves_the_project_incomplete(answer, finding):
    result = evaluate("hubei", FORM, *filled(**{"CC-01": answer}))
    assert (result.complete, result.rating, result.unscored) == (False, "", 1)
    assert result.total == D("86.67")
    assert codes(result.findings) == ([(finding, "CC-01")] if finding else [])
    assert [group.score for group in result.groups] == [None, 40]
    assert result.scores[1].score is None


def test_a_budget_without_score_leaves_the_project_incomplete():
    result = evaluate("hubei", FORM, *filled(), funds=[fund("10", None, "10")])
    assert (result.total, result.complete, result.rating) == (80, False, "")


def test_a_project_without_workbook_is_not_scored_and_nothing_more_is_said():
    result = score_project(project(*FORM), None, rules("hubei"))
    assert (result.total, result.complete, result.rating, result.findings) == (0, False, "", ())
    assert [score.score for score in result.scores] == [None] * 5
    assert [score.points for score in result.scores] == [D("13.34"), D("13.33"), D("13.33"), 20, 20]


def test_a_project_without_annual_indicators_is_not_complete():
    result = evaluate("hubei", ())
    assert (result.total, result.complete, result.rating) == (20, False, "")


def test_a_blocked_indicator_is_not_scored_whatever_was_filled_in():
    result = score_project(
        project(*FORM),
        submission(*filled(**{"CC-02": ""})),
        rules("hubei"),
        blocked={"CC-01": "批复目标有错误", "CC-02": "没有人核对"},
    )
    assert [score.indicator.code for score in result.scores if score.score is None] == ["CC-01", "CC-02"]
    assert result.scores[1].actual is not None
    assert result.findings == ()


def test_a_group_whose_own_points_are_wrong_is_not_scored_and_the_other_is():
    result = evaluate("hubei", FORM, *filled(**{"CC-01": ("20", {"points": D(41)})}))
    assert codes(result.findings) == [("points-sum", "CC-01")]
    assert [score.score for score in result.scores] == [None, None, None, 20, 20]
    assert [(group.points, group.score) for group in result.groups] == [(40, None), (40, 40)]


def test_several_goals_have_groups_of_their_own():
    items = [indicator("CC-01"), indicator("XY-01"), indicator("CC-02", goal=2), indicator("XY-02", goal=2)]
    result = evaluate("hubei", items, *(actual(i.code, "10") for i in items))
    assert [(g.goal, g.name, g.points, g.score) for g in result.groups] == [
        (1, "产出指标", 20, 20),
        (1, "效益指标", 20, 20),
        (2, "产出指标", 20, 20),
        (2, "效益指标", 20, 20),
    ]
    assert (result.total, result.rating) == (100, "优")


def test_a_case_of_a_score_gives_its_points_again():
    result = evaluate("hubei", FORM, *filled(**{"CC-01": "25", "XY-01": (PARTLY, {"share": D(75)})}))
    for score in result.scores:
        case = case_of(Pair(score.indicator, score.actual, score.comparable), score.points, rules("hubei"))
        points = rule_for(score.indicator.target, rules("hubei")).points(case)
        assert abs(points - score.score) <= D("0.005")


amounts = st.decimals(0, 300, places=2).map(str)


@given(st.sampled_from(RULES), amounts, amounts, amounts, amounts, amounts)
def test_scores_stay_within_their_points_and_the_total_within_100(name, cost, cases, rate_, satisfied, spent):
    given = filled(**{"CB-01": cost, "CC-01": cases, "CC-02": rate_, "MY-01": satisfied})
    result = evaluate(name, FORM, *given, funds=[fund("100", "100", spent)])
    assert all(0 <= score.score <= score.points for score in result.scores)
    assert 0 <= result.total <= 100
    assert result.complete
    assert result.total == sum(score.score for score in result.scores) + result.budget.score
