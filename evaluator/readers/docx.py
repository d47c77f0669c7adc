"""Word documents (docx, docm): paragraphs and tables in document order.

python-docx opens the package and knows its elements. The order, content controls, smart tags, tracked
changes and text boxes are walked here, because its ``Paragraph.text`` and ``iter_inner_content`` leave
out what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

from docx.opc.package import OpcPackage
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from evaluator.readers.archive import check_archive
from evaluator.readers.characters import SYMBOLS, raised
from evaluator.readers.limits import MAX_TREE, PARSER_ERRORS
from evaluator.readers.rows import RowCollector, Span
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row

_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARAGRAPH, _TABLE, _BOX = qn("w:p"), qn("w:tbl"), qn("w:txbxContent")
_WRAPPERS: Final = {
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")
}
# Text boxes come after the paragraph; a fallback repeats what its choice says; the rest nobody sees.
_SKIPPED: Final = {
    *(qn(f"w:{name}") for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent")),
    f"{_COMPATIBILITY}Fallback",
}
_CHARACTERS: Final = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXTS: Final = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a document. Findings: those of `check_archive`, source-damaged."""
    findings = check_archive(content, file, MAX_TREE)
    if findings:
        return [], findings
    try:
        # By relationship, not as docx.Document does by content type: templates and macros are read too.
        main = OpcPackage.open(BytesIO(content)).main_document_part
        body = parse_xml(main.blob).find(qn("w:body"))
    except PARSER_ERRORS:
        return [], [finding("source-damaged", Place(file))]
    if body is None:
        return [], [finding("source-damaged", Place(file))]
    walk = _Walk(file)
    walk.blocks(body)
    return walk.collector.rows, []


class _Walk:
    """One pass over a document."""

    def __init__(self, file: str) -> None:
        self.collector = RowCollector(file)
        self._paragraphs = 0

    def blocks(self, parent: Any) -> None:
        for block in _blocks(parent):
            if block.tag == _TABLE:
                self._table(block)
                continue
            self._paragraphs += 1
            self.collector.add_text(_text(block), f"段落{self._paragraphs}")
            for box in _boxes(block):
                self.blocks(box)

    def _table(self, table: Any) -> None:
        number = self.collector.start_table()
        rows = [list(_cells(row)) for row in _unwrapped(table, qn("w:tr"))]
        for index, (row, spans) in enumerate(zip(rows, _spans(rows), strict=True), start=1):
            cells = [(cell.column, cell.element) for cell in row if not cell.covered]
            # A cell around a whole table is layout: its content is read like the page's own.
            frames = [cell for _, cell in cells if any(block.tag == _TABLE for block in _blocks(cell))]
            texts = ((column, _cell_text(cell)) for column, cell in cells if cell not in frames)
            self.collector.add_grid_row(index, texts, (f"表{number}", number), spans)
            for frame in frames:
                self.blocks(frame)


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _unwrapped(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


class _TableCell(NamedTuple):
    """A cell with its column (from 0): whether it goes on from `above`, whether a merge has `covered` it."""

    column: int
    width: int
    above: bool
    covered: bool
    element: Any


def _cells(row: Any) -> Iterator[_TableCell]:
    column = _number(row, "w:trPr/w:gridBefore", 0)
    for cell in _unwrapped(row, qn("w:tc")):
        above, beside = (_continues(cell, f"w:tcPr/w:{merge}") for merge in ("vMerge", "hMerge"))
        width = _number(cell, "w:tcPr/w:gridSpan", 1)
        yield _TableCell(column, width, above, above or beside, cell)
        column += width


def _spans(rows: Sequence[Sequence[_TableCell]]) -> list[dict[int, Span]]:
    """For each row the size of its cells in rows and columns, by column."""
    found: list[dict[int, Span]] = []
    below: dict[int, int] = {}  # column -> rows from the next one on that go on from here
    for row in reversed(rows):
        heights = {cell.column: 1 + below.get(cell.column, 0) for cell in row}
        found.append({cell.column: (heights[cell.column], cell.width) for cell in row})
        below = {cell.column: heights[cell.column] for cell in row if cell.above}
    return found[::-1]


def _number(element: Any, path: str, default: int) -> int:
    found = element.find(_path(path))
    value = "" if found is None else found.get(qn("w:val"), "")
    return int(value) if value.isdecimal() and len(value) < 5 else default


def _continues(cell: Any, path: str) -> bool:
    found = cell.find(_path(path))
    return found is not None and found.get(qn("w:val"), "continue") == "continue"


def _path(path: str) -> str:
    return "/".join(qn(step) for step in path.split("/"))


def _cell_text(cell: Any) -> str:
    return "\n".join(_paragraph_texts(cell))


def _paragraph_texts(parent: Any) -> Iterator[str]:
    for block in _blocks(parent):
        yield _text(block)
        for box in _boxes(block):
            yield from _paragraph_texts(box)


def _boxes(block: Any) -> Iterator[Any]:
    """Text boxes anchored in a paragraph, without those inside of them and those of a fallback."""
    for child in block:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _boxes(child)


def _text(element: Any) -> str:
    pieces = []
    for child in element:
        if child.tag in _TEXTS:
            pieces.append(child.text or "")
        elif child.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[child.tag])
        elif child.tag == qn("w:sym"):
            pieces.append(_symbol(child.get(qn("w:char"), "")))
        elif child.tag not in _SKIPPED:
            pieces.append(raised(_text(child)) if _is_raised(child) else _text(child))
    return "".join(pieces)


def _is_raised(run: Any) -> bool:
    """Whether a run is set as a superscript: a footnote's mark, or the 2 of m²."""
    found = run.find(_path("w:rPr/w:vertAlign"))
    return found is not None and found.get(qn("w:val")) == "superscript"


def _symbol(code: str) -> str:
    return SYMBOLS.get(code.upper(), "□")
