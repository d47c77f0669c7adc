"""What `import`, `explain` and `verify` show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import click

from evaluator.cli.printing import count_sentence, print_errors, print_remarks, print_table
from evaluator.pipeline.importing import Targets
from evaluator.pipeline.judging import Verdict
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Confidence, Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding, Severity, has_errors
from evaluator.values.target import render_target

_HEADS = ["编码、位置", "三级指标、级次", "指标值", "理解为", "把握", "异常"]
_ADDED = "人工"
_DOUBTFUL = (Confidence.MEDIUM, Confidence.LOW)

_STATUS = {
    "as-delivered": "与交付时一致",
    "reviewed": "只填写了复核栏",
    "resaved": "只是重新保存过",
    "same-content": "内容相同，版本不同",
    "changed": "交付后被改动",
    "record-edited": "清单或校验文件被改动",
    "missing": "缺失",
    "extra": "不在清单中",
    "not-reproduced": "重新计算结果不同",
    "input-unchanged": "输入未变",
    "input-changed": "输入已改动",
    "input-missing": "输入缺失",
    "input-added": "新增的输入",
    "rules-changed": "规则已变",
}


_NO_FILE = ("extra", "rules-changed", "record-edited")
"""What is said of something that is none of the listed files."""


def review(targets: Targets) -> list[dict[str, str]]:
    """One row for each indicator read: where from, what was read, how it was understood, how sure, what was
    unusual."""
    remarks: dict[tuple[str, str], list[Finding]] = {}
    for item in targets.findings:
        if item.indicator:
            remarks.setdefault((item.project, item.indicator), []).append(item)
    return [
        _row(project, item, remarks.get((project.key, item.code), []))
        for project in targets.projects
        for item in project.indicators
    ]


def _row(project: Project, item: Indicator, remarks: list[Finding]) -> dict[str, str]:
    confidence = _ADDED if item.added else item.confidence.value
    scanned = ["扫描识别未经核对"] if item.scan and not item.confirmed else []
    titles = "；".join(dict.fromkeys([*scanned, *(found.title for found in remarks)]))
    return {
        "project": project.name,
        "key": project.key,
        "place": str(item.place),
        "code": item.code,
        "level1": item.level1,
        "level2": item.level2,
        "name": item.name,
        "approved_name": item.as_approved("三级指标", item.name),
        "target": item.target.text,
        "approved": "" if item.added else item.approved_target,
        "kind": item.target.kind.value,
        "understood": understood_as(item.target),
        "confidence": confidence,
        "evidence": item.evidence,
        "confirmed": item.confirmed,
        "unusual": titles or (item.evidence if confidence in _DOUBTFUL and not item.confirmed else ""),
    }


def understood_as(target: Target) -> str:
    """How a target is understood, in words: ≥200人, 2026-12-31前, 定性."""
    if target.kind in (TargetKind.NUMERIC, TargetKind.RANGE):
        return render_target(target) + ("" if target.unit else "（无单位）")
    if target.kind is TargetKind.DEADLINE and target.deadline:
        return f"{target.since}至{target.deadline}" if target.since else f"{target.deadline}前"
    return target.kind.value


def print_review(workspace: Workspace, year: int, targets: Targets) -> None:
    """The review table on standard output, errors on standard error."""
    print_errors([*targets.findings, *targets.events])
    rows = review(targets)
    _print_doubtful([row for row in rows if needs_a_look(row)])
    for project in targets.projects:
        _print_project(project, [row for row in rows if row["key"] == project.key and not needs_a_look(row)])
        print_remarks(i for i in targets.findings if i.project == project.key and not i.indicator)
    keys = {project.key for project in targets.projects}
    print_remarks(item for item in targets.findings if item.project not in keys)
    _print_counts(targets, rows)
    print_remarks(targets.events)
    if targets.projects:
        folder = workspace.relative(workspace.targets(year))
        click.echo(
            f"已写入 {folder}/projects.csv 和 indicators.csv。"
            "请对照批复核对；要更正的直接改表，并填写“更正说明”。"
        )


def _print_doubtful(rows: list[dict[str, str]]) -> None:
    """The rows of all projects that people should compare with the form first."""
    if rows:
        own = [[f"{row['key']}\n{cells[0]}", *cells[1:]] for row in rows for cells in [_cells(row)]]
        title = f"先看这 {len(rows)} 行（有疑问的，按项目）"
        print_table(["项目、编码、位置", *_HEADS[1:]], own, title=title)


def _print_project(project: Project, rows: list[dict[str, str]]) -> None:
    number = "" if project.key == project.name else f"，编号 {project.key}"
    if rows:
        cells = [_cells(row) for row in rows]
        print_table(_HEADS, cells, title=f"{project.name}（{project.place.file}{number}）")


def needs_a_look(row: dict[str, str]) -> bool:
    """Whether a row is one that people should compare with the form first."""
    sure = row["confidence"] in (Confidence.HIGH.value, _ADDED) or row["confirmed"]
    return bool(row["unusual"]) or not sure


def _cells(row: dict[str, str]) -> list[str]:
    place = row["place"].partition("!")[2]
    if row["confidence"] == _ADDED:
        target, place = f"{row['target']}（人工增加）", f"表格{place}"
    else:
        target = _beside(row["target"], row["approved"])
    return [
        f"{row['code']}\n{place}",
        f"{_beside(row['name'], row['approved_name'])}\n{row['level1']}／{row['level2']}",
        target,
        row["understood"],
        row["confidence"],
        row["unusual"] or "—",
    ]


def _beside(now: str, approved: str) -> str:
    return now if now == approved else f"{now}（批复：{approved or '没有'}）"


def _print_counts(targets: Targets, rows: list[dict[str, str]]) -> None:
    counts = Counter(row["confidence"] for row in rows)
    annual = sum(len(project.annual) for project in targets.projects)
    added = f"、人工增加 {counts[_ADDED]}" if counts[_ADDED] else ""
    click.echo(
        f"读到 {len(targets.projects)} 个项目，年度指标 {annual} 个，长期指标 {len(rows) - annual} 个；"
        f"把握程度高 {counts['高']}、中 {counts['中']}、低 {counts['低']}{added}。"
    )
    click.echo(f"问题：{count_sentence(targets.findings)}。")


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


def print_verdicts(verdicts: list[Verdict], findings: list[Finding], *, everything: bool) -> None:
    """The files that differ (or all), then each change with its cell, then the verdict.

    未通过 stands where any finding is an error, which is when the exit code is 1.
    """
    shown = verdicts if everything else [item for item in verdicts if item.differs]
    if shown:
        print_table(["文件", "核验结果"], [[item.path, _STATUS[item.status]] for item in shown])
    told = [*findings, *(found for item in verdicts for found in item.findings)]
    for found in told:
        click.echo(
            f"[{found.severity.label}] {found.place}：{found.sentence}", err=found.severity is Severity.ERROR
        )
    if verdicts:
        click.echo(f"[{'未通过' if has_errors(told) else '通过'}] {_counts(verdicts)}")


def _counts(verdicts: list[Verdict]) -> str:
    """How many inputs and delivered files are as they were, and how many not."""
    inputs = [item for item in verdicts if item.status.startswith("input-")]
    files = [item for item in verdicts if item not in inputs and item.status not in _NO_FILE]
    same = sum(item.status == "as-delivered" for item in files)
    parts = [f"{len(files)} 个交付文件中 {same} 个与交付时一致"]
    if inputs:
        same = sum(item.status == "input-unchanged" for item in inputs)
        parts.append(f"{len(inputs)} 个输入中 {same} 个未变")
    rest = sum(not item.differs for item in verdicts)
    hint = "" if not rest else "；全部文件请加 --all 查看"
    return "，".join(parts) + hint
