"""Rule sets: scoring law as data (``rules/*.toml``), loaded and checked.

In comes a name or a TOML file, out goes a `RuleSet` in which every value has its citation and status, or
findings. It must not know projects.
"""

from evaluator.rulesets.choices import Choices
from evaluator.rulesets.loading import load, names
from evaluator.rulesets.records import (
    Allocation,
    Band,
    Clause,
    Entry,
    Group,
    Kind,
    RuleClause,
    RuleSet,
    Scale,
    Slot,
    Threshold,
    WeightSource,
    ZeroBudget,
)

__all__ = [
    "Allocation",
    "Band",
    "Choices",
    "Clause",
    "Entry",
    "Group",
    "Kind",
    "RuleClause",
    "RuleSet",
    "Scale",
    "Slot",
    "Threshold",
    "WeightSource",
    "ZeroBudget",
    "load",
    "names",
]
