"""From the units' deliveries to their roll-up: read from evaluation.json, no workbook is opened again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec

from evaluator.pipeline.manifest import MANIFEST, read_manifest
from evaluator.pipeline.units import UnitDone
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding
from evaluator.records.rollup import Due, ProjectLine, Rollup, UnitLine
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.scoring.rollup import rate_of, roll_up, sum_of, weighted
from evaluator.storage.files import digest, relative


class _Found(msgspec.Struct):
    code: str
    severity: str


class _Budget(msgspec.Struct):
    adjusted: Decimal | None
    spent: Decimal | None
    rate: Decimal | None


class _Sheet(msgspec.Struct):
    file: str


class _There(msgspec.Struct):
    """Something that is there; what it says does not matter here."""


class _Project(msgspec.Struct):
    key: str
    name: str
    total: Decimal
    complete: bool
    rating: str
    met: int
    unscored: int
    budget: _Budget
    scores: list[_There]
    findings: list[_Found]
    score_sheet: _Sheet
    submission: _There | None = None
    review: _There | None = None


class _Rules(msgspec.Struct):
    name: str
    title: str
    sha256: str


class _Unit(msgspec.Struct):
    year: int
    applicant: str
    sample: bool
    rules: _Rules
    projects: list[_Project]
    findings: list[_Found]


def read_rollup(root: Path, year: int, done: Sequence[UnitDone], findings: Iterable[Finding]) -> Rollup:
    """The roll-up of units that were evaluated. Findings: unit-failed, unit-not-evaluated, units-same-name,
    units-other-rules, units-other-tool, and those given.
    """
    units: list[UnitLine] = []
    dues: list[Due] = []
    said = list(findings)
    for item in done:
        unit, due, found = _read_unit(root, year, item)
        units.append(unit)
        dues += due
        said += found
    return roll_up(year, units, dues, [*said, *_differences(units)])


def _read_unit(root: Path, year: int, done: UnitDone) -> tuple[UnitLine, list[Due], list[Finding]]:
    workspace = Workspace(Path(done.folder))
    folder = relative(workspace.root, root)
    events = [_below(folder, item) for item in done.events]
    if done.problem:
        code = "unit-failed" if done.failed else "unit-not-evaluated"
        said = finding(code, Place(folder), unit=folder, problem=done.problem)
        due = Due(folder, folder, "", "no-result", f"没有结果：{done.problem}")
        return UnitLine(folder, folder, done.problem), [due], [*events, said]
    try:
        content = (workspace.reports(year) / file_names.EVALUATION).read_bytes()
        unit = msgspec.json.decode(content, type=_Unit, strict=True)
        sha256 = digest(workspace.reports(year) / MANIFEST)
    except (OSError, msgspec.MsgspecError):
        said = finding("unit-not-evaluated", Place(folder), unit=folder, problem="它的报告没有写成")
        due = Due(folder, folder, "", "no-result", "没有结果：报告没有写成")
        return UnitLine(folder, folder, "报告没有写成"), [due], [*events, said]
    line = _line(folder, unit, sha256, read_manifest(workspace.reports(year)) or {})
    return line, list(_dues(line, unit)), events


def _below(folder: str, item: Finding) -> Finding:
    place = Place(f"{folder}/{item.place.file}", item.place.part, item.place.cell)
    return Finding(item.code, place, item.details, item.project, item.indicator)


def _line(folder: str, unit: _Unit, sha256: str, manifest: Mapping[str, object]) -> UnitLine:
    projects = tuple(_project(folder, item) for item in unit.projects)
    adjusted, spent = sum_of(p.adjusted for p in projects), sum_of(p.spent for p in projects)
    tool = manifest.get("tool")
    every = [*unit.findings, *(found for item in unit.projects for found in item.findings)]
    return UnitLine(
        folder=folder,
        name=unit.applicant or folder.rpartition("/")[2],
        rules=unit.rules.name,
        rules_title=unit.rules.title,
        rules_sha256=unit.rules.sha256,
        tool=str(tool.get("version", "")) if isinstance(tool, dict) else "",
        sample=unit.sample,
        score=weighted(projects),
        adjusted=adjusted,
        spent=spent,
        rate=rate_of(adjusted, spent),
        errors=_count(every, "error"),
        warnings=_count(every, "warning"),
        manifest=sha256,
        projects=projects,
    )


def _project(folder: str, item: _Project) -> ProjectLine:
    return ProjectLine(
        unit=folder,
        key=item.key,
        name=item.name,
        total=item.total,
        complete=item.complete,
        rating=item.rating,
        adjusted=item.budget.adjusted,
        spent=item.budget.spent,
        rate=item.budget.rate,
        indicators=len(item.scores),
        met=item.met,
        unscored=item.unscored,
        errors=_count(item.findings, "error"),
        warnings=_count(item.findings, "warning"),
        sheet=item.score_sheet.file,
    )


def _count(findings: Iterable[_Found], severity: str) -> int:
    return sum(item.severity == severity for item in findings)


def _dues(line: UnitLine, unit: _Unit) -> Iterator[Due]:
    """What each project owes next: its workbook, its mistakes mended, its review."""
    for project, item in zip(line.projects, unit.projects, strict=True):
        if item.submission is None:
            yield Due(line.folder, line.name, project.name, "no-workbook", "填报表没有交（没有填写）")
        elif project.errors:
            yield Due(line.folder, line.name, project.name, "errors", f"有{project.errors}条错误待改")
        elif item.review is None:
            yield Due(line.folder, line.name, project.name, "no-review", "还没有复核")


def _differences(units: Sequence[UnitLine]) -> Iterator[Finding]:
    """Where units do not agree in what should be the same, or agree in what should differ."""
    there = [unit for unit in units if not unit.problem]
    names: dict[str, list[str]] = {}
    for unit in there:
        names.setdefault(unit.name, []).append(unit.folder)
    for name, folders in names.items():
        if len(folders) > 1:
            shown = "、".join(folders)
            yield finding("units-same-name", Place(folders[0]), unit=name, count=len(folders), folders=shown)
    rules = _groups((f"{unit.rules}（{unit.rules_sha256[:8]}）", unit.folder) for unit in there)
    if len(rules) > 1:
        yield finding("units-other-rules", Place(there[0].folder), found=_words(rules))
    tools = _groups((unit.tool, unit.folder) for unit in there)
    if len(tools) > 1:
        yield finding("units-other-tool", Place(there[0].folder), found=_words(tools))


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for what, folder in pairs:
        found.setdefault(what, []).append(folder)
    return found


def _words(groups: Mapping[str, list[str]]) -> str:
    """The larger groups by number, the smaller by name, so that those that differ are named."""
    pieces = []
    for what, folders in sorted(groups.items(), key=lambda item: -len(item[1])):
        shown = "、".join(folders[:5]) + ("等" if len(folders) > 5 else "")
        pieces.append(f"{what} {len(folders)}个单位（{shown}）")
    return "；".join(pieces)
