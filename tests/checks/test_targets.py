"""Remarks on approved targets: on forms that deserve them, and none on forms that do not."""

import pytest

from evaluator.checks import check_targets
from tests.written import form, read

FINE = """
    年度目标1 | 成本指标 | 经济成本指标 | 律师服务费 | ≤11万元 | 计划标准
     | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | | 质量指标 | 合规率 | ≥95% | 计划标准
     | | 时效指标 | 完成时间 | 2026年12月底前 | 计划标准
     | 效益指标 | 社会效益指标 | 群体性事件数 | =0件 | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""


def remarks(annual, long_term="", **head):
    project = read(form(annual, long_term=long_term, **head)).projects[0]
    return [(item.code, item.indicator) for item in check_targets(project, 2026)]


def test_a_form_without_faults__no_remark():
    assert remarks(FINE, FINE.replace("年度目标1", "长期目标1")) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("产出指标 | 质量指标 | 专线故障率 | =0条", "rate-unit"),
        ("产出指标 | 数量指标 | 参保人数 | ≥95%", "count-unit"),
        ("产出指标 | 质量指标 | 验收合格率 | ≥120%", "rate-above-100"),
        ("产出指标 | 数量指标 | 受理案件数量 | ≤20件", "quantity-upper-bound"),
        ("成本指标 | 经济成本指标 | 印刷费 | ≥2万元", "cost-lower-bound"),
        ("产出指标 | 社会效益指标 | 知晓人群 | ≥2万人", "level-mismatch"),
        ("过程指标 | 资金管理指标 | 制度健全 | 健全", None),
        ("产出指标 | 时效指标 | 2025年内完成核算 | 2026年内", "year-disagrees"),
        ("产出指标 | 时效指标 | 完成核算 | 2025年底前", "deadline-outside-year"),
        ("成本指标 | 经济成本指标 | 服务费 | ≤11.01万元", "cost-over-budget"),
        # 979.11 万元 and 9791106.31 元 agree: the head is rounded to 0.01 万元
        ("成本指标 | 经济成本指标 | 服务费 | ≤110049.99元", None),
        # a name that ends in a count is a count, whatever it says before
        ("产出指标 | 数量指标 | 核算准确率做实人数 | ≥200人", None),
        ("产出指标 | 数量指标 | 增长率 | ≥120%", None),
        ("产出指标 | 质量指标 | 验收合格率 | ≥100%", None),
        ("产出指标 | 质量指标 | 验收合格率 | 90%-120%", "rate-above-100"),
        ("产出指标 | 质量指标 | 验收合格率 | ≥100.5%", "rate-above-100"),
        ("产出指标 | 质量指标 | 验收合格率 | ≥0.95%", "rate-below-1"),
        ("产出指标 | 质量指标 | 验收合格率 | ≥1%", "rate-below-1"),
        ("产出指标 | 质量指标 | 验收合格率 | ≥1.5%", None),
        ("产出指标 | 质量指标 | 验收合格率 | =0%", None),
        ("产出指标 | 质量指标 | 验收合格率 | ≤0.5%", None),
        ("产出指标 | 质量指标 | 验收合格率 | ≥5‰", None),
        ("产出指标 | 质量指标 | 验收合格率 | 明显提升", None),
        # of a share of the whole an upper bound is odd, of all of it, or of a growth, it is none
        ("产出指标 | 数量指标 | 覆盖率 | ≤90%", "quantity-upper-bound"),
        ("产出指标 | 数量指标 | 覆盖率 | ≤100%", None),
        ("产出指标 | 数量指标 | 增长率 | ≤5%", None),
        ("产出指标 | 数量指标 | 受理案件数量 | ≤0件", None),
        ("其它指标 | 数量指标 | 受理案件数量 | ≥20件", "level1-unlisted"),
        # a time limit or an amount of money is no quantity that could be too small
        ("产出指标 | 数量指标 | 办结时限 | ≤3个工作日", None),
        ("产出指标 | 数量指标 | 印刷费 | ≤2万元", None),
        ("成本指标 | 经济成本指标 | 户均费用 | ≤5300元/户", None),
    ],
)
def test_one_indicator(row, code):
    found = [name for name, _ in remarks(f"年度目标1 | {row} | 计划标准")]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("form_", "missing"),
    [
        (FINE, []),
        (FINE.replace("≥95% | 计划标准", "≥95% | "), ["CC-02"]),
        (FINE.replace(" | 计划标准", ""), []),  # a form without that column
    ],
)
def test_a_basis_is_asked_for_where_others_have_one(form_, missing):
    assert remarks(form_) == [("basis-missing", code) for code in missing]
