"""The page's chart: execution against result, as inline SVG made by pygal.

A project that scores high and spends little, or the reverse, is drawn larger and in another colour.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from html import escape
from typing import Any

from evaluator.records.evaluation import Evaluation
from evaluator.values.text import show

GAP = Decimal(15)
"""From this difference on (points against percent), score and execution do not go together."""
_FONTS = (
    '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)


class Fit(StrEnum):
    """How a project's score goes with its execution."""

    EVEN = "相称"
    FRUGAL = "得分高、执行率低"
    COSTLY = "执行率高、得分低"


@dataclass(frozen=True, slots=True)
class Dot:
    """One project of the chart: `number` in the page's order, `rate` in percent, `gap` = score - rate."""

    number: int
    name: str
    total: Decimal
    rate: Decimal

    @property
    def gap(self) -> Decimal:
        """Points minus percent."""
        return self.total - self.rate

    @property
    def fit(self) -> Fit:
        """Whether it stands out, and how."""
        if abs(self.gap) < GAP:
            return Fit.EVEN
        return Fit.FRUGAL if self.gap > 0 else Fit.COSTLY

    @property
    def words(self) -> str:
        """The dot in words."""
        return f"{self.number} {self.name}：得分{self.total:.2f}，执行率{show(self.rate)}%"


def dots_of(evaluations: Sequence[Evaluation]) -> list[Dot]:
    """The projects that can be drawn: everything scored, execution known."""
    return [
        Dot(number, item.project.name, item.total, item.budget.rate)
        for number, item in enumerate(evaluations, 1)
        if item.complete and item.budget.rate is not None
    ]


def outliers(dots: Sequence[Dot]) -> list[Dot]:
    """The projects whose score and execution do not go together, the widest gap first."""
    return sorted(
        (dot for dot in dots if dot.fit is not Fit.EVEN), key=lambda dot: (-abs(dot.gap), dot.number)
    )


def scatter(dots: Sequence[Dot]) -> str:
    """The chart as SVG, one dot a project with its number; empty where there is nothing to draw."""
    if not dots:
        return ""
    low = _low(dots)
    chart = _chart(low, float(max(Decimal(100), *(dot.rate for dot in dots))))
    for fit, size in ((Fit.EVEN, 5), (Fit.FRUGAL, 8), (Fit.COSTLY, 8)):
        own = [dot for dot in dots if dot.fit is fit]
        chart.add(
            f"{fit}（{len(own)}个）",
            [
                {"value": (float(dot.rate), float(dot.total)), "label": str(dot.number), "node": {"r": size}}
                for dot in own
            ],
        )
    chart.add(
        "得分＝执行率",
        [(low, low), (100, 100)],
        stroke=True,
        show_dots=False,
        stroke_style={"dasharray": "5,5", "width": 1.5},
    )
    return _inline(chart.render(is_unicode=True), {str(dot.number): dot.words for dot in dots})


def _low(dots: Sequence[Dot]) -> float:
    """Where both axes begin: alike, so that the diagonal is where score equals execution."""
    least = min(min(dot.rate, dot.total) for dot in dots)
    return float(max(Decimal(0), (least - 3) // 10 * 10))


def _inline(svg: str, words: dict[str, str]) -> str:
    """Take out script and comments; let the browser show a dot's words where the mouse rests on it."""
    svg = re.sub(r"<!--.*?-->|<script.*?</script>|<title>Pygal</title>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<desc class="(?:value|[xy] \w*)">[^<]*</desc>', "", svg)
    svg = re.sub(
        r'<desc class="label">(\d+)</desc>',
        lambda found: f"<title>{escape(words[found[1]])}</title>",
        svg,
    )
    return svg.replace("<svg ", '<svg role="img" aria-label="预算执行率与自评得分散点图，数据见下表" ', 1)


def _pygal() -> Any:
    import pygal
    import pygal.style

    # pygal hooks an importer for its plug-ins into Python, of a kind that newer Pythons warn of.
    sys.meta_path[:] = [item for item in sys.meta_path if type(item).__module__ != "pygal"]
    return pygal


def _chart(low: float, most: float) -> Any:
    pygal = _pygal()
    style = pygal.style.Style(
        font_family=_FONTS,
        background="transparent",
        plot_background="transparent",
        foreground="#33414f",
        foreground_strong="#1f2937",
        foreground_subtle="#52606d",
        colors=("#1d5b8f", "#b45309", "#a4262c", "#7b8794"),
        label_font_size=13,
        major_label_font_size=13,
        title_font_size=14,
        legend_font_size=13,
        value_label_font_size=13,
        opacity=".85",
        guide_stroke_color="#e3e8ed",
        major_guide_stroke_color="#cfd7de",
        guide_stroke_dasharray="1,0",
        major_guide_stroke_dasharray="1,0",
    )
    chart = pygal.XY(
        stroke=False,
        style=style,
        js=[],
        disable_xml_declaration=True,
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
        x_title="预算执行率（%）",
        y_title="自评得分",
        width=960,
        height=430,
        print_labels=True,
        show_x_guides=False,
        range=(low, 100),
        xrange=(low, most),
        margin_right=30,
    )
    chart.uuid = "scatter"  # pygal's own is random, and this page must be the same each time
    return chart
