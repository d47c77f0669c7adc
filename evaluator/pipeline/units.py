"""Many units at once: found below a folder, each evaluated as the main command does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.pipeline.job import do_job, store_of
from evaluator.pipeline.projects import tool_identity
from evaluator.pipeline.settings import Request
from evaluator.pipeline.working import ALONE, Crew, work
from evaluator.pipeline.workshop import Workshop
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import Finding, finding, has_errors
from evaluator.records.source import Place
from evaluator.render import file_names
from evaluator.storage.files import is_folder, relative

_NEVER_UNITS = ("targets", "actuals", "reports")
_LARGE = 64  # workbooks; a unit with more is shared out project by project


@dataclass(frozen=True, slots=True)
class UnitPiece:
    """A unit to be evaluated: its folder, what is asked for, and which tool asks (see `tool_identity`)."""

    folder: str
    request: Request
    tool: str


@dataclass(frozen=True, slots=True)
class UnitDone:
    """What came of a unit: what happened on the way, and whether anything in it is an error.

    `problem` says why there is no delivery of this run (empty where there is one), `failed` that it is the
    program or the machine that failed.
    """

    folder: str
    events: tuple[Finding, ...] = ()
    problem: str = ""
    errors: bool = False
    failed: bool = False


class OtherToolError(Exception):
    """A worker has another version of the tool."""


def find_units(root: Path, year: int) -> tuple[list[Path], list[Finding]]:
    """The folders below `root` that hold ``targets/<year>``, by path; links are not followed.

    Findings: unit-is-the-whole, units-none, unit-in-unit, unit-folder-locked (errors), unit-link (warning).
    """
    findings: list[Finding] = []
    if is_folder(root / "targets" / str(year)):
        return [], [finding("unit-is-the-whole", Place(str(root)), year=year)]
    units = list(_walk(root, root, year, None, findings))
    if not units and not findings:
        findings.append(finding("units-none", Place(str(root)), year=year))
    return units, findings


def _walk(folder: Path, root: Path, year: int, outer: Path | None, findings: list[Finding]) -> Iterator[Path]:
    try:
        children = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        findings.append(finding("unit-folder-locked", Place(relative(folder, root))))
        return
    for child in children:
        if child.name.startswith(".") or child.name in _NEVER_UNITS or not is_folder(child):
            continue
        shown = relative(child, root)
        if _is_link(child):
            findings.append(finding("unit-link", Place(shown)))
            continue
        inner = is_folder(child / "targets" / str(year))
        if inner and outer is not None:
            names = {"outer": relative(outer, root), "inner": shown}
            findings.append(finding("unit-in-unit", Place(shown), year=year, **names))
        elif inner:
            yield child
        yield from _walk(child, root, year, child if inner else outer, findings)


def _is_link(folder: Path) -> bool:
    """Whether a folder is a link to another place; Windows has junctions besides symbolic links."""
    return folder.is_symlink() or folder.resolve() != folder.parent.resolve() / folder.name


def evaluate_units(
    units: Sequence[Path],
    request: Request,
    crew: Crew,
    progress: Callable[[], None] = lambda: None,
) -> list[UnitDone]:
    """Evaluate each unit and deliver it into its own folder; what came of each, in their order.

    Small units are pieces of work each; the projects of a large one are shared out among the crew.
    """
    tool = tool_identity()
    pieces = [UnitPiece(str(unit), request, tool) for unit in units]
    large = [piece for piece in pieces if crew.width > 1 and _size(piece) > _LARGE]
    small = [piece for piece in pieces if piece not in large]
    done: dict[str, UnitDone] = {}
    for piece, outcome in zip(small, work(do_unit, small, crew), strict=True):
        done[piece.folder] = outcome.result or _failed(piece, outcome.problem)
        progress()
    for piece in large:
        outcome = next(work(lambda one: _do(one, crew), [piece], ALONE))
        done[piece.folder] = outcome.result or _failed(piece, outcome.problem)
        progress()
    return [done[piece.folder] for piece in pieces]


def _size(piece: UnitPiece) -> int:
    return len(Workspace(Path(piece.folder)).workbooks(piece.request.year))


def do_unit(piece: UnitPiece) -> UnitDone:
    """The main job of one unit. Raises OtherToolError on a worker with another version of the tool."""
    if piece.tool != tool_identity():
        raise OtherToolError("工作节点上的工具版本不同")
    return _do(piece, ALONE)


def _do(piece: UnitPiece, crew: Crew) -> UnitDone:
    workspace = Workspace(Path(piece.folder))
    job = do_job(workspace, piece.request, Workshop(crew, store_of(workspace), sheets=True))
    unit = job.assessment.unit
    found = [*job.assessment.findings, *job.events]
    refused = [item.text for item in found if has_errors([item]) and not item.project]
    problem = (
        _undelivered(workspace, piece.request.year, job.events) if unit else (refused or ["没有项目"])[0]
    )
    return UnitDone(piece.folder, job.events, problem, has_errors(found))


def _undelivered(workspace: Workspace, year: int, events: Sequence[Finding]) -> str:
    """Why the result as a whole was not put into place, if it was not."""
    folder = workspace.reports(year)
    places = {workspace.relative(path) for path in (folder, folder / file_names.EVALUATION)}
    refused = [item.text for item in events if has_errors([item]) and item.place.file in places]
    return refused[0] if refused else ""


def _failed(piece: UnitPiece, problem: str) -> UnitDone:
    return UnitDone(piece.folder, problem=problem, errors=True, failed=True)
