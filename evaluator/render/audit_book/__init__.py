"""The auditor's workbook (复核表.xlsx): findings with links, every sheet again, its scores recomputed live.

In come audits, out goes one workbook whose bytes depend on nothing else. What the files said stays text.
"""

from evaluator.render.audit_book.workbook import write_audit

__all__ = ["write_audit"]
