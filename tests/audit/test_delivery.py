"""The tool's own delivery, audited: nothing wrong with it under any of its rule sets."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli.commands import evaluate

ROOT = Path(__file__).parents[2]
REMARKS = {"target-remark", "goal-remark"}
"""What is said of the approved targets themselves; the delivery says the same."""


@pytest.mark.parametrize("rules", ["hubei", "mof-2021"])
def test_our_own_sheets__ok(tmp_path, rules):
    for name in ("targets", "actuals"):
        shutil.copytree(ROOT / name, tmp_path / name)
    call = ["--year", "2026", "-C", str(tmp_path), "--rules", rules]
    assert CliRunner().invoke(evaluate, call, catch_exceptions=False).exit_code == 0
    call = ["audit", str(tmp_path / "reports" / "2026"), "--format", "json"]
    done = CliRunner().invoke(evaluate, call, catch_exceptions=False)
    result = json.loads(done.stdout)
    assert done.exit_code == 0
    assert len(result["sheets"]) == 12  # a score sheet and an import sheet for each of six projects
    assert {found["code"] for sheet in result["sheets"] for found in sheet["findings"]} <= REMARKS
    forms = [sheet for sheet in result["sheets"] if sheet["file"].endswith("自评表.xlsx")]
    assert {sheet["rules"] for sheet in forms} == {rules}
    names = [
        {row["name"] for sheet in sheets for row in sheet["rows"]} for sheets in (forms, result["sheets"])
    ]
    assert names[0] == names[1]  # the panel beside a form names each row again
    scored = [row for sheet in forms for row in sheet["rows"] if row["computed"] is not None]
    assert len(scored) > 30
    assert all(float(row["computed"]) == float(row["printed"]) for row in scored)
