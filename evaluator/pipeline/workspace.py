"""A workspace's folders, and how its people see the paths in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.scans.store import say_nothing
from evaluator.storage.files import is_there, relative

EARLIER = "旧表"
"""The folder beside the workbooks that holds those replaced by a refresh."""
REPORT_TEMPLATE = "自评报告模板.docx"
OWN_WORDS = ("词表.csv", "词表.xlsx")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``targets/``, ``actuals/`` and ``reports/``.

    `tell` hears of every page that is read from a picture (file, page, of how many): that takes a while.
    """

    root: Path
    tell: Callable[[str, int, int], None] = field(default=say_nothing, compare=False, repr=False)

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
        names: list[str] = []
        with contextlib.suppress(OSError):
            names = [path.name for path in (self.root / "targets").iterdir() if path.is_dir()]
        return max((int(name) for name in names if name.isdecimal() and len(name) == 4), default=None)

    @property
    def report_template(self) -> Path | None:
        """The unit's own Word template for the written report, where it has one."""
        path = self.root / "targets" / REPORT_TEMPLATE
        return path if is_there(path) else None

    @property
    def own_words(self) -> Path:
        """The unit's own words for forms that say things otherwise; there need be none."""
        paths = [self.root / "targets" / name for name in OWN_WORDS]
        return next((path for path in paths if is_there(path)), paths[0])

    def relative(self, path: Path) -> str:
        """A path as people see it: relative to the workspace with ``/``, else as it is."""
        return relative(path, self.root)

    def path(self, shown: str, among: Iterable[Path] = ()) -> Path:
        """The file that people see under a name: the one `among` those given, else the one of that name."""
        return next((path for path in among if self.relative(path) == shown), self.root / shown)

    def place(self, path: Path) -> Place:
        """The place of a whole file or folder."""
        return Place(self.relative(path))

    def sources(self, year: int) -> list[Path]:
        """The files in ``source/`` that may be approved forms, in the order of their names."""
        return [path for path in files_in(self.source(year)) if not self.leads_out(path)]

    def workbooks(self, year: int) -> list[Path]:
        """The files in ``actuals/`` that may be filled workbooks, in the order of their names."""
        return [path for path in files_in(self.actuals(year)) if not self.leads_out(path)]

    def links_out(self, folder: Path) -> list[Path]:
        """The links in a folder that lead out of the workspace: nothing there is read."""
        try:
            return sorted(path for path in folder.iterdir() if self.leads_out(path))
        except OSError:
            return []

    def leads_out(self, path: Path) -> bool:
        """Whether a link's end is a file or folder outside; what is outside is not the unit's to deliver."""
        try:
            return path.is_symlink() and not path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # a link that leads to itself
            return True

    def unread(self, folder: Path) -> list[Finding]:
        """What of a folder that people fill is not read: all of it, folders in it, links out or to nothing.

        Findings: folder-locked, folder-in-folder, link-broken, link-outside.
        """
        try:
            children = sorted(folder.iterdir())
            return [found for path in children for found in self._unread(path)]
        except PermissionError:
            return [finding("folder-locked", self.place(folder))]
        except OSError:
            return []

    def _unread(self, path: Path) -> Iterator[Finding]:
        path.lstat()
        if path.is_symlink() and not path.exists():
            yield finding("link-broken", self.place(path))
        elif self.leads_out(path):
            yield finding("link-outside", self.place(path))
        elif path.is_dir() and path.name != EARLIER and not path.name.startswith("."):
            files = files_in(path)
            if files:
                yield finding("folder-in-folder", self.place(path), count=len(files))


def files_in(folder: Path) -> list[Path]:
    """Files that a person put into a folder, by name; none where there is no such folder."""
    from evaluator.readers import is_candidate

    try:
        return [path for path in sorted(folder.iterdir(), key=lambda p: p.name) if is_candidate(path)]
    except OSError:
        return []
