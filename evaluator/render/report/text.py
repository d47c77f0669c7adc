"""What the written report says: the template's variables, all of them from the evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from evaluator.checks.data_quality import data_quality
from evaluator.records.approved import Goal, Horizon
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.render import file_names
from evaluator.render.corrected import approved_goal, budget_words, corrections_of
from evaluator.render.report.analysis import (
    NOT_SCORED,
    deviations,
    evidence_rows,
    indicator_row,
    level_groups,
    level_paragraphs,
)
from evaluator.render.report.money import budget_notes, budget_text, source_rows, sources_text
from evaluator.render.report.problems import problems_shown
from evaluator.render.report.speech import fact, gap, paragraphs, some, told
from evaluator.scoring.review import reviewed_total
from evaluator.scoring.unit_score import unit_score
from evaluator.tables.columns import BUDGET
from evaluator.values.text import show

MOST = 60
"""How many projects, deviations, ... a written report tells one by one; the score sheets have them all."""
SAMPLE = "示例数据：本报告中的完成情况是演示用的虚构数据，不是真实结果。"
_IMPROVEMENT = "改进措施及结果应用方案"
_KINDS = ("项目类别", "项目属性", "项目类型")
_TOLD = {
    "basis": "立项依据",
    "content": "主要内容",
    "work": "自评工作开展情况",
    "money_use": "资金使用管理情况",
    "organisation": "组织实施情况",
    "improvement": _IMPROVEMENT,
}


class Scope(StrEnum):
    """What one report is about."""

    UNIT = "unit"
    PROJECT = "project"


def report_context(unit: UnitEvaluation, scope: Scope = Scope.UNIT) -> dict[str, Any]:
    """The variables of the template; see docs/report-template.zh-CN.md.

    With the scope of a project, `unit` holds that one alone.
    """
    everything = [_project(item) for item in unit.evaluations]
    corrections = [{"project": name, "text": words} for name, words in corrections_of(unit)]
    deviating = [row for item in unit.evaluations for row in deviations(item)]
    evidence, problems = evidence_rows(unit.evaluations), problems_shown(unit)
    return {
        "scope": scope.value,
        "year": unit.year,
        "applicant": unit.applicant or "（未写申报单位）",
        "title": _title(unit, scope),
        "rules": unit.rules_title,
        "sample": unit.sample,
        "sample_notice": SAMPLE if unit.sample else "",
        "date_line": _date_line(unit),
        "projects": everything,
        "details": everything[:MOST],
        "details_text": _limit_text(len(everything), "个项目"),
        "facts_text": _facts_text(unit, len(corrections)),
        **{f"{name}_paragraphs": paragraphs(unit.evaluations[:MOST], label) for name, label in _TOLD.items()},
        "who_paragraphs": _who_paragraphs(unit.evaluations[:MOST]),
        "work_text": _work_text(unit),
        "result_text": _result_text(unit, scope),
        "budget_text": budget_text(unit),
        "sources_text": sources_text(unit),
        "sources": source_rows(unit.evaluations[:MOST]),
        "budget_notes": budget_notes(unit.evaluations[:MOST]),
        "deviations": deviating[:MOST],
        "deviation_text": _deviation_text(len(deviating), unit),
        "corrections": corrections[:MOST],
        "correction_text": _correction_text(len(corrections)),
        "problems": problems,
        "problem_paragraphs": paragraphs(
            unit.evaluations[:MOST], "存在问题", none_is_an_answer=True, ask=not problems
        ),
        "advice_paragraphs": paragraphs(unit.evaluations[:MOST], "有关建议", none_is_an_answer=True),
        "attachments": _attachments(unit, scope),
        "evidence": evidence[:MOST],
        "evidence_text": _evidence_text(unit, len(evidence)),
        "quality": [
            {"name": item.project.name, "rows": data_quality(item)} for item in unit.evaluations[:MOST]
        ],
        "quality_text": "各项目数据的来源、完整性、检查、更正和局限如下。"
        + _limit_text(len(unit.evaluations), "个项目"),
    }


def _title(unit: UnitEvaluation, scope: Scope) -> str:
    name = unit.evaluations[0].project.name if scope is Scope.PROJECT and unit.evaluations else ""
    return f"{unit.year}年度{name}项目支出绩效自评报告"


def _limit_text(count: int, what: str) -> str:
    return f"本节只列前{MOST}{what}，全部{count}{what}见各项目自评表。" if count > MOST else ""


def _date_line(unit: UnitEvaluation) -> str:
    day = unit.printed
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　年　　月　　日"


def _correction_text(count: int) -> str:
    if not count:
        return "没有人工更正，各项目均按批复内容计分。"
    return f"以下{count}处按人工更正执行，批复内容同时列出。" + _limit_text(count, "处更正")


def _facts_text(unit: UnitEvaluation, corrections: int) -> str:
    indicators = sum(len(item.scores) for item in unit.evaluations)
    approved = [item.project.budget for item in unit.evaluations if item.project.budget is not None]
    changed = any(c.column == BUDGET for item in unit.evaluations for c in item.project.corrections)
    whose = "项目预算（含人工更正）" if changed else "批复预算"
    money = f"，{whose}合计{show(sum(approved, Decimal(0)))}万元" if approved else ""
    tail = f"，其中{corrections}处批复内容按人工更正执行（见第二部分）" if corrections else ""
    return (
        f"{unit.year}年度纳入自评的项目{len(unit.evaluations)}个{money}，年度绩效指标{indicators}个，"
        f"按{unit.rules_title}计分{tail}。"
    )


def _work_text(unit: UnitEvaluation) -> str:
    """What is known of the work itself: on what it stands, and how far the answers go."""
    filled = sum(item.submission is not None for item in unit.evaluations)
    indicators = sum(len(item.scores) for item in unit.evaluations)
    scored = indicators - sum(item.unscored for item in unit.evaluations)
    missing = len(unit.evaluations) - filled
    tail = f"，{missing}个项目没有填报" if missing else ""
    return (
        f"本次自评以批复的项目支出绩效目标为依据，逐项对照年初目标和实际完成情况，按{unit.rules_title}计分。"
        f"已填报项目{filled}个{tail}；年度绩效指标{indicators}个，已计分{scored}个。"
    )


def _result_text(unit: UnitEvaluation, scope: Scope) -> str:
    result = unit_score(unit)
    best_first = sorted(unit.evaluations, key=lambda item: -item.total)
    ratings = Counter(item.rating for item in best_first if item.rating)
    whole, rated = "按全年预算加权，单位得分", "评级为{}的项目{}个"
    if scope is Scope.PROJECT:
        whole, rated = "自评得分", "评级为{}"
    parts = [] if result.score is None else [f"{whole}{result.score:.2f}分"]
    parts += [rated.format(name, count) for name, count in ratings.items()]
    if result.left_out:
        names = some((item.project.name for item in result.left_out), "个项目")
        parts.append(f"{len(result.left_out)}个项目计分不完整、不评级（{names}）")
    met = sum(item.met for item in unit.evaluations)
    total = sum(len(item.scores) for item in unit.evaluations)
    parts.append(f"{total}个指标中达标{met}个")
    return "，".join(parts) + "。"


def _deviation_text(count: int, unit: UnitEvaluation) -> str:
    if count:
        return f"{count}个指标未达标，或与目标值有偏差。" + _limit_text(count, "个指标")
    scored = "已计分的指标中" if any(item.unscored for item in unit.evaluations) else ""
    return f"{scored}没有未达标的指标，也没有填报偏差原因。"


def _attachments(unit: UnitEvaluation, scope: Scope) -> list[str]:
    sheets = [f"《项目支出绩效自评表》（{item.project.name}）" for item in unit.evaluations[:MOST]]
    if scope is Scope.UNIT:
        sheets = [
            f"《项目支出绩效自评表》{len(unit.evaluations)}份",
            f"《{file_names.SUMMARY.removesuffix('.xlsx')}》",
        ]
    return [*sheets, "佐证材料清单"]


def _evidence_text(unit: UnitEvaluation, count: int) -> str:
    scored = [s for item in unit.evaluations for s in item.scores if s.actual and s.actual.typed]
    lacking = sum(not (score.actual and score.actual.evidence) for score in scored)
    tail = f"另有{lacking}个已填报的指标没有列明佐证材料。" if lacking else ""
    if not count:
        return gap("佐证材料清单") + tail
    return f"填报中列明佐证材料的指标{count}个。{_limit_text(count, '个指标')}{tail}"


def _project(item: Evaluation) -> dict[str, Any]:
    budget = item.budget
    total = _total(item)
    return {
        "name": item.project.name,
        "applicant": item.project.applicant or "—",
        "kinds": "、".join(filter(None, (fact(item, name) for name in _KINDS))) or "—",
        "approved": budget_words(item.project) or "—",
        "indicators": len(item.scores),
        "total": total,
        "rating": item.rating or "—",
        "met": f"{item.met}/{len(item.scores)}",
        "rate": "—" if budget.rate is None else f"{show(budget.rate)}%",
        **{name: show(getattr(budget, name)) or "—" for name in ("initial", "adjusted", "spent")},
        "budget_score": NOT_SCORED if budget.score is None else f"{budget.score:.2f}",
        "goals": _goals(item),
        "levels": level_paragraphs(item),
        "rows": [indicator_row(score) for score in item.scores],
        "groups": level_groups(item),
        "result_text": _groups_text(item, total),
    }


def _total(item: Evaluation) -> str:
    if item.budget.score is None and item.unscored == len(item.scores):
        return NOT_SCORED
    return f"{item.total:.2f}" + ("" if item.complete else "（不完整）")


def _who_paragraphs(evaluations: Sequence[Evaluation]) -> list[str]:
    """Who is responsible for which projects: what is known of that, and nothing else."""
    groups: dict[str, list[str]] = {}
    for item in evaluations:
        known = {"申报单位": item.project.applicant}
        known |= {name: fact(item, name) for name in ("主管部门", "实施单位")}
        text = "，".join(f"{name}为{said}" for name, said in known.items() if said)
        groups.setdefault(text, []).append(item.project.name)
    unknown = groups.pop("", [])
    lines = [f"{some(names, '个项目')}：{text}。" for text, names in groups.items()]
    return [*lines, gap(f"实施主体（{some(unknown, '个项目')}）")] if unknown else lines


def _groups_text(item: Evaluation, total: str) -> str:
    several = len(item.project.goal_numbers) > 1
    parts = [
        (f"目标{group.goal}" if several else "")
        + f"{group.name}{_or_not(group.score)}（满分{show(group.points)}分）"
        for group in item.groups
    ]
    budget = item.budget
    first = f"预算执行{_or_not(budget.score)}（满分{show(budget.points)}分）"
    rating = f"，评级为{item.rating}" if item.rating else "，不评级"
    none = "" if item.scores else "批复表里没有年度指标。"
    words = total if total == NOT_SCORED else f"得分{total}"
    return f"{words}{rating}。其中：{'；'.join([first, *parts])}。{none}{_review_text(item)}"


def _review_text(item: Evaluation) -> str:
    """What the review changed, where there was one."""
    if not item.reviews:
        return ""
    return f"经复核{len(item.reviews)}项，复核得分{reviewed_total(item):.2f}分。"


def _or_not(score: Decimal | None) -> str:
    return "未计全" if score is None else f"{score:.2f}分"


def _goals(item: Evaluation) -> list[dict[str, Any]]:
    results = item.submission.goal_results if item.submission else {}
    annual = [goal for goal in item.project.goals if goal.horizon is Horizon.ANNUAL]
    several = len(annual) > 1
    return [
        {
            "number": goal.number,
            "label": f"年度绩效目标{goal.number}" if several else "年度绩效目标",
            "text": _goal_text(item, goal),
            "result": told(results[goal.number])
            if results.get(goal.number)
            else gap(f"年度绩效目标{goal.number}的实际完成情况"),
        }
        for goal in annual
    ]


def _goal_text(item: Evaluation, goal: Goal) -> str:
    was = approved_goal(item.project, goal)
    return goal.text if was is None else f"{goal.text}（人工更正；批复：{was or '没有'}）"
