"""What lies on the sheets of a workbook or in a document that was not delivered with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.package import attached, sheet_parts
from evaluator.verification.wording import short


def attachment_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Pictures, shapes, comments, macros and the like that came or went. Findings: verify-covered."""
    before, after = Counter(attached_to(original)), Counter(attached_to(present))
    for changes, how in ((after - before, "是后来加上的"), (before - after, "不见了")):
        for (part, kind, where, text), count in changes.items():
            what = kind + (f"（{short(text)}）" if text else "") + (f" {count} 处" if count > 1 else "")
            yield finding("verify-covered", Place(place.file, part, where), what=what, how=how)


def attached_to(path: Path) -> list[tuple[str, str, str, str]]:
    """What is attached to a file, as (sheet, kind, cells, text)."""
    names = sheet_parts(path) if path.suffix == ".xlsx" else {}
    return [(names.get(item.owner, ""), item.kind, item.where, item.text) for item in attached(path)]
