"""Write the demonstration workbooks of ``actuals/2026/`` and the list of all samples:
``python tools/build_samples.py``.

The actuals of 2026 do not exist yet; these are made up to show what happens, and marked 示例数据.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from evaluator.pipeline.importing import read_targets_from_sources
from evaluator.pipeline.samples import LIST
from evaluator.pipeline.workspace import Workspace
from evaluator.records.approved import Project
from evaluator.records.submitted import Grade
from evaluator.render.fill_in.workbook import new_stamp, write_fill_in
from evaluator.rulesets import load
from evaluator.storage.files import digest, write_bytes
from evaluator.workbooks import Entries, Entry
from evaluator.workbooks.entries import row_text
from evaluator.workbooks.layout import NATURE, SAMPLE

ROOT = Path(__file__).parents[1]
YEAR = 2026
PERCENT = "0.####%"
FACTS = {
    "主管部门": "鄂州市人力资源和社会保障局",
    "实施单位": "鄂州市社会保险中心",
    "项目类别": "部门预算",
    "项目属性": "持续性",
    "项目类型": "常年性",
    NATURE: SAMPLE,
    "自评工作开展情况": "由财务科牵头，业务科室按指标提供台账，财务科核对数据后填报。",
    "资金使用管理情况": "资金年初到位，按中心财务管理制度审批，专账核算。",
}
IMPROVE = "改进措施及结果应用方案"

# project -> funds (年初, 全年, 执行), goal, facts, rows: code -> fields
SAMPLES: dict[str, dict[str, Any]] = {
    "通用业务委托费用": {
        "funds": (29.68, 29.68, 28.6),
        "goal": "委托专业机构整理档案4120册，按月完成记账和财务报表，档案查询当场办结。",
        "improve": "下年度合同中写明报表提交日期和违约责任；结果作为选择服务机构的依据。",
        "rows": {
            "CB-01": {"actual": 28.6, "evidence": "委托服务合同、支付凭证"},
            "CC-01": {"actual": 4120, "evidence": "档案移交清单"},
            "CC-02": {"actual": 1, "evidence": "档案验收单"},
            "CC-03": {
                "actual": 0.985,
                "reason": "3月报表因系统升级晚报2天；已与服务机构约定备用填报方式。",
                "evidence": "报表报送登记表",
            },
            "XY-01": {"grade": "达成", "description": "查询窗口接入电子档案，平均用时由15分钟降到4分钟。", "evidence": "查询登记"},
            "MY-01": {"actual": 0.932, "evidence": "群众满意度问卷（318份）"},
        },
    },
    "省属汉外单位职业年金虚账本金及计付利息": {
        "funds": (979.11, 979.11, 979.11),
        "goal": "212人的虚账本金及利息已经核算并做实，资金于2027年1月12日到账。",
        "improve": "明年提前一个季度与财政衔接资金下达时间；结果作为编制做实计划的依据。",
        "facts": {"项目属性": "新增性", "项目类型": "一次性"},
        "rows": {
            "CB-01": {"actual": 979.11, "unit": "万元", "description": "按批复的元折算。", "evidence": "资金拨付文件"},
            "CC-01": {"actual": 212, "evidence": "做实人员名册"},
            "CC-02": {"actual": 1, "evidence": "核算复核表"},
            "CC-03": {
                "completed": datetime(2027, 1, 12),
                "grade": "部分达成",
                "share": 0.7,
                "reason": "资金12月下旬下达，银行年终决算停止清算，顺延至2027年1月12日完成；今后提前申请用款计划。",
                "evidence": "银行回单",
            },
            "XY-01": {"actual": 0, "evidence": "信访登记簿"},
            "MY-01": {"actual": 0.915, "evidence": "参保群众回访记录"},
        },
    },
    "社保基金业务经费": {
        "funds": (82.4, 82.4, 79.95),
        "goal": "工伤定点医疗机构评审103家，三项社会保险登记、核定、稽核按计划完成。",
        "improve": "评审前增加一次预审，减少不合格机构；结果用于安排下年度评审经费。",
        "rows": {
            "CB-01": {"actual": 121860.5, "unit": "元", "description": "财务账以元记，换算为12.18605万元。", "evidence": "明细账"},
            "CB-02": {"actual": 67.5, "evidence": "明细账"},
            "CC-01": {"actual": 103, "evidence": "评审名单"},
            "CC-02": {"actual": 0.9612, "evidence": "评审结果公示"},
            "XY-01": {"actual": 0.968, "evidence": "标准化管理检查表"},
            "MY-01": {"actual": 0.924, "evidence": "服务对象问卷"},
        },
    },
    "社保基金管理": {
        "funds": (34.06, 34.06, 33.2),
        "goal": "审核征地项目参保对象52316人，发放短信通知232.6万条，补偿资金标准测算无差错。",
        "improve": "按近三年业务量重新测算短信条数，申报2028年目标时调整。",
        "rows": {
            "CB-01": {"actual": 23.9, "evidence": "审核经费明细"},
            "CB-02": {"actual": 9.3, "evidence": "短信结算单"},
            "CC-01": {"actual": 52316, "evidence": "参保对象审核台账"},
            "CC-02": {
                "actual": 232.6,
                "unit": "万条",
                "reason": "养老金调待增加两轮通知，实际条数超过年初估计；今后按业务计划测算。",
                "evidence": "短信平台统计",
            },
            "CC-03": {"actual": 1, "evidence": "测算复核单"},
            "XY-01": {"actual": 1, "evidence": "覆盖情况统计"},
            "MY-01": {"actual": 0.941, "evidence": "服务对象问卷"},
        },
    },
    "法律服务": {
        "funds": (11, 11, 10.5),
        "goal": "代理案件18件，提供咨询116件，为待遇核定、稽核等业务出具法律意见。",
        "improve": "对调解不成的案件逐件复盘，完善告知程序；结果作为续聘律师事务所的依据。",
        "rows": {
            "CB-01": {"actual": 10.5, "evidence": "法律顾问合同、发票"},
            "CC-01": {"actual": 18, "evidence": "案件台账"},
            "CC-02": {"actual": 116, "evidence": "咨询登记簿"},
            "CC-03": {"actual": 1, "evidence": "合规审查记录"},
            "CC-04": {"actual": 0.974, "evidence": "咨询登记簿"},
            "XY-01": {
                "actual": 0.647,
                "reason": "17件纠纷中6件当事人坚持诉讼，调解成功11件；今后在受理时先行释法。",
                "evidence": "调解结案登记",
            },
            "MY-01": {"actual": 0.927, "evidence": "参保人回访记录"},
        },
    },
    "办公运行保障": {
        "funds": (30.59, 30.59, 27.4),
        "goal": "印刷业务资料1.86万册，6条专线全年无故障，举办社保政策宣传活动9场。",
        "improve": "宣传活动增加乡镇场次和新媒体渠道；结果用于调整下年度宣传经费结构。",
        "rows": {
            "CB-01": {"actual": 1.92, "evidence": "印刷合同"},
            "CB-02": {"actual": 15.4, "evidence": "活动决算表"},
            "CC-01": {"actual": 1.86, "unit": "万册", "evidence": "印刷品验收单"},
            "CC-02": {"actual": 6, "evidence": "专线租用合同"},
            "CC-03": {"grade": "达成", "description": "修订经办流程14项，窗口一次性告知全覆盖。", "evidence": "流程文件"},
            "CC-04": {"actual": 0, "evidence": "运维记录"},
            "XY-01": {
                "grade": "部分达成",
                "share": 0.75,
                "description": "城区宣传场次和到场人数达到预期，两个乡镇未能举办。",
                "reason": "汛期影响，两个乡镇场次取消；明年安排在上半年。",
                "evidence": "活动照片、签到表",
            },
            "MY-01": {"actual": 0.936, "evidence": "服务对象问卷"},
        },
    },
}  # fmt: skip
GRADES = {"达成": Grade.ACHIEVED, "部分达成": Grade.PARTLY, "未达成": Grade.MISSED}


def entries(project: Project, sample: dict[str, Any], stamp: Any) -> Entries:
    """A sample as if somebody had typed it."""
    facts = {**FACTS, **sample.get("facts", {}), IMPROVE: sample["improve"]}
    units = {item.code: item.target.unit for item in project.annual}
    rows = {
        code: {name: _entry(name, value, units[code]) for name, value in row.items()}
        for code, row in sample["rows"].items()
    }
    assert set(rows) == set(units), project.name
    funds = dict.fromkeys(("initial", "adjusted", "spent"), 0.0)
    amounts = dict(zip(funds, sample["funds"], strict=True))
    return Entries(
        stamp=stamp,
        place=project.place,
        rows=rows,
        texts={item.code: row_text(item) for item in project.annual},
        facts={name: Entry(text) for name, text in facts.items()},
        goals={1: Entry(sample["goal"])},
        funds={
            (fund, name): Entry(amounts[name] if fund == "当年财政拨款" else 0, "#,##0.00####")
            for fund in ("当年财政拨款", "上年结转资金", "其他资金")
            for name in funds
        },
    )


def _entry(name: str, value: Any, unit: str) -> Entry:
    if name == "grade":
        return Entry(GRADES[value].value)
    if name == "share" or (name == "actual" and unit == "%"):
        return Entry(float(value), PERCENT)
    return Entry(value, "yyyy-mm-dd" if name == "completed" else "General")


def main() -> None:
    """Write all six workbooks."""
    rules, _ = load("hubei")
    assert rules is not None
    for project in read_targets_from_sources(Workspace(ROOT), YEAR).projects:
        stamp = new_stamp(project, YEAR, rules)
        path = ROOT / "actuals" / str(YEAR) / f"{project.key}.xlsx"
        write_fill_in(path, project, YEAR, rules, entries(project, SAMPLES[project.name], stamp))
    write_list()


def write_list() -> None:
    """List the samples by content: by this the tool knows them from a unit's own files."""
    paths = [*sorted((ROOT / "actuals" / str(YEAR)).glob("*.xlsx")), *Workspace(ROOT).source(YEAR).iterdir()]
    lines = [f"{digest(path)}  {path.relative_to(ROOT).as_posix()}\n" for path in paths]
    write_bytes(ROOT / "targets" / LIST, "".join(lines).encode())


if __name__ == "__main__":
    main()
