"""PDF: ruled tables and the text around them, page by page, from top to bottom.

A PDF holds no cells and no paragraphs, only lines and letters. Ruled areas are read as tables, lines of
text inside one cell are joined, for where they break is the page's width and not the author. A table
that goes on on the next page is a new table. Text boxed by one frame is running text.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from evaluator.findings import Finding, finding
from evaluator.model import Place, Row
from evaluator.readers.limits import MAX_PAGES, MAX_RULINGS, MAX_UNPACKED, MEGABYTE, PARSER_ERRORS
from evaluator.readers.rows import RowCollector

# Both log every oddity of a file; what matters comes as a finding.
for _library in ("pdfminer", "pdfplumber"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_STREAM: Final = re.compile(rb"stream\r?\n")
_TWICE_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl)\s*/(?:FlateDecode|Fl)\b")
_UNMAPPED: Final = re.compile(r"\(cid:\d+\)")
_WORDS_BREAK: Final = re.compile(r"(?<=[A-Za-z,;])\n(?=[A-Za-z])")
_ERRORS: Final[tuple[type[Exception], ...]] = (*PARSER_ERRORS, PdfminerException, MalformedPDFException)
_GAP: Final = 3  # letter widths between two texts on one line that do not belong together


@dataclass(frozen=True, slots=True)
class _Page:
    """What the library found on a page, top to bottom: tables as grids, lines as lists of pieces."""

    number: int
    blocks: tuple[Any, ...] = ()
    pictures: bool = False
    drawing: bool = False
    unmapped: bool = False


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a document.

    Findings: source-encrypted, source-damaged, source-bomb, pdf-scanned (pictures only),
    pdf-pages-scanned, pdf-pages-drawn, pdf-pages-unmapped, pdf-cut.
    """
    place = Place(file)
    unpacked = _unpacked(content)
    if unpacked > MAX_UNPACKED:
        return [], [finding("source-bomb", place, size=f"{unpacked // MEGABYTE} MB")]
    try:
        pages = _load(content)
    except _ERRORS as error:
        code = "source-encrypted" if _is_locked(error) else "source-damaged"
        return [], [finding(code, place)]
    findings = _findings(pages, place)
    collector = RowCollector(file)
    for page in pages[:MAX_PAGES]:
        _collect(page, collector)
    return collector.rows, findings


def _unpacked(content: bytes) -> int:
    """Bytes that the compressed streams grow to, counted no further than the bound."""
    if _TWICE_PACKED.search(content):
        return MAX_UNPACKED * 2
    total = 0
    for start in _STREAM.finditer(content):
        end = content.find(b"endstream", start.end())
        unpacker = zlib.decompressobj()
        rest = content[start.end() : end if end >= 0 else None]
        while rest and not unpacker.eof and total <= MAX_UNPACKED:
            try:
                total += len(unpacker.decompress(rest, MEGABYTE))
            except zlib.error:
                break  # not compressed this way
            rest = unpacker.unconsumed_tail
    return total


def _is_locked(error: Exception) -> bool:
    names = {type(error).__name__, *(type(cause).__name__ for cause in error.args)}
    return bool(names & {"PDFPasswordIncorrect", "PDFEncryptionError"})


def _load(content: bytes) -> list[_Page]:
    with pdfplumber.open(BytesIO(content), pages=list(range(1, MAX_PAGES + 2))) as document:
        return [_load_page(page) for page in document.pages]


def _load_page(page: Page) -> _Page:
    pictures = bool(page.images)
    drawing = len(page.lines) + len(page.rects) + len(page.curves) > MAX_RULINGS
    # WPS prints bold letters twice, a hair apart.
    clean = page.dedupe_chars()
    tables = [] if drawing else [table for table in clean.find_tables() if len(table.cells) > 1]
    grids = [(table.bbox[1], table.extract()) for table in tables]
    boxes = [table.bbox for table in tables]
    around = clean.filter(lambda thing: not any(_inside(thing, box) for box in boxes))
    lines = [(line["top"], _split(line["chars"])) for line in around.extract_text_lines()]
    blocks = tuple(block for _, block in sorted([*grids, *lines], key=lambda pair: pair[0]))
    unmapped = any(_UNMAPPED.fullmatch(char["text"]) for char in page.chars)
    page.close()
    return _Page(page.page_number, blocks, pictures, drawing, unmapped)


def _inside(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _split(letters: list[dict[str, Any]]) -> list[str]:
    """One line's text, in pieces where wide gaps part it."""
    pieces = [""]
    end = None
    for letter in letters:
        if not letter["text"].strip():
            pieces[-1] += " "
            continue
        if end is not None and letter["x0"] - end > _GAP * letter["size"]:
            pieces.append("")
        pieces[-1] += letter["text"]
        end = letter["x1"]
    return pieces


def _findings(pages: list[_Page], place: Place) -> list[Finding]:
    if pages and all(page.pictures and not page.blocks for page in pages):
        return [finding("pdf-scanned", place)]
    found = {
        "pdf-pages-scanned": [page for page in pages if page.pictures and not page.blocks],
        "pdf-pages-drawn": [page for page in pages if page.drawing],
        "pdf-pages-unmapped": [page for page in pages if page.unmapped],
    }
    findings = [
        finding(code, place, pages="、".join(str(page.number) for page in hit))
        for code, hit in found.items()
        if hit
    ]
    return [*findings, finding("pdf-cut", place, limit=MAX_PAGES)] if len(pages) > MAX_PAGES else findings


def _collect(page: _Page, collector: RowCollector) -> None:
    tables = lines = 0
    for block in page.blocks:
        if isinstance(block[0], str):
            lines += 1
            cells = ((column, f"第{lines}行", str(text)) for column, text in enumerate(block))
            collector.add(cells, f"第{page.number}页")
            continue
        tables += 1
        number = collector.start_table()
        for index, row in enumerate(_grid(block), start=1):
            collector.add_grid_row(index, row, f"第{page.number}页表{tables}", number)


def _grid(block: list[Any]) -> Iterator[list[tuple[int, str]]]:
    for row in block:
        yield [(column, _join(text)) for column, text in enumerate(row) if text]


def _join(text: str) -> str:
    return _WORDS_BREAK.sub(" ", text).replace("\n", "")
