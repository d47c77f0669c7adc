"""The long-term table against the annual one, and a table against itself: rows `level 2 | name | target`."""

import pytest

from evaluator.checks import check_targets
from tests.written import form, read

PARENTS = {"成本": "成本指标", "满意": "满意度指标", "社会": "效益指标"}


def table(horizon: str, rows: list[str]) -> str:
    """Rows such as `数量指标 | 培训人数 | ≥30人`; a leading `2:` puts them under the second goal."""
    made = []
    for row in rows:
        goal, _, rest = row.rpartition("目标: ")
        level1 = next((full for word, full in PARENTS.items() if word in rest.split("|")[0]), "产出指标")
        basis = "" if rest.count("|") > 2 else " | 计划标准"
        made.append(f"{horizon}目标{goal or 1} | {level1} | {rest}{basis}")
    return "\n".join(made)


def findings(annual: list[str], long_term: list[str] | None = None):
    text = form(table("年度", annual), long_term=table("长期", long_term or []))
    text = text.replace("年度绩效目标1 |", "长期绩效目标2 | 保障第二项工作。\n年度绩效目标1 |")
    return check_targets(read(text).projects[0], 2026)


def remarks(annual: list[str], long_term: list[str] | None = None):
    return [(item.code, item.indicator) for item in findings(annual, long_term)]


@pytest.mark.parametrize(
    ("long_term", "annual", "codes"),
    [
        ("数量指标 | 日常咨询 | ≥100次", "数量指标 | 日常咨询 | ≥100件", ["unit-differs"]),
        ("质量指标 | 合格率 | ≥95%", "质量指标 | 合格率 | =95%", ["operator-differs"]),
        ("数量指标 | 满意人数 | ≥95人", "数量指标 | 满意人数 | ≥90人", ["value-differs"]),
        ("质量指标 | 普及 | 明显加大", "质量指标 | 普及 | 明显增大", ["value-differs"]),
        ("质量指标 | 合格率 | 90%-95%", "质量指标 | 合格率 | 90%-98%", ["value-differs"]),
        ("数量指标 | 人数 | 90-95人", "数量指标 | 人数 | 90-95件", ["unit-differs"]),
        ("数量指标 | 期限 | ≥12个月", "数量指标 | 期限 | ≥1年", ["unit-differs", "value-differs"]),
        ("时效指标 | 完成时间 | 2028年12月底前", "时效指标 | 完成时间 | 2026年12月底前", ["value-differs"]),
        (
            "时效指标 | 开展时间 | 2026年3月至2026年12月",
            "时效指标 | 开展时间 | 2026年5月至2026年12月",
            ["value-differs"],
        ),
        ("数量指标 | 人数 | ≥9人 | 历史标准", "数量指标 | 人数 | ≥9人 | 计划标准", ["basis-differs"]),
        ("数量指标 | 培训人数 | ≥30人", "质量指标 | 培训人数 | ≥30人", ["level2-differs"]),
    ],
)
def test_one_indicator_in_two_tables_that_differ__finding(long_term, annual, codes):
    assert [code for code, _ in remarks([annual], [long_term])] == codes


@pytest.mark.parametrize(
    ("long_term", "annual"),
    [
        ("数量指标 | 宣传人数 | ≥10000人", "数量指标 | 宣传人数 | ≥1万人"),
        ("经济成本指标 | 服务费 | ≤11万元", "经济成本指标 | 服务费 | ≤110000元"),
        ("时效指标 | 完成时间 | 2026年12月底前", "时效指标 | 完成时间 | 2026年12月31日前"),
        ("时效指标 | 完成时间 | 2026年内", "时效指标 | 完成时间 | 2026年底前"),
        ("时效指标 | 开展时间 | 2026年3月至2026年12月", "时效指标 | 开展时间 | 2026年底前"),
        ("时效指标 | 开展时间 | 2026年3月至2026年12月", "时效指标 | 开展时间 | 2026年3月至12月"),
        ("质量指标 | 水平 | 明显提升", "质量指标 | 水平 | 明显提升。"),
        ("质量指标 | 合格率 | 90%-95%", "质量指标 | 合格率 | 90%～95%"),
        ("数量指标 | 培训人数：", "数量指标 | 培训人数"),
        ("数量 | 培训人数", "数量指标 | 培训人数"),
        ("满意度指标 | 群众满意度 | ≥90%", "服务对象满意度指标 | 群众满意度 | ≥90%"),
        ("数量指标 | 人数 | ≥9人 | 其他", "数量指标 | 人数 | ≥9人 | 其它标准"),
        ("数量指标 | 人数 | ≥9人 | 计划标准", "数量指标 | 人数 | ≥9人 | 计划"),
        ("2目标: 数量指标 | 培训人数 | ≥30人", "数量指标 | 培训人数 | ≥30人"),
    ],
)
def test_the_same_written_in_two_ways__ok(long_term, annual):
    rows = [row if row.count("|") > 1 else f"{row} | ≥30人" for row in (annual, long_term)]
    assert remarks([rows[0]], [rows[1]]) == []


@pytest.mark.parametrize(
    ("long_term", "annual", "found"),
    [
        (["质量指标 | 回复率 | =100%"], ["质量指标 | 答复率 | =100%"], ["LT-CC-01"]),
        # the same name for another kind of thing is another indicator
        (["数量指标 | 培训 | ≥30人"], ["质量指标 | 培训 | 规范"], ["LT-CC-01"]),
        # of two with one name one was lost: not that one whose target is in the annual table
        (["数量指标 | 检查 | ≥3次", "数量指标 | 检查 | ≥5项"], ["数量指标 | 检查 | ≥5项"], ["LT-CC-01"]),
        (
            ["数量指标 | 检查 | ≥3次", "2目标: 数量指标 | 检查 | ≥3次"],
            ["数量指标 | 检查 | ≥3次"],
            ["LT-CC-02"],
        ),
    ],
)
def test_an_indicator_that_the_annual_table_lost__finding(long_term, annual, found):
    assert [(c, i) for c, i in remarks(annual, long_term) if c == "annual-missing"] == [
        ("annual-missing", code) for code in found
    ]


@pytest.mark.parametrize(
    ("long_term", "annual", "similar"),
    [
        (["质量指标 | 回复率 | =100%"], ["质量指标 | 答复率 | =100%"], "，年度表另有“答复率”"),
        (["质量指标 | 回复率 | =100%"], ["质量指标 | 培训课时 | ≥30课时"], ""),
        (["质量指标 | 回复率 | =100%"], ["数量指标 | 答复率 | =100%"], ""),
        # one that has its own twin is no other name of this one
        (["质量指标 | 回复率 | =100%", "质量指标 | 答复率 | =100%"], ["质量指标 | 答复率 | =100%"], ""),
        (
            ["质量指标 | 案件回复率 | =100%"],
            ["质量指标 | 回复率 | =100%", "质量指标 | 案件答复率 | =100%"],
            "，年度表另有“案件答复率”",
        ),
    ],
)
def test_what_may_be_the_lost_one_under_another_name_is_named(long_term, annual, similar):
    (found,) = [item for item in findings(annual, long_term) if item.code == "annual-missing"]
    assert dict(found.details)["similar"] == similar


@pytest.mark.parametrize(
    ("long_term", "annual", "found"),
    [
        # of two of one name that one is the twin which measures the same, then that with its operator
        (
            ["数量指标 | 检查 | ≥3次"],
            ["数量指标 | 检查 | ≥3项", "数量指标 | 检查 | ≤5次"],
            [("operator-differs", "CC-02"), ("value-differs", "CC-02")],
        ),
        (
            ["数量指标 | 检查 | ≥3次"],
            ["数量指标 | 检查 | ≤3次", "数量指标 | 检查 | ≥5次"],
            [("value-differs", "CC-02")],
        ),
        (["数量指标 | 检查 | ≥3次"], ["数量指标 | 检查 | ≥5次", "数量指标 | 检查 | ≥3次"], []),
        # another name is another indicator, however alike
        (
            [
                "数量指标 | 巡查 | ≥3次",
                "数量指标 | 巡查 | ≥4次",
                "数量指标 | 培训 | ≥5次",
                "数量指标 | 宣传 | ≥6次",
            ],
            [
                "数量指标 | 巡查 | ≥5次",
                "数量指标 | 巡查 | ≥6次",
                "数量指标 | 培训 | ≥5次",
                "数量指标 | 宣传 | ≥6次",
            ],
            [("value-differs", "CC-01"), ("value-differs", "CC-02")],
        ),
        (
            ["数量指标 | 巡查 | ≥3次", "数量指标 | 培训 | ≥5次"],
            ["数量指标 | 巡查 | ≥5次", "数量指标 | 培训 | ≥5次"],
            [("value-differs", "CC-01")],
        ),
        # what has its twin under its own goal leaves the other to that of the other goal
        (
            ["数量指标 | 检查 | ≥3次", "2目标: 数量指标 | 检查 | ≥5项"],
            ["数量指标 | 检查 | ≥3次", "数量指标 | 检查 | ≥5项"],
            [],
        ),
    ],
)
def test_which_of_several_is_the_twin(long_term, annual, found):
    about = {"annual-missing", "unit-differs", "operator-differs", "value-differs"}
    assert [(code, item) for code, item in remarks(annual, long_term) if code in about] == found


def test_two_of_one_name_in_another_order_are_paired_by_what_they_say():
    rows = ["数量指标 | 检查 | ≥3次", "数量指标 | 检查 | ≥5项"]
    assert remarks(rows[::-1], rows) == []


@pytest.mark.parametrize(
    "rows",
    [
        ["数量指标 | 受理案件 | ≥20件", "数量指标 | 受理案件 | ≥20件"],
        ["数量指标 | 受理案件 | ≥20件", "数量指标 | 受理案件 | ≥50件"],
        ["数量指标 | 培训人数 | ≥20人", "数量指标 | 培训人数： | ≥20人"],
        ["数量指标 | 培训人数（人） | ≥20人", "数量指标 | 培训 人数(人) | ≥20人"],
        ["数量指标 | 培训人数 | ≥20人", "质量指标 | 培训人数 | ≥20人"],
        ["数量 | 培训人数 | ≥20人", "数量指标 | 培训人数 | ≥50人"],
    ],
)
def test_the_same_indicator_twice__finding(rows):
    assert remarks(rows) == [("indicator-duplicate", "CC-01")]


@pytest.mark.parametrize(
    "rows",
    [
        ["数量指标 | 档案数 | ≥30卷", "数量指标 | 档案数 | ≥3000页"],
        ["数量指标 | 培训 | ≥30人", "质量指标 | 培训 | 规范", "时效指标 | 培训 | 2026年内"],
        ["数量指标 | 培训 | ≥30人", "质量指标 | 培训 | ≥20人"],
        ["质量指标 | 培训 | 规范", "质量指标 | 培训 | 2026年内", "质量指标 | 培训 | ≥30"],
        ["满意度指标 | 学生满意度 | ≥90%", "满意度指标 | 家长满意度 | ≥90%"],
    ],
)
def test_one_name_for_two_things__ok(rows):
    assert remarks(rows) == []
