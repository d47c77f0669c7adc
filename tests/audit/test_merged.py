"""Merged cells of a filled sheet, in every container that has them: what one cell says of several rows."""

import pytest

from evaluator.audit import audit_file, code_of
from evaluator.rulesets import load
from tests.audit.sheets import NATIONAL, cells
from tests.formfactory import Container, write_blocks
from tests.formlayout import Cell, Table

CONTAINERS = (Container.XLSX, Container.XLS, Container.DOCX, Container.HTML, Container.PDF)
ROWS = """
 | 产出指标 | 数量指标 | 办理案件 | ≥20件 | 22件 | 20 | 20 |
 | | 质量指标 | 合格率 | ≥95% | 95% | 20 | 20 |
 | | 成本指标 | 律师费 | ≤18万元 | 18万元 | 10 | 10 |
 | 效益指标 | 社会效益指标 | 调解成功率 | ≥80% | 60% | 15 | 11.25 | 当事人坚持诉讼
 | | | 知晓率 | ≥80% | 40% | 15 | 7.5 |
 | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 92% | 10 | 10 |
 | 总分 | | | | | 100 | 87.75 |
"""
"""The first row is row 11; 知晓率 stands in row 15."""
FOURTH, REASON, POINTS, SCORE, NAME = 13, 8, 6, 7, 3


def written(container, path, merged, rows=ROWS):
    """One sheet, in which cells (row, column) from 0 reach over the one below, whose text is gone."""
    grid = [[Cell(text) for text in row] for row in cells(NATIONAL + rows)]
    for row, column in merged:
        grid[row][column] = Cell(grid[row][column].text, rows=2)
        grid[row + 1][column] = None
    table = Table(tuple(tuple(row) for row in grid))
    write_blocks([(table,)], container, path / container.value)
    [found] = audit_file(path / container.value, path, load("mof-2020")[0]).sheets
    return found, [(code_of(item.code), item.place.cell) for item in found.findings]


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_reason_over_two_rows__said_of_both(tmp_path, container):
    assert written(container, tmp_path, [(FOURTH, REASON)])[1] == []


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_reason_of_one_row__lacks_in_the_other(tmp_path, container):
    [(code, cell)] = written(container, tmp_path, [])[1]
    assert (code, cell[-3:]) in [("reason-missing", "D15"), ("reason-missing", "5C4")]


@pytest.mark.parametrize("container", CONTAINERS)
def test_one_score_over_two_rows__neither_is_judged(tmp_path, container):
    rows = ROWS.replace("60% | 15 | 11.25", "60% | 30 | 12").replace("40% | 15 | 7.5", "40% | |")
    merged = [(FOURTH, POINTS), (FOURTH, SCORE), (FOURTH, REASON)]
    found, codes = written(container, tmp_path, merged, rows.replace("87.75", "81"))
    assert codes == []
    unsure = {item.row for item in found.outcomes if item.check == "score-wrong" and item.why}
    assert {4, 5} <= unsure
    assert [row.computed for row in found.rows[3:5]] == [None, None]
    assert "分值或得分由几行合并填写" in {item.why for item in found.outcomes if item.row == 5}


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_name_over_two_rows__is_that_of_both(tmp_path, container):
    found, _ = written(container, tmp_path, [(FOURTH, NAME)])
    assert [row.row.name for row in found.rows[3:5]] == ["调解成功率", "调解成功率"]
