"""What `import`, `explain` and `verify` show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from evaluator.cli.printing import count_sentence, print_errors, print_table
from evaluator.findings import Severity
from evaluator.model import Confidence
from evaluator.pipeline.importing import Targets
from evaluator.pipeline.verifying import Verdict
from evaluator.pipeline.workspace import Workspace

_STATUS = {
    "as-delivered": "与交付时一致",
    "reviewed": "只填写了复核栏",
    "changed": "交付后被改动",
    "missing": "缺失",
    "extra": "不在清单中",
    "not-reproduced": "重新计算结果不同",
    "input-unchanged": "输入未变",
    "input-changed": "输入已改动",
    "input-missing": "输入缺失",
    "input-added": "新增的输入",
    "rules-changed": "规则已变",
}


def review(targets: Targets) -> list[dict[str, str]]:
    """One row for each indicator read: where from, what was read, how sure, what was unusual."""
    remarks: dict[tuple[str, str], list[str]] = {}
    for item in targets.findings:
        if item.indicator:
            remarks.setdefault((item.project, item.indicator), []).append(item.title)
    return [
        {
            "project": project.name,
            "key": project.key,
            "place": str(item.place),
            "code": item.code,
            "level1": item.level1,
            "level2": item.level2,
            "name": item.name,
            "target": item.target.text,
            "kind": item.target.kind.value,
            "confidence": item.confidence.value,
            "evidence": item.evidence,
            "unusual": "；".join(dict.fromkeys(remarks.get((project.key, item.code), ())))
            or (item.evidence if item.confidence is Confidence.LOW else ""),
        }
        for project in targets.projects
        for item in project.indicators
    ]


def print_review(workspace: Workspace, year: int, targets: Targets) -> None:
    """The review table on standard output, errors on standard error."""
    print_errors([*targets.findings, *targets.events])
    rows = review(targets)
    for project in targets.projects:
        own = [row for row in rows if row["key"] == project.key]
        table = [
            [
                row["place"].rpartition("!")[2],
                row["code"],
                f"{row['level1']}／{row['level2']}",
                row["name"],
                row["target"],
                row["confidence"],
                row["unusual"] or "—",
            ]
            for row in own
        ]
        title = f"{project.key}（{project.place.file}）"
        print_table(["位置", "编码", "级次", "三级指标", "指标值", "把握", "异常"], table, title=title)
    counts = {level: sum(row["confidence"] == level for row in rows) for level in Confidence}
    annual = sum(len(project.annual) for project in targets.projects)
    click.echo(
        f"读到 {len(targets.projects)} 个项目，年度指标 {annual} 个，长期指标 {len(rows) - annual} 个；"
        f"把握程度高 {counts[Confidence.HIGH]}、中 {counts[Confidence.MEDIUM]}、低 {counts[Confidence.LOW]}。"
    )
    click.echo(f"问题：{count_sentence(targets.findings)}。")
    for item in targets.events:
        if item.severity is not Severity.ERROR:
            click.echo(f"[{item.severity.label}] {item.place}：{item.sentence}")
    if targets.projects:
        folder = workspace.relative(workspace.targets(year))
        click.echo(
            f"已写入 {folder}/projects.csv 和 indicators.csv。"
            "请对照批复核对；要更正的直接改表，并填写“更正说明”。"
        )


def print_explanation(derivation: dict[str, Any]) -> None:
    """A derivation for people."""
    click.secho(derivation["project"], bold=True)
    if "budget" in derivation:
        budget = derivation["budget"]
        click.echo(f"\n预算执行　{budget['score'] or '未计分'}／{budget['points']} 分")
        _print_steps(budget)
    for item in derivation["indicators"]:
        click.secho(f"\n{item['code']}　{item['level1']}／{item['level2']}／{item['name']}", bold=True)
        click.echo(f"  批复目标：{item['approved_target']}（{item['target_place']}）")
        for words in item["corrections"]:
            click.echo(f"  人工更正：{words}")
        if item["actual_place"]:
            click.echo(f"  完成情况：{item['actual'] or '（未填）'}（{item['actual_place']}）")
        click.echo(f"  得分：{item['score'] or '未计分'}／{item['points'] or '—'} 分")
        _print_steps(item)
    if "total" in derivation:
        rating = derivation["rating"] or "不评级"
        state = "" if derivation["complete"] else "（不完整）"
        click.echo(f"\n总分：{derivation['total']}{state}　评级：{rating}")


def _print_steps(item: dict[str, Any]) -> None:
    for number, step in enumerate(item["steps"], start=1):
        click.echo(f"    {number}. {step}")
    if item["citation"]:
        click.echo(f"    出处：{item['citation']['words']}")


def verdict_table(verdicts: Iterable[Verdict]) -> list[dict[str, str]]:
    """Path and status of each file."""
    return [{"path": item.path, "status": item.status} for item in verdicts]


def print_verdicts(verdicts: list[Verdict]) -> None:
    """What is to be said of each file, then each change with its cell."""
    if not verdicts:
        return
    print_table(["文件", "核验结果"], [[item.path, _STATUS[item.status]] for item in verdicts])
    findings = [found for item in verdicts for found in item.findings]
    for found in findings:
        click.echo(
            f"[{found.severity.label}] {found.place}：{found.sentence}", err=found.severity is Severity.ERROR
        )
    fine = sum(item.status in ("as-delivered", "input-unchanged", "reviewed") for item in verdicts)
    click.echo(f"[{'通过' if fine == len(verdicts) else '未通过'}] {fine}/{len(verdicts)} 个文件一致")
