"""Head, goals and foot of the national form (项目支出绩效自评表)."""

from __future__ import annotations

from evaluator.records.submitted import Fund
from evaluator.render.book import pieces
from evaluator.render.corrected import marked_name
from evaluator.render.score_sheet.budget import write_budget_row
from evaluator.render.score_sheet.cells import label
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.plan import fund_names
from evaluator.render.score_sheet.table import goal_points, long_reasons, write_heads

_FUNDS = {
    "name": "年初预算数",
    "target": "全年预算数",
    "actual": "全年执行数",
    "points": "分值",
    "score": "执行率",
    "reason": "得分",
}


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
    form.put("level2", row, "年度资金总额", "centre")
    form.put("code", row, "预算执行", "centre", font_size=9)
    write_budget_row(form)
    funds = {
        fund.name: fund for fund in (form.evaluation.submission.funds if form.evaluation.submission else ())
    }
    for at, name in zip(plan.parts, fund_names(form.evaluation), strict=True):
        first = "其中：\n" if at == plan.parts[0] else ""
        form.put("level2", at, first + name, "centre")
        _write_part(form, at, funds.get(name))


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
    width = form.plan.width("level2", "reason") - 1
    lines = [piece for line in lines for piece in pieces(line, width)]
    head = "偏差原因分析及改进措施（续）"
    form.band(row, "level1", "level1", head, "label", to=row + len(lines) - 1)
    form.measure(row, "\n\n", form.plan.width("level1", "level1"))
    for at, line in enumerate(lines, row):
        form.band(at, "level2", "reason", line)
    return row + len(lines)
