"""Links in the folders that people fill: those that lead out of the workspace are not followed."""

import shutil
import sys

import pytest

from tests.commands.workspaces import filled_desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def told(made):
    return [code for code in made.codes() if code.startswith("link-")]


def test_a_form_outside_is_not_read__finding(tmp_path):
    made = filled_desk(tmp_path / "work")
    source = made.root / "targets" / "2026" / "source"
    shutil.copy(source / "批复.txt", tmp_path / "外面.txt")
    text = (tmp_path / "外面.txt").read_text(encoding="utf-8").replace("法律服务", "外面的项目")
    (tmp_path / "外面.txt").write_text(text, encoding="utf-8")
    (source / "链接.txt").symlink_to(tmp_path / "外面.txt")
    run = made.run("--year", "2026")
    assert "链接指向工作文件夹之外" in run.stderr
    assert [item["name"] for item in made.result()["projects"]] == ["法律服务"]
    assert told(made) == ["link-outside"]
    assert "链接.txt" not in (made.reports / "manifest.json").read_text(encoding="utf-8")


def test_a_workbook_outside_is_not_read__finding(tmp_path):
    made = filled_desk(tmp_path / "work")
    book = made.actuals / "法律服务.xlsx"
    shutil.move(book, tmp_path / "外面.xlsx")
    book.symlink_to(tmp_path / "外面.xlsx")
    before = (tmp_path / "外面.xlsx").read_bytes()
    assert made.run("--year", "2026").exit_code == 1
    assert made.result()["projects"][0]["complete"] is False
    assert "link-outside" in told(made)
    made.run("template", "--year", "2026")
    assert (tmp_path / "外面.xlsx").read_bytes() == before
    assert [path.name for path in made.actuals.iterdir()] == ["法律服务.xlsx"]


@pytest.mark.parametrize("target", ["..", "/", "../../../.."])
def test_a_folder_outside_is_not_looked_into__finding(tmp_path, target):
    made = filled_desk(tmp_path / "work")
    (made.actuals / "别处").symlink_to(target if target == "/" else made.root / target)
    made.run("--year", "2026")
    assert made.result()["projects"][0]["complete"] is True
    assert told(made) == ["link-outside"]


def test_a_link_within_the_workspace_is_followed__ok(tmp_path):
    made = filled_desk(tmp_path / "work")
    book = made.actuals / "法律服务.xlsx"
    (made.root / "收件").mkdir()
    shutil.move(book, made.root / "收件" / "法律服务.xlsx")
    book.symlink_to(made.root / "收件" / "法律服务.xlsx")
    assert made.run("--year", "2026").exit_code == 0
    assert told(made) == []


def test_a_workspace_that_is_a_link_itself__ok(tmp_path):
    made = filled_desk(tmp_path / "work")
    (tmp_path / "link").symlink_to(made.root)
    made.root = tmp_path / "link"
    assert made.run("--year", "2026").exit_code == 0
    assert told(made) == []


def test_a_link_to_itself__finding(tmp_path):
    made = filled_desk(tmp_path / "work")
    (made.actuals / "圈.xlsx").symlink_to(made.actuals / "圈.xlsx")
    made.run("--year", "2026")
    assert made.result()["projects"][0]["complete"] is True
    assert told(made) == ["link-broken"]
