"""CSV files that open in Excel, diff in git, and come back from both unharmed.

UTF-8 with a byte order mark. A text that begins with ``= + - @`` would become a formula in Excel (and
``=100%`` the number 1), so it is written behind an apostrophe, which is taken off again when reading.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.readers.encodings import decode
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.storage.files import is_there, reason, write_bytes
from evaluator.tables.columns import is_late

if TYPE_CHECKING:
    import pandas as pd

PROJECTS = "projects.csv"
INDICATORS = "indicators.csv"
AS_READ = "as-read"
"""The folder beside the two tables with what the reader read; people edit the tables, never this."""

_LAST, _SHA256 = "来源sha256", re.compile(r"[0-9a-f]{64}|")
_DELIMITERS = (",", "\t", ";")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard(text: str) -> str:
    """Text as it is written to a CSV file."""
    return f"'{text}" if text.startswith((*_FORMULA_STARTS, "'")) else text


def unguard(text: str) -> str:
    """Text as it was before `guard`."""
    return text[1:] if text.startswith("'") else text


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table of strings as the bytes of its CSV file."""
    buffer = io.StringIO()
    table.map(guard).to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue().encode("utf-8-sig")


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table of strings beside and rename. Raises OSError."""
    write_bytes(path, csv_bytes(table))


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as strings: its columns, and the cells of each row by its number as Excel counts it."""

    columns: tuple[str, ...]
    rows: Mapping[int, dict[str, str]]

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows without their numbers."""
        return list(self.rows.values())


def read_table(path: Path, columns: Sequence[str], place: Place) -> tuple[Table | None, list[Finding]]:
    """Read a CSV file as strings, however Excel or WPS saved it: UTF-8, GB18030 or UTF-16; comma, tab or
    semicolon.

    Blank rows are left out; columns of a person's own come last, under 备注 where they have no head.
    Findings: `csv-missing`, `csv-is-workbook`, `csv-locked`, `csv-unreadable`, `csv-column-missing`; the
    table is None then.
    """
    content = _content(path, place)
    if isinstance(content, Finding):
        return None, [content]
    try:
        heads, rows = _split(content, columns)
    except _NoTableError as error:
        return None, [finding("csv-unreadable", place, reason=error)]
    heads = _named(heads, rows)
    lacking = [column for column in columns if column not in heads]
    heads = [*heads, *(column for column in lacking if is_late(column))]
    missing = [column for column in lacking if not is_late(column)]
    if missing:
        return None, [finding("csv-column-missing", place, columns="、".join(missing))]
    return _table(heads, rows, columns), []


def _table(heads: list[str], rows: Mapping[int, list[str]], columns: Sequence[str]) -> Table:
    """The rows by head, those of `columns` first; a row that is shorter than the heads is blank behind."""
    at = {name: heads.index(name) for name in (*columns, *filter(None, heads))}
    blank = [""] * len(heads)
    whole = {number: [*cells, *blank[len(cells) :]] for number, cells in rows.items()}
    found = {number: {name: cells[index] for name, index in at.items()} for number, cells in whole.items()}
    return Table(tuple(at), found)


def _content(path: Path, place: Place) -> bytes | Finding:
    """The bytes of a table, or why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _missing(path, place)
    except PermissionError:
        return finding("csv-locked", place)
    except OSError as error:
        return finding("csv-unreadable", place, reason=reason(error))


def _missing(path: Path, place: Place) -> Finding:
    """Say that a table is gone, or that a person saved it as a workbook."""
    for suffix in (".xlsx", ".xls", ".xlsm", ".et", ".ods"):
        if is_there(path.with_suffix(suffix)):
            return finding("csv-is-workbook", place, name=path.name, other=f"{path.stem}{suffix}")
    return finding("csv-missing", place)


def _is_shifted(heads: list[str], cells: list[str]) -> bool:
    """Whether a row is longer than the heads because a text in it was split, not by a remark behind it."""
    at = heads.index(_LAST) if _LAST in heads else -1
    return _used(cells) > len(heads) and (at < 0 or not _SHA256.fullmatch(cells[at]))


def _used(cells: list[str]) -> int:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return end


def _named(heads: list[str], rows: dict[int, list[str]]) -> list[str]:
    """The heads, with one for each column below which a person wrote something without a head."""
    named: list[str] = []
    for index, head in enumerate(heads):
        written = not head and any(cells[index] for cells in rows.values())
        free = (f"备注{number or ''}" for number in range(len(heads) + 1))
        named.append(next(name for name in free if name not in (*heads, *named)) if written else head)
    return named


class _NoTableError(ValueError):
    """Why a file's content is no table, in Chinese."""


def _text(content: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    decoded = decode(content)
    if decoded is None or decoded[1]:
        raise _NoTableError("编码有误")
    return decoded[0]


def _split(content: bytes, columns: Sequence[str]) -> tuple[list[str], dict[int, list[str]]]:
    """The heads, and the rows that are not blank by their number in Excel."""
    text = _text(content)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda mark: len({*first.strip().split(mark)} & {*columns}))
    rows: dict[int, list[str]] = {}
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1):
            rows[number] = [unguard(cell).strip() for cell in cells]
    except csv.Error:
        raise _NoTableError(f"第{len(rows) + 1}行的引号不成对，或单元格过长") from None
    heads = rows.pop(1, [])
    if not heads:
        raise _NoTableError("文件是空的")
    if len({name for name in heads if name}) < sum(map(bool, heads)):
        raise _NoTableError("表头有重复的列名")
    for number, cells in rows.items():
        if _is_shifted(heads, cells):
            raise _NoTableError(f"第{number}行的列数比表头多")
    width = max([len(heads), *map(_used, rows.values())])
    heads += [""] * (width - len(heads))
    return heads, {n: (cells + [""] * width)[:width] for n, cells in rows.items() if any(cells)}
