"""A unit's own words for forms that say things otherwise: a table of three columns.

    类别     表上的写法     意思同
    表头     本年拟达到     指标值
    标签     本年安排资金   项目预算
    一级指标 工作成果       产出指标
    二级指标 工作量         数量指标
    确定依据 部门标准
    印刷文字 填表须知

What stands under 意思同 is any word that is known already. An own word counts before a shipped one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluator.forms.vocabulary import Vocabulary, fold, vocabulary
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Row
from evaluator.values.text import tidy

HEADS = ("类别", "表上的写法", "意思同")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of words: the look-ups of the vocabulary that hold them, and what a known word means there."""

    field: str
    meaning: Callable[[Vocabulary, str], object] | None = None


_KINDS = {
    "表头": _Kind("header_roles", lambda words, known: words.role(known)),
    "标签": _Kind("label_facts", lambda words, known: words.label(known)),
    "一级指标": _Kind("level1_terms", lambda words, known: words.level1(known)),
    "二级指标": _Kind("level2_terms", lambda words, known: words.level2(known)),
    "确定依据": _Kind("basis_words"),
    "印刷文字": _Kind("scaffold_words"),
}


def load_own_words(path: Path, workspace: Path) -> tuple[Vocabulary, list[Finding]]:
    """The shipped vocabulary with a unit's own words; the shipped one alone where there is no such table.

    Findings: those of reading a file, own-words-heads (then nothing of it counts), own-word-unclear (a row).
    """
    shipped = vocabulary()
    if not path.is_file():
        return shipped, []
    from evaluator.readers import read_source

    source, findings = read_source(path, workspace)
    rows = source.rows if source else ()
    if rows and _texts(rows[0]) != HEADS:
        return shipped, [
            *findings,
            finding("own-words-heads", rows[0].cells[0].place, heads="、".join(HEADS)),
        ]
    words = shipped
    for row in rows[1:]:
        words, found = _add(words, shipped, row)
        findings += found
    return words, findings


def _texts(row: Row) -> tuple[str, ...]:
    cells = {cell.column: tidy(cell.text) for cell in row.cells}
    return tuple(cells.get(column, "") for column in range(len(HEADS)))


def _add(words: Vocabulary, shipped: Vocabulary, row: Row) -> tuple[Vocabulary, list[Finding]]:
    kind_name, written, known = _texts(row)
    kind = _KINDS.get(kind_name)
    if kind is None:
        return words, _unclear(row.cells, f"类别应是{'、'.join(_KINDS)}之一")
    if not written:
        return words, _unclear(row.cells, "没有“表上的写法”")
    changes: dict[str, Any] = {}
    held = getattr(words, kind.field)
    if kind.meaning is None:
        changes[kind.field] = held | {fold(written)}
    elif meaning := kind.meaning(shipped, known):
        changes[kind.field] = {**held, fold(written): meaning}
    else:
        return words, _unclear(row.cells, f"“意思同”一栏的“{known}”不是已知的{kind_name}写法")
    return replace(words, **changes), []


def _unclear(cells: Sequence[Cell], why: str) -> list[Finding]:
    row = "，".join(tidy(cell.text) for cell in cells)
    return [finding("own-word-unclear", cells[0].place, row=row[:60], why=why)]
