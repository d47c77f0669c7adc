"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from evaluator.pipeline.workspace import Workspace
from evaluator.storage.files import is_folder, is_there
from evaluator.values.dates import read_date

F = TypeVar("F", bound=Callable[..., Any])


class Year(click.ParamType):  # type: ignore[type-arg]
    """A year of four digits, 2000 to 2100."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year as a number. Raises BadParameter."""
        text = str(value)
        if not (text.isdecimal() and 2000 <= int(text) <= 2100):
            self.fail(f"“{text}”不是年度，请写成 2026 的样子", param, ctx)
        return int(text)


class Workers(click.ParamType):  # type: ignore[type-arg]
    """A number of processes, 1 to 256."""

    name = "workers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Raises BadParameter."""
        text = str(value)
        if not (text.isdecimal() and 1 <= int(text) <= 256):
            self.fail(f"“{text}”不是进程数，请写 1 到 256 的整数", param, ctx)
        return int(text)


class OneOf(click.Choice):  # type: ignore[type-arg]
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word itself. Raises BadParameter."""
        if value not in self.choices:
            self.fail(f"“{value}”不在可选范围内，可选：{'、'.join(map(str, self.choices))}", param, ctx)
        return value


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A date such as 2026-12-31; a wrong one is wrong usage."""
    if not value:
        return None
    day = read_date(value, 0)  # without a year of its own it is none
    if day is None:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2026-12-31 的样子", ctx, param)
    return day


def read_workspace(ctx: click.Context, param: click.Parameter, value: str) -> Workspace:
    """The workspace's folder; one that is not there is wrong usage."""
    root = Path(value)
    if not is_folder(root):
        raise click.BadParameter(f"没有文件夹“{value}”（{Path(value).absolute()}）", ctx, param)
    return Workspace(root.resolve(), tell_page)


def tell_page(file: str, number: int, count: int) -> None:
    """Say which page of a scan has been read: a page takes seconds."""
    click.echo(f"正在识别图片：{file} 第{number}页，共{count}页", err=True)


def read_folder(ctx: click.Context, param: click.Parameter, value: str) -> Path:
    """A folder as it is named from the workspace, or else from here; one that is not there is wrong usage."""
    workspace: Workspace | None = ctx.params.get("workspace")
    places = [*([workspace.root / value] if workspace else []), Path(value)]
    found = next((place for place in places if is_folder(place)), None)
    if found is None:
        raise click.BadParameter(f"没有文件夹“{value}”（{Path(value).absolute()}）", ctx, param)
    return found.resolve()


def workspace_of(workspace: Workspace, folder: Path) -> Workspace:
    """The workspace that a delivery lies in, as its own path tells; a copy may lie in the one we stand in.

    An auditor stands anywhere; files of the same names there are not the delivery's inputs.
    """
    copied = folder.is_relative_to(workspace.root) and folder.parent.name != "reports"
    return workspace if copied else Workspace(folder.parent.parent)


def read_paths(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    """Files and folders; one that is not there is wrong usage."""
    missing = [item for item in value if not is_there(Path(item))]
    if missing:
        raise click.BadParameter(f"没有文件或文件夹“{missing[0]}”", ctx, param)
    return tuple(Path(item) for item in value)


def read_out(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """Where a workbook is to be written; another ending, or no such folder, is wrong usage."""
    if value is None:
        return None
    path = Path(value)
    if path.suffix.lower() != ".xlsx" or is_folder(path):
        raise click.BadParameter(f"“{value}”不是 xlsx 文件名，请写成 复核表.xlsx 的样子", ctx, param)
    if not is_folder(path.parent):
        raise click.BadParameter(f"没有文件夹“{path.parent.absolute()}”", ctx, param)
    return path


def read_rules(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A rule set's name, or a file; one that is not there is wrong usage."""
    if value is None:
        return None
    from evaluator.rulesets import names

    if value.endswith(".toml"):
        if not Path(value).is_file():
            raise click.BadParameter(f"没有文件“{value}”", ctx, param)
    elif value not in names():
        known = "、".join(names())
        raise click.BadParameter(
            f"没有名为“{value}”的规则，可用的有：{known}；自己的规则请写 .toml 文件", ctx, param
        )
    return value


def workspace_option(function: F) -> F:
    """``-C DIR``: the folder with targets/, actuals/ and reports/."""
    return click.option(
        "-C",
        "--workspace",
        callback=read_workspace,
        default=".",
        metavar="DIR",
        is_eager=True,
        help="工作文件夹；不写则为当前文件夹",
    )(function)


def year_option(function: F) -> F:
    """``--year 2026``."""
    return click.option("--year", type=Year(), required=True, help="自评年度，如 2026（必填）")(function)


def optional_year_option(function: F) -> F:
    """``--year 2026``; without it, the newest year of the workspace."""
    return click.option("--year", type=Year(), help="自评年度；不写则取最近一年")(function)


def rules_option(function: F) -> F:
    """``--rules NAME|FILE``."""
    return click.option(
        "--rules",
        metavar="NAME|FILE",
        callback=read_rules,
        help="计分规则的名称或文件；不写时按 scoring.toml，再不然用 hubei",
    )(function)


def format_option(function: F) -> F:
    """``--format text|json``."""
    return click.option(
        "--format",
        "form",
        type=OneOf(["text", "json"]),
        default="text",
        help="输出格式，不写则为 text",
    )(function)


def workers_option(function: F) -> F:
    """``--workers N``."""
    return click.option(
        "--workers",
        type=Workers(),
        metavar="N",
        help="同时工作的进程数；不写时按本机的核数（活不多时只用一个）",
    )(function)


def report_option(function: F) -> F:
    """``--report unit|project|both``: which written reports."""
    return click.option(
        "--report",
        type=OneOf(["unit", "project", "both"]),
        default="unit",
        help="自评报告：unit 全单位一份（不写时），project 每个项目一份，both 都要",
    )(function)


def pages_option(function: F) -> F:
    """``--pages``: page numbers in the reports' tables of contents."""
    return click.option(
        "--pages", is_flag=True, help="用 LibreOffice 算出自评报告目录的页码（页码记在交付清单里）"
    )(function)
