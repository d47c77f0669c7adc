"""Approved points of other sums than the rules': what is said, and that what is advised works."""

import json
import re

import pytest

from tests.commands.workspaces import Desk, desk
from tests.workbooks.typing import fill
from tests.written import HEAD

ROWS = (
    ("产出指标", "数量指标", "受助人数", "≥100人"),
    ("产出指标", "质量指标", "覆盖率", "≥80%"),
    ("效益指标", "社会效益指标", "知晓率", "≥90%"),
    ("满意度指标", "服务对象满意度指标", "学生满意度", "≥90%"),
)
ACTUALS = (100, "40%", "90%", "90%")


def written(*points: str, more: str = "") -> str:
    head = HEAD.format(name="助学", budget="11").strip("\n")
    rows = [f" | {' | '.join(row)} | {value} | 计划标准" for row, value in zip(ROWS, points, strict=True)]
    title = "目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 | 指标值确定依据"
    return "\n".join([head, "年度绩效目标表", title, "年度目标1" + rows[0], *rows[1:]]) + more


def filled(folder, *points: str) -> Desk:
    made = desk(folder, forms=written(*points))
    assert made.run("template", "--year", "2026").exit_code == 0
    book = made.actuals / "助学.xlsx"
    fill(book, {f"G{7 + at}": (v, "@") if isinstance(v, str) else v for at, v in enumerate(ACTUALS)})
    fill(book, {f"{column}{row}": 0 for column in "BCD" for row in (8, 9)}, "预算执行")
    fill(book, {f"{column}7": 11 for column in "BCD"}, "预算执行")
    return made


def choose(made: Desk, line: str) -> None:
    path = made.root / "targets" / "2026" / "scoring.toml"
    path.write_text(line + "\n", encoding="utf-8")


def outcome(made: Desk, *rules: str):
    run = made.run("--year", "2026", *rules)
    result = made.result()["projects"][0]
    about = [f for f in result["findings"] if re.match("points-o|weights-|approved-", f["code"])]
    return run.exit_code, [s["points"] for s in result["scores"]], result["total"], about


def test_approved_points_count_and_a_line_chooses(tmp_path):
    made = filled(tmp_path, "20", "20", "30", "20")
    rules = ("--rules", "mof-2020")
    code, points, total, found = outcome(made, *rules)
    assert (code, points, total) == (0, ["20", "20", "30", "20"], "90")
    assert [item["code"] for item in found] == ["points-other-groups"]
    said = re.findall(r'weights = "\w+"', found[0]["remedy"])
    assert said == ['weights = "approved"', 'weights = "groups"']
    choose(made, said[0])
    assert [item["code"] for item in outcome(made, *rules)[3]] == ["points-other-groups-chosen"]
    choose(made, said[1])
    code, points, total, found = outcome(made, *rules)
    assert (code, points, total) == (0, ["25", "25", "30", "10"], "87.5")
    assert [item["code"] for item in found] == ["approved-points-set-aside"]


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (("20", "20", "30", "10"), "weights-sum"),
        (("20", "20", "", "20"), "weights-incomplete"),
        (("50", "20", "30", "10"), "weights-over"),
    ],
)
def test_points_that_cannot_be_what_was_approved_are_refused_and_each_line_named_works(
    tmp_path, points, code
):
    made = filled(tmp_path, *points)
    rules = ("--rules", "mof-2020")
    exit_code, allotted, _, found = outcome(made, *rules)
    assert (exit_code, set(allotted)) == (1, {None})
    assert [item["code"] for item in found] == [code]
    lines = re.findall(r'(?:weights = "\w+"|budget_points = \d+)', found[0]["remedy"])
    assert lines[-1] == 'weights = "groups"'
    for line in lines:
        choose(made, line)
        exit_code, allotted, _, found = outcome(made, *rules)
        assert (exit_code, None in allotted) == (0, False), line
    assert made.run("verify", "reports/2026").exit_code == 0


def test_points_of_the_goals_get_a_row_of_their_own(tmp_path):
    """The remedy of weights-sum: a qualitative indicator for the goals, added in the table."""
    import pandas as pd

    made = filled(tmp_path, "20", "20", "20", "10")
    assert outcome(made, "--rules", "mof-2020")[3][0]["code"] == "weights-sum"
    path = made.root / "targets" / "2026" / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = {
        "项目编号": "助学", "编码": "ZT-01", "目标类别": "年度", "目标序号": "1", "一级指标": "总体目标",
        "三级指标": "年度总体目标完成情况", "指标值": "全面完成", "分值": "20", "更正说明": "批复文件第2页",
    }  # fmt: skip
    pd.concat([table, pd.DataFrame([row])]).fillna("").to_csv(path, index=False, encoding="utf-8-sig")
    made.run("template", "--year", "2026", "--rules", "mof-2020")
    fill(made.actuals / "助学.xlsx", {"I11": "达成", "O11": "全部完成"})
    exit_code, points, total, found = outcome(made, "--rules", "mof-2020")
    assert (exit_code, points, total) == (0, ["20", "20", "20", "10", "20"], "90"), found


def test_two_units_in_one_workspace__finding(tmp_path):
    made = filled(tmp_path, "25", "25", "30", "10")
    assert "applicants-differ" not in made.codes()
    other = written("25", "25", "30", "10").replace("助学", "助残").replace("某市社会保险中心", "某县残联")
    made.put_form(other, "另一份.txt")
    made.run("import", "--year", "2026")
    run = made.run("check", "--year", "2026", "--format", "json")
    said = [item["sentence"] for item in json.loads(run.stdout) if item["code"] == "applicants-differ"]
    assert len(said) == 1
    assert (
        "某市社会保险中心（助学）、某县残联（助残）" in said[0]
        or "某县残联（助残）、某市社会保险中心（助学）" in said[0]
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('weights = "even"', "weights 写的是“even”"),
        ("weights = 3", "weights 写的是“3”"),
        ("budget_points = 120", "budget_points 写的是“120”"),
        ("budget_points = 9.005", "budget_points 写的是“9.005”"),
        ('budget_points = "20"', "budget_points 写的是“20”"),
        ('weight = "own"', "没有“weight”这一项"),
    ],
)
def test_a_line_that_is_none__finding(tmp_path, line, said):
    made = filled(tmp_path, "20", "20", "30", "20")
    choose(made, line)
    run = made.run("check", "--year", "2026", "--format", "json")
    assert run.exit_code == 1
    assert any(
        said in item["sentence"] for item in json.loads(run.stdout) if item["code"] == "scoring-toml-invalid"
    )
