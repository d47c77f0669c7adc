"""The trace of every score: in the shape of its schema, with cell, law and fingerprint; the same each time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from evaluator.render.trace_json import schema, to_trace
from tests.commands.workspaces import corrected_desk, desk, filled_desk
from tests.render import samples


def trace(ruleset: str = "hubei") -> dict[str, Any]:
    items = (
        samples.mixed(ruleset),
        samples.unfinished(ruleset),
        samples.untouched(ruleset),
        samples.edges(ruleset),
    )
    return to_trace(samples.unit(ruleset, *items), samples.rules(ruleset))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("ruleset", ["hubei", "mof-2020", "mof-2021", "province-generic"])
def test_a_trace_has_the_shape_of_the_schema(ruleset: str) -> None:
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(trace(ruleset))] == []


def test_every_object_is_closed_and_described() -> None:
    def objects(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            return [value, *(one for inner in value.values() for one in objects(inner))]
        return [one for inner in value for one in objects(inner)] if isinstance(value, list) else []

    closed = [one for one in objects(schema()) if one.get("type") == "object" and "properties" in one]
    assert [one for one in closed if one.get("additionalProperties") is not False] == []
    described = [inner for one in closed for inner in one["properties"].values()]
    assert [one for one in described if "description" not in one and "$ref" not in one] == []


def test_every_score_names_its_law_and_clause() -> None:
    for project in trace("mof-2021")["projects"]:
        for score in project["scores"]:
            assert "财预〔2021〕101号" in score["basis"]["law"]
            assert re.fullmatch(r"rules\.[a-z-]+", score["basis"]["clause"]["key"])
            assert score["basis"]["clause"]["text"]


def test_every_input_is_in_the_cell_and_the_file_that_the_trace_names(tmp_path: Path) -> None:
    """Open the named file, see that its fingerprint is the named one and the cell holds the named text."""
    made = filled_desk(tmp_path)
    run = made.run("explain", "--all", "--year", "2026", "--format", "json")
    table = json.loads(run.stdout)
    assert run.exit_code == 0
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(table)] == []
    project = table["projects"][0]
    inputs = [*project["budget"]["inputs"], *(i for score in project["scores"] for i in score["inputs"])]
    typed = [item for item in inputs if item["role"] != "target"]
    for item in inputs:
        assert hashlib.sha256((made.root / item["file"]).read_bytes()).hexdigest() == item["sha256"], item
    book = load_workbook(made.actuals / "法律服务.xlsx")
    for item in typed:
        value = book[item["part"]][item["cell"]].value
        assert str(value) == item["text"] or item["role"] == "actual", (item, value)
    numbers = {i["text"]: book[i["part"]][i["cell"]].value for i in typed if i["role"] == "actual"}
    assert numbers["18件"] == 18
    assert {item["role"] for item in typed} == {"actual", "initial", "adjusted", "spent"}


def test_a_corrected_target_says_so(tmp_path: Path) -> None:
    made = corrected_desk(tmp_path, 指标值="≥18件")
    table = json.loads(made.run("explain", "--all", "--format", "json").stdout)
    corrected = next(score for score in table["projects"][0]["scores"] if score["code"] == "CC-01")
    assert any("更正为“≥18件”，理由：批复文件第3页" in words for words in corrected["corrections"])


def test_two_runs_are_the_same_bytes(tmp_path: Path) -> None:
    made = filled_desk(tmp_path)
    first, second = (made.run("explain", "--all", "--format", "json").stdout for _ in range(2))
    assert first == second


def test_all_as_text(tmp_path: Path) -> None:
    run = filled_desk(tmp_path).run("explain", "--all")
    assert run.exit_code == 0
    assert run.stdout.count("出处") == 8  # seven indicators and the budget
    assert "总分：" in run.stdout


@pytest.mark.parametrize("arguments", [(), ("法律服务", "--all")])
def test_a_project_or_all__usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = filled_desk(tmp_path).run("explain", *arguments)
    assert (run.exit_code, "只写 --all" in run.stderr) == (2, True)


def test_without_targets_it_says_why(tmp_path: Path) -> None:
    made = desk(tmp_path)
    shutil.rmtree(made.root / "targets" / "2026" / "source")
    run = made.run("explain", "--all", "--format", "json")
    assert run.exit_code == 1
    assert json.loads(run.stdout)["findings"]
