"""Text files (txt, csv, tsv) and tables pasted into them.

A table is a run of lines whose cells are separated by tabs, by ``|`` (at both ends or on most lines of a
paragraph), by commas (in a .csv file, or on most lines), or by two or more blanks. Blanks separate only
where most lines of a paragraph break into three or more pieces, for two blanks also stand inside sentences.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby
from pathlib import PurePosixPath

from evaluator.readers.encodings import decode
from evaluator.readers.rows import RowCollector
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place, Row

Line = tuple[int, list[str]]  # number from 1; cells, a single one where the line is running text

_NEWLINE = re.compile(r"\r\n|\n|\r")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")
_RULED = frozenset("|-: \t\u3000")  # |---|:--:|
_PIPE = re.compile(r"(?<!\\)\|")
# A cell with a line break, copied from a spreadsheet, comes in quotes.
_QUOTED = re.compile(r'(?:(?<=[\t\n])|^)"((?:[^"]|"")*)"(?=[\t\n]|$)')
_FEWEST_COMMAS = 10
_FEWEST_BARRED = 3  # lines: a|b|c stands in a sentence, too
# Stand-ins for what is inside a cell while lines and cells are being told apart.
_STAND_IN = {"\n": "\v", "\t": "\f"}


def read(content: bytes, file: str) -> tuple[list[Row], list[Finding]]:
    """Read a text file; places are line and column. Findings: text-encoding, text-damaged."""
    decoded = decode(content)
    if decoded is None:
        return [], [finding("text-encoding", Place(file))]
    text, damaged = decoded
    text = _NEWLINE.sub("\n", text).replace("\v", "\n").replace("\f", "\n")
    findings = [finding("text-damaged", Place(file), count=damaged)] if damaged else []
    if PurePosixPath(file).suffix.lower() == ".csv" or _is_comma_separated(text):
        try:
            return _collect(_comma_lines(text), file), findings
        except csv.Error:
            pass  # quotation marks that never close: not comma-separated after all
    return _collect(_lines(text), file), findings


def _is_comma_separated(text: str) -> bool:
    """Whether a text of another name is a .csv file: half-width commas on most lines, and no tabs."""
    if "\t" in text or text.count(",") < _FEWEST_COMMAS:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return 2 * sum(line.count(",") > 1 for line in lines) > len(lines)


def _collect(lines: Iterable[Line], file: str) -> list[Row]:
    collector = RowCollector(file)
    table = 0
    for number, cells in lines:
        if collector.full:
            break
        if len(cells) > 1:
            table = table or collector.start_table()
        elif cells[0].strip():
            table = 0
        else:
            continue  # a blank line ends no table
        places = ((at, f"第{number}行第{at + 1}列", cell) for at, cell in enumerate(cells))
        collector.add(places, table=table)
    return collector.rows


def _lines(text: str) -> Iterator[Line]:
    for paragraph in _paragraphs(_QUOTED.sub(_unquote, text)):
        spaced = [_GAP.split(line.strip()) for _, line in paragraph if "\t" not in line]
        by_gaps = _are_most(spaced)
        by_pipes = _is_barred([line.strip() for _, line in paragraph])
        for number, line in paragraph:
            if not _is_rule(line):
                yield number, [_restore(cell) for cell in _split(line, by_gaps, by_pipes)]


def _is_rule(line: str) -> bool:
    """Whether a line is the rule below the heads of a Markdown table."""
    return line.lstrip().startswith("|") and "-" in line and _RULED.issuperset(line.strip())


def _is_barred(lines: list[str]) -> bool:
    """Whether bars part the cells of a paragraph without standing at both ends, as in Markdown."""
    edged = sum(line.startswith("|") and line.endswith("|") for line in lines)
    enough = len(lines) >= _FEWEST_BARRED and 2 * edged < len(lines)
    return enough and _are_most([_PIPE.split(line) for line in lines])


def _are_most(lines: list[list[str]]) -> bool:
    return 2 * sum(len(cells) >= 3 for cells in lines) > len(lines)


def _split(line: str, by_gaps: bool, by_pipes: bool) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    bare = line.strip()
    if by_pipes:
        return [cell.replace(r"\|", "|").strip() for cell in _PIPE.split(line)]
    if len(bare) > 1 and bare.startswith("|") and bare.endswith("|"):
        return [cell.replace(r"\|", "|") for cell in _PIPE.split(bare[1:-1])]
    return _GAP.split(bare) if by_gaps else [line]


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    """Lines with their numbers, in groups between blank lines."""
    numbered: list[tuple[int, str]] = []
    number = 1
    for line in text.split("\n"):
        numbered.append((number, line))
        number += 1 + line.count(_STAND_IN["\n"])
    for _, group in groupby(numbered, key=lambda pair: bool(pair[1].strip())):
        yield list(group)


def _unquote(match: re.Match[str]) -> str:
    inner = match[1]
    if not re.search(r'[\n\t]|""', inner):
        return match[0]  # quotation marks that someone wrote
    inner = inner.replace('""', '"')
    for character, stand_in in _STAND_IN.items():
        inner = inner.replace(character, stand_in)
    return inner


def _restore(cell: str) -> str:
    for character, stand_in in _STAND_IN.items():
        cell = cell.replace(stand_in, character)
    return cell


def _comma_lines(text: str) -> Iterator[Line]:
    head = text[:4096]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",\t;", key=head.count))
    start = 1
    for cells in reader:
        yield start, cells or [""]
        start = reader.line_num + 1
