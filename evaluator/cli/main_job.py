"""The main job on the terminal: run it, show the result, say what to do next."""

from __future__ import annotations

import gc
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import click

from evaluator.cli.printing import (
    count_sentence,
    print_errors,
    print_evaluation,
    print_json,
    print_refusal,
    print_remarks,
)
from evaluator.pipeline.job import do_job, store_of
from evaluator.pipeline.running import Assessment
from evaluator.pipeline.settings import Request
from evaluator.pipeline.working import cores, crew_of
from evaluator.pipeline.workshop import Workshop
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, Severity, has_errors
from evaluator.render import file_names

_OBJECTS = 20_000
"""New objects after which Python looks for some that nothing refers to any more."""


def carry_out(
    workspace: Workspace, request: Request, workshop: Workshop | None = None
) -> tuple[Assessment, list[Finding]]:
    """Evaluate a year and deliver it, with progress shown; and what happened on the way (events)."""
    workshop = workshop or Workshop(crew_of(cores()), store_of(workspace), sheets=True)
    # Almost all that a run makes lives until its end: looking for what does not costs more than it frees.
    gc.set_threshold(_OBJECTS)
    with Progress() as progress:
        job = do_job(workspace, request, workshop, progress.show)
    return job.assessment, [*job.events]


def run(workspace: Workspace, request: Request, form: str, workers: int | None = None) -> int:
    """Evaluate a year, deliver it and show the result; returns the exit code.

    `workers` are the processes that share the work (None: as many as there are cores).
    """
    workshop = Workshop(crew_of(workers or cores()), store_of(workspace), sheets=True)
    assessment, events = carry_out(workspace, request, workshop)
    if assessment.unit is None:
        print_refusal([*assessment.findings, *events], form)
        return 1
    if form == "json":
        from evaluator.render.evaluation_json import to_json

        print_errors([*assessment.findings, *events])
        print_json(to_json(assessment.unit))
    else:
        _print(workspace, assessment, assessment.unit, events, request.rules)
    return 1 if has_errors([*assessment.findings, *events]) else 0


def _print(
    workspace: Workspace, assessment: Assessment, unit: UnitEvaluation, events: list[Finding], rules: str
) -> None:
    print_errors([*assessment.findings, *events])
    print_remarks(events)
    print_evaluation(unit)
    if unit.sample:
        click.secho("※ 含示例数据：得分仅供演示，所有报告上都有标注。", fg="yellow")
    _print_remarks(assessment.findings)
    _print_next(workspace, unit, [*assessment.findings, *events], rules)


def _print_remarks(findings: tuple[Finding, ...]) -> None:
    """Warnings by kind: how many there are, and of what."""
    warnings = Counter(item.title for item in findings if item.severity is Severity.WARNING)
    click.echo(f"问题：{count_sentence(findings)}。")
    for title, times in warnings.most_common():
        click.echo(f"  [提醒] {title} ×{times}")


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

    def __init__(self) -> None:
        self._shown, self._width = sys.stderr.isatty(), 0

    def counter(self, what: str, whole: int = 0) -> Callable[[], None]:
        """What counts one more of `whole` things done each time that it is called."""
        numbers = count(1)
        return lambda: self.show(what, next(numbers), whole)

    def show(self, what: str, done: int, whole: int) -> None:
        """Say what is being done, how much of it is done, of how much (0: not known)."""
        if self._shown:
            text = f"{what} {done}/{whole}" if whole else f"{what} {done}"
            self._width = max(self._width, 2 * len(text))
            click.echo(f"\r{text}", nl=False, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
