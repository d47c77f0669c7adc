"""How a sheet looks in print beside its cells: what is hidden, what is printed, what is merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.verification.colours import INK, PAPER, colour

Aspects = dict[str, str]
"""What is compared of a sheet, each by its Chinese name and in words."""
_SHRUNK = 0.5  # a row or column below this part of its former size no longer shows what stands in it
_WIDTH, _HEIGHT = 8.43, 15.0
_STATES = {"visible": "显示", "hidden": "隐藏", "veryHidden": "深度隐藏"}


def aspects(sheet: Any, theme: dict[int, str]) -> Aspects:
    """A worksheet of openpyxl's, in the aspects that no re-save changes."""
    view, setup = sheet.views.sheetView[0], sheet.page_setup
    fit = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    return {
        "打印区域": str(sheet.print_area or "").replace("'", "") or "全部",
        "打印标题行": str(sheet.print_title_rows or "") or "无",
        "打印标题列": str(sheet.print_title_cols or "") or "无",
        "纸张方向": {"landscape": "横向"}.get(setup.orientation, "纵向"),
        "纸张": str(setup.paperSize or 1),
        "缩放": _scale(setup, fit),
        "页边距": _margins(sheet.page_margins),
        "手动分页": _breaks(sheet),
        "页眉": _words(sheet.oddHeader),
        "页脚": _words(sheet.oddFooter),
        "偶数页页眉页脚": _others(sheet, "differentOddEven", "even"),
        "首页页眉页脚": _others(sheet, "differentFirst", "first"),
        "零值": "显示" if view.showZeros in (None, True) else "不显示",
        "显示公式": "是" if view.showFormulas else "否",
        "从右到左": "是" if view.rightToLeft else "否",
        "合并单元格": "、".join(sorted(map(str, sheet.merged_cells.ranges))) or "无",
        "条件格式": "；".join(sorted(_conditions(sheet, theme))) or "无",
        "内部链接": "；".join(sorted(_links(sheet))) or "无",
    }


def state(sheet: Any) -> str:
    """Whether a sheet can be seen."""
    return _STATES.get(getattr(sheet, "sheet_state", "visible"), "显示")


def _scale(setup: Any, fit: bool) -> str:
    if not fit:
        return f"{setup.scale or 100}%"
    wide, tall = (1 if pages is None else pages for pages in (setup.fitToWidth, setup.fitToHeight))
    return f"宽{wide or '不限'}页，高{tall or '不限'}页"


def _margins(margins: Any) -> str:
    return " ".join(f"{getattr(margins, side) or 0:.1f}" for side in ("left", "right", "top", "bottom"))


def _breaks(sheet: Any) -> str:
    pairs = (("行", sheet.row_breaks.brk), ("列", sheet.col_breaks.brk))
    return "、".join(f"{name}{item.id}" for name, items in pairs for item in items) or "无"


def _words(part: Any) -> str:
    texts = (getattr(part, side).text for side in ("left", "center", "right"))
    return "｜".join(text or "" for text in texts).strip("｜") or "无"


def _others(sheet: Any, switch: str, which: str) -> str:
    if not getattr(sheet.HeaderFooter, switch):
        return "同其他页"
    return f"{_words(getattr(sheet, f'{which}Header'))}／{_words(getattr(sheet, f'{which}Footer'))}"


def _conditions(sheet: Any, theme: dict[int, str]) -> Iterator[str]:
    """Conditional formats in words: where, when, and what they make of a cell."""
    for areas in sheet.conditional_formatting:
        for rule in areas.rules:
            when = " ".join(filter(None, (rule.type, rule.operator, rule.text, *map(str, rule.formula))))
            yield f"{areas.sqref}：{when}，显示为{_dress(rule.dxf, theme)}"


def _dress(style: Any, theme: dict[int, str]) -> str:
    if style is None:
        return "图形"
    ink = colour(style.font.color, theme, INK) if style.font and style.font.color else "原色"
    paper = colour(style.fill.bgColor, theme, PAPER) if style.fill and style.fill.bgColor else "原底色"
    number = f" {style.numFmt.formatCode}" if style.numFmt else ""
    return f"{ink}/{paper}{number}"


def _links(sheet: Any) -> Iterator[str]:
    """Links into the workbook itself; those to elsewhere are parts of the file (see `package`)."""
    for cell in sheet._cells.values():
        if cell.hyperlink is not None and not cell.hyperlink.target:
            yield f"{cell.coordinate}→{cell.hyperlink.location}"


def hidden_lines(before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Rows and columns that could be seen and can no longer: (what, how)."""
    for word, sizes in (("列", _widths), ("行", _heights)):
        was, now = sizes(before), sizes(after)
        last = before.max_column if word == "列" else before.max_row
        for how, numbers in _vanished(was, now, last):
            yield f"{word}{_ranges(numbers, letters=word == '列')}", how


def _vanished(was: dict[int, float], now: dict[int, float], last: int) -> Iterator[tuple[str, list[int]]]:
    gone, thin = [], []
    for number in range(1, last + 1):
        before, after = was.get(number, was[0]), now.get(number, now[0])
        if before > 0 and after <= 0:
            gone.append(number)
        elif after < before * _SHRUNK:
            thin.append(number)
    yield from ((how, numbers) for how, numbers in (("被隐藏", gone), ("被缩小到看不全", thin)) if numbers)


def _widths(sheet: Any) -> dict[int, float]:
    """Width of each column, 0 where it is hidden; under 0 that of all others."""
    from openpyxl.utils import column_index_from_string

    standard = sheet.sheet_format.defaultColWidth or sheet.sheet_format.baseColWidth or _WIDTH
    sizes = {0: float(standard)}
    for letter, item in sheet.column_dimensions.items():
        first = item.min or column_index_from_string(letter)
        width = 0.0 if item.hidden else float(item.width if item.customWidth or item.width else standard)
        sizes |= dict.fromkeys(range(first, min(item.max or first, first + 1000) + 1), width)
    return sizes


def _heights(sheet: Any) -> dict[int, float]:
    """Height of each row, 0 where it is hidden; under 0 that of all others."""
    standard = 0.0 if sheet.sheet_format.zeroHeight else float(sheet.sheet_format.defaultRowHeight or _HEIGHT)
    sizes = {0: standard}
    for number, item in sheet.row_dimensions.items():
        sizes[number] = 0.0 if item.hidden else float(standard if item.height is None else item.height)
    return sizes


def _ranges(numbers: list[int], *, letters: bool) -> str:
    from openpyxl.utils import get_column_letter

    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    name = get_column_letter if letters else str
    return "、".join(name(a) if a == b else f"{name(a)}:{name(b)}" for a, b in runs)
