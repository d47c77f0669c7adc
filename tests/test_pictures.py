"""Every kind of output as a picture: something is on it, and nothing runs over the edge of the paper."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.commands.workspaces import Desk
from tests.render.office import convert, needs_office
from tests.render.test_page import CHROMIUM, FLAGS, needs_browser

ROOT = Path(__file__).parents[1]
EDGE = 12  # dots at 60 to the inch: five millimetres
needs_pictures = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    root = tmp_path_factory.mktemp("delivery")
    shutil.copytree(ROOT / "targets" / "2026" / "source", root / "targets" / "2026" / "source")
    shutil.copytree(ROOT / "actuals", root / "actuals")
    desk = Desk(root)
    assert desk.run("--year", "2026").exit_code == 0
    return desk


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around everything that is not white."""
    grey = picture.convert("L")
    return ImageChops.invert(grey).point(lambda value: 255 if value > 12 else 0).getbbox()


@needs_office
@needs_pictures
def test_paper(delivered, tmp_path):
    outputs = [
        delivered.reports / "办公运行保障-自评表.xlsx",
        delivered.reports / "办公运行保障-系统导入表.xlsx",
        delivered.reports / "自评结果汇总表.xlsx",
        delivered.reports / "自评报告.docx",
        delivered.actuals / "办公运行保障.xlsx",
    ]
    convert(outputs, "pdf", tmp_path)
    for output in outputs:
        pdf = tmp_path / f"{output.stem}.pdf"
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(tmp_path / output.stem)], check=True)
        pages = sorted(path for path in tmp_path.glob("*.png") if path.name.rpartition("-")[0] == output.stem)
        assert pages, output.name
        for page in pages:
            with Image.open(page) as picture:
                left, top, right, bottom = ink(picture) or (0, 0, 0, 0)
                assert right - left > 40, f"{page.name} is empty"
                inside = (
                    left >= EDGE
                    and top >= EDGE
                    and right <= picture.width - EDGE
                    and bottom <= picture.height - EDGE
                )
                assert inside, f"{page.name} runs over the edge"


@needs_browser
def test_screen(delivered, tmp_path):
    target = tmp_path / "page.png"
    address = (delivered.reports / "index.html").as_uri()
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    call = [CHROMIUM, *FLAGS, profile, "--window-size=1280,1600", f"--screenshot={target}", address]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    with Image.open(target) as picture:
        assert picture.size == (1280, 1600)
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 20)
        assert colours is not None
        assert len(colours) > 50  # text, tables, the chart's points
