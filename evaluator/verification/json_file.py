"""Two JSON files held against each other, value by value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.wording import short

_MOST = 200


def json_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Findings for each value that differs; none where only blanks and line ends do.

    Findings: verify-output-changed, verify-cell-changed with the path as cell (``$.projects[0].total``).
    """
    before = json.loads(original.read_text(encoding="utf-8"))
    try:
        after = json.loads(present.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        yield finding("verify-output-changed", place, extent="，已不是有效的 JSON")
        return
    for number, (path, old, new) in enumerate(leaves(before, after)):
        if number == _MOST:
            return
        yield finding(
            "verify-cell-changed", Place(place.file, cell=path), before=short(old), after=short(new)
        )


def leaves(before: Any, after: Any, path: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """Every place where two JSON values differ, as (path, before, after)."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from leaves(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from leaves(old, new, f"{path}[{index}]")
    elif (type(before), before) != (type(after), after):
        yield path, before, after
