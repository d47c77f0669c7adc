"""Writing 扫描核对.xlsx: two sheets, one row a value and one row a page, with live counts of what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from evaluator.records.approved import Project
from evaluator.render.book import GOOD, WATCH, Book, height_for, merge, put, put_formula
from evaluator.render.scan_review.pictures import Piece, cut, whole
from evaluator.render.scan_review.rows import ReviewRow, review_rows
from evaluator.workbooks import scan_layout as layout
from evaluator.workbooks.scan_layout import PAGE_FIELDS, ROW_FIELDS, Field, column_of

_LETTER = 7.0  # pixels of a letter's width in a column, and 5 for its margins
_MARGIN = 5.0
_POINT = 0.75  # of a pixel
_TALLEST = 520.0  # pixels of a row
_WORDS = (
    "对照图片逐行核对：图片与识别结果一致的，在“核对”栏选“无误”；"
    "不一致的，照图片填更正栏（指标值连同符号和单位；级次、分值和确定依据的更正栏在整行图片右边）。"
    "黄色的是存疑的行，排在最前；其余的行看过以后，可以在“整页确认”表按页一次确认。"
    "填完保存并关闭，再运行 evaluate import（双击运行的，再双击一次）。"
)
_PAGE_WORDS = (
    "某一页上没有存疑的行都与图片一致的，在最后一栏选“整页无误”，这些行就一次确认；"
    "存疑的行仍须在“核对”表逐行核对。"
)


def write_scan_review(
    path: Path,
    projects: Sequence[Project],
    doubts: Mapping[str, Mapping[str, tuple[str, ...]]],
    year: int,
    pages: Path,
) -> None:
    """Write the workbook; `pages` is where pages are kept, `doubts` are by project and code.

    Raises OSError.
    """
    rows = review_rows(projects, doubts)
    book = Book(str(path), title=f"扫描核对表（{year}年度）")
    sheet, overview = book.add_sheet(layout.ROWS), book.add_sheet(layout.PAGES)
    _Rows(book, sheet, rows, pages).write(year)
    _Pages(book, overview, rows, pages).write(year)
    book.close()


def _head(book: Book, sheet: Worksheet, fields: Mapping[str, Field], title: str, words: str) -> int:
    """Title, words, a row for counts, heads; returns the last visible column."""
    last = sum(field.width > 0 for field in fields.values()) - 1
    end = min(last, column_of(dict(fields), "remark") if "remark" in fields else last)
    merge(sheet, (0, 0), (0, end), title, book.look("title"))
    merge(sheet, (1, 0), (1, end), words, book.look("note", valign="vcenter", font_size=10))
    width = sum(field.width for field in [*fields.values()][: end + 1])
    sheet.set_row(0, 32)
    sheet.set_row(1, height_for([(words, width)]))
    sheet.set_row(2, 22)
    for column, field in enumerate(fields.values()):
        sheet.set_column(column, column, field.width or 4, None, {"hidden": not field.width})
        put(sheet, layout.HEAD_ROW - 1, column, field.head, book.look("heading"))
    sheet.set_row(layout.HEAD_ROW - 1, 34)
    sheet.repeat_rows(layout.HEAD_ROW - 1)
    sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True})
    return end


@dataclass(frozen=True)
class _Rows:
    """The sheet with a row a value."""

    book: Book
    sheet: Worksheet
    rows: Sequence[ReviewRow]
    pages: Path

    def write(self, year: int) -> None:
        """Write all of it."""
        end = _head(self.book, self.sheet, ROW_FIELDS, f"扫描核对表（{year}年度）", _WORDS)
        first, last = layout.FIRST_ROW - 1, layout.FIRST_ROW - 2 + len(self.rows)
        for at, row in enumerate(self.rows, first):
            self._row(at, row)
        self._counts(end, first, last)
        self._colour(first, last)
        self.sheet.freeze_panes(layout.HEAD_ROW, 3)
        self.sheet.autofilter(layout.HEAD_ROW - 1, 0, last, column_of(ROW_FIELDS, "remark"))
        self.sheet.set_landscape()

    def _at(self, row: int, name: str) -> str:
        return str(xl_rowcol_to_cell(row, column_of(ROW_FIELDS, name)))

    def _row(self, at: int, row: ReviewRow) -> None:
        cell, strip = self._picture("picture", row), self._picture("strip", row)
        tall = max([piece.height * piece.scale for piece in (cell, strip) if piece], default=0.0)
        texts = [(getattr(row, name), ROW_FIELDS[name].width) for name in ("item", "understood", "doubts")]
        self.sheet.set_row(at, max(height_for(texts), (tall + 8) * _POINT))
        entries = {name: row.entries.get(name, "") for name in layout.ENTRIES}
        for name, text in {**self._texts(row), **entries}.items():
            look = "cell" if not ROW_FIELDS[name].entry else "entry" if name in row.entries else "closed"
            put(self.sheet, at, column_of(ROW_FIELDS, name), text, self.book.look(look))
        for name, piece in (("picture", cell), ("strip", strip)):
            self._insert(at, name, piece, row.understood)
        self._state(at, row)
        verdict = column_of(ROW_FIELDS, "verdict")
        options = {
            "validate": "list",
            "source": [layout.RIGHT],
            "error_type": "warning",
            "error_title": "核对",
            "error_message": "图片与识别结果一致的选“无误”；不一致的不选，照图片填右边两栏。",
        }
        self.sheet.data_validation(at, verdict, at, verdict, options)

    def _texts(self, row: ReviewRow) -> dict[str, str]:
        texts = {name: getattr(row, name) for name in ("project", "item", "understood", "doubts")}
        hidden = {"key": row.key, "code": row.code, "sha256": row.scan.value.sha256, "said": row.said}
        return {**texts, **hidden, "was": row.was}

    def _picture(self, name: str, row: ReviewRow) -> Piece | None:
        width = ROW_FIELDS[name].width * _LETTER + _MARGIN - 6
        box = row.scan.value if name == "picture" else row.scan.row
        return cut(self.pages, box, width, _TALLEST)

    def _insert(self, at: int, name: str, piece: Piece | None, words: str) -> None:
        column = column_of(ROW_FIELDS, name)
        if piece is None:
            put(self.sheet, at, column, "（没有图片，请重新导入）", self.book.look("closed"))
            return
        put(self.sheet, at, column, None, self.book.look("cell"))
        _insert(self.sheet, at, column, piece, words)

    def _state(self, at: int, row: ReviewRow) -> None:
        typed = "&".join(self._at(at, name) for name in layout.ENTRIES if name != "remark")
        page = xl_rowcol_to_cell(0, column_of(PAGE_FIELDS, "sha256"), col_abs=True)[:-1]
        verdict = xl_rowcol_to_cell(0, column_of(PAGE_FIELDS, "verdict"), col_abs=True)[:-1]
        own = f"'{layout.PAGES}'!{page}:{page},{self._at(at, 'sha256')}"
        confirmed = f"COUNTIFS({own},'{layout.PAGES}'!{verdict}:{verdict},\"{layout.WHOLE_PAGE}\")>0"
        plain = f'{self._at(at, "doubts")}&{self._at(at, "remark")}=""'
        by_page = f'IF(AND({plain},{confirmed}),"{layout.BY_PAGE}","{layout.OPEN}")'
        formula = f'IF({typed}<>"","{layout.DONE}",{by_page})'
        look = self.book.look("centre")
        put_formula(self.sheet, at, column_of(ROW_FIELDS, "state"), formula, look, row.state)

    def _counts(self, end: int, first: int, last: int) -> None:
        states = self._range("state", first, last)
        doubts = self._range("doubts", first, last)
        left = f'COUNTIF({states},"{layout.OPEN}")'
        doubtful = f'COUNTIFS({states},"{layout.OPEN}",{doubts},"?*")'
        formula = f'"共 {len(self.rows)} 行，还有 "&{left}&" 行没有核对，其中存疑 "&{doubtful}&" 行"'
        still = [row for row in self.rows if row.state == layout.OPEN]
        words = (
            f"共 {len(self.rows)} 行，还有 {len(still)} 行没有核对，"
            f"其中存疑 {sum(bool(row.doubts) for row in still)} 行"
        )
        look = self.book.look("plain", bold=True, align="left")
        merge(self.sheet, (2, 0), (2, end), "", look)
        put_formula(self.sheet, 2, 0, formula, look, words)

    def _range(self, name: str, first: int, last: int) -> str:
        column = column_of(ROW_FIELDS, name)
        start = xl_rowcol_to_cell(first, column, row_abs=True, col_abs=True)
        return f"{start}:{xl_rowcol_to_cell(max(last, first), column, row_abs=True, col_abs=True)}"

    def _colour(self, first: int, last: int) -> None:
        state = f"${self._at(first, 'state')}"
        area = (first, 0, max(last, first), column_of(ROW_FIELDS, "doubts"))
        open_and_doubtful = f'AND({state}="{layout.OPEN}",${self._at(first, "doubts")}<>"")'
        for formula, colour in ((open_and_doubtful, WATCH), (f'{state}<>"{layout.OPEN}"', GOOD)):
            form = self.book.workbook.add_format({"bg_color": colour})
            self.sheet.conditional_format(
                *area, {"type": "formula", "criteria": f"={formula}", "format": form}
            )


def _insert(sheet: Worksheet, row: int, column: int, piece: Piece, words: str) -> None:
    options = {
        "image_data": BytesIO(piece.content),
        "x_scale": piece.scale,
        "y_scale": piece.scale,
        "x_offset": 3,
        "y_offset": 4,
        "object_position": 1,  # it moves and is filtered with its row
        "description": words,
    }
    sheet.insert_image(row, column, f"{row}-{column}.jpg", options)


@dataclass(frozen=True)
class _Pages:
    """The sheet with a row a page."""

    book: Book
    sheet: Worksheet
    rows: Sequence[ReviewRow]
    pages: Path

    def write(self, year: int) -> None:
        """Write all of it."""
        _head(self.book, self.sheet, PAGE_FIELDS, f"整页确认（{year}年度）", _PAGE_WORDS)
        found = dict.fromkeys(
            (row.file, row.scan.value.page, row.scan.value.sha256)
            for row in sorted(self.rows, key=lambda row: (row.file, row.scan.value.page))
        )
        for at, (file, page, sha256) in enumerate(found, layout.FIRST_ROW - 1):
            self._row(at, file.rpartition("/")[2], page, sha256)
        self.sheet.freeze_panes(layout.HEAD_ROW, 0)

    def _row(self, at: int, file: str, page: int, sha256: str) -> None:
        own = [row for row in self.rows if row.scan.value.sha256 == sha256]
        doubtful = sum(bool(row.doubts) for row in own)
        texts = {
            "file": file,
            "page": page,
            "doubtful": doubtful,
            "sure": len(own) - doubtful,
            "sha256": sha256,
        }
        for name, value in texts.items():
            put(self.sheet, at, column_of(PAGE_FIELDS, name), value, self.book.look("centre"))
        width = PAGE_FIELDS["picture"].width * _LETTER - 2
        piece = whole(self.pages, sha256, width, _TALLEST)
        picture = column_of(PAGE_FIELDS, "picture")
        put(self.sheet, at, picture, None, self.book.look("cell"))
        if piece:
            _insert(self.sheet, at, picture, piece, f"{file} 第{page}页")
        self.sheet.set_row(at, (piece.height * piece.scale + 10) * _POINT if piece else 30)
        verdict = column_of(PAGE_FIELDS, "verdict")
        put(self.sheet, at, verdict, None, self.book.look("entry", align="center"))
        self.sheet.data_validation(
            at,
            verdict,
            at,
            verdict,
            {"validate": "list", "source": [layout.WHOLE_PAGE]},
        )
