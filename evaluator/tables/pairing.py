"""Which row of one reading is which row of another: by what it says, never by its code alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from evaluator.tables.columns import CODE, KEY, ORIGINAL, READING
from evaluator.values.text import squash

Cells = Mapping[str, str]
Identity = tuple[str, str]
FIELDS = ("一级指标", "二级指标", "三级指标", "指标值", "确定依据")
"""What a row says once it is read; a form saved in another format may place its cells otherwise."""
_SAID = ("目标序号", *FIELDS, *READING, "分值", "附加信息")
_ALIKE = 0.6
_OWNER = (KEY, "目标类别")
_LEVELS = ("目标序号", "一级指标", "二级指标")
_KEYS = (
    (*_LEVELS, ORIGINAL, CODE),
    (*_LEVELS, ORIGINAL),
    ("目标序号", ORIGINAL),
    (ORIGINAL,),
    ("目标序号", *FIELDS),
    FIELDS,
)


def identity(row: Cells) -> Identity:
    """Project and code of a row (no code in the table of projects)."""
    return row[KEY], row.get(CODE, "")


def pair(before: Iterable[Cells], now: Iterable[Cells]) -> dict[Identity, Cells]:
    """For each row of an earlier reading that is still there the row that it is now.

    The strictest likeness first: horizon, goal, levels and text; then less. Rows that say the same are
    paired in their order, and not at all where one reading has more of them than the other.
    """
    before, now = list(before), list(now)
    if before and ORIGINAL not in before[0]:
        present = {row[KEY]: row for row in now}
        return {identity(row): present[row[KEY]] for row in before if row[KEY] in present}
    pairs: dict[Identity, Cells] = {}
    for columns in _KEYS:
        key = _key((*_OWNER, *columns))
        left, right = _grouped(before, key), _grouped(now, key)
        for said, rows in left.items():
            others = right.get(said, [])
            if len(rows) == len(others):
                pairs |= {identity(row): other for row, other in zip(rows, others, strict=True)}
        taken = {identity(row) for row in pairs.values()}
        before = [row for row in before if identity(row) not in pairs]
        now = [row for row in now if identity(row) not in taken]
    return pairs


def changes(before: Iterable[Cells], now: Iterable[Cells]) -> Iterator[tuple[Cells | None, Cells | None]]:
    """The rows of which two readings say different things: before and now, None for no such row."""
    before, now = list(before), list(now)
    pairs = pair(before, now)
    taken = {identity(row) for row in pairs.values()}
    new = [row for row in now if identity(row) not in taken]
    for row in before:
        other = pairs.get(identity(row)) or _most_like(row, new)
        if other in new:
            new.remove(other)
        if other is None or _said(row) != _said(other):
            yield row, other
    yield from ((None, row) for row in new)


def _most_like(row: Cells, others: Iterable[Cells]) -> Cells | None:
    """The row of the same horizon that says nearly the same, its name first."""
    likeness = [
        (SequenceMatcher(None, row[column], other[column]).ratio(), other)
        for column in ("三级指标", ORIGINAL)
        for other in others
        if other["目标类别"] == row["目标类别"]
    ]
    best = max(likeness, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _said(row: Cells) -> tuple[str, ...]:
    return tuple(squash(row[column]) for column in _SAID)


def _key(columns: Sequence[str]) -> Callable[[Cells], tuple[str, ...]]:
    return lambda row: tuple(squash(row[column]) for column in columns)


def _grouped(
    rows: Iterable[Cells], key: Callable[[Cells], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Cells]]:
    groups: dict[tuple[str, ...], list[Cells]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def recoded(current: Sequence[Cells], known: Mapping[Identity, Cells]) -> dict[int, Identity]:
    """Rows whose code a person changed: index in `current` to the identity that the row had.

    A row is known again by its text in the approved form, where that row's own code has no row any more.
    """
    present = {identity(row) for row in current}
    lost: dict[tuple[str, ...], list[Identity]] = {}
    key = _key((*_OWNER, ORIGINAL))
    for own, row in known.items():
        if own not in present and row.get(ORIGINAL):
            lost.setdefault(key(row), []).append(own)
    found: dict[int, Identity] = {}
    for index, row in enumerate(current):
        owners = lost.get(key(row), []) if row.get(ORIGINAL) and identity(row) not in known else []
        if owners:
            found[index] = owners.pop(0)
    return found
