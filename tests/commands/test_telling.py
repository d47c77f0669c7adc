"""What the commands say: what needs a look first, the same thing once, whole paths, the sheet that is gone."""

import pytest
from openpyxl import load_workbook

from evaluator.cli.printing import gathered, print_evaluation
from evaluator.records.findings import finding
from evaluator.records.source import Place
from tests.commands.workspaces import SECOND, Desk, desk, filled_desk, legal_form
from tests.render import samples
from tests.workbooks.typing import ROWS
from tests.written import form


def test_rows_that_need_a_look_come_first(tmp_path):
    """A target without operator and unit is doubted; the rest is as it should be."""
    made = desk(tmp_path, forms=form(ROWS.replace("≥20件", "20")))
    said = made.run("import", "--year", "2026").stdout
    assert "先看这 1 行" in said
    assert said.index("先看这 1 行") < said.index("受理案件数量") < said.index("法律服务（targets")
    assert said.count("受理案件数量") == 1


def test_where_nothing_needs_a_look_there_is_no_such_table(tmp_path):
    assert "先看这 0 行" not in desk(tmp_path).run("import", "--year", "2026").stdout


def sixty(code="folder-locked", **details):
    return [finding(code, Place(f"targets/{n}"), **details) for n in range(60)]


def test_the_same_sentence_is_said_once():
    assert [len(group) for group in gathered(sixty(), brief=False)] == [60]


@pytest.mark.parametrize(("brief", "groups"), [(False, 60), (True, 1)])
def test_many_of_a_kind_are_one_line_where_not_all_are_asked_for(brief, groups):
    found = [finding("workbook-empty", Place(f"actuals/{n}.xlsx"), name=f"项目{n}") for n in range(60)]
    assert len(gathered(found, brief=brief)) == groups
    assert len(gathered(found[:5], brief=brief)) == 5


def test_sixty_empty_workbooks_are_one_line_with_a_count(tmp_path):
    made = Desk(tmp_path)
    for n in range(8):
        made.put_form(legal_form().replace("法律服务", f"服务{n}"), f"{n}.txt")
    run = made.run("--year", "2026")
    assert run.stderr.count("填报表还是空的") == 1
    assert "填报表还是空的 ×8" in run.stderr
    assert run.stdout.count("已生成待填报表") == 1
    # the command that lists everything still does
    assert made.run("check", "--year", "2026").stdout.count("填报表还是空的") == 8


def test_a_folder_that_is_not_there_is_named_whole(tmp_path):
    run = Desk(tmp_path / "没有").run("check", "--year", "2026")
    assert run.exit_code == 2
    assert str(tmp_path / "没有") in run.stderr
    run = Desk(tmp_path).run("verify", "reports/2026")
    assert run.exit_code == 2
    assert "reports/2026" in run.stderr


def test_a_renamed_sheet_is_named_and_template_puts_it_right(tmp_path):
    made = filled_desk(tmp_path)
    path = made.actuals / "法律服务.xlsx"
    book = load_workbook(path)
    book["实际完成值"].title = "完成情况"
    book.save(path)
    run = made.run("--year", "2026")
    assert run.exit_code == 1
    assert "缺“实际完成值”，多出“完成情况”" in run.stderr
    assert "请改回" in run.stderr
    said = made.run("template", "--year", "2026")
    assert said.exit_code == 0, said.stderr
    assert "无需更新" not in said.stdout
    assert "已按现有内容重做" in said.stdout
    assert made.run("--year", "2026").exit_code == 0
    assert made.result()["projects"][0]["complete"] is True


def test_a_second_project_does_not_hide_a_remark(tmp_path):
    made = desk(tmp_path)
    made.put_form(form(SECOND).replace("法律服务", "培训"), "二.txt")
    assert made.run("import", "--year", "2026").exit_code == 0


def test_of_many_projects_the_lowest_are_shown(capsys):
    few = [samples.mixed("hubei")] * 40
    print_evaluation(samples.unit("hubei", *few))
    said = capsys.readouterr().out
    assert said.count(few[0].project.name) == 40
    assert "个项目" not in said
    print_evaluation(samples.unit("hubei", *few, samples.untouched("hubei")))
    said = capsys.readouterr().out
    assert said.count(few[0].project.name) == 19
    assert said.index("未填报项目") < said.index(few[0].project.name)
    assert (
        "共 41 个项目，计分完整 40 个；上表只列错误最多、得分最低的 20 个，全部见 自评结果汇总表.xlsx" in said
    )
