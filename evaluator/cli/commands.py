"""``evaluate`` and its commands."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from evaluator import __version__
from evaluator.cli.options import (
    Year,
    format_option,
    optional_year_option,
    pages_option,
    read_day,
    read_folder,
    read_out,
    read_paths,
    read_rules,
    report_option,
    rules_option,
    workers_option,
    workspace_of,
    workspace_option,
    year_option,
)
from evaluator.cli.usage import Group
from evaluator.pipeline.workspace import Workspace
from evaluator.records.findings import has_errors

DATE = click.option(
    "--date",
    "printed",
    metavar="YYYY-MM-DD",
    callback=read_day,
    help="印在表上的日期，如 2027-01-15；不写则留空待填",
)


_ALONE = ("-h", "--help", "--version")


class Evaluate(Group):
    """A group that is the main job itself when it is given a year and no command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options of a command may stand before it, as in ``evaluate -C DIR import --year 2026``."""
        at = 0
        while at < len(args) and args[at].startswith("-") and args[at] not in _ALONE:
            at += 1 if args[at][2:] and ("=" in args[at] or args[at][1] != "-") else 2
        if 0 < at < len(args) and args[at] in self.commands:
            args = [args[at], *args[:at], *args[at + 1 :]]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show both ways to call it."""
        formatter.write_usage("evaluate", "--year 2026 [选项]")
        formatter.write_usage("evaluate", "命令 --year 2026 [选项]")


@click.group(
    cls=Evaluate,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--year", type=Year(), help="自评年度，如 2026")
@workspace_option
@rules_option
@DATE
@workers_option
@report_option
@pages_option
@format_option
@click.version_option(__version__, prog_name="evaluate", help="显示版本")
@click.pass_context
def evaluate(
    ctx: click.Context,
    year: int | None,
    workspace: Workspace,
    rules: str | None,
    printed: date | None,
    workers: int | None,
    report: str,
    pages: bool,
    form: str,
) -> None:
    """项目支出绩效自评：读取批复目标和填报表，按规则计分，生成自评表。"""
    if ctx.invoked_subcommand is not None:
        return
    if year is None:
        raise click.UsageError("请写明自评年度，例如：evaluate --year 2026", ctx)
    from evaluator.cli.main_job import run
    from evaluator.pipeline.settings import Request

    request = Request(year, rules or "", printed, report, {} if pages else None)
    sys.exit(run(workspace, request, form, workers))


@evaluate.command("import")
@year_option
@workspace_option
@format_option
def import_(year: int, workspace: Workspace, form: str) -> None:
    """读取批复表，写成 projects.csv 和 indicators.csv，列出需要核对的行。"""
    from evaluator.cli.reviewing import print_review, review
    from evaluator.pipeline.importing import import_for_review

    targets = import_for_review(workspace, year)
    findings = [*targets.findings, *targets.events]
    if form == "json":
        from evaluator.cli.printing import finding_json, print_errors, print_json

        print_errors(findings)
        print_json({"rows": review(targets), "findings": [finding_json(item) for item in findings]})
    else:
        print_review(workspace, year, targets)
    _finish(findings)


@evaluate.command()
@optional_year_option
@workspace_option
@rules_option
@click.option("--no-open", is_flag=True, help="不打开窗口，只说放在哪里")
@click.option("--pause", is_flag=True, hidden=True, help="结束时等一个按键，窗口不会马上关上")
def start(year: int | None, workspace: Workspace, rules: str | None, no_open: bool, pause: bool) -> None:
    """从这里开始（双击运行的就是它）：建好文件夹，能做的都做，打开下一步要看的。"""
    from evaluator.cli.opening import open_path
    from evaluator.cli.starting import start as run
    from evaluator.render.report.pages import office

    opener = (lambda _: False) if no_open else open_path
    # The manifest says which pages were computed, so that the delivery can be made again anywhere.
    code = run(workspace, year, rules or "", date.today(), opener, numbered=office() is not None)
    if pause:
        click.pause("按任意键关闭……")  # click asks only where somebody can type
    sys.exit(code)


@evaluate.command()
@year_option
@workspace_option
@rules_option
@format_option
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, callback=read_paths)
def review(year: int, workspace: Workspace, rules: str | None, form: str, paths: tuple[Path, ...]) -> None:
    """读入复核人在自评表或复核表里填的复核得分和复核意见，以后各次运行都并列显示。"""
    from evaluator.cli.printing import finding_json, print_errors, print_findings, print_json
    from evaluator.pipeline.reviews import review_files, take_reviews
    from evaluator.pipeline.settings import Request

    taken = take_reviews(workspace, Request(year, rules or ""), [*review_files(paths)])
    if form == "json":
        print_errors([*taken.findings])
        print_json(
            {"reviews": len(taken.reviews), "findings": [finding_json(item) for item in taken.findings]}
        )
    else:
        print_findings([*taken.findings])
        click.echo(f"本年度共有 {len(taken.reviews)} 行复核。")
    _finish([*taken.findings])


@evaluate.command()
@year_option
@rules_option
@workers_option
@click.option("--scheduler", metavar="tcp://HOST:PORT", help="已有的 dask 集群的调度器；不写则在本机计算")
@format_option
@click.argument("folder", metavar="DIR", callback=read_folder)
def units(
    year: int, folder: Path, rules: str | None, workers: int | None, scheduler: str | None, form: str
) -> None:
    """计算 DIR 下每个单位（内有 targets/年度 的文件夹），并汇总到 DIR/reports/年度。"""
    from evaluator.cli.units import run
    from evaluator.pipeline.settings import Request

    sys.exit(run(folder, Request(year, rules or ""), workers, scheduler or "", form))


@evaluate.command()
@year_option
@workspace_option
@rules_option
def template(year: int, workspace: Workspace, rules: str | None) -> None:
    """生成或更新填报表；已填的内容不会丢失。"""
    from evaluator.cli.printing import print_errors, print_findings
    from evaluator.pipeline.settings import Request
    from evaluator.pipeline.templating import refresh_workbooks
    from evaluator.records.findings import Severity

    findings = refresh_workbooks(workspace, Request(year, rules or ""))
    print_errors(findings)
    about = [item for item in findings if item.code.startswith("workbook-")]
    print_findings(item for item in about if item.severity is not Severity.ERROR)
    _finish(findings)


@evaluate.command()
@year_option
@workspace_option
@rules_option
@format_option
def check(year: int, workspace: Workspace, rules: str | None, form: str) -> None:
    """检查批复目标和填报表，列出全部问题；不写任何文件。"""
    from evaluator.cli.printing import count_sentence, finding_json, print_errors, print_findings, print_json
    from evaluator.pipeline.running import assess
    from evaluator.pipeline.settings import Request

    assessment = assess(workspace, Request(year, rules or ""))
    if form == "json":
        print_errors(assessment.findings)
        print_json([finding_json(item) for item in assessment.findings])
    else:
        print_findings(assessment.findings)
        click.echo(count_sentence(assessment.findings))
    _finish(assessment.findings)


@evaluate.command()
@click.argument("project", metavar="[项目]", required=False)
@click.argument("indicator", metavar="[指标编码]", required=False)
@click.option("--all", "everything", is_flag=True, help="全部项目的全部得分，代替写项目")
@optional_year_option
@workspace_option
@rules_option
@format_option
def explain(
    project: str | None,
    indicator: str | None,
    everything: bool,
    year: int | None,
    workspace: Workspace,
    rules: str | None,
    form: str,
) -> None:
    """说明得分是怎样算出来的，附规则出处：一个项目、一个指标，或用 --all 列出全部。"""
    from evaluator.cli.tracing import explain_all, explain_one

    if bool(project) is everything:
        raise click.UsageError("请写明项目，例如：evaluate explain 法律服务；要全部项目，只写 --all")
    year = year or workspace.newest_year
    if year is None:
        raise click.UsageError("targets 文件夹中没有任何年度，请写明 --year")
    if project:
        sys.exit(explain_one(workspace, year, rules or "", project, indicator or "", form))
    sys.exit(explain_all(workspace, year, rules or "", form))


@evaluate.command()
@workspace_option
@click.argument("folder", metavar="报告文件夹", callback=read_folder)
@click.option("--all", "everything", is_flag=True, help="列出全部文件，不只是有出入的")
@format_option
@click.pass_context
def verify(ctx: click.Context, folder: Path, workspace: Workspace, everything: bool, form: str) -> None:
    """核验交付的报告：与清单、输入和重新计算的结果是否一致；不写任何文件。"""
    from evaluator.cli.printing import finding_json, print_errors, print_json
    from evaluator.cli.reviewing import print_verdicts, verdict_table
    from evaluator.pipeline.verifying import verify as verify_delivery

    asked = ctx.get_parameter_source("workspace") is not click.core.ParameterSource.DEFAULT
    verdicts, findings = verify_delivery(workspace if asked else workspace_of(workspace, folder), folder)
    told = [*findings, *(found for item in verdicts for found in item.findings)]
    if form == "json":
        print_errors(told)
        print_json(
            {
                "passed": not has_errors(told),
                "files": verdict_table(verdicts),
                "findings": [finding_json(item) for item in told],
            }
        )
    else:
        print_verdicts(verdicts, findings, everything=everything)
    _finish(told)


@evaluate.command()
@click.argument("name", metavar="[规则]", required=False, callback=read_rules)
@format_option
def rules(name: str | None, form: str) -> None:
    """列出计分规则；给出名称则列出它的参数、出处和状态。"""
    from evaluator.cli.rule_listing import print_rule_set, print_rule_sets

    _finish(print_rule_set(name, form) if name else print_rule_sets(form))


@evaluate.command()
@click.argument("paths", metavar="文件或文件夹...", nargs=-1, required=True, callback=read_paths)
@click.option(
    "--rules",
    metavar="NAME|FILE",
    callback=read_rules,
    help="计分规则的名称或文件；不写时按表下说明、表样，再不然取与表上最一致的",
)
@click.option("--out", metavar="FILE.xlsx", callback=read_out, help="另存一份复核表（xlsx）")
@format_option
def audit(paths: tuple[Path, ...], rules: str | None, out: Path | None, form: str) -> None:
    """核对别人填好的自评表：重新计分，列出每一处不符及其单元格。"""
    from evaluator.cli.auditing import run

    sys.exit(run(paths, rules, out, form))


def _finish(findings: object) -> None:
    sys.exit(1 if has_errors(findings) else 0)  # type: ignore[arg-type]
