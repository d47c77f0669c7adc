"""A corrected target: its text and its parts (运算符, 数值, ...) agree, or a finding says where not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from evaluator.records.approved import Correction, Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding
from evaluator.records.source import Place
from evaluator.tables.columns import CODE, INDICATOR_COLUMNS, KEY, READING
from evaluator.tables.rows import indicator_cells, indicator_from
from evaluator.tables.settling import Settled, Settling, about
from evaluator.values.quantities import bare, split_operator
from evaluator.values.row_target import Row, read_row_target
from evaluator.values.target import render_target
from evaluator.values.text import squash

Cells = Mapping[str, str]
NEEDED = {
    TargetKind.NUMERIC: ("运算符", "数值"),
    TargetKind.RANGE: ("数值", "上限"),
    TargetKind.DEADLINE: ("截止日期",),
}
_USED = {
    TargetKind.NUMERIC: ("运算符", "数值", "计量单位"),
    TargetKind.RANGE: ("数值", "上限", "计量单位"),
    TargetKind.DEADLINE: ("起始日期", "截止日期"),
}
BLANK: Cells = {
    **dict.fromkeys(INDICATOR_COLUMNS, ""),
    "目标类别": "年度",
    "指标类型": TargetKind.QUALITATIVE.value,
}


def unneeded(kind: str) -> tuple[str, ...]:
    """The parts that a target of a kind does not have."""
    used = _USED.get(TargetKind(kind), ())
    return tuple(column for column in READING if column not in ("指标类型", *used))


def reworded(
    read: Cells, settled: Settled, line: int, rows: Settling, budget: Decimal | None
) -> Indicator | None:
    """The indicator of a row whose target may have been corrected; None where its cells do not agree.

    Where only 指标值 was corrected (or the name that contradicted it) the parts are read from it as a form's
    are; where only parts were, the text follows them; where both were they must say the same.
    """
    text, parts = "指标值" in settled.changed, [c for c in READING if c in settled.changed]
    unread = read["指标类型"] == TargetKind.UNREADABLE and "三级指标" in settled.changed
    if not text and not parts and not unread:
        return replace(indicator_from(settled.cells), corrections=settled.corrections)
    if (text or unread) and not parts:
        cells, found = read_anew(settled.cells, rows.year, budget, columns=_columns_of(read))
        _tell(found, settled.cells, line, rows)
        return replace(indicator_from({**settled.cells, **cells}), corrections=settled.corrections)
    if lacks(settled.cells, line, rows) or contradicts(settled, parts, line, rows, budget):
        return None
    rest = dict.fromkeys(unneeded(settled.cells["指标类型"]), "")
    return _follow(indicator_from({**settled.cells, **rest}), settled.corrections, rows.year)


def read_anew(
    cells: Cells, year: int, budget: Decimal | None, *, columns: Collection[str] = ()
) -> tuple[dict[str, str], list[Finding]]:
    """指标值 and the parts that follow from it, read as a form's value is.

    `columns` are those of 运算符 and 计量单位 that the form has beside the value: they count where the text
    has none of its own.
    """
    text = cells["指标值"]
    core = bare(text)
    operator = cells["运算符"] if "运算符" in columns and split_operator(core)[0] is None else ""
    plain = not any(c.isalpha() or c in "%‰" for c in split_operator(core)[1])
    unit = cells["计量单位"] if "计量单位" in columns and plain else ""
    row = Row(cells["三级指标"], cells["一级指标"], cells["二级指标"], operator, unit)
    target, found = read_row_target(text, row, year, Place(""), budget)
    return _target_cells(target), found


def _columns_of(read: Cells) -> tuple[str, ...]:
    """The columns that the form has beside the value: what they say stands in no cell together with it."""
    cells = [squash(cell) for cell in read["批复原文"].split(" | ")]
    joined = not read["批复原文"] or squash(read["指标值"]) in cells
    return () if joined else ("运算符", "计量单位")


def _tell(found: Iterable[Finding], cells: Cells, line: int, rows: Settling) -> None:
    place = Place(rows.file, cell=f"第{line}行")
    rows.findings += [replace(item, place=place, project=cells[KEY], indicator=cells[CODE]) for item in found]


def _target_cells(target: Target) -> dict[str, str]:
    project = Project("", "", "", None, (), (), Place(""), "")
    item = replace(indicator_from(BLANK), target=target)
    cells = indicator_cells(project, item)
    return {column: cells[column] for column in ("指标值", *READING)}


def lacks(cells: Cells, line: int, rows: Settling) -> bool:
    """Whether a reading that a person wrote lacks what its kind of target needs; a finding says what."""
    lacking = [c for c in NEEDED.get(TargetKind(cells["指标类型"]), ()) if not cells[c]]
    if lacking:
        details = {"kind": cells["指标类型"], "lacking": "、".join(lacking)}
        rows.say("reading-incomplete", line, **about(cells), **details)
    return bool(lacking)


def contradicts(
    settled: Settled, parts: Collection[str], line: int, rows: Settling, budget: Decimal | None
) -> bool:
    """Whether the cells of a corrected target say different things; a finding says which."""
    cells = settled.cells
    kind = cells["指标类型"]
    said = [
        f"指标类型是“{kind}”，“{column}”栏却写着“{cells[column]}”"
        for column in unneeded(kind)
        if column in parts and cells[column]
    ]
    if "指标值" in settled.changed and not said:
        anew, _ = read_anew(cells, rows.year, budget, columns=("运算符", "计量单位"))
        if anew["指标类型"] != TargetKind.UNREADABLE:
            said = [
                f"“{column}”栏{_words(cells[column])}，按指标值“{cells['指标值']}”应{_words(anew[column])}"
                for column in READING
                if cells[column] != anew[column]
            ]
    if said:
        rows.say("reading-contradicts", line, **about(cells), said="；".join(said))
    return bool(said)


def _words(text: str) -> str:
    return f"是“{text}”" if text else "是空的"


def _follow(item: Indicator, corrections: tuple[Correction, ...], year: int) -> Indicator:
    """An indicator whose reading was corrected: its text says what counts, and that is a correction too."""
    target = item.target
    reading, _ = read_row_target(target.text, Row(item.name, item.level1, item.level2), year, item.place)
    text = target.text if replace(target, text="") == replace(reading, text="") else render_target(target)
    own = next((c for c in corrections if c.column == "指标值"), None)
    if text != target.text or own:
        approved, note = (own.approved, own.note) if own else (target.text, corrections[0].note)
        others = tuple(c for c in corrections if c is not own)
        corrections = (Correction("指标值", approved, text, note), *others)
    return replace(item, target=replace(target, text=text), corrections=corrections)
