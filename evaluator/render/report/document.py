"""The written report (自评报告.docx), from a Word template that a unit may replace by its own.

No sentence says what the data do not: people's words are told as theirs, and where they gave none there is
a marked gap.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render.report.chart import add_chart
from evaluator.render.report.finish import fit_numbers, mark_gaps, number_contents
from evaluator.render.report.text import SAMPLE, Scope, report_context
from evaluator.storage.files import write_bytes

CHART_MARK = "〔得分与执行率图〕"
_FIXED = (1980, 1, 1, 0, 0, 0)
_NO_DOCUMENT = "不是有效的 docx 文件"
_SAMPLE_WORD = SAMPLE.partition("：")[0]


def write_report(
    path: Path,
    unit: UnitEvaluation,
    template: Path | None = None,
    scope: Scope = Scope.UNIT,
    pages: Sequence[int] = (),
) -> list[Finding]:
    """Write the report. Findings: those of `report`. Raises OSError."""
    content, findings = report(unit, template, scope, pages)
    write_bytes(path, content)
    return findings


def report(
    unit: UnitEvaluation,
    template: Path | None = None,
    scope: Scope = Scope.UNIT,
    pages: Sequence[int] = (),
) -> tuple[bytes, list[Finding]]:
    """The report from the unit's template, or from the shipped one where that does not work.

    `pages` are those of the headings, for the table of contents; without them it has no page numbers.
    Findings: `report-template-unusable`, with the reason.
    """
    context = {**report_context(unit, scope), "chart": CHART_MARK}
    findings: list[Finding] = []
    content = b""
    if template is not None:
        content, problem = _render_own(template, context, unit, pages)
        if problem:
            findings.append(
                finding(
                    "report-template-unusable",
                    Place(f"{template.parent.name}/{template.name}"),
                    reason=problem,
                )
            )
    if not content:
        shipped = resources.files("evaluator.render").joinpath("report", "files", "report.docx").read_bytes()
        content = _render(shipped, context, unit, pages)
    return content, findings


def _render_own(
    template: Path, context: dict[str, Any], unit: UnitEvaluation, pages: Sequence[int]
) -> tuple[bytes, str]:
    """The report from a unit's own template, or why that cannot be."""
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError

    try:
        content = template.read_bytes()
    except OSError:
        return b"", "读不出来，可能正在 Word 或 WPS 中打开"
    try:
        _open(content)
    except PackageNotFoundError:
        return b"", _NO_DOCUMENT
    except PARSER_ERRORS:
        return b"", _NO_DOCUMENT
    try:
        return _render(content, context, unit, pages), ""
    except TemplateError as error:
        return b"", _reason(error)
    except XMLSyntaxError:
        return b"", "标记放错了位置，填入后不是有效的文档"
    except PARSER_ERRORS as error:  # whatever a template's expressions raise while they are computed
        return b"", f"标记计算不出来：{error or type(error).__name__}"
    except MemoryError:
        return b"", "标记计算出的内容过大"


def _reason(error: Exception) -> str:
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    for kind, words in (
        (SecurityError, "标记里有不允许的写法"),
        (UndefinedError, "标记里有不存在的变量"),
        (TemplateSyntaxError, "标记的写法有误"),
    ):
        if isinstance(error, kind):
            return f"{words}：{error}"
    return f"标记有误：{error}"


def _open(template: bytes) -> Any:
    from evaluator.render.report.template import WordTemplate

    document = WordTemplate(io.BytesIO(template))
    document.init_docx()
    return document


def _render(template: bytes, context: dict[str, Any], unit: UnitEvaluation, pages: Sequence[int]) -> bytes:
    from evaluator.render.report.template import environment

    document = _open(template)
    document.render(context, environment(), autoescape=True)
    if unit.sample:
        _mark_sample(document.docx)
    mark_gaps(document.docx)
    fit_numbers(document.docx)
    number_contents(document.docx, pages)
    add_chart(document.docx, CHART_MARK, unit.evaluations)
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


def _mark_sample(document: Any) -> None:
    """Say 示例数据 at the top where a unit's own template does not say it."""
    if not any(_SAMPLE_WORD in paragraph.text for paragraph in document.paragraphs):
        body = document.paragraphs
        notice = body[0].insert_paragraph_before(SAMPLE) if body else document.add_paragraph(SAMPLE)
        notice.runs[0].font.bold = True


def fixed_zip(content: bytes) -> bytes:
    """The same archive with a fixed date in it, so that the same report is the same bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return buffer.getvalue()
