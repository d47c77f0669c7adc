"""Does a delivery still match its inputs, its manifest, and what the inputs come to?"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluator.findings import Finding, finding, has_errors
from evaluator.model import Place
from evaluator.pipeline.delivering import KEPT, MANIFEST, input_files, outputs, read_manifest
from evaluator.pipeline.evaluating import Request
from evaluator.pipeline.running import Assessment, assess
from evaluator.pipeline.workspace import Workspace, digest

_REVIEW = ("复核得分", "复核意见")
_MOST_CELLS = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one file: ``as-delivered``, ``changed``, ``missing``, ``extra``, ..."""

    path: str
    status: str
    findings: tuple[Finding, ...] = ()


def verify(workspace: Workspace, folder: Path) -> tuple[list[Verdict], list[Finding]]:
    """Check every input and output of a delivery and recompute it. Nothing is written to the workspace."""
    table = read_manifest(folder)
    if table is None:
        return [], [finding("verify-no-manifest", workspace.place(folder))]
    asked = table["request"]
    printed = date.fromisoformat(asked["printed"]) if asked.get("printed") else None
    request = Request(asked["year"], asked.get("rules") or "", printed)
    assessment = assess(workspace, request)
    inputs = list(_verify_inputs(workspace, table, assessment, request))
    fresh = not any(item.findings for item in inputs)
    with tempfile.TemporaryDirectory() as scratch:
        again = _recompute(assessment, workspace, Path(scratch))
        results = [
            _verify_output(workspace, folder, row, again.get(row["path"]), fresh, table)
            for row in table["outputs"]
        ]
    return [*inputs, *results, *_extra(workspace, folder, table)], []


def _recompute(assessment: Assessment, workspace: Workspace, scratch: Path) -> dict[str, Path]:
    """The outputs that the inputs come to now, by name."""
    if assessment.unit is None or assessment.rules is None:
        return {}
    made = {}
    for output in outputs(assessment.unit, assessment.rules, workspace.report_template):
        path = scratch / output.name
        path.parent.mkdir(parents=True, exist_ok=True)
        output.write(path)
        made[output.name] = path
    return made


def _verify_inputs(
    workspace: Workspace, table: dict[str, Any], assessment: Assessment, request: Request
) -> Iterator[Verdict]:
    for row in table["inputs"]:
        path, place = workspace.root / row["path"], Place(row["path"])
        if not path.is_file():
            yield Verdict(row["path"], "input-missing", (finding("verify-input-missing", place),))
        elif digest(path) != row["sha256"]:
            yield Verdict(row["path"], "input-changed", (finding("verify-input-changed", place),))
        else:
            yield Verdict(row["path"], "input-unchanged")
    rules = assessment.rules
    if rules is None:
        return
    known = {row["path"] for row in table["inputs"]}
    for path in input_files(workspace, request.year, rules):
        name = workspace.relative(path)
        if name not in known:
            yield Verdict(name, "input-added", (finding("verify-input-added", Place(name)),))
    delivered = table.get("rules", {})
    if rules.sha256 != delivered.get("sha256"):
        before, after = str(delivered.get("sha256"))[:12], rules.sha256[:12]
        found = finding(
            "verify-rules-changed",
            Place(rules.name),
            name=delivered.get("name", ""),
            before=before,
            after=after,
        )
        yield Verdict(rules.name, "rules-changed", (found,))


def _verify_output(
    workspace: Workspace,
    folder: Path,
    row: dict[str, str],
    again: Path | None,
    fresh: bool,
    table: dict[str, Any],
) -> Verdict:
    path = folder / row["path"]
    place = workspace.place(path)
    if not path.is_file():
        return Verdict(row["path"], "missing", (finding("verify-output-missing", place),))
    present = digest(path)
    if present == row["sha256"]:
        if not fresh or (again is not None and digest(again) == present):
            return Verdict(row["path"], "as-delivered")
        version = table.get("tool", {}).get("version", "")
        return Verdict(
            row["path"], "not-reproduced", (finding("verify-not-reproduced", place, version=version),)
        )
    # What was delivered can be made again only while the inputs are as they were.
    original = again if again is not None and digest(again) == row["sha256"] else None
    if original is None:
        why = "（输入也已改动，无法列出改动之处）"
        return Verdict(row["path"], "changed", (finding("verify-output-changed", place, extent=why),))
    found = tuple(_differences(original, path, place))
    status = "changed" if has_errors(found) or not found else "reviewed"
    return Verdict(row["path"], status, found or (finding("verify-output-changed", place, extent=""),))


def _differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    if present.suffix == ".xlsx":
        yield from _workbook_differences(original, present, place)
    elif present.suffix == ".json":
        yield from _json_differences(original, present, place)
    else:
        yield finding("verify-output-changed", place, extent="")


def _json_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    before = json.loads(original.read_text(encoding="utf-8"))
    try:
        after = json.loads(present.read_text(encoding="utf-8"))
    except ValueError:
        yield finding("verify-output-changed", place, extent="，已不是有效的 JSON")
        return
    found = False
    for path, old, new in _leaves(before, after, "$"):
        found = True
        yield finding("verify-cell-changed", Place(place.file, cell=path), before=old, after=new)
    if not found:
        yield finding("verify-output-changed", place, extent="（只是排版不同）")


def _leaves(before: Any, after: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Every place where two JSON values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from _leaves(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _leaves(old, new, f"{path}[{index}]")
    elif before != after:
        yield path, _short(before), _short(after)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _workbook_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Cell by cell: formulas first, then, where all formulas agree, the values shown."""
    import zipfile

    from openpyxl import load_workbook

    for data_only in (False, True):
        before = load_workbook(original, data_only=data_only)
        try:
            after = load_workbook(present, data_only=data_only)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            yield finding("verify-output-changed", place, extent="，已无法打开")
            return
        found = list(_sheet_differences(before, after, place))
        if found:
            yield from found[:_MOST_CELLS]
            return
    yield finding(
        "verify-output-changed", place, extent="，但各单元格的内容相同（可能只是重新保存过，或改了格式）"
    )


def _sheet_differences(before: Any, after: Any, place: Place) -> Iterator[Finding]:
    names = dict.fromkeys((*before.sheetnames, *after.sheetnames))
    for name in names:
        if name not in after.sheetnames or name not in before.sheetnames:
            state = "被删除" if name in before.sheetnames else "是后来增加的"
            yield finding("verify-output-changed", Place(place.file, name), extent=f"，工作表“{name}”{state}")
            continue
        old, new = before[name], after[name]
        review = _review_cells(old)
        for row in range(1, max(old.max_row, new.max_row) + 1):
            for column in range(1, max(old.max_column, new.max_column) + 1):
                was, is_now = old.cell(row, column).value, new.cell(row, column).value
                if _same(was, is_now):
                    continue
                at = Place(place.file, name, old.cell(row, column).coordinate)
                if was is None and (column in review and row > review[column]):
                    yield finding("verify-review-entered", at, after=_short(str(is_now)))
                else:
                    yield finding("verify-cell-changed", at, before=_cell(was), after=_cell(is_now))


def _same(was: Any, is_now: Any) -> bool:
    if isinstance(was, int | float) and isinstance(is_now, int | float):
        return format(was, ".12g") == format(is_now, ".12g")
    return (was or "") == (is_now or "")


def _cell(value: Any) -> str:
    return "（空）" if value is None else _short(str(value))


def _review_cells(sheet: Any) -> dict[int, int]:
    """The auditor's columns: column to the row of its head."""
    heads = (cell for row in sheet.iter_rows() for cell in row if cell.value in _REVIEW)
    first: dict[int, int] = {}
    for cell in heads:
        first.setdefault(cell.column, cell.row)
    return first


def _extra(workspace: Workspace, folder: Path, table: dict[str, Any]) -> Iterator[Verdict]:
    known = {MANIFEST, *(row["path"] for row in table["outputs"])}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and not name.startswith((KEPT, ".")):
            yield Verdict(name, "extra", (finding("verify-output-extra", workspace.place(path)),))
