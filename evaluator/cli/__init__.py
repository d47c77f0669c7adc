"""The command line: ``evaluate``; the only room that prints."""

from __future__ import annotations

import sys

from evaluator.cli.commands import evaluate


def main() -> None:
    """Entry point. Exit codes: 0 clean, 1 findings of severity error, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        # A console in GBK cannot show every character; showing "?" beats failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    evaluate(windows_expand_args=False)
