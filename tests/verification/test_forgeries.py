"""Forgeries, one a line, and what `verify` says of each: whole commands on a whole delivery.

A forger opens a delivered file in Excel, WPS or an editor, changes one thing that a printed page would show
otherwise, and saves it. Each row: what was done, how, the code of what is said, where, and words of it.
"""

import json
import shutil

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Color, Font, PatternFill

from tests.commands.workspaces import Desk, filled_desk
from tests.render.office import convert, needs_office
from tests.verification.forging import (
    FORM,
    SCORE,
    SHEET,
    both,
    cell,
    cover,
    font,
    manifest,
    parts,
    row,
    seal,
    sheet,
    text,
    xml,
)

REPORT, PAGE, RESULT = "自评报告.docx", "index.html", "evaluation.json"
AT = f"{SHEET}!{FORM}"
WORKBOOK = "actuals/2026/法律服务.xlsx"
MANIFEST, SEALS = "manifest.json", "校验.sha256"
CHANGED, SHOWN, HIDDEN, COVERED = (
    "verify-cell-changed",
    "verify-display-changed",
    "verify-hidden",
    "verify-covered",
)
WORDS, UNSEEN, DRESSED = "verify-text-changed", "verify-text-hidden", "verify-page-dressed"
EDITED, SEALED, DISAGREE = "verify-manifest-edited", "verify-seal-edited", "verify-records-disagree"
FORGED = "verify-not-reproduced"
TEXT_BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>13</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>14</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    "<xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>10.00</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


NEWER_FORMAT = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="iconSet" id="{1}"><x14:iconSet showValue="0"/></x14:cfRule><xm:sqref>G14:G20</xm:sqref>'
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
)


def watermark(held):
    """A picture in the header, which Excel keeps in an old kind of drawing."""
    held["xl/drawings/vmlDrawing1.vml"] = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape/></xml>'
    held["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" Type="{RELATIONS}/vmlDrawing" '
        'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    ).encode()
    sheet1 = held["xl/worksheets/sheet1.xml"].decode()
    held["xl/worksheets/sheet1.xml"] = sheet1.replace(
        "</worksheet>", '<legacyDrawingHF r:id="rId9"/></worksheet>'
    ).encode()


def text_box(held):
    """A text box over the score, put into the file's parts as Excel does."""
    held["xl/drawings/drawing1.xml"] = TEXT_BOX.encode()
    held["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" Type="{RELATIONS}/drawing" '
        'Target="../drawings/drawing1.xml"/></Relationships>'
    ).encode()
    sheet1 = held["xl/worksheets/sheet1.xml"].decode()
    held["xl/worksheets/sheet1.xml"] = sheet1.replace(
        "</worksheet>", '<drawing r:id="rId9"/></worksheet>'
    ).encode()
    held["[Content_Types].xml"] = (
        held["[Content_Types].xml"]
        .decode()
        .replace(
            "</Types>",
            '<Override PartName="/xl/drawings/drawing1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        )
        .encode()
    )


def picture(of):
    from io import BytesIO

    from PIL import Image as Pixels

    content = BytesIO()
    Pixels.new("RGB", (60, 20), "white").save(content, "PNG")
    content.seek(0)
    of.add_image(Image(content), SCORE)


def first_zero(of):
    """The actual of an indicator whose target is none at all."""
    found = next(c for rows in of.iter_rows() for c in rows if c.value == 0)
    found.value = None


def merged_over(of):
    of["F14"].value = None
    of.merge_cells("F14:G14")


def half_white(of):
    white = InlineFont(color=Color("FFFFFFFF"), sz=10)
    title = of["A1"].value
    of["A1"] = CellRichText(title[:4], TextBlock(white, title[4:]))


IN_EXCEL = [
    ("得分改成一个数", cell(value=10), CHANGED, f"{AT}!G14", "变为“10”"),
    ("公式里加了一分", xml(SHEET, "xl/worksheets/sheet1.xml", r'(<c r="G14"[^>]*><f>)([^<]*)', r"\1\2+1"), CHANGED, f"{AT}!G14", "+1"),
    ("公式没动，只改了存着的结果", xml(SHEET, "xl/worksheets/sheet1.xml", r'(<c r="G14"[^>]*><f>[^<]*</f><v>)[^<]*', r"\g<1>10"), CHANGED, f"{AT}!G14", "变为“10”"),
    ("把 0 删成空白", sheet(first_zero), CHANGED, AT, "变为“（空）”"),
    ("数改成样子相同的文字", sheet(lambda of: of.__setitem__("D9", "11")), CHANGED, f"{AT}!D9", "变为“11”"),
    ("数字格式里写了另一个数", cell(number_format='"10.00"'), SHOWN, f"{AT}!G14", "单元格里的数显示成“10.00”"),
    ("数字格式什么都不显示", cell(number_format=";;;"), SHOWN, f"{AT}!G14", "单元格里的数不显示"),
    ("数字格式前面多一位数", cell(number_format='"1"0.00'), SHOWN, f"{AT}!G14", "数字格式由"),
    ("数字格式把小数去掉", cell(number_format="0"), SHOWN, f"{AT}!G14", "数字格式由"),
    ("白字", font(color="FFFFFFFF"), SHOWN, f"{AT}!G14", "字和底色分不出来"),
    ("底色和字同色", cell(fill=PatternFill("solid", fgColor="FF1F2937")), SHOWN, f"{AT}!G14", "字和底色分不出来"),
    ("一号小的字", font(sz=1), SHOWN, f"{AT}!G14", "字小得看不见"),
    ("符号字体", font(name="Wingdings"), SHOWN, f"{AT}!G14", "符号字体 Wingdings"),
    ("删除线", font(strike=True), SHOWN, f"{AT}!G14", "删除线"),
    ("标题里半截白字", sheet(half_white), SHOWN, f"{AT}!A1", "字内格式"),
    ("缩进到格子外", cell(alignment=Alignment(horizontal="left", indent=60)), SHOWN, f"{AT}!G14", "缩进由“0”变为“60”"),
    ("隐藏一行", sheet(lambda of: setattr(of.row_dimensions[14], "hidden", True)), HIDDEN, AT, "行14被隐藏"),
    ("行高压到 2 磅", sheet(lambda of: setattr(of.row_dimensions[14], "height", 2)), HIDDEN, AT, "行14被缩小到看不全"),
    ("隐藏一列", sheet(lambda of: setattr(of.column_dimensions["G"], "hidden", True)), HIDDEN, AT, "列G被隐藏"),
    ("列宽压到 1", sheet(lambda of: setattr(of.column_dimensions["G"], "width", 1)), HIDDEN, AT, "列G被缩小到看不全"),
    ("隐藏工作表", sheet(lambda of: setattr(of, "sheet_state", "veryHidden"), "计分过程"), HIDDEN, f"{SHEET}!计分过程", "现为“深度隐藏”"),
    ("删去工作表", sheet(lambda of: of.parent.remove(of), "计分过程"), "verify-output-changed", f"{SHEET}!计分过程", "被删除"),
    ("图片盖在得分上", sheet(picture), COVERED, f"{AT}!G14", "图片是后来加上的"),
    ("文本框盖在得分上", parts(SHEET, text_box), COVERED, f"{AT}!G14:G15", "文本框或图形（10.00）是后来加上的"),
    ("图表盖在表上", sheet(lambda of: of.add_chart(BarChart(), "C13")), COVERED, f"{AT}!C13", "图表是后来加上的"),
    ("批注", sheet(lambda of: setattr(of[SCORE], "comment", Comment("同意加到10分", "审核"))), COVERED, f"{AT}!G14", "批注（同意加到10分）"),
    ("条件格式把低分变白", sheet(lambda of: of.conditional_formatting.add("G13:G19", CellIsRule("lessThan", ["10"], font=Font(color="FFFFFFFF")))), SHOWN, AT, "条件格式由"),
    ("新式的条件格式", xml(SHEET, "xl/worksheets/sheet1.xml", "</worksheet>", NEWER_FORMAT), COVERED, f"{AT}!G14:G20", "扩展的条件格式是后来加上的"),
    ("页眉里的水印图", parts(SHEET, watermark), COVERED, AT, "控件或页眉页脚里的图形是后来加上的"),
    ("打印区域去掉几行", sheet(lambda of: setattr(of, "print_area", "A1:G18")), SHOWN, AT, "打印区域由"),
    ("缩到 10% 打印", sheet(lambda of: (setattr(of.sheet_properties.pageSetUpPr, "fitToPage", False), setattr(of.page_setup, "scale", 10))), SHOWN, AT, "变为“10%”"),
    ("页脚换了", sheet(lambda of: setattr(of.oddFooter.center, "text", "作废")), SHOWN, AT, "页脚由"),
    ("合并单元格吞掉得分", sheet(merged_over), SHOWN, AT, "合并单元格由"),
    ("不显示零值", sheet(lambda of: setattr(of.sheet_view, "showZeros", False)), SHOWN, AT, "零值由“显示”变为“不显示”"),
    ("链到别处", sheet(lambda of: setattr(of[SCORE], "hyperlink", "https://example.com/x")), COVERED, AT, "超链接（https://example.com/x）"),
    ("导入表的数", sheet(lambda of: of.__setitem__("E2", 9), "绩效指标", "法律服务-系统导入表.xlsx"), CHANGED, "法律服务-系统导入表.xlsx!绩效指标!E2", "变为“9”"),
]  # fmt: skip

ELSEWHERE = [
    ("报告里的得分", xml(REPORT, "word/document.xml", r"98\.09", "99.09"), WORDS, REPORT, "99.09"),
    ("报告里的字隐藏了", xml(REPORT, "word/document.xml", r"(<w:r(?: [^>]*)?><w:rPr>)((?:(?!</w:rPr>).)*</w:rPr><w:t[^>]*>[^<]*98\.09)", r"\1<w:vanish/>\2"), UNSEEN, REPORT, "隐藏文字"),
    ("报告的样式改成白字", xml(REPORT, "word/styles.xml", r'(w:styleId="Normal".*?<w:color w:val=)"000000"', r'\1"FFFFFF"'), UNSEEN, REPORT, "与底色分不出的颜色"),
    ("报告图表里的数", xml(REPORT, "word/charts/evaluate1.xml", r"98\.09", "99.99"), WORDS, f"{REPORT}!图表", "99.99"),
    ("报告里压扁一行", xml(REPORT, "word/document.xml", r"(<w:p>(?:(?!</w:p>|<w:tbl>|</w:pPr>).)*)(</w:pPr>(?:(?!</w:p>|<w:tbl>).)*98\.09)", r'\1<w:spacing w:line="10" w:lineRule="exact"/>\2'), UNSEEN, REPORT, "压扁的字"),
    ("报告里盖一个框", xml(REPORT, "word/document.xml", r"(<w:body>)", r'\1<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:rect style="position:absolute;width:200pt;height:90pt" fillcolor="white"/></w:pict></w:r></w:p>'), COVERED, REPORT, "图形或文本框是后来加上的"),
    ("报告里删去一段", xml(REPORT, "word/document.xml", r"<w:p>(?:(?!</w:p>|<w:tbl>).)*98\.09(?:(?!</w:p>).)*</w:p>", ""), WORDS, REPORT, "这一段被删去"),
    ("网页上的得分", text(PAGE, r"98\.09", "99.09"), WORDS, PAGE, "99.09"),
    ("网页上藏起一行", text(PAGE, r'<tbody class="indicator', '<tbody style="display:none" class="indicator'), DRESSED, PAGE, "<tbody>"),
    ("网页里加一段样式", text(PAGE, "</style>", ".big { display: none }</style>"), DRESSED, PAGE, "<style>"),
    ("网页里加一段脚本", text(PAGE, "</body>", "<script>document.title='x'</script></body>"), DRESSED, PAGE, "<script>（增加）"),
    ("数据里的总分", text(RESULT, r'"total": "[\d.]+"', '"total": "100"'), CHANGED, f"{RESULT}!$.projects[0].total", "变为“100”"),
    ("清单里的文件指纹", manifest(lambda t: row(t, SHEET).update(sha256="0" * 64)), EDITED, MANIFEST, f"“{SHEET}”的 SHA-256 指纹被改"),
    ("清单里的输入指纹", manifest(lambda t: row(t, WORKBOOK).update(sha256="0" * 64)), EDITED, MANIFEST, f"输入“{WORKBOOK}”的指纹被改"),
    ("清单里表格的指纹", manifest(lambda t: row(t, "indicators.csv").update(sha256="0" * 64)), EDITED, MANIFEST, "indicators.csv”的指纹被改"),
    ("清单里少一个交付文件", manifest(lambda t: t["outputs"].remove(row(t, SHEET))), EDITED, MANIFEST, f"缺少“{SHEET}”这一行"),
    ("清单里少一个输入", manifest(lambda t: t["inputs"].remove(row(t, WORKBOOK))), EDITED, MANIFEST, f"缺少输入“{WORKBOOK}”这一行"),
    ("清单里的 SM3", manifest(lambda t: row(t, SHEET).update(sm3="0" * 64)), EDITED, MANIFEST, "SM3 指纹被改"),
    ("清单里的年度", manifest(lambda t: t["request"].update(year=2025)), EDITED, MANIFEST, "年度（交付的结果是 2026）"),
    ("清单里的规则指纹", manifest(lambda t: t["rules"].update(sha256="0" * 64)), EDITED, MANIFEST, "计分规则的指纹"),
    ("清单里的命令", manifest(lambda t: t.update(command="evaluate --year 2026 --rules mof-2021")), EDITED, MANIFEST, "命令（应为 evaluate --year 2026）"),
    ("清单只重排了空格", text(MANIFEST, r"\{\n", "{ \n"), EDITED, MANIFEST, "校验.sha256 登记的指纹不符"),
    ("得分连同清单一起改", cover(cell(value=10)), FORGED, SHEET, "清单里的指纹也随之改过"),
    ("得分、清单、校验文件一起改", cover(cell(value=10), seals=True), CHANGED, f"{AT}!G14", "变为“10”"),
    ("连同清单一起改，推给别的版本", both(cover(cell(value=10)), manifest(lambda t: t["libraries"].update(XlsxWriter="3.0.0")), seal), "verify-other-version", SHEET, "XlsxWriter 3.0.0（现为"),
    ("去掉清单里的一行，推给别的版本", both(cell(value=10), manifest(lambda t: (t["outputs"].remove(row(t, SHEET)), t["libraries"].update(Python="3.11.0"))), text(SEALS, "[0-9a-f]{64}  法律服务-自评表.xlsx\n", ""), seal), EDITED, MANIFEST, f"缺少“{SHEET}”这一行"),
    ("校验文件里的一行", text(SEALS, "[0-9a-f]{64}(?=  法律服务-自评表)", "0" * 64), SEALED, SEALS, f"“{SHEET}”"),
    ("校验文件里清单的一行", text(SEALS, "[0-9a-f]{64}(?=  manifest)", "0" * 64), SEALED, SEALS, "“manifest.json”"),
    ("校验文件不见了", lambda reports: (reports / SEALS).unlink(), "verify-output-missing", SEALS, "不在文件夹里"),
]  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    made = filled_desk(tmp_path_factory.mktemp("delivered"))
    assert made.run("--year", "2026").exit_code == 0
    return made


@pytest.fixture
def delivered(original, tmp_path):
    shutil.copytree(original.root, tmp_path / "单位")
    return Desk(tmp_path / "单位")


def said(made, *arguments):
    """The exit code, and findings as (code, place below the delivery, sentence)."""
    run = made.run("verify", str(made.reports), "--format", "json", *arguments)
    table = json.loads(run.stdout)
    assert table["passed"] is (run.exit_code == 0)
    found = [
        (item["code"], item["place"].removeprefix("reports/2026/"), item["sentence"])
        for item in table["findings"]
    ]
    return run.exit_code, found


@pytest.mark.parametrize(
    ("how", "code", "place", "words"),
    [case[1:] for case in (*IN_EXCEL, *ELSEWHERE)],
    ids=[case[0] for case in (*IN_EXCEL, *ELSEWHERE)],
)
def test_a_forgery_is_named_with_its_place(delivered, how, code, place, words):
    how(delivered.reports)
    exit_code, found = said(delivered)
    assert exit_code == 1
    assert [item for item in found if item[0] == code and item[1].startswith(place) and words in item[2]], (
        found
    )
    office = place.startswith((SHEET, REPORT)) and code != FORGED
    assert not office or {item[1].partition("!")[0] for item in found} <= {place.partition("!")[0], MANIFEST}


@pytest.mark.parametrize("marked", [False, True])
def test_a_review_is_no_forgery(delivered, marked):
    """The auditor's columns may be filled in; colouring a cell beside them is told."""

    def enter(of):
        column = next(c.column for rows in of.iter_rows() for c in rows if c.value == "复核得分")
        of.cell(14, column).value = 8.5
        if marked:
            of[SCORE].fill = PatternFill("solid", fgColor="FFFFFF00")

    sheet(enter)(delivered.reports)
    found = said(delivered)[1]
    assert ("verify-review-entered", f"{AT}!R14") in {item[:2] for item in found}
    assert any("填充颜色" in item[2] for item in found) is marked


@needs_office
def test_an_innocent_re_save_is_told_as_one(delivered):
    """LibreOffice opens and saves every office file of the delivery: no cell, no look, no text differs."""
    files = [path for path in delivered.reports.iterdir() if path.suffix in (".xlsx", ".docx")]
    for kind in ("xlsx", "docx"):
        convert([path for path in files if path.suffix == f".{kind}"], kind, delivered.reports / "重存")
    for path in files:
        (delivered.reports / "重存" / path.name).replace(path)
    shutil.rmtree(delivered.reports / "重存")
    exit_code, found = said(delivered)
    assert exit_code == 0
    assert {(item[0], item[1]) for item in found} == {("verify-resaved", path.name) for path in files}
    assert all("文件自称由 LibreOffice 保存" in item[2] for item in found)
    assert "[通过]" in delivered.run("verify", str(delivered.reports)).stdout


@needs_office
@pytest.mark.parametrize(
    ("how", "words"),
    [
        (cell(number_format='"10.00"'), "“10.00”"),
        (font(color="FFFFFFFF"), "字和底色分不出来"),
        (sheet(picture), "图片"),
    ],
)
def test_what_a_forger_hides_in_a_re_save_is_seen(delivered, how, words):
    how(delivered.reports)
    convert([delivered.reports / SHEET], "xlsx", delivered.reports / "重存")
    (delivered.reports / "重存" / SHEET).replace(delivered.reports / SHEET)
    shutil.rmtree(delivered.reports / "重存")
    exit_code, found = said(delivered)
    assert exit_code == 1
    assert [item for item in found if words in item[2]], found
    assert len(found) == 1


def test_packed_again_with_the_same_parts_it_is_the_same(delivered):
    parts(SHEET, lambda held: None)(delivered.reports)
    parts(REPORT, lambda held: None)(delivered.reports)
    exit_code, found = said(delivered)
    assert (exit_code, [item[0] for item in found]) == (0, ["verify-resaved", "verify-resaved"])


def test_without_the_inputs_it_says_what_can_be_said(delivered, tmp_path):
    """An auditor has the folder and nothing else: whole, and not recomputed."""
    shutil.copytree(delivered.reports, tmp_path / "U盘" / "2026")
    made = Desk(tmp_path / "U盘")
    run = made.run("verify", "2026", "--format", "json")
    table = json.loads(run.stdout)
    assert (run.exit_code, table["passed"]) == (0, True)
    assert [item["code"] for item in table["findings"]] == ["verify-inputs-absent"]
    assert {row["status"] for row in table["files"]} == {"as-delivered"}
    cell(value=10)(made.root / "2026")
    run = made.run("verify", "2026")
    assert (run.exit_code, "[未通过]" in run.stdout) == (1, True)
    assert "没有输入文件，无法列出改动之处" in run.stderr


def test_without_the_inputs_the_seals_tell_of_an_edited_manifest(delivered, tmp_path):
    shutil.copytree(delivered.reports, tmp_path / "U盘" / "2026")
    cover(cell(value=10))(tmp_path / "U盘" / "2026")
    run = Desk(tmp_path / "U盘").run("verify", "2026", "--format", "json")
    codes = {item["code"] for item in json.loads(run.stdout)["findings"]}
    assert (run.exit_code, codes) == (1, {DISAGREE, "verify-inputs-absent"})


def test_the_inputs_are_those_of_the_folder_not_of_where_one_stands(delivered, original, monkeypatch):
    """Files of the same names in another workspace are not this delivery's."""
    from click.testing import CliRunner

    from evaluator.cli.commands import evaluate

    (original.root / "targets" / "词表.csv").write_text("", encoding="utf-8")
    monkeypatch.chdir(original.root)
    run = CliRunner().invoke(evaluate, ["verify", str(delivered.reports)], catch_exceptions=False)
    (original.root / "targets" / "词表.csv").unlink()
    assert run.exit_code == 0, run.output


def test_only_what_differs_is_listed(delivered):
    assert "index.html" not in delivered.run("verify", "reports/2026").stdout
    assert "index.html" in delivered.run("verify", "reports/2026", "--all").stdout
    (delivered.reports / PAGE).unlink()
    run = delivered.run("verify", "reports/2026")
    assert "缺失" in run.stdout
    assert SHEET not in run.stdout


@pytest.mark.parametrize(
    ("change", "passed"),
    [
        (lambda made: (made.reports / "便条.txt").write_text("x"), True),
        (lambda made: (made.root / "targets" / "词表.csv").write_text(""), True),
        (lambda made: made.put_form("附注", "附注.txt"), False),
        (lambda made: shutil.copy(made.actuals / "法律服务.xlsx", made.actuals / "法律服务-2.xlsx"), False),
        (lambda made: (made.reports / PAGE).unlink(), False),
    ],
    ids=["便条", "没有字的词表", "没有读的批复", "改变结果的填报表", "缺网页"],
)
def test_failing_and_the_exit_code_mean_the_same(delivered, change, passed):
    change(delivered)
    run = delivered.run("verify", "reports/2026")
    assert (run.exit_code == 0, "[通过]" in run.stdout, "[未通过]" in run.stdout) == (
        passed,
        passed,
        not passed,
    )


def test_another_version_of_a_library_is_told_as_the_cause(delivered, monkeypatch):
    """The same content with other bytes: a library of another version has written it."""
    from evaluator.render import book

    monkeypatch.setattr(book, "_CREATED", book._CREATED.replace(year=2001))
    older = lambda table: table["libraries"].update(XlsxWriter="3.0.0")  # noqa: E731
    both(manifest(older), seal)(delivered.reports)
    exit_code, found = said(delivered)
    assert exit_code == 0, found
    assert {item[0] for item in found} == {"verify-same-content"}
    assert all("XlsxWriter 3.0.0（现为" in item[2] for item in found)


def test_versions_that_make_the_same_bytes_are_no_matter(delivered):
    both(manifest(lambda table: table["libraries"].update(Python="3.11.0")), seal)(delivered.reports)
    assert said(delivered) == (0, [])


def test_the_seals_are_checked_by_sha256sum(delivered):
    import subprocess

    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum on this system")
    command = ["sha256sum", "--strict", "-c", SEALS]
    assert subprocess.run(command, cwd=delivered.reports, capture_output=True, check=False).returncode == 0
    cell(value=10)(delivered.reports)
    done = subprocess.run(command, cwd=delivered.reports, capture_output=True, text=True, check=False)
    assert (done.returncode, f"{SHEET}: FAILED" in done.stdout) == (1, True)


def test_manifest_and_seals_name_all_files_and_both_digests(delivered):
    import hashlib

    table = json.loads((delivered.reports / MANIFEST).read_text(encoding="utf-8"))
    names = {path.name for path in delivered.reports.iterdir()}
    lines = (delivered.reports / SEALS).read_text(encoding="utf-8").splitlines()
    assert {line.partition("  ")[2] for line in lines} == names - {SEALS}
    assert set(table["libraries"]) >= {"XlsxWriter", "python-docx", "docxtpl", "pygal", "jinja2"}
    if "sm3" in hashlib.algorithms_available:
        content = (delivered.reports / SHEET).read_bytes()
        assert row(table, SHEET)["sm3"] == hashlib.new("sm3", content).hexdigest()


def test_without_sm3_the_manifest_says_so(delivered, monkeypatch):
    from evaluator.pipeline import manifest as module
    from evaluator.storage import files

    monkeypatch.setattr(files, "SM3", False)
    monkeypatch.setattr(module, "SM3", False)
    assert delivered.run("--year", "2026").exit_code == 0
    table = json.loads((delivered.reports / MANIFEST).read_text(encoding="utf-8"))
    assert "没有 SM3" in table["digests"]["sm3"]
    assert not any("sm3" in item for item in table["outputs"])


def test_rules_that_lie_elsewhere_are_an_input(original, tmp_path):
    from importlib import resources

    own = tmp_path / "别处" / "规则.toml"
    own.parent.mkdir()
    own.write_bytes(resources.files("evaluator").joinpath("rules", "hubei.toml").read_bytes())
    shutil.copytree(original.root, tmp_path / "单位")
    made = Desk(tmp_path / "单位")
    assert made.run("--year", "2026", "--rules", str(own)).exit_code == 0
    assert said(made) == (0, [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda top: None, None),
        (lambda top: (top / "reports/2026/各单位汇总.xlsx").write_bytes(b"x"), "verify-output-changed"),
        (lambda top: (top / "乙/reports/2026/manifest.json").unlink(), "verify-unit-changed"),
        (lambda top: manifest(lambda t: t.update(year=2027))(top / "reports/2026"), EDITED),
    ],
    ids=["无改动", "汇总表", "单位的清单", "汇总的清单"],
)
def test_a_roll_up_of_units_is_verified_by_its_fingerprints(original, tmp_path, change, code):
    for name in ("甲", "乙"):
        shutil.copytree(original.root, tmp_path / name)
    made = Desk(tmp_path)
    from click.testing import CliRunner

    from evaluator.cli.commands import evaluate

    run = CliRunner().invoke(evaluate, ["units", "--year", "2026", "--workers", "1", str(tmp_path)])
    assert run.exit_code == 0, run.output
    change(tmp_path)
    exit_code, found = said(made)
    assert exit_code == (1 if code else 0), found
    assert code is None or code in {item[0] for item in found}
    assert "verify-units-apart" in {item[0] for item in found}


def test_a_unit_below_where_one_stands_has_its_own_inputs(original, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from evaluator.cli.commands import evaluate

    shutil.copytree(original.root, tmp_path / "甲")
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(evaluate, ["verify", "甲/reports/2026"], catch_exceptions=False)
    assert (run.exit_code, "没有重新计算" in run.output) == (0, False)


def test_there_are_thirty_and_more():
    names = [case[0] for case in (*IN_EXCEL, *ELSEWHERE)]
    assert len(set(names)) == len(names) >= 30
