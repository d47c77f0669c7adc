"""The other sheets of a fill-in workbook: what to do, basic facts and goals, budget, leftovers."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Horizon, Project
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import BudgetScore
from evaluator.render.book import WATCH, Book, height_for, put, put_formula
from evaluator.render.corrected import approved, approved_goal, beside, budget_words, shown_as
from evaluator.render.fill_in.actuals import filled_count, is_kept, sample_banner, write_entry
from evaluator.render.score_sheet.layouts import LAYOUTS
from evaluator.rulesets import RuleSet
from evaluator.tables.columns import BUDGET as BUDGET_COLUMN
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.layout import (
    ACTUALS,
    BUDGET,
    FACT_COLUMN,
    FACT_LIST,
    FACT_ROW,
    FACTS,
    FIELDS,
    FIRST_ROW,
    FUND_COLUMNS,
    FUND_HEADS,
    FUND_ROW,
    FUNDS,
    GOAL_HEADS,
    GOAL_RESULT_COLUMN,
    GOAL_ROW,
    GUIDE,
    NATURE,
    NOTE_COLUMN,
    NOTE_LABEL,
    NOTE_ROW,
    OFFICIAL,
    SAMPLE,
    Fact,
    address,
)
from evaluator.workbooks.opening import LEFTOVER_SHEET

_STEPS = (
    "依次填写“基本情况”“预算执行”“实际完成值”三张表，只填黄色单元格；橙黄的是还缺的，灰色的不用填。",
    "定量指标：填实际完成的数字，单位从下拉框选；不要照抄目标值的≥、≤。",
    "比率指标：直接输入 95 或 95%，单元格会显示为百分比。",
    "定性指标：选完成等级；部分达成、未达成的还要填得分比例，并写完成情况说明。",
    "时限指标：填完成日期；超期或没有完成的，选完成等级并填得分比例。",
    "没有发生填 0；今年确实不适用填“不适用”；空白表示还没有填。",
    "得分低于分值、或超额较多的，写偏差原因及改进措施；佐证材料写台账、合同等名称。",
    "“还缺什么”一栏随填随变，显示“齐了”即可；“预计得分”按同一套规则计算。",
    "分值按一级指标均分；确需调整的填“自定分值”，同组合计须与该组分值相等。",
    "填好后保存在原文件夹，不要改文件名、编码和表头；由财务人员统一运行程序。",
)


def write_guide(book: Book, shown: Evaluation, year: int, rules: RuleSet, entries: Entries) -> None:
    """The first sheet: what to do, in ten lines, and how far it is."""
    project = shown.project
    sheet = book.add_sheet(GUIDE)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 92)
    put(sheet, 0, 0, f"{year}年度项目支出绩效自评填报表", book.look("title", align="left", text_wrap=False))
    sheet.set_row(0, 34)
    line = book.look("plain", text_wrap=False, font_size=11)
    put(sheet, 1, 0, f"项目：{project.name}", line)
    put(sheet, 2, 0, f"单位：{project.applicant}　　计分规则：{rules.title}", line)
    sample_banner(book, sheet, 3, 1, shown.sample)
    progress, now = _progress(shown, rules, entries)
    put_formula(sheet, 4, 0, progress, book.look("plain", bold=True, text_wrap=False, font_size=12), now)
    for at, step in enumerate(_STEPS):
        row = 6 + at
        put(sheet, row, 0, f"{at + 1}", book.look("label"))
        put(sheet, row, 1, step, book.look("cell", font_size=11, indent=1))
        sheet.set_row(row, 26)
    sheet.protect()


def _progress(shown: Evaluation, rules: RuleSet, entries: Entries) -> tuple[str, str]:
    """How much is filled, sheet by sheet: the live formula, and what it says now."""
    project = shown.project
    filled, count = FIELDS["filled"].letter, len(project.annual)
    first_fund, last_fund = FUND_ROW, FUND_ROW + len(FUNDS) - 1
    columns = list(FUND_COLUMNS.values())
    funds = f"'{BUDGET}'!{address(first_fund, columns[0])}:{address(last_fund, columns[-1])}"
    goals = goal_numbers(project)
    last_goal = GOAL_ROW + len(goals) - 1
    results = f"'{FACTS}'!{address(GOAL_ROW, GOAL_RESULT_COLUMN)}:{address(last_goal, GOAL_RESULT_COLUMN)}"
    needed = [fact for fact in FACT_LIST if fact.name in LAYOUTS[rules.layout].needed_facts]
    facts = ",".join(f"'{FACTS}'!{address(_fact_row(fact), FACT_COLUMN)}" for fact in needed)
    parts = (
        ("指标", f"SUM('{ACTUALS}'!{filled}{FIRST_ROW}:{filled}{FIRST_ROW + max(count, 1) - 1})", count),
        ("预算金额", f"COUNTA({funds})", len(FUNDS) * len(FUND_COLUMNS)),
        ("总体目标完成情况", f"COUNTA({results})", len(goals)),
        ("基本情况", f"COUNTA({facts})", len(needed)),
    )
    now = (
        filled_count(shown),
        sum(entry.filled for entry in entries.funds.values()),
        sum(entries.goals.get(number, Entry(None)).filled for number in goals),
        sum(bool(_fact_entry(fact, project, entries).text) for fact in needed),
    )
    formula = '&"；'.join(f'{name} "&{formula}&" / {total}"' for name, formula, total in parts)
    words = "；".join(f"{name} {n} / {total}" for (name, _, total), n in zip(parts, now, strict=True))
    return f'"填报进度：{formula}', f"填报进度：{words}"


def goal_numbers(project: Project) -> list[int]:
    """The annual goals that ask for a result; a form without goal texts has one."""
    return [goal.number for goal in project.goals if goal.horizon is Horizon.ANNUAL] or [1]


def _fact_row(fact: Fact) -> int:
    return FACT_ROW + FACT_LIST.index(fact)


def _fact_entry(fact: Fact, project: Project, entries: Entries) -> Entry:
    """What was filled in, else what the approved form says."""
    entry = entries.facts.get(fact.name, Entry(None))
    if entry.text or entry.formula:
        return entry
    return Entry(OFFICIAL if fact.name == NATURE else project.facts.get(fact.name))


def highlight_blanks(book: Book, sheet: Worksheet, cells: str) -> None:
    """Colour entry cells that must not stay empty for as long as they are."""
    look = book.workbook.add_format({"bg_color": WATCH})
    sheet.conditional_format(cells, {"type": "blanks", "format": look})


def write_facts(book: Book, project: Project, entries: Entries, layout: str) -> None:
    """Basic facts, and what became of each annual goal."""
    sheet = book.add_sheet(FACTS)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 52)
    put(sheet, 0, 0, "基本情况", book.look("title", align="left", text_wrap=False))
    sheet.set_row(0, 30)
    sample = entries.facts.get(NATURE, Entry(None)).text == SAMPLE
    sample_banner(book, sheet, 1, 2, sample)
    for row, label, text in ((2, "项目名称", project.name), (3, "申报单位", project.applicant)):
        sheet.set_row(row, height_for([(text, 50)], least=22))
        put(sheet, row, 0, label, book.look("label"))
        was = approved(project.corrections, label)
        put(sheet, row, 1, text, book.look("cell", indent=1, **beside(was)))
    for fact in FACT_LIST:
        row, column = _fact_row(fact) - 1, FACT_COLUMN - 1
        put(sheet, row, 0, fact.name, book.look("label"))
        put(sheet, row, 2, fact.asked, book.look("note", valign="vcenter", indent=1))
        entry = _fact_entry(fact, project, entries)
        if fact.name in LAYOUTS[layout].needed_facts:
            highlight_blanks(book, sheet, address(row + 1, FACT_COLUMN))
        write_entry(
            sheet,
            row,
            column,
            entry,
            book.look("entry", indent=1, num_format="@" if fact.name == "联系电话" else "General"),
        )
        if fact.choices:
            message = {"error_title": "不在可选范围", "error_message": "请从下拉框中选择。"}
            sheet.data_validation(
                row, column, row, column, {"validate": "list", "source": list(fact.choices), **message}
            )
        sheet.set_row(row, height_for([(entry.text, 50), (fact.name, 18)], least=48 if fact.told else 22))
    _write_goals(book, sheet, project, entries)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _write_goals(book: Book, sheet: Worksheet, project: Project, entries: Entries) -> None:
    head = GOAL_ROW - 2
    corrected = approved(project.corrections, "年度绩效目标") is not None
    for column, title in enumerate(GOAL_HEADS):
        shown = shown_as("批复或人工更正的目标") if corrected and column == 1 else {}
        put(sheet, head, column, title, book.look("heading", **shown))
    sheet.set_row(head, 24)
    annual = [goal for goal in project.goals if goal.horizon is Horizon.ANNUAL]
    texts = {goal.number: goal.text for goal in annual} or {1: ""}
    was = {goal.number: approved_goal(project, goal) for goal in annual}
    for at, (number, text) in enumerate(texts.items()):
        row = GOAL_ROW - 1 + at
        entry = entries.goals.get(number, Entry(None))
        put(sheet, row, 0, f"年度绩效目标{number}", book.look("label"))
        put(sheet, row, 1, text, book.look("cell", indent=1, **beside(was.get(number))))
        write_entry(sheet, row, GOAL_RESULT_COLUMN - 1, entry, book.look("entry", indent=1))
        highlight_blanks(book, sheet, address(row + 1, GOAL_RESULT_COLUMN))
        beside_it = was.get(number) or ""
        sheet.set_row(row, height_for([(text + beside_it[:60], 50), (entry.text, 50)], least=90))


def write_budget(book: Book, project: Project, entries: Entries, shown: BudgetScore) -> None:
    """Budget execution in 万元, with live totals."""
    sheet = book.add_sheet(BUDGET)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 4, 20)
    put(sheet, 0, 0, "预算执行情况（单位：万元）", book.look("title", align="left", text_wrap=False))
    sheet.set_row(0, 30)
    sample = entries.facts.get(NATURE, Entry(None)).text == SAMPLE
    sample_banner(book, sheet, 1, 4, sample)
    line = book.look("plain", text_wrap=False)
    put(sheet, 2, 0, f"项目：{project.name}", line)
    put(sheet, 3, 0, _budget_line(project), line)
    note = "全年预算数是调整后的预算，含上年结转；没有的填 0。年中有调整的，请在下面说明。"
    put(sheet, 4, 0, note, book.look("note", text_wrap=False))
    for column, title in enumerate(FUND_HEADS):
        put(sheet, FUND_ROW - 2, column, title, book.look("heading"))
    sheet.set_row(FUND_ROW - 2, 24)
    first, last = FUND_ROW, FUND_ROW + len(FUNDS) - 1
    for at, fund in enumerate(FUNDS):
        row = FUND_ROW - 1 + at
        put(sheet, row, 0, fund, book.look("label"))
        for name, column in FUND_COLUMNS.items():
            entry = entries.funds.get((fund, name), Entry(None))
            form = entry.number_format if is_kept(entry) else "#,##0.00####"
            write_entry(sheet, row, column - 1, entry, book.look("entry", num_format=form, align="center"))
            _limit_amount(sheet, row, column - 1)
        _write_rate(
            book, sheet, row, _rate(*(entries.funds.get((fund, name)) for name in ("adjusted", "spent")))
        )
        sheet.set_row(row, 26)
    highlight_blanks(
        book, sheet, f"{address(first, FUND_COLUMNS['initial'])}:{address(last, FUND_COLUMNS['spent'])}"
    )
    put(sheet, last, 0, "合计", book.look("label", bold=True))
    for name, column in FUND_COLUMNS.items():
        amounts = [entries.funds.get((fund, name), Entry(None)).value for fund in FUNDS]
        total = sum((Decimal(str(a)) for a in amounts if isinstance(a, int | float)), Decimal(0))
        cells = f"{address(first, column)}:{address(last, column)}"
        put_formula(
            sheet, last, column - 1, f"SUM({cells})", book.look("centre", num_format="#,##0.00####"), total
        )
    _write_rate(book, sheet, last, None if shown.rate is None else shown.rate / 100)
    sheet.set_row(last, 26)
    put(sheet, NOTE_ROW - 1, 0, NOTE_LABEL, book.look("label"))
    write_entry(sheet, NOTE_ROW - 1, NOTE_COLUMN - 1, entries.note, book.look("entry", indent=1))
    sheet.set_column(NOTE_COLUMN - 1, NOTE_COLUMN - 1, 34)
    sheet.set_row(NOTE_ROW - 1, height_for([(entries.note.text, 32)], least=60))
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _budget_line(project: Project) -> str:
    whose = "批复的项目预算" if approved(project.corrections, BUDGET_COLUMN) is None else "项目预算"
    return f"{whose}：{budget_words(project, ' 万元') or '（批复表没有）'}"


def _rate(adjusted: Entry | None, spent: Entry | None) -> Decimal | None:
    budget, used = (entry.value if entry else None for entry in (adjusted, spent))
    numbers = isinstance(budget, int | float) and isinstance(used, int | float)
    return Decimal(str(used)) / Decimal(str(budget)) if numbers and budget else None


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


def write_leftovers(book: Book, entries: Entries) -> None:
    """What was filled in earlier and belongs to no indicator any more; nothing typed is lost."""
    if not entries.leftovers:
        return
    sheet = book.add_sheet(LEFTOVER_SHEET)
    put(
        sheet,
        0,
        0,
        "批复目标变化后，下列原填内容对不上现在的指标，保留在此备查",
        book.look("title", align="left", text_wrap=False, font_size=13),
    )
    for column, (title, width) in enumerate(
        (("原编码", 10), ("三级指标", 30), ("原指标值", 16), ("栏目", 18), ("原填内容", 60), ("备注", 20))
    ):
        put(sheet, 1, column, title, book.look("heading"))
        sheet.set_column(column, column, width)
    for at, line in enumerate(entries.leftovers):
        for column, text in enumerate(line):
            put(sheet, 2 + at, column, text, book.look("cell"))
