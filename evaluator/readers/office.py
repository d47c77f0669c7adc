"""Formats that only an office program reads (doc, wps, rtf, odt, ods): converted by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from evaluator.readers.containers import SUFFIXES, Container
from evaluator.readers.limits import MAX_FILE
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place

TIMEOUT: Final = 120  # seconds; the first start builds a profile
_STARTS: Final = (
    (b"{\\rtf", ".rtf"),
    (b"opendocument.spreadsheet", ".ods"),
    (b"opendocument.text", ".odt"),
    (b"xl/workbook.bin", ".xlsb"),
    (b"<?xml", ".xml"),
)
_NAMES: Final = ("soffice", "libreoffice")
_INSTALLED: Final = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
)


def convert(content: bytes, file: str, suffix: str) -> tuple[bytes | None, list[Finding]]:
    """The same document as ``.docx`` or ``.xlsx`` (`suffix`).

    Findings: conversion-missing (LibreOffice is not installed), conversion-failed, conversion-done.
    """
    place = Place(file)
    kind = suffix.removeprefix(".")
    program = find_program()
    if program is None:
        return None, [finding("conversion-missing", place, kind=kind)]
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{_suffix(content, PurePosixPath(file).suffix.lower())}"
        source.write_bytes(content)
        target = folder / "converted" / f"source{suffix}"
        finished = _run([program, *_arguments(folder, source, target, kind)])
        if not finished or not target.is_file() or target.stat().st_size > MAX_FILE:
            return None, [finding("conversion-failed", place, kind=kind)]
        return target.read_bytes(), [finding("conversion-done", place)]


def _suffix(content: bytes, suffix: str) -> str:
    """The ending that LibreOffice shall see, which goes by it: a document called .txt is none to it."""
    if suffix in (*SUFFIXES[Container.OLD_DOCUMENT], *SUFFIXES[Container.OLD_SHEET]):
        return suffix
    return next((ending for start, ending in _STARTS if start in content[:4096]), ".doc")


def find_program() -> str | None:
    """Path of LibreOffice, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((str(path) for path in _INSTALLED if path.is_file()), None)


def _arguments(folder: Path, source: Path, target: Path, kind: str) -> list[str]:
    # A profile of its own: another LibreOffice that is open would take the command and drop it.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", kind]
    return [profile, *options, "--outdir", str(target.parent), str(source)]


def _run(command: list[str]) -> bool:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        return process.wait(TIMEOUT) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    # The command is a launcher; the office program is its child.
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
