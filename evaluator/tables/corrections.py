"""Corrections: where the tables differ from what the reader read, and what is made of it.

The approved form is law: a cell that a person changed counts only with a note (更正说明), and what was
approved stays on record beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.findings import Finding, finding
from evaluator.model import Correction, Indicator, Place, Project, Target, TargetKind
from evaluator.operators import read_target, render_target
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, read_table
from evaluator.tables.rows import (
    CODE,
    DATES,
    INDICATOR_COLUMNS,
    INDICATOR_EDITABLE,
    KEY,
    NOTE,
    NUMBERS,
    PROJECT_COLUMNS,
    PROJECT_EDITABLE,
    date_from,
    expected,
    indicator_cells,
    indicator_from,
    is_checked,
    project_from,
)
from evaluator.text import decimal_from_text

if TYPE_CHECKING:
    import pandas as pd

Cells = Mapping[str, str]
READING = ("指标类型", "运算符", "数值", "上限", "计量单位", "起始日期", "截止日期")
"""The columns that follow from 指标值."""
_NEEDED = {
    TargetKind.NUMERIC: ("运算符", "数值"),
    TargetKind.RANGE: ("数值", "上限"),
    TargetKind.DEADLINE: ("截止日期",),
}


@dataclass
class _Settling:
    """The rows of one table while they are settled."""

    file: str
    year: int
    findings: list[Finding] = field(default_factory=list)

    def say(self, message: str, line: int, /, *, project: str = "", **details: str) -> None:
        self.findings.append(
            finding(message, Place(self.file, cell=f"第{line}行"), project=project, **details)
        )


def load_targets(folder: Path, relative: str, year: int) -> tuple[list[Project], list[Finding]]:
    """The approved targets of a year with people's corrections.

    `folder` is ``targets/2026`` and `relative` the same as the workspace's people see it. Findings: those
    of ``messages/tables.toml``; where a table cannot be read there are no projects.
    """
    tables: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for name, columns in ((PROJECTS, PROJECT_COLUMNS), (INDICATORS, INDICATOR_COLUMNS)):
        for prefix in ("", f"{AS_READ}/"):
            place = Place(f"{relative}/{prefix}{name}")
            table, found = read_table(folder / prefix / name, columns, place)
            if table is not None and prefix:
                found = _spoilt(table, place)
            findings.extend(found)
            if table is not None and not found:
                tables[prefix + name] = table
    if len(tables) < 4:
        return [], findings
    return _settle_all(tables, relative, year, findings)


def _settle_all(
    tables: Mapping[str, pd.DataFrame], relative: str, year: int, findings: list[Finding]
) -> tuple[list[Project], list[Finding]]:
    rows = _Settling(f"{relative}/{INDICATORS}", year, findings)
    indicators: dict[str, list[Indicator]] = {}
    heads = _Settling(f"{relative}/{PROJECTS}", year, findings)
    keys = {cells[KEY] for _, cells in _lines(tables[f"{AS_READ}/{PROJECTS}"])}
    read, current = _by_code(tables[f"{AS_READ}/{INDICATORS}"]), _by_code(tables[INDICATORS], rows)
    for identity, (_, approved) in read.items():
        item = _settle_indicator(approved, current.get(identity), rows)
        indicators.setdefault(identity[0], []).append(item)
    for identity, (line, cells) in current.items():
        if identity in read:
            continue
        if identity[0] not in keys:
            rows.say("row-project-unknown", line, key=identity[0] or "（空）")
            continue
        added = _add_indicator(line, cells, rows)
        if added:
            indicators.setdefault(identity[0], []).append(added)
    current_heads = _by_code(tables[PROJECTS], heads)
    for (key, _), (line, _) in current_heads.items():
        if key not in keys:
            heads.say("row-project-unknown", line, key=key or "（空）")
    projects = [
        _settle_project(
            cells, current_heads.get((cells[KEY], "")), tuple(indicators.get(cells[KEY], ())), heads
        )
        for _, cells in _lines(tables[f"{AS_READ}/{PROJECTS}"])
    ]
    return projects, findings


def _spoilt(table: pd.DataFrame, place: Place) -> list[Finding]:
    """The first cell of what the reader wrote that cannot be its own: nobody is to edit that."""
    checked = [column for column in table.columns if is_checked(column)]
    for line, cells in _lines(table[checked]):
        for column, text in cells.items():
            wanted = expected(column, text)
            if wanted:
                reason = f"第{line}行“{column}”栏写的是“{text[:20]}”，不是{wanted}"
                return [finding("csv-unreadable", place, reason=reason)]
    return []


def _lines(table: pd.DataFrame) -> list[tuple[int, dict[str, str]]]:
    """Rows with their number as Excel shows it (the header is row 1)."""
    records: list[dict[str, str]] = table.to_dict("records")  # type: ignore[assignment]
    return list(zip(table.index, records, strict=True))


def _by_code(table: pd.DataFrame, rows: _Settling | None = None) -> dict[tuple[str, str], tuple[int, Cells]]:
    """Rows by project and code (no code in the table of projects)."""
    found: dict[tuple[str, str], tuple[int, Cells]] = {}
    for line, cells in _lines(table):
        identity = (cells[KEY], cells.get(CODE, ""))
        if identity not in found or rows is None:
            found[identity] = (line, cells)
        elif CODE in cells:
            rows.say("row-repeated", line, project=identity[0], code=identity[1])
        else:
            rows.say("project-row-repeated", line, project=identity[0], key=identity[0])
    return found


def _same(column: str, before: str, after: str) -> bool:
    """Whether a cell says the same, however Excel rewrote it (0.50 as 0.5, 2026-12-31 as 2026/12/31)."""
    if before == after:
        return True
    if column in NUMBERS:
        number = decimal_from_text(before)
        return number is not None and number == decimal_from_text(after)
    return column in DATES and date_from(before) is not None and date_from(before) == date_from(after)


def edits(read: Cells, current: Cells, editable: Sequence[str]) -> dict[str, str]:
    """The cells that a person changed: column to new text."""
    return {
        column: current[column] for column in editable if not _same(column, read[column], current[column])
    }


def _settle(
    read: Cells, line: int, current: Cells, editable: Sequence[str], rows: _Settling
) -> tuple[dict[str, str], tuple[Correction, ...]]:
    """The cells that count, and the corrections that made them."""
    place = Place(rows.file, cell=f"第{line}行")
    about = {"project": read[KEY], "indicator": read.get(CODE, "")}
    settled, corrections, note = dict(read), [], current[NOTE]
    for column, text in edits(read, current, editable).items():
        wanted = expected(column, text)
        approved = read[column] or "（空）"
        if wanted:
            rows.findings.append(
                finding(
                    "csv-value-invalid",
                    place,
                    **about,
                    column=column,
                    text=text,
                    expected=wanted,
                    kept=approved,
                )
            )
        elif not note:
            rows.findings.append(
                finding(
                    "correction-without-note",
                    place,
                    **about,
                    column=column,
                    approved=approved,
                    corrected=text,
                )
            )
        else:
            settled[column] = text
            corrections.append(Correction(column, read[column], text, note))
            rows.findings.append(
                finding(
                    "correction-applied",
                    place,
                    **about,
                    column=column,
                    approved=approved,
                    corrected=text or "（空）",
                    note=note,
                )
            )
    return settled, tuple(corrections)


def _settle_indicator(read: Cells, current: tuple[int, Cells] | None, rows: _Settling) -> Indicator:
    if current is None:
        place = Place(rows.file)
        rows.findings.append(
            finding(
                "row-removed",
                place,
                project=read[KEY],
                indicator=read[CODE],
                name=read["三级指标"],
                code=read[CODE],
            )
        )
        return indicator_from(read)
    before = len(rows.findings)
    settled, corrections = _settle(read, *current, INDICATOR_EDITABLE, rows)
    changed = {correction.column for correction in corrections}
    if changed & set(READING):
        if _lacks(settled, current[0], rows):
            del rows.findings[before:-1]  # none of this row's corrections counts
            return indicator_from(read)
        return _reworded(indicator_from(settled), corrections, rows.year)
    if "指标值" in changed:
        settled.update(_reading(settled, current[0], rows))
    return replace(indicator_from(settled), corrections=corrections)


def _lacks(cells: Cells, line: int, rows: _Settling) -> bool:
    """Whether a reading that a person wrote lacks what its kind of target needs; a finding says what."""
    needed = _NEEDED.get(TargetKind(cells["指标类型"]), ())
    lacking = [column for column in needed if not cells[column]]
    if lacking:
        about = {"project": cells[KEY], "indicator": cells[CODE], "kind": cells["指标类型"]}
        place = Place(rows.file, cell=f"第{line}行")
        rows.findings.append(finding("reading-incomplete", place, **about, lacking="、".join(lacking)))
    return bool(lacking)


def _reworded(item: Indicator, corrections: tuple[Correction, ...], year: int) -> Indicator:
    """An indicator whose reading was corrected: its text says what counts, and that is a correction too."""
    target = item.target
    reading, _ = read_target(target.text, year, item.place)
    text = target.text if replace(target, text="") == replace(reading, text="") else render_target(target)
    own = next((c for c in corrections if c.column == "指标值"), None)
    if text != target.text or own:
        approved, note = (own.approved, own.note) if own else (target.text, corrections[0].note)
        others = tuple(c for c in corrections if c is not own)
        corrections = (Correction("指标值", approved, text, note), *others)
    return replace(item, target=replace(target, text=text), corrections=corrections)


def _reading(cells: Cells, line: int, rows: _Settling) -> dict[str, str]:
    """The columns that follow from 指标值, read anew."""
    place = Place(rows.file, cell=f"第{line}行")
    target, found = read_target(cells["指标值"], rows.year, place)
    rows.findings.extend(replace(item, project=cells[KEY], indicator=cells[CODE]) for item in found)
    return _reading_cells(target)


def _reading_cells(target: Target) -> dict[str, str]:
    project = Project("", "", "", None, (), (), Place(""), "")
    item = replace(indicator_from(_BLANK), target=target)
    cells = indicator_cells(project, item)
    return {column: cells[column] for column in READING}


_BLANK: Cells = {
    **dict.fromkeys(INDICATOR_COLUMNS, ""),
    "目标类别": "年度",
    "指标类型": TargetKind.QUALITATIVE.value,
}


def _add_indicator(line: int, cells: Cells, rows: _Settling) -> Indicator | None:
    place = Place(rows.file, cell=f"第{line}行")
    about = {"project": cells[KEY], "indicator": cells[CODE]}
    if not cells[NOTE]:
        rows.findings.append(finding("row-added-without-note", place, **about, name=cells["三级指标"]))
        return None
    for column in INDICATOR_COLUMNS:
        wanted = expected(column, cells[column]) if cells[column] else ""
        if wanted:
            rows.findings.append(
                finding(
                    "csv-value-invalid",
                    place,
                    **about,
                    column=column,
                    text=cells[column],
                    expected=wanted,
                    kept="（空）",
                )
            )
            return None
    filled = {**_BLANK, **{column: text for column, text in cells.items() if text}}
    if cells["指标类型"] and _lacks(filled, line, rows):
        return None
    rows.findings.append(finding("row-added", place, **about, name=cells["三级指标"], note=cells[NOTE]))
    if not cells["指标类型"]:
        filled.update(_reading(filled, line, rows))
    correction = Correction("整行", "", cells["三级指标"], cells[NOTE])
    return replace(indicator_from(filled), place=place, corrections=(correction,))


def _settle_project(
    read: Cells, current: tuple[int, Cells] | None, indicators: tuple[Indicator, ...], rows: _Settling
) -> Project:
    if current is None:
        about = {"project": read[KEY], "name": read["项目名称"]}
        rows.findings.append(finding("project-row-removed", Place(rows.file), **about))
        return project_from(read, indicators)
    settled, corrections = _settle(read, *current, PROJECT_EDITABLE, rows)
    return replace(project_from(settled, indicators), corrections=corrections)
