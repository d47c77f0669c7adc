"""What a double click runs: folders made, the main job done, three lines said, and what comes next opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from evaluator.cli.main_job import carry_out
from evaluator.cli.printing import count_sentence, print_errors
from evaluator.pipeline.running import Assessment
from evaluator.pipeline.samples import set_all_samples_aside
from evaluator.pipeline.settings import Request
from evaluator.pipeline.workspace import Workspace
from evaluator.records.evaluation import UnitEvaluation
from evaluator.records.findings import Finding, Severity, has_errors
from evaluator.render import file_names
from evaluator.scoring.unit_score import unit_score
from evaluator.storage.files import is_there, refusal
from evaluator.tables import PROJECTS

Opener = Callable[[Path], bool]
_WAITING = ("workbook-empty", "workbook-missing")
_LAST_MONTH_OF_THE_YEAR_BEFORE = 6


def start(
    workspace: Workspace,
    year: int | None,
    rules: str,
    today: date,
    open_path: Opener,
    *,
    numbered: bool = False,
) -> int:
    """Do what can be done for a year and open what comes next; returns the exit code.

    With `numbered`, the report's table of contents gets page numbers.
    """
    aside = set_all_samples_aside(workspace)
    print_errors(aside)
    if has_errors(aside):
        return 1
    for item in aside:
        click.echo(item.sentence)
    year = year or workspace.newest_year or default_year(today)
    refused = _make_folders(workspace, year)
    if refused:
        print_errors(refused)
        return 1
    source = workspace.source(year)
    if not workspace.sources(year) and not is_there(workspace.targets(year) / PROJECTS):
        click.echo(f"{year}年度还没有批复表。")
        click.echo(
            "请把财政部门下达的《项目支出绩效目标批复表》（docx、xlsx、xls、pdf、html、txt 均可）"
            "放进下面的文件夹，再运行一次。"
        )
        _open(source, "文件夹", open_path)
        return 1
    assessment, events = carry_out(workspace, Request(year, rules, pages={} if numbered else None))
    if assessment.unit is None:
        return _say_nothing_read(source, assessment, events, open_path)
    print_errors(events)
    _say_result(workspace, assessment.unit, assessment.findings, open_path)
    return 1 if has_errors([*assessment.findings, *events]) else 0


def _make_folders(workspace: Workspace, year: int) -> list[Finding]:
    """Findings: those of `refusal`, for the folders that cannot be made."""
    findings = []
    for folder in (workspace.source(year), workspace.actuals(year), workspace.reports(year)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            findings.append(refusal(error, workspace.place(folder)))
    return findings


def default_year(today: date) -> int:
    """The year that is evaluated when nothing says which: until June it is still the last one."""
    return today.year - 1 if today.month <= _LAST_MONTH_OF_THE_YEAR_BEFORE else today.year


def _say_nothing_read(source: Path, assessment: Assessment, events: list[Finding], open_path: Opener) -> int:
    found = [*assessment.findings, *events]
    print_errors(found)
    click.echo("还不能计分：批复表或计分规则没有读到。")
    click.echo(f"问题：{count_sentence(found)}，见上；请逐条改正后再运行一次。")
    _open(source, "批复表的文件夹", open_path)
    return 1


def _say_result(
    workspace: Workspace, unit: UnitEvaluation, findings: tuple[Finding, ...], open_path: Opener
) -> None:
    complete = sum(item.complete for item in unit.evaluations)
    score = unit_score(unit).score
    weighted = "" if score is None else f"，单位得分 {score:.2f}"
    sample = "（含示例数据，得分仅供演示）" if unit.sample else ""
    count = len(unit.evaluations)
    click.echo(f"{unit.year}年度 {count} 个项目，计分完整的 {complete} 个{weighted}{sample}。")
    click.echo(f"问题：{count_sentence(findings)}。{_advice(unit, findings)}")
    to_do = workspace.reports(unit.year) / file_names.TO_DO
    page = workspace.reports(unit.year) / file_names.PAGE
    _open(*((to_do, "待改清单") if has_errors(findings) else (page, "成果网页")), open_path)


def _advice(unit: UnitEvaluation, findings: tuple[Finding, ...]) -> str:
    errors = [item for item in findings if item.severity is Severity.ERROR]
    if errors and all(item.code in _WAITING for item in errors):
        waiting = len(errors)
        return f"有 {waiting} 张填报表等着填写：点清单最右一栏打开，填好保存后再运行一次。"
    if errors:
        return "请按清单逐条改好（点最右一栏打开那个单元格），保存后再运行一次。"
    return f"全部项目已计分，请核对后签字上报 reports/{unit.year}/。"


def _open(path: Path, what: str, open_path: Opener) -> None:
    """Open it, and say where it is: whoever sees no window can go there."""
    opened = open_path(path)
    click.echo(f"{'已打开' if opened else '请打开'}{what}：{path}")
