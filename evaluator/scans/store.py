"""Pages kept once they are read: what was recognised, and the straightened picture, by the page's digest.

A page whose digest is known is never read again. The folder may be deleted at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from evaluator.storage.files import write_bytes

_OURS: Final = re.compile(r"[0-9a-f]{32}-\d+\.(?:json|jpg)")
_VERSION: Final = 2
"""Raised when pages are to be read anew by a better reader."""


def say_nothing(_file: str, _number: int, _count: int) -> None:
    """What hears of pages where nobody listens."""


@dataclass(frozen=True, slots=True)
class PageStore:
    """Where pages are kept, who is told of each page read, and whether anything may be written there.

    `named` gathers the digests of all pages that were asked for, by whoever reads with this store.
    """

    folder: Path
    tell: Callable[[str, int, int], None] = say_nothing
    writable: bool = True
    named: set[str] = field(default_factory=set)


def reading_path(folder: Path, sha256: str) -> Path:
    """The file of what was recognised on a page."""
    return folder / f"{sha256[:32]}-{_VERSION}.json"


def picture_path(folder: Path, sha256: str) -> Path:
    """The file of a page's straightened picture."""
    return folder / f"{sha256[:32]}-{_VERSION}.jpg"


def kept(folder: Path, sha256: str) -> dict[str, Any] | None:
    """What was recognised on a page: ``refused``, ``size``, ``blocks``; None where it is not kept."""
    try:
        page = json.loads(reading_path(folder, sha256).read_text(encoding="utf-8"))
        return page if {"refused", "size", "blocks"} <= page.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def write_page(path: Path, content: bytes) -> None:
    """Keep a file of a page. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, content)


def prune(folder: Path, named: Collection[str]) -> None:
    """Remove the pages that have none of the digests `named`, and nothing else that lies there.

    What cannot be removed (a picture that is open somewhere) stays for the next time.
    """
    keep = {path(folder, sha256).name for sha256 in named for path in (reading_path, picture_path)}
    with suppress(OSError):
        for path in [*folder.iterdir()]:
            if _OURS.fullmatch(path.name) and path.name not in keep:
                path.unlink(missing_ok=True)
