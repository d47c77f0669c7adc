"""Which files of a folder are worth reading."""

from __future__ import annotations

from pathlib import Path

_LEFT_BEHIND = ("~$", ".")  # lock files of Word and Excel; hidden files, lock files of LibreOffice
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}
_UNFINISHED = {".tmp", ".crdownload", ".part"}


def is_candidate(path: Path) -> bool:
    """Whether a path is a file that a person put there: no folder, hidden, lock or unfinished file."""
    return (
        not path.name.startswith(_LEFT_BEHIND)
        and not path.name.endswith("~")
        and path.name.lower() not in _OF_THE_SYSTEM
        and path.suffix.lower() not in _UNFINISHED
        and path.is_file()
    )
