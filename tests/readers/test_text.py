"""Text: its encodings, and the ways in which cells are separated."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluator.readers import read_source
from evaluator.readers.encodings import decode
from evaluator.readers.text import read

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
SENTENCES = (
    "项目支出绩效目标批复表\n申报单位：鄂州市社会保险中心\n",
    "时效指标\t2026年内\t≤9791106.31元\r\n",
    "a\tb\n",
    "质量\n",
    "满意度≥90％，‰、①“引号”—±×",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", SENTENCES)
def test_encoding__ok(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_damaged_character__finding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCES[0].encode(encoding) + b"\xff\n" + SENTENCES[1].encode(encoding))
    source, findings = read_source(path, tmp_path)
    assert source is not None
    assert source.rows[0].cells[0].text == "项目支出绩效目标批复表"
    assert [(item.code, dict(item.details)) for item in findings] == [("text-damaged", {"count": "1"})]


LAYOUTS = [
    ("tabs", "a\tb\n\tc", [(1, "1.1 a|1.2 b"), (1, "2.2 c")]),
    ("blank line inside a table", "a\tb\n\nc\td", [(1, "1.1 a|1.2 b"), (1, "3.1 c|3.2 d")]),
    ("blank cells in a blank line", "a\tb\n\t\nc\td", [(1, "1.1 a|1.2 b"), (1, "3.1 c|3.2 d")]),
    ("text between tables", "a\tb\nx\nc\td", [(1, "1.1 a|1.2 b"), (0, "2.1 x"), (2, "3.1 c|3.2 d")]),
    ("lone cell in a table", "a\tb\nx\t", [(1, "1.1 a|1.2 b"), (1, "2.1 x")]),
    ("old Mac and Windows", "a\rb\r\nc", [(0, "1.1 a"), (0, "2.1 b"), (0, "3.1 c")]),
    ("outer blanks", "\u3000a \t b\u00a0", [(1, "1.1 a|1.2 b")]),
    ("inner blanks", "a  b\tc", [(1, "1.1 a  b|1.2 c")]),
    ("Markdown", "|a|b|\n|---|:-:|\n| | c\\|d |", [(1, "1.1 a|1.2 b"), (1, "3.2 c|d")]),
    (
        "bars without edges",
        "a | b|c\n | d | \ne|f|g",
        [(1, "1.1 a|1.2 b|1.3 c"), (1, "2.2 d"), (1, "3.1 e|3.2 f|3.3 g")],
    ),
    ("bars on few lines", "a|b|c\nd\ne\nf", [(0, "1.1 a|b|c"), (0, "2.1 d"), (0, "3.1 e"), (0, "4.1 f")]),
    ("bar in a sentence", "a|b|c", [(0, "1.1 a|b|c")]),
    (
        "gaps",
        "a  b  c\nd    e\nx  y  z",
        [(1, "1.1 a|1.2 b|1.3 c"), (1, "2.1 d|2.2 e"), (1, "3.1 x|3.2 y|3.3 z")],
    ),
    ("full-width gaps", "甲\u3000\u3000乙\u3000\u3000丙", [(1, "1.1 甲|1.2 乙|1.3 丙")]),
    ("gap in a sentence", "一、甲。  二、乙。\n丙", [(0, "1.1 一、甲。  二、乙。"), (0, "2.1 丙")]),
    ("pasted line break", 'a\t"b\nc"\td\ne', [(1, "1.1 a|1.2 b\nc|1.3 d"), (0, "3.1 e")]),
    ("pasted quotation marks", '"a ""b"" c"\td', [(1, '1.1 a "b" c|1.2 d')]),
    ("pasted tab", '"a\tb"\tc', [(1, "1.1 a\tb|1.2 c")]),
    ("someone's quotation marks", '"a"\t"b" c\t"d', [(1, '1.1 "a"|1.2 "b" c|1.3 "d')]),
    ("byte order mark only", "\ufeff", []),
]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_layout__ok(text: str, rows: list[tuple[int, str]]) -> None:
    assert shown(text, "a.txt") == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\nc,", [(1, "1.1 a|1.2 b"), (1, "2.1 c")]),
        ('a,"b,\nc"\nd,e', [(1, "1.1 a|1.2 b,\nc"), (1, "3.1 d|3.2 e")]),
        ("a;b,c;d", [(1, "1.1 a|1.2 b,c|1.3 d")]),
        ("a\tb,c", [(1, "1.1 a\tb|1.2 c")]),
        ('a\tb\nc\t"d' + "x" * 200_000, [(1, "1.1 a|1.2 b"), (1, "2.1 c|2.2 " + '"d' + "x" * 200_000)]),
    ],
)
def test_comma_separated__ok(text: str, rows: list[tuple[int, str]]) -> None:
    assert shown(text, "a.csv") == rows


def shown(text: str, file: str) -> list[tuple[int, str]]:
    """Rows as (table, "line.column text|..."), with the columns checked against the places."""
    rows, findings = read(text.encode(), file)
    assert findings == []
    out = []
    for row in rows:
        pieces = []
        for cell in row.cells:
            line, _, column = cell.place.cell.removeprefix("第").removesuffix("列").partition("行第")
            assert int(column) == cell.column + 1
            pieces.append(f"{line}.{column} {cell.text}")
        out.append((row.table, "|".join(pieces)))
    return out


PIECES = st.sampled_from(
    ['"', '""', "\t", "\n", "|", "  ", "\u3000", ",", "\\|", "---", "\0", "产出", "≥1", "\x0b"]
)


@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=2000),
        st.text(max_size=500).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(PIECES, max_size=200).map(lambda pieces: "".join(pieces).encode()),
        st.lists(PIECES, max_size=200).map(lambda pieces: "".join(pieces).encode("utf-16-le")),
    ),
    st.sampled_from(["a.txt", "a.csv", "a.md"]),
)
def test_any_bytes_are_rows_or_a_finding(content: bytes, file: str) -> None:
    rows, findings = read(content, file)
    assert all(cell.text.strip() == cell.text != "" for row in rows for cell in row.cells)
    assert all([cell.column for cell in row.cells] == sorted({c.column for c in row.cells}) for row in rows)
    assert {item.code for item in findings} <= {"text-encoding", "text-damaged"}


@settings(max_examples=200, deadline=2000)
@given(
    st.lists(
        st.lists(st.text("产出指标≥1.5%abc（）", max_size=8), min_size=2, max_size=6), min_size=1, max_size=8
    )
)
def test_tabbed_cells_come_back(grid: list[list[str]]) -> None:
    rows, _ = read("\n".join("\t".join(row) for row in grid).encode(), "a.txt")
    kept = [[(at, cell) for at, cell in enumerate(row) if cell] for row in grid]
    assert [[(cell.column, cell.text) for cell in row.cells] for row in rows] == [row for row in kept if row]


@pytest.mark.parametrize(
    "unit", ['\t"', '\n"x""', '"\t""', "| ", " \u3000", "\t", '\t"""a', "-", "|-", "- |"]
)
def test_time_grows_with_size_only(unit: str) -> None:
    start = time.process_time()
    read((unit * 100_000).encode(), "a.txt")
    assert time.process_time() - start < 5
