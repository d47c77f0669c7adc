"""click in Chinese: headings of the help, and what is said of a wrong call (exit code 2)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}
_UNEXPECTED = "Got unexpected extra argument"


class HelpFormatter(click.HelpFormatter):
    """The help's page with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write one way to call it."""
        words = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令")
        super().write_usage(prog, words, "用法：")

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands; their own words say what must be given."""
        super().write_dl(
            [(name, words.removesuffix("  [required]")) for name, words in rows], col_max, col_spacing
        )

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_HEADINGS.get(heading, heading))


class Context(click.Context):
    """A call of a command; its help is in Chinese."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help is in Chinese."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示帮助"
        return option


class Group(Command, click.Group):
    """A group of commands; a wrong call is told in Chinese."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name. Raises UsageError."""
        if self.get_command(ctx, args[0]) is None:
            raise click.UsageError(
                f"没有命令“{args[0]}”，可用的命令：{'、'.join(self.list_commands(ctx))}", ctx
            )
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run it as a program: what click says of a wrong call, in Chinese."""
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            if not standalone_mode:
                raise
            self._tell(error)
            code = 2
        except click.Abort:
            if not standalone_mode:
                raise
            click.echo("已中断", err=True)
            code = 1
        if not standalone_mode:
            return code
        sys.exit(code or 0)

    def _tell(self, error: click.UsageError) -> None:
        path = error.ctx.command_path if error.ctx else "evaluate"
        click.echo(f"用法有误：{words_of(error)}", err=True)
        click.echo(f"查看帮助：{path} --help", err=True)


def words_of(error: click.UsageError) -> str:
    """What is wrong with a call."""
    match error:
        case click.MissingParameter():
            return f"缺少 {_name(error)}"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{error.message}"
        case click.NoSuchOption():
            alike = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{alike}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面要写一个值"
    if error.message.startswith(_UNEXPECTED):
        return f"多写了“{error.message[len(_UNEXPECTED) :].lstrip('s').strip(' .()')}”"
    return error.message


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "参数"
    if isinstance(param, click.Option):
        return "/".join(param.opts)
    return param.metavar or param.name or "参数"
