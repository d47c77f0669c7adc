"""What an auditor would remark on a filled workbook: what is typed, and the finding with its cell."""

from datetime import datetime
from pathlib import Path

import pytest

from evaluator.checks import check_actuals
from evaluator.pipeline.rules import load_rules, needed_facts
from evaluator.records.approved import Project
from evaluator.rulesets import RuleSet
from evaluator.scoring import score_project
from evaluator.workbooks import read_submission
from evaluator.workbooks.layout import ACTUALS, BUDGET, FACTS, GOAL_ROW
from tests.commands.workspaces import fill_legal
from tests.workbooks.typing import ROWS, RULES, blank, cell, fill, project

SILENT = {cell("CC-01", "description"): None, cell("CC-01", "reason"): None}


def rule_set(name: str) -> RuleSet:
    rules, _ = load_rules(name)
    assert rules
    return rules


def remarks(
    folder: Path, cells: dict, sheet: str = ACTUALS, rules: RuleSet = RULES, of: Project | None = None
) -> list[tuple[str, str]]:
    """The findings on a workbook, everything filled in, after typing into some of its cells."""
    of = of or project()
    path = fill(fill_legal(blank(folder, of)), cells, sheet)
    submission, _ = read_submission(path, folder, of, 2026)
    assert submission
    found = check_actuals(score_project(of, submission, RULES), 2026, needed_facts(rules))
    return [(item.code, item.place.cell) for item in found]


def test_a_workbook_that_is_filled_in_well__ok(tmp_path):
    assert remarks(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("sheet", "cells", "found"),
    [
        (FACTS, {"B14": "示例数据"}, ("sample-data", "")),
        (FACTS, {"B5": None}, ("facts-missing", "")),
        (FACTS, {"B7": None, "B8": None}, ("facts-missing", "")),
        (FACTS, {f"C{GOAL_ROW}": None}, ("goal-result-missing", f"C{GOAL_ROW}")),
        (BUDGET, {"B8": None}, ("fund-partial", "B8")),
        (BUDGET, {"C8": -1, "C7": 12}, ("fund-negative", "C8")),
        (BUDGET, {"B7": 12}, ("budget-differs", "B7")),
        (BUDGET, {"C7": 10, "D7": 10}, ("cost-over-spent", "")),
        (ACTUALS, {cell("CC-03", "completed"): datetime(2025, 11, 20)}, ("completed-outside-year", "K10")),
        (ACTUALS, {cell("CC-02", "actual"): (1.005, "0.0%")}, ("actual-rate-above-100", "G9")),
        (ACTUALS, {cell("CC-01", "actual"): 20000}, ("magnitude", "G8")),
        (ACTUALS, {cell("CC-01", "actual"): 0.02}, ("magnitude", "G8")),
        (ACTUALS, {**SILENT, cell("CC-01", "actual"): 200}, ("point-slipped", "G8")),
        (ACTUALS, {**SILENT, cell("CC-01", "actual"): 2100}, ("point-slipped", "G8")),
        (ACTUALS, {**SILENT, cell("CC-01", "actual"): 2}, ("point-slipped", "G8")),
        (ACTUALS, {cell("CC-01", "evidence"): None}, ("evidence-missing", "")),
    ],
)
def test_what_an_auditor_would_remark__finding(tmp_path, sheet, cells, found):
    assert remarks(tmp_path, cells, sheet) == [found]


@pytest.mark.parametrize(
    ("sheet", "cells"),
    [
        (BUDGET, {"B7": 11.004}),  # the approved budget is rounded to 0.01万元
        (BUDGET, {"D7": 10.499}),  # and so is the comparison of costs with what was spent
        (ACTUALS, {cell("CC-02", "actual"): (1, "0.0%")}),
        (ACTUALS, {cell("CC-01", "actual"): 19999}),
        (ACTUALS, {**SILENT, cell("CC-01", "actual"): 100}),
        (ACTUALS, {cell("CC-01", "actual"): 200, cell("CC-01", "description"): "新增一批受理窗口"}),
        (ACTUALS, {cell("CC-03", "completed"): datetime(2026, 1, 1)}),
    ],
)
def test_what_is_just_within__ok(tmp_path, sheet, cells):
    assert remarks(tmp_path, cells, sheet) == []


def test_the_national_form_has_no_boxes_for_the_kind_of_project(tmp_path):
    cells = {"B7": None, "B8": None, "B9": None}
    assert remarks(tmp_path, cells, FACTS, rules=rule_set("mof-2020")) == []


@pytest.mark.parametrize(("events", "found"), [(0, True), (1, False)])
def test_actuals_that_all_equal_their_targets__finding(tmp_path, events, found):
    of = project(ROWS.replace("明显提升", "≥3场").replace("2026年11月底前", "≥4次"))
    typed = {"CB-01": 11, "CC-01": 20, "CC-02": (0.95, "0%"), "CC-03": 4, "XY-01": 3, "MY-01": (0.9, "0%")}
    cells = {cell(code, "actual"): value for code, value in {**typed, "XY-02": events}.items()}
    codes = [code for code, _ in remarks(tmp_path, cells, of=of)]
    assert ("actuals-all-equal" in codes) is found


@pytest.mark.parametrize(("name", "found"), [("其中短信费", False), ("短信费", True)])
def test_the_part_of_a_cost_is_not_added_to_it(tmp_path, name, found):
    of = project(
        ROWS.replace("| 产出指标 | 数量指标 | 受理案件数量 | ≥20件", f"| | | {name} | ≤20万元").replace(
            "| | 质量指标", "| 产出指标 | 质量指标"
        )
    )
    codes = [code for code, _ in remarks(tmp_path, {}, of=of)]
    assert ("cost-over-spent" in codes) is found
