"""What the labels of a head name, also where several stand in one cell.

``项目名称：法律服务　申报单位：某中心`` is one cell on paper and four in meaning.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from evaluator.forms.budget import FUNDS, Scope
from evaluator.forms.tags import Tag, tag
from evaluator.records.source import Cell, Place
from evaluator.values.text import squash, tidy
from evaluator.values.units import is_money as is_money_unit
from evaluator.values.units import symbol

_LABEL = re.compile(r"(?:^|[\s\u3000；;，,])([^\s\u3000：:；;，,。]{2,20})[：:]")
_WHOLE = re.compile(r"[(（]([^()（）]+[：:][^()（）]+)[)）]")
_TITLED = re.compile(r"(\S.*表)[\s\u3000]+(\S*单位[：:].+)")
_STATED = re.compile(r"单位[:为](?:人民币)?((?:百|千)?万?亿?元)(?![\u4e00-\u9fff/])")
_LONGEST_STATED = 80  # characters; a sentence is no head
_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_ENDS_OF_UNIT = ("元", "元)", "%")
_GOAL_TEXT = 6  # characters of the shortest goal text
_MOST = 8192  # texts kept


class Label(NamedTuple):
    """A fact, what stands behind the colon of its label, the year that a budget's label names (else 0)."""

    fact: str
    tail: str = ""
    year: int = 0

    @property
    def is_budget(self) -> bool:
        """Whether it asks for the project's budget, the year's or one that says no time."""
        return self.fact in (Scope.PROJECT, Scope.YEAR)

    @property
    def is_money(self) -> bool:
        """Whether it asks for an amount of money."""
        return self.is_budget or self.fact in FUNDS


_TERM_FUNDS = {
    "budget": "实施期资金总额",
    "其中：财政拨款": "实施期其中：财政拨款",
    "上年结转资金": "实施期上年结转资金",
    "其他资金": "实施期其他资金",
}


def read_label(text: str) -> Label | None:
    """The fact a label names, with what stands behind its colon in the same cell; None for no label."""
    return _label_of(tag(text))


@lru_cache(maxsize=_MOST)
def _label_of(asked: Tag) -> Label | None:
    text = asked.text
    if asked.fact:
        return Label(asked.fact, year=asked.budget_year)
    if squash(text).rstrip(":") == "单位":
        return Label("applicant")  # or the unit of money: what stands beside it says so
    head, colon, tail = text.replace("：", ":", 1).partition(":")
    return _with_tail(text, head, tidy(tail)) if colon else None


def _with_tail(text: str, head: str, tail: str) -> Label | None:
    if squash(head) == "单位" and not money_unit(text):
        return Label("applicant", tail)
    asked = tag(head)
    if asked.fact:
        return Label(asked.fact, tail, asked.budget_year)
    unit = money_unit(text)
    return Label("money_unit", unit) if unit and squash(text).endswith(_ENDS_OF_UNIT) else None


def read_labels(cells: tuple[Cell, ...]) -> list[tuple[Cell, Label | None]]:
    """Each cell of a row with its label; of funds that stand twice the left ones are the whole term's.

    其中：财政资金 | 900 | 其中：当年财政拨款 | 300 are below 项目资金总额 and 年度资金总额.
    """
    found: list[tuple[Cell, Label | None]] = []
    for cell in cells:
        beside = found[-1][1] if found else None
        label = read_label(cell.text)
        found.append((cell, None if label and beside and _is_text(label, beside) else label))
    return [
        (cell, Label(_TERM_FUNDS[label.fact], label.tail))
        if label and label.fact in _TERM_FUNDS and any(_is_years(cell, label, o) for o in found[n:])
        else (cell, label)
        for n, (cell, label) in enumerate(found, start=1)
    ]


def applicant_asked(cells: tuple[Cell, ...]) -> Place | None:
    """Where a row asks for the applicant and does not answer behind the colon; 单位 may ask for a unit."""
    labels = ((cell, label) for cell, label in read_labels(cells) if label and not label.tail)
    asked = (cell.place for cell, label in labels if label.fact == "applicant")
    return next(asked, None) if all(squash(c.text).rstrip(":：") != "单位" for c in cells) else None


def _is_text(label: Label, beside: Label) -> bool:
    """项目概况 | 项目名称：整治，预算80万元。 is a text, whatever it begins with."""
    return bool(label.tail) and not beside.tail and any(mark in label.tail for mark in "，。；")


def _is_years(cell: Cell, label: Label, other: tuple[Cell, Label | None]) -> bool:
    """Whether another label names the same funds for the year alone: in the same words, or says so."""
    if other[1] is None or other[1].fact != label.fact:
        return False
    words, others = tag(cell.text).folded, tag(other[0].text).folded
    return words == others or ("年" in others and "年" not in words)


@lru_cache(maxsize=_MOST)
def money_unit(text: str) -> str:
    """The unit of money that a text is (元, 万元), in its brackets or behind 单位：; else empty."""
    stated = _STATED.search(squash(text)) if len(text) <= _LONGEST_STATED else None
    if stated:
        return symbol(stated[1]) or ""
    for piece in (text, *_BRACKETS.findall(text)):
        compact = re.sub(r"^(?:金额|资金|货币)?单位[:为]?", "", squash(piece))
        known = symbol(compact) if compact else None
        if known and is_money_unit(known):
            return known
    return ""


def unit_named(text: str) -> str:
    """The unit of money in a label's brackets: 预算金额（万元）, or empty."""
    return money_unit(text if tag(text).fact else text.replace("：", ":").partition(":")[0])


def split_row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row with the pieces of cells that say more than one thing: ``label：text`` twice, a goal's name and
    text in the first cell (in a later one it is the text itself that says 目标).
    """
    if not cells:
        return cells
    inside = _WHOLE.fullmatch(cells[0].text.strip())  # （项目名称：法律服务）
    if inside and read_label(inside[1]):
        cells = (replace(cells[0], text=inside[1]), *cells[1:])
    titled = _TITLED.fullmatch(cells[0].text)  # 项目支出绩效目标表　单位：元
    if titled and read_label(titled[2]):
        cells = (replace(cells[0], text=titled[1]), replace(cells[0], text=titled[2]), *cells[1:])
    first = _split_goal(cells[0])
    return (*(piece for cell in (*first, *cells[1:]) for piece in _split_labels(cell)),)


def _split_labels(cell: Cell) -> tuple[Cell, ...]:
    text = cell.text
    found = (label for label in _LABEL.finditer(text) if read_label(f"{label[1]}:{text[label.end() :]}"))
    starts = [label.start(1) for label in found]
    if len(starts) > 1 and not text[: starts[0]].strip():
        ends = [*starts[1:], len(text)]
        return tuple(
            replace(cell, text=text[start:end].strip()) for start, end in zip(starts, ends, strict=True)
        )
    return (cell,)


def _split_goal(cell: Cell) -> tuple[Cell, ...]:
    head, colon, tail = cell.text.replace("：", ":", 1).partition(":")
    named = tag(head).goal or tag(head).matches("goal_label")
    if colon and named and len(squash(tail)) >= _GOAL_TEXT:
        return replace(cell, text=head), replace(cell, text=tail.strip())
    return (cell,)
