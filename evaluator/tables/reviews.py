"""``reviews.csv``: the reviews taken over so far, one row each, beside the tables of targets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from evaluator.readers.encodings import decode
from evaluator.records.findings import Finding, finding
from evaluator.records.review import Review
from evaluator.records.source import Place
from evaluator.storage.files import is_there, reason, write_bytes
from evaluator.tables.files import guard, unguard
from evaluator.values.text import decimal_from_text, show

REVIEWS = "reviews.csv"
_COLUMNS = (
    "项目编号",
    "编码",
    "三级指标",
    "复核得分",
    "复核意见",
    "复核时自评得分",
    "来源文件",
    "工作表",
    "位置",
    "来源sha256",
)


def read_reviews(path: Path, place: Place) -> tuple[list[Review], list[Finding]]:
    """The reviews of a year; none where there is no file. Findings: reviews-unreadable (error)."""
    if not is_there(path):
        return [], []
    try:
        decoded = decode(path.read_bytes())
    except OSError as error:
        return [], [finding("reviews-unreadable", place, reason=reason(error))]
    if decoded is None:
        return [], [finding("reviews-unreadable", place, reason="不是文本")]
    rows = csv.DictReader(io.StringIO(decoded[0].removeprefix("\ufeff")))
    reviews = [_review(row) for row in rows]
    bad = next((number for number, item in enumerate(reviews, 2) if item is None), 0)
    if bad:
        said = f"第{bad}行缺栏目或得分不是数字"
        return [], [finding("reviews-unreadable", place, reason=said)]
    return [item for item in reviews if item], []


def _review(row: dict[str, str | None]) -> Review | None:
    cells = {name: unguard(row.get(name) or "") for name in _COLUMNS}
    score, then = (decimal_from_text(cells[name]) for name in ("复核得分", "复核时自评得分"))
    if any(row.get(name) is None for name in _COLUMNS) or (cells["复核得分"] and score is None):
        return None
    place = Place(cells["来源文件"], cells["工作表"], cells["位置"])
    return Review(
        cells["项目编号"],
        cells["编码"],
        cells["三级指标"],
        score,
        cells["复核意见"],
        then,
        place,
        cells["来源sha256"],
    )


def write_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Write the reviews, ordered by project and code. Raises OSError."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for item in sorted(reviews, key=lambda one: (one.project, one.code)):
        cells = (
            item.project,
            item.code,
            item.name,
            show(item.score),
            item.opinion,
            show(item.self_score),
            item.place.file,
            item.place.part,
            item.place.cell,
            item.sha256,
        )
        writer.writerow([guard(cell) for cell in cells])
    write_bytes(path, buffer.getvalue().encode("utf-8-sig"))
