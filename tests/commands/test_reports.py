"""`--report unit|project|both` and `--pages`: which written reports there are, and that they can be verified."""

import json

import pytest
from docx import Document

from tests.commands.workspaces import filled_desk
from tests.render.office import needs_office

UNIT, OWN = "自评报告.docx", "法律服务-自评报告.docx"


@pytest.mark.parametrize(("asked", "files"), [(None, {UNIT}), ("project", {OWN}), ("both", {UNIT, OWN})])
def test_the_reports_that_were_asked_for(tmp_path, asked, files):
    made = filled_desk(tmp_path)
    made.run("--year", "2026", *(["--report", asked] if asked else []))
    assert {path.name for path in made.reports.glob("*.docx")} == files
    assert made.run("verify", "reports/2026").exit_code == 0


def test_another_choice_takes_the_former_reports_away(tmp_path):
    made = filled_desk(tmp_path)
    made.run("--year", "2026", "--report", "both")
    made.run("--year", "2026", "--report", "project")
    assert [path.name for path in made.reports.glob("*.docx")] == [OWN]


def test_an_unknown_choice_is_wrong_usage(tmp_path):
    run = filled_desk(tmp_path).run("--year", "2026", "--report", "all")
    assert run.exit_code == 2


@needs_office
def test_pages_stand_in_the_contents_and_in_the_manifest(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    assert made.run("--year", "2026", "--pages").exit_code == 0
    asked = json.loads((made.reports / "manifest.json").read_text(encoding="utf-8"))["request"]
    entries = [
        p.text for p in Document(str(made.reports / UNIT)).paragraphs if p.style.name.startswith("toc")
    ]
    assert [entry.partition("\t")[2] for entry in entries] == [str(page) for page in asked["pages"][UNIT]]
    # A machine without LibreOffice can make the delivery again: the manifest says the pages.
    monkeypatch.setenv("PATH", str(tmp_path))
    assert made.run("verify", "reports/2026").exit_code == 0


def test_without_libreoffice_it_is_said_and_the_contents_have_no_pages(tmp_path, monkeypatch):
    made = filled_desk(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    run = made.run("--year", "2026", "--pages")
    assert run.exit_code == 0
    assert "目录没有" in run.stdout or "没有算出目录的页码" in run.stdout
    assert made.run("verify", "reports/2026").exit_code == 0
    plain = (made.reports / UNIT).read_bytes()
    made.run("--year", "2026")
    assert (made.reports / UNIT).read_bytes() == plain


@needs_office
def test_a_template_without_contents_is_said_not_to_have_pages(tmp_path):
    made = filled_desk(tmp_path)
    own = Document()
    own.add_heading("{{ title }}", 1)
    own.save(str(tmp_path / "targets" / "自评报告模板.docx"))
    assert "没有算出目录的页码" in made.run("--year", "2026", "--pages").stdout
    assert made.run("verify", "reports/2026").exit_code == 0
