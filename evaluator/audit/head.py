"""What stands above and below the table of a filled sheet: project, unit, year, goals, boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evaluator.audit.lines import Line, number_in
from evaluator.audit.records import AuditedGoal, AuditedTotal, Field
from evaluator.audit.words import words
from evaluator.forms.vocabulary import fold, vocabulary
from evaluator.values.text import squash, tidy

_YEAR = re.compile(r"(20\d\d)年(?!\d)")
_FAR = 1_000_000
_PAIR = re.compile(r"([^:：]{2,12})[:：](.*)", re.DOTALL)


@dataclass
class Head:
    """Facts by label, goals, a total in the head, texts that belong to nothing."""

    facts: dict[str, str] = field(default_factory=dict)
    goals: list[AuditedGoal] = field(default_factory=list)
    total: AuditedTotal | None = None
    year: int | None = None
    title: str = ""
    loose: list[Field] = field(default_factory=list)


def read_head(lines: Sequence[Line]) -> Head:
    """Read the lines above the table that are not the budget's."""
    head, at = Head(), 0
    while at < len(lines):
        roles = {words().goals.get(fold(text)) for text in lines[at].texts}
        if "reached" in roles or ("set" in roles and len(lines[at].fields) <= 2):
            at = _read_goals(lines, at, head)
            continue
        _read_facts(lines[at], head)
        at += 1
    return head


def _read_goals(lines: Sequence[Line], at: int, head: Head) -> int:
    """Goals: their heads, then their texts, until a line does not stand under the heads."""
    of = {
        words().goals.get(fold(item.text)) or words().column(item.text) or "": column
        for column, item in lines[at].fields.items()
    }
    split = of.get("reached", _FAR)
    beside = max((column for column in lines[at].fields if column < split), default=split)
    start = min(_first_set(lines[at]) if "set" in of else beside, split)
    at += 1
    while at < len(lines) and _is_goal_text(lines[at], start):
        head.goals.append(_goal(lines[at], of, start, split))
        at += 1
    return at


def _first_set(line: Line) -> int:
    """The first column of goals (年初, 全年调整); the block's own label (年度目标) is none beside others."""
    sets = [column for column, item in line.fields.items() if words().goals.get(fold(item.text)) == "set"]
    return sets[1] if len(sets) > 1 and sets[0] == min(line.fields) else sets[0]


def _goal(line: Line, of: dict[str, int], start: int, split: int) -> AuditedGoal:
    """One goal: its text between the first two heads, its result from the second on, its own score."""
    points, score = (line.fields.get(of.get(role, _FAR)) for role in ("points", "score"))
    texts = {column: item for column, item in line.fields.items() if item not in (points, score)}
    left = [item for column, item in texts.items() if start <= column < split]
    right = [item for column, item in texts.items() if column >= split]
    return AuditedGoal(_text(left), _text(right), (left or right or [line.first])[0].place, points, score)


def _text(items: Sequence[Field]) -> str:
    return "".join(item.text for item in items)


def _is_goal_text(line: Line, start: int) -> bool:
    """Whether a line stands under the goals' heads: nothing left of them but the block's label."""
    left = [item.text for column, item in line.fields.items() if column < start]
    known = [
        text for text in left if not (vocabulary().goal(text) or vocabulary().matches("goal_label", text))
    ]
    return not known and any(column >= start for column in line.fields)


def _read_facts(line: Line, head: Head) -> None:
    items, at = list(line.fields.values()), 0
    while at < len(items):
        text = items[at].text
        if _read_alone(items[at], head):
            at += 1
        elif at + 1 < len(items) and len(squash(text)) <= 24 and not _YEAR.search(text):
            _add_pair(text, items[at + 1], head)
            at += 2
        else:
            if not (_is_label(text) or vocabulary().label(text)):
                head.loose.append(items[at])
            at += 1


def _read_alone(item: Field, head: Head) -> bool:
    """A title, a line with the year, furniture, a label with its text in one cell."""
    year = _YEAR.search(squash(item.text))
    if year and head.year is None:
        head.year = int(year[1])
    if words().matches("title", item.text):
        head.title = tidy(item.text)
        return True
    if any((vocabulary().form_year(item.text), vocabulary().matches("furniture", item.text))):
        return True
    return bool(words().matches("money", item.text)) or _read_said(item.text, head)


def _read_said(text: str, head: Head) -> bool:
    """单位名称：… in one cell, where the label is known."""
    pair = _PAIR.fullmatch(text.strip())
    if not pair or not pair[2].strip() or not (_is_label(pair[1]) or vocabulary().label(pair[1])):
        return False
    for label, said in _pairs(text):
        head.facts.setdefault(fold(label), tidy(said))
    return True


def _pairs(text: str) -> list[tuple[str, str]]:
    """单位名称：…　　填报日期：… in one cell."""
    pieces = re.split(r"\s+(?=[^\s:：]{2,10}[:：])|\s{2,}", text.strip())
    found = (_PAIR.fullmatch(piece) for piece in pieces)
    return [(match[1], match[2]) for match in found if match]


def _is_label(text: str) -> bool:
    folded = fold(text)
    known = (words().names, words().units, words().total_labels)
    return any(folded in labels for labels in known) or words().fund(text) is not None


def _add_pair(label: str, item: Field, head: Head) -> None:
    folded = fold(label)
    if folded in words().total_labels and number_in(item.text) is not None:
        head.total = head.total or AuditedTotal(item.place, None, item)
    head.facts.setdefault(folded, tidy(item.text))


def read_foot(lines: Sequence[Line]) -> tuple[str | None, str]:
    """Below the table: what the box of reasons says (None: there is none), and everything else as notes."""
    reasons: list[str] = []
    boxed = False
    notes: list[str] = []
    into = notes
    for line in lines:
        first = line.first.text
        if words().matches("reasons", first):
            into, boxed = reasons, True
        elif _begins_other(first):
            into = notes
        texts = line.texts[1:] if into is reasons and words().matches("reasons", first) else line.texts
        into.extend(texts)
    said = "\n".join(text for text in reasons if not words().is_blank(text))
    return (said if boxed else None), "\n".join(notes)


def _begins_other(text: str) -> bool:
    patterns = ("signed", "footer", "footnote")
    own = words().matches("measures", text) or words().matches("notes", text)
    return bool(own) or any(vocabulary().matches(name, text) for name in patterns)
