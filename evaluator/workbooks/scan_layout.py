"""Where everything stands in 扫描核对.xlsx: one map for who writes it and who reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAME: Final = "扫描核对.xlsx"
ROWS: Final = "核对"
PAGES: Final = "整页确认"
HEAD_ROW: Final = 4
"""Row of the heads on both sheets, counted from 1; title, words and counts stand above."""
FIRST_ROW: Final = 5
LAST_ROW: Final = 20_000
RIGHT: Final = "无误"
"""What is chosen where the picture says what was read."""
WHOLE_PAGE: Final = "整页无误"
OPEN, DONE, BY_PAGE = "未核对", "已核对", "整页确认"
"""The states of a row."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in code, its head, its width in letters (0: hidden), whether people type into it."""

    name: str
    head: str
    width: float
    entry: bool = False


_ROW_FIELDS = (
    Field("state", "状态", 9),
    Field("project", "项目", 13),
    Field("item", "指标", 22),
    Field("picture", "图片", 29),
    Field("understood", "识别结果", 19),
    Field("doubts", "为什么存疑", 24),
    Field("verdict", "核对", 9, entry=True),
    Field("value", "指标值（预算）更正为", 16, entry=True),
    Field("name", "名称更正为", 16, entry=True),
    Field("remark", "说明", 13, entry=True),
    Field("strip", "整行图片", 92),
    # What is seldom misread stands beside the picture of the row.
    Field("level1", "一级指标更正为", 14, entry=True),
    Field("level2", "二级指标更正为", 14, entry=True),
    Field("points", "分值更正为", 10, entry=True),
    Field("basis", "确定依据更正为", 14, entry=True),
    Field("key", "项目编号", 0),
    Field("code", "编码", 0),
    Field("sha256", "页", 0),
    Field("said", "识别原文", 0),
    Field("was", "写入时的内容", 0),
)
_PAGE_FIELDS = (
    Field("file", "文件", 30),
    Field("page", "页", 7),
    Field("picture", "图片", 58),
    Field("doubtful", "存疑的行，须逐行核对", 14),
    Field("sure", "其余的行", 10),
    Field("verdict", "其余的行都与图片一致", 16, entry=True),
    Field("sha256", "页", 0),
)
ROW_FIELDS: Final = {field.name: field for field in _ROW_FIELDS}
PAGE_FIELDS: Final = {field.name: field for field in _PAGE_FIELDS}
ENTRIES: Final = tuple(field.name for field in _ROW_FIELDS if field.entry)


def column_of(fields: dict[str, Field], name: str) -> int:
    """The column of a field, counted from 0."""
    return [*fields].index(name)
