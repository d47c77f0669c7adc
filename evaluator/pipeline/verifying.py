"""Does a delivery still match its inputs, its manifest, and what the inputs come to?

Where the inputs are at hand, everything is made again and held against what lies there: what differs is
said by content, and which is wrong, the file or the record of it. Where they are not, only fingerprints
can be compared, and that is said.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluator import __version__
from evaluator.pipeline.delivering import KEPT, input_files, outputs
from evaluator.pipeline.judging import Remade, Verdict, digest_of, judge
from evaluator.pipeline.manifest import MANIFEST, SEALS, libraries, listed_pages, read_manifest, read_rollup
from evaluator.pipeline.manifest_edits import Delivery, edits, read_delivery, recorded_inputs, true_request
from evaluator.pipeline.running import Assessment, assess
from evaluator.pipeline.settings import Request
from evaluator.pipeline.verifying_units import verify_rollup
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.rulesets import RuleSet
from evaluator.storage.files import relative

_NO_INPUTS = "（没有输入文件，无法列出改动之处）"
_CHANGED_INPUTS = "（输入也已改动，无法列出改动之处）"


@dataclass(frozen=True, slots=True)
class _Input:
    """One input: sha256 as listed (None: not listed) and as it is now (None: gone)."""

    name: str
    listed: str | None
    present: str | None


def verify(workspace: Workspace, folder: Path) -> tuple[list[Verdict], list[Finding]]:
    """Check every input and output of a delivery and recompute it. Nothing is written to the workspace.

    Findings that belong to no file: verify-no-manifest, verify-inputs-absent.
    """
    table = read_manifest(folder)
    if table is None:
        units = read_rollup(folder)
        if units is not None:
            return verify_rollup(workspace, folder, units)
        return [], [finding("verify-no-manifest", workspace.place(folder))]
    delivery = read_delivery(folder, workspace.place(folder), table)
    asked, edited = true_request(delivery)
    request = _request(asked)
    assessment = assess(workspace, request)
    inputs = list(_inputs(workspace, table, assessment.rules, request.year))
    absent = bool(table["inputs"]) and all(item.present is None for item in inputs)
    with tempfile.TemporaryDirectory() as scratch:
        files = {} if absent else _recompute(assessment, workspace, request, Path(scratch))
        wrong = _listed_wrongly(delivery, inputs, Remade(files, fresh=True), assessment)
        remade = _remade(delivery, files, inputs, wrong, assessment.rules, absent)
        results = list(_outputs(delivery, remade))
        edited += edits(delivery, remade, wrong, request, assessment.rules)
        judged = [] if absent else list(_judged(inputs, wrong, remade, delivery))
        if not absent:
            judged += _rules(delivery, remade, assessment.rules)
    records = [Verdict(MANIFEST, "record-edited", tuple(edited))] if edited else []
    verdicts = [*records, *judged, *results, *_extra(delivery, remade)]
    return verdicts, _absent(delivery) if absent else []


def _request(asked: dict[str, Any]) -> Request:
    printed = date.fromisoformat(asked["printed"]) if asked.get("printed") else None
    pages = listed_pages({"request": asked})
    return Request(asked["year"], asked.get("rules") or "", printed, asked.get("report") or "unit", pages)


def _absent(delivery: Delivery) -> list[Finding]:
    return [finding("verify-inputs-absent", delivery.place, count=len(delivery.table["inputs"]))]


def _inputs(
    workspace: Workspace, table: dict[str, Any], rules: RuleSet | None, year: int
) -> Iterator[_Input]:
    """Each input that is listed, then each that is there and not listed."""
    present = input_files(workspace, year, rules)
    known = {row["path"]: row["sha256"] for row in table["inputs"]}
    for name, listed in known.items():
        yield _Input(name, listed, digest_of(workspace.path(name, present)))
    for path in present:
        if (name := workspace.relative(path)) not in known:
            yield _Input(name, None, digest_of(path))


def _recompute(
    assessment: Assessment, workspace: Workspace, request: Request, scratch: Path
) -> dict[str, Path]:
    """The outputs that the inputs come to now, by name."""
    if assessment.unit is None or assessment.rules is None:
        return {}
    made = {}
    for output in outputs(assessment.unit, assessment.rules, request, workspace.report_template):
        path = scratch / output.name
        path.parent.mkdir(parents=True, exist_ok=True)
        output.write(path)
        made[output.name] = path
    return made


def _listed_wrongly(
    delivery: Delivery, inputs: Iterable[_Input], remade: Remade, assessment: Assessment
) -> dict[str, str]:
    """Inputs that are as they were, whatever the manifest says: name to what is wrong with its row."""
    recorded = recorded_inputs(delivery, remade, assessment.unit)
    tampered = delivery.seal_broken and delivery.confirmed(remade)
    wrong = {}
    for item in inputs:
        if not item.present or item.present == item.listed:
            continue
        witnessed = recorded.get(item.name) == item.present
        if item.listed is None and witnessed:
            wrong[item.name] = f"缺少输入“{item.name}”这一行"
        elif item.listed is not None and (witnessed or (tampered and item.name not in recorded)):
            wrong[item.name] = f"输入“{item.name}”的指纹被改，用现有输入能重算出全部交付文件"
    return wrong


def _remade(
    delivery: Delivery,
    files: dict[str, Path],
    inputs: Iterable[_Input],
    wrong: dict[str, str],
    rules: RuleSet | None,
    absent: bool,
) -> Remade:
    unlike = [item for item in inputs if item.listed != item.present and item.name not in wrong]
    again = Remade(files, fresh=True)
    confirmed = delivery.confirmed(again)
    changed = any(item.listed is not None for item in unlike)
    matters = not confirmed and (bool(unlike) or _rules_differ(delivery, rules))
    # Versions that make the same bytes are no matter.
    other = "" if confirmed else _other_versions(delivery.table)
    if other:
        _relist(delivery, files)
    fresh = bool(files) and not changed and not matters
    return Remade(files, fresh, _NO_INPUTS if absent else _CHANGED_INPUTS, other)


def _rules_differ(delivery: Delivery, rules: RuleSet | None) -> bool:
    return rules is not None and rules.sha256 != delivery.table.get("rules", {}).get("sha256")


def _other_versions(table: dict[str, Any]) -> str:
    """Versions of the tool and of the libraries that are not those of the delivery."""
    then = {"evaluate": table.get("tool", {}).get("version"), **table.get("libraries", {})}
    now = {"evaluate": __version__, **libraries()}
    pairs = ((name, str(version), now.get(name, "没有")) for name, version in then.items())
    return "、".join(f"{name} {was}（现为 {current}）" for name, was, current in pairs if was != current)


def _relist(delivery: Delivery, files: dict[str, Path]) -> None:
    """On the page made again, list the fingerprints of the files that were delivered: those of another
    version of a library are others.
    """
    again, page = Remade(files, fresh=True), files.get(file_names.PAGE)
    if page is None or delivery.is_remade(file_names.PAGE, again):
        return
    text = page.read_text(encoding="utf-8")
    for name, row in delivery.listed.items():
        text = text.replace(again.digest(name) or row["sha256"], row["sha256"])
    page.write_bytes(text.encode())


def _judged(
    inputs: Iterable[_Input], wrong: dict[str, str], remade: Remade, delivery: Delivery
) -> Iterator[Verdict]:
    for item in inputs:
        place = Place(item.name)
        if item.name in wrong or item.present == item.listed:
            yield Verdict(item.name, "input-unchanged")
        elif item.present is None:
            yield Verdict(item.name, "input-missing", (finding("verify-input-missing", place),))
        elif item.listed is not None:
            yield Verdict(item.name, "input-changed", (finding("verify-input-changed", place),))
        else:
            counts = not delivery.confirmed(remade)
            code = "verify-input-added-counts" if counts else "verify-input-added"
            yield Verdict(item.name, "input-added", (finding(code, place),))


def _rules(delivery: Delivery, remade: Remade, rules: RuleSet | None) -> list[Verdict]:
    """The rules, where they are not those of the delivery."""
    if rules is None or not _rules_differ(delivery, rules) or delivery.confirmed(remade):
        return []
    table = delivery.table.get("rules", {})
    found = finding(
        "verify-rules-changed",
        Place(rules.name),
        name=table.get("name", ""),
        before=str(table.get("sha256"))[:12],
        after=rules.sha256[:12],
    )
    return [Verdict(rules.name, "rules-changed", (found,))]


def _outputs(delivery: Delivery, remade: Remade) -> Iterator[Verdict]:
    """Every file that is listed, and every one that should be."""
    listed = delivery.listed
    names = dict.fromkeys((*listed, *delivery.due(remade)))
    for name in names:
        sha256 = listed[name]["sha256"].lower() if name in listed else None
        yield judge(name, delivery.folder / name, delivery.at(name), sha256, remade)
    if delivery.seals is None and "libraries" in delivery.table:  # deliveries of before had none
        yield Verdict(SEALS, "missing", (finding("verify-output-missing", delivery.at(SEALS)),))


def _extra(delivery: Delivery, remade: Remade) -> Iterator[Verdict]:
    known = {MANIFEST, SEALS, *delivery.listed, *delivery.due(remade)}
    for path in sorted(delivery.folder.rglob("*")):
        name = relative(path, delivery.folder)
        if path.is_file() and name not in known and not name.startswith((KEPT, ".")):
            yield Verdict(name, "extra", (finding("verify-output-extra", delivery.at(name)),))
