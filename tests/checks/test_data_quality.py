"""The five statements about a project's data: each from the records, nothing where there is nothing."""

from dataclasses import replace

import pytest

from evaluator.checks.data_quality import data_quality
from evaluator.records.approved import Confidence, Correction
from evaluator.records.findings import finding
from evaluator.records.source import Place
from tests.render import samples


def said(item):
    return {statement.kind: statement.text for statement in data_quality(item)}


def test_there_are_always_five_in_one_order():
    for item in (samples.mixed("hubei"), samples.untouched("hubei"), samples.empty("mof-2021")):
        statements = data_quality(item)
        assert [one.title for one in statements] == ["来源", "完整性", "检查", "更正", "局限"]
        assert all(one.text.endswith("。") for one in statements)


@pytest.mark.parametrize(
    ("item", "kind", "words"),
    [
        (samples.mixed("hubei"), "source", "目标取自 targets/2026/source/form.txt（SHA-256 000000000000…）"),
        (samples.mixed("hubei", sample=True), "source", "示例数据，不是真实结果"),
        (samples.untouched("hubei"), "source", "没有可用的填报表"),
        (samples.mixed("hubei"), "completeness", "年度指标 7 个，已计分 7 个；预算执行已计分"),
        (samples.mixed("hubei"), "completeness", "写明佐证材料的 1 个；可以评级"),
        (samples.untouched("hubei"), "completeness", "年度指标 7 个，已计分 0 个（没有计分的：CB-01、CC-01"),
        (samples.untouched("hubei"), "completeness", "预算执行没有计分；写明佐证材料的 0 个；不完整，不评级"),
        (samples.hard("hubei"), "completeness", "写明佐证材料的 2 个"),
        (samples.half_filled("hubei"), "completeness", "已计分 7 个；预算执行没有计分"),
        (samples.untouched("hubei"), "checks", "只检查了批复目标"),
        (samples.mixed("hubei"), "corrections", "人工更正 1 处：MY-01 指标值：批复“≥09%”，更正为“≥90%”"),
        (samples.empty("hubei"), "corrections", "没有人工更正"),
        (samples.mixed("hubei"), "limits", "1 个指标按人工评定的档次计分（XY-01）"),
        (samples.mixed("mof-2021"), "limits", "据通行理解写的，未核对文件原文"),
        (samples.mixed("hubei"), "limits", "；1 个指标有人工扣减；1 处规则没有规定"),
        (samples.empty("hubei"), "limits", "内容未经核对。"),
    ],
)
def test_it_says_what_the_records_say(item, kind, words):
    assert words in said(item)[kind]


def test_a_check_that_found_something_is_not_among_those_passed():
    clean = replace(samples.mixed("hubei"), findings=())
    found = finding(
        "goal-truncated", Place("x"), project="p", number="1", horizon="年度", tail="，", why="句子没有完"
    )
    other = finding("budget-zero", Place("x"), project="p", counted="财政拨款")  # told by scoring
    passed = [said(replace(clean, findings=f))["checks"] for f in ((), (found, found), (other,))]
    count, fewer, same = (int(text.partition("检查，")[2].partition(" 项")[0]) for text in passed)
    assert (count - fewer, count - same) == (1, 0)
    assert f"{found.title} 2 条" in passed[1]


def test_files_whose_bytes_are_unknown_have_no_fingerprint():
    item = samples.mixed("hubei")
    known = replace(item, submission=replace(item.submission, sha256="abc" * 20))
    assert said(known)["source"].endswith("a.xlsx（SHA-256 abcabcabcabc…）。")
    assert said(item)["source"].endswith("a.xlsx。")


def about(code, **details):
    return finding(code, Place("x"), project="p", indicator="", **details)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("", "共有错误 0 条、提醒 0 条、说明 0 条。"),
        ("actuals-all-equal", "共有错误 0 条、提醒 1 条、说明 0 条（{actuals-all-equal}）。"),
        (
            "budget-zero actuals-all-equal actuals-all-equal",
            "共有错误 1 条、提醒 2 条、说明 0 条（{actuals-all-equal} 2 条、{budget-zero}）。",
        ),
        ("weights-not-planned", "共有错误 0 条、提醒 0 条、说明 1 条。"),
    ],
)
def test_what_was_found_is_counted_and_named_but_not_the_notes(codes, words):
    made = {
        "actuals-all-equal": about("actuals-all-equal", count=5),
        "budget-zero": about("budget-zero", counted="财政拨款"),
        "weights-not-planned": about("weights-not-planned"),
    }
    item = replace(samples.mixed("hubei"), findings=tuple(made[code] for code in codes.split()))
    for code, one in made.items():
        words = words.replace(f"{{{code}}}", one.title)
    assert said(item)["checks"].endswith(words)


@pytest.mark.parametrize(("count", "more"), [(1, ""), (3, ""), (4, "等 4 处")])
def test_three_corrections_are_told_in_full(count, more):
    """Those of the form's head come before those of the indicators."""
    fixed = tuple(Correction(f"第{n}栏", "旧", "新", "核对") for n in range(1, count))
    item = samples.mixed("hubei")
    text = said(replace(item, project=replace(item.project, corrections=fixed)))["corrections"]
    assert text.startswith(f"人工更正 {count} 处：" + ("第1栏：批复“旧”，更正为“新”" if fixed else "MY-01"))
    assert text.endswith(f"{more}。")
    assert ("等" in text) is bool(more)


def test_rows_that_were_read_unsurely_are_a_limit():
    item = samples.mixed("hubei")
    first = replace(item.project.indicators[0], confidence=Confidence.LOW)
    unsure = replace(item.project, indicators=(first, *item.project.indicators[1:]))
    assert "1 行读得不完全有把握（CB-01）" in said(replace(item, project=unsure))["limits"]
    assert "有把握" not in said(item)["limits"]
