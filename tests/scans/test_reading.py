"""Pages of pictures as rows: what stands in the cells, how sure it is, and what is refused."""

import json
import subprocess
import sys

import pytest

from evaluator.readers import read_source
from evaluator.scans import reading
from evaluator.scans.store import PageStore, picture_path, prune, reading_path
from tests.scans.pages import (
    draw,
    needs_scan,
    noisy,
    packed,
    picture_pdf,
    scribble,
    sealed,
    tilted,
)
from tests.workbooks.typing import ROWS
from tests.written import form

needs_scan()
LONG = ROWS.replace("年度目标", "长期目标")
SHORT = """
    年度目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | | 质量指标 | 合规率 | ≥95% | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""


def read(content: bytes, folder, name="批复.png"):
    path = folder / name
    path.write_bytes(content)
    source, findings = read_source(path, folder, PageStore(folder / "pages"))
    return source, [(item.code, item.place.part) for item in findings]


def texts(source, *, table: bool = True) -> list[str]:
    """The rows of tables, or the lines around them."""
    return [" | ".join(cell.text for cell in row.cells) for row in source.rows if bool(row.table) is table]


def written(text: str) -> list[str]:
    """The lines of a form's table as `texts` gives them: without blank cells."""
    lines = [[piece.strip() for piece in line.split("|")] for line in text.strip().split("\n")]
    return [" | ".join(piece for piece in line if piece) for line in lines][3:]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    text = form(ROWS, long_term=LONG)
    return text, *read(packed(draw(text)), tmp_path_factory.mktemp("whole"))


def test_a_clean_page_is_read_to_the_letter(whole):
    text, source, findings = whole
    assert texts(source) == written(text)
    assert [line.replace("：", ":") for line in texts(source, table=False)] == [
        "项目支出绩效目标批复表",
        "申报单位: | 某市社会保险中心",
        "金额单位:万元",
    ]
    assert findings == [("scan-read", "")]


def test_every_cell_says_where_it_stands_and_how_sure_it_is(whole):
    _, source, _ = whole
    cells = [cell for row in source.rows for cell in row.cells]
    assert all(cell.box and 0 < cell.certainty <= 1 for cell in cells)
    (value,) = (cell for cell in cells if cell.text == "2026年11月底前" and cell.place.cell == "R11C5")
    assert value.place.part == "第1页表1"
    assert value.box.page == 1
    assert value.box.right - value.box.left == pytest.approx(2923 / 842 * (495 / 6), abs=8)
    assert min(cell.certainty for cell in cells if cell.text.startswith(("≥", "≤", "="))) > 0.9


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("askew", lambda page: tilted(page, 2.3)),
        ("askew the other way, noisy, JPEG", lambda page: noisy(tilted(page, -1.2))),
        ("upside down", lambda page: page.rotate(180)),
        ("lying on its side", lambda page: page.rotate(90, expand=True)),
        ("black and white, 600 dpi", lambda page: page.resize((4960, 7016)).convert("1")),
    ],
)
def test_however_the_page_lay_the_rows_are_the_same(name, change, tmp_path):
    text = form(SHORT)
    kind = {"quality": 70} if "JPEG" in name else {}
    source, findings = read(packed(change(draw(text)), "JPEG" if kind else "PNG", **kind), tmp_path)
    assert texts(source) == written(text)
    assert [code for code, _ in findings] == ["scan-read"]


SIGNS = """
    项目支出绩效目标申报表
    项目名称 | 高标准农田建设补助 | 项目预算 | 320
    序号 | 一级指标 | 二级指标 | 三级指标 | 计算符号 | 指标值 | 计量单位 | 分值
    一 | 成本指标 | 经济成本指标 | 工程投入 | ≤ | 320 | 万元 | 20
    二 | 产出指标 | 数量指标 | 新建农田面积 | ≥ | 2000 | 亩 | 20
    三 | 产出指标 | 质量指标 | 工程验收合格率 | = | 100 | % | 10
    八 | 产出指标 | 时效指标 | 完工天数 | ＜ | 7 | 天 | 10
    九 | 满意度指标 | 满意度指标 | 受益农户满意度 | ＞ | 90 | % | 10
"""


@pytest.mark.parametrize("change", [lambda page: page, lambda page: noisy(tilted(page, 1.0))])
def test_a_sign_alone_in_its_cell_is_read_and_a_row_number_is_no_sign(change, tmp_path):
    page = change(draw(SIGNS, widths=(0.5, 1, 1.2, 1.4, 0.8, 0.8, 0.8, 0.6)))
    source, _ = read(packed(page), tmp_path)
    plain = str.maketrans("＝＜＞", "=<>")
    cells = {cell.place.cell: cell.text.translate(plain) for row in source.rows for cell in row.cells}
    assert [cells[f"R{row}C5"] for row in range(3, 8)] == ["≤", "≥", "=", "<", ">"]
    assert not {cells.get(f"R{row}C1", "") for row in range(3, 8)} & set("≤≥=<>")


def test_a_seal_leaves_the_text_under_it(tmp_path):
    text = form(SHORT)
    source, _ = read(packed(sealed(draw(text), at=(0.6, 0.35))), tmp_path)
    assert texts(source) == written(text)


def test_pages_of_a_file_follow_each_other(tmp_path):
    pages = [draw(form(SHORT)), draw(form(SHORT, name="业务经费"))]
    frames = packed(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    of_tif, _ = read(frames, tmp_path, "批复.tif")
    of_pdf, findings = read(picture_pdf(pages), tmp_path, "批复.pdf")
    assert texts(of_pdf) == texts(of_tif)
    assert [cell.box.page for row in of_pdf.rows for cell in row.cells if cell.text == "项目名称"] == [1, 2]
    assert {row.table for row in of_pdf.rows} == {0, 1, 2}
    assert findings == [("scan-read", "")]


def test_an_unchanged_page_is_never_read_again(tmp_path, monkeypatch):
    pages = [draw(form(SHORT)), draw(form(SHORT, name="业务经费"))]
    first, _ = read(picture_pdf(pages), tmp_path, "批复.pdf")
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "pages").iterdir()}
    again, _ = read(picture_pdf([*pages, draw(form(SHORT, name="第三个"))]), tmp_path, "批复.pdf")
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "pages").iterdir()}
    assert texts(again)[: len(texts(first))] == texts(first)
    assert kept.items() <= after.items()
    assert len(after) == len(kept) + 2


def test_whoever_waits_hears_of_pages_that_are_read_and_of_no_others(tmp_path):
    heard: list[tuple[str, int, int]] = []
    path = tmp_path / "批复.pdf"
    for pages in ([draw(form(SHORT))], [draw(form(SHORT)), draw(form(SHORT, name="业务经费"))]):
        path.write_bytes(picture_pdf(pages))
        store = PageStore(tmp_path / "pages", lambda *page: heard.append(page))
        read_source(path, tmp_path, store)
        assert len(store.named) == len(pages)
    assert heard == [("批复.pdf", 1, 1), ("批复.pdf", 2, 2)]


def test_pages_that_nobody_names_go_and_nothing_else(tmp_path):
    names = [reading_path(tmp_path, "a" * 64), picture_path(tmp_path, "a" * 64)]
    others = [reading_path(tmp_path, "b" * 64), picture_path(tmp_path, "b" * 64)]
    mine = [tmp_path / "我的.json", tmp_path / "a.jpg"]
    for path in (*names, *others, *mine):
        path.write_bytes(b"{}")
    prune(tmp_path, {"a" * 64})
    assert sorted(tmp_path.iterdir()) == sorted([*names, *mine])
    prune(tmp_path / "nowhere", set())


def test_without_the_extra_one_finding_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    picture = packed(draw(form(SHORT)))
    assert read(picture, tmp_path) == (None, [("scan-extra-missing", "")])
    assert read(picture_pdf([draw(form(SHORT))]), tmp_path, "a.pdf") == (
        None,
        [("scan-extra-missing", "第1页")],
    )


def test_a_command_that_takes_no_pictures_says_so(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(packed(draw(form(SHORT))))
    source, findings = read_source(path, tmp_path)
    assert (source, [item.code for item in findings]) == (None, ["scan-not-here"])


def test_nothing_of_the_extra_is_imported_where_no_scan_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(form(SHORT), encoding="utf-8")
    code = (
        "import sys, pathlib; from evaluator.pipeline.reading import read_form; "
        "from evaluator.pipeline.workspace import Workspace; import evaluator.cli.commands; "
        f"read_form(Workspace(pathlib.Path({str(tmp_path)!r})), pathlib.Path({str(path)!r}), 2026, None); "
        "print([name for name in ('cv2', 'onnxruntime', 'pypdfium2', 'rapidocr', 'numpy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_page_is_read_with_the_network_cut_off(tmp_path):
    code = (
        "import socket, sys\n"
        "def cut(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = cut\n"
        f"sys.argv = ['worker', {str(tmp_path)!r}, '']\n"
        "from evaluator.scans import worker\n"
        "worker.main()\n"
        "assert 'rapidocr' not in sys.modules and 'requests' not in sys.modules\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=packed(draw(form(SHORT))), capture_output=True, check=True
    )
    before, read = run.stdout.splitlines()
    assert [*json.loads(before)] == ["count", "number", "reading"]
    assert [*json.loads(read)] == ["count", "number", "sha256"]


def test_a_scribble_is_refused_not_guessed(tmp_path):
    source, findings = read(packed(scribble()), tmp_path)
    assert source is None
    assert findings[0][0] in ("scan-unreadable", "scan-no-rules", "scan-crowded")
