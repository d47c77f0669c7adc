"""Which rule set a sheet is audited by, and why: what was asked for, what its notes say, what agrees most."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from evaluator.audit.judging import judge_budget, judge_row
from evaluator.audit.projects import differing, group_points
from evaluator.audit.records import AuditedSheet, Judged, JudgedBudget
from evaluator.audit.words import words
from evaluator.rulesets import RuleSet, load
from evaluator.values.text import squash

DEFAULT = "hubei"
_HUNDRED = Decimal(100)
_LAYOUTS = {"hubei": "湖北省表样", "national": "财政部表样", "system": "系统导入表"}


def choose_rules(sheet: AuditedSheet, given: RuleSet | None) -> tuple[RuleSet, str]:
    """The rule set and the reason in words; `given` is that of ``--rules``."""
    if given is not None:
        return given, "由 --rules 指定"
    noted = _by_notes(sheet)
    if noted:
        return _load(noted[0]), f"表上写明（“{noted[1]}”）"
    names = words().candidates.get(sheet.layout, (DEFAULT,))
    layout = _LAYOUTS.get(sheet.layout, sheet.layout)
    if len(names) == 1:
        return _load(names[0]), f"按表样判断（{layout}）"
    agreed = {name: agreement(sheet, _load(name)) for name in names}
    best = max(names, key=lambda name: agreed[name])  # of equals the first
    if not sum(agreed[best]):
        return _load(best), f"{layout}可能用几种规则，表上没有可比的得分和分值，按较常见的一种"
    counts = "、".join(f"{name} {sum(agreed[name])}项" for name in names)
    return _load(best), f"{layout}可能用几种规则，取与表上得分和分值一致最多的（{counts}）"


def _by_notes(sheet: AuditedSheet) -> tuple[str, str] | None:
    """The rule set that a sheet names first, and in which words; others may be mentioned beside it."""
    said = squash(f"{sheet.remarks}\n{sheet.notes}")
    found = [
        (match.start(), name, match[0])
        for name, patterns in words().rules.items()
        for pattern in patterns
        if (match := pattern.search(said))
    ]
    return min(found)[1:] if found else None


@cache
def _load(name: str) -> RuleSet:
    rules, findings = load(name)
    if rules is None:
        raise ValueError(f"{name}: {findings}")  # ships with the package
    return rules


def agreement(sheet: AuditedSheet, rules: RuleSet) -> tuple[int, int]:
    """How many printed scores, and how many of the printed points, are what the rules say."""
    judged = [judge_row(row, sheet, rules) for row in sheet.rows]
    scores = sum(item.computed is not None and item.score == item.computed for item in judged)
    budget = judge_budget(sheet.budget, rules)
    points = int(budget is not None and budget.points == rules.budget.points)
    groups = (group_points(sheet, judged, rules) or ()) if _is_whole(judged, budget) else ()
    return scores, points + len(groups) - len(differing(groups))


def _is_whole(rows: Iterable[Judged], budget: JudgedBudget | None) -> bool:
    """Whether the printed points are all there are; on a sheet that is cut off a group is short."""
    points = sum((row.points or Decimal(0) for row in rows), Decimal(0))
    return points + (budget.points or Decimal(0) if budget else Decimal(0)) == _HUNDRED
