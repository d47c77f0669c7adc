"""How a cell looks in print, aspect by aspect, in a form that a mere re-save leaves as it was.

Fonts are compared by kind: a machine without 宋体 writes the name of another. One that shows other signs
than were typed (Wingdings) is a kind of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evaluator.verification.colours import INK, PAPER, colour, unreadable
from evaluator.verification.number_formats import shown_instead, tokens

SYMBOLS = ("wingdings", "webdings", "symbol", "marlett", "mt extra", "opensymbol", "dingbats", "barcode")
NUMBER_FORMAT, INK_ASPECT, FILL, SIZE, RUNS = "数字格式", "字体颜色", "填充颜色", "字号", "字内格式"
_TINY = 4.0  # points; below it print is dust
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Look:
    """Aspects by their Chinese name: what is compared, and in what words people see it."""

    compared: dict[str, object]
    words: dict[str, str]

    def effect(self, aspect: str) -> str:
        """What an aspect does to the reader, as the end of a sentence; empty where it hides nothing."""
        if aspect == NUMBER_FORMAT:
            shown = shown_instead(self.words[NUMBER_FORMAT])
            if shown is not None:
                return "，单元格里的数不显示" if not shown else f"，单元格里的数显示成“{shown}”"
        ink, paper = str(self.compared[INK_ASPECT]), str(self.compared[FILL])
        if aspect in (INK_ASPECT, FILL) and unreadable(ink, paper[:6] if paper else PAPER):
            return "，字和底色分不出来"
        if aspect == SIZE and float(str(self.compared[SIZE])) < _TINY:
            return "，字小得看不见"
        return ""


def look_of(cell: Any, theme: dict[int, str]) -> Look:
    """The look of a cell of openpyxl's, apart from what stands inside rich text (`runs_of`)."""
    font, align = cell.font, cell.alignment
    size = f"{font.sz or 11:g}"
    compared: dict[str, object] = {
        NUMBER_FORMAT: tokens(cell.number_format),
        INK_ASPECT: colour(font.color, theme, INK),
        SIZE: size,
        "字形": shape_of(font),
        "字体": kind_of(font.name),
        FILL: _fill(cell.fill, theme),
        "对齐": f"{align.horizontal or 'general'} {align.vertical or 'bottom'}",
        "自动换行": "是" if align.wrap_text else "否",
        "缩小字体填充": "是" if align.shrink_to_fit else "否",
        "文字方向": str(align.text_rotation or 0),
        "缩进": f"{align.indent or 0:g}",
        "边框": " ".join(_line(getattr(cell.border, side)) for side in _SIDES),
    }
    words = {aspect: str(value) or "无" for aspect, value in compared.items()}
    return Look(compared, {**words, NUMBER_FORMAT: cell.number_format})


def shape_of(font: Any) -> str:
    """Bold, italic, underlined, struck through, raised: what a font does beside its size."""
    marks = (
        (font.b, "粗体"),
        (font.i, "斜体"),
        (font.u and font.u != "none", "下划线"),
        (font.strike, "删除线"),
        (font.vertAlign in ("superscript", "subscript"), "上下标"),
    )
    return "、".join(word for on, word in marks if on)


def kind_of(name: str | None) -> str:
    """Whether a font shows letters or signs."""
    signs = any(symbol in (name or "").casefold() for symbol in SYMBOLS)
    return f"符号字体 {name}" if signs else "文字字体"


def _fill(fill: Any, theme: dict[int, str]) -> str:
    pattern = getattr(fill, "patternType", "渐变")
    if not pattern or pattern == "none":
        return ""
    inner = colour(fill.fgColor, theme, INK) if pattern != "渐变" else PAPER
    return inner if pattern == "solid" else f"{inner} {pattern}"


def _line(side: Any) -> str:
    return (side.style if side is not None else None) or "无"


def runs_of(cell: Any, theme: dict[int, str]) -> tuple[tuple[str, str], ...]:
    """The parts of a rich text that look otherwise than their cell: (text, how)."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(cell.value, CellRichText):
        return ()
    ink, size, shape = colour(cell.font.color, theme, INK), cell.font.sz or 11, shape_of(cell.font)
    found = []
    for block in cell.value:
        if not isinstance(block, TextBlock):
            continue
        font = block.font
        own = (
            colour(font.color, theme, ink) if font.color else ink,
            f"{font.sz or size:g}号",
            shape_of(font),
            kind_of(font.rFont),
        )
        if own != (ink, f"{size:g}号", shape, "文字字体"):
            found.append((block.text, " ".join(filter(None, own))))
    return tuple(found)
