"""The five statements about a project's data: each from the records, nothing where there is nothing."""

from dataclasses import replace

import pytest

from evaluator.checks.data_quality import data_quality
from evaluator.records.approved import Confidence
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
        (samples.untouched("hubei"), "completeness", "没有计分的：CB-01、CC-01"),
        (samples.untouched("hubei"), "completeness", "不完整，不评级"),
        (samples.untouched("hubei"), "checks", "只检查了批复目标"),
        (samples.mixed("hubei"), "corrections", "人工更正 1 处：MY-01 指标值：批复“≥09%”，更正为“≥90%”"),
        (samples.empty("hubei"), "corrections", "没有人工更正"),
        (samples.mixed("hubei"), "limits", "1 个指标按人工评定的档次计分（XY-01）"),
        (samples.mixed("mof-2021"), "limits", "据通行理解写的，未核对文件原文"),
    ],
)
def test_it_says_what_the_records_say(item, kind, words):
    assert words in said(item)[kind]


def test_a_check_that_found_something_is_not_among_those_passed():
    clean = replace(samples.mixed("hubei"), findings=())
    found = finding(
        "goal-truncated", Place("x"), project="p", number="1", horizon="年度", tail="，", why="句子没有完"
    )
    passed = [said(replace(clean, findings=f))["checks"] for f in ((), (found, found))]
    count, fewer = (int(text.partition("检查，")[2].partition(" 项")[0]) for text in passed)
    assert count - fewer == 1
    assert f"{found.title} 2 条" in passed[1]


def test_rows_that_were_read_unsurely_are_a_limit():
    item = samples.mixed("hubei")
    first = replace(item.project.indicators[0], confidence=Confidence.LOW)
    unsure = replace(item.project, indicators=(first, *item.project.indicators[1:]))
    assert "1 行读得不完全有把握（CB-01）" in said(replace(item, project=unsure))["limits"]
    assert "有把握" not in said(item)["limits"]
