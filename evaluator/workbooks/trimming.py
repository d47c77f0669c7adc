"""Rows far below the last indicator, which programs leave behind by formatting whole columns.

A million of them take openpyxl a quarter of a minute and say nothing.
"""

from __future__ import annotations

import io
import re
import zipfile

_SUSPECT = 1 << 20  # bytes of a sheet's XML; an honest sheet of a fill-in workbook has a tenth of that
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_END = b"</sheetData>"


def without_far_rows(content: bytes, last: int) -> bytes:
    """The same workbook without the rows after `last`, where a sheet is so large that it must have such.

    Raises what `zipfile` raises on a broken file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        large = [e for e in archive.infolist() if _is_sheet(e.filename) and e.file_size > _SUSPECT]
        if not large:
            return content
        trimmed = io.BytesIO()
        with zipfile.ZipFile(trimmed, "w") as copy:
            for entry in archive.infolist():
                part = archive.read(entry)
                copy.writestr(entry, _trim(part, last) if entry in large else part)
    return trimmed.getvalue()


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _trim(sheet: bytes, last: int) -> bytes:
    end = sheet.rfind(_END)
    far = next((row.start() for row in _ROW.finditer(sheet) if int(row[1]) > last), end)
    return sheet[:far] + sheet[end:] if 0 <= far < end else sheet
