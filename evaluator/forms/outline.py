"""A form in outline: what tells, while blocks are told apart, whether another form begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluator.forms.drafts import SOFT
from evaluator.forms.tags import tag
from evaluator.records.approved import Horizon


@dataclass(slots=True)
class Outline:
    """What is known of the form above a row: enough to tell whether another one begins."""

    title: str = ""  # of a form about a whole unit, or of results
    titled: bool = False
    name: str | None = None
    applicant: str = ""
    facts: set[str] = field(default_factory=set)
    asked: str = ""  # the fact of a label whose answer stands in the next row
    has_goals: bool = False
    has_rows: bool = False
    horizon: Horizon | None = None

    def say(self, fact: str, text: str) -> None:
        """Take what a label says."""
        if text:
            self.facts.add(fact)
        if fact == "name":
            self.name = text or self.name
        elif fact == "applicant":
            self.applicant = self.applicant or text

    @property
    def says_nothing(self) -> bool:
        """Whether nothing but its title has been met."""
        return not (self.facts or self.has_goals or self.has_rows or self.title)

    @property
    def is_complete(self) -> bool:
        """Whether a title below is another form's: this one has more than may stand above a title."""
        above_title = not (self.has_goals or self.title) and self.facts <= SOFT
        return self.has_rows or (bool(self.facts) and (self.titled or not above_title))

    def ends_before(self, said: dict[str, str]) -> bool:
        """Whether a row with these labels begins another form: it names another project, or another unit
        below a table.
        """
        if "name" not in said:
            unit = said.get("applicant", "")
            return bool(self.has_rows and self.applicant and unit and unit != self.applicant)
        if self.title and not tag(self.title).matches("results_title"):
            return True
        return self.name is not None and (self.name != said["name"] or self.has_rows)
