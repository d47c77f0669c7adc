"""What the parser fills while it reads: a form, and a note on every cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluator.findings import Finding
from evaluator.forms.indicator_row import RowDraft
from evaluator.model import Goal, Place


@dataclass(frozen=True, slots=True)
class CellUse:
    """What a cell of a source was read as (``label``, ``fact``, ``goal``, ``header``, ``name``, ...)."""

    place: Place
    text: str
    use: str


@dataclass
class FormDraft:
    """One form while it is being read.

    `title` is that of a form about a whole unit, which is no project; `general` is the place of a goal whose
    name does not say whether it is the year's.
    """

    place: Place
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    fact_places: dict[str, Place] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    general: Place | None = None
    rows: list[RowDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
