"""One indicator's score: findings that stop it, findings that come with it, what it says about itself."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.records.approved import Correction, Operator
from evaluator.scoring import Case, case_of
from evaluator.scoring.matching import Pair
from tests.scoring.factory import (
    ACHIEVED,
    MISSED,
    PARTLY,
    RULES,
    D,
    actual,
    evaluate,
    indicator,
    one,
    rules,
)

WORDS = {"reason": "因为", "description": "说明"}


@pytest.mark.parametrize(
    ("wanted", "answer", "met"),
    [
        ("≥10", "10", True),
        ("≥10", "9.99", False),
        ("＞10", "10", False),
        ("＞10", "10.01", True),
        ("≤10", "10", True),
        ("≤10", "10.01", False),
        ("＜10", "10", False),
        ("＜10", "9.99", True),
        ("＝10", "10", True),
        ("＝10", "11", True),
        ("＝10", "9", False),
        ("＝0", "0", True),
        ("＝0", "1", False),
        ("5—10", "5", True),
        ("5—10", "10", True),
        ("5—10", "4", False),
        ("5—10", "11", False),
        ("增强", ACHIEVED, True),
        ("增强", PARTLY, False),
    ],
)
def test_whether_the_target_is_met(wanted, answer, met):
    share = D(70) if answer is PARTLY else None
    assert {one(name, wanted, answer, share=share, **WORDS)[0].met for name in RULES} == {met}


def test_equality_under_above_earns_full_points_and_does_not_meet_the_target():
    score, findings = one("hubei", "＞10", "10", **WORDS)
    assert (score.score, score.met, findings) == (10, False, [])
    assert "恰好相等不算达到目标" in "".join(score.steps)


@pytest.mark.parametrize(
    ("wanted", "answer", "completion"),
    [("≥80", "60", "75"), ("≤80", "60", "75"), ("＝80", "100", "125"), ("≥3", "1", "33.33"), ("≥3", "-3", "-100"),
     ("≥0.5", "0.25", "50"),
     ("＝0", "0", None), ("≤0", "5", None), ("≥-5", "5", None), ("5—10", "7", None), ("增强", ACHIEVED, None)],
)  # fmt: skip
def test_completion_is_actual_over_target_in_percent(wanted, answer, completion):
    expected = None if completion is None else D(completion)
    assert one("hubei", wanted, answer, **WORDS)[0].completion == expected


# --- grades -------------------------------------------------------------------------------------

HALF = {"hubei": "50", "mof-2020": "60", "mof-2021": "60", "province-generic": "60"}


@pytest.mark.parametrize("name", RULES)
def test_the_lower_bound_belongs_to_a_band_and_the_upper_to_the_next__ok(name):
    half = HALF[name]
    below = str(D(half) - D("0.01"))
    for grade, share in (
        (ACHIEVED, "100"),
        (ACHIEVED, "80"),
        (PARTLY, "79.99"),
        (PARTLY, half),
        (MISSED, below),
        (MISSED, "0"),
    ):
        score, findings = one(name, "增强", grade, share=D(share), **WORDS)
        assert findings == []
        assert score.computed == (D(share) / 10).quantize(D("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize("name", RULES)
def test_a_share_outside_its_band_is_refused__finding(name):
    half = HALF[name]
    below = str(D(half) - D("0.01"))
    for grade, share in (
        (ACHIEVED, "79.99"),
        (ACHIEVED, "100.01"),
        (PARTLY, "80"),
        (PARTLY, below),
        (MISSED, half),
        (MISSED, "-1"),
    ):
        score, findings = one(name, "增强", grade, share=D(share), **WORDS)
        assert findings == [("share-outside", "CC-01")]
        assert (score.score, score.met) == (None, None)


def test_achieved_without_a_share_earns_all_points():
    score, findings = one("hubei", "增强", ACHIEVED, **WORDS)
    assert (score.score, score.met, findings) == (10, True, [])


@pytest.mark.parametrize("grade", [PARTLY, MISSED])
def test_the_lower_grades_need_a_share__finding(grade):
    score, findings = one("hubei", "增强", grade, **WORDS)
    assert (score.score, findings) == (None, [("share-missing", "CC-01")])


@pytest.mark.parametrize(
    ("answer", "more", "score", "codes"),
    [
        ("2026-12-31", {}, "10", []),
        ("2026-12-31", {"grade": MISSED, "share": D(10)}, "10", []),
        ("2027-01-01", {"grade": PARTLY, "share": D("79")}, "7.9", []),
        ("2027-01-01", {"grade": MISSED, "share": D("0")}, "0", []),
        ("2027-01-01", {"share": D("79")}, "7.9", []),
        ("2027-01-01", {"share": D("80")}, None, ["share-outside"]),
        ("2027-01-01", {}, None, ["deadline-ungraded"]),
        ("2027-01-01", {"grade": PARTLY}, None, ["share-missing"]),
        ("2027-01-01", {"grade": PARTLY, "share": D(80)}, None, ["share-outside"]),
        ("2027-01-01", {"grade": ACHIEVED, "share": D(90)}, None, ["deadline-graded-achieved"]),
        (MISSED, {"share": D(30)}, "3", []),
        (ACHIEVED, {}, None, ["deadline-graded-achieved"]),
    ],
)
def test_a_missed_deadline_is_graded_in_the_two_lower_bands(answer, more, score, codes):
    found, findings = one("hubei", "2026-12-31", answer, **WORDS, **more)
    assert found.score == (None if score is None else D(score))
    assert [code for code, _ in findings] == codes
    assert found.met == (None if score is None else score == "10")


@pytest.mark.parametrize(
    ("wanted", "answer", "expected"),
    [
        ("增强", "不适用", ["actual-not-applicable"]),
        ("增强", "？", []),
        ("增强", "2026-12-31", ["grade-missing"]),
        ("2026-12-31", "不适用", ["actual-not-applicable"]),
        ("？", ACHIEVED, ["target-unscorable"]),
    ],
)
def test_a_grade_beside_an_answer_that_is_none_earns_nothing(wanted, answer, expected):
    more = {"share": D(90)} if answer in (ACHIEVED, "2026-12-31") else {"share": D(90), "grade": ACHIEVED}
    score, findings = one("hubei", wanted, answer, **more, **WORDS)
    assert (score.score, score.met, [code for code, _ in findings]) == (None, None, expected)


@pytest.mark.parametrize(
    ("wanted", "answer", "more", "expected"),
    [
        ("2026-12-31", "2027-01-01", {"grade": ACHIEVED, "share": D(90)}, "2027-01-01完成"),
        ("2026-12-31", ACHIEVED, {}, "没有完成日期"),
        ("2026-12-31", "2027-01-01", {"share": D(80)}, "逾期（未选完成等级）"),
        ("2026-12-31", "2027-01-01", {"share": D(80)}, "0%（含）至80%（不含）"),
        ("2026-12-31", "2027-01-01", {"grade": PARTLY}, "评为“部分达成预期指标并具有一定效果”"),
        ("2026-12-31", "2027-01-01", {"grade": PARTLY}, "50%（含）至80%（不含）"),
        ("增强", ACHIEVED, {"share": D(70)}, "80%（含）至100%（含）"),
    ],
)
def test_what_is_said_of_a_grade_that_does_not_fit(wanted, answer, more, expected):
    (found,) = evaluate("hubei", [indicator("CC-01", wanted)], actual("CC-01", answer, **more)).findings
    assert expected in found.sentence


# --- what stops a score -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "answer", "score"),
    [("≥-5", "-5", 10), ("≥-5", "-6", None), ("≤-5", "-5", 10), ("≤-5", "-4", None), ("＝-5", "-6", None),
     ("-10—10", "0", 10), ("-10—10", "-11", None), ("-10—10", "20", "5.00"), ("-10—-5", "-4", None)],
)  # fmt: skip
def test_a_negative_target_that_is_missed_has_no_formula(wanted, answer, score):
    found, findings = one("hubei", wanted, answer, **WORDS)
    assert found.score == (None if score is None else D(score))
    assert findings == ([("negative-target", "CC-01")] if score is None else [])


@pytest.mark.parametrize(
    ("deduction", "score"),
    [("0.5", "9.50"), ("0.005", "10.00"), ("0.006", "9.99"), ("10", "0"), ("11", "0"), ("0", "10")],
)
def test_a_deduction_with_its_reason_is_taken_from_the_computed_score__ok(deduction, score):
    found, findings = one("hubei", "≥10", "10", deduction=D(deduction), deduction_reason="目标偏低", **WORDS)
    assert (found.score, found.computed, found.deduction) == (D(score), 10, D(deduction))
    assert findings == []


def test_a_score_is_rounded_once():
    """4.995 less 0.001 is 4.994, so 4.99; rounding before the deduction would have made 5.00."""
    found, _ = one("hubei", "≥1000", "499.5", deduction=D("0.001"), deduction_reason="x", **WORDS)
    assert found.score == D("4.99")


@pytest.mark.parametrize(
    ("answer", "score"), [("267.5", "2.68"), ("267.4", "2.67"), ("1.5", "0.02"), ("0.4", "0.00")]
)
def test_ties_are_rounded_half_up(answer, score):
    assert one("hubei", "≥1000", answer, **WORDS)[0].score == D(score)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"deduction": D(1)}, "deduction-without-reason"),
        ({"deduction": D(-1), "deduction_reason": "x"}, "deduction-invalid"),
    ],
)
def test_a_deduction_that_is_not_valid__finding(more, expected):
    found, findings = one("hubei", "≥10", "10", **more, **WORDS)
    assert (found.score, findings) == (None, [(expected, "CC-01")])


def test_the_reason_why_there_is_no_score_is_the_last_step():
    found, _ = one("hubei", "≥10", "10", deduction=D(1), **WORDS)
    assert "没有填写扣减理由" in found.steps[-1]


# --- what comes with a score --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "more", "expected"),
    [
        ("10", {}, []),
        ("9.9999", {}, []),
        ("9.99", {}, ["reason-missing"]),
        ("9.99", {"reason": "因为"}, []),
        ("10", {"deduction": D(1), "deduction_reason": "x"}, []),
        ("9.99", {"reason": "无"}, ["reason-missing"]),
        ("9.99", {"reason": "—"}, ["reason-missing"]),
        ("9.99", {"reason": " 同上。"}, ["reason-missing"]),
        ("9.99", {"reason": "/", "deduction_reason": "目标偏低"}, []),
        ("9.99", {"reason": "无法定位原因"}, []),
    ],
)
def test_a_reason_is_asked_for_where_the_score_is_below_the_points(answer, more, expected):
    for name in RULES:
        score, findings = one(name, "≥10", answer, **more)
        assert [code for code, _ in findings] == expected
        assert score.score is not None


@pytest.mark.parametrize(("more", "expected"), [({}, ["description-missing"]), ({"description": "说明"}, [])])
def test_a_description_is_asked_for_where_the_target_is_qualitative(more, expected):
    for name in RULES:
        assert [code for code, _ in one(name, "增强", ACHIEVED, **more)[1]] == expected


NATIONAL = ("hubei", "mof-2020", "mof-2021")


@pytest.mark.parametrize(
    ("names", "wanted", "answer", "more", "expected"),
    [
        (RULES, "≥10", "11.99", {}, []),
        (NATIONAL, "≥10", "12", {}, ["overshoot-unexplained"]),
        (NATIONAL, "≥10", "12", {"description": "需求增加"}, ["overshoot-flagged"]),
        (NATIONAL, "＝10", "12", {"reason": "需求增加"}, ["overshoot-flagged"]),
        (("province-generic",), "≥10", "12", {}, ["overshoot-flagged"]),
        (("province-generic",), "≥10", "12.99", {}, ["overshoot-flagged"]),
        (("province-generic",), "≥10", "13", {}, ["overshoot-unexplained"]),
        (("province-generic",), "≥10", "13", {"reason": "需求增加"}, ["overshoot-flagged"]),
        (RULES, "≥1", "1.19", {}, []),
        (NATIONAL, "≥1", "1.2", {}, ["overshoot-unexplained"]),
        (RULES, "≥0", "5", {}, []),
        (RULES, "≤10", "1", {}, []),
        (RULES, "1—2", "2", {}, []),
    ],
)
def test_far_above_the_target_is_flagged_and_explained(names, wanted, answer, more, expected):
    for name in names:
        score, findings = one(name, wanted, answer, **more)
        assert [code for code, _ in findings] == expected
        assert score.score == 10


def test_above_a_limit_there_is_nothing_to_flag_but_the_reason():
    assert one("hubei", "≤10", "12", reason="涨价")[1] == []


# --- what a score says about itself -------------------------------------------------------------


def test_the_derivation_has_points_comparison_rule_and_score():
    score, _ = one("hubei", "≤5300", "5830", unit="元/户", **WORDS)
    assert score.steps[1:] == (
        "目标“≤5300元/户”，完成值5830元/户",
        "完成值≤目标值得满分；否则 分值×目标值÷完成值：10×5300÷5830≈9.09",
        "四舍五入到0.01，得9.09分",
    )
    assert "产出指标组80分" in score.steps[0]
    assert (score.rule, score.citation.status, score.points_origin) == ("reverse-ratio", "seen", "自定")


def test_a_converted_actual_shows_what_was_typed():
    result = evaluate("hubei", [indicator("CC-01", "≤29.68", "万元")], actual("CC-01", "257000", "元"))
    assert result.scores[0].steps[1] == "目标“≤29.68万元”，完成值25.7万元（填写为257000元）"


@pytest.mark.parametrize(
    ("wanted", "answer", "more", "expected"),
    [
        ("增强", PARTLY, {"share": D(70)}, "目标“增强”，实际：部分达成预期指标并具有一定效果"),
        ("2026-12-31", "2026-12-30", {}, "目标“2026-12-31”，实际：2026-12-30完成"),
        ("2026-12-31", "2026-12-30", {"grade": MISSED}, "目标“2026-12-31”，实际：2026-12-30完成"),
        (
            "2026-12-31",
            "2027-01-03",
            {"grade": MISSED, "share": D(30)},
            "目标“2026-12-31”，实际：2027-01-03完成，未达成预期指标且效果较差",
        ),
        ("2026-12-31", MISSED, {"share": D(30)}, "目标“2026-12-31”，实际：未达成预期指标且效果较差"),
    ],
)
def test_the_derivation_of_what_a_person_graded(wanted, answer, more, expected):
    assert one("hubei", wanted, answer, **WORDS, **more)[0].steps[1] == expected


@pytest.mark.parametrize("wanted", ["≥10", "2026-12-31", "增强"])
def test_without_an_actual_a_case_has_points_and_target_alone(wanted):
    item = indicator("CC-01", wanted)
    case = case_of(Pair(item, None), D(10), rules("hubei"))
    assert case == Case(D(10), item.target.deadline or item.target.value)


def test_a_corrected_target_stands_beside_what_was_approved():
    item = indicator("CC-01", "≥95", "%")
    corrected = replace(item, corrections=(Correction("指标值", "≥9.5%", "≥95%", "小数点"),))
    shown = [
        evaluate("hubei", [one], actual("CC-01", "95", "%")).scores[0].steps[1] for one in (item, corrected)
    ]
    assert shown == ["目标“≥95%”，完成值95%", "目标“≥95%”（人工更正，原批复“≥9.5%”），完成值95%"]


def test_a_deduction_is_a_step_of_its_own():
    score, _ = one("hubei", "≥10", "10", deduction=D("0.5"), deduction_reason="目标偏低", reason="x")
    assert "扣减0.5分，理由：目标偏低；得分＝计算得分10－0.5，不低于0分" in score.steps


numbers = st.decimals("-1E15", "1E15", allow_nan=False, allow_infinity=False, places=14)


@settings(max_examples=200, deadline=None)
@given(numbers, numbers, st.sampled_from(Operator), st.sampled_from(["", "%", "米", "万元"]))
def test_any_two_numbers_have_a_score_or_a_finding__never_an_exception(target, answer, operator, unit):
    score, found = one("mof-2020", f"{operator}{target:f}", f"{answer:f}", unit)
    assert score.score is not None or found


def test_target_and_actual_twenty_powers_of_ten_apart__finding():
    for wanted, answer in (("≥0.00000000000001", "70000000000000"), ("≤900000000000000", "0.00001")):
        score, found = one("mof-2020", wanted, answer, "米")
        assert (score.score, found) == (None, [("numbers-apart", "CC-01")])


@pytest.mark.parametrize(
    ("wanted", "answer", "refused"),
    [
        ("≥-5", "-6", True), ("≥-5", "-5", False), ("≥-5", "-4", False), ("≥0", "-1", False), ("≤-5", "-4", True),
        ("≤-5", "-5", False), ("≤-5", "-6", False), ("≤0", "1", False), ("＜-5", "-4", True),
        ("-10—-5", "-11", True), ("-10—-5", "-4", True), ("-10—-5", "-10", False), ("-10—-5", "-5", False),
        ("0—5", "-1", False), ("-10—0", "1", False), ("-10—5", "6", False), ("-10—5", "-11", True),
    ],
)  # fmt: skip
def test_only_a_missed_negative_bound_is_refused(wanted, answer, refused):
    _, findings = one("hubei", wanted, answer, **WORDS)
    assert ("negative-target" in [code for code, _ in findings]) is refused
