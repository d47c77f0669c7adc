"""Doubts: why a value that was recognised may not be what stands on the page.

The recogniser's certainty is not enough: ≤29.68万元 came as 29.68万元 and was quite sure. What the field
knows of values says more: they have an operator and a unit, and two tables and the budget that agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from evaluator.checks import check_targets
from evaluator.proofreading.agreement import HEAD, sum_doubts, twins
from evaluator.proofreading.words import say, words
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


def text_doubts(
    item: Indicator, scan: Scan, sure: Mapping[str, float], cells: Sequence[Cell]
) -> tuple[str, ...]:
    """What the text of a value alone makes doubtful.

    `sure` is how certain other texts of the row are, by the doubt that they raise: name, level, of-points.
    """
    certain = {"certainty": scan.certainty, **{name: certainty(value) for name, value in sure.items()}}
    found = [say(name, certainty=value) for name, value in certain.items() if value < LEAST]
    found += [say("repaired", raw=cell.raw) for cell in cells if cell.raw]
    found += _of_kind(item)
    found += _of_signs(squash(item.target.text))
    return tuple(dict.fromkeys(found))


def amount_doubts(text: str, sure: Decimal) -> tuple[str, ...]:
    """What a project's budget as it was recognised alone makes doubtful."""
    found = [say("certainty", certainty=sure)] if sure < LEAST else []
    return (*found, *_of_signs(squash(text).removesuffix("万元").removesuffix("元")))


def certainty(value: float) -> Decimal:
    """A certainty as people see it."""
    return Decimal(str(round(value, 3)))


def doubts_of(project: Project, year: int, findings: Iterable[Finding] = ()) -> dict[str, tuple[str, ...]]:
    """All doubts by the code of each indicator that was read from a picture (`HEAD` for name and budget).

    Besides its own text's: what parts of the form say of each other, what findings of the reading and of the
    checks on targets say, where a sign that was misread is a likely cause. None where it is sure.
    """
    doubts = {item.code: list(item.scan.doubts) for item in project.indicators if item.scan}
    if project.scan:
        doubts[HEAD] = list(project.scan.doubts)
    own = [item for item in (*findings, *check_targets(project, year)) if item.project == project.key]
    for code, doubt in (*sum_doubts(project), *_found(project, own)):
        if code in doubts:
            doubts[code].append(doubt)
    return {code: tuple(dict.fromkeys(said)) for code, said in doubts.items()}


def _found(project: Project, findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """Whom each finding makes doubtful."""
    other = twins(project)
    for found in findings:
        if found.code in words().whole:
            yield from ((item.code, found.title) for item in project.indicators)
        elif found.indicator and found.code in words().findings:
            yield found.indicator, found.title
            if found.code in words().both and found.indicator in other:
                yield other[found.indicator], found.title


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
