"""Each indicator with its actual, both in one unit."""

from dataclasses import replace

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


@pytest.mark.parametrize(
    ("wanted", "answer", "typed_unit"),
    [
        ("≥180", "9", "册"),
        ("≥180", "0", "册"),
        ("≤0", "3", "起"),
        ("≤15", "22", "万元"),
        ("≤150000", "220000", "元"),
        ("≤100", "1", "万元"),  # as far from 100元 as from 100万元
        ("≥95", "93", "%"),
        ("≥0.95", "0.93", "比例"),
        ("≥2", "3", "小时"),
        ("≤400", "380", "元/人·天"),
        ("30—60", "45", "分钟"),
        ("≥30", "9", "某某"),
    ],
)
def test_a_unit_that_a_person_chose_settles_that_of_the_target__finding(wanted, answer, typed_unit):
    found, findings = pair(wanted, answer, "", typed_unit)
    assert findings == [("unit-settled", "CC-01")]
    assert (found.comparable, found.indicator.target.unit) == (D(answer), typed_unit)


@pytest.mark.parametrize(
    ("wanted", "answer", "typed_unit"),
    [
        ("≤200000", "25", "万元"),
        ("≤15", "220000", "元"),
        ("≥5", "48000", "人"),
        ("≥95", "0.95", "比例"),
        ("≤2", "100", "分钟"),
        ("1—60", "1", "小时"),  # 1小时 is as likely all of 60分钟
        ("≤4000", "0.38", "万元/人·天"),
    ],
)
def test_a_unit_that_another_one_suits_better__finding(wanted, answer, typed_unit):
    found, findings = pair(wanted, answer, "", typed_unit)
    assert findings == [("unit-unsettled", "CC-01")]
    assert found.comparable is None


@pytest.mark.parametrize("name", ["宣传费", "补助标准", "农民人均收入", "办公"])
def test_a_bare_number_of_money_is_never_scored_without_a_unit__finding(name):
    item = replace(indicator("CB-01", "≤15"), name=name)
    (found,), findings = match(project(item), submission(actual("CB-01", "12")))
    assert (found.comparable, codes(findings)) == (None, [("money-unsettled", "CB-01")])
    (found,), findings = match(project(item), submission(actual("CB-01", "12", "万元")))
    assert (found.comparable, found.indicator.target.unit) == (12, "万元")


@pytest.mark.parametrize("name", ["成本控制率", "采购车辆", "投诉次数"])
def test_a_bare_number_of_something_else_is_scored__ok(name):
    item = replace(indicator("CB-01", "≤15"), name=name)
    (found,), findings = match(project(item), submission(actual("CB-01", "12")))
    assert (found.comparable, findings) == (12, [])


def test_wan_typed_beside_money_is_wan_of_money__ok():
    assert pair("≤200", "250", "万元", "万")[0].comparable == 250
    assert pair("≤2000000", "250", "元", "万")[0].comparable == 2500000
    assert pair("≤200", "2.5", "万元", "百万")[0].comparable == 250
    assert pair("≤200", "2.5", "万元", "十万")[0].comparable == 25
    assert pair("≥200", "250", "人", "万")[1] == [("unit-mismatch", "CC-01")]


def test_units_beside_a_bare_number_are_kept_as_typed__ok():
    for typed, name in (("万", "培训"), ("万册", "印刷")):
        item = replace(indicator("CC-01", "≥200"), name=name)
        (found,), _ = match(project(item), submission(actual("CC-01", "250", typed)))
        assert (found.comparable, found.indicator.target.unit) == (250, typed)


@pytest.mark.parametrize(
    ("name", "wanted", "unit", "typed_unit", "cell"),
    [
        ("受益人数", "≥10", "人", "条", ("unit-mismatch", "G7")),
        ("受益人数", "≥10", "人", "", ("unit-assumed", "H7")),
        ("受益人数", "≥10", "", "人", ("unit-settled", "H7")),
        ("受益人数", "≥100000", "", "万人", ("unit-unsettled", "H7")),
        ("宣传费", "≤15", "", "", ("money-unsettled", "H7")),
    ],
)
def test_what_is_said_of_a_unit_names_its_cell_and_of_two_units_the_actual_s(
    name, wanted, unit, typed_unit, cell
):
    item = replace(indicator("CC-01", wanted, unit), name=name)
    given = actual("CC-01", "10", typed_unit)
    given = replace(given, place=replace(given.place, cell="G7"))
    assert codes(match(project(item), submission(given))[1]) == [cell]


RATES = ["服务对象满意度", "验收合格率", "资金到位率"]


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize(
    ("wanted", "answer", "typed_unit"),
    [
        ("≥90", "0.95", "%"),
        ("≥90", "0.0095", "比例"),
        ("＝100", "1", "%"),
        ("≥90", "1.5", "%"),
        ("≥50", "0.6", "%"),
    ],
)
def test_a_rate_a_hundredfold_too_small__finding(name, wanted, answer, typed_unit):
    item = replace(indicator("CC-01", wanted, "%"), name=name)
    (found,), findings = match(project(item), submission(actual("CC-01", answer, typed_unit)))
    assert (found.comparable, codes(findings)) == (None, [("rate-hundredfold", "CC-01")])
    given = actual("CC-01", answer, typed_unit, reason="系统停用，全年几乎没有办理")
    (found,), findings = match(project(item), submission(given))
    assert (found.comparable is None, findings) == (False, [])


def test_a_hundred_times_as_much_is_named():
    item = replace(indicator("CC-01", "≥90", "%"), name="验收合格率")
    (found,) = match(project(item), submission(actual("CC-01", "0.95", "%")))[1]
    assert dict(found.details)["hundred"] == "95%"


@pytest.mark.parametrize(
    ("name", "wanted", "answer"),
    [
        ("服务对象满意度", "≥90", "950"),
        ("群众满意率", "≥90", "101"),
        ("政策知晓率", "≥90", "100.5"),
        ("验收合格率", "＝100", "950"),
        ("任务完成率", "≥95", "301"),
    ],
)
def test_a_rate_that_cannot_be_so_high__finding(name, wanted, answer):
    item = replace(indicator("CC-01", wanted, "%"), name=name)
    (found,), findings = match(project(item), submission(actual("CC-01", answer, "%")))
    assert (found.comparable, codes(findings)) == (None, [("rate-impossible", "CC-01")])


@pytest.mark.parametrize(
    ("wanted", "answer", "scored"),
    [
        ("≥0.95", "80", False),
        ("≥0.95", "20", False),
        ("≥1", "80", False),
        ("≥95", "0.9", False),
        ("≥95", "1", False),
        ("≥20", "0.9", False),
        ("≥0.95", "0.9", True),
        ("≥0.95", "19.9", True),
        ("≥1.1", "80", True),
        ("≥95", "80", True),
        ("≥95", "1.1", True),
        ("≥19.9", "0.9", True),
    ],
)
def test_a_fraction_beside_a_percentage__finding(wanted, answer, scored):
    item = replace(indicator("CC-01", wanted), name="验收合格率")
    (found,), findings = match(project(item), submission(actual("CC-01", answer)))
    assert (found.comparable is not None, codes(findings) == []) == (scored, scored)
    assert scored or codes(findings) == [("rate-scales-differ", "CC-01")]


@pytest.mark.parametrize(
    ("name", "wanted", "answer"),
    [
        ("服务对象满意度", "≥90", "100"),
        ("任务完成率", "≥95", "120"),
        ("税收任务完成率", "≥120", "950"),
        ("目标任务完成率", "≥101", "950"),
        ("验收合格率", "≥90", "0"),
        ("收入增长率", "≥5", "950"),
        ("差错率", "≤5", "0.95"),
        ("抽查率", "≥3", "0.5"),
        ("合格率", "≥90", "9.5"),
    ],
)
def test_rates_that_may_be_meant__ok(name, wanted, answer):
    item = replace(indicator("CC-01", wanted, "%"), name=name)
    (found,), findings = match(project(item), submission(actual("CC-01", answer, "%")))
    assert (found.comparable, findings) == (D(answer), [])


@pytest.mark.parametrize(
    ("wanted", "answer", "expected"),
    [
        ("≥0.00000000000001", "70000000000000", "numbers-apart"),
        ("≥70000000000000", "0.00001", "numbers-apart"),
        ("≤0.00000000000001", "3", "numbers-apart"),
        ("1—2000000000", "1", "numbers-apart"),
        ("≥1", "1000000000", "numbers-apart"),
        ("＝0", "0.0000000000000555", "number-too-small"),
        ("≥5", "-0.0000000000001", "number-too-small"),
    ],
)
def test_numbers_that_cannot_be_meant__finding(wanted, answer, expected):
    found, findings = pair(wanted, answer, "米")
    assert (found.comparable, findings) == (None, [(expected, "CC-01")])


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


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [("≥10", "0"), ("≥1", "999999999"), ("≤0", "2000000000"), ("＝0", "0.000000001"), ("≥0", "0")],
)
def test_0_and_very_different_numbers_are_answers__ok(wanted, answer):
    assert pair(wanted, answer)[0].comparable == D(answer)


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
