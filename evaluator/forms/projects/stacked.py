"""Forms one below the other: what stands once above all of them holds for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from evaluator.forms.drafts import FormDraft
from evaluator.records.findings import finding


def without_open_heads(forms: Iterable[FormDraft]) -> list[FormDraft]:
    """The forms; what came to nothing but a unit or a date was the footer of the one above."""
    kept: list[FormDraft] = []
    for form in forms:
        if kept and form.is_open and not form.titled:
            kept[-1].facts = {**form.facts, **kept[-1].facts}
            kept[-1].budget_unit = kept[-1].budget_unit or form.budget_unit
            kept[-1].findings += form.findings
        else:
            kept.append(form)
    return kept


def inherit_heads(forms: Sequence[FormDraft]) -> Sequence[FormDraft]:
    """The forms, each with the unit of money of the one above where it names none (said, where it has a title
    of its own), and with its applicant where no title parts them.
    """
    for above, form in pairwise(forms):
        if form.listed:
            continue
        unit = above.facts.get("money_unit") or above.money
        if unit and not form.unit:
            form.facts["money_unit"] = unit
            if form.titled:
                place = form.budget.place if form.budget else form.place
                form.findings.append(
                    finding("unit-inherited", place, name=form.facts.get("name", ""), unit=unit)
                )
        if not form.titled and "applicant" in above.facts:
            form.facts.setdefault("applicant", above.facts["applicant"])
    return forms
