"""Projects with what is known of each value's picture: its box, its certainty, what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from evaluator.forms.vocabulary import vocabulary
from evaluator.proofreading.doubts import amount_doubts, certainty, text_doubts
from evaluator.proofreading.words import say
from evaluator.records.approved import Confidence, Indicator, Project, Scan
from evaluator.records.source import Cell, PageBox, Place, Row, Source
from evaluator.values.text import decimal_from_text, squash

if TYPE_CHECKING:
    from evaluator.forms import FormReading


def with_scans(reading: FormReading, source: Source) -> FormReading:
    """A reading whose projects and indicators say where on a page they were read; never more than 中 sure."""
    if not any(cell.box for row in source.rows for cell in row.cells):
        return reading
    page = _Page(
        {cell.place: row for row in source.rows for cell in row.cells},
        _levels(source.rows),
        _edges(source.rows),
    )
    return replace(reading, projects=tuple(_with_scan(project, page) for project in reading.projects))


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a source: the row of each place, how sure its levels are, the edges of each part."""

    rows: Mapping[Place, Row]
    levels: Mapping[Place, Mapping[str, float]]
    edges: Mapping[str, tuple[int, int]]


def _levels(rows: Iterable[Row]) -> dict[Place, Mapping[str, float]]:
    """How sure the last cell of each level is at each place: a merged one counts for all rows beside it."""
    known: Mapping[str, float] = {}
    found: dict[Place, Mapping[str, float]] = {}
    words = vocabulary()
    for row in rows:
        said = {
            level: cell.certainty
            for cell in row.cells
            for level in (words.level1(cell.text), words.level2(cell.text))
            if level
        }
        known = {**known, **said} if said else known
        found |= dict.fromkeys((cell.place for cell in row.cells), known)
    return found


def _edges(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Left and right of all that stands in a part of the source (a table, the lines of a page)."""
    edges: dict[str, tuple[int, int]] = {}
    for cell in (cell for row in rows for cell in row.cells if cell.box):
        assert cell.box
        left, right = edges.get(cell.place.part, (cell.box.left, cell.box.right))
        edges[cell.place.part] = (min(left, cell.box.left), max(right, cell.box.right))
    return edges


def _with_scan(project: Project, page: _Page) -> Project:
    indicators = tuple(_indicator(item, page) for item in project.indicators)
    return replace(project, indicators=indicators, scan=_head(project, page))


def _indicator(item: Indicator, page: _Page) -> Indicator:
    row = page.rows.get(item.place)
    cells = [cell for cell in row.cells if cell.box] if row else []
    if not cells:
        return item
    value = _saying(cells, item.target.text) or cells
    scan = _scan(value, page.edges)
    levels, level2 = page.levels[item.place], vocabulary().level2(item.level2) or ""
    sure = {
        "name": _least(_saying(cells, item.name)),
        "level": min(levels.get(item.level1, 1.0), levels.get(level2, 1.0)),
        "of-points": _least([cell for cell in cells if cell not in value and _is_points(cell.text, item)]),
    }
    confidence = item.confidence if item.confidence is not Confidence.HIGH else Confidence.MEDIUM
    return replace(
        item, confidence=confidence, scan=replace(scan, doubts=text_doubts(item, scan, sure, cells))
    )


def _least(cells: Iterable[Cell]) -> float:
    return min((cell.certainty for cell in cells), default=1.0)


def _is_points(text: str, item: Indicator) -> bool:
    return item.points is not None and decimal_from_text(squash(text).removesuffix("分")) == item.points


def _saying(cells: Sequence[Cell], text: str) -> list[Cell]:
    """The cells of a row in which a text stands: one that says it, else those that say a part of it."""
    said = squash(text)
    whole = [cell for cell in cells if squash(cell.text) == said]
    return whole[-1:] or [cell for cell in cells if said and squash(cell.text) in said]


def _scan(cells: Sequence[Cell], edges: Mapping[str, tuple[int, int]]) -> Scan:
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
    raw = " ".join(cell.raw or cell.text for cell in cells)
    return Scan(box, replace(box, left=left, right=right), raw, certainty(_least(cells)))


def _head(project: Project, page: _Page) -> Scan | None:
    """Where name and budget stand: the row of the name, and the cell of that amount nearest to it."""
    row = page.rows.get(project.place)
    name = next((cell for cell in row.cells if cell.place == project.place), None) if row else None
    if row is None or name is None or name.box is None:
        return None
    amounts = [cell for cell in row.cells if cell.box and _is_amount(cell.text, project.budget)][:1]
    both = _scan([name, *amounts], page.edges)
    doubts = amount_doubts("".join(cell.text for cell in amounts), both.certainty)
    if project.budget is None:
        doubts = (*doubts, say("no-budget"))
    shown = _scan(amounts or [name], page.edges)
    return replace(shown, raw=both.raw, certainty=both.certainty, doubts=doubts)


def _is_amount(text: str, budget: Decimal | None) -> bool:
    return budget is not None and decimal_from_text(squash(text).removesuffix("万元")) == budget
