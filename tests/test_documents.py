"""What the documents say is so: the page of findings, the commands, the two commands of the README."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli.commands import evaluate
from evaluator.records.findings import catalogue
from evaluator.storage.files import digest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def test_the_page_of_findings_is_up_to_date():
    page = runpy.run_path(str(ROOT / "tools" / "build_findings.py"))["page"]()
    assert (ROOT / "docs" / "findings.zh-CN.md").read_text(encoding="utf-8") == page
    assert [code for code in catalogue() if f"| `{code}` |" not in page] == []


@pytest.mark.parametrize("name", sorted(evaluate.commands))
def test_every_command_has_help_and_stands_in_both_readmes(name):
    run = CliRunner().invoke(evaluate, [name, "--help"])
    assert run.exit_code == 0
    assert re.search(r"[\u4e00-\u9fff]", run.output)
    assert f"evaluate {name}" in README
    assert f"evaluate {name}" in GUIDE


def test_what_windows_is_told_to_type_works_in_its_older_powershell_too():
    for text in (README, GUIDE):
        lines = [line for line in text.splitlines() if ".venv\\Scripts" in line]
        assert lines
        assert not any("&&" in line for line in lines)


def test_every_file_that_the_readmes_name_is_there():
    for text in (README, GUIDE):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in target:
                assert (ROOT / target).exists(), target


def test_the_demonstration_workbooks_are_what_their_script_makes(tmp_path, monkeypatch):
    script = runpy.run_path(str(ROOT / "tools" / "build_samples.py"))
    from evaluator.pipeline.importing import read_targets_from_sources
    from evaluator.pipeline.workspace import Workspace
    from evaluator.render.fill_in.workbook import new_stamp, write_fill_in
    from evaluator.rulesets import load

    rules, _ = load("hubei")
    for project in read_targets_from_sources(Workspace(ROOT), 2026).projects:
        stamp = new_stamp(project, 2026, rules)
        path = tmp_path / f"{project.key}.xlsx"
        write_fill_in(
            path, project, 2026, rules, script["entries"](project, script["SAMPLES"][project.name], stamp)
        )
        assert path.read_bytes() == (ROOT / "actuals" / "2026" / path.name).read_bytes(), path.name


def test_the_list_of_samples_has_every_sample():
    """By this list a unit's own files are told from samples; ``tools/build_samples.py`` writes it."""
    lines = (ROOT / "targets" / "示例.sha256").read_text(encoding="utf-8").splitlines()
    listed = {path: sha256 for sha256, path in (line.split(maxsplit=1) for line in lines)}
    shipped = subprocess.run(
        ["git", "-c", "core.quotePath=false", "ls-files", "targets/*/source/*", "actuals"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert set(shipped.stdout.split()) in (set(listed), set())  # nothing where this is no git repository
    assert {path: digest(ROOT / path) for path in listed} == listed


def test_output_under_gbk_never_fails():
    code = (
        "import io, sys; sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='cp936'); "
        "sys.argv = ['evaluate', 'rules', 'hubei']; from evaluator.cli import main; main()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode(errors="replace")
