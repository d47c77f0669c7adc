"""Auditing filled sheets: files and folders as named on the command line -> audits, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from evaluator.audit import Audit, SheetAudit, audit_file
from evaluator.readers import is_candidate
from evaluator.records.findings import Finding, Severity, finding
from evaluator.records.source import Place
from evaluator.rulesets import RuleSet
from evaluator.storage.files import relative

_NO_FORM = "audit-no-form"
_SHOWN = 10


def audit_paths(
    paths: Iterable[Path], given: RuleSet | None, progress: Callable[[], None] = lambda: None
) -> Audit:
    """Audit files and all files below folders, each once; the sheets with the gravest findings first.

    Findings: those of `audit_file`; in a folder a file without a form is no error (audit-file-skipped), a
    folder without any file is one (audit-nothing).
    """
    sheets: list[SheetAudit] = []
    findings: list[Finding] = []
    skipped: list[str] = []
    for path, folder, named in _files(paths, findings):
        audit = audit_file(path, folder, given)
        sheets.extend(audit.sheets)
        if not named and any(item.code == _NO_FORM for item in audit.findings):
            skipped.append(audit.findings[-1].place.file)
        else:
            findings.extend(audit.findings)
        progress()
    if skipped:
        findings.append(_skipped(skipped))
    return Audit(tuple(sorted(sheets, key=weight, reverse=True)), tuple(findings))


def weight(audit: SheetAudit) -> tuple[int, ...]:
    """How grave a sheet's findings are: errors before warnings before notes."""
    return tuple(sum(item.severity is severity for item in audit.findings) for severity in Severity)


def _files(paths: Iterable[Path], findings: list[Finding]) -> Iterator[tuple[Path, Path, bool]]:
    """Each file with the folder that it is shown from, and whether it was named itself."""
    seen: set[Path] = set()
    for path in paths:
        below = sorted(item for item in path.rglob("*") if is_candidate(item)) if path.is_dir() else [path]
        if not below:
            findings.append(finding("audit-nothing", Place(relative(path, Path.cwd()))))
        for item in below:
            if item.resolve() not in seen:
                seen.add(item.resolve())
                yield item, path if path.is_dir() else path.parent, not path.is_dir()


def _skipped(files: list[str]) -> Finding:
    shown = "、".join(files[:_SHOWN]) + ("……" if len(files) > _SHOWN else "")
    return finding("audit-file-skipped", Place(""), count=len(files), files=shown)
