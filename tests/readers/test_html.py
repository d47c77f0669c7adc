"""Saved web pages: encodings, spans, layout tables, what the person does not see."""

from __future__ import annotations

import time

import pytest

from evaluator.readers.html import read

CASES = [
    (
        "text around a table",
        "<p>甲</p><table><tr><td>一<td>二</table>乙",
        ["0.0 甲", "1.0 一 | 1.1 二", "0.0 乙"],
    ),
    ("line breaks", "甲<br>乙<div>丙</div>丁", ["0.0 甲", "0.0 乙", "0.0 丙", "0.0 丁"]),
    ("line breaks in a cell", "<table><tr><td>一<br>二<p>三</p></table>", ["1.0 一\n二\n三"]),
    ("white space", "<table><tr><td>\n 一 \n  二\n</td></tr></table>", ["1.0 一 二"]),
    (
        "row and column spans",
        "<table><tr><td rowspan=2>一<td colspan=2>二<td>三<tr><td>四<td>五<td>六</table>",
        ["1.0 一 | 1.1 二 | 1.3 三", "1.1 四 | 1.2 五 | 1.3 六"],
    ),
    (
        "span to the end",
        "<table><tr><td rowspan=0>一<td>二<tr><td>三<tr><td>四</table>",
        ["1.0 一 | 1.1 二", "1.1 三", "1.1 四"],
    ),
    (
        "bad spans",
        "<table><tr><td rowspan=x colspan=-1>一<td>二<tr><td>三</table>",
        ["1.0 一 | 1.1 二", "1.0 三"],
    ),
    (
        "head and body",
        "<table><thead><tr><th>一</thead><tbody><tr><td>二</tbody><tfoot><tr><td>三</tfoot></table>",
        ["1.0 一", "1.0 二", "1.0 三"],
    ),
    (
        "layout table",
        "<table><tr><td>栏目<td><h1>题</h1><table><tr><td>一<td>二</table>注</table>",
        ["1.0 栏目", "0.0 题", "2.0 一 | 2.1 二", "0.0 注"],
    ),
    (
        "unseen",
        "<script>x</script><style>x</style><p hidden>x</p><p style='display: none'>x</p>甲",
        ["0.0 甲"],
    ),
    ("comment", "甲<!-- x -->乙", ["0.0 甲乙"]),
    ("escaped tags", "<table><tr><td>&lt;p&gt;目标&lt;/p&gt;&nbsp;</table>", ["1.0 <p>目标</p>"]),
    (
        "form fields",
        "<table><tr><td><input value=一><td><input type=hidden value=x><select><option>x<option selected>二"
        "</select><td><textarea>三</textarea></table>",
        ["1.0 一 | 1.1 二 | 1.2 三"],
    ),
]


@pytest.mark.parametrize(("body", "rows"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_page__ok(body: str, rows: list[str]) -> None:
    assert shown(f"<html><body>{body}</body></html>".encode()) == rows


PAGE = "<html><head><meta charset={}></head><body>鄂州市社会保险中心</body></html>"


@pytest.mark.parametrize(
    ("named", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8-sig"),
        ("no-such-encoding", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_encoding__ok(named: str, encoding: str) -> None:
    assert shown(PAGE.format(named).encode(encoding)) == ["0.0 鄂州市社会保险中心"]


def test_one_file_page__ok() -> None:
    content = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<p>鄂州</p>\r\n--x--\r\n"
    ).encode("gb18030")
    assert shown(content) == ["0.0 鄂州"]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "甲",
        "<table><tr><td>" * 5_000 + "甲",
        "<table>" + "<tr><td rowspan=65534 colspan=1000>一" * 2_000,
        "<table><tr>" + "<td>一" * 100_000,
        "&lol;" * 100_000,
    ],
    ids=["deep", "deep tables", "spans", "wide", "entities"],
)
def test_hostile_page_is_read_soon(body: str) -> None:
    start = time.process_time()
    read(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert time.process_time() - start < 10


def shown(content: bytes) -> list[str]:
    rows, findings = read(content, "a.html")
    assert findings == []
    return [" | ".join(f"{row.table}.{cell.column} {cell.text}" for cell in row.cells) for row in rows]
