"""One row of an indicator table: from aligned cells to drafts of indicators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evaluator.forms.table.alignment import Column, Placed, align, evidence
from evaluator.forms.table.doubts import (
    has_lone_level2,
    is_description,
    is_doubtful,
    say_both,
    say_cut_off,
    say_disagreements,
    say_missing,
    say_points_for_value,
    say_shift,
    say_unplaced,
)
from evaluator.forms.table.levels import (
    POINTS,
    Levels,
    Remarks,
    say_levels,
    stands_below,
    take_level1,
    take_level2,
    text_of,
)
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role
from evaluator.records.approved import Confidence, Horizon, Operator
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Cell, Place
from evaluator.values.quantities import column_operator
from evaluator.values.text import tidy

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


def read_row(
    cells: tuple[Cell, ...], columns: tuple[Column, ...], horizon: Horizon, levels: Levels
) -> tuple[list[RowDraft], list[Finding], list[Placed]]:
    """Read one row of a table; `levels` is updated for the rows below.

    Returns a draft for each side that has a name or a value, findings that belong to no indicator, and
    the placed cells.
    """
    levels.expect(columns)
    placed, left = align(cells, columns)
    placed = _with_lone_level(placed, columns, levels.level1)
    loose: list[Finding] = []
    row = Remarks(plain=not _is_supposed(placed, columns))
    for cell in left:
        say_unplaced(cell, row)
    shared = [item for item in placed if item.column.horizon is None]
    _take_goal(shared, horizon, levels, row)
    take_level1(shared, levels, row)
    say_points_for_value(shared, columns, row)
    combined = not any(_may_hold_values(column) for column in columns)
    sides = _sides(placed, columns)
    of_term = _without_values(sides)
    if Horizon.ANNUAL in of_term:
        name = text_of(shared, Role.NAME)
        loose.append(finding("value-of-the-term", cells[0].place, name=name[:40]))
    drafts = [
        _draft(cells, own, side or horizon, levels, row, combined=combined)
        for side, own in sides.items()
        if own and side not in of_term
    ]
    return [draft for draft in drafts if draft], [*loose, *row.findings], placed


def _is_supposed(placed: Sequence[Placed], columns: Sequence[Column]) -> bool:
    """Whether what a cell is had to be supposed; a level 2 that was is inherited, too."""
    columns = [*(item.column for item in placed), *(c for c in columns if c.role is Role.LEVEL2)]
    return any(column.supposed for column in columns)


def _with_lone_level(placed: list[Placed], columns: Sequence[Column], above: str) -> list[Placed]:
    """The cells of a row whose place says nothing, a level that is alone and below `above` as the second."""
    second = next((column for column in columns if column.role is Role.LEVEL2 and column.flat), None)
    alone = [item for item in placed if item.column.role in (Role.LEVEL1, Role.LEVEL2)]
    if not second or len(alone) != 1 or not stands_below(alone[0].cell.text, above):
        return placed
    text = alone[0].cell.text
    below = Placed(alone[0].cell, second, evidence(text, Role.LEVEL2))
    return [below if item is alone[0] else item for item in placed]


def _sides(placed: Sequence[Placed], columns: Sequence[Column]) -> dict[Horizon | None, list[Placed]]:
    """The cells of each side of a side-by-side table, or of the one table; one name may have two values."""
    sides = dict.fromkeys(column.horizon for column in columns if column.horizon)
    shared = [item for item in placed if item.column.horizon is None]
    if not sides:
        return {None: shared}
    common = (None,) if any(item.column.role is Role.NAME for item in shared) else ()
    return {side: [item for item in placed if item.column.horizon in (side, *common)] for side in sides}


def _without_values(sides: Mapping[Horizon | None, Sequence[Placed]]) -> set[Horizon | None]:
    """Of one name with a value for the term and one for the year, the side whose value is blank."""
    if any(item.column.role is Role.NAME and item.column.horizon for own in sides.values() for item in own):
        return set()
    blank = {side for side, own in sides.items() if tag(text_of(own, Role.VALUE)).is_unused}
    return blank if len(blank) < len(sides) else set()


def _may_hold_values(column: Column) -> bool:
    """Whether targets may stand in a column: those of values, and those with a head that no list has."""
    return column.role is Role.VALUE or (column.role is Role.EXTRA and tag(column.header).role is None)


def _take_goal(placed: Sequence[Placed], horizon: Horizon, levels: Levels, row: Remarks) -> None:
    """The goal that a row is below; another one begins with no levels said."""
    cell = next((item.cell for item in placed if item.column.role is Role.GOAL), None)
    goal = tag(cell.text).goal if cell else None
    if not goal or not cell:
        return
    if goal[1] != levels.goal:
        levels.begin("", given=levels.level1_given)
    levels.goal = goal[1]
    if goal[0] is not horizon:
        said = tidy(cell.text)
        row.findings.append(finding("goal-name-disagrees", cell.place, goal=said, horizon=horizon.value))


def _name_and_value(placed: Sequence[Placed], row: Remarks, *, combined: bool) -> tuple[str, str]:
    """The name and the value of a row, also where a column holds both: 清淤长度≥10公里.

    What has no comparison in it is both, as 2026年底前完成改造 is. `combined` says that the table has no
    column of values.
    """
    name, value = text_of(placed, Role.NAME), text_of(placed, Role.VALUE)
    if _NUMBERED.match(name):
        name = _NUMBERED.sub("", name, count=1)
        row.said.append("指标名称前的编号已去掉")
    headers = [item.column.header for item in placed if item.column.role is Role.NAME]
    said = any(tag(header).matches("combined_header") for header in headers)
    found = _COMPARED.fullmatch(name)
    if value or not (said or (combined and found)):
        return name, value
    row.said.append("名称与指标值写在一格")
    return (found[1].rstrip(" ：:，,（("), found[2].rstrip("）)")) if found else (name, name)


def _points_behind(name: str, placed: Sequence[Placed], row: Remarks) -> tuple[str, str]:
    """A name without the points behind it (20分), and those, where no column has them."""
    found = None if text_of(placed, Role.POINTS) else POINTS.search(name)
    if not found or "分" not in found[0]:
        return name, ""
    row.said.append("分值写在指标名称后")
    return name[: found.start()], found[1]


def _draft(
    cells: tuple[Cell, ...],
    placed: list[Placed],
    side: Horizon,
    levels: Levels,
    row: Remarks,
    *,
    combined: bool,
) -> RowDraft | None:
    name, value = _name_and_value(placed, row, combined=combined)
    place = next((item.cell.place for item in placed if item.column.role is Role.NAME), cells[0].place)
    name, points = _points_behind(name, placed, row)
    level2 = take_level2(placed, side, levels, place, row)
    row.findings += say_both(level2, levels.level1, place) if has_lone_level2(placed) else ()
    if tag(name).is_unused and tag(value).is_unused:
        return None
    original = " | ".join(tidy(cell.text) for cell in cells)
    say_missing(name, value, original, place, row)
    say_levels(level2, levels, name or value, place, row)
    say_disagreements(placed, row)
    say_cut_off(placed, row)
    slid = say_shift(placed, place, row)
    return RowDraft(
        horizon=side,
        goal=levels.goal,
        level1=levels.level1,
        level2=level2,
        fields=_fields(placed, name, value, points),
        extras={i.column.header: tidy(i.cell.text) for i in placed if _is_further(i)},
        place=place,
        original=original,
        confidence=_confidence(row, slid=slid),
        evidence="；".join(
            ("单元格错位，按内容识别" if slid else "按表头位置读取", *dict.fromkeys(row.said))
        ),
        findings=tuple(row.take()),
    )


def _fields(placed: Sequence[Placed], name: str, value: str, points: str) -> dict[Role, str]:
    """What the cells say by role, the name and value as they were told apart."""
    fields = {item.column.role: tidy(item.cell.text) for item in placed if not _is_further(item)}
    told = {Role.NAME: name, Role.VALUE: value, Role.POINTS: points}
    fields |= _operator(placed) | {role: text for role, text in told.items() if text}
    fields.setdefault(Role.NAME, "")
    return fields


def _is_further(item: Placed) -> bool:
    return item.column.role is Role.EXTRA or is_description(item)


def _operator(placed: Sequence[Placed]) -> dict[Role, str]:
    """The operator, where the column for it says nothing but another one does: 定量 beside 指标方向 反向."""
    own = column_operator(text_of(placed, Role.OPERATOR))
    others = [
        item.cell.text
        for item in placed
        if item.column.role is Role.EXTRA and tag(item.column.header).role is Role.OPERATOR
    ]
    found = next((text for text in others if isinstance(column_operator(text), Operator)), None)
    return {Role.OPERATOR: found} if found and not own else {}


def _confidence(row: Remarks, *, slid: bool) -> Confidence:
    if not row.sure:
        return Confidence.LOW
    return Confidence.HIGH if row.plain and not slid else Confidence.MEDIUM


def unsure(draft: RowDraft) -> RowDraft:
    """A draft from a text that lost its cells: its place in the row says nothing, only its words do.

    Findings: name-doubtful, where a piece of the name is a level or a value; level-of-both.
    """
    doubtful = is_doubtful(draft.fields.get(Role.NAME, ""))
    confidence = Confidence.LOW if draft.confidence is Confidence.LOW or doubtful else Confidence.MEDIUM
    found = tuple(item for item in draft.findings if item.code != "row-shifted")
    if draft.level2 and draft.level2 in draft.original:
        found += say_both(draft.level2, draft.level1, draft.place)
    if doubtful:
        found += (finding("name-doubtful", draft.place, name=draft.fields[Role.NAME][:40]),)
    return replace(
        draft,
        confidence=confidence,
        evidence=draft.evidence.replace("单元格错位，按内容识别", "原文没有分栏，按词语识别"),
        findings=found,
    )
