"""Two Word documents held against each other: texts with their places, text that cannot be seen, charts.

How pages are laid out is not compared: each office program lays them out in its own way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from evaluator.readers.archive import check_archive
from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.attachments import attachment_differences
from evaluator.verification.document_styles import Styles
from evaluator.verification.sequences import changes
from evaluator.verification.wording import apart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = (
    ("header", "页眉"),
    ("footer", "页脚"),
    ("footnotes", "脚注"),
    ("endnotes", "尾注"),
    ("comments", "批注"),
)
_HEADING = re.compile(r"heading ?[1-9]|标题 ?[1-9]", re.IGNORECASE)
_TEXT = ("t", "tab", "br", "delText", "ins", "fldChar", "instrText")
_PAGES = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b")
_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: where it stands, what it says, what of it print does not show as text."""

    where: str
    text: str
    hidden: tuple[str, ...]


def document_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Findings for each difference; none where texts, charts and what lies in the document are the same.

    Findings: verify-output-changed, verify-text-changed, verify-text-hidden, verify-covered.
    """
    before, after = _read(original), _read(present)
    if before is None or after is None:
        yield finding("verify-output-changed", place, extent="，已无法打开")
        return
    for part in dict.fromkeys((*before, *after)):
        yield from _block_differences(before.get(part, []), after.get(part, []), place)
    yield from attachment_differences(original, present, place)


def _block_differences(before: list[Block], after: list[Block], place: Place) -> Iterator[Finding]:
    was, now = [(b.text, b.hidden) for b in before], [(b.text, b.hidden) for b in after]
    for old, new in changes(was, now):
        first = before[old] if old is not None else Block("", "", ())
        second = after[new] if new is not None else Block("", "", ())
        at = Place(place.file, cell=first.where or second.where)
        if first.text != second.text:
            words = apart(first.text or "（没有这一段）", second.text or "（这一段被删去）")
            yield finding("verify-text-changed", at, before=words[0], after=words[1])
        added = [kind for kind in second.hidden if kind not in first.hidden]
        if added:
            yield finding("verify-text-hidden", at, text=apart(second.text, "")[0], how="、".join(added))


def _read(path: Path) -> dict[str, list[Block]] | None:
    """The paragraphs of each part of a document; None where it cannot be opened."""
    try:
        content = path.read_bytes()
        if check_archive(content, path.name):
            return None
        with ZipFile(BytesIO(content)) as archive:
            return _parts(archive)
    except PARSER_ERRORS:
        return None


def _parts(archive: ZipFile) -> dict[str, list[Block]]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    names = sorted(archive.namelist())
    style_part = archive.read("word/styles.xml") if "word/styles.xml" in names else b"<none/>"
    styles = Styles(etree.fromstring(style_part, parser))
    parts: dict[str, list[Block]] = defaultdict(list)
    parts["正文"] = list(_blocks(etree.fromstring(archive.read("word/document.xml"), parser), styles))
    for name in names:
        for stem, word in _PARTS:
            if re.fullmatch(rf"word/{stem}\d*\.xml", name):
                root = etree.fromstring(archive.read(name), parser)
                parts[word] += [Block(word, block.text, block.hidden) for block in _blocks(root, styles)]
        if re.fullmatch(r"word/charts/[^/]*\.xml", name):
            root = etree.fromstring(archive.read(name), parser)
            parts["图表"] += [Block("图表", text, ()) for text in _chart_values(root)]
    return parts


def _chart_values(root: Any) -> Iterator[str]:
    for node in root.iter(_VALUE):
        text = (node.text or "").strip()
        yield format(float(text), ".12g") if re.fullmatch(r"-?\d+(\.\d*)?", text) else text


def _blocks(root: Any, styles: Styles) -> Iterator[Block]:
    """Paragraphs with text in reading order; tables are counted as they come, headings are remembered."""
    heading, number = "", 0
    tables: dict[Any, int] = {}
    for table in root.iter(f"{W}tbl"):
        tables[table] = len(tables) + 1
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        text, hidden = _text(paragraph, styles)
        if not text.strip():
            continue
        number += 1
        place = _cell_of(paragraph, tables) or f"第{number}段"
        if _HEADING.match(styles.name_of(paragraph)):
            heading = text.strip()
        yield Block(f"“{heading}”{place}" if heading else place, text, hidden)


def _cell_of(paragraph: Any, tables: dict[Any, int]) -> str:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        return ""
    row = cell.getparent()
    table = next(row.iterancestors(f"{W}tbl"))
    return f"表{tables[table]}第{_position(row, 'tr')}行第{_position(cell, 'tc')}列"


def _position(node: Any, tag: str) -> int:
    return 1 + sum(1 for _ in node.itersiblings(f"{W}{tag}", preceding=True))


def _text(paragraph: Any, styles: Styles) -> tuple[str, tuple[str, ...]]:
    """What a paragraph says, and in which ways parts of it are kept from being read.

    Page numbers are left out: every program that saves a document counts its pages anew.
    """
    parts: list[str] = []
    hidden: dict[str, None] = {}
    for node in _shown(paragraph):
        if node.tag in (f"{W}delText", f"{W}ins"):
            hidden["修订标记"] = None
        elif node.tag == f"{W}t" and (node.text or "").strip():
            parts.append(node.text)
            hidden |= dict.fromkeys(styles.traps(node.getparent(), paragraph))
        else:
            parts.append(" ")
    return re.sub(r"[ \t\n]+", " ", "".join(parts)).strip(), tuple(hidden)


def _shown(paragraph: Any) -> Iterator[Any]:
    """The nodes that hold a paragraph's own text: not a text box's in it, not the number of a page."""
    fields: list[list[str]] = []
    for node in paragraph.iter(*(f"{W}{tag}" for tag in _TEXT)):
        if next(node.iterancestors(f"{W}p"), paragraph) is not paragraph:
            continue  # of a text box inside this paragraph: a paragraph of its own
        if node.tag == f"{W}fldChar":
            _step(fields, str(node.get(f"{W}fldCharType")))
        elif node.tag == f"{W}instrText":
            if fields:
                fields[-1][1] += node.text or ""
        elif not any(kind == "separate" and _PAGES.match(code) for kind, code in fields) and not any(
            _PAGES.match(str(field.get(f"{W}instr"))) for field in node.iterancestors(f"{W}fldSimple")
        ):
            yield node


def _step(fields: list[list[str]], kind: str) -> None:
    """A field begins, comes to its result, or ends."""
    if kind == "begin":
        fields.append(["begin", ""])
    elif fields and kind == "separate":
        fields[-1][0] = "separate"
    elif fields and kind == "end":
        fields.pop()
