"""A dask cluster that is there already, as a crew: its workers see the same paths and run the same tool."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from evaluator.pipeline.projects import tool_identity
from evaluator.pipeline.working import Crew
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place

_WAIT = "15s"


def cluster(address: str, folder: Path) -> tuple[Crew | None, list[Finding]]:
    """The crew of a scheduler, whose workers are tried out on `folder`; None where it cannot be used.

    Findings (errors): cluster-not-installed, scheduler-unreachable, worker-unfit.
    """
    try:
        from distributed import Client
    except ImportError:
        return None, [finding("cluster-not-installed", Place("--scheduler"))]
    try:
        client: Any = Client(address, timeout=_WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error).partition("\n")[0][:120] or type(error).__name__
        return None, [finding("scheduler-unreachable", Place("--scheduler"), address=address, reason=reason)]
    answers = client.run(_look, str(folder), tool_identity())
    problems = sorted({f"（{name}）{said}" for name, said in answers.items() if said})
    if not answers:
        problems = ["一个也没有"]
    if problems:
        client.close()
        return None, [finding("worker-unfit", Place("--scheduler"), problem="；".join(problems[:5]))]
    width = sum(client.nthreads().values())
    return Crew(lambda: _opened(client), max(1, width)), []


def _look(folder: str, tool: str) -> str:
    """On a worker: what keeps it from the work, if anything."""
    try:
        from evaluator.pipeline.projects import tool_identity as own
    except ImportError:
        return "没有安装本工具"
    if own() != tool:
        return "安装的是另一个版本的工具"
    return "" if Path(folder).is_dir() else f"看不到文件夹 {folder}"


@contextlib.contextmanager
def _opened(client: Any) -> Iterator[Executor]:
    # Not pure: the same folder may hold other workbooks the next time.
    executor: Executor = client.get_executor(pure=False)
    try:
        yield executor
    finally:
        executor.shutdown(wait=False)
