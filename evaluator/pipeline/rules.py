"""Rule sets as the commands take them: loaded, and with a printed form that there is."""

from __future__ import annotations

from pathlib import Path

from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.render.score_sheet.layouts import LAYOUTS
from evaluator.rulesets import Choices, RuleSet, load


def load_rules(
    name_or_path: str | Path, choices: Choices | None = None
) -> tuple[RuleSet | None, list[Finding]]:
    """A rule set by its name (text) or from a file, with a unit's choices; None if anything is wrong with it.

    Findings (errors): those of `rulesets.load`; layout-unknown where no printed form has the name that the
    rule set gives.
    """
    rules, findings = load(name_or_path, choices or Choices())
    if rules is None or rules.layout in LAYOUTS:
        return rules, findings
    place = Place(rules.path.name if rules.path else f"{rules.name}.toml", cell="layout")
    names = "、".join(LAYOUTS)
    return None, [*findings, finding("layout-unknown", place, layout=rules.layout, names=names)]


def needed_facts(rules: RuleSet) -> tuple[str, ...]:
    """The lines of 基本情况 without which the printed form has a blank cell."""
    return LAYOUTS[rules.layout].needed_facts
