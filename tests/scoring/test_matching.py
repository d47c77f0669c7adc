"""Each indicator with its actual, both in one unit."""

import pytest

from evaluator.scoring.matching import match
from tests.scoring.factory import ACHIEVED, D, actual, codes, indicator, project, submission


def pair(wanted, answer, unit="", typed_unit=None, **more):
    item = indicator("CC-01", wanted, unit)
    given = actual("CC-01", answer, unit if typed_unit is None else typed_unit, **more)
    (found,), findings = match(project(item), submission(given))
    return found, codes(findings)


@pytest.mark.parametrize(
    ("wanted", "unit", "answer", "typed_unit", "comparable"),
    [
        ("≥4000", "册", "3800", "册", "3800"),
        ("≤29.68", "万元", "257000", "元", "25.7"),
        ("≤9791106.31", "元", "979.110631", "万元", "9791106.31"),
        ("≥33.81", "万人", "338100", "人", "33.81"),
        ("≥95", "%", "0.95", "比例", "95"),
        ("≥0.97", "比例", "97", "%", "0.97"),
        ("＜24", "小时", "1", "天", "24"),
        ("≥180", "", "180", "", "180"),
        ("30—60", "分钟", "45", "分钟", "45"),
    ],
)
def test_an_actual_is_compared_in_the_unit_of_the_target__ok(wanted, unit, answer, typed_unit, comparable):
    found, findings = pair(wanted, answer, unit, typed_unit)
    assert found.comparable == D(comparable)
    assert findings == []


@pytest.mark.parametrize(
    ("unit", "typed_unit"),
    [("人", "条"), ("册", "份"), ("%", "人"), ("元/人·月", "元/人·年"), ("万元", "万人")],
)
def test_units_that_measure_different_things__finding(unit, typed_unit):
    found, findings = pair("≥10", "10", unit, typed_unit)
    assert findings == [("unit-mismatch", "CC-01")]
    assert found.comparable is None


def test_an_actual_without_unit_is_in_the_target_s__finding():
    found, findings = pair("≥10", "9", "册", "")
    assert findings == [("unit-assumed", "CC-01")]
    assert found.comparable == 9


def test_a_unit_that_the_target_lacks__finding():
    found, findings = pair("≥180", "9", "", "册")
    assert findings == [("unit-unexpected", "CC-01")]
    assert found.comparable == 9


@pytest.mark.parametrize(
    ("wanted", "answer", "expected"),
    [
        ("≥10", "", "actual-blank"),
        ("≥10", "不适用", "actual-not-applicable"),
        ("≥10", "2026-12-31", "number-expected"),
        ("≥10", ACHIEVED, "number-expected"),
        ("≥10", "1000000000000000", "number-too-large"),
        ("1—2", ACHIEVED, "number-expected"),
        ("2026-12-31", "5", "date-expected"),
        ("2026-12-31", "", "date-expected"),
        ("增强", "5", "grade-missing"),
        ("增强", "2026-12-31", "grade-missing"),
        ("增强", "", "grade-missing"),
        ("？", "5", "target-unscorable"),
    ],
)
def test_an_answer_that_cannot_be_compared__finding(wanted, answer, expected):
    found, findings = pair(wanted, answer)
    assert findings == [(expected, "CC-01")]
    assert found.comparable is None


def test_an_unreadable_actual_has_its_finding_already():
    found, findings = pair("≥10", "？")
    assert (found.comparable, findings) == (None, [])


@pytest.mark.parametrize(
    ("wanted", "answer"), [("增强", ACHIEVED), ("2026-12-31", "2027-01-03"), ("2026-12-31", ACHIEVED)]
)
def test_a_grade_or_a_date_is_no_number__ok(wanted, answer):
    found, findings = pair(wanted, answer)
    assert (found.comparable, findings) == (None, [])


def test_0_is_an_answer__ok():
    assert pair("≥10", "0")[0].comparable == 0


def test_an_indicator_without_a_row__finding():
    pairs, findings = match(project(indicator("CC-01"), indicator("CC-02")), submission(actual("CC-01", "1")))
    assert [(item.code, item.indicator) for item in findings] == [("row-missing", "CC-02")]
    assert [item.actual is None for item in pairs] == [False, True]


def test_an_actual_without_an_indicator__finding():
    given = submission(actual("CC-01", "1"), actual("CC-09", "2"), actual("CC-10", ""))
    assert codes(match(project(indicator("CC-01")), given)[1]) == [("actual-unmatched", "CC-09")]


def test_findings_name_project_place_and_what_to_do():
    (found,) = match(project(indicator("CC-01", "≥5", "册")), submission(actual("CC-01", "5", "人")))[1]
    assert (found.project, found.indicator, str(found.place)) == (
        "p",
        "CC-01",
        "actuals/2026/a.xlsx!实际完成值!CC-01",
    )
    assert (
        found.sentence
        == "“CC-01”的完成值“5人”与目标值“≥5册”的单位不是同一类，该指标未计分。请按单位“册”填写。"
    )
