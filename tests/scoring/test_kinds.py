"""Points by rule set and kind, both sides of each threshold; the cases are named as sentences of the law."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.rulesets import Kind, Slot
from evaluator.scoring import Case, Cells, rule_for
from evaluator.scoring.kinds import Ratio
from evaluator.values.text import half_up
from tests.scoring.factory import RULES, D, rules, target

W = D(10)
ALL = "all"

# rule sets, target, actual, points of 10, what the law says
CASES = [
    (ALL, "≥4000", "4000", "10", "the target reached earns full points"),
    (ALL, "≥4000", "5200", "10", "more than the target earns no more than full points"),
    (ALL, "≥4000", "3999", "10.00", "just below is W·B/A, rounded half up"),
    (ALL, "≥4000", "3800", "9.50", "below the target is W·B/A"),
    (ALL, "≥98", "98", "10", "98% against 98% is the full score, not 98% of it"),
    (ALL, "≥4000", "0", "0", "nothing done earns nothing"),
    (ALL, "≥4000", "-1", "0", "a negative actual counts as 0"),
    (ALL, "≥0", "0", "10", "a target of at least 0 is reached by 0"),
    (ALL, "≥0", "-5", "0", "a target of at least 0 is missed by less, which counts as 0"),
    (ALL, "＞4000", "4000", "10", "above and at least have one formula"),
    (ALL, "＞4000", "3000", "7.50", "above and at least have one formula"),
    (ALL, "＝6", "6", "10", "equal earns full points"),
    (ALL, "＝6", "5", "8.33", "short of ＝ is positive"),
    (ALL, "＝6", "7", "10", "beyond ＝ is positive: full points"),
    (ALL, "＝0", "0", "10", "＝0 is reached by 0"),
    (ALL, "＝0", "1", "0", "＝0 with 1 earns nothing"),
    (ALL, "＝0", "-1", "10", "＝0 is reached by less than 0"),
    (ALL, "≤5300", "5300", "10", "the limit kept earns full points"),
    (ALL, "≤5300", "0", "10", "far below the limit earns full points"),
    ("hubei mof-2020 mof-2021", "≤5300", "5830", "9.09", "above the limit is W·A/B"),
    ("hubei mof-2020 mof-2021", "≤5300", "10600", "5.00", "twice the limit is W·A/B"),
    ("hubei mof-2020 mof-2021", "≤5300", "53000", "1.00", "ten times the limit is W·A/B"),
    ("hubei mof-2020 mof-2021", "＜24", "25", "9.60", "below and at most have one formula"),
    ("province-generic", "≤5300", "5830", "9.00", "above the limit is W·(1−(B−A)/A)"),
    ("province-generic", "≤5300", "10599", "0.00", "just below twice the limit is next to nothing"),
    ("province-generic", "≤5300", "10600", "0", "twice the limit earns nothing"),
    ("province-generic", "≤5300", "53000", "0", "more than twice the limit earns nothing"),
    ("province-generic", "＜24", "30", "7.50", "below and at most have one formula"),
    (ALL, "≤0", "0", "10", "at most 0 is reached by 0"),
    (ALL, "≤0", "1", "0", "at most 0 leaves nothing for more"),
    (ALL, "＜24", "24", "10", "equality under ＜ is full points by the formula"),
    (ALL, "30—60", "30", "10", "the lower bound is inside the range"),
    (ALL, "30—60", "60", "10", "the upper bound is inside the range"),
    (ALL, "30—60", "45", "10", "inside the range"),
    (ALL, "30—60", "27", "9.00", "below the range is positive against the lower bound"),
    ("hubei mof-2020 mof-2021", "30—60", "66", "9.09", "above the range is reverse against the upper bound"),
    ("province-generic", "30—60", "66", "9.00", "above the range is reverse against the upper bound"),
    ("province-generic", "30—60", "120", "0", "twice the upper bound earns nothing"),
    (ALL, "-10—10", "-5", "10", "a range may begin below 0"),
]
LAW = [
    pytest.param(name, *case[1:4], id=f"{name}: {case[4]} ({case[1]}, {case[2]})")
    for case in CASES
    for name in (RULES if case[0] == ALL else case[0].split())
]


def case_of(wanted: Target, actual: str) -> Case:
    return Case(W, wanted.value, wanted.upper, D(actual))


@pytest.mark.parametrize(("name", "wanted", "actual", "expected"), LAW)
def test_points_of_10(name, wanted, actual, expected):
    goal = target(wanted)
    assert half_up(rule_for(goal, rules(name)).points(case_of(goal, actual))) == D(expected)


@pytest.mark.parametrize(
    ("completed", "share", "expected"),
    [
        (date(2026, 12, 30), None, "10"),
        (date(2026, 12, 31), None, "10"),
        (date(2026, 12, 31), D(50), "10"),
        (date(2027, 1, 1), D(79), "7.9"),
        (date(2027, 1, 1), D(0), "0"),
        (None, D(30), "3"),
    ],
)
def test_a_deadline_kept_earns_all_and_a_missed_one_the_graded_share(completed, share, expected):
    goal = target("2026-12-31")
    for name in RULES:
        assert rule_for(goal, rules(name)).points(Case(W, goal.deadline, None, completed, share)) == D(
            expected
        )


@pytest.mark.parametrize(("share", "expected"), [("100", "10"), ("80", "8"), ("79.99", "7.999"), ("0", "0")])
def test_a_qualitative_target_earns_its_share(share, expected):
    for name in RULES:
        rule = rule_for(target("明显提升"), rules(name))
        assert rule.points(Case(W, share=D(share))) == D(expected)


@pytest.mark.parametrize(
    ("actual", "expected"), [("60", "6"), ("59.99", "0"), ("100", "10"), ("99", "9.9"), ("-1", "0")]
)
def test_below_a_pass_mark_nothing_is_earned(actual, expected):
    rule = Ratio(rules("mof-2021").allocations[0].clause.citation, D("0.6"))
    assert rule.points(Case(W, D(100), actual=D(actual))) == D(expected)
    assert "60%" in rule.words


@pytest.mark.parametrize(
    ("name", "wanted", "actual", "expected"),
    [
        ("hubei", "≥4000", "3800", "13.33×3800÷4000≈12.66"),
        ("hubei", "≥4000", "4000", "4000册≥4000册，得满分13.33分"),
        ("hubei", "≥4000", "-1", "-1册为负数，按0计，得0分"),
        ("hubei", "≤5300", "5830", "13.33×5300÷5830≈12.12"),
        ("province-generic", "≤5300", "5830", "13.33×（1－（5830－5300）÷5300）≈12.00"),
        ("province-generic", "≤5300", "10600", "10600册≥2×5300册，得0分"),
        ("hubei", "＝0", "2", "2册>0，得0分"),
        ("hubei", "＝0", "0", "0册≤0，得满分13.33分"),
        ("hubei", "30—60", "45", "30册≤45册≤60册，得满分13.33分"),
        ("hubei", "30—60", "15", "13.33×15÷30≈6.67"),
        ("hubei", "30—60", "120", "13.33×60÷120≈6.67"),
        # at the bounds
        ("hubei", "≤5300", "5300", "5300册≤5300册，得满分13.33分"),
        ("province-generic", "≤5300", "5300", "5300册≤5300册，得满分13.33分"),
        ("province-generic", "≤5300", "5200", "5200册≤5300册，得满分13.33分"),
        ("hubei", "≥4000", "0", "13.33×0÷4000=0.00"),
        ("hubei", "＝0", "1", "1册>0，得0分"),
        ("hubei", "30—60", "30", "30册≤30册≤60册，得满分13.33分"),
        ("hubei", "30—60", "60", "30册≤60册≤60册，得满分13.33分"),
    ],
)
def test_the_numbers_put_in(name, wanted, actual, expected):
    goal = target(wanted)
    case = Case(D("13.33"), goal.value, goal.upper, D(actual))
    assert rule_for(goal, rules(name)).substitute(case, "册") == expected


def test_the_numbers_put_in_where_a_person_grades():
    goal = target("2026-12-31")
    late = Case(W, goal.deadline, None, date(2027, 1, 3), D(55))
    rule = rule_for(goal, rules("hubei"))
    assert rule.substitute(late) == "2027-01-03晚于2026-12-31，10×55%=5.50"
    assert rule.substitute(Case(W, goal.deadline, None, None, D(55))) == "未完成，10×55%=5.50"
    assert (
        rule.substitute(Case(W, goal.deadline, None, date(2026, 1, 3)))
        == "2026-01-03不晚于2026-12-31，得满分10分"
    )


def test_a_pass_mark_is_written_in_percent_of_the_target():
    of = rules("mof-2021")
    marked = replace(of.rules[Slot.AT_LEAST], pass_mark=D(60))
    rule = rule_for(target("≥100"), replace(of, rules={**of.rules, Slot.AT_LEAST: marked}))
    assert [rule.points(Case(W, D(100), actual=D(n))) for n in ("59.9", "60", "60.4")] == [0, 6, D("6.04")]


def test_below_a_pass_mark_the_numbers_say_so():
    rule = Ratio(rules("mof-2021").allocations[0].clause.citation, D("0.6"))
    assert rule.substitute(Case(W, D(100), actual=D(50)), "%") == "50%<100%×0.6，未达及格线，得0分"


def test_without_a_pass_mark_nobody_reads_of_one():
    rule = rule_for(target("≥100"), rules("mof-2021"))
    assert rule.words == "完成值≥目标值得满分；否则 分值×完成值÷目标值，完成值为负数按0计"
    assert rule.formula(Cells("W", "A", actual="B")) == "IF(B>=A,W,IF(B<=0,0,W*B/A))"


def test_every_kind_of_a_rule_file_has_a_rule_of_that_name():
    texts = ("≥1", "≤1", "＝1", "＝0", "1—2", "2026-12-31", "增强", "？")
    kinds = {rule_for(target(text), rules(name)).kind for text in texts for name in RULES}
    assert kinds == set(Kind)


def test_a_case_of_another_kind_is_a_bug():
    for case in (Case(W), Case(W, D(1)), Case(W, actual=D(1))):
        with pytest.raises(TypeError, match="not a numeric case"):
            rule_for(target("≥1"), rules("hubei")).points(case)
    with pytest.raises(TypeError):
        rule_for(target("2026-12-31"), rules("hubei")).points(Case(W))


def test_formulas_use_nothing_that_an_office_program_lacks():
    cells = Cells("$H7", "$F7", "$G7", "$I7", "$J7")
    for name in RULES:
        for text in ("≥1", "≤1", "＝0", "1—2", "2026-12-31", "增强"):
            formula = rule_for(target(text), rules(name)).formula(cells)
            assert set(re.findall(r"[A-Z]+(?=\()", formula)) <= {"IF", "AND", "ISNUMBER"}, formula
            assert not formula.startswith("=")


# --- properties ---------------------------------------------------------------------------------

numbers = st.decimals(-(10**6), 10**12, places=4)
positive = st.decimals(0, 10**9, places=4)
points = st.decimals(0, 100, places=2)
sets = st.sampled_from(RULES)


def numeric(operator: Operator, value: Decimal) -> Target:
    return Target("", TargetKind.NUMERIC, operator, value)


@given(sets, points, positive, numbers, numbers)
def test_a_higher_actual_never_scores_lower_where_more_is_better(name, w, value, one, other):
    for operator in (Operator.AT_LEAST, Operator.ABOVE):
        rule = rule_for(numeric(operator, value), rules(name))
        low, high = (rule.points(Case(w, value, actual=actual)) for actual in sorted((one, other)))
        assert 0 <= low <= high <= w


@given(sets, points, positive, numbers, numbers)
def test_a_lower_actual_never_scores_lower_where_less_is_better(name, w, value, one, other):
    for operator in (Operator.AT_MOST, Operator.BELOW):
        rule = rule_for(numeric(operator, value), rules(name))
        high, low = (rule.points(Case(w, value, actual=actual)) for actual in sorted((one, other)))
        assert 0 <= low <= high <= w


@given(sets, points, numbers, numbers, numbers)
def test_no_score_is_negative_or_above_the_points_even_for_targets_without_meaning(
    name, w, value, upper, actual
):
    low, high = sorted((value, upper))
    for operator in Operator:
        rule = rule_for(numeric(operator, value), rules(name))
        assert 0 <= rule.points(Case(w, value, actual=actual)) <= w
    between = rule_for(Target("", TargetKind.RANGE, None, low, high), rules(name))
    assert 0 <= between.points(Case(w, low, high, actual)) <= w


def test_at_the_pass_mark_the_ratio_is_shown():
    rule = Ratio(rules("mof-2021").allocations[0].clause.citation, D("0.6"))
    assert rule.substitute(Case(W, D(100), actual=D(60)), "%") == "10×60÷100=6.00"
