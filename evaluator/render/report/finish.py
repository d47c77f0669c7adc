"""What no template can do: gaps marked in colour, numbers that fit their cells, pages in the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from evaluator.render.report.paragraphs import paragraphs, text_of
from evaluator.render.report.speech import GAP_MARK

_NUMBER = re.compile(r"[≥≤＞＜＝<>=±]?\s?\d[\d,.%‰—~/:-]*[一-龥A-Za-z·]{0,4}")
_CENTIMETRE = 567  # twentieths of a point
_MARGINS = 0.4  # centimetres left and right of a cell's text together
_CELL_SIZE, _LEAST_SIZE = 10.0, 6.0  # points
_NARROW = 0.65  # width of a digit in ems, of the widest fonts that stand in for Times New Roman
_CONTENTS = ("toc 1", "toc 2")


def mark_gaps(document: Any) -> None:
    """Show what people still have to fill in in yellow."""
    for paragraph in paragraphs(document, GAP_MARK.search):
        for run in list(paragraph.runs):
            _mark_in(run)


def _mark_in(run: Any) -> None:
    """Split a run so that each gap in it has a run of its own."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    pieces = re.split(f"({GAP_MARK.pattern})", run.text)
    if len(pieces) < 2:
        return
    for piece in filter(None, pieces):
        element = deepcopy(run._r)
        run._r.addprevious(element)
        new = Run(element, run._parent)
        new.text = piece
        if GAP_MARK.fullmatch(piece):
            new.font.highlight_color = WD_COLOR_INDEX.YELLOW
    run._r.getparent().remove(run._r)


def fit_numbers(document: Any) -> None:
    """Make the letters of a table's cell smaller where a number in it would be broken over two lines."""
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    for element, width in _cell_paragraphs(document):
        room = (width - _MARGINS) / 2.54 * 72  # points
        widest = max((_ems(found) for found in _NUMBER.findall(text_of(element))), default=0)
        if widest * _CELL_SIZE > room > 0:
            size = max(_LEAST_SIZE, int(room / widest * 2) / 2)
            for run in Paragraph(element, document).runs:
                run.font.size = Pt(size)


def _ems(text: str) -> float:
    return sum(_NARROW if char.isascii() else 1 for char in text)


def _cell_paragraphs(document: Any) -> Iterator[tuple[Any, float]]:
    """Each ``w:p`` in a table with its cell's width in centimetres; cells without a width say nothing."""
    from docx.oxml.ns import qn

    width_of, kind, size, paragraph = f"{qn('w:tcPr')}/{qn('w:tcW')}", qn("w:type"), qn("w:w"), qn("w:p")
    for cell in document.element.body.iter(qn("w:tc")):
        width = cell.find(width_of)
        if width is not None and width.get(kind) == "dxa":
            centimetres = int(width.get(size)) / _CENTIMETRE
            yield from ((item, centimetres) for item in cell.findall(paragraph))


def contents(document: Any) -> list[Any]:
    """The paragraphs of the table of contents; none where a template has no such styles."""
    identities = {style.style_id for style in document.styles if style.name in _CONTENTS}
    return [item for item in document.paragraphs if item._p.style in identities]


def count_contents(report: Path) -> int:
    """How many entries the table of contents of a written report has; -1 where it has none."""
    from docx import Document

    return len(contents(Document(str(report)))) or -1


def number_contents(document: Any, pages: Sequence[int]) -> None:
    """Write the page of each entry of the contents behind it; nothing where the numbers are not of them."""
    entries = contents(document)
    if len(entries) == len(pages):
        for paragraph, page in zip(entries, pages, strict=True):
            texts = [run for run in paragraph.runs if run.text]
            if texts:
                texts[-1].add_text(f"\t{page}")
