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
from evaluator.render.columns import columns
from evaluator.storage.files import beside

_COLUMNS = columns(
    ("number", "序号", 6),
    ("severity", "级别", 7),
    ("project", "项目", 20),
    ("indicator", "指标", 9),
    ("title", "问题", 15),
    ("text", "说明", 50),
    ("remedy", "怎样改", 42),
    ("file", "文件", 26),
    # Links are not wrapped by every program: what is clicked is short, the file stands beside it.
    ("place", "位置（点一下打开）", 19),
)
_CENTRED = ("number", "severity", "indicator")
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
        first = write_list_head(book, sheet, 0, title, _words(findings), _COLUMNS.heads, "plain")
        sheet.freeze_panes(first, 0)
        for row, item in enumerate(findings, first):
            _write_finding(book, sheet, row, row - first + 1, item, names.get(item.project, "全单位"))
        last = first - 1 + max(1, len(findings))
        if findings:
            sheet.autofilter(first - 1, 0, last, _COLUMNS.end)
        else:
            merge(sheet, (first, 0), (first, _COLUMNS.end), "没有发现问题。", book.look("centre"))
        sheet.print_area(0, 0, last, _COLUMNS.end)
        book.close()


def _words(findings: list[Finding]) -> str:
    counts = Counter(item.severity for item in findings)
    told = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity)
    return (
        f"{told}。错误＝该行没有计分，必须改；提醒＝已计分，请核对；说明＝程序自动规范之处，不用改。"
        "改好、保存并关闭后再运行一次，清单会重新生成。"
    )


def _write_finding(book: Book, sheet: Worksheet, row: int, number: int, item: Finding, project: str) -> None:
    texts = {
        "number": str(number),
        "severity": item.severity.label,
        "project": project,
        "indicator": item.indicator,
        "title": item.title,
        "text": item.text,
        "remedy": item.remedy,
        "file": item.place.file.rpartition("/")[2] or item.place.file,
        "place": str(replace(item.place, file="")) or "打开",
    }
    for role, text in texts.items():
        put(sheet, row, _COLUMNS.at(role), text, book.look("centre" if role in _CENTRED else "cell"))
    put(sheet, row, _COLUMNS.at("number"), number, book.look("centre"))
    shade = book.look("centre", bg_color=_COLOURS[item.severity])
    put(sheet, row, _COLUMNS.at("severity"), item.severity.label, shade)
    link = link_to(item.place)
    if number <= _MOST_LINKS and len(link) <= _LONGEST_LINK:
        look = book.look("cell", font_color="#1D5B8F", underline=1)
        sheet.write_url(row, _COLUMNS.at("place"), link, look, printable(texts["place"]))
    sheet.set_row(row, height_for([(text, _COLUMNS.width(role) - 1) for role, text in texts.items()]))


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
