"""PDF: ruled tables and the text around them, page by page, from top to bottom.

A PDF holds no cells and no paragraphs, only lines and letters. Ruled areas are read as tables; lines of
text inside one cell are joined, for where they break is the page's width and not the author. A table
that goes on on the next page is a new table. Text boxed by one frame is running text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from evaluator.readers.limits import MAX_PAGES, MAX_UNPACKED, MEGABYTE
from evaluator.readers.rows import RowCollector
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row
from evaluator.scans.reading import PageRows, read_pages
from evaluator.scans.store import PageStore

_ALIKE: Final = 0.8  # of the Chinese characters of a page that hidden text and picture share
TIMEOUT: Final = 180  # seconds; a hundred pages of tables take about thirty
_STREAM: Final = re.compile(rb"stream\r?\n")
_TWICE_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_WORDS_BREAK: Final = re.compile(r"(?<=[A-Za-z,;])\n(?=[A-Za-z])")


def read(content: bytes, file: str, store: PageStore | None = None) -> tuple[list[Row], list[Finding]]:
    """Read a document; pages that are pictures are read by `evaluator.scans`, and kept in `store`.

    Findings: source-encrypted, source-damaged, source-bomb, pdf-too-slow, pdf-pages-drawn, pdf-pages-rotated,
    pdf-pages-unmapped, pdf-unruled, pdf-cut, and those of ``messages/scans.toml``.
    """
    place = Place(file)
    unpacked = _unpacked(content)
    if unpacked > MAX_UNPACKED:
        return [], [finding("source-bomb", place, size=f"{unpacked // MEGABYTE} MB")]
    try:
        answer = _ask(content)
    except subprocess.TimeoutExpired:
        return [], [finding("pdf-too-slow", place, seconds=TIMEOUT)]
    if "error" in answer:
        return [], [finding(answer["error"], place)]
    pages = answer["pages"][:MAX_PAGES]
    scanned = [page["number"] for page in pages if _is_scan(page)]
    recognised, found = read_pages(content, file, store, scanned) if scanned else ([], [])
    own = {page.number: page for page in recognised}
    collector = RowCollector(file)
    for page in pages:
        if page["number"] in own:
            collector.add_read(own[page["number"]].rows)
        else:
            _collect(page, collector)
    differing = [page["number"] for page in pages if _disagrees(page, own)]
    found += [finding("scan-text-differs", Place(file, f"第{number}页")) for number in differing]
    return collector.rows, [*found, *_findings(answer["pages"], place)]


def _is_scan(page: dict[str, Any]) -> bool:
    return bool(page["pictures"] and (page["hidden"] or not page["blocks"]))


def _disagrees(page: dict[str, Any], recognised: Mapping[int, PageRows]) -> bool:
    """Whether text that is hidden on a page is other than what its picture shows."""
    own = recognised.get(page["number"])
    if own is None or not page["hidden"]:
        return False
    hidden = _letters(str(page["blocks"]))
    seen = _letters("".join(cell.text for row in own.rows for cell in row.cells))
    return (hidden & seen).total() < _ALIKE * max(hidden.total(), seen.total())


def _letters(text: str) -> Counter[str]:
    """How often each Chinese character stands in a text; digits are on every page."""
    return Counter(letter for letter in text if letter > "⺀")


def _unpacked(content: bytes) -> int:
    """Bytes that the compressed streams grow to, counted no further than the bound."""
    if _TWICE_PACKED.search(content):
        return MAX_UNPACKED * 2
    total = 0
    start = _STREAM.search(content)
    while start and total <= MAX_UNPACKED:
        end = content.find(b"endstream", start.end())
        end = end if end >= 0 else len(content)
        total += _unpacked_stream(content[start.end() : end])
        start = _STREAM.search(content, end + len(b"endstream"))
    return total


def _unpacked_stream(rest: bytes) -> int:
    unpacker = zlib.decompressobj()
    size = 0
    while rest and not unpacker.eof and size <= MAX_UNPACKED:
        try:
            size += len(unpacker.decompress(rest, MEGABYTE))
        except zlib.error:
            break  # not compressed this way
        rest = unpacker.unconsumed_tail
    return size


def _ask(content: bytes) -> dict[str, Any]:
    """The answer of `evaluator.readers.pdf_pages`; raises TimeoutExpired."""
    run = subprocess.run(
        [sys.executable, "-m", "evaluator.readers.pdf_pages"],
        input=content,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if run.returncode:
        return {"error": "source-damaged"}  # out of memory, most likely
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def _findings(pages: list[dict[str, Any]], place: Place) -> list[Finding]:
    found = {
        "pdf-pages-drawn": [page for page in pages if page["drawing"]],
        "pdf-pages-rotated": [page for page in pages if page["rotated"]],
        "pdf-pages-unmapped": [page for page in pages if page["unmapped"]],
    }
    findings = [
        finding(code, place, pages="、".join(str(page["number"]) for page in hit))
        for code, hit in found.items()
        if hit
    ]
    if _is_unruled(pages):
        findings.append(finding("pdf-unruled", place))
    return [*findings, finding("pdf-cut", place, limit=MAX_PAGES)] if len(pages) > MAX_PAGES else findings


def _is_unruled(pages: list[dict[str, Any]]) -> bool:
    """Whether texts stand beside each other in lines and no page has a ruled table to hold them."""
    blocks = [block for page in pages for block in page["blocks"]]
    lines = [block for block in blocks if isinstance(block[0], str)]
    return len(lines) == len(blocks) and any(len(line) > 1 for line in lines)


def _collect(page: dict[str, Any], collector: RowCollector) -> None:
    tables = lines = 0
    for block in page["blocks"]:
        if isinstance(block[0], str):
            lines += 1
            cells = ((column, f"第{lines}行", text) for column, text in enumerate(block))
            collector.add(cells, f"第{page['number']}页")
            continue
        tables += 1
        number = collector.start_table()
        for index, row in enumerate(block, start=1):
            found = [(column, cell) for column, cell in enumerate(row) if cell]
            spans = {column: (height, width) for column, (_, height, width) in found}
            texts = ((column, _join(cell[0])) for column, cell in found)
            collector.add_grid_row(index, texts, (f"第{page['number']}页表{tables}", number), spans)


def _join(text: str) -> str:
    return _WORDS_BREAK.sub(" ", text).replace("\n", "")
