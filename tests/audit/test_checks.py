"""What an audit says of a national sheet: nothing of a right one, each error in its cell."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluator.audit import Verdict, code_of
from evaluator.rulesets import load
from tests.audit.cases import AMOUNTS, GROUPS, NO_REASONS, RATES, SHEETS, VERDICTS, WHY
from tests.audit.sheets import NATIONAL, RIGHT, audit, audited, merge, said, save


def test_a_right_sheet__ok():
    found = audited(NATIONAL, RIGHT)
    assert said(found) == []
    assert (found.rules, found.sheet.project, found.sheet.unit, found.sheet.year) == (
        "mof-2020",
        "法律服务",
        "某中心",
        2026,
    )
    assert [row.computed for row in found.rows] == [Decimal(x) for x in ("20", "20", "10", "22.50", "10")]


WRONG = [
    # what is changed in the right sheet, into what, and what is said where
    ("| 100 | 91.5", "| 100 | 93.5", [("total-wrong", "A16")]),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 95% | 9", [("rate-wrong", "C6")]),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 |  | 9", [("rate-missing", "C6")]),
    ("| 18 | 10 | 90% | 9", "| 18 |  | 95% | 9", [("rate-wrong", "C6")]),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 0.9 | 9", []),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 90 | 9", []),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 9 | 9", []),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 90% | 10", [("total-wrong", "A16"), ("budget-score", "C6")]),
    ("年度资金总额： | 20 | 20 | 18", "年度资金总额： | 0 | 0 | 0", [("fund-total", "C6")]),
    ("年度资金总额： | 20 | 20 | 18", "年度资金总额： | 20 | 20 | 17", [("fund-total", "C6"), ("rate-wrong", "C6"), ("budget-score", "C6")]),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 | 30 |", [("total-wrong", "A16"), ("shortfall-full", "D14")]),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 | 25 |", [("total-wrong", "A16"), ("score-wrong", "D14")]),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 | 22 |", [("total-wrong", "A16"), ("score-wrong", "D14")]),
    ("| 22.5 | 当事人坚持诉讼", "| 22.5 |", [("reason-missing", "D14")]),
    ("| 22件 | 20 | 20", "| 22件 | 20 | 18", [("total-wrong", "A16"), ("attained-deducted", "D11"), ("reason-missing", "D11")]),
    ("| 22件 | 20 | 20", "| 22件 | 20 | 22", [("total-wrong", "A16"), ("score-above-points", "D11")]),
    ("| 22件 |", "| ≥20件 |", [("operator-copied", "D11")]),
    ("| 22件 |", "| 完成 |", [("actual-not-number", "D11")]),
    ("| 22件 |", "|  |", [("actual-blank", "D11")]),
    ("| 22件 |", "| 22公里 |", [("unit-mismatch", "D11")]),
    ("| 22件 |", "| 40件 |", [("overshoot-unexplained", "D11")]),
    ("| ≥20件 |", "|  |", [("target-blank", "D11")]),
    ("| ≤18万元 | 18万元", "| 18万元 | 17万元", [("direction-unknown", "D13")]),
    ("| ≤18万元 | 18万元", "| ≤18万元 | 20万元", [("shortfall-full", "D13")]),
    ("| 95% | 20 | 20 |", "| 95% | 20 | 20 | 部分案件未完成", [("contradiction", "D12")]),
    ("| 95% | 20 | 20 |", "| 95% | 20 | 20 | 不存在未完成情况", []),
    ("律师费 | ≤18万元 | 18万元 | 10 | 10", "律师费 | ≤18万元 | 18万元 | 20 | 20", [("total-wrong", "A16"), ("points-sum", "A16"), ("group-points", "-")]),
    ("| 92% |", "| XX% |", [("actual-not-number", "D15"), ("hint-left", "D15")]),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "expected"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_what_is_wrong__finding(right, wrong, expected):
    text = NATIONAL + RIGHT
    assert text.count(right) == 1
    found = audited(text.replace(right, wrong), rules="mof-2020")
    assert said(found) == expected


def test_every_check_ends_once_on_every_row():
    found = audited(NATIONAL, RIGHT.replace("| 22件", "| 约22件"))
    for code, counts in found.counts.items():
        asked = {item.row for item in found.outcomes if item.check == code}
        assert sum(counts.values()) == len(asked) in (1, len(found.rows))
    unjudged = [item for item in found.outcomes if item.verdict is Verdict.CANNOT_JUDGE]
    assert {item.row for item in unjudged} == {1}
    assert all(item.why for item in unjudged)


ROWS = [
    # target, actual, points, score, reason, what is said of the row
    ("≤3次", "无", "10", "10", "", []),
    ("≥3次", "无", "10", "10", "", ["actual-not-number"]),
    ("18—54周岁", "18-54周岁", "10", "10", "", []),
    ("≥15个村", "16个", "10", "10", "", []),
    ("16个乡镇", "16个乡镇（街道）", "10", "10", "", []),
    ("≤5300元/户", "5830元", "10", "10", "", ["shortfall-full"]),
    ("≥1次/月", "12次", "10", "10", "", ["unit-mismatch"]),
    ("≥300人", "310人次", "10", "10", "", ["unit-mismatch"]),
    ("≥3个", "3个月", "10", "10", "", ["unit-mismatch"]),
    ("≥95%", "0.88", "10", "9.26", "阴雨", ["percent-doubt"]),
    ("≥95%", "95.5", "10", "10", "", []),
    ("≥95%", "0.98", "10", "10", "", ["percent-doubt"]),
    ("≤5%", "0.03", "10", "10", "", []),
    ("0起", "无", "10", "10", "", []),
    ("0起", "2起", "10", "10", "", ["shortfall-full"]),
    ("100%", "已完成100%", "10", "10", "", []),
    ("100%", "全部完成", "10", "10", "", ["actual-not-number"]),
    ("≥20台（套）", "21台", "10", "10", "", []),
    ("≥10万人次", "110000", "10", "10", "", []),
    ("12月31日前", "12月10日", "10", "10", "", []),
    ("12月底前", "11月", "10", "10", "", []),
    ("2026年12月底前", "2027年1月", "10", "10", "", ["shortfall-full"]),
    ("2026年12月底前", "2027年1月", "10", "7", "雨季长", []),
    ("2026年12月底前", "2027年1月", "10", "9", "雨季长", ["grade-band"]),
    ("提升", "有所提升", "10", "9", "不明显", []),
    ("提升", "提升", "10", "9", "", ["attained-deducted", "reason-missing"]),
    ("持续改善", "部分达成预期指标", "10", "7", "起步晚", []),
    ("持续改善", "部分达成预期指标", "10", "9", "起步晚", ["grade-band"]),
    ("持续改善", "部分达成预期指标", "10", "10", "", ["shortfall-full"]),
    ("90%-95%", "93%", "10", "10", "", []),
    ("≤5300元/户", "5830元/户", "10", "10", "", ["shortfall-full"]),
    ("≤5300元/户", "5830元/户", "10", "9.09", "材料涨价", []),
    ("98%", "98%", "20", "19.6", "", ["attained-deducted", "reason-missing"]),
    ("≥266米", "≥266米", "10", "10", "", ["operator-copied"]),
    ("≥20场次", "约20场次", "10", "10", "", []),
    ("XX", "XX", "10", "10", "", ["hint-left"]),
    ("≥90%", "210余人", "10", "10", "", ["unit-mismatch"]),
    ("≥200人", "200余人", "10", "10", "", []),
    ("≥98%", "95.83%", "10", "9.78", "有退件", []),
    ("≥98%", "95.83%", "10", "9.7", "有退件", ["score-wrong"]),
    ("≥98%", "95.83%", "30", "29.33", "有退件", []),
    ("≥98%", "95.83%", "30", "29.3", "有退件", ["score-wrong"]),
    ("≥98件", "95.83件", "30", "29.33", "有退件", ["score-wrong"]),
    ("≥98%", "95.8%", "30", "29.31", "有退件", []),
    ("≥98%", "95.8%", "30", "29.3", "有退件", ["score-wrong"]),
    ("≥10%", "9.5%", "10", "9.44", "有退件", []),
    ("≥10%", "9.5%", "10", "9.43", "有退件", ["score-wrong"]),
    ("≥10000件", "9999.9件", "10", "10", "", []),
    ("≥20件", "0件", "10", "0", "停工", []),
    ("≥20件", "1件", "10", "0.5", "停工", []),
    ("≥20件", "0件", "10", "-1", "停工", ["score-above-points", "score-wrong"]),
    ("≥20件", "10件", "10", "5", "无", ["reason-missing"]),
    ("≥20件", "10件", "10", "5", "—", ["reason-missing"]),
    ("≥1次", "3次", "10", "10", "", ["overshoot-unexplained"]),
    ("≥10次", "12次", "10", "10", "", ["overshoot-unexplained"]),
    ("≥10次", "11.9次", "10", "10", "", []),
    ("持续改善", "部分达成预期指标", "10", "6", "起步晚", []),
    ("持续改善", "部分达成预期指标", "10", "5.9", "起步晚", ["grade-band"]),
    ("提升", "提升", "0", "0", "未完成", []),
    ("提升", "提升", "1", "1", "部分未完成", ["contradiction"]),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "points", "score", "reason", "expected"), ROWS)
def test_one_row(target, actual, points, score, reason, expected):
    row = f" | 产出指标 | 质量指标 | 某项工作 | {target} | {actual} | {points} | {score} | {reason}"
    found = audited(NATIONAL, row, rules="mof-2020")
    assert [code for code, cell in said(found) if cell == "D11"] == expected


TARGETS = [
    ("质量指标", "办理及时率", "≥95件", "target-remark"),
    ("数量指标", "办理案件", "≤20件", "target-remark"),
    ("时效指标", "2025年任务完成时间", "2026年12月底前", "target-remark"),
    ("数量指标", "办理案件", "≥20件", ""),
]


@pytest.mark.parametrize(("level2", "name", "target", "expected"), TARGETS)
def test_what_approved_targets_are_asked__filled_sheets_are_too(level2, name, target, expected):
    row = f" | 产出指标 | {level2} | {name} | {target} | {target.lstrip('≥≤')} | 10 | 10 | "
    found = audited(NATIONAL, row, rules="mof-2020")
    assert [code for code, cell in said(found) if cell == "D11" and code == "target-remark"] == [
        expected
    ] * bool(expected)


RULES = [
    # what stands below the table, which rules it names
    ("备注：按财预〔2021〕101号计分", "mof-2021", "表上写明"),
    ("备注：按财预〔2020〕10号计分，参见湖北省做法", "mof-2020", "表上写明"),
    ("备注：无", "mof-2020", "一致最多"),
]


@pytest.mark.parametrize(("note", "rules", "because"), RULES)
def test_which_rules_and_why(note, rules, because):
    found = audited(NATIONAL, RIGHT, note)
    assert (found.rules, because in found.because) == (rules, True)


def test_nothing_to_compare__said():
    unscored = " | 产出指标 | 数量指标 | 办理案件 | ≥20件 | 22件 | | | "
    head = NATIONAL.replace("| 18 | 10 | 90% | 9", "| 18 | | 90% | ")
    assert "没有可比" in audited(head, unscored).because


def test_rules_that_agree_with_most_rows_are_taken():
    """A reverse target scored by the linear rule: only the provincial rules say so."""
    right = RIGHT.replace("≤18万元 | 18万元 | 10 | 10 |", "≤18万元 | 27万元 | 10 | 5 | 超支").replace(
        "91.5", "86.5"
    )
    assert audited(NATIONAL, right).rules == "province-generic"


@pytest.mark.parametrize("name", SHEETS)
def test_whole_sheets(name):
    texts, rules, expected = SHEETS[name]
    assert said(audited(*texts, rules=rules)) == expected


@pytest.mark.parametrize(("right", "changed", "check", "row", "verdict"), VERDICTS)
def test_how_a_check_ends(right, changed, check, row, verdict):
    text = NATIONAL + RIGHT
    assert text.count(right) == 1
    found = audited(text.replace(right, changed), rules="mof-2020")
    [ending] = [item for item in found.outcomes if (item.check, item.row or 0) == (check, row)]
    assert ending.verdict.value == verdict
    assert bool(ending.why) == (verdict in ("not-applicable", "cannot-judge"))


@pytest.mark.parametrize(("right", "changed", "check", "row", "why"), WHY)
def test_why_a_check_judges_nothing(right, changed, check, row, why):
    text = (NATIONAL + RIGHT).replace(right, changed)
    found = audited(text, rules="mof-2020")
    [said_why] = [item.why for item in found.outcomes if (item.check, item.row or 0) == (check, row)]
    assert why in said_why


@pytest.mark.parametrize(("budget", "spent", "rate", "passes"), RATES)
def test_how_a_rate_may_be_printed(budget, spent, rate, passes):
    block = NATIONAL.replace("20 | 20 | 18 | 10 | 90% |", f"{budget} | {budget} | {spent} | 10 | {rate} |")
    found = audited(block, RIGHT, rules="mof-2020")
    [ending] = [item for item in found.outcomes if item.check == "rate-wrong"]
    assert ending.verdict is (Verdict.PASSED if passes else Verdict.FOUND)


@pytest.mark.parametrize(("right", "wrong", "code", "words"), AMOUNTS)
def test_which_amounts_are_said(right, wrong, code, words):
    found = audited((NATIONAL + RIGHT).replace(right, wrong), rules="mof-2020")
    assert [words in item.sentence for item in found.findings if code_of(item.code) == code] == [True]


def test_one_score_for_several_rows__not_judged(tmp_path):
    """Points and score of two rows in merged cells: only their sums can be held against anything."""
    text = (
        (NATIONAL + RIGHT)
        .replace("22件 | 20 | 20 |", "18件 | 40 | 40 |")
        .replace("95% | 20 | 20 |", "90% | | |")
    )
    found = audit(merge(save(tmp_path / "a.xlsx", text), "G11:G12", "H11:H12"), "mof-2020")
    assert said(found) == []
    shared = {
        item.check: item.verdict.value for item in found.outcomes if "合并填写" in item.why and item.row == 1
    }
    assert set(shared.values()) == {"cannot-judge"}
    assert {"shortfall-full", "score-wrong", "score-above-points", "reason-missing"} <= set(shared)
    [ending] = [item for item in found.outcomes if (item.check, item.row) == ("shortfall-unscored", 2)]
    assert (ending.verdict.value, "合并填写" in ending.why) == ("not-applicable", True)


def test_rules_that_ask_for_no_reason():
    """A unit's own rule file may have no such entry."""
    of = replace(load("mof-2020")[0], mandatory={})
    found = audited(NATIONAL, RIGHT.replace("当事人坚持诉讼", ""), rules=of)
    [ending] = [item for item in found.outcomes if (item.check, item.row) == ("reason-missing", 4)]
    assert (ending.verdict.value, "没有这项要求" in ending.why) == ("not-applicable", True)


def test_a_score_that_was_rounded_is_told_as_one():
    sentences = [
        audited(NATIONAL, RIGHT.replace("| 22.5 |", f"| {score} |")).findings[-1] for score in ("23", "24")
    ]
    assert ["像是取整" in item.sentence for item in sentences] == [True, False]


def test_no_column_for_reasons__not_judged():
    found = audited(NO_REASONS, rules="mof-2020")
    [ending] = [item for item in found.outcomes if item.check == "reason-missing"]
    assert (ending.verdict, said(found)) == (Verdict.CANNOT_JUDGE, [])


def test_sentences_say_both_numbers_and_the_clause():
    texts, rules, _ = SHEETS["groups of other points"]
    [found] = audited(*texts, rules=rules).findings
    for words in ("产出指标40分（规则50分）", "满意度指标20分（规则10分）", "财预〔2020〕10号"):
        assert words in found.sentence
    assert "效益指标" not in found.sentence


@pytest.mark.parametrize(("groups", "rules", "words"), GROUPS)
def test_which_groups_have_other_points(groups, rules, words):
    rows = [
        f" | {level1} | 指标 | 工作{n} | ≥20件 | 22件 | {points} | {points}"
        for n, (level1, points) in enumerate(group.split() for group in groups.split("; "))
    ]
    found = audited(NATIONAL, "\n".join([*rows, " | 总分 | | | | | 100 | 99"]), rules=rules)
    [told] = [item.sentence for item in found.findings if code_of(item.code) == "group-points"]
    assert told.startswith(f"{words}。依据：")


def test_which_goal_is_cut_off_is_said():
    found = audited(NATIONAL.replace("完成全年任务。", "完成全年任务，确保"), RIGHT, rules="mof-2020")
    assert ["年度绩效目标1" in item.sentence for item in found.findings] == [True]


SEVERITIES = [
    # arithmetic is an error, what looks rounded or meant only a warning
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 90% | 8", "budget-score", "error"),
    ("20 | 20 | 18 | 10 | 90% | 9", "30 | 30 | 29 | 10 | 96.67% | 10", "budget-score", "warning"),
    ("20 | 20 | 18 | 10 | 90% | 9", "30 | 30 | 29 | 10 | | 10", "budget-score", "warning"),
    ("20 | 20 | 18 | 10 | 90% | 9", "30 | 30 | 20 | 20 | 66.7% | 13.34", "budget-score", "warning"),
    ("20 | 20 | 18 | 10 | 90% | 9", "200 | 200 | 133 | 20 | 67% | 13.4", "budget-score", "error"),
    ("20 | 20 | 18 | 10 | 90% | 9", "30 | 30 | 20 | 10 | 66.66% | 6.67", "rate-wrong", "warning"),
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 95% | 9", "rate-wrong", "error"),
    ("| 100 | 91.5", "| 100 | 93", "total-wrong", "error"),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 | 25 |", "score-wrong", "warning"),
    ("| 22件 |", "| 40件 |", "overshoot-unexplained", "note"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "severity"), SEVERITIES)
def test_how_grave_it_is(right, wrong, code, severity):
    found = audited((NATIONAL + RIGHT).replace(right, wrong), rules="mof-2020")
    assert (code, severity) in [(code_of(item.code), item.severity.value) for item in found.findings]


def test_how_far_above_the_target():
    [found] = audited(NATIONAL, RIGHT.replace("| 22件 |", "| 50件 |")).findings
    assert "2.5倍" in found.sentence
