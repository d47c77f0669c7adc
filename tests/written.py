"""Forms written down in tests as they look: one line a row, `|` between cells, columns as they stand."""

from functools import cache
from textwrap import dedent

from evaluator.forms import FormReading, read_forms
from evaluator.records.source import Cell, Place, Row, Source

HEAD = """
项目支出绩效目标批复表
申报单位： | 某市社会保险中心
金额单位：万元
项目名称 | {name} | 项目预算 | {budget}
项目绩效总目标
名称 | 目标说明
长期绩效目标1 | 保障工作有序开展。
年度绩效目标1 | 保障年度工作有序开展。
"""
HEADER = "目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据"


def source(text: str, path: str = "targets/2026/source/a.txt") -> Source:
    """The rows of a text; a line without `|` is a paragraph."""
    rows, table, inside = [], 0, False
    for number, line in enumerate(dedent(text).strip("\n").split("\n"), start=1):
        pieces = [piece.strip() for piece in line.split("|")]
        if len(pieces) > 1 and not inside:
            table += 1
        inside = len(pieces) > 1
        cells = tuple(
            Cell(piece, Place(path, "", f"第{number}行第{column + 1}列"), column)
            for column, piece in enumerate(pieces)
            if piece
        )
        if cells:
            rows.append(Row(cells, table if inside else 0))
    return Source(path, "0" * 64, tuple(rows))


def form(annual: str, *, long_term: str = "", name: str = "法律服务", budget: str = "11") -> str:
    """A whole form of 鄂州's layout around the rows of its tables."""
    parts = [HEAD.format(name=name, budget=budget).strip("\n")]
    for title, rows in (("长期绩效目标表", long_term), ("年度绩效目标表", annual)):
        if rows:
            parts += [title, HEADER, dedent(rows).strip("\n")]
    return "\n".join(parts)


@cache
def read(text: str, year: int = 2026) -> FormReading:
    """Each form is read once, whatever many tests ask of it."""
    return read_forms(source(text), year)


def rows(reading: FormReading) -> list[str]:
    """What was read, one line an indicator, in the order of the form."""
    return [
        " | ".join((i.code, i.level1, i.level2, i.name, i.target.text, i.basis))
        for project in reading.projects
        for i in project.indicators
    ]


def codes(reading: FormReading) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in reading.findings]
