"""The other sheets of a fill-in workbook: what to do, basic facts and goals, budget, leftovers."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Horizon, Project
from evaluator.records.evaluation import Evaluation
from evaluator.render.book import WATCH, Book, height_for, put, put_formula
from evaluator.render.corrected import approved, approved_goal, beside, shown_as
from evaluator.render.fill_in.actuals import filled_count, sample_banner, write_entry
from evaluator.render.fill_in.budget import NEEDED_AMOUNTS, count_amounts, filled_amounts
from evaluator.render.score_sheet.layouts import LAYOUTS
from evaluator.rulesets import RuleSet
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.layout import (
    ACTUALS,
    FACT_COLUMN,
    FACT_LIST,
    FACT_ROW,
    FACTS,
    FIELDS,
    FIRST_ROW,
    GOAL_HEADS,
    GOAL_RESULT_COLUMN,
    GOAL_ROW,
    GUIDE,
    NATURE,
    OFFICIAL,
    SAMPLE,
    Fact,
    address,
)
from evaluator.workbooks.strays import LEFTOVER_SHEET

_STEPS = (
    "依次填写“基本情况”“预算执行”“实际完成值”三张表，只填黄色单元格；橙黄的是还缺的，灰色的不用填。",
    "定量指标：填实际完成的数字，单位从下拉框选；不要照抄目标值的≥、≤。",
    "比率指标：直接输入 95 或 95%，单元格会显示为百分比。",
    "定性指标：选完成等级；部分达成、未达成的还要填得分比例，并写完成情况说明。",
    "时限指标：填完成日期；超期或没有完成的，选完成等级并填得分比例。",
    "没有发生填 0；今年确实不适用填“不适用”；空白表示还没有填。",
    "得分低于分值、或超额较多的，写偏差原因及改进措施；佐证材料写台账、合同等名称。",
    "“还缺什么”一栏随填随变，显示“齐了”即可；“预计得分”按同一套规则计算。",
    "分值按批复；批复没有的按一级指标均分，确需调整的填“自定分值”，合计不对时“还缺什么”会提示。",
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
    goals = goal_numbers(project)
    last_goal = GOAL_ROW + len(goals) - 1
    results = f"'{FACTS}'!{address(GOAL_ROW, GOAL_RESULT_COLUMN)}:{address(last_goal, GOAL_RESULT_COLUMN)}"
    needed = [fact for fact in FACT_LIST if fact.name in LAYOUTS[rules.layout].needed_facts]
    facts = ",".join(f"'{FACTS}'!{address(_fact_row(fact), FACT_COLUMN)}" for fact in needed)
    parts = (
        ("指标", f"SUM('{ACTUALS}'!{filled}{FIRST_ROW}:{filled}{FIRST_ROW + max(count, 1) - 1})", count),
        ("预算金额", filled_amounts(), NEEDED_AMOUNTS),
        ("总体目标完成情况", f"COUNTA({results})", len(goals)),
        ("基本情况", f"COUNTA({facts})", len(needed)),
    )
    now = (
        filled_count(shown),
        count_amounts(entries),
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
