"""Repair of recognised texts where the field's closed words settle what stands there; the raw is kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from evaluator.forms.vocabulary import Vocabulary, fold, vocabulary
from evaluator.records.source import Cell, Source

_UNSURE: Final = 0.9  # surer texts are what they are
_HEADS: Final = 3  # heads that make a row of heads
_ADDED: Final = 2  # letters that a seal or a stroke beside a head may add
_PLAIN: Final = (
    "目标名称",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标名称",
    "指标值",
    "指标值确定依据",
    "分值",
    "计量单位",
)
_SHORTEST: Final = 4  # letters of a word that is known by all but one of them
# l00 and 1O0 in a value: letters between digits are the digits that look like them.
_ONE = re.compile(r"(?<=[\d≥≤＝=.])[lI|](?=[\d.%％])|(?<=\d)[lI|](?=[\d.%％万元])")
_NOUGHT = re.compile(r"(?<=\d)[Oo](?=[\dOo.%％万元]|$)")
_POINT = re.compile(r"(?<=\d)[。·](?=\d)")


def repaired(source: Source) -> Source:
    """The source with cells that were read from pictures understood; others are left alone."""
    if not any(cell.box for row in source.rows for cell in row.cells):
        return source
    rows = tuple(replace(row, cells=tuple(map(_repaired, _heads(row.cells)))) for row in source.rows)
    return replace(source, rows=rows)


def _heads(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of heads with the one or other that was misread, as 三级指标贝 under a seal, or 级指标."""
    roles = vocabulary().header_roles
    said = {fold(cell.text) for cell in cells} & roles.keys()
    if len(said) < _HEADS:
        return cells
    known = tuple(_head(cell, said) if cell.box and fold(cell.text) not in roles else cell for cell in cells)
    # A head that is known now leaves fewer words for the others.
    return known if known == cells else _heads(known)


def _head(cell: Cell, others: Collection[str]) -> Cell:
    text = fold(cell.text)
    near = {word for word in _PLAIN if word not in others and _is_near(word, text)}
    return replace(cell, text=near.pop(), raw=cell.text) if len(near) == 1 else cell


def _is_near(word: str, text: str) -> bool:
    """Whether a text is a word with a letter lost, or one or two added at its ends, or one misread."""
    if len(word) == len(text):
        return _differing(word, text) == 1
    if len(text) == len(word) - 1:
        return text in (word[1:], word[:-1])
    return word in text and len(text) <= len(word) + _ADDED


def _repaired(cell: Cell) -> Cell:
    if cell.box is None:
        return cell
    text = _POINT.sub(".", _NOUGHT.sub("0", _ONE.sub("1", cell.text)))
    if cell.certainty < _UNSURE:
        text = _closest(text) or text
    return replace(cell, text=text, raw=cell.text) if text != cell.text else cell


def _closest(text: str) -> str:
    """The only level or basis that differs from a text in one letter; empty where none does, or two do."""
    said = fold(text)
    known = _words(vocabulary())
    if said in known or len(said) < _SHORTEST or _is_said(text):
        return ""
    near = [word for word in known if len(word) == len(said) and _differing(word, said) == 1]
    return near[0] if len(near) == 1 else ""


def _is_said(text: str) -> bool:
    """Whether a text is one of the other words of the forms: a head, a label, a title."""
    words = vocabulary()
    said = fold(text)
    other = said in words.header_roles or said in words.label_facts
    return other or any(pattern.fullmatch(said) for pattern in words.patterns.values())


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=8)
def _words(known: Vocabulary) -> frozenset[str]:
    tables: tuple[Iterable[str], ...] = (known.level1_terms, known.level2_terms, known.basis_words)
    return frozenset(word for table in tables for word in table if len(word) >= _SHORTEST)
