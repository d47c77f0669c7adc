"""What a unit chose in place of a rule set's own values (``targets/<year>/scoring.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluator.rulesets.records import WEIGHT_WORDS, WeightSource
from evaluator.values.text import show


@dataclass(frozen=True, slots=True)
class Choices:
    """`weights` is whose points count, `budget_points` those of budget execution; None: as the file says.

    `file` is where the unit said so, as people see it.
    """

    weights: WeightSource | None = None
    budget_points: Decimal | None = None
    file: str = ""

    @property
    def digested(self) -> bytes:
        """What the choices add to the digest of the rule set; nothing where there are none."""
        said = {"weights": self.weights, "budget_points": self.budget_points}
        return "".join(f"\n{key} = {value}" for key, value in said.items() if value is not None).encode()

    def applied(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The tables of a rule file with the choices in them, each cited as the unit's."""
        tables = dict(data)
        if self.weights is not None:
            words = f"指标分值的来源由单位选定：{WEIGHT_WORDS[self.weights]}"
            tables["weights"] = {**self._cited, "source": str(self.weights), "note": words}
        if self.budget_points is not None and isinstance(tables.get("budget"), dict):
            rest = f"一级指标各组的分值按比例折算，合计{show(100 - self.budget_points)}分"
            note = f"{tables['budget'].get('note', '')}；{rest}"
            tables["budget"] = {**tables["budget"], **self._cited, "points": self.budget_points, "note": note}
        return tables

    @property
    def _cited(self) -> dict[str, str]:
        return {"effective": "", "status": "unit", "citation": f"单位在 {self.file} 选定"}


AS_WRITTEN = Choices()
