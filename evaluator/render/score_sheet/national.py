"""The national printed form (项目支出绩效自评表): its columns, its plan, its head, goals and foot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from evaluator.records.evaluation import Evaluation
from evaluator.records.submitted import Fund
from evaluator.render.book import pieces
from evaluator.render.columns import Column, Columns
from evaluator.render.corrected import marked_name
from evaluator.render.score_sheet.budget import write_budget_row
from evaluator.render.score_sheet.cells import label
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.layout import Layout
from evaluator.render.score_sheet.plan import (
    BESIDE,
    LEVELS,
    Panel,
    Plan,
    annual_goals,
    by_goal,
    columns_beside,
    fund_names,
    goal_words,
)
from evaluator.render.score_sheet.table import goal_points, long_reasons, write_heads

_FUNDS = {
    "name": "年初预算数",
    "target": "全年预算数",
    "actual": "全年执行数",
    "points": "分值",
    "score": "执行率",
    "reason": "得分",
}

_COLUMNS = (
    *LEVELS,
    Column("target", "年度指标值", 14),
    Column("actual", "实际完成值", 16),
    Column("points", "分值", 7.5),
    Column("score", "得分", 8.5),
    Column("reason", "偏差原因分析及改进措施", 30),
    Column("gap", "", 1.2),
    *BESIDE,
)
_BUDGET = {
    "points": "points",
    "initial": "name",
    "adjusted": "target",
    "spent": "actual",
    "rate": "score",
    "score": "reason",
}


def plan_national(evaluation: Evaluation, title: int) -> Plan:
    """Where everything stands on the national form, its title in row `title`."""
    columns = Columns((*_COLUMNS, *columns_beside(evaluation)))
    even = columns.has("even_points")
    pair = ("even_points", "even_score") if even else ("group_points", "group_score")
    panel = Panel(("code", "completion"), "share", ("deduction", pair[0]), (pair[1], "gap2"))
    funds = title + 5
    parts = tuple(range(funds + 1, funds + 1 + len(fund_names(evaluation))))
    row = funds + len(parts) + 2
    texts = dict(enumerate(_goal_rows(columns, evaluation), row))
    header = row + len(texts)
    row = header + 1
    goals: dict[int, int] = {}
    rows: dict[str, int] = {}
    found = by_goal(evaluation)
    for number, scores in found.items():
        goals[number] = row
        row += len(found) > 1
        for score in scores:
            rows[score.indicator.code] = row
            row += 1
    return Plan(columns, _BUDGET, panel, title, funds, parts, texts, header, goals, rows, row)


def _goal_rows(columns: Columns, evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    left, right = columns.width("level2", "target") - 1, columns.width("actual", "reason") - 1
    numbers = sorted({*by_goal(evaluation), *(goal.number for goal in annual_goals(evaluation))}) or [1]
    for number in numbers:
        text, result = goal_words(evaluation, number)
        ordinal = f"目标{number}：" if len(numbers) > 1 else ""
        yield from zip_longest(pieces(ordinal + text, left), pieces(result, right), fillvalue="")


def write_national_head(form: Form) -> None:
    """Write everything above the table: project, department, funds, goals of the year."""
    top, facts = form.plan.title, form.facts
    form.put("level1", top + 2, "项目名称", "label")
    form.band(top + 2, "level2", "reason", marked_name(form.evaluation.project))
    form.put("level1", top + 3, "主管部门", "label")
    form.band(top + 3, "level2", "target", facts.get("主管部门", ""))
    form.put("actual", top + 3, "实施单位", "label")
    form.band(top + 3, "points", "reason", facts.get("实施单位") or form.evaluation.project.applicant)
    _write_funds(form)
    _write_goal_texts(form)


def _write_funds(form: Form) -> None:
    plan, row = form.plan, form.plan.funds
    form.band(row - 1, "level1", "level1", "项目资金\n（万元）", "label", to=max(plan.parts))
    form.put("level2", row - 1, "", "heading")
    for role, head in _FUNDS.items():
        form.put(role, row - 1, head, "heading")
    write_heads(form, row - 1)
    form.put("level2", row, form.rules.budget.funds_label, "centre")
    form.put("code", row, "预算执行", "centre", font_size=9)
    form.put("named", row, None, "closed")
    write_budget_row(form)
    funds = {
        fund.name: fund for fund in (form.evaluation.submission.funds if form.evaluation.submission else ())
    }
    for at, name in zip(plan.parts, fund_names(form.evaluation), strict=True):
        fund = funds.get(name)
        first = "拨款中：\n" if fund and fund.part_of else ""
        first = "其中：\n" if at == plan.parts[0] else first
        form.put("level2", at, first + name, "centre")
        _write_part(form, at, fund)


def _write_part(form: Form, row: int, fund: Fund | None) -> None:
    amounts = (fund.initial, fund.adjusted, fund.spent) if fund else (None, None, None)
    for role, amount in zip(("name", "target", "actual"), amounts, strict=True):
        form.put(role, row, amount, "number", num_format="#,##0.00####")
    for role in ("points", "score", "reason"):
        form.put(role, row, "—", "centre")


def _write_goal_texts(form: Form) -> None:
    rows = form.plan.goal_texts
    first = min(rows) - 1
    form.band(first, "level1", "level1", "年度总体目标", "label", to=max(rows))
    form.band(first, "level2", "target", "预期目标", "heading")
    form.band(first, "actual", "reason", "实际完成情况", "heading")
    for row, (text, result) in rows.items():
        form.band(row, "level2", "target", text)
        form.band(row, "actual", "reason", result)


def write_national_goals(form: Form) -> None:
    """Where there are several annual goals, write each one's name and points above its indicators."""
    if len(form.plan.goals) < 2:
        return
    for number, row in form.plan.goals.items():
        words = f"年度绩效目标{number}（{goal_points(form, number)}分）"
        form.band(row, "level1", "reason", words, "label", bold=True, align="left")


def write_national_foot(form: Form) -> int:
    """Write the budget's explanation and the long reasons under the table; returns the next free row."""
    row = form.plan.total + 1
    note = form.evaluation.submission.budget_note if form.evaluation.submission else ""
    lines = [f"预算执行：{note}"] if note else []
    lines += [f"{label(s)}：{words}" for s, words in long_reasons(form)]
    if not lines:
        return row
    width = form.plan.columns.width("level2", "reason") - 1
    lines = [piece for line in lines for piece in pieces(line, width)]
    head = "偏差原因分析及改进措施（续）"
    form.band(row, "level1", "level1", head, "label", to=row + len(lines) - 1)
    form.measure(row, "\n\n", form.plan.columns.width("level1", "level1"))
    for at, line in enumerate(lines, row):
        form.band(at, "level2", "reason", line)
    return row + len(lines)


NATIONAL = Layout(
    name="national",
    title="项目支出绩效自评表",
    plan=plan_national,
    write_head=write_national_head,
    write_goals=write_national_goals,
    write_foot=write_national_foot,
    budget_roles=_BUDGET,
    side=("level1", "level2"),
    side_text="name",
    needed_facts=("主管部门",),
)
