"""Several projects, or several units, together; and what an even split of the points would have given."""

from dataclasses import replace

import pytest

from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.rollup import ProjectLine, UnitLine
from evaluator.scoring.even_split import even_score, even_total
from evaluator.scoring.rollup import roll_up
from evaluator.scoring.unit_budget import unit_budget
from evaluator.scoring.unit_score import unit_score
from tests.scoring.factory import ACHIEVED, D, actual, evaluate, fund, indicator, rules


def number(text):
    return None if text is None else D(text)


def evaluated(total, adjusted, spent, complete=True):
    of = evaluate("hubei", [indicator("CC-01")], actual("CC-01", "10"))
    money = replace(of.budget, adjusted=number(adjusted), spent=number(spent))
    return replace(of, budget=money, total=D(total), complete=complete)


def line(total, adjusted, spent, complete=True):
    money = (number(adjusted), number(spent), None)
    return ProjectLine("单位", "p", "项目", D(total), complete, "", *money, 1, 1, 0, 0, 0, "")


# projects as total, 全年预算数, 全年执行数, complete; score, sums and rate of all, how many lack an amount
TOGETHER = [
    ([("90", "100", "80", True)], "90", "100", "80", "80", 0),
    ([("90", "100", "80", True), ("60", "200", "100", True)], "70", "300", "180", "60", 0),
    ([("90", "100", "80", True), ("60", "200", "100", False)], "90", "300", "180", "60", 0),
    ([("90", "1", "1", True), ("80", "2", "1", True)], "83.33", "3", "2", "66.67", 0),
    ([("90", "100", "80", True), ("60", None, "20", True)], "90", "100", "100", "100", 1),
    ([("90", "100", None, True)], "90", "100", None, None, 1),
    ([("90", "0", "0", True)], None, "0", "0", None, 0),
    ([("90", "0.5", "0", True), ("80", "0.5", "0", True)], "85", "1.0", "0", "0", 0),
    ([("60", None, None, False)], None, None, None, None, 1),
    ([], None, None, None, None, 0),
]


@pytest.mark.parametrize(("projects", "score", "adjusted", "spent", "rate", "missing"), TOGETHER)
def test_a_unit_is_the_mean_of_its_complete_projects_by_budget(
    projects, score, adjusted, spent, rate, missing
):
    of = UnitEvaluation(2026, "hubei", "", "", "hubei", tuple(evaluated(*item) for item in projects))
    assert unit_score(of).score == number(score)
    assert [len(part) for part in (unit_score(of).counted, unit_score(of).left_out)] == [
        sum(item[3] is whole for item in projects) for whole in (True, False)
    ]
    money = unit_budget(of)
    assert (money.adjusted, money.spent, money.rate) == (number(adjusted), number(spent), number(rate))
    assert money.missing == missing


@pytest.mark.parametrize(("projects", "score", "adjusted", "spent", "rate", "missing"), TOGETHER)
def test_units_together_are_added_up_as_the_projects_of_one(projects, score, adjusted, spent, rate, missing):
    units = [UnitLine(f"{n}", "单位", projects=(line(*item),)) for n, item in enumerate(projects)]
    together = roll_up(2026, units, (), ())
    assert (together.score, together.rate) == (number(score), number(rate))
    assert (together.adjusted, together.spent) == (number(adjusted), number(spent))


# --- an even split -------------------------------------------------------------------------------

ITEMS = (indicator("CC-01"), indicator("CC-02"), indicator("XY-01", "增强"))


@pytest.mark.parametrize(
    ("own", "more", "expected"),
    [
        (("30", "10"), {}, ["20", "10"]),
        (("10", "30"), {}, ["20", "10"]),
        (("30", "10"), {"deduction": D(3), "deduction_reason": "x"}, ["17", "10"]),
        (("30", "10"), {"deduction": D(25), "deduction_reason": "x"}, ["0", "10"]),
        (("30", "11"), {}, [None, None]),
    ],
)
def test_what_points_shared_out_evenly_would_have_earned(own, more, expected):
    """CC-01 is reached, CC-02 half of it; typed are 30 and 10 (or 10 and 30) of 40."""
    given = [
        actual("CC-01", "10", points=D(own[0]), **more),
        actual("CC-02", "5", points=D(own[1]), reason="x"),
        actual("XY-01", ACHIEVED, description="x"),
    ]
    of = evaluate("hubei", ITEMS, *given, funds=[fund("10", "10", "9")])
    assert [even_score(score, rules("hubei")) for score in of.scores[:2]] == [number(e) for e in expected]
    assert even_total(of, rules("hubei")) == sum(D(e or 0) for e in expected) + 40 + 18


def test_without_points_or_budget_an_even_split_counts_what_is_scored():
    items = [replace(indicator("TR-01"), points=D(50)), replace(indicator("XY-01"), points=D(40))]
    given = [actual("TR-01", "10"), actual("XY-01", "5", reason="x")]
    of = evaluate("province-generic", items, *given, funds=[])
    assert [even_score(score, rules("province-generic")) for score in of.scores] == [None, 45]
    assert even_total(of, rules("province-generic")) == 45
