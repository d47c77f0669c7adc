"""One file, read: loaded once, hashed, identified, handed to the reader of its container."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePosixPath

from evaluator.readers.containers import SUFFIXES, Container, identify
from evaluator.readers.limits import MAX_CELL, MAX_CELLS, MAX_FILE, MAX_ROWS, MAX_TEXT, MEGABYTE
from evaluator.records.findings import Finding, finding, has_errors
from evaluator.records.source import Place, Row, Source
from evaluator.scans.store import PageStore
from evaluator.storage.files import reason, relative

# content, file as in places -> rows, findings
Reader = Callable[[bytes, str], tuple[list[Row], list[Finding]]]
_MODULES = {
    Container.TEXT: "text",
    Container.HTML: "html",
    Container.XLSX: "xlsx",
    Container.XLS: "xls",
    Container.DOCX: "docx",
}
_UNREADABLE = {
    Container.ENCRYPTED: "source-encrypted",
    Container.ARCHIVE: "source-archive",
    Container.OFD: "source-ofd",
    Container.UNKNOWN: "source-unknown",
}


def read_source(
    path: Path, workspace: Path, pages: PageStore | None = None
) -> tuple[Source | None, list[Finding]]:
    """Read a file into rows; None where nothing could be read, which a finding of severity error explains.

    `pages` is where pages that are read from pictures are kept; without it none are read. Findings: those of
    ``messages/readers.toml`` and ``messages/scans.toml``. Never raises for what is in the file or its folder.
    """
    place = Place(relative(path, workspace) if path.is_relative_to(workspace) else path.name)
    content, findings = _load(path, place)
    if findings:
        return None, findings
    suffix = path.suffix.lower()
    container = identify(content, suffix)
    rows, findings = _read(container, content, place.file, pages)
    if not rows:
        return None, findings if has_errors(findings) else [*findings, finding("source-blank", place)]
    findings += _suffix_findings(container, suffix, place)
    if len(rows) >= MAX_ROWS or sum(len(row.cells) for row in rows) >= MAX_CELLS:
        findings.append(finding("source-cut", place, rows=MAX_ROWS, cells=MAX_CELLS))
    rows, cut = _cut_cells(rows)
    findings += cut
    return Source(place.file, hashlib.sha256(content).hexdigest(), tuple(rows)), findings


def _cut_cells(rows: list[Row]) -> tuple[list[Row], list[Finding]]:
    """The rows with cells no longer than a spreadsheet can hold; each that was cut is a finding."""
    long = [cell for row in rows for cell in row.cells if len(cell.text) > MAX_CELL]
    if not long:
        return rows, []
    cut = [
        replace(row, cells=tuple(replace(cell, text=cell.text[:MAX_CELL]) for cell in row.cells))
        for row in rows
    ]
    return cut, [finding("cell-cut", cell.place, length=len(cell.text), limit=MAX_CELL) for cell in long]


def _load(path: Path, place: Place) -> tuple[bytes, list[Finding]]:
    try:
        if path.is_dir():
            return b"", [finding("source-is-folder", place)]
        if path.stat().st_size > MAX_FILE:
            return b"", [finding("source-too-large", place, limit=f"{MAX_FILE // MEGABYTE} MB")]
        content = path.read_bytes()
    except FileNotFoundError:
        return b"", [finding("source-not-found", place)]
    except PermissionError:
        return b"", [finding("source-locked", place)]
    except OSError as error:
        return b"", [finding("source-not-read", place, reason=reason(error))]
    return content, [] if content.strip(b"\0 \r\n\t") else [finding("source-empty", place)]


def _suffix_findings(container: Container, suffix: str, place: Place) -> list[Finding]:
    usual = SUFFIXES.get(container)
    if usual is None or suffix in usual:
        return []
    return [finding("source-suffix", place, suffix=suffix or "（无）", container=container, usual=usual[0])]


def _read(
    container: Container, content: bytes, file: str, pages: PageStore | None
) -> tuple[list[Row], list[Finding]]:
    code = _UNREADABLE.get(container)
    if code:
        return [], [finding(code, Place(file))]
    if container in (Container.TEXT, Container.HTML) and len(content) > MAX_TEXT:
        return [], [finding("source-too-large", Place(file), limit=f"{MAX_TEXT // MEGABYTE} MB")]
    if container in (Container.OLD_DOCUMENT, Container.OLD_SHEET):
        return _read_converted(container, content, file)
    if container in (Container.PDF, Container.PICTURE):
        return _read_pages(container, content, file, pages)
    rows, findings = _reader(container)(content, file)
    office = PurePosixPath(file).suffix.lower() not in SUFFIXES[container]
    if container is Container.TEXT and office and any(item.code == "text-encoding" for item in findings):
        findings = [finding("source-garbled", Place(file))]  # no text, and its name says that it is none
    return rows, findings


def _read_pages(
    container: Container, content: bytes, file: str, pages: PageStore | None
) -> tuple[list[Row], list[Finding]]:
    if container is Container.PDF:
        from evaluator.readers import pdf

        return pdf.read(content, file, pages)
    from evaluator.readers import picture

    return picture.read(content, file, pages)


def _read_converted(container: Container, content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    from evaluator.readers.office import convert

    target = Container.XLSX if container is Container.OLD_SHEET else Container.DOCX
    converted, findings = convert(content, file, SUFFIXES[target][0])
    if converted is None:
        return [], findings
    rows, found = _reader(target)(converted, file)
    return rows, findings + found


def _reader(container: Container) -> Reader:
    # By name, so that each library loads only when a file needs it.
    reader: Reader = import_module(f"evaluator.readers.{_MODULES[container]}").read
    return reader
