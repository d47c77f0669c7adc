"""One filled sheet audited: rules chosen, rows judged, checks run, what was not read named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluator.audit.choosing import choose_rules
from evaluator.audit.judging import ANY_YEAR, judge_budget, judge_rows
from evaluator.audit.lines import spot
from evaluator.audit.outcomes import Subject, run_row_checks, run_sheet_checks
from evaluator.audit.reading import read_sheets
from evaluator.audit.records import Audit, AuditedSheet, SheetAudit
from evaluator.audit.row_checks import ROW_CHECKS
from evaluator.audit.sheet_checks import SHEET_CHECKS
from evaluator.audit.target_checks import remarks_on_targets
from evaluator.records.approved import Confidence
from evaluator.records.findings import Finding, finding
from evaluator.rulesets import RuleSet

_SHOWN = 12


def audit_file(path: Path, folder: Path, given: RuleSet | None) -> Audit:
    """Audit every form in a file; places are as seen from `folder`; `given` are rules asked for."""
    sheets, findings = read_sheets(path, folder)
    return Audit(tuple(audit_sheet(sheet, given) for sheet in sheets), tuple(findings))


def audit_sheet(sheet: AuditedSheet, given: RuleSet | None) -> SheetAudit:
    """Audit one form."""
    rules, because = choose_rules(sheet, given)
    rows = judge_rows(sheet, rules)
    remarks = remarks_on_targets(sheet, rows, sheet.year or ANY_YEAR)
    subject = Subject(sheet, rules, rows, judge_budget(sheet.budget, rules), remarks)
    outcomes = [*run_sheet_checks(SHEET_CHECKS, subject), *run_row_checks(ROW_CHECKS, subject)]
    return SheetAudit(sheet, rules, because, rows, subject.budget, tuple(outcomes), tuple(_remarks(sheet)))


def _remarks(sheet: AuditedSheet) -> Iterator[Finding]:
    """What reading left open: cells that nothing was made of, rows beside their heads."""
    if sheet.unread:
        shown = [f"{spot(item.place)}“{item.text[:20]}”" for item in sheet.unread[:_SHOWN]]
        more = f"等{len(sheet.unread)}处" if len(sheet.unread) > _SHOWN else ""
        yield finding("audit-unread", sheet.place, project=sheet.project, cells="、".join(shown) + more)
    for row in sheet.rows:
        if row.confidence is not Confidence.HIGH:
            yield finding("audit-row-doubtful", row.place, project=sheet.project, name=row.name)
