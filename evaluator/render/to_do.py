"""待改清单.xlsx: one row a finding of the whole unit, worst first, each with a link to its very cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath

from xlsxwriter.worksheet import Worksheet

from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, Severity, by_severity
from evaluator.records.source import Place
from evaluator.render.book import BAD, CLOSED, WATCH, Book, height_for, merge, printable, put, write_list_head
from evaluator.storage.files import beside

_COLUMNS = (
    ("序号", 6),
    ("级别", 7),
    ("项目", 20),
    ("指标", 9),
    ("问题", 15),
    ("说明", 52),
    ("怎样改", 44),
    ("位置（点一下打开）", 40),
)
_END = len(_COLUMNS) - 1
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: WATCH, Severity.NOTE: CLOSED}
_TO_WORKSPACE = "../../"
"""From ``reports/<year>/`` to the folder that places are told from."""
_MOST_LINKS, _LONGEST_LINK = 65_000, 2_000  # Excel holds 65,530 a sheet, of 2,080 characters
_WITH_CELLS = (".xlsx", ".xlsm", ".xls")
_ESCAPES = {ord(sign): f"%{ord(sign):02X}" for sign in '%# "<>[]^`{}'}


def write_to_do(path: Path, unit: UnitEvaluation) -> None:
    """Write the list of all that was found in a year. Raises OSError."""
    findings = by_severity(unit.all_findings)
    names = {item.project.key: item.project.name for item in unit.evaluations}
    with beside(path) as draft:
        book = Book(str(draft), title="待改清单")
        sheet = book.add_sheet("待改清单")
        sheet.set_landscape()
        mark = "（示例数据）" if unit.sample else ""
        title = f"{unit.year}年度自评待改清单{mark}"
        first = write_list_head(book, sheet, 0, title, _words(findings), _COLUMNS, "plain")
        sheet.freeze_panes(first, 0)
        for row, item in enumerate(findings, first):
            _write_finding(book, sheet, row, row - first + 1, item, names.get(item.project, "全单位"))
        last = first - 1 + max(1, len(findings))
        if findings:
            sheet.autofilter(first - 1, 0, last, _END)
        else:
            merge(sheet, (first, 0), (first, _END), "没有发现问题。", book.look("centre"))
        sheet.print_area(0, 0, last, _END)
        book.close()


def _words(findings: list[Finding]) -> str:
    counts = Counter(item.severity for item in findings)
    told = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity)
    return (
        f"{told}。错误＝该行没有计分，必须改；提醒＝已计分，请核对；说明＝程序自动规范之处，不用改。"
        "改好、保存并关闭后再运行一次，清单会重新生成。"
    )


def _write_finding(book: Book, sheet: Worksheet, row: int, number: int, item: Finding, project: str) -> None:
    texts = (item.severity.label, project, item.indicator, item.title, item.text, item.remedy)
    put(sheet, row, 0, number, book.look("centre"))
    put(sheet, row, 1, texts[0], book.look("centre", bg_color=_COLOURS[item.severity]))
    for column, text in enumerate(texts[1:], 2):
        put(sheet, row, column, text, book.look("centre" if column == 3 else "cell"))
    shown, link = printable(_short(item.place)), link_to(item.place)
    if number <= _MOST_LINKS and len(link) <= _LONGEST_LINK:
        sheet.write_url(row, _END, link, book.look("cell", font_color="#1D5B8F", underline=1), shown)
    else:
        put(sheet, row, _END, shown, book.look("cell"))
    heights = [(text, _COLUMNS[column][1] - 1.0) for column, text in enumerate((*texts, shown), 1)]
    sheet.set_row(row, height_for(heights))


def _short(place: Place) -> str:
    """A place without the folders that the link goes through anyway."""
    return str(replace(place, file=place.file.rpartition("/")[2] or place.file))


def link_to(place: Place) -> str:
    """The link from the delivery's folder to a place: a workbook's very cell, else the file or folder."""
    absolute = PurePosixPath(place.file).is_absolute() or re.match(r"[A-Za-z]:/", place.file)
    path = ("" if absolute else _TO_WORKSPACE) + printable(place.file)
    link = f"external:{path.translate(_ESCAPES)}"
    if not (path.lower().endswith(_WITH_CELLS) and place.part):
        return link
    cell = place.cell if re.fullmatch(r"[A-Z]{1,3}\d+", place.cell) else "A1"
    sheet = place.part.replace("'", "''")
    return f"{link}#'{sheet}'!{cell}"
