"""A rule's formula and its points are one: LibreOffice computes the first, Python the second.

All cases are written into one workbook and computed in one go: the score cell as on every sheet,
``ROUND(MAX(0,<formula>-<deduction>),2)``, and the formula alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from evaluator.records.approved import Target
from evaluator.scoring import Case, Cells, budget_formula, rule_for, score_budget
from evaluator.scoring.kinds import Ratio, Rule
from evaluator.values.text import half_up
from tests.render.office import needs_office, recalculate
from tests.scoring.factory import RULES, D, fund, project, rules, submission, target

CELLS = Cells("$A{row}", "$B{row}", "$C{row}", "$D{row}", "$E{row}")
DEDUCTION = "$F{row}"
VALUES = ("0", "1", "-1", "0.01", "-0.01", "33.81", "979.110631", "5300", "-5300", "1000000000", "0.000001")
POINTS = ("0", "10", "13.33", "6.67", "8.89", "100")
DEADLINE = date(2026, 12, 31)


def numeric_cases(name: str) -> Iterator[tuple[Rule, Case]]:
    chance = random.Random(name)
    for operator in "≥＝≤":
        for value in VALUES:
            rule = rule_for(target(operator + value), rules(name))
            a = D(value)
            around = {a, 2 * a, a + D("0.01"), a - D("0.01"), a * D("1.1"), a * D("0.95"), 2 * a - D("0.01")}
            for actual in sorted(around | {D(other) for other in chance.sample(VALUES, 4)}):
                yield rule, Case(D(chance.choice(POINTS)), a, actual=actual)
    for low, high in (("30", "60"), ("0", "5"), ("-10", "10"), ("-10", "-5"), ("1", "1")):
        rule = rule_for(target(f"{low}—{high}"), rules(name))
        for text in (low, high, "0", "7", "66", "120", "121", "-11", "-4", "29.99", "60.01", "1000000000"):
            yield rule, Case(D(chance.choice(POINTS)), D(low), D(high), D(text))


def graded_cases(name: str) -> Iterator[tuple[Rule, Case]]:
    for share in ("0", "49.99", "50", "79.99", "80", "100", "33.33"):
        for points in POINTS:
            yield rule_for(target("增强"), rules(name)), Case(D(points), share=D(share))
    late = rule_for(target(DEADLINE.isoformat()), rules(name))
    for days in (-400, -1, 0, 1, 400):
        yield late, Case(D("13.33"), DEADLINE, None, DEADLINE + timedelta(days), D("55.5"))
    yield late, Case(D("13.33"), DEADLINE, None, None, D("30"))
    yield late, Case(D("13.33"), DEADLINE, None, DEADLINE)


def marked_cases() -> Iterator[tuple[Rule, Case]]:
    rule = Ratio(rules("mof-2021").budget.clause.citation, D("0.6"))
    for actual in ("-1", "0", "59.99", "60", "60.01", "99.99", "100", "200"):
        yield rule, Case(D("13.33"), D(100), actual=D(actual))


def ties() -> Iterator[tuple[Rule, Case]]:
    """Products that end in half a cent: 2.675 becomes 2.68 in both."""
    rule = rule_for(target("≥1000"), rules("hubei"))
    for actual in ("267.5", "100.5", "1.5", "999.5", "432.5"):
        yield rule, Case(D(10), D(1000), actual=D(actual))


def at_row(row: int) -> Cells:
    return Cells(*(getattr(CELLS, field).format(row=row) for field in Cells.__slots__))


def write(path: Path, cases: list[tuple[Rule, Case, Decimal]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("cases")
        for row, (rule, case, deduction) in enumerate(cases, 1):
            share = None if case.share is None else case.share / 100
            for column, value in enumerate(
                (case.points, case.target, case.upper, case.actual, share, deduction)
            ):
                if isinstance(value, date):
                    sheet.write_datetime(row - 1, column, value)
                elif value is not None:
                    sheet.write_number(row - 1, column, float(value))
            formula = rule.formula(at_row(row))
            sheet.write_formula(row - 1, 6, f"=ROUND(MAX(0,{formula}-{DEDUCTION.format(row=row)}),2)")
            sheet.write_formula(row - 1, 7, f"=ROUND({formula},2)")


@needs_office
def test_every_formula_gives_the_points(tmp_path):
    cases = [
        (rule, case, D(0)) for name in RULES for rule, case in (*numeric_cases(name), *graded_cases(name))
    ]
    cases += [(rule, case, D(0)) for rule, case in (*marked_cases(), *ties())]
    cases += [(rule, case, D(cut)) for rule, case, _ in cases[::7] for cut in ("0.5", "200")]
    path = tmp_path / "cases.xlsx"
    write(path, cases)
    sheet = recalculate([path], tmp_path)[path.name]["cases"]
    differing = []
    for row, (rule, case, deduction) in enumerate(cases, 1):
        computed = [sheet.cell(row, column).value for column in (7, 8)]
        points = rule.points(case)
        if computed != [float(half_up(max(D(0), points - deduction))), float(half_up(points))]:
            differing.append((rule.kind, case, deduction, computed))
    assert len(cases) > 1500
    assert differing == []


@needs_office
def test_the_budget_s_formula_gives_its_score(tmp_path):
    amounts = [("100", "100"), ("100", "86.59"), ("100", "120"), ("29.68", "25.7"), ("0", "0"), ("0", "5")]
    amounts += [("-1", "1"), ("1", "-1"), ("979.11", "0"), ("3", "2")]
    path = tmp_path / "budget.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in RULES:
            sheet = book.add_worksheet(name)
            for row, (adjusted, spent) in enumerate(amounts, 1):
                for column, value in enumerate((rules(name).budget.points, D(adjusted), D(spent))):
                    sheet.write_number(row - 1, column, float(value))
                formula = budget_formula(f"A{row}", f"B{row}", f"C{row}", rules(name), '"未计分"')
                sheet.write_formula(row - 1, 3, f"={formula}")
    book = recalculate([path], tmp_path)[path.name]
    for name in RULES:
        computed = [book[name].cell(row, 4).value for row in range(1, len(amounts) + 1)]
        given = [submission(funds=[fund(None, *pair)]) for pair in amounts]
        scores = [score_budget(project(), item, rules(name))[0].score for item in given]
        expected = ["未计分" if score is None else float(score) for score in scores]
        assert computed == expected, name


def test_a_target_may_be_given_as_a_literal():
    formula = rule_for(
        Target("", target("1—2").kind, None, D(-10), D(-5)), rules("province-generic")
    ).formula(Cells("$A1", "-10", "-5", "$D1"))
    assert formula.startswith("IF($D1<-10,IF($D1>=-10,$A1,")
