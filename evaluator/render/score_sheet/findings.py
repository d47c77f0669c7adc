"""The sheet 问题与说明: what was found, errors first, each with its place and what to do."""

from __future__ import annotations

from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Severity, by_severity
from evaluator.render.book import BAD, CLOSED, WATCH, Book, height_for, merge, put, write_list_head
from evaluator.render.score_sheet.plan import FINDINGS_SHEET

_COLUMNS = (("序号", 6), ("级别", 7), ("指标", 9), ("问题", 16), ("说明", 62), ("处理办法", 42), ("位置", 38))
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: WATCH, Severity.NOTE: CLOSED}


def add_findings_sheet(book: Book, evaluation: Evaluation) -> None:
    """Add the sheet to a score sheet workbook."""
    sheet = book.add_sheet(FINDINGS_SHEET)
    sheet.set_landscape()
    end = len(_COLUMNS) - 1
    mark = "（示例数据）" if evaluation.sample else ""
    counts = "，".join(f"{s.label} {evaluation.count(s)} 条" for s in Severity)
    words = (
        f"{evaluation.project.name}：{counts}。错误＝该项未计分；提醒＝已计分，请核对；说明＝自动规范之处。"
    )
    first = write_list_head(book, sheet, 0, f"问题与说明{mark}", words, _COLUMNS)
    sheet.freeze_panes(first, 0)
    for row, item in enumerate(by_severity(evaluation.findings), first):
        texts = (item.severity.label, item.indicator, item.title, item.text, item.remedy, str(item.place))
        put(sheet, row, 0, row - first + 1, book.look("centre"))
        for column, text in enumerate(texts, 1):
            look = book.look("centre") if column == 2 else book.look("cell", indent=1)
            if column == 1:
                look = book.look("centre", bg_color=_COLOURS[item.severity])
            put(sheet, row, column, text, look)
        sheet.set_row(row, height_for([(t, _COLUMNS[c][1] - 1) for c, t in enumerate(texts, 1)]))
    last = first - 1 + max(1, len(evaluation.findings))
    if not evaluation.findings:
        merge(sheet, (first, 0), (first, end), "没有发现问题。", book.look("centre"))
    sheet.print_area(0, 0, last, end)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
