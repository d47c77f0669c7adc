"""`evaluate start`, what a double click runs, and the samples that it sets aside."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from evaluator.cli.starting import default_year, start
from evaluator.pipeline.workspace import Workspace
from tests.commands.workspaces import Desk, desk, filled_desk, legal_form
from tests.workbooks.typing import ROWS
from tests.written import form

REPOSITORY = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)


@pytest.fixture
def begin(tmp_path, capsys):
    """Run it with a desktop that only writes down what it was asked to open; code, output, what was opened."""

    def run(root=tmp_path, year=None, *, desktop=True):
        opened = []
        code = start(Workspace(root), year, "", TODAY, lambda path: opened.append(path) or desktop)
        return code, capsys.readouterr(), [path.relative_to(root).as_posix() for path in opened]

    return run


@pytest.fixture
def shipped(tmp_path):
    """The repository as it is unpacked: samples with their list."""
    for name in ("targets", "actuals"):
        shutil.copytree(
            REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("*.csv", "as-read", "旧表")
        )
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("today", "year"), [(date(2027, 1, 5), 2026), (date(2027, 6, 30), 2026), (date(2027, 7, 1), 2027)]
)
def test_until_june_it_is_the_last_year(today, year):
    assert default_year(today) == year


def test_an_empty_folder_gets_its_folders_and_is_told_what_belongs_there(begin, tmp_path):
    code, said, opened = begin()
    assert code == 1
    assert (tmp_path / "actuals" / "2026").is_dir()
    assert opened == ["targets/2026/source"]
    assert "项目支出绩效目标批复表" in said.out
    assert str(tmp_path / "targets" / "2026" / "source") in said.out


def test_the_newest_folder_is_the_year(begin, tmp_path):
    (tmp_path / "targets" / "2024").mkdir(parents=True)
    (tmp_path / "targets" / "2025").mkdir()
    assert begin()[2] == ["targets/2025/source"]
    assert begin(year=2023)[2] == ["targets/2023/source"]


def test_a_file_where_a_folder_should_be_is_said(begin, tmp_path):
    (tmp_path / "actuals").write_text("")
    code, said, opened = begin()
    assert (code, opened) == (1, [])
    assert "actuals/2026" in said.err


def test_an_unreadable_form_opens_the_folder_again(begin, tmp_path):
    Desk(tmp_path).put_form("天气很好")
    code, said, opened = begin()
    assert (code, opened) == (1, ["targets/2026/source"])
    assert "没有读到" in said.err


def test_new_workbooks_open_the_list_and_say_that_they_wait(begin, tmp_path):
    desk(tmp_path)
    code, said, opened = begin()
    assert (code, opened) == (1, ["reports/2026/待改清单.xlsx"])
    assert len(said.out.splitlines()) == 3
    assert "1 张填报表等着填写" in said.out
    assert (tmp_path / opened[0]).exists()


def test_a_filled_workbook_opens_the_page(begin, tmp_path):
    filled_desk(tmp_path)
    code, said, opened = begin()
    assert (code, opened) == (0, ["reports/2026/index.html"])
    assert len(said.out.splitlines()) == 3
    assert "已打开成果网页" in said.out


def test_without_a_desktop_it_says_where_to_look(begin, tmp_path):
    filled_desk(tmp_path)
    said = begin(desktop=False)[1]
    assert f"请打开成果网页：{tmp_path / 'reports' / '2026' / 'index.html'}" in said.out


def test_the_command_waits_for_nobody(tmp_path):
    filled_desk(tmp_path)
    run = Desk(tmp_path).run("start", "--no-open", "--pause")
    assert run.exit_code == 0, run.output
    assert "按任意键" not in run.stdout


def test_the_list_is_part_of_the_delivery_and_verified(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026")
    assert "待改清单.xlsx" in (made.reports / "manifest.json").read_text(encoding="utf-8")
    assert made.run("verify", "reports/2026").exit_code == 0
    (made.reports / "待改清单.xlsx").unlink()
    assert made.run("verify", "reports/2026").exit_code == 1


# --- samples --------------------------------------------------------------------------------------


def names(made):
    return [project["name"] for project in made.result()["projects"]]


def test_the_samples_are_evaluated_as_long_as_they_are_alone(shipped):
    assert shipped.run("--year", "2026").exit_code == 0
    assert len(names(shipped)) == 6
    assert not (shipped.root / "示例").exists()


@pytest.mark.parametrize("evaluated_before", [False, True])
def test_the_first_own_form_sets_the_samples_aside(shipped, evaluated_before):
    if evaluated_before:
        shipped.run("--year", "2026")
    shipped.put_form(legal_form().replace("法律服务", "招商工作"), "本单位.txt")
    run = shipped.run("--year", "2026")
    assert names(shipped) == ["招商工作"]
    assert "示例" in run.stdout
    assert [path.name for path in shipped.actuals.glob("*.xlsx")] == ["招商工作.xlsx"]
    assert "鄂州" not in (shipped.reports / "evaluation.json").read_text(encoding="utf-8")
    assert not any("通用业务" in path.name for path in shipped.root.glob("reports/**/*"))
    assert "source-missing" not in shipped.codes()
    aside = Desk(shipped.root / "示例")
    assert len(list(aside.actuals.glob("*.xlsx"))) == 6
    assert aside.run("--year", "2026").exit_code == 0
    assert len(names(aside)) == 6


def test_every_writing_command_sets_them_aside(shipped):
    shipped.put_form(legal_form(), "本单位.txt")
    assert "示例" in shipped.run("import", "--year", "2026").stdout
    assert "鄂州" not in (shipped.root / "targets/2026/projects.csv").read_text(encoding="utf-8-sig")


def test_what_was_typed_into_a_sample_is_kept(shipped):
    book = shipped.actuals / "法律服务.xlsx"
    from tests.workbooks.typing import fill

    fill(book, {"B14": "张三"}, "基本情况")
    typed = book.read_bytes()
    shipped.put_form(legal_form().replace("法律服务", "招商工作"), "本单位.txt")
    shipped.run("--year", "2026")
    assert (shipped.root / "示例/actuals/2026/法律服务.xlsx").read_bytes() == typed


def test_a_sample_form_that_somebody_made_their_own_stays_with_its_workbooks(shipped):
    source = next((shipped.root / "targets/2026/source").iterdir())
    source.write_text(source.read_text(encoding="utf-8").replace("鄂州市", "荆州市"), encoding="utf-8")
    shipped.run("--year", "2026")
    assert source.exists()


def test_the_same_form_without_the_list_is_somebodys_own(shipped):
    (shipped.root / "targets" / "示例.sha256").unlink()
    shipped.put_form(legal_form().replace("法律服务", "招商工作"), "本单位.txt")
    shipped.run("--year", "2026")
    assert len(names(shipped)) == 7


def test_start_sets_them_aside_at_once_and_again_when_they_come_back(begin, shipped, tmp_path):
    shipped.run("--year", "2026")
    code, said, opened = begin()
    assert (code, opened) == (1, ["targets/2026/source"])
    assert "示例" in said.out
    assert list((tmp_path / "reports" / "2026").iterdir()) == []
    shutil.copytree(REPOSITORY / "actuals", tmp_path / "actuals", dirs_exist_ok=True)
    assert begin()[2] == ["targets/2026/source"]
    assert list((tmp_path / "actuals" / "2026").iterdir()) == []
    assert len(list((tmp_path / "示例" / "actuals" / "2026").iterdir())) == 6


def test_tables_that_hold_both_are_read_anew(shipped):
    (shipped.root / "targets" / "示例.sha256").rename(shipped.root / "list")
    shipped.put_form(form(ROWS).replace("法律服务", "招商工作"), "本单位.txt")
    shipped.run("--year", "2026")
    (shipped.root / "list").rename(shipped.root / "targets" / "示例.sha256")
    shipped.run("--year", "2026")
    assert names(shipped) == ["招商工作"]
    assert "source-missing" not in shipped.codes()


@pytest.mark.parametrize(
    "command", [["--year", "2026"], ["import", "--year", "2026"], ["start", "--no-open"]]
)
def test_samples_that_cannot_be_moved_stop_it(shipped, command):
    """Something else has the folder's name: nothing is mixed, and nothing half moved."""
    (shipped.root / "示例").write_text("")
    shipped.put_form(legal_form().replace("法律服务", "招商工作"), "本单位.txt")
    run = shipped.run(*command)
    assert run.exit_code == 1
    assert "没有写成" in run.stderr
    assert len(list(shipped.actuals.glob("*.xlsx"))) == 6
    assert not (shipped.reports / "manifest.json").exists()
