"""What formulas of filled sheets give, and that a stale result is told."""

from decimal import Decimal

import pytest
import xlsxwriter

from evaluator.audit.formulas import evaluate
from tests.audit.sheets import NATIONAL, RIGHT, audit, cells, said

NUMBERS = {"A1": "10", "A2": "20.5", "B1": "0.9", "C3": "4"}
FORMULAS = [
    ("A1+A2", "30.5"),
    ("SUM(A1:A2)", "30.5"),
    ("SUM(A1:B2,C3)", "35.4"),
    ("SUM($A$1:A2)*2-1", "60"),
    ("-A1+(A2-0.5)/2", "0"),
    ("ROUND(A1*B1/7,2)", "1.29"),
    ("MIN(A1,A1*B1)", "9"),
    ("MAX(0,A1-A2)", "0"),
    ("AVERAGE(A1:A2)", "15.25"),
    ("A1*90%", "9"),
    ("Z9+1", "1"),
    ("A1/0", None),
    ("IF(A1>1,2,3)", None),
    ("SUM(A1:XFD1048576)", None),
    ("'旧表'!A1", None),
    ("(((", None),
    ("", None),
]


@pytest.mark.parametrize(("formula", "expected"), FORMULAS)
def test_what_a_formula_gives(formula, expected):
    result = evaluate(formula, lambda cell: Decimal(NUMBERS[cell]) if cell in NUMBERS else None)
    assert result == (None if expected is None else Decimal(expected))


def written(path, formula, value):
    """The right sheet with a formula, and its stored result, in the total's cell H16."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("自评表")
        for row, line in enumerate(cells(NATIONAL + RIGHT)):
            for column, text in enumerate(line):
                number = text.replace(".", "").isdigit()
                sheet.write(row, column, float(text)) if number else sheet.write_string(row, column, text)
        sheet.write_formula("H16", formula, None, value)
    return path


def test_a_formula_that_was_calculated__ok(tmp_path):
    assert said(audit(written(tmp_path / "a.xlsx", "=SUM(H11:H15)+I6", 91.5))) == []


def test_a_result_that_is_not_the_formulas__finding(tmp_path):
    found = said(audit(written(tmp_path / "a.xlsx", "=SUM(H11:H15)+I6", 95)))
    assert found == [("total-wrong", "A16"), ("formula-stale", "H16")]


def test_a_formula_that_nobody_knows__not_judged(tmp_path):
    found = audit(written(tmp_path / "a.xlsx", '=SUMIF(H11:H15,">0")+I6', 91.5))
    assert said(found) == []
    [ending] = [item for item in found.outcomes if item.check == "formula-stale"]
    assert ending.verdict.value == "cannot-judge"
