"""What sharing out points works on, and what it says of points that somebody set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.records.submitted import Submission
from evaluator.rulesets import RuleSet, WeightSource
from evaluator.scoring.groups import Part, fits
from evaluator.values.text import show
from evaluator.workbooks.layout import beside

_ZERO = Decimal(0)


class Desk:
    """One project's points being shared out: `own` are those typed, by code; `findings` grow."""

    def __init__(self, project: Project, submission: Submission | None, rules: RuleSet) -> None:
        self.project, self.rules = project, rules
        self.findings: list[Finding] = []
        actuals = submission.actuals if submission else {}
        typed = {item.code: actuals[item.code].points for item in project.annual if item.code in actuals}
        self.own = {code: points for code, points in typed.items() if points is not None}
        self._places = {code: beside(actual.place, "points") for code, actual in actuals.items()}

    def report(self, code: str, items: Sequence[Indicator], indicator: str = "", **details: str) -> None:
        """Add a finding at the first of the items that were filled in."""
        place = next((self._places[i.code] for i in items if i.code in self._places), self.project.place)
        self._add(code, place, indicator, **details)

    def report_approved(self, code: str, item: Indicator | None, **details: str) -> None:
        """Add a finding at an indicator's row of the approved form."""
        self._add(code, item.place if item else self.project.place, "", **details)

    def _add(self, code: str, place: Place, indicator: str, **details: str) -> None:
        self.findings.append(finding(code, place, project=self.project.key, indicator=indicator, **details))

    @property
    def approved(self) -> dict[str, Decimal]:
        """Approved points by code."""
        return {item.code: item.points for item in self.project.annual if item.points is not None}

    @property
    def has_approved(self) -> bool:
        """Whether points were approved for any indicator."""
        return bool(self.approved)

    @property
    def typed_for_all(self) -> bool:
        """Whether a person typed points for every indicator."""
        return bool(self.own) and len(self.own) == len(self.project.annual)

    # --- points typed within the groups ---

    def own_of(self, part: Part) -> dict[str, Decimal]:
        """What was typed into a group, by code."""
        return {item.code: self.own[item.code] for item in part.items if item.code in self.own}

    def is_off(self, part: Part) -> bool:
        """Whether what was typed into a group cannot be part of its points."""
        own = self.own_of(part)
        rest = part.points - sum(own.values(), _ZERO)
        return bool(own) and (rest < 0 or (rest > 0 and len(own) == len(part.items)))

    def refuse(self, items: Iterable[Indicator], points: Mapping[str, Decimal]) -> bool:
        """Report every number of points that is none: negative, too large, or finer than 0.01."""
        most = self.rules.indicator_points
        wrong = [i for i in items if i.code in points and not fits(points[i.code], most)]
        for item in wrong:
            self.report("points-invalid", [item], item.code, points=show(points[item.code]), most=show(most))
        return bool(wrong)

    def report_off(self, parts: Sequence[Part]) -> None:
        """One finding for all groups whose typed points do not add up; of wrong numbers others tell."""
        most = self.rules.indicator_points
        off = [part for part in parts if self.is_off(part) and not self._has_wrong(part)]
        if off:
            said = "；".join(self._off_words(part, parts) for part in off)
            items = [item for part in off for item in part.items if item.code in self.own]
            self.report("points-sum", items, groups=said, most=show(most))

    def _has_wrong(self, part: Part) -> bool:
        most = self.rules.indicator_points
        return not all(fits(points, most) for points in self.own_of(part).values())

    def _off_words(self, part: Part, parts: Sequence[Part]) -> str:
        typed = sum(self.own_of(part).values(), _ZERO)
        return f"{_called(part, parts)}自定合计{show(typed)}分，应为{show(part.points)}分"

    # --- approved points ---

    def report_unused(self, parts: Sequence[Part]) -> None:
        """One finding where approved points do not fit their groups, and so do not count."""
        unused = [part for part in parts if part.differs and not self.own_of(part)]
        if unused:
            code = "approved-points-set-aside" if self._chosen else "approved-points-unused"
            first = next(item for item in unused[0].items if item.points is not None)
            details = {"sums": self._sums(self.approved, parts), "rule": _rule_of(parts)}
            groups = "、".join(_called(part, parts) for part in unused)
            self.report_approved(code, first, **details, gaps=_gaps(unused), groups=groups)

    def accept(self, points: Mapping[str, Decimal]) -> bool:
        """Whether points set for the whole project are there for all and add up; else a finding."""
        items, most = self.project.annual, self.rules.indicator_points
        blanks = [item for item in items if item.code not in points]
        total = sum(points.values(), _ZERO)
        invalid = self.refuse(items, points)
        if blanks:
            self.report_approved("weights-incomplete", blanks[0], blanks=_named(blanks))
        elif not invalid and total != most:
            self._report_total(total)
        return not blanks and not invalid and total == most

    def _report_total(self, total: Decimal) -> None:
        most, budget = self.rules.indicator_points, self.rules.budget.points
        first = next((item for item in self.project.annual if item.points is not None), None)
        words = {"total": show(total), "points": show(most), "budget": show(budget)}
        if total > 100:
            self.report_approved("weights-over", first, **words)
        else:
            self.report_approved("weights-sum", first, **words, rest=show(100 - total))

    def report_other_groups(self, points: Mapping[str, Decimal], parts: Sequence[Part]) -> None:
        """One finding with both sums where the groups have others than the rule set's."""
        alike = all(sum(points[i.code] for i in part.items) == part.points for part in parts)
        if alike or self.rules.weights is WeightSource.PLANNED:
            return
        items, keep = self.project.annual, "own" if self.own else "approved"
        details = {
            "whose": "单位自定的分值" if self.own else "批复的分值",
            "sums": self._sums(points, parts),
            "rule": _rule_of(parts),
        }
        if self._chosen:
            self._at(items[0], "points-other-groups-chosen", **details)
        else:
            self._at(items[0], "points-other-groups", **details, keep=keep)

    @property
    def _chosen(self) -> bool:
        """Whether the unit itself said whose points count."""
        return self.rules.weights_clause.citation.status == "unit"

    def _at(self, item: Indicator, code: str, **details: str) -> None:
        """Add a finding where the points were typed, else where they were approved."""
        if self.own:
            self.report(code, self.project.annual, **details)
        else:
            self.report_approved(code, item, **details)

    def _sums(self, points: Mapping[str, Decimal], parts: Sequence[Part]) -> str:
        """What each group's points come to; a level 1 that the rule set has in no group stands for itself."""
        group_of = {item.code: _called(part, parts) for part in parts for item in part.items}
        sums: dict[str, Decimal] = {}
        for item in self.project.annual:
            group = group_of.get(item.code, item.level1)
            sums[group] = sums.get(group, _ZERO) + points.get(item.code, _ZERO)
        return "、".join(f"{group}{show(total)}分" for group, total in sums.items())


def _gaps(parts: Iterable[Part]) -> str:
    """Whose points are blank, as a clause of a sentence."""
    blanks = [item for part in parts for item in part.items if item.points is None]
    return f"；{_named(blanks)}的分值是空白" if blanks else ""


def _named(items: Iterable[Indicator]) -> str:
    return "、".join(f"{item.code}（{item.name}）" for item in items)


def _called(part: Part, parts: Sequence[Part]) -> str:
    """A group's name, with its goal where there are several."""
    goals = len({other.goal for other in parts}) > 1
    return f"目标{part.goal}的{part.name}组" if goals else f"{part.name}组"


def _rule_of(parts: Sequence[Part]) -> str:
    return "、".join(f"{_called(part, parts)}{show(part.points)}分" for part in parts)
