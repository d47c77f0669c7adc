"""What an auditor decided on a project's rows (复核): score and opinion beside the self-score."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.source import Place

BUDGET_ROW = "预算执行"
"""Stands for the code of an indicator where the row of budget execution is reviewed."""


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one row: `score` None where only an opinion was given.

    `self_score` is what the reviewed sheet showed as self-score (None: that is not known); where the score
    of now is another one, the review is of an older delivery. `sha256` is of the file that it was read from.
    """

    project: str
    code: str
    name: str
    score: Decimal | None
    opinion: str
    self_score: Decimal | None
    place: Place
    sha256: str = ""
