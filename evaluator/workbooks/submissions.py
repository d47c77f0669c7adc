"""From entries to a submission: each entry gets its meaning or a finding with its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evaluator.records.approved import Indicator, Project, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.records.submitted import Actual, Answer, Grade, Submission
from evaluator.values.text import squash
from evaluator.workbooks import layout
from evaluator.workbooks.answers import PLAIN, grade_of, meant_choices
from evaluator.workbooks.entries import Entries, Entry, RowText, approved_row_text, row_text, targets_hash
from evaluator.workbooks.funds import read_funds
from evaluator.workbooks.opening import open_entries
from evaluator.workbooks.values import (
    NOT_APPLICABLE,
    Meaning,
    formula_problem,
    number_problem,
    read_actual,
    read_amount,
    read_completed,
    read_share,
)

_EMPTY = Entry(None)
_MAIN = {TargetKind.QUALITATIVE: "grade", TargetKind.DEADLINE: "completed"}
_TEXTS = ("description", "reason", "evidence", "deduction_reason")
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
    texts = frozenset(_folded(row_text(item)) for item in project.annual)
    work = _Interpretation(project.key, year, texts)
    stale = entries.stamp.targets_hash != targets_hash(project)
    if stale:
        work.say("workbook-stale", entries.place)
    actuals = _actuals(entries, project, work, stale)
    funds, spoilt = read_funds(entries, work.check, work.say)
    facts = work.facts(entries)
    submission = Submission(
        project_key=project.key,
        year=year,
        place=entries.place,
        funds=funds,
        spoilt=spoilt,
        actuals=actuals,
        facts=facts,
        goal_results={
            number: text
            for number, entry in entries.goals.items()
            if (text := work.text(entry, "实际完成情况"))
        },
        goal_places={number: entry.place for number, entry in entries.goals.items()},
        budget_note=work.text(entries.note, layout.NOTE_LABEL),
        sample=facts.get(layout.NATURE) == layout.SAMPLE,
        sha256=entries.sha256,
        rules_name=entries.stamp.rules_name,
        rules_sha256=entries.stamp.rules_sha256,
    )
    return submission, work.findings


def _actuals(entries: Entries, project: Project, work: _Interpretation, stale: bool) -> dict[str, Actual]:
    """The answers by code: of the project's indicators, and of rows that are none's."""
    actuals: dict[str, Actual] = {}
    for item in project.annual:
        row = entries.rows.get(item.code)
        if row is None:
            continue
        typed = any(entry.filled for name, entry in row.items() if name != "unit")
        same = (stale and not typed) or work.same_row(item, entries, stale)
        actuals[item.code] = work.actual(item, row) if same else work.foreign(item, row)
    known = {item.code for item in project.annual}
    for code, row in entries.rows.items():
        if code not in known:
            actuals[code] = work.stray(code, row)
    return actuals


def _of(item: Finding, project: str) -> Finding:
    return finding(item.code, item.place, project=project, indicator=item.indicator, **dict(item.details))


def _changed_text(said: RowText, item: Indicator, stale: bool) -> str:
    """The first locked field of a row that does not say what it should; empty where all do."""
    right = (row_text(item), approved_row_text(item)) if stale else (row_text(item),)
    for name in layout.LOCKED_CHECKED:
        if stale and name == "target":
            continue
        if squash(getattr(said, name)) not in {squash(getattr(text, name)) for text in right}:
            return name
    return ""


@dataclass
class _Interpretation:
    """The state of interpreting one workbook."""

    project: str
    year: int
    texts: frozenset[tuple[str, ...]]
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, place: Place, indicator: str = "", **details: str) -> None:
        self.findings.append(finding(code, place, project=self.project, indicator=indicator, **details))

    def same_row(self, item: Indicator, entries: Entries, stale: bool) -> bool:
        """Whether a row is still about the indicator that has its code now.

        In a stale workbook a code may have moved to another indicator, and then what was typed is not
        about that one (another target for the same indicator is fine: what was achieved is the same). In
        a current one a changed text means that somebody unlocked the sheet; where it is that of another
        indicator, codes were moved.
        """
        said, approved = entries.texts.get(item.code, RowText()), row_text(item)
        elsewhere = not stale and _folded(said) != _folded(approved) and _folded(said) in self.texts
        changed = _changed_text(said, item, stale)
        if not changed:
            return True
        place = Place(entries.place.file, layout.ACTUALS, _cell(entries.rows[item.code], changed))
        moved = stale or elsewhere
        code = "workbook-row-moved" if moved else "workbook-row-changed"
        before, after = getattr(approved, changed) or "（空）", getattr(said, changed) or "（空）"
        self.say(code, place, item.code, number=item.code, approved=before, found=after)
        return not moved

    def foreign(self, item: Indicator, row: Row) -> Actual:
        """A row that is about another indicator: a finding has said so, and nothing of it counts."""
        place = row.get(_MAIN.get(item.target.kind, "actual"), _EMPTY).place
        return Actual(item.code, place, Answer.UNREADABLE)

    def actual(self, item: Indicator, row: Row) -> Actual:
        """The answer of one indicator's row; it is unreadable if anything that its score needs is."""
        kind = item.target.kind
        row = self._with_grade(item, row)
        main = row.get(_MAIN.get(kind, "actual"), _EMPTY)
        number, grade, completed = Meaning(), None, None
        if squash(main.text) in NOT_APPLICABLE:
            answer = Answer.NOT_APPLICABLE
        elif kind in _MAIN:
            grade = self._grade(item, row.get("grade", _EMPTY))
            completed = self._completed(item, row) if kind is TargetKind.DEADLINE else None
            answer = Answer.FILLED if completed or grade else _typed_at_all(main, row.get("grade", _EMPTY))
        else:
            number = self._number(item, main, row)
            answer = Answer.FILLED if number.value is not None else _typed_at_all(main)
        share = self._read(row, "share", read_share, item) if kind in _MAIN else Meaning()
        deduction, points = (self._read(row, name, _read_points, item) for name in ("deduction", "points"))
        if share.problem or deduction.problem or points.problem or self._is_no_grade(item, row):
            answer = Answer.UNREADABLE
        self._report_unused(item, row)
        texts = {name: self.text(row.get(name, _EMPTY), name, item.code) for name in _TEXTS}
        return Actual(
            code=item.code,
            place=main.place,
            answer=answer,
            typed=_shown(row, main, number),
            value=number.value,
            unit=number.unit,
            grade=grade,
            share=share.value,
            completed=completed,
            deduction=deduction.value,
            points=points.value,
            **texts,
        )

    def _is_no_grade(self, item: Indicator, row: Row) -> bool:
        """Whether what stands for the grade is none; a finding has said so."""
        typed = row.get("grade", _EMPTY)
        asked = "grade" in layout.open_fields(item.target) and typed.filled
        return asked and grade_of(typed.text) is None and squash(typed.text) not in NOT_APPLICABLE

    def _with_grade(self, item: Indicator, row: Row) -> Row:
        """The row with its grade where that belongs: printed forms have no other column than 实际完成值."""
        typed = row.get("actual", _EMPTY)
        graded = grade_of(typed.text) or squash(typed.text) in NOT_APPLICABLE
        if "grade" not in layout.open_fields(item.target) or row.get("grade", _EMPTY).filled or not graded:
            return row
        return {**row, "grade": typed, "actual": Entry(None, place=typed.place)}

    def check(self, entry: Entry, meaning: Meaning, indicator: str = "") -> Meaning:
        if meaning.problem:
            self.say(meaning.problem, entry.place, indicator, **meaning.details)
        return meaning

    def _read(self, row: Row, name: str, read: Callable[[Entry], Meaning], item: Indicator) -> Meaning:
        """A number beside the actual; nothing where nothing was typed."""
        entry = row.get(name, _EMPTY)
        meaning = (number_problem(entry) or read(entry)) if entry.filled else Meaning()
        return self.check(entry, meaning, item.code)

    def _number(self, item: Indicator, main: Entry, row: Row) -> Meaning:
        if not main.filled:
            return Meaning()
        unit = row.get("unit", _EMPTY)
        if no_unit := formula_problem(unit):
            return self.check(unit, no_unit, item.code)
        meaning = number_problem(main) or read_actual(main, unit, item.target)
        if meaning.remark:
            self.say(meaning.remark, main.place, item.code, typed=main.text[:40])
        if meaning.value is not None and meaning.value < 0:
            self.say("negative-actual", main.place, item.code, typed=main.text[:40])
        return self.check(main, meaning, item.code)

    def _grade(self, item: Indicator, entry: Entry) -> Grade | None:
        if not entry.filled or squash(entry.text) in NOT_APPLICABLE:
            return None
        grade = grade_of(entry.text)
        if grade is None:
            unknown = Meaning(problem="grade-unknown", details={"typed": entry.text[:30]})
            self.check(entry, formula_problem(entry) or unknown, item.code)
        elif squash(entry.text).rstrip("。") not in PLAIN or _column(entry) != "grade":
            words = {"typed": entry.text[:30], "grade": grade.value, "name": item.name}
            self.say("grade-read", entry.place, item.code, **words)
        return grade

    def _completed(self, item: Indicator, row: Row) -> date | None:
        entry = row.get("completed", _EMPTY)
        if not entry.filled or squash(entry.text) in NOT_APPLICABLE:
            return None
        day = read_completed(entry, self.year)
        if day is None:
            no_date = Meaning(problem="not-a-date", details={"typed": entry.text[:30]})
            self.check(entry, formula_problem(entry) or no_date, item.code)
        return day

    def _report_unused(self, item: Indicator, row: Row) -> None:
        """Answers in cells that this kind of target does not use, as after a change of the target."""
        for name in {"actual", "grade", "share", "completed"} - layout.open_fields(item.target):
            entry = row.get(name, _EMPTY)
            if entry.filled:
                column, typed = layout.FIELDS[name].title, entry.text[:30]
                kind = item.target.kind.value
                self.say("entry-unused", entry.place, item.code, column=column, typed=typed, kind=kind)

    def text(self, entry: Entry, name: str, indicator: str = "") -> str:
        """A text as typed; of an error value or a formula without a result, nothing."""
        if not formula_problem(entry):
            return entry.text
        column = layout.FIELDS[name].title if name in layout.FIELDS else name
        typed = entry.text or entry.formula
        self.say("text-unreadable", entry.place, indicator, column=column, typed=typed[:30])
        return ""

    def facts(self, entries: Entries) -> dict[str, str]:
        """What 基本情况 says, by label; a choice in the words of its list."""
        choices = {fact.name: fact.choices for fact in layout.FACT_LIST}
        facts = {}
        for name, entry in entries.facts.items():
            text = self.text(entry, name)
            if text:
                facts[name] = self._choice(name, text, choices.get(name, ()), entry.place)
        return facts

    def _choice(self, name: str, text: str, choices: Sequence[str], place: Place) -> str:
        """The choice that somebody wrote in other words; the text itself where it is none."""
        meant = meant_choices(text, choices)
        if not choices or text in choices:
            return text
        if len(meant) == 1:
            self.say("choice-read", place, column=name, typed=text[:30], choice=meant[0])
            return meant[0]
        self.say("choice-unknown", place, column=name, typed=text[:30], choices="、".join(choices))
        return text

    def stray(self, code: str, row: Row) -> Actual:
        """A row whose code no indicator has: kept, so that matching says so where it was filled."""
        entry = next((e for name, e in row.items() if name != "unit" and e.filled), None)
        place = entry.place if entry else next(iter(row.values())).place
        answer = Answer.UNREADABLE if entry else Answer.BLANK
        return Actual(code, place, answer, entry.text if entry else "")


def _column(entry: Entry) -> str:
    """The field of the column that an entry stands in."""
    letters = entry.place.cell.rstrip("0123456789")
    return next((name for name, field in layout.FIELDS.items() if field.letter == letters), "")


def _folded(text: RowText) -> tuple[str, ...]:
    return tuple(squash(part) for part in (text.level1, text.level2, text.name, text.target))


def _cell(row: Row, name: str) -> str:
    cell = next(iter(row.values())).place.cell
    return layout.FIELDS[name].letter + cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _read_points(entry: Entry) -> Meaning:
    return read_amount(entry, "分")


def _typed_at_all(*entries: Entry) -> Answer:
    return Answer.UNREADABLE if any(entry.filled for entry in entries) else Answer.BLANK


def _shown(row: Row, main: Entry, number: Meaning) -> str:
    if number.value is not None:
        return f"{format(number.value, 'f')}{number.unit}"
    # The main entry of a qualitative target is the grade itself.
    return " ".join(filter(None, dict.fromkeys((main.text, row.get("grade", _EMPTY).text))))
