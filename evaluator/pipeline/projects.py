"""The work on projects as one pure function: a bundle of them in, evaluations and finished sheets out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import msgspec

from evaluator import __version__
from evaluator.pipeline.evaluating import evaluate_project
from evaluator.pipeline.manifest import Digests, libraries
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Project
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding
from evaluator.records.review import Review
from evaluator.render import file_names
from evaluator.render.evaluation_json import project_part
from evaluator.rulesets import RuleSet
from evaluator.storage.files import algorithms, digests_of
from evaluator.storage.store import key_of


@dataclass(frozen=True, slots=True)
class Task:
    """One project to be evaluated: its workbook by path and sha256 (empty: none), findings on its targets."""

    project: Project
    workbook: str = ""
    sha256: str = ""
    known: tuple[Finding, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some projects of one unit, with all that their work depends on.

    `unit` is the unit's head without evaluations; with `sheets` the score and import sheets are made, too.
    """

    root: str
    request: Request
    rules: RuleSet
    unit: UnitEvaluation
    tasks: tuple[Task, ...]
    sheets: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: the evaluation, the bytes of its sheets by name, its part of evaluation.json.

    `digests` are the fingerprints of the sheets by name.
    """

    evaluation: Evaluation
    sheets: Mapping[str, bytes]
    part: bytes = b""
    digests: Mapping[str, Digests] = field(default_factory=dict)


def do_bundle(bundle: Bundle) -> tuple[Done, ...]:
    """Evaluate the projects of a bundle, in their order, and make their sheets."""
    return tuple(_do(bundle, task) for task in bundle.tasks)


def _do(bundle: Bundle, task: Task) -> Done:
    workspace, year = Workspace(Path(bundle.root)), bundle.request.year
    path = Path(task.workbook) if task.workbook else None
    evaluation = evaluate_project(task.project, path, workspace, year, bundle.rules, task.known, task.reviews)
    if not bundle.sheets:
        return Done(evaluation, {})
    sheets = _sheets(bundle, evaluation)
    prints = {name: digests_of(content) for name, content in sheets.items()}
    return Done(evaluation, sheets, project_part(evaluation, bundle.unit.layout), prints)


def _sheets(bundle: Bundle, evaluation: Evaluation) -> dict[str, bytes]:
    from evaluator.render.score_sheet.import_sheet import import_sheet
    from evaluator.render.score_sheet.workbook import score_sheet

    return {
        file_names.score_sheet(evaluation.project): score_sheet(evaluation, bundle.unit, bundle.rules),
        file_names.import_sheet(evaluation.project): import_sheet(evaluation),
    }


def prepare() -> None:
    """Import what bundles need, so that forked workers have it already."""
    import lxml.etree  # noqa: F401

    from evaluator.render.score_sheet import import_sheet, workbook  # noqa: F401


def bundled(bundle: Bundle, size: int) -> list[Bundle]:
    """The same work in bundles of at most `size` projects."""
    tasks = bundle.tasks
    return [replace(bundle, tasks=tasks[start : start + size]) for start in range(0, len(tasks), size)]


def task_key(bundle: Bundle, task: Task) -> str:
    """The key of a task's result: everything that it depends on, the tool and its libraries included."""
    head = replace(bundle.unit, findings=())
    inputs = (task.project, task.known, task.reviews, bundle.request, head, bool(task.workbook))
    said = msgspec.json.encode(inputs)
    where = Workspace(Path(bundle.root)).relative(Path(task.workbook)) if task.workbook else ""
    prints = ",".join(algorithms())  # a machine without SM3 lists none that another made
    return key_of("project", tool_identity(), prints, repr(bundle.rules), said, where, task.sha256)


@cache
def tool_identity() -> str:
    """The tool's version, its own files and the versions of the libraries that make the bytes."""
    whole = hashlib.sha256(__version__.encode())
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    for name, version in libraries().items():
        whole.update(f"{name}={version}".encode())
    return whole.hexdigest()


def encode(done: Done) -> bytes:
    """A result as the store keeps it."""
    return msgspec.msgpack.encode(done)


def decode(content: bytes) -> Done | None:
    """A result as it was kept; None where it is not one of this version's."""
    try:
        return msgspec.msgpack.decode(content, type=Done)
    except msgspec.MsgspecError:
        return None
