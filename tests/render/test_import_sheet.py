"""The province system's import sheet, and the summary's figures."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from evaluator.render.score_sheet.import_sheet import write_import_sheet
from evaluator.scoring.unit_score import unit_score
from tests.render import samples


def rows(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def test_one_row_an_indicator_below_the_systems_header(tmp_path: Path) -> None:
    write_import_sheet(tmp_path / "a.xlsx", samples.mixed("hubei"))
    header, *body = rows(tmp_path / "a.xlsx")
    assert header == [
        "一级指标", "二级指标", "三级指标名称", "计算符号", "指标值", "实际完成值", "计量单位", "分值",
        "指标得分", "扣减分数", "完成情况简要描述", "偏差原因及改进措施",
    ]  # fmt: skip
    assert [(row[2], row[3], row[4], row[5], row[6]) for row in body] == [
        ("律师服务费", "≤", 29.68, 25.7, "万元"),
        ("受理案件数量", "≤", 20, 23, "件"),
        ("日常社保法律咨询", "≥", 4000, 5200, "次"),
        ("每次咨询时长", "定性", "30—60分钟", 45, "分钟"),
        ("服务完成时间", "定性", "2026年内", "2027-01-20", None),
        ("社保服务知识普及", "定性", "明显提升", "部分达成", None),
        ("参保人满意度", "≥", 90, 93.5, "%"),
    ]
    assert (body[-1][9], body[2][10]) == (0.5, "含电话咨询")


def test_demonstration_data_cannot_be_imported_by_mistake(tmp_path: Path) -> None:
    write_import_sheet(tmp_path / "a.xlsx", samples.mixed("hubei", sample=True))
    assert "示例数据" in str(rows(tmp_path / "a.xlsx")[0][0])


def test_the_unit_is_weighted_by_budget_over_complete_projects() -> None:
    done, open_ = samples.mixed("hubei"), samples.unfinished("hubei")
    both = unit_score(samples.unit("hubei", done, open_))
    assert (both.score, both.counted, both.left_out) == (done.total, (done,), (open_,))
    assert unit_score(samples.unit("hubei", open_)).score is None
