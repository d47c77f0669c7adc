"""Checks on the targets that a filled sheet prints: the same that approved forms go through, as remarks."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.audit.outcomes import PASSED, Ending, Subject, idle, said
from evaluator.audit.projects import project_of
from evaluator.audit.records import AuditedSheet, Judged
from evaluator.audit.words import words
from evaluator.checks import check_targets
from evaluator.records.findings import Finding

WHOLE = 0
"""Under which number remarks stand that are about no row: sums of costs, goals."""


def remarks_on_targets(
    sheet: AuditedSheet, rows: tuple[Judged, ...], year: int
) -> Mapping[int, tuple[Finding, ...]]:
    """What is remarkable in the targets, by row number; only what a filled sheet can be asked about.

    Whether a day or a year in a target is the sheet's, only a sheet that names its year is asked.
    """
    asked = words().target_codes if sheet.year else words().target_codes - words().year_codes
    found: dict[int, tuple[Finding, ...]] = {}
    for item in check_targets(project_of(sheet, rows), year):
        if item.code in asked:
            number = int(item.indicator) if item.indicator else WHOLE
            found[number] = (*found.get(number, ()), item)
    return found


def target_remark(row: Judged, subject: Subject) -> Ending:
    """A rate with a unit of counting, a year that is not the deadline's, a quantity with an upper bound."""
    if words().is_blank(row.row.text("target")):
        return idle("no-target")
    found = subject.remarks.get(row.row.number, ())
    if not found:
        return PASSED
    return said(row.row.place, text="；".join(item.text for item in found))


def whole_remark(subject: Subject) -> Ending:
    """Costs that add up to more than the budget, a goal that is cut off."""
    found = subject.remarks.get(WHOLE, ())
    return said(found[0].place, text="；".join(item.text for item in found)) if found else PASSED
