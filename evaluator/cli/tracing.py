"""``evaluate explain``: how one score came about, or all of them."""

from __future__ import annotations

from evaluator.cli.printing import print_json, print_refusal
from evaluator.cli.reviewing import print_explanation
from evaluator.pipeline.explaining import choose_project, choose_score, explanation
from evaluator.pipeline.running import assess
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace


def explain_one(workspace: Workspace, year: int, rules: str, project: str, indicator: str, form: str) -> int:
    """Show the derivation of a project, or of one indicator of it; returns the exit code."""
    assessment = assess(workspace, Request(year, rules))
    if assessment.unit is None:
        print_refusal(assessment.findings, form)
        return 1
    item, findings = choose_project(assessment.unit, project, workspace.place(workspace.targets(year)))
    score = None
    if item is not None and indicator:
        score, findings = choose_score(item, indicator)
    if item is None or findings:
        print_refusal(findings, form)
        return 1
    derivation = explanation(item, score)
    if form == "json":
        print_json(derivation)
    else:
        print_explanation(derivation)
    return 0


def explain_all(workspace: Workspace, year: int, rules: str, form: str) -> int:
    """Show the derivation of every score of a year; returns the exit code."""
    from evaluator.render.trace_json import to_trace

    assessment = assess(workspace, Request(year, rules))
    if assessment.unit is None or assessment.rules is None:
        print_refusal(assessment.findings, form)
        return 1
    if form == "json":
        print_json(to_trace(assessment.unit, assessment.rules))
    else:
        for item in assessment.unit.evaluations:
            print_explanation(explanation(item, None))
    return 0
