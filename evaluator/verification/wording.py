"""Values in the words of a finding, cut to what a line can hold."""

from __future__ import annotations

import json
from typing import Any

_LONGEST = 60


def short(value: Any) -> str:
    """A text, or a JSON value, of at most sixty characters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}…"


def apart(before: str, after: str) -> tuple[str, str]:
    """Two long texts cut to the neighbourhood of their first difference."""
    at = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    at = at or min(len(before), len(after))
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    start = max(0, at - 15)
    mark = "…" if start else ""
    return short(mark + before[start:]), short(mark + after[start:])
