"""Workbooks: what people, WPS and other programs leave in them."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.readers import xls, xlsx


def book(sheet: Worksheet) -> bytes:
    stream = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(stream)
    return stream.getvalue()


def new_sheet(**cells: Any) -> Worksheet:
    sheet = openpyxl.Workbook().active
    assert isinstance(sheet, Worksheet)
    sheet.title = "批复"
    for reference, value in cells.items():
        sheet[reference] = value
    return sheet


def edited(content: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            part = source.read(entry).decode()
            if entry == name:
                assert re.search(pattern, part)
                part = re.sub(pattern, replacement, part)
            target.writestr(entry, part)
    return out.getvalue()


def shown(content: bytes) -> tuple[list[str], list[str]]:
    """Cells as ``B2 text``, findings as ``code B2``."""
    rows, findings = xlsx.read(content, "a.xlsx")
    return (
        [f"{cell.place.cell} {cell.text}" for row in rows for cell in row.cells],
        [f"{item.code} {item.place.cell}" for item in findings],
    )


def test_numbers_and_dates__ok() -> None:
    sheet = new_sheet(A1=29.68, B1=0.95, C1=date(2026, 12, 1), D1=0.1 + 0.2, E1=True, F1=100)
    sheet["B1"].number_format = "0%"
    sheet["C1"].number_format = 'yyyy"年"m"月"'
    cells = ["A1 29.68", "B1 95%", "C1 2026年12月", "D1 0.3", "E1 TRUE", "F1 100"]
    assert shown(book(sheet)) == (cells, [])


@pytest.mark.parametrize(("number", "text"), [(31, "2026年12月1日"), (57, "2026年12月"), (58, "12月1日")])
def test_chinese_date_formats_are_known_by_number__ok(number: int, text: str) -> None:
    sheet = new_sheet(A1=46357)
    sheet["A1"].number_format = "0"
    content = edited(book(sheet), "xl/styles.xml", 'numFmtId="1"', f'numFmtId="{number}"')
    assert shown(content) == ([f"A1 {text}"], [])


def test_rounded_number__finding() -> None:
    sheet = new_sheet(A1=29.684)
    sheet["A1"].number_format = "0.00"
    assert shown(book(sheet)) == (["A1 29.68"], ["number-rounded A1"])


def test_unknown_number_format__finding() -> None:
    sheet = new_sheet(A1=12345)
    sheet["A1"].number_format = '0!.0,"万"'
    assert shown(book(sheet)) == (["A1 12345"], ["number-format A1"])


def test_merged_cells_count_once__ok() -> None:
    sheet = new_sheet(A1="成本指标", A2="成本指标", A3="成本指标", B1="一", B2="二", B3="三")
    content = book(sheet)
    # Programs that fill every cell and merge afterwards leave text that nobody sees.
    merged = edited(
        content,
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>',
    )
    assert shown(merged) == (["A1 成本指标", "B1 一", "B2 二", "A3 成本指标", "B3 三"], [])


def test_wrong_dimension_of_wps__ok() -> None:
    content = book(new_sheet(A1="一", C3="二"))
    wrong = edited(content, "xl/worksheets/sheet1.xml", 'dimension ref="[^"]*"', 'dimension ref="A1"')
    assert shown(wrong) == (["A1 一", "C3 二"], [])


def test_formula_without_result__finding() -> None:
    assert shown(book(new_sheet(A1="一", B1="=1+1"))) == (["A1 一"], ["formula-uncalculated B1"])


@pytest.mark.parametrize(
    ("stored", "cells", "findings"),
    [
        ('<c r="B1"><f>1+1</f><v>2</v></c>', ["A1 一", "B1 2"], []),
        ('<c r="B1" t="str"><f>A1&amp;"x"</f><v>一x</v></c>', ["A1 一", "B1 一x"], []),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', ["A1 一"], []),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ["A1 一", "B1 #DIV/0!"], ["formula-error B1"]),
    ],
)
def test_formula_with_result(stored: str, cells: list[str], findings: list[str]) -> None:
    content = book(new_sheet(A1="一", B1="=1+1"))
    content = edited(content, "xl/worksheets/sheet1.xml", r'<c r="B1".*?</c>', stored)
    assert shown(content) == (cells, findings)


@pytest.mark.parametrize("formula", ["=100%", "=95.5%", "= 100 %"])
@pytest.mark.parametrize("stored", ["", "<v>1</v>"])
def test_a_target_that_excel_took_for_a_formula_is_its_text__ok(formula: str, stored: str) -> None:
    content = book(new_sheet(A1="一", B1="=1+1"))
    cell = f'<c r="B1"><f>{formula[1:]}</f>{stored}</c>'
    content = edited(content, "xl/worksheets/sheet1.xml", r'<c r="B1".*?</c>', cell)
    assert shown(content) == (["A1 一", f"B1 {formula}"], [])


def test_a_percentage_that_is_calculated_is_its_result__ok() -> None:
    content = book(new_sheet(A1="一", B1="=1+1"))
    cell = '<c r="B1"><f>100%-5%</f><v>0.95</v></c>'
    content = edited(content, "xl/worksheets/sheet1.xml", r'<c r="B1".*?</c>', cell)
    assert shown(content) == (["A1 一", "B1 0.95"], [])


def test_hidden_sheet__finding() -> None:
    sheet = new_sheet(A1="一")
    assert sheet.parent is not None
    hidden = sheet.parent.create_sheet("旧表")
    hidden["A1"] = "二"
    hidden.sheet_state = "hidden"
    empty = sheet.parent.create_sheet("空表")
    empty.sheet_state = "veryHidden"
    assert shown(book(sheet)) == (["A1 一"], ["sheet-hidden "])


def test_text_far_away__finding() -> None:
    assert shown(book(new_sheet(A1="一", A5000="二"))) == (["A1 一"], ["sheet-cut "])
    assert shown(book(new_sheet(A1="一", ZZ1="二"))) == (["A1 一"], ["sheet-cut "])


def test_text_after_some_blank_rows__ok() -> None:
    assert shown(book(new_sheet(A1="一", A900="二"))) == (["A1 一", "A900 二"], [])


def test_formatting_down_to_the_last_row_is_read_soon() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577))
    content = edited(
        book(new_sheet(A1="一")), "xl/worksheets/sheet1.xml", "</sheetData>", f"{rows}</sheetData>"
    )
    start = time.process_time()
    assert shown(content) == (["A1 一"], [])
    assert time.process_time() - start < 3


@pytest.mark.parametrize("row", [2, 1_048_576, 10**12])
def test_one_row_far_down_is_read_soon(row: int) -> None:
    content = book(new_sheet(A1="一"))
    far = f'<row r="{row}"><c s="0"/></row></sheetData>'
    assert shown(edited(content, "xl/worksheets/sheet1.xml", "</sheetData>", far)) == (["A1 一"], [])


def test_old_workbook__ok() -> None:
    stream = io.BytesIO()
    old = xlwt.Workbook()
    sheet = old.add_sheet("批复")
    sheet.write_merge(0, 1, 0, 0, "成本指标")
    sheet.write(0, 1, 0.95, xlwt.easyxf(num_format_str="0%"))
    sheet.write(1, 1, date(2026, 12, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(2, 1, True)
    hidden = old.add_sheet("旧表")
    hidden.write(0, 0, "二")
    hidden.visibility = 1
    old.save(stream)
    rows, findings = xls.read(stream.getvalue(), "a.xls")
    assert [f"{cell.place.cell} {cell.text}" for row in rows for cell in row.cells] == [
        "A1 成本指标",
        "B1 95%",
        "B2 2026年12月",
        "B3 TRUE",
    ]
    assert [(item.code, item.place.part) for item in findings] == [("sheet-hidden", "旧表")]
