"""Doubts: why a value that was recognised may not be what stands on the page.

The recogniser's certainty is not enough: ≤29.68万元 came as 29.68万元 and was quite sure. What the field
knows of values says more: they have an operator and a unit, and two tables and the budget that agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from evaluator.checks import check_targets
from evaluator.proofreading.words import words
from evaluator.records.approved import Indicator, Project, Scan, TargetKind
from evaluator.records.findings import Finding
from evaluator.records.source import Cell
from evaluator.values.text import squash

LEAST: Final = Decimal("0.95")
"""Certainty below which a text is doubted."""
_OPERATOR = re.compile(
    r"[≥≤＝=≧≦><＞＜]|不[低少小高多大超]|至少|至多|最[多少]|以[上下内]|控制在|达到|大于|小于|等于"
)
_LEADING = re.compile(r"^([2WwZzSs又三])\s*\d")
_STRICT = re.compile(r"([><＞＜])(?![=＝])")
_POINT = re.compile(r"(?<!\d)\.\d")
_ZERO = re.compile(r"(?<![\d.])0\d")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u3040-\u30ff]+[23]?")
_BEHIND = re.compile(r"\d\s*[^\d\s.,%‰％～~\-至到—/年月日时分秒≥≤＝=<>＜＞:：]{1,4}\s*\d{1,3}$")
_GROUPED = re.compile(r"\d,\d")
_WELL_GROUPED = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_DIGIT = re.compile(r"\d")


def say(doubt: str, **details: object) -> str:
    """A doubt in words."""
    return words().doubts[doubt].format(**details)


def text_doubts(item: Indicator, scan: Scan, name: float, cells: Sequence[Cell]) -> tuple[str, ...]:
    """What the text of a value alone makes doubtful; `name` is the certainty of the indicator's name."""
    found = list(_of_certainty(item, scan, Decimal(str(round(name, 3)))))
    found += [say("repaired", raw=cell.raw) for cell in cells if cell.raw]
    found += _of_kind(item)
    found += _of_signs(squash(item.target.text))
    return tuple(dict.fromkeys(found))


def doubts_of(project: Project, year: int, findings: Iterable[Finding] = ()) -> dict[str, tuple[str, ...]]:
    """All doubts by the code of each indicator that was read from a picture, none where it is sure.

    Besides its own text's: what findings of the reading and of the checks on targets say, where a sign that
    was misread is a likely cause.
    """
    doubts = {item.code: list(item.scan.doubts) for item in project.indicators if item.scan}
    for found in (*findings, *check_targets(project, year)):
        if found.project != project.key:
            continue
        if found.indicator in doubts and found.code in words().findings:
            doubts[found.indicator].append(found.title)
        elif found.code in words().whole:
            for own in doubts.values():
                own.append(found.title)
    return {code: tuple(dict.fromkeys(own)) for code, own in doubts.items()}


def _of_certainty(item: Indicator, scan: Scan, name: Decimal) -> Iterator[str]:
    if scan.certainty < LEAST:
        yield say("certainty", certainty=scan.certainty)
    if name < LEAST:
        yield say("name", certainty=name)


def _of_kind(item: Indicator) -> Iterator[str]:
    target, text = item.target, squash(item.target.text)
    if not text:
        yield say("no-value")
    elif target.kind is TargetKind.UNREADABLE:
        yield say("unreadable")
    elif target.kind is TargetKind.NUMERIC:
        leading = _LEADING.match(text)
        if not _OPERATOR.search(text):
            yield say("leading", sign=leading[1]) if leading else say("no-operator")
        if not target.unit:
            yield say("no-unit")
    elif target.kind is TargetKind.QUALITATIVE:
        if len(text) < 2:
            yield say("short")
        if _DIGIT.search(text):
            yield say("mixed")


def _of_signs(text: str) -> Iterator[str]:
    strict = _STRICT.search(text)
    if strict:
        yield say("strict", sign=strict[1])
    if _POINT.search(text):
        yield say("point")
    if _ZERO.search(text):
        yield say("zero")
    strange = [word for word in _LATIN.findall(text) if word not in words().latin_units]
    if strange:
        yield say("letters", letters="".join(strange))
    if _BEHIND.search(text):
        yield say("digits-behind")
    if _GROUPED.search(_WELL_GROUPED.sub("", text)):
        yield say("grouping")
