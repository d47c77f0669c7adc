"""Targets with one number: ≥95%, and the same among words: 合格率≥95%, 完成10个."""

from __future__ import annotations

from dataclasses import replace

from evaluator.asides import set_aside, set_remark_aside
from evaluator.findings import Finding
from evaluator.model import Operator, Target, TargetKind
from evaluator.numbers import QUANTITY, split_operator
from evaluator.ranges import read_range
from evaluator.readings import Reading, Written, found, unreadable, with_unit
from evaluator.text import decimal_from_text
from evaluator.units import multiplier, symbol


def read_number(written: Written) -> Reading | None:
    """One number with its operator and unit; None where the text is not made of these."""
    operator, core = split_operator(written.compact)
    matched = QUANTITY.fullmatch(core)
    if operator == "conflict":
        return unreadable(written, "operator-conflict", text=written.text) if matched else None
    if not matched or (value := decimal_from_text(matched[1])) is None:
        return None
    unit = matched[2] or ""
    if operator is None and unit and symbol(unit) is None and multiplier(unit) is None:
        return None  # words that begin with a number
    own = operator if isinstance(operator, Operator) else None
    if own and written.operator and own is not written.operator:
        return unreadable(written, "operator-conflict", text=written.text)
    findings: list[Finding] = []
    if own is None and written.operator is None:
        findings = found(written, "operator-missing", text=written.text)
    target = Target(written.text, TargetKind.NUMERIC, own or written.operator or Operator.EQUAL, value)
    return with_unit(written, target, unit, findings)


def read_among_words(written: Written) -> Reading | None:
    """A number among words that do not change it: 合格率≥95%, 完成10个, ≥2次（每半年1次）."""
    for core, words_aside in (set_aside(written.compact), set_remark_aside(written.compact)):
        reading = _read_bare(replace(written, compact=core)) if words_aside else None
        if reading:
            note = found(written, "target-words-aside", text=written.text, words=words_aside)
            return reading[0], [*reading[1], *note]
    return None


def _read_bare(written: Written) -> Reading | None:
    reading = read_range(written) or read_number(written)
    return reading if reading and reading[0].kind in (TargetKind.NUMERIC, TargetKind.RANGE) else None
