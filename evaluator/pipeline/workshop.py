"""A unit's projects evaluated by whoever is there, each only once for the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evaluator.checks import check_unit
from evaluator.pipeline.manifest import Digests
from evaluator.pipeline.projects import (
    Bundle,
    Done,
    Task,
    bundled,
    decode,
    do_bundle,
    encode,
    prepare,
    task_key,
)
from evaluator.pipeline.settings import Request
from evaluator.pipeline.working import ALONE, Crew, work
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Project
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.review import Review
from evaluator.rulesets import RuleSet
from evaluator.scoring import score_project
from evaluator.storage.files import digests_once
from evaluator.storage.store import Store

_LARGEST_BUNDLE = 16
_AT_HAND = 512  # sheets of some 15 kB each
WORTH_A_POOL = 8
"""Projects; fewer are done before workers are up."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who does the work, where results are kept (None: nowhere), and whether sheets are made with it."""

    crew: Crew = ALONE
    store: Store | None = None
    sheets: bool = False


AT_HOME = Workshop()
"""This process, nothing kept."""


@dataclass
class Sheets:
    """The finished sheets of a unit by name: at hand, of a large unit in the store under their project's key.

    `parts` are the projects' parts of evaluation.json by project, `digests` the sheets' fingerprints by name.
    """

    store: Store | None
    keys: dict[str, str] = field(default_factory=dict)
    at_hand: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, Digests] = field(default_factory=dict)
    _last: tuple[str, Mapping[str, bytes]] = ("", {})

    def get(self, name: str) -> bytes | None:
        """The bytes of a sheet; None where it has to be made."""
        if name in self.at_hand:
            return self.at_hand[name]
        key = self.keys.get(name)
        if key is None or self.store is None:
            return None
        if self._last[0] != key:
            done = decode(self.store.get(key) or b"")
            self._last = (key, done.sheets if done else {})
        return self._last[1].get(name)

    def add(self, key: str, done: Done, *, kept: bool) -> None:
        """Remember where the sheets of a project are."""
        if done.part:
            self.parts[done.evaluation.project.key] = done.part
        self.digests.update(done.digests)
        if kept and len(self.at_hand) >= _AT_HAND:
            self.keys.update(dict.fromkeys(done.sheets, key))
        else:
            self.at_hand.update(done.sheets)


def evaluate_unit(
    workspace: Workspace,
    request: Request,
    projects: tuple[Project, ...],
    findings: Iterable[Finding],
    workbooks: Mapping[str, Path],
    rules: RuleSet,
    progress: Callable[[int], None] = lambda _: None,
    workshop: Workshop = AT_HOME,
    reviews: Sequence[Review] = (),
) -> tuple[UnitEvaluation, Sheets]:
    """Evaluate every project; findings go to the project they are about. `progress` is told the number.

    A project whose work failed twice has no actuals and the finding work-failed (error).
    """
    keys = {project.key for project in projects}
    own: dict[str, list[Finding]] = {}
    for item in findings:
        own.setdefault(item.project if item.project in keys else "", []).append(item)
    head = UnitEvaluation(
        year=request.year,
        rules=rules.name,
        rules_title=rules.title,
        rules_sha256=rules.sha256,
        layout=rules.layout,
        evaluations=(),
        printed=request.printed,
    )
    tasks = tuple(
        _task(
            project,
            workbooks.get(project.key),
            own.get(project.key, []),
            [review for review in reviews if review.project == project.key],
        )
        for project in projects
    )
    bundle = Bundle(str(workspace.root), request, rules, head, tasks, workshop.sheets)
    sheets = Sheets(workshop.store)
    evaluations = tuple(_evaluate(bundle, workshop, sheets, progress))
    return replace(head, evaluations=evaluations, findings=(*own.get("", []), *check_unit(projects))), sheets


def _task(
    project: Project, workbook: Path | None, known: Sequence[Finding], reviews: Sequence[Review]
) -> Task:
    if workbook is None:
        return Task(project, known=tuple(known), reviews=tuple(reviews))
    sha256 = digests_once(workbook)["sha256"]
    return Task(project, str(workbook), sha256, tuple(known), tuple(reviews))


def _evaluate(
    bundle: Bundle, workshop: Workshop, sheets: Sheets, progress: Callable[[int], None]
) -> Iterator[Evaluation]:
    """The evaluations in the order of the tasks; those that are kept are taken from the store."""
    store = workshop.store
    keys = [task_key(bundle, task) if store else "" for task in bundle.tasks]
    kept = {key: done for key in keys if store and (done := decode(store.get(key) or b""))}
    fresh = replace(
        bundle, tasks=tuple(t for t, key in zip(bundle.tasks, keys, strict=True) if key not in kept)
    )
    results = _work(fresh, workshop.crew)
    sha256 = {task.project.key: task.sha256 for task in bundle.tasks}
    for key in keys:
        done = kept.pop(key, None)
        known = done is not None
        if done is None:
            done, fine = next(results)
            known = bool(store and fine and _is_of(sha256, done) and store.put(key, encode(done)))
        sheets.add(key, done, kept=known)
        progress(1)
        yield done.evaluation


def _is_of(sha256: Mapping[str, str], done: Done) -> bool:
    """Whether a result is of the very workbook whose key it has: it may have been saved meanwhile."""
    submission = done.evaluation.submission
    return submission is None or submission.sha256 == sha256[done.evaluation.project.key]


def _work(bundle: Bundle, crew: Crew) -> Iterator[tuple[Done, bool]]:
    """Each task's result, and whether it came about; of a bundle that failed each task is tried alone."""
    if len(bundle.tasks) < WORTH_A_POOL:
        crew = ALONE
    if crew.width > 1:
        prepare()
    size = 1 if crew.width == 1 else min(_LARGEST_BUNDLE, max(1, len(bundle.tasks) // (crew.width * 4)))
    pieces = bundled(bundle, size)
    for piece, outcome in zip(pieces, work(do_bundle, pieces, crew), strict=True):
        if outcome.result is not None:
            yield from ((done, True) for done in outcome.result)
            continue
        singles = bundled(piece, 1)
        outcomes = [outcome] if len(singles) == 1 else work(do_bundle, singles, crew)
        for single, own in zip(singles, outcomes, strict=True):
            if own.result is not None:
                yield own.result[0], True
            else:
                yield _failed(single, own.problem), False


def _failed(bundle: Bundle, problem: str) -> Done:
    task = bundle.tasks[0]
    workspace = Workspace(Path(bundle.root))
    place = workspace.place(Path(task.workbook) if task.workbook else workspace.actuals(bundle.request.year))
    details = {"name": task.project.name, "problem": problem}
    said = finding("work-failed", place, project=task.project.key, **details)
    evaluation = score_project(task.project, None, bundle.rules)
    return Done(replace(evaluation, findings=(*task.known, said)), {})
