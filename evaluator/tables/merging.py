"""Importing again: what people corrected stays, on the rows that are still the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.tables.cells import edits, same
from evaluator.tables.columns import (
    BUDGET,
    CODE,
    CONFIRMED,
    INDICATOR_COLUMNS,
    INDICATOR_EDITABLE,
    KEY,
    NOTE,
    ORIGINAL,
    OWN,
    PICTURE,
    PROJECT_COLUMNS,
    PROJECT_EDITABLE,
    READING,
    REMARK,
)
from evaluator.tables.contents import scan_from
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, Table, read_table, write_table
from evaluator.tables.pairing import Identity, identity, pair, recoded

if TYPE_CHECKING:
    import pandas as pd

Cells = Mapping[str, str]
KEPT_ASIDE = frozenset(
    {"correction-orphaned", "correction-outdated", "edit-set-aside", "confirmation-outdated"}
)
"""Findings that name a table kept aside: they hold as long as it lies there."""


@dataclass
class _Merging:
    """A table while what people changed in it is carried over to a new reading."""

    name: str
    columns: tuple[str, ...]
    editable: tuple[str, ...]
    own: list[str]
    known: dict[Identity, Cells]
    rows: dict[Identity, dict[str, str]]
    pairs: dict[Identity, dict[str, str]]
    added: list[Cells] = field(default_factory=list)
    lost: list[tuple[str, Cells, dict[str, str]]] = field(default_factory=list)

    def lose(self, code: str, row: Cells, **details: str) -> None:
        """Remember what has no place in the new table."""
        self.lost.append((code, row, details))


def merge_targets(
    folder: Path, relative: str, projects: pd.DataFrame, indicators: pd.DataFrame
) -> tuple[list[str], list[Finding]]:
    """Write the tables of a new reading, with the corrections of the earlier ones carried over.

    Returns the names of the files written and findings: those of `KEPT_ASIDE`, `csv-made-anew`; those of
    `read_table` for an earlier table that cannot be read, and then nothing is written: what people
    corrected would be lost. Raises OSError.
    """
    plans = (
        (PROJECTS, PROJECT_COLUMNS, PROJECT_EDITABLE, projects),
        (INDICATORS, INDICATOR_COLUMNS, INDICATOR_EDITABLE, indicators),
    )
    present: dict[str, Table] = {}
    unusable: list[Finding] = []
    findings: list[Finding] = []
    for name, columns, _, _ in plans:
        place = Place(f"{relative}/{name}")
        table, found = read_table(folder / name, columns, place)
        if table is not None:
            present[name] = table
        elif [item.code for item in found] != ["csv-missing"]:
            unusable += found
        elif (folder / AS_READ / name).exists():
            findings.append(finding("csv-made-anew", place))
    if unusable:
        return [], unusable
    written = []
    for name, columns, editable, fresh in plans:
        merged = fresh
        if name in present:
            before, _ = read_table(folder / AS_READ / name, columns, Place(relative))
            read = _records(fresh) if before is None else before.records
            merging = _begin(name, columns, editable, present[name], read, fresh)
            merged = _merge(merging, present[name])
            findings += _set_aside(merging, folder / name, relative)
        # The table first: where a person has it open, its reading stays the one it belongs to.
        write_table(folder / name, merged)
        write_table(folder / AS_READ / name, fresh)
        written += [name, f"{AS_READ}/{name}"]
    return written, findings


def _begin(
    name: str,
    columns: tuple[str, ...],
    editable: tuple[str, ...],
    current: Table,
    before: Sequence[dict[str, str]],
    fresh: pd.DataFrame,
) -> _Merging:
    rows = {identity(row): dict(row) for row in _records(fresh)}
    return _Merging(
        name=name,
        columns=columns,
        editable=editable,
        own=[column for column in current.columns if column not in columns],
        known={identity(row): row for row in before},
        rows=rows,
        pairs={own: rows[identity(row)] for own, row in pair(before, rows.values()).items()},
    )


def _merge(merging: _Merging, current: Table) -> pd.DataFrame:
    """The new reading with what people changed in `current`."""
    import pandas as pd

    records = current.records
    renamed = recoded(records, merging.known)
    keys = {row[KEY] for row in merging.rows.values()}
    seen: set[Identity] = set()
    for index, row in enumerate(records):
        own = renamed.get(index, identity(row))
        read = None if own in seen else merging.known.get(own)
        seen.add(own)
        if read is not None:
            _carry(merging, read, row)
        elif (
            merging.name == INDICATORS
            and row[KEY] in keys
            and (own in merging.known or own not in merging.rows)
        ):
            merging.added.append(row)  # by hand
        else:
            merging.lose("correction-orphaned", row)
    columns = [*merging.columns, *merging.own]
    return pd.DataFrame([*merging.rows.values(), *merging.added], columns=columns, dtype=str).fillna("")


def _carry(merging: _Merging, read: Cells, row: Cells) -> None:
    """Put what a person changed in a row into the row that it is now."""
    _set_edits_aside(merging, read, row)
    changed = edits(read, row, merging.editable)
    remarks = {column: row[column] for column in (*OWN, *merging.own) if row[column]}
    if not changed and not remarks:
        return
    target = merging.pairs.get(identity(read))
    if target is None:
        merging.lose("correction-orphaned", row)
        return
    if not _same_picture(read, target):
        said = [remarks.pop(column) for column in (CONFIRMED, REMARK) if column in remarks]
        if said:
            merging.lose("confirmation-outdated", row, confirmed="，".join(said))
    standing = _standing(merging, changed, read, row, target)
    if changed and not standing:
        remarks.pop(NOTE, None)
    target.update({**standing, **remarks})


def _set_edits_aside(merging: _Merging, read: Cells, row: Cells) -> None:
    """Remember what a person changed in cells that are not theirs, the code's too."""
    fixed = [c for c in merging.columns if c not in (*merging.editable, KEY, *OWN)]
    for column, text in edits(read, row, fixed).items():
        merging.lose("edit-set-aside", row, column=column, text=text or "（空）")


def _standing(
    merging: _Merging, changed: Mapping[str, str], read: Cells, row: Cells, target: Cells
) -> dict[str, str]:
    """The corrections whose approved cell still says the same; the others are remembered as outdated."""
    standing = {column: text for column, text in changed.items() if _stands(column, read, target)}
    for column, text in changed.items():
        if column not in standing:
            said = {"corrected": text, "before": read[column], "after": target[column]}
            shown = {name: value or "（空）" for name, value in said.items()}
            merging.lose("correction-outdated", row, column=column, **shown)
    return standing


def _same_picture(read: Cells, now: Cells) -> bool:
    """Whether what a person confirmed is what is read now, from the same page."""
    scan, other = scan_from(read[PICTURE]), scan_from(now[PICTURE])
    if scan is None or other is None:
        return False
    said = [column for column in (ORIGINAL, "项目名称", BUDGET) if column in read]
    return scan.value.sha256 == other.value.sha256 and all(same(c, read[c], now[c]) for c in said)


def _stands(column: str, read: Cells, now: Cells) -> bool:
    """Whether the approved form still says what a person corrected."""
    column = "指标值" if column in READING else column
    return same(column, read[column], now[column])


def _set_aside(merging: _Merging, path: Path, relative: str) -> list[Finding]:
    """Keep the present file where it holds something that the new one will not; one finding for each."""
    if not merging.lost:
        return []
    kept = _keep(path).name
    place = Place(f"{relative}/{path.name}")
    found = []
    for code, row, details in merging.lost:
        # No indicator: the code may be another's now.
        name = row.get("三级指标") or row.get("项目名称") or "（空）"
        said = row.get(CODE, "") or row[KEY]
        found.append(finding(code, place, project=row[KEY], name=name, code=said, kept=kept, **details))
    return found


def _records(table: pd.DataFrame) -> Sequence[dict[str, str]]:
    return table.to_dict("records")  # type: ignore[return-value]


def _keep(path: Path) -> Path:
    """Put the present file aside under a name that is free."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.旧表{number}{path.suffix}")).exists():
        number += 1
    path.replace(kept)
    return kept
