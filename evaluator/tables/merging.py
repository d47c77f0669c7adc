"""Importing again: what people corrected stays, on the rows that are still the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.findings import Finding, finding
from evaluator.model import Place
from evaluator.tables.corrections import edits
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, read_table, write_table
from evaluator.tables.rows import (
    CODE,
    INDICATOR_COLUMNS,
    INDICATOR_EDITABLE,
    KEY,
    NOTE,
    PROJECT_COLUMNS,
    PROJECT_EDITABLE,
)

if TYPE_CHECKING:
    import pandas as pd

Cells = Mapping[str, str]


def merge_targets(
    folder: Path, relative: str, projects: pd.DataFrame, indicators: pd.DataFrame
) -> tuple[list[str], list[Finding]]:
    """Write the tables of a new reading, with the corrections of the earlier ones carried over.

    Returns the names of the files written and findings: `correction-orphaned`; those of `read_table` for an
    earlier table that cannot be read, and then nothing is written: what people corrected would be lost.
    Raises OSError.
    """
    plans = (
        (PROJECTS, PROJECT_COLUMNS, PROJECT_EDITABLE, projects),
        (INDICATORS, INDICATOR_COLUMNS, INDICATOR_EDITABLE, indicators),
    )
    present: dict[str, pd.DataFrame] = {}
    findings: list[Finding] = []
    for name, columns, _, _ in plans:
        if (folder / name).exists():
            table, found = read_table(folder / name, columns, Place(f"{relative}/{name}"))
            findings += found
            if table is not None:
                present[name] = table
    if findings:
        return [], findings
    written = []
    for name, columns, editable, fresh in plans:
        merged = fresh
        if name in present:
            before, _ = read_table(folder / AS_READ / name, columns, Place(relative))
            read = fresh if before is None else before
            merged, found = _merge(folder / name, present[name], read, editable, fresh, relative)
            findings.extend(found)
        # The table first: where a person has it open, its reading stays the one it belongs to.
        write_table(folder / name, merged)
        write_table(folder / AS_READ / name, fresh)
        written += [name, f"{AS_READ}/{name}"]
    return written, findings


def _merge(
    path: Path,
    current: pd.DataFrame,
    before: pd.DataFrame,
    editable: tuple[str, ...],
    fresh: pd.DataFrame,
    relative: str,
) -> tuple[pd.DataFrame, list[Finding]]:
    """A new reading with what people changed in `current` since `before` was read."""
    import pandas as pd

    found: list[Finding] = []
    columns = tuple(fresh.columns)
    own = [column for column in current.columns if column not in columns]
    known = {_identity(row): row for row in _records(before)}
    rows = {_identity(row): dict(row) for row in _records(fresh)}
    keys = {row[KEY] for row in rows.values()}
    added: list[dict[str, str]] = []
    orphans: list[Cells] = []
    seen = set()
    for row in _records(current):
        identity = _identity(row)
        read = None if identity in seen else known.get(identity)
        seen.add(identity)
        if read is None:  # added by hand
            fits = (
                path.name == INDICATORS and row[KEY] in keys and (identity in known or identity not in rows)
            )
            (added if fits else orphans).append(row)
            continue
        changed = edits(read, row, editable)
        changed |= {column: row[column] for column in (NOTE, *own) if row[column]}
        if not changed:
            continue
        target = _same_row(rows, identity, read)
        if target is None:
            orphans.append(row)
        else:
            target.update(changed)
    if orphans:
        kept = _keep(path)
        found += [_orphaned(Place(f"{relative}/{path.name}"), row, kept.name) for row in orphans]
    merged = pd.DataFrame([*rows.values(), *added], columns=[*columns, *own], dtype=str)
    return merged.fillna(""), found


def _same_row(
    rows: dict[tuple[str, str], dict[str, str]], identity: tuple[str, str], read: Cells
) -> dict[str, str] | None:
    """The new row that stands for the same approved row: same code and text, or the only one of that text."""
    column = "批复原文" if "批复原文" in read else KEY
    row = rows.get(identity)
    if row and row[column] == read[column]:
        return row
    alike = [
        r for r in rows.values() if r[KEY] == read[KEY] and r[column] == read[column] and column == "批复原文"
    ]
    return alike[0] if len(alike) == 1 else None


def _records(table: pd.DataFrame) -> list[dict[str, str]]:
    return table.to_dict("records")  # type: ignore[return-value]


def _identity(row: Cells) -> tuple[str, str]:
    return row[KEY], row.get(CODE, "")


def _orphaned(place: Place, row: Cells, kept: str) -> Finding:
    name = row.get("三级指标") or row.get("项目名称", "")
    code = row.get(CODE, "") or row[KEY]
    return finding(
        "correction-orphaned",
        place,
        project=row[KEY],
        indicator=row.get(CODE, ""),
        name=name,
        code=code,
        kept=kept,
    )


def _keep(path: Path) -> Path:
    """Put the present file aside under a name that is free."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.旧表{number}{path.suffix}")).exists():
        number += 1
    path.replace(kept)
    return kept
