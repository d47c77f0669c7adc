"""The sheet 预算执行 of a fill-in workbook: the year's money by fund, its totals, what of it counts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Project
from evaluator.records.submitted import CARRIED, FUND_NAMES, GRANT, OTHER
from evaluator.render.book import WATCH, Book, height_for, put, put_formula
from evaluator.render.corrected import approved, budget_words
from evaluator.render.fill_in.actuals import is_kept, sample_banner, write_entry
from evaluator.rulesets import RuleSet
from evaluator.tables.columns import BUDGET as BUDGET_COLUMN
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.layout import (
    BUDGET,
    FUND_COLUMNS,
    FUND_HEADS,
    FUND_LINES,
    FUND_ROW,
    FUNDS,
    NATURE,
    NOTE_COLUMN,
    NOTE_LABEL,
    NOTE_ROW,
    SAMPLE,
    TOTAL,
    TOTAL_ROW,
    FundLine,
    address,
)

_MONEY = "#,##0.00####"
_NEEDED = (GRANT, CARRIED, OTHER)
NEEDED_AMOUNTS = len(_NEEDED) * len(FUND_COLUMNS)
_TWICE = "“当年财政拨款”与其中各项之和不等：请改正，或只填其中各项"
_NOTE = "全年预算数含年中调整和上年结转；没有的填 0。“当年财政拨款”可以只填总数，也可以只填其中各项。"


def _row(name: str) -> int:
    return FUND_ROW + FUNDS.index(name)


def _parts(name: str) -> list[FundLine]:
    return [line for line in FUND_LINES if line.part_of == name]


def _cells(lines: list[FundLine], column: int) -> str:
    return f"{address(_row(lines[0].name), column)}:{address(_row(lines[-1].name), column)}"


def _amount(name: str, column: int) -> str:
    """Excel expression of a fund's amount: as typed, else the sum of its parts."""
    own, parts = address(_row(name), column), _parts(name)
    return f'IF({own}="",SUM({_cells(parts, column)}),N({own}))' if parts else f"N({own})"


def filled_amounts() -> str:
    """Excel expression: how many of the amounts that a project needs are there."""
    cells = []
    for name in _NEEDED:
        for column in FUND_COLUMNS.values():
            own, parts = f"'{BUDGET}'!{address(_row(name), column)}", _parts(name)
            typed = f'{own}<>""'
            if parts:
                typed = f"OR({typed},COUNT('{BUDGET}'!{_cells(parts, column)})>0)"
            cells.append(f"IF({typed},1,0)")
    return "+".join(cells)


def count_amounts(entries: Entries) -> int:
    """The same of the entries as they are."""
    return sum(_is_there(entries, name, column) for name in _NEEDED for column in FUND_COLUMNS)


def _is_there(entries: Entries, name: str, column: str) -> bool:
    return entries.funds.get((name, column), Entry(None)).filled or _has_parts(entries, name, column)


def write_budget(book: Book, project: Project, entries: Entries, rules: RuleSet) -> None:
    """Budget execution in 万元, with live totals of all money and of what counts by the rules."""
    sheet = book.add_sheet(BUDGET)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 4, 20)
    put(sheet, 0, 0, "预算执行情况（单位：万元）", book.look("title", align="left", text_wrap=False))
    sheet.set_row(0, 30)
    sample_banner(book, sheet, 1, 4, entries.facts.get(NATURE, Entry(None)).text == SAMPLE)
    line = book.look("plain", text_wrap=False)
    put(sheet, 2, 0, f"项目：{project.name}", line)
    put(sheet, 3, 0, _budget_line(project), line)
    put(sheet, 4, 0, _NOTE, book.look("note", text_wrap=False))
    for column, title in enumerate(FUND_HEADS):
        put(sheet, FUND_ROW - 2, column, title, book.look("heading"))
    sheet.set_row(FUND_ROW - 2, 24)
    for fund in FUND_LINES:
        _write_fund(book, sheet, fund, entries)
    _highlight(book, sheet)
    _write_totals(book, sheet, entries, rules)
    _write_note(book, sheet, entries.note)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _budget_line(project: Project) -> str:
    whose = "批复的项目预算" if approved(project.corrections, BUDGET_COLUMN) is None else "项目预算"
    return f"{whose}：{budget_words(project, ' 万元') or '（批复表没有）'}"


def _write_fund(book: Book, sheet: Worksheet, fund: FundLine, entries: Entries) -> None:
    row = _row(fund.name) - 1
    look = book.look("label", align="right", bold=False) if fund.part_of else book.look("label")
    put(sheet, row, 0, fund.label, look)
    for name, column in FUND_COLUMNS.items():
        entry = entries.funds.get((fund.name, name), Entry(None))
        form = entry.number_format if is_kept(entry) else _MONEY
        write_entry(sheet, row, column - 1, entry, book.look("entry", num_format=form, align="center"))
        _limit_amount(sheet, row, column - 1)
    adjusted, spent = (_number(entries, fund.name, name) for name in ("adjusted", "spent"))
    _write_rate(book, sheet, row, spent / adjusted if adjusted else None)
    sheet.set_row(row, 26)


def _highlight(book: Book, sheet: Worksheet) -> None:
    """Colour the amounts that are still missing."""
    look = book.workbook.add_format({"bg_color": WATCH})
    for name in _NEEDED:
        for column in FUND_COLUMNS.values():
            cell = address(_row(name), column)
            parts = _parts(name)
            rule = f'AND({cell}="",COUNT({_cells(parts, column)})=0)' if parts else f'{cell}=""'
            sheet.conditional_format(cell, {"type": "formula", "criteria": f"={rule}", "format": look})


def _write_totals(book: Book, sheet: Worksheet, entries: Entries, rules: RuleSet) -> None:
    """All money, and what of it counts; a line below says where amounts contradict each other."""
    _write_total(book, sheet, entries, (TOTAL_ROW, TOTAL, FUND_NAMES))
    label = f"计入执行率：{rules.budget.funds_label}"
    _write_total(book, sheet, entries, (TOTAL_ROW + 1, label, rules.budget.funds))
    _write_contradiction(book, sheet, entries)


def _write_total(
    book: Book, sheet: Worksheet, entries: Entries, line: tuple[int, str, tuple[str, ...]]
) -> None:
    """A row of sums over some funds: the row, what it is called, the funds."""
    row, words, funds = line
    put(sheet, row - 1, 0, words, book.look("label", bold=True))
    sums = {name: _total(entries, funds, name) for name in FUND_COLUMNS}
    for name, column in FUND_COLUMNS.items():
        formula = "+".join(_amount(fund, column) for fund in funds)
        put_formula(sheet, row - 1, column - 1, formula, book.look("centre", num_format=_MONEY), sums[name])
    _write_rate(book, sheet, row - 1, sums["spent"] / sums["adjusted"] if sums["adjusted"] else None)
    sheet.set_row(row - 1, height_for([(words, 24)], least=26))


def _write_contradiction(book: Book, sheet: Worksheet, entries: Entries) -> None:
    """A line that says where a grant and its parts differ."""
    parts, conditions, found = _parts(GRANT), [], False
    for name, column in FUND_COLUMNS.items():
        own, cells = address(_row(GRANT), column), _cells(parts, column)
        conditions.append(f'AND({own}<>"",COUNT({cells})>0,ROUND(N({own})-SUM({cells}),6)<>0)')
        both = entries.funds.get((GRANT, name), Entry(None)).filled and _has_parts(entries, GRANT, name)
        found |= both and _number(entries, GRANT, name) != _sum_of_parts(entries, GRANT, name)
    look = book.look("plain", bold=True, font_color="#B42318", align="left", text_wrap=False)
    formula = f'IF(OR({",".join(conditions)}),"{_TWICE}","")'
    put_formula(sheet, TOTAL_ROW + 1, 0, formula, look, _TWICE if found else "")


def _number(entries: Entries, name: str, column: str) -> Decimal:
    """What Excel takes for a cell's number: that of a number, nothing of a text."""
    value = entries.funds.get((name, column), Entry(None)).value
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if plain else Decimal(0)


def _has_parts(entries: Entries, name: str, column: str) -> bool:
    values = (entries.funds.get((part.name, column), Entry(None)).value for part in _parts(name))
    return any(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _sum_of_parts(entries: Entries, name: str, column: str) -> Decimal:
    return sum((_number(entries, part.name, column) for part in _parts(name)), Decimal(0))


def _total(entries: Entries, funds: Iterable[str], column: str) -> Decimal:
    return sum((_shown(entries, fund, column) for fund in funds), Decimal(0))


def _shown(entries: Entries, name: str, column: str) -> Decimal:
    """A fund's amount as the live cells take it."""
    typed = entries.funds.get((name, column), Entry(None)).filled
    return _number(entries, name, column) if typed else _sum_of_parts(entries, name, column)


def _write_rate(book: Book, sheet: Worksheet, row: int, shown: Decimal | None) -> None:
    adjusted, spent = address(row + 1, FUND_COLUMNS["adjusted"]), address(row + 1, FUND_COLUMNS["spent"])
    formula = f'IF(N({adjusted})=0,"",N({spent})/{adjusted})'
    put_formula(sheet, row, 4, formula, book.look("centre", num_format="0.00%"), shown)


def _limit_amount(sheet: Worksheet, row: int, column: int) -> None:
    rule = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": "万元",
        "input_message": "以万元为单位填写；没有的填 0",
        "error_title": "金额有误",
        "error_message": "请填写以万元为单位的数字，不带单位；没有的填 0。",
    }
    sheet.data_validation(row, column, row, column, rule)


def _write_note(book: Book, sheet: Worksheet, note: Entry) -> None:
    put(sheet, NOTE_ROW - 1, 0, NOTE_LABEL, book.look("label"))
    write_entry(sheet, NOTE_ROW - 1, NOTE_COLUMN - 1, note, book.look("entry", indent=1))
    sheet.set_column(NOTE_COLUMN - 1, NOTE_COLUMN - 1, 34)
    sheet.set_row(NOTE_ROW - 1, height_for([(note.text, 32)], least=60))
