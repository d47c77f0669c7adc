"""The columns of the two tables, each declared once: title, how it is written and read, who may change it.

A new column is one line here. `project_table` and `indicator_table` write the columns in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from evaluator.records.approved import Confidence, Horizon, Indicator, Operator, Project, TargetKind
from evaluator.records.source import Place
from evaluator.tables import contents
from evaluator.tables.contents import TEXT, Content, choice, date_from, goals_text
from evaluator.values.text import decimal_from_text, show


def _left_blank(*_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `title`, what it holds, and whether people may correct it (`editable`).

    `write` gives the cell of a project, and of one of its indicators in the table of indicators. `field` is
    where `read` puts the cell when the row is a record again (``target.unit``); empty where it goes nowhere
    by itself. `of_value` says that it follows from 指标值, `needed` that a correction never empties it,
    `late` that tables written by an earlier version may lack it.
    """

    title: str
    write: Callable[..., str] = _left_blank
    field: str = ""
    read: Callable[[str], Any] = str
    content: Content = TEXT
    editable: bool = False
    of_value: bool = False
    needed: bool = False
    late: bool = False


def _goals_of(horizon: Horizon) -> Callable[[Project], str]:
    return lambda project: goals_text((g.number, g.text) for g in project.goals if g.horizon is horizon)


def _goal_places(project: Project) -> str:
    return "\n".join(f"{goal.horizon}{goal.number}@{written_place(goal.place)}" for goal in project.goals)


def written_place(place: Place) -> str:
    """Part and cell of a place, as one cell."""
    return "!".join(piece for piece in (place.part, place.cell) if piece)


def _written_pairs(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{name}：{text}" for name, text in pairs.items())


def _pairs(text: str) -> dict[str, str]:
    lines = (line.partition("：") for line in text.splitlines() if line)
    return {name: value for name, _, value in lines}


def _day(text: str) -> date | None:
    return date_from(text) if text else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _operator(text: str) -> Operator | None:
    return Operator(text) if text else None


def _goal_number(text: str) -> int:
    return int(decimal_from_text(text) or Decimal(1))


def _part(
    title: str, name: str, write: Callable[[Any], str], read: Callable[[str], Any], content: Content
) -> Column:
    """A column that follows from 指标值: one part of the target."""

    def written(_: Project, item: Indicator) -> str:
        return str(write(getattr(item.target, name)))

    return Column(title, written, f"target.{name}", read, content, editable=True, of_value=True)


KEY, CODE, NOTE, CONFIRMED, REMARK = "项目编号", "编码", "更正说明", "确认", "核对说明"
OWN = (NOTE, CONFIRMED, REMARK)
"""The columns that people alone write into."""
RAW, PICTURE = "识别原文", "图片位置"
FILE, AT, GOALS_AT, ORIGINAL = "来源文件", "位置", "目标位置", "批复原文"
BUDGET, ANNUAL_GOALS, LONG_TERM_GOALS, VALUE = "项目预算（万元）", "年度绩效目标", "长期绩效目标", "指标值"

_SCAN = (
    Column(PICTURE, lambda *row: contents.scan_text(row[-1].scan), "scan", contents.scan_from, late=True),
    Column(RAW, lambda *row: row[-1].scan.raw if row[-1].scan else "", late=True),
    Column("存疑", lambda *row: "；".join(row[-1].scan.doubts) if row[-1].scan else "", late=True),
)
"""What is known of a row that was read from a picture; blank in all others."""
PROJECT = (
    Column(KEY, lambda p: p.key, "key"),
    Column("项目名称", lambda p: p.name, "name", editable=True, needed=True),
    Column("申报单位", lambda p: p.applicant, "applicant", editable=True),
    Column(BUDGET, lambda p: show(p.budget), "budget", decimal_from_text, contents.BUDGET, editable=True),
    Column(ANNUAL_GOALS, _goals_of(Horizon.ANNUAL), content=contents.GOALS, editable=True),
    Column(LONG_TERM_GOALS, _goals_of(Horizon.LONG_TERM), content=contents.GOALS, editable=True),
    Column("其他信息", lambda p: _written_pairs(p.facts), "facts", _pairs),
    Column("年度指标数", lambda p: str(len(p.annual))),
    Column("长期指标数", lambda p: str(len(p.indicators) - len(p.annual))),
    Column(NOTE),
    Column(CONFIRMED, field="confirmed", late=True),
    Column(REMARK, field="remark", late=True),
    Column(FILE, lambda p: p.place.file),
    Column(AT, lambda p: written_place(p.place)),
    Column(GOALS_AT, _goal_places),
    *_SCAN,
    Column("来源sha256", lambda p: p.sha256, "sha256"),
)
INDICATOR = (
    Column(KEY, lambda p, i: p.key),
    Column(CODE, lambda p, i: i.code, "code"),
    Column("目标类别", lambda p, i: i.horizon.value, "horizon", Horizon, choice(Horizon)),
    Column("目标序号", lambda p, i: str(i.goal), "goal", _goal_number, contents.ORDINAL, editable=True),
    Column("一级指标", lambda p, i: i.level1, "level1", content=contents.LEVEL1, editable=True, needed=True),
    Column("二级指标", lambda p, i: i.level2, "level2", content=contents.LEVEL2, editable=True),
    Column("三级指标", lambda p, i: i.name, "name", editable=True, needed=True),
    Column(VALUE, lambda p, i: i.target.text, "target.text", editable=True, needed=True),
    _part("指标类型", "kind", str, TargetKind, choice(TargetKind)),
    _part("运算符", "operator", lambda sign: sign or "", _operator, contents.OPERATOR),
    _part("数值", "value", show, decimal_from_text, contents.NUMBER),
    _part("上限", "upper", show, decimal_from_text, contents.NUMBER),
    _part("计量单位", "unit", str, str, contents.UNIT),
    _part("起始日期", "since", _iso, _day, contents.DATE),
    _part("截止日期", "deadline", _iso, _day, contents.DATE),
    Column("分值", lambda p, i: show(i.points), "points", decimal_from_text, contents.POINTS, editable=True),
    Column("确定依据", lambda p, i: i.basis, "basis", editable=True),
    Column("附加信息", lambda p, i: _written_pairs(i.extras), "extras", _pairs),
    Column(
        "把握程度",
        lambda p, i: i.confidence.value,
        "confidence",
        lambda text: Confidence(text or Confidence.HIGH),
        choice(Confidence, blank=True),
    ),
    Column("读取依据", lambda p, i: i.evidence, "evidence"),
    Column(NOTE),
    Column(CONFIRMED, field="confirmed", late=True),
    Column(REMARK, field="remark", late=True),
    Column(FILE, lambda p, i: i.place.file),
    Column(AT, lambda p, i: written_place(i.place)),
    Column(ORIGINAL, lambda p, i: i.original, "original"),
    *_SCAN,
    Column("来源sha256", lambda p, i: p.sha256),
)

PROJECT_COLUMNS = tuple(column.title for column in PROJECT)
INDICATOR_COLUMNS = tuple(column.title for column in INDICATOR)
PROJECT_EDITABLE = tuple(column.title for column in PROJECT if column.editable)
INDICATOR_EDITABLE = tuple(column.title for column in INDICATOR if column.editable)
READING = tuple(column.title for column in INDICATOR if column.of_value)
"""The columns that follow from 指标值."""
_BY_TITLE: Mapping[str, Column] = {column.title: column for column in (*PROJECT, *INDICATOR)}


def content_of(title: str) -> Content:
    """What the column of a title holds; the columns that people add hold any text."""
    column = _BY_TITLE.get(title)
    return column.content if column else TEXT


def is_late(title: str) -> bool:
    """Whether a table that was written by an earlier version may lack the column."""
    column = _BY_TITLE.get(title)
    return column is not None and column.late


def is_needed(title: str) -> bool:
    """Whether a correction may not empty the column."""
    column = _BY_TITLE.get(title)
    return column is not None and column.needed


def is_checked(title: str) -> bool:
    """Whether a column holds anything but free text."""
    return content_of(title).fault is not None


def expected(title: str, text: str) -> str:
    """What a column should hold, where the text is not that; empty where it is fine."""
    fault = content_of(title).fault
    return fault(text) if fault else ""


def wanted(title: str, text: str) -> str:
    """What a column should hold, in words."""
    return content_of(title).wanted or expected(title, text) or "这一栏的内容"
