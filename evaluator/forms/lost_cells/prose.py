"""Indicators written as sentences: 数量指标：种植数量≥17600株；成活率≥85%；时效指标：完成及时率≥100%。

Notices of a project's targets (公示) are written so. Words of levels and signs that compare tell indicators
apart; what has neither is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import vocabulary
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Row

_CLAUSES = re.compile(r"[；;。\n]")
_ITEM = re.compile(
    r"(?P<name>.{2,60}?)[\s:：,，为]*"
    r"(?P<value>(?:>=|<=|[≥≤=＝<>＞＜≧≦]|不低于|不少于|不小于|不超过|不高于|不多于|达到|控制在)\s*\d\S*)"
)
_LEVEL = re.compile(r"\s*([^:：,，≥≤=<>]{2,20}?)\s*[:：,，]\s*(?=\S)")
_HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
# 种植数量（≥**株）: what a template leaves to be filled in, which stands behind the name.
_HINT = re.compile(r"^[★☆▲△※*]+\s*|\s*[(（][^()（）]*\*[^()（）]*[)）]$")
_FEWEST = 2  # indicators that make a table


@dataclass
class _Levels:
    level1: str = ""
    level2: str = ""

    def take(self, text: str, *, is_heading: bool = False) -> bool:
        """Take a level that a text is; False for any other text. 满意度指标 on its own is level 1."""
        asked = tag(text)
        if asked.level1 and (is_heading or not asked.level2):
            self.level1, self.level2 = asked.level1, ""
        elif asked.level2:
            parents = vocabulary().level2_parents[asked.level2]
            self.level1 = self.level1 if tag(self.level1).level1 in parents else parents[0]
            self.level2 = asked.level2
        return asked.is_level


@dataclass
class _Made:
    """The rows made so far, how many indicators are among them, and the cell of the first."""

    rows: list[Row] = field(default_factory=list)
    items: int = 0
    first: Cell | None = None


def restore_prose(rows: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """The rows of a text with its sentences of indicators as a table, and the finding (``prose-restored``).

    Rows come back as they are where a table of the source has heads, and where fewer than two are found.
    """
    if any(sum(tag(cell.text).role is not None for cell in row.cells) > 1 for row in rows):
        return list(rows), []
    number = max((row.table for row in rows), default=0) + 1
    made, levels = _Made(), _Levels()
    for row in rows:
        _take(row, made, levels, number)
    if made.items < _FEWEST or made.first is None:
        return list(rows), []
    return made.rows, [finding("prose-restored", made.first.place)]


def _take(row: Row, made: _Made, levels: _Levels, number: int) -> None:
    """Add a row as it is, or a paragraph as the indicators it tells of and what is left of it."""
    if row.table or len(row.cells) != 1:
        made.rows.append(row)
        return
    cell, left = row.cells[0], []
    for clause in _CLAUSES.split(cell.text):
        said = _item(clause, levels)
        if said and levels.level2:
            made.rows += [] if made.items else [_row(cell, _HEADS, number)]
            made.first = made.first or cell
            made.rows.append(_row(cell, (levels.level1, levels.level2, *said), number))
            made.items += 1
        elif clause.strip() and not tag(clause).is_level:
            left.append(clause.strip())
    if left:
        made.rows.append(replace(row, cells=(replace(cell, text="；".join(left)),)))


def _item(clause: str, levels: _Levels) -> tuple[str, str] | None:
    """Name and target of the indicator that a clause is; levels before it are taken."""
    text = clause.strip()
    if levels.take(text.rstrip(":："), is_heading=True):
        return None
    for level in _levels_before(text):
        levels.take(level[1])
        text = text[level.end() :]
    found = _ITEM.fullmatch(text)
    return (_HINT.sub("", found["name"].strip()), found["value"].strip()) if found else None


def _levels_before(text: str) -> Iterator[re.Match[str]]:
    """The levels at the head of a clause, each matched in what is left of it: 产出指标：数量指标：…"""
    while (found := _LEVEL.match(text)) and tag(found[1]).is_level:
        yield found
        text = text[found.end() :]


def _row(cell: Cell, texts: Sequence[str], number: int) -> Row:
    cells = (replace(cell, text=text, column=at) for at, text in enumerate(texts) if text)
    return Row(tuple(cells), number)
