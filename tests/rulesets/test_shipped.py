"""The rule files that ship, held against the table of the law."""

import re
from decimal import Decimal
from importlib import resources

import pytest

from evaluator.records.submitted import Grade
from evaluator.rulesets import Entry, Kind, Slot, WeightSource, ZeroBudget, load, names
from evaluator.rulesets.records import STATUSES

RULES = {name: load(name)[0] for name in names()}


def test_four_rule_sets_ship():
    assert names() == ["hubei", "mof-2020", "mof-2021", "province-generic"]


@pytest.mark.parametrize("name", names())
def test_a_shipped_rule_set_loads__ok(name):
    assert load(name)[1] == []
    assert RULES[name].name == name
    assert re.fullmatch(r"[0-9a-f]{64}", RULES[name].sha256)
    assert RULES[name].path is None


@pytest.mark.parametrize(
    ("name", "layout", "budget", "zero", "source"),
    [
        ("hubei", "hubei", 20, ZeroBudget.UNSCORED, WeightSource.APPROVED),
        ("mof-2020", "national", 10, ZeroBudget.UNSCORED, WeightSource.OWN),
        ("mof-2021", "national", 10, ZeroBudget.UNSCORED, WeightSource.APPROVED),
        ("province-generic", "national", 10, ZeroBudget.ZERO, WeightSource.PLANNED),
    ],
)
def test_budget_execution_and_source_of_points(name, layout, budget, zero, source):
    rules = RULES[name]
    assert (rules.layout, rules.budget.points, rules.budget.zero, rules.weights) == (
        layout,
        budget,
        zero,
        source,
    )


WITH_COST = {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}
WITHOUT = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hubei", [{"产出指标": 40, "效益指标": 40}]),
        ("mof-2020", [WITHOUT]),
        ("mof-2021", [WITH_COST, WITHOUT]),
        ("province-generic", [WITH_COST, WITHOUT]),
    ],
)
def test_points_of_the_level_1_groups(name, expected):
    assert [{g.name: g.points for g in item.groups} for item in RULES[name].allocations] == expected


def test_cost_counts_as_output_in_hubei_and_2020():
    for name in ("hubei", "mof-2020"):
        assert RULES[name].allocations[0].groups[0].level1 == ("成本指标", "产出指标")
    assert RULES["hubei"].allocations[0].groups[1].level1 == ("效益指标", "满意度指标")


def test_the_heir_of_satisfaction_is_benefit_in_2021_only():
    heirs = {name: {g.heir for a in RULES[name].allocations for g in a.groups} for name in names()}
    assert heirs["mof-2021"] == {"", "效益指标"}
    assert heirs["hubei"] == heirs["mof-2020"] == {""}


@pytest.mark.parametrize(
    ("name", "slot", "kind"),
    [
        *[(name, Slot.AT_LEAST, Kind.RATIO) for name in names()],
        ("hubei", Slot.AT_MOST, Kind.REVERSE_RATIO),
        ("mof-2020", Slot.AT_MOST, Kind.REVERSE_RATIO),
        ("mof-2021", Slot.AT_MOST, Kind.REVERSE_RATIO),
        ("province-generic", Slot.AT_MOST, Kind.REVERSE_LINEAR),
    ],
)
def test_kinds_of_rules(name, slot, kind):
    assert RULES[name].rules[slot].kind is kind


@pytest.mark.parametrize(
    ("name", "partly"), [("hubei", 50), ("mof-2020", 60), ("mof-2021", 60), ("province-generic", 60)]
)
def test_bands_of_the_three_grades(name, partly):
    bands = [(band.grade, band.low, band.high) for band in RULES[name].bands]
    achieved, some, missed = Grade
    assert bands == [(achieved, 80, 100), (some, partly, 80), (missed, 0, partly)]


@pytest.mark.parametrize(
    ("name", "scales"),
    [
        ("hubei", [(90, 80, 60, 0)]),
        ("mof-2020", [(90, 80, 60, 0)]),
        ("mof-2021", [(90, 80, 60, 0)]),
        ("province-generic", [(90, 80, 60, 0), (80, 70, 60, 0)]),
    ],
)
def test_rating_scales__the_last_is_in_force(name, scales):
    rules = RULES[name]
    assert [tuple(bound for _, bound in scale.grades) for scale in rules.scales] == scales
    assert [grade for grade, _ in rules.ratings] == ["优", "良", "中", "差"]
    assert tuple(bound for _, bound in rules.ratings) == scales[-1]


def test_overshoot_thresholds():
    found = {name: (RULES[name].overshoot.value, RULES[name].overshoot_reason.value) for name in names()}
    assert found.pop("province-generic") == (Decimal("1.2"), Decimal("1.3"))
    assert set(found.values()) == {(Decimal("1.2"), Decimal("1.2"))}


@pytest.mark.parametrize("name", names())
def test_every_clause_says_where_it_comes_from(name):
    rules = RULES[name]
    assert set(rules.mandatory) == set(Entry)
    for clause in rules.clauses:
        assert clause.citation.text, clause.key
        assert clause.citation.status in STATUSES
        assert re.search(r"[\u4e00-\u9fff]", clause.note), clause.key
        assert clause.title, clause.key
        assert clause.value, clause.key


@pytest.mark.parametrize(
    ("name", "status"), [("hubei", "seen"), ("mof-2020", "known"), ("mof-2021", "known")]
)
def test_what_a_rule_set_does_not_say_is_marked_chosen(name, status):
    """What was not read on the forms is not given out as read."""
    assert {clause.citation.status for clause in RULES[name].clauses} == {status, "chosen"}
    chosen = {c.key for c in RULES[name].clauses if c.citation.status == "chosen"}
    assert chosen >= {"budget-zero", "missing-group", "rules.equal-zero", "rules.range", "rules.deadline"}


@pytest.mark.parametrize("name", names())
def test_that_a_cost_without_operator_is_at_most_is_a_choice_of_ours(name):
    (clause,) = [item for item in RULES[name].clauses if item.key == "cost-direction"]
    assert (clause.value, clause.citation.status) == ("按“≤”（不超过）", "chosen")


def test_notes_for_the_printed_form_name_the_values():
    notes = RULES["hubei"].notes
    assert notes[0] == "1. 预算执行情况20分，得分＝20×执行数÷预算数，最高不超过20分。"
    assert notes[-1].endswith("评级：90分及以上为优，80分及以上为良，60分及以上为中，60分以下为差。")
    assert not any("早期" in note for note in RULES["province-generic"].notes)
    assert not any("{" in note for name in names() for note in RULES[name].notes)


def test_no_rule_file_repeats_a_number_in_its_note():
    """Values stand in notes as {placeholders}, so that note and value cannot drift apart."""
    for file in resources.files("evaluator").joinpath("rules").iterdir():
        text = file.read_text(encoding="utf-8")
        notes = re.findall(r'^note = "(.*)"$', text, flags=re.MULTILINE)
        own = [
            re.sub(
                r"〔.*?〕\d+号|得?0分|为0|＝0|于0|按0计|总分仍为100分|2倍|（1－|100%除外|\{.*?\}", "", note
            )
            for note in notes
        ]
        assert not [note for note in own if re.search(r"\d", note)], file.name
