"""evaluate units: many workspaces below one folder, whole commands."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from openpyxl import load_workbook

from evaluator.cli.commands import evaluate
from evaluator.pipeline import units as units_module
from evaluator.pipeline.job import do_job
from evaluator.pipeline.rollup import read_rollup
from evaluator.pipeline.settings import Request
from evaluator.pipeline.units import UnitDone, do_unit, evaluate_units, find_units
from evaluator.pipeline.working import ALONE, crew_of
from evaluator.render.rollup.units_json import schema
from tests.commands.workspaces import desk, fill_legal, legal_form
from tests.render.office import needs_office, recalculate


def run(root: Path, *options: str) -> Result:
    arguments = ["units", "--year", "2026", str(root), *options]
    return CliRunner().invoke(evaluate, arguments, catch_exceptions=False)


def unit(root: Path, *, filled: bool = True, applicant: str = "") -> Path:
    forms = legal_form().replace("某市社会保险中心", applicant or root.name)
    made = desk(root, forms=forms)
    made.run("--year", "2026")
    if filled:
        fill_legal(next(made.actuals.glob("*.xlsx")))
    return root


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Path:
    """Two bureaus with three units, one of which has handed in nothing."""
    root = tmp_path_factory.mktemp("省")
    unit(root / "甲局" / "一所")
    unit(root / "甲局" / "二所", filled=False)
    unit(root / "乙局")
    run(root, "--workers", "1")
    return root


def rolled_up(root: Path) -> dict:
    return json.loads((root / "reports" / "2026" / "units.json").read_text(encoding="utf-8"))


def fingerprints(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("reports/2026/*"))
        if path.is_file()
    }


def codes(root: Path) -> list[tuple[str, str]]:
    return [(item["code"], item["place"]) for item in rolled_up(root)["findings"]]


def test_units_are_found_at_any_depth_and_rolled_up(province):
    table = rolled_up(province)
    jsonschema.validate(table, schema())
    assert [(item["folder"], item["name"], len(item["projects"])) for item in table["units"]] == [
        ("乙局", "乙局", 1),
        ("甲局/一所", "一所", 1),
        ("甲局/二所", "二所", 1),
    ]
    assert [(item["folder"], item["what"]) for item in table["due"]] == [
        ("乙局", "no-review"),
        ("甲局/一所", "no-review"),
        ("甲局/二所", "no-workbook"),
    ]
    for item in table["units"]:
        sealed = (province / item["folder"] / "reports" / "2026" / "manifest.json").read_bytes()
        assert item["manifest"] == hashlib.sha256(sealed).hexdigest()


def test_a_unit_gets_what_the_main_command_gives_it(province, tmp_path):
    alone = tmp_path / "乙局"
    for folder in ("targets", "actuals"):
        shutil.copytree(province / "乙局" / folder, alone / folder)
    CliRunner().invoke(evaluate, ["--year", "2026", "-C", str(alone)], catch_exceptions=False)
    here = {path.name: path.read_bytes() for path in (alone / "reports" / "2026").iterdir()}
    there = {path.name: path.read_bytes() for path in (province / "乙局" / "reports" / "2026").iterdir()}
    assert here == there


def test_the_terminal_shows_units_not_their_lines(province):
    said = run(province, "--workers", "1")
    assert "单位 3 个，有结果 3 个" in said.stdout
    assert "甲局/二所" in said.stdout
    assert str(province / "reports" / "2026") in said.stdout
    assert len(said.stdout.splitlines()) < 20


def test_the_same_bytes_whoever_works(province):
    before = fingerprints(province)
    for path in province.rglob(".evaluate"):
        for entry in path.rglob("??/*"):
            entry.unlink()
    run(province, "--workers", "2")
    assert fingerprints(province) == before


@pytest.mark.filterwarnings("ignore")
def test_the_same_bytes_on_a_dask_cluster(province):
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    before = fingerprints(province)
    for path in province.rglob(".evaluate"):
        for entry in path.rglob("??/*"):
            entry.unlink()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        said = run(province, "--scheduler", made.scheduler_address)
    assert "单位 3 个，有结果 3 个" in said.stdout
    assert fingerprints(province) == before


def test_a_scheduler_that_cannot_be_reached__finding(province, monkeypatch):
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    monkeypatch.setattr("evaluator.pipeline.cluster._WAIT", "0.2s")
    said = run(province, "--scheduler", "tcp://127.0.0.1:1")
    assert said.exit_code == 1
    assert "连不上调度器“tcp://127.0.0.1:1”" in said.stderr


@needs_office
def test_the_workbook_s_formulas_give_what_it_shows(province, tmp_path):
    path = province / "reports" / "2026" / "各单位汇总.xlsx"
    live = recalculate([path], tmp_path)[path.name]
    shown = load_workbook(path, data_only=True)
    for name in ("按单位", "按项目"):
        for row in shown[name].iter_rows():
            for cell in row:
                assert (live[name][cell.coordinate].value or None) == (cell.value or None), cell.coordinate


def test_the_page_names_every_unit_and_links_to_its_page(province):
    page = (province / "reports" / "2026" / "index.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert [row[1] for row in data["units"]] == ["乙局", "甲局/一所", "甲局/二所"]
    assert data["units"][0][2].startswith("../../%E4%B9%99%E5%B1%80/reports/2026/index.html")


def test_hostile_names_stay_text(tmp_path):
    unit(tmp_path / "甲", applicant="</script><script>alert(1)</script>")
    run(tmp_path)
    page = (tmp_path / "reports" / "2026" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page


# --- bad input ------------------------------------------------------------------------------------


def test_a_unit_without_forms_and_units_of_one_name(tmp_path):
    unit(tmp_path / "甲", applicant="中心")
    unit(tmp_path / "乙", applicant="中心")
    (tmp_path / "丙" / "targets" / "2026" / "source").mkdir(parents=True)
    assert run(tmp_path).exit_code == 1
    assert ("unit-not-evaluated", "丙") in codes(tmp_path)
    assert ("units-same-name", "乙") in codes(tmp_path)
    assert [item["what"] for item in rolled_up(tmp_path)["due"] if item["folder"] == "丙"] == ["no-result"]


def test_a_unit_inside_a_unit_and_links_in_circles(tmp_path):
    unit(tmp_path / "甲")
    unit(tmp_path / "甲" / "内")
    (tmp_path / "环").symlink_to(tmp_path, target_is_directory=True)
    found, findings = find_units(tmp_path, 2026)
    assert [path.name for path in found] == ["甲"]
    assert sorted((item.code, item.place.file) for item in findings) == [
        ("unit-in-unit", "甲/内"),
        ("unit-link", "环"),
    ]


def test_a_folder_that_is_a_unit_or_holds_none__finding(tmp_path):
    said = run(tmp_path)
    assert said.exit_code == 1
    assert "没有找到2026年度的单位" in said.stderr
    unit(tmp_path)
    said = run(tmp_path)
    assert said.exit_code == 1
    assert "这个文件夹自己就是一个单位" in said.stderr


def test_a_unit_that_another_run_writes__finding(tmp_path):
    unit(tmp_path / "甲")
    unit(tmp_path / "乙")
    with FileLock(tmp_path / "甲" / ".evaluate" / "lock"):
        run(tmp_path)
    assert [(item["folder"], item["problem"]) for item in rolled_up(tmp_path)["units"]] == [
        ("乙", ""),
        ("甲", "另一次运行正在写这个单位的报告，本次什么也没有做"),
    ]


def test_a_full_disk_in_one_unit_costs_that_unit_only(tmp_path, monkeypatch):
    for name in "甲乙丙":
        unit(tmp_path / name)
    whole = do_job

    def filling(workspace, *rest):
        if workspace.root.name == "乙":
            monkeypatch.setattr("evaluator.storage.files.tempfile.mkstemp", _no_space)
        try:
            return whole(workspace, *rest)
        finally:
            monkeypatch.undo()
            monkeypatch.setattr(units_module, "do_job", filling)

    monkeypatch.setattr(units_module, "do_job", filling)
    done = evaluate_units([tmp_path / name for name in "甲乙丙"], Request(2026), ALONE)
    assert [item.problem for item in done] == ["", "磁盘空间不足，文件没有写成，原有文件未受影响", ""]
    rollup = read_rollup(tmp_path, 2026, done, [])
    assert [bool(item.problem) for item in rollup.units] == [False, True, False]


def _no_space(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_another_version_of_the_tool_on_a_worker__finding(tmp_path):
    unit(tmp_path / "甲")
    piece = units_module.UnitPiece(str(tmp_path / "甲"), Request(2026), "another")
    with pytest.raises(units_module.OtherToolError):
        do_unit(piece)


def test_units_that_disagree_are_named(tmp_path):
    for name, rules in (("甲", "hubei"), ("乙", "mof-2020"), ("丙", "hubei")):
        place = unit(tmp_path / name)
        (place / "targets" / "2026" / "scoring.toml").write_text(f'rules = "{rules}"\n')
    run(tmp_path)
    found = next(item for item in rolled_up(tmp_path)["findings"] if item["code"] == "units-other-rules")
    assert "1个单位（乙）" in found["text"]


def test_a_unit_that_fails_twice_is_named_and_the_rest_is_done(tmp_path, monkeypatch):
    for name in "甲乙":
        unit(tmp_path / name)

    def failing(workspace, *rest):
        raise RuntimeError("boom")

    monkeypatch.setattr(units_module, "do_job", failing)
    done = evaluate_units([tmp_path / "甲"], Request(2026), ALONE)
    assert done == [UnitDone(str(tmp_path / "甲"), (), "程序出错（RuntimeError：boom）", True, True)]
    monkeypatch.undo()
    done += evaluate_units([tmp_path / "乙"], Request(2026), ALONE)
    rollup = read_rollup(tmp_path, 2026, done, [])
    assert [item.code for item in rollup.findings] == ["unit-failed"]
    assert [bool(item.projects) for item in rollup.units] == [False, True]


def test_a_large_unit_is_shared_out(tmp_path, monkeypatch):
    monkeypatch.setattr(units_module, "_LARGE", 0)
    unit(tmp_path / "甲")
    done = evaluate_units([tmp_path / "甲"], Request(2026), crew_of(2))
    assert [item.problem for item in done] == [""]


def test_a_closed_folder__finding(tmp_path):
    unit(tmp_path / "甲")
    closed = tmp_path / "乙"
    closed.mkdir()
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("root looks into closed folders")
    try:
        assert ("unit-folder-locked", "乙") in [
            (item.code, item.place.file) for item in find_units(tmp_path, 2026)[1]
        ]
    finally:
        closed.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal are POSIX's")
def test_ctrl_c_ends_everything_and_leaves_the_former_deliveries(province):
    before = fingerprints(province)
    for path in province.rglob(".evaluate"):
        shutil.rmtree(path)
    command = [sys.executable, "-m", "evaluator", "units", "--year", "2026", str(province), "--workers", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and not _begun(province):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the command and its workers
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    assert fingerprints(province) == before
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nothing of it is left


def _begun(root: Path) -> bool:
    """Whether some unit's result is being kept already."""
    return any(root.rglob(".evaluate/??/*"))
