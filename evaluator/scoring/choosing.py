"""Which rule a target is scored by."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.scores import Citation
from evaluator.rulesets import Kind, RuleClause, RuleSet, Slot
from evaluator.scoring.kinds import (
    Banded,
    Deadline,
    Range,
    Ratio,
    ReverseLinear,
    ReverseRatio,
    Rule,
    ZeroTarget,
)

_SIMPLE: dict[Kind, Callable[[Citation], Rule]] = {
    Kind.REVERSE_RATIO: ReverseRatio,
    Kind.REVERSE_LINEAR: ReverseLinear,
    Kind.ZERO_TARGET: ZeroTarget,
    Kind.DEADLINE: Deadline,
    Kind.BANDED: Banded,
}
_OPERATORS = {
    Operator.AT_LEAST: Slot.AT_LEAST,
    Operator.ABOVE: Slot.AT_LEAST,
    Operator.EQUAL: Slot.EQUAL,
    Operator.BELOW: Slot.AT_MOST,
    Operator.AT_MOST: Slot.AT_MOST,
}
_KINDS = {
    TargetKind.RANGE: Slot.RANGE,
    TargetKind.DEADLINE: Slot.DEADLINE,
    TargetKind.QUALITATIVE: Slot.QUALITATIVE,
    TargetKind.UNREADABLE: Slot.QUALITATIVE,
}


def rule_for(target: Target, rules: RuleSet) -> Rule:
    """The rule that a target is scored by.

    An unreadable target is never scored; it gets the rule of words, so that it too can be shown.
    """
    return _make(rules.rules[slot_of(target)], rules)


def slot_of(target: Target) -> Slot:
    """The entry of the rule file that is for this target."""
    if target.kind is not TargetKind.NUMERIC:
        return _KINDS[target.kind]
    if target.operator is Operator.EQUAL and target.value == 0:
        return Slot.EQUAL_ZERO
    return _OPERATORS[target.operator or Operator.EQUAL]


def _make(clause: RuleClause, rules: RuleSet) -> Rule:
    citation = clause.clause.citation
    if clause.kind is Kind.RATIO:
        return Ratio(citation, clause.pass_mark / 100)
    if clause.kind is Kind.RANGE:
        below, above = (_make(rules.rules[slot], rules) for slot in (Slot.AT_LEAST, Slot.AT_MOST))
        return Range(citation, below, above)
    return _SIMPLE[clause.kind](citation)
