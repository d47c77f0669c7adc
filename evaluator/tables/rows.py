"""Records as rows of strings and back; what each column is stands in `columns`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from evaluator.records.approved import Goal, Horizon, Indicator, Project, Target
from evaluator.records.source import Place
from evaluator.tables.columns import (
    ANNUAL_GOALS,
    AT,
    FILE,
    GOALS_AT,
    INDICATOR,
    INDICATOR_COLUMNS,
    LONG_TERM_GOALS,
    PROJECT,
    PROJECT_COLUMNS,
    Column,
)
from evaluator.tables.contents import goals_from

if TYPE_CHECKING:
    import pandas as pd

Cells = Mapping[str, str]
_TARGET = "target."


def project_table(projects: Iterable[Project]) -> pd.DataFrame:
    """One row a project, all strings."""
    import pandas as pd

    return pd.DataFrame([project_cells(p) for p in projects], columns=list(PROJECT_COLUMNS), dtype=str)


def indicator_table(projects: Iterable[Project]) -> pd.DataFrame:
    """One row an indicator, all strings."""
    import pandas as pd

    rows = [indicator_cells(project, item) for project in projects for item in project.indicators]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS), dtype=str)


def project_cells(project: Project) -> dict[str, str]:
    """The cells of a project's row."""
    return {column.title: column.write(project) for column in PROJECT}


def indicator_cells(project: Project, item: Indicator) -> dict[str, str]:
    """The cells of an indicator's row."""
    return {column.title: column.write(project, item) for column in INDICATOR}


def project_from(cells: Cells, indicators: tuple[Indicator, ...]) -> Project:
    """The project of a row; the cells have been checked before."""
    return Project(
        goals=tuple(_goals(cells)),
        indicators=indicators,
        place=place_of(cells),
        **_fields(PROJECT, cells),
    )


def indicator_from(cells: Cells) -> Indicator:
    """The indicator of a row; the cells have been checked before."""
    fields = _fields(INDICATOR, cells)
    target = {name.removeprefix(_TARGET): fields.pop(name) for name in [*fields] if name.startswith(_TARGET)}
    return Indicator(target=Target(**target), place=place_of(cells), **fields)


def place_of(cells: Cells) -> Place:
    """Where in its source a row was read."""
    return _place(cells[FILE], cells[AT])


def _fields(columns: Iterable[Column], cells: Cells) -> dict[str, Any]:
    return {column.field: column.read(cells[column.title]) for column in columns if column.field}


def _goals(cells: Cells) -> Iterable[Goal]:
    places = {}
    for line in cells[GOALS_AT].splitlines():
        name, _, at = line.partition("@")
        places[name] = _place(cells[FILE], at)
    for horizon, column in ((Horizon.LONG_TERM, LONG_TERM_GOALS), (Horizon.ANNUAL, ANNUAL_GOALS)):
        for number, text in goals_from(cells[column]):
            yield Goal(horizon, number, text, places.get(f"{horizon}{number}", Place(cells[FILE])))


def _place(file: str, at: str) -> Place:
    part, _, cell = at.rpartition("!")
    return Place(file, part, cell)
