"""``evaluate units``: every unit below a folder, on all cores or on a cluster, rolled up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from evaluator.cli.printing import print_errors, print_json, print_refusal, print_table
from evaluator.pipeline.rolling_up import Progress, RolledUp, roll_units_up
from evaluator.pipeline.settings import Request
from evaluator.pipeline.working import Crew, cores, crew_of
from evaluator.records.findings import Severity, has_errors
from evaluator.records.rollup import Rollup, UnitLine
from evaluator.render.rollup.names import PAGE, WORKBOOK
from evaluator.values.text import show

_WORST = 20


def run(root: Path, request: Request, workers: int | None, scheduler: str, form: str) -> int:
    """Evaluate the units, show the worst of them; returns the exit code."""
    crew = crew_of(workers or cores())
    if scheduler:
        from evaluator.pipeline.cluster import cluster

        found, problems = cluster(scheduler, root)
        if found is None:
            print_refusal(problems, form)
            return 1
        crew = found
    result = _roll_up(root, request, crew)
    if result.rollup is None:
        print_refusal([*result.findings], form)
        return 1
    if form == "json":
        from evaluator.render.rollup.units_json import to_json

        print_errors([*result.findings])
        print_json(to_json(result.rollup))
    else:
        _print(root, request.year, result, result.rollup)
    return 1 if has_errors(result.findings) or any(item.errors for item in result.done) else 0


def _roll_up(root: Path, request: Request, crew: Crew) -> RolledUp:
    with _progress() as progress:
        return roll_units_up(root, request, crew, progress)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar with rate and time left on standard error, where somebody looks."""
    if not sys.stderr.isatty():
        yield lambda done, whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = Progress(
        TextColumn("计算各单位"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("每分钟 {task.fields[rate]} 个  还需"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task("", total=None, rate="—")

        def say(done: int, whole: int) -> None:
            speed = shown.tasks[0].speed
            shown.update(task, completed=done, total=whole, rate=f"{speed * 60:.0f}" if speed else "—")

        yield say


def _print(root: Path, year: int, result: RolledUp, rollup: Rollup) -> None:
    errors = [item for item in result.findings if item.severity is Severity.ERROR]
    print_errors(errors[:_WORST])
    if len(errors) > _WORST:
        click.echo(f"（另有 {len(errors) - _WORST} 条错误，见 {WORKBOOK}）", err=True)
    worst = sorted(rollup.units, key=_badness)[:_WORST]
    print_table(
        ["单位", "文件夹", "项目", "全部计分", "加权得分", "执行率%", "错误", "没有结果的原因"],
        [_row(unit) for unit in worst],
    )
    if len(rollup.units) > len(worst):
        click.echo(f"以上是问题最多的 {len(worst)} 个单位；全部 {len(rollup.units)} 个见 {WORKBOOK}。")
    there = [unit for unit in rollup.units if not unit.problem]
    click.echo(
        f"单位 {len(rollup.units)} 个，有结果 {len(there)} 个；项目 {len(rollup.projects)} 个，"
        f"加权得分 {show(rollup.score) or '—'}，执行率 {show(rollup.rate) or '—'}%，"
        f"待办 {len(rollup.dues)} 项。"
    )
    for item in result.findings:
        if item.severity is Severity.WARNING:
            click.echo(f"[提醒] {item.place}：{item.sentence}")
    click.echo(f"汇总：{root / 'reports' / str(year)}/（从 {PAGE} 看起，表格是{WORKBOOK}）")


def _badness(unit: UnitLine) -> tuple[bool, int, str]:
    """Units without a result first, then those with most errors."""
    return not unit.problem, -unit.errors, unit.folder


def _row(unit: UnitLine) -> list[str]:
    return [
        unit.name,
        unit.folder,
        str(len(unit.projects)),
        str(unit.complete),
        show(unit.score) or "—",
        show(unit.rate) or "—",
        str(unit.errors),
        unit.problem,
    ]
