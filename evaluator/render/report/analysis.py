"""How each group of indicators came out, in sentences; what deviates, and why people say it does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.records.submitted import Answer
from evaluator.render.corrected import target_words
from evaluator.render.report.speech import gap, statement
from evaluator.values.text import show

NOT_SCORED = "未计分"
_MOST = 20
_ORDER = ("成本指标", "产出指标", "效益指标", "满意度指标")


def level_paragraphs(item: Evaluation) -> list[dict[str, str]]:
    """One paragraph for each level-1 term that the project has, the usual four first."""
    levels = dict.fromkeys(score.indicator.level1 for score in item.scores)
    ordered = sorted(levels, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    return [
        {
            "name": name or "未列级次的指标",
            "text": _level_text([s for s in item.scores if s.indicator.level1 == name]),
        }
        for name in ordered
    ]


def _level_text(scores: Sequence[Score]) -> str:
    unscored = [score for score in scores if score.score is None]
    rest = [score for score in scores if score.score is not None]
    groups = {
        "达标": [score for score in rest if score.met],
        "未达标": [score for score in rest if not score.met],
        "未计分": unscored,
    }
    counts = [f"{word}{len(group)}项" for word, group in groups.items() if group or word == "达标"]
    parts = [f"共{len(scores)}项，{'，'.join(counts)}{_got(rest)}"]
    parts += [f"{word}的有：{_outcomes(group)}" for word, group in groups.items() if group]
    return f"{'。'.join(parts)}。{_descriptions(scores)}"


def _got(scored: Sequence[Score]) -> str:
    points = sum(score.points or 0 for score in scored)
    return f"，得{sum(s.score or 0 for s in scored):.2f}分（满分{show(points)}分）" if points else ""


def _outcomes(group: Sequence[Score]) -> str:
    more = f"等{len(group)}项" if len(group) > _MOST else ""
    return "、".join(_outcome(score) for score in group[:_MOST]) + more


def _descriptions(scores: Sequence[Score]) -> str:
    """What people say of how it came out."""
    described = [
        f"{score.indicator.name}方面，{statement(score.actual.description)}"
        for score in scores[:_MOST]
        if score.actual and score.actual.description
    ]
    return "据填报，" + "".join(described) if described else ""


def _outcome(score: Score) -> str:
    """An indicator with its target and what became of it: 受理案件数量（目标≤20件，实际23件，得8.70分）."""
    words = [f"目标{score.indicator.target.text}", actual_words(score)]
    if score.score is not None and not score.met:
        words.append(f"得{score.score:.2f}分")
    return f"{score.indicator.name}（{'，'.join(words)}）"


def actual_words(score: Score) -> str:
    """What was achieved, in words."""
    actual = score.actual
    if actual is None or actual.answer is Answer.BLANK:
        return "未填报"
    grade = f"评定为{actual.grade.value}" if actual.grade else ""
    if actual.completed:
        return "，".join(filter(None, (f"实际于{actual.completed.isoformat()}完成", grade)))
    if grade:
        return grade
    return f"实际{actual.typed}" if actual.typed else "未填报"


def indicator_row(score: Score) -> dict[str, Any]:
    """An indicator as a row of the report's table."""
    actual = score.actual
    return {
        "code": score.indicator.code,
        "name": score.indicator.name,
        "target": target_words(score.indicator),
        "actual": actual.typed if actual and actual.typed else "（未填）",
        "points": show(score.points) or "—",
        "score": NOT_SCORED if score.score is None else f"{score.score:.2f}",
    }


def level_groups(item: Evaluation) -> list[dict[str, Any]]:
    """The rows of a project's table under the name and score of their group."""
    several = len(item.project.goal_numbers) > 1
    results = {(group.goal, group.name): group for group in item.groups}
    groups = []
    for (goal, name), scores in groupby(item.scores, key=lambda score: (score.indicator.goal, score.group)):
        result = results.get((goal, name))
        text = (f"年度绩效目标{goal}　" if several else "") + (name or "未归组")
        if result:
            got = "未计全" if result.score is None else f"{result.score:.2f}分"
            text += f"　得分{got}，满分{show(result.points)}分"
        groups.append({"text": text, "rows": [indicator_row(score) for score in scores]})
    return groups


def deviations(item: Evaluation) -> list[dict[str, str]]:
    """What was missed or explained, with the reason as people tell it."""
    return [
        _deviation(item, score)
        for score in item.scores
        if score.score is not None and (score.met is False or (score.actual and score.actual.reason))
    ]


def _deviation(item: Evaluation, score: Score) -> dict[str, str]:
    reason = score.actual.reason if score.actual else ""
    row = indicator_row(score)
    return {
        "project": item.project.name,
        "code": score.indicator.code,
        "name": score.indicator.name,
        "fact": f"目标{row['target']}，{actual_words(score)}，得{row['score']}分（分值{row['points']}分）",
        "reason": f"据填报，原因和改进措施是：{statement(reason)}" if reason else gap("偏差原因及改进措施"),
    }


def evidence_rows(evaluations: Sequence[Evaluation]) -> list[dict[str, str]]:
    """The index of evidence: what was named for which indicator."""
    named = [
        (item, score)
        for item in evaluations
        for score in item.scores
        if score.actual and score.actual.evidence
    ]
    return [
        {
            "number": str(at),
            "project": item.project.name,
            "code": score.indicator.code,
            "name": score.indicator.name,
            "evidence": score.actual.evidence if score.actual else "",
        }
        for at, (item, score) in enumerate(named, 1)
    ]
