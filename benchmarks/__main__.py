"""``python -m benchmarks [NAME ...]``: what the whole command costs, as ratios measured in one run.

Each benchmark builds its own workspaces, runs whole processes, and prints the ratio of two of them. Names:
``floor`` (6, 100 and 1,000 projects against a floor), ``colleague`` (100 projects against the script that a
colleague would write), ``workers``, ``again`` (100 projects unchanged, and one of them changed), ``units``
(40 units: a pool of two against one worker, a dask cluster of two against the pool), ``memory`` and
``growth`` (many units). Without names: all but the last two, which take long.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import evaluator
from benchmarks.workspaces import build, change

PAIRS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a whole process, its processor's seconds (children's too), its peak memory in MiB."""

    wall: float
    processor: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which; all quick ones without")
    names = parser.parse_args().names or [name for name in BENCHMARKS if name not in ("memory", "growth")]
    # An installed tool has its bytecode beside it; an editable one on a machine that writes none has not.
    compileall.compile_dir(Path(evaluator.__file__).parent, quiet=1)
    for name in names:
        BENCHMARKS[name]()


def say(what: str, ratios: list[float], aim: str) -> None:
    ratios = sorted(ratios)
    middle = ratios[len(ratios) // 2]
    print(f"{what:<58} {middle:>6.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f})  aim {aim}", flush=True)


def measure(*call: str) -> Cost:
    """Run a process; it may exit with 1 (findings), not with 2 or a traceback."""
    begin = time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ})
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or b"Traceback" in stderr:
        raise SystemExit(stderr.decode(errors="replace"))
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def evaluate(workspace: Path, *options: str, fresh: bool = True) -> Cost:
    """The main job; `fresh` forgets what was computed before."""
    if fresh:
        shutil.rmtree(workspace / ".evaluate", ignore_errors=True)
    return measure(sys.executable, "-m", "evaluator", "--year", "2026", "-C", str(workspace), *options)


def evaluate_units(root: Path, *options: str, fresh: bool = True) -> Cost:
    for store in root.rglob(".evaluate") if fresh else ():
        shutil.rmtree(store, ignore_errors=True)
    return measure(sys.executable, "-m", "evaluator", "units", "--year", "2026", str(root), *options)


@contextmanager
def unit(size: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), size)
        evaluate(Path(folder))  # warms the disk's cache, and writes the delivery that the floor copies
        yield Path(folder)


@contextmanager
def province(count: int, size: int) -> Iterator[Path]:
    """`count` units of `size` projects: one is built, the others are copies under other folders."""
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "单位0001"
        build(first, size)
        for number in range(2, count + 1):
            shutil.copytree(first, Path(folder) / f"单位{number:04d}")
        yield Path(folder)


_LONG = ((1000, 1, "≤ 1.3"),)


def floor() -> None:
    for size, repeats, aim in ((6, 5, "≤ 1.2"), (100, PAIRS, "≤ 1.3"), *_LONG):
        with unit(size) as workspace:
            ratios = []
            for _ in range(repeats):
                own = evaluate(workspace, "--workers", "1")
                least = measure(sys.executable, "-m", "benchmarks.floor", str(workspace))
                ratios.append(own.wall / least.wall)
            say(f"{size} projects, 1 worker : floor", ratios, aim)


def colleague() -> None:
    with unit(100) as workspace:
        ratios = []
        for _ in range(PAIRS):
            own = evaluate(workspace, "--workers", "2")
            script = measure(sys.executable, "-m", "benchmarks.colleague", str(workspace))
            ratios.append(own.wall / script.wall)
        say("100 projects, 2 workers : the colleague's script", ratios, "≤ 0.9")


def workers() -> None:
    with unit(100) as workspace:
        pairs = [
            (evaluate(workspace, "--workers", "1"), evaluate(workspace, "--workers", "2"))
            for _ in range(PAIRS)
        ]
        say("100 projects, 1 worker : 2 workers", [one.wall / two.wall for one, two in pairs], "≥ 1.6")


def again() -> None:
    with unit(100) as workspace:
        unchanged, changed = [], []
        for number in range(PAIRS):
            whole = evaluate(workspace, "--workers", "1")
            evaluate(workspace, "--workers", "1", fresh=False)
            unchanged.append(evaluate(workspace, "--workers", "1", fresh=False).wall / whole.wall)
            change(workspace, number)
            changed.append(evaluate(workspace, "--workers", "1", fresh=False).wall / whole.wall)
        say("100 projects, nothing changed : the whole", unchanged, "≤ 0.2")
        say("100 projects, one changed : the whole", changed, "≤ 0.25")


def units() -> None:
    with province(40, 6) as root:
        evaluate_units(root, "--workers", "2")
        pairs = [
            (evaluate_units(root, "--workers", "1"), evaluate_units(root, "--workers", "2")) for _ in range(2)
        ]
        say("40 units of 6, 1 worker : 2 workers", [one.wall / two.wall for one, two in pairs], "≥ 1.8")
        with cluster() as address:
            ratios = []
            for _ in range(2):
                pool = evaluate_units(root, "--workers", "2")
                ratios.append(pool.wall / evaluate_units(root, "--scheduler", address).wall)
        say("40 units of 6, pool of 2 : dask cluster of 2", ratios, "≥ 0.9")


@contextmanager
def cluster() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made.scheduler_address


def memory() -> None:
    with province(100, 6) as few, province(1000, 6) as many:
        less, more = evaluate_units(few, "--workers", "2"), evaluate_units(many, "--workers", "2")
        say("peak memory, 1,000 units of 6 : 100 units of 6", [more.memory / less.memory], "≤ 1.1")


def growth() -> None:
    with province(50, 20) as few, province(500, 20) as many:
        less, more = evaluate_units(few, "--workers", "2"), evaluate_units(many, "--workers", "2")
        say("time a project, 10,000 in 500 units : 1,000 in 50", [more.wall / 10 / less.wall], "≤ 1.05")


BENCHMARKS: dict[str, Callable[[], None]] = {
    "floor": floor,
    "colleague": colleague,
    "workers": workers,
    "again": again,
    "units": units,
    "memory": memory,
    "growth": growth,
}


if __name__ == "__main__":
    main()
