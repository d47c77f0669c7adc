"""Rows of two readings are paired by what they say, whatever was inserted, deleted or moved."""

from hypothesis import given
from hypothesis import strategies as st

from evaluator.tables.columns import INDICATOR_COLUMNS
from evaluator.tables.pairing import changes, identity, pair

LINE = st.tuples(st.sampled_from("年长"), st.sampled_from("甲乙丙丁戊己"), st.integers(1, 3))


def reading(lines):
    """Rows of a project, with codes in their order as the reader gives them."""
    rows = []
    for number, (horizon, name, value) in enumerate(lines, 1):
        said = {"三级指标": f"指标{name}", "指标值": f"≥{value}台", "批复原文": f"指标{name} | ≥{value}台"}
        rows.append(
            dict.fromkeys(INDICATOR_COLUMNS, "") | said
            | {"项目编号": "p", "编码": f"{horizon}-{number:02d}", "目标类别": horizon, "目标序号": "1"}
        )  # fmt: skip
    return rows


@given(st.lists(LINE, max_size=8), st.lists(LINE, max_size=8))
def test_no_row_is_paired_across_horizons_or_twice_or_with_another_text(before, now):
    pairs = pair(reading(before), reading(now))
    rows = {identity(row): row for row in reading(before)}
    assert len({identity(row) for row in pairs.values()}) == len(pairs)
    for own, row in pairs.items():
        assert (rows[own]["目标类别"], rows[own]["批复原文"]) == (row["目标类别"], row["批复原文"])


@given(st.lists(LINE, max_size=8, unique=True), st.data())
def test_every_row_that_stays_is_found_again_in_any_order(before, data):
    now = data.draw(st.permutations(before))
    assert len(pair(reading(before), reading(now))) == len(before)
    assert list(changes(reading(before), reading(now))) == []


@given(st.lists(LINE, min_size=1, max_size=8, unique=True), st.data())
def test_a_row_that_is_gone_or_new_is_the_only_one_that_changed(before, data):
    gone = data.draw(st.sampled_from(before))
    now = [line for line in before if line != gone]
    assert [(was["批复原文"], new) for was, new in changes(reading(before), reading(now))] == [
        (reading([gone])[0]["批复原文"], None)
    ]
    assert [(was, new["批复原文"]) for was, new in changes(reading(now), reading(before))] == [
        (None, reading([gone])[0]["批复原文"])
    ]
