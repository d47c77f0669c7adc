"""CSV files that open in Excel, diff in git, and come back from both unharmed.

UTF-8 with a byte order mark. A text that begins with ``= + - @`` would become a formula in Excel (and
``=100%`` the number 1), so it is written behind an apostrophe, which is taken off again when reading.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.findings import Finding, finding
from evaluator.model import Place

if TYPE_CHECKING:
    import pandas as pd

PROJECTS = "projects.csv"
INDICATORS = "indicators.csv"
AS_READ = "as-read"
"""The folder beside the two tables with what the reader read; people edit the tables, never this."""

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
    draft = path.with_name(f".~{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_bytes(csv_bytes(table))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_table(path: Path, columns: Sequence[str], place: Place) -> tuple[pd.DataFrame | None, list[Finding]]:
    """Read a CSV file as strings, saved by Excel in UTF-8 or GB18030; columns of a person's own come last.

    Findings: `csv-unreadable`, `csv-column-missing`; the table is None then.
    """
    import pandas as pd

    try:
        content = path.read_bytes()
        text = _decode(content)
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False)
    except (OSError, UnicodeDecodeError, ValueError) as error:  # pandas' parser errors are ValueErrors
        reason = error.strerror if isinstance(error, OSError) else "内容或编码有误"
        return None, [finding("csv-unreadable", place, reason=reason or "无法打开")]
    missing = [column for column in columns if column not in table.columns]
    if missing:
        return None, [finding("csv-column-missing", place, columns="、".join(missing))]
    own = [
        c for c in table.columns if c not in columns and not (c.startswith("Unnamed:") and _empty(table[c]))
    ]
    return table[[*columns, *own]].map(lambda value: unguard(str(value)).strip()), []


def _empty(column: pd.Series[str]) -> bool:
    return not column.str.strip().any()


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
