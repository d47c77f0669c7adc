"""The main job: targets, actuals and rules to an evaluation; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.checks import check_actuals, check_targets
from evaluator.pipeline.rules import needed_facts
from evaluator.pipeline.workspace import Workspace
from evaluator.proofreading import open_rows
from evaluator.records.approved import Project
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding, Severity, finding
from evaluator.records.review import Review
from evaluator.records.source import Place
from evaluator.records.submitted import Submission
from evaluator.rulesets import RuleSet
from evaluator.scoring import score_project
from evaluator.scoring.review import hold_reviews
from evaluator.workbooks import Stamp, peek, read_submission

_FAULTY = "批复目标有错误，见问题清单"
_OPEN = "从图片识别，还没有人对照图片核对（见“扫描核对.xlsx”）"
Peeked = tuple[Stamp | None, list[Finding]]


@dataclass(frozen=True, slots=True)
class Found:
    """Which workbook belongs to which project.

    `unusable` are projects with more than one, or with one of their name that cannot be used.
    """

    workbooks: Mapping[str, Path]
    unusable: frozenset[str]
    findings: tuple[Finding, ...]


def find_workbooks(
    workspace: Workspace, year: int, projects: Iterable[Project], look: Callable[..., Peeked] = peek
) -> Found:
    """Say of each file in ``actuals/`` which project it belongs to, as its stamp says to who looks into it.

    Findings: other year, unknown project, two for one project.
    """
    known = {project.key: project.name for project in projects}
    candidates: dict[str, list[Path]] = {}
    unusable: dict[str, list[Finding]] = {}
    findings = workspace.unread(workspace.actuals(year))
    for path in workspace.workbooks(year):
        stamp, found = look(path, workspace.root)
        found = found if stamp is None else _foreign(stamp, year, known, workspace.place(path))
        if stamp is not None and not found:
            candidates.setdefault(stamp.project_key, []).append(path)
            continue
        unusable.setdefault(path.stem if path.stem in known else "", []).extend(found)
    for path in workspace.links_out(workspace.actuals(year)):
        if path.stem in known:  # the finding is told already; no second workbook is written beside it
            unusable.setdefault(path.stem, [])
    for key, found in unusable.items():
        # Beside a workbook that is fine, one that is not is nobody's.
        about = "" if key in candidates else key
        findings += [replace(item, project=about) for item in found]
    findings += _duplicates(workspace, candidates, known)
    single = {key: paths[0] for key, paths in candidates.items() if len(paths) == 1}
    without = {*candidates, *unusable} - {*single, ""}
    return Found(single, frozenset(without), tuple(findings))


def _foreign(stamp: Stamp, year: int, known: Collection[str], place: Place) -> list[Finding]:
    """What keeps a workbook of ours from being one of this year's projects, if anything."""
    if stamp.year != year:
        return [finding("workbook-other-year", place, found=stamp.year, year=year)]
    if stamp.project_key not in known:
        return [finding("workbook-unknown-project", place, key=stamp.project_key)]
    return []


def _duplicates(
    workspace: Workspace, candidates: Mapping[str, list[Path]], known: Mapping[str, str]
) -> Iterator[Finding]:
    for key, paths in candidates.items():
        if len(paths) > 1:
            files = "、".join(workspace.relative(path).rpartition("/")[2] for path in paths)
            details = {"name": known[key], "files": files}
            place = workspace.place(paths[0])
            yield finding("workbook-duplicate", place, project=key, count=len(paths), **details)


def evaluate_project(
    project: Project,
    workbook: Path | None,
    workspace: Workspace,
    year: int,
    rules: RuleSet,
    known: Iterable[Finding],
    reviews: Iterable[Review] = (),
) -> Evaluation:
    """Read, score and check one project.

    `known` are the findings on its targets so far, `reviews` those of an auditor. An indicator whose target
    has an error, or was read from a picture and confirmed by nobody, is not scored, whatever was filled in.
    """
    submission, found = read_submission(workbook, workspace.root, project, year) if workbook else (None, [])
    known = [*known, *check_targets(project, year)]
    errors = {item.indicator for item in known if item.severity is Severity.ERROR and item.indicator}
    blocked = {**dict.fromkeys(errors, _FAULTY), **{item.code: _OPEN for item in open_rows(project)}}
    if workbook and submission and submission.blank:
        # One sentence for the whole workbook instead of one for each of its cells.
        found = [finding("workbook-empty", workspace.place(workbook), project=project.key, name=project.name)]
        submission = None
    elif not workbook and not any(item.code.startswith("workbook-") for item in known):
        place = workspace.place(workspace.actuals(year))
        found = [finding("workbook-missing", place, project=project.key, name=project.name)]
    evaluation = score_project(project, submission, rules, blocked=blocked)
    remarks = [*_check_rules(submission, rules), *check_actuals(evaluation, year, needed_facts(rules))]
    held, said = hold_reviews(evaluation, reviews)
    findings = (*known, *found, *evaluation.findings, *remarks, *said)
    return replace(evaluation, findings=findings, reviews=held)


def _check_rules(submission: Submission | None, rules: RuleSet) -> Iterator[Finding]:
    """Say where the expected points on a workbook come from other rules than its score."""
    if submission and submission.rules_sha256 != rules.sha256:
        found = submission.rules_name or "未注明"
        if found == rules.name:
            found = f"{found}（内容或选项与现在不同）"
        details = {"found": found, "rules": rules.name}
        yield finding("workbook-rules-differ", submission.place, project=submission.project_key, **details)
