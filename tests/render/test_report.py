"""The written report: native headings, people's own words quoted, a unit's own template."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from evaluator.render.report.document import write_report
from evaluator.render.report.text import SAMPLE
from tests.render import samples
from tests.render.office import convert, needs_office, needs_pdf_text, pdf_text


def unit(**more):
    return replace(samples.unit("hubei", samples.mixed("hubei"), samples.unfinished("hubei")), **more)


def text_of(path):
    document = Document(str(path))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def test_headings_are_native(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    headings = [p.text for p in Document(str(tmp_path / "a.docx")).paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "一、基本情况", "二、自评结论", "三、预算执行情况", "四、绩效目标完成情况", "五、偏差及原因", "六、改进措施及结果应用", "七、需要说明的问题",
    ]  # fmt: skip


def test_the_same_evaluation_is_the_same_bytes(tmp_path):
    for name in ("a.docx", "b.docx"):
        write_report(tmp_path / name, unit())
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_every_indicator_and_every_reason_is_in_it(tmp_path):
    made = unit()
    write_report(tmp_path / "a.docx", made)
    text = text_of(tmp_path / "a.docx")
    for score in made.evaluations[0].scores:
        assert score.indicator.name in text
        if score.actual and score.actual.reason and score.score is not None:
            assert f"“{score.actual.reason}”" in text


def test_nothing_is_said_that_nobody_filled_in(tmp_path):
    made = unit()
    bare = replace(made.evaluations[0], submission=None)
    write_report(tmp_path / "a.docx", replace(made, evaluations=(bare,)))
    assert "（填报中没有提供）" in text_of(tmp_path / "a.docx")


def test_the_date_is_the_one_given(tmp_path):
    write_report(tmp_path / "a.docx", unit(printed=date(2027, 1, 15)))
    assert "2027年1月15日" in text_of(tmp_path / "a.docx")


def test_markup_in_names_stays_text(tmp_path):
    made = unit()
    item = made.evaluations[0]
    hostile = replace(item, project=replace(item.project, name='<w:p/>{{ year }} & "x" {% raw %}'))
    write_report(tmp_path / "a.docx", replace(made, evaluations=(hostile,)))
    assert '<w:p/>{{ year }} & "x" {% raw %}' in text_of(tmp_path / "a.docx")


def own_template(folder, *paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_a_unit_can_bring_its_own_template(tmp_path):
    template = own_template(
        tmp_path,
        "{{ year }}年 {{ applicant }}",
        "{%p for project in projects %}",
        "{{ project.name }}",
        "{%p endfor %}",
    )
    assert write_report(tmp_path / "a.docx", unit(), template) == []
    assert text_of(tmp_path / "a.docx").startswith("2026年")


def zipped(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content", [b"hello", b"", zipped({"a.txt": "x"}), zipped({"[Content_Types].xml": "<"})]
)
def test_a_file_that_is_no_docx__finding(tmp_path, content):
    template = tmp_path / "own.docx"
    template.write_bytes(content)
    assert_refused(tmp_path, template, "不是有效的 docx 文件")


def assert_refused(folder, template, reason):
    findings = write_report(folder / "a.docx", unit(), template)
    assert [item.code for item in findings] == ["report-template-unusable"]
    assert reason in findings[0].text
    assert "一、基本情况" in text_of(folder / "a.docx")


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ nothing }}", "不存在的变量"),
        ("{{ projects[99].name }}", "不存在的变量"),
        ("{% for x in %}", "写法有误"),
        ("{{ year|nothing }}", "写法有误"),
        ("{{ 1 / 0 }}", "计算不出来"),
        ("{{ year + applicant }}", "计算不出来"),
        ("{{ year() }}", "计算不出来"),
        ("{% include 'x' %}", "计算不出来"),
    ],
)
def test_a_tag_that_does_not_work__finding(tmp_path, tag, reason):
    assert_refused(tmp_path, own_template(tmp_path, tag), reason)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ projects.clear() }}",
    ],
)
def test_a_template_can_do_nothing_but_fill_in_text__finding(tmp_path, tag):
    assert_refused(tmp_path, own_template(tmp_path, tag), "不允许的写法")


def test_a_template_that_cannot_be_read__finding(tmp_path):
    assert_refused(tmp_path, tmp_path / "nothing.docx", "读不出来")


def sampled():
    return samples.unit("hubei", samples.mixed("hubei", sample=True))


def test_demonstration_data_says_so_on_each_page(tmp_path):
    write_report(tmp_path / "a.docx", sampled())
    document = Document(str(tmp_path / "a.docx"))
    assert document.sections[0].header.paragraphs[0].text == SAMPLE
    assert sum(paragraph.text == SAMPLE for paragraph in document.paragraphs) == 1


def test_real_data_does_not(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    document = Document(str(tmp_path / "a.docx"))
    assert document.sections[0].header.paragraphs[0].text == ""
    assert SAMPLE not in text_of(tmp_path / "a.docx")


def test_a_template_cannot_leave_the_notice_out(tmp_path):
    write_report(tmp_path / "a.docx", sampled(), own_template(tmp_path, "{{ applicant }}"))
    assert text_of(tmp_path / "a.docx").startswith(SAMPLE)


def test_the_contents_are_filled_in_and_a_field(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    document = Document(str(tmp_path / "a.docx"))
    entries = [p.text for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert entries[:-1] == headings
    assert 'TOC \\o "1-2"' in document.element.xml


def test_chinese_fonts_are_named_past_the_theme(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    styles = Document(str(tmp_path / "a.docx")).styles
    for name, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Heading 2", "黑体"), ("Quote", "楷体")):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not any("heme" in key for key in fonts.attrib)


def test_indicators_stand_under_their_group(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.mixed("hubei")))
    rows = [[cell.text for cell in row.cells] for row in Document(str(tmp_path / "a.docx")).tables[-1].rows]
    heads = [row[0] for row in rows if len(set(row)) == 1]
    assert [head.split("　")[0] for head in heads] == ["产出指标", "效益指标"]
    assert all("得分" in head and "满分40分" in head for head in heads)


def test_what_is_not_scored_is_said(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.untouched("hubei")))
    text = text_of(tmp_path / "a.docx")
    assert "1个项目计分不完整、不评级（未填报项目）" in text
    assert "未计分，不评级" in text
    assert "已计分的指标中没有未达标的指标" in text
    assert "全年预算数和执行数（填报中没有提供）。" in text


@pytest.mark.parametrize("character", ["\x0b", "\x00", "\ud800", "\ufffe"])
def test_characters_that_word_cannot_hold_are_left_out(tmp_path, character):
    made = unit()
    item = made.evaluations[0]
    strange = replace(item, project=replace(item.project, name=f"法律{character}服务"))
    write_report(tmp_path / "a.docx", replace(made, evaluations=(strange,)))
    assert "法律服务" in text_of(tmp_path / "a.docx")


def chart_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/charts/evaluate1.xml").decode()


def test_the_chart_has_every_complete_project(tmp_path):
    item = samples.mixed("hubei")
    over = replace(item, budget=replace(item.budget, rate=samples.D("112.5")))
    write_report(tmp_path / "a.docx", samples.unit("hubei", over, samples.unfinished("hubei")))
    chart = chart_of(tmp_path / "a.docx")
    assert "各项目自评得分与预算执行率（计分完整的项目）" in chart
    assert '<c:max val="112.5"/>' in chart
    assert "未完成项目" not in chart


def test_a_chart_of_many_projects_says_how_many_it_shows(tmp_path):
    item = samples.mixed("hubei")
    write_report(tmp_path / "a.docx", samples.unit("hubei", *[item] * 31))
    assert "计分完整的前30个项目" in chart_of(tmp_path / "a.docx")


def test_the_chart_may_stand_in_a_table(tmp_path):
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "{{ chart }}"
    document.save(str(tmp_path / "own.docx"))
    assert write_report(tmp_path / "a.docx", unit(), tmp_path / "own.docx") == []
    assert "〔" not in text_of(tmp_path / "a.docx")
    assert chart_of(tmp_path / "a.docx")


@needs_office
@needs_pdf_text
def test_it_prints_whole(tmp_path):
    made = replace(
        samples.unit("hubei", samples.mixed("hubei"), samples.unfinished("hubei"), samples.hard("hubei"))
    )
    write_report(tmp_path / "a.docx", made)
    convert([tmp_path / "a.docx"], "pdf", tmp_path / "pdf")
    text = "".join(pdf_text(tmp_path / "pdf" / "a.pdf").split())
    for item in made.evaluations:
        for score in item.scores:
            assert score.indicator.code in text
            if score.indicator.name != samples.LONG_NAME[:80]:
                assert score.indicator.name in text
    assert "各项目自评得分与预算执行率" in text
    assert "###" not in text
    assert "{{" not in text
    assert "{%" not in text
