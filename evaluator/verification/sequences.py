"""Two sequences of pieces (paragraphs, elements) aligned: which piece was changed, taken out, put in."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

_MOST = 3000  # pieces on either side that differ; beyond it alignment takes minutes and tells nobody anything


def changes(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of indices of what differs: both sides changed, (n, None) taken out, (None, n) put in."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > _MOST:
        yield head, head
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(b - a, d - c)):
            yield (head + a + step if a + step < b else None, head + c + step if c + step < d else None)
