"""``evaluate rules``: the rule sets, their parameters, citations and status."""

from __future__ import annotations

from pathlib import Path

import click

from evaluator.cli.printing import print_errors, print_json, print_table
from evaluator.pipeline.rules import load_rules
from evaluator.records.findings import Finding
from evaluator.rulesets import RuleSet, names


def print_rule_sets(form: str) -> list[Finding]:
    """All rule sets shipped, one row each."""
    rows, findings = [], []
    for name in names():
        rules, found = load_rules(name)
        findings += found
        if rules is not None:
            rows.append(
                {"name": rules.name, "title": rules.title, "layout": rules.layout, "sha256": rules.sha256}
            )
    if form == "json":
        print_json(rows)
    else:
        table = [[row["name"], row["title"], row["layout"], row["sha256"][:12]] for row in rows]
        print_table(["名称", "规则", "表式", "指纹"], table)
        click.echo("查看某一套的参数和出处：evaluate rules hubei")
    print_errors(findings)
    return findings


def print_rule_set(name: str, form: str) -> list[Finding]:
    """Every parameter of one rule set, with unit, citation and status."""
    path = Path(name)
    rules, findings = load_rules(path if path.suffix == ".toml" else name)
    print_errors(findings)
    if rules is None:
        return findings
    rows = [_row(rules, index) for index in range(len(rules.clauses))]
    if form == "json":
        print_json({"name": rules.name, "title": rules.title, "sha256": rules.sha256, "clauses": rows})
        return findings
    table = [
        [
            row["title"],
            row["value"] + (row["unit"] if row["value"][-1:].isdigit() else ""),
            row["note"],
            row["source"],
        ]
        for row in rows
    ]
    print_table(["参数", "取值", "说明", "出处与状态"], table, title=f"{rules.title}（{rules.name}）")
    return findings


def _row(rules: RuleSet, index: int) -> dict[str, str]:
    clause = rules.clauses[index]
    return {
        "key": clause.key,
        "title": clause.title,
        "value": clause.value,
        "unit": clause.unit,
        "note": clause.note,
        "status": clause.citation.status,
        "effective": clause.citation.effective,
        "citation": clause.citation.text,
        "source": clause.citation.words,
    }
