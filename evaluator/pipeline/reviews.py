"""Reviews that come back: read from sheets that auditors filled, matched, checked, and kept with the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.pipeline.importing import load_targets_as_they_are
from evaluator.pipeline.running import assess
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import Evaluation
from evaluator.records.findings import Finding, finding
from evaluator.records.review import BUDGET_ROW, Review
from evaluator.records.source import Place
from evaluator.scoring.review import hold_reviews
from evaluator.storage.files import digest, refusal
from evaluator.tables.reviews import REVIEWS, read_reviews, write_reviews
from evaluator.values.text import decimal_from_text, squash
from evaluator.workbooks.reviewed import ReviewedRow, ReviewedSheet, read_reviewed


@dataclass(frozen=True, slots=True)
class TakenReviews:
    """The reviews of a year after reading, and what was found on the way."""

    reviews: tuple[Review, ...]
    findings: tuple[Finding, ...]


def take_reviews(workspace: Workspace, request: Request, files: Sequence[Path]) -> TakenReviews:
    """Read reviews from sheets and keep them; a newer review of a row replaces the older one.

    Findings: review-sheet-unread, review-project-unknown, review-row-unknown, review-score-invalid,
    review-above-points (errors: that row is not taken), review-outdated (warning), review-taken (note).
    """
    path = workspace.targets(request.year) / REVIEWS
    known, findings = read_reviews(path, workspace.place(path))
    if findings:
        return TakenReviews((), tuple(findings))
    unit = assess(workspace, request).unit
    evaluations = unit.evaluations if unit else ()
    if not evaluations:
        return TakenReviews(tuple(known), load_targets_as_they_are(workspace, request.year).findings)
    taken: list[Review] = []
    for file in files:
        found, said = _read(workspace, file, request.year, evaluations)
        taken += found
        findings += said
    merged = {(item.project, item.code): item for item in (*known, *taken)}
    try:
        if taken:
            write_reviews(path, merged.values())
    except OSError as error:
        findings.append(refusal(error, workspace.place(path)))
    return TakenReviews(tuple(merged.values()), tuple(findings))


def _read(
    workspace: Workspace, file: Path, year: int, evaluations: Sequence[Evaluation]
) -> tuple[list[Review], list[Finding]]:
    shown = workspace.relative(file)
    try:
        content, sha256 = file.read_bytes(), digest(file)
    except OSError:
        return [], [finding("input-locked", Place(shown))]
    sheets = read_reviewed(content, shown)
    if not sheets:
        return [], [finding("review-sheet-unread", Place(shown))]
    reviews: list[Review] = []
    findings: list[Finding] = []
    for sheet in sheets:
        found, said = _take_sheet(sheet, file, sha256, year, evaluations)
        reviews += found
        findings += said
    return reviews, findings


def _take_sheet(
    sheet: ReviewedSheet, file: Path, sha256: str, year: int, evaluations: Sequence[Evaluation]
) -> tuple[list[Review], list[Finding]]:
    place = Place(sheet.rows[0].place.file if sheet.rows else file.name, sheet.name)
    evaluation = _project_of(sheet, file, evaluations)
    if evaluation is None:
        if not sheet.rows:
            return [], []
        details = {"sheet": sheet.name, "name": sheet.project or "（没有写）"}
        return [], [finding("review-project-unknown", place, year=year, **details)]
    reviews: list[Review] = []
    findings: list[Finding] = []
    for row in sheet.rows:
        review, said = _take_row(row, sha256, evaluation)
        findings += said
        if review is not None:
            reviews.append(review)
    held, said = hold_reviews(evaluation, reviews)
    findings += said
    if held:
        name, key = evaluation.project.name, evaluation.project.key
        findings.append(finding("review-taken", place, project=key, name=name, count=len(held), year=year))
    return list(held), findings


def _project_of(sheet: ReviewedSheet, file: Path, evaluations: Sequence[Evaluation]) -> Evaluation | None:
    """The project that a sheet names, else the one whose key begins the file's name."""
    by_name = [item for item in evaluations if squash(item.project.name) == squash(sheet.project)]
    by_file = [item for item in evaluations if file.stem.startswith(f"{item.project.key}-")]
    both = [item for item in by_name if item in by_file]
    found = both or (by_name if len(by_name) == 1 else []) or ([] if sheet.project else by_file)
    return found[0] if found else None


def _take_row(row: ReviewedRow, sha256: str, evaluation: Evaluation) -> tuple[Review | None, list[Finding]]:
    key, name = evaluation.project.key, row.cells.get("name") or row.cells.get("code", "")
    code = _code_of(row.cells, evaluation)
    if not code:
        return None, [finding("review-row-unknown", row.place, project=key, name=name)]
    typed = row.cells.get("review", "")
    score = decimal_from_text(typed)
    if typed and (score is None or score < 0):
        details = {"name": name, "text": typed[:30]}
        return None, [finding("review-score-invalid", row.place, project=key, **details)]
    then = decimal_from_text(row.cells.get("score", ""))
    review = Review(key, code, name, score, row.cells.get("opinion", ""), then, row.place, sha256)
    return review, []


def _code_of(cells: Mapping[str, str], evaluation: Evaluation) -> str:
    """The code that a row means: its own where the name agrees, else that of the only indicator so named."""
    code, name = cells.get("code", ""), squash(cells.get("name", "").partition("\n")[0])
    if code == BUDGET_ROW:
        return code
    names = {score.indicator.code: squash(score.indicator.name) for score in evaluation.scores}
    if code in names and (not name or names[code] == name):
        return code
    same = [own for own, text in names.items() if text == name]
    return same[0] if len(same) == 1 else ""


def review_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The workbooks among files and folders, by name."""
    for path in paths:
        if path.is_dir():
            yield from (item for item in sorted(path.glob("*.xlsx")) if not item.name.startswith(("~", ".")))
        else:
            yield path
