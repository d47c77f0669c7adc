"""The lists of the auditor's workbook: findings with links, sums by unit, what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from evaluator.audit import Audit, Outcome, SheetAudit, Verdict
from evaluator.audit.lines import spot
from evaluator.records.findings import Finding, Severity, by_severity, catalogue
from evaluator.render.audit_book.form_sheet import COLOURS
from evaluator.render.audit_book.plan import Plan
from evaluator.render.book import Book, height_for, merge, put, put_formula, write_list_head
from evaluator.render.columns import Columns, columns, letters

FINDINGS, UNITS, UNJUDGED = "核对结果", "分单位汇总", "无法判断"
_FINDINGS = columns(
    ("number", "序号", 6),
    ("severity", "级别", 7),
    ("file", "文件", 24),
    ("project", "项目", 20),
    ("cell", "单元格\n（点击跳转）", 14),
    ("title", "问题", 18),
    ("text", "说明", 64),
    ("remedy", "处理办法", 36),
)
_UNITS = columns(
    ("unit", "单位", 30),
    ("sheets", "自评表", 9),
    ("rows", "指标", 9),
    ("judged", "能复算", 9),
    ("error", "错误", 8),
    ("warning", "提醒", 8),
    ("note", "说明", 8),
)
_CHECKS = ("检查", *(verdict.label for verdict in Verdict), "合计")
_UNJUDGED = columns(
    ("file", "文件", 30),
    ("project", "项目", 22),
    ("cell", "单元格", 10),
    ("name", "指标", 34),
    ("check", "检查", 24),
    ("why", "为什么不能判断", 44),
)
_MOST_LINKS = 65_000
_LINK = {"font_color": "#1D5B8F", "underline": 1}


def add_findings_sheet(book: Book, audit: Audit, plans: Sequence[Plan]) -> None:
    """All findings, worst first, each with a link to its cell in this workbook."""
    sheet = book.add_sheet(FINDINGS)
    sheet.set_landscape()
    pairs = sorted(_pairs(audit, plans), key=lambda pair: list(Severity).index(pair[0].severity))
    counts = Counter(item.severity for item, _ in pairs)
    told = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity)
    line = f"{len(audit.sheets)} 张自评表：{told}。错误＝算术不符；提醒＝与规则不符；说明＝填写形式。"
    first = write_list_head(book, sheet, 0, "自评表核对结果", line, _FINDINGS.heads, "plain")
    sheet.freeze_panes(first, 0)
    for row, (item, plan) in enumerate(pairs, first):
        _write_finding(book, sheet, row, row - first + 1, item, plan)
    if not pairs:
        merge(sheet, (first, 0), (first, _FINDINGS.end), "没有发现问题。", book.look("centre"))
    else:
        sheet.autofilter(first - 1, 0, first + len(pairs) - 1, _FINDINGS.end)


def _pairs(audit: Audit, plans: Sequence[Plan]) -> Iterator[tuple[Finding, Plan | None]]:
    yield from ((item, None) for item in audit.findings)
    for plan in plans:
        yield from ((item, plan) for item in by_severity(plan.audit.findings))


def _write_finding(
    book: Book, sheet: Worksheet, row: int, number: int, item: Finding, plan: Plan | None
) -> None:
    texts = {
        "severity": item.severity.label,
        "file": item.place.file,
        "project": plan.audit.sheet.project if plan else "",
        "title": item.title,
        "text": item.text,
        "remedy": item.remedy,
    }
    put(sheet, row, 0, number, book.look("centre"))
    for role, text in texts.items():
        look = (
            book.look("centre", bg_color=COLOURS[item.severity]) if role == "severity" else book.look("cell")
        )
        put(sheet, row, _FINDINGS.at(role), text, look)
    _write_link(book, sheet, row, item, plan, number)
    sheet.set_row(row, height_for([(text, _FINDINGS.width(role) - 1) for role, text in texts.items()]))


def _write_link(
    book: Book, sheet: Worksheet, row: int, item: Finding, plan: Plan | None, number: int
) -> None:
    column = _FINDINGS.at("cell")
    if plan is None or number > _MOST_LINKS:
        put(sheet, row, column, spot(item.place) or "—", book.look("centre"))
        return
    at = plan.position(item.place)
    link = f"internal:'{plan.name}'!{at.address if at else 'A1'}"
    sheet.write_url(row, column, link, book.look("centre", **_LINK), spot(item.place) or "整张表")


def add_units_sheet(book: Book, audit: Audit) -> None:
    """Sums by unit; which rules each sheet was audited by, and why; how each check ended."""
    sheet = book.add_sheet(UNITS)
    line = "每张表所属的单位按表上的“实施单位”或“填报单位”；合计是公式。"
    first = write_list_head(book, sheet, 0, "分单位汇总", line, _UNITS.heads, "plain")
    units: dict[str, list[SheetAudit]] = {}
    for item in audit.sheets:
        units.setdefault(item.sheet.unit or "（表上没有写单位）", []).append(item)
    for row, (unit, items) in enumerate(units.items(), first):
        put(sheet, row, 0, unit, book.look("cell"))
        for column, value in enumerate(_sums(items), 1):
            put(sheet, row, column, value, book.look("number"))
    last = first + len(units) - 1
    put(sheet, last + 1, 0, "合计", book.look("heading"))
    for column, value in enumerate(_sums(audit.sheets), 1):
        area = f"{letters(column)}{first + 1}:{letters(column)}{last + 1}"
        put_formula(
            sheet, last + 1, column, f"SUM({area})" if units else "0", book.look("number", bold=True), value
        )
    row = _write_rules(book, sheet, last + 4, audit)
    _write_checks(book, sheet, row + 2, audit)


def _sums(items: Sequence[SheetAudit]) -> list[int]:
    counts = Counter(found.severity for item in items for found in item.findings)
    rows = [row for item in items for row in item.rows]
    judged = sum(row.computed is not None or row.low is not None for row in rows)
    return [len(items), len(rows), judged, *(counts[severity] for severity in Severity)]


def _write_rules(book: Book, sheet: Worksheet, row: int, audit: Audit) -> int:
    """Which rules each sheet was audited by; returns the row below."""
    merge(sheet, (row, 0), (row, _UNITS.end), "每张表用的计分规则", book.look("heading"))
    for item in audit.sheets:
        row += 1
        words = f"{item.sheet.project or '—'}：{item.rule_set.title}（{item.rules}），{item.because}"
        put(sheet, row, 0, item.sheet.file, book.look("cell"))
        merge(sheet, (row, 1), (row, _UNITS.end), words, book.look("cell"))
        width = _UNITS.whole_width - _UNITS.width("unit") - 1
        sheet.set_row(row, height_for([(item.sheet.file, _UNITS.width("unit") - 1), (words, width)]))
    return row + 1


def _write_checks(book: Book, sheet: Worksheet, row: int, audit: Audit) -> None:
    """How each check ended, over all sheets: the four add up to how often it was made."""
    ends: dict[str, Counter[Verdict]] = {}
    for item in audit.sheets:
        for code, counts in item.counts.items():
            ends.setdefault(code, Counter()).update(counts)
    for column, head in enumerate(_CHECKS):
        put(sheet, row, column, head, book.look("heading"))
    for at, (code, counts) in enumerate(ends.items(), row + 1):
        put(sheet, at, 0, title_of(code), book.look("cell"))
        for column, verdict in enumerate(Verdict, 1):
            put(sheet, at, column, counts[verdict], book.look("number"))
        area = f"{letters(1)}{at + 1}:{letters(len(Verdict))}{at + 1}"
        put_formula(sheet, at, len(Verdict) + 1, f"SUM({area})", book.look("number"), sum(counts.values()))


def title_of(code: str) -> str:
    """What a check looks for, in a few words."""
    return catalogue()[f"audit-{code}"].title


def add_unjudged_sheet(book: Book, audit: Audit) -> None:
    """What could not be judged, with the reason: an auditor has to look at these."""
    sheet = book.add_sheet(UNJUDGED)
    sheet.set_landscape()
    rows = [(item, outcome) for item in audit.sheets for outcome in item.outcomes if _is_open(outcome)]
    line = "程序不猜：下列各项没有判断，请人工核对。"
    first = write_list_head(book, sheet, 0, "无法判断的检查", line, _UNJUDGED.heads, "plain")
    sheet.freeze_panes(first, 0)
    for row, (item, outcome) in enumerate(rows, first):
        _write_unjudged(book, sheet, row, item, outcome, _UNJUDGED)
    if not rows:
        merge(sheet, (first, 0), (first, _UNJUDGED.end), "没有。", book.look("centre"))


def _is_open(outcome: Outcome) -> bool:
    return outcome.verdict is Verdict.CANNOT_JUDGE


def _write_unjudged(
    book: Book, sheet: Worksheet, row: int, item: SheetAudit, outcome: Outcome, heads: Columns
) -> None:
    about = next((judged.row for judged in item.rows if judged.row.number == outcome.row), None)
    texts = {
        "file": item.sheet.file,
        "project": item.sheet.project,
        "cell": spot(about.place) if about else "整张表",
        "name": about.name if about else "",
        "check": title_of(outcome.check),
        "why": outcome.why,
    }
    for role, text in texts.items():
        put(sheet, row, heads.at(role), text, book.look("cell"))
    sheet.set_row(row, height_for([(text, heads.width(role) - 1) for role, text in texts.items()]))
