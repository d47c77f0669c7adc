"""The report's sentences and rows about money, all amounts in 万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.submitted import Fund
from evaluator.render.report.speech import gap, told
from evaluator.scoring.unit_budget import uncounted_funds, unit_budget
from evaluator.values.text import half_up, show


def budget_text(unit: UnitEvaluation) -> str:
    """What the year's budget was and what was spent of it."""
    budget = unit_budget(unit)
    if budget.adjusted is None or budget.spent is None:
        return gap("全年预算数和全年执行数")
    rate = "" if budget.rate is None else f"，预算执行率{show(budget.rate)}%"
    tail = f"；有{budget.missing}个项目没有填全，没有填的金额未计入" if budget.missing else ""
    names = uncounted_funds(unit)
    whose = f"（按计分规则不含{'、'.join(names)}）" if names else ""
    return f"全年预算{show(budget.adjusted)}万元，全年执行{show(budget.spent)}万元{rate}{whose}{tail}。"


def sources_text(unit: UnitEvaluation) -> str:
    """Budget and spending by source of funds; empty where nothing was filled in."""
    sums: dict[str, list[Decimal]] = {}
    for item in unit.evaluations:
        for fund in (fund for fund in _used(item) if not fund.part_of):
            whole = sums.setdefault(fund.name, [Decimal(0), Decimal(0)])
            whole[0] += fund.adjusted or 0
            whole[1] += fund.spent or 0
    parts = [f"{name}{show(had)}万元、执行{show(spent)}万元" for name, (had, spent) in sums.items()]
    return f"全年预算按资金来源分：{'；'.join(parts)}。" if parts else ""


def source_rows(evaluations: Sequence[Evaluation]) -> list[dict[str, str]]:
    """One row for each source of each project's funds that has any money."""
    return [
        {
            "project": item.project.name if at == 0 else "",
            "source": f"其中：{fund.name}" if fund.part_of else fund.name,
            "initial": show(fund.initial) or "—",
            "adjusted": show(fund.adjusted) or "—",
            "spent": show(fund.spent) or "—",
            "rate": _rate(fund),
        }
        for item in evaluations
        for at, fund in enumerate(_used(item))
    ]


def _used(item: Evaluation) -> list[Fund]:
    funds = item.submission.funds if item.submission else ()
    return [fund for fund in funds if any((fund.initial, fund.adjusted, fund.spent))]


def _rate(fund: Fund) -> str:
    if not fund.adjusted or fund.spent is None:
        return "—"
    return f"{show(half_up(fund.spent / fund.adjusted * 100))}%"


def budget_notes(evaluations: Sequence[Evaluation]) -> list[dict[str, Any]]:
    """Why the year's budget is not that of its beginning: as told, or a gap where it must be told."""
    notes = []
    for item in evaluations:
        budget, note = item.budget, item.submission.budget_note if item.submission else ""
        changed = None not in (budget.initial, budget.adjusted) and budget.initial != budget.adjusted
        if note or changed:
            moved = (
                f"预算由年初的{show(budget.initial)}万元调整为{show(budget.adjusted)}万元。"
                if changed
                else ""
            )
            words = told(note) if note else gap("预算调整的原因")
            notes.append({"name": item.project.name, "text": f"{moved}{words}"})
    return notes
