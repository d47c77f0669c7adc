"""The findings of the last import, kept with the tables: they come again until a correction answers them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from evaluator.records.approved import Correction, Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.storage.files import is_there, write_bytes
from evaluator.tables import AS_READ
from evaluator.tables.columns import READING
from evaluator.tables.merging import KEPT_ASIDE

_SAVED = "findings.json"
_TARGET = ("指标值", *READING)
_LEVELS = ("一级指标", "二级指标")
_UNIT, _OPERATOR = ("指标值", "计量单位"), ("指标值", "运算符")
_ANSWERED_BY = {
    "operator-missing": _OPERATOR,
    "operator-unknown": _OPERATOR,
    "operator-conflict": _OPERATOR,
    "operator-as-equal": _OPERATOR,
    "operator-of-name": _OPERATOR,
    "cost-at-most": _OPERATOR,
    "name-disagrees": ("指标值", "三级指标", *READING),
    "unit-missing": _UNIT,
    "money-without-unit": _UNIT,
    "unit-of-money": _UNIT,
    "unit-unknown": _UNIT,
    "unit-conflict": _UNIT,
    "level1-inferred": _LEVELS,
    "level-unknown": _LEVELS,
    "levels-absent": _LEVELS,
    "goal-name-disagrees": ("目标序号",),
    "row-incomplete": ("三级指标", "指标值"),
    "points-unreadable": ("分值",),
    "basis-unusual": ("确定依据",),
    "budget-missing": ("项目预算（万元）",),
    "budget-unreadable": ("项目预算（万元）",),
    "budget-unit-assumed": ("项目预算（万元）",),
    "project-unnamed": ("项目名称",),
}
"""The columns whose correction answers a doubt of the reading; a value's other doubts: any of its parts."""
_OF_VALUES = ("target-", "range-")


def save_findings(folder: Path, findings: Iterable[Finding]) -> None:
    """Keep findings with the tables in `folder`. Raises OSError."""
    rows = [
        {
            "code": item.code,
            "file": item.place.file,
            "part": item.place.part,
            "cell": item.place.cell,
            "project": item.project,
            "indicator": item.indicator,
            "details": dict(item.details),
        }
        for item in findings
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    write_bytes(folder / AS_READ / _SAVED, text.encode() + b"\n")


def saved_findings(folder: Path) -> list[Finding]:
    """The findings of the last import; none where the file is gone or is not ours any more."""
    try:
        rows = json.loads((folder / AS_READ / _SAVED).read_text(encoding="utf-8"))
        return [
            finding(
                row["code"],
                Place(row["file"], row["part"], row["cell"]),
                project=row["project"],
                indicator=row["indicator"],
                **row["details"],
            )
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def still_valid(findings: Iterable[Finding], projects: Iterable[Project], folder: Path) -> list[Finding]:
    """The findings that no correction has answered, and those whose table still lies aside in `folder`."""
    corrected: dict[tuple[str, str], set[str]] = {}
    for project in projects:
        corrected[project.key, ""] = _columns(project.corrections)
        corrected |= {(project.key, item.code): _columns(item.corrections) for item in project.indicators}
    return [item for item in findings if _holds(item, corrected, folder)]


def _columns(corrections: Iterable[Correction]) -> set[str]:
    """The columns that a person corrected; where they corrected a part, 指标值 only follows it."""
    columns = {correction.column for correction in corrections}
    return columns if columns.isdisjoint(READING) else columns - {"指标值"}


def _holds(item: Finding, corrected: dict[tuple[str, str], set[str]], folder: Path) -> bool:
    if item.code in KEPT_ASIDE:
        return is_there(folder / dict(item.details)["kept"])
    whose = corrected.get((item.project, item.indicator), set())
    if item.code == "header-disagrees":
        return not any(column in _about(item) for column in whose)
    answers = _TARGET if item.code.startswith(_OF_VALUES) else _ANSWERED_BY.get(item.code, ())
    return whose.isdisjoint(answers)


def _about(item: Finding) -> tuple[str, ...]:
    """The columns that a header of the form is about."""
    header = dict(item.details)["header"]
    levels = {"一级": "一级指标", "二级": "二级指标", "三级": "三级指标"}
    named = tuple(column for word, column in levels.items() if word in header)
    return named or ("三级指标", *_LEVELS, *_TARGET)
