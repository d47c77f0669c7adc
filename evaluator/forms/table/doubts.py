"""What makes a row of a table doubtful: cells against their columns, without one, missing."""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.forms.table.alignment import Column, Placed
from evaluator.forms.table.levels import Remarks, is_of_both, text_of
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place
from evaluator.values.quantities import says_target
from evaluator.values.text import tidy

_TITLES = {
    Role.GOAL: "目标名称",
    Role.LEVEL1: "一级",
    Role.LEVEL2: "二级",
    Role.NAME: "三级",
    Role.VALUE: "指标值",
    Role.OPERATOR: "计算符号",
    Role.UNIT: "计量单位",
    Role.POINTS: "分值",
    Role.BASIS: "依据",
}

_VALUE = 0.6  # that a piece of a name is a value
_AGAINST = -2.0  # what a cell says of a column that is not its own


def is_description(item: Placed) -> bool:
    """Whether a cell under 绩效标准 says what an indicator means, and not what its target rests on."""
    basis = item.column.role is Role.BASIS and "依据" not in item.column.header
    return basis and not tag(item.cell.text).is_basis


def say_disagreements(placed: Sequence[Placed], row: Remarks) -> None:
    """Say of a cell that its own words speak against its column, beyond what an unusual wording explains."""
    name = text_of(placed, Role.NAME)
    # ≥360天服务读者 and 1年 are names where the row has a value of its own.
    valued = any(item.column.role is Role.VALUE and item.evidence > 0 for item in placed)
    for item in placed:
        if not is_description(item) and _disagrees(item, name, valued=valued):
            text = tidy(item.cell.text)[:40]
            row.doubt("header-disagrees", item.cell.place, header=item.column.header, text=text)


def _disagrees(item: Placed, name: str, *, valued: bool) -> bool:
    """Whether a cell is none of its column: a level that no list has, a name that is a level, an operator or
    a value, a value that is the name once more or 正向指标.
    """
    said, role = tag(item.cell.text), item.column.role
    if role in (Role.LEVEL1, Role.LEVEL2, Role.OPERATOR):
        return item.evidence < 0
    if role is Role.NAME and valued and not (said.is_level or said.is_operator):
        return item.evidence <= _AGAINST and says_target(item.cell.text)
    if role is Role.VALUE and (tidy(item.cell.text) == name or said.folded.endswith("指标")):
        return True
    return item.evidence <= _AGAINST


def say_cut_off(placed: Sequence[Placed], row: Remarks) -> None:
    """Say of a name or a target whose bracket never closes that a part may be lost (a line of a PDF)."""
    for item in placed:
        text = tidy(item.cell.text)
        if item.column.role in (Role.NAME, Role.VALUE) and _is_open(text):
            row.plain = False
            row.findings.append(finding("text-cut-off", item.cell.place, text=text[:40]))


def _is_open(text: str) -> bool:
    return sum(map(text.count, "(（")) != sum(map(text.count, ")）"))


def say_missing(name: str, value: str, original: str, place: Place, row: Remarks) -> None:
    """Say of a row that it has no name or no target."""
    missing = [title for title, text in (("三级指标名称", name), ("指标值", value)) if not text]
    if missing:
        row.doubt("row-incomplete", place, missing="、".join(missing), row=original[:80])


def say_unplaced(cell: Cell, row: Remarks) -> None:
    """Say of a cell that no column is left for it; one that may be a target makes the row unsure."""
    row.findings.append(finding("cell-unplaced", cell.place, text=tidy(cell.text)[:40]))
    row.plain, row.sure = False, row.sure and tag(cell.text).value < _VALUE


def say_points_for_value(placed: Sequence[Placed], columns: Sequence[Column], row: Remarks) -> None:
    """Say of a row whose place says nothing that the target may be its points: a weight of 15%."""
    expected = any(column.role is Role.POINTS for column in columns)
    value = next((item for item in placed if item.column.role is Role.VALUE), None)
    if not expected or value is None or text_of(placed, Role.POINTS):
        return
    if (value.slid or value.column.flat) and tag(value.cell.text).is_points:
        row.doubt("value-or-points", value.cell.place, text=tidy(value.cell.text))


def say_shift(placed: Sequence[Placed], place: Place, row: Remarks) -> bool:
    """Say of a row whose cells do not stand under their heads how it was read."""
    slid = any(item.slid for item in placed)
    if slid:
        said = (f"{_TITLES.get(i.column.role, i.column.header)}“{tidy(i.cell.text)}”" for i in placed)
        row.findings.append(finding("row-shifted", place, reading="，".join(said)))
    return slid


def has_lone_level2(placed: Sequence[Placed]) -> bool:
    """Whether a row of a table that lost merged cells has a level 2 and no level 1 beside it."""
    flat = any(item.column.flat and item.column.role is Role.LEVEL2 for item in placed)
    return flat and not text_of(placed, Role.LEVEL1)


def say_both(level2: str, level1: str, place: Place) -> tuple[Finding, ...]:
    """Where place says nothing, a term that may be level 1 as well is said to have been read as level 2."""
    if not is_of_both(level2, level1):
        return ()
    return (finding("level-of-both", place, level2=level2, level1=level1),)


def is_doubtful(name: str) -> bool:
    """Whether a name has a value or a level in it as a word of its own, or is nothing but a number."""
    pieces = name.split()
    several = len(pieces) > 1 and any(tag(p).value >= _VALUE or _is_term(p) for p in pieces)
    return several or tag(name).is_amount


def _is_term(text: str) -> bool:
    """Whether a text is a level and nothing else: 数量指标, while 数量 may be the end of a name."""
    return tag(text).is_level and text.endswith("指标")
