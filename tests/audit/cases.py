"""Whole sheets as units hand them in, in their own words, and what is to be said of them."""

from tests.audit.layouts import AMONG, GOAL_SCORED
from tests.audit.sheets import NATIONAL, RIGHT

PLAIN = """
项目支出绩效自评表
项目名称 | 某项目
实施单位 | 某单位
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
"""
"""No budget at all; rows begin at 5."""
HUBEI = """
2026年度项目自评表
单位名称：某单位
项目名称 | | 某项目
预算执行情况（万元）（20分） | | | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分（20分*执行率）
 | | 年度财政资金总额 | 50 | 10 | 20 | 4
年度绩效目标1（80分） | 一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分
"""
"""No points; rows begin at 7."""
TRANSFER = """
项目支出绩效自评表
项目名称 | 某项目
资金（万元） | | 全年预算数（A） | 全年执行数（B） | 执行率（B/A）
 | 年度资金总额 | 50 | 40 | 80%
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
"""
"""A budget without points and score; rows begin at 6."""
R = RIGHT
HEADED = NATIONAL.replace("法律服务 | | | | | |", "法律服务 | | | 自评得分 | 91.5 | |")
SUBTOTALS = """
 | 产出指标 | 数量指标 | 办理案件 | ≥20件 | 22件 | 20 | 20 |
 | | 质量指标 | 合格率 | ≥95% | 95% | 20 | 20 |
 | | 成本指标 | 律师费 | ≤18万元 | 18万元 | 10 | 10 |
 | 产出指标小计 | | | | | 50 | 50 |
 | 效益指标 | 社会效益指标 | 调解成功率 | ≥80% | 60% | 30 | 22.5 | 当事人坚持诉讼
 | 效益指标小计 | | | | | 30 | 22.5 |
 | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 92% | 10 | 10 |
 | 满意度指标小计 | | | | | 10 | 10 |
 | 总分 | | | | | 100 | 91.5 |
"""
SHEETS = {
    "a cut sheet: points below 100, no total": (
        [NATIONAL, "\n".join(R.strip("\n").splitlines()[:3])], "mof-2020", [("rows-missing", "-")],
    ),
    "a total that blank scores explain is not judged": (
        [NATIONAL, R.replace("| 10 | 10 |\n | 效益", "| 10 | |\n | 效益")], "mof-2020", [],
    ),
    "a total above all that blank scores could add": (
        [NATIONAL, R.replace("| 10 | 10 |\n | 效益", "| 10 | |\n | 效益").replace("91.5", "92")], "mof-2020", [("total-wrong", "A16")],
    ),
    "a total below its scores is wrong, blank ones or not": (
        [NATIONAL, R.replace("| 10 | 10 |\n | 效益", "| 10 | |\n | 效益").replace("91.5", "80")], "mof-2020", [("total-wrong", "A16")],
    ),
    "scores without points and a total of 100: a page may be lost": (
        [NATIONAL, " | 产出指标 | 质量指标 | 查办率 | 100% | 100% | | 5 |\n | | 时效指标 | 时间 | 12月31日 | 12月30日 | | 4 |\n | 总分 | | | | | | 100"],
        "mof-2020", [("rows-missing", "A13")],
    ),
    "a goal with points of its own leaves the groups open": ([GOAL_SCORED], "mof-2020", []),
    "sums of groups where nothing is scored": (
        [PLAIN.replace(" | 得分 | 偏差原因", ""), "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 56.25\n产出指标小计 | | | | | 56.25\n效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 33.75"],
        "mof-2020", [],
    ),
    "targets that are each the row's points, the budget's own row not among them": (
        [PLAIN, "预算执行 | 预算执行 | 预算执行率 | 100% | 95% | 10 | 9.5 | 结余\n产出指标 | 数量指标 | 办件 | 50 | 51 | 50 | 50\n效益指标 | 社会效益指标 | 知晓 | 30 | 31 | 30 | 30\n满意度指标 | 满意度指标 | 满意 | 10 | 11 | 10 | 10"],
        "mof-2020", [("points-as-values", "-")],
    ),
    "two such rows are no pattern": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 50 | 51 | 50 | 50\n | | 培训 | ≥30人 | 31人 | 40 | 40"], "mof-2020", [],
    ),
    "a total in the head, too, both right": ([HEADED, R], "mof-2020", []),
    "the total in the head is another": (
        [HEADED.replace("91.5", "93.5"), R], "mof-2020", [("total-wrong", "G3")],
    ),
    "the total below is another than that in the head": (
        [HEADED, R.replace("91.5", "93.5")], "mof-2020", [("total-wrong", "A16")],
    ),
    "sums of groups": ([NATIONAL, SUBTOTALS], "mof-2020", []),
    "sums of groups, the budget's score in the first": (
        [NATIONAL, SUBTOTALS.replace("| 50 | 50", "| 60 | 59")], "mof-2020", [],
    ),
    "a sum of a group that is another": (
        [NATIONAL, SUBTOTALS.replace("| 50 | 50", "| 50 | 51")], "mof-2020", [("group-sum", "A14")],
    ),
    "a sum of a group that is blank, or that a blank score explains": (
        [NATIONAL, SUBTOTALS.replace("| 50 | 50", "| 50 | ")], "mof-2020", [],
    ),
    "the same where the score is blank": (
        [NATIONAL, SUBTOTALS.replace("95% | 20 | 20", "95% | 20 | ")], "mof-2020", [],
    ),
    "points of 90 without a budget are no error": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 56.25 | 56.25\n效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 33.75 | 33.75\n合计 | | | | | 90 | 90"],
        "mof-2020", [],
    ),
    "points below 100 beside a total": (
        [NATIONAL, R.replace("18万元 | 10 | 10", "18万元 | 5 | 5").replace("91.5", "86.5")],
        "mof-2020", [("points-sum", "A16"), ("group-points", "-")],
    ),
    "points of 90 where the budget's are printed": (
        [NATIONAL, R.replace("18万元 | 10 | 10", "18万元 | 0 | 0").replace("91.5", "81.5")],
        "mof-2020", [("points-sum", "A16"), ("group-points", "-")],
    ),
    "a total above rows that nobody scored": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | \n | | 培训 | ≥30人 | 31人 | 50 | \n合计 | | | | | 100 | 95"], "mof-2020", [("group-points", "-")],
    ),
    "rows that nobody scored, cut off": (
        [NATIONAL.replace("| 90% | 9", "| 90% | "), "\n".join(R.replace("| 20 | 20 |", "| 20 | |").strip("\n").splitlines()[:2])], "mof-2020", [],
    ),
    "all rows and no total": ([NATIONAL, "\n".join(R.strip("\n").splitlines()[:-1])], "mof-2020", []),
    "all rows and no total, the budget's points unprinted": (
        [TRANSFER, "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50\n效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 30 | 30\n满意度指标 | 满意度指标 | 满意度 | ≥90% | 91% | 10 | 10"],
        "mof-2020", [],
    ),
    "scores without points, a total that is ten off": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 21件 | 40\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 94"],
        "hubei", [("total-wrong", "A9")],
    ),
    "and eleven: rows may be lost": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 21件 | 40\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 95"],
        "hubei", [("rows-missing", "A9")],
    ),
    "scores without points, a total that is a little off": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 21件 | 40\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 85"],
        "hubei", [("total-wrong", "A9")],
    ),
    "the same, right": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 21件 | 40\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 84"],
        "hubei", [],
    ),
    "a sheet nobody scored": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 19件 | \n | | | 培训 | ≥20人 | 20人 | "], "hubei", [("shortfall-unscored", "D7")],
    ),
    "a shortfall without points that is explained in the box": (
        [HUBEI, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 19件 | \n总分\n偏差大或目标未完成原因分析 | | 人员不足"], "hubei", [],
    ),
    "names with operator and unit, as in the national catalogue": (
        [HUBEI, " | 产出指标 | 数量指标 | 猪舍（≥**平方米） | 180 | 170 | \n | | | 补助标准（≤**元/户·年） | 5300 | 5400 | \n | | | 栏（≥套） | 4 | 5套 | "],
        "hubei", [("shortfall-unscored", "D7"), ("shortfall-unscored", "D8"), ("overshoot-unexplained", "D9")],
    ),
    "all actuals are the targets": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 20件 | 20件\n | | 培训 | 30人 | 30人\n效益指标 | 社会效益指标 | 知晓 | 提升 | 提升"],
        "", [("all-actuals-equal", "-")],
    ),
    "the budget's own row is none of them": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 20件 | 20件\n | | 培训 | 30人 | 30人\n效益指标 | 社会效益指标 | 知晓 | 提升 | 提升\n预算执行 | 预算执行 | 预算执行率 | 100% | 110%"],
        "", [("all-actuals-equal", "-")],
    ),
    "two bare numbers are no pattern": ([PLAIN, "产出指标 | 数量指标 | 办件 | 60 | \n | | 培训 | 40 | "], "", []),
    "numbers of clauses are no points": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 60 | \n | | 培训 | 40 | \n效益指标 | 社会效益指标 | 知晓 | 1.2.3 | "], "", [],
    ),
    "nor are percentages": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 60% | \n | | 培训 | 30% | \n效益指标 | 社会效益指标 | 知晓 | 10% | "], "", [],
    ),
    "points with their unit in the column of values": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 60分 | \n | | 培训 | 30分 | \n效益指标 | 社会效益指标 | 知晓 | 10分 | "], "", [("points-as-values", "-")],
    ),
    "two rows that are equal are no pattern": ([PLAIN, "产出指标 | 数量指标 | 办件 | 20件 | 20件\n | | 培训 | 30人 | 30人"], "", []),
    "points in the column of values": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 40 | \n | | 培训 | 40 | \n效益指标 | 社会效益指标 | 知晓 | 20 | "], "", [("points-as-values", "-")],
    ),
    "numbers that do not add up to 100 are values": (
        [PLAIN, "产出指标 | 数量指标 | 办件 | 40 | 41\n | | 培训 | 40 | 42\n效益指标 | 社会效益指标 | 知晓 | 25 | 25"], "", [],
    ),
    "groups of other points": (
        [NATIONAL, R.replace("≥20件 | 22件 | 20 | 20", "≥20件 | 22件 | 10 | 10").replace("| 10 | 10 |\n | 总", "| 20 | 20 |\n | 总")],
        "mof-2020", [("group-points", "-")],
    ),
    "a lacking group's points shared out pro rata": (
        [NATIONAL, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 56.25 | 56.25\n | 效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 33.75 | 33.75\n | 总分 | | | | | 100 | 99"],
        "mof-2020", [],
    ),
    "a lacking group's points given to one": (
        [NATIONAL, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 60 | 60\n | 效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 30 | 30\n | 总分 | | | | | 100 | 99"],
        "mof-2020", [("group-points", "-")],
    ),
    "satisfaction's points go to the benefits by the rule of 2021": (
        [NATIONAL, " | 产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50\n | 效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 40 | 40\n | 总分 | | | | | 100 | 99"],
        "mof-2021", [],
    ),
    "a budget without room for its score counts, or not": (
        [TRANSFER, "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50\n效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 30 | 30\n满意度指标 | 满意度指标 | 满意度 | ≥90% | 91% | 10 | 10\n合计 | | | | | 90 | 98"],
        "mof-2020", [],
    ),
    "and neither way": (
        [TRANSFER, "产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50\n效益指标 | 社会效益指标 | 知晓率 | ≥80% | 80% | 30 | 30\n满意度指标 | 满意度指标 | 满意度 | ≥90% | 91% | 10 | 10\n合计 | | | | | 90 | 95"],
        "mof-2020", [("total-wrong", "A9")],
    ),
    "a budget of 20 points under a rule of 10": (
        [NATIONAL.replace("| 18 | 10 | 90% | 9", "| 18 | 20 | 90% | 18"), R.replace("| 100 | 91.5", "| 110 | 100.5")],
        "mof-2020", [("points-sum", "A16"), ("budget-points", "C6")],
    ),
    "more spent than budgeted": (
        [NATIONAL.replace("| 20 | 18 | 10 | 90% | 9", "| 20 | 22 | 10 | 110% | 10").replace("财政拨款 | 20 | 20 | 18", "财政拨款 | 20 | 20 | 22"), R.replace("91.5", "92.5")],
        "mof-2020", [("overspent", "C6")],
    ),
    "central and local funds are parts of the fiscal one": (
        [NATIONAL, R.replace("\n | 产出", "\n | 产出", 1)], "mof-2020", [],
    ),
    "a rate cut instead of rounded": (
        [NATIONAL.replace("20 | 20 | 18", "30 | 30 | 20").replace("| 10 | 90% | 9", "| 10 | 66.66% | 6.67"), R.replace("91.5", "89.17")], "mof-2020", [("rate-wrong", "C6")],
    ),
    "a score from the rate as it is printed": (
        [NATIONAL.replace("20 | 20 | 18", "30 | 30 | 20").replace("| 10 | 90% | 9", "| 10 | 67% | 6.7"), R.replace("91.5", "89.2")], "mof-2020", [("budget-score", "C6")],
    ),
    "scores rounded to whole points": (
        [NATIONAL.replace("20 | 20 | 18", "30 | 30 | 29").replace("| 10 | 90% | 9", "| 10 | 96.67% | 10"), R.replace("91.5", "92.5")], "mof-2020", [("budget-score", "C6")],
    ),
    "a stroke is no budget score": (
        [NATIONAL.replace("| 10 | 90% | 9", "| 10 | 90% | —"), R.replace("91.5", "82.5")], "mof-2020", [],
    ),
    "a goal that is cut off, costs above the budget": (
        [NATIONAL.replace("完成全年任务。", "完成全年任务，确保"), R.replace("≤18万元 | 18万元", "≤28万元 | 18万元")],
        "mof-2020", [("goal-remark", "C9"), ("target-remark", "D13")],
    ),
    "costs above a budget in 元": (
        [NATIONAL.replace("（万元）", "（元）").replace("20 | 20 | 18", "200000 | 200000 | 180000"), R.replace("≤18万元 | 18万元", "≤28万元 | 18万元")],
        "mof-2020", [("target-remark", "D13")],
    ),
    "the budget's row among the indicators, and groups of other points": (
        [AMONG.replace("| 30 | 30 |", "| 20 | 20 |").replace("| 10 | 10 |", "| 20 | 20 |")], "mof-2020", [("group-points", "-")],
    ),
    "a year in the name of the budget's row is no target's": (
        [AMONG.replace("项目绩效", "2026年度项目绩效").replace("| 预算执行率 | 100%", "| 2025年预算执行率 | 100%")], "mof-2020", [],
    ),
    "one that should be few without an operator": (
        [NATIONAL, R.replace("合格率 | ≥95% | 95%", "投诉次数 | 5次 | 3次")], "mof-2020", [("direction-unknown", "D12")],
    ),
    "heads of two rows, the levels in the lower one": (
        ["项目支出绩效自评表\n项目名称 | 某项目\n绩效指标 | | | 年度指标值 | | | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施\n"
         "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位\n"
         "产出指标 | 数量指标 | 护林员 | = | 150 | 人 | 148 | 10 | 10\n | 质量指标 | 合格率 | >= | 95 | % | 97 | 10 | 10"],
        "mof-2020", [("shortfall-full", "C5")],
    ),
    "a block of funds whose label is a head's word": (
        [NATIONAL.replace("项目资金（万元）", "预算资金（万元）").replace("| 20 | 20 | 18", "| 25 | 20 | 18"), R], "mof-2020", [],
    ),
    "a total in the head is wrong, the one below is right": (
        [NATIONAL.replace("主管部门 | | 某局", "自评得分 | | 81.5"), R], "mof-2020", [("total-wrong", "C4")],
    ),
    "and right": ([NATIONAL.replace("主管部门 | | 某局", "自评得分 | | 91.5"), R], "mof-2020", []),
    "points in both columns": (
        [NATIONAL, R.replace("≥20件 | 22件", "20 | 21").replace("≥95% | 95%", "20 | 20").replace("≤18万元 | 18万元", "10 | 10")
         .replace("≥80% | 60%", "30 | 22.5").replace("≥90% | 92%", "10 | 10")],
        "mof-2020", [("points-as-values", "-")],
    ),
    "provincial and local funds are parts of the whole where no fiscal row is": (
        [NATIONAL.replace("其中：当年财政拨款 | 20 | 20 | 18 ", "其中：省级资金 | 15 | 15 | 13 ").replace("\n年度总体", "\n | | 市县资金 | 5 | 5 | 4\n年度总体"), R],
        "mof-2020", [("fund-total", "C6")],
    ),
    "so are central ones beside others": (
        [NATIONAL.replace("其中：当年财政拨款 | 20 | 20 | 18 ", "其中：中央补助 | 15 | 15 | 13 ").replace("\n年度总体", "\n | | 其他资金 | 5 | 5 | 4\n年度总体"), R],
        "mof-2020", [("fund-total", "C6")],
    ),
    "central funds are a part of the fiscal ones": (
        [NATIONAL.replace("\n年度总体", "\n | | 其中：中央补助 | 15 | 15 | 14\n | | 地方资金 | 5 | 5 | 4\n年度总体"), R], "mof-2020", [],
    ),
    "funds by tasks above the row that is scored": (
        [NATIONAL.replace(" | | 年度资金总额： | 20 | 20 | 18 | 10 | 90% | 9\n", " | | 企业年报 | 12 | 12 | 11 | — | | —\n")
         .replace(" | | 其中：当年财政拨款 | 20 | 20 | 18 | — | | —", " | | 专项调查 | 8 | 8 | 7 | — | | —\n | | 本单位项目 | 20 | 20 | 18 | 10 | 90% | 9"), R],
        "mof-2020", [],
    ),
    "names below a head that others have for level 2": (
        [PLAIN.replace("三级指标", "指标内容"), "产出指标 | 数量 | 办件 | ≥20件 | ≥22件 | 50 | 50"], "mof-2020", [("operator-copied", "C5")],
    ),
    "names below a head that nobody knows": (
        [PLAIN.replace("三级指标", "干什么"), "产出指标 | 数量指标 | 办件 | ≥20件 | ≥22件 | 50 | 50"], "mof-2020", [("operator-copied", "C5")],
    ),
    "the total in one cell with what overflowed into it": (
        [NATIONAL, R.replace("总分", "偏差大或 总分").replace("91.5", "92")], "mof-2020", [("total-wrong", "A16")],
    ),
    "the budget's row among the indicators": (
        [PLAIN, "预算执行 | 预算执行率 | 预算执行率 | 100% | 86% | 10 | 9 | 结余\n产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50"],
        "mof-2020", [("score-wrong", "C5")],
    ),
    "its target is below 100: by rate or by target": (
        [PLAIN, "预算执行 | 预算执行率 | 预算执行率 | ≥90% | 95% | 10 | 9.5 | 结余\n产出指标 | 数量指标 | 办件 | ≥20件 | 22件 | 50 | 50"],
        "mof-2020", [],
    ),
    "full marks for a goal without points, one target missed": (
        [HUBEI, " | 产出指标 | 成本指标 | 人均成本 | ≤800元 | 900元 | 40\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 84"],
        "hubei", [("shortfall-full", "D7")],
    ),
    "less than all for a goal: nobody knows for which row": (
        [HUBEI, " | 产出指标 | 成本指标 | 人均成本 | ≤800元 | 900元 | 35\n | 效益指标 | 社会效益指标 | 知晓 | 提升 | 提升 | 40\n | 总分 | | | | | 79"],
        "hubei", [],
    ),
    "goals below heads of other words": (
        [NATIONAL.replace("预期目标", "年度任务").replace("完成全年任务。", "完成全年任务，确保"), R], "mof-2020", [("goal-remark", "C9")],
    ),
    "goals of the year and adjusted ones beside what was achieved": (
        [NATIONAL.replace("年度总体目标 | | 预期目标 | | | 实际完成情况", "当年绩效目标 | | 年初绩效目标 | | 全年（调整）绩效目标 | 全年目标实际完成情况")
         .replace("完成全年任务。 | | | 已完成。", "完成全年任务。 | | 完成任务。 | 已完成，确保"), R], "mof-2020", [],
    ),
    "no year, no question of the year": (
        [NATIONAL.replace("（2026年度）", "项目名称："), R.replace("≥20件 | 22件", "2026年12月31日前 | 2026年11月")], "mof-2020", [],
    ),
    "a label with a colon, its text beside it": (
        [NATIONAL.replace("项目名称 ", "项目名称： "), R], "mof-2020", [],
    ),
    "a range, inside, at its ends and outside": (
        [PLAIN, "产出指标 | 数量指标 | 温度 | 18℃~22℃ | 18℃ | 10 | 10\n | | 湿度 | 40%~60% | 60% | 10 | 10\n | | 时长 | 20~30小时 | 10小时 | 10 | 5 | 停电"],
        "mof-2020", [],
    ),
}  # fmt: skip

NO_REASONS = """
项目支出绩效自评表
项目名称 | 某项目
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 办件 | ≥20件 | 18件 | 10 | 9
"""
A, B = "| 22件 |", "| 18 | 10 | 90% | 9"
END = "| 10 | 10 |\n | 总分 | | | | | 100 | 91.5 |"
"""The last row's points and score, and the total: without it a sheet is cut off."""
VERDICTS = [
    # what is changed in the right sheet, into what: how a check ends on a row (0: on the sheet)
    (A, A, "score-wrong", 1, "not-applicable"),
    (A, A, "score-wrong", 4, "passed"),
    (A, A, "shortfall-full", 1, "not-applicable"),
    (A, A, "shortfall-full", 4, "passed"),
    (A, A, "attained-deducted", 1, "passed"),
    (A, A, "attained-deducted", 4, "not-applicable"),
    (A, A, "reason-missing", 1, "not-applicable"),
    (A, A, "reason-missing", 4, "passed"),
    (A, A, "grade-band", 1, "not-applicable"),
    (A, A, "shortfall-unscored", 1, "not-applicable"),
    (A, A, "direction-unknown", 1, "passed"),
    (A, A, "target-blank", 1, "passed"),
    (A, A, "actual-blank", 1, "passed"),
    (A, A, "group-sum", 0, "not-applicable"),
    (A, A, "formula-stale", 0, "not-applicable"),
    (A, A, "points-as-values", 0, "not-applicable"),
    (A, A, "total-wrong", 0, "passed"),
    (A, A, "fund-total", 0, "passed"),
    (A, "| 约22件 |", "actual-not-number", 1, "cannot-judge"),
    (A, "| 约22件 |", "attained-deducted", 1, "cannot-judge"),
    (A, "| 约22件 |", "score-wrong", 1, "cannot-judge"),
    (A, "| 约22件 |", "overshoot-unexplained", 1, "cannot-judge"),
    (A, "|  |", "actual-not-number", 1, "not-applicable"),
    (A, "|  |", "operator-copied", 1, "not-applicable"),
    (A, "|  |", "percent-doubt", 1, "not-applicable"),
    (A, "|  |", "unit-mismatch", 1, "not-applicable"),
    (A, "| 完成 |", "unit-mismatch", 1, "not-applicable"),
    (A, "| 22件 | 20 |  |", "score-above-points", 1, "not-applicable"),
    ("| 22件 | 20 | 20 |", "| 22件 | 20 | |", "attained-deducted", 1, "not-applicable"),
    ("| 22件 | 20 | 20 |", "| 22件 | | 20 |", "attained-deducted", 1, "not-applicable"),
    ("| 30 | 22.5 | 当事人坚持诉讼", "| 30 | |", "shortfall-full", 4, "not-applicable"),
    ("| 30 | 22.5 | 当事人坚持诉讼", "| 30 | |", "score-wrong", 4, "not-applicable"),
    ("| 30 | 22.5 | 当事人坚持诉讼", "| 30 | |", "shortfall-unscored", 4, "not-applicable"),
    ("| ≥20件 | 22件 | 20 | 20 |", "| 提升 | 达成预期指标 | 20 | |", "grade-band", 1, "not-applicable"),
    ("| ≥20件 | 22件 | 20 | 20 |", "| ≥20件 | 约22件 | | |", "shortfall-unscored", 1, "cannot-judge"),
    ("| 22件 | 20 | 20 |", "| 22件 | 20 | |", "contradiction", 1, "not-applicable"),
    ("| 22件 | 20 | 20 |", "| 22件 | | 20 |", "contradiction", 1, "not-applicable"),
    ("| 22件 | 20 | 20 |", "| | 20 | |", "actual-blank", 1, "not-applicable"),
    ("| ≥20件 | 22件 | 20 | 20 |", "| | 22件 | 20 | |", "target-blank", 1, "not-applicable"),
    ("| ≥20件 | 22件 |", "| 提升 | 有所提升 |", "shortfall-full", 1, "cannot-judge"),
    ("| ≥20件 | 22件 |", "| 提升 | 有所提升 |", "grade-band", 1, "cannot-judge"),
    ("| ≥20件 | 22件 |", "| 提升 | 有所提升 |", "direction-unknown", 1, "not-applicable"),
    ("| ≥20件 | 22件 |", "| 提升 | 有所提升 |", "actual-not-number", 1, "not-applicable"),
    ("| ≥20件 | 22件 |", "| 12月底前 | 11月 |", "operator-copied", 1, "not-applicable"),
    ("| ≥20件 | 22件 |", "| 提升 | 达成预期指标 |", "grade-band", 1, "passed"),
    ("| ≤18万元 |", "| 18万元 |", "direction-unknown", 3, "not-applicable"),
    ("财政拨款 | 20 | 20 | 18", "财政拨款 | 20 | 20 | 10", "fund-total", 0, "cannot-judge"),
    (B, "| 20 | 10 | 100% | 10", "overspent", 0, "passed"),
    (B, "| 18 | 10 | 见附件 | 9", "rate-wrong", 0, "cannot-judge"),
    (B, "| 18 | 10 | | 9", "rate-wrong", 0, "not-applicable"),
    (B, "| 18 | | 90% | 9", "points-sum", 0, "cannot-judge"),
    (B, "| 18 | | 90% | 9", "budget-score", 0, "cannot-judge"),
    (B, "| | 10 | 90% | 9", "budget-score", 0, "cannot-judge"),
    (B, "| | 10 | 90% | 9", "rate-wrong", 0, "cannot-judge"),
    (B, "| | 10 | | 9", "rate-missing", 0, "not-applicable"),
    (B, "| | 10 | | 9", "overspent", 0, "not-applicable"),
    (B, "| 18 | 10 | 90% | ", "budget-score", 0, "not-applicable"),
    (B, "| 18 | 10 | 90% | ", "total-wrong", 0, "cannot-judge"),
    (
        "其中：当年财政拨款 | 20 | 20 | 18",
        "其中：当年财政拨款 | 15 | 15 | 10",
        "fund-total",
        0,
        "cannot-judge",
    ),
    ("其中：当年财政拨款 | 20 | 20 | 18", "其中：当年财政拨款 | | | ", "fund-total", 0, "not-applicable"),
    ("| 100 | 91.5", "| | ", "total-wrong", 0, "not-applicable"),
    ("| 30 | 22.5 | 当事人坚持诉讼", "| | | ", "points-sum", 0, "not-applicable"),
    ("| ≥20件 | 22件 | 20 | 20 |", "| | 22件 | 20 | 20 |", "target-remark", 1, "not-applicable"),
    ("| 满意度指标 | 服务对象", "| 投入指标 | 服务对象", "group-points", 0, "not-applicable"),
    (END, "| 5 | 5 |", "group-points", 0, "cannot-judge"),
    (END, "| | |", "group-points", 0, "not-applicable"),
    (END, "| 5 | 5 |", "points-sum", 0, "cannot-judge"),
]

GROUPS = [
    # level 1 and points of each row, the rules, what the sentence says of the groups
    (
        "产出指标 40; 效益指标 30; 满意度指标 20",
        "mof-2020",
        "产出指标40分（规则50分）、满意度指标20分（规则10分）",
    ),
    (
        "产出指标 40; 效益指标 30; 满意度指标 20",
        "mof-2021",
        "产出指标40分（规则50分）、满意度指标20分（规则10分）",
    ),
    (
        "成本指标 30; 产出指标 30; 效益指标 20; 满意度指标 10",
        "mof-2021",
        "成本指标30分（规则20分）、产出指标30分（规则40分）",
    ),
    ("产出指标 60; 效益指标 30", "mof-2020", "产出指标60分（规则50分）"),
]
WHY = [
    # the same, and why the check does not apply or cannot be judged
    (A, A, "score-wrong", 1, "已达到目标"),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 |  |", "score-wrong", 4, "没有打分"),
    ("| 60% | 30 | 22.5 |", "|  | 30 | 22.5 |", "score-wrong", 4, "没有完成值"),
    ("| ≥80% | 60% |", "| 提升 | 部分达成预期指标 |", "score-wrong", 4, "按档次评分"),
    ("| ≥80% | 60% |", "| 提升 | 有所提升 |", "score-wrong", 4, "要由人判断"),
    ("| 60% | 30 | 22.5 |", "| 60% | 30 |  |", "reason-missing", 4, "没有打分"),
    (A, A, "reason-missing", 1, "得分等于分值"),
    (B, "| 18 | | 90% | 9", "budget-score", 0, "没有分值"),
    (B, "| | 10 | 90% | 9", "budget-score", 0, "预算数或执行数缺少"),
]
RATES = [
    # budget, spent, the rate as it is printed, whether it passes: as percent, as a fraction, to its last digit
    ("20", "18", "90%", True),
    ("20", "18", "90", True),
    ("20", "18", "0.9", True),
    ("20", "18", "0.9%", False),
    ("29.68", "25.7", "0.8659", True),
    ("29.68", "25.7", "0.866", True),
    ("29.68", "25.7", "0.87", True),
    ("29.68", "25.7", "0.86", False),
    ("29.68", "25.7", "86.59%", True),
    ("29.68", "25.7", "87%", True),
    ("29.68", "25.7", "86.6", True),
    ("29.68", "25.7", "8.66", True),
    ("29.68", "25.7", "86.5%", False),
    ("20", "40", "2", True),
    ("20", "60", "3", False),
]
AMOUNTS = [
    # what is changed in the right sheet, into what, and the amounts as the sentence says them
    ("| 18 | 10 | 90% | 9", "| 18 | 10 | 95% | 9", "rate-wrong", "18÷20万元应为"),
    ("总额： | 20 | 20 | 18 | 10 | 90%", "总额： | 0 | 0 | 0 | 10 | 95%", "rate-wrong", "18÷20万元（各来源合计）"),
    ("总额： | 20 | 20 | 18", "总额： | 20 | 20 | ", "fund-total", "写20 / 空，各资金来源合计为20 / 18"),
]  # fmt: skip
