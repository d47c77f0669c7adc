"""Re-scoring: each printed row by the rule set, at its printed points, with the rule kinds of `scoring`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from evaluator.audit.actuals import Actual, attains, read_actual
from evaluator.audit.lines import number_in
from evaluator.audit.records import (
    AuditedBudget,
    AuditedFund,
    AuditedRow,
    AuditedSheet,
    Field,
    Judged,
    JudgedBudget,
)
from evaluator.audit.words import words
from evaluator.records.approved import Operator, Target, TargetKind
from evaluator.records.source import Place
from evaluator.records.submitted import Grade
from evaluator.rulesets import RuleSet
from evaluator.scoring import Case, rule_for
from evaluator.values.measures import is_ceiling
from evaluator.values.quantities import bare, column_operator, is_placeholder, split_operator
from evaluator.values.row_target import Row, read_row_target
from evaluator.values.text import half_up, squash

ANY_YEAR = 2024  # completes days without a year on both sides alike
_ALL = Decimal(100)


def judge_row(row: AuditedRow, sheet: AuditedSheet, rules: RuleSet, implied: Decimal | None = None) -> Judged:
    """What a row should have scored; where that cannot be known, `why` is the code of the reason.

    `implied` are its points where none are printed.
    """
    points, score = number_in(row.text("points")), number_in(row.text("score"))
    points = implied if points is None else points
    year = sheet.year or ANY_YEAR
    target, directed = _target(row, year)
    judged = Judged(row, target, points, score, directed=directed)
    if words().is_blank(row.text("target")):
        return replace(judged, why="no-target")
    actual = read_actual(_exact(row.cells.get("actual")), target, year, row.text("target"))
    judged = replace(
        judged, same_text=actual.same, copied=actual.copied, value=actual.value, problem=actual.problem
    )
    rule = rule_for(target, rules)
    judged = replace(judged, rule=rule.kind, words=rule.words, citation=rule.citation)
    if target.kind is TargetKind.UNREADABLE and (not actual.same or is_placeholder(bare(target.text))):
        return replace(judged, why="target-unreadable")
    judged = _earn(judged, actual, rules)
    if row.shared:  # one score for several rows says nothing of this one
        return replace(judged, computed=None, low=None, high=None, why="shared")
    return judged


def judge_rows(sheet: AuditedSheet, rules: RuleSet) -> tuple[Judged, ...]:
    """Every row of a sheet.

    Hubei's form has no column for points. Where the scores of a goal add up to all of its points, each is
    all of its row's: then a row that missed its target has points to be held against.
    """
    rows = tuple(judge_row(row, sheet, rules) for row in sheet.rows)
    full = full_goals(sheet, rows)
    return tuple(
        judge_row(row.row, sheet, rules, row.score)
        if row.missed and row.points is None and row.row.goal in full
        else row
        for row in rows
    )


def full_goals(sheet: AuditedSheet, rows: tuple[Judged, ...]) -> frozenset[int]:
    """The goals whose printed scores add up to the points that stand beside the goal."""
    sums: dict[int, Decimal] = {}
    for row in rows:
        sums[row.row.goal] = sums.get(row.row.goal, Decimal(0)) + (row.score or Decimal(0))
    return frozenset(goal for goal, points in sheet.goal_points.items() if sums.get(goal) == points)


def _exact(item: Field | None) -> str:
    """An actual's text with all that is stored, where the cell shows less."""
    if item is None or item.stored is None:
        return item.text if item else ""
    return f"{item.stored}{'%' if squash(item.text).endswith('%') else ''}"


def _target(row: AuditedRow, year: int) -> tuple[Target, bool]:
    """The target, and whether a direction is written: in its text, its column, or its name (≤**元).

    It is read as the targets of approved forms are; a cost that is only taken for at most has none.
    """
    text, operator = row.text("target"), row.text("operator")
    said = Row(row.name, row.level1, row.level2, operator, row.text("unit"))
    target, findings = read_row_target(text, said, year, Place(""))
    codes = {item.code for item in findings}
    own = split_operator(bare(text))[0] is not None or column_operator(operator) in tuple(Operator)
    written = own or "operator-of-name" in codes
    return target, written or not ("cost-at-most" in codes or _needs_direction(row, target))


def _needs_direction(row: AuditedRow, target: Target) -> bool:
    """Whether less may be better of what a row counts: a cost, or what should be few; 0 is least."""
    if target.kind is not TargetKind.NUMERIC or target.value == 0:
        return False
    return _is_cost(row) or is_ceiling(row.name)


def _is_cost(row: AuditedRow) -> bool:
    return "成本" in row.level1 or "成本" in row.level2


def _earn(judged: Judged, actual: Actual, rules: RuleSet) -> Judged:
    kind = judged.target.kind
    if kind in (TargetKind.QUALITATIVE, TargetKind.UNREADABLE):
        return _graded(judged, actual, rules)
    if kind is TargetKind.DEADLINE:
        return _timed(judged, actual, rules)
    if actual.value is None:
        return replace(judged, why=f"actual-{actual.problem}")
    if not judged.directed and actual.value != judged.target.value:
        return replace(judged, why="direction")
    return _measured(replace(judged, missed=not attains(judged.target, actual.value)), actual.value, rules)


def _measured(judged: Judged, value: Decimal, rules: RuleSet) -> Judged:
    target = judged.target
    if judged.points is None:
        return replace(judged, why="no-points")
    if judged.missed and target.value is not None and target.value < 0:
        return replace(judged, why="negative")
    case = Case(judged.points, target.value, target.upper, value)
    earned = rule_for(target, rules).points(case)
    # All points are all points, also where groups were split into 3.125 each.
    return replace(judged, computed=judged.points if earned == judged.points else half_up(earned))


def _timed(judged: Judged, actual: Actual, rules: RuleSet) -> Judged:
    """A deadline: in time earns all; late earns what a person grades, within the lower bands."""
    deadline = judged.target.deadline
    if actual.same or actual.grade is Grade.ACHIEVED or (actual.day and deadline and actual.day <= deadline):
        judged = replace(judged, missed=False)
        return replace(judged, computed=judged.points, why="" if judged.points is not None else "no-points")
    if actual.day is None:
        return replace(judged, why="actual-blank" if actual.problem == "blank" else "actual-no-day")
    bands = rules.bands_for(TargetKind.DEADLINE)
    return _banded(replace(judged, missed=True), bands[-1].low, bands[0].high)


def _graded(judged: Judged, actual: Actual, rules: RuleSet) -> Judged:
    """A target in words: the same words attain it, a grade has its band, other words say nothing certain."""
    grade = Grade.ACHIEVED if actual.same and actual.grade is None else actual.grade
    if grade is None:
        return replace(judged, why=f"actual-{actual.problem or 'words'}")
    band = rules.band(grade)
    judged = replace(judged, missed=grade is not Grade.ACHIEVED)
    if actual.same:
        return replace(judged, computed=judged.points, why="" if judged.points is not None else "no-points")
    return _banded(judged, band.low, band.high)


def _banded(judged: Judged, low: Decimal, high: Decimal) -> Judged:
    if judged.points is None:
        return replace(judged, why="no-points")
    return replace(judged, low=judged.points * low / _ALL, high=judged.points * high / _ALL, why="graded")


def judge_budget(budget: AuditedBudget | None, rules: RuleSet) -> JudgedBudget | None:
    """Budget execution again: spent over the year's budget; from the parts where the total is 0 or blank."""
    fund = budget.whole if budget else None
    if budget is None or fund is None:
        return None
    points = _budget_points(budget, fund, rules)
    amounts, sums = amounts_of(fund), sum_of(parts_of(budget))
    from_parts = not amounts[0] and bool(sums[0])
    planned, spent = sums if from_parts else amounts
    rate = _rate(planned, spent)
    score = half_up(min(points, points * rate / _ALL)) if points is not None and rate is not None else None
    return JudgedBudget(fund, points, planned, spent, rate, score, number_in(fund.text("score")), from_parts)


def _budget_points(budget: AuditedBudget, fund: AuditedFund, rules: RuleSet) -> Decimal | None:
    """Points as printed in their column or in the label; those of the rules where no column is for them."""
    printed = number_in(fund.text("points"))
    if printed is not None or budget.points is not None:
        return budget.points if printed is None else printed
    return rules.budget.points if "score" in budget.roles and "points" not in budget.roles else None


def _rate(planned: Decimal | None, spent: Decimal | None) -> Decimal | None:
    if not planned or planned < 0 or spent is None or spent < 0:
        return None
    return spent / planned * _ALL


def amounts_of(fund: AuditedFund) -> tuple[Decimal | None, Decimal | None]:
    """The budget (the year's, else the initial one) and what was spent, as stored."""
    planned = _amount(fund, "adjusted")
    return (_amount(fund, "initial") if planned is None else planned), _amount(fund, "spent")


def _amount(fund: AuditedFund, role: str) -> Decimal | None:
    item = fund.cells.get(role)
    return None if item is None else item.stored if item.stored is not None else number_in(item.text)


def parts_of(budget: AuditedBudget) -> list[AuditedFund]:
    """The funds that the total is made of; 中央补助 is a part of 财政拨款 where that has a row of its own."""
    rows = [fund for fund in budget.funds if fund is not budget.whole]
    kinds = [words().source(fund.label) for fund in rows]
    if "fiscal" not in kinds:
        return rows
    return [fund for fund, kind in zip(rows, kinds, strict=True) if kind != "within"]


def sum_of(parts: list[AuditedFund]) -> tuple[Decimal | None, Decimal | None]:
    """Sums of budget and spent; None where no part has the amount."""
    pairs = [amounts_of(fund) for fund in parts]
    sums = []
    for amounts in zip(*pairs, strict=True) if pairs else ():
        given = [amount for amount in amounts if amount is not None]
        sums.append(sum(given, Decimal(0)) if given else None)
    return (sums[0], sums[1]) if sums else (None, None)
