"""Take the pictures of the README: ``python tools/build_pictures.py`` (LibreOffice, pdftoppm).

They show a demonstration workbook, its score sheet and an audited sheet as LibreOffice prints them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook

from evaluator.cli.commands import evaluate

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PROJECT = "法律服务"
FILL_IN, SCORES, AUDITED = (60, 80, 2220, 460), (20, 60, 1130, 1240), (50, 60, 1540, 320)
"""What to cut out of the page, in dots: left, top, width, height."""
FILLED = """
项目支出绩效自评表（示例）
（2026年度）
项目名称 | | 法律服务
主管部门 | | 某局 | | | 实施单位 | 某中心
项目资金（万元） | | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | | 年度资金总额 | 20 | 20 | 18 | 10 | 95% | 9.5
 | | 其中：当年财政拨款 | 20 | 20 | 18 | — | | —
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
 | 产出指标 | 数量指标 | 办理案件 | ≥20件 | ≥20件 | 20 | 20 |
 | | 质量指标 | 合格率 | ≥95% | 90% | 20 | 20 |
 | | 成本指标 | 律师费 | ≤18万元 | 18万元 | 10 | 10 |
 | 效益指标 | 社会效益指标 | 调解成功率 | ≥80% | 60% | 30 | 22.5 |
 | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 92% | 10 | 9 | 主动扣分
 | 总分 | | | | | 100 | 93
"""
"""A sheet as a unit might hand it in, with five mistakes."""


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        for name in ("targets", "actuals"):
            shutil.copytree(ROOT / name, desk / name)
        CliRunner().invoke(evaluate, ["--year", "2026", "-C", str(desk)], catch_exceptions=False)
        picture(desk / "actuals" / "2026" / f"{PROJECT}.xlsx", 4, FILL_IN, PICTURES / "fill-in.png", desk)
        sheet = desk / "reports" / "2026" / f"{PROJECT}-自评表.xlsx"
        picture(sheet, 1, SCORES, PICTURES / "score-sheet.png", desk)
        picture(audited(desk), 4, AUDITED, PICTURES / "audit.png", desk)


def audited(desk: Path) -> Path:
    """The auditor's workbook on a filled sheet."""
    book = Workbook()
    for line in FILLED.strip("\n").splitlines():
        book.active.append([_typed(text.strip()) for text in line.split("|")])
    book.save(desk / "某中心-自评表.xlsx")
    out = desk / "复核表.xlsx"
    call = ["audit", str(desk / "某中心-自评表.xlsx"), "--rules", "mof-2020", "--out", str(out)]
    CliRunner().invoke(evaluate, call, catch_exceptions=False)
    return out


def _typed(text: str) -> str | float | None:
    return float(text) if text.replace(".", "").isdigit() else text or None


def picture(workbook: Path, page: int, box: tuple[int, int, int, int], target: Path, desk: Path) -> None:
    """One page of a workbook as a picture, its white margins cut off."""
    profile = f"-env:UserInstallation={(desk / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(desk), str(workbook)]
    subprocess.run(call, check=True, capture_output=True)
    stem = desk / "page"
    pdf = desk / f"{workbook.stem}.pdf"
    call = [
        "pdftoppm",
        "-f",
        str(page),
        "-l",
        str(page),
        "-r",
        "140",
        *(
            part
            for flag, dots in zip(("-x", "-y", "-W", "-H"), box, strict=True)
            for part in (flag, str(dots))
        ),
        "-png",
        "-singlefile",
        str(pdf),
        str(stem),
    ]
    subprocess.run(call, check=True)
    shutil.copy(f"{stem}.png", target)


if __name__ == "__main__":
    main()
