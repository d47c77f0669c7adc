"""Projects with what is known of each value's picture: its box, its certainty, what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from evaluator.forms import FormReading
from evaluator.proofreading.doubts import LEAST, say, text_doubts
from evaluator.records.approved import Confidence, Indicator, Project, Scan
from evaluator.records.source import Cell, PageBox, Place, Row, Source
from evaluator.values.text import decimal_from_text, squash


def with_scans(reading: FormReading, source: Source) -> FormReading:
    """A reading whose projects and indicators say where on a page they were read; never more than 中 sure."""
    if not any(cell.box for row in source.rows for cell in row.cells):
        return reading
    rows = {cell.place: row for row in source.rows for cell in row.cells}
    edges = _edges(source.rows)
    return replace(reading, projects=tuple(_with_scan(project, rows, edges) for project in reading.projects))


def _edges(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Left and right of all that stands in a part of the source (a table, the lines of a page)."""
    edges: dict[str, tuple[int, int]] = {}
    for cell in (cell for row in rows for cell in row.cells if cell.box):
        assert cell.box
        left, right = edges.get(cell.place.part, (cell.box.left, cell.box.right))
        edges[cell.place.part] = (min(left, cell.box.left), max(right, cell.box.right))
    return edges


def _with_scan(project: Project, rows: dict[Place, Row], edges: dict[str, tuple[int, int]]) -> Project:
    indicators = tuple(_indicator(item, rows.get(item.place), edges) for item in project.indicators)
    head = _head(project, rows, edges)
    return replace(project, indicators=indicators, scan=head)


def _indicator(item: Indicator, row: Row | None, edges: dict[str, tuple[int, int]]) -> Indicator:
    cells = [cell for cell in row.cells if cell.box] if row else []
    if not cells:
        return item
    value = _saying(cells, item.target.text) or cells
    names = _saying(cells, item.name)
    scan = _scan(value, edges)
    sure = item.confidence if item.confidence is not Confidence.HIGH else Confidence.MEDIUM
    doubts = text_doubts(item, scan, min((cell.certainty for cell in names), default=1.0), cells)
    return replace(item, confidence=sure, scan=replace(scan, doubts=doubts))


def _saying(cells: Sequence[Cell], text: str) -> list[Cell]:
    """The cells of a row in which a text stands: one that says it, else those that say a part of it."""
    said = squash(text)
    whole = [cell for cell in cells if squash(cell.text) == said]
    return whole[-1:] or [cell for cell in cells if said and squash(cell.text) in said]


def _scan(cells: Sequence[Cell], edges: dict[str, tuple[int, int]]) -> Scan:
    boxes = [cell.box for cell in cells if cell.box]
    first = boxes[0]
    box = PageBox(
        first.page,
        first.sha256,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    left, right = edges[cells[0].place.part]
    sure = min(cell.certainty for cell in cells)
    raw = " ".join(cell.raw or cell.text for cell in cells)
    return Scan(box, replace(box, left=left, right=right), raw, Decimal(str(round(sure, 3))))


def _head(project: Project, rows: dict[Place, Row], edges: dict[str, tuple[int, int]]) -> Scan | None:
    """Where name and budget stand: the row of the name, and the cell of that amount nearest to it."""
    row = rows.get(project.place)
    name = next((cell for cell in row.cells if cell.place == project.place), None) if row else None
    if row is None or name is None or name.box is None:
        return None
    amounts = [cell for cell in row.cells if cell.box and _is_amount(cell.text, project.budget)]
    scan = _scan([name, *amounts[:1]], edges)
    shown = _scan(amounts[:1] or [name], edges)
    scan = replace(shown, raw=scan.raw, certainty=scan.certainty)
    return replace(scan, doubts=_head_doubts(project, scan))


def _head_doubts(project: Project, scan: Scan) -> tuple[str, ...]:
    doubts = [say("certainty", certainty=scan.certainty)] if scan.certainty < LEAST else []
    if project.budget is None:
        doubts.append(say("no-budget"))
    return tuple(doubts)


def _is_amount(text: str, budget: Decimal | None) -> bool:
    return budget is not None and decimal_from_text(squash(text).removesuffix("万元")) == budget
