"""The manifest of a delivery and its seals: what was made of what, by which rules and versions; no clock.

``校验.sha256`` repeats the fingerprints in the format of ``sha256sum -c``, so that they can be checked, and
the manifest itself, without this tool.
"""

from __future__ import annotations

import json
import platform
import re
import zlib
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

from evaluator import __version__
from evaluator.pipeline.settings import Request
from evaluator.render import file_names
from evaluator.rulesets import RuleSet
from evaluator.storage.files import SM3

MANIFEST = file_names.MANIFEST
SEALS = file_names.CHECKSUMS
_MAKERS = ("XlsxWriter", "python-docx", "docxtpl", "pygal", "jinja2", "lxml")
_SEAL = re.compile(r"(?P<sha256>[0-9a-fA-F]{64}) [ *](?P<name>.+)")
_HASH = re.compile(r"[0-9a-f]{64}")

Digests = Mapping[str, str]
"""Fingerprints of one file by algorithm: ``sha256`` always, ``sm3`` where this machine has it."""


def libraries() -> dict[str, str]:
    """The versions of what makes the bytes of the delivery: another version may write the same otherwise."""
    found = {}
    for name in _MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # a bundle may leave the records of its packages out
            found[name] = "不详"
    return {**found, "zlib": zlib.ZLIB_RUNTIME_VERSION, "Python": platform.python_version()}


def manifest(
    request: Request, rules: RuleSet, inputs: Mapping[str, Digests], written: Mapping[str, Digests]
) -> bytes:
    """The manifest's bytes, from the fingerprints of inputs and outputs by name."""
    options = [f"--rules {request.rules}"] if request.rules else []
    options += [f"--date {request.printed.isoformat()}"] if request.printed else []
    options += [f"--report {request.report}"] if request.report != "unit" else []
    options += ["--pages"] if request.pages is not None else []
    asked: dict[str, Any] = {"report": request.report} if request.report != "unit" else {}
    if request.pages is not None:
        asked["pages"] = {name: list(request.pages[name]) for name in sorted(request.pages)}
    table = {
        "schema_version": 1,
        "tool": {"name": "evaluate", "version": __version__},
        "libraries": libraries(),
        "digests": {
            "sha256": "SHA-256",
            "sm3": "SM3（GB/T 32905）" if SM3 else "本机的 OpenSSL 没有 SM3，未列",
        },
        "command": " ".join(["evaluate", f"--year {request.year}", *options]),
        "request": {
            "year": request.year,
            "rules": request.rules,
            "printed": request.printed.isoformat() if request.printed else None,
            **asked,
        },
        "rules": {"name": rules.name, "title": rules.title, "sha256": rules.sha256},
        "inputs": [{"path": name, **digests} for name, digests in inputs.items()],
        "outputs": [{"path": name, **written[name]} for name in sorted(written)],
    }
    return json.dumps(table, ensure_ascii=False, indent=2).encode() + b"\n"


def listed_pages(table: Mapping[str, Any]) -> dict[str, tuple[int, ...]] | None:
    """The page numbers in the reports' contents, as a manifest has them; None where there are none."""
    listed = table.get("request", {}).get("pages")
    return {name: tuple(numbers) for name, numbers in listed.items()} if isinstance(listed, dict) else None


class _Row(TypedDict):
    path: str
    sha256: str
    sm3: NotRequired[str]


class _Asked(TypedDict):
    year: int
    rules: NotRequired[str | None]
    printed: NotRequired[date | None]
    report: NotRequired[str]
    pages: NotRequired[dict[str, list[int]]]


class _Table(TypedDict):
    """What must be right in a manifest for it to be one; anybody may have edited it."""

    request: _Asked
    inputs: list[_Row]
    outputs: list[_Row]
    tool: NotRequired[dict[str, str]]
    libraries: NotRequired[dict[str, str]]
    rules: NotRequired[dict[str, str]]


class _Unit(TypedDict):
    folder: str
    manifest: str


class _Rollup(TypedDict):
    kind: Literal["units"]
    year: int
    units: list[_Unit]
    outputs: list[_Row]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a delivery, or None where there is none or it is not one of ours."""
    table = _read(folder, _Table)
    safe = table is not None and all(_is_safe(row["path"]) for row in [*table["inputs"], *table["outputs"]])
    return table if safe else None


def read_rollup(folder: Path) -> dict[str, Any] | None:
    """The manifest of a roll-up of units (各单位汇总); None where there is none or it is not one of ours."""
    table = _read(folder, _Rollup)
    safe = table is not None and all(
        _is_safe(name)
        for name in (*(row["path"] for row in table["outputs"]), *(unit["folder"] for unit in table["units"]))
    )
    return table if safe else None


def _read(folder: Path, shape: type) -> dict[str, Any] | None:
    import msgspec

    try:
        content = (folder / MANIFEST).read_bytes()
        msgspec.json.decode(content, type=shape)
        table: dict[str, Any] = json.loads(content)
    except (OSError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None
    return table


def _is_safe(name: str) -> bool:
    """Whether a name stays in its folder; a unit's own rules may lie anywhere."""
    path = Path(name)
    if "\0" in name:
        return False
    return ".." not in path.parts and (not path.is_absolute() or path.suffix == ".toml")


def seals(manifest_digests: Digests, outputs: Mapping[str, Digests]) -> bytes:
    """``校验.sha256``: every delivered file and the manifest, in the format of ``sha256sum -c``."""
    rows = {**outputs, MANIFEST: manifest_digests}
    return "".join(f"{rows[name]['sha256']}  {name}\n" for name in sorted(rows)).encode()


def read_seals(folder: Path) -> dict[str, str] | None:
    """sha256 by name as the seals have it; None where there are none."""
    try:
        text = (folder / SEALS).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None
    found = (_SEAL.fullmatch(line.strip()) for line in text.splitlines())
    return {match["name"]: match["sha256"].lower() for match in found if match}


def is_hash(text: object) -> bool:
    """Whether a text is a fingerprint at all."""
    return isinstance(text, str) and bool(_HASH.fullmatch(text))
