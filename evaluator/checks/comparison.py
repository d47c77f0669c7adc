"""The long-term table against the annual one, and each table against itself."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import product

from evaluator.forms.vocabulary import fold, vocabulary
from evaluator.records.approved import Horizon, Indicator, Project, Target, TargetKind
from evaluator.records.findings import Finding, finding
from evaluator.values.text import squash
from evaluator.values.units import base_value, compatible, dimension

_MEASURED = (TargetKind.NUMERIC, TargetKind.RANGE)
_STOPS = "。;,.!:"


def compare_tables(project: Project, year: int) -> Iterator[Finding]:
    """Each long-term indicator against its twin in the annual table, or that it has none."""
    ours, twins = _long_term(project), twins_of(project)
    taken = {twin.code for twin in twins.values()}
    free = [item for item in project.annual if item.code not in taken]
    for item in ours:
        twin = twins.get(item.code)
        if twin:
            yield from _compare(project, item, twin)
        else:
            details = {"name": item.name, "target": item.target.text, "similar": _similar(item, free)}
            yield _find("annual-missing", project, item, **details)


def twins_of(project: Project) -> dict[str, Indicator]:
    """The annual indicator that each long-term one is held against, by the long-term one's code."""
    return _twins(_long_term(project), list(project.annual))


def _long_term(project: Project) -> list[Indicator]:
    return [item for item in project.indicators if item.horizon is Horizon.LONG_TERM]


def _find(code: str, project: Project, item: Indicator, **details: object) -> Finding:
    return finding(code, item.place, project=project.key, indicator=item.code, **details)


def _name(item: Indicator) -> str:
    return squash(item.name).rstrip(":")


def _level2(item: Indicator) -> str:
    """The standard term; the two terms for satisfaction are one."""
    term = vocabulary().level2(item.level2) or squash(item.level2)
    return "满意度指标" if term.endswith("满意度指标") else term


def _identity(item: Indicator) -> Hashable:
    return item.goal, _level2(item), _name(item)


def _twins(ours: list[Indicator], theirs: list[Indicator]) -> dict[str, Indicator]:
    """The annual indicator of each long-term one, by its code, each for one of them only.

    First of the same goal, level 2 and name; then what is left under another goal, or another level 2,
    where the name leaves no doubt.
    """
    twins = {
        one.code: other
        for mine, yours in _groups(ours, theirs, _identity)
        for one, other in _closest(mine, yours)
    }
    for key in (lambda item: (_level2(item), _name(item)), _name):
        taken = {twin.code for twin in twins.values()}
        left = [item for item in ours if item.code not in twins]
        free = [item for item in theirs if item.code not in taken]
        for mine, yours in _groups(left, free, key):
            if len(mine) == len(yours) == 1 and _may_be_one(mine[0], yours[0]):
                twins[mine[0].code] = yours[0]
    return twins


def _groups(
    ours: list[Indicator], theirs: list[Indicator], key: Callable[[Indicator], Hashable]
) -> Iterator[tuple[list[Indicator], list[Indicator]]]:
    for same in dict.fromkeys(map(key, ours)):
        yield [item for item in ours if key(item) == same], [item for item in theirs if key(item) == same]


def _closest(ours: list[Indicator], theirs: list[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Pairs of what is most alike; of equals, those in the same order."""
    places = product(range(len(ours)), range(len(theirs)))
    ranked = sorted(places, key=lambda at: (_differences(ours[at[0]].target, theirs[at[1]].target), *at))
    mine, yours = set(range(len(ours))), set(range(len(theirs)))
    for one, other in ranked:
        if one in mine and other in yours:
            mine.remove(one)
            yours.remove(other)
            yield ours[one], theirs[other]


def _differences(before: Target, now: Target) -> tuple[bool, bool, bool]:
    """What differs, the gravest first: the kind of thing, the operator, the number."""
    return not _alike(before, now), before.operator is not now.operator, not _same_value(before, now)


def _may_be_one(one: Indicator, other: Indicator) -> bool:
    """Under another level 2, a name that says of another kind of thing is another indicator."""
    return _level2(one) == _level2(other) or _alike(one.target, other.target)


def _similar(item: Indicator, candidates: list[Indicator]) -> str:
    """The indicator that only the annual table has and that may be the same under another name."""
    names = [other.name for other in candidates if _level2(other) == _level2(item)]
    close = difflib.get_close_matches(item.name, names, n=1, cutoff=0.5)
    return f"，年度表另有“{close[0]}”" if close else ""


def _compare(project: Project, long_term: Indicator, annual: Indicator) -> Iterator[Finding]:
    before, now = long_term.target, annual.target
    details = {"name": annual.name, "long_term": before.text, "annual": now.text}
    if _level2(long_term) != _level2(annual):
        levels = {"long_term": long_term.level2, "annual": annual.level2}
        yield _find("level2-differs", project, annual, name=annual.name, **levels)
    if before.kind is now.kind and before.kind in _MEASURED and not _alike(before, now):
        yield _find("unit-differs", project, annual, **details)
    if before.kind is now.kind is TargetKind.NUMERIC and before.operator is not now.operator:
        yield _find("operator-differs", project, annual, **details)
    if not _same_value(before, now):
        yield _find("value-differs", project, annual, **details)
    if long_term.basis and annual.basis and _basis(long_term) != _basis(annual):
        basis = {"name": annual.name, "long_term": long_term.basis, "annual": annual.basis}
        yield _find("basis-differs", project, annual, **basis)


def _basis(item: Indicator) -> str:
    """其他, 其它 and 其他标准 are one, 计划 and 计划标准 are one."""
    return fold(item.basis).replace("其它", "其他").removesuffix("标准")


def _alike(before: Target, now: Target) -> bool:
    """Whether two targets say of the same kind of thing."""
    return before.kind is now.kind and (before.kind not in _MEASURED or compatible(before.unit, now.unit))


def _same_value(before: Target, now: Target) -> bool:
    if before.kind is not now.kind or before.kind not in (*_MEASURED, TargetKind.DEADLINE):
        return squash(before.text).rstrip(_STOPS) == squash(now.text).rstrip(_STOPS)
    if before.kind is TargetKind.DEADLINE:
        starts = {before.since, now.since} - {None}
        return before.deadline == now.deadline and len(starts) <= 1
    plain = before.unit == now.unit or not _alike(before, now)
    return _numbers(before, plain=plain) == _numbers(now, plain=plain)


def _numbers(target: Target, *, plain: bool) -> list[object]:
    """Both bounds as written, or in base units."""
    bounds = (target.value, target.upper)
    return [value if plain or value is None else base_value(value, target.unit) for value in bounds]


def check_duplicates(project: Project, year: int) -> Iterator[Finding]:
    """One name more than once: under one level 2, or under two of them with one target."""
    groups: dict[Hashable, list[Indicator]] = defaultdict(list)
    for item in project.indicators:
        groups[(item.horizon, item.goal, _name(item), _measure(item.target))].append(item)
    for same in groups.values():
        again = [item for item in same if any(_is_again(item, other) for other in same)]
        if again and _name(again[0]):
            first = again[0]
            yield _find(
                "indicator-duplicate",
                project,
                first,
                horizon=first.horizon.value,
                level2="、".join(dict.fromkeys(item.level2 for item in again)),
                name=first.name,
                count=len(again),
                codes="、".join(item.code for item in again),
            )


def _measure(target: Target) -> str:
    return dimension(target.unit) if target.kind in _MEASURED else target.kind.value


def _is_again(item: Indicator, other: Indicator) -> bool:
    before, now = item.target, other.target
    same = before.kind is now.kind and before.operator is now.operator and _same_value(before, now)
    return item is not other and (_level2(item) == _level2(other) or same)
