"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from evaluator.pipeline.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType):
    """A date such as 2026-12-31."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date; a wrong one is wrong usage."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-12-31 的样子", param, ctx)


class Root(click.ParamType):
    """The workspace's folder."""

    name = "文件夹"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Workspace:
        """Resolve the folder; one that is not there is wrong usage."""
        if isinstance(value, Workspace):
            return value
        root = Path(value)
        if not root.is_dir():
            self.fail(f"没有文件夹“{value}”", param, ctx)
        return Workspace(root.resolve())


def workspace_option(function: F) -> F:
    """``-C DIR``: the folder with targets/, actuals/ and reports/."""
    return click.option(
        "-C", "--workspace", type=Root(), default=".", show_default="当前文件夹", help="工作文件夹"
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
