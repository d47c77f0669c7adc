"""A forger's tools: open a delivered file, change one thing, save it again."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHEET = "法律服务-自评表.xlsx"
FORM, SCORE = "自评表", "G14"
Change = Callable[[Path], object]


def sheet(change: Callable[[Any], object], part: str = FORM, name: str = SHEET) -> Change:
    """Change a worksheet of a delivered workbook with openpyxl."""

    def forge(reports: Path) -> None:
        from openpyxl import load_workbook

        book = load_workbook(reports / name, rich_text=True)
        change(book[part])
        book.save(reports / name)

    return forge


def cell(**looks: Any) -> Change:
    """Set attributes of the score's cell: its value, number_format, font, fill, alignment."""

    def dress(of: Any) -> None:
        for key, value in looks.items():
            setattr(of[SCORE], key, value)

    return sheet(dress)


def font(**looks: Any) -> Change:
    """Change one thing of the font of the score's cell."""
    from copy import copy

    def dress(of: Any) -> None:
        changed = copy(of[SCORE].font)
        for key, value in looks.items():
            setattr(changed, key, value)
        of[SCORE].font = changed

    return sheet(dress)


def parts(name: str, change: Callable[[dict[str, bytes]], object]) -> Change:
    """Change the parts of an office file directly."""

    def forge(reports: Path) -> None:
        path = reports / name
        with zipfile.ZipFile(path) as archive:
            held = {entry: archive.read(entry) for entry in archive.namelist()}
        change(held)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in held.items():
                archive.writestr(entry, content)

    return forge


def xml(name: str, part: str, before: str, after: str) -> Change:
    """Replace the first match of a pattern in one part of an office file."""

    def replace(held: dict[str, bytes]) -> None:
        text, count = re.subn(before, after, held[part].decode(), count=1)
        assert count, f"nothing like {before} in {part}"
        held[part] = text.encode()

    return parts(name, replace)


def text(name: str, before: str, after: str) -> Change:
    """Replace the first match of a pattern in a text file."""

    def forge(reports: Path) -> None:
        path = reports / name
        changed, count = re.subn(before, after, path.read_text(encoding="utf-8"), count=1)
        assert count, f"nothing like {before} in {name}"
        path.write_bytes(changed.encode())

    return forge


def manifest(change: Callable[[dict[str, Any]], object]) -> Change:
    """Edit the manifest."""

    def forge(reports: Path) -> None:
        path = reports / "manifest.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        change(table)
        path.write_text(json.dumps(table, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return forge


def row(table: dict[str, Any], name: str) -> dict[str, str]:
    """The manifest's row of a file."""
    return next(item for item in [*table["inputs"], *table["outputs"]] if item["path"].endswith(name))


def cover(change: Change, *, seals: bool = False) -> Change:
    """Forge, and write the new fingerprints into the manifest, and into 校验.sha256, too."""

    def forge(reports: Path) -> None:
        change(reports)

        def list_again(table: dict[str, Any]) -> None:
            for item in table["outputs"]:
                content = (reports / item["path"]).read_bytes()
                item["sha256"] = hashlib.sha256(content).hexdigest()
                if "sm3" in item:
                    item["sm3"] = hashlib.new("sm3", content).hexdigest()

        manifest(list_again)(reports)
        if seals:
            seal(reports)

    return forge


def seal(reports: Path) -> None:
    """Write 校验.sha256 for what lies there now."""
    path = reports / "校验.sha256"
    names = [line.partition("  ")[2] for line in path.read_text(encoding="utf-8").splitlines()]
    lines = (f"{hashlib.sha256((reports / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    path.write_text("".join(lines), encoding="utf-8")


def both(*changes: Change) -> Change:
    """One after the other."""

    def forge(reports: Path) -> None:
        for change in changes:
            change(reports)

    return forge
