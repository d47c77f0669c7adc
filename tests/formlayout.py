"""What approved forms look like, from a description: paragraphs and tables, as ugly as real ones are.

See `tests.formfactory`, which writes them into files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, zip_longest

FOOTNOTE = "注：1.本表由项目单位填报。2.金额保留两位小数。"


class Ugliness(StrEnum):
    """What happens to forms on their way."""

    MERGED = "goal and levels merged over the rows they are for, titles over the whole width"
    FLATTENED = "as MERGED, but the merge is lost: blank cells remain"
    SHIFTED_LEFT = "as FLATTENED, and every second row that begins with a blank has lost that cell"
    SHIFTED_RIGHT = "as FLATTENED, and every third row is pushed one cell to the right"
    BASIS_CUT = "the last column (basis) is cut off in every fourth row (where there is one)"
    TITLE_RIGHT = "the titles of the indicator tables stand one cell to the right"
    SPLIT = "each indicator table breaks off half-way and goes on in a new one, header repeated"
    EXTRA_COLUMNS = "a running number in front, remarks at the end"
    LINE_BREAKS = "line breaks inside long cells of the indicator tables"
    VERTICAL = "level-1 terms written from top to bottom"
    BLANK_LINES = "a blank row inside each indicator table"
    FOOTNOTES = "a footnote after the form"
    TAGS = "HTML tags around the goals' texts"


class Design(StrEnum):
    """Which form it is: the columns of its indicator tables."""

    EZHOU = "goal, three levels, value, basis"
    COLUMNS = "operator, value, unit and points in columns of their own"
    EARLIER_YEARS = "the older form of Hubei: values of earlier years below one head, basis under 绩效标准"
    TWO_LEVELS = "the oldest one: level 2, name, what it means, value; no level 1, no long-term table"
    SIDE_BY_SIDE = "long-term and annual indicators in one row"


HEADERS: dict[Design, tuple[tuple[str, ...], ...]] = {
    Design.EZHOU: (("目标名称", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据"),),
    Design.COLUMNS: (("一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位", "分值"),),
    Design.EARLIER_YEARS: (
        ("目标名称", "一级指标", "二级指标", "三级指标", "指标值", "", "", "绩效标准"),
        ("", "", "", "", "前年", "上年", "预计当年实现", ""),
    ),
    Design.TWO_LEVELS: (("一级指标", "二级指标", "绩效标准", "当年预期实现值"),),
    Design.SIDE_BY_SIDE: (("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),),
}
"""Rows of heads."""
_MERGED = {Design.EZHOU: 3, Design.COLUMNS: 2, Design.EARLIER_YEARS: 3, Design.TWO_LEVELS: 1}
"""How many columns in front stand once for all the rows that share them."""
_SPLIT_VALUE = re.compile(r"([≥≤=])([\d.]+)(\D+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as approved."""

    level1: str
    level2: str
    name: str
    value: str
    basis: str = "计划标准"
    points: str = "10"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal's text and its indicators."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One project's form; `budget` in 万元, as written."""

    name: str
    budget: str
    long_term: tuple[Goal, ...]
    annual: tuple[Goal, ...]
    applicant: str = "鄂州市社会保险中心"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that reaches over `rows` and `columns`."""

    text: str = ""
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; None stands where a merged cell covers. `new_page`: PDF starts a page with it."""

    rows: tuple[tuple[Cell | None, ...], ...]
    new_page: bool = False


Block = str | Table
_COVERING = {Ugliness.MERGED, Ugliness.FLATTENED, Ugliness.SHIFTED_LEFT, Ugliness.SHIFTED_RIGHT}
_FLATTENING = _COVERING - {Ugliness.MERGED}


def layout(
    form: Form, ugliness: Collection[Ugliness] = (), design: Design = Design.EZHOU
) -> tuple[Block, ...]:
    """The form as paragraphs and tables, from top to bottom."""
    head = [
        ("项目名称", form.name, "项目预算", form.budget),
        ("项目绩效总目标",),
        ("名称", "目标说明"),
        *_goal_lines("长期", form.long_term, ugliness),
        *_goal_lines("年度", form.annual, ugliness),
    ]
    width = len(HEADERS[design][0])
    tables = [[_line(cells, ugliness, width) for cells in head]]
    for title, records in _tables(form, design):
        first, *others = _indicator_parts(title, records, ugliness, design)
        tables[-1] += first
        tables += others
    blocks: list[Block] = ["项目支出绩效目标批复表", "申报单位：", form.applicant, "金额单位：万元"]
    blocks += [Table(_even(rows), new_page=index > 0) for index, rows in enumerate(tables)]
    return (*blocks, FOOTNOTE) if Ugliness.FOOTNOTES in ugliness else tuple(blocks)


def _tables(form: Form, design: Design) -> list[tuple[list[str], list[list[str]]]]:
    """The cells of each indicator table's title, and its records."""
    sides = [("长期", form.long_term), ("年度", form.annual)]
    if design is Design.SIDE_BY_SIDE:
        return [(["", "长期目标", "", "", "年度目标"], _pairs(form))]
    if design is Design.TWO_LEVELS:
        sides = sides[1:]
    return [
        (
            [f"{horizon}绩效目标表"],
            [
                _record(design, f"{horizon}目标{number}", row)
                for number, goal in enumerate(goals, start=1)
                for row in goal.rows
            ],
        )
        for horizon, goals in sides
        if goals
    ]


def _record(design: Design, goal: str, row: Row) -> list[str]:
    levels = [row.level1, row.level2, row.name]
    match design:
        case Design.COLUMNS:
            value = _SPLIT_VALUE.fullmatch(row.value)
            return [*levels, *(value.groups() if value else ("定性", row.value, "")), row.points]
        case Design.EARLIER_YEARS:
            return [goal, *levels, "12个", "≥13个", row.value, row.basis]
        case Design.TWO_LEVELS:
            return [row.level2, row.name, f"反映{row.name}", row.value]
        case _:
            return [goal, *levels, row.value, row.basis]


def level1_order(form: Form) -> list[str]:
    """The order in which a side-by-side form has its indicators."""
    goals = (*form.long_term, *form.annual)
    return list(dict.fromkeys(row.level1 for goal in goals for row in goal.rows))


def _pairs(form: Form) -> list[list[str]]:
    """Long-term and annual indicators of one level 1 beside each other, as far as both go."""
    sides = [[row for goal in goals for row in goal.rows] for goals in (form.long_term, form.annual)]
    records = []
    for level1 in level1_order(form):
        left, right = ([row for row in side if row.level1 == level1] for side in sides)
        for pair in zip_longest(left, right):
            cells = [[row.level2, row.name, row.value] if row else ["", "", ""] for row in pair]
            records.append([level1, *cells[0], *cells[1]])
    return records


def _goal_lines(horizon: str, goals: Sequence[Goal], ugliness: Collection[Ugliness]) -> list[tuple[str, str]]:
    mark = "<p>{}</p>" if Ugliness.TAGS in ugliness else "{}"
    return [(f"{horizon}绩效目标{n}", mark.format(goal.text)) for n, goal in enumerate(goals, start=1)]


def _line(texts: Sequence[str], ugliness: Collection[Ugliness], width: int) -> list[Cell | None]:
    """A row of the head; where cells are merged, its last one reaches to the right edge of the table."""
    cells: list[Cell | None] = [Cell(text) for text in texts]
    width += 2 * (Ugliness.EXTRA_COLUMNS in ugliness)
    if Ugliness.MERGED in ugliness and len(cells) < width:
        span = width - len(cells) + 1
        return [*cells[:-1], Cell(texts[-1], columns=span), *[None] * (span - 1)]
    return cells


def _indicator_parts(
    title: list[str], records: list[list[str]], ugliness: Collection[Ugliness], design: Design
) -> list[list[list[Cell | None]]]:
    """One indicator table with its title and header, in two parts where it is split."""
    alone = len(title) == 1
    pushed = alone and Ugliness.TITLE_RIGHT in ugliness
    width = len(HEADERS[design][0])
    above = [_line(title, ugliness, width) if alone and not pushed else [Cell(text) for text in title]]
    if pushed:
        above[0].insert(0, Cell())
    if not alone and Ugliness.EXTRA_COLUMNS in ugliness:
        above[0].insert(0, Cell())
    halves = [records]
    if Ugliness.SPLIT in ugliness and len(records) > 1:
        half = len(records) // 2
        halves = [records[:half], records[half:]]
    parts = [[*_header(ugliness, design), *_indicator_rows(half, ugliness, design)] for half in halves]
    return [above + parts[0], *parts[1:]]


def _header(ugliness: Collection[Ugliness], design: Design) -> list[list[Cell | None]]:
    rows = HEADERS[design]
    if Ugliness.EXTRA_COLUMNS in ugliness:
        more = [("序号", "备注"), *[("", "")] * (len(rows) - 1)]
        rows = tuple((first, *row, last) for row, (first, last) in zip(rows, more, strict=True))
    return [[Cell(text) for text in row] for row in rows]


def _indicator_rows(
    records: list[list[str]], ugliness: Collection[Ugliness], design: Design
) -> list[list[Cell | None]]:
    covering = bool(_COVERING & set(ugliness))
    merged = _merge(records, design) if covering else [[Cell(text) for text in r] for r in records]
    if _FLATTENING & set(ugliness):
        merged = [[replace(cell, rows=1) if cell else Cell() for cell in row] for row in merged]
    rows = [_disfigure(index, row, ugliness, design) for index, row in enumerate(merged, start=1)]
    if Ugliness.BLANK_LINES in ugliness and Ugliness.MERGED not in ugliness:
        rows.insert(len(rows) // 2, [Cell()])
    return rows


def _merge(records: list[list[str]], design: Design) -> list[list[Cell | None]]:
    """Goal, level 1 and level 2 stand once for the rows that share them."""
    grid: list[list[Cell | None]] = [[Cell(text) for text in record] for record in records]
    for column in range(_MERGED.get(design, 1)):
        start = 0
        for _, group in groupby(records, key=lambda record: record[: column + 1]):
            size = len(list(group))
            grid[start][column] = Cell(records[start][column], rows=size)
            for row in grid[start + 1 : start + size]:
                row[column] = None
            start += size
    return grid


def _disfigure(
    index: int, row: list[Cell | None], ugliness: Collection[Ugliness], design: Design
) -> list[Cell | None]:
    level1 = HEADERS[design][0].index("一级指标")
    if design is Design.SIDE_BY_SIDE and not all(any(side) for side in (_texts(row[1:4]), _texts(row[4:]))):
        ugliness = set(ugliness) - _FLATTENING  # with one side alone nobody could tell which it was
    row = [_write_inside(column - level1, cell, ugliness) for column, cell in enumerate(row)]
    if Ugliness.BASIS_CUT in ugliness and index % 4 == 0 and design in (Design.EZHOU, Design.EARLIER_YEARS):
        row[-1] = Cell()
    if Ugliness.SHIFTED_LEFT in ugliness and index % 2 == 0 and row[0] == Cell():
        row = row[1:]
    if Ugliness.SHIFTED_RIGHT in ugliness and index % 3 == 0:
        row = [Cell(), *row]
    return [Cell(str(index)), *row, Cell("已核")] if Ugliness.EXTRA_COLUMNS in ugliness else row


def _texts(cells: Sequence[Cell | None]) -> list[str]:
    return [cell.text for cell in cells if cell]


def _write_inside(column: int, cell: Cell | None, ugliness: Collection[Ugliness]) -> Cell | None:
    if cell is None:
        return None
    if Ugliness.VERTICAL in ugliness and column == 0:
        return replace(cell, text="\n".join(cell.text))
    if Ugliness.LINE_BREAKS in ugliness and len(cell.text) > 5 and column < 3:
        half = len(cell.text) // 2
        return replace(cell, text=f"{cell.text[:half]}\n{cell.text[half:]}")
    return cell


def _even(rows: list[list[Cell | None]]) -> tuple[tuple[Cell | None, ...], ...]:
    width = max(len(row) for row in rows)
    return tuple((*row, *[Cell()] * (width - len(row))) for row in rows)
