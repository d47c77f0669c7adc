"""PDF: what printing, WPS and scanners make of a form."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evaluator.readers import pdf as reader
from evaluator.readers.pdf import read

SIZE = 10


def pdf(*pages: Callable[[Canvas], None]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(400, 400), invariant=1)
    for page in pages:
        canvas.setFont("STSong-Light", SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def table(canvas: Canvas) -> None:
    """Two rows; in the first the right cell is wrapped, in the second both columns are one cell."""
    canvas.grid([50, 150, 250], [300, 340])
    canvas.rect(50, 260, 200, 40)
    canvas.drawString(55, 320, "产出指标")
    canvas.drawString(155, 328, "参保")
    canvas.drawString(155, 312, "人数")
    canvas.drawString(55, 280, "合并")


def scan(canvas: Canvas) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(stream, "PNG")
    canvas.drawImage(ImageReader(stream), 0, 0, 400, 400)


def shown(*pages: Callable[[Canvas], None]) -> tuple[list[str], list[str]]:
    rows, findings = read(pdf(*pages), "a.pdf")
    return (
        [
            " | ".join(f"{cell.place.part} {cell.place.cell} {cell.text}" for cell in row.cells)
            for row in rows
        ],
        [item.sentence for item in findings],
    )


TABLE = ["第1页表1 R1C1 产出指标 | 第1页表1 R1C2 参保人数", "第1页表1 R2C1 合并"]


def test_lines_of_a_cell_are_joined__ok() -> None:
    assert shown(table) == (TABLE, [])


def test_words_of_a_cell_stay_apart__ok() -> None:
    def words(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [300, 340])
        canvas.drawString(55, 328, "Python")
        canvas.drawString(55, 312, "forms")
        canvas.drawString(155, 328, "≥9791106.")
        canvas.drawString(155, 312, "31元")

    assert shown(words)[0] == ["第1页表1 R1C1 Python forms | 第1页表1 R1C2 ≥9791106.31元"]


def test_text_above_and_below__ok() -> None:
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.drawString(50, 360, "题目")
        canvas.drawString(50, 100, "注：一")

    assert shown(page)[0] == ["第1页 第1行 题目", *TABLE, "第1页 第2行 注：一"]


def test_gap_parts_a_line__ok() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 360, "申报单位：中心")
        canvas.drawString(250, 360, "金额单位：万元")

    assert shown(page)[0] == ["第1页 第1行 申报单位：中心 | 第1页 第1行 金额单位：万元"]


def test_letters_of_a_title_stay_together__ok() -> None:
    def page(canvas: Canvas) -> None:
        for at, letter in enumerate("项目支出"):
            canvas.drawString(50 + at * 2 * SIZE, 360, letter)

    assert shown(page)[0] == ["第1页 第1行 项目支出"]


def test_columns_without_rules_are_told_apart_by_their_gaps__ok() -> None:
    def page(canvas: Canvas) -> None:
        for at, text in ((50, "一级指标"), (50 + 5.5 * SIZE, "二级指标"), (50 + 10.2 * SIZE, "指标值")):
            canvas.drawString(at, 360, text)

    assert shown(page)[0] == ["第1页 第1行 一级指标 | 第1页 第1行 二级指标 指标值"]


def test_letters_printed_twice__ok() -> None:
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.translate(0.3, 0)
        canvas.drawString(55, 320, "产出指标")

    assert shown(page)[0] == TABLE


def test_frame_around_the_page__ok() -> None:
    def page(canvas: Canvas) -> None:
        table(canvas)
        canvas.rect(10, 10, 380, 380)

    assert shown(page)[0] == TABLE


def test_table_that_goes_on__ok() -> None:
    rows, _ = read(pdf(table, table), "a.pdf")
    assert [(row.table, row.cells[0].place.part) for row in rows] == [
        (1, "第1页表1"),
        (1, "第1页表1"),
        (2, "第2页表1"),
        (2, "第2页表1"),
    ]


def test_turned_page__ok() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        # Drawn so that it stands upright on the turned page.
        canvas.translate(400, 0)
        canvas.rotate(90)
        table(canvas)

    assert shown(page)[0] == TABLE


def test_scanned_page_among_others__finding() -> None:
    rows, findings = shown(table, scan, table, scan)
    assert len(rows) == 4
    assert [text.partition("，")[0] for text in findings] == ["这里只有图片没有文字"]


def nested_drawings() -> bytes:
    """Eight forms, each of which draws the next ten times."""
    frame = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>/Length 50>>"
    draw = "stream\n" + "/X Do " * 10 + "\nendstream"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        f"<</Length 60>>\n{draw}",
        *(f"{frame.format(number)}\n{draw}".replace("50", "60") for number in range(6, 14)),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 15>>\nstream\n0 0 m 1 1 l S  \nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


def test_drawings_inside_drawings__finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "TIMEOUT", 3)
    rows, findings = read(nested_drawings(), "a.pdf")
    assert rows == []
    assert [item.code for item in findings] == ["pdf-too-slow"]


def test_streams_without_end_are_counted_soon() -> None:
    start = time.process_time()
    read(b"%PDF-1.4\n" + b"stream\n" * 1_000_000, "a.pdf")
    assert time.process_time() - start < 20


def test_a_table_without_rules_is_said_to_be_one__finding() -> None:
    def bare(canvas: Canvas) -> None:
        canvas.drawString(50, 320, "产出指标")
        canvas.drawString(155, 320, "参保人数")

    rows, found = shown(bare)
    assert rows == ["第1页 第1行 产出指标 | 第1页 第1行 参保人数"]
    assert [sentence.partition("，")[0] for sentence in found] == ["这份 PDF 的表格没有框线"]
