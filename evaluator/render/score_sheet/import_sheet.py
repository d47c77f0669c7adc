"""The sheet that the province's performance system imports (系统导入表): plain values, one indicator a row.

On demonstration data a notice stands above the header, which also keeps such a file from being imported.
"""

from __future__ import annotations

from pathlib import Path

from evaluator.records.approved import TargetKind
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.render.book import Book, height_for, merge, put
from evaluator.render.score_sheet.cells import typed
from evaluator.storage.files import beside

_COLUMNS = (
    ("一级指标", 12),
    ("二级指标", 15),
    ("三级指标名称", 34),
    ("计算符号", 9),
    ("指标值", 16),
    ("实际完成值", 16),
    ("计量单位", 10),
    ("分值", 8),
    ("指标得分", 9),
    ("扣减分数", 9),
    ("完成情况简要描述", 60),
    ("偏差原因及改进措施", 60),
)


def write_import_sheet(path: Path, evaluation: Evaluation) -> None:
    """Write one project's import sheet. Raises OSError."""
    with beside(path) as draft:
        book = Book(str(draft), title=f"{evaluation.project.name} 系统导入表")
        sheet = book.add_sheet("绩效指标")
        sheet.set_landscape()
        header = int(evaluation.sample)
        if header:
            words = "示例数据：本表不是实际完成情况，不得导入系统"
            merge(sheet, (0, 0), (0, len(_COLUMNS) - 1), words, book.look("notice"))
        for column, (head, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            put(sheet, header, column, head, book.look("heading"))
        sheet.freeze_panes(header + 1, 0)
        sheet.repeat_rows(header)
        for row, score in enumerate(evaluation.scores, header + 1):
            values = import_row(score)
            for column, value in enumerate(values):
                put(sheet, row, column, value, book.look("cell" if column in (2, 10, 11) else "centre"))
            texts = [(str(v or ""), float(_COLUMNS[c][1])) for c, v in enumerate(values)]
            sheet.set_row(row, height_for(texts))
        book.close()


def import_row(score: Score) -> tuple[object, ...]:
    """The twelve cells of one indicator; numbers stay numbers, in the target's unit."""
    item, actual = score.indicator, score.actual
    symbol, value = _target(score)
    achieved = score.comparable
    return (
        item.level1,
        item.level2,
        item.name,
        symbol,
        value,
        achieved if achieved is not None else typed(score),
        item.target.unit,
        score.points,
        score.score,
        score.deduction,
        actual.description if actual else "",
        actual.reason if actual else "",
    )


def _target(score: Score) -> tuple[str, object]:
    target = score.indicator.target
    if target.kind is TargetKind.NUMERIC and target.operator:
        return target.operator.value, target.value
    # The system knows operators and 定性; a range and a deadline go as words.
    return "" if target.kind is TargetKind.UNREADABLE else "定性", target.text
