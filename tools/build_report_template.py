"""Write the Word template of the written report: ``python tools/build_report_template.py``.

The template is what a unit may replace by its own; its variables are in report-template.zh-CN.md.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluator.render.report.document import fixed_zip
from evaluator.storage.files import write_bytes

PATH = Path(__file__).parents[1] / "evaluator" / "render" / "report" / "files" / "report.docx"
SONG, HEI, KAI, LATIN = "宋体", "黑体", "楷体", "Times New Roman"
RED = RGBColor(0xB4, 0x23, 0x18)
BODY, CELL, QUOTE = "Body Text", "表格文字", "Quote"
SUBHEAD = "小节标题"
SECTIONS = (
    "一、项目概况",
    "二、绩效自评工作开展情况",
    "三、资金投入和使用管理情况",
    "四、项目组织实施情况",
    "五、自评结论",
    "六、绩效分析",
    "七、偏差及原因",
    "八、存在的问题",
    "九、下一步改进措施和有关建议",
    "十、附件",
)
LEFT = ("项目", "指标", "佐证材料", "资金来源", "说明")
WITH_PROJECTS = SECTIONS[5]


def main() -> None:
    document = Document()
    _page(document)
    _styles(document)
    _title(document)
    _facts(document)
    _work(document)
    _money(document)
    _organisation(document)
    _result(document)
    _analysis(document)
    _deviations(document)
    _problems(document)
    _next_steps(document)
    _attachments(document)
    _signatures(document)
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
    _fonts(_style(document, SUBHEAD), SONG, 12, bold=True)
    _spacing(styles[SUBHEAD], line=1.5, before=4, after=2)
    styles[SUBHEAD].paragraph_format.keep_with_next = True
    for name, size, line in (("toc 1", 12, 1.4), ("toc 2", 11, 1.3)):
        _fonts(_style(document, name), SONG, size)
        _spacing(styles[name], line=line)
        # Page numbers, where they are put in, stand at the right behind dots.
        stops = styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(Cm(15.6), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
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
        _write(table.cell(1 + steps.index(""), at), text, centre=at > 0 and head not in LEFT)
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
    for cell in table.rows[0].cells:  # a head never stands alone at the foot of a page
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


# --- the report -----------------------------------------------------------------------------------


def _title(document) -> None:
    _lines(document, "{{ applicant }}", "{{ title }}", style="Title")
    _lines(document, "{%p if sample %}")
    notice = document.add_paragraph()
    notice.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _red(notice.add_run("{{ sample_notice }}"), 12)
    _lines(document, "{%p endif %}")
    _contents(document)


def _contents(document) -> None:
    """A table of contents, written whole, as the field that Word would make of it."""
    head = document.add_paragraph(style="Normal")
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_before = Pt(18)
    head.add_run("目　录").font.bold = True
    for text in SECTIONS:
        paragraph = document.add_paragraph(style="toc 1")
        if text == SECTIONS[0]:
            run = paragraph.add_run()
            _mark(run, "begin")
            _instruction(run, 'TOC \\o "1-2" \\h \\z \\u')
            _mark(run, "separate")
        paragraph.add_run(text)
        if text == WITH_PROJECTS:
            entry = ("{%p for project in details %}", "{{ project.name }}", "{%p endfor %}")
            _lines(document, *entry, style="toc 2")
    _mark(paragraph.add_run(), "end")


def _chapter(document, at: int) -> None:
    document.add_heading(SECTIONS[at], 1)


def _lead(document, text: str, style: str = BODY) -> None:
    """A paragraph that stays with what follows it."""
    document.add_paragraph(text, style=style).paragraph_format.keep_with_next = True


def _each(document, loop: str, text: str) -> None:
    _lines(document, f"{{%p for line in {loop} %}}", text, "{%p endfor %}")


def _facts(document) -> None:
    heading = document.add_heading(SECTIONS[0], 1)
    heading.paragraph_format.page_break_before = True
    _lead(document, "{{ facts_text }}")
    columns = [
        ("项目", "{{ row.name }}", 5.0),
        ("申报单位", "{{ row.applicant }}", 3.9),
        ("项目类别、属性、类型", "{{ row.kinds }}", 3.4),
        ("批复预算\n（万元）", "{{ row.approved }}", 1.9),
        ("指标数", "{{ row.indicators }}", 1.4),
    ]
    _table(document, columns, "projects")
    _lead(document, "（一）立项依据", SUBHEAD)
    _each(document, "basis_paragraphs", "{{ line }}")
    _lead(document, "（二）主要内容和绩效目标", SUBHEAD)
    _each(document, "content_paragraphs", "{{ line }}")
    _lines(document, "{%p for project in details %}", "{%p for goal in project.goals %}")
    _lines(document, "{{ project.name }}的{{ goal.label }}：{{ goal.text }}")
    _lines(document, "{%p endfor %}", "{%p endfor %}")
    _lead(document, "（三）实施主体", SUBHEAD)
    _each(document, "who_paragraphs", "{{ line }}")


def _work(document) -> None:
    _chapter(document, 1)
    _lines(document, "{{ work_text }}")
    _each(document, "work_paragraphs", "{{ line }}")
    _lines(document, "{{ correction_text }}", "{%p for row in corrections %}")
    _lines(document, "{{ loop.index }}．{{ row.project }}：{{ row.text }}", "{%p endfor %}")


def _money(document) -> None:
    _chapter(document, 2)
    _lead(document, "（一）资金安排和执行", SUBHEAD)
    _lead(document, "{{ budget_text }}")
    columns = [
        ("项目", "{{ row.name }}", 5.6),
        ("年初预算\n（万元）", "{{ row.initial }}", 2.2),
        ("全年预算\n（万元）", "{{ row.adjusted }}", 2.2),
        ("执行数\n（万元）", "{{ row.spent }}", 2.2),
        ("执行率", "{{ row.rate }}", 1.8),
        ("得分", "{{ row.budget_score }}", 1.6),
    ]
    _table(document, columns, "projects")
    _lines(document, "{%p if sources %}")
    _lead(document, "（二）资金来源", SUBHEAD)
    _lead(document, "{{ sources_text }}")
    columns = [
        ("项目", "{{ row.project }}", 4.4),
        ("资金来源", "{{ row.source }}", 3.0),
        ("年初预算\n（万元）", "{{ row.initial }}", 2.1),
        ("全年预算\n（万元）", "{{ row.adjusted }}", 2.1),
        ("执行数\n（万元）", "{{ row.spent }}", 2.1),
        ("执行率", "{{ row.rate }}", 1.9),
    ]
    _table(document, columns, "sources")
    _lines(document, "{%p endif %}")
    _lead(document, "{% if sources %}（三）{% else %}（二）{% endif %}资金使用管理", SUBHEAD)
    _each(document, "money_use_paragraphs", "{{ line }}")
    _lines(document, "{%p for row in budget_notes %}", "{{ row.name }}：{{ row.text }}", "{%p endfor %}")


def _organisation(document) -> None:
    _chapter(document, 3)
    _each(document, "organisation_paragraphs", "{{ line }}")


def _result(document) -> None:
    _chapter(document, 4)
    _lead(document, "{{ result_text }}")
    columns = [
        ("项目", "{{ row.name }}", 6.0),
        ("得分", "{{ row.total }}", 3.2),
        ("评级", "{{ row.rating }}", 1.8),
        ("达标/指标", "{{ row.met }}", 2.2),
        ("执行率", "{{ row.rate }}", 2.4),
    ]
    _table(document, columns, "projects")
    _lines(document, '{%p if scope == "unit" %}')
    chart = document.add_paragraph("{{ chart }}", style="Normal")
    chart.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chart.paragraph_format.space_before = Pt(10)
    chart.paragraph_format.line_spacing = 1.0
    _lines(document, "{%p endif %}")


def _analysis(document) -> None:
    _chapter(document, 5)
    _lines(document, "{%p if details_text %}", "{{ details_text }}", "{%p endif %}")
    _lines(document, "{%p for project in details %}")
    document.add_heading("{{ project.name }}", 2)
    _lines(document, "{{ project.result_text }}", "{%p for goal in project.goals %}")
    _lines(document, "{{ goal.label }}的完成情况：{{ goal.result }}", "{%p endfor %}")
    _lines(
        document, "{%p for level in project.levels %}", "{{ level.name }}{{ level.text }}", "{%p endfor %}"
    )
    _lines(document, "{%p if project.groups %}")
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
    _chapter(document, 6)
    _lines(document, "{{ deviation_text }}", "{%p for row in deviations %}")
    paragraph = document.add_paragraph(style=BODY)
    paragraph.add_run("{{ loop.index }}．{{ row.project }}　{{ row.code }} {{ row.name }}").font.bold = True
    paragraph.add_run("：{{ row.fact }}。{{ row.reason }}")
    _lines(document, "{%p endfor %}")


def _problems(document) -> None:
    _chapter(document, 7)
    _lines(document, "{%p for line in problems %}", "{{ loop.index }}．{{ line }}", "{%p endfor %}")
    _lines(document, "{%p if not problems %}", "从自评数据看，没有发现需要说明的问题。", "{%p endif %}")
    _each(document, "problem_paragraphs", "{{ line }}")


def _next_steps(document) -> None:
    _chapter(document, 8)
    _lead(document, "（一）下一步改进措施和结果应用", SUBHEAD)
    _each(document, "improvement_paragraphs", "{{ line }}")
    _lead(document, "（二）有关建议", SUBHEAD)
    _each(document, "advice_paragraphs", "{{ line }}")
    _lines(document, "{%p if not advice_paragraphs %}", "无。", "{%p endif %}")


def _attachments(document) -> None:
    _chapter(document, 9)
    _lines(document, "{%p for line in attachments %}", "{{ loop.index }}．{{ line }}", "{%p endfor %}")
    _lead(document, "佐证材料清单", SUBHEAD)
    _lead(document, "{{ evidence_text }}")
    _lines(document, "{%p if evidence %}")
    columns = [
        ("序号", "{{ row.number }}", 1.2),
        ("项目", "{{ row.project }}", 4.2),
        ("指标", "{{ row.code }} {{ row.name }}", 5.2),
        ("佐证材料", "{{ row.evidence }}", 5.0),
    ]
    _table(document, columns, "evidence")
    _lines(document, "{%p endif %}")
    _lead(document, "数据质量说明", SUBHEAD)
    _lead(document, "{{ quality_text }}")
    columns = [("方面", "{{ row.title }}", 2.2), ("说明", "{{ row.text }}", 13.4)]
    _table(document, columns, "quality", group="{{ group.name }}")


def _signatures(document) -> None:
    """The signatures keep together, so that none stands alone on a page."""
    lines = ("单位（盖章）：{{ applicant }}", "负责人（签字）：　　　　　　", "{{ date_line }}")
    for at, line in enumerate(lines):
        paragraph = document.add_paragraph(line, style="Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = at < 2
        if at == 0:
            paragraph.paragraph_format.space_before = Pt(36)


if __name__ == "__main__":
    main()
