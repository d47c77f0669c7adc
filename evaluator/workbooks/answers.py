"""How people answer in words, read from ``vocabulary/answers.toml``: grades, and what says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.records.submitted import Grade
from evaluator.values.text import squash
from evaluator.values.word_lists import word_lists

_LISTS = {Grade.ACHIEVED: "grades.achieved", Grade.PARTLY: "grades.partly", Grade.MISSED: "grades.missed"}
PLAIN = frozenset({"达成", "部分达成", "未达成", *(grade.value for grade in Grade)})
"""The grades in full and in short: nobody need be told how they were read."""


def grade_words(grade: Grade) -> tuple[str, ...]:
    """How a grade is typed."""
    return word_lists("answers.toml")[_LISTS[grade]]


def grade_of(text: str) -> Grade | None:
    """The grade that a text is, if it is one and nothing more."""
    said = squash(text).rstrip("。")
    return next((grade for grade in Grade if said in grade_words(grade)), None)


def meant_choices(text: str, choices: Sequence[str]) -> list[str]:
    """The choices of a list that a text can mean: 持续 for 持续性, 省直专项 for 省（市）直专项."""
    said = squash(text).rstrip("。")
    stems = {choice: squash(choice).removesuffix("性") for choice in choices}
    inside = [choice for choice, stem in stems.items() if stem in said]
    return inside or [choice for choice in choices if len(said) > 1 and _is_within(said, squash(choice))]


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of a text stand in another in the same order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def nothing_words() -> tuple[str, ...]:
    """What stands in a cell for a reason and is none."""
    return word_lists("answers.toml")["nothing.words"]


def says_nothing(text: str) -> bool:
    """Whether a text is no reason: blank, or a word for it (无, —, 同上)."""
    said = squash(text).rstrip("。")
    return not said or said in {squash(word) for word in nothing_words()}


def typed_instead(text: str) -> str:
    """What stands in the place of a reason and is none, as an aside of a sentence."""
    return f"（写的“{text[:20]}”不算）" if text.strip() else ""
