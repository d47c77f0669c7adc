"""Old formats, by way of LibreOffice where it is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evaluator.readers import office, read_source
from tests.formfactory import Container, Form, Goal, Row, Ugliness, write

FORM = Form("经费", "29.68", (), (Goal("目标。", (Row("产出指标", "数量指标", "人数", "≥1人"),)),))
installed = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")


def convert(path: Path, kind: str) -> Path:
    """The same file in an old format, as LibreOffice writes it."""
    program = office.find_program()
    assert program is not None
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{kind}")


@installed
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_old_document__ok(kind: str, tmp_path: Path) -> None:
    path = write([FORM], Container.DOCX, tmp_path / "form.docx", {Ugliness.MERGED})
    expected, _ = read_source(path, tmp_path)
    source, findings = read_source(convert(path, kind), tmp_path)
    assert source is not None
    assert expected is not None
    assert [[cell.text for cell in row.cells] for row in source.rows] == [
        [cell.text for cell in row.cells] for row in expected.rows
    ]
    assert source.path == f"form.{kind}"
    assert [item.code for item in findings] == ["conversion-done"]


@installed
def test_old_document_of_wps__ok(tmp_path: Path) -> None:
    path = convert(write([FORM], Container.DOCX, tmp_path / "form.docx"), "doc")
    source, findings = read_source(path.rename(tmp_path / "form.wps"), tmp_path)
    assert source is not None
    assert [item.code for item in findings] == ["conversion-done"]


@installed
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_workbook__ok(kind: str, tmp_path: Path) -> None:
    path = write([FORM], Container.XLSX, tmp_path / "form.xlsx", {Ugliness.MERGED})
    expected, _ = read_source(path, tmp_path)
    source, _ = read_source(convert(path, kind), tmp_path)
    assert source is not None
    assert expected is not None
    assert [[(cell.place.cell, cell.text) for cell in row.cells] for row in source.rows] == [
        [(cell.place.cell, cell.text) for cell in row.cells] for row in expected.rows
    ]


@installed
@pytest.mark.parametrize(
    ("container", "kind", "name"),
    [
        (Container.DOCX, "doc", "form.txt"),
        (Container.DOCX, "rtf", "form.docx"),
        (Container.DOCX, "odt", "form.txt"),
        (Container.DOCX, "fodt", "form.fodt"),
        (Container.XLSX, "ods", "form.txt"),
        (Container.XLSX, "fods", "form.fods"),
    ],
)
def test_an_office_file_under_another_name__ok(
    container: Container, kind: str, name: str, tmp_path: Path
) -> None:
    path = write([FORM], container, tmp_path / container, {Ugliness.MERGED})
    expected, _ = read_source(path, tmp_path)
    source, _ = read_source(convert(path, kind).rename(tmp_path / name), tmp_path)
    assert source is not None
    assert expected is not None
    assert [[cell.text for cell in row.cells] for row in source.rows] == [
        [cell.text for cell in row.cells] for row in expected.rows
    ]


def test_without_libreoffice__finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    assert codes(tmp_path) == ["conversion-missing"]


@pytest.mark.parametrize("script", ["import time; time.sleep(60)", "raise SystemExit(1)", "pass"])
def test_conversion_that_does_not_finish__finding(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_program", lambda: sys.executable)
    monkeypatch.setattr(office, "_arguments", lambda *_: ["-c", script])
    monkeypatch.setattr(office, "TIMEOUT", 1)
    assert codes(tmp_path) == ["conversion-failed"]


def codes(folder: Path) -> list[str]:
    path = folder / "form.rtf"
    path.write_bytes(b"{\\rtf1 form}")
    source, findings = read_source(path, folder)
    assert source is None
    return [item.code for item in findings]
