"""Pin what is installed: ``python tools/build_locks.py`` (needs uv, and a network).

``locks/run.txt`` is what the tool runs on, and what the bundle is made of; ``install.txt`` adds what installs
it from its sources, ``test.txt`` what tests it, ``scan.txt`` adds the extra ``[scan]`` to the first. All are for every system and Python from 3.11 on, name each
file by its sha256, and say nothing of where it comes from.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "locks"
_BUILD = "hatchling>=1.25\neditables>=0.5\n"
_OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--no-header",
    "--no-annotate",
    "-q",
)


def main() -> None:
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not installed: pip install uv")
    run = LOCKS / "run.txt"
    with tempfile.TemporaryDirectory() as scratch:
        build = Path(scratch) / "build.in"
        build.write_text(_BUILD, encoding="utf-8")
        _compile(uv, run, "pyproject.toml")
        _compile(uv, LOCKS / "install.txt", "pyproject.toml", str(build), "-c", str(run))
        _compile(uv, LOCKS / "test.txt", "pyproject.toml", str(build), "--extra", "test", "-c", str(run))
        tested = str(LOCKS / "test.txt")
        _compile(uv, LOCKS / "scan.txt", "pyproject.toml", "--extra", "scan", "-c", tested)


def _compile(uv: str, target: Path, *sources: str) -> None:
    command = [uv, "pip", "compile", *sources, *_OPTIONS, "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
