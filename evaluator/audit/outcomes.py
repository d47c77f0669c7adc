"""How a check ends, in one word each: passed, found, not applicable, cannot be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from evaluator.audit.lines import spot
from evaluator.audit.records import AuditedSheet, Judged, JudgedBudget, Outcome, Verdict
from evaluator.audit.words import words
from evaluator.records.findings import Finding, finding
from evaluator.records.scores import Citation
from evaluator.records.source import Place
from evaluator.rulesets import RuleSet
from evaluator.values.text import show

Ending = tuple[Verdict, str, str, Place | None, dict[str, object]]
PASSED: Ending = (Verdict.PASSED, "", "", None, {})
FLAG = "-flag"
"""Ends the code of a message that says a softer thing of the same check: rounded, on purpose."""


@dataclass(frozen=True)
class Subject:
    """What a check may look at: the sheet, its rules, the judged rows, the budget, remarks on targets."""

    sheet: AuditedSheet
    rules: RuleSet
    rows: tuple[Judged, ...]
    budget: JudgedBudget | None
    remarks: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)


RowCheck = Callable[[Judged, Subject], Ending]
SheetCheck = Callable[[Subject], Ending]


def idle(why: str) -> Ending:
    """There is nothing to check; `why` is a key of ``[why]`` in the vocabulary."""
    return Verdict.NOT_APPLICABLE, why, "", None, {}


def unsure(why: str) -> Ending:
    """It cannot be judged; `why` is a key of ``[why]`` in the vocabulary."""
    return Verdict.CANNOT_JUDGE, why, "", None, {}


def said(place: Place, **details: object) -> Ending:
    """Something is found at a place."""
    return Verdict.FOUND, "", "", place, details


def flagged(code: str, place: Place, **details: object) -> Ending:
    """Something is found that may well be meant: `code` is the check's softer message."""
    return Verdict.FOUND, "", code, place, details


def run_row_checks(checks: Iterable[tuple[str, RowCheck]], subject: Subject) -> list[Outcome]:
    """Each check on each row, in the sheet's order."""
    return [
        _outcome(code, check(row, subject), subject, row.row.number)
        for row in subject.rows
        for code, check in checks
    ]


def run_sheet_checks(checks: Iterable[tuple[str, SheetCheck]], subject: Subject) -> list[Outcome]:
    """Each check on the sheet as a whole."""
    return [_outcome(code, check(subject), subject, None) for code, check in checks]


def _outcome(code: str, ending: Ending, subject: Subject, row: int | None) -> Outcome:
    verdict, why, softer, place, details = ending
    check = code_of(code)
    if place is None:
        return Outcome(check, verdict, row, words().why[why] if why else "")
    made = finding(softer or code, place, project=subject.sheet.project, indicator="", **details)
    return Outcome(check, verdict, row, finding=made)


def code_of(found_code: str) -> str:
    """The check's code of a message's code."""
    return found_code.removeprefix("audit-").removesuffix(FLAG)


def printed_at(row: Judged, role: str) -> str:
    """Where a figure of a row stands, for sentences."""
    item = row.row.cells.get(role)
    return spot(item.place) if item else spot(row.row.place)


def clause_of(citation: Citation | None) -> str:
    """A rule's source in words; what is always true needs none."""
    return citation.words if citation else "通行计分规则"


def about(row: Judged) -> dict[str, object]:
    """What most sentences say of a row: name, target, actual."""
    operator, unit = row.row.text("operator"), row.row.text("unit")
    target = row.row.text("target")
    shown = f"{operator}{target}{'' if unit in target else unit}" if target else ""
    return {"name": row.row.name or "（未写名称）", "target": shown, "actual": row.row.text("actual")}


def figures(row: Judged) -> dict[str, object]:
    """Points and score as printed, and where the score stands."""
    return {"points": show(row.points), "score": show(row.score), "cell": printed_at(row, "score")}
