"""A project's scores, groups, total and rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from evaluator.records.approved import Project
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding
from evaluator.records.scores import GroupScore, Score
from evaluator.records.submitted import Submission
from evaluator.rulesets import RuleSet
from evaluator.scoring.budget import score_budget
from evaluator.scoring.indicator import score_indicator
from evaluator.scoring.matching import Pair, match
from evaluator.scoring.points import Shares, share_out


def score_project(
    project: Project,
    submission: Submission | None,
    rules: RuleSet,
    blocked: Mapping[str, str] = MappingProxyType({}),
) -> Evaluation:
    """Score a project. `blocked` says by code which indicators are not scored in any case, and why.

    The total is the sum of the rounded scores, the budget's included; there is a rating only if all is
    scored. Findings are those of `share_out`, `match`, `score_indicator` and `score_budget`; without a
    submission only the first, for that there is no workbook is not this stage's business.
    """
    shares, findings = share_out(project, submission, rules)
    pairs, found = _match(project, submission)
    findings += [item for item in found if item.indicator not in blocked]
    scores: list[Score] = []
    for pair in pairs:
        score, found = _score(pair, shares, rules, project.key, blocked.get(pair.indicator.code, ""))
        scores.append(score)
        findings += found
    budget, found = score_budget(project, submission, rules)
    findings += found
    known = [score.score for score in scores if score.score is not None]
    total = sum(known, budget.score or Decimal(0))
    complete = bool(scores) and len(known) == len(scores) and budget.score is not None
    return Evaluation(
        project,
        submission,
        budget,
        tuple(_sum_group(group, scores) for group in shares.groups),
        tuple(scores),
        total,
        complete,
        rate(total, rules) if complete else "",
        tuple(findings),
    )


def _match(project: Project, submission: Submission | None) -> tuple[list[Pair], list[Finding]]:
    return match(project, submission) if submission else ([Pair(item, None) for item in project.annual], [])


def _score(
    pair: Pair, shares: Shares, rules: RuleSet, project: str, blocked: str
) -> tuple[Score, list[Finding]]:
    allotment = shares.allotments[pair.indicator.code]
    if not blocked:
        return score_indicator(pair, allotment, rules, project)
    score, _ = score_indicator(Pair(pair.indicator, None), allotment, rules, project)
    return replace(score, actual=pair.actual, steps=(*score.steps, f"未计分：{blocked}")), []


def _sum_group(group: GroupScore, scores: Iterable[Score]) -> GroupScore:
    own = [item.score for item in scores if (item.indicator.goal, item.group) == (group.goal, group.name)]
    known = [score for score in own if score is not None]
    return replace(group, score=sum(known, Decimal(0)) if len(known) == len(own) else None)


def rate(total: Decimal, rules: RuleSet) -> str:
    """The rating of a complete total: the best grade whose lower bound, itself included, is reached."""
    return next(name for name, bound in rules.ratings if total >= bound)
