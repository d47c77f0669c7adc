"""From the tables of a rule file to its records, one function a section."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from evaluator.records.submitted import FUND_NAMES, Grade
from evaluator.rulesets.records import (
    WEIGHT_WORDS,
    Allocation,
    Band,
    BudgetClause,
    Clause,
    Entry,
    Group,
    Kind,
    RuleClause,
    Scale,
    Slot,
    Threshold,
    WeightSource,
    ZeroBudget,
)
from evaluator.rulesets.table import Table
from evaluator.values.text import CENT, show

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_POINTS, _PERCENT, _TIMES = "分", "%", "倍"
_SLOT_TITLES = {
    Slot.AT_LEAST: "定量指标（≥、＞）",
    Slot.AT_MOST: "定量指标（≤、＜）",
    Slot.EQUAL: "定量指标（＝）",
    Slot.EQUAL_ZERO: "目标值为0（＝0）",
    Slot.RANGE: "区间指标",
    Slot.DEADLINE: "时限指标",
    Slot.QUALITATIVE: "定性指标",
}
_FITTING = {
    Slot.AT_LEAST: (Kind.RATIO,),
    Slot.AT_MOST: (Kind.REVERSE_RATIO, Kind.REVERSE_LINEAR),
    Slot.EQUAL: (Kind.RATIO,),
    Slot.EQUAL_ZERO: (Kind.ZERO_TARGET,),
    Slot.RANGE: (Kind.RANGE,),
    Slot.DEADLINE: (Kind.DEADLINE,),
    Slot.QUALITATIVE: (Kind.BANDED,),
}
_KIND_WORDS = {
    Kind.RATIO: "正向比例",
    Kind.REVERSE_RATIO: "反向比例",
    Kind.REVERSE_LINEAR: "反向线性",
    Kind.ZERO_TARGET: "不大于0得满分",
    Kind.RANGE: "区间内得满分",
    Kind.DEADLINE: "按期得满分",
    Kind.BANDED: "分档评定",
}
_ENTRY_TITLES = {
    Entry.REASON: "偏差原因及改进措施",
    Entry.DESCRIPTION: "完成情况说明",
    Entry.DEDUCTION_REASON: "扣减理由",
    Entry.BUDGET_NOTE: "预算调整说明",
}


def read_budget(budget: Table, zero: Table, money: Table) -> BudgetClause:
    """Points of budget execution, what a budget of 0 gives, whose money counts."""
    points = budget.number("points", _ZERO, _HUNDRED)
    outcome = zero.choice("outcome", ZeroBudget)
    words = {ZeroBudget.UNSCORED: "不计分", ZeroBudget.ZERO: "得0分"}[outcome]
    funds = money.members("counted", FUND_NAMES)
    return BudgetClause(
        points,
        budget.clause("预算执行情况", {"points": points}, unit=_POINTS),
        outcome,
        zero.clause("全年预算数为0", {"outcome": words}),
        funds,
        money.clause("计入预算执行的资金", {"counted": "、".join(funds)}),
    )


def read_allocation(table: Table) -> Allocation:
    """Points of the level-1 groups in one of the cases that a rule set knows."""
    present = table.texts("present")
    groups = tuple(_read_group(item) for item in table.tables("groups"))
    _check_groups(table, present, groups)
    values = {group.name: group.points for group in groups}
    case = f"（有{'、'.join(present)}的）" if present else ""
    return Allocation(present, groups, table.clause(f"一级指标分值{case}", values, unit=_POINTS))


def _read_group(table: Table) -> Group:
    group = Group(
        table.text("group"),
        table.texts("level1"),
        table.number("points", CENT, _HUNDRED),
        table.text("heir") if table.has("heir") else "",
    )
    table.close()
    return group


def _check_groups(table: Table, present: tuple[str, ...], groups: tuple[Group, ...]) -> None:
    names = [group.name for group in groups]
    terms = [term for group in groups for term in group.level1]
    reasons = [
        f"“{name}”出现了两次" for name in {*names, *terms} if max(names.count(name), terms.count(name)) > 1
    ]
    reasons += [f"“{group.name}”没有一级指标" for group in groups if not group.level1]
    reasons += [f"“{term}”不属于任何一组" for term in present if term not in terms]
    reasons += [
        f"“{group.name}”的分值由“{group.heir}”继承，而它不是另外一组"
        for group in groups
        if group.heir and (group.heir == group.name or group.heir not in names)
    ]
    for reason in sorted(reasons):
        table.report("rules-group-invalid", "groups", reason=reason)


def read_rules(table: Table) -> dict[Slot, RuleClause]:
    """The rule of every slot."""
    rules = {slot: _read_rule(table.table(slot), slot) for slot in Slot}
    table.close()
    return rules


def _read_rule(table: Table, slot: Slot) -> RuleClause:
    kind = table.choice("kind", _FITTING[slot])
    if kind is Kind.RATIO:
        mark = table.number("pass_mark", _ZERO, _HUNDRED)
        words = f"{_KIND_WORDS[kind]}，{f'及格线{show(mark)}%' if mark else '不设及格线'}"
        clause = table.clause(_SLOT_TITLES[slot], {"pass_mark": mark}, unit=_PERCENT, words=words)
        return RuleClause(kind, clause, pass_mark=mark)
    if kind is Kind.BANDED:
        bands = _read_bands(table)
        values = {band.grade.value: f"{show(band.low)}–{show(band.high)}" for band in bands}
        return RuleClause(kind, table.clause(_SLOT_TITLES[slot], values, unit=_PERCENT), bands=bands)
    return RuleClause(kind, table.clause(_SLOT_TITLES[slot], {"kind": _KIND_WORDS[kind]}))


def _read_bands(table: Table) -> tuple[Band, ...]:
    """Three bands, best grade first, that cover 0 to 100 without a gap."""
    bands = []
    for item in table.tables("bands"):
        bands.append(
            Band(
                item.choice("grade", Grade),
                item.number("low", _ZERO, _HUNDRED),
                item.number("high", _ZERO, _HUNDRED),
            )
        )
        item.close()
    ends = [_HUNDRED, *(band.low for band in bands)]
    falling = all(band.low < band.high for band in bands)
    joined = [band.high for band in bands] == ends[:-1] and ends[-1] == 0
    if bands and not (falling and joined and [band.grade for band in bands] == list(Grade)):
        values = "、".join(f"{band.grade.value} {show(band.low)}–{show(band.high)}" for band in bands)
        expected = "按达成、部分达成、未达成的次序从100连续降到0"
        table.report("rules-order", "bands", values=values, expected=expected)
    return tuple(bands)


def read_share(table: Table) -> Threshold:
    """The share of the points that 达成预期指标 earns where no share was typed."""
    share = table.number("share", _ZERO, _HUNDRED)
    return Threshold(share, table.clause("达成而未填得分比例", {"share": share}, unit=_PERCENT))


def read_overshoot(flag: Table, reason: Table) -> tuple[Threshold, Threshold]:
    """From which multiple of the target an actual is flagged, and from which it must be explained."""
    least, most = Decimal(1), Decimal(1000)
    first, second = flag.number("ratio", least, most), reason.number("ratio", least, most)
    if first > second:
        flag.report(
            "rules-order",
            "ratio",
            values=f"{show(first)}、{show(second)}",
            expected=f"不大于 {reason.at('ratio')}",
        )
    return (
        Threshold(first, flag.clause("远超目标的提示", {"ratio": first}, unit=_TIMES)),
        Threshold(second, reason.clause("远超目标须说明", {"ratio": second}, unit=_TIMES)),
    )


def read_weights(table: Table) -> tuple[WeightSource, Clause]:
    """Where the points of an indicator come from."""
    source = table.choice("source", WeightSource)
    return source, table.clause("指标分值的来源", {"source": WEIGHT_WORDS[source]})


def read_method(table: Table, title: str, method: str, words: str) -> Clause:
    """A clause that knows one method only; it is written out so that its citation is."""
    table.word("method", [method])
    return table.clause(title, {"method": words})


def read_mandatory(tables: list[Table]) -> dict[Entry, Clause]:
    """What a person has to fill in beside the actual."""
    clauses: dict[Entry, Clause] = {}
    for table in tables:
        entry = table.choice("entry", Entry)
        clauses[entry] = table.clause(f"必填：{_ENTRY_TITLES[entry]}", {"entry": _ENTRY_TITLES[entry]})
    return clauses


def read_scale(table: Table) -> Scale:
    """A rating scale; its bounds fall strictly to 0."""
    grades = []
    for item in table.tables("grades"):
        grades.append((item.text("name"), item.number("from", _ZERO, _HUNDRED)))
        item.close()
    bounds = [bound for _, bound in grades]
    falling = all(upper > lower for upper, lower in pairwise(bounds))
    if bounds and not (falling and bounds[-1] == 0):
        values = "、".join(show(bound) for bound in bounds)
        table.report("rules-order", "grades", values=values, expected="从高到低并以0结束")
    return Scale(tuple(grades), table.clause("评级", dict(grades), unit=_POINTS))
