"""Another engine computes every score sheet and must find what evaluation.json says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from evaluator.render.evaluation_json import to_json
from evaluator.render.file_names import score_sheet
from evaluator.render.score_sheet.workbook import write_score_sheet
from evaluator.render.summary import write_summary
from evaluator.rulesets import names
from tests.render import samples
from tests.render.office import formulas, needs_office, recalculate

pytestmark = needs_office

INDICATOR = ("points", "score", "completion", "deduction", "even_points")
BUDGET = ("points", "initial", "adjusted", "spent", "rate", "score")


def cases(ruleset: str) -> tuple[Any, ...]:
    return (
        samples.mixed(ruleset),
        samples.unfinished(ruleset),
        samples.own_points(ruleset),
        samples.hard(ruleset),
        samples.untouched(ruleset),
        samples.edges(ruleset),
        samples.in_doubt(ruleset),
        samples.empty(ruleset),
        samples.slipped(ruleset),
        samples.half_filled(ruleset),
        samples.many_funds(ruleset),
    )


def expected(project: dict[str, Any]) -> dict[str, object]:
    """What each cell of the form must hold, by address."""
    sheet = project["score_sheet"]["cells"]
    known: dict[str, object] = {
        sheet["total"]: project["total"],
        sheet["rating"]: project["rating"] or None,
        sheet["review_total"]: project["total"],
        sheet["review_rating"]: project["rating"] or None,
        sheet["difference"]: "0",
    }
    rows = [(project["budget"], BUDGET), *((score, INDICATOR) for score in project["scores"])]
    rows += [(group, ("points", "score")) for group in project["groups"]]
    for row, figures in rows:
        for figure in figures:
            if figure in row["cells"]:
                known[row["cells"][figure]] = row[figure]
    return known


def agree(value: object, stated: object) -> bool:
    """Whether a computed cell holds what is stated; where nothing is stated it holds no number."""
    if isinstance(value, int | float):
        return stated is not None and Decimal(format(value, ".12g")) == Decimal(str(stated))
    if stated is None:
        return value in (None, "", "未计分", "不完整")
    return value == stated or (value is None and Decimal(str(stated)) == 0)


def wrong(book: Workbook, project: dict[str, Any]) -> list[tuple[str, object, object]]:
    form = book[project["score_sheet"]["sheet"]]
    return [
        (cell, form[cell].value, stated)
        for cell, stated in expected(project).items()
        if not agree(form[cell].value, stated)
    ]


@pytest.mark.parametrize("ruleset", names())
def test_every_figure_of_every_score_sheet_is_recomputed(ruleset: str, tmp_path: Path) -> None:
    unit = samples.unit(ruleset, *cases(ruleset))
    paths = [tmp_path / score_sheet(item.project) for item in unit.evaluations]
    for path, item in zip(paths, unit.evaluations, strict=True):
        write_score_sheet(path, item, unit, samples.rules(ruleset))
    books = recalculate(paths, tmp_path)
    projects = {p["score_sheet"]["file"]: p for p in to_json(unit)["projects"]}
    assert [found for name in projects for found in wrong(books[name], projects[name])] == []
    for path in paths:
        before = load_workbook(path, data_only=True)
        stale = [at for at in formulas(path) if not _same(before, books[path.name], *at)]
        assert stale == [], "values written beside the formulas"


def _same(before: Workbook, after: Workbook, sheet: str, cell: str) -> bool:
    old, new = before[sheet][cell].value, after[sheet][cell].value
    if isinstance(old, int | float) and isinstance(new, int | float):
        return round(old, 9) == round(new, 9)
    return (old or "") == (new or "")


@pytest.mark.parametrize("ruleset", ["hubei", "mof-2020"])
def test_a_typed_review_score_gives_the_reviewed_total_rating_and_difference(
    ruleset: str, tmp_path: Path
) -> None:
    done, open_ = samples.mixed(ruleset), samples.unfinished(ruleset)
    unit = samples.unit(ruleset, done, open_)
    paths = []
    for item, changes in (
        (done, {"budget": 3, "CC-01": 0, "CC-02": 1.25}),
        (open_, {"CC-01": 5, "XY-01": 2}),
    ):
        path = tmp_path / score_sheet(item.project)
        write_score_sheet(path, item, unit, samples.rules(ruleset))
        book = load_workbook(path)
        project = next(p for p in to_json(unit)["projects"] if p["key"] == item.project.key)
        rows = {"budget": project["budget"], **{s["indicator"]["code"]: s for s in project["scores"]}}
        for code, typed in changes.items():
            book.worksheets[0][rows[code]["cells"]["review"]] = typed
        book.save(path)
        paths.append((path, project, rows, changes))
    books = recalculate([path for path, *_ in paths], tmp_path)
    for path, project, rows, changes in paths:
        form, cells = books[path.name].worksheets[0], project["score_sheet"]["cells"]
        own = Decimal(project["total"])
        gain = sum(Decimal(str(typed)) - Decimal(rows[c]["score"] or 0) for c, typed in changes.items())
        reviewed = own + gain
        assert round(form[cells["total"]].value, 2) == float(own)
        assert round(form[cells["review_total"]].value, 2) == float(reviewed)
        assert round(form[cells["difference"]].value, 2) == float(gain)
        rating = next(name for name, bound in samples.rules(ruleset).ratings if reviewed >= bound)
        assert form[cells["review_rating"]].value == rating
        assert (form[cells["rating"]].value or "") == project["rating"]


def test_the_summary_is_recomputed(tmp_path: Path) -> None:
    unit = samples.unit("hubei", *cases("hubei"))
    path = tmp_path / "summary.xlsx"
    write_summary(path, unit)
    after = recalculate([path], tmp_path)[path.name]
    before = load_workbook(path, data_only=True)
    assert [at for at in formulas(path) if not _same(before, after, *at)] == []
    values = [cell.value for row in after.worksheets[0].iter_rows() for cell in row]
    assert float(to_json(unit)["unit_score"]["score"]) in values
