"""Projects and submissions in a few words, scored by the rules in force, for the tests of what is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from evaluator.records.approved import (
    Correction,
    Goal,
    Horizon,
    Indicator,
    Operator,
    Project,
    Target,
    TargetKind,
)
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.source import Place
from evaluator.records.submitted import Actual, Answer, Fund, Grade, Submission
from evaluator.rulesets import RuleSet, load
from evaluator.scoring import score_project

GROUPS = {"CB": "成本指标", "CC": "产出指标", "XY": "效益指标", "MY": "满意度指标"}
LEVEL2 = {"CB": "经济成本指标", "CC": "数量指标", "XY": "社会效益指标", "MY": "服务对象满意度指标"}
FORM = Place("targets/2026/source/form.txt", "表1", "12")
BOOK = Place("actuals/2026/a.xlsx", "实际完成值", "G7")
D = Decimal


def at_least(text: str, value: str, unit: str = "") -> Target:
    return Target(text, TargetKind.NUMERIC, Operator.AT_LEAST, D(value), unit=unit)


def at_most(text: str, value: str, unit: str = "") -> Target:
    return Target(text, TargetKind.NUMERIC, Operator.AT_MOST, D(value), unit=unit)


def equal(text: str, value: str, unit: str = "") -> Target:
    return Target(text, TargetKind.NUMERIC, Operator.EQUAL, D(value), unit=unit)


def between(text: str, low: str, high: str, unit: str = "") -> Target:
    return Target(text, TargetKind.RANGE, None, D(low), D(high), unit)


def until(text: str, last: date) -> Target:
    return Target(text, TargetKind.DEADLINE, deadline=last)


def words(text: str) -> Target:
    return Target(text, TargetKind.QUALITATIVE)


def indicator(code: str, name: str, target: Target, *, goal: int = 1, **more: Any) -> Indicator:
    kind = code[:2]
    return Indicator(
        code, Horizon.ANNUAL, goal, GROUPS[kind], LEVEL2[kind], name, target, "计划标准", FORM, **more
    )


def filled(code: str, value: str | None = None, unit: str = "", **more: Any) -> Actual:
    typed = more.pop("typed", value or "")
    number = None if value is None else D(value)
    return Actual(code, BOOK, Answer.FILLED, typed, number, unit, **more)


def submission(actuals: Iterable[Actual], *, sample: bool = False, **more: Any) -> Submission:
    more.setdefault("funds", (Fund("当年财政拨款", D("29.68"), D("29.68"), D("25.7"), BOOK),))
    by_code = {actual.code: actual for actual in actuals}
    return Submission("p", 2026, BOOK, actuals=by_code, sample=sample, **more)


def project(
    indicators: Iterable[Indicator], *, key: str = "p", name: str = "法律服务", **more: Any
) -> Project:
    indicators = tuple(indicators)
    goals = tuple(
        Goal(Horizon.ANNUAL, n, f"第{n}个目标：提升社保服务的法治水平。", FORM)
        for n in sorted({item.goal for item in indicators})
    )
    return Project(
        key,
        name,
        "鄂州市社会保险中心",
        D("29.68"),
        more.pop("goals", goals),
        indicators,
        FORM,
        "0" * 64,
        **more,
    )


def rules(name: str) -> RuleSet:
    loaded, findings = load(name)
    assert loaded is not None, findings
    return loaded


def evaluate(item: Project, given: Submission | None, ruleset: str) -> Evaluation:
    return score_project(item, given, rules(ruleset))


def unit(ruleset: str, *evaluations: Evaluation, **more: Any) -> UnitEvaluation:
    loaded = rules(ruleset)
    return UnitEvaluation(2026, loaded.name, loaded.title, loaded.sha256, loaded.layout, evaluations, **more)


# --- the cases ----------------------------------------------------------------------------------

MIXED = (
    indicator("CB-01", "律师服务费", at_most("≤29.68万元", "29.68", "万元")),
    indicator("CC-01", "受理案件数量", at_most("≤20件", "20", "件")),
    indicator("CC-02", "日常社保法律咨询", at_least("≥4000次", "4000", "次")),
    indicator("CC-03", "每次咨询时长", between("30—60分钟", "30", "60", "分钟")),
    indicator("CC-04", "服务完成时间", until("2026年内", date(2026, 12, 31))),
    indicator("XY-01", "社保服务知识普及", words("明显提升")),
    indicator(
        "MY-01",
        "参保人满意度",
        at_least("≥90%", "90", "%"),
        corrections=(Correction("指标值", "≥09%", "≥90%", "批复表笔误，已电话核实"),),
    ),
)
FACTS = {
    "主管部门": "鄂州市人力资源和社会保障局",
    "项目类别": "部门预算",
    "项目属性": "持续性",
    "项目类型": "常年性",
}
MIXED_ACTUALS = (
    filled("CB-01", "257000", "元", typed="257000"),
    filled(
        "CC-01", "23", "件", reason="年内新增历史遗留案件3件，已向主管部门报告；下年度按实际受理量申报目标。"
    ),
    filled(
        "CC-02",
        "5200",
        "次",
        description="含电话咨询",
        evidence="咨询台账",
        reason="线上渠道开通，咨询量上升",
    ),
    filled("CC-03", "45", "分钟"),
    filled(
        "CC-04",
        completed=date(2027, 1, 20),
        typed="2027-01-20",
        grade=Grade.PARTLY,
        share=D(65),
        reason="验收推迟",
    ),
    filled(
        "XY-01",
        typed="部分达成",
        grade=Grade.PARTLY,
        share=D(75),
        description="已开展宣传",
        reason="覆盖不足",
    ),
    filled("MY-01", "93.5", "%", deduction=D("0.5"), deduction_reason="样本量不足"),
)


def mixed(ruleset: str, **more: Any) -> Evaluation:
    """One of each kind: met, missed, over-achieved, in another unit, late, qualitative, deducted."""
    funds = (
        Fund("当年财政拨款", D("29.68"), D("27"), D("23.7"), BOOK),
        Fund("上年结转资金", D(0), D("2.68"), D("2"), BOOK),
        Fund("其他资金", None, None, None, BOOK),
    )
    results = {1: "全年受理案件23件，开展咨询5200次。"}
    given = submission(MIXED_ACTUALS, funds=funds, facts=FACTS, goal_results=results, **more)
    return evaluate(project(MIXED), given, ruleset)


def many_funds(ruleset: str) -> Evaluation:
    """Money of every source; the grant told by who gave it."""
    funds = (
        Fund("当年财政拨款", D("29.68"), D("27"), D("23.7"), BOOK),
        Fund("上年结转资金", D(0), D("2.68"), D("2"), BOOK),
        Fund("其他资金", D("3.2"), D("3.2"), D("1.5"), BOOK),
        Fund("财政专户资金", D(0), D("0.5"), D("0.5"), BOOK),
        Fund("中央补助", D("20"), D("20"), D("18"), BOOK, "当年财政拨款"),
        Fund("省级资金", D("9.68"), D("7"), D("5.7"), BOOK, "当年财政拨款"),
    )
    given = submission(MIXED_ACTUALS, funds=funds, facts=FACTS)
    return evaluate(project(MIXED, key="funds", name="资金来源多"), given, ruleset)


def unfinished(ruleset: str) -> Evaluation:
    """One actual blank, one unreadable."""
    given = [actual for actual in MIXED_ACTUALS if actual.code not in ("CC-01", "XY-01")]
    given.append(Actual("CC-01", BOOK, Answer.UNREADABLE, "完成"))
    return evaluate(project(MIXED, key="unfinished", name="未完成项目"), submission(given), ruleset)


def own_points(ruleset: str) -> Evaluation:
    """Points set by hand within one group."""
    own = {"CC-01": D(1), "CC-02": D(10)}
    given = [replace(actual, points=own.get(actual.code)) for actual in MIXED_ACTUALS]
    return evaluate(project(MIXED, key="own", name="自定分值项目"), submission(given), ruleset)


LONG_NAME = "全市机关事业单位及企业职工基本养老保险个人权益记录查询打印与异地协查核验服务" * 2
LONG_REASON = (
    "受上级系统切换影响，数据迁移推迟至第四季度，期间业务办理转为线下，办结时间延长；已与承建单位约定补救进度。"
    * 12
)


def hard(ruleset: str) -> Evaluation:
    """Forty indicators of two goals, names of 80 characters, reasons of 600."""
    kinds = ["CB"] * 4 + ["CC"] * 10 + ["XY"] * 4 + ["MY"] * 2
    indicators, actuals = [], []
    for goal in (1, 2):
        for n, kind in enumerate(kinds, 1):
            code = f"{kind}-{goal}{n:02d}"
            name = LONG_NAME[:80] if n % 3 else "业务资料印刷"
            indicators.append(indicator(code, name, at_least("≥95.00%", "95", "%"), goal=goal))
            missed = n % 5 == 0
            reason = LONG_REASON[:600] if n % 10 == 0 else LONG_REASON[:120] if missed else ""
            more: dict[str, Any] = (
                {"description": LONG_REASON[:600], "evidence": LONG_REASON[:600]} if n == 10 else {}
            )
            if n == 7:
                more = {"deduction": D("0.1"), "deduction_reason": LONG_REASON[:600]}
            actuals.append(filled(code, "80.25" if missed else "97", "%", reason=reason, **more))
    text = "确保工伤保险业务有序开展，更好服务参保单位及群众，大力宣传工伤保险基金政策。" * 8
    goals = tuple(Goal(Horizon.ANNUAL, n, text, FORM) for n in (1, 2))
    given = submission(
        actuals, sample=True, facts=FACTS, goal_results={1: text, 2: LONG_REASON * 3}, budget_note=text[:200]
    )
    return evaluate(project(indicators, key="hard", name=LONG_NAME[:80], goals=goals), given, ruleset)


EDGES = (
    (indicator("CB-01", "支出下降", at_most("≤0%", "0", "%")), {"value": "-3.5", "unit": "%"}),
    (
        indicator("CB-02", "单价", at_most("＜1,681,680元", "1681680", "元")),
        {"value": "1700000.01", "unit": "元"},
    ),
    (indicator("CC-01", "事故数", equal("为0", "0", "件")), {"value": "0", "unit": "件"}),
    (indicator("CC-02", "故障数", equal("=0件", "0", "件")), {"value": "2", "unit": "件"}),
    (indicator("CC-03", "涨幅", between("±10%", "-10", "10", "%")), {"value": "12.345", "unit": "%"}),
    (indicator("CC-04", "时长", between("30至60分钟", "30", "60", "分钟")), {"value": "7", "unit": "分钟"}),
    (indicator("CC-05", "净增", at_least("≥3人", "3", "人")), {"value": "-2", "unit": "人"}),
    (
        indicator("CC-06", "参保人数", at_least("≥33.81万人", "33.81", "万人")),
        {"value": "338099", "unit": "人"},
    ),
    (
        indicator("CC-07", "完工", until("12月底之前完成", date(2026, 12, 31))),
        {"grade": Grade.MISSED, "share": D("33.3")},
    ),
    (indicator("CC-08", "验收", until("2026/06/30", date(2026, 6, 30))), {"completed": date(2026, 6, 30)}),
    (indicator("XY-01", "规范性", words("增强")), {"grade": Grade.ACHIEVED}),
    (indicator("XY-02", "普及", words('明显"提升"')), {"grade": Grade.MISSED, "share": D(0)}),
    (indicator("MY-01", "满意度", at_least("≥0.97比例", "97", "%")), {"value": "96.99", "unit": "%"}),
)


def edges(ruleset: str) -> Evaluation:
    """Zero, negative, exactly on the bound, just beyond it; a budget of nothing."""
    given = [filled(item.code, **entry) for item, entry in EDGES]
    funds = (Fund("当年财政拨款", D(0), D(0), D(0), BOOK),)
    form = project((item for item, _ in EDGES), key="edges", name="边界")
    return evaluate(form, submission(given, funds=funds), ruleset)


def in_doubt(ruleset: str) -> Evaluation:
    """Points set by hand that do not add up, and a level-1 term that no group has."""
    strange = replace(MIXED[0], code="TR-01", level1="投入指标")
    given = [replace(actual, points=D(50)) for actual in MIXED_ACTUALS if actual.code != "CC-02"]
    return evaluate(project((*MIXED, strange), key="doubt", name="有疑问"), submission(given), ruleset)


def empty(ruleset: str) -> Evaluation:
    """A form without annual indicators."""
    return evaluate(project((), key="empty", name="没有指标"), submission(()), ruleset)


def untouched(ruleset: str) -> Evaluation:
    """No workbook was filled."""
    return evaluate(project(MIXED, key="untouched", name="未填报项目"), None, ruleset)


def slipped(ruleset: str) -> Evaluation:
    """Money typed in 元 where 万元 are asked for, and one fund half filled in."""
    funds = (Fund("当年财政拨款", D(296800), D(296800), D(257000), BOOK),)
    return evaluate(
        project(MIXED, key="slipped", name="单位填错"), submission(MIXED_ACTUALS, funds=funds), ruleset
    )


def half_filled(ruleset: str) -> Evaluation:
    """A fund without what was spent of it."""
    funds = (
        Fund("当年财政拨款", D("29.68"), D("27"), D("23.7"), BOOK),
        Fund("上年结转资金", D(0), D("2.68"), None, BOOK),
    )
    return evaluate(
        project(MIXED, key="half", name="只填一半"), submission(MIXED_ACTUALS, funds=funds), ruleset
    )
