"""Checks on one row of a filled sheet: its score by the rule, and what was filled in."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from evaluator.audit.outcomes import (
    PASSED,
    Ending,
    RowCheck,
    Subject,
    about,
    clause_of,
    figures,
    flagged,
    idle,
    printed_at,
    said,
    unsure,
)
from evaluator.audit.records import Judged
from evaluator.audit.target_checks import target_remark
from evaluator.audit.words import words
from evaluator.records.approved import Operator, TargetKind
from evaluator.rulesets import Entry
from evaluator.values.text import half_up, show, squash
from evaluator.values.units import is_rate

_POSITIVE = (Operator.AT_LEAST, Operator.ABOVE, Operator.EQUAL)
_NUMERIC = (TargetKind.NUMERIC, TargetKind.RANGE)
_ONE = Decimal(1)


def is_rounded(printed: Decimal, due: Decimal) -> bool:
    """Whether a figure is the due one rounded, or cut, to one decimal or a whole number."""
    return any(
        printed in (half_up(due, step), due.quantize(step, rounding=ROUND_DOWN))
        for step in (_ONE, Decimal("0.1"))
    )


# --- the score ----------------------------------------------------------------------------------


def _score_known(row: Judged) -> Ending | None:
    """Why a row's score cannot be held against anything, if so."""
    if row.row.shared:
        return unsure("shared")
    if row.score is None:
        return idle("no-score")
    if row.points is None:
        return idle("no-points")
    return None


def attained_deducted(row: Judged, subject: Subject) -> Ending:
    """Attained, and yet fewer points than there are: may be on purpose."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.missed is None:
        return unsure(row.why)
    if row.missed or row.low is not None:
        return idle("missed")
    if row.score is None or row.points is None or row.score >= row.points or _is_by_rate(row):
        return PASSED
    return said(row.row.place, **about(row), **figures(row), clause=clause_of(row.citation), rule=row.words)


def _is_by_rate(row: Judged) -> bool:
    """Whether the budget's row is scored by its rate, though its target (≥95%) is below 100%."""
    if not row.row.execution or row.value is None or row.points is None:
        return False
    return row.score == half_up(row.points * row.value / 100)


def shortfall_full(row: Judged, subject: Subject) -> Ending:
    """Missed, and yet all points."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.missed is None:
        return unsure(row.why)
    due = row.high if row.computed is None else row.computed
    if not row.missed or due is None or row.points is None:
        return idle("attained")
    if row.score != row.points or due >= row.points:
        return PASSED
    return said(
        row.row.place,
        **about(row),
        **figures(row),
        due=show(half_up(due)),
        clause=clause_of(row.citation),
        rule=row.words,
    )


def score_wrong(row: Judged, subject: Subject) -> Ending:
    """Missed, and the score is neither that of the rule nor all points."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.missed is None:
        return unsure(row.why)
    if not row.missed or row.computed is None:
        return idle("attained" if not row.missed else "graded")
    if row.score is None or row.score == row.points or abs(row.score - row.computed) <= _slack(row):
        return PASSED
    rounded = is_rounded(row.score, row.computed)
    code = "audit-score-wrong-flag" if rounded else "audit-score-wrong"
    return flagged(
        code,
        row.row.place,
        **about(row),
        **figures(row),
        due=show(row.computed),
        clause=clause_of(row.citation),
        rule=row.words,
    )


def _slack(row: Judged) -> Decimal:
    """How far a score may be off because a rate is printed rounded: 95.83% may have been 95.826%."""
    decimals = squash(row.row.text("actual")).rstrip("%").partition(".")[2]
    value = row.target.value
    if not is_rate(row.target.unit) or not decimals or not value or row.points is None:
        return Decimal(0)
    return row.points * Decimal(5).scaleb(-len(decimals) - 1) / value + Decimal("0.01")


def grade_band(row: Judged, subject: Subject) -> Ending:
    """A graded row: the score lies within its grade's band."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.low is None or row.high is None:
        return unsure(row.why) if row.missed is None else idle("not-graded")
    if row.score is None or row.low <= row.score <= row.high or (row.missed and row.score == row.points):
        return PASSED  # missed with all points is told by its own check
    band = f"{show(half_up(row.low))}–{show(half_up(row.high))}"
    return said(row.row.place, **about(row), **figures(row), band=band, clause=clause_of(row.citation))


def score_above_points(row: Judged, subject: Subject) -> Ending:
    """No score is above its points."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.score is None or row.points is None or 0 <= row.score <= row.points:
        return PASSED
    return said(row.row.place, **about(row), **figures(row))


def reason_missing(row: Judged, subject: Subject) -> Ending:
    """A score below its points has a reason, in its row or in the box below the table."""
    blocked = _score_known(row)
    if blocked:
        return blocked
    if row.score is None or row.points is None or row.score >= row.points:
        return idle("full")
    clause = subject.rules.mandatory.get(Entry.REASON)
    if clause is None:
        return idle("not-asked")
    if _explained(row, subject):
        return PASSED
    if "reason" not in subject.sheet.columns and subject.sheet.reasons is None:
        return unsure("no-reason-column")
    return said(row.row.place, **about(row), **figures(row), clause=clause.citation.words)


def _reason(row: Judged) -> str:
    """What was written as a reason, a description included; a stroke is none."""
    texts = (row.row.text(role) for role in ("reason", "description"))
    return next((text for text in texts if not words().is_blank(text) and squash(text) != "无"), "")


# --- what was filled in -------------------------------------------------------------------------


def target_blank(row: Judged, subject: Subject) -> Ending:
    """No score without a target."""
    if not words().is_blank(row.row.text("target")):
        return PASSED
    if not row.score:
        return idle("no-score")
    return said(row.row.place, name=about(row)["name"], **figures(row))


def actual_blank(row: Judged, subject: Subject) -> Ending:
    """No score without an actual."""
    if not words().is_blank(row.row.text("actual")):
        return PASSED
    if not row.score:
        return idle("no-score")
    about_it = about(row)
    return said(row.row.place, name=about_it["name"], target=about_it["target"], **figures(row))


def operator_copied(row: Judged, subject: Subject) -> Ending:
    """An actual is a number, not a bound."""
    if words().is_blank(row.row.text("actual")):
        return idle("actual-blank")
    if row.target.kind is TargetKind.DEADLINE:
        return idle("not-a-number")
    return said(row.row.place, cell=printed_at(row, "actual"), **about(row)) if row.copied else PASSED


def actual_not_number(row: Judged, subject: Subject) -> Ending:
    """The actual of a number is a number."""
    if words().is_blank(row.row.text("actual")):
        return idle("actual-blank")
    if row.target.kind not in _NUMERIC:
        return idle("not-a-number")
    if row.problem in ("roughly", "too-large"):
        return unsure(f"actual-{row.problem}")
    if row.problem != "not-number":
        return PASSED
    return said(row.row.place, cell=printed_at(row, "actual"), **about(row))


def percent_doubt(row: Judged, subject: Subject) -> Ending:
    """0.98 where 98 may be meant, and it decides."""
    if row.target.kind not in _NUMERIC or words().is_blank(row.row.text("actual")):
        return idle("not-a-number")
    if row.problem != "percent":
        return PASSED
    return said(row.row.place, cell=printed_at(row, "actual"), **about(row))


def unit_mismatch(row: Judged, subject: Subject) -> Ending:
    """Target and actual measure the same thing."""
    if row.target.kind not in _NUMERIC or row.problem in ("blank", "not-number"):
        return idle("not-a-number")
    if row.problem != "unit":
        return PASSED
    return said(row.row.place, cell=printed_at(row, "actual"), **about(row))


def direction_unknown(row: Judged, subject: Subject) -> Ending:
    """A cost (or what should be few) without an operator: whether more or less is good nobody wrote."""
    if row.target.kind is not TargetKind.NUMERIC:
        return idle("not-a-number")
    if row.directed:
        return PASSED
    if row.why != "direction":
        return idle("equal")
    return said(row.row.place, **about(row))


def shortfall_unscored(row: Judged, subject: Subject) -> Ending:
    """A row without points that fell short says why."""
    if row.points is not None or row.score is not None:
        return idle("scored")
    if row.row.shared:
        return idle("shared")
    if row.missed is None:
        return unsure(row.why)
    if not row.missed:
        return PASSED
    if _explained(row, subject):
        return PASSED
    return said(row.row.place, **about(row))


def overshoot_unexplained(row: Judged, subject: Subject) -> Ending:
    """Far above the target asks for a word."""
    target, limit = row.target, subject.rules.overshoot_reason
    if target.operator not in _POSITIVE or target.value is None or target.value <= 0:
        return idle("not-a-number")
    if row.value is None:
        return unsure(row.why)
    if not row.directed or row.value < target.value * limit.value or _explained(row, subject):
        return PASSED
    times = show(half_up(row.value / target.value))
    clause = clause_of(limit.clause.citation)
    return said(row.row.place, **about(row), times=times, limit=show(limit.value), clause=clause)


def _explained(row: Judged, subject: Subject) -> bool:
    return bool(_reason(row) or subject.sheet.reasons)


def contradiction(row: Judged, subject: Subject) -> Ending:
    """Nothing is both unfinished and worth full marks."""
    if row.score is None:
        return idle("no-score")
    if row.points is None:
        return idle("no-points")
    texts = (row.row.text(role) for role in ("actual", "reason", "description"))
    written = next(filter(_says_unfinished, texts), "")
    if not written or row.missed or not 0 < row.points <= row.score:
        return PASSED
    return said(row.row.place, **figures(row), name=about(row)["name"], text=written[:40])


def _says_unfinished(text: str) -> bool:
    return words().has("unfinished", text) and not words().has("finished", text)


def hint_left(row: Judged, subject: Subject) -> Ending:
    """What the printed form showed as an example is filled in."""
    for role in ("target", "actual", "reason"):
        if words().matches("hint", row.row.text(role)):
            text = row.row.text(role)[:40]
            return said(row.row.place, name=about(row)["name"], text=text, cell=printed_at(row, role))
    return PASSED


ROW_CHECKS: tuple[tuple[str, RowCheck], ...] = (
    ("audit-score-above-points", score_above_points),
    ("audit-shortfall-full", shortfall_full),
    ("audit-score-wrong", score_wrong),
    ("audit-attained-deducted", attained_deducted),
    ("audit-grade-band", grade_band),
    ("audit-reason-missing", reason_missing),
    ("audit-target-blank", target_blank),
    ("audit-actual-blank", actual_blank),
    ("audit-actual-not-number", actual_not_number),
    ("audit-percent-doubt", percent_doubt),
    ("audit-operator-copied", operator_copied),
    ("audit-unit-mismatch", unit_mismatch),
    ("audit-direction-unknown", direction_unknown),
    ("audit-shortfall-unscored", shortfall_unscored),
    ("audit-overshoot-unexplained", overshoot_unexplained),
    ("audit-contradiction", contradiction),
    ("audit-hint-left", hint_left),
    ("audit-target-remark", target_remark),
)
"""The checks on rows in the order in which their findings are told."""
