"""From entries to a submission: each entry gets its meaning or a finding with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from evaluator.findings import Finding, finding
from evaluator.model import Actual, Answer, Fund, Grade, Indicator, Place, Project, Submission, TargetKind
from evaluator.text import squash
from evaluator.workbooks import layout
from evaluator.workbooks.entries import Entries, Entry, RowText, row_text, targets_hash
from evaluator.workbooks.opening import open_entries
from evaluator.workbooks.values import (
    NOT_APPLICABLE,
    Meaning,
    formula_problem,
    read_actual,
    read_amount,
    read_completed,
    read_grade,
    read_share,
)

_EMPTY = Entry(None)
Row = Mapping[str, Entry]


def read_submission(
    path: Path, workspace: Path, project: Project, year: int
) -> tuple[Submission | None, list[Finding]]:
    """Read a filled workbook of a project; None where it cannot be read, which a finding explains.

    Findings: those of ``messages/actuals.toml``, each with file, sheet and cell.
    """
    entries, findings = open_entries(path, workspace)
    if entries is None:
        return None, [_of(item, project.key) for item in findings]
    submission, found = interpret(entries, project, year)
    return submission, [*findings, *found]


def interpret(entries: Entries, project: Project, year: int) -> tuple[Submission, list[Finding]]:
    """What the entries of a workbook mean for a project."""
    work = _Interpretation(project.key, year)
    stale = entries.stamp.targets_hash != targets_hash(project)
    if stale:
        work.say("workbook-stale", entries.place)
    actuals = {}
    for item in project.annual:
        row = entries.rows.get(item.code)
        if row is None:
            continue
        if not work.same_row(item, entries, stale):
            continue
        actuals[item.code] = work.actual(item, row)
    known = {item.code for item in project.annual}
    for code, row in entries.rows.items():
        if code not in known:
            actuals[code] = work.stray(code, row)
    submission = Submission(
        project_key=project.key,
        year=year,
        place=entries.place,
        funds=work.funds(entries),
        actuals=actuals,
        facts={name: entry.text for name, entry in entries.facts.items() if entry.text},
        goal_results={number: entry.text for number, entry in entries.goals.items() if entry.text},
        budget_note=entries.note.text,
        sample=entries.facts.get(layout.NATURE, _EMPTY).text == layout.SAMPLE,
        sha256=entries.sha256,
    )
    return submission, work.findings


def _of(item: Finding, project: str) -> Finding:
    return finding(item.code, item.place, project=project, indicator=item.indicator, **dict(item.details))


@dataclass
class _Interpretation:
    """The state of interpreting one workbook."""

    project: str
    year: int
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, place: Place, indicator: str = "", **details: str) -> None:
        self.findings.append(finding(code, place, project=self.project, indicator=indicator, **details))

    def same_row(self, item: Indicator, entries: Entries, stale: bool) -> bool:
        """Whether a row is still about the indicator that has its code now.

        In a stale workbook a code may have moved to another indicator, and then what was typed is not
        about that one (another target for the same indicator is fine: what was achieved is the same). In
        a current one a changed text means that somebody unlocked the sheet.
        """
        said, approved = entries.texts.get(item.code, RowText()), row_text(item)
        names = [name for name in layout.LOCKED_CHECKED if not (stale and name == "target")]
        pairs = [(getattr(said, name), getattr(approved, name)) for name in names]
        changed = [(a, b) for a, b in pairs if squash(a) != squash(b)]
        if not changed:
            return True
        place = Place(entries.place.file, layout.ACTUALS, self._cell(entries.rows[item.code], "code"))
        code = "workbook-row-moved" if stale else "workbook-row-changed"
        before, after = changed[0][1] or "（空）", changed[0][0] or "（空）"
        self.say(code, place, item.code, number=item.code, approved=before, found=after)
        return not stale

    @staticmethod
    def _cell(row: Row, name: str) -> str:
        cell = next(iter(row.values())).place.cell
        return layout.FIELDS[name].letter + cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def actual(self, item: Indicator, row: Row) -> Actual:
        """The answer of one indicator's row."""
        numeric = item.target.kind in (TargetKind.NUMERIC, TargetKind.RANGE, TargetKind.UNREADABLE)
        key = {TargetKind.QUALITATIVE: "grade", TargetKind.DEADLINE: "completed"}.get(
            item.target.kind, "actual"
        )
        main = row.get(key, _EMPTY)
        meaning, answer = self._main(item, row, main, numeric)
        grade = self._grade(item, row.get("grade", _EMPTY)) if not numeric else None
        completed = self._completed(item, row) if item.target.kind is TargetKind.DEADLINE else None
        if item.target.kind is TargetKind.DEADLINE and answer is not Answer.NOT_APPLICABLE:
            answer = Answer.FILLED if completed or grade else self._blank(row, ("completed", "grade"))
        if item.target.kind is TargetKind.QUALITATIVE and answer is not Answer.NOT_APPLICABLE:
            answer = Answer.FILLED if grade else self._blank(row, ("grade",))
        return Actual(
            code=item.code,
            place=main.place,
            answer=answer,
            typed=self._typed(row, main, meaning),
            value=meaning.value,
            unit=meaning.unit,
            grade=grade,
            share=self._share(item, row.get("share", _EMPTY)) if not numeric else None,
            completed=completed,
            description=row.get("description", _EMPTY).text,
            reason=row.get("reason", _EMPTY).text,
            evidence=row.get("evidence", _EMPTY).text,
            deduction=self._points(item, row, "deduction"),
            deduction_reason=row.get("deduction_reason", _EMPTY).text,
            points=self._points(item, row, "points"),
        )

    @staticmethod
    def _blank(row: Row, names: tuple[str, ...]) -> Answer:
        typed = any(row.get(name, _EMPTY).text or row.get(name, _EMPTY).formula for name in names)
        return Answer.UNREADABLE if typed else Answer.BLANK

    @staticmethod
    def _typed(row: Row, main: Entry, meaning: Meaning) -> str:
        if meaning.value is not None:
            return f"{format(meaning.value, 'f')}{meaning.unit}"
        parts = [main.text]
        if main is not row.get("grade"):
            parts.append(row.get("grade", _EMPTY).text)
        return " ".join(part for part in parts if part)

    def _main(self, item: Indicator, row: Row, main: Entry, numeric: bool) -> tuple[Meaning, Answer]:
        if squash(main.text) in NOT_APPLICABLE:
            return Meaning(), Answer.NOT_APPLICABLE
        if not numeric:
            return Meaning(), Answer.BLANK
        if not main.text and not main.formula:
            return Meaning(), Answer.BLANK
        problem = formula_problem(main)
        meaning = (
            Meaning(problem=problem) if problem else read_actual(main, row.get("unit", _EMPTY), item.target)
        )
        if meaning.problem:
            details = dict(meaning.details)
            if problem == "cell-error":
                details["typed"] = main.text
            self.say(meaning.problem, main.place, item.code, **details)
            return Meaning(), Answer.UNREADABLE
        if meaning.remark:
            self.say(meaning.remark, main.place, item.code, typed=main.text[:40])
        if meaning.value is not None and meaning.value < 0:
            self.say("negative-actual", main.place, item.code, typed=main.text[:40])
        return meaning, Answer.FILLED

    def _grade(self, item: Indicator, entry: Entry) -> Grade | None:
        if not entry.text or squash(entry.text) in NOT_APPLICABLE:
            return None
        grade = read_grade(entry)
        if grade is None:
            self.say("grade-unknown", entry.place, item.code, typed=entry.text[:30])
        return grade

    def _completed(self, item: Indicator, row: Row) -> date | None:
        entry = row.get("completed", _EMPTY)
        if not entry.text or squash(entry.text) in NOT_APPLICABLE:
            return None
        day = read_completed(entry, self.year)
        if day is None:
            self.say("not-a-date", entry.place, item.code, typed=entry.text[:30])
        return day

    def _share(self, item: Indicator, entry: Entry) -> Decimal | None:
        if not entry.text and not entry.formula:
            return None
        problem = formula_problem(entry)
        meaning = Meaning(problem=problem) if problem else read_share(entry)
        if meaning.problem:
            details = dict(meaning.details)
            if problem == "cell-error":
                details["typed"] = entry.text
            self.say(meaning.problem, entry.place, item.code, **details)
        return meaning.value

    def _points(self, item: Indicator, row: Row, name: str) -> Decimal | None:
        entry = row.get(name, _EMPTY)
        return self._amount(entry, "分", item.code)

    def _amount(self, entry: Entry, unit: str, indicator: str = "") -> Decimal | None:
        if not entry.text and not entry.formula:
            return None
        problem = formula_problem(entry)
        meaning = Meaning(problem=problem) if problem else read_amount(entry, unit)
        if meaning.problem:
            details = dict(meaning.details)
            if problem == "cell-error":
                details["typed"] = entry.text
            self.say(meaning.problem, entry.place, indicator, **details)
        return meaning.value

    def funds(self, entries: Entries) -> tuple[Fund, ...]:
        """The rows of the budget sheet, in 万元."""
        funds = []
        for name in layout.FUNDS:
            cells = {column: entries.funds.get((name, column), _EMPTY) for column in layout.FUND_COLUMNS}
            amounts = {column: self._amount(entry, "万元") for column, entry in cells.items()}
            funds.append(Fund(name, **amounts, place=cells["initial"].place))
        return tuple(funds)

    def stray(self, code: str, row: Row) -> Actual:
        """A row whose code no indicator has: kept, so that matching says so where it was filled."""
        entry = next((e for name, e in row.items() if name != "unit" and e.text), None)
        place = entry.place if entry else next(iter(row.values())).place
        answer = Answer.UNREADABLE if entry else Answer.BLANK
        return Actual(code, place, answer, entry.text if entry else "")
