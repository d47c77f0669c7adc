"""The main job on the terminal: run it, show the result, say what to do next."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from evaluator.cli.printing import count_sentence, print_errors, print_evaluation, print_json, print_refusal
from evaluator.pipeline.delivering import deliver, hash_inputs
from evaluator.pipeline.running import Assessment, assess
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, Severity, has_errors
from evaluator.render import file_names


def carry_out(workspace: Workspace, request: Request) -> tuple[Assessment, list[Finding]]:
    """Evaluate a year and deliver it, with progress shown; and what happened on the way (events)."""
    with Progress("计分") as progress:
        assessment = assess(workspace, request, writing=True, progress=progress.tick)
    if assessment.unit is None or assessment.rules is None:
        return assessment, [*assessment.events]
    inputs, unread = hash_inputs(workspace, request.year, assessment.rules)
    with Progress("写报告") as progress:
        delivery = deliver(workspace, request, assessment.unit, assessment.rules, inputs, progress.tick)
    return assessment, [*assessment.events, *unread, *delivery]


def run(workspace: Workspace, year: int, rules: str, printed: date | None, form: str) -> int:
    """Evaluate a year, deliver it and show the result; returns the exit code."""
    assessment, events = carry_out(workspace, Request(year, rules, printed))
    if assessment.unit is None:
        print_refusal([*assessment.findings, *events], form)
        return 1
    if form == "json":
        from evaluator.render.evaluation_json import to_json

        print_errors([*assessment.findings, *events])
        print_json(to_json(assessment.unit))
    else:
        _print(workspace, assessment, assessment.unit, events, rules)
    return 1 if has_errors([*assessment.findings, *events]) else 0


def _print(
    workspace: Workspace, assessment: Assessment, unit: UnitEvaluation, events: list[Finding], rules: str
) -> None:
    print_errors([*assessment.findings, *events])
    for item in events:
        if item.severity is not Severity.ERROR:
            click.echo(f"[{item.severity.label}] {item.place}：{item.sentence}")
    print_evaluation(unit)
    if unit.sample:
        click.secho("※ 含示例数据：得分仅供演示，所有报告上都有标注。", fg="yellow")
    _print_remarks(assessment.findings)
    _print_next(workspace, unit, [*assessment.findings, *events], rules)


def _print_remarks(findings: tuple[Finding, ...]) -> None:
    """Warnings by kind: how many there are, and of what."""
    warnings = Counter(item.title for item in findings if item.severity is Severity.WARNING)
    click.echo(f"问题：{count_sentence(findings)}。")
    for title, count in warnings.most_common():
        click.echo(f"  [提醒] {title} ×{count}")


def _print_next(workspace: Workspace, unit: UnitEvaluation, findings: list[Finding], rules: str) -> None:
    folder = workspace.relative(workspace.reports(unit.year))
    click.echo(
        f"报告：{folder}/（从 {file_names.PAGE} 看起；每个项目一份自评表，汇总见{file_names.SUMMARY}）"
    )
    click.echo("下一步：")
    waiting = sum(item.submission is None for item in unit.evaluations)
    if waiting:
        click.echo(
            f"  · {waiting} 个项目还没有填报："
            f"请填写 {workspace.relative(workspace.actuals(unit.year))}/ 中的表"
        )
    elif has_errors(findings):
        click.echo("  · 按上面的[错误]逐条改正后再运行一次")
    here = "" if workspace.root == Path.cwd() else f" -C {_quoted(str(workspace.root))}"
    same = f"{f' --rules {_quoted(rules)}' if rules else ''}{here}"
    click.echo(f"  · 全部问题及所在单元格：evaluate check --year {unit.year}{same}")
    if unit.evaluations:
        name = unit.evaluations[0].project.name
        click.echo(f"  · 看某个项目怎样得分：evaluate explain {_quoted(name)} --year {unit.year}{same}")
    click.echo(f"  · 交付前后核验：evaluate verify {folder}{here}")


def _quoted(text: str) -> str:
    """An argument as it can be pasted into this system's command line."""
    if re.fullmatch(r"[\w./:~（）、，“”-]+", text):
        return text
    return subprocess.list2cmdline([text]) if os.name == "nt" else shlex.quote(text)


class Progress:
    """A counter on standard error while a person waits; nothing where nobody looks."""

    def __init__(self, label: str) -> None:
        self._label, self._count = label, 0
        self._shown = sys.stderr.isatty()

    def tick(self) -> None:
        """Count one more."""
        self._count += 1
        if self._shown:
            click.echo(f"\r{self._label} {self._count}", nl=False, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and self._count:
            click.echo("\r" + " " * 30 + "\r", nl=False, err=True)
