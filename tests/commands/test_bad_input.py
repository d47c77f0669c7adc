"""What goes wrong on real disks: closed folders, odd names, interrupted runs. A sentence, never a traceback."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.commands.workspaces import SECOND, desk, filled_desk
from tests.written import form

COMMANDS = (
    ("--year", "2026"),
    ("import", "--year", "2026"),
    ("template", "--year", "2026"),
    ("check", "--year", "2026"),
    ("explain", "法律服务", "--year", "2026"),
)


def close(monkeypatch, folder: Path) -> None:
    """Take away the right to look into a folder (root may always, so modes would not do)."""
    for name in ("iterdir", "open", "lstat", "stat"):
        original = getattr(Path, name)

        def refused(path, *args, original=original, **kwargs):
            if (path != folder and folder in path.parents) or (
                path == folder and original.__name__ == "iterdir"
            ):
                raise PermissionError(13, "Permission denied", str(path))
            return original(path, *args, **kwargs)

        monkeypatch.setattr(Path, name, refused)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
@pytest.mark.parametrize("closed", ["targets/2026/source", "targets/2026", "actuals/2026"])
def test_a_folder_that_is_closed_to_us__finding(tmp_path, monkeypatch, command, closed):
    made = filled_desk(tmp_path)
    close(monkeypatch, tmp_path / closed)
    run = made.run(*command)
    # Importing needs no actuals, and what can still be explained is.
    if command[0] == "explain" or (command[0], closed) == ("import", "actuals/2026"):
        return
    assert run.exit_code == 1
    assert "[错误]" in run.stdout + run.stderr
    assert "没有权限" in run.stdout + run.stderr


def test_a_form_that_is_closed_to_us__finding_and_the_tables_still_count(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    source = next((tmp_path / "targets" / "2026" / "source").iterdir())
    original = Path.open

    def refused(path, *args, **kwargs):
        if path == source:
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refused)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "没有权限读取" in run.stderr
    assert made.result()["projects"][0]["complete"] is True
    inputs = {
        row["path"] for row in json.loads((made.reports / "manifest.json").read_text("utf-8"))["inputs"]
    }
    assert f"targets/2026/source/{source.name}" not in inputs


def test_a_name_that_is_no_text_is_shown_and_followed(tmp_path):
    made = filled_desk(tmp_path)
    folder = tmp_path / "targets" / "2026" / "source"
    odd = os.fsencode(folder) + b"/\xb2\xe2\xca\xd4.txt"
    try:
        os.rename(os.fsencode(next(folder.iterdir())), odd)  # noqa: PTH104
    except OSError:
        pytest.skip("this file system takes no such name")
    made.run("import", "--year", "2026")
    run = made.run("--year", "2026")
    assert (run.exit_code, run.stderr) == (0, "")
    assert "\ufffd" in (made.reports / "manifest.json").read_text("utf-8")
    assert made.run("verify", "reports/2026").exit_code == 0


@pytest.mark.parametrize("folder", ["targets/2026/source", "actuals/2026"])
def test_a_folder_in_a_folder_is_not_passed_over_in_silence(tmp_path, folder):
    made = filled_desk(tmp_path)
    inner = tmp_path / folder / "新建文件夹"
    inner.mkdir()
    (inner / "表.xlsx").write_bytes(b"x")
    assert "folder-in-folder" in made.codes()
    shutil.rmtree(inner)
    assert "folder-in-folder" not in made.codes()


def test_a_workbook_saved_in_another_format_gets_no_blank_twin(tmp_path):
    made = filled_desk(tmp_path)
    (made.actuals / "法律服务.xlsx").rename(made.actuals / "法律服务.xls")
    (made.actuals / "法律服务.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert sorted(path.name for path in made.actuals.iterdir()) == ["法律服务.xls"]
    assert "没有可用的填报表" not in run.stderr


def test_an_interrupted_run_leaves_the_former_delivery(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    before = {path.name: path.read_bytes() for path in made.reports.iterdir()}
    made.put_form(form(SECOND, name="宣传培训", budget="5"), "另一份.txt")
    monkeypatch.setattr("evaluator.render.page.page.write_page", _interrupt)
    assert "已中断" in made.run("--year", "2026").stderr
    assert {path.name: path.read_bytes() for path in made.reports.iterdir()} == before


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_an_interrupted_run_put_into_place_is_not_taken_for_a_change(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    made.put_form(form(SECOND, name="宣传培训", budget="5"), "另一份.txt")
    monkeypatch.setattr("evaluator.pipeline.delivering.manifest", _interrupt)
    assert "已中断" in made.run("--year", "2026").stderr
    monkeypatch.undo()
    run = made.run("--year", "2026")
    assert "改动" not in run.stdout + run.stderr
    assert not (made.reports / "改动留存").exists()
    assert made.run("verify", "reports/2026").exit_code == 0
    assert not [path for path in made.reports.iterdir() if path.name.startswith(".")]


def test_leftovers_of_a_killed_run_are_swept(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    (made.reports / ".~abc").mkdir()
    (made.reports / ".~abc" / "x.xlsx").write_bytes(b"x")
    (made.reports / ".~def.json").write_bytes(b"x")
    for path in (made.reports / ".~abc", made.reports / ".~def.json"):
        os.utime(path, (0, 0))
    made.run("--year", "2026")
    assert not [path for path in made.reports.iterdir() if path.name.startswith(".~")]


def test_a_file_in_the_place_of_a_folder__finding_in_chinese(tmp_path):
    made = desk(tmp_path)
    (tmp_path / "actuals").write_text("x")
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "路径中有一段是文件" in run.stderr or "同名" in run.stderr
