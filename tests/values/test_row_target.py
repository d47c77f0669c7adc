"""Target values with what their row says of them: direction of costs, 万 of money, hints in names."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.records.approved import Operator, TargetKind
from evaluator.records.source import Place
from evaluator.values.name_hints import read_hint
from evaluator.values.row_target import Row, read_row_target
from evaluator.values.target import render_target
from evaluator.values.units import measures_money

PLACE = Place("a.xlsx", "批复", "D7")
COST, OUTPUT, GAIN = ("成本指标", "经济成本指标"), ("产出指标", "数量指标"), ("效益指标", "经济效益指标")


def read(text, name, levels=OUTPUT, operator="", unit=""):
    """The rendered target and the codes of what was found."""
    level1, level2 = levels
    row = Row(name, level1, level2, operator, unit)
    target, findings = read_row_target(text, row, 2026, PLACE, Decimal(11))
    shown = "—" if target.kind is TargetKind.UNREADABLE else render_target(target)
    return shown, " ".join(item.code for item in findings)


@pytest.mark.parametrize(
    ("text", "name", "levels", "reads", "codes"),
    [
        ("≤200万", "宣传片制作费", ("产出指标", "成本指标"), "≤200万元", "unit-of-money"),
        ("≤200万", "办公", COST, "≤200万元", "unit-of-money"),
        ("≤1.5亿", "工程总投资", COST, "≤1.5亿元", "unit-of-money"),
        ("≥3000万", "旅游综合收入", GAIN, "≥3000万元", "unit-of-money"),
        ("≥500万", "发放补助资金", OUTPUT, "≥500万元", "unit-of-money"),
        ("≤2百万", "运行经费", COST, "≤2百万元", "unit-of-money"),
        ("≤3千万", "建设成本", COST, "≤3000万元", "unit-of-money"),
        ("30万-50万", "设备购置费", COST, "30万元~50万元", "unit-of-money"),
        ("不超过620万/月", "房屋租赁费", COST, "≤620万元/月", "unit-of-money"),
        ("≤0.5万/户", "危房改造补助标准", OUTPUT, "≤0.5万元/户", "unit-of-money"),
        ("≤20万元", "宣传费", COST, "≤20万元", ""),
        ("≤200000元", "宣传费", COST, "≤200000元", ""),
        # not money: people, things, rates
        ("≥2万", "参保缴费人数", OUTPUT, "≥20000", "unit-missing"),
        ("≥2万", "免费发放药具", OUTPUT, "≥20000", "unit-missing"),
        ("≥2万", "培训人次", OUTPUT, "≥20000", "unit-missing"),
        ("≤3万", "拆除面积", ("成本指标", "社会成本指标"), "≤30000", "unit-missing"),
        ("≥200万人", "社保基金惠及", GAIN, "≥200万人", ""),
    ],
)
def test_wan_and_yi_alone_beside_money_are_money(text, name, levels, reads, codes):
    assert read(text, name, levels) == (reads, codes)


@pytest.mark.parametrize(
    ("text", "name", "levels", "reads", "codes"),
    [
        ("15万元", "办公成本", COST, "≤15万元", "cost-at-most"),
        ("15万元", "办公成本", ("产出指标", "成本指标"), "≤15万元", "cost-at-most"),
        ("15万元", "印刷", ("成本指标", ""), "≤15万元", "cost-at-most"),
        ("400元/人·天", "会议费标准", COST, "≤400元/人·天", "cost-at-most"),
        ("1680元/台", "电脑", COST, "≤1680元/台", "cost-at-most"),
        ("15万", "办公成本", COST, "≤15万元", "cost-at-most unit-of-money"),
        ("15", "办公成本", COST, "≤15", "cost-at-most money-without-unit"),
        ("＝15万元", "办公成本", COST, "＝15万元", ""),
        ("≥15万元", "自筹资金", COST, "≥15万元", ""),
        # more of it is better, or nobody knows: only asked about
        ("15万元", "成本节约额", COST, "＝15万元", "operator-missing"),
        ("15万元", "地方配套资金", COST, "＝15万元", "operator-missing"),
        ("100%", "成本控制率", COST, "＝100%", "operator-missing"),
        ("5次", "群众投诉次数", OUTPUT, "＝5次", "operator-missing"),
        ("2小时", "故障响应时间", OUTPUT, "＝2小时", "operator-missing"),
        ("30天", "建设", ("产出指标", "时效指标"), "＝30天", "operator-missing"),
        ("5300元/户", "临时救助标准", OUTPUT, "＝5300元/户", "operator-missing"),
        ("20万元", "设备购置费", OUTPUT, "＝20万元", "operator-missing"),
        ("-5%", "变动幅度", GAIN, "＝-5%", "operator-missing"),
        # ＝ and ≥ are scored alike: a note
        ("100%", "验收合格率", OUTPUT, "＝100%", "operator-as-equal"),
        ("20次", "巡查次数", OUTPUT, "＝20次", "operator-as-equal"),
        ("360天", "开放服务", OUTPUT, "＝360天", "operator-as-equal"),
        ("5000万元", "旅游综合收入", GAIN, "＝5000万元", "operator-as-equal"),
        ("0起", "安全事故", OUTPUT, "＝0起", "operator-as-equal"),
    ],
)
def test_what_is_meant_where_no_operator_stands(text, name, levels, reads, codes):
    assert read(text, name, levels) == (reads, codes)


@pytest.mark.parametrize(
    ("text", "name", "reads", "codes"),
    [
        ("85", "苗木成活率(≥**%)", "≥85%", "operator-of-name unit-of-name"),
        ("60", "项目总投入(≤**万元)", "≤60万元", "operator-of-name unit-of-name"),
        ("5300元/户·年", "★临时救助标准(≤**元/户·年)", "≤5300元/户·年", "operator-of-name"),
        ("0.53万元/户·年", "★临时救助标准(≤**元/户·年)", "≤0.53万元/户·年", "operator-of-name"),
        ("120", "★管网长度(≥米)", "≥120米", "operator-of-name unit-of-name"),
        ("4个", "景点数量( ≥**个 )", "≥4个", "operator-of-name"),
        ("8", "景点数量≥**个", "≥8个", "operator-of-name unit-of-name"),
        ("30", "建设成本（控制在XX万元以内）", "≤30万元", "operator-of-name unit-of-name"),
        ("30", "建设成本（不超过……万元）", "≤30万元", "operator-of-name unit-of-name"),
        ("30", "投资（≤）", "≤30", "operator-of-name money-without-unit"),
        ("10-20", "造林密度（**株/亩）", "10株/亩~20株/亩", "unit-of-name"),
        ("85", "苗木成活率%", "＝85%", "operator-as-equal unit-of-name"),
        ("≥85", "苗木成活率〔%〕", "≥85%", "unit-of-name"),
        ("85", "苗木成活率（≥N%）", "≥85%", "operator-of-name unit-of-name"),
        ("≤300", "单位成本/元", "≤300元", "unit-of-name"),
        ("≤30", "维护费用（万）", "≤30万元", "unit-of-money unit-of-name"),
        ("≤30", "维护费用/万", "≤30万元", "unit-of-money unit-of-name"),
        ("≥300", "服务人数（万）", "≥300", "unit-missing"),  # of people nobody knows whether 3 million
        ("≥300", "产量/亩", "≥300", "unit-missing"),  # for each mu
        ("≤5300元", "救助标准(≤**元/户·年)", "≤5300元", ""),
        ("≥8000", "营造林面积（单位：亩）", "≥8000亩", "unit-of-name"),
        ("8000", "营造林面积至少**亩", "≥8000亩", "operator-of-name unit-of-name"),
        ("≥8000", "营造林面积（亩）", "≥8000亩", "unit-of-name"),
        ("95", "满意度（≥95%）", "≥95%", "operator-of-name unit-of-name"),
        # both speak and agree
        ("≥85%", "苗木成活率(≥**%)", "≥85%", ""),
        ("＞85%", "苗木成活率(≥**%)", "＞85%", ""),
        ("=100%", "苗木成活率(≥**%)", "＝100%", ""),
        ("<60万元", "项目总投入(≤**万元)", "＜60万元", ""),
        ("≥95%", "满意度（≥95%）", "≥95%", ""),
        # a bracket that says who or when, not how much
        ("≥2000人", "体检人数（65岁以上）", "≥2000人", ""),
        ("2000人", "体检人数（65岁以上）", "＝2000人", "operator-as-equal"),
        ("≥20期", "培训（3天）", "≥20期", ""),
        ("≥5个", "新建项目（2026年）", "≥5个", ""),
        ("≥20人", "补助对象（户）", "≥20人", ""),
        ("≥5个", "任务（一）", "≥5个", ""),
    ],
)
def test_operator_and_unit_inside_the_name(text, name, reads, codes):
    assert read(text, name) == (reads, codes)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("≥5300元/户", "临时救助标准(≤**元/户)"),
        ("＝5300元/户", "临时救助标准(≤**元/户)"),
        ("≤85%", "苗木成活率(≥**%)"),
        ("5300元/户", "临时救助标准(≤**元/户·年)"),
        ("≥85株", "苗木成活率(≥**%)"),
        ("≥20天", "培训人次（≥**人次）"),
        ("≥95%", "满意度（≥90%）"),
        ("95", "满意度（≥90%）"),
        ("=0起", "事故（≥**起）"),
    ],
)
def test_name_and_value_that_disagree__finding(text, name):
    assert read(text, name) == ("—", "name-disagrees")


@pytest.mark.parametrize(
    ("text", "operator", "unit", "reads", "codes"),
    [
        ("85", "≥", "%", "≥85%", ""),
        ("85", "", "%", "≥85%", "operator-of-name"),
        ("85", "≥", "", "≥85%", "unit-of-name"),
        ("85", "≤", "%", "—", "name-disagrees"),
        ("85", "≥", "株", "—", "name-disagrees"),
    ],
)
def test_columns_beside_a_name_with_a_hint(text, operator, unit, reads, codes):
    assert read(text, "苗木成活率(≥**%)", operator=operator, unit=unit) == (reads, codes)


@pytest.mark.parametrize("text", ["NULL", "未填报", "待定", "XX%", "≥**%", "——", "N/A", "待核定"])
@pytest.mark.parametrize("levels", [COST, OUTPUT])
def test_a_name_never_makes_a_target_of_a_placeholder__finding(text, levels):
    assert read(text, "成活率(≥95%)", levels) == ("—", "target-placeholder")


@pytest.mark.parametrize(
    ("name", "said", "operator", "unit"),
    [
        ("补助标准（**元/户以内）", "**元/户以内", "≤", "元/户"),
        ("噪声（≤分贝(A)）", "≤分贝(A)", "≤", "分贝"),
        ("照度(≥lux)", "≥lux", "≥", "勒克斯"),
        ("次数(＝**次)", "=**次", "＝", "次"),
        ("处理量（**吨/日）", "**吨/日", "", "吨/天"),
        ("资助标准(元/人*年)", "元/人*年", "", "元/人·年"),
    ],
)
def test_what_a_name_says_of_its_target(name, said, operator, unit):
    hint = read_hint(name)
    assert hint is not None
    assert (hint.said, hint.operator or "", hint.unit) == (said, operator, unit)


@pytest.mark.parametrize("name", ["", "合格率", "任务（一）", "（含补考）合格率", "PM2.5（年均）", "工程(A)"])
def test_a_name_without_a_hint(name):
    assert read_hint(name) is None


signs = st.sampled_from(["", "≥", "≤", "＝", "不超过", "超", "控制在", "约", "═"])
numbers = st.from_regex(r"[0-9]{1,7}(\.[0-9]{1,3})?([~-][0-9]{1,5})?", fullmatch=True)
units = st.sampled_from(
    ["", "万", "亿", "元", "万元", "%", "%(百分比)", "元/人、天", "万/户", "年", "千万", "次"]
)
names = st.sampled_from(
    ["办公费", "成活率(≥**%)", "补助标准（≤**元/户·年）", "人数", "满意度（≥90%）", "印刷(≤万元)", "投入", ""]
)


def _digits(text):
    return "".join(c for c in text if c.isdigit()).strip("0")


@settings(deadline=None)
@given(signs, numbers, units, names, st.sampled_from([COST, OUTPUT, GAIN, ("", "")]))
def test_no_accepted_reading_contains_a_digit_that_is_not_in_the_text(sign, number, unit, name, levels):
    text = f"{sign}{number}{unit}"
    target, findings = read_row_target(text, Row(name, *levels), 2026, PLACE, Decimal(11))
    assert (target.kind is TargetKind.UNREADABLE) <= bool(findings)
    for value in (target.value, target.upper):
        assert value is None or _digits(format(abs(value), "f")) in _digits(text)


@settings(deadline=None)
@given(numbers, names)
def test_a_bare_number_in_a_cost_is_at_most_or_refused(number, name):
    target, findings = read_row_target(number, Row(name, *COST), 2026, PLACE)
    codes = {item.code for item in findings}
    if target.kind is TargetKind.NUMERIC and target.operator is not Operator.AT_MOST:
        assert codes & {"operator-missing", "operator-as-equal", "operator-of-name"}
    if target.kind is TargetKind.NUMERIC and measures_money(target.unit):
        assert codes & {"unit-of-name", "unit-of-money"}
