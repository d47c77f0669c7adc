"""evaluation.json: complete, in the shape of its schema, the same each time."""

from __future__ import annotations

import copy
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evaluator.records.approved import Indicator, Target
from evaluator.records.findings import finding
from evaluator.records.scores import Score
from evaluator.records.submitted import Actual
from evaluator.render.evaluation_json import schema, to_json, write_json
from tests.render import samples


def result(ruleset: str = "hubei") -> dict[str, Any]:
    found = finding("file-not-written", samples.BOOK, project="p", indicator="CC-01", reason="忙")
    first = replace(samples.mixed(ruleset, sample=True), findings=(found,))
    others = (samples.unfinished(ruleset), samples.own_points(ruleset), samples.untouched(ruleset))
    return to_json(samples.unit(ruleset, first, *others, findings=(found,)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("ruleset", ["hubei", "mof-2020"])
def test_a_result_has_the_shape_of_the_schema__ok(ruleset: str) -> None:
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(result(ruleset))] == []


def objects(value: Any) -> list[dict[str, Any]]:
    """Every object within a value."""
    if isinstance(value, dict):
        return [value, *(o for v in value.values() for o in objects(v))]
    return [o for v in value for o in objects(v)] if isinstance(value, list) else []


def test_the_schema_names_every_field_and_forbids_others() -> None:
    closed = [o for o in objects(schema()) if o.get("type") == "object" and "properties" in o]
    assert [o for o in closed if o.get("additionalProperties") is not False] == []
    described = [p for o in closed for p in o["properties"].values()]
    assert [p for p in described if "description" not in p and "$ref" not in p] == []


@pytest.mark.parametrize("change", [("total", 1.5), ("rating", None), ("surprise", 1), ("scores", None)])
def test_a_result_of_another_shape__finding(change: tuple[str, object]) -> None:
    other = copy.deepcopy(result())
    other["projects"][0][change[0]] = change[1]
    assert list(Draft202012Validator(schema()).iter_errors(other))


@pytest.mark.parametrize(
    ("record", "path", "renamed"),
    [
        (Score, ("scores", 0), set()),
        (Indicator, ("scores", 0, "indicator"), {"horizon"}),
        (Target, ("scores", 0, "indicator", "target"), set()),
        (Actual, ("scores", 0, "actual"), {"code"}),
    ],
)
def test_nothing_of_a_record_is_left_out(record: type, path: tuple[Any, ...], renamed: set[str]) -> None:
    value: Any = result()["projects"][0]
    for step in path:
        value = value[step]
    assert {item.name for item in fields(record)} - renamed <= set(value)


def test_numbers_are_exact_strings_and_the_sample_mark_travels() -> None:
    made = result()
    assert made["sample"] is True
    assert [p["submission"] and p["submission"]["sample"] for p in made["projects"]] == [
        True,
        False,
        False,
        None,
    ]
    row = next(s for s in made["projects"][0]["scores"] if s["indicator"]["code"] == "CB-01")
    assert (row["actual"]["value"], row["actual"]["unit"], row["comparable"]) == ("257000", "元", "25.7")


def test_the_file_is_the_same_each_time_and_ends_in_a_newline(tmp_path: Path) -> None:
    unit = samples.unit("hubei", samples.mixed("hubei"))
    for n in (1, 2):
        write_json(tmp_path / f"{n}.json", unit)
    content = (tmp_path / "1.json").read_bytes()
    assert content == (tmp_path / "2.json").read_bytes()
    assert content.endswith(b"}\n")
    assert json.loads(content.decode("utf-8")) == to_json(unit)
