"""Points of each indicator: groups, goals, missing groups, points set by hand, approved weights."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.findings import Severity
from evaluator.rulesets import Choices, WeightSource, load
from evaluator.scoring import share_out
from evaluator.scoring.groups import apportion
from tests.scoring.factory import FORM, RULES, D, actual, codes, indicator, project, rules, submission

ALL_GROUPS = ("CB-01", "CC-01", "CC-02", "XY-01", "MY-01")


def allot(name, indicators, own=None):
    """Points by code, as text, and the findings; `indicators` are codes or indicators."""
    items = [indicator(item) if isinstance(item, str) else item for item in indicators]
    given = (
        [actual(i.code, "10", points=D(own[i.code]) if i.code in own else None) for i in items] if own else ()
    )
    shares, findings = share_out(project(*items), submission(*given) if own else None, rules(name))
    points = {code: allotment.points for code, allotment in shares.allotments.items()}
    return (
        shares,
        {code: None if value is None else str(value) for code, value in points.items()},
        codes(findings),
    )


def number(text):
    return None if text is None else D(text)


def code_of(keyword):
    return keyword.replace("_", "-")


def approved(**points):
    return [indicator(code_of(code), points=D(value)) for code, value in points.items()]


def chosen(name, **choices):
    """A rule set with what a unit chose in scoring.toml."""
    loaded, findings = load(name, Choices(file="targets/2026/scoring.toml", **choices))
    assert findings == []
    return loaded


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        ("40", "111", ["13.34", "13.33", "13.33"]),
        ("80", "111", ["26.67", "26.67", "26.66"]),
        ("26.67", "44", ["13.34", "13.33"]),
        ("90", "53", ["56.25", "33.75"]),
        ("0.02", "111", ["0.01", "0.01", "0.00"]),
        ("1", "12", ["0.33", "0.67"]),
        ("10", "221", ["4.00", "4.00", "2.00"]),
        ("10", "1", ["10.00"]),
        ("0", "11", ["0.00", "0.00"]),
        ("10", "", []),
    ],
)
def test_a_total_is_split_to_the_cent_by_largest_remainder(total, weights, expected):
    assert [str(part) for part in apportion(D(total), [D(w) for w in weights])] == expected


@given(
    st.decimals(0, 100, places=2),
    st.lists(st.decimals("0.01", 100, places=2), min_size=1, max_size=60),
)
def test_the_parts_add_up_exactly_and_are_within_a_cent_of_their_share(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    exact = [total * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < D("0.010001") for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hubei", {"CB-01": "13.34", "CC-01": "13.33", "CC-02": "13.33", "XY-01": "20.00", "MY-01": "20.00"}),
        ("mof-2020", {"CB-01": "16.67", "CC-01": "16.67", "CC-02": "16.66", "XY-01": "30.00", "MY-01": "10.00"}),
        ("mof-2021", {"CB-01": "20.00", "CC-01": "20.00", "CC-02": "20.00", "XY-01": "20.00", "MY-01": "10.00"}),
        ("province-generic", {"CB-01": "20.00", "CC-01": "20.00", "CC-02": "20.00", "XY-01": "20.00", "MY-01": "10.00"}),
    ],
)  # fmt: skip
def test_within_a_group_points_are_shared_evenly(name, expected):
    shares, points, findings = allot(name, ALL_GROUPS)
    assert points == expected
    assert findings == ([("weights-not-planned", "12")] if name == "province-generic" else [])
    assert {item.origin for item in shares.allotments.values()} == {"均分"}


@pytest.mark.parametrize(
    ("name", "indicators", "expected"),
    [
        (
            "mof-2021",
            ("CB-01", "CC-01", "XY-01"),
            [("成本指标", "20"), ("产出指标", "40"), ("效益指标", "30")],
        ),
        ("mof-2021", ("CC-01", "XY-01"), [("产出指标", "50"), ("效益指标", "40")]),
        (
            "mof-2021",
            ("CC-01", "XY-01", "MY-01"),
            [("产出指标", "50"), ("效益指标", "30"), ("满意度指标", "10")],
        ),
        ("mof-2021", ("CC-01", "MY-01"), [("产出指标", "75"), ("满意度指标", "15")]),
        ("mof-2021", ("CC-01",), [("产出指标", "90")]),
        ("mof-2020", ("CC-01", "XY-01"), [("产出指标", "56.25"), ("效益指标", "33.75")]),
        ("mof-2020", ("CB-01", "XY-01"), [("产出指标", "56.25"), ("效益指标", "33.75")]),
        ("hubei", ("CC-01", "MY-01"), [("产出指标", "40"), ("效益指标", "40")]),
        ("hubei", ("CB-01", "CC-01"), [("产出指标", "80")]),
    ],
)
def test_a_missing_group_gives_its_points_to_its_heir_else_pro_rata(name, indicators, expected):
    shares, _, findings = allot(name, indicators)
    assert [(group.name, group.points) for group in shares.groups] == [(n, D(p)) for n, p in expected]
    assert findings == []


def test_who_inherits_is_said():
    shares, _, _ = allot("mof-2021", ("CC-01", "XY-01"))
    assert "没有满意度指标，其分值计入效益指标组" in shares.allotments["XY-01"].step
    shares, _, _ = allot("hubei", ("CC-01",))
    assert "没有效益指标，其分值按比例分给其他组" in shares.allotments["CC-01"].step


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        (1, [(1, "40"), (1, "40")]),
        (2, [(1, "20"), (1, "20"), (2, "20"), (2, "20")]),
        (3, [(1, "13.34"), (1, "13.33"), (2, "13.34"), (2, "13.33"), (3, "13.33"), (3, "13.33")]),
    ],
)
def test_in_hubei_the_80_points_are_split_evenly_over_the_annual_goals(goals, expected):
    items = [indicator(f"{kind}-{goal}", goal=goal) for goal in range(1, goals + 1) for kind in ("CC", "XY")]
    shares, _, findings = allot("hubei", items)
    assert [(group.goal, group.points) for group in shares.groups] == [(g, D(p)) for g, p in expected]
    assert sum(group.points for group in shares.groups) == 80
    assert findings == []


@pytest.mark.parametrize(("level1", "shown"), [("投入指标", "投入指标"), ("", "（空）")])
def test_a_level_1_term_that_no_group_holds__finding(level1, shown):
    odd = replace(indicator("TR-01"), level1=level1)
    shares, points, findings = allot("hubei", (odd, "CC-01"))
    assert findings == [("level1-ungrouped", "12")]
    assert points == {"CC-01": "80.00", "TR-01": None}
    assert shares.allotments["TR-01"].step == f"一级指标“{shown}”不在计分规则的分组之内，没有分值"


def test_a_goal_whose_level_1_terms_no_group_holds__finding():
    _, points, findings = allot("hubei", ("TR-01", indicator("CC-01", goal=2), indicator("XY-01", goal=2)))
    assert points == {"TR-01": None, "CC-01": "20.00", "XY-01": "20.00"}
    assert findings == [("level1-ungrouped", "12")]


@pytest.mark.parametrize(
    ("items", "own", "steps"),
    [
        (
            ("CC-01", "CC-02", "XY-01"),
            {"CC-01": "10"},
            [
                "产出指标组40分，单位自定，本项10分（组内均分为20分）",
                "产出指标组40分，均分余下的分值，本项30分（组内均分为20分）",
                "效益指标组40分，1项均分，本项40分",
            ],
        ),
        (
            (indicator("CC-01", points=D(40)), "XY-01"),
            {},
            ["产出指标组40分，按批复，本项40分", "效益指标组40分，1项均分，本项40分"],
        ),
        (
            ("CC-01", "XY-01", indicator("CC-02", goal=2), indicator("XY-02", goal=2)),
            {},
            [
                f"2个年度目标平均分配，目标{goal}共40分；{name}组20分，1项均分，本项20分"
                for goal in (1, 2)
                for name in ("产出指标", "效益指标")
            ],
        ),
    ],
)
def test_how_points_came_about_is_said(items, own, steps):
    shares, _, _ = allot("hubei", items, own)
    clause = "（湖北省印制的《项目自评表》表下说明）"
    assert sorted(item.step.replace(clause, "") for item in shares.allotments.values()) == sorted(steps)


# --- set by hand ----------------------------------------------------------------------------------

OUTPUT = ("CB-01", "CC-01", "CC-02")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"CB-01": "10", "CC-01": "20", "CC-02": "10"}, ["10", "20", "10"]),
        ({"CB-01": "10"}, ["10", "15.00", "15.00"]),
        ({"CC-02": "9.99"}, ["15.01", "15.00", "9.99"]),
        ({"CB-01": "0"}, ["0", "20.00", "20.00"]),
        ({"CB-01": "40"}, ["40", "0.00", "0.00"]),
    ],
)
def test_points_set_by_hand__ok(own, expected):
    """Blank ones share the rest evenly; what the even split would have given stands beside them."""
    shares, points, findings = allot("hubei", (*OUTPUT, "XY-01"), own)
    assert [points[code] for code in OUTPUT] == expected
    assert findings == [("points-own", "CB-01")]
    assert [shares.allotments[code].even_points for code in OUTPUT] == [D("13.34"), D("13.33"), D("13.33")]
    assert {shares.allotments[code].origin for code in OUTPUT} == {"自定"}
    assert shares.allotments["XY-01"].origin == "均分"
    assert "组内均分为13.34分" in shares.allotments["CB-01"].step


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"CB-01": "10", "CC-01": "20", "CC-02": "11"}, [("points-sum", "CB-01")]),
        ({"CB-01": "10", "CC-01": "20", "CC-02": "9.99"}, [("points-sum", "CB-01")]),
        ({"CB-01": "30", "CC-01": "11"}, [("points-sum", "CB-01")]),
        ({"CC-01": "-1"}, [("points-invalid", "CC-01")]),
        ({"CC-01": "40.01"}, [("points-sum", "CC-01")]),
        ({"CC-01": "80.01"}, [("points-invalid", "CC-01")]),
        ({"CC-01": "13.333"}, [("points-invalid", "CC-01")]),
        ({"CB-01": "-1", "CC-01": "99"}, [("points-invalid", "CB-01"), ("points-invalid", "CC-01")]),
    ],
)
def test_points_set_by_hand__finding(own, expected):
    """The group is not scored; the other group is."""
    shares, points, findings = allot("hubei", (*OUTPUT, "XY-01"), own)
    assert findings == expected
    assert [points[code] for code in OUTPUT] == [None, None, None]
    assert points["XY-01"] == "40.00"
    assert shares.allotments["CB-01"].even_points == D("13.34")


@given(st.integers(1, 12), st.data())
def test_points_typed_and_rest_add_up_exactly(count, data):
    typed = data.draw(st.lists(st.decimals(0, D(40) / count, places=2), min_size=1, max_size=count))
    own = {f"CC-{i:02d}": str(value) for i, value in enumerate(typed)}
    _, points, _ = allot("hubei", [*(f"CC-{i:02d}" for i in range(count)), "XY-01"], own)
    outputs = [value for code, value in points.items() if code.startswith("CC")]
    if None in outputs:
        assert len(typed) == count
        assert sum(typed) != 40
    else:
        assert sum(D(value) for value in outputs) == 40


@given(
    st.lists(st.sampled_from(("CB", "CC", "XY", "MY")), min_size=1, max_size=30),
    st.integers(1, 4),
    st.sampled_from(RULES),
)
def test_all_points_together_are_100_less_the_budget_s(kinds, goals, name):
    items = [indicator(f"{kind}-{n:02d}", goal=n % goals + 1) for n, kind in enumerate(kinds)]
    shares, points, _ = allot(name, items)
    assert sum(D(value) for value in points.values()) == rules(name).indicator_points
    assert sum(group.points for group in shares.groups) == rules(name).indicator_points
    even = [allotment.even_points for allotment in shares.allotments.values()]
    assert sum(even, Decimal(0)) == rules(name).indicator_points


# --- as approved ----------------------------------------------------------------------------------


def test_in_the_province_approved_weights_are_taken_as_planned__ok():
    shares, points, findings = allot("province-generic", approved(CC_01="60", CC_02="10", XY_01="20"))
    assert points == {"CC-01": "60", "CC-02": "10", "XY-01": "20"}
    assert findings == []
    assert {item.origin for item in shares.allotments.values()} == {"批复"}
    assert [(g.name, g.points) for g in shares.groups] == [("产出指标", 70), ("效益指标", 20)]
    assert shares.planned
    assert shares.allotments["CC-01"].step.startswith("分值批复60分（")


def test_as_planned_even_a_level_1_term_without_group_has_points():
    shares, points, findings = allot("province-generic", approved(TR_01="30", CC_01="60"))
    assert findings == []
    assert points["TR-01"] == "30"
    assert shares.allotments["TR-01"].group == "投入指标"


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({"CC_01": "60", "XY_01": "29.99"}, [("weights-sum", "12")]),
        ({"CC_01": "60", "XY_01": "40"}, [("weights-sum", "12")]),
        ({"CC_01": "60", "XY_01": "40.5"}, [("weights-over", "12")]),
        ({"CC_01": "-10", "XY_01": "100"}, [("points-invalid", "12"), ("points-invalid", "12")]),
    ],
)
def test_planned_weights_that_do_not_add_up__finding(points, expected):
    shares, allotted, findings = allot("province-generic", approved(**points))
    assert findings == expected
    assert all(item.step.startswith("分值有误，未计分") for item in shares.allotments.values())
    assert set(allotted.values()) == {None}


def test_a_plan_with_gaps__finding():
    _, points, findings = allot("province-generic", [*approved(CC_01="60"), indicator("XY-01")])
    assert findings == [("weights-incomplete", "12")]
    assert set(points.values()) == {None}


def test_a_gap_of_the_plan_may_be_filled_by_hand():
    items = [*approved(CC_01="60"), indicator("XY-01")]
    shares, points, findings = allot("province-generic", items, {"XY-01": "30"})
    assert points == {"CC-01": "60", "XY-01": "30"}
    assert findings == [("points-own", "CC-01")]
    assert [shares.allotments[code].origin for code in points] == ["批复", "自定"]


def test_points_typed_for_every_indicator_are_a_plan():
    _, points, findings = allot("province-generic", ("CC-01", "XY-01"), {"CC-01": "80", "XY-01": "10"})
    assert points == {"CC-01": "80", "XY-01": "10"}
    assert findings == [("points-own", "CC-01")]


def test_a_plan_that_was_typed_and_does_not_add_up__finding():
    _, points, findings = allot("province-generic", ("CC-01", "XY-01"), {"CC-01": "80", "XY-01": "9"})
    assert set(points.values()) == {None}
    assert findings == [("weights-sum", "12")]


def test_points_typed_for_some_are_no_plan():
    shares, points, findings = allot("province-generic", ("CC-01", "CC-02", "XY-01"), {"CC-01": "20"})
    assert not shares.planned
    assert points["CC-01"] == "20"
    assert findings == [("weights-not-planned", "CC-01"), ("points-own", "CC-01")]


@pytest.mark.parametrize(
    ("items", "own", "compared"),
    [
        ([*approved(CC_01="60"), "XY-01"], {"XY-01": "30"}, "XY-01 30（均分40）"),
        (approved(CC_01="60", XY_01="30"), {"XY-01": "30"}, "XY-01 30（批复30）"),
        (
            [*approved(TR_01="60"), "XY-01"],
            {"TR-01": "50", "XY-01": "40"},
            "TR-01 50（批复60）、XY-01 40（均分90）",
        ),
        (["TR-01", "XY-01"], {"TR-01": "50", "XY-01": "40"}, "TR-01 50（批复无）、XY-01 40（均分90）"),
    ],
)
def test_typed_points_stand_beside_those_that_they_replace(items, own, compared):
    items = [indicator(item) if isinstance(item, str) else item for item in items]
    given = [actual(item.code, "10", points=number(own.get(item.code))) for item in items]
    _, (found,) = share_out(project(*items), submission(*given), rules("province-generic"))
    assert found.text == f"全部指标采用了单位自定的分值：{compared}"


def test_approved_points_that_fit_the_group_are_taken_in_hubei__ok():
    shares, points, findings = allot("hubei", approved(CC_01="30", CC_02="10", XY_01="40"))
    assert points == {"CC-01": "30", "CC-02": "10", "XY-01": "40"}
    assert findings == []
    assert shares.allotments["CC-01"].origin == "批复"
    assert shares.allotments["CC-01"].even_points == 20


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (approved(CC_01="50", CC_02="-10", XY_01="40"), [("points-invalid", "12")]),
        ([*approved(CC_01="40", XY_01="40"), indicator("CC-02")], [("weights-incomplete", "12")]),
        (approved(CC_01="39.995", CC_02="0.005", XY_01="40"), [("points-invalid", "12")] * 2),
    ],
)
def test_approved_points_that_add_up_and_still_are_none__finding(items, expected):
    _, points, findings = allot("hubei", items)
    assert set(points.values()) == {None}
    assert findings == expected


# What was approved, by the sums of its groups; the rules give 50/30/10 (hubei 40/40).
FORTY = {"CC_01": "25", "CC_02": "15", "XY_01": "30", "MY_01": "10", "MY_02": "10"}
FORTY_FIVE = {"CC_01": "30", "CC_02": "15", "XY_01": "35", "MY_01": "10"}


@pytest.mark.parametrize("points", [FORTY, FORTY_FIVE], ids=["40/30/20", "45/35/10"])
@pytest.mark.parametrize("name", ["mof-2020", "mof-2021"])
def test_approved_points_are_law_whatever_their_groups_come_to__one_finding(name, points):
    _, shared, findings = allot(name, approved(**points))
    assert shared == {code.replace("_", "-"): value for code, value in points.items()}
    assert findings == [("points-other-groups", "12")]


def test_both_sums_are_said():
    _, found = share_out(project(*approved(**FORTY)), None, rules("mof-2020"))
    assert "批复的分值按一级指标合计为产出指标组40分、效益指标组30分、满意度指标组20分" in found[0].text
    assert "计分规则是产出指标组50分、效益指标组30分、满意度指标组10分" in found[0].text
    assert 'weights = "approved"' in found[0].remedy


@pytest.mark.parametrize(
    ("choice", "expected", "found"),
    [
        ("approved", ["25", "15", "30", "10", "10"], "points-other-groups-chosen"),
        ("own", ["25", "15", "30", "10", "10"], "points-other-groups-chosen"),
        ("groups", ["25.00", "25.00", "30", "5.00", "5.00"], "approved-points-set-aside"),
        ("planned", ["25", "15", "30", "10", "10"], None),
    ],
)
def test_what_the_unit_chose_is_a_note(choice, expected, found):
    shares, findings = share_out(
        project(*approved(**FORTY)), None, chosen("mof-2020", weights=WeightSource(choice))
    )
    assert [str(item.points) for item in shares.allotments.values()] == expected
    assert [item.code for item in findings] == ([found] if found else [])
    assert all(item.severity is Severity.NOTE for item in findings)


def test_a_rule_set_that_wants_its_own_groups__finding():
    unit_file = replace(rules("hubei"), weights=WeightSource.GROUPS)
    shares, found = share_out(project(*approved(CC_01="30", CC_02="20", XY_01="40")), None, unit_file)
    assert [str(item.points) for item in shares.allotments.values()] == ["20.00", "20.00", "40"]
    assert [item.code for item in found] == ["approved-points-unused"]
    assert "产出指标组50分、效益指标组40分" in found[0].text
    assert "空白" not in found[0].text


@pytest.mark.parametrize(
    ("points", "rest"),
    [
        ({"CC_01": "40", "XY_01": "30", "MY_01": "10"}, "20"),
        ({"CC_01": "41", "XY_01": "40", "MY_01": "10"}, "9"),
        ({"CC_01": "50", "XY_01": "40", "MY_01": "10"}, "0"),
    ],
)
def test_another_budget_s_points_are_asked_about__and_the_line_that_is_named_works(points, rest):
    of = project(*approved(**points))
    _, found = share_out(of, None, rules("mof-2020"))
    assert [item.code for item in found] == ["weights-sum"]
    assert f"budget_points = {rest}" in found[0].remedy
    shares, found = share_out(of, None, chosen("mof-2020", budget_points=D(rest)))
    assert [str(item.points) for item in shares.allotments.values()] == list(points.values())
    assert [item.code for item in found if item.severity is Severity.ERROR] == []
    shares, found = share_out(of, None, chosen("mof-2020", weights=WeightSource.GROUPS))
    assert sum(item.points for item in shares.allotments.values()) == 90
    assert [item.code for item in found] == ["approved-points-set-aside"]


def test_approved_points_above_100__finding():
    _, points, findings = allot("hubei", approved(CC_01="60", XY_01="50"))
    assert set(points.values()) == {None}
    assert findings == [("weights-over", "12")]


def test_a_blank_among_approved_points_is_named():
    items = [*approved(CC_01="25", XY_01="30", MY_01="20"), indicator("CC-02")]
    shares, found = share_out(project(*items), None, rules("mof-2020"))
    assert {item.points for item in shares.allotments.values()} == {None}
    assert [item.code for item in found] == ["weights-incomplete"]
    assert "CC-02（CC-02）的分值是空白" in found[0].text
    shares, found = share_out(project(*items), None, chosen("mof-2020", weights=WeightSource.GROUPS))
    assert "CC-02（CC-02）的分值是空白" in found[0].text
    assert [str(item.points) for item in shares.allotments.values()] == ["25.00", "25.00", "30", "10.00"]


def test_a_blank_may_be_filled_in_the_workbook():
    items = [*approved(CC_01="25", XY_01="30", MY_01="20"), indicator("CC-02")]
    _, points, findings = allot("mof-2020", items, {"CC-02": "15"})
    assert points == {"CC-01": "25", "XY-01": "30", "MY-01": "20", "CC-02": "15"}
    assert [code for code, _ in findings] == ["points-own", "points-other-groups"]


def test_approved_points_that_are_the_groups_own_and_groups_without_any():
    items = [*approved(CC_01="30", CC_02="20"), indicator("XY-01"), indicator("MY-01")]
    _, points, findings = allot("mof-2020", items)
    assert points == {"CC-01": "30", "CC-02": "20", "XY-01": "30.00", "MY-01": "10.00"}
    assert findings == []


# --- typed for all --------------------------------------------------------------------------------

NINE = {f"{kind}-{n:02d}": "10" for kind, count in (("CC", 4), ("XY", 3), ("MY", 2)) for n in range(count)}


def test_points_typed_for_all_count_in_2020__one_finding():
    """The regulation lets a unit adjust the groups; both sums are said."""
    _, points, findings = allot("mof-2020", NINE, NINE)
    assert points == NINE
    assert findings == [("points-own", "CC-00"), ("points-other-groups", "CC-00")]


@pytest.mark.parametrize(
    ("own", "planned", "expected"),
    [
        # the groups' own sums: nothing is adjusted
        ({"CC-01": "50", "XY-01": "30", "MY-01": "10"}, False, ["points-own"] * 3),
        # a level 1 that is in no group can only have points in a plan of the whole
        (
            {"TR-01": "10", "CC-01": "40", "XY-01": "30", "MY-01": "10"},
            True,
            ["points-own", "points-other-groups"],
        ),
        # not 90 in all, or not for all
        ({"CC-01": "40", "XY-01": "30", "MY-01": "10"}, False, ["points-own", "points-own", "points-sum"]),
        ({"CC-01": "90", "XY-01": None, "MY-01": None}, False, ["points-sum"]),
    ],
)
def test_which_typed_points_adjust_the_groups_in_2020(own, planned, expected):
    typed = {code: points for code, points in own.items() if points}
    shares, _, findings = allot("mof-2020", own, typed)
    assert (shares.planned, [code for code, _ in findings]) == (planned, expected)


@pytest.mark.parametrize("name", ["hubei", "mof-2021"])
def test_points_typed_for_all_elsewhere__finding_whose_remedy_works(name):
    own = NINE if name == "mof-2021" else {**NINE, "CC-00": "0"}
    _, points, findings = allot(name, own, own)
    assert ("points-sum", "CC-00") in findings
    assert None in points.values()
    given = [actual(code, "10", points=D(value)) for code, value in own.items()]
    of = project(*(indicator(code) for code in own))
    shares, found = share_out(of, submission(*given), chosen(name, weights=WeightSource.OWN))
    assert {code: str(item.points) for code, item in shares.allotments.items()} == own
    assert [item.code for item in found] == ["points-own", "points-other-groups-chosen"]


def test_all_groups_at_fault_are_one_finding():
    own = {"CC-01": "60", "XY-01": "10", "MY-01": "10"}
    of, given = project(*map(indicator, own)), [actual(c, "10", points=D(p)) for c, p in own.items()]
    _, found = share_out(of, submission(*given), rules("mof-2021"))
    assert sorted(item.code for item in found) == ["points-own", "points-sum"]
    text = next(item.text for item in found if item.code == "points-sum")
    assert "产出指标组自定合计60分，应为50分；效益指标组自定合计10分，应为30分" in text


def test_a_group_of_several_goals_is_called_by_its_goal():
    items = [indicator(f"{kind}-{goal}", goal=goal) for goal in (1, 2) for kind in ("CC", "XY")]
    given = submission(*(actual(item.code, "10", points=D(30)) for item in items[:1]))
    _, (found,) = share_out(project(*items), given, rules("hubei"))
    assert found.text.startswith("自定分值的合计与计分规则不符：目标1的产出指标组自定合计30分，应为20分")


# --- where it is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "points", "typed", "expected"),
    [
        ({}, {"CC_01": None, "CC_02": "60", "XY_01": "30"}, {}, ("weights-incomplete", "1")),
        ({}, {"CC_01": None, "CC_02": "60", "XY_01": "20"}, {"CC_01": "5"}, ("weights-sum", "2")),
        ({}, {"CC_01": "40", "CC_02": "20", "XY_01": "30"}, {}, ("points-other-groups", "1")),
        ({}, {"CC_01": "40", "CC_02": "20", "XY_01": "30"}, {"CC_02": "20"}, ("points-other-groups", "CC-01")),
        ({"weights": WeightSource.OWN}, {"CC_01": "60", "XY_01": "30"}, {}, ("points-other-groups-chosen", "1")),
        ({"weights": WeightSource.GROUPS}, {"CC_01": None, "CC_02": "60"}, {}, ("approved-points-set-aside", "2")),
        ({"weights": WeightSource.OWN}, {"CC_01": None}, {"CC_01": "80"}, ("points-sum", "CC-01")),
    ],
)  # fmt: skip
def test_the_place_is_the_row_that_was_approved_or_the_cell_that_was_typed(choice, points, typed, expected):
    items = [
        replace(item, points=number(value), place=replace(FORM, cell=str(row)))
        for row, (item, value) in enumerate(
            zip(map(indicator, map(code_of, points)), points.values(), strict=True), 1
        )
    ]
    given = [actual(code_of(code), "10", points=number(typed.get(code))) for code in points]
    of = chosen("mof-2020", **choice) if choice else rules("mof-2020")
    _, findings = share_out(project(*items), submission(*given), of)
    assert expected in codes(findings)


def test_the_words_say_whose_points_they_are():
    _, found = share_out(project(*approved(**FORTY)), None, rules("mof-2020"))
    assert ("批复的分值" in found[0].text, 'weights = "approved"' in found[0].remedy) == (True, True)
    given = submission(*(actual(code, "10", points=D(value)) for code, value in NINE.items()))
    _, found = share_out(project(*map(indicator, NINE)), given, rules("mof-2020"))
    assert ("单位自定的分值" in found[1].text, 'weights = "own"' in found[1].remedy) == (True, True)


def test_a_project_without_annual_indicators_has_no_points():
    shares, points, findings = allot("hubei", ())
    assert (points, findings, shares.groups) == ({}, [], ())
