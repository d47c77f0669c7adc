"""复核表.xlsx: the same bytes, links to cells, live scores that another engine recomputes, hostile text as text."""

import hashlib
from pathlib import Path

import openpyxl
from click.testing import CliRunner
from openpyxl.utils import get_column_letter

from evaluator.audit import Audit, SheetAudit, audit_file
from evaluator.cli.commands import evaluate
from evaluator.render.audit_book import write_audit
from evaluator.rulesets import load
from tests.audit.layouts import LAYOUTS
from tests.audit.sheets import NATIONAL, RIGHT, save
from tests.render.office import formulas, needs_office, recalculate


def made(tmp_path: Path, *texts: str, rules: str = "mof-2020") -> Path:
    sheets: list[SheetAudit] = []
    for number, text in enumerate(texts):
        path = save(tmp_path / f"{number}.xlsx", text)
        sheets.extend(audit_file(path, tmp_path, load(rules)[0]).sheets)
    write_audit(tmp_path / "复核表.xlsx", Audit(tuple(sheets)))
    return tmp_path / "复核表.xlsx"


WRONG = NATIONAL + RIGHT.replace("| 60% | 30 | 22.5 |", "| 60% | 30 | 30 |")


def test_findings_with_links_to_the_very_cell(tmp_path):
    book = openpyxl.load_workbook(made(tmp_path, NATIONAL + RIGHT, WRONG))
    assert book.sheetnames == ["核对结果", "分单位汇总", "无法判断", "01 法律服务", "02 法律服务", "来源"]
    links = [
        cell.hyperlink.location for row in book["核对结果"].iter_rows() for cell in row if cell.hyperlink
    ]
    assert links == ["'02 法律服务'!A16", "'02 法律服务'!D14"]
    assert book["02 法律服务"]["D14"].value == "调解成功率"
    assert book["来源"].sheet_state == "hidden"


def test_the_score_again_as_a_live_formula(tmp_path):
    book = openpyxl.load_workbook(made(tmp_path, WRONG))
    values = openpyxl.load_workbook(tmp_path / "复核表.xlsx", data_only=True)["01 法律服务"]
    sheet = book["01 法律服务"]
    heads = {cell.value: get_column_letter(cell.column) for cell in sheet[10] if cell.column > 10}
    assert list(heads) == [
        "分值",
        "目标值",
        "完成值",
        "表上得分",
        "复算得分",
        "差异",
        "复核得分",
        "复核意见",
        "问题",
    ]
    assert str(sheet[f"{heads['复算得分']}14"].value).startswith("=ROUND(")
    assert values[f"{heads['复算得分']}14"].value == 22.5
    assert values[f"{heads['差异']}14"].value == 7.5
    assert values[f"{heads['复算得分']}6"].value == 9  # the budget
    assert values[f"{heads['复算得分']}16"].value == 99  # the sum of what is printed
    assert not sheet[f"{heads['复核得分']}14"].protection.locked


def test_points_of_three_decimals__all_of_them_leave_no_difference(tmp_path):
    text = RIGHT.replace("22件 | 20 | 20 |", "22件 | 3.125 | 3.125 |")
    text = text.replace("95% | 20 | 20 |", "94% | 3.125 | 3.09 | 降雨")
    path = made(tmp_path, NATIONAL + text)
    values = openpyxl.load_workbook(path, data_only=True)["01 法律服务"]
    assert [values[f"{column}11"].value for column in "NOP"] == [3.125, 3.125, 0]
    assert [values[f"{column}12"].value for column in "NOP"] == [3.09, 3.09, 0]
    assert openpyxl.load_workbook(path)["01 法律服务"]["O11"].value.startswith("=IF(")


def test_the_same_bytes(tmp_path):
    path = save(tmp_path / "a.xlsx", WRONG)
    for name in ("one.xlsx", "two.xlsx"):
        write_audit(tmp_path / name, audit_file(path, tmp_path, None))
    digests = {
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one.xlsx", "two.xlsx")
    }
    assert len(digests) == 1


HOSTILE = '=HYPERLINK("http://x","点我")'


def test_what_a_file_says_stays_text(tmp_path):
    text = NATIONAL.replace("法律服务", HOSTILE) + RIGHT.replace("办理案件", "=1+1").replace(
        "当事人坚持诉讼", "@SUM(A1)"
    )
    book = openpyxl.load_workbook(made(tmp_path, text))
    name = next(name for name in book.sheetnames if name.startswith("01"))
    assert (book[name]["C3"].value, book[name]["C3"].data_type) == (HOSTILE, "s")
    assert (book[name]["D11"].value, book[name]["D11"].data_type) == ("=1+1", "s")
    for sheet in ("核对结果", "分单位汇总", "无法判断"):
        typed = [cell for row in book[sheet].iter_rows() for cell in row if cell.data_type == "f"]
        assert all(str(cell.value).startswith("=SUM(") for cell in typed)


@needs_office
def test_another_engine_gets_the_same(tmp_path):
    path = made(tmp_path, *(text for text, *_ in LAYOUTS.values()))
    ours = openpyxl.load_workbook(path, data_only=True)
    theirs = recalculate([path], tmp_path / "again")[path.name]
    cells = formulas(path)
    assert len(cells) > 100
    for sheet, cell in cells:
        assert (theirs[sheet][cell].value or None) == (ours[sheet][cell].value or None), (sheet, cell)


def test_what_an_auditor_typed_is_never_lost(tmp_path):
    sheet, out = save(tmp_path / "a.xlsx", WRONG), tmp_path / "复核表.xlsx"
    call = ["audit", str(sheet), "--out", str(out)]
    run = CliRunner()
    for _ in range(2):  # nothing typed: written over
        run.invoke(evaluate, call, catch_exceptions=False)
    assert [path.name for path in tmp_path.glob("复核表*")] == ["复核表.xlsx"]
    book = openpyxl.load_workbook(out)
    typed = next(cell for cell in book["01 法律服务"]["R"] if cell.row == 14)
    assert not typed.protection.locked
    typed.value = "按22.5分"
    book.save(out)
    done = run.invoke(evaluate, call, catch_exceptions=False)
    assert "没有覆盖" in done.output
    assert openpyxl.load_workbook(tmp_path / "复核表-旧1.xlsx")["01 法律服务"]["R14"].value == "按22.5分"
    out.write_bytes(b"notes of somebody")
    run.invoke(evaluate, call, catch_exceptions=False)
    assert (tmp_path / "复核表-旧2.xlsx").read_bytes() == b"notes of somebody"
