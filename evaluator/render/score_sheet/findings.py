"""The sheet 问题与说明: what was found, errors first, each with its place and what to do."""

from __future__ import annotations

from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Severity, by_severity
from evaluator.render.book import BAD, CLOSED, WATCH, Book, height_for, merge, put, write_list_head
from evaluator.render.columns import columns
from evaluator.render.score_sheet.plan import FINDINGS_SHEET

_COLUMNS = columns(
    ("number", "序号", 6),
    ("severity", "级别", 7),
    ("indicator", "指标", 9),
    ("title", "问题", 16),
    ("text", "说明", 62),
    ("remedy", "处理办法", 42),
    ("place", "位置", 38),
)
_COLOURS = {Severity.ERROR: BAD, Severity.WARNING: WATCH, Severity.NOTE: CLOSED}


def add_findings_sheet(book: Book, evaluation: Evaluation) -> None:
    """Add the sheet to a score sheet workbook."""
    sheet = book.add_sheet(FINDINGS_SHEET)
    sheet.set_landscape()
    end = _COLUMNS.end
    mark = "（示例数据）" if evaluation.sample else ""
    counts = "，".join(f"{s.label} {evaluation.count(s)} 条" for s in Severity)
    words = (
        f"{evaluation.project.name}：{counts}。错误＝该项未计分；提醒＝已计分，请核对；说明＝自动规范之处。"
    )
    first = write_list_head(book, sheet, 0, f"问题与说明{mark}", words, _COLUMNS.heads)
    sheet.freeze_panes(first, 0)
    for row, item in enumerate(by_severity(evaluation.findings), first):
        texts = {
            "severity": item.severity.label,
            "indicator": item.indicator,
            "title": item.title,
            "text": item.text,
            "remedy": item.remedy,
            "place": str(item.place),
        }
        looks = {
            "severity": book.look("centre", bg_color=_COLOURS[item.severity]),
            "indicator": book.look("centre"),
        }
        put(sheet, row, _COLUMNS.at("number"), row - first + 1, book.look("centre"))
        for role, text in texts.items():
            put(sheet, row, _COLUMNS.at(role), text, looks.get(role) or book.look("cell", indent=1))
        sheet.set_row(row, height_for([(text, _COLUMNS.width(role) - 1) for role, text in texts.items()]))
    last = first - 1 + max(1, len(evaluation.findings))
    if not evaluation.findings:
        merge(sheet, (first, 0), (first, end), "没有发现问题。", book.look("centre"))
    sheet.print_area(0, 0, last, end)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
