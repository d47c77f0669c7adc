"""Units: a closed table; what measures different things never converts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.units import UnitMismatchError, base_value, compatible, convert, factor, options, symbol

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
        ("pcs", None), ("万/月", None), ("元/", None), ("/月", None),
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
        ("3", "平方米", "亩", "0.0045"),
        ("3", "亩", "平方米", "2000"),
        ("2", "公顷", "亩", "30"),
        ("1346.0088", "万平方米", "平方公里", "13.460088"),
        ("0.053", "万元/人·月", "元/人·月", "530"),
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
     ("公里", "车道公里"), ("万/月", "次/月"), ("人", ""), ("小时", "分钟")],
)  # fmt: skip
def test_what_measures_different_things_is_refused(one, other):
    with pytest.raises(UnitMismatchError):
        factor(one, other)


def test_a_unit_of_no_table_is_its_own_dimension():
    assert compatible("万/月", "万/月")
    assert convert(Decimal(3), "万/月", "万/月") == 3


@pytest.mark.parametrize(
    ("unit", "choice"),
    [("元", ("元", "万元")), ("万元", ("万元", "元")), ("%", ("%",)), ("册", ("册", "万册")), ("万人", ("万人", "人")),
     ("元/人·月", ("元/人·月", "万元/人·月")), ("工作日", ("工作日",)), ("公里", ("公里", "米", "厘米", "毫米", "海里")),
     ("万/月", ("万/月",)), ("", ())],
)  # fmt: skip
def test_a_drop_down_offers_only_units_that_fit(unit, choice):
    assert options(unit) == choice
    assert all(compatible(unit, other) for other in choice)


@given(
    amounts,
    st.sampled_from([("元", "万元"), ("条", "万条"), ("平方米", "亩"), ("%", "比例"), ("公里", "米")]),
)
def test_there_and_back_is_the_same(value, pair):
    there = convert(value, *pair)
    assert convert(there, pair[1], pair[0]) == value
