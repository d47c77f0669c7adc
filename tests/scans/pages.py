"""Pages drawn for the tests: a form in the notation of `tests.written` as the picture that a scanner makes.

    page = draw(form(ROWS), dpi=200)
    page = tilted(sealed(page), 1.0)
    path.write_bytes(packed(page, "JPEG", quality=70))

A blank cell among the levels is merged with the one above, a line with one cell is a title over the whole
width, and in a shorter line the second cell takes what is left.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

WIDTHS = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
_FONTS = {
    "宋": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "黑": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    "黑·细": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Light.ttc", 2),
    "黑·极细": ("/usr/share/fonts/opentype/noto/NotoSansCJK-Thin.ttc", 2),
    "宋·细": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Light.ttc", 2),
    "宋·极细": ("/usr/share/fonts/opentype/noto/NotoSerifCJK-ExtraLight.ttc", 2),
    "细宋": ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    "楷": ("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0),
    "文楷": ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
}


def has_font(name: str) -> bool:
    return Path(_FONTS[name][0]).exists()


def needs_scan():
    """Skip the tests of a module where pages can be neither drawn nor read, saying why."""
    for library in ("cv2", "onnxruntime", "pypdfium2", "rapidocr"):
        pytest.importorskip(library, reason="the extra [scan] is not installed")
    if not has_font("宋"):
        pytest.skip("no Chinese font to draw pages with (fonts-noto-cjk)", allow_module_level=True)


@dataclass
class _Pen:
    picture: Any
    dpi: int
    font: str
    rules: str

    def pixels(self, points: float) -> int:
        return round(points * self.dpi / 72)

    def type(self, points: float):
        from PIL import ImageFont

        path, index = _FONTS[self.font]
        return ImageFont.truetype(path, self.pixels(points), index=index)


def draw(
    text: str,
    *,
    dpi: int = 200,
    font: str = "宋",
    size: float = 10.5,
    rules: float = 0.7,
    widths: tuple[float, ...] = WIDTHS,
    padding: float = 3,
    paper: tuple[float, float] = (595, 842),
    ruled: bool = True,
):
    """An A4 page (sizes in points) with the form on it."""
    from PIL import Image, ImageDraw

    width, height = (round(side * dpi / 72) for side in paper)
    picture = Image.new("RGB", (width, height), "white")
    pen = _Pen(ImageDraw.Draw(picture), dpi, font, "black" if ruled else "white")
    lines = [[piece.strip() for piece in line.split("|")] for line in dedent(text).strip("\n").split("\n")]
    y, at = pen.pixels(50), 0
    while at < len(lines):
        if len(lines[at]) == 1 or "：" in lines[at][0]:
            large = at == 0
            y = _paragraph(pen, lines[at], y, picture.width, 18 if large else size)
            at += 1
            continue
        end = at
        while end < len(lines) and (len(lines[end]) > 1 or _is_title(lines, end)):
            end += 1
        y = _table(pen, lines[at:end], y, picture.width, size, rules, widths, padding)
        at = end
    return picture


def _is_title(lines: list[list[str]], at: int) -> bool:
    return at + 1 < len(lines) and len(lines[at + 1]) > 1 and "：" not in lines[at][0]


def _paragraph(pen: _Pen, pieces: list[str], y: int, width: int, size: float) -> int:
    font = pen.type(size)
    text = "　".join(pieces)
    if size > 15:
        length = pen.picture.textlength(text, font=font)
        pen.picture.text(((width - length) / 2, y), text, fill="black", font=font)
    else:
        pen.picture.text((pen.pixels(50), y), text, fill="black", font=font)
    return y + pen.pixels(size * 1.8)


def _table(pen, lines, y, width, size, rules, widths, padding) -> int:
    left, right = pen.pixels(50), width - pen.pixels(50)
    total = sum(widths)
    xs = [left + round((right - left) * sum(widths[:i]) / total) for i in range(len(widths) + 1)]
    rows = [_spread(line, len(widths)) for line in lines]
    font = pen.type(size)
    leading, pad = pen.pixels(size * 1.45), pen.pixels(padding)
    wrapped = [
        [
            (start, span, _wrap(pen, text, xs[start + span] - xs[start] - 2 * pad, font))
            for start, span, text in row
        ]
        for row in rows
    ]
    heights = [leading * max(len(part) or 1 for _, _, part in row) + 2 * pad for row in wrapped]
    thick = max(1, pen.pixels(rules))
    pen.picture.line([(xs[0], y), (xs[-1], y)], fill=pen.rules, width=thick)
    for number, row in enumerate(wrapped):
        below = wrapped[number + 1] if number + 1 < len(wrapped) else []
        for start, span, part in row:
            top = y
            for line in part:
                length = pen.picture.textlength(line, font=font)
                middle = (xs[start] + xs[start + span] - length) / 2
                pen.picture.text((middle, top + pad), line, fill="black", font=font)
                top += leading
            for x in (xs[start], xs[start + span]):
                pen.picture.line([(x, y), (x, y + heights[number])], fill=pen.rules, width=thick)
            merged = start < 3 and any(s == start and p == span and not t for s, p, t in below)
            if not merged:
                end = y + heights[number]
                pen.picture.line([(xs[start], end), (xs[start + span], end)], fill=pen.rules, width=thick)
        y += heights[number]
    return y + pad


def _spread(line: list[str], columns: int) -> list[tuple[int, int, str]]:
    if len(line) == 1:
        return [(0, columns, line[0])]
    spare = columns - len(line)
    cells, at = [], 0
    for index, text in enumerate(line):
        span = 1 + (spare if index == 1 else 0)
        cells.append((at, span, text))
        at += span
    return cells


def _wrap(pen, text: str, width: float, font) -> list[str]:
    lines, line = [], ""
    for letter in text:
        if line and pen.picture.textlength(line + letter, font=font) > width:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line] if line else lines


def sealed(
    page, *, at: tuple[float, float] = (0.62, 0.42), size: float = 0.17, colour=(214, 32, 40), alpha=0.8
):
    """The page with a round red seal over what stands there."""
    from PIL import Image, ImageDraw, ImageFont

    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    x, y, r = page.width * at[0], page.height * at[1], page.width * size / 2 * 1.3
    ink = (*colour, round(255 * alpha))
    pen.ellipse([x - r, y - r, x + r, y + r], outline=ink, width=max(3, round(r / 18)))
    points = [
        (x + k * math.sin(math.pi * i / 5), y - k * math.cos(math.pi * i / 5))
        for i, k in enumerate([r * 0.33, r * 0.13] * 5)
    ]
    pen.polygon(points, fill=ink)
    path, index = _FONTS["宋"]
    font = ImageFont.truetype(path, round(r / 4.2), index=index)
    words = "某某市财政局预算绩效专用章"
    for number, letter in enumerate(words):
        angle = math.radians(-120 + 240 * number / (len(words) - 1))
        glyph = Image.new("RGBA", (round(r / 3), round(r / 3)), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((r / 6, r / 6), letter, fill=ink, font=font, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), expand=True)
        place = (x + r * 0.78 * math.sin(angle), y - r * 0.78 * math.cos(angle))
        layer.alpha_composite(glyph, (round(place[0] - glyph.width / 2), round(place[1] - glyph.height / 2)))
    multiplied = Image.new("RGBA", page.size, "white")
    multiplied.alpha_composite(layer)
    from PIL import ImageChops

    return ImageChops.multiply(page, multiplied.convert("RGB"))


def tilted(page, degrees: float):
    from PIL import Image

    return page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white", expand=True)


def noisy(page, sigma: float = 9, seed: int = 7):
    """The page in the grain of a scanner, its paper a little grey."""
    import numpy as np
    from PIL import Image

    grain = np.random.default_rng(seed).normal(-8, sigma, (page.height, page.width, 1))
    return Image.fromarray(np.clip(np.asarray(page, dtype=float) + grain, 0, 255).astype("uint8"))


def packed(page, kind: str = "PNG", **options: object) -> bytes:
    stream = BytesIO()
    page.save(stream, kind, **options)
    return stream.getvalue()


def picture_pdf(pages, *, quality: int = 85) -> bytes:
    """A PDF of pictures, one a page."""
    stream = BytesIO()
    first, *rest = [page.convert("RGB") for page in pages]
    first.save(stream, "PDF", resolution=200, save_all=True, append_images=rest, quality=quality)
    return stream.getvalue()


def scribble(seed: int = 3):
    """A page of handwriting, or what looks like it: crossing curves."""
    from PIL import Image, ImageDraw

    dice = random.Random(seed)
    page = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(page)
    for row in range(22):
        x, y = 150.0, 150 + row * 95
        while x < 1450:
            points = [(x + dice.uniform(-8, 60), y + dice.uniform(-30, 30)) for _ in range(7)]
            pen.line(points, fill=(20, 20, 60), width=4, joint="curve")
            x += dice.uniform(55, 80)
    return page
