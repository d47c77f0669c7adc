"""Web pages as browsers save them (html, and mhtml with everything in one file)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any, Final

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from evaluator.readers.characters import raised
from evaluator.readers.encodings import decode
from evaluator.readers.limits import MAX_COLUMNS, PARSER_ERRORS
from evaluator.readers.rows import RowCollector
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row

_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN: Final = {"script", "style", "head", "title", "noscript", "template", "svg", "iframe", "object"}
_BLOCKS: Final = {
    *("address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
    *("section", "tr", "ul"),
}
_ERRORS: Final[tuple[type[Exception], ...]] = (*PARSER_ERRORS, etree.LxmlError)
_MAX_ROWSPAN: Final = 65_534  # the HTML standard's bound


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a page. Findings: text-encoding, text-damaged, source-damaged."""
    decoded = [_decode(*page) for page in _pages(content)]
    texts = [page for page in decoded if page is not None]
    if not texts:
        return [], [finding("text-encoding", Place(file))]
    text, damaged = "\n".join(page for page, _ in texts), sum(count for _, count in texts)
    findings = [finding("text-damaged", Place(file), count=damaged)] if damaged else []
    text = _XML_DECLARATION.sub("", text.replace("\0", ""))
    # Pages of old editing programs leave tags open: without huge_tree the rest of such a page is dropped.
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(text, parser=parser)
    except _ERRORS:
        return [], [finding("source-damaged", Place(file))]
    walk = _Walk(file)
    try:
        walk.blocks(root)
    except RecursionError:
        return [], [finding("source-too-deep", Place(file))]
    return walk.collector.rows, findings


def _pages(content: bytes) -> list[tuple[bytes, str]]:
    """The pages of a file with the encodings that their envelope (mhtml) names; frames are pages too."""
    pages: list[tuple[bytes, str]] = []
    if content[:512].lstrip().lower().startswith((b"mime-version:", b"from: <saved by")):
        for part in message_from_bytes(content).walk():
            body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(body, bytes):
                pages.append((body, str(Message.get_content_charset(part) or "")))
    return pages or [(content, "")]


def _decode(content: bytes, encoding: str) -> tuple[str, int] | None:
    named = _CHARSET.search(content[:4096])
    name = (encoding or (named[1].decode("ascii") if named else "")).lower()
    if name and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(_WIDER.get(name, name)), 0
        except (UnicodeError, LookupError):
            pass  # what a page says of itself is often wrong
    return decode(content)


class _Walk:
    """One pass over a page."""

    def __init__(self, file: str) -> None:
        self.collector = RowCollector(file)
        self._paragraphs = 0

    def blocks(self, element: Any) -> None:
        """Running text and tables inside an element, in order."""
        pieces: list[str] = []
        for piece in _pieces(element):
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            self._flush(pieces)
            self._table(piece)
        self._flush(pieces)

    def _flush(self, pieces: list[str]) -> None:
        for line in _join(pieces).split("\n"):
            if line:
                self._paragraphs += 1
                self.collector.add_text(line, f"段落{self._paragraphs}")
        pieces.clear()

    def _table(self, table: Any) -> None:
        number = self.collector.start_table()
        for index, cells in enumerate(_grid(table), start=1):
            if self.collector.full:
                return
            # A cell around a whole table is layout: its content is read like the page's own.
            frames = [cell for _, cell in cells if cell.find(".//table") is not None]
            texts = ((column, _cell_text(cell)) for column, cell in cells if cell not in frames)
            spans = {column: (_span(cell, "rowspan"), _span(cell, "colspan")) for column, cell in cells}
            self.collector.add_grid_row(index, texts, (f"表{number}", number), spans)
            for frame in frames:
                self.blocks(frame)


def _pieces(element: Any) -> Iterator[Any]:
    """Text in pieces, line breaks as ``\\n``, and table elements as they are."""
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        if child.tag == "table" and not _is_hidden(child):
            yield child
        elif isinstance(child.tag, str) and not _is_hidden(child):
            yield from _inline(child)
        yield _SPACE.sub(" ", child.tail or "")


def _inline(element: Any) -> Iterator[Any]:
    if element.tag == "br":
        yield "\n"
    elif element.tag == "sup":
        yield from (raised(piece) if isinstance(piece, str) else piece for piece in _pieces(element))
    elif element.tag == "input":
        yield element.get("value", "") if element.get("type", "text").lower() == "text" else ""
    elif element.tag == "select":
        yield from (option.text or "" for option in element.iter("option") if "selected" in option.attrib)
    else:
        edge = "\n" if element.tag in _BLOCKS else ""
        yield edge
        yield from _pieces(element)
        yield edge


def _is_hidden(element: Any) -> bool:
    return (
        element.tag in _UNSEEN or "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
    )


def _join(pieces: list[str]) -> str:
    lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _cell_text(cell: Any) -> str:
    return _join([piece for piece in _pieces(cell) if isinstance(piece, str)])


def _grid(table: Any) -> Iterator[list[tuple[int, Any]]]:
    """Rows of (column from 0, cell), spans resolved."""
    taken: dict[int, int] = {}  # column -> rows from here on that a cell above reaches into
    for row in _rows(table):
        cells = []
        column = 0
        for cell in (child for child in row if child.tag in ("td", "th")):
            while taken.get(column, 0):
                column += 1
            if column >= MAX_COLUMNS:
                break
            cells.append((column, cell))
            width = min(_span(cell, "colspan"), MAX_COLUMNS - column)
            taken.update(dict.fromkeys(range(column, column + width), _span(cell, "rowspan")))
            column += width
        taken = {at: rows - 1 for at, rows in taken.items() if rows > 1}
        yield cells


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr" and not _is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr" and not _is_hidden(row))


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "").strip()
    number = int(value) if value.isdecimal() and len(value) < 6 else 1
    # 0 means: to the end of the table.
    return min(number, _MAX_ROWSPAN) or (_MAX_ROWSPAN if name == "rowspan" else 1)
