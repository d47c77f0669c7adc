"""Refreshing a workbook never loses what was filled in."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from evaluator.render.fill_in.workbook import new_stamp, refresh_fill_in, write_fill_in
from evaluator.rulesets import load
from evaluator.workbooks import Entries, Entry, open_entries
from evaluator.workbooks.entries import row_text
from evaluator.workbooks.layout import ACTUALS, BUDGET, FACT_LIST, FACTS, FUND_COLUMNS, FUNDS
from tests.workbooks.typing import ROWS, RULES, blank, cell, fill, project, submit

CHANGED = ROWS.replace(
    "     | 产出指标 | 数量指标 | 受理案件数量",
    "     | 产出指标 | 数量指标 | 培训场次 | ≥5场 | 计划标准\n     | | | 受理案件数量",
)


def refresh(path, of):
    kept, findings = refresh_fill_in(path, path.parent / "旧表" / path.name, path.parent, of, 2026, RULES)
    return kept, [item.code for item in findings]


def test_a_current_workbook_is_left_alone(tmp_path):
    path = fill(blank(tmp_path), {"G8": 12})
    before = path.read_bytes()
    assert refresh(path, project()) == (None, [])
    assert path.read_bytes() == before


def test_a_renamed_sheet_is_known_by_its_heads_and_a_lost_one_made_anew(tmp_path):
    path = fill(fill(blank(tmp_path), {"G8": 12}), {"B5": "市人社局"}, FACTS)
    book = load_workbook(path)
    book[ACTUALS].title = "完成情况"
    book[FACTS].title = "Sheet1"
    del book[BUDGET]
    book.save(path)
    kept, findings = refresh(path, project())
    assert findings == ["workbook-sheets-mended"]
    submission, found = submit(path)
    assert (submission.actuals["CC-01"].value, submission.facts["主管部门"], found) == (12, "市人社局", [])
    assert load_workbook(kept).sheetnames.count("完成情况") == 1


def test_a_row_stays_with_its_indicator_when_codes_move(tmp_path):
    path = fill(blank(tmp_path), {cell("CC-01", "actual"): 18, cell("CC-01", "reason"): "原因"})
    now = project(CHANGED)
    kept, findings = refresh(path, now)
    submission, _ = submit(path, now)
    assert findings == []
    assert (submission.actuals["CC-02"].value, submission.actuals["CC-02"].reason) == (18, "原因")
    assert submission.actuals["CC-01"].value is None
    assert submit(kept)[0].actuals["CC-01"].value == 18  # the old file is still there


def test_what_belongs_to_no_indicator_any_more_is_kept_on_a_sheet(tmp_path):
    path = fill(blank(tmp_path), {cell("CC-01", "actual"): "十八件", cell("XY-01", "description"): "说明"})
    now = project(ROWS.replace("受理案件数量 | ≥20件", "代理案件 | ≥15件"))
    _, findings = refresh(path, now)
    assert findings == ["workbook-leftovers"]
    sheet = load_workbook(path)["未匹配的原填内容"]
    assert [c.value for c in sheet[3]][:5] == [
        "CC-01",
        "受理案件数量",
        "≥20件",
        "实际完成值",
        "十八件（计量单位：件）",
    ]
    # a second change keeps what the first one set aside
    refresh(path, project())
    assert [c.value for c in load_workbook(path)["未匹配的原填内容"][3]][4] == "十八件（计量单位：件）"


def test_rows_without_a_code_of_their_own_are_kept_too(tmp_path):
    cells = {"G7": 105000, "H7": "元", "A9": "CC-01", "G9": (0.9, "0%"), "A11": None, "O11": "说明"}
    path = fill(blank(tmp_path), cells)
    now = project(ROWS.replace("律师服务费 | ≤11万元", "仲裁费 | ≤12万元"))
    _, findings = refresh(path, now)
    assert findings == ["workbook-code-twice", "workbook-row-without-code", "workbook-leftovers"]
    lines = load_workbook(path)["未匹配的原填内容"].iter_rows(min_row=3, values_only=True)
    assert sorted(line[3:6] for line in lines) == [
        ("完成情况说明", "说明", "没有编码"),
        ("实际完成值", "105000（计量单位：元）", None),
        ("实际完成值", "90%", "编码重复"),
    ]


def test_rows_that_say_the_same_stay_in_their_order(tmp_path):
    twice = ROWS.replace("≥20件 | 计划标准", "≥20件 | 计划标准\n     | | | 受理案件数量 | ≥20件 | 计划标准")
    path = fill(blank(tmp_path, project(twice)), {"G8": 1, "G9": 2})
    now = project(
        twice.replace(
            "     | 产出指标 | 数量指标", "     | 产出指标 | 数量指标 | 新增 | ≥1件 | 计划标准\n     | |"
        )
    )
    refresh(path, now)
    actuals = submit(path, now)[0].actuals
    assert [actuals[code].value for code in ("CC-01", "CC-02", "CC-03")] == [None, 1, 2]


def test_another_rule_set_makes_it_stale_too(tmp_path):
    path = fill(blank(tmp_path), {"G8": 12})
    other, _ = load("mof-2021")
    kept, _ = refresh_fill_in(path, tmp_path / "旧表" / "a.xlsx", tmp_path, project(), 2026, other)
    assert kept is not None
    assert submit(path)[0].actuals["CC-01"].value == 12


@pytest.mark.parametrize(
    "cells",
    [
        {"A8": "CC-02", "A9": "CC-01"},  # codes swapped
        {"D8": "受理案件"},  # a locked text written over
        {"A8": None},  # a code deleted
        {"F8": 30},  # a formula written over
    ],
)
def test_what_was_tampered_with_is_put_right_and_the_answers_stay(tmp_path, cells):
    path = fill(blank(tmp_path), {"G8": 18, "G9": (0.96, "0%")})
    fill(path, cells)
    kept, _ = refresh(path, project())
    assert kept is not None
    submission, found = submit(path)
    assert found == []
    if "A8" not in cells or cells["A8"]:
        assert (submission.actuals["CC-01"].value, submission.actuals["CC-02"].value) == (18, 96)
    else:  # what belongs to no code goes to the sheet of what is left over
        assert "18（计量单位：件）" in [row[4] for row in load_workbook(path)["未匹配的原填内容"].values]
    assert refresh(path, project()) == (None, [])


texts = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30).filter(str.strip)
numbers = st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda x: round(x, 4))
typed = {
    "actual": numbers | texts,
    "unit": st.sampled_from(["件", "万件", "万元", "%"]),
    "grade": st.sampled_from(["达成", "部分达成", "随便"]),
    "share": st.floats(0, 1).map(lambda x: round(x, 4)),
    "completed": st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 1)).map(
        lambda d: d.replace(microsecond=0)
    )
    | texts,
    "description": texts,
    "reason": texts,
    "evidence": texts,
    "deduction": numbers,
    "deduction_reason": texts,
    "points": numbers,
}


@st.composite
def entry(draw, values):
    """A value with a number format that it can have: a number in a date's format would be a date."""
    value = draw(values)
    formats = ["yyyy-mm-dd"] if isinstance(value, datetime) else ["General", "0.####%", "0.00"]
    return Entry(value, draw(st.sampled_from(formats)))


rows = st.dictionaries(
    st.sampled_from(["CB-01", "CC-01", "CC-02", "CC-03", "XY-01", "MY-01"]),
    st.fixed_dictionaries({}, optional={name: entry(value) for name, value in typed.items()}),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(
    rows=rows,
    facts=st.dictionaries(st.sampled_from([fact.name for fact in FACT_LIST]), texts.map(Entry)),
    funds=st.dictionaries(
        st.tuples(st.sampled_from(FUNDS), st.sampled_from(list(FUND_COLUMNS))), entry(numbers)
    ),
    goal=st.none() | texts,
    note=st.none() | texts,
)
def test_everything_typed_comes_back_from_a_written_workbook(
    tmp_path_factory, rows, facts, funds, goal, note
):
    folder = tmp_path_factory.mktemp("w")
    of = project()
    entries = Entries(
        stamp=new_stamp(of, 2026, RULES),
        place=of.place,
        rows=rows,
        texts={item.code: row_text(item) for item in of.annual},
        facts=facts,
        goals={1: Entry(goal)},
        funds=funds,
        note=Entry(note),
    )
    write_fill_in(folder / "a.xlsx", of, 2026, RULES, entries)
    again, findings = open_entries(folder / "a.xlsx", folder)
    assert findings == []
    for code, row in rows.items():
        for name, was in row.items():
            assert same(again.rows[code][name], was), (code, name)
    assert all(same(again.facts[name], was) for name, was in facts.items())
    assert all(same(again.funds[key], was) for key, was in funds.items())
    assert same(again.goals[1], Entry(goal))
    assert same(again.note, Entry(note))


def same(now, was):
    """The same value with, for a number, the same number format; a blank text is no text."""
    if isinstance(was.value, str):
        return now.text == was.text
    if isinstance(was.value, float | int):
        return now.value == was.value and now.is_percent == was.is_percent
    return now.value == was.value


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04"])
def test_a_workbook_that_cannot_be_read_is_left_as_it_is(tmp_path, broken):
    path = tmp_path / "a.xlsx"
    path.write_bytes(broken)
    kept, findings = refresh(path, project())
    assert kept is None
    assert findings
    assert path.read_bytes() == broken


def test_carrying_over_is_complete():
    """Nothing falls between the rows that stay and the leftovers."""
    from evaluator.render.fill_in.workbook import carry_over

    of = project()
    rows = {item.code: {"actual": Entry(1)} for item in of.annual}
    texts = {item.code: row_text(item) for item in of.annual}
    entries = Entries(new_stamp(of, 2026, RULES), of.place, rows=rows, texts=texts)
    fewer = replace(of, indicators=of.indicators[:3])
    carried = carry_over(entries, fewer)
    assert len(carried.rows) + len(carried.leftovers) == len(rows)
