"""The main job as a whole: read, score, deliver; or see that all of it was done for the same inputs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from evaluator.pipeline.delivering import deliver, hash_inputs
from evaluator.pipeline.manifest import MANIFEST, SEALS, Digests, listed_pages, manifest, read_manifest, seals
from evaluator.pipeline.projects import tool_identity
from evaluator.pipeline.running import Assessment, assess
from evaluator.pipeline.scan_review import is_touched
from evaluator.pipeline.settings import Request, choose_rules
from evaluator.pipeline.workshop import Workshop
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.rulesets import RuleSet
from evaluator.storage.files import digest, digests, sweep
from evaluator.storage.store import FOLDER, Store, key_of

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is, of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the main job gave: the assessment, and what happened on the way (events)."""

    assessment: Assessment
    events: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A unit as it was evaluated and delivered once, with the fingerprints of each delivered file."""

    unit: UnitEvaluation
    outputs: Mapping[str, Mapping[str, str]]


def store_of(workspace: Workspace) -> Store:
    """The store of results in a workspace."""
    return Store(workspace.root / FOLDER)


def do_job(
    workspace: Workspace,
    request: Request,
    workshop: Workshop,
    progress: Progress = lambda what, done, whole: None,
) -> Job:
    """Evaluate a year and deliver it; what was delivered for the same inputs is not made again.

    While another run writes the same workspace nothing is done: finding delivery-busy (error).
    """
    with _alone(workspace) as free:
        if free:
            return _do_job(workspace, request, workshop, progress)
    busy = finding("delivery-busy", workspace.place(workspace.reports(request.year)))
    return Job(Assessment(None, None, (busy,)))


@contextlib.contextmanager
def _alone(workspace: Workspace) -> Iterator[bool]:
    """Whether no other run writes this workspace; where no lock can be made, none can write either."""
    from filelock import FileLock, Timeout

    lock = FileLock(workspace.root / FOLDER / "lock", timeout=0)
    try:
        (workspace.root / FOLDER).mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        yield False
        return
    except (OSError, NotImplementedError):
        yield True
        return
    try:
        yield True
    finally:
        lock.release()


def _do_job(workspace: Workspace, request: Request, workshop: Workshop, progress: Progress) -> Job:
    rules, problems = choose_rules(workspace, request)
    settled = not problems and not is_touched(workspace, request.year)
    if rules is not None and settled and workshop.store is not None:
        done = _done_before(workspace, request, rules, workshop.store)
        if done is not None:
            sweep(workspace.reports(request.year))
            return Job(done)
    counted = _Counter(progress, "计分")
    assessment = assess(
        workspace, request, writing=True, progress=counted.add, workshop=workshop, expect=counted.expect
    )
    if assessment.unit is None or assessment.rules is None:
        return Job(assessment, assessment.events)
    inputs, unread = hash_inputs(workspace, request.year, assessment.rules)
    counted = _Counter(progress, "写报告")
    unit, rules, sheets = assessment.unit, assessment.rules, assessment.sheets
    delivery = deliver(workspace, request, unit, rules, inputs, sheets, counted.add, workshop.crew)
    job = Job(assessment, (*assessment.events, *unread, *delivery))
    if workshop.store is not None:
        if not job.events:
            _keep(workspace, request, assessment.rules, assessment.unit, workshop.store, inputs)
        workshop.store.trim()
    return job


class _Counter:
    """Counts what is done for the person who waits."""

    def __init__(self, progress: Progress, what: str) -> None:
        self._progress, self._what, self._done, self._whole = progress, what, 0, 0

    def expect(self, whole: int) -> None:
        self._whole = whole
        self._progress(self._what, 0, whole)

    def add(self, count: int = 1) -> None:
        self._done += count
        self._progress(self._what, self._done, self._whole)


def _key(workspace: Workspace, request: Request, rules: RuleSet, inputs: Mapping[str, Digests]) -> str:
    """The key of the whole: every input by name and sha256, and what of the folders is not read."""
    folders = (workspace.source(request.year), workspace.actuals(request.year))
    passing = [item for folder in folders for item in workspace.unread(folder)]
    said = msgspec.json.encode([request, dict(inputs), passing, rules.name, rules.title])
    return key_of("unit", tool_identity(), repr(rules), said)


def _done_before(workspace: Workspace, request: Request, rules: RuleSet, store: Store) -> Assessment | None:
    """The assessment of an earlier run on the same inputs, where its delivery still lies there whole."""
    inputs, unread = hash_inputs(workspace, request.year, rules)
    content = None if unread else store.get(_key(workspace, request, rules, inputs))
    if content is None:
        return None
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept)
    except msgspec.MsgspecError:
        return None
    if not _is_delivered(workspace, request, rules, inputs, kept.outputs):
        return None
    return Assessment(kept.unit, rules, kept.unit.all_findings)


def _is_delivered(
    workspace: Workspace,
    request: Request,
    rules: RuleSet,
    inputs: Mapping[str, Digests],
    outputs: Mapping[str, Digests],
) -> bool:
    folder = workspace.reports(request.year)
    if request.pages is not None:
        request = replace(request, pages=listed_pages(read_manifest(folder) or {}))
    try:
        whole = (folder / MANIFEST).read_bytes() == manifest(request, rules, inputs, outputs)
        whole = whole and (folder / SEALS).read_bytes() == seals(digests(folder / MANIFEST), outputs)
        return whole and all(digest(folder / name) == row["sha256"] for name, row in outputs.items())
    except OSError:
        return False


def _keep(
    workspace: Workspace,
    request: Request,
    rules: RuleSet,
    unit: UnitEvaluation,
    store: Store,
    inputs: Mapping[str, Digests],
) -> None:
    table = read_manifest(workspace.reports(request.year))
    if table is None:
        return
    outputs = {row.pop("path"): row for row in table["outputs"]}
    store.put(_key(workspace, request, rules, inputs), msgspec.msgpack.encode(_Kept(unit, outputs)))
