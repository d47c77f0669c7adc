"""What a cell of a form is: asked once for each text, however many readers want to know.

A tag is to a form what a token is to a language: the vocabulary names it when it is first met. Rows, heads
and tables are then told apart by tags alone.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from evaluator.forms.vocabulary import IN_FORCE, Role, Vocabulary, fold, vocabulary
from evaluator.records.approved import Horizon
from evaluator.values.quantities import bare, is_placeholder
from evaluator.values.target import looks_like_operator, looks_like_value
from evaluator.values.text import decimal_from_text, squash
from evaluator.values.units import symbol

_MOST = 16384  # texts kept; a department's forms repeat a few thousand


class Tag:
    """All that the words of the forms say of one text; each answer is worked out when it is first wanted."""

    def __init__(self, text: str, words: Vocabulary) -> None:
        self.text = text
        self._words = words
        self._matched: dict[tuple[str, ...], bool] = {}

    @cached_property
    def folded(self) -> str:
        """The text as vocabulary is compared: without white space and brackets."""
        return fold(self.text)

    @cached_property
    def level1(self) -> str | None:
        """The standard level-1 term that it is."""
        return self._words.level1(self.text)

    @cached_property
    def level2(self) -> str | None:
        """The standard level-2 term that it is."""
        return self._words.level2(self.text)

    @property
    def is_level(self) -> bool:
        """Whether it is a term of either level."""
        return bool(self.level1 or self.level2)

    @cached_property
    def role(self) -> Role | None:
        """The role of a column with this head."""
        return self._words.role(self.text)

    @cached_property
    def fact(self) -> str | None:
        """The fact of a form's head that it is the label of, nothing behind it."""
        return self._words.label(self.text)

    @cached_property
    def budget_year(self) -> int:
        """The year whose budget it asks for by name, or 0."""
        return self._words.budget_year(self.text)

    @cached_property
    def goal(self) -> tuple[Horizon, int] | None:
        """Horizon and number of the goal whose name it is."""
        return self._words.goal(self.text)

    @cached_property
    def table(self) -> Horizon | None:
        """The horizon of the table whose title it is."""
        return self._words.table(self.text)

    @cached_property
    def is_basis(self) -> bool:
        """Whether it is a word for what a target rests on: 计划标准."""
        return self.folded in self._words.basis_words

    @cached_property
    def is_term(self) -> bool:
        """Whether it is a word that stands in a column of its own: a level, a basis, a goal's name."""
        return self.is_level or self.is_basis or self.goal is not None

    @cached_property
    def is_scaffold(self) -> bool:
        """Whether it holds only words of the printed form, or nothing."""
        return self.folded in self._words.scaffold_words or not squash(self.text)

    @cached_property
    def is_amount(self) -> bool:
        """Whether it is a number and nothing else."""
        return decimal_from_text(self.text) is not None

    @cached_property
    def is_points(self) -> bool:
        """Whether it is a number of points: 10, 10分, 10%."""
        return decimal_from_text(self.folded.rstrip("分%")) is not None

    @cached_property
    def unit(self) -> str | None:
        """The unit that it is, or None."""
        return symbol(self.text)

    @cached_property
    def is_operator(self) -> bool:
        """Whether it is ≥, 不低于 or the like alone."""
        return looks_like_operator(self.text)

    @cached_property
    def is_unused(self) -> bool:
        """Whether it says that a printed place was not used: blank, ——, /, 无, 不适用."""
        compact = bare(self.text)
        return is_placeholder(compact) or compact == "不适用"

    @cached_property
    def value(self) -> float:
        """How much it looks like a target value, 0 to 1."""
        return looks_like_value(self.text)

    @cached_property
    def form_year(self) -> str:
        """The year that it says a form is for; empty where it says none."""
        return self._words.form_year(self.text)

    def matches(self, *patterns: str) -> bool:
        """Whether the whole of it is what one of the named patterns describes."""
        known = self._matched.get(patterns)
        if known is None:
            known = any(self._words.matches(pattern, self.text) for pattern in patterns)
            self._matched[patterns] = known
        return known


def tag(text: str) -> Tag:
    """What a text is by the vocabulary in force."""
    # Asked a thousand times a form: no call where a vocabulary is in force.
    return _tag(text, IN_FORCE.get() or vocabulary())


@lru_cache(maxsize=_MOST)
def _tag(text: str, words: Vocabulary) -> Tag:
    return Tag(text, words)
