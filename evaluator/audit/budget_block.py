"""The budget's block of a filled sheet, in every form in which it is printed.

Heads over rows of funds (年初, 全年, 执行, 分值, 执行率, 得分); heads over one row (预算数A, 执行数B, B/A);
labels with the figure beside them, or in the same cell (预算数：2.38).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from evaluator.audit.columns import fields_of, read_columns
from evaluator.audit.lines import Line, number_in
from evaluator.audit.records import AuditedBudget, AuditedFund, Field
from evaluator.audit.words import words
from evaluator.forms.vocabulary import fold
from evaluator.values.text import squash

_UNIT = re.compile(r"[(（:：,，]\s*(?:金额)?(?:单位[:：]?)?(万?元)")
_POINTS = re.compile(r"[(（](\d{1,3}(?:\.\d+)?)分[)）]")
_SAID = re.compile(r"(?P<label>[^:：\d]{2,12}?)[:：]?(?P<number>-?[\d,]+(?:\.\d+)?(?:%|万元|元|万|分)?)")
_PIECE = re.compile(r"[\s;；,，、]+")
_FIGURES = ("initial", "adjusted", "spent", "rate", "points", "score")


def is_fund_header(line: Line) -> bool:
    """Whether a line is the head of a block of funds: no figures, and the budget or what was spent."""
    roles = [words().fund(text) for text in line.texts]
    return (
        len({role for role in roles if role}) >= 2
        and bool({"spent", "adjusted"} & set(roles))
        and not any(number_in(text) is not None for text in line.texts)
    )


def read_budget(lines: Sequence[Line], start: int, stop: int) -> tuple[AuditedBudget, int]:
    """Read the block whose head is line `start`; returns it and the index of the line after it."""
    columns = _columns(lines[start])
    head = "".join(lines[start].texts)
    funds: list[AuditedFund] = []
    at = start + 1
    while at < stop:
        fund = _fund(lines[at], columns)
        if fund is None:
            break
        funds.append(fund)
        at += 1
    return AuditedBudget(tuple(funds), _unit(head), _points(head), frozenset(columns.values())), at


def _columns(line: Line) -> dict[int, str]:
    """Role by column; the block's own label (预算资金) is none where a head further right says the same."""
    columns = {column: role for column, role in read_columns(line, words().fund).items() if role != "other"}
    first, *others = columns.items()
    again = first[0] == min(line.fields) and first[1] in dict(others).values()
    return dict(others) if again else columns


def _fund(line: Line, columns: dict[int, str]) -> AuditedFund | None:
    """A row of the block; None where the line is none any more."""
    labels = [item for column, item in line.fields.items() if column < min(columns)]
    label = next((item for item in labels if words().source(item.text)), labels[-1] if labels else None)
    kind = words().source(label.text) if label else None
    cells, _ = fields_of(line, columns)
    if kind is None and not _has_figures(cells):
        return None
    said = label or Field("", line.first.place)
    return AuditedFund(said.text, said.place, cells, kind == "all")


def _has_figures(cells: dict[str, Field]) -> bool:
    return any(number_in(cells[role].text) is not None for role in _FIGURES if role in cells)


def _unit(head: str) -> str:
    found = _UNIT.search(head)
    return found[1] if found else ""


def _points(head: str) -> Decimal | None:
    found = _POINTS.search(head)
    return Decimal(found[1]) if found else None


def read_pairs(lines: Sequence[Line]) -> tuple[AuditedBudget | None, set[int]]:
    """The budget where labels stand beside their figures, and which lines hold it; None where it does not."""
    cells: dict[str, Field] = {}
    used: set[int] = set()
    for at, line in enumerate(lines):
        found = dict([*_beside(line), *_inside(line)])
        if found:
            used.add(at)
            cells = {**found, **cells}
    if "spent" not in cells and "adjusted" not in cells:
        return None, set()
    place = cells.get("adjusted", next(iter(cells.values()))).place
    head = "".join(text for at in used for text in lines[at].texts)
    fund = AuditedFund("", place, cells, total=True)
    return AuditedBudget((fund,), _unit(head), _points(head), frozenset(cells)), used


def _beside(line: Line) -> Iterator[tuple[str, Field]]:
    items = list(line.fields.values())
    alone = not any(words().fund(item.text) in ("adjusted", "spent", "rate") for item in items)
    for label, item in pairwise(items):
        role = words().fund(label.text)
        if alone and fold(label.text) in words().total_labels:
            continue
        if role in _FIGURES and number_in(item.text) is not None:
            yield role, item


def _inside(line: Line) -> Iterator[tuple[str, Field]]:
    for item in line.fields.values():
        for piece in _PIECE.split(item.text):
            found = _SAID.fullmatch(squash(piece))
            role = words().fund(found["label"]) if found else None
            if found and role in _FIGURES:
                yield role, Field(found["number"], item.place)
