"""A file as received -> the filled forms in it (项目支出绩效自评表), every cell read or named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from evaluator.audit.budget_block import is_fund_header, read_budget, read_pairs
from evaluator.audit.head import Head, read_foot, read_head
from evaluator.audit.lines import Line, cut_forms, head_of
from evaluator.audit.records import AuditedBudget, AuditedSheet, Field
from evaluator.audit.table import Table, read_table
from evaluator.audit.words import words
from evaluator.forms.vocabulary import fold, vocabulary
from evaluator.readers import read_source
from evaluator.readers.formulas import formulas_of
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.text import squash

_QUIET = ("number-rounded",)  # told where it matters: what is stored counts
_TWENTY = 20
_TERMS = 2  # level-1 terms of a filled sheet at least
_SAMPLE = "示例数据"
_LEVELS = {"level1", "level2"}
_HUBEI_HEAD = re.compile(r"年初目标值|实际完成值\(B\)|\(\d+分\)")


def read_sheets(path: Path, folder: Path) -> tuple[list[AuditedSheet], list[Finding]]:
    """The filled forms of a file, and what was found while reading it.

    Findings: those of the readers; audit-no-form where the file holds no filled form (an error),
    audit-part-skipped where a part of it is none (a note).
    """
    source, findings = read_source(path, folder)
    if source is None:
        return [], findings
    forms = cut_forms(source, findings, formulas_of(path))
    findings = [item for item in findings if item.code not in _QUIET]
    found = [(lines, _read(lines, source.path, source.sha256)) for lines in forms]
    sheets = [sheet for _, sheet in found if sheet is not None]
    unread = [lines for lines, sheet in found if sheet is None]
    return sheets, [*findings, *_passed_over(source.path, unread, sheets)]


def _passed_over(
    file: str, unread: Sequence[Sequence[Line]], sheets: Sequence[AuditedSheet]
) -> Iterator[Finding]:
    """What is to be said of the parts of a file that were not read as filled forms."""
    filled = [lines for lines in unread if _looks_filled(lines)]
    yield from (_unknown(file, lines) for lines in filled)
    others = dict.fromkeys(lines[0].start.part for lines in unread if lines not in filled)
    if sheets:
        yield from _skipped(file, others, {sheet.part for sheet in sheets})
    elif not filled:
        yield finding("audit-no-form", Place(file))


def _looks_filled(lines: Sequence[Line]) -> bool:
    """Whether lines are a self-evaluation sheet, though the head of its table is not known."""
    terms = [text for line in lines for text in line.texts if vocabulary().level1(text)]
    return _title(lines) is not None and len(terms) >= _TERMS


def _unknown(file: str, lines: Sequence[Line]) -> Finding:
    start = lines[_title(lines) or 0].start
    part = start.part if start.part else ""
    return finding("audit-head-unknown", Place(file, part, start.cell))


def _skipped(file: str, parts: Iterable[str], read: Collection[str]) -> Iterator[Finding]:
    """Sheets of a workbook without a form; those that this tool itself adds are known."""
    left = [part for part in parts if part and part not in read and not words().matches("own_part", part)]
    if left:
        yield finding("audit-part-skipped", Place(file), parts="、".join(left))


def _read(lines: Sequence[Line], file: str, sha256: str) -> AuditedSheet | None:
    start = head_of(lines)
    if start is None:
        return None
    title = _title(lines[:start])
    table, end = read_table(lines, start)
    if title is None and not table.roles & _LEVELS:
        return None  # a table in a report's text, or a list of several projects
    return _sheet(lines, file, sha256, (title or 0, start, end), table)


def _sheet(
    lines: Sequence[Line], file: str, sha256: str, at: tuple[int, int, int], table: Table
) -> AuditedSheet:
    """The whole form, of which title, head of the table and the line after it stand `at`."""
    title, start, end = at
    above, budget = _split_head(lines[title:start])
    head = read_head(above)
    reasons, notes = read_foot(lines[end:])
    part = lines[start].start.part
    return AuditedSheet(
        file=file,
        part=part,
        place=Place(file, part),
        project=_fact(head, words().names, ("name",)),
        unit=_fact(head, words().units, ("applicant", "实施单位")),
        year=head.year,
        layout=_layout(lines[start], table, budget, head),
        budget=budget,
        goals=tuple(head.goals),
        rows=tuple(table.rows),
        total=table.total or head.total,
        headline=head.total if table.total else None,
        subtotals=tuple(table.subtotals),
        columns=frozenset(table.roles),
        goal_points=table.goal_points,
        notes=notes,
        remarks=" ".join(item.text for item in head.loose),
        reasons=reasons,
        sample=_is_sample(lines),
        unread=tuple(item for item in head.loose if not _is_aside(item)),
        lines=tuple(line.fields for line in lines),
        sha256=sha256,
    )


def _title(lines: Sequence[Line]) -> int | None:
    """The last line with a form's title; what stands before it belongs to something else."""
    titled = [at for at, line in enumerate(lines) if any(words().matches("title", t) for t in line.texts)]
    return titled[-1] if titled else None


def _is_sample(lines: Sequence[Line]) -> bool:
    return any(_SAMPLE in text for line in lines for text in line.texts)


def _is_aside(item: Field) -> bool:
    """What stands around a form and says nothing of its own: a mark of samples, a heading of a block."""
    signed = vocabulary().matches("signed", item.text) or vocabulary().matches("footnote", item.text)
    return (
        _SAMPLE in item.text
        or len(squash(item.text)) <= 1
        or signed
        or bool(words().matches("panel", item.text))
    )


def _split_head(lines: Sequence[Line]) -> tuple[list[Line], AuditedBudget | None]:
    """The lines above the table without those of the budget, and the budget."""
    start = next((at for at, line in enumerate(lines) if is_fund_header(line)), None)
    if start is not None:
        budget, end = read_budget(lines, start, len(lines))
        if budget.funds:
            return [*lines[:start], *lines[end:]], budget
    pairs, used = read_pairs(lines)
    return [line for at, line in enumerate(lines) if at not in used], pairs


def _fact(head: Head, labels: frozenset[str], kinds: tuple[str, ...]) -> str:
    """What stands beside the first of some labels, also of those that approved forms have for the same."""
    said = [(label, text) for label, text in head.facts.items() if text]
    own = next((text for label, text in said if label in labels), "")
    return own or next((text for label, text in said if vocabulary().label(label) in kinds), "")


def _layout(header: Line, table: Table, budget: AuditedBudget | None, head: Head) -> str:
    """Which printed form it is: the system's has neither head nor total, Hubei's counts 20 for the budget."""
    alone = (budget, table.total, *head.goals) == (None, None)
    if alone and {"operator", "unit"} <= table.roles:
        return "system"
    if "年度指标值" in map(fold, header.texts):
        return "national"
    marks = [text for text in header.texts if _HUBEI_HEAD.search(squash(text))]
    twenty = budget is not None and budget.points == _TWENTY
    return "hubei" if len(marks) >= 2 or twenty else "national"
