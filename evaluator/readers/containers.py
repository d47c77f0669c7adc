"""What a file is, by its first bytes; the ending of its name is only a hint."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from evaluator.readers.limits import PARSER_ERRORS

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML: Final = ("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div")
_HEAD: Final = 4096
_BEFORE_TEXT: Final = re.compile(r"^[\sÿþï»¿]+")  # byte order marks, read as Latin-1


class Container(StrEnum):
    """Kinds of files; the values are what people call them."""

    TEXT = "文本"
    HTML = "网页"
    XLSX = "Excel 工作簿（xlsx）"
    XLS = "Excel 97-2003 工作簿（xls）"
    DOCX = "Word 文档（docx）"
    PDF = "PDF"
    OLD_DOCUMENT = "旧版 Word 或 WPS 文档（doc、wps、rtf、odt）"
    OLD_SHEET = "其他格式的表格（et、ods、xlsb、xml）"
    ENCRYPTED = "加密文件"
    PICTURE = "图片"
    ARCHIVE = "压缩包"
    OFD = "OFD 版式文件"
    UNKNOWN = "未知格式"


SUFFIXES: Final = {
    Container.TEXT: (".txt", ".csv", ".tsv", ".tab", ".md", ".text", ""),
    Container.HTML: (".html", ".htm", ".mht", ".mhtml", ".xhtml"),
    Container.XLSX: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Container.XLS: (".xls", ".et", ".xlt", ".ett"),
    Container.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    Container.PDF: (".pdf",),
    Container.OLD_DOCUMENT: (".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt", ".uot", ".fodt", ".xml"),
    Container.OLD_SHEET: (".et", ".ods", ".xlsb", ".ett", ".uos", ".fods", ".xml"),
}


def identify(content: bytes, suffix: str) -> Container:
    """The container by content; `suffix` (``.docx``) decides only where the content leaves it open."""
    if b"%PDF-" in content[:1024]:
        return Container.PDF
    if content.startswith(_ZIP):
        return _identify_zip(content, suffix)
    if content.startswith(_OLE):
        return _identify_ole(content, suffix)
    if content.startswith(b"{\\rtf"):
        return Container.OLD_DOCUMENT
    if content.startswith(_ARCHIVES):
        return Container.ARCHIVE
    if content.startswith(_PICTURES) and b"\0" in content[:_HEAD]:
        return Container.PICTURE
    return _identify_text(content, suffix)


def _identify_zip(content: bytes, suffix: str) -> Container:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(80) if "mimetype" in names else b""
    except PARSER_ERRORS:
        # Cut off at the end: the first entries still tell what it was, or else the file's name.
        names, kind = _names_in(content) or _named(suffix), content[:200]
    if "xl/workbook.bin" in names or b"spreadsheet" in kind:
        return Container.OLD_SHEET
    if b"opendocument.text" in kind:
        return Container.OLD_DOCUMENT
    if "OFD.xml" in names:
        return Container.OFD
    if any(name.startswith("xl/") for name in names):
        return Container.XLSX
    return Container.DOCX if any(name.startswith("word/") for name in names) else Container.ARCHIVE


def _names_in(content: bytes) -> set[str]:
    return {name for name in ("xl/", "word/", "OFD.xml") if name.encode() in content}


def _named(suffix: str) -> set[str]:
    folders = {Container.XLSX: "xl/", Container.DOCX: "word/"}
    return {folder for container, folder in folders.items() if suffix in SUFFIXES[container]}


def _identify_ole(content: bytes, suffix: str) -> Container:
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(content)) as ole:
            streams = {name for name, *rest in ole.listdir() if not rest}
    except PARSER_ERRORS:
        streams = set()
    if "EncryptedPackage" in streams:
        return Container.ENCRYPTED
    if "WordDocument" in streams:
        return Container.OLD_DOCUMENT
    if streams & {"Workbook", "Book"} or suffix in SUFFIXES[Container.XLS]:
        return Container.XLS
    return Container.OLD_DOCUMENT if suffix in SUFFIXES[Container.OLD_DOCUMENT] else Container.UNKNOWN


def _identify_text(content: bytes, suffix: str) -> Container:
    head = content[:_HEAD].replace(b"\0", b"").decode("latin-1").lower()
    head = _BEFORE_TEXT.sub("", head, count=1)
    if "<office:document" in head:  # OpenDocument in one file (fods, fodt)
        return Container.OLD_SHEET if "opendocument.spreadsheet" in head else Container.OLD_DOCUMENT
    if "mso-application" in head:
        return Container.OLD_SHEET if "excel.sheet" in head else Container.OLD_DOCUMENT
    if head.startswith(("mime-version:", "from: <saved by")):
        return Container.HTML
    if head.startswith(_HTML) or (head.startswith(("<?xml", "<!--")) and "<html" in head):
        return Container.HTML
    if suffix in SUFFIXES[Container.HTML] and head.startswith("<"):
        return Container.HTML
    return Container.TEXT
