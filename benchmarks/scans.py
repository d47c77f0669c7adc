"""What is read right on scanned pages, and which wrong values nothing made doubtful.

    python -m benchmarks.scans [--signs] [宋 黑 楷 ...]

The demonstration's forms (with ``--signs`` one whose signs and units have columns of their own) are drawn as
pages in several fonts, clean and as scanners, seals and copiers leave them, read as an import reads them, and
held against the forms themselves.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

from evaluator.forms import FormReading, read_forms
from evaluator.pipeline.reading import read_form
from evaluator.pipeline.workspace import Workspace
from evaluator.proofreading import HEAD, doubts_of
from evaluator.readers import read_source
from evaluator.records.approved import Horizon, Indicator, Project
from evaluator.values.text import show, squash
from tests.scans.pages import WIDTHS, draw, has_font, noisy, packed, sealed, tilted
from tests.written import source

ROOT = Path(__file__).parents[1]
YEAR = 2026
FONTS = ("宋", "黑", "细宋", "楷", "文楷")
Change = Callable[[Any], Any]
Form = tuple[str, Project, tuple[float, ...]]
"""A form in the notation of the tests' pages, what it says, and how wide its columns are."""
SIGNS = """
项目支出绩效目标申报表
项目名称 | 高标准农田建设补助 | 项目预算（万元） | 320.5
一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 分值
成本指标 | 经济成本指标 | 工程投入 | ≤ | 300 | 万元 | 10
成本指标 | 经济成本指标 | 管理费用 | ≤ | 20.5 | 万元 | 10
产出指标 | 数量指标 | 新建高标准农田面积 | ≥ | 2000 | 亩 | 10
产出指标 | 数量指标 | 维修机井数量 | ＝ | 12 | 眼 | 10
产出指标 | 数量指标 | 培训农户人次 | ＞ | 350 | 人次 | 5
产出指标 | 质量指标 | 工程验收合格率 | ＝ | 100 | % | 10
产出指标 | 质量指标 | 返工率 | ＜ | 3 | % | 5
产出指标 | 时效指标 | 完工天数 | ≤ | 120 | 天 | 10
效益指标 | 经济效益指标 | 亩均增收 | ≥ | 150 | 元/亩 | 10
效益指标 | 生态效益指标 | 节水率 | ≥ | 7.5 | % | 10
满意度指标 | 服务对象满意度指标 | 受益农户满意度 | ≥ | 90 | % | 10
"""
PAGES: dict[str, tuple[int, Change, int]] = {
    "200 dpi，清晰": (200, lambda page: page, 0),
    "150 dpi，清晰": (150, lambda page: page, 0),
    "200 dpi，盖章": (200, lambda page: sealed(page, at=(0.6, 0.3)), 90),
    "200 dpi，盖章压在指标值上": (200, lambda page: sealed(page, at=(0.68, 0.5), alpha=0.9), 90),
    "150 dpi，歪1°、盖章、噪点、JPEG 70": (150, lambda page: noisy(tilted(sealed(page), 1.0)), 70),
    "200 dpi，歪-2°、噪点、JPEG 60": (200, lambda page: noisy(tilted(page, -2.0)), 60),
    "灰度复印，盖章变灰": (200, lambda page: noisy(sealed(page, at=(0.66, 0.4))).convert("L"), 80),
}
"""Dots an inch, what happened to the page, quality of JPEG (0: not packed that way)."""


def main() -> int:
    asked = [font for font in sys.argv[1:] if font != "--signs"]
    forms = [_signs()] if "--signs" in sys.argv else _demonstration()
    print(f"{'页面':<30}字体  页 拒读 值 错值 漏疑 存疑 符号错 名称错 字符% CPU秒/页", flush=True)
    missed = 0
    for name, (dpi, change, quality) in PAGES.items():
        for font in [font for font in asked or FONTS if has_font(font)]:
            counts = _measure(forms, font, dpi, change, quality)
            missed += counts["missed"]
            print(_line(name, font, counts), flush=True)
    print(f"错值中没有任何存疑的：{missed}")
    return 1 if missed else 0


def _demonstration() -> list[Form]:
    (path,) = (ROOT / "targets" / str(YEAR) / "source").glob("*.txt")
    read, _ = read_source(path, ROOT)
    assert read is not None
    return [(_written(project), project, WIDTHS) for project in read_forms(read, YEAR).projects]


def _signs() -> Form:
    (project,) = read_forms(source(SIGNS), YEAR).projects
    return SIGNS, project, (1, 1.2, 1.6, 0.8, 0.8, 0.8, 0.6)


def _measure(forms: list[Form], font: str, dpi: int, change: Change, quality: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, project, widths in forms:
        page = change(draw(text, dpi=dpi, font=font, padding=2, size=9, widths=widths))
        content = packed(page, "JPEG", quality=quality) if quality else packed(page)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.png"
            path.write_bytes(content)
            before = _cpu()
            reading, _ = read_form(Workspace(Path(folder)), path, YEAR, None)
            counts["cpu"] += round(1000 * (_cpu() - before))
        counts["pages"] += 1
        if reading is None or len(reading.projects) != 1:
            counts["refused"] += 1
            continue
        _compare(project, reading, counts)
    return counts


def _cpu() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _written(project: Project) -> str:
    """The form in the notation of the tests' pages, goals' texts left out."""
    lines = ["项目支出绩效目标批复表", f"申报单位：{project.applicant}　　金额单位：万元"]
    lines.append(f"项目名称 | {project.name} | 项目预算 | {show(project.budget)}")
    for horizon, title in ((Horizon.LONG_TERM, "长期"), (Horizon.ANNUAL, "年度")):
        rows = [item for item in project.indicators if item.horizon is horizon]
        if rows:
            lines += [
                f"{title}绩效目标表",
                "目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据",
            ]
            lines += _rows(rows, title)
    return "\n".join(lines)


def _rows(rows: list[Indicator], title: str) -> Iterator[str]:
    before: tuple[object, ...] = ()
    for item in rows:
        own = (item.goal, item.level1, item.level2)
        shown = [
            "" if own[: at + 1] == before[: at + 1] else str(text)
            for at, text in enumerate((f"{title}目标{item.goal}", item.level1, item.level2))
        ]
        before = own
        yield " | ".join((*shown, item.name, item.target.text, item.basis or "　"))


def _compare(project: Project, reading: FormReading, counts: Counter[str]) -> None:
    """Rows by their order within a horizon; those that a table has too few are wrong, and doubted by nobody
    unless the whole form is.
    """
    (found,) = reading.projects
    doubts = doubts_of(found, YEAR, reading.findings)
    all_doubted = all(said for code, said in doubts.items() if code != HEAD)
    counts["missed"] += found.budget != project.budget and not doubts.get(HEAD)
    for horizon in Horizon:
        right = [item for item in project.indicators if item.horizon is horizon]
        read = [item for item in found.indicators if item.horizon is horizon]
        counts["values"] += len(right)
        if len(read) != len(right):
            counts["wrong"] += abs(len(right) - len(read))
            counts["missed"] += 0 if all_doubted else abs(len(right) - len(read))
        for one, other in zip(right, read, strict=False):
            _compare_row(one, other, bool(doubts.get(other.code)), counts)


def _compare_row(one: Indicator, other: Indicator, doubted: bool, counts: Counter[str]) -> None:
    parts = ("kind", "operator", "value", "upper", "unit", "deadline", "since")
    said, read = _plain(one.target.text), _plain(other.target.text)
    wrong = any(getattr(one.target, part) != getattr(other.target, part) for part in parts)
    wrong = wrong or (one.target.value is None and said != read) or one.level1 != other.level1
    wrong = wrong or one.points != other.points
    counts["wrong"] += wrong
    counts["doubted"] += doubted
    counts["missed"] += wrong and not doubted
    counts["operators"] += one.target.operator is not other.target.operator
    counts["names"] += _plain(one.name) != _plain(other.name)
    for a, b in ((said, read), (_plain(one.name), _plain(other.name))):
        counts["letters"] += len(a)
        counts["right letters"] += sum(
            block.size for block in SequenceMatcher(None, a, b).get_matching_blocks()
        )
    if wrong:
        print(
            f"    {'漏疑' if not doubted else '已疑'}  {one.target.text} → {other.target.text}（{one.name}）",
            flush=True,
        )


def _plain(text: str) -> str:
    return squash(text).replace("≧", "≥").replace("≦", "≤")


def _line(name: str, font: str, counts: Counter[str]) -> str:
    letters = 100 * counts["right letters"] / counts["letters"] if counts["letters"] else 0
    numbers = [
        counts[key]
        for key in ("pages", "refused", "values", "wrong", "missed", "doubted", "operators", "names")
    ]
    cpu = counts["cpu"] / 1000 / max(counts["pages"], 1)
    return f"{name:<30}{font}  " + "  ".join(map(str, numbers)) + f"  {letters:.2f}  {cpu:.1f}"


if __name__ == "__main__":
    started = time.monotonic()
    code = main()
    print(f"{time.monotonic() - started:.0f} 秒")
    sys.exit(code)
