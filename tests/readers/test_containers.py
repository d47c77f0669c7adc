"""The same form in every container comes out as the same cells."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from evaluator.readers import read_source
from evaluator.records.source import Source
from tests.formfactory import Container, Form, Goal, Row, Ugliness, layout, write
from tests.formlayout import Cell, Table

ROWS = (
    Row("成本指标", "经济成本指标", "基本养老保险经办专项业务费", "≤70万元"),
    Row("产出指标", "数量指标", "全市基本养老保险参保人数（企保、机保）", "≥33.81万人"),
    Row("产出指标", "数量指标", "工伤定点医疗机构参评数量", "≥100家", "行业标准"),
    Row("产出指标", "质量指标", "评审合格率", "≥95%"),
    Row("产出指标", "时效指标", "任务完成时间", "2026年12月31日前", "其他"),
    Row("满意度指标", "服务对象满意度指标", "参保单位及职工满意度", "＞＝95%"),
)
FORMS = [
    Form("社保基金业务经费", "82.4", (Goal("保障工作有序开展。", ROWS[:3]),), (Goal("提高覆盖面；", ROWS),)),
    Form("档案管理", "29.68", (), (Goal("规范档案。", ROWS[1:4]), Goal("加快查询。", ROWS[4:]))),
]
SHEETS = (Container.XLSX, Container.XLS)
UGLINESS = [
    set(),
    {Ugliness.MERGED},
    {Ugliness.MERGED, Ugliness.SPLIT, Ugliness.FOOTNOTES, Ugliness.VERTICAL},
    {Ugliness.SHIFTED_LEFT, Ugliness.SHIFTED_RIGHT, Ugliness.TITLE_RIGHT, Ugliness.BASIS_CUT},
    {Ugliness.EXTRA_COLUMNS, Ugliness.LINE_BREAKS, Ugliness.TAGS, Ugliness.BLANK_LINES},
]


@pytest.mark.parametrize("ugliness", UGLINESS, ids=lambda ugly: "+".join(item.name for item in sorted(ugly)))
@pytest.mark.parametrize("container", Container)
def test_form__ok(container: Container, ugliness: set[Ugliness], tmp_path: Path) -> None:
    path = write(FORMS, container, tmp_path / container, ugliness)
    source, findings = read_source(path, tmp_path)
    assert findings == []
    assert source is not None
    assert texts(source) == [
        row for form in FORMS for row in expected(form, ugliness, "" if container is Container.PDF else "\n")
    ]


@pytest.mark.parametrize(
    ("container", "tables"),
    [
        # Nothing parts a table of a text file from the one that continues it.
        (Container.UTF8, [0, 1, 0, 2]),
        (Container.CSV, [0, 1, 0, 2]),
        (Container.DOCX, [0, 1, 2, 3, 0, 4, 5]),
        (Container.PDF, [0, 1, 2, 3, 0, 4, 5]),
        (Container.HTML, [0, 1, 2, 3, 0, 4, 5]),
    ],
)
def test_tables_are_told_from_running_text__ok(
    container: Container, tables: list[int], tmp_path: Path
) -> None:
    source, _ = read_source(write(FORMS, container, tmp_path / container, {Ugliness.SPLIT}), tmp_path)
    assert source is not None
    assert [number for number, _ in groupby(row.table for row in source.rows)] == tables


@pytest.mark.parametrize("container", SHEETS)
def test_every_sheet_is_a_table__ok(container: Container, tmp_path: Path) -> None:
    source, _ = read_source(write(FORMS, container, tmp_path / container), tmp_path)
    assert source is not None
    assert {(row.table, row.cells[0].place.part) for row in source.rows} == {(1, "项目1"), (2, "项目2")}


@pytest.mark.parametrize(
    ("container", "place"),
    [
        (Container.UTF8, "form.txt!第9行第4列"),
        (Container.CSV, "form.csv!第5行第4列"),
        (Container.XLSX, "form.xlsx!项目1!D5"),
        (Container.XLS, "form.xls!项目1!D5"),
        (Container.DOCX, "form.docx!表1!R1C4"),
        (Container.PDF, "form.pdf!第1页表1!R1C4"),
        (Container.HTML, "form.html!表1!R1C4"),
    ],
)
def test_place_of_the_budget__ok(container: Container, place: str, tmp_path: Path) -> None:
    source, _ = read_source(write(FORMS[:1], container, tmp_path / container), tmp_path)
    assert source is not None
    assert [str(cell.place) for row in source.rows for cell in row.cells if cell.text == "82.4"] == [place]


@pytest.mark.parametrize("name", ["form.txt", "form", "form.dat", "form.et"])
def test_commas_under_another_name__ok(name: str, tmp_path: Path) -> None:
    path = write(FORMS, Container.CSV, tmp_path / "form.csv")
    expected, _ = read_source(path, tmp_path)
    source, _ = read_source(path.rename(tmp_path / name), tmp_path)
    assert source is not None
    assert expected is not None
    assert texts(source) == texts(expected)


def texts(source: Source) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in source.rows]


def expected(form: Form, ugliness: set[Ugliness], line_break: str) -> list[list[tuple[int, str]]]:
    rows = [
        row
        for block in layout(form, ugliness)
        for row in (block.rows if isinstance(block, Table) else ((Cell(block),),))
    ]
    kept = [
        [(at, cell.text.replace("\n", line_break)) for at, cell in enumerate(row) if cell and cell.text]
        for row in rows
    ]
    return [row for row in kept if row]
