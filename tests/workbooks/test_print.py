"""A fill-in workbook on paper, also in a hard case: nothing cut, no ###, no error values."""

from dataclasses import replace

from openpyxl import load_workbook

from evaluator.render.fill_in.workbook import new_stamp, write_fill_in
from evaluator.values.text import squash
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.entries import row_text
from evaluator.workbooks.layout import ACTUALS, FIRST_ROW
from tests.render.office import convert, needs_office, needs_pdf_text, pdf_text
from tests.workbooks.typing import RULES, project

REASON = (
    "受上级系统切换影响，数据迁移推迟到第四季度，期间业务转为线下办理，办结时间延长；已约定补救进度。" * 12
)


def hard_rows() -> str:
    """Forty indicators of two goals, names of eighty characters."""
    lines = []
    for number in range(40):
        goal = f"年度目标{number // 20 + 1}" if number % 20 == 0 else ""
        name = (
            f"第{number:02d}项" + "城乡居民基本养老保险参保登记信息与待遇资格核验数据比对及时更新完成情况" * 3
        )[:80]
        lines.append(f"{goal} | 产出指标 | 数量指标 | {name} | ≥{100 + number}人 | 计划标准")
    return "\n".join(lines)


def hard_case(folder):
    of = project(hard_rows(), name="很长的项目名称" * 11)
    of = replace(of, goals=tuple(replace(goal, text=goal.text * 40) for goal in of.goals))
    rows = {
        item.code: {"actual": Entry(50), "reason": Entry(REASON[:600]), "description": Entry("说明" * 60)}
        for item in of.annual
    }
    texts = {item.code: row_text(item) for item in of.annual}
    entries = Entries(
        new_stamp(of, 2026, RULES), of.place, rows=rows, texts=texts, goals={1: Entry("完成" * 200)}
    )
    write_fill_in(folder / "hard.xlsx", of, 2026, RULES, entries)
    return of


@needs_office
@needs_pdf_text
def test_the_hard_case_shows_everything(tmp_path):
    of = hard_case(tmp_path)
    convert([tmp_path / "hard.xlsx"], "pdf", tmp_path)
    text = squash(pdf_text(tmp_path / "hard.pdf"))
    for error in ("###", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!"):
        assert error not in text
    assert all(item.code in text for item in of.annual)
    assert text.count("第") >= 40
    assert "填报进度:指标40/40;预算金额0/9;总体目标完成情况1/1;" in text


def test_no_row_is_cut_off_by_the_highest_row_that_excel_has(tmp_path):
    hard_case(tmp_path)
    sheet = load_workbook(tmp_path / "hard.xlsx")[ACTUALS]
    assert max(sheet.row_dimensions[row].height for row in range(FIRST_ROW, FIRST_ROW + 40)) < 409


def test_it_is_printed_on_a4_two_pages_wide_with_its_heads(tmp_path):
    hard_case(tmp_path)
    sheet = load_workbook(tmp_path / "hard.xlsx")[ACTUALS]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$6:$6", "$A:$E")
