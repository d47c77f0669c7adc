"""Word documents: what Word and WPS put around paragraphs, tables and text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls

from evaluator.readers.docx import read

SPACES = (
    nsdecls("w", "wp", "m")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def document(body: str, content_type: str = "") -> bytes:
    """A document with this body, in WordprocessingML."""
    blank = io.BytesIO()
    docx.Document().save(blank)
    out = io.BytesIO()
    with zipfile.ZipFile(blank) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()
            if name == "[Content_Types].xml" and content_type:
                part = part.replace(b"wordprocessingml.document.main", content_type.encode())
            target.writestr(name, part)
    return out.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(content: str) -> str:
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )


SPAN, DOWN, COVERED = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
CASES = [
    ("paragraphs", p("甲") + "<w:p/>" + p("乙"), ["0 段落1 甲", "0 段落3 乙"]),
    (
        "tab in a paragraph",
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>",
        ["0 段落1 甲 | 1 段落1 乙"],
    ),
    (
        "tab stops",
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        ["0 段落1 甲"],
    ),
    ("line break", "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["0 段落1 甲", "0 段落1 乙"]),
    (
        "span and merge",
        tbl(tr(tc("一", DOWN), tc("二", SPAN)), tr(tc("", COVERED), tc("三"), tc("四"))),
        ["0 R1C1 一 | 1 R1C2 二", "1 R2C2 三 | 2 R2C3 四"],
    ),
    (
        "horizontal merge of old files",
        tbl(tr(tc("一", '<w:hMerge w:val="restart"/>'), tc("x", "<w:hMerge/>"), tc("二"))),
        ["0 R1C1 一 | 2 R1C3 二"],
    ),
    (
        "row that begins further right",
        tbl(tr(tc("一"), properties='<w:gridBefore w:val="2"/>')),
        ["2 R1C3 一"],
    ),
    ("two paragraphs in a cell", tbl(tr(tc(p("一") + p("二")), tc("三"))), ["0 R1C1 一\n二 | 1 R1C2 三"]),
    (
        "nested table",
        tbl(tr(tc("一"), tc(p("二") + tbl(tr(tc("三"), tc("四"))) + p("五")))) + tbl(tr(tc("六"))),
        ["0 R1C1 一", "0 段落1 二", "0 R1C1 三 | 1 R1C2 四", "0 段落2 五", "0 R1C1 六"],
    ),
    (
        "text box in a paragraph",
        f"<w:p><w:r><w:t>甲</w:t>{box(p('乙'))}</w:r></w:p>",
        ["0 段落1 甲", "0 段落2 乙"],
    ),
    ("text box in a cell", tbl(tr(tc(f"<w:p><w:r>{box(p('一'))}</w:r></w:p>"))), ["0 R1C1 一"]),
    ("table in a text box", f"<w:p><w:r>{box(tbl(tr(tc('一'))))}</w:r></w:p>", ["0 R1C1 一"]),
    (
        "content controls",
        f"<w:sdt><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt>"
        + tbl(tr(f"<w:sdt><w:sdtContent>{tc('一')}</w:sdtContent></w:sdt>", tc("二")))
        + "<w:p><w:sdt><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        ["0 段落1 甲", "0 R1C1 一 | 1 R1C2 二", "0 段落2 乙"],
    ),
    (
        "tracked changes",
        "<w:p><w:ins><w:r><w:t>≥95%</w:t></w:r></w:ins><w:del><w:r><w:delText>≥90%</w:delText></w:r></w:del></w:p>",
        ["0 段落1 ≥95%"],
    ),
    ("smart tags", "<w:p><w:smartTag><w:r><w:t>2026年</w:t></w:r></w:smartTag></w:p>", ["0 段落1 2026年"]),
    (
        "symbol font and equation",
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
        "<m:oMath><m:r><m:t>95%</m:t></m:r></m:oMath></w:p>",
        ["0 段落1 ≥95%"],
    ),
]


@pytest.mark.parametrize(("body", "rows"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_document__ok(body: str, rows: list[str]) -> None:
    found, findings = read(document(body), "a.docx")
    assert findings == []
    assert [
        " | ".join(f"{cell.column} {cell.place.cell} {cell.text}" for cell in row.cells) for row in found
    ] == rows


def test_tables_are_numbered_in_reading_order__ok() -> None:
    nested = tbl(tr(tc("一"), tc(tbl(tr(tc("二"))))))
    found, _ = read(document(p("甲") + nested + tbl(tr(tc("三")))), "a.docx")
    assert [(row.table, row.cells[0].place.part) for row in found] == [
        (0, ""),
        (1, "表1"),
        (2, "表2"),
        (3, "表3"),
    ]


def test_document_with_macros__ok() -> None:
    content = document(p("甲"), "ms-word.document.macroEnabled.main")
    rows, findings = read(content, "a.docm")
    assert [row.cells[0].text for row in rows] == ["甲"]
    assert findings == []


def test_deep_nesting__finding(tmp_path: Path) -> None:
    deep = p("甲")
    for _ in range(500):
        deep = tbl(tr(tc(deep)))
    assert [item.code for item in read(document(deep), "a.docx")[1]] == ["source-damaged"]
