"""The page (index.html): the unit at a glance, every indicator with its derivation, all findings.

One file without any network; Jinja2 escapes every text, the chart is inline SVG made by pygal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluator.checks.data_quality import data_quality
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding, Severity, by_severity
from evaluator.records.scores import Score
from evaluator.render import file_names
from evaluator.render.corrected import scan_mark
from evaluator.render.page.chart import GAP, dots_of, outliers, scatter
from evaluator.render.page.links import project_links, unit_links
from evaluator.render.page.missing import missing_answers
from evaluator.scoring.review import reviewed_total
from evaluator.scoring.unit_budget import unit_budget
from evaluator.scoring.unit_score import unit_score
from evaluator.storage.files import write_bytes
from evaluator.values.text import half_up, show

if TYPE_CHECKING:
    from jinja2 import Template

MANY = 100
"""Projects of a unit; of more, the indicators of each stand on a page of its own, so that the page opens."""
_MOST_ROWS = 300


def write_page(
    path: Path,
    unit: UnitEvaluation,
    fingerprints: Mapping[str, str] | None = None,
    content: Mapping[str, Any] | None = None,
) -> None:
    """Write the page in one step. Raises OSError.

    `fingerprints`: sha256 of the files beside it, by name; `content` what `page_content` gave before.
    """
    write_bytes(path, render_page(unit, fingerprints, content).encode())


def detail_units(unit: UnitEvaluation) -> Iterator[tuple[str, UnitEvaluation]]:
    """Name and content of the pages that a large unit has beside its own: one a project."""
    if len(unit.evaluations) > MANY:
        for item in unit.evaluations:
            yield file_names.detail_page(item.project), replace(unit, evaluations=(item,), findings=())


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["score"] = _score
    environment.filters["plain"] = show
    environment.filters["percent"] = _percent
    environment.filters["reviewed"] = reviewed_total
    return environment.get_template("page.html.j2")


def render_page(
    unit: UnitEvaluation,
    fingerprints: Mapping[str, str] | None = None,
    content: Mapping[str, Any] | None = None,
) -> str:
    """The page's text; the same evaluation always gives the same text."""
    hashes = fingerprints or {}
    projects = [_project(item, number, hashes) for number, item in enumerate(unit.evaluations, 1)]
    return _template().render(
        **(content or page_content(unit)),
        projects=projects,
        links=unit_links(unit, hashes),
        fingerprints=hashes,
    )


def page_content(unit: UnitEvaluation) -> Mapping[str, Any]:
    """All that stands on a unit's page but for what depends on the files beside it."""
    _template()
    missing, findings = missing_answers(unit), _findings(unit)
    dots = dots_of(unit.evaluations)
    best_first = sorted(unit.evaluations, key=lambda item: -item.total)
    return {
        "unit": unit,
        "brief": len(unit.evaluations) > MANY,
        "detail_page": file_names.detail_page,
        "css": _file("page.css"),
        "script": _file("page.js"),
        "chart": scatter(dots),
        "outliers": outliers(dots),
        "undrawn": len(unit.evaluations) - len(dots),
        "gap": GAP,
        "result": unit_score(unit),
        "budget": unit_budget(unit),
        "ratings": Counter(item.rating for item in best_first if item.rating),
        "met": sum(item.met for item in unit.evaluations),
        "indicators": sum(len(item.scores) for item in unit.evaluations),
        "missing": missing[:_MOST_ROWS],
        "more_missing": len(missing[_MOST_ROWS:]),
        "findings": findings[:_MOST_ROWS],
        "more_findings": len(findings[_MOST_ROWS:]),
        "to_do": file_names.TO_DO,
        "seals": file_names.CHECKSUMS,
        "counts": {
            severity: Counter(f.severity for f in unit.all_findings)[severity] for severity in Severity
        },
    }


def _file(name: str) -> str:
    return resources.files("evaluator.render").joinpath("page", "files", name).read_text(encoding="utf-8")


def _score(value: Decimal | None) -> str:
    return "未计分" if value is None else f"{value:.2f}"


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{show(half_up(value))}%"


def _project(item: Evaluation, number: int, delivered: Collection[str]) -> dict[str, Any]:
    remarks: dict[str, list[Finding]] = defaultdict(list)
    for found in by_severity(item.findings):
        if found.indicator and found.severity is not Severity.NOTE:
            remarks[found.indicator].append(found)
    several = len(item.project.goal_numbers) > 1
    results = {(group.goal, group.name): group for group in item.groups}
    return {
        "number": number,
        "item": item,
        "links": project_links(item.project, delivered),
        "results": item.submission.goal_results if item.submission else {},
        "quality": data_quality(item),
        "improvement": item.submission.facts.get("改进措施及结果应用方案", "") if item.submission else "",
        "nothing": item.budget.score is None and item.unscored == len(item.scores),
        "groups": [
            {
                "name": (f"年度绩效目标{goal}　" if several else "") + (name or "未归组"),
                "result": results.get((goal, name)),
                "rows": [_row(score, remarks[score.indicator.code]) for score in scores],
            }
            for (goal, name), scores in groupby(item.scores, key=lambda s: (s.indicator.goal, s.group))
        ],
    }


def _row(score: Score, remarks: Iterable[Finding]) -> dict[str, Any]:
    if score.score is None:
        mark, kind = "未计分", "none"
    else:
        mark = {True: "达标", False: "未达标", None: "—"}[score.met]
        kind = "met" if score.met else "missed"
    return {
        "score": score,
        "actual": score.actual,
        "mark": mark,
        "kind": kind,
        "remarks": list(remarks),
        "scanned": scan_mark(score.indicator),
    }


def _findings(unit: UnitEvaluation) -> list[dict[str, Any]]:
    names = {item.project.key: item.project.name for item in unit.evaluations}
    return [
        {"item": item, "project": names.get(item.project, "全单位")}
        for item in by_severity(unit.all_findings)
    ]
