"""What an auditor would remark on one indicator: what deserves it, and what only looks like it."""

import pytest

from evaluator.checks import check_targets
from tests.written import form, read

LEVELS = {
    "数量": "产出指标 | 数量指标",
    "质量": "产出指标 | 质量指标",
    "社会": "效益指标 | 社会效益指标",
    "满意": "满意度指标 | 服务对象满意度指标",
}


def remarks(level: str, name: str, target: str) -> list[str]:
    project = read(form(f"年度目标1 | {LEVELS[level]} | {name} | {target} | 计划标准")).projects[0]
    return [item.code for item in check_targets(project, 2026)]


@pytest.mark.parametrize(
    ("level", "name", "target"),
    [
        ("质量", "合格率情况", "≥95件"),
        ("质量", "任务完成度", "≥95件"),
        ("质量", "培训合格率（合格人数/总人数）", "≥90人"),
        ("质量", "任务完成率(%)", "≥95件"),
        ("社会", "入学率达到", "≥95人"),
        ("满意", "群众满意程度", "≥90人"),
        ("社会", "受众知晓度", "≥20人"),
        ("质量", "响应率", "≤24小时"),
        ("质量", "利用率", "≥20天"),
        ("社会", "能耗下降率", "≥3万元"),
        ("社会", "道路硬化率", "≥95公里"),
    ],
)
def test_a_rate_in_units_of_something_else__finding(level, name, target):
    assert remarks(level, name, target) == ["rate-unit"]


@pytest.mark.parametrize(
    ("level", "name", "target"),
    [
        ("数量", "抽检频率", "≥12次"),
        ("质量", "噪声频率", "≤50赫兹"),
        ("质量", "屏幕分辨率", "≥1080像素"),
        ("社会", "存货周转率", "≥5次"),
        ("社会", "工作效率", "≥20件/人"),
        ("满意", "群众满意度", "≥90分"),
        ("社会", "增长率", "≥3个百分点"),
        ("数量", "满意度调查问卷", "≥500份"),
        ("数量", "核算准确率做实人数", "≥200人"),
    ],
)
def test_what_is_only_called_like_a_rate__ok(level, name, target):
    assert remarks(level, name, target) == []


@pytest.mark.parametrize(
    "name",
    [
        "采购台数",
        "建设公里数",
        "救助人次",
        "帮扶家庭数",
        "慰问人数（人）",
        "培训期数",
        "制作数",
        "场次",
        "参保人数达到",
    ],
)
def test_a_count_in_percent__finding(name):
    assert remarks("数量", name, "=100%") == ["count-unit"]


@pytest.mark.parametrize(
    "name",
    [
        "人数增长率",
        "数量达标率",
        "参训人数（占比）",
        "减少投诉件数",
        "居民消费价格指数",
        "经费控制数",
        "完成计划数",
    ],
)
def test_what_is_no_count__ok(name):
    assert remarks("质量", name, "=100%") == []


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("政策知晓率", "≥950%"),
        ("入户率", "≥101%"),
        ("资金拨付率", "=110%"),
        ("使用率", "≥150%"),
        ("合格率情况", "≥120%"),
        ("验收合格率", "95%-105%"),
    ],
)
def test_more_than_the_whole__finding(name, target):
    assert remarks("质量", name, target) == ["rate-above-100"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("产值增长率", "≥120%"),
        ("拨备覆盖率", "≥150%"),
        ("目标任务超额完成率", "≥110%"),
        ("税收任务完成率", "≥105%"),
        ("资本充足率", "≥120%"),
        ("病床使用率", "≤105%"),
        ("合格率", "=100%"),
    ],
)
def test_what_can_be_more_than_100_percent__ok(name, target):
    assert remarks("质量", name, target) == []


@pytest.mark.parametrize(
    ("level", "name", "target"),
    [
        ("质量", "合格率", "≥0.95%"),
        ("满意", "群众满意度", "≥0.9%"),
        ("质量", "验收合格率", "=1%"),
        ("质量", "覆盖率", "0.9%-0.95%"),
    ],
)
def test_a_percentage_that_cannot_be_meant__finding(level, name, target):
    assert remarks(level, name, target) == ["rate-below-1"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("故障率", "≤0.5%"),
        ("差错率", "≤0.9%"),
        ("增长率", "≥0.5%"),
        ("产品不合格率", "≤0.5%"),
        ("不满意率", "=0.5%"),
        ("抽查覆盖率", "≥1%"),
        ("死亡率", "≤5‰"),
        ("合格率", "≥950‰"),
        ("合格率", "≥1.5%"),
        ("不合格率", "=0%"),
    ],
)
def test_a_small_percentage_that_can_be_meant__ok(name, target):
    assert remarks("质量", name, target) == []


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("受理案件数量", "≤20件"),
        ("业务资料印刷", "≤2万册"),
        ("专线连接数量", "≤6条"),
        ("培训人数", "≤200人"),
        ("规划编制数", "≤2个"),
        ("投诉处理件数", "≤20件"),
        ("受理群众投诉件数", "≤20件"),
        ("信访事项办结数", "≤10件"),
        ("事故应急演练次数", "≤2次"),
        ("失业人员培训人数", "≤500人"),
        ("能耗监测点位数", "≤5个"),
        ("未成年人救助人数", "≤20人"),
        ("整改问题数", "≤3个"),
        ("村庄覆盖率", "≤80%"),
    ],
)
def test_an_output_that_has_only_an_upper_bound__finding(name, target):
    assert remarks("数量", name, target) == ["quantity-upper-bound"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("科目调整次数", "≤10次"),
        ("审计发现问题数", "≤3个"),
        ("会议次数", "≤10次"),
        ("投诉次数", "≤5次"),
        ("政府采购投诉件数", "≤2件"),
        ("未及时处理投诉数", "≤2件"),
        ("故障次数", "≤3次"),
        ("安全事故起数", "≤1起"),
        ("在建工程质量事故数", "≤0起"),
        ("违规案件数", "≤2件"),
        ("行政复议案件数", "≤3件"),
        ("行政诉讼败诉案件数", "≤1件"),
        ("差错次数", "≤1次"),
        ("信访件数", "≤10件"),
        ("死亡人数", "≤2人"),
        ("退件数量", "≤5件"),
        ("返工次数", "≤1次"),
        ("停机次数", "≤2次"),
        ("火灾起数", "≤3起"),
        ("发病例数", "≤10例"),
        ("失业人数", "≤500人"),
        ("碳排放量", "≤100吨"),
        ("能耗", "≤100吨标准煤"),
        ("用电量", "≤10万千瓦时"),
        ("编制人数", "≤30人"),
        ("公车数量", "≤5辆"),
        ("采购公务用车数量", "≤2辆"),
        ("出国人次", "≤3人次"),
        ("财政供养人员控制数", "≤100人"),
        ("办理环节数", "≤3个"),
        ("户均补助", "≤5300元/户"),
        ("办结时限", "≤3个工作日"),
        ("损耗占比", "≤5%"),
        ("预算执行率", "≤100%"),
    ],
)
def test_where_few_is_good_or_more_is_not_allowed__ok(name, target):
    assert remarks("数量", name, target) == []
