"""The targets of a year as they were loaded once, for as long as no file behind them has changed."""

from __future__ import annotations

import msgspec

from evaluator.pipeline.delivering import input_files
from evaluator.pipeline.importing import Targets, load_or_import
from evaluator.pipeline.projects import tool_identity
from evaluator.pipeline.scan_review import is_touched
from evaluator.pipeline.workspace import Workspace
from evaluator.storage.files import digests_once
from evaluator.storage.store import Store, key_of


def load_or_import_once(workspace: Workspace, year: int, store: Store | None) -> Targets:
    """What `load_or_import` gives, from the store where it was loaded from the very same files."""
    key = _key(workspace, year) if store else ""
    content = store.get(key) if store and key else None
    if content is not None:
        try:
            return msgspec.msgpack.decode(content, type=Targets)
        except msgspec.MsgspecError:
            pass
    targets = load_or_import(workspace, year)
    if store and key and targets.projects and not targets.events:
        store.put(key, msgspec.msgpack.encode(targets))
    return targets


def _key(workspace: Workspace, year: int) -> str:
    """The key of the year's targets; empty where one of their files cannot be read, or entries wait."""
    if is_touched(workspace, year):
        return ""
    folder = workspace.targets(year)
    files = [
        path
        for path in input_files(workspace, year, None)
        if folder in path.parents or path == workspace.own_words
    ]
    try:
        hashes = [(workspace.relative(path), digests_once(path)["sha256"]) for path in files]
    except OSError:
        return ""
    said = msgspec.json.encode([year, hashes, workspace.unread(workspace.source(year))])
    return key_of("targets", tool_identity(), said)
