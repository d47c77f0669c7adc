"""One broken file for each thing that can be wrong with a rule file."""

from importlib import resources
from pathlib import Path

import pytest

from evaluator.pipeline.rules import load_rules
from evaluator.rulesets import Slot, load

SHIPPED = resources.files("evaluator").joinpath("rules")
HUBEI = SHIPPED.joinpath("hubei.toml").read_text(encoding="utf-8")
MOF = SHIPPED.joinpath("mof-2021.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def found(path: Path | str) -> list[tuple[str, str]]:
    rules, findings = load(path)
    assert rules is None
    assert all(item.sentence for item in findings)
    return [(item.code, item.place.cell) for item in findings]


def test_a_unit_s_own_file__ok(tmp_path):
    path = write(
        tmp_path,
        HUBEI.replace("low = 50, high = 80", "low = 60, high = 80").replace("high = 50", "high = 60"),
    )
    rules, findings = load(path)
    assert findings == []
    assert (rules.name, rules.path) == ("own", path)
    assert rules.bands[1].low == 60


def test_a_file_may_begin_with_a_byte_order_mark__ok(tmp_path):
    assert load(write(tmp_path, "\ufeff" + HUBEI))[1] == []


def test_a_file_older_than_the_direction_of_costs__ok(tmp_path):
    before, _, rest = HUBEI.partition("\n[cost-direction]\n")
    path = write(tmp_path, before + rest[rest.index("[negative-actual]") :])
    rules, findings = load(path)
    assert (rules.name, findings) == ("own", [])


def test_another_direction_of_costs__finding(tmp_path):
    text = HUBEI.replace('method = "at-most"', 'method = "at-least"')
    assert found(write(tmp_path, text)) == [("rules-value-invalid", "cost-direction.method")]


def test_a_pass_mark_may_be_set__ok(tmp_path):
    rules, _ = load(write(tmp_path, MOF.replace("pass_mark = 0", "pass_mark = 60")))
    assert rules.rules[Slot.AT_LEAST].clause.value == "正向比例，及格线60%"


EDITS = {
    "a key is unknown": ('title = "湖', 'subtitle = ""\ntitle = "湖', [("rules-key-unknown", "subtitle")]),
    "a key of a clause is unknown": ("points = 20\n", "points = 20\ncap = 20\n", [("rules-key-unknown", "budget.cap")]),
    "a slot is unknown": ("[rules.range]", "[rules.wish]\n[rules.range]", [("rules-key-unknown", "rules.wish")]),
    "a key is missing": ("points = 20\n", "", [("rules-key-missing", "budget.points")]),
    "a citation is missing": ('citation = "湖北省印制的《项目自评表》表下说明"\nnote = "预算', 'note = "预算', [("rules-key-missing", "budget.citation")]),
    "a citation is empty": ('citation = "湖北省印制的《项目自评表》表下说明"\nnote = "预算', 'citation = ""\nnote = "预算', [("rules-value-invalid", "budget.citation")]),
    "a status is unknown": ('status = "seen"', 'status = "sure"', [("rules-value-invalid", "budget.status")]),
    "a date is none": ('effective = ""', 'effective = "2021年"', [("rules-value-invalid", "budget.effective")]),
    "a unit is another": ('unit = "分"', 'unit = "%"', [("rules-value-invalid", "budget.unit")]),
    "a number is a text": ("points = 20", 'points = "20"', [("rules-value-invalid", "budget.points")]),
    "a number is true": ("pass_mark = 0", "pass_mark = true", [("rules-value-invalid", "rules.at-least.pass_mark")]),
    "a number is negative": ("points = 20", "points = -20", [("rules-value-invalid", "budget.points")]),
    "a number is not finite": ("share = 100", "share = nan", [("rules-value-invalid", "achieved-share.share")]),
    "a number is too fine": ("ratio = 1.2", "ratio = 1.234", [("rules-value-invalid", "overshoot.ratio")]),
    "a kind is unknown": ('kind = "ratio"', 'kind = "guess"', [("rules-value-invalid", "rules.at-least.kind")]),
    "a kind does not fit": ('kind = "reverse-ratio"', 'kind = "ratio"', [("rules-value-invalid", "rules.at-most.kind")]),
    "an outcome is unknown": ('outcome = "unscored"', 'outcome = "full"', [("rules-value-invalid", "budget-zero.outcome")]),
    "a method is unknown": ('method = "pro-rata"', 'method = "first"', [("rules-value-invalid", "missing-group.method")]),
    "a note names a value that is not there": ("预算执行情况{points}分", "预算执行情况{score}分", [("rules-value-invalid", "budget.note")]),
    "points do not add up to 100": ("points = 20", "points = 10", [("rules-points-sum", "allocation[1]")]),
    "a level-1 term is in two groups": ('["效益指标", "满意度指标"]', '["产出指标", "满意度指标"]', [("rules-group-invalid", "allocation[1].groups")]),
    "a group holds nothing": ('["效益指标", "满意度指标"]', "[]", [("rules-group-invalid", "allocation[1].groups")]),
    "an heir is no other group": ("points = 40 },\n]", 'points = 40, heir = "无" },\n]', [("rules-group-invalid", "allocation[1].groups")]),
    "no allocation is for every project": ("present = []", 'present = ["成本指标"]', [("rules-group-invalid", "allocation[1]")]),
    "a case asks for a term that no group holds": ("present = []", 'present = ["投入指标"]', [("rules-group-invalid", "allocation[1].groups")]),
    "bands leave a gap": ("low = 50, high = 80", "low = 55, high = 80", [("rules-order", "rules.qualitative.bands")]),
    "bands overlap": ("low = 0, high = 50", "low = 0, high = 60", [("rules-order", "rules.qualitative.bands")]),
    "a grade is unknown": ('grade = "达成预期指标"', 'grade = "好"', [("rules-value-invalid", "rules.qualitative.bands[1].grade")]),
    "ratings rise": ('name = "良", from = 80', 'name = "良", from = 95', [("rules-order", "rating[1].grades")]),
    "ratings do not end in 0": ('name = "差", from = 0', 'name = "差", from = 10', [("rules-order", "rating[1].grades")]),
    "the flag comes after the reason": ("ratio = 1.2", "ratio = 1.5", [("rules-order", "overshoot.ratio")]),
    "the share of 达成 is outside its band": ("share = 100", "share = 70", [("rules-order", "achieved-share.share")]),
    "an entry is unknown": ('entry = "reason"', 'entry = "song"', [("rules-value-invalid", "mandatory[1].entry")]),
    "a list is empty": ("bands = [", "bands = []\nextra = [", [("rules-value-invalid", "rules.qualitative.bands"), ("rules-value-invalid", "rules.qualitative.note"), ("rules-key-unknown", "rules.qualitative.extra")]),
    "a table is missing": ("[goals]", "[goal]", [("rules-key-missing", "goals"), ("rules-key-unknown", "goal")]),
}  # fmt: skip


@pytest.mark.parametrize("case", EDITS)
def test_broken_file__finding(case, tmp_path):
    before, after, expected = EDITS[case]
    assert before in HUBEI
    problems = found(write(tmp_path, HUBEI.replace(before, after, 1)))
    assert problems == expected


def test_rating_scales_are_in_order_of_their_dates__finding(tmp_path):
    text = SHIPPED.joinpath("province-generic.toml").read_text(encoding="utf-8")
    head, first, second = text.split("[[rating]]")
    early, late = (
        part.replace('effective = ""', f'effective = "{day}"')
        for part, day in ((first, "2024-01-01"), (second, "2022-01-01"))
    )
    assert found(write(tmp_path, "[[rating]]".join((head, early, late)))) == [("rules-order", "rating")]


def test_every_wrong_key_of_a_file_is_found_at_once(tmp_path):
    text = HUBEI.replace('status = "seen"', 'status = "sure"').replace("share = 100", "share = 101")
    assert {code for code, _ in found(write(tmp_path, text))} == {"rules-value-invalid"}
    assert len(found(write(tmp_path, text))) > 5


def test_a_name_that_is_not_shipped__finding():
    rules, findings = load("hunan")
    assert rules is None
    assert [item.code for item in findings] == ["rules-unknown"]
    assert "hubei、mof-2020" in findings[0].remedy


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe\x00", b"a = 1\na = 2"])
def test_a_file_that_is_no_toml__finding(content, tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    assert found(path) == [("rules-unreadable", "")]


def test_a_file_that_is_not_there__finding(tmp_path):
    assert found(tmp_path / "none.toml") == [("rules-unreadable", "")]
    assert found(tmp_path) == [("rules-unreadable", "")]


def test_an_empty_file_lacks_everything(tmp_path):
    problems = found(write(tmp_path, ""))
    assert ("rules-key-missing", "budget") in problems
    assert ("rules-key-missing", "rating") in problems


def test_a_printed_form_that_does_not_exist__finding(tmp_path):
    path = write(tmp_path, HUBEI.replace('layout = "hubei"', 'layout = "a3"'))
    rules, findings = load_rules(path)
    assert rules is None
    assert [(item.code, item.place.file, item.place.cell) for item in findings] == [
        ("layout-unknown", "own.toml", "layout")
    ]
    assert "hubei、national" in findings[0].remedy
