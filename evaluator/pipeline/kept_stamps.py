"""Whose workbooks lie in ``actuals/``, as seen once: one of the same bytes is not opened again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from evaluator.pipeline.projects import tool_identity
from evaluator.records.findings import Finding
from evaluator.storage.files import digests_once
from evaluator.storage.store import Store, key_of
from evaluator.workbooks import Stamp, peek


class KeptStamps:
    """The stamps of a year's workbooks by sha256, in the store (None: nowhere)."""

    def __init__(self, store: Store | None, year: int) -> None:
        self._store = store
        self._key = key_of("stamps", tool_identity(), str(year)) if store else ""
        self._known = self._load()
        self._seen: dict[str, Stamp] = {}

    def _load(self) -> dict[str, Stamp]:
        content = self._store.get(self._key) if self._store else None
        try:
            return msgspec.msgpack.decode(content or b"\x80", type=dict[str, Stamp])
        except msgspec.MsgspecError:
            return {}

    def peek(self, path: Path, root: Path) -> tuple[Stamp | None, list[Finding]]:
        """Whose workbook it is, as `workbooks.peek` says; what is none of ours is opened each time."""
        try:
            sha256 = digests_once(path)["sha256"]
        except OSError:
            return peek(path, root)
        known = self._known.get(sha256)
        stamp, findings = (known, []) if known else peek(path, root)
        if stamp is not None:
            self._seen[sha256] = stamp
        return stamp, findings

    def save(self) -> None:
        """Keep what was seen."""
        if self._store and self._seen != self._known:
            self._store.put(self._key, msgspec.msgpack.encode(self._seen))
