"""Repair of recognised texts where the field's closed words settle what stands there; the raw is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from evaluator.forms.vocabulary import Vocabulary, fold, vocabulary
from evaluator.records.source import Cell, Source

_UNSURE: Final = 0.9  # surer texts are what they are
_SHORTEST: Final = 4  # letters of a word that is known by all but one of them
# l00 and 1O0 in a value: letters between digits are the digits that look like them.
_ONE = re.compile(r"(?<=[\d≥≤＝=.])[lI|](?=[\d.%％])|(?<=\d)[lI|](?=[\d.%％万元])")
_NOUGHT = re.compile(r"(?<=\d)[Oo](?=[\dOo.%％万元]|$)")
_POINT = re.compile(r"(?<=\d)[。·](?=\d)")


def repaired(source: Source) -> Source:
    """The source with cells that were read from pictures understood; others are left alone."""
    if not any(cell.box for row in source.rows for cell in row.cells):
        return source
    rows = tuple(replace(row, cells=tuple(map(_repaired, row.cells))) for row in source.rows)
    return replace(source, rows=rows)


def _repaired(cell: Cell) -> Cell:
    if cell.box is None:
        return cell
    text = _POINT.sub(".", _NOUGHT.sub("0", _ONE.sub("1", cell.text)))
    if cell.certainty < _UNSURE:
        text = _closest(text) or text
    return replace(cell, text=text, raw=cell.text) if text != cell.text else cell


def _closest(text: str) -> str:
    """The only word of the forms that differs from a text in one letter; empty where none does, or two."""
    said = fold(text)
    known = _words(vocabulary())
    if said in known or len(said) < _SHORTEST:
        return ""
    near = [word for word in known if len(word) == len(said) and _differing(word, said) == 1]
    return near[0] if len(near) == 1 else ""


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=8)
def _words(known: Vocabulary) -> frozenset[str]:
    tables: tuple[Iterable[str], ...] = (
        known.level1_terms,
        known.level2_terms,
        known.basis_words,
        known.header_roles,
        known.label_facts,
    )
    return frozenset(word for table in tables for word in table if len(word) >= _SHORTEST)
