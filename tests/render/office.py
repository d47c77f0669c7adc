"""LibreOffice as a second opinion: it recomputes the workbooks and prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PDFTOTEXT = shutil.which("pdftotext")
needs_office = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")
needs_pdf_text = pytest.mark.skipif(
    not (SOFFICE and PDFTOTEXT), reason="LibreOffice (soffice) or pdftotext is not installed"
)


def convert(paths: Iterable[Path], kind: str, folder: Path) -> None:
    """Convert files into `folder`, with a profile of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / ".profile").as_uri()
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=300
    )


def recalculate(paths: Iterable[Path], folder: Path) -> dict[str, Workbook]:
    """The workbooks by file name, with values that LibreOffice computed.

    The computed values that were written into them are taken out first, so that none can come through.
    """
    stripped = [rewrite(path, folder / "stripped" / path.name, _without_values) for path in paths]
    for path in stripped:
        values = load_workbook(path, data_only=True)
        assert all(values[sheet][cell].value is None for sheet, cell in formulas(path)), path
    convert(stripped, "xlsx", folder / "recalculated")
    return {
        path.name: load_workbook(folder / "recalculated" / path.name, data_only=True) for path in stripped
    }


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """The formulas of a workbook by sheet and cell."""
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def texts(path: Path) -> list[str]:
    """The texts of a workbook's cells, formulas' results included."""
    book = load_workbook(path, data_only=True)
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def _without_values(xml: str) -> str:
    return re.sub(r"(</f>)<v>[^<]*</v>", r"\1", xml)


def without_heights(xml: str) -> str:
    """A sheet's XML without row heights: whoever opens it chooses those that show the whole text."""
    return re.sub(r' ht="[^"]*" customHeight="1"', "", xml)


def rewrite(path: Path, copy: Path, change: Callable[[str], str]) -> Path:
    """A copy of a workbook with the XML of its sheets changed."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = change(content.decode()).encode()
            target.writestr(name, content)
    return copy


def pdf_text(path: Path) -> str:
    """The text of a PDF in the order in which it was drawn."""
    done = subprocess.run([str(PDFTOTEXT), "-raw", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode()
