"""Pictures of pages: what `evaluator.scans` recognises on them, as rows."""

from __future__ import annotations

from evaluator.readers.rows import RowCollector
from evaluator.records.findings import Finding
from evaluator.records.source import Row
from evaluator.scans.reading import read_pages
from evaluator.scans.store import PageStore


def read(content: bytes, file: str, store: PageStore | None = None) -> tuple[list[Row], list[Finding]]:
    """Read an image file, each of its frames a page. Findings: those of ``messages/scans.toml``."""
    pages, findings = read_pages(content, file, store)
    collector = RowCollector(file)
    for page in pages:
        collector.add_read(page.rows)
    return collector.rows, findings
