"""The rows of 扫描核对.xlsx: a project's head, then its indicators; doubtful ones before all others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evaluator.records.approved import Indicator, Project, Scan
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
        return layout.DONE if any(self.entries.values()) else layout.OPEN


def review_rows(
    projects: Iterable[Project], doubts: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> list[ReviewRow]:
    """All rows that were read from pictures: those that are doubted and open first, else in their order.

    `doubts` are by project and code.
    """
    rows = [row for project in projects for row in _of(project, doubts.get(project.key, {}))]
    return sorted(rows, key=lambda row: not (row.doubts and row.state == layout.OPEN))


def _of(project: Project, doubts: Mapping[str, tuple[str, ...]]) -> Iterator[ReviewRow]:
    if project.scan:
        yield _head(project, project.scan)
    for item in project.indicators:
        if item.scan:
            yield _row(project, item, item.scan, "；".join(doubts.get(item.code, item.scan.doubts)))


def _head(project: Project, scan: Scan) -> ReviewRow:
    corrected = {c.column: c.corrected for c in project.corrections}
    entries = _entries(
        project.confirmed, corrected.get("项目预算（万元）", ""), corrected.get("项目名称", "")
    )
    budget = {c.column: c.approved for c in project.corrections}.get("项目预算（万元）", show(project.budget))
    name = {c.column: c.approved for c in project.corrections}.get("项目名称", project.name)
    words = f"{name}\n预算（万元）：{budget or '没有认出'}"
    doubts = "；".join(scan.doubts)
    label = "项目名称和预算\n（预算更正填在“指标值更正为”）"
    return ReviewRow(
        project.place.file, name, label, words, scan, doubts, entries, project.key, "", f"{name}|{budget}"
    )


def _row(project: Project, item: Indicator, scan: Scan, doubts: str) -> ReviewRow:
    corrected = {c.column: c.corrected for c in item.corrections}
    name = item.as_approved("三级指标", item.name)
    label = f"{item.horizon}　{item.level1}／{item.level2}\n{name}"
    entries = _entries(item.confirmed, corrected.get("指标值", ""), corrected.get("三级指标", ""))
    understood = item.approved_target or "（没有认出）"
    if not item.corrections and squeeze(render_target(item.target)) != squeeze(understood):
        understood += f"\n理解为 {render_target(item.target)}"
    if scan.raw and squeeze(scan.raw) != squeeze(item.approved_target):
        understood += f"\n识别原文 {scan.raw}"
    return ReviewRow(
        item.place.file,
        project.name,
        label,
        understood,
        scan,
        doubts,
        entries,
        project.key,
        item.code,
        item.original,
    )


def squeeze(text: str) -> str:
    """Text without blanks and with signs of one width, for comparing what people see as the same."""
    return "".join(text.split()).replace("=", "＝").replace("%", "％")


def _entries(confirmed: str, value: str, name: str) -> dict[str, str]:
    return {"verdict": confirmed, "value": value, "name": name, "remark": ""}
