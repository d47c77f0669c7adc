"""What formulas of filled sheets give, and that a stale result is told."""

from decimal import Decimal

import pytest
import xlsxwriter

from evaluator.audit import code_of
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
    return typed(path, {"H16": (formula, value)})


def typed(path, formulas, text=NATIONAL + RIGHT):
    """A sheet with formulas, their stored results and number formats; `0%` shows a result in percent."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("自评表")
        for row, line in enumerate(cells(text)):
            for column, text in enumerate(line):
                number = text.replace(".", "").isdigit()
                sheet.write(row, column, float(text)) if number else sheet.write_string(row, column, text)
        for cell, (formula, value, *shown) in formulas.items():
            look = book.add_format({"num_format": shown[0]}) if shown else None
            if formula:
                sheet.write_formula(cell, formula, look, value)
            else:
                sheet.write(cell, value, look)
    return path


def test_a_formula_that_was_calculated__ok(tmp_path):
    found = audit(written(tmp_path / "a.xlsx", "=SUM(H11:H15)+I6", 91.5))
    assert said(found) == []
    [ending] = [item for item in found.outcomes if item.check == "formula-stale"]
    assert ending.verdict.value == "passed"


def test_a_result_that_is_not_the_formulas__finding(tmp_path):
    found = said(audit(written(tmp_path / "a.xlsx", "=SUM(H11:H15)+I6", 95)))
    assert found == [("total-wrong", "A16"), ("formula-stale", "H16")]


def test_a_formula_that_nobody_knows__not_judged(tmp_path):
    found = audit(written(tmp_path / "a.xlsx", '=SUMIF(H11:H15,">0")+I6', 91.5))
    assert said(found) == []
    [ending] = [item for item in found.outcomes if item.check == "formula-stale"]
    assert ending.verdict.value == "cannot-judge"


TOTAL = ("=SUM(H11:H15)+I6", 91.5)
STALE = [
    # cells as formula, stored result, number format; where a stale result is told
    ({"G16": ("=SUM(G11:G15)+G6", 100), "H16": ("=SUM(H11:H15)+I6", 95)}, "H16"),
    ({"G16": ("=SUM(G11:G15)+G6", 90), "H16": TOTAL}, "G16"),
    ({"G16": ("=SUMIF(A1,1)", 100), "H16": ("=SUM(H11:H15)+I6", 95)}, "H16"),
    # what a cell holds counts, not what its number format shows of it
    ({"H14": ("", 22.46, "0"), "H16": ("=SUM(H11:H15)+I6", 91.46)}, None),
    # 10分 is text to Excel: no sum has it
    ({"H15": ("", "10分"), "H16": ("=SUM(H11:H15)+I6", 81.5)}, None),
    ({"H15": ("", "10分"), "H16": TOTAL}, "H16"),
    # a word is no number that could be another
    ({"H16": ("=SUM(H11:H15)+I6", "优")}, None),
    # to the last digit that is printed
    ({"H6": ("=F6/E6", 0.9, "0%")}, None),
    ({"H6": ("=F6/E6", 0.9, "0.0%")}, None),
    ({"H6": ("=F6/E6", 0.95, "0%")}, "H6"),
    ({"F6": ("", 17.32), "H6": ("=F6/E6", 0.87, "0%")}, None),
    ({"F6": ("", 17.4), "H6": ("=F6/E6", 0.88, "0%")}, None),
    ({"F6": ("", 17.4), "H6": ("=F6/E6", 0.89, "0%")}, "H6"),
    ({"H16": ("=SUM(H11:H15)+I6", 91.6)}, None),
    ({"H16": ("=SUM(H11:H15)+I6", 91.7)}, "H16"),
    ({"I6": ("=G6*H6", 9)}, None),
]


@pytest.mark.parametrize(("formulas", "cell"), STALE)
def test_which_result_is_stale(tmp_path, formulas, cell):
    found = audit(typed(tmp_path / "a.xlsx", formulas))
    assert [at for code, at in said(found) if code == "formula-stale"] == ([cell] if cell else [])


@pytest.mark.parametrize(
    ("formulas", "words"),
    [
        ({"H6": ("=F6/E6", 0.95, "0%")}, "H6写95%，公式应得90%"),
        ({"H16": ("=SUM(H11:H15)+I6", 95)}, "H16写95，公式应得91.5"),
    ],
)
def test_what_the_formula_gives_is_said(tmp_path, formulas, words):
    found = audit(typed(tmp_path / "a.xlsx", formulas))
    assert [words in item.sentence for item in found.findings if code_of(item.code) == "formula-stale"] == [
        True
    ]
