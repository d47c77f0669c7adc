"""The written report: native headings, people's own words quoted, a unit's own template."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from evaluator.render.report import write_report
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


@pytest.mark.parametrize("kind", ["not a docx", "zip", "unknown variable", "broken tag", "unknown filter"])
def test_a_template_that_does_not_work__finding_and_the_shipped_one(tmp_path, kind):
    template = tmp_path / "own.docx"
    if kind == "not a docx":
        template.write_bytes(b"hello")
    elif kind == "zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.txt", "x")
        template.write_bytes(buffer.getvalue())
    else:
        tag = {
            "unknown variable": "{{ nothing }}",
            "broken tag": "{% for x in %}",
            "unknown filter": "{{ year|nothing }}",
        }[kind]
        own_template(tmp_path, tag)
    findings = write_report(tmp_path / "a.docx", unit(), template)
    assert [item.code for item in findings] == ["report-template-unusable"]
    assert "一、基本情况" in text_of(tmp_path / "a.docx")


@needs_office
@needs_pdf_text
def test_it_opens_and_prints_with_its_chart(tmp_path):
    write_report(tmp_path / "a.docx", unit())
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/")]
    assert len(charts) == (1 if any(item.complete for item in unit().evaluations) else 0)
    convert([tmp_path / "a.docx"], "pdf", tmp_path / "pdf")
    text = pdf_text(tmp_path / "pdf" / "a.pdf")
    assert "自评结论" in text
    assert "###" not in text
    assert "{{" not in text
