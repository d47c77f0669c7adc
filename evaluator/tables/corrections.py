"""Corrections: where the tables differ from what the reader read, and what is made of it.

The approved form is law: a cell that a person changed counts only with a note (更正说明), and what was
approved stays on record beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from evaluator.records.approved import WHOLE_ROW, Correction, Indicator, Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.tables.cells import understood
from evaluator.tables.columns import (
    CODE,
    INDICATOR_COLUMNS,
    INDICATOR_EDITABLE,
    KEY,
    NOTE,
    PROJECT_COLUMNS,
    PROJECT_EDITABLE,
    READING,
    expected,
    is_checked,
    wanted,
)
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, Table, read_table
from evaluator.tables.pairing import Identity, identity, recoded
from evaluator.tables.rewording import BLANK, contradicts, lacks, read_anew, reworded, unneeded
from evaluator.tables.rows import indicator_from, project_from
from evaluator.tables.settling import Settled, Settling, about, settle

Cells = Mapping[str, str]
Lines = dict[Identity, tuple[int, Cells]]
_ADDED_NEEDS = (CODE, "一级指标", "三级指标")


def load_targets(folder: Path, relative: str, year: int) -> tuple[list[Project], list[Finding]]:
    """The approved targets of a year with people's corrections.

    `folder` is ``targets/2026`` and `relative` the same as the workspace's people see it. Findings: those
    of ``messages/tables.toml``; where a table cannot be read there are no projects.
    """
    tables: dict[str, Table] = {}
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
    heads = Settling(f"{relative}/{PROJECTS}", year, findings)
    rows = Settling(f"{relative}/{INDICATORS}", year, findings)
    projects = _settle_projects(tables[f"{AS_READ}/{PROJECTS}"], tables[PROJECTS], heads)
    budgets = {project.key: project.budget for project in projects}
    items = _settle_indicators(tables[f"{AS_READ}/{INDICATORS}"], tables[INDICATORS], budgets, rows)
    projects = [replace(project, indicators=_grouped(items.get(project.key, []))) for project in projects]
    return projects, findings


def approved_rows(folder: Path) -> tuple[list[Cells], list[Cells]]:
    """The rows of projects and of indicators as the last import read them; none where they are gone."""
    return (
        _approved(folder / AS_READ / PROJECTS, PROJECT_COLUMNS),
        _approved(folder / AS_READ / INDICATORS, INDICATOR_COLUMNS),
    )


def _approved(path: Path, columns: tuple[str, ...]) -> list[Cells]:
    try:
        state = path.stat()
    except OSError:
        return []
    return [*_approved_as(path, columns, state.st_mtime_ns, state.st_size)]


@lru_cache(4)
def _approved_as(path: Path, columns: tuple[str, ...], _time: int, _size: int) -> tuple[Cells, ...]:
    """Read once in a run for as long as size and time of the file are the same."""
    table, _ = read_table(path, columns, Place(path.name))
    return () if table is None else tuple(table.records)


def _spoilt(table: Table, place: Place) -> list[Finding]:
    """The first cell of what the reader wrote that cannot be its own: nobody is to edit that."""
    checked = [column for column in table.columns if is_checked(column)]
    for line, cells in table.rows.items():
        for column in checked:
            text = cells[column]
            should = expected(column, text)
            if should:
                reason = f"第{line}行“{column}”栏写的是“{text[:20]}”，不是{should}"
                return [finding("csv-unreadable", place, reason=reason)]
    return []


def _settle_projects(read: Table, table: Table, rows: Settling) -> list[Project]:
    """The projects without their indicators."""
    known: Mapping[Identity, Cells] = {identity(cells): cells for cells in read.rows.values()}
    current: Lines = {}
    for line, cells in table.rows.items():
        own = identity(cells)
        if own in current:
            rows.say("project-row-repeated", line, project=own[0], key=own[0])
        elif own not in known:
            rows.say("row-project-unknown", line, key=own[0] or "（空）")
        current.setdefault(own, (line, cells))
    return [_settle_project(cells, current.get(own), rows) for own, cells in known.items()]


def _settle_project(read: Cells, current: tuple[int, Cells] | None, rows: Settling) -> Project:
    if current is None:
        rows.say("project-row-removed", 0, project=read[KEY], name=read["项目名称"])
        return project_from(read, ())
    settled = settle(read, *current, PROJECT_EDITABLE, rows, ())
    return replace(project_from(settled.cells, ()), corrections=settled.corrections)


def _settle_indicators(
    read: Table, table: Table, budgets: Mapping[str, Decimal | None], rows: Settling
) -> dict[str, list[Indicator]]:
    """The indicators by project: those read in the form's order, then those that people added."""
    known: Mapping[Identity, Cells] = {identity(cells): cells for cells in read.rows.values()}
    current, added = _by_identity(table, known, rows)
    items: dict[str, list[Indicator]] = {}
    for own, cells in known.items():
        item = _settle_indicator(cells, current.get(own), rows, budgets.get(own[0]))
        items.setdefault(own[0], []).append(item)
    for line, cells in added:
        key = cells[KEY]
        if key not in budgets:
            rows.say("row-project-unknown", line, key=key or "（空）")
            continue
        new = _add_indicator(line, cells, rows, budgets[key])
        if new:
            items.setdefault(key, []).append(new)
    return items


def _by_identity(
    table: Table, known: Mapping[Identity, Cells], rows: Settling
) -> tuple[Lines, list[tuple[int, Cells]]]:
    """The rows that a reading has, by project and code, and those that it has not."""
    lines: list[tuple[int, Cells]] = [*table.rows.items()]
    renamed = recoded([cells for _, cells in lines], known)
    found: Lines = {}
    added: list[tuple[int, Cells]] = []
    coded: set[Identity] = set()
    for index, (line, cells) in enumerate(lines):
        own = renamed.get(index, identity(cells))
        if index in renamed:
            details = {"name": cells["三级指标"], "before": own[1], "after": cells[CODE] or "（空）"}
            rows.say("code-changed", line, project=own[0], indicator=own[1], **details)
            cells = known[own]  # whatever else was changed waits for the code
        if own in coded and own[1]:
            rows.say("row-repeated", line, project=own[0], code=own[1])
        elif own in known:
            found[own] = (line, cells)
        else:
            added.append((line, cells))
        coded.add(own)
    return found, added


def _settle_indicator(
    read: Cells, current: tuple[int, Cells] | None, rows: Settling, budget: Decimal | None
) -> Indicator:
    if current is None:
        rows.say("row-removed", 0, **about(read), name=read["三级指标"], code=read[CODE])
        return indicator_from(read)
    before = len(rows.findings)
    settled = settle(read, *current, INDICATOR_EDITABLE, rows, unneeded(read["指标类型"]))
    item = reworded(read, settled, current[0], rows, budget)
    if item is None:  # what does not agree is the last finding: none of this row's corrections counts
        del rows.findings[before:-1]
        return indicator_from(read)
    return item


def _add_indicator(line: int, cells: Cells, rows: Settling, budget: Decimal | None) -> Indicator | None:
    """The indicator of a row that people added; None where a finding says why not."""
    if not cells[NOTE]:
        name = cells["三级指标"] or cells["指标值"] or "（未写名称）"
        rows.say("row-added-without-note", line, **about(cells), name=name)
        return None
    filled = _understood_row(line, cells, rows)
    if filled is None:
        return None
    parts = [column for column in READING if cells[column]]
    if cells["指标类型"] and lacks(filled, line, rows):
        return None
    if not cells["指标类型"]:
        filled = _with_reading(line, cells, filled, rows, budget)
    settled = Settled(filled, (Correction("指标值", "", "", ""),) if filled["指标值"] else ())
    if parts and contradicts(settled, parts, line, rows, budget):
        return None
    rows.say("row-added", line, **about(cells), name=cells["三级指标"], note=cells[NOTE])
    correction = Correction(WHOLE_ROW, "", cells["三级指标"], cells[NOTE])
    item = indicator_from(filled)
    return replace(item, place=Place(rows.file, cell=f"第{line}行"), corrections=(correction,))


def _with_reading(
    line: int, cells: Cells, filled: dict[str, str], rows: Settling, budget: Decimal | None
) -> dict[str, str]:
    """An added row with the parts that follow from its 指标值, where it has none of its own."""
    anew, found = read_anew(filled, rows.year, budget, columns=("运算符", "计量单位"))
    place = Place(rows.file, cell=f"第{line}行")
    rows.findings += [replace(item, place=place, project=cells[KEY], indicator=cells[CODE]) for item in found]
    return {**filled, **{column: anew[column] for column in READING if not cells[column]}}


def _understood_row(line: int, cells: Cells, rows: Settling) -> dict[str, str] | None:
    """An added row with every cell as the table writes it; None where one is missing or is no value."""
    lacking = [column for column in _ADDED_NEEDS if not cells[column]]
    if not cells["指标值"] and not cells["数值"] and not cells["截止日期"]:
        lacking.append("指标值")
    if lacking:
        name = cells["三级指标"] or cells["指标值"] or "（未写名称）"
        rows.say("row-added-incomplete", line, **about(cells), name=name, lacking="、".join(lacking))
        return None
    filled = dict(BLANK)
    for column in INDICATOR_COLUMNS:
        value = understood(column, cells[column])
        if value is None:
            said = {"text": cells[column], "expected": wanted(column, cells[column]), "approved": "（空）"}
            rows.say("csv-value-invalid", line, **about(cells), column=column, **said)
            return None
        filled[column] = value or filled[column]
    return filled


def _grouped(items: list[Indicator]) -> tuple[Indicator, ...]:
    """The indicators with those that people added, or moved to another level, beside those of their group."""
    own = [item for item in items if not _is_moved(item)]
    for item in items:
        if _is_moved(item):
            own.insert(_place_among(own, item), item)
    return tuple(own)


def _is_moved(item: Indicator) -> bool:
    return any(c.column in (WHOLE_ROW, "目标序号", "一级指标", "二级指标") for c in item.corrections)


def _place_among(items: list[Indicator], item: Indicator) -> int:
    """Behind the last one of the same second level, else of the same first level, goal or horizon."""
    keys = (
        lambda one: (one.horizon, one.goal, one.level1, one.level2),
        lambda one: (one.horizon, one.goal, one.level1),
        lambda one: (one.horizon, one.goal),
        lambda one: (one.horizon,),
    )
    for key in keys:
        same = [index for index, one in enumerate(items) if key(one) == key(item)]
        if same:
            return same[-1] + 1
    return len(items)
