"""Reading and scoring in their order, for every command that needs an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evaluator.pipeline.evaluating import find_workbooks
from evaluator.pipeline.importing import load_targets_as_they_are
from evaluator.pipeline.kept_stamps import KeptStamps
from evaluator.pipeline.kept_targets import load_or_import_once
from evaluator.pipeline.settings import Request, choose_rules
from evaluator.pipeline.templating import write_missing
from evaluator.pipeline.workshop import AT_HOME, Sheets, Workshop, evaluate_unit
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding
from evaluator.rulesets import RuleSet
from evaluator.tables.reviews import REVIEWS, read_reviews


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of reading and scoring; `unit` is None where there are no targets or no rules.

    `findings` are all there are; `events` are what happened on the way (a form imported, a workbook
    written), told once and part of no report, so that the same inputs always give the same reports.
    """

    unit: UnitEvaluation | None
    rules: RuleSet | None
    findings: tuple[Finding, ...]
    events: tuple[Finding, ...] = ()
    sheets: Sheets = field(default_factory=lambda: Sheets(None))


def assess(
    workspace: Workspace,
    request: Request,
    *,
    writing: bool = False,
    progress: Callable[[int], None] = lambda _: None,
    workshop: Workshop = AT_HOME,
    expect: Callable[[int], None] = lambda _: None,
) -> Assessment:
    """Read targets and actuals and score them.

    With `writing`, forms that were not imported yet are imported, and fill-in workbooks that are missing
    are written; else nothing is. `expect` is told the number of projects, `progress` each that is done.
    """
    rules, findings = choose_rules(workspace, request)
    if writing:
        targets = load_or_import_once(workspace, request.year, workshop.store)
    else:
        targets = load_targets_as_they_are(workspace, request.year)
    findings = [*findings, *targets.findings]
    if rules is None or not targets.projects:
        return Assessment(None, rules, tuple(findings), targets.events)
    events = list(targets.events)
    stamps = KeptStamps(workshop.store, request.year)
    found = find_workbooks(workspace, request.year, targets.projects, stamps.peek)
    if writing:
        written = write_missing(workspace, request.year, targets.projects, rules, found)
        events += written
        if written:
            found = find_workbooks(workspace, request.year, targets.projects, stamps.peek)
    stamps.save()
    findings += found.findings
    expect(len(targets.projects))
    path = workspace.targets(request.year) / REVIEWS
    reviews, unread = read_reviews(path, workspace.place(path))
    findings += unread
    unit, sheets = evaluate_unit(
        workspace, request, targets.projects, findings, found.workbooks, rules, progress, workshop, reviews
    )
    return Assessment(unit, rules, unit.all_findings, tuple(events), sheets)
