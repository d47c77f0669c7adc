"""Write ``docs/findings.zh-CN.md`` from the catalogue: ``python tools/build_findings.py``.

Also counts what the six real forms of this repository contain; a test keeps the page up to date.
"""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

from evaluator.checks import check_targets
from evaluator.forms import read_forms
from evaluator.readers import read_source
from evaluator.records.findings import Message, Severity, catalogue

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "findings.zh-CN.md"
TITLES = {
    "checks": "对批复目标和填报内容的检查",
    "forms": "读取批复表",
    "values": "读取指标值",
    "readers": "打开文件",
    "scans": "识别扫描件",
    "tables": "projects.csv 和 indicators.csv",
    "actuals": "读取填报表",
    "scoring": "计分",
    "rulesets": "计分规则文件",
    "workspace": "工作文件夹",
    "files": "写文件",
    "delivery": "生成报告",
    "verify": "核验",
    "audit": "审核别人填的自评表",
    "reviews": "采用复核结果",
    "units": "各单位汇总",
}


def page() -> str:
    """The whole page."""
    lines = [
        "# 问题说明",
        "",
        "程序发现的每一个问题都有代号、位置、一句说明和一句处理办法。**错误**：该行不计分；**提醒**：已计分，请看一眼；",
        "**说明**：告诉您程序作了什么规范化处理。`{…}` 处是具体内容。",
        "",
        "## 六份真实批复表里有什么",
        "",
        "随附的鄂州市社会保险中心 2026 年六个项目的批复表，检查结果如下（位置是原件的行和列）：",
        "",
        "| 问题 | 级别 | 次数 | 位置 |",
        "|---|---|---|---|",
        *seed_rows(),
    ]
    for name, title in TITLES.items():
        messages = messages_of(name)
        if messages:
            lines += [
                "",
                f"## {title}",
                "",
                "| 代号 | 级别 | 问题 | 说明 | 处理办法 |",
                "|---|---|---|---|---|",
            ]
            lines += [row(message) for message in messages]
    return "\n".join(lines) + "\n"


def row(message: Message) -> str:
    cells = (f"`{message.code}`", message.severity.label, message.title, message.text, message.remedy)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def messages_of(name: str) -> list[Message]:
    import tomllib

    entry = resources.files("evaluator").joinpath("messages", f"{name}.toml")
    codes = tomllib.loads(entry.read_text(encoding="utf-8")) if entry.is_file() else {}
    return [catalogue()[code] for code in codes]


def seed_rows() -> list[str]:
    counts: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    for path in sorted((ROOT / "targets" / "2026" / "source").glob("*.txt")):
        source, _ = read_source(path, ROOT)
        assert source is not None
        reading = read_forms(source, 2026)
        remarks = [item for project in reading.projects for item in check_targets(project, 2026)]
        for item in (*reading.findings, *remarks):
            counts[item.code] += 1
            places.setdefault(item.code, []).append(item.place.cell)
    order = list(Severity)
    ranked = sorted(counts, key=lambda code: (order.index(catalogue()[code].severity), -counts[code], code))
    return [
        f"| {catalogue()[code].title} | {catalogue()[code].severity.label} | {counts[code]} | {'、'.join(places[code])} |"
        for code in ranked
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
