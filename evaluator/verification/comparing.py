"""Whatever kind of file it is: what differs between what was delivered and what lies there now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from evaluator.readers.limits import PARSER_ERRORS
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.verification.document import document_differences
from evaluator.verification.json_file import json_differences
from evaluator.verification.package import program
from evaluator.verification.page import page_differences
from evaluator.verification.workbook import workbook_differences

_Differ = Callable[[Path, Path, Place], Iterator[Finding]]
_DIFFERS: dict[str, _Differ] = {
    ".xlsx": workbook_differences,
    ".docx": document_differences,
    ".json": json_differences,
    ".html": page_differences,
}
_OFFICE = {
    ".xlsx": "单元格、显示方式和打印设置",
    ".docx": "文字、表格、图表的内容和看不到的文字",
}
"""What was compared and found the same where an office program merely saved a file again."""


def compare(original: Path, present: Path, place: Place) -> list[Finding]:
    """Everything by which `present` differs from `original`, files of one name whose bytes are not the same.

    Never empty: where nothing can be seen to differ, `verify-resaved` (office files) or
    `verify-output-changed` says so. A file that its parser cannot hold is `verify-output-changed`.
    """
    differ = _DIFFERS.get(present.suffix)
    if differ is None:
        return [finding("verify-output-changed", place, extent="")]
    try:
        found = list(differ(original, present, place))
        if found:
            return found
        if present.suffix in _OFFICE:
            return [
                finding(
                    "verify-resaved", place, program=program(present) or "不详", same=_OFFICE[present.suffix]
                )
            ]
    except PARSER_ERRORS:
        return [finding("verify-output-changed", place, extent="，已无法读取")]
    return [finding("verify-output-changed", place, extent="（只是排版不同）")]
