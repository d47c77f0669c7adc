"""Target values as people write them, each with its reading or its finding."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.source import Place
from evaluator.values.dates import read_date
from evaluator.values.quantities import read_quantity
from evaluator.values.target import (
    looks_like_operator,
    looks_like_value,
    read_target,
    render_target,
)
from evaluator.values.text import show

TABLE = Path(__file__).parents[1] / "data" / "expressions.tsv"
CASES = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
PLACE = Place("a.txt", "", "第1行")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_an_expression_has_its_reading_or_a_finding(case):
    text, kind, operator, value, unit, time, codes = case
    target, findings = read_target(text, 2026, PLACE, budget=Decimal(11))
    number = show(target.value) + (f"~{show(target.upper)}" if target.upper is not None else "")
    days = "~".join(day.isoformat() for day in (target.since, target.deadline) if day)
    assert (target.kind, target.operator or "", number, target.unit, days) == (
        kind,
        operator,
        value,
        unit,
        time,
    )
    assert " ".join(item.code for item in findings) == codes
    assert target.text == text
    assert all(item.place == PLACE for item in findings)


@pytest.mark.parametrize(
    ("value", "operator", "unit", "text", "reads"),
    [
        ("12.5", "≥", "公里", "≥12.5公里", "≥12.5公里"),
        ("100", "=", "%", "=100%", "＝100%"),
        ("100", "反向指标", "件", "反向指标100件", "≤100件"),
        ("≥5", "定量", "场", "≥5场", "≥5场"),
        ("≥5场", "≥", "场", "≥5场", "≥5场"),
        ("良好", "定性", "", "良好", "良好"),
        ("2026年12月底前", "", "", "2026年12月底前", "2026年12月31日前"),
        ("2026年12月31日前", "≤", "/", "≤2026年12月31日前", "2026年12月31日前"),
        ("30万", "≤", "元", "≤30万元", "≤30万元"),
        ("800", "≤", "元/月·人", "≤800元/月·人", "≤800元/人·月"),
        ("≤800元/人·月", "", "元/月·人", "≤800元/人·月元/月·人", "≤800元/人·月"),
        ("2026.12", "≥", "元", "≥2026.12元", "≥2026.12元"),
        ("5", "不大于", "次", "不大于5次", "≤5次"),
        ("提升", "定性", "—", "提升", "提升"),
    ],
)
def test_operator_and_unit_in_columns_of_their_own(value, operator, unit, text, reads):
    target, findings = read_target(value, 2026, PLACE, operator=operator, unit=unit)
    assert (target.text, render_target(target), findings) == (text, reads, [])


@pytest.mark.parametrize(
    ("value", "operator", "unit", "code"),
    [
        ("≥5", "≤", "场", "operator-conflict"),
        ("5场", "≥", "件", "unit-conflict"),
        ("5", "", "场", "operator-missing"),
        ("5", "—", "场", "operator-missing"),
        ("≥5", "约", "场", "operator-unknown"),
        ("≥95%", "定性", "", "target-stated-qualitative"),
        ("——", "定性", "", "target-placeholder"),
        ("2026", "≤", "年", "target-unclear"),
        ("≥9811.9 4", "", "万元", "target-digits-joined"),
        ("≥95①%", "", "", "target-unclear"),
    ],
)
def test_columns_that_contradict_the_value__finding(value, operator, unit, code):
    _, findings = read_target(value, 2026, PLACE, operator=operator, unit=unit)
    assert [item.code for item in findings] == [code]


def test_within_the_budget_needs_a_budget():
    target, findings = read_target("不超预算", 2026, PLACE)
    assert (target.kind, [item.code for item in findings]) == (TargetKind.QUALITATIVE, ["target-relative"])


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("9791106.31", (Decimal("9791106.31"), "", False)),
        ("979.11万元", (Decimal("979.11"), "万元", False)),
        ("１，２３４ 人", (Decimal(1234), "人", False)),
        ("≥266米", (Decimal(266), "米", True)),
        ("266米。", (Decimal(266), "米", False)),
        ("", (None, "", False)),
        ("95%", (Decimal(95), "%", False)),
        ("－5", (Decimal(-5), "", False)),
        ("完成", (None, "", False)),
        ("nan", (None, "", False)),
        ("1_000", (Decimal(1), "_000", False)),
        ("1,5", (Decimal(1), ",5", False)),
        ("12 13", (None, "", False)),
        ("12\n13件", (None, "", False)),
        ("95①", (None, "", False)),
        ("10³", (None, "", False)),
        ("100m²", (Decimal(100), "m2", False)),
    ],
)
def test_a_number_as_people_type_it(text, reads):
    assert read_quantity(text) == reads


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年12月5日", date(2026, 12, 5)),
        ("2026.12.5", date(2026, 12, 5)),
        ("2026-12-05", date(2026, 12, 5)),
        ("20261205", date(2026, 12, 5)),
        ("12月5日", date(2026, 12, 5)),
        ("２０２６／１２／５", date(2026, 12, 5)),
        ("2026-02-30", None),
        ("20260230", None),
        ("0000年5月1日", None),
        ("9999-12-31", None),
        ("12.5", None),
        ("年底", None),
    ],
)
def test_a_day_as_people_type_it(text, day):
    assert read_date(text, 2026) == day


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("≥4000册", "档案管理数量"),
        ("95%以上", "参保人满意度"),
        ("2026年内", "2025年内完成核算"),
        ("明显提升", "律师服务费"),
        ("≥95%。", "服务流程合规率"),
        ("不少于十二种", "印刷种类"),
        ("——", "其他费用"),
    ],
)
def test_a_value_looks_more_like_a_value_than_a_name_does(strong, weak):
    assert looks_like_value(strong) > looks_like_value(weak)


@pytest.mark.parametrize("text", ["≥", ">=", "=", "大于等于", "正向指标", "反向指标", "定性", " ＜＝ "])
def test_a_cell_with_only_an_operator_is_known(text):
    assert looks_like_operator(text)


@pytest.mark.parametrize("text", ["", "≥5", "是", "为", "满意度", "≥95%"])
def test_a_cell_with_more_or_else_is_no_operator(text):
    assert not looks_like_operator(text)


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
units = st.sampled_from(
    [
        "",
        "元",
        "万元",
        "人",
        "万条",
        "%",
        "‰",
        "元/人·月",
        "工作日",
        "个月",
        "个季度",
        "次/月",
        "台套",
        "起",
        "挂",
    ]
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def targets(draw):
    kind = draw(st.sampled_from([TargetKind.NUMERIC, TargetKind.RANGE, TargetKind.DEADLINE]))
    if kind is TargetKind.NUMERIC:
        return Target("", kind, draw(st.sampled_from(list(Operator))), draw(numbers), unit=draw(units))
    if kind is TargetKind.RANGE:
        low, high = sorted((draw(numbers), draw(numbers)))
        return Target("", kind, None, low, high, draw(units))
    last = draw(days)
    since = draw(st.none() | st.just(last - timedelta(days=draw(st.integers(0, 400)))))
    return Target("", kind, deadline=last, since=since)


@given(targets())
def test_what_is_rendered_reads_back_the_same(target):
    text = render_target(target)
    again, _ = read_target(text, 2026, PLACE)
    assert render_target(again) == text
    fields = ("kind", "operator", "value", "upper", "unit", "deadline", "since")
    assert [getattr(again, name) for name in fields] == [getattr(target, name) for name in fields]


def test_what_an_approved_form_says_of_years_is_never_a_number_of_years():
    for year in range(1950, 2151):
        assert read_target(f"≥{year}年", 2026, PLACE)[0].kind is TargetKind.UNREADABLE


@given(st.integers(0, 9999), st.integers(0, 99), st.sampled_from([".", "-", "/", "年"]), st.integers(1, 9999))
def test_any_year_and_month_is_a_reading__never_an_exception(year, month, sign, own):
    for text in (f"{year:04}{sign}{month:02}", f"{year:04}{sign}{month}月底前", f"{year:04}年{month}-12月"):
        target, _ = read_target(text, own, PLACE)
        assert target.deadline is None or 1950 <= target.deadline.year <= 2150
    assert read_date(f"{year:04}{sign}{month}{sign}1", own) is None or 1950 <= year <= 2150


@given(
    st.sampled_from(["", "≥", "≤", "＝", "不超过", "控制在", "±", "为"]),
    st.from_regex(r"[0-9]{1,30}(\.[0-9]{1,6})?([~-][0-9]{1,26})?", fullmatch=True),
    st.sampled_from(
        ["", "万", "亿", "元", "万元", "%", "年", "月", "季度", "挂", "人/天", "亿以上", "%以内", "(含)"]
    ),
    st.sampled_from(["", "≥", "定性", "约", "/"]),
    st.sampled_from(["", "万", "元", "年", "%", "/"]),
)
def test_any_number_is_a_reading_that_can_be_shown__never_an_exception(sign, number, unit, operator, column):
    target, findings = read_target(
        f"{sign}{number}{unit}", 2026, PLACE, operator=operator, unit=column, budget=Decimal(11)
    )
    assert (target.kind is TargetKind.UNREADABLE) <= bool(findings)
    again, _ = read_target(render_target(target), 2026, PLACE)
    if target.kind in (TargetKind.NUMERIC, TargetKind.RANGE):
        assert (again.kind, again.value, again.upper) == (target.kind, target.value, target.upper)
    read_quantity(f"{sign}{number}{unit}")


SAID = {
    "不低于": "≥",
    "≥": "≥",
    "不少于": "≥",
    "至少": "≥",
    "不超过": "≤",
    "≤": "≤",
    "最多": "≤",
    "超过": "＞",
    "低于": "＜",
    "<": "＜",
}


@given(
    st.sampled_from(
        [
            "",
            "培训",
            "全年",
            "合格率",
            "培训学员",
            "危房改造",
            "每月",
            "每人每月",
            "增长",
            "较上年提高",
            "1、",
            "共计",
            "X",
        ]
    ),
    st.sampled_from(sorted(SAID)),
    st.sampled_from(["", "开展", "完成", "每年"]),
    st.integers(0, 500).filter(lambda number: number != 0),
    st.sampled_from(["人", "个项目", "名律师", "%", "个百分点", "万元", "次/月", "场活动", "年规划"]),
    st.sampled_from(["", "满意", "完成", "（每半年1次）", "（上年80%）", "的群众满意"]),
)
def test_an_operator_among_words_is_never_lost(before, sign, verb, number, unit, after):
    target, _ = read_target(f"{before}{sign}{verb}{number}{unit}{after}", 2026, PLACE)
    assert target.kind in (TargetKind.UNREADABLE, TargetKind.NUMERIC)
    if target.kind is TargetKind.NUMERIC:
        assert (target.operator, target.value) == (SAID[sign], number)
        assert ("/" in target.unit) == ("每" in before or "/" in unit or verb == "每年") or target.unit == "%"


@given(
    st.sampled_from(["约", "近", "大约", "将近", ""]),
    st.integers(1, 900),
    st.sampled_from(["人", "家企业", "%", "万元"]),
    st.sampled_from(["左右", "上下", "余", "多", "以上不含", ""]),
)
def test_what_is_about_a_number_is_no_number(before, number, unit, after):
    target, _ = read_target(f"{before}{number}{unit}{after}", 2026, PLACE)
    assert (target.kind is TargetKind.UNREADABLE) == bool(before or after)


@pytest.mark.parametrize(
    ("text", "operator", "unit", "reads", "codes"),
    [
        ("每月1", "≥", "次", "≥1次/月", []),
        ("每月1次", "≥", "次/月", "≥1次/月", []),
        ("每月1次", "≥", "次/年", "每月1次", ["target-unclear"]),
        ("12", "≤", "月", "≤12个月", []),
        ("12月", "≤", "", "≤12个月", ["month-or-months"]),
        ("12-31", "≤", "天", "12-31", ["target-unclear"]),
        ("12-31", "=", "天", "12天~31天", []),
        ("±5", "≤", "%", "-5%~5%", []),
        ("≥10且≤20", "≥", "个", "10个~20个", []),
        ("10.31", "≤", "万元", "≤10.31万元", []),
        ("10.31", "≤", "", "≤10.31", ["unit-missing"]),
        ("2026", "", "个", "＝2026个", ["operator-missing"]),
        ("2026-2028", "", "元", "2026元~2028元", []),
        ("零投诉", "≤", "起", "≤0起", ["target-words-aside"]),
        ("增长5", "≥", "%", "≥5%", ["target-change"]),
        ("2名律师", "≥", "人", "≥2人", ["target-words-aside"]),
    ],
)
def test_what_columns_add_to_words(text, operator, unit, reads, codes):
    target, findings = read_target(text, 2026, PLACE, operator=operator, unit=unit)
    shown = render_target(target) if target.kind is not TargetKind.UNREADABLE else text
    assert (shown, [item.code for item in findings]) == (reads, codes)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("每月15日前", "每月"),
        ("100人左右", "约数"),
        ("7×24小时", "服务时间"),
        ("≥O件", "字母"),
        ("2026", "年份"),
        ("6.30", "日期"),
        ("达到1级", "等级"),
    ],
)
def test_a_refusal_says_what_the_text_looks_like__finding(text, why):
    _, findings = read_target(text, 2026, PLACE)
    assert why in findings[0].sentence


pieces = st.sampled_from(
    [*"≥≤=<>±～-—.,，、%‰0123456789年月日底前内以上下为达到不低于控制在万亿元人条/·*（） x\n\u3000"]
)


@settings(max_examples=300)
@given(st.text(max_size=60) | st.lists(pieces, max_size=24).map("".join))
def test_any_text_is_a_reading_or_a_finding__never_an_exception(text):
    target, findings = read_target(text, 2026, PLACE)
    assert (target.kind is TargetKind.UNREADABLE) <= bool(findings)
    assert 0 <= looks_like_value(text) <= 1
    read_quantity(text)
    read_date(text, 2026)


def test_a_very_long_text_takes_no_time():
    for text in ("9" * 100_000, "≥" * 100_000, "1-" * 50_000, "(" * 100_000, "年" * 100_000):
        target, _ = read_target(text, 2026, PLACE)
        assert target.kind is TargetKind.UNREADABLE
