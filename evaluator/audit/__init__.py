"""Audit: anybody's filled self-evaluation sheet (自评表), read and re-scored, disagreements with their cells.

In come files as received and a rule set; out go audits: what was printed, what it should be, and how each
check ended on each row. It knows readers, forms' words, rules and scoring; it must not know workspaces or
deliveries, and changes nothing. What cannot be judged is said to be so, with the reason, and never guessed.
"""

from evaluator.audit.auditing import audit_file, audit_sheet
from evaluator.audit.outcomes import code_of
from evaluator.audit.records import (
    Audit,
    AuditedSheet,
    Judged,
    Outcome,
    SheetAudit,
    Verdict,
)

__all__ = [
    "Audit",
    "AuditedSheet",
    "Judged",
    "Outcome",
    "SheetAudit",
    "Verdict",
    "audit_file",
    "audit_sheet",
    "code_of",
]
