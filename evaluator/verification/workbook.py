"""Two workbooks held against each other: formulas and values, then what a printed page would show."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from evaluator.readers.archive import check_archive
from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.attachments import attachment_differences
from evaluator.verification.cell_looks import NUMBER_FORMAT, RUNS, Look, look_of, runs_of
from evaluator.verification.colours import theme_colours
from evaluator.verification.sheet_looks import aspects, hidden_lines, state
from evaluator.verification.wording import apart, short
from evaluator.workbooks.trimming import trimmed

_REVIEW = ("复核得分", "复核意见")
_MOST_CELLS = 200
_PREFIX = re.compile(r"_xl(?:fn|ws|udf)\.|\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE)

Cells = dict[tuple[int, int], Any]


def workbook_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Findings for each difference; none where only the bytes differ.

    Findings: verify-output-changed, verify-cell-changed, verify-review-entered, verify-display-changed,
    verify-hidden, verify-covered.
    """
    before, after = _open(original), _open(present)
    if after is None or before is None:
        yield finding("verify-output-changed", place, extent="，已无法打开")
        return
    yield from _sheets(before, after, place)
    found = list(_contents(before, after, place))
    yield from found[:_MOST_CELLS] or _results(before, original, present, place)
    yield from _looks(before, after, place)
    yield from attachment_differences(original, present, place)


def _open(path: Path, *, data_only: bool = False) -> Any:
    """A workbook that anybody may have changed; None where it cannot be opened."""
    from openpyxl import load_workbook

    try:
        content = path.read_bytes()
        if check_archive(content, path.name):
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(BytesIO(trimmed(content)), data_only=data_only, rich_text=not data_only)
    except PARSER_ERRORS:
        return None


def _sheets(before: Any, after: Any, place: Place) -> Iterator[Finding]:
    """Sheets that came, went or are hidden, and what holds for the whole book."""
    for name in dict.fromkeys((*before.sheetnames, *after.sheetnames)):
        at = Place(place.file, name)
        if name not in after.sheetnames or name not in before.sheetnames:
            how = "被删除" if name in before.sheetnames else "是后来增加的"
            yield finding("verify-output-changed", at, extent=f"，工作表“{name}”{how}")
        elif state(before[name]) != state(after[name]):
            yield finding("verify-hidden", at, what=f"工作表“{name}”", how=f"现为“{state(after[name])}”")
    was, now = _whole(before), _whole(after)
    for what in was:
        if was[what] != now[what]:
            yield _display(place, what, was[what], now[what])


def _whole(book: Any) -> dict[str, str]:
    calculation = book.calculation
    names = (f"{name}={item.value}" for name, item in sorted(book.defined_names.items()))
    return {
        "日期系统": f"{book.epoch:%Y}",
        "以显示精度为准": "是" if calculation and calculation.fullPrecision is False else "否",
        "定义的名称": "；".join(names) or "无",
        "工作表次序": "、".join(book.sheetnames),
    }


def _display(at: Place, what: str, before: str, after: str, extent: str = "") -> Finding:
    return finding(
        "verify-display-changed", at, what=what, before=short(before), after=short(after), extent=extent
    )


def _common(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """Worksheets that both books have; chart sheets have no cells and are told as such."""
    for name in before.sheetnames:
        if name in after.sheetnames and all(hasattr(book[name], "_cells") for book in (before, after)):
            yield name, before[name], after[name]


def _contents(before: Any, after: Any, place: Place) -> Iterator[Finding]:
    """Cell by cell, where formulas or values differ."""
    from openpyxl.utils import get_column_letter

    for name, old, new in _common(before, after):
        review = _review_cells(old)
        was_there, is_there_now = _values(old, before.epoch), _values(new, after.epoch)
        for row, column in sorted({*was_there, *is_there_now}):
            was, is_now = was_there.get((row, column)), is_there_now.get((row, column))
            if _same(was, is_now):
                continue
            at = Place(place.file, name, f"{get_column_letter(column)}{row}")
            if was is None and (row, column) in review:
                yield finding("verify-review-entered", at, after=short(str(is_now)))
            else:
                before_words, after_words = apart(_words(was), _words(is_now))
                yield finding("verify-cell-changed", at, before=before_words, after=after_words)


def _results(formulas: Any, original: Path, present: Path, place: Place) -> list[Finding]:
    """Where formulas all agree and the results stored do not; those that are not stored are told once."""
    before, after = _open(original, data_only=True), _open(present, data_only=True)
    lost = {
        f"{name}!{new.cell(row, column).coordinate}"
        for name, old, new in _common(before, after)
        for (row, column), cell in formulas[name]._cells.items()
        if cell.data_type == "f"
        and old.cell(row, column).value is not None
        and new.cell(row, column).value is None
    }
    found = [
        item for item in _contents(before, after, place) if f"{item.place.part}!{item.place.cell}" not in lost
    ]
    if lost:
        extent = f"（{len(lost)}个公式；预览和打印可能是空白，用 Excel 或 WPS 打开会重新计算）"
        found.append(_display(place, "公式的结果", "存在文件里", "没有存", extent))
    return found[:_MOST_CELLS]


def _values(sheet: Any, epoch: datetime) -> Cells:
    """What stands in a sheet, by row and column; one cell at the far corner does not make it large."""
    return {
        place: value for place, cell in sheet._cells.items() if (value := _value(cell, epoch)) is not None
    }


def _value(cell: Any, epoch: datetime) -> Any:
    """A cell's value whatever its format: days as numbers, rich text as text, array formulas as formulas."""
    from openpyxl.utils.datetime import to_excel

    value = cell.value
    if isinstance(value, datetime | date | time | timedelta):
        return to_excel(value, epoch)  # type: ignore[no-untyped-call]
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(getattr(value, "text", value) if cell.data_type == "f" else value)
    if cell.data_type == "f":
        text = f"={text.removeprefix('=')}"
    return text.replace("_x000D_", "").replace("\r\n", "\n") or None


def _same(was: Any, is_now: Any) -> bool:
    if isinstance(was, bool) or isinstance(is_now, bool):
        return type(was) is type(is_now) and was == is_now
    if isinstance(was, int | float) and isinstance(is_now, int | float):
        return format(was, ".12g") == format(is_now, ".12g")
    if isinstance(was, str) and isinstance(is_now, str) and was[:1] == is_now[:1] == "=":
        return _PREFIX.sub("", was).casefold() == _PREFIX.sub("", is_now).casefold()
    return bool(was == is_now)


def _words(value: Any) -> str:
    return "（空）" if value is None else str(value)


def _review_cells(sheet: Any) -> set[tuple[int, int]]:
    """The blank cells of the auditor's columns: below their heads, with a look of their own."""
    heads: dict[int, int] = {}
    for (row, column), cell in sheet._cells.items():
        if str(cell.value).strip() in _REVIEW:
            heads[column] = min(row, heads.get(column, row))
    return {
        (row, column)
        for (row, column), cell in sheet._cells.items()
        if cell.value is None and cell.has_style and column in heads and row > heads[column]
    }


def _looks(before: Any, after: Any, place: Place) -> Iterator[Finding]:
    """What a printed page would show otherwise: sheet by sheet, then cell by cell."""
    themes = theme_colours(before.loaded_theme), theme_colours(after.loaded_theme)
    for name, old, new in _common(before, after):
        at = Place(place.file, name)
        was, now = aspects(old, themes[0]), aspects(new, themes[1])
        yield from (_display(at, what, was[what], now[what]) for what in was if was[what] != now[what])
        for what, how in hidden_lines(old, new):
            yield finding("verify-hidden", at, what=what, how=how)
        yield from _cell_looks(old, new, themes, at)


def _cell_looks(
    old: Any, new: Any, themes: tuple[dict[int, str], dict[int, str]], at: Place
) -> Iterator[Finding]:
    """Differences in how cells look, one finding for all cells that changed in the same way."""
    review = _review_cells(old)
    known: tuple[dict[int, Look], dict[int, Look]] = ({}, {})
    changed: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for key in sorted({*old._cells, *new._cells}):
        cells = [sheet._cells.get(key) or sheet.cell(*key) for sheet in (old, new)]
        was, now = (_look(*one) for one in zip(cells, themes, known, strict=True))
        told = [*_aspects_changed(was, now), *_runs_changed(cells, themes)]
        for words in told:
            if words[0] != NUMBER_FORMAT or key not in review:
                changed[words].append(cells[0].coordinate)
    for (what, before, after, effect), names in changed.items():
        yield _display(Place(at.file, at.part, names[0]), what, before, after, effect + _extent(names))


def _look(cell: Any, theme: dict[int, str], known: dict[int, Look]) -> Look:
    """A cell's look, found once for each style of a book."""
    if cell.style_id not in known:
        known[cell.style_id] = look_of(cell, theme)
    return known[cell.style_id]


def _aspects_changed(was: Look, now: Look) -> Iterator[tuple[str, str, str, str]]:
    for aspect in was.compared:
        if was.compared[aspect] != now.compared[aspect]:
            yield aspect, was.words[aspect], now.words[aspect], now.effect(aspect)


def _runs_changed(
    cells: list[Any], themes: tuple[dict[int, str], dict[int, str]]
) -> Iterator[tuple[str, str, str, str]]:
    runs = [runs_of(cell, theme) for cell, theme in zip(cells, themes, strict=True)]
    if runs[0] != runs[1]:
        was, now = ("；".join(f"“{text}”{how}" for text, how in run) or "与单元格一致" for run in runs)
        yield RUNS, was, now, ""


def _extent(names: list[str]) -> str:
    if len(names) == 1:
        return ""
    return f"（共{len(names)}个单元格：{'、'.join(names[:6])}{'等' if len(names) > 6 else ''}）"
