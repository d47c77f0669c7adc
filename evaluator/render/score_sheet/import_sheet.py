"""The sheet that the province's performance system imports (系统导入表): plain values, one indicator a row.

On demonstration data a notice stands above the header, which also keeps such a file from being imported.
"""

from __future__ import annotations

from pathlib import Path

from evaluator.records.approved import TargetKind
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.render.book import Book, height_for, merge, put
from evaluator.render.columns import columns
from evaluator.render.score_sheet.cells import typed
from evaluator.storage.files import write_bytes

_COLUMNS = columns(
    ("level1", "一级指标", 12),
    ("level2", "二级指标", 15),
    ("name", "三级指标名称", 34),
    ("operator", "计算符号", 9),
    ("target", "指标值", 16),
    ("actual", "实际完成值", 16),
    ("unit", "计量单位", 10),
    ("points", "分值", 8),
    ("score", "指标得分", 9),
    ("deduction", "扣减分数", 9),
    ("description", "完成情况简要描述", 60),
    ("reason", "偏差原因及改进措施", 60),
)
_TEXTS = ("name", "description", "reason")


def write_import_sheet(path: Path, evaluation: Evaluation) -> None:
    """Write one project's import sheet. Raises OSError."""
    write_bytes(path, import_sheet(evaluation))


def import_sheet(evaluation: Evaluation) -> bytes:
    """One project's import sheet."""
    book = Book(title=f"{evaluation.project.name} 系统导入表")
    sheet = book.add_sheet("绩效指标")
    sheet.set_landscape()
    header = int(evaluation.sample)
    if header:
        words = "示例数据：本表不是实际完成情况，不得导入系统"
        merge(sheet, (0, 0), (0, _COLUMNS.end), words, book.look("notice"))
    for column, (head, width) in enumerate(_COLUMNS.heads):
        sheet.set_column(column, column, width)
        put(sheet, header, column, head, book.look("heading"))
    sheet.freeze_panes(header + 1, 0)
    sheet.repeat_rows(header)
    for row, score in enumerate(evaluation.scores, header + 1):
        values = import_row(score)
        for role, value in values.items():
            look = book.look("cell" if role in _TEXTS else "centre")
            put(sheet, row, _COLUMNS.at(role), value, look)
        texts = [(str(value or ""), _COLUMNS.width(role)) for role, value in values.items()]
        sheet.set_row(row, height_for(texts))
    return book.finished()


def import_row(score: Score) -> dict[str, object]:
    """The twelve cells of one indicator by role; numbers stay numbers, in the target's unit."""
    item, actual = score.indicator, score.actual
    symbol, value = _target(score)
    achieved = score.comparable
    return {
        "level1": item.level1,
        "level2": item.level2,
        "name": item.name,
        "operator": symbol,
        "target": value,
        "actual": achieved if achieved is not None else typed(score),
        "unit": item.target.unit,
        "points": score.points,
        "score": score.score,
        "deduction": score.deduction,
        "description": actual.description if actual else "",
        "reason": actual.reason if actual else "",
    }


def _target(score: Score) -> tuple[str, object]:
    target = score.indicator.target
    if target.kind is TargetKind.NUMERIC and target.operator:
        return target.operator.value, target.value
    # The system knows operators and 定性; a range and a deadline go as words.
    return "" if target.kind is TargetKind.UNREADABLE else "定性", target.text
