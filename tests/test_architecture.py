"""The floors of CONTRIBUTING.md, and what every module and message owes its reader."""

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from evaluator.records.findings import catalogue, finding
from evaluator.records.source import Place

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "evaluator").rglob("*.py"))


def test_rooms_import_only_downward():
    script = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_every_message_is_used_and_every_code_used_has_a_message():
    """A code stands in the source as a whole string; messages nobody sends are dead weight."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    literals = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', source))
    assert {code for code in catalogue() if code not in literals} == set()
    sent = set(re.findall(r'\bfinding\(\s*"([^"]+)"', source))
    assert sent - set(catalogue()) == set()


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_is_a_chinese_sentence_that_says_what_to_do(code):
    message = catalogue()[code]
    found = finding(code, Place("a"), **dict.fromkeys(message.fields, "x"))
    assert re.search(r"[\u4e00-\u9fff]", found.sentence)
    assert message.title
    assert message.remedy
    assert not message.text.endswith("。")
    assert not message.remedy.endswith("。")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_one_room(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 350
    assert not lines or lines[0].startswith('"""')


def test_nothing_refers_to_what_is_outside_the_project():
    for path in (ROOT / "evaluator").rglob("*"):
        if path.suffix in {".py", ".toml", ".json", ".j2", ".css", ".js"}:
            assert "../shared" not in path.read_text(encoding="utf-8"), path


def test_help_starts_without_the_heavy_libraries():
    code = (
        "import sys; from evaluator.cli.commands import evaluate; "
        "heavy = {'pandas','pint','openpyxl','xlsxwriter','docx','pdfplumber','lxml','rich'} & set(sys.modules); "
        "print(*heavy)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr.strip(), run.returncode) == ("", "", 0)


def test_data_files_travel_with_the_package():
    package = resources.files("evaluator")
    for folder, name in (
        ("vocabulary", "forms.toml"),
        ("vocabulary", "checks.toml"),
        ("rules", "hubei.toml"),
        ("schemas", "evaluation.schema.json"),
    ):
        assert package.joinpath(folder, name).is_file()
