"""What an audit says of a national sheet: nothing of a right one, each error in its cell."""

from decimal import Decimal

import pytest

from evaluator.audit import Verdict
from tests.audit.sheets import NATIONAL, RIGHT, audit, said, save


def test_a_right_sheet__ok(tmp_path):
    found = audit(save(tmp_path / "a.xlsx", NATIONAL, RIGHT))
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
def test_what_is_wrong__finding(tmp_path, right, wrong, expected):
    text = NATIONAL + RIGHT
    assert text.count(right) == 1
    found = audit(save(tmp_path / "a.xlsx", text.replace(right, wrong)), "mof-2020")
    assert said(found) == expected


def test_every_check_ends_once_on_every_row(tmp_path):
    found = audit(save(tmp_path / "a.xlsx", NATIONAL, RIGHT.replace("| 22件", "| 约22件")))
    for code, counts in found.counts.items():
        asked = {item.row for item in found.outcomes if item.check == code}
        assert sum(counts.values()) == len(asked) in (1, len(found.rows))
    unjudged = [item for item in found.outcomes if item.verdict is Verdict.CANNOT_JUDGE]
    assert {item.row for item in unjudged} == {1}
    assert all(item.why for item in unjudged)
