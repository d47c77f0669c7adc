"""The columns of an indicator table, from its one or two header rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evaluator.forms.sides import Split, side_of
from evaluator.forms.table.alignment import Column
from evaluator.forms.table.hypotheses import Rows, propose, valued_columns
from evaluator.forms.table.levels import headless_level2
from evaluator.forms.table.listing import names_project
from evaluator.forms.table.row_kinds import is_flat
from evaluator.forms.table.two_sides import is_two_sided, put_sides
from evaluator.forms.table.value_columns import ValueHeads, choose_values
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role, fold
from evaluator.records.source import Cell, Row
from evaluator.values.text import squash, tidy

_DEFAULT = (
    (Role.GOAL, "目标名称"),
    (Role.LEVEL1, "一级指标"),
    (Role.LEVEL2, "二级指标"),
    (Role.NAME, "三级指标"),
    (Role.VALUE, "指标值"),
    (Role.BASIS, "指标值确定依据"),
)
TITLES = {
    Role.LEVEL1: "一级指标",
    Role.LEVEL2: "二级指标",
    Role.NAME: "三级指标",
    Role.VALUE: "指标值",
    Role.EXTRA: "附加信息",
}
"""What a column that was supposed from its rows is called."""


def is_header(cells: Sequence[Cell]) -> bool:
    """Whether a row is the header of an indicator table: mostly headers, a name or a value among them."""
    roles = [tag(cell.text).role for cell in cells]
    known = [role for role in roles if role]
    if _names_in_scaffold(cells, roles):
        known.append(Role.NAME)
    if len(known) < 3 or not {Role.NAME, Role.VALUE} & set(known):
        return False
    unknown = [cell for cell, role in zip(cells, roles, strict=True) if not role and not _heads_project(cell)]
    return len(known) >= len(unknown)


def _names_in_scaffold(cells: Sequence[Cell], roles: Sequence[Role | None]) -> Cell | None:
    """绩效指标 over the names, behind the levels and before 指标值, where no other head is the names'."""
    if Role.NAME in roles or Role.LEVEL1 not in roles or Role.VALUE not in roles:
        return None
    between = range(roles.index(Role.LEVEL1) + 1, roles.index(Role.VALUE))
    unknown = [cells[at] for at in between if not roles[at]]
    return unknown[0] if len(unknown) == 1 and tag(unknown[0].text).is_scaffold else None


def _heads_project(cell: Cell) -> bool:
    """Whether a head is of what a list of many projects says of each: 单位名称, 预算数, 年度绩效目标."""
    said = tag(cell.text)
    named = names_project(cell.text) or said.fact or said.goal or said.is_scaffold
    return bool(named) or said.matches("goal_label", "listed_budget")


def is_number_row(cells: Sequence[Cell]) -> bool:
    """Whether a row below a header only numbers its columns: 1 | 2 | 3, or ** | ** | 1 | 2."""
    if len(cells) < 3 or len(cells[0].text.strip()) > 9:  # most rows, at no cost
        return False
    texts = [squash(cell.text) for cell in cells]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    others = "".join(text for text in texts if not text.isdecimal())
    ascending = numbers == [*range(numbers[0], numbers[0] + len(numbers))] if numbers else False
    return len(numbers) > 2 and ascending and set(others) <= set("*栏次-—")


def is_lower_header(columns: tuple[Column, ...], cells: Sequence[Cell]) -> bool:
    """Whether a row right below a header is its second line: headers and nothing else."""
    levels = [c.position for c in columns if c.role in (Role.LEVEL1, Role.LEVEL2)]
    roles = ((_lower_role(columns, cell), cell.column) for cell in cells)  # the first cell mostly tells
    return all(role and not (role is Role.VALUE and at in levels) for role, at in roles)


def _lower_role(columns: tuple[Column, ...], cell: Cell) -> Role | None:
    """The role of a head that stands below another: 中长期, 年度 and 内容 are values below 指标值; below
    三级指标, 内容 is the name.
    """
    above = next((column.role for column in reversed(columns) if column.position <= cell.column), None)
    said = tag(cell.text)
    if above is Role.NAME and said.matches("lower_name"):
        return Role.NAME
    if above is Role.VALUE and said.matches("lower_other"):
        return Role.EXTRA
    return Role.VALUE if said.matches("lower_value") else said.role


def join_headers(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that say anything; a header over two rows, whose upper heads reach down, becomes one.

    项目名称 | 绩效指标 | 指标值 over 一级指标 | 二级指标 | 三级指标 are the heads of one table.
    """
    upper: Row | None = None
    for row in rows:
        cells = tuple(cell for cell in row.cells if squash(cell.text))
        if not cells:
            continue
        if upper and is_header(cells):
            cells = _joined(upper.cells, cells)
        elif upper:
            yield upper
        upper = replace(row, cells=cells)
        if not _may_reach_down(cells):
            yield upper
            upper = None
    if upper:
        yield upper


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[Cell, ...]:
    """The heads of two rows: the lower ones, and those above nothing or above a word that is no head."""
    heads = {cell.column for cell in upper if tag(cell.text).role}
    own = [cell for cell in lower if tag(cell.text).role or cell.column not in heads]
    taken = {cell.column for cell in own}
    above = [cell for cell in upper if cell.column not in taken or tag(cell.text).is_scaffold]
    return tuple(sorted((*above, *own), key=lambda cell: cell.column))


def _may_reach_down(cells: Sequence[Cell]) -> bool:
    """Whether a row consists of heads, one of a value or of a list's project, and is no header itself."""
    if len(cells) < 2 or is_header(cells):
        return False
    heads = all(tag(cell.text).role or _heads_project(cell) for cell in cells)
    return heads and any(tag(c.text).role is Role.VALUE or names_project(c.text) for c in cells)


def read_columns(cells: Sequence[Cell], split: Split, year: int, body: Rows = ()) -> ValueHeads:
    """The columns of a header row; a header that is in no list makes a column of extras.

    `year` is the one that is evaluated: of 2025年指标值 | 2026年指标值 only one is the target. `body` are the
    rows below: they are asked where they speak against the header, and whether its values are several towns'.
    """
    roles = [tag(cell.text).role for cell in cells]
    first = next((n for n, role in enumerate(roles) if role), 0)
    columns = tuple(
        Column(roles[n] or Role.EXTRA, tidy(cell.text), cell.column)
        for n, cell in enumerate(cells)
        if _is_column(cell, behind_others=n > first)
    )
    if names := _names_in_scaffold(cells, roles):
        columns = (*columns, Column(Role.NAME, tidy(names.text), names.column))
        columns = tuple(sorted(columns, key=lambda column: column.position))
    columns = (*_unnamed_level1(cells, columns), *columns)
    columns = _with_headless_level2(columns, body)
    columns = _one_operator(_with_value(_with_name(columns)))
    rows = rows_below(columns, body)
    columns = _without_standards(columns, rows)
    if is_two_sided(columns):
        return ValueHeads(put_sides(columns, split))
    return ask_rows(choose_values(columns, year), rows)


def _is_column(cell: Cell, *, behind_others: bool) -> bool:
    """Whether a cell of a header heads a column: a head, or what no list has; 绩效目标 only behind heads."""
    said = tag(cell.text)
    return bool(said.role) or not said.is_scaffold or (behind_others and said.matches("value_alone"))


def rows_below(columns: tuple[Column, ...], body: Rows) -> Rows:
    """Of the rows below a header those of its table that are no part of the header."""
    kept = []
    for cells in body:
        if is_header(cells):
            break
        if not (is_lower_header(columns, cells) or is_number_row(cells)):
            kept.append(cells)
    return kept


def ask_rows(heads: ValueHeads, rows: Rows) -> ValueHeads:
    """What the rows of a table add to what its heads say: values of several towns, other roles of columns."""
    columns = heads.columns
    if not any(column.role is Role.VALUE for column in columns):
        places = tuple(column.header for column in valued_columns(columns, rows))
        if len(places) > 1:
            return replace(heads, places=places)
    proposed = propose(columns, rows)
    if proposed is not None:
        changed = [(old, new) for old, new in zip(columns, proposed, strict=True) if old.role is not new.role]
        said = "、".join(f"“{old.header}”为{TITLES[new.role]}" for old, new in changed)
        heads = replace(heads, columns=proposed, supposed=said)
    elif headless := [column for column in columns if column.supposed]:
        said = "、".join(f"没有表头的一栏为{column.header}" for column in headless)
        heads = replace(heads, supposed=said)
    if not is_flat(heads.columns, rows):
        return heads
    return replace(heads, columns=tuple(replace(c, flat=True) for c in heads.columns), flat=True)


def places_below(columns: tuple[Column, ...], cells: Sequence[Cell], body: Rows) -> tuple[str, ...]:
    """The towns that a row right below a header names under 指标值, each over values; else empty."""
    value = next((column for column in columns if column.role is Role.VALUE), None)
    if value is None or len(cells) < 2 or cells[0].column < value.position or _says_values(cells):
        return ()
    rows = rows_below(columns, body)
    towns = tuple(Column(Role.EXTRA, tidy(cell.text), cell.column) for cell in cells)
    valued = valued_columns(towns, rows)
    return tuple(column.header for column in valued) if len(valued) > 1 else ()


def _says_values(cells: Sequence[Cell]) -> bool:
    """Whether a row has values or heads of its own in it."""
    return any(tag(cell.text).value or tag(cell.text).role for cell in cells)


def _without_standards(columns: tuple[Column, ...], rows: Rows) -> tuple[Column, ...]:
    """绩效标准 before the value is a remark where it says what is meant: 每月每人100元 (older forms)."""
    value = max((column.position for column in columns if column.role is Role.VALUE), default=-1)
    before = [column for column in columns if column.role is Role.BASIS and column.position < value]
    return _with_roles(columns, {column: Role.EXTRA for column in before if _is_of_meanings(column, rows)})


def _is_of_meanings(column: Column, rows: Rows) -> bool:
    texts = [cell.text for row in rows for cell in row if cell.column == column.position]
    return bool(texts) and not any(tag(text).is_basis for text in texts)


def _with_value(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """绩效目标 behind the name is the value, where no other head is one."""
    roles = [column.role for column in columns]
    if Role.VALUE in roles or Role.NAME not in roles:
        return columns
    behind = columns[roles.index(Role.NAME) + 1 :]
    found = next((column for column in behind if tag(column.header).matches("value_alone")), None)
    return tuple(replace(column, role=Role.VALUE) if column is found else column for column in columns)


def _unnamed_level1(cells: Sequence[Cell], columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """绩效指标 over the cells of level 1, where no other head is theirs."""
    roles = [column.role for column in columns]
    head = cells[0]
    if Role.LEVEL1 in roles or roles[:1] != [Role.LEVEL2] or not tag(head.text).is_scaffold:
        return ()
    return (Column(Role.LEVEL1, tidy(head.text), head.column),)


def _with_headless_level2(columns: tuple[Column, ...], body: Rows) -> tuple[Column, ...]:
    """Cells of level 2 below no head are a column, where most that stand there are such terms."""
    at = headless_level2(columns)
    if at is None or any(column.role is Role.LEVEL2 for column in columns):
        return columns
    rows = (cells for cells in rows_below(columns, body) if any(tag(cell.text).is_level for cell in cells))
    texts = [cell.text for cells in rows for cell in cells if cell.column == at]
    if 2 * sum(tag(text).level2 is not None for text in texts) <= len(texts):
        return columns
    found = Column(Role.LEVEL2, TITLES[Role.LEVEL2], at, supposed=True)
    return tuple(sorted((*columns, found), key=lambda column: column.position))


def _with_name(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """指标内容 is level 2 beside 指标名称, the name beside 二级指标, and a remark beside both.

    In a table of two levels the lower one is the name: 一级指标 | 二级指标 over 数量指标 | 维修次数.
    """
    fourth, columns = _with_fourth(columns)
    if fourth:
        return columns
    levels = [column for column in columns if column.role in (Role.LEVEL1, Role.LEVEL2)]
    named = any(column.role is Role.NAME for column in columns)
    if [column.role for column in levels] == [Role.LEVEL1, Role.LEVEL2] and not named:
        return _with_roles(columns, {levels[0]: Role.LEVEL2, levels[1]: Role.NAME})
    several = [column for column in levels if column.role is Role.LEVEL2]
    if len(several) < 2 or is_two_sided(columns):
        return columns
    return _with_roles(columns, {several[-1]: Role.EXTRA if named else Role.NAME})


def _with_fourth(columns: tuple[Column, ...]) -> tuple[bool, tuple[Column, ...]]:
    """Whether 四级指标 before the value is the name, and the columns with what is above it a remark."""
    value = next((column.position for column in columns if column.role is Role.VALUE), 0)
    fourth = [column for column in columns if fold(column.header) == "四级指标"]
    own = [column for column in fourth if column.position < value]
    others = [c for c in columns if c.role is Role.NAME and c not in own] if own else fourth
    return bool(own), _with_roles(columns, dict.fromkeys(others, Role.EXTRA))


def _with_roles(columns: tuple[Column, ...], roles: Mapping[Column, Role]) -> tuple[Column, ...]:
    return tuple(replace(c, role=roles[c]) if c in roles else c for c in columns) if roles else columns


def _one_operator(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Of 指标性质 (≥) and 指标方向性 (正向指标) only one is the operator: the one that is no direction."""
    several = [column for column in columns if column.role is Role.OPERATOR]
    if len(several) < 2:
        return columns
    own = next((column for column in several if "方向" not in column.header), several[0])
    return _with_roles(columns, {column: Role.EXTRA for column in several if column is not own})


def lower_columns(
    columns: tuple[Column, ...], cells: Sequence[Cell], split: Split, year: int, body: Rows = ()
) -> ValueHeads:
    """The columns after the lower of two header rows: its cells stand in place of what is above them.

    指标值 over 前年 | 上年 | 预计当年实现 leaves one value column and two further ones.
    """
    lower = {cell.column: column for cell in cells if (column := _lower_column(columns, cell))}
    valued = any(column.role is Role.VALUE for column in lower.values())
    kept = {c.position: c for c in columns if not (valued and c.role is Role.VALUE)} | lower
    joined = _with_headless_level2(tuple(kept[at] for at in sorted(kept)), body)
    if not is_two_sided(joined):
        return ask_rows(choose_values(joined, year), rows_below(joined, body))
    return ValueHeads(
        tuple(
            replace(column, horizon=side_of(split, column.position)) if column.position in lower else column
            for column in joined
        )
    )


def _lower_column(columns: tuple[Column, ...], cell: Cell) -> Column | None:
    role = _lower_role(columns, cell)
    if role is None:
        return None
    short = role is Role.VALUE and tag(cell.text).matches("lower_value")
    header = f"{fold(cell.text).removesuffix('内容')}指标值" if short else tidy(cell.text)
    return Column(role, header, cell.column)


def may_be_row(cells: Sequence[Cell]) -> bool:
    """Whether a row can be an indicator's though no header was above it: a level and a value."""
    levels = any(tag(cell.text).level1 or tag(cell.text).level2 for cell in cells)
    return levels and any(tag(cell.text).value >= 0.5 for cell in cells)


def default_columns() -> tuple[Column, ...]:
    """The columns of a table that lost its header: the order that all these forms share."""
    return tuple(Column(role, title, at) for at, (role, title) in enumerate(_DEFAULT))
