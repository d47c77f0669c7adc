"""The folder to hand over: pinned wheels for each system, a complete tree, and a run without a network."""

import os
import platform
import runpy
import shutil
import struct
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / "locks" / name for name in ("run.txt", "install.txt", "test.txt", "scan.txt")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def bundle():
    return SimpleNamespace(**runpy.run_path(str(ROOT / "tools" / "build_bundle.py")))


@pytest.fixture
def pins(bundle):
    return bundle.read_lock(LOCKS[0].read_text(encoding="utf-8"))


# --- the lock -------------------------------------------------------------------------------------


def asked_for(extras=()):
    lines = [
        *PROJECT["dependencies"],
        *(line for name in extras for line in PROJECT["optional-dependencies"][name]),
    ]
    return [item for item in map(Requirement, lines) if canonicalize_name(item.name) != PROJECT["name"]]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [(LOCKS[0], ()), (LOCKS[1], ()), (LOCKS[2], ("test", "scan")), (LOCKS[3], ("scan",))],
    ids=["run", "install", "test", "scan"],
)
def test_every_dependency_is_pinned_as_it_is_asked_for(bundle, lock, extras):
    """After a change of pyproject.toml: ``python tools/build_locks.py``."""
    pinned: dict[str, list[Any]] = {}
    for pin in bundle.read_lock(lock.read_text(encoding="utf-8")):
        pinned.setdefault(pin.name, []).append(pin.version)
    wrong = [
        str(item) for item in asked_for(extras)
        if not any(item.specifier.contains(version) for version in pinned.get(canonicalize_name(item.name), []))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_pin_has_hashes_and_no_address(bundle, lock):
    text = lock.read_text(encoding="utf-8")
    assert "http" not in text
    assert "index-url" not in text
    assert [pin.name for pin in bundle.read_lock(text) if not pin.hashes] == []


def test_the_locks_agree(bundle):
    run, *others = (
        {(p.name, p.version) for p in bundle.read_lock(path.read_text(encoding="utf-8"))} for path in LOCKS
    )
    assert all(run <= other for other in others)
    _, test, scan = others
    assert scan <= test  # what reads scans in a bundle is what the tests read them with


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("at", [0, 1, 2], ids=["windows", "x86_64", "aarch64"])
@pytest.mark.parametrize(
    ("lock", "known"),
    [
        (LOCKS[0], {"numpy", "pandas", "openpyxl", "lxml"}),
        (LOCKS[3], {"pandas", "rapidocr", "onnxruntime", "opencv-python-headless", "pypdfium2", "pillow"}),
    ],
    ids=["run", "scan"],
)
def test_each_package_is_needed_in_one_version(bundle, at, python, lock, known):
    target = (bundle.WINDOWS, *bundle.LINUX)[at]
    pins = bundle.read_lock(lock.read_text(encoding="utf-8"))
    names = [pin.name for pin in bundle.needed(pins, target, python)]
    assert len(names) == len(set(names))
    assert known <= set(names)


# --- choosing and unpacking -----------------------------------------------------------------------


def wheel(folder, name, files=None):
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path, text in (files or {f"{name.split('-')[0]}/__init__.py": "x = 1\n"}).items():
            archive.writestr(path, text)
    return folder / name


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (["a-1.0-py3-none-any.whl"], "a-1.0-py3-none-any.whl"),
        (
            ["a-1.0-cp312-cp312-win_amd64.whl", "a-1.0-cp311-cp311-win_amd64.whl"],
            "a-1.0-cp312-cp312-win_amd64.whl",
        ),
        (["a-1.0-cp39-abi3-win_amd64.whl"], "a-1.0-cp39-abi3-win_amd64.whl"),
        (["a-1.0-py3-none-any.whl", "a-1.0-cp312-cp312-win_amd64.whl"], "a-1.0-cp312-cp312-win_amd64.whl"),
    ],
)
def test_the_wheel_that_fits_best_is_chosen(bundle, tmp_path, files, chosen):
    for name in files:
        wheel(tmp_path, name)
    found = bundle.choose(bundle.read_lock("a==1.0\n"), bundle.WINDOWS, "3.12", tmp_path)
    assert [path.name for path in found] == [chosen]


@pytest.mark.parametrize(
    ("files", "lock"),
    [
        ([], "a==1.0\n"),
        (["a-1.1-py3-none-any.whl"], "a==1.0\n"),
        (["a-1.0-cp312-cp312-win32.whl"], "a==1.0\n"),
        (["a-1.0-cp312-cp312-manylinux_2_28_x86_64.whl"], "a==1.0\n"),
        (["a-1.0-py3-none-any.whl"], f"a==1.0 \\\n    --hash=sha256:{'0' * 64}\n"),
    ],
)
def test_a_wheel_that_is_missing_or_another_stops_it(bundle, tmp_path, files, lock):
    for name in files:
        wheel(tmp_path, name)
    with pytest.raises(SystemExit, match=r"a 1\.0"):
        bundle.choose(bundle.read_lock(lock), bundle.WINDOWS, "3.12", tmp_path)


def test_a_wheel_is_unpacked_without_scripts_and_never_outside(bundle, tmp_path):
    files = {
        "a/__init__.py": "", "a-1.0.data/platlib/a/b.pyd": "", "a-1.0.data/scripts/a.exe": "", "../evil.py": "",
    }  # fmt: skip
    bundle.unpack(wheel(tmp_path, "a-1.0-py3-none-any.whl", files), tmp_path / "to" / "packages")
    found = [
        path.relative_to(tmp_path / "to").as_posix()
        for path in (tmp_path / "to").rglob("*")
        if path.is_file()
    ]
    assert sorted(found) == ["packages/a/__init__.py", "packages/a/b.pyd"]


# --- Windows --------------------------------------------------------------------------------------


def embeddable(folder, *, machine=0x8664, minor="12"):
    """What the official archive holds, as far as the builder looks at it."""
    folder.mkdir(parents=True)
    head = bytearray(256)
    head[:2], head[128:132] = b"MZ", b"PE\0\0"
    struct.pack_into("<I", head, 0x3C, 128)
    struct.pack_into("<H", head, 132, machine)
    (folder / "python.exe").write_bytes(head)
    (folder / f"python3{minor}.dll").write_bytes(b"")
    (folder / f"python3{minor}._pth").write_text(f"python3{minor}.zip\n.\n\n#import site\n")
    return folder


def test_the_version_of_an_embeddable_python(bundle, tmp_path):
    assert bundle.python_of(embeddable(tmp_path / "python")) == "3.12"


@pytest.mark.parametrize(
    ("change", "said"), [({"machine": 0x14C}, "x64"), ({"minor": "10"}, r"3\.11"), (None, "unpacked")]
)
def test_what_is_no_embeddable_python_for_x64_is_refused(bundle, tmp_path, change, said):
    folder = tmp_path if change is None else embeddable(tmp_path / "python", **change)
    with pytest.raises(SystemExit, match=said):
        bundle.python_of(folder)


def test_the_windows_tree_is_complete(bundle, tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    wheels = [
        wheel(tmp_path / "wheels", name) for name in ("a-1.0-py3-none-any.whl", "b-1.0-py3-none-any.whl")
    ]
    bundle.windows_tree(tree, embeddable(tmp_path / "python"), wheels)
    there = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    source = {
        f"packages/{p.relative_to(ROOT).as_posix()}"
        for p in (ROOT / "evaluator").rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }
    assert source <= there
    assert {
        "开始.bat",
        "使用说明.md",
        "LICENSE",
        "python/python.exe",
        "packages/a/__init__.py",
        "packages/b/__init__.py",
    } <= there
    assert len([name for name in there if name.startswith("示例/actuals/2026/")]) == 6
    assert not any("__pycache__" in name for name in there)
    assert not (tree / "targets").exists()  # samples stand in 示例 from the start
    paths = (tree / "python" / "python312._pth").read_bytes()
    assert paths == b"python312.zip\r\n.\r\n..\\packages\r\n"


def test_the_batch_file_is_ascii_and_starts_the_tool(bundle, tmp_path):
    (tmp_path / "tree").mkdir()
    bundle.windows_tree(tmp_path / "tree", embeddable(tmp_path / "python"), [])
    text = (tmp_path / "tree" / "开始.bat").read_bytes()
    assert text.isascii()
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b'pushd "%~dp0"' in text  # any folder, one with spaces or on a share too
    assert b"-m evaluator start --pause" in text


@pytest.mark.parametrize(
    ("pack", "name"), [("pack_zip", "evaluate-1.zip"), ("pack_tar", "evaluate-1.tar.gz")]
)
def test_the_same_tree_is_the_same_bytes(bundle, tmp_path, pack, name):
    made: list[Path] = []
    for folder in ("一", "二"):
        tree = tmp_path / folder / "tree"
        (tree / "包").mkdir(parents=True)
        (tree / "包" / "开始.sh").write_text("#!/bin/sh\n")
        (tree / "包" / "开始.sh").chmod(0o755)
        os.utime(tree / "包" / "开始.sh", (len(made), len(made)))
        getattr(bundle, pack)(tree, tmp_path / folder / name)
        made.append(tmp_path / folder / name)
    assert made[0].read_bytes() == made[1].read_bytes()
    if name.endswith(".zip"):
        assert zipfile.ZipFile(made[0]).namelist() == ["evaluate-1/包/开始.sh"]
    else:
        with tarfile.open(made[0]) as archive:
            assert [(entry.name, entry.mode) for entry in archive] == [("evaluate-1/包/开始.sh", 0o755)]


# --- Linux ----------------------------------------------------------------------------------------


def repacked(names, folder):
    """Wheels of the packages that are installed here, so that none has to be fetched."""
    folder.mkdir(parents=True)
    for name in names:
        found = distribution(name)
        tags = [
            line.partition(": ")[2].split("-")
            for line in (found.read_text("WHEEL") or "").splitlines()
            if line.startswith("Tag")
        ]
        tag = "-".join(".".join(dict.fromkeys(parts)) for parts in zip(*tags, strict=True))
        stem = f"{found.metadata['Name'].replace('-', '_').replace('.', '_')}-{found.version}"
        with zipfile.ZipFile(folder / f"{stem}-{tag}.whl", "w") as archive:
            for file in found.files or ():
                path = Path(str(found.locate_file(file)))
                if ".." not in file.parts and path.suffix != ".pyc" and path.is_file():
                    archive.write(path, str(file))
    return folder


def cut_off():
    """What runs a command without a network: a namespace of its own, else proxies that lead nowhere."""
    works = (
        shutil.which("unshare")
        and subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0
    )
    return ["unshare", "-rn"] if works else []


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the bundle for Linux runs there",
)
def test_the_linux_bundle_runs_without_a_network(bundle, pins, tmp_path):
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    target = next(item for item in bundle.LINUX if item.machine == platform.machine())
    names = [pin.name for pin in bundle.needed(pins, target, python)]
    try:
        lock = "".join(f"{name}=={distribution(name).version}\n" for name in names)
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed here: pip install -r locks/test.txt")
    here = bundle.Target(
        target.name,
        "Linux",
        target.machine,
        (*target.platforms, *(f"manylinux_2_{n}_{target.machine}" for n in range(29, 50))),
    )
    wheels = bundle.choose(bundle.read_lock(lock), here, python, repacked(names, tmp_path / "wheels"))
    tree = tmp_path / "自评 工具"
    tree.mkdir()
    bundle.linux_tree(tree, {python: wheels})
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / f"python{python}").symlink_to(Path(sys.executable).resolve())
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "PIP_NO_INDEX": "1",
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip

    def run(*arguments):
        command = [*cut_off(), str(tree / "开始.sh"), *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    first = run()
    assert "还没有批复表" in first.stdout, first.stderr
    assert (tree / "targets").is_dir()
    job = run("--year", "2026", "-C", "示例")
    assert job.returncode == 0, job.stderr
    assert (tree / "示例" / "reports" / "2026" / "index.html").exists()
    assert run("verify", "reports/2026", "-C", "示例").returncode == 0


@pytest.mark.parametrize("pythons", [("3.11",), ("3.11", "3.12")])
def test_every_python_has_files_of_its_own_for_the_start_to_find(bundle, tmp_path, pythons):
    """A folder without files does not come out of the archive."""
    common = wheel(tmp_path / "wheels", "a-1.0-py3-none-any.whl")
    own = {python: wheel(tmp_path / python, "b-1.0-py3-none-any.whl") for python in pythons}
    tree = tmp_path / "tree"
    tree.mkdir()
    bundle.linux_tree(tree, {python: [common, own[python]] for python in pythons})
    tags = [f"cp{python.replace('.', '')}" for python in pythons]
    assert all(any((tree / "packages" / tag).rglob("*.py")) for tag in tags)
    assert (tree / "packages" / "common" / "a").is_dir() is (len(pythons) > 1)


def test_without_a_fitting_python_the_start_says_so(bundle, tmp_path):
    bundle.linux_tree(tmp_path, {"3.99": [wheel(tmp_path / "wheels", "a-1.0-py3-none-any.whl")]})
    run = subprocess.run([str(tmp_path / "开始.sh")], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert "3.99" in run.stderr
