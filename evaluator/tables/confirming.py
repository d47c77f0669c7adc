"""Entries of 扫描核对.xlsx put into the tables: what was confirmed, what was corrected and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.tables.columns import (
    BUDGET,
    CODE,
    CONFIRMED,
    INDICATOR_COLUMNS,
    KEY,
    NOTE,
    ORIGINAL,
    PICTURE,
    PROJECT_COLUMNS,
    REMARK,
    VALUE,
)
from evaluator.tables.contents import scan_from
from evaluator.tables.files import AS_READ, INDICATORS, PROJECTS, read_table, write_table
from evaluator.values.text import squash
from evaluator.workbooks.scan_verdicts import confirms

if TYPE_CHECKING:
    from evaluator.workbooks.scan_entries import ScanEntry

Cells = Mapping[str, str]
CORRECTED = "已更正"
"""What stands under 确认 in a row that was corrected by its picture."""
_NOTE, _AND = "扫描核对：照图片更正", "；"
CORRECTS: Mapping[str, Mapping[str, str]] = {
    PROJECTS: {"value": BUDGET, "name": "项目名称"},
    INDICATORS: {
        "value": VALUE,
        "name": "三级指标",
        "level1": "一级指标",
        "level2": "二级指标",
        "points": "分值",
        "basis": "确定依据",
    },
}
"""Which column of a table an entry of 扫描核对.xlsx corrects, by the entry's name."""
_COLUMNS = {PROJECTS: PROJECT_COLUMNS, INDICATORS: INDICATOR_COLUMNS}


def take_over(folder: Path, relative: str, entries: Iterable[ScanEntry]) -> tuple[int, list[Finding]]:
    """Put entries into the tables of `folder`; how many were taken over, and what of them could not be.

    Findings: scan-entry-outdated for a row that is not there any more or was read from another page or as
    something else. Raises OSError where a table cannot be written.
    """
    entries = list(entries)
    lost: list[ScanEntry] = []
    for name in (PROJECTS, INDICATORS):
        own = [entry for entry in entries if bool(entry.code) is (name == INDICATORS)]
        if own:
            lost += _take_into(name, folder, relative, own)
    return len(entries) - len(lost), [_outdated(entry) for entry in lost]


def _take_into(name: str, folder: Path, relative: str, entries: list[ScanEntry]) -> list[ScanEntry]:
    """Put entries into one table; returns those that have no row there."""
    import pandas as pd

    tables = [read_table(folder / part / name, _COLUMNS[name], Place(relative))[0] for part in ("", AS_READ)]
    current, read = tables
    if current is None or read is None:
        return entries
    rows, approved = current.records, read.records
    lost = [entry for entry in entries if not _take(name, _row(rows, entry), _row(approved, entry), entry)]
    if len(lost) < len(entries):
        write_table(folder / name, pd.DataFrame(rows, columns=list(current.columns), dtype=str))
    return lost


def _outdated(entry: ScanEntry) -> Finding:
    said = "，".join(text for text in entry.typed.values() if text) or "（清空）"
    return finding(
        "scan-entry-outdated", entry.place, project=entry.key, code=entry.code or "项目", typed=said
    )


def _row(rows: list[dict[str, str]], entry: ScanEntry) -> dict[str, str] | None:
    found = [row for row in rows if row[KEY] == entry.key and row.get(CODE, "") == entry.code]
    return found[0] if len(found) == 1 else None


def _take(name: str, row: dict[str, str] | None, read: Cells | None, entry: ScanEntry) -> bool:
    """Put one entry into its row; whether that row is there and says what it said."""
    if row is None or read is None or not _is_same(name, read, entry):
        return False
    parts, typed = CORRECTS[name], entry.typed
    for part, column in parts.items():
        if squash(typed[part]) != squash(entry.was.get(part, "")):
            row[column] = typed[part] or read[column]
    corrected = any(typed[part] for part in parts)
    if corrected or any(entry.was.get(part) for part in parts):
        row[NOTE] = _note(row[NOTE], typed["remark"], corrected=corrected)
    row[CONFIRMED], row[REMARK] = _verdict(typed, corrected=corrected)
    return True


def _note(note: str, remark: str, *, corrected: bool) -> str:
    """Why a row was corrected, behind what a person wrote there otherwise."""
    others = [piece for piece in note.split(_AND) if piece and not piece.startswith(_NOTE)]
    said = f"{_NOTE}（{remark.replace(_AND, '，')}）" if remark else _NOTE
    return _AND.join([*others, said] if corrected else others)


def _verdict(typed: Mapping[str, str], *, corrected: bool) -> tuple[str, str]:
    """What stands under 确认 and 核对说明; a verdict that confirms nothing is no more than a remark."""
    verdict, remark = typed["verdict"], typed["remark"]
    if corrected:
        return CORRECTED, remark
    if verdict == CORRECTED or not verdict:
        return "", remark
    return (verdict, remark) if confirms(verdict) else ("", "，".join(filter(None, (verdict, remark))))


def _is_same(name: str, read: Cells, entry: ScanEntry) -> bool:
    scan = scan_from(read[PICTURE])
    said = read[ORIGINAL] if name == INDICATORS else f"{read['项目名称']}|{read[BUDGET]}"
    return scan is not None and scan.value.sha256 == entry.sha256 and squash(said) == squash(entry.said)
