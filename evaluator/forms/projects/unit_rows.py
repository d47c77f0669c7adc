"""Rows of a list of projects that are no project: a unit with the sum of its projects below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, islice

from evaluator.forms.drafts import FormDraft
from evaluator.records.findings import finding
from evaluator.values.text import decimal_from_text

_MOST = 500  # projects below one unit


def without_unit_rows(forms: Sequence[FormDraft]) -> list[FormDraft]:
    """The forms of a source without the rows of a list that are a unit's over its projects.

    Such a row has no goal and no indicator, and it is the unit of the list, its money is the sum of projects
    below it, or the column says that it holds units too. The unit becomes that of the projects below.
    """
    kept: list[FormDraft] = []
    unit: FormDraft | None = None
    said = False
    for n, form in enumerate(forms):
        if _may_be_unit(form) and _is_unit(form, islice(forms, n + 1, n + 1 + _MOST)):
            unit, said = form, False
            continue
        if unit and form.listed:
            name = unit.facts["name"]
            form.facts.setdefault("applicant", name)
            if not said:
                form.findings.append(finding("list-unit-row", unit.fact_places["name"], unit=name))
            said = True
        kept.append(form)
        unit = None if not form.listed else unit
    return kept


def _may_be_unit(form: FormDraft) -> bool:
    return form.listed and "name" in form.facts and not form.rows and not form.goals


def _is_unit(form: FormDraft, below: Iterable[FormDraft]) -> bool:
    projects = [other for other in below if other.listed and other.rows]
    sums = accumulate(_money(other) for other in projects)
    named = form.facts["name"] == form.facts.get("applicant")
    return bool(projects) and (form.units or named or (_money(form) > 0 and _money(form) in sums))


def _money(form: FormDraft) -> Decimal:
    return (decimal_from_text(form.budget.amount) if form.budget else None) or Decimal(0)
