"""The page (index.html): the unit at a glance, every indicator with its derivation, all findings.

One file without any network; Jinja2 escapes every text, the chart is inline SVG made by pygal.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from evaluator.evaluation import Evaluation, UnitEvaluation
from evaluator.findings import Finding, Severity, by_severity
from evaluator.model import Score
from evaluator.render import file_names
from evaluator.render.files import write_bytes
from evaluator.render.unit_score import unit_score
from evaluator.text import half_up, show

FONTS = (
    '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)
STATUS = {"seen": "已见原文", "known": "据通行理解，未核原文", "chosen": "规则未定，本工具选定"}
_GAP = Decimal(15)
_MOST_LABELS = 40


def write_page(path: Path, unit: UnitEvaluation) -> None:
    """Write the page in one step. Raises OSError."""
    write_bytes(path, render_page(unit).encode())


def render_page(unit: UnitEvaluation) -> str:
    """The page's text; the same evaluation always gives the same text."""
    from jinja2 import Environment, FunctionLoader

    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["score"] = _score
    environment.filters["plain"] = show
    return environment.get_template("page.html.j2").render(
        unit=unit,
        css=_file("page.css"),
        script=_file("page.js"),
        chart=scatter(unit.evaluations),
        remarks=remarks(unit.evaluations),
        summary=_summary(unit),
        projects=[_project(item, number) for number, item in enumerate(unit.evaluations, 1)],
        findings=[_finding(item, unit) for item in by_severity(unit.all_findings)],
        counts={severity: Counter(f.severity for f in unit.all_findings)[severity] for severity in Severity},
        status=STATUS,
    )


def _file(name: str) -> str:
    return resources.files("evaluator.render").joinpath("page_files", name).read_text(encoding="utf-8")


def _score(value: Decimal | None) -> str:
    return "未计分" if value is None else f"{value:.2f}"


def _summary(unit: UnitEvaluation) -> dict[str, str]:
    result = unit_score(unit)
    adjusted = [item.budget.adjusted for item in unit.evaluations if item.budget.adjusted is not None]
    spent = [item.budget.spent for item in unit.evaluations if item.budget.spent is not None]
    budget, used = sum(adjusted, Decimal(0)), sum(spent, Decimal(0))
    ratings = Counter(item.rating for item in unit.evaluations if item.rating)
    indicators = sum(len(item.scores) for item in unit.evaluations)
    return {
        "score": "—" if result.score is None else f"{result.score:.2f}",
        "left_out": str(len(result.left_out)),
        "ratings": "　".join(f"{name} {count}" for name, count in ratings.items()) or "—",
        "budget": show(budget) if adjusted else "—",
        "spent": show(used) if spent else "—",
        "rate": f"{show(half_up(used / budget * 100))}%" if budget and spent else "—",
        "met": f"{sum(item.met for item in unit.evaluations)} / {indicators}",
    }


def _project(item: Evaluation, number: int) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "item": item,
        "sheet": file_names.score_sheet(item.project),
        "rows": [_row(score) for score in item.scores],
        "rate": "—" if item.budget.rate is None else f"{show(item.budget.rate)}%",
        "nothing": item.budget.score is None and item.unscored == len(item.scores),
    }


def _row(score: Score) -> dict[str, Any]:
    actual = score.actual
    return {
        "score": score,
        "actual": actual.typed if actual and actual.typed else "（未填）",
        "completion": "" if score.completion is None else f"{show(half_up(score.completion))}%",
        "mark": "未计分" if score.score is None else {True: "达标", False: "未达标", None: "—"}[score.met],
        "kind": "none" if score.score is None else ("met" if score.met else "missed"),
        "corrections": score.indicator.corrections,
    }


def _finding(item: Finding, unit: UnitEvaluation) -> dict[str, Any]:
    names = {evaluation.project.key: evaluation.project.name for evaluation in unit.evaluations}
    return {"item": item, "project": names.get(item.project, "全单位")}


def remarks(evaluations: Sequence[Evaluation]) -> list[str]:
    """Projects whose score and execution do not go together, in words."""
    found = []
    for item in evaluations:
        if not item.complete or item.budget.rate is None:
            continue
        gap = item.total - item.budget.rate
        if gap >= _GAP:
            found.append(
                f"{item.project.name}：得分{item.total:.2f}，执行率只有{show(item.budget.rate)}%，花得少而得分高"
            )
        elif gap <= -_GAP:
            found.append(
                f"{item.project.name}：执行率{show(item.budget.rate)}%，得分只有{item.total:.2f}，花得多而得分低"
            )
    return found


def _pygal() -> Any:
    import pygal
    import pygal.style

    # pygal hooks an importer for its plug-ins into Python, of a kind that newer Pythons warn of.
    sys.meta_path[:] = [item for item in sys.meta_path if type(item).__module__ != "pygal"]
    return pygal


def scatter(evaluations: Sequence[Evaluation]) -> str:
    """Execution against result, one point a project, as inline SVG; empty where nothing is complete."""
    numbered = [
        (number, item)
        for number, item in enumerate(evaluations, 1)
        if item.complete and item.budget.rate is not None
    ]
    points = [item for _, item in numbered]
    if not points:
        return ""
    pygal = _pygal()
    style = pygal.style.Style(
        font_family=FONTS,
        background="transparent",
        plot_background="transparent",
        foreground="#33414f",
        foreground_strong="#1f2937",
        foreground_subtle="#9aa5b1",
        colors=("#1d5b8f",),
        label_font_size=13,
        major_label_font_size=13,
        title_font_size=14,
        value_label_font_size=13,
        opacity=".85",
        guide_stroke_color="#e3e8ed",
        major_guide_stroke_color="#cfd7de",
        guide_stroke_dasharray="1,0",
        major_guide_stroke_dasharray="1,0",
    )
    rates = [float(item.budget.rate or 0) for item in points]
    totals = [float(item.total) for item in points]
    chart = pygal.XY(
        stroke=False,
        style=style,
        js=[],
        disable_xml_declaration=True,
        show_legend=False,
        x_title="预算执行率（%）",
        y_title="自评得分",
        width=900,
        height=380,
        dots_size=6,
        print_labels=len(points) <= _MOST_LABELS,
        show_x_guides=False,
        range=(max(0.0, min(totals) - 5), 100),
        xrange=(max(0.0, min(rates) - 5), max(100.0, *rates)),
        margin_right=60,
    )
    chart.uuid = "scatter"  # pygal's own is random, and this page must be the same each time
    chart.add(
        "项目",
        [
            {"value": (rate, total), "label": str(number)}
            for (number, _), rate, total in zip(numbered, rates, totals, strict=True)
        ],
    )
    svg: str = chart.render(is_unicode=True)
    svg = re.sub(r"<!--.*?-->|<script.*?</script>", "", svg, flags=re.DOTALL)
    return svg.replace("<svg ", '<svg role="img" aria-label="预算执行率与自评得分散点图，数据见下表" ', 1)
