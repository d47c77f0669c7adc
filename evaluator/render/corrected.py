"""What people corrected in the approved form, in words and beside what was approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.records.approved import Correction, Goal, Horizon, Indicator, Project
from evaluator.records.evaluation import UnitEvaluation
from evaluator.render.book import literal
from evaluator.tables.columns import BUDGET, READING
from evaluator.tables.contents import goals_from
from evaluator.values.text import decimal_from_text, show

_SEE_BELOW = "【人工更正，见表后】"
_SCANNED, _UNCONFIRMED = "【扫描识别，已人工核对】", "【扫描识别，未经核对】"
_LONGEST = 40  # characters of an approved text in a cell's number format, which holds 255
_COLUMNS = {Horizon.ANNUAL: "年度绩效目标", Horizon.LONG_TERM: "长期绩效目标"}


def own_corrections(item: Indicator) -> list[Correction]:
    """An indicator's corrections without the parts that only follow from its corrected value."""
    follows = READING if any(c.column == "指标值" for c in item.corrections) else ()
    return [c for c in item.corrections if c.column not in follows]


def scan_mark(item: Indicator) -> str:
    """What is said of an indicator that was read from a picture; empty where it was not."""
    return (_SCANNED if item.confirmed else _UNCONFIRMED) if item.scan else ""


def marks(item: Indicator) -> list[str]:
    """What stands below an indicator's name on the form: each cell as it was approved, and why it is not."""
    corrections = own_corrections(item)
    scanned = [scan_mark(item)] if item.scan else []
    if not corrections:
        return scanned
    lines = ["【人工增加】批复表没有这个指标"] if item.added else [_mark(c) for c in corrections]
    return [*scanned, *lines, f"更正说明：{'；'.join(dict.fromkeys(c.note for c in corrections))}"]


def _mark(item: Correction) -> str:
    source = "图片识别为" if item.recognised else "原批复"
    said = f"{source}“{item.approved}”" if item.approved else "没有认出" if item.recognised else "批复表没有"
    return f"【人工更正】{item.column}{said}"


def marked_name(project: Project) -> str:
    """A project's name on the form, which says whether it was corrected."""
    return project.name + (f"\n{_SEE_BELOW}" if approved(project.corrections, "项目名称") is not None else "")


def marked_goal(project: Project, goal: Goal) -> str:
    """A goal's text on the form, which says whether it was corrected."""
    return goal.text + (_SEE_BELOW if approved_goal(project, goal) is not None else "")


def approved(corrections: Iterable[Correction], column: str) -> str | None:
    """What the approved form says in a column that was corrected; None where it was not.

    What was recognised on a picture and corrected by it was never approved.
    """
    return next((c.approved for c in corrections if c.column == column and not c.recognised), None)


def approved_goal(project: Project, goal: Goal) -> str | None:
    """The approved text of a goal that was corrected; None where it was not."""
    text = approved(project.corrections, _COLUMNS[goal.horizon])
    was = None if text is None else dict(goals_from(text)).get(goal.number, "")
    return None if was == goal.text else was


def budget_words(project: Project, unit: str = "") -> str:
    """A project's budget with its unit, beside the approved one where it was corrected; empty without one."""
    was = approved(project.corrections, BUDGET)
    amount = f"{show(project.budget)}{unit}" if project.budget is not None else ""
    if was is None:
        return amount
    said = f"批复{show(decimal_from_text(was))}{unit}" if was else "批复表没有"
    return f"{amount or '（无）'}（人工更正，{said}）"


def target_words(item: Indicator) -> str:
    """An indicator's target, beside the approved one where it was corrected."""
    was = approved(item.corrections, "指标值")
    if item.added:
        return f"{item.target.text}（人工增加）"
    return item.target.text if was is None else f"{item.target.text}（人工更正；批复{was or '没有'}）"


def beside(was: str | None) -> dict[str, str]:
    """The number format that shows what was approved behind a cell's text, which stays as it is."""
    if was is None:
        return {}
    text = was if len(was) <= _LONGEST else f"{was[: _LONGEST - 1]}…"
    return {"num_format": "@" + literal(f"（人工更正；批复“{text}”）" if was else "（人工更正；批复表没有）")}


def shown_as(text: str) -> dict[str, str]:
    """The number format that shows a cell's text as another one: reading knows a head by its text."""
    return {"num_format": f";;;{literal(text)}"}


def corrections_of(unit: UnitEvaluation) -> Iterator[tuple[str, str]]:
    """All corrections that count for the year: the project's name, and a sentence."""
    for evaluation in unit.evaluations:
        project = evaluation.project
        yield from ((project.name, c.words) for c in project.corrections)
        for item in project.annual:
            for c in own_corrections(item):
                yield project.name, f"{item.code} {item.name}　{c.words}"
