"""A workspace's folders, and how its people see the paths in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluator.model import Place

REPORT_TEMPLATE = "自评报告模板.docx"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``targets/``, ``actuals/`` and ``reports/``."""

    root: Path

    def targets(self, year: int) -> Path:
        """Approved targets of a year."""
        return self.root / "targets" / str(year)

    def source(self, year: int) -> Path:
        """Approved forms as received; never rewritten."""
        return self.targets(year) / "source"

    def actuals(self, year: int) -> Path:
        """Fill-in workbooks of a year."""
        return self.root / "actuals" / str(year)

    def reports(self, year: int) -> Path:
        """The delivery of a year."""
        return self.root / "reports" / str(year)

    @property
    def newest_year(self) -> int | None:
        """The latest year that has a folder below ``targets/``."""
        folder = self.root / "targets"
        names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
        return max((int(name) for name in names if name.isdecimal() and len(name) == 4), default=None)

    @property
    def report_template(self) -> Path | None:
        """The unit's own Word template for the written report, where it has one."""
        path = self.root / "targets" / REPORT_TEMPLATE
        return path if path.is_file() else None

    def relative(self, path: Path) -> str:
        """A path as people see it: relative to the workspace with ``/``, else as it is."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def place(self, path: Path) -> Place:
        """The place of a whole file or folder."""
        return Place(self.relative(path))

    def workbooks(self, year: int) -> Iterator[Path]:
        """The files in ``actuals/`` that may be filled workbooks, in the order of their names."""
        yield from files_in(self.actuals(year))


def files_in(folder: Path) -> Iterator[Path]:
    """Files that a person put into a folder, by name."""
    from evaluator.readers import is_candidate

    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir(), key=lambda p: p.name) if is_candidate(path))


def digest(path: Path) -> str:
    """sha256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
