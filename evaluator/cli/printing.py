"""What people read on the terminal; widths of Chinese characters are rich's business."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import click

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.records.findings import Finding, Severity, by_severity
from evaluator.render import file_names
from evaluator.values.text import show

_MOST, _FEW, _PLACES = 30, 5, 3
"""How many findings are told at once, how many of one kind one by one, and how many places of it."""
_ALL, _WORST = 40, 20
"""Projects of which all are shown; of more, as many as are shown."""
_MARKS = {Severity.ERROR: "[错误]", Severity.WARNING: "[提醒]", Severity.NOTE: "[说明]"}


def print_json(value: Any) -> None:
    """One JSON document on standard output, in UTF-8 whatever the console's encoding."""
    content = json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    click.echo(content + b"\n", nl=False)


def finding_json(item: Finding) -> dict[str, object]:
    """A finding as data."""
    return {
        "code": item.code,
        "severity": item.severity.value,
        "title": item.title,
        "place": str(item.place),
        "project": item.project,
        "indicator": item.indicator,
        "sentence": item.sentence,
    }


def print_refusal(findings: Iterable[Finding], form: str) -> None:
    """Why there is nothing to show: errors on standard error, and a JSON document where one was asked for."""
    findings = list(findings)
    print_errors(findings)
    if form == "json":
        print_json({"findings": [finding_json(item) for item in findings]})


def print_table(
    headers: list[str], rows: list[list[str]], *, right: Iterable[int] = (), title: str = ""
) -> None:
    """A table on standard output, as wide as the terminal (120 columns where there is none)."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False, emoji=False
    )
    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for index, header in enumerate(headers):
        table.add_column(header, justify="right" if index in set(right) else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def gathered(findings: Iterable[Finding], *, brief: bool) -> list[list[Finding]]:
    """Findings, errors first, those that say the very same together; with `brief`, many of a kind as well."""
    ordered = by_severity(findings)
    kinds = Counter(item.code for item in ordered)
    groups: dict[tuple[str, str], list[Finding]] = {}
    for item in ordered:
        alike = brief and kinds[item.code] > _FEW
        groups.setdefault((item.code, "" if alike else item.sentence), []).append(item)
    return list(groups.values())


def _line(group: list[Finding]) -> tuple[str, str]:
    """What a group is called and where it is found, and what it says."""
    first = group[0]
    count = f" ×{len(group)}" if len(group) > 1 else ""
    places = list(dict.fromkeys(str(item.place) for item in group))
    where = "、".join(places[:_PLACES]) + (f"……等 {len(places)} 处" if len(places) > _PLACES else "")
    example = "" if len({item.sentence for item in group}) == 1 else "例如："
    return f"{_MARKS[first.severity]} {first.title}{count}  {where}", f"{example}{first.sentence}"


def print_findings(
    findings: Iterable[Finding], *, err: bool = False, most: int | None = None, brief: bool = False
) -> None:
    """Findings one by one, errors first: mark, title, place, sentence, remedy; the same ones only once."""
    groups = gathered(findings, brief=brief)
    for group in groups[:most]:
        head, sentence = _line(group)
        click.echo(head, err=err)
        click.echo(f"       {sentence}", err=err)
    left = sum(map(len, groups[most:])) if most is not None else 0
    if left:
        click.echo(f"       ……其余 {left} 条见 evaluate check", err=err)


def print_errors(findings: Iterable[Finding]) -> None:
    """The errors among findings, on standard error, up to a screenful or two."""
    errors = [item for item in findings if item.severity is Severity.ERROR]
    print_findings(errors, err=True, most=_MOST, brief=True)


def print_remarks(findings: Iterable[Finding]) -> None:
    """Warnings and notes, one a line, on standard output; errors stand on standard error already."""
    remarks = [item for item in findings if item.severity is not Severity.ERROR]
    for group in gathered(remarks, brief=True):
        click.echo("：".join(_line(group)))


def count_sentence(findings: Iterable[Finding]) -> str:
    """How many findings of each severity, as a sentence."""
    counts = Counter(item.severity for item in findings)
    return "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity)


def evaluation_row(item: Evaluation) -> list[str]:
    """One project's row of the result table."""
    rate = f"{show(item.budget.rate)}%" if item.budget.rate is not None else "—"
    scored = len(item.scores) - item.unscored
    nothing = item.budget.score is None and not scored
    total = "未计分" if nothing else f"{item.total:.2f}" + ("" if item.complete else "（不完整）")
    counts = "/".join(str(item.count(severity)) for severity in (Severity.ERROR, Severity.WARNING))
    return [
        item.project.name + ("  [示例数据]" if item.sample else ""),
        show(item.budget.adjusted) or "—",
        show(item.budget.spent) or "—",
        rate,
        f"{item.met}/{len(item.scores)}",
        total,
        item.rating or "—",
        counts,
    ]


def print_evaluation(unit: UnitEvaluation) -> None:
    """The result of the main job: one row a project; of many, those first that need somebody's attention."""
    title = f"{unit.year}年度项目支出绩效自评　{unit.applicant}　计分规则：{unit.rules_title}（{unit.rules}）"
    headers = ["项目", "全年预算", "执行数", "执行率", "达标/指标", "得分", "评级", "错误/提醒"]
    whole = len(unit.evaluations)
    shown = unit.evaluations if whole <= _ALL else sorted(unit.evaluations, key=_urgency)[:_WORST]
    print_table(headers, [evaluation_row(item) for item in shown], right=(1, 2, 3, 4, 5, 7), title=title)
    if len(shown) < whole:
        complete = sum(item.complete for item in unit.evaluations)
        click.echo(
            f"共 {whole} 个项目，计分完整 {complete} 个；上表只列错误最多、得分最低的 {_WORST} 个，"
            f"全部见 {file_names.SUMMARY}"
        )


def _urgency(item: Evaluation) -> tuple[int, Decimal]:
    """What comes first among many: the most errors, then the lowest score."""
    return -item.count(Severity.ERROR), item.total
