"""units.json: the roll-up for machines, by ``schemas/units.schema.json``; numbers are exact texts."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from evaluator.records.findings import Finding
from evaluator.records.rollup import ProjectLine, Rollup, UnitLine
from evaluator.storage.files import write_bytes
from evaluator.values.text import show

SCHEMA_VERSION = "1.0"
Json = dict[str, Any]


def write_units(path: Path, rollup: Rollup) -> None:
    """Write `to_json` as UTF-8. Raises OSError."""
    import msgspec

    content = msgspec.json.format(msgspec.json.encode(to_json(rollup)), indent=2)
    write_bytes(path, content + b"\n")


def schema() -> Json:
    """The JSON Schema (2020-12) of `units.json`."""
    file = resources.files("evaluator").joinpath("schemas", "units.schema.json")
    loaded: Json = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def to_json(rollup: Rollup) -> Json:
    """The whole roll-up, in a fixed order."""
    return {
        "schema_version": SCHEMA_VERSION,
        "year": rollup.year,
        "score": _number(rollup.score),
        "adjusted": _number(rollup.adjusted),
        "spent": _number(rollup.spent),
        "rate": _number(rollup.rate),
        "units": [_unit(unit) for unit in rollup.units],
        "due": [
            {"folder": d.folder, "unit": d.unit, "project": d.project, "what": d.what, "words": d.words}
            for d in rollup.dues
        ],
        "findings": [_finding(item) for item in rollup.findings],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else show(value)


def _unit(unit: UnitLine) -> Json:
    return {
        "folder": unit.folder,
        "name": unit.name,
        "problem": unit.problem,
        "rules": {"name": unit.rules, "title": unit.rules_title, "sha256": unit.rules_sha256},
        "tool": unit.tool,
        "sample": unit.sample,
        "score": _number(unit.score),
        "adjusted": _number(unit.adjusted),
        "spent": _number(unit.spent),
        "rate": _number(unit.rate),
        "errors": unit.errors,
        "warnings": unit.warnings,
        "manifest": unit.manifest,
        "projects": [_project(project) for project in unit.projects],
    }


def _project(project: ProjectLine) -> Json:
    return {
        "key": project.key,
        "name": project.name,
        "total": _number(project.total),
        "complete": project.complete,
        "rating": project.rating,
        "adjusted": _number(project.adjusted),
        "spent": _number(project.spent),
        "rate": _number(project.rate),
        "indicators": project.indicators,
        "met": project.met,
        "unscored": project.unscored,
        "errors": project.errors,
        "warnings": project.warnings,
        "sheet": project.sheet,
    }


def _finding(item: Finding) -> Json:
    return {
        "code": item.code,
        "severity": item.severity.value,
        "place": str(item.place),
        "text": item.text,
        "remedy": item.remedy,
        "project": item.project,
    }
