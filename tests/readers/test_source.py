"""Which files are read, as what, and what is said where one cannot be."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from evaluator.readers import is_candidate, read_source
from tests.formfactory import Container, Form, Goal, Row, write

FORM = Form("经费", "1", (), (Goal("目标。", (Row("产出指标", "数量指标", "人数", "≥1人"),)),))
HEAVY = ("openpyxl", "pdfplumber", "pdfminer", "lxml", "docx", "xlrd", "olefile")


def test_path_is_relative_to_the_workspace__ok(tmp_path: Path) -> None:
    path = tmp_path / "targets" / "2026" / "source" / "a.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes("一\t二".encode())
    source, _ = read_source(path, tmp_path)
    assert source is not None
    assert source.path == "targets/2026/source/a.txt"
    assert source.sha256 == hashlib.sha256("一\t二".encode()).hexdigest()
    assert {cell.place.file for row in source.rows for cell in row.cells} == {source.path}


def test_path_outside_of_the_workspace_is_its_name__ok(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一", encoding="utf-8")
    source, _ = read_source(path, tmp_path / "workspace")
    assert source is not None
    assert source.path == "a.txt"


@pytest.mark.parametrize(
    ("container", "name", "suffix", "usual"),
    [
        (Container.XLSX, "form.xls", ".xls", ".xlsx"),
        (Container.XLS, "form.xlsx", ".xlsx", ".xls"),
        (Container.HTML, "form.xls", ".xls", ".html"),
        (Container.HTML, "form.doc", ".doc", ".html"),
        (Container.DOCX, "form.doc", ".doc", ".docx"),
        (Container.DOCX, "form.wps", ".wps", ".docx"),
        (Container.PDF, "form", "（无）", ".pdf"),
        (Container.GB18030, "form.doc", ".doc", ".txt"),
    ],
)
def test_wrong_ending__finding(
    container: Container, name: str, suffix: str, usual: str, tmp_path: Path
) -> None:
    right, _ = read_source(write([FORM], container, tmp_path / container), tmp_path)
    source, findings = read_source(write([FORM], container, tmp_path / name), tmp_path)
    assert right is not None
    assert source is not None
    assert [row.table for row in source.rows] == [row.table for row in right.rows]
    assert [item.code for item in findings] == ["source-suffix"]
    assert dict(findings[0].details)["suffix"] == suffix
    assert dict(findings[0].details)["usual"] == usual


def test_folder_and_missing_file__finding(tmp_path: Path) -> None:
    assert codes(tmp_path, tmp_path) == ["source-is-folder"]
    assert codes(tmp_path / "none.docx", tmp_path) == ["source-not-found"]


@pytest.mark.parametrize(
    ("error", "code"),
    [(PermissionError(13, "denied"), "source-locked"), (OSError(5, "I/O error"), "source-not-read")],
)
def test_file_that_cannot_be_opened__finding(
    error: OSError, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise error

    path = tmp_path / "a.txt"
    path.write_text("一", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes(path, tmp_path) == [code]


def test_more_rows_than_the_limit__finding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\tb\n" * 50_001)
    source, findings = read_source(path, tmp_path)
    assert source is not None
    assert len(source.rows) == 50_000
    assert [item.code for item in findings] == ["source-cut"]


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("批复表.docx", True),
        ("批复表", True),
        ("photo.jpg", True),
        ("~$批复表.docx", False),
        (".~lock.批复表.docx#", False),
        (".DS_Store", False),
        (".gitkeep", False),
        ("Thumbs.db", False),
        ("desktop.ini", False),
        ("批复表.docx.crdownload", False),
        ("批复表.txt~", False),
    ],
)
def test_is_candidate(name: str, candidate: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    assert is_candidate(path) is candidate


def test_folder_is_no_candidate(tmp_path: Path) -> None:
    assert not is_candidate(tmp_path)


def test_text_needs_no_library(tmp_path: Path) -> None:
    path = write([FORM], Container.UTF8, tmp_path / "a.txt")
    code = (
        "import sys, pathlib; from evaluator.readers import read_source; "
        f"read_source(pathlib.Path({str(path)!r}), pathlib.Path({str(tmp_path)!r})); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def codes(path: Path, workspace: Path) -> list[str]:
    source, findings = read_source(path, workspace)
    assert source is None
    return [item.code for item in findings]
