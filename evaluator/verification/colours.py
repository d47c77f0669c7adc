"""Colours of a workbook as RRGGBB, and whether one can be read on another (WCAG 2.2, §1.4.3)."""

from __future__ import annotations

import colorsys
import re
from typing import Any

INK, PAPER = "000000", "FFFFFF"
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_UNREADABLE = 1.6  # contrast below which print cannot be read; the palest text of a delivered sheet has 4


def theme_colours(theme: bytes | None) -> dict[int, str]:
    """The colours of a workbook's theme by the number that cells use."""
    text = (theme or b"").decode("utf-8", "replace")
    found = {}
    for number, name in enumerate(_THEME):
        match = re.search(rf'<a:{name}>\s*<a:\w+ (?:[^>]*lastClr|val)="([0-9A-Fa-f]{{6}})"', text)
        if match:
            found[number] = match[1].upper()
    return found


def colour(value: Any, theme: dict[int, str], automatic: str) -> str:
    """An openpyxl colour as RRGGBB; `automatic` where it is none of its own."""
    if value is None or value.type == "auto":
        return automatic
    if value.type == "rgb":
        text = str(value.rgb)
        return text[-6:].upper() if re.fullmatch("[0-9A-Fa-f]{6,8}", text) else automatic
    if value.type == "indexed":
        return _indexed(value.indexed, automatic)
    return _tinted(theme.get(value.theme, automatic), value.tint or 0.0)


def _indexed(number: int, automatic: str) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    return COLOR_INDEX[number][-6:].upper() if 0 <= number < len(COLOR_INDEX) else automatic


def _tinted(rgb: str, tint: float) -> str:
    """A theme's colour made lighter (tint > 0) or darker (ECMA-376 part 1, §18.8.19)."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(rgb)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _parts(rgb: str) -> list[int]:
    return [int(rgb[at : at + 2], 16) for at in (0, 2, 4)]


def unreadable(ink: str, paper: str) -> bool:
    """Whether text of one colour cannot be read on another."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < _UNREADABLE


def _luminance(rgb: str) -> float:
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
