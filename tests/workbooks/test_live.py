"""The live cells of a fill-in workbook say what the tool will say; LibreOffice works them out."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from random import Random

import pytest
from openpyxl import load_workbook

from evaluator.records.approved import TargetKind
from evaluator.records.submitted import Answer, Grade
from evaluator.render.fill_in.workbook import write_fill_in
from evaluator.rulesets import Choices, WeightSource, load, names
from evaluator.scoring import score_project, share_out
from evaluator.workbooks import open_entries, read_submission
from evaluator.workbooks.layout import ACTUALS, BUDGET, FIELDS, FIRST_ROW, GUIDE
from tests.render.office import convert, needs_office, recalculate
from tests.workbooks.typing import CODES, blank, cell, fill, project, submit

PERCENT = "0.####%"
MISSED = {
    ("CB-01", "actual"): 123456.78,
    ("CB-01", "unit"): "元",
    ("CC-01", "actual"): 13,
    ("CC-01", "deduction"): 1.25,
    ("CC-01", "deduction_reason"): "年初目标偏低",
    ("CC-02", "actual"): (0.8, PERCENT),
    ("CC-03", "completed"): datetime(2026, 12, 20),
    ("CC-03", "grade"): Grade.PARTLY.value,
    ("CC-03", "share"): (0.7, PERCENT),
    ("XY-01", "grade"): Grade.PARTLY.value,
    ("XY-01", "share"): (0.65, PERCENT),
    ("XY-02", "actual"): 1,
    ("MY-01", "actual"): (0.453, PERCENT),
}
MANY = """
    年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤11万元 | 计划标准
     | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | | 数量指标 | 培训人次 | 100-150人次 | 计划标准
     | | 质量指标 | 合规率 | ≥95% | 计划标准
     | | 质量指标 | 差错率 | ＜3‰ | 计划标准
     | | 时效指标 | 完成时间 | 2026年11月底前 | 计划标准
    年度目标2 | 产出指标 | 数量指标 | 发放份数 | ＞3000份 | 计划标准
     | | 数量指标 | 建设项目 | ＝3个 | 计划标准
     | 效益指标 | 社会效益指标 | 社保知识普及 | 明显提升 | 计划标准
     | | | 群体性事件数 | =0件 | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""
ACTUAL = {
    "件": [0, 13, 20, 31, -2, "不适用", "二十"],
    "人次": [99, 100, 126, 150, 175, 400],
    "%": [(0.95, PERCENT), (0.8123, PERCENT), (1.31, PERCENT), (0, PERCENT)],
    "‰": [(0.0029, PERCENT), (0.003, PERCENT), (0.0048, PERCENT), (0.02, PERCENT)],
    "份": [3000, 3001, 2222, 4000],
    "个": [2, 3, 5],
    "万元": [10.5, 11, 13.37, 25, 0],
}
DAYS = [datetime(2026, 11, 30), datetime(2026, 12, 1), datetime(2026, 3, 2)]
SHARES = [(n / 100, PERCENT) for n in (0, 30, 49.5, 50, 60, 79, 80, 95, 100)]
POINTS = [0, 1, 2.5, 6.67, 10, 13.33]


def answers(of, chance, weights):
    """Cells as somebody might fill them, most of them rightly."""
    cells = {}
    for at, item in enumerate(of.annual):

        def put(field, value, row=FIRST_ROW + at):
            cells[f"{FIELDS[field].letter}{row}"] = value

        if chance.random() < 0.1:
            continue
        if item.target.kind is TargetKind.DEADLINE and chance.random() < 0.8:
            put("completed", chance.choice(DAYS))
        elif item.target.unit:
            put("actual", chance.choice(ACTUAL[item.target.unit]))
        if item.target.kind in (TargetKind.DEADLINE, TargetKind.QUALITATIVE):
            put(
                "grade",
                chance.choice(
                    [*(grade.value for grade in Grade), "部分达成", "达成", "基本达成", "很好", None]
                ),
            )
            if item.target.kind is TargetKind.QUALITATIVE:
                put(
                    "actual",
                    chance.choice(["已达成", "基本达成预期目标。", "未达成", "不适用", "提高了", None]),
                )
            put("share", chance.choice([*SHARES, None]))
        if chance.random() < 0.3:
            put("deduction", chance.choice([0.5, 3, 100, -1]))
            put("deduction_reason", chance.choice(["目标偏低", "同上", None]))
        put("reason", chance.choice(["原因", "无", "—", " 无 。", None]))
        put("description", chance.choice(["说明", None]))
        if weights and chance.random() < weights:
            put("points", chance.choice(POINTS))
    return cells


def points_that_fit(of, rules):
    """Points of one's own that add up in each group, where all but one row of each group is typed."""
    shares, _ = share_out(of, None, rules)
    cells = {}
    for group in shares.groups:
        rows = [
            at for at, item in enumerate(of.annual)
            if (item.goal, shares.allotments[item.code].group) == (group.goal, group.name)
        ]  # fmt: skip
        for at in rows[: max(1, len(rows) // 2)] if len(rows) > 1 else ():
            cells[f"{FIELDS['points'].letter}{FIRST_ROW + at}"] = 1.37
    return cells


def same(shown, exact):
    """A number of a cell, blank for None."""
    return shown in (None, "") if exact is None else shown == pytest.approx(float(exact), abs=1e-9)


def assert_one(folder, of, rules, typed):
    """LibreOffice's values, the values written beside the formulas, and the tool's own scores are equal."""
    paths, scores = [], {}
    for number, cells in enumerate(typed):
        draft = fill(blank(folder, of, rules=rules, name="draft.xlsx"), cells)
        entries, _ = open_entries(draft, folder)
        paths.append(folder / f"{number}.xlsx")
        write_fill_in(paths[-1], of, 2026, rules, entries)
        submission, _ = read_submission(paths[-1], folder, of, 2026)
        scores[paths[-1].name] = score_project(of, submission, rules).scores
    live = recalculate(paths, folder / "again")
    for path in paths:
        written = load_workbook(path, data_only=True)[ACTUALS]
        for row, score in enumerate(scores[path.name], FIRST_ROW):
            for field, exact in (("weight", score.points), ("expected", score.score)):
                shown = live[path.name][ACTUALS].cell(row, FIELDS[field].column).value
                beside = written.cell(row, FIELDS[field].column).value
                where = (path.name, score.indicator.code, field, shown, beside, exact)
                assert same(shown, exact), where
                assert same(beside, exact), where
            hint = live[path.name][ACTUALS].cell(row, FIELDS["hint"].column).value
            assert hint, score.indicator.code
            assert (hint == "齐了") <= (score.score is not None), (path.name, score.indicator.code, hint)
        answered = sum(s.actual.answer is not Answer.BLANK for s in scores[path.name])
        progress = live[path.name][GUIDE]["A5"].value
        assert progress.startswith(f"填报进度：指标 {answered} / {len(of.annual)}；")
        assert load_workbook(path, data_only=True)[GUIDE]["A5"].value == progress


@needs_office
@pytest.mark.parametrize("name", names())
def test_what_is_live_what_is_written_and_what_is_scored_are_one(tmp_path, name):
    rules, _ = load(name)
    of, chance = project(MANY), Random(name)
    typed = [answers(of, chance, weights) for weights in (0,) * 6 + (0.2, 0.4, 1)]
    typed += [answers(of, chance, 0) | points_that_fit(of, rules)]
    assert_one(tmp_path, of, rules, typed)


@needs_office
@pytest.mark.parametrize("name", ["hubei", "mof-2020", "province-generic"])
def test_the_same_with_approved_points(tmp_path, name):
    rules, _ = load(name)
    of, chance = project(MANY), Random(name)
    each = [rules.indicator_points - 8 * (len(of.annual) - 1)] + [Decimal(8)] * (len(of.annual) - 1)
    items = iter(each)
    indicators = tuple(
        replace(item, points=next(items)) if item in of.annual else item for item in of.indicators
    )
    of = replace(of, indicators=indicators)
    own = FIELDS["points"].letter
    moved = {f"{own}{FIRST_ROW + 1}": 7, f"{own}{FIRST_ROW + 2}": 9}
    typed = [answers(of, chance, 0) | points for points in ({}, moved, {f"{own}{FIRST_ROW + 1}": 7})]
    assert_one(tmp_path, of, rules, typed)


@needs_office
@pytest.mark.parametrize("choice", [None, *WeightSource])
def test_the_same_with_points_of_one_s_own_for_all_and_a_blank_among_the_approved(tmp_path, choice):
    """Groups of other sums than the rules', typed and approved; whatever the unit chose."""
    rules, _ = load("mof-2020", Choices(weights=choice))
    of, chance = project(MANY), Random(str(choice))
    own, count = FIELDS["points"].letter, len(of.annual)
    most = [float(rules.indicator_points) - 2 * (count - 1)] + [2.0] * (count - 1)
    whole = {f"{own}{FIRST_ROW + at}": points for at, points in enumerate(most)}
    short = whole | {f"{own}{FIRST_ROW}": 5}
    assert_one(tmp_path, of, rules, [answers(of, chance, 0) | points for points in ({}, whole, short)])
    given = iter([Decimal(str(points)) for points in most[:-1]] + [None])
    items = tuple(replace(i, points=next(given)) if i in of.annual else i for i in of.indicators)
    last = {f"{own}{FIRST_ROW + count - 1}": 2}
    typed = [answers(of, chance, 0) | points for points in ({}, last, whole)]
    assert_one(tmp_path, replace(of, indicators=items), rules, typed)


@needs_office
@pytest.mark.parametrize("name", ["hubei", "mof-2020"])
def test_the_budget_s_sums_are_live(tmp_path, name):
    rules, _ = load(name)
    typed: list[dict[str, object]] = [
        {},
        {"B7": 11, "C7": 11, "D7": 10, "B8": 0, "C8": 1.5, "D8": 1, "C9": 3, "D9": 2, "C10": 4, "D10": 1},
        {"B11": 6, "C11": 6, "D11": 5, "C12": 4.5, "D12": 4.25, "C9": 3},
        {"C7": 10, "C11": 6, "D11": 5},
        {"C7": "约10", "C11": 6, "B7": "无"},
    ]
    paths = []
    for number, cells in enumerate(typed):
        draft = fill(blank(tmp_path, rules=rules, name="draft.xlsx"), cells, BUDGET)
        entries, _ = open_entries(draft, tmp_path)
        paths.append(tmp_path / f"{number}.xlsx")
        write_fill_in(paths[-1], project(), 2026, rules, entries)
    live = recalculate(paths, tmp_path / "again")
    for path in paths:
        written = load_workbook(path, data_only=True)
        for at in [f"{column}{row}" for row in (7, 8, 9, 10, 11, 14, 15) for column in "BCDE"]:
            shown, beside = live[path.name][BUDGET][at].value, written[BUDGET][at].value
            equal = shown == (pytest.approx(beside) if isinstance(beside, int | float) else beside)
            assert equal or not (shown or beside), (path.name, at, shown, beside)
        assert live[path.name][BUDGET]["A16"].value == written[BUDGET]["A16"].value, path.name
        assert live[path.name][GUIDE]["A5"].value == written[GUIDE]["A5"].value, path.name
    assert live["1.xlsx"][BUDGET]["C15"].value == (16.5 if name == "hubei" else 19.5)
    assert "之和不等" in live["3.xlsx"][BUDGET]["A16"].value


@needs_office
def test_a_round_trip_through_libreoffice_keeps_everything(tmp_path):
    cells = {cell(code, field): value for (code, field), value in MISSED.items()}
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
    assert sum(float(str(weight)) for weight in weights) == pytest.approx(80)
