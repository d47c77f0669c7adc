"""What files have beside their letters: raised digits, crossed-out text, hidden rows, text boxes, watermarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.readers import read_source
from evaluator.readers.number_formats import show_number
from evaluator.values.text import decimal_from_text


def texts(path: Path) -> tuple[list[str], list[str]]:
    source, findings = read_source(path, path.parent)
    cells = [cell.text for row in source.rows for cell in row.cells] if source else []
    return cells, [item.code for item in findings]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("⻓期绩效⽬标1", "长期绩效目标1"),
        ("⽼年⼈⼯作⽇", "老年人工作日"),
        ("\uf0b3 95%", "≥ 95%"),
        ("\uf0a35件", "≤5件"),
        ("金额", "金额"),
    ],
)
def test_characters_that_stand_for_others(tmp_path, written, read):
    path = tmp_path / "a.txt"
    path.write_text(f"{written}\t1", encoding="utf-8")
    assert texts(path)[0][0] == read


def test_raised_digits_in_word(tmp_path):
    import docx

    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].add_run("≥100")
    cell.paragraphs[0].add_run("1").font.superscript = True
    cell.paragraphs[0].add_run("家")
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx")[0] == ["≥100¹家"]


def test_raised_digits_on_a_page(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>≥100<sup>1</sup>家<td>12m<sup>2</sup></table>", encoding="utf-8")
    assert texts(path)[0] == ["≥100¹家", "12m²"]


@pytest.mark.parametrize("inline", [True, False])
def test_raised_digits_in_a_workbook(tmp_path, inline):
    path = tmp_path / "a.xlsx"
    if inline:
        from openpyxl import Workbook
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        book = Workbook()
        raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
        book.active["A1"] = CellRichText("≥100", raised, "家")
        book.save(path)
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(path) as book:
            raised = book.add_format({"font_script": 1})
            book.add_worksheet().write_rich_string("A1", "≥100", raised, "1", "家")
    assert texts(path)[0] == ["≥100¹家"]


def test_hidden_rows_and_crossed_out_text_of_a_workbook__finding(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write("A2", "丙", book.add_format({"font_strikeout": True}))
        sheet.write("A3", "丁")
        sheet.set_row(2, options={"hidden": True})
    source, findings = read_source(tmp_path / "a.xlsx", tmp_path)
    assert source is not None
    assert [(item.code, item.place.cell) for item in findings] == [("rows-hidden", ""), ("text-struck", "A2")]
    assert "第3行" in findings[0].text


def test_hidden_rows_and_crossed_out_text_of_an_old_workbook__finding(tmp_path):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "甲")
    sheet.write(1, 0, "乙", xlwt.easyxf("font: struck_out on"))
    sheet.write(2, 0, "丙")
    sheet.row(2).hidden = True
    book.save(str(tmp_path / "a.xls"))
    assert texts(tmp_path / "a.xls") == (["甲", "乙", "丙"], ["rows-hidden", "text-struck"])


def test_a_text_box_on_a_sheet__finding(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "甲")
        sheet.insert_textbox("C3", "申报单位：某局")
    source, findings = read_source(tmp_path / "a.xlsx", tmp_path)
    assert source is not None
    assert [item.code for item in findings] == ["sheet-textbox"]
    assert "申报单位：某局" in findings[0].text


def test_a_date_that_is_none_costs_its_cell_only(tmp_path):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "甲")
    sheet.write(0, 1, 1e12, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(tmp_path / "a.xls"))
    assert texts(tmp_path / "a.xls")[0][0] == "甲"


@pytest.mark.parametrize(
    ("pattern", "value", "shown"),
    [('"≤"General"万元"', "70", "≤70万元"), ('G/通用格式"人"', "1.5", "1.5人"), ('"约"General', "0", "约0")],
)
def test_a_number_as_stored_among_words(pattern, value, shown):
    number = decimal_from_text(value)
    assert number is not None
    assert show_number(number, pattern).text == shown


def test_every_frame_of_a_page_in_one_file_is_read(tmp_path):
    parts = "".join(
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}\r\n"
        for body in ("<frameset><frame></frameset>", "<table><tr><td>甲<td>乙</table>")
    )
    envelope = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{parts}--b--'
    (tmp_path / "a.mht").write_bytes(envelope.encode())
    assert texts(tmp_path / "a.mht") == (["甲", "乙"], [])


def test_tags_that_were_never_closed_lose_nothing(tmp_path):
    page = f"<table><tr><td>甲</table>{'<font>' * 300}<table><tr><td>乙</table>"
    (tmp_path / "a.html").write_text(f"<html><meta charset=utf-8>{page}", encoding="utf-8")
    assert texts(tmp_path / "a.html") == (["甲", "乙"], [])


def test_a_page_nested_too_deep__finding(tmp_path):
    (tmp_path / "a.html").write_text("<div>" * 20_000 + "甲", encoding="utf-8")
    assert texts(tmp_path / "a.html") == ([], ["source-too-deep"])


def test_a_watermark_is_no_text_of_a_cell_and_a_turned_page_is_said(tmp_path):
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for turned in (False, True):
        canvas.setFont("STSong-Light", 12)
        canvas.saveState()
        if turned:
            canvas.rotate(90)
            canvas.translate(0, -500)
        for at in range(4):
            canvas.drawString(100, 400 - 20 * at, "项目支出绩效目标批复表")
        canvas.restoreState()
        canvas.saveState()
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    cells, codes = texts(tmp_path / "a.pdf")
    assert codes == ["pdf-pages-rotated"]
    assert cells[:4] == ["项目支出绩效目标批复表"] * 4


def test_a_cell_longer_than_any_spreadsheet_has__finding(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"甲\t{'长' * 40_000}", encoding="utf-8")
    cells, codes = texts(path)
    assert (len(cells[1]), codes) == (32_767, ["cell-cut"])


def test_more_cells_than_any_form_has__finding(tmp_path, monkeypatch):
    for module in ("rows", "source"):
        monkeypatch.setattr(f"evaluator.readers.{module}.MAX_CELLS", 100)
    path = tmp_path / "a.txt"
    path.write_text("甲\t乙\n" * 200, encoding="utf-8")
    cells, codes = texts(path)
    assert (len(cells), codes) == (100, ["source-cut"])


def test_what_is_not_what_its_name_says_may_be_encrypted_by_a_program__finding(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(bytes((n * 7919 + n // 251) % 256 for n in range(4000)))
    assert texts(path) == ([], ["source-garbled"])


def test_a_line_of_nothing_but_rules_ends(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("|-" * 200_000 + "x\n|甲|乙|", encoding="utf-8")
    assert texts(path)[0][-2:] == ["甲", "乙"]
