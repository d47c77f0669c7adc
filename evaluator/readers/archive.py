"""Zip containers (docx, xlsx) looked over before a parser unpacks them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile, ZipInfo

from evaluator.readers.limits import MAX_RATIO, MAX_UNPACKED, MEGABYTE, PARSER_ERRORS, SMALL
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place

_ENCRYPTED = 0x1
_MARKUP = (".xml", ".rels", ".vml")


def check_archive(content: bytes, file: str, limit: int = MAX_UNPACKED) -> list[Finding]:
    """Why this archive must not be unpacked, if so: encrypted, damaged, too big inside, XML entities.

    `limit` is for its XML, in bytes; all of it may have `MAX_UNPACKED`.
    """
    place = Place(file)
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                return [finding("source-encrypted", place)]
            unpacked = _unpacked(entries, len(content), limit)
            if unpacked:
                return [finding("source-bomb", place, size=f"{unpacked // MEGABYTE} MB")]
            if any(_has_entities(archive.read(entry)) for entry in _markup(entries)):
                return [finding("source-entities", place)]
    except PARSER_ERRORS:
        return [finding("source-damaged", place)]
    return []


def _markup(entries: list[ZipInfo]) -> list[ZipInfo]:
    return [entry for entry in entries if entry.filename.lower().endswith(_MARKUP)]


def _unpacked(entries: list[ZipInfo], packed: int, limit: int) -> int:
    """Size in bytes after unpacking where it is out of bounds, else 0."""
    total = sum(entry.file_size for entry in entries)
    markup = sum(entry.file_size for entry in _markup(entries))
    out_of_bounds = total > MAX_UNPACKED or markup > limit or (total > SMALL and total > packed * MAX_RATIO)
    return total if out_of_bounds else 0


def _has_entities(xml: bytes) -> bool:
    # Office programs write no document type; without zero bytes UTF-16 reads as ASCII.
    plain = xml.replace(b"\0", b"") if b"\0" in xml[:64] else xml
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
