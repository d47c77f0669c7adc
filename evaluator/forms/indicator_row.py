"""One row of an indicator table: from aligned cells to drafts of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from evaluator.forms.alignment import Column, Placed, align
from evaluator.forms.row_kinds import is_unused
from evaluator.forms.vocabulary import Role, fold, vocabulary
from evaluator.records.approved import Confidence, Horizon, Operator
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place
from evaluator.values.quantities import column_operator
from evaluator.values.text import squash, tidy

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


# 数量指标（20分）: the points of a group behind its name, or of an indicator.
_POINTS = re.compile(r"\s*[(（](?:分值|权重)?[:：]?\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|%|％)?[)）]$")


# 指标1：培训人数: the number that the printed form gives each of its lines.
_NUMBERED = re.compile(r"(?:三级)?指标\s*\d{0,2}\s*[：:]\s*(?=\S)")

_COMPARED = re.compile(
    r"(.{2,}?)((?:[≥≤＝=＞＜<>≧≦]|不低于|不少于|不小于|不超过|不高于|不多于|大于|小于|控制在|达到).*\d.*)"
)


@dataclass(frozen=True, slots=True)
class RowDraft:
    """What one row says of one indicator, before its target value is read."""

    horizon: Horizon
    goal: int
    level1: str
    level2: str
    fields: Mapping[Role, str]
    extras: Mapping[str, str]
    place: Place
    original: str
    confidence: Confidence
    evidence: str
    findings: tuple[Finding, ...]


@dataclass
class Levels:
    """What empty cells inherit from the rows above, separately for each side of a side-by-side table."""

    goal: int = 1
    level1: str = ""
    level1_given: bool = False
    level2: dict[Horizon, str] = field(default_factory=dict)
    expected: bool = True  # the table has columns of levels
    first_expected: bool = True  # it has one of level 1
    absence_said: bool = False


@dataclass
class _Reading:
    """The state of reading one row."""

    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sure: bool = True
    level1_given: bool = False


def read_row(
    cells: tuple[Cell, ...], columns: tuple[Column, ...], horizon: Horizon, levels: Levels
) -> tuple[list[RowDraft], list[Finding], list[Placed]]:
    """Read one row of a table; `levels` is updated for the rows below.

    Returns a draft for each side that has a name or a value, findings that belong to no indicator, and
    the placed cells.
    """
    levels.expected = any(column.role in (Role.LEVEL1, Role.LEVEL2) for column in columns)
    levels.first_expected = any(column.role is Role.LEVEL1 for column in columns)
    placed, left = align(cells, columns)
    loose = [finding("cell-unplaced", cell.place, text=tidy(cell.text)[:40]) for cell in left]
    shared = [item for item in placed if item.column.horizon is None]
    reading = _Reading()
    # Sides of a side-by-side table, or the one table.
    sides: list[Horizon | None] = [*dict.fromkeys(c.horizon for c in columns if c.horizon)]
    _inherit_shared(shared, horizon, levels, reading)
    drafts = []
    for side in sides or [None]:
        own = [item for item in placed if item.column.horizon is side] if side else shared
        if any(item.column.role is Role.NAME for item in shared):
            own = [item for item in placed if item.column.horizon in (side, None)]  # one name, two values
        combined = not any(_may_hold_values(column) for column in columns)
        draft = _draft(cells, own, side or horizon, levels, reading, combined=combined)
        if draft:
            drafts.append(draft)
    return drafts, loose, placed


def take_band(text: str, horizon: Horizon, levels: Levels) -> None:
    """A level over the rows below, in a table that has no column for it."""
    words = vocabulary()
    parents = words.level2_parents.get(words.level2(text) or "", ())
    level1 = words.level1(text)
    if level1 and level1 not in parents[:1]:
        levels.level1, levels.level2 = level1, {}
    if parents:
        levels.level1 = levels.level1 if levels.level1 in parents else parents[0]
        levels.level2[horizon] = tidy(text)


def _may_hold_values(column: Column) -> bool:
    """Whether targets may stand in a column: those of values, and those with a head that no list has."""
    return column.role is Role.VALUE or (
        column.role is Role.EXTRA and vocabulary().role(column.header) is None
    )


def _text(placed: Iterable[Placed], role: Role) -> str:
    return next((tidy(item.cell.text) for item in placed if item.column.role is role), "")


def _inherit_shared(placed: list[Placed], horizon: Horizon, levels: Levels, reading: _Reading) -> None:
    words = vocabulary()
    goal_cell = next((item.cell for item in placed if item.column.role is Role.GOAL), None)
    goal = words.goal(goal_cell.text) if goal_cell else None
    if goal and goal_cell:
        if goal[1] != levels.goal:
            levels.level1, levels.level2 = "", {}
        levels.goal = goal[1]
        if goal[0] is not horizon:
            said = tidy(goal_cell.text)
            reading.findings.append(
                finding("goal-name-disagrees", goal_cell.place, goal=said, horizon=horizon.value)
            )
    written = _text(placed, Role.LEVEL1)
    reading.level1_given = bool(written)
    if written:
        parents = words.level2_parents.get(words.level2(written) or "", ())
        level1 = words.level1(written) or (parents[0] if len(parents) == 1 else written)
        levels.level1_given = True
        if level1 != levels.level1:
            levels.level1, levels.level2 = level1, {}
    elif levels.level1 and levels.first_expected:
        reading.remarks.append("一级指标承上行")


def _level2(placed: list[Placed], side: Horizon, levels: Levels, place: Place, reading: _Reading) -> str:
    words = vocabulary()
    written = _text(placed, Role.LEVEL2)
    bare = _POINTS.sub("", written)
    written = squash(bare) if words.level2(bare) else written
    if not written:
        # 满意度指标 is a term of both levels; a form that writes it once means both.
        if not levels.level2.get(side) and levels.level1 in words.level2_parents:
            if levels.level1 in words.level2_parents[levels.level1]:
                levels.level2[side] = levels.level1
        elif levels.level2.get(side):
            reading.remarks.append("二级指标承上行")
        return levels.level2.get(side, "")
    # Where no column is level 1's own, one that has held such words holds them further on.
    held = levels.level1_given and not levels.level2.get(side) and words.level1(written) != levels.level1
    band = not levels.first_expected and (len(placed) == 1 or held)
    if words.level1(written) and (band or not words.level2(written)):  # a column 指标类别 may hold either
        levels.level1, levels.level2, levels.level1_given = words.level1(written) or "", {}, True
        return ""
    parents = words.level2_parents.get(words.level2(written) or "", ())
    fits = levels.level1 in parents and (levels.level1_given or levels.level1 == parents[:1][0])
    if parents and not reading.level1_given and not fits:
        above, levels.level1, levels.level1_given = levels.level1, parents[0], False
        levels.level2 = {}
        if levels.first_expected or len(parents) > 1:
            reading.sure = False
            reading.findings.append(
                finding("level1-inferred", place, above=above or "（空）", level2=written, level1=parents[0])
            )
        else:
            reading.remarks.append("表格没有一级指标栏，按二级指标归属")
    levels.level2[side] = written
    return written


def _name_and_value(placed: list[Placed], reading: _Reading, *, combined: bool) -> tuple[str, str]:
    """The name and the value of a row, also where a column holds both: 清淤长度≥10公里.

    What has no comparison in it is both, as 2026年底前完成改造 is. `combined` says that the table has no
    column of values.
    """
    name, value = _text(placed, Role.NAME), _text(placed, Role.VALUE)
    if _NUMBERED.match(name):
        name = _NUMBERED.sub("", name, count=1)
        reading.remarks.append("指标名称前的编号已去掉")
    headers = [item.column.header for item in placed if item.column.role is Role.NAME]
    said = any(vocabulary().matches("combined_header", header) for header in headers)
    found = _COMPARED.fullmatch(name)
    if value or not (said or (combined and found)):
        return name, value
    reading.remarks.append("名称与指标值写在一格")
    return (found[1].rstrip(" ：:，,（("), found[2].rstrip("）)")) if found else (name, name)


def _draft(
    cells: tuple[Cell, ...],
    placed: list[Placed],
    side: Horizon,
    levels: Levels,
    reading: _Reading,
    *,
    combined: bool,
) -> RowDraft | None:
    name, value = _name_and_value(placed, reading, combined=combined)
    place = next((item.cell.place for item in placed if item.column.role is Role.NAME), cells[0].place)
    own_points = _POINTS.search(name) if not _text(placed, Role.POINTS) else None
    if own_points and "分" in own_points[0]:
        name = name[: own_points.start()]
        reading.remarks.append("分值写在指标名称后")
    level2 = _level2(placed, side, levels, place, reading)
    if is_unused(name) and is_unused(value):
        return None
    row = " | ".join(tidy(cell.text) for cell in cells)
    missing = [title for title, text in (("三级指标名称", name), ("指标值", value)) if not text]
    if missing:
        reading.sure = False
        reading.findings.append(finding("row-incomplete", place, missing="、".join(missing), row=row[:80]))
    for level, text in (("一级指标", levels.level1), ("二级指标", level2)):
        reading.sure = reading.sure and bool(text)
        if not text and not levels.expected:
            reading.remarks.append("表格没有级次")
            if not levels.absence_said:
                reading.findings.append(finding("levels-absent", place))
            levels.absence_said = True
        elif not text:
            reading.findings.append(finding("level-unknown", place, name=name or value, level=level))
    _disagreements(placed, reading)
    slid = [item for item in placed if item.slid]
    if slid:
        said = "，".join(
            f"{_TITLES.get(i.column.role, i.column.header)}“{tidy(i.cell.text)}”" for i in placed
        )
        reading.findings.append(finding("row-shifted", place, reading=said))
    further = [item for item in placed if item.column.role is Role.EXTRA or _is_description(item)]
    remarks = ["单元格错位，按内容识别" if slid else "按表头位置读取", *dict.fromkeys(reading.remarks)]
    return RowDraft(
        horizon=side,
        goal=levels.goal,
        level1=levels.level1,
        level2=level2,
        fields={
            **{i.column.role: tidy(i.cell.text) for i in placed if i not in further},
            **_operator(placed),
            Role.NAME: name,
            **({Role.VALUE: value} if value else {}),
            **({Role.POINTS: own_points[1]} if own_points and "分" in own_points[0] else {}),
        },
        extras={i.column.header: tidy(i.cell.text) for i in further},
        place=place,
        original=row,
        confidence=_confidence(reading, bool(slid)),
        evidence="；".join(remarks),
        findings=tuple(_take(reading)),
    )


def _operator(placed: list[Placed]) -> dict[Role, str]:
    """The operator, where the column for it says nothing but another one does: 定量 beside 指标方向 反向."""
    own = column_operator(_text(placed, Role.OPERATOR))
    others = [
        item.cell.text
        for item in placed
        if item.column.role is Role.EXTRA and vocabulary().role(item.column.header) is Role.OPERATOR
    ]
    found = next((text for text in others if isinstance(column_operator(text), Operator)), None)
    return {Role.OPERATOR: found} if found and not own else {}


def _is_description(item: Placed) -> bool:
    """Whether a cell under 绩效标准 says what an indicator means, and not what its target rests on."""
    basis = item.column.role is Role.BASIS and "依据" not in item.column.header
    return basis and fold(item.cell.text) not in vocabulary().basis_words


def _take(reading: _Reading) -> list[Finding]:
    taken, reading.findings, reading.remarks = reading.findings, [], []
    return taken


def _confidence(reading: _Reading, slid: bool) -> Confidence:
    if not reading.sure:
        return Confidence.LOW
    return Confidence.MEDIUM if slid else Confidence.HIGH


def _disagreements(placed: list[Placed], reading: _Reading) -> None:
    """A cell whose own words speak against its column, beyond what an unusual wording explains."""
    for item in placed:
        strict = item.column.role in (Role.LEVEL1, Role.LEVEL2, Role.OPERATOR)
        if not _is_description(item) and (item.evidence <= -2.0 or (strict and item.evidence < 0)):
            reading.sure = False
            text = tidy(item.cell.text)[:40]
            reading.findings.append(
                finding("header-disagrees", item.cell.place, header=item.column.header, text=text)
            )


def unsure(draft: RowDraft) -> RowDraft:
    """A draft from a text that lost its cells: its place in the row says nothing, only its words do."""
    confidence = Confidence.LOW if draft.confidence is Confidence.LOW else Confidence.MEDIUM
    return replace(
        draft,
        confidence=confidence,
        evidence=draft.evidence.replace("单元格错位，按内容识别", "原文没有分栏，按词语识别"),
        findings=tuple(item for item in draft.findings if item.code != "row-shifted"),
    )
