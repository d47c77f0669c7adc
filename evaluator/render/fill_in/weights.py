"""The live cell 分值 of a fill-in workbook: points as shared out, or as a person sets them (自定分值).

The same as `evaluator.scoring.share_out`, to the last cent, for what is typed later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.approved import Indicator, Project
from evaluator.rulesets import RuleSet, WeightSource
from evaluator.scoring import Allotment, share_out
from evaluator.values.text import show
from evaluator.workbooks.layout import FIELDS


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of a project before anybody sets any: each indicator's, and each group's.

    `planned` says that they are the approved weights, which stay where nothing is typed; otherwise what
    typed points leave of a group is shared out evenly. `source` says what points typed for every indicator
    have to add up to: their groups', or only all together.
    """

    allotments: Mapping[str, Allotment]
    groups: Mapping[tuple[int, str], Decimal]
    total: Decimal
    planned: bool
    source: WeightSource
    first: int
    last: int

    def group(self, item: Indicator) -> str:
        """What tells the group apart in the hidden column."""
        return f"{item.goal}-{self.allotments[item.code].group}"

    def even(self, item: Indicator) -> Decimal | None:
        """The points without typed ones; of a plan what was approved, though it be incomplete."""
        return item.points if self.planned else self.allotments[item.code].points

    def formula(self, item: Indicator, row: int) -> str:
        """Excel expression of the points, blank where what is typed does not add up."""
        own, even = f"${FIELDS['points'].letter}{row}", f"${FIELDS['even'].letter}{row}"
        fault = self.fault(item, row)
        if self.planned or self.even(item) is None:
            return f'IF({fault},"",IF(ISNUMBER({own}),{own},{even}))'
        group, left = self._group(row), self._left_in_group(item, row)
        blank = f'COUNTIFS({group},{self._column("points")},"")'
        column = FIELDS["points"].letter
        rank = f'COUNTIFS({self._group(row, row)},${column}${self.first}:${column}{row},"")'
        # Cents, so that INT and MOD are exact; the cents that are left go to the first in order.
        share = f"(INT({left}/{blank})+IF({rank}<=MOD({left},{blank}),1,0))/100"
        unset = f"COUNTIFS({group})={blank}"
        return f'IF({fault},"",IF(ISNUMBER({own}),{own},IF({own}<>"","",IF({unset},{even},{share}))))'

    def fault(self, item: Indicator, row: int) -> str:
        """Excel condition: what is typed does not add up."""
        if self.planned:
            gaps = f'SUMPRODUCT(({self._column("points")}="")*({self._column("even")}=""))'
            return f"OR({gaps}>0,{self._left_of_all(approved=True)}<>0)"
        fault = self._group_fault(item, row)
        typed = f"COUNT({self._column('points')})={self.last - self.first + 1}"
        if self.source is WeightSource.PLANNED:
            return f"IF({typed},{self._left_of_all(approved=False)}<>0,{fault})"
        if self.source is WeightSource.OWN:
            return f"AND({fault},NOT(AND({typed},{self._left_of_all(approved=False)}=0)))"
        return fault

    def _group_fault(self, item: Indicator, row: int) -> str:
        """Excel condition: what is typed into the group does not add up, or there is no group."""
        if self.even(item) is None:
            return "TRUE"
        left = self._left_in_group(item, row)
        blank = f'COUNTIFS({self._group(row)},{self._column("points")},"")'
        return f"OR({left}<0,AND({blank}=0,{left}<>0))"

    def advice(self, item: Indicator) -> str:
        """What to do where the points do not add up."""
        points = self.groups.get((item.goal, self.allotments[item.code].group))
        if self.planned:
            return f"全部指标的分值合计应为{show(self.total)}"
        return "本项没有分值，请与财务人员核对" if points is None else f"本组自定分值合计应为{show(points)}"

    def _column(self, name: str) -> str:
        letter = FIELDS[name].letter
        return f"${letter}${self.first}:${letter}${self.last}"

    def _group(self, row: int, last: int | None = None) -> str:
        letter = FIELDS["group"].letter
        end = f"{letter}{last}" if last else f"{letter}${self.last}"
        return f"${letter}${self.first}:${end},${letter}{row}"

    def _left_in_group(self, item: Indicator, row: int) -> str:
        """Cents of the group that typed points leave."""
        points = self.groups[item.goal, self.allotments[item.code].group]
        return f"ROUND(({show(points)}-SUMIFS({self._column('points')},{self._group(row)}))*100,0)"

    def _left_of_all(self, *, approved: bool) -> str:
        own, even = self._column("points"), self._column("even")
        rest = f'-SUMIFS({even},{own},"")' if approved else ""
        return f"ROUND(({show(self.total)}-SUM({own}){rest})*100,0)"


def weights_of(project: Project, rules: RuleSet, first: int, last: int) -> Weights:
    """The points of a project whose rows are `first` to `last` on the sheet."""
    shares, _ = share_out(project, None, rules)
    return Weights(
        allotments=shares.allotments,
        groups={(group.goal, group.name): group.points for group in shares.groups},
        total=rules.indicator_points,
        planned=shares.planned,
        source=rules.weights,
        first=first,
        last=last,
    )
