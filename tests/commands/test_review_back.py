"""Reviews come back: typed into a score sheet or 复核表.xlsx, read, shown everywhere, kept through re-runs."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from evaluator.cli.commands import evaluate
from tests.commands.workspaces import Desk, filled_desk
from tests.render.office import needs_office, recalculate
from tests.workbooks.typing import cell, fill

SHEET = "自评表"


def evaluated(root: Path) -> Desk:
    made = filled_desk(root)
    made.run("--year", "2026")
    return made


def places(made: Desk) -> dict[str, dict[str, str]]:
    """The cells of the score sheet by code."""
    project = made.result()["projects"][0]
    found = {score["indicator"]["code"]: score["cells"] for score in project["scores"]}
    return {**found, "预算执行": project["budget"]["cells"]}


def reviewed(made: Desk, answers: Mapping[str, tuple[Any, str]], **more: Any) -> Path:
    """A copy of the score sheet in which an auditor typed score and opinion by code, and more by cell."""
    where = places(made)
    source = next(made.reports.glob("*-自评表.xlsx"))
    book = load_workbook(source)
    for code, (score, opinion) in answers.items():
        book[SHEET][where[code]["review"]] = score
        book[SHEET][where[code]["opinion"]] = opinion
    for address, value in more.items():
        book[SHEET][address] = value
    path = made.root / "复核回来" / source.name
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


def take(made: Desk, *paths: Path) -> list[str]:
    run = made.run("review", "--year", "2026", "--format", "json", *map(str, paths))
    return [item["code"] for item in json.loads(run.stdout)["findings"]]


def shown(made: Desk) -> dict[str, tuple[str | None, str]]:
    rows = made.result()["projects"][0]["review"]["rows"]
    return {row["code"]: (row["score"], row["opinion"]) for row in rows}


def test_what_was_reviewed_stands_beside_the_self_score__ok(tmp_path):
    made = evaluated(tmp_path)
    before = made.result()["projects"][0]
    answers = {"CB-01": (5, "合同金额不符"), "CC-01": (None, "请补台账"), "预算执行": (18.5, "")}
    assert take(made, reviewed(made, answers)) == ["review-taken"]
    made.run("--year", "2026")
    assert shown(made) == {
        "CB-01": ("5", "合同金额不符"),
        "CC-01": (None, "请补台账"),
        "预算执行": ("18.5", ""),
    }
    own = {score["indicator"]["code"]: float(score["score"]) for score in before["scores"]}
    total = float(before["total"]) - own["CB-01"] + 5 - float(before["budget"]["score"]) + 18.5
    assert float(made.result()["projects"][0]["review"]["total"]) == pytest.approx(total)
    sheet = load_workbook(next(made.reports.glob("*-自评表.xlsx")), data_only=True)[SHEET]
    where = places(made)["CB-01"]
    assert (sheet[where["review"]].value, sheet[where["opinion"]].value) == (5, "合同金额不符")
    summary = load_workbook(made.reports / "自评结果汇总表.xlsx", data_only=True).active
    numbers = [
        value for row in summary.iter_rows(values_only=True) for value in row if isinstance(value, float)
    ]
    assert pytest.approx(total) in numbers
    page = (made.reports / "index.html").read_text(encoding="utf-8")
    assert "合同金额不符" in page
    assert f"复核 {total:g}" in page
    words = "".join(paragraph.text for paragraph in Document(str(made.reports / "自评报告.docx")).paragraphs)
    assert f"经复核3项，复核得分{total:.2f}分" in words
    assert made.run("verify", "reports/2026").exit_code == 0


def test_the_budget_s_row_is_kept_by_its_own_name(tmp_path):
    made = evaluated(tmp_path)
    take(made, reviewed(made, {"预算执行": (18.5, "")}))
    text = (tmp_path / "targets" / "2026" / "reviews.csv").read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["编码"], row["三级指标"], row["复核得分"]) == ("预算执行", "预算执行", "18.5")


def test_reviews_stay_through_runs_and_a_newer_one_replaces(tmp_path):
    made = evaluated(tmp_path)
    take(made, reviewed(made, {"CB-01": (5, "甲"), "CC-01": (6, "乙")}))
    made.run("--year", "2026")
    made.run("import", "--year", "2026")
    take(made, reviewed(made, {"CB-01": (4, "丙")}))
    made.run("--year", "2026")
    assert shown(made) == {"CB-01": ("4", "丙"), "CC-01": ("6", "乙")}


def test_a_review_of_an_older_delivery_is_said_to_be_one(tmp_path):
    made = evaluated(tmp_path)
    where = places(made)["CB-01"]["score"]
    scores = made.result()["projects"][0]["scores"]
    then = next(score["score"] for score in scores if score["indicator"]["code"] == "CB-01")
    assert take(made, reviewed(made, {"CB-01": (5, "")}, **{where: float(then)})) == ["review-taken"]
    fill(next(made.actuals.glob("*.xlsx")), {cell("CB-01", "actual"): 22})
    made.run("--year", "2026")
    assert "review-outdated" in made.codes()


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"CB-01": ("五分", "")}, ["review-score-invalid"]),
        ({"CB-01": (-1, "")}, ["review-score-invalid"]),
        ({"CB-01": (500, "")}, ["review-above-points"]),
        ({"CB-01": (500, ""), "CC-01": (1, "")}, ["review-above-points", "review-taken"]),
    ],
)
def test_a_review_that_cannot_count__finding(tmp_path, answers, found):
    made = evaluated(tmp_path)
    assert take(made, reviewed(made, answers)) == found


def test_files_that_hold_no_review__finding(tmp_path):
    made = evaluated(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    assert take(made, tmp_path / "a.xlsx") == ["review-sheet-unread"]
    assert take(made, made.reports / "自评结果汇总表.xlsx") == ["review-sheet-unread"]
    sheet = load_workbook(next(made.reports.glob("*-自评表.xlsx")))[SHEET]
    name = next(c.coordinate for row in sheet.iter_rows() for c in row if c.value == "法律服务")
    path = reviewed(made, {"CB-01": (5, "")}, **{name: "别的项目"})
    assert take(made, path.rename(path.with_name("别的.xlsx"))) == ["review-project-unknown"]


def test_records_that_were_harmed_count_nothing__finding(tmp_path):
    made = evaluated(tmp_path)
    (tmp_path / "targets" / "2026" / "reviews.csv").write_text("项目编号,编码\n1,2\n", encoding="utf-8")
    assert "reviews-unreadable" in made.codes()


def test_the_auditor_s_own_workbook_is_read_back(tmp_path):
    """复核表.xlsx, made by audit from our own delivery."""
    made = evaluated(tmp_path)
    path = tmp_path / "复核表.xlsx"
    sheet_path = str(next(made.reports.glob("*-自评表.xlsx")))
    CliRunner().invoke(evaluate, ["audit", sheet_path, "--out", str(path)], catch_exceptions=False)
    book = load_workbook(path)
    sheet = next(book[name] for name in book.sheetnames if "法律服务" in name)
    cells = [c for row in sheet.iter_rows() for c in row]
    heads = {str(c.value): c.column for c in cells if c.value in ("复核得分", "复核意见")}
    row = next(c.row for c in cells if c.value == "律师服务费")
    sheet.cell(row, heads["复核得分"]).value = 3
    sheet.cell(row, heads["复核意见"]).value = "按合同"
    book.save(path)
    assert take(made, path) == ["review-taken"]
    made.run("--year", "2026")
    assert shown(made) == {"CB-01": ("3", "按合同")}


@needs_office
def test_the_sheet_s_formulas_give_the_reviewed_total(tmp_path):
    made = evaluated(tmp_path)
    take(made, reviewed(made, {"CB-01": (5, ""), "CC-01": (6, "")}))
    made.run("--year", "2026")
    path = next(made.reports.glob("*-自评表.xlsx"))
    live = recalculate([path], tmp_path / "live")[path.name][SHEET]
    said = load_workbook(path, data_only=True)[SHEET]
    cells = made.result()["projects"][0]["score_sheet"]["cells"]
    for what in ("review_total", "review_rating", "difference"):
        assert live[cells[what]].value == said[cells[what]].value
