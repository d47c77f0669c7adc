"""A scan through the whole work: read, unconfirmed, confirmed in 扫描核对.xlsx, scored, delivered, verified."""

import csv
import json
import shutil

import pytest
from openpyxl import load_workbook

from evaluator.workbooks import scan_layout as layout
from evaluator.workbooks.layout import FIELDS, FIRST_ROW
from tests.commands.workspaces import Desk
from tests.scans.pages import draw, needs_scan, packed
from tests.workbooks.typing import fill
from tests.written import form

needs_scan()
ROWS = """
    年度目标1 | 产出指标 | 数量指标 | 受理案件数量 | ≥20件 | 计划标准
     | | 质量指标 | 合规率 | ≥95% | 计划标准
     | 效益指标 | 社会效益指标 | 社保知识普及 | 20人 | 计划标准
     | 满意度指标 | 服务对象满意度指标 | 参保人满意度 | ≥90% | 计划标准
"""

ALL_OPEN = (
    "“法律服务”的项目名称、预算和4个年度指标是从图片识别的，还没有人对照图片核对，"
    "这些指标不计分（其中存疑1个）"
)


def put_page(desk: Desk, text: str) -> None:
    path = desk.root / "targets" / "2026" / "source" / "批复.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(draw(text)))


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("scan"))
    put_page(desk, form(ROWS))
    return desk, desk.run("import", "--year", "2026")


@pytest.fixture
def desk(imported, tmp_path) -> Desk:
    shutil.copytree(imported[0].root, tmp_path / "w")
    return Desk(tmp_path / "w")


def table(desk: Desk, name: str = "indicators.csv") -> dict[str, dict[str, str]]:
    text = (desk.root / "targets" / "2026" / name).read_text(encoding="utf-8-sig")
    return {row.get("编码", row["项目编号"]): row for row in csv.DictReader(text.splitlines())}


def review(desk: Desk):
    return load_workbook(desk.root / "targets" / "2026" / layout.NAME)


def rows(book) -> dict[str, int]:
    """The row of each code on the sheet; that of the project's head is under no code."""
    sheet = book[layout.ROWS]
    code = layout.column_of(layout.ROW_FIELDS, "code") + 1
    return {sheet.cell(row, code).value or "": row for row in range(layout.FIRST_ROW, sheet.max_row + 1)}


def type_in(desk: Desk, **entries: dict[str, str]) -> None:
    """Type into the rows of codes (``_`` for the head): ``CC_01={"verdict": "无误"}``."""
    book = review(desk)
    for code, typed in entries.items():
        for name, text in typed.items():
            column = layout.column_of(layout.ROW_FIELDS, name) + 1
            book[layout.ROWS].cell(rows(book)[code.strip("_").replace("_", "-")], column).value = text
    book.save(desk.root / "targets" / "2026" / layout.NAME)


def confirm_page(desk: Desk, said: str = layout.WHOLE_PAGE) -> None:
    book = review(desk)
    column = layout.column_of(layout.PAGE_FIELDS, "verdict") + 1
    book[layout.PAGES].cell(layout.FIRST_ROW, column).value = said
    book.save(desk.root / "targets" / "2026" / layout.NAME)


def fill_in(desk: Desk) -> None:
    """What the department was to fill in, for the four rows and the budget."""
    path = desk.actuals / "法律服务.xlsx"
    typed = (20, (0.96, "0.####%"), 20, (0.95, "0.####%"))
    letter = FIELDS["actual"].letter
    fill(path, {f"{letter}{FIRST_ROW + at}": value for at, value in enumerate(typed)})
    fill(path, {"B7": 11, "C7": 11, "D7": 10.5}, "预算执行")


def unconfirmed(desk: Desk) -> list[str]:
    """What is said of rows that nobody confirmed."""
    found = json.loads(desk.run("check", "--year", "2026", "--format", "json").stdout)
    return [item["sentence"].split("。")[0] for item in found if "unconfirmed" in item["code"]]


def test_what_was_read_is_shown_and_never_believed(imported):
    desk, run = imported
    assert run.exit_code == 1
    assert "正在识别图片：批复.png 第1页，共1页" in run.stderr
    found = table(desk)
    assert [found[code]["指标值"] for code in ("CC-01", "CC-02", "XY-01", "MY-01")] == [
        "≥20件",
        "≥95%",
        "20人",
        "≥90%",
    ]
    assert {row["把握程度"] for row in found.values()} == {"中"}
    assert {row["确认"] for row in found.values()} == {""}
    assert "没有计算符号" in found["XY-01"]["存疑"]
    assert found["CC-01"]["存疑"] == ""
    assert unconfirmed(desk) == [ALL_OPEN]
    assert run.stderr.count("扫描识别未经核对") == 1
    assert "请打开 targets/2026/扫描核对.xlsx" in run.stderr


def test_the_doubtful_stand_first_beside_their_pictures(imported):
    book = review(imported[0])
    assert next(iter(rows(book))) == "XY-01"
    assert [*rows(book)][1:] == ["", "CC-01", "CC-02", "MY-01"]
    assert len(book[layout.ROWS]._images) == 2 * 5
    assert len(book[layout.PAGES]._images) == 1
    assert book[layout.ROWS].protection.sheet


def test_unconfirmed_rows_are_not_scored(desk):
    desk.run("--year", "2026")
    fill_in(desk)
    assert desk.run("--year", "2026").exit_code == 1
    (project,) = desk.result()["projects"]
    assert [item["score"] for item in project["scores"]] == [None] * 4


def test_confirmed_rows_are_scored_delivered_and_verified(desk):
    confirm_page(desk)
    type_in(desk, XY_01={"value": "≥20人", "remark": "与原件一致"})
    run = desk.run("import", "--year", "2026")
    found = table(desk)
    assert [found[code]["确认"] for code in ("CC-01", "XY-01")] == ["整页无误", "已更正"]
    assert (found["XY-01"]["指标值"], found["XY-01"]["更正说明"]) == (
        "≥20人",
        "扫描核对：照图片更正（与原件一致）",
    )
    assert table(desk, "projects.csv")["法律服务"]["确认"] == "整页无误"
    assert "采用了5行核对结果" in run.stdout
    assert unconfirmed(desk) == []

    desk.run("--year", "2026")
    fill_in(desk)
    desk.run("--year", "2026")
    (project,) = desk.result()["projects"]
    assert None not in [item["score"] for item in project["scores"]]
    assert desk.run("verify", "reports/2026").exit_code == 0
    (sheet,) = desk.reports.glob("*法律服务*自评表*.xlsx")
    shown = [str(cell.value) for row in load_workbook(sheet).worksheets[0].iter_rows() for cell in row]
    assert sum("【扫描识别，已人工核对】" in text for text in shown) == 4
    assert any("图片识别为“20人”" in text and "照图片更正" in text for text in shown)


def test_entries_stay_through_imports_and_can_be_taken_back(desk):
    type_in(desk, CC_01={"verdict": "无误"}, XY_01={"value": "≥20人"}, _={"verdict": "无误"})
    desk.run("import", "--year", "2026")
    book = review(desk)
    verdict, value = (layout.column_of(layout.ROW_FIELDS, name) + 1 for name in ("verdict", "value"))
    assert book[layout.ROWS].cell(rows(book)["CC-01"], verdict).value == "无误"
    assert book[layout.ROWS].cell(rows(book)["XY-01"], value).value == "≥20人"
    before = table(desk)
    desk.run("import", "--year", "2026")
    assert table(desk) == before

    type_in(desk, CC_01={"verdict": ""}, XY_01={"value": "", "verdict": ""})
    desk.run("import", "--year", "2026")
    after = table(desk)
    assert (after["CC-01"]["确认"], after["XY-01"]["确认"]) == ("", "")
    assert (after["XY-01"]["指标值"], after["XY-01"]["更正说明"]) == ("20人", "")


def test_whoever_never_imports_is_heard_as_well(desk):
    for _ in range(2):  # the second time from what is kept of the first
        desk.run("--year", "2026")
    confirm_page(desk)
    run = desk.run("--year", "2026")
    assert "核对结果已采用" in run.stdout
    assert [row["确认"] for row in table(desk).values()] == ["整页无误", "整页无误", "", "整页无误"]
    assert "核对结果已采用" not in desk.run("--year", "2026").stdout


def test_every_field_of_a_row_can_be_corrected(desk):
    typed = {
        "level1": "成本指标",
        "level2": "经济成本指标",
        "points": "12",
        "basis": "行业标准",
        "name": "案件数",
    }
    type_in(desk, CC_01=typed, _={"name": "法律服务费", "value": "11.5"})
    desk.run("import", "--year", "2026")
    row, head = table(desk)["CC-01"], table(desk, "projects.csv")["法律服务"]
    columns = ("一级指标", "二级指标", "分值", "确定依据", "三级指标")
    assert [row[column] for column in columns] == [*typed.values()]
    assert (row["指标值"], row["确认"], row["更正说明"]) == ("≥20件", "已更正", "扫描核对：照图片更正")
    assert (head["项目名称"], head["项目预算（万元）"]) == ("法律服务费", "11.5")
    book = review(desk)
    shown = [
        book[layout.ROWS].cell(rows(book)["CC-01"], layout.column_of(layout.ROW_FIELDS, name) + 1).value
        for name in typed
    ]
    assert shown == [*typed.values()]
    (said,) = unconfirmed(desk)
    assert said.startswith("“法律服务费”的3个年度指标")


def test_a_remark_alone_confirms_nothing_and_stays(desk):
    type_in(desk, CC_01={"remark": "看不清，已问财政局"}, CC_02={"verdict": "与图片不符"})
    confirm_page(desk)
    desk.run("import", "--year", "2026")
    desk.run("import", "--year", "2026")
    book, found = review(desk), table(desk)
    remark = layout.column_of(layout.ROW_FIELDS, "remark") + 1
    assert [found[code]["确认"] for code in ("CC-01", "CC-02", "MY-01")] == ["", "", "整页无误"]
    assert [book[layout.ROWS].cell(rows(book)[code], remark).value for code in ("CC-01", "CC-02")] == [
        "看不清，已问财政局",
        "与图片不符",
    ]


def test_a_page_that_is_said_to_be_wrong_confirms_nothing(desk):
    confirm_page(desk, "有误")
    desk.run("import", "--year", "2026")
    assert unconfirmed(desk) == [ALL_OPEN]


def test_what_is_written_into_the_tables_counts_as_well(desk):
    path = desk.root / "targets" / "2026" / "indicators.csv"
    text = path.read_text(encoding="utf-8-sig")
    lines = [*csv.reader(text.splitlines())]
    at = lines[0].index("确认")
    for line, said in zip(lines[1:], ("张三", "否", "", "是"), strict=True):
        line[at] = said
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(lines)
    (said,) = unconfirmed(desk)
    assert "项目名称、预算和2个年度指标" in said  # 否, and nothing
    desk.run("import", "--year", "2026")
    assert [row["确认"] for row in table(desk).values()] == ["张三", "否", "", "是"]


def test_a_changed_page_asks_again_and_nothing_typed_is_lost(desk):
    confirm_page(desk)
    desk.run("import", "--year", "2026")
    put_page(desk, form(ROWS.replace("≥95%", "≥98%")))
    type_in(desk, XY_01={"value": "≥20人"})
    run = desk.run("import", "--year", "2026")
    assert {row["确认"] for row in table(desk).values()} == {""}
    assert "图片换了，原来的核对不再有效" in run.stdout
    kept = sorted(path.name for path in (desk.root / "targets" / "2026").glob("*.旧表*"))
    assert kept == ["indicators.旧表1.csv", "projects.旧表1.csv"]
    assert unconfirmed(desk) == [ALL_OPEN]
    book = review(desk)  # what was corrected is shown, and asks for a confirmation
    understood, state = (layout.column_of(layout.ROW_FIELDS, name) + 1 for name in ("understood", "state"))
    texts = [book[layout.ROWS].cell(rows(book)["XY-01"], column).value for column in (understood, state)]
    assert "表中已更正：指标值 ≥20人" in texts[0]
    type_in(desk, XY_01={"verdict": "无误"})
    desk.run("import", "--year", "2026")
    assert (table(desk)["XY-01"]["指标值"], table(desk)["XY-01"]["确认"]) == ("≥20人", "无误")


def test_entries_for_a_form_that_is_gone_are_kept_aside_once(desk):
    folder = desk.root / "targets" / "2026"
    (folder / "source" / "批复.png").unlink()
    desk.put_form(form(ROWS))
    desk.run("import", "--year", "2026")
    type_in(desk, CC_01={"verdict": "无误"})
    for _ in range(2):
        run = desk.run("import", "--year", "2026")
        assert "核对结果没有对应的行" in run.stdout
        assert {path.name for path in folder.glob("扫描核对.*")} == {"扫描核对.xlsx", "扫描核对.旧表1.xlsx"}


def kept_pages(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.root / "targets" / "2026" / "as-read" / "scans").iterdir())


def test_pages_that_no_form_names_any_more_are_not_kept(desk):
    before = kept_pages(desk)
    put_page(desk, form(ROWS.replace("≥95%", "≥98%")))
    (desk.root / "targets" / "2026" / "source" / "坏.jpg").write_bytes(b"\xff\xd8\xff" + b"\0" * 400)
    desk.run("import", "--year", "2026")
    assert {*before} < {*kept_pages(desk)}  # what the damaged file holds is not known
    (desk.root / "targets" / "2026" / "source" / "坏.jpg").unlink()
    run = desk.run("import", "--year", "2026")
    assert len(kept_pages(desk)) == len(before)
    assert {*before}.isdisjoint(kept_pages(desk))
    assert "正在识别图片" not in run.stderr
    assert len(review(desk)[layout.ROWS]._images) == 2 * 5


def test_a_workbook_with_other_heads_is_left_alone(desk):
    book = review(desk)
    book[layout.ROWS].cell(layout.HEAD_ROW, 7).value = "我的栏"
    path = desk.root / "targets" / "2026" / layout.NAME
    book.save(path)
    before = path.read_bytes()
    run = desk.run("import", "--year", "2026")
    assert "扫描核对表的表头被改动" in run.stderr + run.stdout
    assert path.read_bytes() == before
