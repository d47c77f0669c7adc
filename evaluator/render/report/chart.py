"""A native Word chart (DrawingML): text stays text, so no fonts of ours are needed, and it prints sharp.

Format: ECMA-376 part 1, §21.2 (charts); the values stand in the chart part itself, without a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from evaluator.records.evaluation import Evaluation
from evaluator.render.book import printable
from evaluator.render.report.paragraphs import paragraphs

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CENTIMETRE = 360_000
_MOST = 30
_TALLEST = 21.0
_LINE = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="C3CBD3"/></a:solidFill></a:ln></c:spPr>'
_FONT = (
    '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="Times New Roman"/>'
    '<a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


def add_chart(document: Any, mark: str, evaluations: Sequence[Evaluation]) -> None:
    """Put the chart where a paragraph first holds the mark; without complete projects the mark just goes."""
    complete = [item for item in evaluations if item.complete and item.budget.rate is not None]
    shown = complete[:_MOST]
    title = _title(len(shown), len(complete), len(evaluations))
    for at, paragraph in enumerate(paragraphs(document, lambda text: mark in text)):
        for run in paragraph.runs:
            run.text = run.text.replace(mark, "")
        if shown and at == 0:
            _insert(document, paragraph, title, shown)


def _title(shown: int, complete: int, whole: int) -> str:
    title = "各项目自评得分与预算执行率"
    if shown < complete:
        return f"{title}（计分完整的前{shown}个项目）"
    return title if complete == whole else f"{title}（计分完整的项目）"


def _insert(document: Any, paragraph: Any, title: str, shown: Sequence[Evaluation]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    part = Part(
        PackURI("/word/charts/evaluate1.xml"), _TYPE, _chart_xml(title, shown).encode(), document.part.package
    )
    identity = document.part.relate_to(part, _RELATION)
    width, height = int(15.2 * _CENTIMETRE), int(_height(len(shown)) * _CENTIMETRE)
    paragraph.add_run()._r.append(
        parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
            '<wp:docPr id="9001" name="得分与执行率" descr="各项目自评得分与预算执行率，数据见上表"/>'
            f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
            f'<c:chart xmlns:c="{_CHART}" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def _chart_xml(title: str, shown: Sequence[Evaluation]) -> str:
    names = [item.project.name for item in shown]
    series = (
        ("自评得分", "1D5B8F", [f"{item.total:.2f}" for item in shown]),
        ("预算执行率（%）", "C98A1B", [f"{item.budget.rate:f}" for item in shown]),
    )
    bars = "".join(
        _series(at, title, colour, names, values) for at, (title, colour, values) in enumerate(series)
    )
    longest = max([Decimal(100), *(item.budget.rate or Decimal(0) for item in shown)])
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/>'
        '<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="1100"/>'
        f'<a:t>{title}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea>{_layout(len(shown))}'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}'
        '<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_LINE}<c:crossAx val="1002"/></c:catAx>'
        f'<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:max val="{longest:f}"/>'
        f'<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>{_LINE}'
        '</c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_LINE}<c:crossAx val="1001"/>'
        '<c:crosses val="max"/><c:crossBetween val="between"/><c:majorUnit val="20"/></c:valAx>'
        '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        f'<c:plotVisOnly val="1"/></c:chart>{_FONT}</c:chartSpace>'
    )


def _height(count: int) -> float:
    """Centimetres: three for title, axis and legend, one for each project as far as a page goes."""
    return min(_TALLEST, 3.2 + 1.0 * count)


def _layout(count: int) -> str:
    """Where the bars stand, as parts of the whole: names left of them, the longest bar's number right."""
    height = _height(count)
    edges = (("x", 0.39), ("y", 1.1 / height), ("w", 0.51), ("h", (height - 2.6) / height))
    modes = "".join(f'<c:{edge}Mode val="edge"/>' for edge in "xy")
    values = "".join(f'<c:{edge} val="{value:.4f}"/>' for edge, value in edges)
    return (
        f'<c:layout><c:manualLayout><c:layoutTarget val="inner"/>{modes}{values}</c:manualLayout></c:layout>'
    )


def _series(at: int, title: str, colour: str, names: Sequence[str], values: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
    labels = "".join(f'<c:pt idx="{i}"><c:v>{_text(name)}</c:v></c:pt>' for i, name in enumerate(names))
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{title}</c:v></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'
        '<c:dLbls><c:numFmt formatCode="0.00" sourceLinked="0"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strLit><c:ptCount val="{len(names)}"/>{labels}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
        f"{points}</c:numLit></c:val>"
        "</c:ser>"
    )


def _text(name: str) -> str:
    short = name if len(name) <= 18 else f"{name[:17]}…"
    return escape(printable(short))
