"""A score sheet being written: cells by role and row, merged bands, row heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from evaluator.records.evaluation import Evaluation, UnitEvaluation
from evaluator.render.book import Book, height_for, merge, put, put_formula
from evaluator.render.score_sheet.cells import Entry
from evaluator.render.score_sheet.plan import Plan
from evaluator.rulesets import RuleSet

# Running text keeps away from its border; its width is measured less that margin.
_PAGE = 400  # points that head and foot leave for the table on one page
_MARGIN: Mapping[str, Mapping[str, Any]] = {"cell": {"indent": 1}}


@dataclass(frozen=True, slots=True)
class Form:
    """The first sheet of a score sheet workbook, its plan and what it shows.

    `tall` says that its table runs over more than a page: then what stands in merged rows stands at their
    top, for a page's end would cut it in two.
    """

    book: Book
    sheet: Worksheet
    plan: Plan
    evaluation: Evaluation
    unit: UnitEvaluation
    rules: RuleSet
    tall: bool = False
    heights: dict[int, list[tuple[str, float]]] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, str]:
        """What the form's head says; what was filled in goes before what was approved."""
        filled = self.evaluation.submission.facts if self.evaluation.submission else {}
        return {**self.evaluation.project.facts, **{k: v for k, v in filled.items() if v}}

    def put(self, role: str, row: int, value: object, look: str = "cell", **changes: Any) -> None:
        """Write a value into a role's cell; its text counts for the row's height."""
        column = self.plan.columns.at(role)
        if isinstance(value, str):
            self.measure(row, value, self.plan.columns.items[column].width - (look == "cell"))
        changes = {**_MARGIN.get(look, {}), **changes}
        put(self.sheet, row, column, value, self.book.look(look, **changes))

    def put_entry(self, role: str, row: int, entry: Entry, text: str) -> None:
        """Write a number that shows as `text`, or a text."""
        self.measure(row, text, self.plan.columns.width(role))
        changes = {"num_format": entry.num_format} if entry.num_format else {}
        put(self.sheet, row, self.plan.columns.at(role), entry.value, self.book.look("centre", **changes))

    def formula(
        self,
        role: str,
        row: int,
        formula: str,
        value: Decimal | str | None,
        look: str = "number",
        **changes: Any,
    ) -> None:
        """Write a formula with its computed value into a role's cell."""
        changes = {"num_format": "0.00", **changes}
        put_formula(
            self.sheet, row, self.plan.columns.at(role), formula, self.book.look(look, **changes), value
        )

    def band(
        self,
        row: int,
        first: str,
        last: str,
        value: object,
        look: str = "cell",
        *,
        to: int = 0,
        **changes: Any,
    ) -> None:
        """Write a value into the merged cells from role `first` to role `last`, down to row `to`."""
        if isinstance(value, str) and to <= row:
            self.measure(row, value, self.plan.columns.width(first, last) - (look == "cell"))
        changes = {**_MARGIN.get(look, {}), **self.upright(row, to), **changes}
        ends = (row, self.plan.columns.at(first)), (max(row, to), self.plan.columns.at(last))
        merge(self.sheet, *ends, value, self.book.look(look, **changes))

    def upright(self, row: int, to: int) -> dict[str, str]:
        """How text stands in cells merged from `row` down to row `to`."""
        return {"valign": "top"} if self.tall and to > row > self.plan.header else {}

    def band_formula(
        self, row: int, first: str, last: str, formula: str, value: Decimal | str | None, **changes: Any
    ) -> None:
        """Write a formula into the merged cells from role `first` to role `last`."""
        self.band(row, first, last, None, "number", **changes)
        self.formula(first, row, formula, value, **changes)

    def measure(self, row: int, text: str, width: float) -> None:
        """Let a text of this width count for the row's height."""
        self.heights.setdefault(row, []).append((text, width))

    def set_heights(self, least: float = 21) -> None:
        """Give every written row the height that shows the whole of its texts."""
        for row, texts in sorted(self.heights.items()):
            self.sheet.set_row(row, height_for(texts, least))


def is_tall(plan: Plan, evaluation: Evaluation) -> bool:
    """Whether the table of indicators, with the goals' texts among them, is higher than a page leaves."""
    name, between = plan.columns.width("name") - 1, plan.columns.width("level2", "score") - 1
    texts = [(item.indicator.name, name) for item in evaluation.scores]
    texts += [(words[0], between) for row, words in plan.goal_texts.items() if row > plan.header]
    return sum(height_for([text]) for text in texts) > _PAGE
