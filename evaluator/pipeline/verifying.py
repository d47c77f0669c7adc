"""Does a delivery still match its inputs, its manifest, and what the inputs come to?"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from evaluator.pipeline.delivering import KEPT, MANIFEST, input_files, outputs, read_manifest
from evaluator.pipeline.evaluating import Request
from evaluator.pipeline.running import Assessment, assess
from evaluator.pipeline.workspace import Workspace
from evaluator.readers.archive import check_archive
from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.findings import Finding, finding, has_errors
from evaluator.records.source import Place
from evaluator.storage.files import digest, relative
from evaluator.workbooks.trimming import trimmed

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
    rules = assessment.rules
    present = input_files(workspace, request.year, rules)
    for row in table["inputs"]:
        place = Place(row["path"])
        sha256 = _digest(workspace.path(row["path"], present))
        if sha256 is None:
            yield Verdict(row["path"], "input-missing", (finding("verify-input-missing", place),))
        elif sha256 != row["sha256"]:
            yield Verdict(row["path"], "input-changed", (finding("verify-input-changed", place),))
        else:
            yield Verdict(row["path"], "input-unchanged")
    if rules is None:
        return
    known = {row["path"] for row in table["inputs"]}
    for path in present:
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


def _digest(path: Path) -> str | None:
    """The sha256 of a file; None where there is none, empty where it cannot be read."""
    try:
        return digest(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError:
        return ""


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
    present = _digest(path)
    if present is None:
        return Verdict(row["path"], "missing", (finding("verify-output-missing", place),))
    if not present:
        locked = finding("verify-output-changed", place, extent="，现在没有权限读取，或正被其他程序打开")
        return Verdict(row["path"], "changed", (locked,))
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
    for data_only in (False, True):
        before, after = _open(original, data_only), _open(present, data_only)
        if after is None:
            yield finding("verify-output-changed", place, extent="，已无法打开")
            return
        found = list(_sheet_differences(before, after, place))
        if found:
            yield from found[:_MOST_CELLS]
            return
    yield finding(
        "verify-output-changed", place, extent="，但各单元格的内容相同（可能只是重新保存过，或改了格式）"
    )


def _open(path: Path, data_only: bool) -> Any:
    """A workbook that anybody may have changed; None where it cannot be opened."""
    from openpyxl import load_workbook

    try:
        content = path.read_bytes()
        if check_archive(content, path.name):
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(BytesIO(trimmed(content)), data_only=data_only)
    except PARSER_ERRORS:
        return None


def _sheet_differences(before: Any, after: Any, place: Place) -> Iterator[Finding]:
    from openpyxl.utils import get_column_letter

    names = dict.fromkeys((*before.sheetnames, *after.sheetnames))
    for name in names:
        if name not in after.sheetnames or name not in before.sheetnames:
            state = "被删除" if name in before.sheetnames else "是后来增加的"
            yield finding("verify-output-changed", Place(place.file, name), extent=f"，工作表“{name}”{state}")
            continue
        old, new = before[name], after[name]
        review = _review_cells(old)
        was_there, is_there_now = _values(old), _values(new)
        for row, column in sorted({*was_there, *is_there_now}):
            was, is_now = was_there.get((row, column)), is_there_now.get((row, column))
            if _same(was, is_now):
                continue
            at = Place(place.file, name, f"{get_column_letter(column)}{row}")
            if was is None and (column in review and row > review[column]):
                yield finding("verify-review-entered", at, after=_short(str(is_now)))
            else:
                yield finding("verify-cell-changed", at, before=_cell(was), after=_cell(is_now))


def _values(sheet: Any) -> dict[tuple[int, int], Any]:
    """What stands in a sheet, by row and column; one cell at the far corner does not make it large."""
    return {
        place: cell.value for place, cell in getattr(sheet, "_cells", {}).items() if cell.value is not None
    }


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
        name = relative(path, folder)
        if path.is_file() and name not in known and not name.startswith((KEPT, ".")):
            yield Verdict(name, "extra", (finding("verify-output-extra", workspace.place(path)),))
