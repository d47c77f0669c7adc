"""Files: written beside their place and renamed, so that nothing is ever half written; names and digests.

What the file system refuses becomes a finding with a reason in Chinese.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place

DRAFT = ".~"
"""What the names of unfinished files begin with."""
SM3 = "sm3" in hashlib.algorithms_available
"""Whether this machine's OpenSSL has the commercial cipher SM3 (国密)."""
_ABANDONED = 3600  # seconds after which an unfinished file is what an interrupted run left
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EEXIST: "有同名的文件占了位置",
    errno.ENOTDIR: "路径中有一段是文件而不是文件夹",
    errno.EISDIR: "同名的是文件夹",
    errno.ENOENT: "所在文件夹不存在",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名或路径过长",
    errno.ELOOP: "快捷方式（符号链接）互相指向",
    errno.EIO: "磁盘读写出错",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EBUSY: "文件被占用",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
}


def relative(path: Path, root: Path) -> str:
    """A path as people see it: relative to the workspace with ``/``, else the whole of it.

    A name that is not valid text on this system is shown with replacement characters.
    """
    try:
        shown = path.absolute().relative_to(root.absolute())
    except ValueError:
        shown = path
    return os.fsencode(shown.as_posix()).decode("utf-8", "replace")


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder; unlike ``Path.exists``, no in a folder that is closed to us."""
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; no where we may not look."""
    return os.path.isdir(path)  # noqa: PTH112


def digest(path: Path) -> str:
    """sha256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def algorithms() -> tuple[str, ...]:
    """The fingerprints that this machine can make."""
    return ("sha256", "sm3") if SM3 else ("sha256",)


def digests_of(content: bytes) -> dict[str, str]:
    """The same of a file's content, as `digests` gives."""
    whole = {"sha256": hashlib.sha256(content).hexdigest()}
    return {**whole, "sm3": hashlib.new("sm3", content).hexdigest()} if SM3 else whole


def digests(path: Path) -> dict[str, str]:
    """sha256 of a file and, where this machine has it, SM3 (GB/T 32905), hexadecimal. Raises OSError."""
    wanted = {"sha256": hashlib.sha256(), **({"sm3": hashlib.new("sm3")} if SM3 else {})}
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            for whole in wanted.values():
                whole.update(block)
    return {name: whole.hexdigest() for name, whole in wanted.items()}


def digests_once(path: Path) -> Mapping[str, str]:
    """`digests`, computed once in a run for as long as size and time of the file are the same."""
    state = path.stat()
    return _digests(path, state.st_mtime_ns, state.st_size)


@cache
def _digests(path: Path, _time: int, _size: int) -> Mapping[str, str]:
    return digests(path)


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a temporary path next to `path`; on success it takes its place, on any error it is removed.

    Raises OSError as the file system does; `refusal` turns that into a finding.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=DRAFT, suffix=path.suffix)
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


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left unfinished; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{DRAFT}*"):
            if time.time() - path.lstat().st_mtime < _ABANDONED:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Why the file system refused something, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno or type(error).__name__}")


def refusal(error: OSError, place: Place) -> Finding:
    """The finding for a file that could not be written or replaced."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return finding("disk-full", place)
    if isinstance(error, PermissionError):
        return finding("file-locked", place)
    return finding("file-not-written", place, reason=reason(error))
