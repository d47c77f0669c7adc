"""What approved forms look like, from a description: paragraphs and tables, as ugly as real ones are.

See `tests.formfactory`, which writes them into files.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

HEADER = ("目标名称", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
FOOTNOTE = "注：1.本表由项目单位填报。2.金额保留两位小数。"


class Ugliness(StrEnum):
    """What happens to forms on their way."""

    MERGED = "goal and levels merged over the rows they are for, titles over the whole width"
    FLATTENED = "as MERGED, but the merge is lost: blank cells remain"
    SHIFTED_LEFT = "as FLATTENED, and every second row that begins with a blank has lost that cell"
    SHIFTED_RIGHT = "as FLATTENED, and every third row is pushed one cell to the right"
    BASIS_CUT = "the last column (basis) is cut off in every fourth row"
    TITLE_RIGHT = "the titles of the indicator tables stand one cell to the right"
    SPLIT = "each indicator table breaks off half-way and goes on in a new one, header repeated"
    EXTRA_COLUMNS = "a running number in front, remarks at the end"
    LINE_BREAKS = "line breaks inside long cells of the indicator tables"
    VERTICAL = "level-1 terms written from top to bottom"
    BLANK_LINES = "a blank row inside each indicator table"
    FOOTNOTES = "a footnote after the form"
    TAGS = "HTML tags around the goals' texts"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as approved."""

    level1: str
    level2: str
    name: str
    value: str
    basis: str = "计划标准"


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


def layout(form: Form, ugliness: Collection[Ugliness] = ()) -> tuple[Block, ...]:
    """The form as paragraphs and tables, from top to bottom."""
    head = [
        ("项目名称", form.name, "项目预算", form.budget),
        ("项目绩效总目标",),
        ("名称", "目标说明"),
        *_goal_lines("长期", form.long_term, ugliness),
        *_goal_lines("年度", form.annual, ugliness),
    ]
    tables = [[_line(cells, ugliness) for cells in head]]
    for horizon, goals in (("长期", form.long_term), ("年度", form.annual)):
        if goals:
            first, *others = _indicator_parts(horizon, goals, ugliness)
            tables[-1] += first
            tables += others
    blocks: list[Block] = ["项目支出绩效目标批复表", "申报单位：", form.applicant, "金额单位：万元"]
    blocks += [Table(_even(rows), new_page=index > 0) for index, rows in enumerate(tables)]
    return (*blocks, FOOTNOTE) if Ugliness.FOOTNOTES in ugliness else tuple(blocks)


def _goal_lines(horizon: str, goals: Sequence[Goal], ugliness: Collection[Ugliness]) -> list[tuple[str, str]]:
    mark = "<p>{}</p>" if Ugliness.TAGS in ugliness else "{}"
    return [(f"{horizon}绩效目标{n}", mark.format(goal.text)) for n, goal in enumerate(goals, start=1)]


def _line(texts: Sequence[str], ugliness: Collection[Ugliness]) -> list[Cell | None]:
    """A row of the head; where cells are merged, its last one reaches to the right edge."""
    cells: list[Cell | None] = [Cell(text) for text in texts]
    width = _width(ugliness)
    if Ugliness.MERGED in ugliness and len(cells) < width:
        span = width - len(cells) + 1
        return [*cells[:-1], Cell(texts[-1], columns=span), *[None] * (span - 1)]
    return cells


def _width(ugliness: Collection[Ugliness]) -> int:
    return len(HEADER) + 2 * (Ugliness.EXTRA_COLUMNS in ugliness)


def _indicator_parts(
    horizon: str, goals: Sequence[Goal], ugliness: Collection[Ugliness]
) -> list[list[list[Cell | None]]]:
    """One indicator table with its title and header, in two parts where it is split."""
    title = f"{horizon}绩效目标表"
    pushed = Ugliness.TITLE_RIGHT in ugliness
    above = [[Cell(), Cell(title)] if pushed else _line([title], ugliness)]
    records = [
        [f"{horizon}目标{number}", row.level1, row.level2, row.name, row.value, row.basis]
        for number, goal in enumerate(goals, start=1)
        for row in goal.rows
    ]
    halves = [records]
    if Ugliness.SPLIT in ugliness and len(records) > 1:
        half = len(records) // 2
        halves = [records[:half], records[half:]]
    parts = [[_header(ugliness), *_indicator_rows(half, ugliness)] for half in halves]
    return [above + parts[0], *parts[1:]]


def _header(ugliness: Collection[Ugliness]) -> list[Cell | None]:
    texts = ("序号", *HEADER, "备注") if Ugliness.EXTRA_COLUMNS in ugliness else HEADER
    return [Cell(text) for text in texts]


def _indicator_rows(records: list[list[str]], ugliness: Collection[Ugliness]) -> list[list[Cell | None]]:
    merged = _merge(records) if _COVERING & set(ugliness) else [[Cell(text) for text in r] for r in records]
    if _FLATTENING & set(ugliness):
        merged = [[replace(cell, rows=1) if cell else Cell() for cell in row] for row in merged]
    rows = [_disfigure(index, row, ugliness) for index, row in enumerate(merged, start=1)]
    if Ugliness.BLANK_LINES in ugliness and Ugliness.MERGED not in ugliness:
        rows.insert(len(rows) // 2, [Cell()])
    return rows


def _merge(records: list[list[str]]) -> list[list[Cell | None]]:
    """Goal, level 1 and level 2 stand once for the rows that share them."""
    grid: list[list[Cell | None]] = [[Cell(text) for text in record] for record in records]
    for column in range(3):
        start = 0
        for _, group in groupby(records, key=lambda record: record[: column + 1]):
            size = len(list(group))
            grid[start][column] = Cell(records[start][column], rows=size)
            for row in grid[start + 1 : start + size]:
                row[column] = None
            start += size
    return grid


def _disfigure(index: int, row: list[Cell | None], ugliness: Collection[Ugliness]) -> list[Cell | None]:
    row = [_write_inside(column, cell, ugliness) for column, cell in enumerate(row)]
    if Ugliness.BASIS_CUT in ugliness and index % 4 == 0:
        row[-1] = Cell()
    if Ugliness.SHIFTED_LEFT in ugliness and index % 2 == 0 and row[0] == Cell():
        row = row[1:]
    if Ugliness.SHIFTED_RIGHT in ugliness and index % 3 == 0:
        row = [Cell(), *row]
    return [Cell(str(index)), *row, Cell("已核")] if Ugliness.EXTRA_COLUMNS in ugliness else row


def _write_inside(column: int, cell: Cell | None, ugliness: Collection[Ugliness]) -> Cell | None:
    if cell is None:
        return None
    if Ugliness.VERTICAL in ugliness and column == 1:
        return replace(cell, text="\n".join(cell.text))
    if Ugliness.LINE_BREAKS in ugliness and len(cell.text) > 5 and column < 4:
        half = len(cell.text) // 2
        return replace(cell, text=f"{cell.text[:half]}\n{cell.text[half:]}")
    return cell


def _even(rows: list[list[Cell | None]]) -> tuple[tuple[Cell | None, ...], ...]:
    width = max(len(row) for row in rows)
    return tuple((*row, *[Cell()] * (width - len(row))) for row in rows)
