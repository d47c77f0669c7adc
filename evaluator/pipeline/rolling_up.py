"""Many units evaluated and rolled up: the whole of ``evaluate units``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator import __version__
from evaluator.pipeline.manifest import MANIFEST, SEALS, libraries, seals
from evaluator.pipeline.rollup import read_rollup
from evaluator.pipeline.settings import Request
from evaluator.pipeline.units import UnitDone, evaluate_units, find_units
from evaluator.pipeline.working import Crew
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding
from evaluator.records.rollup import Rollup
from evaluator.render.rollup.names import PAGE, UNITS, WORKBOOK
from evaluator.render.rollup.page import write_rollup_page
from evaluator.render.rollup.units_json import write_units
from evaluator.render.rollup.workbook import write_rollup
from evaluator.storage.files import digests, refusal, write_bytes

Progress = Callable[[int, int], None]
"""How many units are done, of how many."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The roll-up (None where there is no unit), what came of each unit, and what happened on writing it."""

    rollup: Rollup | None
    done: tuple[UnitDone, ...]
    findings: tuple[Finding, ...]


def roll_units_up(root: Path, request: Request, crew: Crew, progress: Progress) -> RolledUp:
    """Evaluate every unit below `root`, deliver each into its own folder and the roll-up into root's."""
    units, found = find_units(root, request.year)
    if not units:
        return RolledUp(None, (), tuple(found))
    count = iter(range(1, len(units) + 1))
    progress(0, len(units))
    done = evaluate_units(units, _absolute(request), crew, lambda: progress(next(count), len(units)))
    rollup = read_rollup(root, request.year, done, found)
    return RolledUp(rollup, tuple(done), (*rollup.findings, *_deliver(root, request, rollup)))


def _absolute(request: Request) -> Request:
    """The request as a worker in another folder can follow it."""
    if not request.rules.endswith(".toml"):
        return request
    return replace(request, rules=str(Path(request.rules).resolve()))


def _deliver(root: Path, request: Request, rollup: Rollup) -> Sequence[Finding]:
    """Write the roll-up's files and their manifest, each in one step."""
    workspace = Workspace(root)
    folder = workspace.reports(request.year)
    findings: list[Finding] = []
    written: dict[str, dict[str, str]] = {}
    for name, write in ((WORKBOOK, write_rollup), (PAGE, write_rollup_page), (UNITS, write_units)):
        path = folder / name
        try:
            write(path, rollup)
            written[name] = digests(path)
        except OSError as error:
            findings.append(refusal(error, workspace.place(path)))
    try:
        write_bytes(folder / MANIFEST, _manifest(request, rollup, written))
        write_bytes(folder / SEALS, seals(digests(folder / MANIFEST), written))
    except OSError as error:
        findings.append(refusal(error, workspace.place(folder / MANIFEST)))
    return findings


def _manifest(request: Request, rollup: Rollup, written: dict[str, dict[str, str]]) -> bytes:
    """What the roll-up was made of: the units' manifests by sha256; no clock."""
    rules = f" --rules {request.rules}" if request.rules else ""
    table = {
        "schema_version": 1,
        "kind": "units",
        "tool": {"name": "evaluate", "version": __version__},
        "libraries": libraries(),
        "command": f"evaluate units --year {request.year}{rules}",
        "year": request.year,
        "units": [
            {"folder": unit.folder, "manifest": unit.manifest} for unit in rollup.units if unit.manifest
        ],
        "outputs": [{"path": name, **written[name]} for name in sorted(written)],
    }
    return json.dumps(table, ensure_ascii=False, indent=2).encode() + b"\n"
