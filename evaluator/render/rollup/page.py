"""The roll-up's page: units and projects to sort and filter, spending against score, links into units' pages.

One file without any network. The rows stand in it as data and only a page of them is drawn at a time, so
that tens of thousands open at once.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from evaluator.records.findings import by_severity
from evaluator.records.rollup import Due, ProjectLine, Rollup, UnitLine
from evaluator.render import file_names
from evaluator.storage.files import write_bytes
from evaluator.values.text import show

_TO_UNITS = "../../"
"""From ``reports/<year>/`` to the folder of the units."""


def write_rollup_page(path: Path, rollup: Rollup) -> None:
    """Write the page in one step. Raises OSError."""
    write_bytes(path, render_rollup_page(rollup).encode())


def render_rollup_page(rollup: Rollup) -> str:
    """The page's text; the same roll-up always gives the same text."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("index.html.j2").render(
        rollup=rollup,
        css=_file("index.css"),
        script=_file("index.js"),
        data=_data(rollup),
        there=sum(not unit.problem for unit in rollup.units),
        projects=len(rollup.projects),
        complete=sum(unit.complete for unit in rollup.units),
        score=_shown(rollup.score),
        rate=_shown(rollup.rate),
        adjusted=_shown(rollup.adjusted),
        due=Counter(due.words if due.what != "errors" else "有错误待改" for due in rollup.dues).most_common(
            6
        ),
        findings=by_severity(rollup.findings)[:50],
        more=max(0, len(rollup.findings) - 50),
    )


def _kind(due: Due) -> str:
    return "有错误待改" if due.what == "errors" else due.words


def _data(rollup: Rollup) -> str:
    """The rows as JSON that may stand in a script: no text in it can end the element."""
    due = Counter(item.folder for item in rollup.dues)
    numbers = {unit.folder: number for number, unit in enumerate(rollup.units)}
    table = {
        "units": [_unit(unit, rollup.year, due[unit.folder]) for unit in rollup.units],
        "projects": [_project(numbers[unit.folder], project) for unit, project in rollup.projects],
        "due": [[numbers.get(item.folder, -1), item.project, item.words] for item in rollup.dues],
    }
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _unit(unit: UnitLine, year: int, due: int) -> list[object]:
    folder = quote(f"{_TO_UNITS}{unit.folder}/reports/{year}/")
    return [
        unit.name,
        unit.folder,
        "" if unit.problem else folder + file_names.PAGE,
        unit.rules,
        len(unit.projects),
        unit.complete,
        _shown(unit.adjusted),
        _shown(unit.rate),
        _shown(unit.score),
        unit.errors,
        due,
        unit.problem,
    ]


def _project(unit: int, project: ProjectLine) -> list[object]:
    return [
        unit,
        project.name,
        _shown(project.adjusted),
        _shown(project.rate),
        _shown(project.total),
        project.rating if project.complete else "不完整",
        project.unscored,
        project.errors,
        quote(project.sheet),
    ]


def _shown(value: Decimal | None) -> str:
    return show(value)


def _file(name: str) -> str:
    return resources.files("evaluator.render").joinpath("rollup", "files", name).read_text(encoding="utf-8")
