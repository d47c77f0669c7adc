"""Files are written beside their place and renamed, so that nothing is ever half written."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from evaluator.findings import Finding, finding
from evaluator.model import Place


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a temporary path next to `path`; on success it takes its place, on any error it is removed.

    Raises OSError as the file system does; `refusal` turns that into a finding.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".~", suffix=path.suffix)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step. Raises OSError."""
    with beside(path) as draft:
        draft.write_bytes(content)


def refusal(error: OSError, place: Place) -> Finding:
    """The finding for a file that could not be written or replaced."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return finding("disk-full", place)
    if isinstance(error, PermissionError):
        return finding("file-locked", place)
    return finding("file-not-written", place, reason=error.strerror or type(error).__name__)
