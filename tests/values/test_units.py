"""Units: a closed table; what measures different things never converts."""

import tomllib
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.values.units import (
    UnitMismatchError,
    base_value,
    compatible,
    convert,
    dimension,
    factor,
    is_count,
    is_money,
    is_rate,
    multiplier,
    options,
    symbol,
)

COUNTING = ["人", "人次", "户", "家", "个", "项", "件", "条", "次", "册", "份", "台", "套", "台套", "辆"]
amounts = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("万元", "万元"), (" 万 元 ", "万元"), ("百分比", "%"), ("％", "%"), ("比例", "比例"), ("名", "人"),
        ("万名", "万人"), ("台/套", "台套"), ("台（套）", "台套"), ("个工作日", "工作日"), ("天", "天"), ("日", "天"),
        ("月", "个月"), ("千米", "公里"), ("㎡", "平方米"), ("万平方米", "万平方米"), ("元/人*月", "元/人·月"),
        ("元/人·月", "元/人·月"), ("元/生/年", "元/生·年"), ("元每人每月", "元/人·月"), ("次/月", "次/月"),
        ("元/亩", "元/亩"), ("万条", "万条"), ("百万条", "百万条"), ("％以上", None), ("kilo", None), ("", None),
        ("pcs", None), ("万/月", None), ("元/", None), ("/月", None), ("/", None), ("每", None), ("//每/", None), ("()", None), ("元/人/月", "元/人·月"), ("元/月·人", "元/人·月"),
        ("元/(人·月)", "元/人·月"), ("元／（人·月）", "元/人·月"), ("次/季度", "次/季度"), ("季度", "个季度"), ("個", "个"),
        ("场（次）", "场次"), ("dB", "分贝"), ("μg/m³", "微克/立方米"), ("度", "度"), ("M", None), ("万", None),
        ("元/人年", "元/人·年"), ("元/床日", "元/床·天"), ("元/个月", "元/月"), ("元/亩季", "元/亩·季度"), ("人日", "人天"),
        ("次/半年", "次/半年"), ("个日历天", "天"), ("行政村", "行政村"), ("MPa", "兆帕"), ("分贝(A)", "分贝"), ("元/某年", None),
        ("生" * 41, None),
    ],
)  # fmt: skip
def test_a_unit_is_known_by_every_way_to_write_it(written, meant):
    assert symbol(written) == meant


@pytest.mark.parametrize(
    ("value", "unit", "other", "result"),
    [
        ("9791106.31", "元", "万元", "979.110631"),
        ("979.11", "万元", "元", "9791100"),
        ("1.2", "亿元", "万元", "12000"),
        ("33.81", "万人", "人", "338100"),
        ("181.2", "万条", "条", "1812000"),
        ("0.97", "比例", "%", "97"),
        ("5", "‰", "%", "0.5"),
        ("2", "天", "小时", "48"),
        ("30", "分钟", "小时", "0.5"),
        ("1", "小时", "秒", "3600"),
        ("1", "次/天", "次/周", "7"),
        ("2", "公顷", "平方米", "20000"),
        ("35", "微克/立方米", "毫克/立方米", "0.035"),
        ("3", "平方米", "亩", "0.0045"),
        ("3", "亩", "平方米", "2000"),
        ("2", "公顷", "亩", "30"),
        ("1346.0088", "万平方米", "平方公里", "13.460088"),
        ("0.053", "万元/人·月", "元/人·月", "530"),
        ("200", "毫秒", "秒", "0.2"),
        ("5", "立方分米", "升", "5"),
        ("1", "平方米", "平方厘米", "10000"),
        ("1", "Gbps", "Mbps", "1000"),
    ],
)
def test_conversion_is_exact(value, unit, other, result):
    assert convert(Decimal(value), unit, other) == Decimal(result)
    assert base_value(Decimal(value), unit) == base_value(Decimal(result), other)


@pytest.mark.parametrize("one", COUNTING)
@pytest.mark.parametrize("other", COUNTING)
def test_a_counting_unit_converts_into_no_other(one, other):
    assert compatible(one, other) == (one == other)
    assert not compatible(f"万{one}", other) or one == other
    if one != other:
        with pytest.raises(UnitMismatchError):
            convert(Decimal(0), one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("元/月", "元/年"), ("个月", "年"), ("工作日", "天"), ("元", "元/人"), ("%", "人"), ("百分点", "%"),
     ("公里", "车道公里"), ("半年", "年"), ("行政村", "村"), ("美元", "元"), ("立方厘米", "平方厘米"), ("万/月", "次/月"), ("人", ""), ("度", "千瓦时"), ("面积", "亩"),
     ("金额", "元")],
)  # fmt: skip
def test_what_measures_different_things_is_refused(one, other):
    with pytest.raises(UnitMismatchError):
        factor(one, other)


def test_a_unit_of_no_table_is_its_own_dimension():
    assert compatible("万/月", "万/月")
    assert convert(Decimal(3), "万/月", "万/月") == 3


@pytest.mark.parametrize(
    ("unit", "choice"),
    [("元", ("元", "万元", "亿元")), ("万元", ("万元", "元", "亿元")), ("比例", ("比例", "%")), ("%", ("%",)), ("册", ("册", "万册")), ("万人", ("万人", "人")),
     ("元/人·月", ("元/人·月", "万元/人·月")), ("工作日", ("工作日",)), ("公里", ("公里", "米")),
     ("分钟", ("分钟", "小时", "天")), ("万平方米", ("万平方米", "亩", "平方米", "公顷", "平方公里")),
     ("万/月", ("万/月",)), ("", ())],
)  # fmt: skip
def test_a_drop_down_offers_only_units_that_fit(unit, choice):
    assert options(unit) == choice
    assert all(compatible(unit, other) for other in choice)


@pytest.mark.parametrize(
    ("unit", "measures"),
    [
        ("万元", "金额"),
        ("万人", "人"),
        ("公顷", "面积"),
        ("元/人·月", "金额/人·月"),
        ("‰", "比率"),
        ("挂", "挂"),
    ],
)
def test_a_unit_says_what_it_measures(unit, measures):
    assert dimension(unit) == measures


def test_money_rates_and_counts_are_told_apart():
    assert [is_money(unit) for unit in ("元", "万元", "元/人", "人")] == [True, True, False, False]
    assert [is_rate(unit) for unit in ("%", "‰", "比例", "百分点", "")] == [True, True, True, False, False]
    assert [is_count(unit) for unit in ("人", "万条", "工作日", "元", "挂")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_multiplier_without_a_unit_is_a_number():
    assert [multiplier(text) for text in ("万", "亿", "十万", "元", "")] == [10**4, 10**8, 10**5, None, None]


def test_zero_of_one_thing_is_not_zero_of_another():
    with pytest.raises(UnitMismatchError):
        convert(Decimal(0), "人", "条")


def test_huge_amounts_convert_without_failing():
    assert convert(Decimal("9" * 24), "亿元", "元") > Decimal(10) ** 31


def test_every_alias_means_a_unit_that_is_in_the_table():
    """A spelling is claimed by one symbol only, and no alias hides a unit."""
    text = resources.files("evaluator").joinpath("vocabulary", "units.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    own = [*data["counting"], *(unit for units in data["dimensions"].values() for unit in units)]
    spellings = [alias for aliases in data["aliases"].values() for alias in aliases]
    assert len(own) == len(set(own))
    assert len(spellings) == len(set(spellings))
    assert set(data["aliases"]) <= set(own)
    assert not set(spellings) & set(own)
    assert all(symbol(unit) == unit for unit in own)


@given(
    amounts,
    st.sampled_from(
        [("元", "万元"), ("条", "万条"), ("平方米", "亩"), ("%", "比例"), ("公里", "米"), ("小时", "分钟")]
    ),
)
def test_there_and_back_is_the_same(value, pair):
    there = convert(value, *pair)
    assert convert(there, pair[1], pair[0]) == value
