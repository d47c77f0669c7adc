"""Files that nobody should have sent: each is one finding, soon, and never a traceback."""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evaluator.readers import limits, read_source
from evaluator.records.findings import has_errors
from tests.formfactory import Container, Form, Goal, Row, write

FORM = Form("经费", "1", (), (Goal("目标。", (Row("产出指标", "数量指标", "人数", "≥1人"),)),))
SECONDS = 15
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><x>&i;</x>"
).encode()


def test_hostile_files__finding(hostile: tuple[Path, list[str]]) -> None:
    path, codes = hostile
    start = time.process_time()
    source, findings = read_source(path, path.parent)
    assert time.process_time() - start < SECONDS
    assert [(item.code, item.place.file) for item in findings] == [(code, path.name) for code in codes]
    assert source is None


@cache
def form(container: Container) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write([FORM], container, Path(folder) / container).read_bytes()


def encrypted(container: Container) -> bytes:
    stream = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(form(container))).encrypt("secret", stream)
    return stream.getvalue()


def encrypted_xls() -> bytes:
    # The record that follows the first one becomes FILEPASS, which announces encryption.
    return form(Container.XLS).replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)


def encrypted_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret"))
    canvas.drawString(50, 50, "x")
    canvas.save()
    return stream.getvalue()


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(stream, kind)
    return stream.getvalue()


def scanned_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(2):
        canvas.drawImage(ImageReader(io.BytesIO(picture("PNG"))), 0, 0, 500, 800)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pdf_bomb() -> bytes:
    stream = zlib.compress(b"0 0 m " * (40 * limits.MEGABYTE))
    return (
        b"%PDF-1.4\n1 0 obj\n<</Length 1/Filter/FlateDecode>>\nstream\n" + stream + b"\nendstream\nendobj\n"
    )


def archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return stream.getvalue()


def with_part(container: Container, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form(container))) as source:
        entries = {entry: source.read(entry) for entry in source.namelist()}
    return archive(entries | {name: content})


def blank_workbook(rows: int) -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(rows):
        sheet.append([])
    book.save(stream)
    return stream.getvalue()


HOSTILE: list[tuple[str, Callable[[], bytes], list[str]]] = [
    ("empty.docx", lambda: b"", ["source-empty"]),
    ("blank.txt", lambda: b"\r\n \t\r\n", ["source-empty"]),
    ("full-width-blank.txt", lambda: "\u3000\n".encode(), ["source-blank"]),
    ("zeros.xls", lambda: bytes(10_000), ["source-empty"]),
    ("encrypted.xlsx", lambda: encrypted(Container.XLSX), ["source-encrypted"]),
    ("encrypted.docx", lambda: encrypted(Container.DOCX), ["source-encrypted"]),
    ("encrypted.xls", encrypted_xls, ["source-encrypted"]),
    ("encrypted.pdf", encrypted_pdf, ["source-encrypted"]),
    ("half.xlsx", lambda: form(Container.XLSX)[:3000], ["source-damaged"]),
    ("half.docx", lambda: form(Container.DOCX)[:9000], ["source-damaged"]),
    ("half.xls", lambda: form(Container.XLS)[:3000], ["source-damaged"]),
    ("half.pdf", lambda: form(Container.PDF)[:1500], ["source-damaged"]),
    ("only-the-name.pdf", lambda: b"%PDF-1.7\n", ["source-damaged"]),
    ("no-size.pdf", lambda: form(Container.PDF).replace(b"[ 0 0 ", b"[ 0 /x "), ["source-damaged"]),
    ("no-document.docx", lambda: archive({"word/x.xml": b"<x/>"}), ["source-damaged"]),
    ("no-workbook.xlsx", lambda: archive({"xl/x.xml": b"<x/>"}), ["source-damaged"]),
    ("bomb.xlsx", lambda: with_part(Container.XLSX, "xl/a.xml", bytes(300_000_000)), ["source-bomb"]),
    ("bomb.docx", lambda: with_part(Container.DOCX, "word/a.bin", bytes(50_000_000)), ["source-bomb"]),
    ("bomb.pdf", pdf_bomb, ["source-bomb"]),
    (
        "entities.xlsx",
        lambda: with_part(Container.XLSX, "xl/sharedStrings.xml", ENTITIES),
        ["source-entities"],
    ),
    ("entities.docx", lambda: with_part(Container.DOCX, "word/document.xml", ENTITIES), ["source-entities"]),
    (
        "entities-utf16.docx",
        lambda: with_part(Container.DOCX, "word/document.xml", ENTITIES.decode().encode("utf-16")),
        ["source-entities"],
    ),
    ("100000-empty-rows.xlsx", lambda: blank_workbook(100_000), ["source-blank"]),
    ("scanned.pdf", scanned_pdf, ["scan-not-here"]),
    ("photo.docx", lambda: picture("JPEG"), ["scan-not-here"]),
    ("photo.png", lambda: picture("PNG"), ["scan-not-here"]),
    ("forms.zip", lambda: archive({"form.docx": b"x"}), ["source-archive"]),
    ("forms.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(range(256)), ["source-archive"]),
    ("form.ofd", lambda: archive({"OFD.xml": b"<x/>"}), ["source-ofd"]),
    ("noise.txt", lambda: bytes(range(256)) * 40, ["text-encoding"]),
    ("noise.bin", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), ["source-unknown"]),
    ("large.txt", lambda: b"a\tb\n" * (5 * limits.MEGABYTE), ["source-too-large"]),
]


@pytest.fixture(params=HOSTILE, ids=[name for name, _, _ in HOSTILE])
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[str]]:
    name, make, codes = request.param
    path = tmp_path / name
    path.write_bytes(make())
    return path, codes


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    container=st.sampled_from([Container.XLSX, Container.XLS, Container.DOCX, Container.PDF, Container.HTML]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=8)), max_size=6),
    kept=st.floats(0.1, 1),
)
def test_changed_bytes_are_rows_or_a_finding(
    container: Container, changes: list[tuple[float, bytes]], kept: float
) -> None:
    content = bytearray(form(container))
    for at, replacement in changes:
        start = int(at * len(content))
        content[start : start + len(replacement)] = replacement
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / container
        path.write_bytes(content if kept > 0.5 else content[: int(kept * len(content))])
        source, findings = read_source(path, path.parent)
    assert source or has_errors(findings)
