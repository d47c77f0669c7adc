"""``python -m benchmarks [6 100 1000]``: time and peak memory of the main job for N projects.

The floor, measured in the same run and in a process of its own: import the same libraries, open each
fill-in workbook once with openpyxl, write each delivered workbook's cells once with XlsxWriter. What the
command needs beyond that is its own doing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.workspaces import build

REPEATS = {6: 5, 100: 3, 1000: 1}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[6, 100, 1000], help="numbers of projects")
    sizes = parser.parse_args().sizes
    heads = ("projects", "command s", "floor s", "ratio", "MiB", "floor MiB", "s/project")
    print(" ".join(f"{head:>10}" for head in heads))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            workspace = Path(folder)
            build(workspace, size)
            measure_row(workspace, size)


def measure_row(workspace: Path, size: int) -> None:
    repeats = REPEATS.get(size, 1)
    run = [sys.executable, "-m", "evaluator", "--year", "2026", "-C", str(workspace)]
    first = measure(run)  # writes the delivery that the floor copies; also warms the disk's cache
    command = min((measure(run) for _ in range(repeats)), default=first)
    floor_call = [sys.executable, "-m", "benchmarks.floor", str(workspace)]
    floor = min(measure(floor_call) for _ in range(repeats))
    figures = (
        f"{size}",
        f"{command[0]:.2f}",
        f"{floor[0]:.2f}",
        f"{command[0] / floor[0]:.2f}",
        f"{command[1]:.0f}",
        f"{floor[1]:.0f}",
        f"{command[0] / size:.4f}",
    )
    print(" ".join(f"{figure:>10}" for figure in figures), flush=True)


def measure(call: list[str]) -> tuple[float, float]:
    """Seconds and peak MiB of a process; it may exit with 1 (findings), not with 2 or a traceback."""
    begin = time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ})
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or b"Traceback" in stderr:
        raise SystemExit(stderr.decode(errors="replace"))
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return time.perf_counter() - begin, usage.ru_maxrss / scale


if __name__ == "__main__":
    main()
