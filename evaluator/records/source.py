"""A file as received: rows of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file (relative to the workspace, with ``/``), part of it, cell.

    `part` is a sheet's name, or a page or table; `cell` is ``G7``, or a line and column.
    """

    file: str
    part: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return "!".join(piece for piece in (self.file, self.part, self.cell) if piece)


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page that was read from its picture: pixels of the straightened page.

    `page` counts from 1, `sha256` is the page's own: it stays the same while the page is.
    """

    page: int
    sha256: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is written in a source; `column` counts from 0, `span` is of how many rows and columns.

    Where it was read from a picture, `certainty` (0 to 1) is that of its least sure letter and `box` says
    where it stands; `raw` is what was recognised where `text` is what that was understood as.
    """

    text: str
    place: Place
    column: int
    certainty: float = 1.0
    box: PageBox | None = None
    raw: str = ""
    span: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one paragraph (`table` 0); tables of a source are numbered from 1.

    Blank cells may be left out: position is carried by `Cell.column`.
    """

    cells: tuple[Cell, ...]
    table: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file as received, in reading order: paragraphs and tables as rows."""

    path: str
    sha256: str
    rows: tuple[Row, ...]
