"""A workbook's plain cells say what openpyxl says of them; what is not plain is left to it."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from evaluator.render.fill_in.workbook import write_fill_in
from evaluator.rulesets import load
from evaluator.workbooks.plain_book import PlainBook, read_plain_book
from tests.render.office import convert, needs_office
from tests.workbooks.typing import cell, fill, project

FORMATS = ("General", "0.00", "0%", "0.####%", "@", "yyyy-mm-dd", "yyyy/m/d", "h:mm", "[h]:mm", "#,##0",
           '"≥"0"天"', "mm-dd-yy", 'yyyy"年"m"月"d"日"', "[Red]0.0", "0.00E+00", '0"%"', "d-mmm")  # fmt: skip
VALUES = (None, "文字", "", "_x000D_", "=1+2", " 两端空格 ", 0, 7, 59, 60, 61, -3, 0.1 + 0.2, 46357, 46357.5,
          1e9, True, False, datetime(2026, 12, 20), date(2026, 1, 5), time(8, 30))  # fmt: skip


def same(content: bytes) -> PlainBook:
    """The plain cells, after they were held against openpyxl's, one by one."""
    plain = read_plain_book(content)
    assert plain is not None
    written, results = (load_workbook(BytesIO(content), data_only=values) for values in (False, True))
    assert plain.sheetnames == written.sheetnames
    for sheet in written.worksheets:
        mine = plain[sheet.title]
        assert (mine.max_row, mine.max_column) == (sheet.max_row, sheet.max_column)
        assert mine.sheet_state == sheet.sheet_state
        for theirs in (theirs for row in sheet.iter_rows() for theirs in row):
            at = theirs.row, theirs.column
            _is_same(mine.cell(*at), theirs, results[sheet.title].cell(*at))
    return plain


def _is_same(mine: Any, cell: Any, result: Any) -> None:
    shown = getattr(cell, "number_format", "General")  # what lies under a merged area has none
    assert (mine.value, mine.data_type, mine.number_format, mine.coordinate) == (
        cell.value,
        cell.data_type,
        shown,
        cell.coordinate,
    )
    assert type(mine.value) is type(cell.value)
    if cell.data_type == "f":
        empty = result.value is None and result.data_type == "str"
        assert mine.result == ("" if empty else result.value)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")
@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(FORMATS)), min_size=1, max_size=12))
def test_values_and_formats_as_openpyxl_writes_them(typed: list[tuple[Any, str]]) -> None:
    book = Workbook()
    assert book.active is not None
    for row, (value, shown) in enumerate(typed, 2):
        cell = book.active.cell(row, 3, value)
        cell.number_format = shown
    same(saved(book))


def filled(folder: Path) -> Path:
    rules, _ = load("hubei")
    assert rules is not None
    path = folder / "a.xlsx"
    write_fill_in(path, project(), 2026, rules)
    return fill(path, {cell("CB-01", "actual"): 10.5, cell("CC-03", "completed"): datetime(2026, 12, 20)})


def test_a_filled_workbook_of_ours(tmp_path: Path) -> None:
    same(filled(tmp_path).read_bytes())


@needs_office
def test_as_libreoffice_saves_it(tmp_path: Path) -> None:
    convert([filled(tmp_path)], "xlsx", tmp_path / "out")
    same((tmp_path / "out" / "a.xlsx").read_bytes())


def test_merged_hidden_and_computed() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    sheet.merge_range("B2:D3", "合并")
    sheet.write_formula("A5", "=1+1", None, 2)
    sheet.write_rich_string("A7", book.add_format({"bold": True}), "粗", "细")
    book.add_worksheet("空")
    book.add_worksheet("隐").very_hidden()
    book.close()
    plain = same(buffer.getvalue())
    assert plain["表"].cell(5, 1).result == 2
    assert plain["表"].cell(7, 1).value == "粗细"
    assert plain["表"].cell(2, 3).value is None


def test_a_formula_that_came_to_an_empty_text() -> None:
    plain = same(with_rows('<row r="1"><c r="A1" t="str"><f>B1&amp;""</f><v></v></c></row>'))
    assert plain["Sheet"].cell(1, 1).result == ""


SHARED = '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*$C$1</f><v>2</v></c></row>'
DEPENDENT = '<row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c></row>'


def test_a_formula_that_excel_keeps_once_for_many_cells() -> None:
    plain = same(with_rows(SHARED + DEPENDENT))
    assert plain["Sheet"].cell(2, 1).value == "=B2*$C$1"


def with_rows(rows: str, before: str = "") -> bytes:
    """A small workbook whose sheet has these rows."""
    return changed(saved(Workbook()), "xl/worksheets/sheet1.xml", b"<sheetData></sheetData>", before, rows)


def changed(content: bytes, name: str, old: bytes, before: str, rows: str) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w") as copy:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == name:
                assert old in part
                part = before.encode() + part.replace(old, f"<sheetData>{rows}</sheetData>".encode())
            copy.writestr(entry, part)
    return made.getvalue()


def commented() -> Workbook:
    book = Workbook()
    book.active["A1"].comment = Comment("请核对", "某人")
    return book


def with_array() -> Workbook:
    book = Workbook()
    book.active["A1"] = ArrayFormula("A1:A2", "=B1:B2*2")
    return book


def of_1904() -> Workbook:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    return book


NOT_PLAIN = {
    "批注": saved(commented()),
    "数组公式": saved(with_array()),
    "1904 日期": saved(of_1904()),
    "没有地址的单元格": with_rows("<row><c><v>1</v></c></row>"),
    "文档类型": with_rows("", before='<!DOCTYPE x [<!ENTITY a "b">]>'),
    "ISO 日期": with_rows('<row r="1"><c r="A1" t="d"><v>2026-01-01</v></c></row>'),
    "坏数字": with_rows('<row r="1"><c r="A1"><v>一</v></c></row>'),
    "没有这个文字": with_rows('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
    "不是压缩包": b"PK broken",
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_openpyxl(name: str) -> None:
    assert read_plain_book(NOT_PLAIN[name]) is None
