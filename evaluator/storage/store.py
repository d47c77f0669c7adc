"""A store of results by content: what was computed once for the same inputs is not computed again.

Lies in ``.evaluate/`` of a workspace and may be deleted at any time. An entry is a file named by its key,
which holds the sha256 of its content and then the content; one that does not agree with its own sha256 is
as good as none. Two runs at once only ever write whole entries beside and rename them.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluator.storage.files import write_bytes

FOLDER = ".evaluate"
LARGEST = 512 * 1024 * 1024
"""Bytes that a store may hold; beyond, what was not used for longest goes."""
_DIGEST = hashlib.sha256().digest_size


def key_of(kind: str, *parts: bytes | str) -> str:
    """The key of a result: sha256 over its kind and everything that it depends on, in order."""
    whole = hashlib.sha256()
    for part in (kind, *parts):
        content = part.encode() if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """The store of one workspace; `folder` is made when something is put into it."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """The content kept under a key; None where there is none that can be trusted."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            entry = path.read_bytes()
            content = entry[_DIGEST:]
            if hashlib.sha256(content).digest() == entry[:_DIGEST]:
                with contextlib.suppress(OSError):
                    path.touch()  # says when it was last of use
                return content
        return None

    def put(self, key: str, content: bytes) -> bool:
        """Keep a content under its key; whether that was possible (a full or closed disk is no fault)."""
        with contextlib.suppress(OSError):
            write_bytes(self._path(key), hashlib.sha256(content).digest() + content)
            return True
        return False

    def trim(self, largest: int = LARGEST) -> None:
        """Remove what was not used for longest until the store holds no more than `largest` bytes."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if total <= largest:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        with contextlib.suppress(OSError):
            for path in self.folder.glob("??/*"):
                with contextlib.suppress(OSError):
                    state = path.stat()
                    yield state.st_mtime, state.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]
