"""The rows of 扫描核对.xlsx: a project's head, then its indicators; doubtful ones before all others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evaluator.proofreading import HEAD
from evaluator.records.approved import Indicator, Project, Scan
from evaluator.tables import INDICATORS, PROJECTS
from evaluator.tables.columns import BUDGET
from evaluator.tables.confirming import CORRECTS
from evaluator.values.target import render_target
from evaluator.values.text import show
from evaluator.workbooks import scan_layout as layout


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row: whose it is, what was read, why it is doubted, what a person said of it so far."""

    file: str
    project: str
    item: str
    understood: str
    scan: Scan
    doubts: str
    entries: Mapping[str, str]
    key: str
    code: str
    said: str

    @property
    def was(self) -> str:
        """The entries as they are written, for the reader to see what a person changed."""
        return json.dumps(dict(self.entries), ensure_ascii=False)

    @property
    def state(self) -> str:
        """The state that the workbook computes."""
        said = (text for name, text in self.entries.items() if name != "remark")
        return layout.DONE if any(said) else layout.OPEN


def review_rows(
    projects: Iterable[Project], doubts: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> list[ReviewRow]:
    """All rows that were read from pictures: those that are open first, of them the doubted, else in order.

    `doubts` are by project and code.
    """
    rows = [row for project in projects for row in _of(project, doubts.get(project.key, {}))]
    return sorted(
        rows, key=lambda row: (row.state != layout.OPEN, not row.doubts and row.state == layout.OPEN)
    )


def _of(project: Project, doubts: Mapping[str, tuple[str, ...]]) -> Iterator[ReviewRow]:
    if project.scan:
        yield _head(project, project.scan, "；".join(doubts.get(HEAD, project.scan.doubts)))
    for item in project.indicators:
        if item.scan:
            yield _row(project, item, item.scan, "；".join(doubts.get(item.code, item.scan.doubts)))


def _head(project: Project, scan: Scan, doubts: str) -> ReviewRow:
    read = {c.column: c.approved for c in project.corrections}
    budget, name = read.get(BUDGET, show(project.budget)), read.get("项目名称", project.name)
    words = f"{name}\n预算（万元）：{budget or '没有认出'}{_corrected(project)}"
    entries, said = _entries(project, CORRECTS[PROJECTS]), f"{name}|{budget}"
    whose = (project.place.file, name, "项目名称和预算", words)
    return ReviewRow(*whose, scan, doubts, entries, project.key, HEAD, said)


def _row(project: Project, item: Indicator, scan: Scan, doubts: str) -> ReviewRow:
    label = f"{item.horizon}　{item.level1}／{item.level2}\n{item.as_approved('三级指标', item.name)}"
    if item.points is not None:
        label += f"\n分值 {show(item.points)}"
    understood = item.approved_target or "（没有认出）"
    if not item.corrections and squeeze(render_target(item.target)) != squeeze(understood):
        understood += f"\n理解为 {render_target(item.target)}"
    if scan.raw and squeeze(scan.raw) != squeeze(item.approved_target):
        understood += f"\n识别原文 {scan.raw}"
    entries = _entries(item, CORRECTS[INDICATORS])
    whose = (item.place.file, project.name, label, understood + _corrected(item))
    return ReviewRow(*whose, scan, doubts, entries, project.key, item.code, item.original)


def _corrected(of: Project | Indicator) -> str:
    """What the table says otherwise of a row that nobody holds for right, or not any more."""
    said = "" if of.confirmed else "、".join(f"{c.column} {c.corrected}" for c in of.corrections)
    return f"\n表中已更正：{said}" if said else ""


def _entries(of: Project | Indicator, corrects: Mapping[str, str]) -> dict[str, str]:
    """What a person said of a row so far, by the names of `scan_layout.ENTRIES` that it has."""
    corrected = {c.column: c.corrected for c in of.corrections} if of.confirmed else {}
    parts = {part: corrected.get(column, "") for part, column in corrects.items()}
    return {"verdict": of.confirmed, **parts, "remark": of.remark}


def squeeze(text: str) -> str:
    """Text without blanks and with signs of one width, for comparing what people see as the same."""
    return "".join(text.split()).replace("=", "＝").replace("%", "％")
