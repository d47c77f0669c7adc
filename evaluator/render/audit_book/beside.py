"""What stands beside a filled sheet: figures as read, the score again as a live formula, room for a review.

The recomputed score is a formula over 分值, 目标值, 完成值 beside it; 复核得分 and 复核意见 are to be filled
in, and the reviewed total follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from evaluator.audit import Judged, SheetAudit
from evaluator.audit.lines import number_in
from evaluator.audit.words import words
from evaluator.records.findings import by_severity
from evaluator.render.audit_book.plan import BESIDE, Plan
from evaluator.render.book import BAD, Book, merge, put, put_formula
from evaluator.scoring import Cells, budget_formula, rule_for
from evaluator.values.text import half_up, show

_SCORE, _DIFFERENCE = "0.00##", "+0.00;-0.00;0.00"
_SHARED, _ADDED = "合并打分", "表上各项得分相加"
_REVIEWED = "复核总分（没有复核的按表上得分）"


@dataclass(frozen=True)
class Page:
    """A sheet that is being written, and its plan; roles are those of the columns beside the form."""

    book: Book
    sheet: Worksheet
    plan: Plan

    def put(self, role: str, row: int, value: object, look: str = "cell", **changes: object) -> None:
        """Write a value."""
        put(self.sheet, row, self.plan.beside(role), value, self.book.look(look, **changes))

    def formula(self, role: str, row: int, formula: str, value: object, **changes: object) -> None:
        """Write a formula with its value."""
        look = self.book.look("number", **{"num_format": _SCORE, "bold": True, **changes})
        put_formula(self.sheet, row, self.plan.beside(role), formula, look, value)


def write_beside(page: Page) -> None:
    """Write the columns beside one form."""
    plan = page.plan
    for row in {plan.head} | ({plan.budget - 1} if plan.budget else set()):
        for column in BESIDE.items:
            page.put(column.role, row, column.title, "heading")
    for judged in plan.audit.rows:
        if judged.row.number in plan.rows:
            _write_row(page, plan.rows[judged.row.number], judged)
    if plan.budget is not None:
        _write_budget(page, plan.budget)
    if plan.total is not None and plan.total not in plan.rows.values():
        _write_total(page, plan.total)
    for row, said in problems(plan).items():
        page.put("problem", row, said)


def problems(plan: Plan) -> dict[int, str]:
    """What was found in each row, the worst first, as titles; the list has the sentences."""
    found: dict[int, list[str]] = {}
    for item in by_severity(plan.audit.findings):
        at = plan.position(item.place)
        if at:
            found.setdefault(at.row, []).append(item.title)
    return {row: "、".join(dict.fromkeys(titles)) for row, titles in found.items()}


def _write_row(page: Page, row: int, judged: Judged) -> None:
    figures = {"points": judged.points, "target": judged.target.value, "actual": judged.value}
    _write_figures(page, row, {**figures, "printed": judged.score})
    formula = _formula(judged, page.plan, row)
    if formula:
        page.formula("computed", row, formula, judged.computed)
    else:
        page.put("computed", row, _why(judged), "closed", align="center", font_size=9)
    _write_difference(page, row, judged.score, judged.computed if formula else None)
    _write_review(page, row, judged.points)


def _formula(judged: Judged, plan: Plan, row: int) -> str:
    """The recomputed score as a formula; empty where there is none."""
    points = plan.cell("points", row)
    if judged.computed is None:
        return ""
    if judged.value is None or judged.target.value is None:
        return points  # words that say the same, a day in time: all points
    cells = Cells(points, plan.cell("target", row), show(judged.target.upper), plan.cell("actual", row))
    earned = rule_for(judged.target, plan.audit.rule_set).formula(cells)
    rounded = f"ROUND(MAX(0,{earned}),2)"
    if judged.points is None or judged.points == half_up(judged.points):
        return rounded
    return f"IF({earned}={points},{points},{rounded})"  # 3.125 of 3.125


def _why(judged: Judged) -> str:
    if judged.row.shared:
        return _SHARED
    if judged.low is not None and judged.high is not None:
        return f"{show(half_up(judged.low))}–{show(half_up(judged.high))}"
    return words().why.get(judged.why, "—")


def _write_budget(page: Page, row: int) -> None:
    budget = page.plan.audit.budget
    if budget is None:
        return
    figures = {"points": budget.points, "target": budget.budget, "actual": budget.spent}
    _write_figures(page, row, {**figures, "printed": budget.printed})
    if budget.score is None:
        page.put("computed", row, "—", "closed", align="center")
    else:
        points, planned, spent = (page.plan.cell(role, row) for role in ("points", "target", "actual"))
        formula = budget_formula(points, planned, spent, page.plan.audit.rule_set, '""')
        page.formula("computed", row, formula, budget.score)
    _write_difference(page, row, budget.printed, budget.score)
    _write_review(page, row, budget.points)


def _write_total(page: Page, row: int) -> None:
    """The total: as printed, as the sum of the printed scores, and with the review's scores put in."""
    plan, total = page.plan, page.plan.audit.sheet.total
    printed = number_in(total.score.text) if total and total.score else None
    due = sum(_printed_scores(plan.audit), Decimal(0))
    goals = [show(score) for score in _goal_scores(plan.audit)]
    page.put("points", row, "合计", "centre", bold=True)
    first, last = plan.beside("target"), plan.beside("actual")
    merge(page.sheet, (row, first), (row, last), _ADDED, page.book.look("closed", font_size=9))
    page.put("printed", row, printed, "number", num_format=_SCORE, bold=True)
    own = [f"N({plan.cell('printed', at)})" for at in plan.scored]
    page.formula("computed", row, _sum([*own, *goals]), due)
    _write_difference(page, row, printed, due)
    page.formula("review", row, _sum([*(_reviewed(plan, at) for at in plan.scored), *goals]), due)
    page.put("opinion", row, _REVIEWED, font_size=9)


def _sum(parts: list[str]) -> str:
    return f"ROUND({'+'.join(parts) or '0'},2)"


def _reviewed(plan: Plan, row: int) -> str:
    review, printed = plan.cell("review", row), plan.cell("printed", row)
    return f"IF(ISNUMBER({review}),{review},N({printed}))"


def _printed_scores(audit: SheetAudit) -> Iterator[Decimal]:
    if audit.budget and audit.budget.printed is not None:
        yield audit.budget.printed
    yield from (row.score for row in audit.rows if row.score is not None)
    yield from _goal_scores(audit)


def _goal_scores(audit: SheetAudit) -> Iterator[Decimal]:
    scores = (number_in(goal.score.text) for goal in audit.sheet.goals if goal.score)
    return (score for score in scores if score is not None)


def _write_figures(page: Page, row: int, figures: Mapping[str, Decimal | None]) -> None:
    for role, value in figures.items():
        page.put(role, row, value, "closed" if value is None else "number")


def _write_difference(page: Page, row: int, printed: Decimal | None, due: Decimal | None) -> None:
    """Printed less recomputed, red where it is not 0."""
    one, other = page.plan.cell("printed", row), page.plan.cell("computed", row)
    formula = f'IF(AND(ISNUMBER({one}),ISNUMBER({other})),ROUND({one}-{other},2),"")'
    value = half_up(printed - due) if printed is not None and due is not None else ""
    colour = {"bg_color": BAD} if value else {"bold": False}
    page.formula("difference", row, formula, value, num_format=_DIFFERENCE, **colour)


def _write_review(page: Page, row: int, points: Decimal | None) -> None:
    page.put("review", row, None, "entry", align="center")
    page.put("opinion", row, None, "entry")
    if points is not None:
        column = page.plan.beside("review")
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": f"={page.plan.cell('points', row)}",
            "error_title": "复核得分",
            "error_message": "复核得分应在0和分值之间",
        }
        page.sheet.data_validation(row, column, row, column, rule)
