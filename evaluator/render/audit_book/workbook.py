"""复核表.xlsx: the lists in front, then every audited sheet; whose each is stands on a hidden sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evaluator.audit import Audit
from evaluator.audit.reviews import SOURCES
from evaluator.render.audit_book.form_sheet import add_form_sheet
from evaluator.render.audit_book.list_sheets import add_findings_sheet, add_units_sheet, add_unjudged_sheet
from evaluator.render.audit_book.plan import BESIDE, Plan, plan_sheets
from evaluator.render.book import Book, put
from evaluator.render.columns import letters
from evaluator.storage.files import beside


def write_audit(path: Path, audit: Audit) -> None:
    """Write the auditor's workbook. Raises OSError."""
    plans = plan_sheets(audit.sheets)
    with beside(path) as draft:
        book = Book(str(draft), title="自评表复核表")
        add_findings_sheet(book, audit, plans)
        add_units_sheet(book, audit)
        add_unjudged_sheet(book, audit)
        for plan in plans:
            add_form_sheet(book, plan)
        _add_sources(book, plans)
        book.close()


def _add_sources(book: Book, plans: Sequence[Plan]) -> None:
    """Whose each sheet is: a review that comes back is matched by file, part, digest and cell."""
    sheet = book.add_sheet(SOURCES)
    for column, head in enumerate(
        ("工作表", "文件", "原工作表", "sha256", "项目", "复核得分列", "复核意见列")
    ):
        put(sheet, 0, column, head, book.look("heading"))
    for row, plan in enumerate(plans, 1):
        own = plan.audit.sheet
        review, opinion = (letters(plan.first + BESIDE.at(role)) for role in ("review", "opinion"))
        for column, text in enumerate(
            (plan.name, own.file, own.part, own.sha256, own.project, review, opinion)
        ):
            put(sheet, row, column, text, book.look("cell"))
    sheet.hide()
