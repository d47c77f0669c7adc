"""An audit on the terminal and as JSON: sheets worst first, then what was found in each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from evaluator.audit import Audit, Judged, SheetAudit, Verdict, code_of
from evaluator.audit.lines import spot
from evaluator.cli.main_job import Progress
from evaluator.cli.printing import count_sentence, print_json, print_refusal, print_table
from evaluator.pipeline.auditing import audit_paths
from evaluator.records.findings import Finding, Severity, by_severity, finding, has_errors
from evaluator.records.source import Place
from evaluator.rulesets import RuleSet, load
from evaluator.storage.files import refusal
from evaluator.values.text import show

_MARKS = {Severity.ERROR: "[错误]", Severity.WARNING: "[提醒]", Severity.NOTE: "[说明]"}
_NOWHERE = "-"


def run(paths: tuple[Path, ...], rules: str | None, out: Path | None, form: str) -> int:
    """Audit, show, and write the workbook where one is asked for; returns the exit code."""
    given, findings = load_rules(rules)
    if findings:
        print_refusal(findings, form)
        return 1
    with Progress() as progress:
        audit = audit_paths(paths, given, progress.counter("核对"))
    if out is not None:
        audit = Audit(audit.sheets, (*audit.findings, *write(out, audit)))
    if form == "json":
        print_json(audit_json(audit))
    else:
        print_audit(audit)
    return 1 if has_errors(audit.all_findings) else 0


def write(out: Path, audit: Audit) -> list[Finding]:
    """Write the auditor's workbook; a file that cannot be written is a finding."""
    from evaluator.audit.reviews import free_name, holds_review
    from evaluator.render.audit_book import write_audit

    place, kept = Place(out.as_posix()), []
    try:
        if out.exists() and holds_review(out):
            before = out.rename(free_name(out))
            kept = [finding("audit-review-kept", place, name=before.name)]
        write_audit(out, audit)
    except OSError as error:
        return [*kept, refusal(error, place)]
    click.echo(f"复核表：{out.as_posix()}", err=True)
    return kept


def load_rules(rules: str | None) -> tuple[RuleSet | None, list[Finding]]:
    """The rule set of ``--rules`` (None where none is asked for), or what is wrong with it."""
    if rules is None:
        return None, []
    return load(Path(rules) if rules.endswith(".toml") else rules)


def audit_json(audit: Audit) -> dict[str, object]:
    """The audit as data; numbers are text, so that they stay exact."""
    return {
        "sheets": [_sheet_json(item) for item in audit.sheets],
        "findings": [{**_finding_json(item), "file": str(item.place)} for item in audit.findings],
    }


def _sheet_json(item: SheetAudit) -> dict[str, object]:
    return {
        "file": item.sheet.file,
        "part": item.sheet.part,
        "project": item.sheet.project,
        "unit": item.sheet.unit,
        "rules": item.rules,
        "rules_because": item.because,
        "rows": [_row_json(row) for row in item.rows],
        "findings": [_finding_json(found) for found in by_severity(item.findings)],
        "checks": {
            code: {verdict.value: counts[verdict] for verdict in Verdict}
            for code, counts in item.counts.items()
        },
    }


def _row_json(row: Judged) -> dict[str, object]:
    return {
        "cell": spot(row.row.place) or _NOWHERE,
        "name": row.row.name,
        "target": row.row.text("target"),
        "actual": row.row.text("actual"),
        "points": None if row.points is None else show(row.points),
        "printed": None if row.score is None else show(row.score),
        "computed": None if row.computed is None else show(row.computed),
        "confidence": row.row.confidence.value,
    }


def _finding_json(item: Finding) -> dict[str, object]:
    return {
        "code": code_of(item.code),
        "severity": item.severity.value,
        "cell": spot(item.place) or _NOWHERE,
        "sentence": item.sentence,
    }


def print_audit(audit: Audit) -> None:
    """The table of sheets, then each sheet's findings, what could not be read, how the checks ended."""
    if audit.sheets:
        headers = ["自评表", "项目", "计分规则", "指标", "能复算", "错误", "提醒", "说明"]
        print_table(headers, [_sheet_row(item) for item in audit.sheets], right=range(3, 8))
    for item in audit.sheets:
        if item.findings:
            _print_sheet(item)
    for found in by_severity(audit.findings):
        click.echo(f"{_MARKS[found.severity]} {found.title}  {found.place}")
        click.echo(f"       {found.sentence}")
    click.echo(
        f"合计：{len(audit.sheets)} 张表，{count_sentence(audit.all_findings)}。{_checks_sentence(audit)}"
    )


def _sheet_row(item: SheetAudit) -> list[str]:
    counts = Counter(found.severity for found in item.findings)
    judged = sum(row.computed is not None or row.low is not None for row in item.rows)
    numbers = [len(item.rows), judged, *(counts[severity] for severity in Severity)]
    return [_where(item), item.sheet.project or "—", item.rules, *map(str, numbers)]


def _where(item: SheetAudit) -> str:
    return "!".join(filter(None, (item.sheet.file, item.sheet.part)))


def _print_sheet(item: SheetAudit) -> None:
    click.echo(f"{_where(item)}　{item.sheet.project}")
    click.echo(f"  计分规则：{item.rule_set.title}（{item.rules}），{item.because}")
    for found in by_severity(item.findings):
        cell = f" {spot(found.place)}" if found.place.cell else ""
        click.echo(f"  {_MARKS[found.severity]}{cell} {found.title}：{found.sentence}")
    click.echo("")


def _checks_sentence(audit: Audit) -> str:
    """How all checks ended; the four numbers add up to the checks that were made."""
    ends: Counter[Verdict] = Counter()
    for item in audit.sheets:
        for counts in item.counts.values():
            ends.update(counts)
    if not ends:
        return ""
    parts = "，".join(f"{verdict.label} {ends[verdict]}" for verdict in Verdict)
    return f"共检查 {sum(ends.values())} 项次：{parts}。"
