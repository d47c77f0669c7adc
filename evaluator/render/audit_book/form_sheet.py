"""A filled sheet again, cell by cell where it stood, and beside it what the auditor needs.

What stands beside is `beside`'s.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from evaluator.audit.records import Field
from evaluator.records.findings import Severity
from evaluator.render.audit_book.beside import Page, problems, write_beside
from evaluator.render.audit_book.plan import BESIDE, Plan, Position, placed
from evaluator.render.book import BAD, CLOSED, WATCH, Book, height_for, merge, put, width_of

COLOURS = {Severity.ERROR: BAD, Severity.WARNING: WATCH, Severity.NOTE: CLOSED}
_NARROW, _WIDE = 8.0, 26.0
_MOST_ROWS = 60
_SHORT = 14  # characters that are centred


def add_form_sheet(book: Book, plan: Plan) -> None:
    """Add the sheet of one plan to the workbook."""
    sheet = book.add_sheet(plan.name)
    sheet.set_landscape()
    widths = _widths(plan)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for role in BESIDE.items:
        sheet.set_column(plan.beside(role.role), plan.beside(role.role), role.width)
    marks = _marks(plan)
    _write_form(book, sheet, plan, marks)
    write_beside(Page(book, sheet, plan))
    for row, height in _heights(plan, widths).items():
        sheet.set_row(row, height)
    sheet.freeze_panes(plan.head + 1, 0)


def _widths(plan: Plan) -> list[float]:
    widths = [_NARROW] * (plan.first - 1) + [2.0]
    for at, item in placed(plan.audit):
        if item.span[1] == 1 and at.row >= plan.head:
            longest = max(map(width_of, item.text.split("\n")), default=0) + 2
            widths[at.column] = max(widths[at.column], min(_WIDE, longest))
    return widths


def _marks(plan: Plan) -> dict[Position, Severity]:
    """The worst that was found at each position."""
    order = list(Severity)
    marks: dict[Position, Severity] = {}
    for item in plan.audit.findings:
        at = plan.position(item.place)
        if at and (at not in marks or order.index(item.severity) < order.index(marks[at])):
            marks[at] = item.severity
    return marks


def _write_form(book: Book, sheet: Worksheet, plan: Plan, marks: dict[Position, Severity]) -> None:
    taken: set[tuple[int, int]] = set()
    for at, item in placed(plan.audit):
        last = _last(at, item, plan, taken)
        taken |= _area(at, last)
        look = book.look(_look(at, item, plan), **_colour(at, marks))
        merge(sheet, (at.row, at.column), (last.row, last.column), item.text, look)
    rows = {at.row for at in plan.fields.values()}
    for at in (Position(row, column) for row in sorted(rows) for column in range(plan.first - 1)):
        if (at.row, at.column) not in taken:
            put(sheet, at.row, at.column, None, book.look("cell", **_colour(at, marks)))


def _look(at: Position, item: Field, plan: Plan) -> str:
    if at.row == plan.head:
        return "heading"
    return "centre" if len(item.text) <= _SHORT else "cell"


def _colour(at: Position, marks: dict[Position, Severity]) -> dict[str, str]:
    return {"bg_color": COLOURS[marks[at]]} if at in marks else {}


def _last(at: Position, item: Field, plan: Plan, taken: set[tuple[int, int]]) -> Position:
    """The last cell of a field's area; its own where the area would lie over another field."""
    rows, columns = min(item.span[0], _MOST_ROWS), min(item.span[1], plan.first - 1 - at.column)
    if at.row < plan.head and not any(other.row == at.row for other in plan.fields.values() if other != at):
        columns = plan.first - 1 - at.column  # a title, a line of its own
    last = Position(at.row + rows - 1, at.column + max(columns, 1) - 1)
    others = {(other.row, other.column) for other in plan.fields.values() if other != at}
    return at if _area(at, last) & (others | taken) else last


def _area(first: Position, last: Position) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(first.row, last.row + 1)
        for column in range(first.column, last.column + 1)
    }


def _heights(plan: Plan, widths: list[float]) -> dict[int, float]:
    texts: dict[int, list[tuple[str, float]]] = {}
    for at, item in placed(plan.audit):
        if item.span[0] == 1:
            width = sum(widths[at.column : at.column + item.span[1]])
            texts.setdefault(at.row, []).append((item.text, width))
    for row, said in problems(plan).items():
        texts.setdefault(row, []).append((said, BESIDE.width("problem")))
    return {row: height_for(pairs) for row, pairs in texts.items()}
