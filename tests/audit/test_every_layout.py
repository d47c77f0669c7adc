"""A right sheet has no findings and each planted error is found in its row, whatever layout and container."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluator.audit import audit_file, code_of
from evaluator.audit.lines import spot
from evaluator.rulesets import load
from tests.audit.descriptions import LAYOUTS, Item, Sheet, blocks, change
from tests.audit.layouts import LAYOUTS as PRINTED
from tests.audit.sheets import NATIONAL, audit, said, save
from tests.formfactory import Container, write_blocks

CONTAINERS = (Container.XLSX, Container.XLS, Container.DOCX, Container.HTML, Container.CSV, Container.UTF8)
GROUPS = [("产出指标", "数量指标", 50), ("效益指标", "社会效益指标", 30), ("满意度指标", "满意度指标", 10)]
NAMES = {
    "产出指标": ["办理案件", "培训人数", "整理档案", "印发材料"],
    "效益指标": ["受益人数", "服务企业", "带动就业"],
    "满意度指标": ["服务对象满意度"],
}
UNITS = {
    "办理案件": "件",
    "培训人数": "人",
    "整理档案": "册",
    "印发材料": "份",
    "受益人数": "人",
    "服务企业": "家",
    "带动就业": "人",
}


@st.composite
def items(draw, level1, level2, points):
    names = draw(st.permutations(NAMES[level1]))[: draw(st.integers(1, min(3, len(NAMES[level1]))))]
    share = points // len(names)
    made = []
    for number, name in enumerate(names):
        own = points - share * (len(names) - 1) if number == 0 else share
        if name.endswith("满意度"):
            value, actual, unit = draw(st.integers(85, 95)), draw(st.integers(60, 99)), "%"
        else:
            value, unit = draw(st.integers(10, 900)), UNITS[name]
            actual = draw(st.integers(value // 2, value + value // 6))
        short = actual < value
        made.append(
            Item(
                level1,
                level2,
                name,
                "≥",
                str(value),
                str(actual),
                unit,
                str(own),
                "人员不足" if short else "",
            )
        )
    return made


@st.composite
def sheets(draw):
    rows = [item for group in GROUPS for item in draw(items(*group))]
    budget = draw(st.integers(10, 500))
    spent = draw(st.integers(budget // 2, budget))
    return Sheet(tuple(rows), str(budget), str(spent))


def written(sheet: Sheet, layout: str, container: Container, path: Path) -> Path:
    return write_blocks([blocks(LAYOUTS[layout](sheet))], container, path / container.value)


def found_in(path: Path):
    [one] = audit_file(path, path.parent, load("mof-2020")[0]).sheets
    places = {row.row.name: row.row.place for row in one.rows}
    return one, [(code_of(item.code), item.place) for item in one.findings], places


SLOW = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("layout", LAYOUTS)
@SLOW
@given(sheet=sheets(), container=st.sampled_from(CONTAINERS))
def test_a_right_sheet__ok(tmp_path, layout, sheet, container):
    one, codes, _ = found_in(written(sheet, layout, container, tmp_path))
    codes = [code for code, _ in codes if code != "all-actuals-equal"]  # a sheet may happen to be met exactly
    assert codes == []
    assert (one.sheet.project, one.sheet.unit) == (sheet.name, sheet.unit)
    computed = [row.computed for row in one.rows if not row.row.execution]
    assert computed == [item.due for item in sheet.items]


def _missed(sheet: Sheet) -> int | None:
    return next((at for at, item in enumerate(sheet.items) if item.due < Decimal(item.points)), None)


def _met(sheet: Sheet) -> int | None:
    return next((at for at, item in enumerate(sheet.items) if item.due == Decimal(item.points)), None)


def _off(text: str, by: str = "1.37") -> str:
    return str(Decimal(text) + Decimal(by))


PLANTED = {
    # error -> what is changed (None: this sheet has no place for it), in which item it is to be found
    "shortfall-full": (_missed, lambda s, at: change(s, at, score=s.items[at].points)),
    "score-wrong": (_missed, lambda s, at: change(s, at, score=_off(s.items[at].printed, "0.03"))),
    "reason-missing": (_missed, lambda s, at: change(s, at, reason="")),
    "attained-deducted": (_met, lambda s, at: change(s, at, score=_off(s.items[at].points, "-1"))),
    "score-above-points": (_met, lambda s, at: change(s, at, score=_off(s.items[at].points))),
    "operator-copied": (_met, lambda s, at: change(s, at, written=f"≥{s.items[at].actual}{s.items[at].unit}")),
    "actual-not-number": (_met, lambda s, at: change(s, at, written="已完成")),
    "actual-blank": (_met, lambda s, at: change(s, at, written="　")),
    "unit-mismatch": (_met, lambda s, at: change(s, at, written=f"{s.items[at].actual}公里")),
    "contradiction": (_met, lambda s, at: change(s, at, reason="有一部分未完成")),
}  # fmt: skip


@pytest.mark.parametrize("error", PLANTED)
@SLOW
@given(sheet=sheets(), layout=st.sampled_from(list(LAYOUTS)), container=st.sampled_from(CONTAINERS))
def test_an_error_in_a_row__found_there(tmp_path, error, sheet, layout, container):
    choose, plant = PLANTED[error]
    at = choose(sheet)
    if at is None or Decimal(sheet.items[at].actual) == 0:
        return
    wrong = plant(sheet, at)
    _, codes, places = found_in(written(wrong, layout, container, tmp_path))
    place = places[wrong.items[at].name]
    assert (error, place) in codes
    others = {code for code, where in codes if where != place}
    assert others <= {"all-actuals-equal"}


WHOLE = {
    "total-wrong": lambda s: dataclasses.replace(s, total=_off(s.summed)),
    "rate-wrong": lambda s: dataclasses.replace(s, rate="37.5%"),
    "budget-score": lambda s: dataclasses.replace(s, budget_score=_off(s.scored)),
    "points-sum": lambda s: change(s, 0, points=_off(s.items[0].points, "3")),
}


@pytest.mark.parametrize("error", WHOLE)
@SLOW
@given(
    sheet=sheets(),
    layout=st.sampled_from(["national", "before", "split"]),
    container=st.sampled_from(CONTAINERS),
)
def test_an_error_of_the_sheet__found(tmp_path, error, sheet, layout, container):
    if error == "rate-wrong" and abs(sheet.execution - Decimal("0.375")) < Decimal("0.01"):
        return
    _, codes, _ = found_in(written(WHOLE[error](sheet), layout, container, tmp_path))
    consequences = {"points-sum": {"group-points"}, "budget-score": set()}.get(error, set())
    assert error in {code for code, _ in codes}
    assert {code for code, _ in codes} <= {error, "all-actuals-equal", *consequences}


@settings(parent=SLOW, max_examples=6)
@given(sheet=sheets(), container=st.sampled_from(CONTAINERS))
def test_funds_that_do_not_add_up__found(tmp_path, sheet, container):
    wrong = dataclasses.replace(sheet, funds=_off(sheet.budget))
    _, codes, _ = found_in(written(wrong, "national", container, tmp_path))
    assert "fund-total" in {code for code, _ in codes}


@pytest.mark.parametrize("name", PRINTED)
def test_printed_layouts__right_and_wrong(tmp_path, name):
    text, rules, right, wrong, expected = PRINTED[name]
    own = [code for code, _ in said(audit(save(tmp_path / "a.xlsx", text), rules))]
    assert [code for code in own if code != "group-points"] == []  # units may set their own
    assert text.count(right) == 1
    found = said(audit(save(tmp_path / "b.xlsx", text.replace(right, wrong)), rules))
    assert expected in found
    assert {code for code, _ in found} <= {expected[0], "total-wrong", "group-points"}


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("container", [*CONTAINERS, Container.PDF])
def test_printed_layouts_in_every_container(tmp_path, name, container):
    """What is read of a layout does not depend on the file that it stands in."""
    text, rules = PRINTED[name][:2]
    grid = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    path = write_blocks([blocks(grid)], container, tmp_path / container.value)
    ours, theirs = audit(save(tmp_path / "a.xlsx", text), rules), audit(path, rules)
    assert [code for code, _ in said(theirs)] == [code for code, _ in said(ours)]
    assert (theirs.sheet.project, theirs.sheet.unit) == (ours.sheet.project, ours.sheet.unit)
    assert [(row.row.name, row.points, row.score, row.computed) for row in theirs.rows] == [
        (row.row.name, row.points, row.score, row.computed) for row in ours.rows
    ]


def test_a_table_over_several_pages__one_sheet(tmp_path):
    """Pages of a PDF repeat no head; the places of later pages say which they are on."""
    lines = [f" | | | 第{n}项工作 | ≥{n + 10}件 | {n + 10 - (n == 50)}件 | 1 | 1 |" for n in range(90)]
    grid = [
        [cell.strip() for cell in line.split("|")]
        for line in (NATIONAL + "\n".join(lines)).splitlines()
        if line
    ]
    path = write_blocks([blocks(grid)], Container.PDF, tmp_path / "a.pdf")
    [sheet] = audit_file(path, tmp_path, load("mof-2020")[0]).sheets
    assert len(sheet.rows) == 90
    [found] = [item for item in sheet.findings if item.code == "audit-shortfall-full"]
    assert "第2页" in spot(found.place)
    assert spot(found.place).split("!")[0] in found.sentence
