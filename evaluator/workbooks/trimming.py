"""What programs and vandals leave in a workbook that says nothing and takes openpyxl minutes or all memory.

Rows far below the last indicator come from formatting whole columns; openpyxl makes a cell of each place
of a merged area, so one over a whole sheet is seventeen thousand million cells.
"""

from __future__ import annotations

import io
import re
import zipfile

from evaluator.records.addresses import column_number

_SUSPECT = 1 << 20  # bytes of a sheet's XML; an honest sheet of a fill-in workbook has a tenth of that
_MOST_MERGED = 500_000  # cells in all merged areas of a sheet together
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_END = b"</sheetData>"
_MERGE = re.compile(rb"""<((?:\w+:)?mergeCell)\b(?:[^>]*?\bref=["']([^"']*)["'])?[^>]*?(?:/>|></\1>)""")
_AREA = re.compile(rb"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def trimmed(content: bytes, last: int | None = None) -> bytes:
    """The same workbook without merged areas of absurd size, and without the rows after `last` where a
    sheet is so large that it must have such.

    Raises what `zipfile` raises on a broken file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        changed = {}
        for entry in archive.infolist():
            if _is_sheet(entry.filename):
                part = archive.read(entry)
                fit = _without_far_merges(part)
                if last is not None and entry.file_size > _SUSPECT:
                    fit = _without_far_rows(fit, last)
                if fit != part:
                    changed[entry.filename] = fit
        if not changed:
            return content
        copied = io.BytesIO()
        with zipfile.ZipFile(copied, "w") as copy:
            for entry in archive.infolist():
                copy.writestr(entry, changed.get(entry.filename) or archive.read(entry))
    return copied.getvalue()


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _without_far_rows(sheet: bytes, last: int) -> bytes:
    end = sheet.rfind(_END)
    far = next((row.start() for row in _ROW.finditer(sheet) if int(row[1]) > last), end)
    return sheet[:far] + sheet[end:] if 0 <= far < end else sheet


def _without_far_merges(sheet: bytes) -> bytes:
    room = _MOST_MERGED

    def keep(found: re.Match[bytes]) -> bytes:
        nonlocal room
        size = _cells(found[2] or b"")
        room -= size
        return found[0] if room >= 0 else b""

    return _MERGE.sub(keep, sheet) if b"mergeCell" in sheet else sheet


def _cells(area: bytes) -> int:
    """How many cells an area has; none where it is not written like one, which openpyxl says itself."""
    found = _AREA.fullmatch(area)
    if not found:
        return 0
    columns = abs(column_number(found[3].decode().upper()) - column_number(found[1].decode().upper())) + 1
    return columns * (abs(int(found[4]) - int(found[2])) + 1)
