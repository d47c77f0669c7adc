"""What lies in an office file's zip beside the cells: pictures, shapes, comments, macros, and who wrote it.

openpyxl drops most of it when it reads, so the parts themselves are looked at (ECMA-376 part 2, §9).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

_HARMLESS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail",
    "worksheet", "styles", "theme", "sharedStrings", "calcChain", "sheetMetadata", "printerSettings",
    "customXml", "customXmlProps", "settings", "webSettings", "fontTable", "numbering", "stylesWithEffects",
    "header", "footer", "footnotes", "endnotes",
}  # fmt: skip
"""Kinds of parts that no printed page shows by themselves, or that are compared for themselves."""
_KINDS = {
    "image": "图片",
    "chart": "图表",
    "drawing": "图形",
    "vmlDrawing": "控件或页眉页脚里的图形",
    "comments": "批注",
    "threadedComment": "批注",
    "hyperlink": "超链接",
    "oleObject": "嵌入的对象",
    "package": "嵌入的文件",
    "control": "控件",
    "ctrlProp": "控件",
    "vbaProject": "宏",
    "externalLink": "外部链接",
    "chartsheet": "图表工作表",
    "pivotTable": "数据透视表",
    "table": "表格（列表）",
    "queryTable": "外部查询",
    "connections": "数据连接",
    "font": "嵌入的字体",
    "person": "批注人",
}
_COMMENTS = ("comments", "threadedComment")
_INSIDE = re.compile(r"xl/worksheets/[^/]*\.xml|word/(document|header\d*|footer\d*)\.xml")
_QUIET = {"person", "vmlDrawing"}  # they come with comments, which are told
_PROGRAM = re.compile(rb"<(?:\w+:)?Application>([^<]*)<")
_SHEET_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEWER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Attached:
    """Something on a part: of which kind, over which cells (empty where that is not said), saying what."""

    owner: str
    kind: str
    where: str = ""
    text: str = ""


def program(path: Path) -> str:
    """The program that the file says wrote it; empty where it does not say."""
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        if "docProps/app.xml" not in archive.namelist():
            return ""
        match = _PROGRAM.search(archive.read("docProps/app.xml"))
    return match[1].decode("utf-8", "replace").partition("/")[0] if match else ""


def attached(path: Path) -> list[Attached]:
    """All that is attached to the parts of a file, owner by owner; sheets are named by their part."""
    found: list[Attached] = []
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        names = set(archive.namelist())
        for name in sorted(names):
            if name.endswith(".rels"):
                found += _of(archive, name, names)
            elif _INSIDE.fullmatch(name):
                found += _inside(_tree(archive.read(name)), name)
    return found


def _inside(root: Any, owner: str) -> Iterator[Attached]:
    """What lies in a part itself and openpyxl or the text passes over: shapes, newer conditional formats."""
    for node in root.iter(f"{_WORD}drawing", f"{_WORD}pict", f"{_WORD}object"):
        if next(node.iterancestors(_FALLBACK), None) is None:
            yield Attached(owner if "document" not in owner else "", "图形或文本框")
    for node in root.iter(f"{_NEWER}conditionalFormatting"):
        yield Attached(owner, "扩展的条件格式", node.findtext("{*}sqref") or "")
    for node in root.iter(f"{_NEWER}sparklineGroup"):
        yield Attached(owner, "迷你图", node.findtext(".//{*}sqref") or "")


def sheet_parts(path: Path) -> dict[str, str]:
    """The part of each sheet of a workbook to the sheet's name."""
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        targets = {key: target for key, _, target in _relations(archive, "xl/_rels/workbook.xml.rels")}
        root = _tree(archive.read("xl/workbook.xml"))
    return {
        targets.get(value, ""): str(node.get("name"))
        for node in root.iter("{*}sheet")
        for key, value in node.items()
        if key.endswith("}id")
    }


def _tree(content: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def _relations(archive: ZipFile, name: str) -> Iterator[tuple[str, str, str]]:
    """Relationships as (id, kind, target part); the target of an outside one is its address."""
    owner = posixpath.dirname(posixpath.dirname(name))
    for node in _tree(archive.read(name)):
        target = str(node.get("Target", ""))
        if node.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", owner, target)).lstrip("/")
        yield str(node.get("Id")), str(node.get("Type", "")).rpartition("/")[2], target


def _of(archive: ZipFile, name: str, names: set[str]) -> Iterator[Attached]:
    folder, file = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    if "/drawings/" in f"/{owner}":
        return  # a drawing's own parts are told with it
    relations = list(_relations(archive, name))
    commented = any(kind in _COMMENTS for _, kind, _ in relations)
    for _, kind, target in relations:
        if kind in _HARMLESS or (commented and kind in _QUIET):
            continue
        if kind == "drawing" and target in names:
            yield from _anchored(archive, owner, target)
        elif kind == "hyperlink":
            yield Attached(owner, _KINDS[kind], text=target)
        elif kind in _COMMENTS and target in names:
            yield from _comments(archive.read(target), owner, _KINDS[kind])
        else:
            yield Attached(owner, _KINDS.get(kind, f"其他内容（{kind}）"))


def _anchored(archive: ZipFile, owner: str, drawing: str) -> Iterator[Attached]:
    """Pictures and shapes with the cells that they lie over."""
    for anchor in _tree(archive.read(drawing)):
        if not str(anchor.tag).endswith("Anchor"):
            continue
        first, last = (_corner(anchor.find(f"{_SHEET_DRAWING}{end}")) for end in ("from", "to"))
        kinds = {
            "pic": "图片",
            "sp": "文本框或图形",
            "cxnSp": "线条",
            "grpSp": "组合图形",
            "graphicFrame": "图表",
        }
        kind = next(
            (kinds[tag] for node in anchor if (tag := str(node.tag).rpartition("}")[2]) in kinds), "图形"
        )
        text = "".join(node.text or "" for node in anchor.iter(f"{_MAIN}t"))
        yield Attached(owner, kind, f"{first}:{last}" if last else first, text)


def _corner(node: Any) -> str:
    if node is None:
        return ""
    from openpyxl.utils import get_column_letter

    column, row = (int(node.findtext(f"{_SHEET_DRAWING}{name}") or 0) for name in ("col", "row"))
    return f"{get_column_letter(column + 1)}{row + 1}"


def _comments(content: bytes, owner: str, kind: str) -> Iterator[Attached]:
    """Comments with their cells (in a document: without) and words."""
    for node in _tree(content).iter("{*}comment", "{*}threadedComment"):
        yield Attached(owner, kind, str(node.get("ref", "")), " ".join("".join(node.itertext()).split()))
