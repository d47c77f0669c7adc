"""The written report (自评报告.docx), from a Word template that a unit may replace by its own.

No sentence says what the data do not: people's words are quoted, and where they gave none it says so.
"""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

from evaluator.evaluation import UnitEvaluation
from evaluator.findings import Finding, finding
from evaluator.model import Place
from evaluator.render.files import write_bytes
from evaluator.render.report_chart import add_chart
from evaluator.render.report_text import report_context

CHART_MARK = "〔得分与执行率图〕"
_FIXED = (1980, 1, 1, 0, 0, 0)


def write_report(path: Path, unit: UnitEvaluation, template: Path | None = None) -> list[Finding]:
    """Write the report from the unit's template, or from the shipped one where that does not work.

    Findings: `report-template-unusable`, with the reason. Raises OSError.
    """
    context = {**report_context(unit), "chart": CHART_MARK}
    findings: list[Finding] = []
    content = b""
    if template is not None:
        content, problem = _render_own(template, context, unit)
        if problem:
            findings.append(finding("report-template-unusable", Place(template.name), reason=problem))
    if not content:
        shipped = resources.files("evaluator.render").joinpath("page_files", "report.docx").read_bytes()
        content = _render(shipped, context, unit)
    write_bytes(path, content)
    return findings


def _render_own(template: Path, context: dict[str, Any], unit: UnitEvaluation) -> tuple[bytes, str]:
    """The report from a unit's own template, or why that cannot be."""
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError

    try:
        return _render(template.read_bytes(), context, unit), ""
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        return b"", "不是有效的 docx 文件"
    except TemplateError as error:
        return b"", f"模板标记有误：{error.message or type(error).__name__}"
    except XMLSyntaxError:
        return b"", "模板标记放错了位置，填入后不是有效的文档"


def _render(template: bytes, context: dict[str, Any], unit: UnitEvaluation) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined

    document = DocxTemplate(io.BytesIO(template))
    document.render(context, Environment(undefined=StrictUndefined), autoescape=True)
    add_chart(document.docx, CHART_MARK, unit.evaluations)
    buffer = io.BytesIO()
    document.save(buffer)
    return fixed_zip(buffer.getvalue())


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
