"""Take the pictures of the README: ``python tools/build_pictures.py`` (LibreOffice, pdftoppm).

They show a demonstration workbook and its score sheet as LibreOffice prints them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from click.testing import CliRunner

from evaluator.cli.commands import evaluate

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PROJECT = "法律服务"
_BOXES = {
    4: ["-x", "60", "-y", "80", "-W", "2220", "-H", "460"],
    1: ["-x", "20", "-y", "60", "-W", "1130", "-H", "1240"],
}
"""What to cut out of the page, in dots."""


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        for name in ("targets", "actuals"):
            shutil.copytree(ROOT / name, desk / name)
        CliRunner().invoke(evaluate, ["--year", "2026", "-C", str(desk)], catch_exceptions=False)
        picture(desk / "actuals" / "2026" / f"{PROJECT}.xlsx", 4, PICTURES / "fill-in.png", desk)
        picture(desk / "reports" / "2026" / f"{PROJECT}-自评表.xlsx", 1, PICTURES / "score-sheet.png", desk)


def picture(workbook: Path, page: int, target: Path, desk: Path) -> None:
    """One page of a workbook as a picture, its white margins cut off."""
    profile = f"-env:UserInstallation={(desk / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(desk), str(workbook)]
    subprocess.run(call, check=True, capture_output=True)
    stem = desk / "page"
    pdf = desk / f"{workbook.stem}.pdf"
    box = _BOXES[page]
    call = [
        "pdftoppm",
        "-f",
        str(page),
        "-l",
        str(page),
        "-r",
        "140",
        *box,
        "-png",
        "-singlefile",
        str(pdf),
        str(stem),
    ]
    subprocess.run(call, check=True)
    shutil.copy(f"{stem}.png", target)


if __name__ == "__main__":
    main()
