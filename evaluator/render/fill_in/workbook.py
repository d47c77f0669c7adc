"""The fill-in workbook (填报表): what a department gets, with everything it has filled in so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from evaluator.records.approved import Indicator, Project
from evaluator.records.findings import Finding, finding
from evaluator.render.book import Book, put
from evaluator.render.fill_in.actuals import write_actuals
from evaluator.render.fill_in.budget import write_budget
from evaluator.render.fill_in.sheets import write_facts, write_guide, write_leftovers
from evaluator.rulesets import RuleSet
from evaluator.scoring import score_project
from evaluator.storage.files import beside, write_bytes
from evaluator.values.text import squash
from evaluator.workbooks import Entries, Entry, Stamp, open_entries, targets_hash
from evaluator.workbooks.entries import RowText, approved_row_text, row_text
from evaluator.workbooks.layout import ENTRY_FIELDS, STAMP, STAMP_ROWS, TEMPLATE_VERSION
from evaluator.workbooks.submissions import interpret

LEFTOVER_TITLES = {field.name: field.title for field in ENTRY_FIELDS}


def write_fill_in(
    path: Path, project: Project, year: int, rules: RuleSet, entries: Entries | None = None
) -> None:
    """Write a project's workbook to `path` in one step, with `entries` filled in. Raises OSError."""
    stamp = new_stamp(project, year, rules)
    empty = Entries(stamp, place=project.place)
    carried = replace(carry_over(entries, project), stamp=stamp) if entries else empty
    # What the live cells show before anybody recalculates is what the tool itself makes of the entries.
    submission, _ = interpret(carried, project, year)
    shown = score_project(project, submission, rules)
    with beside(path) as draft:
        book = Book(str(draft), title=f"{project.name} {year}年度绩效填报表")
        write_guide(book, shown, year, rules, carried)
        write_facts(book, project, carried, rules.layout)
        write_budget(book, project, carried, rules)
        write_actuals(book, shown, year, rules, carried)
        write_leftovers(book, carried)
        _write_stamp(book, stamp)
        book.close()


def new_stamp(project: Project, year: int, rules: RuleSet) -> Stamp:
    """The stamp of a workbook written now."""
    return Stamp(year, project.key, TEMPLATE_VERSION, targets_hash(project), rules.name, rules.sha256)


def refresh_fill_in(
    path: Path, kept: Path, workspace: Path, project: Project, year: int, rules: RuleSet
) -> tuple[Path | None, list[Finding]]:
    """Write a workbook that is stale or was tampered with anew, with all that was filled in.

    The old file is moved to `kept`. Returns the place of the old file, None where nothing had to be done or
    the file cannot be read (findings say so; it is left as it is). Raises OSError.
    """
    entries, findings = open_entries(path, workspace, mending=True)
    findings = [_mended(item) for item in findings]
    if entries is None or (entries.stamp == new_stamp(project, year, rules) and _is_whole(entries, project)):
        return None, findings
    write_bytes(kept, path.read_bytes())
    try:
        write_fill_in(path, project, year, rules, entries)
    except OSError:
        kept.unlink(missing_ok=True)
        raise
    stranded = carry_over(entries, project).leftovers
    if len(stranded) > len(entries.leftovers):
        findings.append(
            finding("workbook-leftovers", entries.place, project=project.key, count=len(stranded))
        )
    return kept, findings


def _mended(item: Finding) -> Finding:
    """What was wrong with the sheets and is not any more."""
    if item.code != "workbook-sheets-changed":
        return item
    return finding("workbook-sheets-mended", item.place, project=item.project, **dict(item.details))


def _is_whole(entries: Entries, project: Project) -> bool:
    """Whether all rows, locked texts and formulas of a workbook are as they were written."""
    texts = {item.code: _words(row_text(item)) for item in project.annual}
    said = {code: _words(text) for code, text in entries.texts.items()}
    return said == texts and not entries.loose and not entries.replaced


def carry_over(entries: Entries, project: Project) -> Entries:
    """Entries by the codes of now: a row stays with its indicator, however codes have moved.

    What belongs to no indicator any more becomes leftovers, which are written on a sheet of their own.
    """
    free = dict(entries.rows)
    rows, texts = {}, {}
    stale = entries.stamp.targets_hash != targets_hash(project)
    approved = {_words(row_text(item)) for item in project.annual}
    for item in project.annual:
        code = _find(item, entries, free, stale, approved)
        if code is not None:
            rows[item.code] = free.pop(code)
        texts[item.code] = row_text(item)
    leftovers = list(entries.leftovers)
    for code, row in free.items():
        leftovers += _lines(code, entries.texts.get(code, RowText()), row)
    for loose in entries.loose:
        why = "编码重复" if loose.code else "没有编码"
        leftovers += _lines(loose.code, loose.text, loose.entries, why)
    leftovers += _outside(entries)
    known = {goal.number for goal in project.goals if goal.horizon == "年度"} or {1}
    goals = {number: entry for number, entry in entries.goals.items() if number in known}
    for number, entry in entries.goals.items():
        if number not in known and entry.filled:
            leftovers.append((f"年度绩效目标{number}", "", "", "实际完成情况", typed(entry), ""))
    return replace(
        entries, rows=rows, texts=texts, goals=goals, loose=(), strays=(), leftovers=tuple(leftovers)
    )


def _outside(entries: Entries) -> list[tuple[str, ...]]:
    """What was written where nothing is read, one line a cell."""
    return [("", "", "", f"{stray.sheet}!{stray.cell}", stray.text, "写在表外") for stray in entries.strays]


def _lines(code: str, text: RowText, row: Mapping[str, Entry], why: str = "") -> Iterator[tuple[str, ...]]:
    """What was typed into a row that has no place now, one line a cell; a number with its unit."""
    for name, entry in row.items():
        if name == "unit" or not entry.filled:
            continue
        unit = row.get("unit", Entry(None)).text if name == "actual" and not entry.is_percent else ""
        said = f"{typed(entry)}（计量单位：{unit}）" if unit else typed(entry)
        yield code, text.name, text.target, LEFTOVER_TITLES[name], said, why


def _find(
    item: Indicator, entries: Entries, free: Collection[str], stale: bool, others: Collection[tuple[str, ...]]
) -> str | None:
    """The old code of an indicator: of the row that says the same, else its own if only the target differs.

    Of several rows that say the same, the first is the first.
    """
    said = [_words(row_text(item)), _words(approved_row_text(item))]  # written before or after a correction
    then = {old: _words(entries.texts.get(old, RowText())) for old in free}
    alike = sorted(old for old, words in then.items() if words in said)
    if alike:
        return item.code if item.code in alike and not stale else alike[0]
    if item.code in free and not stale and then[item.code] not in others:
        return item.code  # somebody wrote over its locked text
    same_name = [old for old, words in then.items() if words[:3] in [words[:3] for words in said]]
    return item.code if same_name == [item.code] else None


def _words(text: RowText) -> tuple[str, ...]:
    """The approved texts of a row as they are compared: programs that save it may change its spaces."""
    return tuple(squash(part) for part in (text.level1, text.level2, text.name, text.target))


def typed(entry: Entry) -> str:
    """An entry as text, a formula as the formula that it is."""
    if entry.formula:
        return f"{entry.formula}（结果：{entry.text or '无'}）"
    if entry.is_percent and isinstance(entry.value, int | float):
        return f"{format(entry.value * 100, '.15g')}%"
    return entry.text


def _write_stamp(book: Book, stamp: Stamp) -> None:
    sheet = book.workbook.add_worksheet(STAMP)
    sheet.very_hidden()
    look = book.look("plain")
    for row, name in enumerate(STAMP_ROWS):
        put(sheet, row, 0, name, look)
        put(sheet, row, 1, getattr(stamp, name), look)
    sheet.protect()
