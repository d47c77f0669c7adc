"""The sheets as printed: nothing cut off, no ###, no error values."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluator.records.evaluation import Evaluation
from evaluator.render.score_sheet.workbook import write_score_sheet
from evaluator.render.summary import write_summary
from evaluator.values.text import squash
from tests.render import samples
from tests.render.office import (
    convert,
    needs_office,
    needs_pdf_text,
    pdf_text,
    rewrite,
    texts,
    without_heights,
)

LAYOUTS = pytest.mark.parametrize("ruleset", ["hubei", "mof-2020"])
BROKEN = ("###", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "Err:")


def sheets(ruleset: str, folder: Path) -> list[Path]:
    items: list[Evaluation] = [
        samples.mixed(ruleset, sample=True),
        samples.hard(ruleset),
        samples.unfinished(ruleset),
    ]
    unit = samples.unit(ruleset, *items)
    paths = [folder / f"{item.project.key}.xlsx" for item in items]
    for path, item in zip(paths, items, strict=True):
        write_score_sheet(path, item, unit, samples.rules(ruleset))
    write_summary(folder / "summary.xlsx", unit)
    return [*paths, folder / "summary.xlsx"]


@needs_pdf_text
@LAYOUTS
def test_every_text_is_printed(ruleset: str, tmp_path: Path) -> None:
    paths = sheets(ruleset, tmp_path)
    convert(paths, "pdf", tmp_path)
    for path in paths:
        printed = squash(pdf_text(path.with_suffix(".pdf")))
        assert [word for word in BROKEN if word in printed] == []
        assert [text for text in texts(path) if squash(text) not in printed] == []
    approved = [item.target.text for item in samples.MIXED]
    printed = squash(pdf_text(tmp_path / "p.pdf"))
    assert [text for text in approved if squash(text) not in printed] == []


@needs_office
@LAYOUTS
def test_no_row_is_lower_than_its_text(ruleset: str, tmp_path: Path) -> None:
    """LibreOffice chooses heights that show the whole of every cell that is not merged; none is higher."""
    paths = sheets(ruleset, tmp_path)
    free = [rewrite(path, tmp_path / "free" / path.name, without_heights) for path in paths]
    convert(free, "xlsx", tmp_path / "fitted")
    for path in paths:
        ours, fitted = load_workbook(path), load_workbook(tmp_path / "fitted" / path.name)
        low = [
            (sheet.title, row, sheet.row_dimensions[row].height, needed)
            for sheet in ours
            for row in range(1, sheet.max_row + 1)
            if (needed := fitted[sheet.title].row_dimensions[row].height or 0)
            > (sheet.row_dimensions[row].height or 15.0) + 0.5
        ]
        assert low == []
        heights = [sheet.row_dimensions[row].height or 15 for sheet in ours for row in sheet.row_dimensions]
        assert max(heights) < 409, "Excel cuts what is higher"
