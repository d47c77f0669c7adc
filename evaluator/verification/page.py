"""Two HTML pages held against each other: which element under which heading says or looks otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.sequences import changes
from evaluator.verification.wording import apart, short

_HEADINGS = ("h1", "h2", "h3")
_HIDING = ("style", "script", "link", "base", "meta", "iframe", "object", "embed", "img", "svg")


@dataclass(frozen=True, slots=True)
class Piece:
    """One element: its tag with attributes, the text in it and behind it."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    tail: str

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self.text} {self.tail}".strip()


def page_differences(original: Path, present: Path, place: Place) -> Iterator[Finding]:
    """Findings for each difference. Findings: verify-text-changed, verify-page-dressed."""
    before, after = _pieces(original), _pieces(present)
    for old, new in changes([piece for _, piece in before], [piece for _, piece in after]):
        where = before[old][0] if old is not None else after[new or 0][0]
        was, now = (None if at is None else side[at][1] for at, side in ((old, before), (new, after)))
        yield from _difference(was, now, Place(place.file, cell=where))


def _difference(was: Piece | None, now: Piece | None, at: Place) -> Iterator[Finding]:
    nothing = Piece("", (), "", "")
    before, after = was or nothing, now or nothing
    tag = after.tag or before.tag
    if tag in _HIDING or before.words == after.words:
        how = "（增加）" if was is None else "（删去）" if now is None else ""
        yield finding("verify-page-dressed", at, what=f"<{tag}>{how}")
        return
    words = apart(before.words or "（没有）", after.words or "（没有）")
    yield finding("verify-text-changed", at, before=short(words[0]), after=short(words[1]))


def _pieces(path: Path) -> list[tuple[str, Piece]]:
    """The elements of a page in order, each with the headings above it and the head of its row."""
    from lxml import html

    # A page that somebody emptied has no tree: it is one without elements.
    text = path.read_bytes().decode("utf-8", "replace").strip() or "<html></html>"
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    root: Any = html.document_fromstring(text.encode(), parser=parser)
    headings: dict[int, str] = {}
    pieces = []
    for node in root.iter():
        tag = node.tag if isinstance(node.tag, str) else "comment"
        if tag in _HEADINGS:
            level = int(tag[1])
            headings = {n: title for n, title in headings.items() if n < level}
            headings[level] = _clean(node.text_content())
        piece = Piece(tag, tuple(sorted(node.attrib.items())), _clean(node.text), _clean(node.tail))
        pieces.append((_where(node, headings), piece))
    return pieces


def _where(node: Any, headings: dict[int, str]) -> str:
    """Such as “项目和指标／1 法律服务／CC-01”: headings below the page's title, then the row's head."""
    path = [title for level, title in headings.items() if level > 1] or list(headings.values())
    row = node if node.tag == "tr" else next(node.iterancestors("tr"), None)
    head = None if row is None else row.find("th")
    if head is not None and (name := _clean(head.text_content())):
        path = [*path, name]
    return "／".join(path) or f"第{node.sourceline}行"


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
