"""The command: JSON as documented, exit codes, folders, what cannot be read."""

import json

from click.testing import CliRunner

from evaluator.cli.commands import evaluate
from tests.audit.sheets import NATIONAL, RIGHT, save


def run(*arguments):
    return CliRunner().invoke(evaluate, ["audit", *map(str, arguments)], catch_exceptions=False)


def test_json_as_documented(tmp_path):
    path = save(tmp_path / "a.xlsx", NATIONAL, RIGHT.replace("| 100 | 91.5", "| 100 | 92"))
    done = run(path, "--format", "json")
    assert done.exit_code == 1
    result = json.loads(done.stdout)
    [sheet] = result["sheets"]
    assert result["findings"] == []
    assert (sheet["file"], sheet["project"], sheet["rules"]) == ("a.xlsx", "法律服务", "mof-2020")
    assert sheet["rules_because"]
    assert sheet["rows"][3] == {
        "cell": "D14", "name": "调解成功率", "target": "≥80%", "actual": "60%", "points": "30", "printed": "22.5",
        "computed": "22.5", "confidence": "高",
    }  # fmt: skip
    [found] = sheet["findings"]
    assert (found["code"], found["severity"], found["cell"]) == ("total-wrong", "error", "A16")
    assert "92" in found["sentence"]
    assert "91.5" in found["sentence"]
    assert sheet["checks"]["total-wrong"] == {"passed": 0, "found": 1, "not-applicable": 0, "cannot-judge": 0}
    assert sum(sheet["checks"]["score-wrong"].values()) == 5


def test_exit_codes(tmp_path):
    right = save(tmp_path / "a.xlsx", NATIONAL, RIGHT)
    assert run(right).exit_code == 0
    assert run(right, "--rules", "none").exit_code == 2
    assert run(tmp_path / "b.xlsx").exit_code == 2
    assert run(right, "--out", tmp_path / "b.txt").exit_code == 2
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert run(tmp_path / "c.xlsx").exit_code == 1


def test_a_folder__worst_first_and_what_is_none_of_them(tmp_path):
    save(tmp_path / "a.xlsx", NATIONAL, RIGHT)
    (tmp_path / "b").mkdir()
    save(tmp_path / "b" / "b.xlsx", NATIONAL, RIGHT.replace("| 100 | 91.5", "| 100 | 92"))
    (tmp_path / "说明.txt").write_text("请查收", encoding="utf-8")
    result = json.loads(run(tmp_path, "--format", "json").stdout)
    assert [item["file"] for item in result["sheets"]] == ["b/b.xlsx", "a.xlsx"]
    assert [item["code"] for item in result["findings"]] == ["file-skipped"]


def test_a_sheet_whose_heads_are_unknown__error_in_a_folder_too(tmp_path):
    strange = NATIONAL.replace("实际完成值", "搞定了多少")
    save(tmp_path / "a.xlsx", NATIONAL, RIGHT)
    save(tmp_path / "b.xlsx", strange, RIGHT)
    done = run(tmp_path, "--format", "json")
    result = json.loads(done.stdout)
    assert [item["file"] for item in result["sheets"]] == ["a.xlsx"]
    assert [(item["code"], item["file"]) for item in result["findings"]] == [
        ("head-unknown", "b.xlsx!Sheet!A1")
    ]
    assert done.exit_code == 1


def test_a_file_without_a_form__one_error(tmp_path):
    (tmp_path / "说明.txt").write_text("请查收", encoding="utf-8")
    result = json.loads(run(tmp_path / "说明.txt", "--format", "json").stdout)
    assert [item["code"] for item in result["findings"]] == ["no-form"]
    assert result["sheets"] == []


def test_the_terminal_says_where_and_why(tmp_path):
    save(tmp_path / "a.xlsx", NATIONAL, RIGHT.replace("| 100 | 91.5", "| 100 | 92"))
    done = run(tmp_path)
    for words in ("法律服务", "A16", "H16", "92", "91.5", "一致最多", "共检查", "无法判断"):
        assert words in done.stdout
