"""import, template, check, explain, verify, rules: each on a whole workspace."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluator.cli.commands import evaluate
from evaluator.rulesets import names
from tests.commands.workspaces import desk, fill_legal, filled_desk, legal_form
from tests.workbooks.typing import cell, fill


@pytest.fixture
def delivered(tmp_path):
    made = filled_desk(tmp_path)
    assert made.run("--year", "2026").exit_code == 0
    return made


def verdicts(made, *arguments):
    run = made.run("verify", str(made.reports), "--format", "json", *arguments)
    table = json.loads(run.stdout)
    bad = {
        row["path"]: row["status"]
        for row in table["files"]
        if row["status"] not in ("as-delivered", "input-unchanged")
    }
    return run.exit_code, bad, table["findings"]


def test_import_prints_what_was_read_and_where(tmp_path):
    run = desk(tmp_path).run("import", "--year", "2026")
    assert run.exit_code == 0
    assert "受理案件数量" in run.stdout
    assert "读到 1 个项目，年度指标 7 个" in run.stdout
    table = json.loads(desk(tmp_path).run("import", "--year", "2026", "--format", "json").stdout)
    assert [row["code"] for row in table["rows"]] == [
        "CB-01",
        "CC-01",
        "CC-02",
        "CC-03",
        "XY-01",
        "XY-02",
        "MY-01",
    ]


def test_two_forms_of_one_name_are_reviewed_each_by_itself(tmp_path):
    made = desk(tmp_path)
    made.put_form(legal_form().replace("≤11万元", "≤10万元"), name="旧版.txt")
    table = json.loads(made.run("import", "--year", "2026", "--format", "json").stdout)
    assert sorted(row["key"] for row in table["rows"] if row["code"] == "CB-01") == [
        "法律服务",
        "法律服务-2",
    ]
    assert made.run("import", "--year", "2026").stdout.count("CB-01") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_import_takes_every_encoding(tmp_path, encoding):
    made = desk(tmp_path)
    made.put_form(legal_form(), encoding=encoding)
    assert "年度指标 7 个" in made.run("import", "--year", "2026").stdout


def test_template_leaves_current_workbooks_alone_and_refreshes_stale_ones(tmp_path):
    made = filled_desk(tmp_path)
    path = made.actuals / "法律服务.xlsx"
    before = path.read_bytes()
    run = made.run("template", "--year", "2026")
    assert (run.exit_code, path.read_bytes()) == (0, before)
    run = made.run("template", "--year", "2026", "--rules", "mof-2021")
    assert "旧表另存为 actuals/2026/旧表/法律服务.xlsx" in run.stdout
    assert (made.actuals / "旧表" / "法律服务.xlsx").read_bytes() == before
    run = made.run("--year", "2026", "--rules", "mof-2021")
    assert run.exit_code == 0, run.stderr


def test_check_lists_everything_and_writes_nothing(tmp_path):
    made = desk(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    run = made.run("check", "--year", "2026")
    assert run.exit_code == 1
    assert "没有可用的填报表" in run.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_explain_says_how_a_score_came_about(delivered):
    run = delivered.run("explain", "法律", "CC-01")
    assert run.exit_code == 0
    assert "18÷20" in run.stdout.replace("×", "÷") or "18" in run.stdout
    assert "出处" in run.stdout
    derivation = json.loads(delivered.run("explain", "法律服务", "--format", "json").stdout)
    assert derivation["complete"] is True
    assert len(derivation["indicators"]) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "不存在"], "没有名称含“不存在”的项目"),
        (["explain", "法律服务", "XX-01"], "没有编码为“XX-01”的年度指标"),
    ],
)
def test_explain_what_is_not_there__finding(delivered, arguments, said):
    run = delivered.run(*arguments)
    assert run.exit_code == 1
    assert said in run.stderr


def test_verify_as_delivered(delivered):
    assert verdicts(delivered) == (0, {}, [])
    assert "[通过]" in delivered.run("verify", str(delivered.reports)).stdout


def test_verify_names_the_cell_that_changed(delivered):
    path = delivered.reports / "法律服务-自评表.xlsx"
    book = load_workbook(path)
    sheet = book["自评表"]
    place = next(
        c.coordinate
        for row in sheet.iter_rows()
        for c in row
        if str(c.value).startswith("=IF(") and "ROUND" in str(c.value)
    )
    sheet[place] = 20
    book.save(path)
    code, bad, findings = verdicts(delivered)
    assert (code, bad) == (1, {"法律服务-自评表.xlsx": "changed"})
    changed = [item for item in findings if item["code"] == "verify-cell-changed"]
    assert [item["place"].rpartition("!")[2] for item in changed] == [place]
    assert "变为“20”" in changed[0]["sentence"]


def test_verify_tells_a_review_from_a_change(delivered):
    path = delivered.reports / "法律服务-自评表.xlsx"
    book = load_workbook(path)
    sheet = book["自评表"]
    column, row = next((c.column, c.row) for r in sheet.iter_rows() for c in r if c.value == "复核得分")
    target = next(
        r
        for r in range(row + 1, row + 20)
        if sheet.cell(r, column).value is None and not sheet.cell(r, column).protection.locked
    )
    sheet.cell(target, column).value = 5
    book.save(path)
    code, bad, _ = verdicts(delivered)
    assert (code, bad) == (0, {"法律服务-自评表.xlsx": "reviewed"})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda made: fill(made.actuals / "法律服务.xlsx", {cell("CC-01", "actual"): 20}), {"actuals/2026/法律服务.xlsx": "input-changed"}),
        (lambda made: (made.actuals / "法律服务.xlsx").unlink(), {"actuals/2026/法律服务.xlsx": "input-missing"}),
        (lambda made: made.put_form("附注", "附注.txt"), {"targets/2026/source/附注.txt": "input-added"}),
        (lambda made: (made.reports / "index.html").unlink(), {"index.html": "missing"}),
        (lambda made: (made.reports / "多余.txt").write_text("x"), {"多余.txt": "extra"}),
        (lambda made: (made.reports / "index.html").write_text("x"), {"index.html": "changed"}),
    ],
)  # fmt: skip
def test_verify_says_of_each_file_what_became_of_it(delivered, change, expected):
    change(delivered)
    _, bad, findings = verdicts(delivered)
    assert bad == expected
    assert findings


def test_verify_sees_through_a_forged_manifest(delivered):
    import hashlib

    page = delivered.reports / "index.html"
    manifest = delivered.reports / "manifest.json"
    before = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text(page.read_text(encoding="utf-8").replace("法律服务", "法律服务费"), encoding="utf-8")
    after = hashlib.sha256(page.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert verdicts(delivered)[:2] == (1, {"manifest.json": "record-edited", "index.html": "not-reproduced"})


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{}",
        "[]",
        "x",
        '{"inputs": [{"path": "/etc/passwd", "sha256": ""}], "outputs": [], "request": {"year": 2026}}',
    ],
)
def test_verify_without_a_manifest_of_ours__finding(delivered, content):
    manifest = delivered.reports / "manifest.json"
    manifest.unlink() if content is None else manifest.write_text(content)
    code, _, findings = verdicts(delivered)
    assert (code, [item["code"] for item in findings]) == (1, ["verify-no-manifest"])


def test_verify_writes_nothing(delivered):
    before = {path: path.stat().st_mtime_ns for path in delivered.root.rglob("*") if path.is_file()}
    delivered.run("verify", str(delivered.reports))
    assert {path: path.stat().st_mtime_ns for path in delivered.root.rglob("*") if path.is_file()} == before


def test_the_date_printed_is_an_input(delivered):
    delivered.run("--year", "2026", "--date", "2027-01-15")
    assert verdicts(delivered)[0] == 0
    manifest = json.loads((delivered.reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "evaluate --year 2026 --date 2027-01-15"
    assert "2027-01-15" in (delivered.reports / "index.html").read_text(encoding="utf-8")


def test_the_manifest_names_every_input_and_output(delivered):
    manifest = json.loads((delivered.reports / "manifest.json").read_text(encoding="utf-8"))
    present = {path.name for path in delivered.reports.iterdir()} - {
        "manifest.json",
        "校验.sha256",
    }
    assert {row["path"] for row in manifest["outputs"]} == present
    assert {"targets/2026/indicators.csv", "actuals/2026/法律服务.xlsx"} <= {
        row["path"] for row in manifest["inputs"]
    }


def test_a_project_that_is_gone_takes_its_reports_along(delivered):
    shutil.rmtree(delivered.root / "targets")
    delivered.put_form(legal_form().replace("法律服务", "法律顾问"))
    delivered.run("template", "--year", "2026")
    fill_legal(delivered.actuals / "法律顾问.xlsx")
    (delivered.actuals / "法律服务.xlsx").unlink()
    assert delivered.run("--year", "2026").exit_code == 0
    assert not (delivered.reports / "法律服务-自评表.xlsx").exists()
    assert verdicts(delivered)[0] == 0


@pytest.mark.parametrize("name", names())
def test_rules_shows_every_clause_with_its_status(tmp_path, name):
    from click.testing import CliRunner

    from tests.commands.workspaces import Desk

    run = CliRunner().invoke(evaluate, ["rules", name, "--format", "json"], catch_exceptions=False)
    clauses = json.loads(run.stdout)["clauses"]
    assert {row["status"] for row in clauses} <= {"seen", "known", "chosen"}
    assert all(row["citation"] and row["title"] for row in clauses)
    assert "出处" in CliRunner().invoke(evaluate, ["rules", name]).stdout
    assert Desk


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请写明自评年度"),
        (["--year", "1999"], "--year 的值不对：“1999”不是年度"),
        (["--year", "abc"], "“abc”不是年度"),
        (["--year"], "选项 --year 后面要写一个值"),
        (["--yeer", "2026"], "没有选项 --yeer，是不是 --year？"),
        (["check"], "缺少 --year"),
        (["check", "--year", "2026", "多余"], "多写了“多余”"),
        (["nonsense"], "没有命令“nonsense”，可用的命令：audit、check、"),
        (["--year", "2026", "-C", "/no/such/folder"], "没有文件夹“/no/such/folder”"),
        (["--year", "2026", "--date", "昨天"], "“昨天”不是日期"),
        (["--year", "2026", "--rules", "henan"], "没有名为“henan”的规则，可用的有：hubei、"),
        (["--year", "2026", "--rules", "无.toml"], "没有文件“无.toml”"),
        (["--year", "2026", "--format", "xml"], "“xml”不在可选范围内"),
        (["rules", "henan"], "没有名为“henan”的规则"),
        (["verify", "/no/such/folder"], "没有文件夹“/no/such/folder”"),
        (["verify"], "缺少 报告文件夹"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_said_in_chinese(arguments, said):
    from click.testing import CliRunner

    run = CliRunner().invoke(evaluate, arguments)
    assert run.exit_code == 2
    assert said in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize(
    "command", [[], ["import"], ["template"], ["check"], ["explain"], ["verify"], ["rules"]]
)
def test_the_help_is_in_chinese(command):
    from click.testing import CliRunner

    said = CliRunner().invoke(evaluate, [*command, "--help"]).stdout
    assert said.startswith("用法：")
    assert not any(word in said for word in ("Usage", "Options", "Commands", "Show", "required", "default"))


def test_a_unit_can_bring_its_own_rules(tmp_path):
    from importlib import resources

    made = filled_desk(tmp_path)
    own = tmp_path / "本单位规则.toml"
    text = resources.files("evaluator").joinpath("rules", "hubei.toml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    run = made.run("--year", "2026", "--rules", str(own))
    assert run.exit_code == 0, run.stderr
    assert verdicts(made)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("-C", "{}", "check", "--year", "2026", "--format", "json"),
        ("-C{}", "--year", "2026", "check", "--format", "json"),
        ("--workspace={}", "--format=json", "check", "--year=2026"),
        ("--format", "json", "check", "-C", "{}", "--year", "2026"),
    ],
)
def test_options_may_stand_before_the_command(delivered, arguments):
    run = run_as_written(argument.format(delivered.root) for argument in arguments)
    assert run.exit_code == 0, run.stderr
    assert isinstance(json.loads(run.stdout), list)


def test_an_option_that_a_command_does_not_have_is_never_ignored(delivered):
    run = run_as_written(["-C", str(delivered.root), "--date", "2027-01-15", "check", "--year", "2026"])
    assert (run.exit_code, "没有选项 --date" in run.stderr) == (2, True)


@pytest.mark.parametrize("command", [("--year", "2026"), ("explain", "法律服务", "--year", "2026")])
def test_json_is_json_even_where_there_is_nothing_to_show(tmp_path, command):
    from tests.commands.workspaces import Desk

    run = Desk(tmp_path).run(*command, "--format", "json")
    assert run.exit_code == 1
    assert [item["code"] for item in json.loads(run.stdout)["findings"]] == ["source-folder-empty"]
    assert "没有批复表" in run.stderr


def run_as_written(arguments):
    from click.testing import CliRunner

    from evaluator.cli.commands import evaluate

    return CliRunner().invoke(evaluate, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize("to", ["/dev/full", "-"])
def test_an_output_that_fails_is_no_traceback(delivered, to):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    run = f"'{sys.executable}' -m evaluator -C '{delivered.root}' check --year 2026 >" + (
        to if to != "-" else "&-"
    )
    done = subprocess.run(["sh", "-c", run], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if to == "/dev/full" else 0)


def test_verify_takes_the_workspaces_folder_before_one_of_that_name_here(delivered, tmp_path, monkeypatch):
    (tmp_path / "elsewhere" / "reports" / "2026").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert delivered.run("verify", "reports/2026").exit_code == 0


def test_the_next_steps_can_be_run_as_they_are_printed(delivered):
    run = delivered.run("--year", "2026", "--rules", "mof-2021")
    suggested = [
        line.partition("：evaluate ")[2] for line in run.stdout.splitlines() if "：evaluate " in line
    ]
    assert len(suggested) == 3
    assert sum("--rules mof-2021" in command for command in suggested) == 2
    for command in suggested:
        assert run_as_written(shlex.split(command)).exit_code == 0, command
