"""How much is read at most, and what parsers raise on broken input. Far above any real form."""

from __future__ import annotations

import struct
import zlib
from typing import Final
from zipfile import BadZipFile

MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 64 * MEGABYTE
MAX_TEXT: Final = 16 * MEGABYTE
MAX_UNPACKED: Final = 200 * MEGABYTE
MAX_RATIO: Final = 200  # unpacked to packed, held against files that unpack to more than `SMALL`
SMALL: Final = 20 * MEGABYTE
MAX_TREE: Final = 32 * MEGABYTE  # XML or HTML that is held in memory as a tree
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 512
MAX_CELLS: Final = 300_000  # of one file
MAX_CELL: Final = 32_767  # characters of one cell, as in Excel
MAX_BLANK_ROWS: Final = 1_000  # after as many blank rows the rest of a sheet is formatting
MAX_MEMORY: Final = 2048 * MEGABYTE  # of the process that reads a PDF
MAX_PAGES: Final = 300
MAX_RULINGS: Final = 20_000  # lines and boxes of one page; a drawing, not a table

# The parsers of the containers promise no exception of their own for broken files. XML's errors are
# SyntaxErrors. Used only around calls into those parsers, never around code of ours.
PARSER_ERRORS: Final[tuple[type[Exception], ...]] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
