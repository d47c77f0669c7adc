"""The sheet 问题与说明: what was found, errors first, each with its place and what to do."""

from __future__ import annotations

from evaluator.evaluation import Evaluation
from evaluator.findings import Severity, by_severity
from evaluator.render.book import BAD, CLOSED, WATCH, Book, height_for, merge, put
from evaluator.render.sheet_plan import FINDINGS_SHEET

_COLUMNS = (("序号", 6), ("级别", 7), ("指标", 9), ("问题", 16), ("说明", 62), ("处理办法", 42), ("位置", 38))
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: WATCH, Severity.NOTE: CLOSED}


def add_findings_sheet(book: Book, evaluation: Evaluation) -> None:
    """Add the sheet to a score sheet workbook."""
    sheet = book.add_sheet(FINDINGS_SHEET)
    sheet.set_landscape()
    end = len(_COLUMNS) - 1
    mark = "（示例数据）" if evaluation.sample else ""
    merge(sheet, (0, 0), (0, end), f"问题与说明{mark}", book.look("title"))
    sheet.set_row(0, 30)
    counts = "，".join(f"{s.label} {evaluation.count(s)} 条" for s in Severity)
    words = (
        f"{evaluation.project.name}：{counts}。错误＝该项未计分；提醒＝已计分，请核对；说明＝自动规范之处。"
    )
    merge(sheet, (1, 0), (1, end), words, book.look("note", valign="vcenter"))
    sheet.set_row(1, height_for([(words, sum(width for _, width in _COLUMNS))]))
    for column, (head, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        put(sheet, 2, column, head, book.look("heading"))
    sheet.set_row(2, 24)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    for row, item in enumerate(by_severity(evaluation.findings), 3):
        texts = (item.severity.label, item.indicator, item.title, item.text, item.remedy, str(item.place))
        put(sheet, row, 0, row - 2, book.look("centre"))
        for column, text in enumerate(texts, 1):
            look = book.look("centre") if column == 2 else book.look("cell", indent=1)
            if column == 1:
                look = book.look("centre", bg_color=_COLOURS[item.severity])
            put(sheet, row, column, text, look)
        sheet.set_row(row, height_for([(t, _COLUMNS[c][1] - 1) for c, t in enumerate(texts, 1)]))
    last = 2 + max(1, len(evaluation.findings))
    if not evaluation.findings:
        merge(sheet, (3, 0), (3, end), "没有发现问题。", book.look("centre"))
    sheet.print_area(0, 0, last, end)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
