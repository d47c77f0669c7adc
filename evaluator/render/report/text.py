"""What the written report says: the template's variables, all of them from the evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from evaluator.records.approved import Goal, Horizon
from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Severity
from evaluator.records.scores import Score
from evaluator.render.corrected import approved_goal, budget_words, corrections_of, target_words
from evaluator.scoring.unit_budget import unit_budget
from evaluator.scoring.unit_score import unit_score
from evaluator.tables.columns import BUDGET
from evaluator.values.text import show

NONE_GIVEN = "（填报中没有提供）"
NOT_SCORED = "未计分"
_IMPROVEMENT = "改进措施及结果应用方案"
MOST = 60
"""How many projects, deviations, ... a written report tells one by one; the score sheets have them all."""
SAMPLE = "示例数据：本报告中的完成情况是演示用的虚构数据，不是真实结果。"
_MOST_NAMES = 10
_KINDS = ("项目类别", "项目属性", "项目类型")


def report_context(unit: UnitEvaluation) -> dict[str, Any]:
    """The variables of the template; see docs/report-template.zh-CN.md."""
    projects = [_project(item) for item in unit.evaluations]
    deviations = [
        _deviation(item, score)
        for item in unit.evaluations
        for score in item.scores
        if score.score is not None and (score.met is False or (score.actual and score.actual.reason))
    ]
    improvements = [
        {"name": item.project.name, "text": f"“{text}”"}
        for item in unit.evaluations
        if (text := _fact(item, _IMPROVEMENT))
    ]
    problems = _problems(unit)
    corrections = [{"project": name, "text": words} for name, words in corrections_of(unit)]
    return {
        "year": unit.year,
        "applicant": unit.applicant or "（未写申报单位）",
        "rules": unit.rules_title,
        "sample": unit.sample,
        "sample_notice": SAMPLE if unit.sample else "",
        "date_line": _date_line(unit),
        "projects": projects,
        "details": projects[:MOST],
        "details_text": _limit_text(len(projects), "个项目"),
        "facts_text": _facts_text(unit, len(corrections)),
        "result_text": _result_text(unit),
        "budget_text": _budget_text(unit),
        "budget_notes": [
            {"name": item.project.name, "text": item.submission.budget_note}
            for item in unit.evaluations
            if item.submission and item.submission.budget_note
        ],
        "deviations": deviations[:MOST],
        "deviation_text": _deviation_text(deviations, unit),
        "improvements": improvements[:MOST],
        "improvement_text": "以下为各项目填报的改进措施及结果应用方案，为填报人原话。"
        + _limit_text(len(improvements), "个项目")
        if improvements
        else f"各项目的改进措施及结果应用方案{NONE_GIVEN}。",
        "corrections": corrections[:MOST],
        "correction_text": _correction_text(len(corrections)),
        "problems": problems[:MOST],
        "problem_text": "以下问题影响了计分，需要处理。" + _limit_text(len(problems), "个问题")
        if problems
        else "没有影响计分的问题。",
    }


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
    tail = f"，其中{corrections}处批复内容按人工更正执行（见第七部分）" if corrections else ""
    return (
        f"{unit.year}年度纳入自评的项目{len(unit.evaluations)}个{money}，年度绩效指标{indicators}个，"
        f"按{unit.rules_title}计分{tail}。"
    )


def _result_text(unit: UnitEvaluation) -> str:
    result = unit_score(unit)
    best_first = sorted(unit.evaluations, key=lambda item: -item.total)
    ratings = Counter(item.rating for item in best_first if item.rating)
    parts = []
    if result.score is not None:
        parts.append(f"按全年预算加权，单位得分{result.score:.2f}分")
    parts += [f"评级为{name}的项目{count}个" for name, count in ratings.items()]
    if result.left_out:
        names = "、".join(item.project.name for item in result.left_out[:_MOST_NAMES])
        more = "等" if len(result.left_out) > _MOST_NAMES else ""
        parts.append(f"{len(result.left_out)}个项目计分不完整、不评级（{names}{more}）")
    met = sum(item.met for item in unit.evaluations)
    total = sum(len(item.scores) for item in unit.evaluations)
    parts.append(f"{total}个指标中达标{met}个")
    return "，".join(parts) + "。"


def _deviation_text(deviations: Sequence[object], unit: UnitEvaluation) -> str:
    if deviations:
        return f"{len(deviations)}个指标未达标或填报了偏差原因，原因为填报人原话。" + _limit_text(
            len(deviations), "个指标"
        )
    scored = "已计分的指标中" if any(item.unscored for item in unit.evaluations) else ""
    return f"{scored}没有未达标的指标，也没有填报偏差原因。"


def _budget_text(unit: UnitEvaluation) -> str:
    budget = unit_budget(unit)
    if budget.adjusted is None or budget.spent is None:
        return f"全年预算数和执行数{NONE_GIVEN}。"
    rate = "" if budget.rate is None else f"，执行率{show(budget.rate)}%"
    tail = f"；有{budget.missing}个项目没有填全，没有填的金额未计入" if budget.missing else ""
    return f"全年预算{show(budget.adjusted)}万元，执行{show(budget.spent)}万元{rate}{tail}。"


def _project(item: Evaluation) -> dict[str, Any]:
    budget = item.budget
    nothing = budget.score is None and item.unscored == len(item.scores)
    total = NOT_SCORED if nothing else f"{item.total:.2f}" + ("" if item.complete else "（不完整）")
    return {
        "name": item.project.name,
        "applicant": item.project.applicant or "—",
        "kinds": "、".join(filter(None, (_fact(item, name) for name in _KINDS))) or "—",
        "approved": budget_words(item.project) or "—",
        "indicators": len(item.scores),
        "total": total,
        "rating": item.rating or "—",
        "met": f"{item.met}/{len(item.scores)}",
        "rate": "—" if budget.rate is None else f"{show(budget.rate)}%",
        "initial": show(budget.initial) or "—",
        "adjusted": show(budget.adjusted) or "—",
        "spent": show(budget.spent) or "—",
        "budget_score": NOT_SCORED if budget.score is None else f"{budget.score:.2f}",
        "goals": _goals(item),
        "rows": [_row(score) for score in item.scores],
        "groups": _groups(item),
        "result_text": _groups_text(item, total),
    }


def _groups(item: Evaluation) -> list[dict[str, Any]]:
    several = len(item.project.goal_numbers) > 1
    results = {(group.goal, group.name): group for group in item.groups}
    groups = []
    for (goal, name), scores in groupby(item.scores, key=lambda score: (score.indicator.goal, score.group)):
        result = results.get((goal, name))
        text = (f"年度绩效目标{goal}　" if several else "") + (name or "未归组")
        if result:
            text += f"　得分{_or_not(result.score)}，满分{show(result.points)}分"
        groups.append({"text": text, "rows": [_row(score) for score in scores]})
    return groups


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
    return f"{words}{rating}。其中：{'；'.join([first, *parts])}。{none}"


def _or_not(score: Decimal | None) -> str:
    return "未计全" if score is None else f"{score:.2f}分"


def _goals(item: Evaluation) -> list[dict[str, Any]]:
    results = item.submission.goal_results if item.submission else {}
    return [
        {
            "number": goal.number,
            "text": _goal_text(item, goal),
            "result": f"“{results[goal.number]}”" if results.get(goal.number) else NONE_GIVEN,
        }
        for goal in item.project.goals
        if goal.horizon is Horizon.ANNUAL
    ]


def _goal_text(item: Evaluation, goal: Goal) -> str:
    was = approved_goal(item.project, goal)
    return goal.text if was is None else f"{goal.text}（人工更正；批复：{was or '没有'}）"


def _row(score: Score) -> dict[str, Any]:
    actual = score.actual
    return {
        "code": score.indicator.code,
        "name": score.indicator.name,
        "target": target_words(score.indicator),
        "actual": actual.typed if actual and actual.typed else "（未填）",
        "points": show(score.points) or "—",
        "score": NOT_SCORED if score.score is None else f"{score.score:.2f}",
    }


def _deviation(item: Evaluation, score: Score) -> dict[str, str]:
    reason = score.actual.reason if score.actual else ""
    row = _row(score)
    return {
        "project": item.project.name,
        "code": score.indicator.code,
        "name": score.indicator.name,
        "fact": f"目标{row['target']}，完成{row['actual']}，得{row['score']}分，分值{row['points']}分",
        "reason": f"“{reason}”" if reason else f"偏差原因{NONE_GIVEN}",
    }


def _problems(unit: UnitEvaluation) -> list[dict[str, str]]:
    names = {item.project.key: item.project.name for item in unit.evaluations}
    return [
        {"project": names.get(item.project, "全单位"), "sentence": f"{item.sentence}（{item.place}）"}
        for item in unit.all_findings
        if item.severity is Severity.ERROR
    ]


def _fact(item: Evaluation, name: str) -> str:
    return item.submission.facts.get(name, "") if item.submission else ""
