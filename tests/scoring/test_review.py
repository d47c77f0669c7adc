"""Reviews held against an evaluation: which apply, the total and the rating after them, what is said of others."""

from dataclasses import replace

import pytest

from evaluator.records.review import BUDGET_ROW, Review
from evaluator.scoring.review import hold_reviews, review_score, reviewed_rating, reviewed_total
from tests.scoring.factory import BOOK, D, actual, evaluate, indicator, rules

ITEMS = (indicator("CC-01"), indicator("CC-02"))


def evaluated(second="10", **more):
    """Two indicators of 40 points, both reached unless the second is blank; the budget spent: 20 points."""
    return evaluate("hubei", ITEMS, actual("CC-01", "10"), actual("CC-02", second), **more)


def review(code, score, self_score=None, name=""):
    typed, shown = (None if text is None else D(text) for text in (score, self_score))
    return Review("p", code, name, typed, "意见", shown, BOOK)


@pytest.mark.parametrize(
    ("code", "score", "self_score", "held", "said"),
    [
        ("CC-01", "30", None, True, []),
        ("CC-01", "40", "40", True, []),
        ("CC-01", "40.01", "40", False, [("review-above-points", "CC-01")]),
        ("CC-01", None, "39", True, []),
        ("CC-01", "30", "39", True, [("review-outdated", "CC-01")]),
        (BUDGET_ROW, "20", "20", True, []),
        (BUDGET_ROW, "20.01", "20", False, [("review-above-points", "")]),
        (BUDGET_ROW, "15", "19", True, [("review-outdated", "")]),
        ("CC-09", "1", None, False, [("review-orphaned", "")]),
    ],
)
def test_which_reviews_apply_and_what_is_said(code, score, self_score, held, said):
    given = review(code, score, self_score)
    kept, findings = hold_reviews(evaluated(), [given])
    assert kept == ((given,) if held else ())
    assert [(item.code, item.indicator) for item in findings] == said


def test_the_second_row_is_held_against_its_own_score():
    evaluation = evaluated("5")
    _, findings = hold_reviews(evaluation, [review("CC-02", "10", "20"), review("CC-01", "10", "40")])
    assert findings == []


@pytest.mark.parametrize(("name", "shown"), [("某项工作", "某项工作"), ("", "CC-01")])
@pytest.mark.parametrize(("score", "self_score"), [("50", None), ("30", "39")])
def test_a_row_without_a_name_is_called_by_its_code(name, shown, score, self_score):
    _, findings = hold_reviews(evaluated(), [review("CC-01", score, self_score, name)])
    assert shown in findings[0].text


def test_an_outdated_review_says_both_scores():
    _, findings = hold_reviews(evaluated(""), [review("CC-01", "30", "39"), review("CC-02", "30", "38")])
    said = [dict(item.details) for item in findings]
    assert [(item["then"], item["now"]) for item in said] == [("39", "40"), ("38", "未计分")]


@pytest.mark.parametrize(
    ("second", "funds", "reviews", "total", "rating"),
    [
        ("10", None, (), "100", "优"),
        ("10", None, (("CC-01", "25"),), "85", "良"),
        ("10", None, (("CC-01", None),), "100", "优"),
        ("10", None, (("CC-01", "0"), (BUDGET_ROW, "5")), "45", "差"),
        ("", None, (), "60", ""),
        ("", None, (("CC-02", None),), "60", ""),
        ("", None, (("CC-02", "40"),), "100", "优"),
        ("10", (), (), "80", ""),
        ("10", (), ((BUDGET_ROW, "10"),), "90", "优"),
    ],
)
def test_the_total_and_the_rating_after_review(second, funds, reviews, total, rating):
    held = tuple(review(code, score) for code, score in reviews)
    evaluation = replace(evaluated(second, funds=funds), reviews=held)
    assert (reviewed_total(evaluation), reviewed_rating(evaluation, rules("hubei"))) == (D(total), rating)


def test_a_project_without_indicators_has_no_rating_after_review():
    assert reviewed_rating(evaluate("hubei", ()), rules("hubei")) == ""


def test_a_row_that_was_not_reviewed_has_no_review_score():
    assert review_score(evaluated(), "CC-01") is None
