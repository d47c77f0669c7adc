"""The written report: native headings, people's own words quoted, a unit's own template."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from evaluator.checks.data_quality import data_quality
from evaluator.records.findings import catalogue, finding
from evaluator.records.scores import BudgetScore
from evaluator.render.report.document import write_report
from evaluator.render.report.finish import fit_numbers
from evaluator.render.report.pages import heading_pages
from evaluator.render.report.problems import phrases, problems_shown
from evaluator.render.report.speech import statement
from evaluator.render.report.text import SAMPLE, Scope
from tests.render import samples
from tests.render.office import convert, needs_office, needs_pdf_text, pdf_text

NO_BUDGET = BudgetScore(samples.D(20), None, None, None, None, None, (), None)


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
        "一、项目概况", "二、绩效自评工作开展情况", "三、资金投入和使用管理情况", "四、项目组织实施情况", "五、自评结论",
        "六、绩效分析", "七、偏差及原因", "八、存在的问题", "九、下一步改进措施和有关建议", "十、附件",
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
            assert f"据填报，原因和改进措施是：{score.actual.reason}" in text
    assert "原话" not in text


@pytest.mark.parametrize(
    "what", ["立项依据", "主要内容", "自评工作开展情况", "资金使用管理情况", "组织实施情况", "有关建议", "全年预算数和全年执行数",
    "改进措施及结果应用方案", "年度绩效目标1的实际完成情况", "佐证材料清单"],
)  # fmt: skip
def test_what_nobody_filled_in_is_a_marked_gap(tmp_path, what):
    made = samples.unit("hubei", samples.mixed("hubei"))
    bare = replace(made.evaluations[0], submission=None, scores=(), budget=NO_BUDGET)
    write_report(tmp_path / "a.docx", replace(made, evaluations=(bare,)))
    runs = [run for p in Document(str(tmp_path / "a.docx")).paragraphs for run in p.runs]
    marked = [run.text for run in runs if run.font.highlight_color is not None]
    assert f"【请填写：{what}】" in marked
    assert all(text.startswith("【请填写：") for text in marked)


def test_what_people_wrote_stands_in_its_chapter(tmp_path):
    item = samples.mixed("hubei")
    facts = {"立项依据": "依据市政府会议纪要\n属民生实事", "存在问题": "无", "有关建议": "建议提前下达资金"}
    given = replace(item.submission, facts={**item.submission.facts, **facts}, budget_note="追加律师费")
    write_report(tmp_path / "a.docx", samples.unit("hubei", replace(item, submission=given)))
    lines = [paragraph.text for paragraph in Document(str(tmp_path / "a.docx")).paragraphs]
    assert lines[lines.index("（一）立项依据") + 1] == "依据市政府会议纪要；属民生实事。"
    assert lines[lines.index("（二）有关建议") + 1] == "建议提前下达资金。"
    assert not any("立项依据】" in line or "存在问题】" in line for line in lines)
    assert any("据填报，追加律师费。" in line for line in lines)


def test_funds_are_told_by_source(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.mixed("hubei")))
    assert (
        "全年预算按资金来源分：当年财政拨款27万元、执行23.7万元；上年结转资金2.68万元、执行2万元。"
        in text_of(tmp_path / "a.docx")
    )


def test_a_part_of_a_fund_is_told_and_not_added_again(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.many_funds("hubei")))
    said = text_of(tmp_path / "a.docx")
    assert "当年财政拨款27万元、执行23.7万元；上年结转资金2.68万元、执行2万元；其他资金3.2万元" in said
    assert "中央补助20万元" not in said
    assert "（按计分规则不含其他资金）" in said


def test_each_level_is_analysed_in_sentences(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.mixed("hubei")))
    text = text_of(tmp_path / "a.docx")
    assert "成本指标共1项，达标1项，得" in text
    assert "达标的有：律师服务费（目标≤29.68万元，实际257000）。" in text
    assert "未达标的有：受理案件数量（目标≤20件，实际23，得" in text
    assert "服务完成时间（目标2026年内，实际于2027-01-20完成，评定为部分达成" in text
    assert "据填报，日常社保法律咨询方面，含电话咨询。" in text


def problems_of(item, *codes):
    place = samples.FORM
    details: dict[str, Any] = {
        "goal-truncated": {"horizon": "年度", "number": 1, "tail": "建立个", "why": "x"},
        "cost-over-budget": {"horizon": "年度", "total": 35, "parts": "25+10", "budget": 34},
        "evidence-missing": {"count": 2, "names": "x"},
    }
    found = [finding(code, place, project="p", **details[code]) for code in codes]
    return problems_shown(samples.unit("hubei", replace(item, findings=tuple(found))))


def test_problems_are_what_the_data_show_in_the_bureaus_words():
    told = problems_of(samples.mixed("hubei"), "goal-truncated", "cost-over-budget")
    assert told[0] == "预算没有全部执行，执行率未达到100%：法律服务（86.59%）。"
    assert told[1] == "3项指标没有达到年初目标：法律服务（受理案件数量、服务完成时间、社保服务知识普及）。"
    assert "绩效目标的文字表述不完整：法律服务。" in told
    assert "成本指标合计超过项目预算，成本目标与预算安排不衔接：法律服务。" in told
    assert not any("填报表" in line or ".xlsx" in line for line in told)


def test_without_problems_none_is_told():
    item = samples.mixed("hubei")
    fine = replace(item, scores=(), findings=(), budget=replace(item.budget, rate=samples.D(100)))
    assert problems_shown(samples.unit("hubei", fine)) == []


def test_every_finding_that_is_a_problem_is_in_the_catalogue():
    assert {code for _, codes in phrases() for code in codes} <= set(catalogue())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("验收推迟", "验收推迟。"),
        ("验收推迟。", "验收推迟。"),
        ("一、雨季\n二、停工；\n", "一、雨季；二、停工。"),
        ("  ", ""),
        ("原因：\n停工！", "原因：停工！"),
    ],
)
def test_typed_text_becomes_one_statement(typed, told):
    assert statement(typed) == told


def test_a_projects_own_report(tmp_path):
    one = samples.unit("hubei", samples.mixed("hubei"))
    write_report(tmp_path / "a.docx", one, scope=Scope.PROJECT)
    text = text_of(tmp_path / "a.docx")
    assert "2026年度法律服务项目支出绩效自评报告" in text
    assert "自评得分" in text
    assert "单位得分" not in text


def test_the_index_of_evidence(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.mixed("hubei")))
    rows = [[cell.text for cell in row.cells] for row in Document(str(tmp_path / "a.docx")).tables[-2].rows]
    assert rows == [
        ["序号", "项目", "指标", "佐证材料"],
        ["1", "法律服务", "CC-02 日常社保法律咨询", "咨询台账"],
    ]
    assert "另有6个已填报的指标没有列明佐证材料。" in text_of(tmp_path / "a.docx")


def test_five_statements_about_the_data_of_each_project(tmp_path):
    item = samples.mixed("hubei")
    write_report(tmp_path / "a.docx", samples.unit("hubei", item))
    rows = [[cell.text for cell in row.cells] for row in Document(str(tmp_path / "a.docx")).tables[-1].rows]
    assert rows[:2] == [["方面", "说明"], ["法律服务", "法律服务"]]
    assert rows[2:] == [[one.title, one.text] for one in data_quality(item)]


def test_heads_of_tables_stay_with_their_rows(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    for table in Document(str(tmp_path / "a.docx")).tables:
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)


def test_a_number_that_is_wider_than_its_cell_is_written_smaller(tmp_path):
    document = Document()
    for at, text in enumerate(("≥1234567.89万元", "20件")):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text, cell.width = text, Cm(2)
        assert (at, cell.paragraphs[0].runs[0].font.size) == (at, None)
    fit_numbers(document)
    sizes = [table.cell(0, 0).paragraphs[0].runs[0].font.size for table in document.tables]
    assert sizes[0] < Pt(8)
    assert sizes[1] is None


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
    assert "一、项目概况" in text_of(folder / "a.docx")


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
    assert entries == headings
    assert 'TOC \\o "1-2"' in document.element.xml
    assert "更新域" not in text_of(tmp_path / "a.docx")


def test_the_contents_have_the_pages_that_are_given(tmp_path):
    write_report(tmp_path / "a.docx", unit(), pages=range(2, 14))
    document = Document(str(tmp_path / "a.docx"))
    entries = [p.text for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    assert [entry.partition("\t")[2] for entry in entries] == [str(page) for page in range(2, 14)]


@needs_office
def test_pages_are_those_of_the_headings(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    (pages,) = heading_pages([tmp_path / "a.docx"])
    assert len(pages) == 12
    assert pages[0] == 2
    assert list(pages) == sorted(pages)


def test_without_libreoffice_there_are_no_pages(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert heading_pages([tmp_path / "a.docx"]) == [()]


def test_chinese_fonts_are_named_past_the_theme(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    styles = Document(str(tmp_path / "a.docx")).styles
    for name, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Heading 2", "黑体"), ("Quote", "楷体")):
        fonts = styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert not any("heme" in key for key in fonts.attrib)


def test_indicators_stand_under_their_group(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.mixed("hubei")))
    tables = Document(str(tmp_path / "a.docx")).tables
    table = next(table for table in tables if table.cell(0, 0).text == "编码")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    heads = [row[0] for row in rows if len(set(row)) == 1]
    assert [head.split("　")[0] for head in heads] == ["产出指标", "效益指标"]
    assert all("得分" in head and "满分40分" in head for head in heads)


def test_what_is_not_scored_is_said(tmp_path):
    write_report(tmp_path / "a.docx", samples.unit("hubei", samples.untouched("hubei")))
    text = text_of(tmp_path / "a.docx")
    assert "1个项目计分不完整、不评级（未填报项目）" in text
    assert "未计分，不评级" in text
    assert "已计分的指标中没有未达标的指标" in text
    assert "【请填写：全年预算数和全年执行数】" in text


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
