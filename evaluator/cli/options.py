"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from evaluator.pipeline.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])


def read_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A date such as 2026-12-31; a wrong one is wrong usage."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2026-12-31 的样子", ctx, param) from None


def read_workspace(ctx: click.Context, param: click.Parameter, value: str) -> Workspace:
    """The workspace's folder; one that is not there is wrong usage."""
    root = Path(value)
    if not root.is_dir():
        raise click.BadParameter(f"没有文件夹“{value}”", ctx, param)
    return Workspace(root.resolve())


def workspace_option(function: F) -> F:
    """``-C DIR``: the folder with targets/, actuals/ and reports/."""
    return click.option(
        "-C",
        "--workspace",
        callback=read_workspace,
        default=".",
        show_default="当前文件夹",
        help="工作文件夹",
    )(function)


def year_option(function: F) -> F:
    """``--year 2026``."""
    return click.option("--year", type=click.IntRange(2000, 2100), required=True, help="自评年度，如 2026")(
        function
    )


def optional_year_option(function: F) -> F:
    """``--year 2026``; without it, the newest year of the workspace."""
    return click.option("--year", type=click.IntRange(2000, 2100), help="自评年度；不写则取最近一年")(
        function
    )


def rules_option(function: F) -> F:
    """``--rules NAME|FILE``."""
    return click.option("--rules", help="计分规则的名称或文件；不写时按 scoring.toml，再不然用 hubei")(
        function
    )


def format_option(function: F) -> F:
    """``--format text|json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="输出格式",
    )(function)
