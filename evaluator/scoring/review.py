"""The score after review: a typed review score takes the place of the self-score (as the sheet's formula)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.review import BUDGET_ROW, Review
from evaluator.rulesets import RuleSet
from evaluator.scoring.project import rate
from evaluator.values.text import half_up, show


def reviewed_total(evaluation: Evaluation) -> Decimal:
    """The total in which review scores stand for self-scores; rows without either count nothing."""
    whole = _or_zero(review_score(evaluation, BUDGET_ROW), evaluation.budget.score)
    for score in evaluation.scores:
        whole += _or_zero(review_score(evaluation, score.indicator.code), score.score)
    return half_up(whole)


def reviewed_rating(evaluation: Evaluation, rules: RuleSet) -> str:
    """The rating of the reviewed total; empty while a row has neither score."""
    open_rows = [
        score
        for score in evaluation.scores
        if score.score is None and review_score(evaluation, score.indicator.code) is None
    ]
    budget_open = evaluation.budget.score is None and review_score(evaluation, BUDGET_ROW) is None
    if open_rows or budget_open or not evaluation.scores:
        return ""
    return rate(reviewed_total(evaluation), rules)


def review_score(evaluation: Evaluation, code: str) -> Decimal | None:
    """The review score of a row, None where it was not reviewed or only an opinion was given."""
    found = evaluation.review_of(code)
    return found.score if found else None


def _or_zero(*scores: Decimal | None) -> Decimal:
    return next((score for score in scores if score is not None), Decimal(0))


def hold_reviews(
    evaluation: Evaluation, reviews: Iterable[Review]
) -> tuple[tuple[Review, ...], list[Finding]]:
    """The reviews that apply to an evaluation as it is now, and what is to be said of the others.

    Findings: review-orphaned (warning) and review-above-points (error), not counted; review-outdated
    (warning), counted.
    """
    held: list[Review] = []
    findings: list[Finding] = []
    points = {score.indicator.code: score.points for score in evaluation.scores}
    points[BUDGET_ROW] = evaluation.budget.points
    for review in reviews:
        said = {"project": evaluation.project.key, "name": review.name or review.code}
        if review.code not in points:
            findings.append(finding("review-orphaned", review.place, **said))
            continue
        most = points[review.code]
        if review.score is not None and most is not None and review.score > most:
            shown = {"score": show(review.score), "points": show(most)}
            findings.append(_about(review, finding("review-above-points", review.place, **said, **shown)))
            continue
        held.append(review)
        findings += _outdated(evaluation, review)
    return tuple(held), findings


def _outdated(evaluation: Evaluation, review: Review) -> Iterator[Finding]:
    now = next((s.score for s in evaluation.scores if s.indicator.code == review.code), None)
    now = evaluation.budget.score if review.code == BUDGET_ROW else now
    known = review.score is not None and review.self_score is not None
    if known and now != review.self_score:
        found = finding(
            "review-outdated",
            review.place,
            project=evaluation.project.key,
            name=review.name or review.code,
            then=show(review.self_score) or "未计分",
            now=show(now) or "未计分",
        )
        yield _about(review, found)


def _about(review: Review, item: Finding) -> Finding:
    code = "" if review.code == BUDGET_ROW else review.code
    return Finding(item.code, item.place, item.details, item.project, code)
