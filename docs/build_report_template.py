"""Write the Word template of the written report: ``python docs/build_report_template.py``.

The template is what a unit may replace by its own; its variables are in report-template.zh-CN.md.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluator.render.files import write_bytes
from evaluator.render.report import fixed_zip

PATH = Path(__file__).parents[1] / "evaluator" / "render" / "page_files" / "report.docx"


def main() -> None:
    document = Document()
    _page(document)
    _styles(document)
    _title(document)
    _facts(document)
    _result(document)
    _projects(document)
    _rest(document)
    draft = PATH.with_suffix(".tmp")
    document.core_properties.author = ""
    document.core_properties.title = "项目支出绩效自评报告"
    document.save(str(draft))
    write_bytes(PATH, fixed_zip(draft.read_bytes()))
    draft.unlink()


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _font(style, name: str, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = name, Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(key), name)


def _styles(document) -> None:
    styles = document.styles
    _font(styles["Normal"], "宋体", 12)
    styles["Normal"].paragraph_format.line_spacing = 1.5
    _font(styles["Title"], "黑体", 22, bold=True)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, size in ((1, 16), (2, 14)):
        _font(styles[f"Heading {level}"], "黑体", size, bold=True)
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _font(styles["Quote"], "楷体", 12)
    styles["Quote"].font.italic = False
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)


def _title(document) -> None:
    document.add_paragraph("{{ applicant }}", style="Title")
    document.add_paragraph("{{ year }}年度项目支出绩效自评报告", style="Title")
    document.add_paragraph("{%p if sample %}")
    notice = document.add_paragraph()
    run = notice.add_run("示例数据：本报告中的完成情况是演示用的虚构数据，不是真实结果。")
    run.font.bold, run.font.color.rgb = True, RGBColor(0xB4, 0x23, 0x18)
    document.add_paragraph("{%p endif %}")
    _contents(document)


def _contents(document) -> None:
    """A table of contents field: Word fills it in when the fields are updated."""
    run = document.add_paragraph().add_run()
    for kind, text in (
        ("begin", ""),
        ("instr", 'TOC \\o "1-2" \\h \\z \\u'),
        ("separate", ""),
        ("text", "目录：请在 Word 中右键此处并选择“更新域”。"),
        ("end", ""),
    ):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _shade(cell, colour: str = "E8EEF4") -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _table(document, heads: list[str], loop: str, cells: list[str], widths: list[float]) -> None:
    """A table with a header that repeats, and one row that docxtpl repeats."""
    table = document.add_table(rows=4, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, head in enumerate(heads):
        _write(table.cell(0, column), head, bold=True)
        _shade(table.cell(0, column))
        _write(table.cell(2, column), cells[column])
        for row in table.rows:
            row.cells[column].width = Cm(widths[column])
    for column, width in enumerate(widths):
        table.columns[column].width = Cm(width)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.cell(1, 0).text = f"{{%tr for row in {loop} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"


def _write(cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(9), bold


def _facts(document) -> None:
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("{{ facts_text }}")
    heads = ["项目", "申报单位", "批复预算（万元）", "年度指标数"]
    cells = ["{{ row.name }}", "{{ row.applicant }}", "{{ row.approved }}", "{{ row.indicators }}"]
    _table(document, heads, "projects", cells, [6.4, 4.4, 2.6, 2.2])


def _result(document) -> None:
    document.add_heading("二、自评结论", 1)
    document.add_paragraph("{{ result_text }}")
    heads = ["项目", "得分", "评级", "达标/指标", "执行率"]
    cells = ["{{ row.name }}", "{{ row.total }}", "{{ row.rating }}", "{{ row.met }}", "{{ row.rate }}"]
    _table(document, heads, "projects", cells, [6.4, 3.0, 1.8, 2.2, 2.2])
    document.add_paragraph("{{ chart }}")
    document.add_heading("三、预算执行情况", 1)
    document.add_paragraph("{{ budget_text }}")
    heads = ["项目", "年初预算（万元）", "全年预算（万元）", "执行数（万元）", "得分"]
    cells = [
        "{{ row.name }}",
        "{{ row.initial }}",
        "{{ row.adjusted }}",
        "{{ row.spent }}",
        "{{ row.budget_score }}",
    ]
    _table(document, heads, "projects", cells, [6.0, 2.6, 2.6, 2.6, 1.8])
    for line in (
        "{%p for row in budget_notes %}",
        "{{ row.name }}的预算调整说明：“{{ row.text }}”",
        "{%p endfor %}",
    ):
        document.add_paragraph(line)


def _projects(document) -> None:
    document.add_heading("四、绩效目标完成情况", 1)
    for line in ("{%p if details_text %}", "{{ details_text }}", "{%p endif %}"):
        document.add_paragraph(line)
    document.add_paragraph("{%p for project in details %}")
    document.add_heading("{{ project.name }}", 2)
    document.add_paragraph("{{ project.result_text }}")
    document.add_paragraph("{%p for goal in project.goals %}")
    document.add_paragraph("年度绩效目标{{ goal.number }}：{{ goal.text }}")
    document.add_paragraph("{{ goal.result }}", style="Quote")
    document.add_paragraph("{%p endfor %}")
    heads = ["编码", "指标", "年度指标值", "实际完成值", "分值", "得分"]
    cells = [
        "{{ row.code }}",
        "{{ row.name }}",
        "{{ row.target }}",
        "{{ row.actual }}",
        "{{ row.points }}",
        "{{ row.score }}",
    ]
    _table(document, heads, "project.rows", cells, [1.6, 5.4, 2.9, 3.0, 1.3, 1.5])
    document.add_paragraph("{%p endfor %}")


def _rest(document) -> None:
    document.add_heading("五、偏差及原因", 1)
    document.add_paragraph("{{ deviation_text }}")
    for line in (
        "{%p for row in deviations %}",
        "{{ row.project }} {{ row.code }} {{ row.name }}（{{ row.fact }}）",
    ):
        document.add_paragraph(line)
    document.add_paragraph("{{ row.reason }}", style="Quote")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("六、改进措施及结果应用", 1)
    document.add_paragraph("{{ improvement_text }}")
    document.add_paragraph("{%p for row in improvements %}")
    document.add_paragraph("{{ row.name }}：")
    document.add_paragraph("{{ row.text }}", style="Quote")
    document.add_paragraph("{%p endfor %}")
    document.add_heading("七、需要说明的问题", 1)
    document.add_paragraph("{{ problem_text }}")
    for line in ("{%p for row in problems %}", "{{ row.project }}：{{ row.sentence }}", "{%p endfor %}"):
        document.add_paragraph(line)
    for line in ("", "单位（盖章）：{{ applicant }}", "负责人（签字）：", "{{ date_line }}"):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


if __name__ == "__main__":
    main()
