"""Workspaces of N made-up projects: approved forms of the usual layout, workbooks filled in."""

from __future__ import annotations

from pathlib import Path

from evaluator.pipeline.importing import import_targets, load_targets_as_they_are
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Project, TargetKind
from evaluator.records.submitted import Grade
from evaluator.render.fill_in.workbook import new_stamp, write_fill_in
from evaluator.rulesets import RuleSet, load
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.entries import row_text

YEAR = 2026
ROWS = """\
{goal}1\t成本指标\t经济成本指标\t业务委托费\t≤{cost}万元\t计划标准
\t产出指标\t数量指标\t受理事项数量\t≥{count}件\t计划标准
\t\t数量指标\t培训人数\t≥{people}人\t计划标准
\t\t质量指标\t办件合格率\t≥95%\t行业标准
\t\t时效指标\t完成时间\t2026年12月底前\t计划标准
\t效益指标\t社会效益指标\t政策知晓度\t明显提升\t计划标准
\t满意度指标\t服务对象满意度指标\t服务对象满意度\t≥90%\t计划标准
"""
FORM = """\
项目支出绩效目标批复表
申报单位：
某市社会保险中心
金额单位：万元
项目名称\t业务经费{number:04d}\t项目预算\t{cost}
项目绩效总目标
名称\t目标说明
长期绩效目标1\t保障各项经办业务有序开展，提升服务水平。
年度绩效目标1\t保障年度经办业务有序开展，提升服务水平。
长期绩效目标表
目标名称\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据
{long_term}年度绩效目标表
目标名称\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据
{annual}"""


def build(root: Path, size: int) -> None:
    """Forms, tables and filled workbooks of `size` projects below `root`."""
    workspace = Workspace(root)
    source = workspace.source(YEAR)
    source.mkdir(parents=True)
    forms = [_form(number) for number in range(1, size + 1)]
    for start in range(0, size, 50):
        text = "\n".join(forms[start : start + 50])
        (source / f"批复-{start // 50 + 1:03d}.txt").write_text(text, encoding="utf-8")
    rules, _ = load("hubei")
    assert rules is not None
    for number, project in enumerate(import_targets(workspace, YEAR).projects):
        path = workspace.actuals(YEAR) / f"{project.key}.xlsx"
        write_fill_in(path, project, YEAR, rules, _entries(project, rules, number))


def change(root: Path, number: int) -> None:
    """Fill one of the workbooks with other figures."""
    workspace = Workspace(root)
    rules, _ = load("hubei")
    assert rules is not None
    project = load_targets_as_they_are(workspace, YEAR).projects[0]
    path = workspace.actuals(YEAR) / f"{project.key}.xlsx"
    write_fill_in(path, project, YEAR, rules, _entries(project, rules, number + 1000))


def _form(number: int) -> str:
    values = {"cost": 10 + number % 90, "count": 20 + number % 300, "people": 100 + number % 900}
    long_term, annual = (ROWS.format(goal=goal, **values) for goal in ("长期目标", "年度目标"))
    return FORM.format(number=number, cost=values["cost"], long_term=long_term, annual=annual)


def _entries(project: Project, rules: RuleSet, number: int) -> Entries:
    rows = {item.code: _row(item.target, number) for item in project.annual}
    amounts = {"initial": project.budget, "adjusted": project.budget, "spent": project.budget}
    return Entries(
        stamp=new_stamp(project, YEAR, rules),
        place=project.place,
        rows=rows,
        texts={item.code: row_text(item) for item in project.annual},
        goals={1: Entry("各项业务按计划完成。")},
        funds={
            (fund, name): Entry(float(amount or 0) if fund == "当年财政拨款" else 0)
            for fund in ("当年财政拨款", "上年结转资金", "其他资金")
            for name, amount in amounts.items()
        },
    )


def _row(target: object, number: int) -> dict[str, Entry]:
    kind, value, unit = target.kind, target.value, target.unit  # type: ignore[attr-defined]
    reason = {
        "reason": Entry("受上半年业务量影响，下半年已补办，今后按月调度。"),
        "evidence": Entry("业务台账"),
    }
    if kind is TargetKind.DEADLINE:
        from datetime import datetime

        return {"completed": Entry(datetime(2026, 11, 1 + number % 28), "yyyy-mm-dd"), **reason}
    if kind is TargetKind.QUALITATIVE:
        return {
            "grade": Entry(Grade.ACHIEVED.value),
            "description": Entry("公开栏、短信和窗口同步宣传。"),
            **reason,
        }
    share = 0.9 + number % 20 / 100
    if unit == "%":
        return {"actual": Entry(round(min(share, 1.0), 4), "0.####%"), **reason}
    return {"actual": Entry(round(float(value) * min(share, 1.0 if unit == "万元" else 2), 2)), **reason}
