"""Records as rows of strings and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from evaluator.records.approved import (
    Confidence,
    Goal,
    Horizon,
    Indicator,
    Operator,
    Project,
    Target,
    TargetKind,
)
from evaluator.records.source import Place
from evaluator.values.text import decimal_from_text, show

if TYPE_CHECKING:
    import pandas as pd

KEY, CODE, NOTE = "项目编号", "编码", "更正说明"
PROJECT_COLUMNS = (
    KEY,
    "项目名称",
    "申报单位",
    "项目预算（万元）",
    "年度绩效目标",
    "长期绩效目标",
    "其他信息",
    "年度指标数",
    "长期指标数",
    NOTE,
    "来源文件",
    "位置",
    "目标位置",
    "来源sha256",
)
INDICATOR_COLUMNS = (
    KEY,
    CODE,
    "目标类别",
    "目标序号",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标类型",
    "运算符",
    "数值",
    "上限",
    "计量单位",
    "起始日期",
    "截止日期",
    "分值",
    "确定依据",
    "附加信息",
    "把握程度",
    "读取依据",
    NOTE,
    "来源文件",
    "位置",
    "批复原文",
    "来源sha256",
)
# What a person may correct; the other columns say where a row comes from.
PROJECT_EDITABLE = ("项目名称", "申报单位", "项目预算（万元）", "年度绩效目标", "长期绩效目标")
INDICATOR_EDITABLE = INDICATOR_COLUMNS[3:17]
BUDGET = "项目预算（万元）"
GOALS = ("年度绩效目标", "长期绩效目标")
NUMBERS = (BUDGET, "数值", "上限", "分值", "目标序号")
DATES = ("起始日期", "截止日期")
READING = ("指标类型", "运算符", "数值", "上限", "计量单位", "起始日期", "截止日期")
"""The columns that follow from 指标值."""

_GOAL = re.compile(r"^\s*目标\s*(\d{1,2})\s*[：:]", re.MULTILINE)
Cells = Mapping[str, str]


def project_table(projects: Iterable[Project]) -> pd.DataFrame:
    """One row a project, all strings."""
    import pandas as pd

    return pd.DataFrame([project_cells(p) for p in projects], columns=list(PROJECT_COLUMNS), dtype=str)


def indicator_table(projects: Iterable[Project]) -> pd.DataFrame:
    """One row an indicator, all strings."""
    import pandas as pd

    rows = [indicator_cells(project, item) for project in projects for item in project.indicators]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS), dtype=str)


def project_cells(project: Project) -> dict[str, str]:
    """The cells of a project's row."""
    goals = {horizon: [g for g in project.goals if g.horizon is horizon] for horizon in Horizon}
    annual = len(project.annual)
    values = (
        project.key,
        project.name,
        project.applicant,
        show(project.budget),
        goals_text((g.number, g.text) for g in goals[Horizon.ANNUAL]),
        goals_text((g.number, g.text) for g in goals[Horizon.LONG_TERM]),
        _pairs_text(project.facts),
        str(annual),
        str(len(project.indicators) - annual),
        "",
        project.place.file,
        _at(project.place),
        "\n".join(f"{g.horizon}{g.number}@{_at(g.place)}" for g in project.goals),
        project.sha256,
    )
    return dict(zip(PROJECT_COLUMNS, values, strict=True))


def indicator_cells(project: Project, item: Indicator) -> dict[str, str]:
    """The cells of an indicator's row."""
    target = item.target
    values = (
        project.key,
        item.code,
        item.horizon.value,
        str(item.goal),
        item.level1,
        item.level2,
        item.name,
        target.text,
        target.kind.value,
        target.operator.value if target.operator else "",
        show(target.value),
        show(target.upper),
        target.unit,
        target.since.isoformat() if target.since else "",
        target.deadline.isoformat() if target.deadline else "",
        show(item.points),
        item.basis,
        _pairs_text(item.extras),
        item.confidence.value,
        item.evidence,
        "",
        item.place.file,
        _at(item.place),
        item.original,
        project.sha256,
    )
    return dict(zip(INDICATOR_COLUMNS, values, strict=True))


def project_from(cells: Cells, indicators: tuple[Indicator, ...]) -> Project:
    """The project of a row; the cells have been checked before."""
    file = cells["来源文件"]
    places = {}
    for line in cells["目标位置"].splitlines():
        name, _, at = line.partition("@")
        places[name] = _place(file, at)
    goals = [
        Goal(horizon, number, text, places.get(f"{horizon}{number}", Place(file)))
        for horizon, column in ((Horizon.LONG_TERM, "长期绩效目标"), (Horizon.ANNUAL, "年度绩效目标"))
        for number, text in goals_from(cells[column])
    ]
    return Project(
        key=cells[KEY],
        name=cells["项目名称"],
        applicant=cells["申报单位"],
        budget=decimal_from_text(cells["项目预算（万元）"]),
        goals=tuple(goals),
        indicators=indicators,
        place=_place(file, cells["位置"]),
        sha256=cells["来源sha256"],
        facts=_pairs(cells["其他信息"]),
    )


def indicator_from(cells: Cells) -> Indicator:
    """The indicator of a row; the cells have been checked before."""
    target = Target(
        text=cells["指标值"],
        kind=TargetKind(cells["指标类型"]),
        operator=Operator(cells["运算符"]) if cells["运算符"] else None,
        value=decimal_from_text(cells["数值"]),
        upper=decimal_from_text(cells["上限"]),
        unit=cells["计量单位"],
        deadline=_date(cells["截止日期"]),
        since=_date(cells["起始日期"]),
    )
    return Indicator(
        code=cells[CODE],
        horizon=Horizon(cells["目标类别"]),
        goal=int(decimal_from_text(cells["目标序号"]) or Decimal(1)),
        level1=cells["一级指标"],
        level2=cells["二级指标"],
        name=cells["三级指标"],
        target=target,
        basis=cells["确定依据"],
        place=_place(cells["来源文件"], cells["位置"]),
        points=decimal_from_text(cells["分值"]),
        confidence=Confidence(cells["把握程度"] or Confidence.HIGH),
        evidence=cells["读取依据"],
        original=cells["批复原文"],
        extras=_pairs(cells["附加信息"]),
    )


def date_from(text: str) -> date | None:
    """A date as the table has it, or as Excel rewrites it (2026/12/31); None if it is none."""
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def place_of(cells: Cells) -> Place:
    """Where in its source a row was read."""
    return _place(cells["来源文件"], cells["位置"])


def is_checked(column: str) -> bool:
    """Whether a column holds anything but free text."""
    return column in _CHOICES or column in NUMBERS or column in DATES


def expected(column: str, text: str) -> str:
    """What a column should hold, where the text is not that; empty where it is fine."""
    if column == "目标序号" and text and not re.fullmatch(r"[1-9]\d?", text):
        return "1 到 99 的整数"
    if column in NUMBERS and text and decimal_from_text(text) is None:
        return "数字"
    if column in DATES and text and date_from(text) is None:
        return "日期（如 2026-12-31）"
    choices = _CHOICES.get(column)
    if choices is None or text in choices:
        return ""
    return "、".join(filter(None, choices)) + "之一"


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "目标类别": tuple(Horizon),
    "指标类型": tuple(TargetKind),
    "运算符": ("", *Operator),
    "把握程度": ("", *Confidence),
}


def _date(text: str) -> date | None:
    return date_from(text) if text else None


def _at(place: Place) -> str:
    return "!".join(piece for piece in (place.part, place.cell) if piece)


def _place(file: str, at: str) -> Place:
    part, _, cell = at.rpartition("!")
    return Place(file, part, cell)


def goals_text(goals: Iterable[tuple[int, str]]) -> str:
    """Goal texts with their numbers as one cell; the only one is its text alone."""
    goals = list(goals)
    if [number for number, _ in goals] == [1]:
        return goals[0][1]
    return "\n".join(f"目标{number}：{text}" for number, text in goals)


def goals_from(text: str) -> list[tuple[int, str]]:
    """Number and text of each goal of a cell."""
    if not text:
        return []
    pieces = _GOAL.split(text)
    if len(pieces) < 3 or pieces[0].strip():
        return [(1, text)]
    return [(int(number), body.strip()) for number, body in zip(pieces[1::2], pieces[2::2], strict=True)]


def _pairs_text(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{name}：{text}" for name, text in pairs.items())


def _pairs(text: str) -> dict[str, str]:
    lines = (line.partition("：") for line in text.splitlines() if line)
    return {name: value for name, _, value in lines}
