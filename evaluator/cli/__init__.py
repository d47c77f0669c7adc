"""The command line: ``evaluate``; the only room that prints."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

from evaluator.cli.commands import evaluate
from evaluator.storage.files import reason


def main() -> None:
    """Entry point. Exit codes: 0 clean, 1 findings of severity error, 2 wrong usage."""
    # A window that has neither, or a closed one: nobody reads, the work is done all the same.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # A console in GBK cannot show every character; showing "?" beats failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        try:
            evaluate(windows_expand_args=False)
        finally:
            sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> None:
    """Where all else is a finding, what failed is the output itself: a full disk, a reader that has gone."""
    with contextlib.suppress(OSError, ValueError):
        # Python flushes once more at its end, and that is not to fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno != errno.EPIPE:
        about = f"：{error.filename}" if error.filename else ""
        with contextlib.suppress(OSError):
            sys.stderr.write(f"[错误] 结果没有显示完整（{reason(error)}{about}）\n")
    sys.exit(1)
