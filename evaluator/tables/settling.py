"""The cells of one row that count: what was approved, and what a person made of it with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.records.approved import Correction
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.tables.cells import edits, understood
from evaluator.tables.columns import CODE, CONFIRMED, KEY, NOTE, OWN, PICTURE, REMARK, is_needed, wanted
from evaluator.workbooks.scan_verdicts import confirms

Cells = Mapping[str, str]


@dataclass
class Settling:
    """The rows of one table while they are settled."""

    file: str
    year: int
    findings: list[Finding] = field(default_factory=list)

    def say(
        self, message: str, line: int, /, *, project: str = "", indicator: str = "", **details: object
    ) -> None:
        """Add a finding about a line of the table (0: about the whole table)."""
        place = Place(self.file, cell=f"第{line}行" if line else "")
        self.findings.append(finding(message, place, project=project, indicator=indicator, **details))


@dataclass(frozen=True, slots=True)
class Settled:
    """The cells of a row that count, with the corrections that made them."""

    cells: dict[str, str]
    corrections: tuple[Correction, ...]

    @property
    def changed(self) -> set[str]:
        """The columns that were corrected."""
        return {correction.column for correction in self.corrections}


def about(cells: Cells) -> dict[str, str]:
    """Whose row it is, as findings want it."""
    return {"project": cells[KEY], "indicator": cells.get(CODE, "")}


def _confirmed(current: Cells) -> str:
    """What a person wrote who held a row against its picture; empty where they wrote that it is not so."""
    return current[CONFIRMED] if confirms(current[CONFIRMED]) else ""


def settle(
    read: Cells, line: int, current: Cells, editable: Sequence[str], rows: Settling, unneeded: Sequence[str]
) -> Settled:
    """Hold a row of the table against what was read from the form.

    A change counts with a note; without one, and in a column that cannot be corrected, the approved cell
    counts and a finding says so. `unneeded` are columns that do not matter to this row's target.
    """
    said = {CONFIRMED: _confirmed(current), REMARK: current[REMARK]}
    settled, corrections, note = {**read, **said}, [], current[NOTE]
    fixed = [column for column in read if column not in (*editable, KEY, CODE, *OWN)]
    for column, text in edits(read, current, fixed).items():
        shown = {"text": text or "（空）", "kept": read[column] or "（空）"}
        rows.say("column-not-editable", line, **about(read), column=column, **shown)
    changes = edits(read, current, editable)
    for column, text in changes.items():
        value = _counted(read, line, column, text, note, rows, unneeded)
        if value is not None:
            settled[column] = value
            corrections.append(Correction(column, read[column], value, note, bool(read[PICTURE])))
    if note and not changes:
        rows.say("note-without-change", line, **about(read), note=note)
    return Settled(settled, tuple(corrections))


def _counted(
    read: Cells, line: int, column: str, text: str, note: str, rows: Settling, unneeded: Sequence[str]
) -> str | None:
    """What a changed cell counts as; None where the approved cell counts. A finding says which."""
    value = understood(column, text, read[column])
    details = {**about(read), "column": column, "approved": read[column] or "（空）"}
    if not note:
        rows.say("correction-without-note", line, **details, corrected=text or "（空）")
        return None
    if value is None:
        said = {"text": text, "expected": wanted(column, text)}
        code = "csv-value-ignored" if column in unneeded else "csv-value-invalid"
        rows.say(code, line, **details, **said)
        return None
    if not value and is_needed(column):
        rows.say("cell-emptied", line, **details)
        return None
    rows.say("correction-applied", line, **details, corrected=value or "（空）", note=note)
    return value
