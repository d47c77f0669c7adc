"""The main job run again: what is the same is not done again, and every way gives the same bytes."""

import hashlib
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from evaluator.pipeline import workshop
from evaluator.pipeline.projects import do_bundle
from evaluator.records.evaluation import UnitEvaluation
from tests.commands.workspaces import desk, fill_legal
from tests.render import samples
from tests.workbooks.typing import cell, fill
from tests.written import form

FORMS = [
    form(
        f"""
        年度目标1 | 成本指标 | 经济成本指标 | 费用 | ≤{10 + number}万元 | 计划标准
         | 产出指标 | 数量指标 | 办件数量 | ≥{100 + number}件 | 计划标准
        """,
        name=f"业务经费{number}",
    )
    for number in range(10)
]


def delivered(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


@pytest.fixture
def counted(monkeypatch):
    """The keys of the projects that were evaluated, in this process."""
    done: list[str] = []

    def counting(bundle):
        done.extend(task.project.key for task in bundle.tasks)
        return do_bundle(bundle)

    monkeypatch.setattr(workshop, "do_bundle", counting)
    return done


def test_only_what_changed_is_done_again(tmp_path, counted):
    place = desk(tmp_path)
    place.run("--year", "2026")
    path = next(place.actuals.glob("*.xlsx"))
    fill_legal(path)
    place.run("--year", "2026")
    first, before = list(counted), delivered(place.reports)
    counted.clear()
    assert place.run("--year", "2026").exit_code in (0, 1)
    assert counted == []
    assert delivered(place.reports) == before
    fill(path, {cell("CB-01", "actual"): 1})
    place.run("--year", "2026")
    assert counted == [first[0]]
    assert delivered(place.reports) != before


def test_a_delivered_file_that_was_changed_is_made_again_without_the_work(tmp_path, counted):
    place = desk(tmp_path)
    place.run("--year", "2026")
    fill_legal(next(place.actuals.glob("*.xlsx")))
    place.run("--year", "2026")
    before = delivered(place.reports)
    counted.clear()
    sheet = next(place.reports.glob("*-自评表.xlsx"))
    sheet.write_bytes(b"changed")
    place.run("--year", "2026")
    assert counted == []
    assert delivered(place.reports) == before
    assert (place.reports / "改动留存").is_dir()


def test_a_store_that_is_deleted_or_harmed_changes_nothing(tmp_path):
    place = desk(tmp_path)
    place.run("--year", "2026")
    place.run("--year", "2026")
    before = delivered(place.reports)
    for entry in (tmp_path / ".evaluate").rglob("*"):
        if entry.is_file():
            entry.write_bytes(b"harmed")
    place.run("--year", "2026")
    assert delivered(place.reports) == before


@pytest.mark.parametrize("option", ["0", "three", "257"])
def test_a_number_of_workers_that_is_none__usage(option, tmp_path):
    run = desk(tmp_path).run("--year", "2026", "--workers", option)
    assert run.exit_code == 2
    assert "不是进程数" in run.stderr


def test_whoever_works_the_bytes_are_the_same(tmp_path):
    """Ten projects: a pool of two, and this process alone."""
    made = []
    for workers in ("1", "2"):
        place = desk(tmp_path / workers, forms="\n".join(FORMS))
        place.run("--year", "2026", "--workers", workers)
        run = place.run("--year", "2026", "--workers", workers)
        made.append((run.stdout.replace(str(place.root), ""), delivered(place.reports)))
    assert made[0] == made[1]


def test_what_is_kept_is_what_was_evaluated():
    unit = samples.unit("hubei", samples.mixed("hubei"), samples.hard("hubei"), samples.unfinished("hubei"))
    content = msgspec.msgpack.encode(unit)
    assert msgspec.msgpack.decode(content, type=UnitEvaluation) == unit
    assert any(isinstance(item.total, Decimal) for item in unit.evaluations)
