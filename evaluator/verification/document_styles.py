"""What a run of a Word document looks like, styles followed up (ECMA-376 part 1, §17.7.2): can it be read?"""

from __future__ import annotations

from typing import Any

from evaluator.verification.colours import PAPER, unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TINY = 8  # half points
_LOW, _NARROW = 80, 20  # twentieths of a point; percent
_ON = ("1", "true", "on")


class Styles:
    """The styles of one document."""

    def __init__(self, root: Any) -> None:
        """Take the root of ``word/styles.xml``."""
        self._by_id = {str(style.get(f"{W}styleId")): style for style in root.iter(f"{W}style")}
        self._standard = {
            style.get(f"{W}type"): key
            for key, style in self._by_id.items()
            if style.get(f"{W}default") in _ON
        }
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def name_of(self, paragraph: Any) -> str:
        """The name of a paragraph's style; empty where it has none of its own."""
        style = self._by_id.get(_named(paragraph.find(f"{W}pPr/{W}pStyle")))
        node = None if style is None else style.find(f"{W}name")
        return "" if node is None else _named(node)

    def traps(self, run: Any, paragraph: Any) -> list[str]:
        """In which ways a run's text is kept from being read."""
        ink, size = self._value(run, paragraph, "color"), self._value(run, paragraph, "sz")
        found = []
        if self._is_on(run, paragraph, "vanish") or _in_hidden_row(paragraph):
            found.append("隐藏文字")
        if _is_colour(ink) and unreadable(ink.upper(), self._paper(run, paragraph)):
            found.append("与底色分不出的颜色")
        if size.isdecimal() and int(size) <= _TINY:
            found.append("极小的字")
        if _is_crushed(run, paragraph):
            found.append("压扁的字")
        if self._is_on(run, paragraph, "strike") or self._is_on(run, paragraph, "dstrike"):
            found.append("删除线")
        return found

    def _paper(self, run: Any, paragraph: Any) -> str:
        """What lies behind a run: its own shading, its cell's, else paper."""
        shadings = [run.find(f"{W}rPr/{W}shd"), paragraph.find(f"{W}pPr/{W}shd")]
        shadings += [cell.find(f"{W}tcPr/{W}shd") for cell in paragraph.iterancestors(f"{W}tc")]
        fills = (str(node.get(f"{W}fill", "")) for node in shadings if node is not None)
        return next((fill.upper() for fill in fills if _is_colour(fill)), PAPER)

    def _is_on(self, run: Any, paragraph: Any, name: str) -> bool:
        return (
            self._value(run, paragraph, name) in ("", *_ON) and self._node(run, paragraph, name) is not None
        )

    def _value(self, run: Any, paragraph: Any, name: str) -> str:
        node = self._node(run, paragraph, name)
        return "" if node is None else _named(node)

    def _node(self, run: Any, paragraph: Any, name: str) -> Any:
        """A property of a run: its own, its style's, its paragraph's style's, the document's."""
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return own
        styles = (
            _named(run.find(f"{W}rPr/{W}rStyle")),
            _named(paragraph.find(f"{W}pPr/{W}pStyle")) or self._standard.get("paragraph", ""),
            *(_named(table.find(f"{W}tblPr/{W}tblStyle")) for table in paragraph.iterancestors(f"{W}tbl")),
        )
        for style in styles:
            found = self._inherited(style, name)
            if found is not None:
                return found
        return None if self._defaults is None else self._defaults.find(f"{W}{name}")

    def _inherited(self, key: str, name: str) -> Any:
        for _ in range(20):  # styles may name each other in a circle
            style = self._by_id.get(key)
            if style is None:
                return None
            found = style.find(f"{W}rPr/{W}{name}")
            if found is not None:
                return found
            key = _named(style.find(f"{W}basedOn"))
        return None


def _is_crushed(run: Any, paragraph: Any) -> bool:
    """Whether lines, rows or letters are set so small that nothing of the text is left to see."""
    line, width = paragraph.find(f"{W}pPr/{W}spacing"), run.find(f"{W}rPr/{W}w")
    crushed = line is not None and line.get(f"{W}lineRule") == "exact" and _small(line, "line", _LOW)
    crushed = crushed or (width is not None and _small(width, "val", _NARROW))
    heights = (row.find(f"{W}trPr/{W}trHeight") for row in paragraph.iterancestors(f"{W}tr"))
    exact = (node for node in heights if node is not None and node.get(f"{W}hRule") == "exact")
    return crushed or any(_small(node, "val", _LOW) for node in exact)


def _small(node: Any, name: str, least: int) -> bool:
    text = str(node.get(f"{W}{name}", ""))
    return text.isdecimal() and int(text) < least


def _in_hidden_row(paragraph: Any) -> bool:
    return any(row.find(f"{W}trPr/{W}hidden") is not None for row in paragraph.iterancestors(f"{W}tr"))


def _named(node: Any) -> str:
    return "" if node is None else str(node.get(f"{W}val", ""))


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in text)
