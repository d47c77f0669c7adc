"""Does a roll-up of units (各单位汇总) still match its manifest and the deliveries that it was made of?

It is not made again: each unit's delivery is verified by itself, and the roll-up names the manifest of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluator.pipeline.judging import Remade, Verdict, digest_of, judge
from evaluator.pipeline.manifest import MANIFEST
from evaluator.pipeline.manifest_edits import edits, read_delivery
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding

_WHY = "（汇总不重新计算，无法列出改动之处）"


def verify_rollup(
    workspace: Workspace, folder: Path, table: dict[str, Any]
) -> tuple[list[Verdict], list[Finding]]:
    """Check the files of a roll-up and the manifests of its units.

    Findings that belong to no file: verify-units-apart.
    """
    delivery = read_delivery(folder, workspace.place(folder), table)
    remade = Remade({}, fresh=False, why=_WHY)
    edited = edits(delivery, remade, {}, Request(table["year"]), None)
    records = [Verdict(MANIFEST, "record-edited", tuple(edited))] if edited else []
    files = [
        judge(name, folder / name, delivery.at(name), row["sha256"].lower(), remade)
        for name, row in delivery.listed.items()
    ]
    apart = finding("verify-units-apart", delivery.place, count=len(table["units"]), year=table["year"])
    return [*records, *_units(workspace, folder, table), *files], [apart]


def _units(workspace: Workspace, folder: Path, table: dict[str, Any]) -> Iterator[Verdict]:
    for unit in table["units"]:
        path = Workspace(folder.parent.parent / unit["folder"]).reports(table["year"]) / MANIFEST
        name = workspace.relative(path)
        if digest_of(path) == unit["manifest"]:
            yield Verdict(name, "input-unchanged")
        else:
            found = finding("verify-unit-changed", workspace.place(path), folder=unit["folder"])
            yield Verdict(name, "input-changed", (found,))
