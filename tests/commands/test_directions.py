"""What the paper says is what is scored: costs, money and hints in names through whole commands."""

import pytest

from tests.commands.workspaces import correct, desk, fill_legal
from tests.workbooks.typing import ROWS, cell, fill
from tests.written import form

COST = "律师服务费 | ≤11万元"
COUNT = "受理案件数量 | ≥20件"


def scored(root, rows, cells, code, then=None):
    """Score and points of an indicator and the codes of its findings; `then` changes the tables before."""
    made = desk(root, forms=form(rows))
    made.run("import", "--year", "2026")
    if then:
        then(made)
    made.run("template", "--year", "2026")
    fill(fill_legal(made.actuals / "法律服务.xlsx"), cells)
    made.run("--year", "2026")
    project = made.result()["projects"][0]
    (item,) = [item for item in project["scores"] if item["indicator"]["code"] == code]
    codes = {finding["code"] for finding in project["findings"] if finding["indicator"] == code}
    return item["score"], item["points"], codes


def typed(code, value, unit=None, **more):
    fields = {"actual": value, "reason": "见说明", **more}
    cells = {cell(code, field): text for field, text in fields.items()}
    return {**cells, **({cell(code, "unit"): unit} if unit else {})}


@pytest.mark.parametrize(
    ("row", "name", "actual", "unit", "share", "code"),
    [
        ("律师服务费 | ≤10万", "CB-01", 12.5, "万元", "0.8", "unit-of-money"),
        ("律师服务费 | 10万元", "CB-01", 12.5, None, "0.8", "cost-at-most"),
        ("聘请律师(≤**万元) | 10", "CB-01", 12.5, None, "0.8", "operator-of-name"),
        ("律师服务费 | 10", "CB-01", 12.5, "万元", "0.8", "unit-settled"),
        ("律师服务费 | 10", "CB-01", 125000, "元", None, "unit-unsettled"),
        ("律师服务费 | 10", "CB-01", 12.5, None, None, "money-unsettled"),
        ("律师服务费(≤**万元) | ≥10万元", "CB-01", 12.5, None, None, "name-disagrees"),
        ("律师服务费 | NULL", "CB-01", 12.5, None, None, "target-placeholder"),
    ],
)
def test_a_cost_is_scored_in_its_direction_and_unit_or_not_at_all(
    tmp_path, row, name, actual, unit, share, code
):
    score, points, codes = scored(tmp_path, ROWS.replace(COST, row), typed(name, actual, unit), name)
    expected = None if share is None else round(float(points) * float(share), 2)
    assert (None if score is None else float(score), code in codes) == (expected, True)


def test_a_correction_of_the_direction_of_a_cost_counts(tmp_path):
    def as_equal(made):
        correct(made, "CB-01", 运算符="＝", 更正说明="批复第2页")

    rows = ROWS.replace(COST, "律师服务费 | 10万元")
    score, points, codes = scored(tmp_path, rows, typed("CB-01", 12.5), "CB-01", as_equal)
    assert (score, "cost-at-most" in codes) == (points, False)


def test_a_corrected_name_no_longer_contradicts_its_value(tmp_path):
    def renamed(made):
        correct(made, "CB-01", 三级指标="律师服务费", 更正说明="批复第2页")

    rows = ROWS.replace(COST, "律师服务费(≥**万元) | ≤10万元")
    score, points, codes = scored(tmp_path, rows, typed("CB-01", 12.5), "CB-01", renamed)
    assert float(score) == round(float(points) * 0.8, 2)
    assert not codes & {"name-disagrees", "target-unscorable"}


def test_a_corrected_amount_of_a_cost_stays_at_most(tmp_path):
    def another(made):
        correct(made, "CB-01", 指标值="8万", 更正说明="批复第2页")

    rows = ROWS.replace(COST, "律师服务费 | 10万元")
    score, points, _ = scored(tmp_path, rows, typed("CB-01", 10), "CB-01", another)
    assert float(score) == round(float(points) * 0.8, 2)


@pytest.mark.parametrize(
    ("value", "more", "code", "is_scored"),
    [
        ((0.0095, "0.00%"), {"reason": None}, "rate-hundredfold", False),
        ((0.0095, "0.00%"), {}, "rate-hundredfold", True),
        ((9.5, "0%"), {}, "rate-impossible", False),
    ],
)
def test_a_rate_that_nobody_can_mean_is_asked_about(tmp_path, value, more, code, is_scored):
    score, _, codes = scored(tmp_path, ROWS, typed("MY-01", value, **more), "MY-01")
    assert (score is not None, code in codes) == (is_scored, not is_scored)


def test_ten_times_the_target_is_asked_about_unless_it_is_explained(tmp_path):
    silent = typed("CC-01", 200, reason=None)
    assert "point-slipped" in scored(tmp_path / "a", ROWS, silent, "CC-01")[2]
    told = typed("CC-01", 200, description="新增窗口")
    assert "point-slipped" not in scored(tmp_path / "b", ROWS, told, "CC-01")[2]
