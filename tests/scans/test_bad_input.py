"""What is no page, or no honest one: a sentence each, in bounded time and memory."""

import struct
import zlib
from io import BytesIO

import pytest

from evaluator.readers import read_source
from evaluator.scans.store import PageStore
from tests.scans.pages import draw, needs_scan, packed, picture_pdf, scribble, tilted
from tests.written import form

needs_scan()
ROWS = """
    年度目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""


def codes(content: bytes, folder, name="批复.png") -> list[str]:
    path = folder / name
    path.write_bytes(content)
    source, findings = read_source(path, folder, PageStore(folder / "pages"))
    assert source is None or any(item.code == "scan-read" for item in findings)
    assert all(item.sentence for item in findings)
    return [item.code for item in findings]


def blank_page(colour: str = "white", size: tuple[int, int] = (1240, 1754)):
    from PIL import Image

    return Image.new("RGB", size, colour)


def huge_png(side: int) -> bytes:
    """A picture of side x side pixels in some kilobytes, all of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (side * (side // 8 + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def photograph():
    """Soft shapes in all shades, no paper anywhere."""
    import numpy as np
    from PIL import Image

    dice = np.random.default_rng(5)
    small = Image.fromarray(dice.integers(30, 230, (40, 30, 3), dtype="uint8").astype("uint8"))
    return small.resize((1500, 2000), Image.Resampling.BICUBIC)


def bent(page):
    """A photograph of a sheet that is not flat: lines are waves."""
    import numpy as np
    from PIL import Image

    pixels = np.asarray(page)
    shift = (22 * np.sin(np.arange(pixels.shape[1]) / 130)).astype(int)
    rows = (np.arange(pixels.shape[0])[:, None] + shift[None, :]).clip(0, pixels.shape[0] - 1)
    return Image.fromarray(pixels[rows, np.arange(pixels.shape[1])[None, :]])


def slanting(page):
    """A photograph taken from the side: no two rulings are parallel, and the light falls off."""
    import numpy as np
    from PIL import Image

    sides = (1.0, 0.08, -60, 0.03, 1.05, -50, 0.00005, 0.00004)
    seen = page.transform(
        page.size, Image.Transform.PERSPECTIVE, sides, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70)
    )
    light = np.linspace(0.45, 1.0, page.width)[None, :, None]
    return Image.fromarray((np.asarray(seen) * light).astype("uint8"))


def cut_inside(content: bytes) -> bytes:
    """A JPEG whose data end early though the file goes on: the rest of the page would be paper."""
    half = len(content) // 2
    return content[:half] + b"\xff\xd9" + content[half + 2 :]


def cut_pdf(page) -> bytes:
    content = picture_pdf([page])
    start = content.index(b"\xff\xd8\xff")
    end = content.index(b"endstream", start)
    return content[:start] + cut_inside(content[start:end]) + content[end:]


def without_rules(page_text: str):
    return draw(page_text, rules=0.7, ruled=False)


def frames(count: int) -> bytes:
    stream = BytesIO()
    first, *rest = [blank_page(size=(220, 220)) for _ in range(count)]
    first.save(stream, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: packed(blank_page()), {"scan-page-blank", "source-blank"}),
        (lambda: packed(blank_page("black")), {"scan-dark"}),
        (lambda: packed(blank_page(size=(120, 90))), {"scan-page-too-small"}),
        (lambda: huge_png(20_000), {"scan-page-too-large"}),
        (lambda: frames(300), {"scan-too-long"}),
        (
            lambda: packed(photograph(), "JPEG"),
            {
                "scan-dark",
                "scan-crowded",
                "scan-unreadable",
                "scan-grid",
                "scan-page-blank",
                "source-blank",
                "scan-no-rules",
            },
        ),
        (lambda: packed(scribble()), {"scan-unreadable", "scan-crowded", "scan-no-rules"}),
        (lambda: packed(draw(form(ROWS)), "JPEG")[:20_000], {"scan-damaged"}),
        (lambda: b"\xff\xd8\xff" + b"\0" * 4000, {"scan-damaged"}),
        (lambda: cut_inside(packed(draw(form(ROWS)), "JPEG")), {"scan-damaged"}),
        (lambda: packed(bent(draw(form(ROWS)))), {"scan-grid", "scan-unreadable"}),
        (lambda: packed(slanting(draw(form(ROWS))), "JPEG"), {"scan-grid"}),
        (lambda: packed(without_rules(form(ROWS))), {"scan-no-rules"}),
        (lambda: packed(draw(form(ROWS), padding=-1.6, size=11)), {"scan-grid", "scan-read"}),
    ],
    ids=[
        "blank",
        "black",
        "tiny",
        "20000x20000",
        "300 frames",
        "photograph",
        "handwriting",
        "cut off",
        "no picture",
        "ends early",
        "bent",
        "slanting",
        "no rules",
        "letters on lines",
    ],
)
def test_what_is_no_page_is_a_sentence(make, expected, tmp_path):
    assert set(codes(make(), tmp_path)) <= expected


def test_a_pdf_of_three_hundred_pictures_is_refused_at_once(tmp_path):
    found = codes(picture_pdf([blank_page(size=(60, 80))] * 300, quality=30), tmp_path, "批复.pdf")
    assert found == ["scan-too-long"]


def test_a_picture_in_a_pdf_that_ends_early_is_damaged(tmp_path):
    assert codes(cut_pdf(draw(form(ROWS))), tmp_path, "批复.pdf") == ["scan-damaged"]


def test_a_page_that_cannot_be_read_leaves_the_others(tmp_path):
    pages = [draw(form(ROWS)), blank_page("black"), draw(form(ROWS, name="业务经费"))]
    assert codes(picture_pdf(pages), tmp_path, "批复.pdf") == ["scan-dark", "scan-read"]


def hidden_text_pdf(page, words: str, mode: int) -> bytes:
    """A page's picture with text in it that is drawn with a rendering mode: 3 is invisible."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawImage(ImageReader(page), 0, 0, *A4)
    text = canvas.beginText(60, 700)
    text.setFont("STSong-Light", 10)
    text.setTextRenderMode(mode)
    for line in words.split("\n"):
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return stream.getvalue()


def test_hidden_text_that_says_something_else__finding(tmp_path):
    page = draw(form(ROWS))
    other = "\n".join(["某县农业局高标准农田建设项目补助资金共计三千万元用于灌溉渠道改造"] * 6)
    assert "scan-text-differs" in codes(hidden_text_pdf(page, other, 3), tmp_path, "a.pdf")


def test_hidden_text_that_says_the_same__ok(tmp_path):
    page, words = draw(form(ROWS)), form(ROWS).replace("|", " ")
    path = tmp_path / "a.pdf"
    path.write_bytes(hidden_text_pdf(page, words, 3))
    source, findings = read_source(path, tmp_path, PageStore(tmp_path / "pages"))
    assert [item.code for item in findings] == ["scan-read"]
    assert all(cell.box for row in source.rows for cell in row.cells)


def test_text_over_a_background_that_fills_the_page_is_text(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(hidden_text_pdf(blank_page("#eef"), form(ROWS).replace("|", " "), 0))
    source, findings = read_source(path, tmp_path, PageStore(tmp_path / "pages"))
    assert findings == []
    assert not any(cell.box for row in source.rows for cell in row.cells)


def test_a_page_on_its_head_in_a_pdf_is_read(tmp_path):
    found = codes(picture_pdf([tilted(draw(form(ROWS)), 180)]), tmp_path, "批复.pdf")
    assert found == ["scan-read"]
