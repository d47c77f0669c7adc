"""The same tidy rows come out whatever the container and however ugly: read(write(form)) is the form."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluator.forms import read_forms
from evaluator.readers import read_source
from evaluator.records.approved import Horizon
from evaluator.values.text import squash
from tests.formfactory import Container, Design, Form, Goal, Row, Ugliness, write
from tests.formlayout import level1_order

LEVELS = [
    ("成本指标", "经济成本指标"), ("成本指标", "社会成本指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"),
    ("产出指标", "时效指标"), ("效益指标", "经济效益指标"), ("效益指标", "社会效益指标"),
    ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
]  # fmt: skip
VALUES = [
    "≥4000册", "≤29.68万元", "=100%", "≥33.81万人", "2026年12月底前", "明显提升", "=0件", "≥50000人", "不少于12种",
    "95%以上", "10%~20%", "≤5300元/户", "持续改善", "实现社会化",
]  # fmt: skip
BASES = ["计划标准", "行业标准", "历史标准", "其他标准"]
WORDS = "参保登记业务经办审核档案管理培训宣传法律咨询征地补偿测算资金发放短信印刷专线窗口服务材料数量人数"


@st.composite
def goals(draw, count):
    """Goals with rows sorted as forms sort them: by level 1, then level 2."""
    made = []
    for _ in range(count):
        picked = sorted(draw(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=7)), key=LEVELS.index)
        rows = []
        for level1, level2 in picked:
            length = draw(st.integers(4, 24))
            chars = random.Random(draw(st.integers(0, 10**6))).choices(WORDS, k=length)
            name = "".join(chars) + draw(st.sampled_from(["", "率", "情况", "（市级）"]))
            value, basis = draw(st.sampled_from(VALUES)), draw(st.sampled_from(BASES))
            rows.append(Row(level1, level2, name, value, basis))
        made.append(
            Goal(draw(st.sampled_from(["保障工作有序开展。", "完成全年任务，服务群众。"])), tuple(rows))
        )
    return tuple(made)


@st.composite
def forms(draw):
    name = draw(st.sampled_from(["法律服务", "社保基金业务经费", "档案管理（二期）"]))
    budget = draw(st.sampled_from(["82.4", "979.11", "11"]))
    count = draw(st.integers(1, 2))
    return Form(name=name, budget=budget, long_term=draw(goals(1)), annual=draw(goals(count)))


ORDER = list(Horizon)
EXCUSES = {
    "row-incomplete",
    "header-disagrees",
    "level1-inferred",
    "level-unknown",
    "level-mismatch",
    "cell-unplaced",
}
"""Findings that say of an indicator that it may have been read wrong."""


def expected(form, design=Design.EZHOU):
    """What the design can hold of each indicator: without a goal's column, all are the first goal's."""
    one_goal = design in (Design.COLUMNS, Design.TWO_LEVELS, Design.SIDE_BY_SIDE)
    with_basis = design in (Design.EZHOU, Design.EARLIER_YEARS)
    items = [
        (
            horizon,
            1 if one_goal else number,
            row.level1,
            row.level2,
            squash(row.name),
            squash(row.value),
            row.basis if with_basis else "",
            Decimal(row.points) if design is Design.COLUMNS else None,
        )
        for horizon, side in ((Horizon.LONG_TERM, form.long_term), (Horizon.ANNUAL, form.annual))
        if horizon is Horizon.ANNUAL or design is not Design.TWO_LEVELS
        for number, goal in enumerate(side, start=1)
        for row in goal.rows
    ]
    if design is Design.SIDE_BY_SIDE:
        order = level1_order(form)
        items.sort(key=lambda item: (ORDER.index(item[0]), order.index(item[2])))
    return items


def read(path, folder):
    source, findings = read_source(path, folder)
    assert source is not None, findings
    return read_forms(source, 2026)


def result(reading):
    """What was read, those of the long term first (side by side, they come in turns)."""
    items = [i for project in reading.projects for i in project.indicators]
    return [
        (i.horizon, i.goal, i.level1, i.level2, squash(i.name), squash(i.target.text), i.basis, i.points)
        for i in sorted(items, key=lambda item: ORDER.index(item.horizon))
    ]


def losses(form, reading, ugliness, design=Design.EZHOU):
    """Where the result is not as described, and no finding about that very indicator says so.

    That a row's cells had slid is no excuse; a basis that was cut off is no loss of the reader's.
    """
    named = {item.indicator for item in reading.findings if item.code in EXCUSES}
    doubted = {item.indicator for item in reading.findings if item.code == "basis-unusual"}
    items = sorted(
        (i for project in reading.projects for i in project.indicators),
        key=lambda item: ORDER.index(item.horizon),
    )
    cut = Ugliness.BASIS_CUT in ugliness
    silent = []
    for item, want, got in zip_longest(items, expected(form, design), result(reading)):
        same = want and got and want[:6] == got[:6] and want[7] == got[7]
        basis = same and (want[6] == got[6] or (cut and not got[6]) or item.code in doubted)
        if not basis and (item is None or item.code not in named):
            silent.append((want, got))
    return silent


def check(form, container, folder, ugliness, design):
    path = write([form], container, folder / container.value, ugliness, design)
    reading = read(path, folder)
    assert [project.name for project in reading.projects] == [form.name]
    assert str(reading.projects[0].budget) == form.budget
    assert losses(form, reading, ugliness, design) == []


RANDOM = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize("container", list(Container))
@RANDOM
@given(form=forms(), ugliness=st.sets(st.sampled_from(list(Ugliness)), max_size=4))
def test_read_of_written_is_the_form_or_each_loss_is_named(tmp_path_factory, container, form, ugliness):
    check(form, container, tmp_path_factory.mktemp("form"), ugliness, Design.EZHOU)


@pytest.mark.parametrize("design", [design for design in Design if design is not Design.EZHOU])
@RANDOM
@given(
    form=forms(),
    ugliness=st.sets(st.sampled_from(list(Ugliness)), max_size=4),
    container=st.sampled_from(list(Container)),
)
def test_every_design_is_read_from_every_container(tmp_path_factory, design, container, form, ugliness):
    check(form, container, tmp_path_factory.mktemp("form"), ugliness, design)


@pytest.mark.parametrize("design", list(Design))
@pytest.mark.parametrize("container", list(Container))
def test_a_plain_form_is_the_same_in_every_container(tmp_path, container, design):
    rows = (
        Row("成本指标", "经济成本指标", "律师服务费", "≤11万元"),
        Row("产出指标", "数量指标", "受理案件数量", "≥20件"),
        Row("产出指标", "质量指标", "服务流程合规率", "=100%", "行业标准"),
        Row("满意度指标", "满意度指标", "服务对象满意度", "≥90%"),
    )
    form = Form("法律服务", "11", (Goal("保障合法权益。", rows),), (Goal("保障合法权益。", rows),))
    reading = read(write([form, form], container, tmp_path / container.value, (), design), tmp_path)
    for project in reading.projects:
        assert result(replace(reading, projects=(project,))) == expected(form, design)
    assert len(reading.projects) == 2
    assert all(Path(item.place.file).name == container.value for item in reading.projects)
