"""Hubei's printed form (项目自评表): its columns, its plan, its head, goals and foot."""

from __future__ import annotations

from evaluator.records.evaluation import Evaluation
from evaluator.render.book import pieces
from evaluator.render.columns import Column, Columns
from evaluator.render.corrected import marked_name
from evaluator.render.score_sheet.budget import write_budget_row
from evaluator.render.score_sheet.cells import label
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.layout import Layout
from evaluator.render.score_sheet.plan import BESIDE, LEVELS, Panel, Plan, by_goal, columns_beside, goal_words
from evaluator.render.score_sheet.table import goal_points, reason_words, write_heads
from evaluator.values.text import show, squash

# The choices printed on the form, each with the ways in which people write it.
_CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "项目类别": {
        "部门预算项目": ("部门预算",),
        "省（市）直专项": ("省直专项", "市直专项", "省(市)直专项"),
        "对下转移支付项目": ("对下转移支付", "转移支付"),
    },
    "项目属性": {"持续性项目": ("持续性",), "新增性项目": ("新增性", "新增")},
    "项目类型": {"常年性项目": ("常年性",), "延续性项目": ("延续性",), "一次性项目": ("一次性",)},
}
_COLUMNS = (
    Column("goal", "年度绩效\n目标", 9),
    *LEVELS,
    Column("target", "年初目标值\n（A）", 14),
    Column("actual", "实际完成值\n（B）", 17),
    Column("score", "得分", 8.5),
    Column("gap", "", 1.2),
    *BESIDE,
    Column("points", "分值", 7),
)
_BUDGET = {"points": "points", "adjusted": "name", "spent": "target", "rate": "actual", "score": "score"}
_IMPROVEMENTS = "改进措施及结果应用方案"


def plan_hubei(evaluation: Evaluation, title: int) -> Plan:
    """Where everything stands on Hubei's form, its title in row `title`."""
    columns = Columns((*_COLUMNS, *columns_beside(evaluation)))
    even = columns.has("even_points")
    end = ("even_points" if even else "group_points", "gap2")
    panel = Panel(("code", "points"), "completion", ("share", "deduction"), end)
    funds = title + 8
    width = columns.width("level1", "score") - 1
    texts: dict[int, tuple[str, ...]] = {}
    goals: dict[int, int] = {}
    rows: dict[str, int] = {}
    row = funds + 2
    for number, scores in by_goal(evaluation).items():
        goals[number] = row
        text, result = goal_words(evaluation, number)
        for words in (f"目标内容：{text}", f"实际完成情况：{result}"):
            for piece in pieces(words, width):
                texts[row] = (piece,)
                row += 1
        for score in scores:
            rows[score.indicator.code] = row
            row += 1
    return Plan(columns, _BUDGET, panel, title, funds, (), texts, funds + 1, goals, rows, row)


def write_hubei_head(form: Form) -> None:
    """Write everything above the table: project, department, kind of project, budget."""
    top, facts = form.plan.title, form.facts
    form.band(top + 2, "goal", "level1", "项目名称", "label")
    form.band(top + 2, "level2", "score", marked_name(form.evaluation.project))
    form.band(top + 3, "goal", "level1", "主管部门", "label")
    form.band(top + 3, "level2", "name", facts.get("主管部门", ""))
    form.put("target", top + 3, "项目实施单位", "label")
    form.band(top + 3, "actual", "score", facts.get("实施单位") or form.evaluation.project.applicant)
    for row, (name, choices) in enumerate(_CHOICES.items(), top + 4):
        form.band(row, "goal", "level1", name, "label")
        form.band(row, "level2", "score", choose(choices, facts.get(name, "")))
    _write_budget(form)


def choose(choices: dict[str, tuple[str, ...]], answer: str) -> str:
    """The printed choices with the answer's ticked; an answer that is none of them stands after them."""
    folded = squash(answer)
    ticked = [bool(folded) and folded in (squash(c), *aliases) for c, aliases in choices.items()]
    words = [f"{n}．{c} {'■' if t else '□'}" for n, (c, t) in enumerate(zip(choices, ticked, strict=True), 1)]
    if folded and not any(ticked):
        words.append(f"（填写：{answer}）")
    return "    ".join(words)


def _write_budget(form: Form) -> None:
    points, row = show(form.evaluation.budget.points), form.plan.funds
    words = f"预算执行情况\n（万元）（{points}分）"
    form.band(row - 1, "goal", "level1", words, "label", to=row)
    heads = {"level2": "", "name": "预算数（A）", "target": "执行数（B）", "actual": "执行率（B/A）"}
    for role, head in {**heads, "score": "得分"}.items():
        form.put(role, row - 1, head, "heading")
    write_heads(form, row - 1)
    label_words = form.rules.budget.funds_label.replace("资金总额", "\n资金总额")
    form.put("level2", row, label_words, "centre")
    form.put("code", row, "预算执行", "centre", font_size=9)
    form.put("named", row, None, "closed")
    write_budget_row(form)


def write_hubei_goals(form: Form) -> None:
    """Write each annual goal's name and points beside its indicators, its text and result above them."""
    for number, scores in by_goal(form.evaluation).items():
        first = form.plan.goals[number]
        last = max(form.plan.rows[score.indicator.code] for score in scores)
        name = f"年度绩效目标{number}（{goal_points(form, number)}分）"
        form.band(first, "goal", "goal", name, "label", to=last)
    for row, (words,) in form.plan.goal_texts.items():
        form.band(row, "level1", "score", words)


def write_hubei_foot(form: Form) -> int:
    """Write causes and improvements under the table; returns the next free row."""
    row = form.plan.total + 1
    reasons = reason_lines(form)
    row = _lines(form, row, "偏差大或目标未完成\n原因分析", reasons or [""])
    planned = form.facts.get(_IMPROVEMENTS, "")
    if not planned and reasons:
        planned = "各项改进措施见上栏所列。"
    return _lines(form, row, "改进措施及\n结果应用方案", [planned])


def reason_lines(form: Form) -> list[str]:
    """The people's own reasons, one a line: the budget's, then the indicators'."""
    note = form.evaluation.submission.budget_note if form.evaluation.submission else ""
    lines = [f"预算执行：{note}"] if note else []
    reasons = ((score, reason_words(score)) for score in form.evaluation.scores)
    return [*lines, *(f"{label(score)}：{words}" for score, words in reasons if words)]


def _lines(form: Form, row: int, head: str, lines: list[str]) -> int:
    width = form.plan.columns.width("level2", "score") - 1
    fitting = [piece for line in lines for piece in pieces(line, width)]
    last = row + len(fitting) - 1
    form.band(row, "goal", "level1", head, "label", to=last)
    for at, line in enumerate(fitting, row):
        form.band(at, "level2", "score", line)
    return last + 1


HUBEI = Layout(
    name="hubei",
    title="项目自评表",
    plan=plan_hubei,
    write_head=write_hubei_head,
    write_goals=write_hubei_goals,
    write_foot=write_hubei_foot,
    budget_roles=_BUDGET,
    side=("goal", "level1"),
    side_text="level2",
    needed_facts=("主管部门", *_CHOICES),
)
