"""Was the manifest itself, or 校验.sha256, edited after the delivery? The true cause of many a difference.

A file that the inputs come to again is as it was delivered; a record that says otherwise of it is the one
that was edited. ``evaluation.json`` is a witness, too: it names the year, the rules and the fingerprints of
the forms and workbooks that were scored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.pipeline.judging import Remade, digest_of
from evaluator.pipeline.manifest import MANIFEST, SEALS, manifest, read_seals
from evaluator.pipeline.settings import Request
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.rulesets import RuleSet
from evaluator.storage.files import SM3, digests


@dataclass(frozen=True, slots=True)
class Delivery:
    """What lies in a folder: its manifest, its rows of outputs, the seals (None where there are none)."""

    folder: Path
    place: Place
    table: dict[str, Any]
    seals: dict[str, str] | None

    @property
    def listed(self) -> dict[str, dict[str, str]]:
        """The manifest's rows of delivered files by name."""
        return {row["path"]: row for row in self.table["outputs"]}

    @property
    def seal_broken(self) -> bool:
        """Whether the manifest is not the one that 校验.sha256 was made for."""
        return self.seals is not None and self.seals.get(MANIFEST) != digest_of(self.folder / MANIFEST)

    def at(self, name: str) -> Place:
        """The place of a file of the delivery."""
        return Place(f"{self.place.file}/{name}")

    def reproduced(self, remade: Remade) -> bool:
        """Whether every file that the inputs come to lies there, byte by byte."""
        return bool(remade.files) and all(self.is_remade(name, remade) for name in remade.files)

    def confirmed(self, remade: Remade) -> bool:
        """Whether all that the inputs come to is what lies there or what is listed: they are the inputs."""
        return bool(remade.files) and all(self.is_confirmed(name, remade) for name in remade.files)

    def is_confirmed(self, name: str, remade: Remade) -> bool:
        """Whether what the inputs come to is the file that lies there, or the one that is listed."""
        row = self.listed.get(name, {})
        return remade.digest(name) in (row.get("sha256"), digest_of(self.folder / name))

    def due(self, remade: Remade) -> list[str]:
        """The files that the delivery must have, or has: another version of the tool may make more."""
        known = self.listed
        return [
            name
            for name in (remade.files if remade.fresh else ())
            if not remade.other or name in known or (self.folder / name).exists()
        ]

    def is_remade(self, name: str, remade: Remade) -> bool:
        """Whether a file is what the inputs come to."""
        return name in remade.files and digest_of(self.folder / name) == remade.digest(name)


def read_delivery(folder: Path, place: Place, table: dict[str, Any]) -> Delivery:
    """The records of the delivery in a folder."""
    return Delivery(folder, place, table, read_seals(folder))


def true_request(delivery: Delivery) -> tuple[dict[str, Any], list[Finding]]:
    """What was asked for: as the manifest has it, or as evaluation.json has it where that is untouched."""
    asked = dict(delivery.table["request"])
    path = delivery.folder / file_names.EVALUATION
    known = {delivery.listed.get(path.name, {}).get("sha256"), (delivery.seals or {}).get(path.name)}
    if digest_of(path) not in known - {None}:
        return asked, []
    try:
        witness = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return asked, []
    fields = (("year", "年度"), ("printed", "印在表上的日期"))
    edited = [(key, word) for key, word in fields if key in witness and witness[key] != asked.get(key)]
    found = [
        _edited(delivery, f"{word}（交付的结果是 {witness[key] or '不写日期'}）") for key, word in edited
    ]
    return {**asked, **{key: witness[key] for key, _ in edited}}, found


def recorded_inputs(delivery: Delivery, remade: Remade, unit: UnitEvaluation | None) -> dict[str, str]:
    """sha256 of forms and workbooks as evaluation.json has them; empty where that cannot be relied on."""
    if unit is None or not delivery.is_confirmed(file_names.EVALUATION, remade):
        return {}
    known = {item.project.place.file: item.project.sha256 for item in unit.evaluations}
    workbooks = (item.submission for item in unit.evaluations if item.submission)
    return {**known, **{book.place.file: book.sha256 for book in workbooks}}


def edits(
    delivery: Delivery, remade: Remade, wrong: dict[str, str], request: Request, rules: RuleSet | None
) -> list[Finding]:
    """What was edited in the manifest or the seals; `wrong` are inputs that it lists wrongly, and how.

    Findings: verify-manifest-edited, verify-seal-edited, verify-records-disagree.
    """
    found = [_edited(delivery, what) for what in wrong.values()]
    found += [_edited(delivery, what) for what in _rows(delivery, remade)]
    found += [_edited(delivery, what) for what in _head(delivery, remade, request, rules)]
    disagreeing = list(_seals(delivery, remade))
    if delivery.seal_broken and not found and not disagreeing:
        return [_seal_of_manifest(delivery, remade, request, rules)]
    return [*found, *disagreeing]


def _edited(delivery: Delivery, what: str) -> Finding:
    return finding("verify-manifest-edited", delivery.at(MANIFEST), what=what)


def _rows(delivery: Delivery, remade: Remade) -> Iterator[str]:
    """Rows of delivered files that say what is not so."""
    listed = delivery.listed
    for name in delivery.due(remade):
        again, present = remade.digest(name), digest_of(delivery.folder / name)
        if name not in listed:
            yield f"缺少“{name}”这一行"
        elif again == present != listed[name]["sha256"]:
            yield f"“{name}”的 SHA-256 指纹被改，文件本身与重新计算的一致"
        elif listed[name]["sha256"] not in (again, present) and not remade.other:
            yield f"“{name}”的 SHA-256 指纹被改，它既不是现有文件的，也不是重新计算的"
    for name, row in listed.items():
        path = delivery.folder / name
        if SM3 and "sm3" in row and digest_of(path) == row["sha256"] and digests(path)["sm3"] != row["sm3"]:
            yield f"“{name}”的 SM3 指纹被改，SHA-256 指纹与文件一致"


def _head(delivery: Delivery, remade: Remade, request: Request, rules: RuleSet | None) -> Iterator[str]:
    """What the manifest says of command and rules, held against what it would say now."""
    if rules is None or not delivery.reproduced(remade):
        return
    due = json.loads(manifest(request, rules, {}, {}))
    table = delivery.table
    if table.get("command") != due["command"]:
        yield f"命令（应为 {due['command']}）"
    for key, word in (("name", "名称"), ("title", "标题"), ("sha256", "指纹")):
        if table.get("rules", {}).get(key) != due["rules"][key]:
            yield f"计分规则的{word}（应为 {due['rules'][key]}）"


def _seals(delivery: Delivery, remade: Remade) -> Iterator[Finding]:
    """Where manifest and 校验.sha256 do not name the same fingerprint."""
    if delivery.seals is None:
        return
    for name, row in delivery.listed.items():
        sealed, listed = delivery.seals.get(name), row["sha256"].lower()
        if sealed == listed:
            continue
        present = digest_of(delivery.folder / name)
        if remade.fresh and delivery.is_remade(name, remade):
            if present == listed:
                yield finding("verify-seal-edited", delivery.at(SEALS), name=name)
        else:
            yield finding("verify-records-disagree", delivery.at(SEALS), name=name)


def _seal_of_manifest(delivery: Delivery, remade: Remade, request: Request, rules: RuleSet | None) -> Finding:
    """The manifest's own seal is broken and nothing else: which of the two was edited?"""
    if rules is not None and remade.fresh and delivery.reproduced(remade) and not remade.other:
        table = delivery.table
        rows = [{row["path"]: {k: v for k, v in row.items() if k != "path"} for row in table[part]}
                for part in ("inputs", "outputs")]  # fmt: skip
        if manifest(request, rules, *rows) == (delivery.folder / MANIFEST).read_bytes():
            return finding("verify-seal-edited", delivery.at(SEALS), name=MANIFEST)
    return _edited(delivery, f"内容与 {SEALS} 登记的指纹不符")
