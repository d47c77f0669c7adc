"""What an auditor would remark on the text of a goal and on years in texts and names, and what not."""

from dataclasses import replace

import pytest

from evaluator.checks import check_targets
from evaluator.records.approved import Goal, Horizon
from tests.scoring.factory import FORM, project
from tests.written import form, read

ROW = "产出指标 | 数量指标 | 受理案件 | ≥20件"


def remarks(row=ROW, goal="保障年度工作有序开展。", long_term_goal="保障工作有序开展。", table="annual"):
    name = {"annual": "年度", "long_term": "长期"}[table]
    tables = {"annual": f"年度目标1 | {ROW} | 计划标准"} | {table: f"{name}目标1 | {row} | 计划标准"}
    text = (
        form(**tables).replace("保障年度工作有序开展。", goal).replace("保障工作有序开展。", long_term_goal)
    )
    return [item.code for item in check_targets(read(text).projects[0], 2026)]


@pytest.mark.parametrize(
    "goal",
    [
        "保障年度工作有序开展，",
        "开展专项行动：",
        "落实“互联网",
        "完成《全市规划",
        "实施项目（一期",
        "建立核查机制，打",
        "包括：1、培训；2、检查；3、宣",
        "完成年度任务...",
        "一是加强管理，二是",
        "完成培训；（二）",
        "完成培训任务，保障",
        "推动武鄂同城化人社一体化高质量发",
        "加强工伤保险待遇审核监管力",
        "提供专业的法律支持和",
        "为参保人提供查询服务的",
        "通过项目实施，实现了",
        "完成年度任务以及",
        # the items before end in 。, so that ； says that another one comes
        "1、推动一体化发展。2、实现平台的对外连接；",
    ],
)
def test_a_goal_that_is_cut_off__finding(goal):
    assert remarks(goal=goal) == ["goal-truncated"]


@pytest.mark.parametrize(
    "goal",
    [
        "保障年度工作有序开展",
        "建立核查机制，提质",
        "完成任务；",
        "1、培训；2、检查；",
        "1、培训；2、检查",
        "（一）完成培训；（二）完成检查",
        "目标：1.培训30人 2.检查20次",
        "完成任务等",
        "完成年度任务……",
        "a) 培训",
        "完成任务（详见附件）",
        "确保资金安全，专款专用，无",
        "服务群众5万人，好",
        "保障供水、供电、气",
        "覆盖东、南、西、北",
        "全年完成200件，满意度≥90%",
        "保障人员经费，公用经费",
        "做好培训、宣传、保障",
        "提高群众知晓率，鼓励社会参与",
        "实现政策普及，达到便民目的",
        "提升服务能力和监管能力",
        "政策文件及时印发",
        "工程顺利验收通过",
        "优化森林植被",
    ],
)
def test_a_goal_that_is_whole__ok(goal):
    assert remarks(goal=goal) == []


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        ("建立核查机制，打通服", ["goal-truncated"]),
        ("建立核查机制，打通服务通道。做", ["goal-truncated"]),
        # whole sentences of it may be all that is meant for the year
        ("建立核查机制，打通服务通道。", []),
    ],
)
def test_a_goal_that_is_shorter_than_the_same_text_of_the_long_term(goal, found):
    assert remarks(goal=goal, long_term_goal="建立核查机制，打通服务通道。做好宣传。") == found


def test_a_goal_that_says_nothing_is_not_cut_off():
    of = replace(project(), goals=(Goal(Horizon.ANNUAL, 1, "", FORM),))
    assert check_targets(of, 2026) == []


@pytest.mark.parametrize(
    "goal",
    [
        "完成2025年度核算。",
        "2025年完成培训任务。",
        "2025 年完成培训任务。",
        "２０２５年完成培训任务。",
        "二〇二五年完成培训任务。",
        "2025年底前完成建设。",
        "在2025年12月31日前完成。",
        "2024年度开展巡查，2025年完成整改。",
        "2025年度预算执行率达到100%。",
        "2025年内完成决算公开。",
        "2025年完成决算公开。",
        "保障2025年工资福利发放。",
        "参与2025年培训。",
        "2025年起草规划。",
        "完成2023-2025年任务。",
        "完成2027年工作任务。",
        "2021年完成培训任务。",
    ],
)
def test_a_goal_of_another_year__finding(goal):
    assert remarks(goal=goal) == ["goal-year"]


@pytest.mark.parametrize(
    "goal",
    [
        "在2025年基础上完成2026年核算。",
        "完成2025年度结转项目。",
        "支付2025年工程尾款。",
        "完成2025年度决算公开工作。",
        "支付2025年12月工资。",
        "根据《湖北省2025年工作要点》开展工作。",
        "根据鄂财〔2025〕10号文件，完成培训。",
        "落实2025年工作要点。",
        "根据2024年国务院令第728号执行。",
        "依据2018年机构改革方案开展工作。",
        "较2025年增长5%。",
        "比2025年底水平提高5%。",
        "在2025年基础上提升。",
        "自2023年实施以来，项目运行良好，今年继续推进。",
        "自2025年起，每年巡查。",
        "落实“十四五”规划（2021-2025年）任务。",
        "完成2021年至2025年规划评估。",
        "2026-2028年规划实施。",
        "兑现2025年度企业奖励资金。",
        "巩固2025年脱贫成果。",
        "继续建设2025年未完成项目。",
        "2025年10月至2026年9月完成一个供暖季的保障。",
        "2030年前碳达峰目标推进工作。",
        "到2030年基本建成。",
        "完成采购GB50016-2014规范的设备。",
        # what is older than five years is history; a span that holds this year says when the work is done
        "2020年完成培训任务。",
        "2026-2028年实施，2025年完成立项。",
        "2024-2026年实施，2025年完成立项。",
    ],
)
def test_a_goal_that_rightly_names_another_year__ok(goal):
    assert remarks(goal=goal) == []


@pytest.mark.parametrize(
    ("level2", "name", "target"),
    [
        ("时效指标", "2025年内完成核算", "2026年内"),
        ("时效指标", "完成时间（2025年底前）", "2026年底前"),
        ("数量指标", "2025年培训人数", "≥30人"),
        ("数量指标", "2027年建成数量", "≥3个"),
        ("质量指标", "２０２５年完成率", "=100%"),
        ("质量指标", "二〇二五年完成率", "=100%"),
        ("质量指标", "2025年底前完成率", "=100%"),
    ],
)
def test_a_name_of_another_year__finding(level2, name, target):
    assert remarks(f"产出指标 | {level2} | {name} | {target}") == ["year-disagrees"]


@pytest.mark.parametrize(
    ("level2", "name", "target"),
    [
        ("数量指标", "2026-2028年规划编制数", "≥1个"),
        ("数量指标", "2024-2026年项目数", "≥1个"),
        ("数量指标", "2025年度结转项目数", "≥3个"),
        ("数量指标", "2025年秋季学期资助人数", "≥100人"),
        ("数量指标", "2025-2026学年资助人数", "≥100人"),
        ("数量指标", "2025/2026供暖季补贴户数", "≥100户"),
        ("数量指标", "2025年度档案归档数", "≥300卷"),
        ("数量指标", "2030年碳达峰宣传次数", "≥2次"),
        ("数量指标", "2008年系统维护", "≥1次"),
        ("数量指标", "《2025年版药品目录》采购数", "≥5种"),
        ("质量指标", "2025年结转资金支付率", "=100%"),
        ("质量指标", "2025年欠款支付率", "=100%"),
        ("质量指标", "2025年考核等次", "良好以上"),
        ("质量指标", "2025年绩效评价结果", "良好以上"),
        ("质量指标", "较2025年增长率", "≥5%"),
        ("质量指标", "不低于2025年水平", "≥90%"),
        ("质量指标", "鄂政发[2025]3号文件落实率", "=100%"),
        ("质量指标", "GB50016-2014规范达标率", "=100%"),
        ("质量指标", "ISO9001:2015认证", "通过"),
        ("质量指标", "2020标准执行率", "=100%"),
        ("时效指标", "2025年决算公开及时率", "=100%"),
    ],
)
def test_a_name_that_rightly_names_another_year__ok(level2, name, target):
    assert remarks(f"产出指标 | {level2} | {name} | {target}") == []


def test_a_long_term_target_may_be_of_a_year_to_come_and_not_of_one_gone_by():
    long_term = "产出指标 | 数量指标 | {}年建成数量 | ≥3个"
    assert "year-disagrees" not in remarks(long_term.format(2028), table="long_term")
    assert "year-disagrees" in remarks(long_term.format(2025), table="long_term")
