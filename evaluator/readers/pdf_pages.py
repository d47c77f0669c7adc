"""What pdfplumber finds on the pages of a PDF: PDF on standard input, JSON on standard output.

Run in a process of its own (see `evaluator.readers.pdf`): a few hundred bytes of PDF can keep the library
busy for ever or make it fill the memory, and it has no bounds to set.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any, Final

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from evaluator.readers.hidden_text import WHOLE, hidden_texts
from evaluator.readers.limits import MAX_MEMORY, MAX_PAGES, MAX_RULINGS, PARSER_ERRORS

# Both log every oddity of a file; what matters comes as a finding.
for _library in ("pdfminer", "pdfplumber"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_ERRORS: Final[tuple[type[Exception], ...]] = (*PARSER_ERRORS, PdfminerException, MalformedPDFException)
_UNMAPPED: Final = re.compile(r"\(cid:\d+\)")
_GAP: Final = 1.1  # letter widths between two texts on one line that do not belong together
_BLANK: Final = 0.4  # letter widths that are a blank


def read_pages(content: bytes) -> dict[str, Any]:
    """``{"pages": [...]}`` or ``{"error": code}`` with the code of a finding.

    A page has its ``number``; ``blocks`` from top to bottom (a ruled table as its rows of cells, each its
    text and of how many rows and columns it is; a line as the pieces that wide gaps part it into); whether
    it has ``pictures``; whether it is a ``drawing``, whose tables are not looked for; whether it is
    ``rotated``, most letters not upright; whether it has ``unmapped`` letters; whether its text is
    ``hidden`` under a picture of the page, as software that recognises scans leaves it.
    """
    try:
        with pdfplumber.open(BytesIO(content), pages=list(range(1, MAX_PAGES + 2))) as document:
            pages = [_read_page(page) for page in document.pages]
        covered = [page["number"] for page in pages if page.pop("covered") and page["blocks"]]
        hidden = hidden_texts(content, covered) if covered else set()
        return {"pages": [{**page, "hidden": page["number"] in hidden} for page in pages]}
    except _ERRORS as error:
        return {"error": "source-encrypted" if _is_locked(error) else "source-damaged"}


def main() -> None:
    """Read one PDF from standard input."""
    _bound_memory()
    answer = json.dumps(read_pages(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(answer.encode("ascii"))


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):  # a system that sets no such bound, or a lower one
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _is_locked(error: Exception) -> bool:
    names = {type(error).__name__, *(type(cause).__name__ for cause in error.args)}
    return bool(names & {"PDFPasswordIncorrect", "PDFEncryptionError"})


def _read_page(page: Page) -> dict[str, Any]:
    drawing = len(page.lines) + len(page.rects) + len(page.curves) > MAX_RULINGS
    # WPS prints bold letters twice, a hair apart.
    clean = page.dedupe_chars()
    turned = [letter for letter in clean.chars if not letter["upright"]]
    rotated = 2 * len(turned) > len(clean.chars)
    if turned and not rotated:  # a watermark
        clean = clean.filter(lambda thing: thing.get("upright", True))
    tables = [] if drawing else [table for table in clean.find_tables() if len(table.cells) > 1]
    boxes = [table.bbox for table in tables]
    around = clean.filter(lambda thing: not any(_inside(thing, box) for box in boxes))
    placed = [
        *((table.bbox[1], _cells(table)) for table in tables),
        *((line["top"], _split(line["chars"])) for line in around.extract_text_lines()),
    ]
    found = {
        "number": page.page_number,
        "blocks": [block for _, block in sorted(placed, key=lambda pair: pair[0])],
        "pictures": bool(page.images),
        "covered": any(_covers(image, page) for image in page.images),
        "drawing": drawing,
        "rotated": rotated,
        "unmapped": any(_UNMAPPED.fullmatch(letter["text"]) for letter in page.chars),
    }
    page.close()
    return found


def _cells(table: Table) -> list[list[tuple[str, int, int] | None]]:
    """Rows of (text, rows, columns) by column; None where nothing is written."""
    rows = table.rows
    tops = [row.bbox[1] for row in rows]
    lefts = sorted({box[0] for row in rows for box in row.cells if box})
    return [
        [
            (text, _within(tops, box[1], box[3]), _within(lefts, box[0], box[2])) if text and box else None
            for text, box in zip(texts, row.cells, strict=True)
        ]
        for texts, row in zip(table.extract(), rows, strict=True)
    ]


def _within(edges: list[float], start: float, end: float) -> int:
    """How many rows or columns begin within a cell."""
    return max(1, sum(start <= edge < end for edge in edges))


def _covers(image: dict[str, Any], page: Page) -> bool:
    """Whether a picture is one of the page, not one on it."""
    area = max(image["x1"] - image["x0"], 0) * max(image["bottom"] - image["top"], 0)
    return bool(area > WHOLE * page.width * page.height)


def _inside(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _split(letters: list[dict[str, Any]]) -> list[str]:
    """The pieces of a line; letters that are all spaced out, as in a title, are one."""
    pieces = [""]
    end = None
    for letter in letters:
        if not letter["text"].strip():
            pieces[-1] += " "
            continue
        gap = letter["x0"] - end if end is not None else 0
        if gap > _GAP * letter["size"]:
            pieces.append("")
        elif gap > _BLANK * letter["size"] and not pieces[-1].endswith(" "):
            pieces[-1] += " "
        pieces[-1] += letter["text"]
        end = letter["x1"]
    letters_alone = " ".join(pieces).split()
    spaced_out = len(letters_alone) > 1 and all(
        len(text) == 1 and not text.isascii() for text in letters_alone
    )
    return ["".join(letters_alone)] if spaced_out else pieces


if __name__ == "__main__":
    main()
