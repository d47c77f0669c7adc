"""Write the Word template of the written report: ``python tools/build_report_template.py``.

The template is what a unit may replace by its own; its variables are in report-template.zh-CN.md.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluator.render.report.document import fixed_zip
from evaluator.storage.files import write_bytes

PATH = Path(__file__).parents[1] / "evaluator" / "render" / "report" / "files" / "report.docx"
SONG, HEI, KAI, LATIN = "宋体", "黑体", "楷体", "Times New Roman"
RED = RGBColor(0xB4, 0x23, 0x18)
BODY, CELL, QUOTE = "Body Text", "表格文字", "Quote"
SECTIONS = (
    "一、基本情况",
    "二、自评结论",
    "三、预算执行情况",
    "四、绩效目标完成情况",
    "五、偏差及原因",
    "六、改进措施及结果应用",
    "七、需要说明的问题",
)


def main() -> None:
    document = Document()
    _page(document)
    _styles(document)
    _title(document)
    _facts(document)
    _result(document)
    _budget(document)
    _projects(document)
    _deviations(document)
    _rest(document)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = "项目支出绩效自评报告"
    buffer = io.BytesIO()
    document.save(buffer)
    write_bytes(PATH, fixed_zip(buffer.getvalue()))


# --- page and styles ------------------------------------------------------------------------------


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _red(header.add_run("{{ sample_notice }}"), 9)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, kind in (("— ", ""), ("PAGE", "field"), (" —", "")):
        run = footer.add_run("" if kind else text)
        if kind:
            _field(run, text, "1")


def _fonts(style, east: str, size: float, *, bold: bool = False) -> None:
    """Name the fonts themselves: a theme's fonts would go before them."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{key}"), name)


def _spacing(style, *, line: float, before: float = 0, after: float = 0) -> None:
    layout = style.paragraph_format
    layout.line_spacing, layout.space_before, layout.space_after = line, Pt(before), Pt(after)


def _style(document, name: str, parent: str = "Normal"):
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[parent]
    return document.styles[name]


def _styles(document) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _fonts(styles["Normal"], SONG, 12)
    _spacing(styles["Normal"], line=1.5)
    _fonts(styles[BODY], SONG, 12)
    _spacing(styles[BODY], line=1.5, before=3, after=3)
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "480")
    styles[BODY].element.get_or_add_pPr().append(indent)
    title = styles["Title"]
    _fonts(title, HEI, 22)
    _spacing(title, line=1.3, after=4)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = title.element.pPr.find(qn("w:pBdr"))
    title.element.pPr.remove(border)
    for level, size, before in ((1, 16, 18), (2, 14, 12)):
        _fonts(styles[f"Heading {level}"], HEI, size)
        _spacing(styles[f"Heading {level}"], line=1.3, before=before, after=6)
        styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _fonts(styles[QUOTE], KAI, 12)
    _spacing(styles[QUOTE], line=1.5, after=6)
    styles[QUOTE].paragraph_format.left_indent = Cm(0.85)
    _fonts(_style(document, CELL), SONG, 10)
    _spacing(styles[CELL], line=1.15, before=2, after=2)
    _fonts(_style(document, "toc 1"), SONG, 12)
    _spacing(styles["toc 1"], line=1.4)
    _fonts(_style(document, "toc 2"), SONG, 11)
    _spacing(styles["toc 2"], line=1.3)
    styles["toc 2"].paragraph_format.left_indent = Cm(0.85)


# --- pieces ---------------------------------------------------------------------------------------


def _red(run, size: float) -> None:
    run.font.bold, run.font.size, run.font.color.rgb = True, Pt(size), RED


def _mark(run, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    run._r.append(element)


def _instruction(run, text: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    run._r.append(element)


def _field(run, instruction: str, shown: str) -> None:
    _mark(run, "begin")
    _instruction(run, instruction)
    _mark(run, "separate")
    run._r.append(OxmlElement("w:t"))
    run._r[-1].text = shown
    _mark(run, "end")


def _lines(document, *lines: str, style: str = BODY) -> None:
    for line in lines:
        document.add_paragraph(line, style=style)


def _shade(cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(cell, text: str, *, bold: bool = False, centre: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.add_run(text).font.bold = bold
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document, columns: list[tuple[str, str, float]], loop: str, group: str = "") -> None:
    """A table with a header that repeats, and a row that docxtpl repeats; `columns` are head, cell, cm.

    Of `columns` the first is text and the rest are centred. With `group`, rows are nested in groups,
    each under a line that says `group`.
    """
    steps = [f"{{%tr for row in {'group.rows' if group else loop} %}}", "", "{%tr endfor %}"]
    if group:
        steps = [f"{{%tr for group in {loop} %}}", group, *steps, "{%tr endfor %}"]
    table = document.add_table(rows=1 + len(steps), cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for at, (head, text, width) in enumerate(columns):
        _shade(table.cell(0, at), "E4EBF2")
        _write(table.cell(0, at), head, bold=True, centre=True)
        _write(table.cell(1 + steps.index(""), at), text, centre=at > 0 and head != "指标")
        table.columns[at].width = Cm(width)
        for row in table.rows:
            row.cells[at].width = Cm(width)
    for at, step in enumerate(steps, 1):
        if step and step == group:
            merged = table.cell(at, 0).merge(table.cell(at, len(columns) - 1))
            _shade(merged, "F3F6F9")
            _write(merged, step, bold=True)
            merged.paragraphs[0].paragraph_format.keep_with_next = True
        elif step:
            table.cell(at, 0).text = step
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


# --- the report -----------------------------------------------------------------------------------


def _title(document) -> None:
    _lines(document, "{{ applicant }}", "{{ year }}年度项目支出绩效自评报告", style="Title")
    _lines(document, "{%p if sample %}")
    notice = document.add_paragraph()
    notice.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _red(notice.add_run("{{ sample_notice }}"), 12)
    _lines(document, "{%p endif %}")
    _contents(document)


def _contents(document) -> None:
    """A table of contents field with the headings in it; Word puts in the page numbers when it updates it."""
    head = document.add_paragraph(style="Normal")
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_before = Pt(18)
    head.add_run("目　录").font.bold = True
    for at, text in enumerate(SECTIONS):
        paragraph = document.add_paragraph(style="toc 1")
        if at == 0:
            run = paragraph.add_run()
            _mark(run, "begin")
            _instruction(run, 'TOC \\o "1-2" \\h \\z \\u')
            _mark(run, "separate")
        paragraph.add_run(text)
        if text.startswith("四"):
            _lines(
                document,
                "{%p for project in details %}",
                "{{ project.name }}",
                "{%p endfor %}",
                style="toc 2",
            )
    last = document.add_paragraph(style="toc 2")
    last.add_run("（页码：在 Word 或 WPS 中右键目录，选“更新域”）").font.size = Pt(9)
    _mark(last.add_run(), "end")


def _facts(document) -> None:
    heading = document.add_heading(SECTIONS[0], 1)
    heading.paragraph_format.page_break_before = True
    _lines(document, "{{ facts_text }}")
    columns = [
        ("项目", "{{ row.name }}", 5.0),
        ("申报单位", "{{ row.applicant }}", 3.9),
        ("项目类别、属性、类型", "{{ row.kinds }}", 3.4),
        ("批复预算\n（万元）", "{{ row.approved }}", 1.9),
        ("指标数", "{{ row.indicators }}", 1.4),
    ]
    _table(document, columns, "projects")


def _result(document) -> None:
    document.add_heading(SECTIONS[1], 1)
    _lines(document, "{{ result_text }}")
    columns = [
        ("项目", "{{ row.name }}", 6.0),
        ("得分", "{{ row.total }}", 3.2),
        ("评级", "{{ row.rating }}", 1.8),
        ("达标/指标", "{{ row.met }}", 2.2),
        ("执行率", "{{ row.rate }}", 2.4),
    ]
    _table(document, columns, "projects")
    chart = document.add_paragraph("{{ chart }}", style="Normal")
    chart.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chart.paragraph_format.space_before = Pt(10)
    chart.paragraph_format.line_spacing = 1.0


def _budget(document) -> None:
    document.add_heading(SECTIONS[2], 1)
    _lines(document, "{{ budget_text }}")
    columns = [
        ("项目", "{{ row.name }}", 5.6),
        ("年初预算\n（万元）", "{{ row.initial }}", 2.2),
        ("全年预算\n（万元）", "{{ row.adjusted }}", 2.2),
        ("执行数\n（万元）", "{{ row.spent }}", 2.2),
        ("执行率", "{{ row.rate }}", 1.8),
        ("得分", "{{ row.budget_score }}", 1.6),
    ]
    _table(document, columns, "projects")
    _lines(document, "{%p for row in budget_notes %}", "{{ row.name }}的预算调整说明：")
    _lines(document, "“{{ row.text }}”", style=QUOTE)
    _lines(document, "{%p endfor %}")


def _projects(document) -> None:
    document.add_heading(SECTIONS[3], 1)
    _lines(document, "{%p if details_text %}", "{{ details_text }}", "{%p endif %}")
    _lines(document, "{%p for project in details %}")
    document.add_heading("{{ project.name }}", 2)
    _lines(document, "{{ project.result_text }}", "{%p for goal in project.goals %}")
    _lines(document, "年度绩效目标{{ goal.number }}：{{ goal.text }}", "实际完成情况：")
    _lines(document, "{{ goal.result }}", style=QUOTE)
    _lines(document, "{%p endfor %}", "{%p if project.groups %}")
    columns = [
        ("编码", "{{ row.code }}", 1.7),
        ("指标", "{{ row.name }}", 5.0),
        ("年度指标值", "{{ row.target }}", 2.9),
        ("实际完成值", "{{ row.actual }}", 3.1),
        ("分值", "{{ row.points }}", 1.4),
        ("得分", "{{ row.score }}", 1.5),
    ]
    _table(document, columns, "project.groups", "{{ group.text }}")
    _lines(document, "{%p endif %}", "{%p endfor %}")


def _deviations(document) -> None:
    document.add_heading(SECTIONS[4], 1)
    _lines(document, "{{ deviation_text }}", "{%p for row in deviations %}")
    lead = document.add_paragraph(style=BODY)
    lead.paragraph_format.keep_with_next = True
    lead.add_run("{{ loop.index }}．{{ row.project }}　{{ row.code }} {{ row.name }}").font.bold = True
    lead.add_run("：{{ row.fact }}。")
    _lines(document, "{{ row.reason }}", style=QUOTE)
    _lines(document, "{%p endfor %}")


def _rest(document) -> None:
    document.add_heading(SECTIONS[5], 1)
    _lines(document, "{{ improvement_text }}", "{%p for row in improvements %}")
    lead = document.add_paragraph(style=BODY)
    lead.paragraph_format.keep_with_next = True
    lead.add_run("{{ row.name }}：").font.bold = True
    _lines(document, "{{ row.text }}", style=QUOTE)
    _lines(document, "{%p endfor %}")
    document.add_heading(SECTIONS[6], 1)
    _lines(document, "{{ correction_text }}", "{%p for row in corrections %}")
    _lines(document, "{{ loop.index }}．{{ row.project }}：{{ row.text }}", "{%p endfor %}")
    # The signatures never stand alone on a page: what comes last before them goes along.
    document.add_paragraph("{{ problem_text }}", style=BODY).paragraph_format.keep_with_next = True
    entry = "{{ loop.index }}．{{ row.project }}：{{ row.sentence }}"
    _lines(document, "{%p for row in problems %}", "{%p if not loop.last %}", entry, "{%p else %}")
    document.add_paragraph(entry, style=BODY).paragraph_format.keep_with_next = True
    _lines(document, "{%p endif %}", "{%p endfor %}")
    for at, line in enumerate(
        ("单位（盖章）：{{ applicant }}", "负责人（签字）：　　　　　　", "{{ date_line }}")
    ):
        paragraph = document.add_paragraph(line, style="Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = at < 2
        if at == 0:
            paragraph.paragraph_format.space_before = Pt(36)


if __name__ == "__main__":
    main()
