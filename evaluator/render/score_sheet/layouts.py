"""The printed forms by name, and where a project's figures stand on them."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.records.evaluation import Evaluation
from evaluator.render.score_sheet.hubei import HUBEI
from evaluator.render.score_sheet.layout import Layout
from evaluator.render.score_sheet.national import NATIONAL
from evaluator.render.score_sheet.plan import Plan, by_group

LAYOUTS: Mapping[str, Layout] = {layout.name: layout for layout in (HUBEI, NATIONAL)}
"""Every printed form that there is. A rule set names one; a name that is not here is a finding."""


def plan_sheet(evaluation: Evaluation, name: str) -> Plan:
    """Plan the form called `name` for one project. Raises KeyError for a form that is not registered."""
    return LAYOUTS[name].plan(evaluation, int(evaluation.sample))


def locate(evaluation: Evaluation, layout: str) -> dict[str, dict[str, str]]:
    """Addresses on the form, by indicator code, ``budget``, ``total`` and ``<goal>/<group>``.

    For each, the cell's address by what it holds (``{"CB-01": {"score": "G12", ...}, ...}``).
    """
    plan = plan_sheet(evaluation, layout)
    roles = [c.role for c in plan.columns.items if c.role in _INDICATOR_ROLES]
    found = {code: {role: plan.cell(role, row) for role in roles} for code, row in plan.rows.items()}
    figures = (*plan.budget_roles, "review", "opinion")
    found["budget"] = {key: plan.budget(key) for key in figures}
    found["total"] = {
        "total": plan.cell("score", plan.total),
        "rating": plan.cell("actual", plan.total),
        "review_total": plan.cell("review", plan.total),
        "review_rating": plan.cell(plan.panel.reviewed[0], plan.title + 2),
        "difference": plan.cell("opinion", plan.title + 1),
    }
    for (goal, group), scores in by_group(evaluation).items():
        row = plan.rows[scores[0].indicator.code]
        found[f"{goal}/{group}"] = {role: plan.cell(f"group_{role}", row) for role in ("points", "score")}
    return found


_INDICATOR_ROLES = (
    "target",
    "actual",
    "score",
    "points",
    "completion",
    "share",
    "deduction",
    "even_points",
    "even_score",
    "review",
    "opinion",
)
