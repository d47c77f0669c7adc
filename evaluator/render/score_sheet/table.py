"""The table of indicators on the form, with the basis of each score and the auditor's columns beside it."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from evaluator.records.scores import Score
from evaluator.render.book import BAD, GOOD, WATCH
from evaluator.render.corrected import marks
from evaluator.render.score_sheet.cells import (
    UNSCORED,
    actual_entry,
    cached,
    share_entry,
    shown_actual,
    target_entry,
)
from evaluator.render.score_sheet.form import Form
from evaluator.render.score_sheet.formulas import (
    INCOMPLETE,
    completion_formula,
    group_formula,
    score_formula,
)
from evaluator.render.score_sheet.plan import by_goal, by_group
from evaluator.scoring.even_split import even_score
from evaluator.values.text import show

_LONG = 150  # characters; a longer reason stands under the table, over the whole width


def write_heads(form: Form, row: int) -> None:
    """Write the heads of the basis and of the auditor's columns into a row."""
    after = form.plan.form_end
    for column in form.plan.columns.items[after + 1 :]:
        if column.title:
            look = "heading" if column.role in ("review", "opinion") else "label"
            form.put(column.role, row, column.title, look, font_size=9)


def write_table(form: Form) -> None:
    """Write header, goals, indicators, groups and the total."""
    plan = form.plan
    for column in plan.columns.items[: plan.form_end + 1]:
        form.put(column.role, plan.header, column.title, "heading")
    write_heads(form, plan.header)
    for goal, scores in by_goal(form.evaluation).items():
        _write_goal(form, goal, scores)
    for (goal, name), scores in by_group(form.evaluation).items():
        _write_group(form, goal, name, scores)
    _colour(form)


def goal_points(form: Form, goal: int) -> str:
    """The points of an annual goal for its heading, e.g. ``40``."""
    groups = [group.points for group in form.evaluation.groups if group.goal == goal]
    return show(sum(groups, Decimal(0)))


def _write_goal(form: Form, goal: int, scores: list[Score]) -> None:
    plan = form.plan
    for score in scores:
        _write_indicator(form, score, plan.rows[score.indicator.code])
    for level1, run in groupby(scores, key=lambda item: item.indicator.level1):
        items = list(run)
        _band_rows(form, "level1", items, level1)
        for level2, part in groupby(items, key=lambda item: item.indicator.level2):
            _band_rows(form, "level2", list(part), level2)


def _band_rows(form: Form, role: str, scores: list[Score], text: str) -> None:
    """Write a level beside its rows: merged, but on each row where a page's end would hide it from some."""
    rows = [form.plan.rows[score.indicator.code] for score in scores]
    for row in rows if form.tall else ():
        form.put(role, row, text, "centre")
    if not form.tall:
        form.band(rows[0], role, role, text, "centre", to=rows[-1])


def _write_indicator(form: Form, score: Score, row: int) -> None:
    item, rules = score.indicator, form.rules
    form.put("name", row, "\n".join((item.name, *marks(item))))
    form.put_entry("target", row, target_entry(item.target), item.target.text[:120])
    form.put_entry("actual", row, actual_entry(score, rules), shown_actual(score))
    form.put("code", row, item.code, "centre", font_size=9)
    form.put("named", row, item.name, font_size=9)
    form.put("points", row, score.points, "number", num_format="0.00")
    form.formula("score", row, score_formula(form.plan, score, rules), cached(score.score))
    completion = completion_formula(form.plan, score)
    if completion:
        form.formula("completion", row, completion, score.completion, num_format='0.00"%"', font_size=9)
    else:
        form.put("completion", row, None, "closed")
    share = share_entry(score, rules)
    look = "closed" if share.value is None else "number"
    form.put("share", row, share.value, look, num_format=share.num_format or "0%")
    form.put("deduction", row, score.deduction or None, "number", num_format="0.00")
    if form.plan.columns.has("even_points"):
        form.put("even_points", row, score.even_points, "number", num_format="0.00")
        even = score_formula(form.plan, score, rules, points="even_points")
        form.formula("even_score", row, even, cached(even_score(score, rules)))
    if form.plan.columns.has("reason"):
        _write_reason(form, score, row)
    write_review(form, row, item.code)


def write_review(form: Form, row: int, code: str) -> None:
    """The auditor's open cells of a row, with what was reviewed; a score is from 0 to the row's points."""
    found = form.evaluation.review_of(code)
    score, opinion = (found.score, found.opinion) if found else (None, "")
    form.put("review", row, score, "entry", align="center", num_format="0.00")
    form.put("opinion", row, opinion or None, "entry")
    form.sheet.data_validation(
        row,
        form.plan.columns.at("review"),
        row,
        form.plan.columns.at("review"),
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": f"={form.plan.cell('points', row)}",
            "error_title": "复核得分",
            "error_message": "复核得分应为 0 至本项分值之间的数字；留空则按自评得分计。",
        },
    )


def reason_words(score: Score) -> str:
    """The person's own reason, and what was deducted by hand and why."""
    actual = score.actual
    if actual is None:
        return ""
    deducted = f"扣减 {show(score.deduction)} 分，理由：{actual.deduction_reason}" if score.deduction else ""
    return "\n".join(filter(None, (actual.reason, deducted)))


def long_reasons(form: Form) -> list[tuple[Score, str]]:
    """Scores whose reason is too long for its column and stands under the table."""
    pairs = ((score, reason_words(score)) for score in form.evaluation.scores)
    return [(score, words) for score, words in pairs if len(words) > _LONG]


def _write_reason(form: Form, score: Score, row: int) -> None:
    words = reason_words(score)
    form.put("reason", row, f"见表后说明（{score.indicator.code}）" if len(words) > _LONG else words)


def _write_group(form: Form, goal: int, name: str, scores: list[Score]) -> None:
    rows = [form.plan.rows[score.indicator.code] for score in scores]
    group = next((g for g in form.evaluation.groups if (g.goal, g.name) == (goal, name)), None)
    runs = _runs(rows)
    for role in ("group_points", "group_score"):
        for first, last in runs:
            form.band(first, role, role, None, "number" if group else "closed", to=last)
    if group is None:
        return
    points, own = (
        ",".join(f"{form.plan.cell(role, a)}:{form.plan.cell(role, b)}" for a, b in runs)
        for role in ("points", "score")
    )
    score = INCOMPLETE if group.score is None else group.score
    upright = form.upright(*runs[0])
    form.formula("group_score", rows[0], group_formula(own, len(rows)), score, **upright)
    if sum((item.points or Decimal(0) for item in scores), Decimal(0)) == group.points:
        form.formula("group_points", rows[0], f"SUM({points})", group.points, **upright)
    else:  # the points within the group are in doubt, not those of the group
        form.put("group_points", rows[0], group.points, "number", num_format="0.00", **upright)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, last)."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _colour(form: Form) -> None:
    """Colour, live, what is not scored, what lacks points, and what is far above its target.

    One set of rules for each run of rows: a target that must not be exceeded is missed long before its
    completion is far above, so the order of the rules keeps the two apart.
    """
    plan, far = form.plan, show(form.rules.overshoot.value * 100)
    unscored, missed, above = (form.book.workbook.add_format({"bg_color": c}) for c in (WATCH, BAD, GOOD))
    for first, last in _runs([plan.rows[score.indicator.code] for score in form.evaluation.scores]):
        own, points, completion = (f"${plan.cell(role, first)}" for role in ("score", "points", "completion"))
        rules = (
            (f'={own}="{UNSCORED}"', unscored),
            (f"=AND(ISNUMBER({own}),{own}<{points})", missed),
            (f"=AND(ISNUMBER({completion}),{completion}>={far})", above),
        )
        cells = " ".join(f"{plan.cell(role, first)}:{plan.cell(role, last)}" for role in ("actual", "score"))
        for criteria, look in rules:
            options = {"type": "formula", "criteria": criteria, "format": look, "stop_if_true": True}
            place = (first, plan.columns.at("actual"), last, plan.columns.at("actual"))
            form.sheet.conditional_format(*place, {**options, "multi_range": cells})
