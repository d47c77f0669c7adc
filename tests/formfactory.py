"""Approved forms made from a description, in every container, as ugly as real ones are.

    form = Form(
        name="业务经费",
        budget="82.4",
        long_term=(Goal("保障运行", (Row("产出指标", "数量指标", "参保人数", "≥33.81万人"),)),),
        annual=(Goal("保障运行", (Row("产出指标", "数量指标", "参保人数", "≥34万人"),)),),
    )
    write([form], Container.DOCX, tmp_path / "form.docx", {Ugliness.MERGED, Ugliness.SPLIT})

`layout` says what the form looks like, as paragraphs and tables; `write` puts that into a file. A plain
form (no ugliness) has every cell of every indicator row filled in. The same description always gives the
same content. What a container cannot hold is left out of it: text files have no merged cells (the covered
ones are blank), PDF has no line breaks of its own inside cells (its reader joins lines).
"""

from __future__ import annotations

import codecs
import csv
import html
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import StringIO
from pathlib import Path

from tests.formlayout import Block, Cell, Design, Form, Goal, Row, Table, Ugliness, layout

__all__ = ["Container", "Design", "Form", "Goal", "Row", "Ugliness", "layout", "write"]


class Container(StrEnum):
    """Kinds of files; the value is a file name that fits."""

    UTF8 = "form.txt"
    UTF8_MARKED = "form-utf8-bom.txt"
    UTF16_LE = "form-utf16-le.txt"
    UTF16_LE_MARKED = "form-utf16-le-bom.txt"
    UTF16_BE = "form-utf16-be.txt"
    UTF16_BE_MARKED = "form-utf16-be-bom.txt"
    GB18030 = "form-gb18030.txt"
    CSV = "form.csv"
    XLSX = "form.xlsx"
    XLS = "form.xls"
    DOCX = "form.docx"
    PDF = "form.pdf"
    HTML = "form.html"


def write(
    forms: Sequence[Form],
    container: Container,
    path: Path,
    ugliness: Collection[Ugliness] = (),
    design: Design = Design.EZHOU,
) -> Path:
    """Write forms into one file, one after the other (workbooks: a sheet for each); returns `path`."""
    return write_blocks([layout(form, ugliness, design) for form in forms], container, path)


def write_blocks(layouts: Sequence[Sequence[Block]], container: Container, path: Path) -> Path:
    """Write forms that are laid out already into one file; returns `path`."""
    _WRITERS[container]([tuple(blocks) for blocks in layouts], path)
    return path


Layouts = Sequence[tuple[Block, ...]]


def _text_writer(encoding: str, mark: bytes = b"") -> Callable[[Layouts, Path], None]:
    def write_text(layouts: Layouts, path: Path) -> None:
        blocks = (block for blocks in layouts for block in blocks)
        text = "\n".join(_table_text(block) if isinstance(block, Table) else f"{block}\n" for block in blocks)
        path.write_bytes(mark + text.encode(encoding))

    return write_text


def _table_text(table: Table) -> str:
    return "".join("\t".join(map(_pasted, row)) + "\n" for row in table.rows)


def _pasted(cell: Cell | None) -> str:
    """As a spreadsheet puts a cell on the clipboard: in quotes if it has line breaks."""
    text = cell.text if cell else ""
    return f'"{text}"' if "\n" in text else text


def _write_csv(layouts: Layouts, path: Path) -> None:
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    for block in (block for blocks in layouts for block in blocks):
        rows = block.rows if isinstance(block, Table) else ((Cell(block),),)
        writer.writerows([cell.text if cell else "" for cell in row] for row in rows)
    path.write_bytes(codecs.BOM_UTF8 + stream.getvalue().encode())


def _positions(blocks: Sequence[Block]) -> Iterator[tuple[int, int, Cell]]:
    """(row, column, cell) on a sheet, both from 0; a blank row parts tables that were split."""
    number = 0
    for block in blocks:
        rows = block.rows if isinstance(block, Table) else ((Cell(block),),)
        number += isinstance(block, Table) and block.new_page
        for row in rows:
            yield from ((number, column, cell) for column, cell in enumerate(row) if cell)
            number += 1


def _typed(text: str) -> str | float:
    """Numbers are numbers in workbooks."""
    try:
        return float(Decimal(text))
    except InvalidOperation:
        return text


def _write_xlsx(layouts: Layouts, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for number, blocks in enumerate(layouts, start=1):
            sheet = book.add_worksheet(f"项目{number}")
            for row, column, cell in _positions(blocks):
                if cell.rows > 1 or cell.columns > 1:
                    sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "")
                sheet.write(row, column, _typed(cell.text))


def _write_xls(layouts: Layouts, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    for number, blocks in enumerate(layouts, start=1):
        sheet = book.add_sheet(f"项目{number}")
        for row, column, cell in _positions(blocks):
            right, bottom = column + cell.columns - 1, row + cell.rows - 1
            sheet.write_merge(row, bottom, column, right, _typed(cell.text))
    book.save(str(path))


def _write_docx(layouts: Layouts, path: Path) -> None:
    import docx

    document = docx.Document()
    for block in (block for blocks in layouts for block in blocks):
        if not isinstance(block, Table):
            document.add_paragraph(block)
            continue
        if block.new_page:
            document.add_paragraph()
        table = document.add_table(len(block.rows), len(block.rows[0]))
        grid = [list(row.cells) for row in table.rows]
        for at, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                if cell:
                    target = grid[at][column]
                    if cell.rows > 1 or cell.columns > 1:
                        target = target.merge(grid[at + cell.rows - 1][column + cell.columns - 1])
                    target.text = cell.text
    document.add_paragraph()  # Word never ends with a table, and converters lose one that does
    document.save(str(path))


def _write_pdf(layouts: Layouts, path: Path) -> None:
    from reportlab import platypus
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("form", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")

    def paragraph(text: str) -> platypus.Paragraph:
        return platypus.Paragraph(html.escape(text).replace("\n", "<br/>"), style)

    story: list[platypus.Flowable] = []
    for block in (block for blocks in layouts for block in blocks):
        if not isinstance(block, Table):
            story.append(paragraph(block))
            continue
        if block.new_page:
            story.append(platypus.PageBreak())
        width = len(block.rows[0])
        cells = [[paragraph(cell.text) if cell else "" for cell in row] for row in block.rows]
        ruled = [("GRID", (0, 0), (-1, -1), 0.5, "black"), *_spans(block)]
        story.append(platypus.Table(cells, colWidths=[540 / width] * width, style=ruled))
    platypus.SimpleDocTemplate(str(path), pagesize=A4, leftMargin=20, rightMargin=20, invariant=1).build(
        story
    )


def _spans(table: Table) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    return [
        ("SPAN", (column, at), (column + cell.columns - 1, at + cell.rows - 1))
        for at, row in enumerate(table.rows)
        for column, cell in enumerate(row)
        if cell and (cell.rows > 1 or cell.columns > 1)
    ]


def _write_html(layouts: Layouts, path: Path) -> None:
    body = "\n".join(
        _table_html(block) if isinstance(block, Table) else f"<p>{html.escape(block)}</p>"
        for blocks in layouts
        for block in blocks
    )
    path.write_text(
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>公示</title></head>\n{body}</html>',
        encoding="utf-8",
    )


def _table_html(table: Table) -> str:
    rows = ("".join(_cell_html(cell) for cell in row if cell) for row in table.rows)
    return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _cell_html(cell: Cell) -> str:
    text = html.escape(cell.text).replace("\n", "<br>")
    return f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{text}</td>'


_WRITERS: dict[Container, Callable[[Layouts, Path], None]] = {
    Container.UTF8: _text_writer("utf-8"),
    Container.UTF8_MARKED: _text_writer("utf-8", codecs.BOM_UTF8),
    Container.UTF16_LE: _text_writer("utf-16-le"),
    Container.UTF16_LE_MARKED: _text_writer("utf-16-le", codecs.BOM_UTF16_LE),
    Container.UTF16_BE: _text_writer("utf-16-be"),
    Container.UTF16_BE_MARKED: _text_writer("utf-16-be", codecs.BOM_UTF16_BE),
    Container.GB18030: _text_writer("gb18030"),
    Container.CSV: _write_csv,
    Container.XLSX: _write_xlsx,
    Container.XLS: _write_xls,
    Container.DOCX: _write_docx,
    Container.PDF: _write_pdf,
    Container.HTML: _write_html,
}
