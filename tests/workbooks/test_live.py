"""The live cells of a fill-in workbook say what the tool will say; LibreOffice works them out."""

from datetime import datetime

import pytest

from evaluator.model import Grade
from evaluator.render.fill_in import write_fill_in
from evaluator.rulesets import load, names
from evaluator.scoring import score_project
from evaluator.workbooks import read_submission
from evaluator.workbooks.layout import ACTUALS, FIELDS, FIRST_ROW, GUIDE
from tests.render.office import convert, needs_office, recalculate
from tests.workbooks.typing import CODES, blank, cell, fill, project, submit

PERCENT = "0.####%"
CASES = {
    "all met": {"CB-01": 10.5, "CC-01": 20, "CC-02": (0.96, PERCENT), "XY-02": 0, "MY-01": (0.9, PERCENT)},
    "missed": {
        "CB-01": 123456.78,
        "CC-01": 13,
        "CC-02": (0.8, PERCENT),
        "XY-02": 1,
        "MY-01": (0.453, PERCENT),
    },
    "far off": {"CB-01": 23, "CC-01": 0, "CC-02": (0, PERCENT), "XY-02": 3, "MY-01": (1.4, PERCENT)},
    "half filled": {"CC-01": "完成", "MY-01": (0.9, PERCENT)},
    "nothing": {},
}
WORDS = {
    "all met": {("CC-03", "completed"): datetime(2026, 11, 3), ("XY-01", "grade"): Grade.ACHIEVED.value},
    "missed": {
        ("CB-01", "unit"): "元",
        ("CC-03", "completed"): datetime(2026, 12, 20),
        ("CC-03", "grade"): Grade.PARTLY.value,
        ("CC-03", "share"): (0.7, PERCENT),
        ("XY-01", "grade"): Grade.PARTLY.value,
        ("XY-01", "share"): (0.65, PERCENT),
        ("CC-01", "deduction"): 1.25,
        ("CC-01", "deduction_reason"): "年初目标偏低",
    },
    "far off": {
        ("CB-01", "unit"): "万元",
        ("CC-01", "points"): 10,
        ("CC-03", "grade"): Grade.MISSED.value,
        ("CC-03", "share"): (0, PERCENT),
    },
    "half filled": {("XY-01", "grade"): Grade.MISSED.value},
    "nothing": {},
}


@needs_office
@pytest.mark.parametrize("name", names())
def test_the_expected_score_is_the_score(tmp_path, name):
    rules, _ = load(name)
    paths = {}
    for case in CASES:
        path = tmp_path / f"{case}.xlsx"
        write_fill_in(path, project(), 2026, rules)
        cells = {cell(code, "actual"): value for code, value in CASES[case].items()}
        cells |= {cell(code, field): value for (code, field), value in WORDS[case].items()}
        paths[case] = fill(path, cells)
    books = recalculate(paths.values(), tmp_path / "again")
    for case, path in paths.items():
        submission, _ = read_submission(path, tmp_path, project(), 2026)
        scores = {score.indicator.code: score for score in score_project(project(), submission, rules).scores}
        sheet = books[path.name][ACTUALS]
        for at, code in enumerate(CODES):
            shown = sheet.cell(FIRST_ROW + at, FIELDS["expected"].column).value
            score = scores[code].score
            own = any(field == "points" for _, field in WORDS[case])
            if not own:  # with points of one's own the rest is shared by the tool, to the last cent
                assert (
                    shown in (None, "") if score is None else shown == pytest.approx(float(score), abs=1e-9)
                ), (case, code)
            hint = sheet.cell(FIRST_ROW + at, FIELDS["hint"].column).value
            assert (hint == "齐了") <= (score is not None), (case, code, hint)
        filled = books[path.name][GUIDE]["A5"].value
        assert filled.startswith("填报进度：指标已填")


@needs_office
def test_a_round_trip_through_libreoffice_keeps_everything(tmp_path):
    cells = {cell(code, "actual"): value for code, value in CASES["missed"].items()}
    cells |= {cell(code, field): value for (code, field), value in WORDS["missed"].items()}
    path = fill(blank(tmp_path), cells)
    convert([path], "xlsx", tmp_path / "saved")
    before, after = submit(path), submit(tmp_path / "saved" / path.name)
    assert after[1] == before[1]
    for code in CODES:
        one, two = before[0].actuals[code], after[0].actuals[code]
        assert (one.value, one.unit, one.grade, one.share, one.completed, one.deduction) == (
            two.value, two.unit, two.grade, two.share, two.completed, two.deduction
        )  # fmt: skip


def test_what_it_shows_at_first_is_what_it_will_show(tmp_path):
    from openpyxl import load_workbook

    sheet = load_workbook(blank(tmp_path), data_only=True)[ACTUALS]
    hints = [sheet.cell(FIRST_ROW + at, FIELDS["hint"].column).value for at in range(len(CODES))]
    assert hints == ["请填实际完成值"] * 3 + [
        "请填完成日期",
        "请选完成等级",
        "请填实际完成值",
        "请填实际完成值",
    ]
    weights = [sheet.cell(FIRST_ROW + at, FIELDS["weight"].column).value for at in range(len(CODES))]
    assert sum(weights) == pytest.approx(80)
