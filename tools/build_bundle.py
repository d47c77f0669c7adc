"""The folder to hand over, for people without Python or a network: ``python tools/build_bundle.py``.

    python tools/build_bundle.py --python FOLDER    # a zip for Windows x64
    python tools/build_bundle.py --linux            # a tar for each of x86-64 and aarch64

FOLDER is the unpacked official "Windows embeddable package (64-bit)" of Python, 3.11 or newer; it is not
fetched. Wheels come by pip, exactly those of ``locks/run.txt`` (with ``--scan`` of ``locks/scan.txt``: then
the bundle reads scans, too), or from ``--wheels FOLDER`` without a network. On Linux the bundle uses the
system's Python. Needs ``packaging`` (it comes with ``.[test]``).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import re
import shutil
import stat
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from evaluator import __version__
from evaluator.pipeline.samples import ASIDE, LIST

ROOT = Path(__file__).parents[1]
LOCK, SCAN_LOCK = ROOT / "locks" / "run.txt", ROOT / "locks" / "scan.txt"
LINUX_PYTHONS = ("3.11", "3.12", "3.13")
_X64 = 0x8664  # IMAGE_FILE_MACHINE_AMD64 in the head of a Windows program
_DAY = (1980, 1, 1, 0, 0, 0)
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]*))?")
_START_BAT = """\
@echo off
rem What a double click runs. Everything else is in: evaluate start
pushd "%~dp0"
if not exist "python\\python.exe" (
  echo Please unpack the whole zip file first, then double-click this file again.
  pause
  exit /b 1
)
chcp 65001 >nul
if "%~1"=="" (
  "python\\python.exe" -X utf8 -m evaluator start --pause
) else (
  "python\\python.exe" -X utf8 -m evaluator %*
)
set CODE=%ERRORLEVEL%
popd
exit /b %CODE%
"""
_START_SH = """\
#!/bin/sh
# What a double click runs. Everything else is in: evaluate start
cd "$(dirname "$0")" || exit 1
tag=
for python in PYTHONS python3; do
  command -v "$python" >/dev/null 2>&1 || continue
  tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
  [ -d "packages/$tag" ] && break
  tag=
done
if [ -z "$tag" ]; then
  echo "没有找到可用的 Python（需要 VERSIONS 之一），请先安装。" >&2
  exit 1
fi
PYTHONPATH="$PWD/packages/$tag:$PWD/packages/common" PYTHONNOUSERSITE=1 PYTHONUTF8=1
export PYTHONPATH PYTHONNOUSERSITE PYTHONUTF8
[ $# -eq 0 ] && set -- start --pause
exec "$python" -m evaluator "$@"
"""


@dataclass(frozen=True)
class Target:
    """A system that a bundle is for: its name, what markers call it, the platforms of its wheels."""

    name: str
    system: str
    machine: str
    platforms: tuple[str, ...]

    def environment(self, python: str) -> dict[str, str]:
        """What the markers of the lock file are about, for one Python."""
        windows = self.system == "Windows"
        return {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_version": f"{python}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "os_name": "nt" if windows else "posix",
            "sys_platform": "win32" if windows else "linux",
            "platform_system": self.system,
            "platform_machine": self.machine,
            "platform_release": "",
            "platform_version": "",
            "extra": "",
        }

    def tags(self, python: str) -> list[Tag]:
        """The wheels that one Python of this system can use, the best first."""
        version = tuple(int(part) for part in python.split("."))
        native = cpython_tags(version, platforms=self.platforms)
        return [*native, *compatible_tags(version, f"cp{version[0]}{version[1]}", self.platforms)]


def _manylinux(machine: str) -> tuple[str, ...]:
    """glibc 2.28 (麒麟 V10 SP, 统信 20) and older."""
    return (*(f"manylinux_2_{n}_{machine}" for n in range(28, 16, -1)), f"manylinux2014_{machine}")


WINDOWS = Target("windows-x64", "Windows", "AMD64", ("win_amd64",))
LINUX = tuple(
    Target(f"linux-{machine}", "Linux", machine, _manylinux(machine)) for machine in ("x86_64", "aarch64")
)


@dataclass(frozen=True)
class Pin:
    """One line of a lock file; without hashes any file of that version is taken."""

    name: str
    version: Version
    marker: str
    hashes: frozenset[str]

    def line(self) -> str:
        """The requirement as pip reads it."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{h}" for h in sorted(self.hashes))]
        )


def read_lock(text: str) -> list[Pin]:
    """The pins of a lock file."""
    pins = []
    for line in re.sub(r"\\\n", " ", text).splitlines():
        found = _PIN.match(line)
        if found:
            marker = re.sub(r"\s+--hash=.*", "", found["marker"] or "").strip()
            hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
            pins.append(Pin(canonicalize_name(found["name"]), Version(found["version"]), marker, hashes))
    return pins


def needed(pins: Iterable[Pin], target: Target, python: str) -> list[Pin]:
    """The pins that one Python of a system needs."""
    asked = target.environment(python)
    return [pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate(asked)]


def fetch(pins: Sequence[Pin], target: Target, python: str, folder: Path) -> None:
    """Let pip fetch the wheels of one Python of a system; it checks their hashes."""
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text("".join(f"{pin.line()}\n" for pin in pins), encoding="utf-8")
        platforms = [part for name in target.platforms for part in ("--platform", name)]
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        options = ["--implementation", "cp", "--python-version", python, *platforms]
        subprocess.run([*command, *options, "-r", str(wanted), "-d", str(folder)], check=True)


def choose(pins: Iterable[Pin], target: Target, python: str, folder: Path) -> list[Path]:
    """The wheel of each pin. Exits where one is missing, or is not the one that was pinned."""
    tags = {tag: at for at, tag in enumerate(target.tags(python))}
    usable: dict[tuple[str, Version], list[tuple[int, Path]]] = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, _, own = parse_wheel_filename(path.name)
        ranks = [tags[tag] for tag in own if tag in tags]
        if ranks:
            usable.setdefault((name, version), []).append((min(ranks), path))
    chosen, missing = [], []
    for pin in pins:
        found = [path for _, path in sorted(usable.get((pin.name, pin.version), []))]
        found = [path for path in found if not pin.hashes or _sha256(path) in pin.hashes]
        chosen += found[:1]
        missing += [] if found else [f"{pin.name} {pin.version}"]
    if missing:
        sys.exit(f"no wheel as pinned for {target.name}, Python {python}: {', '.join(missing)}")
    return chosen


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(wheel: Path, folder: Path) -> None:
    """Put a wheel's modules and metadata into a folder; its scripts and headers are not needed."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            parts = PurePosixPath(entry.filename).parts
            if parts and parts[0].endswith(".data"):
                if parts[1:2] not in (("purelib",), ("platlib",)):
                    continue
                parts = parts[2:]
            if entry.is_dir() or not parts or ".." in parts or parts[0].startswith("/"):
                continue
            path = folder.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))


def python_of(folder: Path) -> str:
    """The version of an unpacked embeddable Python, as 3.12. Exits where it is none that can be used."""
    program, paths = folder / "python.exe", sorted(folder.glob("python3*._pth"))
    if not program.is_file() or len(paths) != 1:
        sys.exit(f"{folder.absolute()} is no unpacked embeddable Python: no python.exe with a python3*._pth")
    content = program.read_bytes()
    head = struct.unpack_from("<I", content, 0x3C)[0] if len(content) > 0x40 else 0
    if content[head : head + 4] != b"PE\0\0" or struct.unpack_from("<H", content, head + 4)[0] != _X64:
        sys.exit(f"{program.absolute()} is not for Windows x64: take the 64-bit embeddable package")
    minor = paths[0].stem.removeprefix("python3")
    if not minor.isdecimal() or int(minor) < 11:
        sys.exit(f"{paths[0].name}: Python 3.11 or newer is needed")
    return f"3.{minor}"


def windows_tree(tree: Path, python: Path, wheels: Iterable[Path]) -> None:
    """Write everything that the zip for Windows holds."""
    shutil.copytree(python, tree / "python", ignore=shutil.ignore_patterns("__pycache__"))
    paths = next((tree / "python").glob("python3*._pth"))
    archive = next((line for line in paths.read_text().splitlines() if line.strip().endswith(".zip")), "")
    # The embeddable Python looks nowhere else: no registry, no PYTHONPATH, no site-packages of the machine.
    paths.write_bytes("\r\n".join([archive, ".", "..\\packages", ""]).encode("ascii"))
    for wheel in wheels:
        unpack(wheel, tree / "packages")
    _own_files(tree, tree / "packages")
    (tree / "开始.bat").write_bytes(_START_BAT.replace("\n", "\r\n").encode("ascii"))


def linux_tree(tree: Path, wheels: dict[str, list[Path]]) -> None:
    """Write everything that a tar for Linux holds; `wheels` are those of each Python."""
    # The start looks for a Python's own folder: where there is one Python alone, all of it stands there.
    shared = set.intersection(*(set(paths) for paths in wheels.values())) if len(wheels) > 1 else set()
    for path in sorted(shared):
        unpack(path, tree / "packages" / "common")
    for python, paths in wheels.items():
        folder = tree / "packages" / f"cp{python.replace('.', '')}"
        folder.mkdir(parents=True)
        for path in paths:
            if path not in shared:
                unpack(path, folder)
    _own_files(tree, tree / "packages" / "common")
    versions = "、".join(wheels)
    programs = " ".join(f"python{python}" for python in reversed(wheels))
    start = _START_SH.replace("PYTHONS", programs).replace("VERSIONS", versions)
    (tree / "开始.sh").write_text(start, encoding="utf-8", newline="\n")
    (tree / "开始.sh").chmod(0o755)


def _own_files(tree: Path, packages: Path) -> None:
    """The tool itself, its guide, and the samples where `evaluate start` would set them aside."""
    no_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "evaluator", packages / "evaluator", ignore=no_caches)
    shutil.copyfile(ROOT / "README.zh-CN.md", tree / "使用说明.md")
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE")
    shutil.copytree(ROOT / "docs", tree / "docs")
    for line in (ROOT / "targets" / LIST).read_text(encoding="utf-8").splitlines():
        name = line.split(maxsplit=1)[1]
        target = tree / ASIDE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)


def pack_zip(tree: Path, path: Path) -> None:
    """The tree as a zip; the same tree is the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in _files(tree):
            entry = zipfile.ZipInfo(f"{path.stem}/{file.relative_to(tree).as_posix()}", _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, file.read_bytes())


def pack_tar(tree: Path, path: Path) -> None:
    """The tree as a tar.gz; the same tree is the same bytes."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for file in _files(tree):
            name = f"{path.name.removesuffix('.tar.gz')}/{file.relative_to(tree).as_posix()}"
            entry, content = tarfile.TarInfo(name), file.read_bytes()
            entry.size = len(content)
            entry.mode = 0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(gzip.compress(plain.getvalue(), 6, mtime=0))


def _files(tree: Path) -> list[Path]:
    return sorted(path for path in tree.rglob("*") if path.is_file())


def build(
    target: Target,
    pythons: Sequence[str],
    wheels: Path | None,
    out: Path,
    embedded: Path | None,
    *,
    scan: bool = False,
) -> Path:
    """Build one bundle, with what reads scans where that is asked for, and return its path."""
    pins = read_lock((SCAN_LOCK if scan else LOCK).read_text(encoding="utf-8"))
    name = f"{target.name}-scan" if scan else target.name
    with tempfile.TemporaryDirectory() as scratch:
        tree, chosen = Path(scratch) / "tree", {}
        tree.mkdir()
        for python in pythons:
            folder, wanted = wheels or Path(scratch) / "wheels", needed(pins, target, python)
            if wheels is None:
                fetch(wanted, target, python, folder)
            chosen[python] = choose(wanted, target, python, folder)
        path = out / f"evaluate-{__version__}-{name}{'.zip' if embedded else '.tar.gz'}"
        if embedded:
            windows_tree(tree, embedded, chosen[pythons[0]])
            pack_zip(tree, path)
        else:
            linux_tree(tree, chosen)
            pack_tar(tree, path)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", type=Path, metavar="FOLDER", help="an unpacked embeddable Python")
    parser.add_argument("--linux", action="store_true", help="the bundles for Linux")
    parser.add_argument("--linux-python", nargs="+", default=LINUX_PYTHONS, metavar="3.12")
    parser.add_argument("--machine", choices=[target.machine for target in LINUX], help="only this one")
    parser.add_argument("--scan", action="store_true", help="with what reads scans")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER", help="take wheels from here, fetch nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER")
    asked = parser.parse_args(arguments)
    if not asked.python and not asked.linux:
        parser.error("--python FOLDER for Windows, --linux for Linux")
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.python:
        pythons = [python_of(asked.python)]
        print(build(WINDOWS, pythons, asked.wheels, asked.out, asked.python, scan=asked.scan))
    for target in LINUX if asked.linux else ():
        if asked.machine in (None, target.machine):
            print(build(target, asked.linux_python, asked.wheels, asked.out, None, scan=asked.scan))


if __name__ == "__main__":
    main()
