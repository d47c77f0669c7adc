"""Level 1 and level 2 of a row: written in it, or inherited from the rows above (一级指标, 二级指标)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evaluator.forms.table.alignment import Column, Placed
from evaluator.forms.tags import tag
from evaluator.forms.vocabulary import Role, vocabulary
from evaluator.records.approved import Horizon
from evaluator.records.findings import Finding, finding
from evaluator.records.source import Place
from evaluator.values.text import squash, tidy

# 数量指标（20分）: the points of a group behind its name, or of an indicator.
POINTS = re.compile(r"\s*[(（](?:分值|权重)?[:：]?\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|%|％)?[)）]$")


@dataclass
class Levels:
    """What empty cells inherit from the rows above, separately for each side of a side-by-side table.

    `level1_given` says that level 1 was printed, not inferred; `unlisted` are the levels that no list has.
    """

    goal: int = 1
    level1: str = ""
    level1_given: bool = False
    level2: dict[Horizon, str] = field(default_factory=dict)
    expected: bool = True  # the table has columns of levels
    first_expected: bool = True  # it has one of level 1
    second_expected: bool = True  # and one of level 2
    second_in_first: bool = False  # that of level 1 has held terms of level 2 alone
    second_headless: bool = False  # or room for it, below no head
    absence_said: bool = False
    unlisted: set[str] = field(default_factory=set)

    def expect(self, columns: Sequence[Column]) -> None:
        """Take from the columns of the table which levels its rows can say."""
        roles = {column.role for column in columns}
        self.first_expected, self.second_expected = Role.LEVEL1 in roles, Role.LEVEL2 in roles
        self.expected = self.first_expected or self.second_expected
        self.second_headless = not self.second_expected and headless_level2(columns) is not None

    def begin(self, level1: str, *, given: bool) -> None:
        """Another level 1, below which no level 2 has been said."""
        self.level1, self.level1_given, self.level2 = level1, given, {}


@dataclass
class Remarks:
    """What there is to say of one row while it is read: `sure` that it is right, `plain` that nothing of it
    had to be supposed.
    """

    findings: list[Finding] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    sure: bool = True
    plain: bool = True
    level1_given: bool = False

    def doubt(self, code: str, place: Place, **details: str) -> None:
        """Say what makes the row unsure."""
        self.sure = False
        self.findings.append(finding(code, place, **details))

    def take(self) -> list[Finding]:
        """The findings so far; a further draft of the same row begins without them."""
        taken, self.findings, self.said = self.findings, [], []
        return taken


def headless_level2(columns: Sequence[Column]) -> int | None:
    """Where level 2 can stand below no head, before the names: 一级指标 merged over both, or a blank head."""
    for first, second in pairwise(columns):
        gap = second.position - first.position > 1
        if gap and (first.role, second.role) == (Role.LEVEL1, Role.NAME):
            return second.position - 1
    return None


def text_of(placed: Iterable[Placed], role: Role) -> str:
    """The text of the first cell that was given to a column of this role; empty where there is none."""
    return next((tidy(item.cell.text) for item in placed if item.column.role is role), "")


def take_band(text: str, horizon: Horizon, levels: Levels) -> None:
    """A level over the rows below, in a table that has no column for it."""
    parents = parents_of(text)
    level1 = tag(text).level1
    if level1 and level1 not in parents[:1]:
        levels.begin(level1, given=levels.level1_given)
    if parents:
        levels.level1 = levels.level1 if levels.level1 in parents else parents[0]
        levels.level2[horizon] = tidy(text)


def take_level1(placed: Sequence[Placed], levels: Levels, row: Remarks) -> None:
    """Level 1 of a row, for it and those below; one that no list has counts where it was printed as such."""
    item = next((item for item in placed if item.column.role is Role.LEVEL1), None)
    row.level1_given = item is not None
    if item is None:
        _inherit_level1(levels, row)
        return
    written = tidy(item.cell.text)
    levels.level1_given = True
    level1 = _standard_level1(written)
    if not level1 and (level1 := _with_lost_letter(written)):
        row.said.append(f"一级指标“{written}”按“{level1}”理解")
    may_be_any = item.slid and not _is_before_level2(item, placed)  # as a cell that slid there
    if not level1 and (may_be_any or tag(written).role):
        levels.begin("", given=False)
        row.level1_given = not tag(written).role
        return
    if not level1:
        levels.unlisted.add(written)
    if (level1 or written) != levels.level1:
        levels.begin(level1 or written, given=True)
    _take_level2_of_first(written, levels)


def _inherit_level1(levels: Levels, row: Remarks) -> None:
    if levels.level1 and levels.first_expected:
        row.said.append("一级指标承上行")
        row.plain = row.plain and levels.level1 not in levels.unlisted


def _take_level2_of_first(written: str, levels: Levels) -> None:
    """数量指标 in the only column of levels is level 2 as well, and so is 成本指标 in a column with such."""
    if levels.second_expected or not tag(written).level2:
        return
    levels.second_in_first = levels.second_in_first or not tag(written).level1
    if levels.second_in_first:
        levels.level2 = dict.fromkeys(Horizon, written)


def _is_before_level2(item: Placed, placed: Sequence[Placed]) -> bool:
    behind = next((other for other in placed if other.cell.column > item.cell.column), None)
    return behind is not None and tag(behind.cell.text).level2 is not None


def _standard_level1(written: str) -> str:
    parents = parents_of(written)
    return tag(written).level1 or (parents[0] if len(parents) == 1 else "")


def _with_lost_letter(written: str) -> str:
    """The only term of level 1 that is written with a letter lost: 出指标 (a form typed or edited badly)."""
    short = squash(written)
    terms = [term for term in vocabulary().level1_codes if len(term) == len(short) + 1 > 3]
    found = [term for term in terms if any(term[:n] + term[n + 1 :] == short for n in range(len(term)))]
    return found[0] if len(found) == 1 else ""


def parents_of(text: str) -> tuple[str, ...]:
    """The terms of level 1 that a term of level 2 can stand below, the likeliest first."""
    return vocabulary().level2_parents.get(tag(text).level2 or "", ())


def stands_below(text: str, above: str) -> bool:
    """Whether a level that is alone in its row, where place says nothing, is the second.

    数量指标 is, and what no list has: a further level 1 has its level 2 beside it. Of the words of both
    levels 成本指标 is below 产出指标, 服务对象满意度指标 below 效益指标.
    """
    first, parents = tag(text).level1, parents_of(text)
    return not first or (above in parents and (first != squash(text) or parents[0] == above))


def is_of_both(text: str, level1: str) -> bool:
    """Whether a level 2 is a term of level 1, too, and not where it mostly is: 服务对象满意度指标 below
    效益指标, but not 成本指标 below 产出指标.
    """
    return tag(text).level1 not in (None, level1) and level1 not in parents_of(text)[:1]


def take_level2(placed: Sequence[Placed], side: Horizon, levels: Levels, place: Place, row: Remarks) -> str:
    """Level 2 of a row on one side, for it and those below; empty where it is not known.

    Findings on `row`: level1-inferred, level2-unlisted.
    """
    item = next((item for item in placed if item.column.role is Role.LEVEL2), None)
    if item is None:
        return _inherited(side, levels, place, row)
    written = tidy(item.cell.text)
    bare = POINTS.sub("", written)
    known = tag(bare).level2
    written = squash(bare) if known else written
    if tag(written).level1 and _is_first(written, side, levels, alone=len(placed) == 1):
        levels.begin(tag(written).level1 or "", given=True)
        return ""
    _put_below(written, levels, place, row)
    levels.level2[side] = written
    if not known:
        _keep_unlisted(item, written, side, levels)
    return written


def _keep_unlisted(item: Placed, written: str, side: Horizon, levels: Levels) -> None:
    """A level 2 that no list has is for the rows below only where it was printed in its column or says that
    it is one (安全指标): cells that slid may be anything (a name whose brackets a paste broke).
    """
    if item.slid and not written.endswith("指标"):
        del levels.level2[side]
    else:
        levels.unlisted.add(written)


def _inherited(side: Horizon, levels: Levels, place: Place, row: Remarks) -> str:
    above = levels.level2.get(side, "")
    # 满意度指标 is a term of both levels; a form that has both columns and writes it once means both.
    both = levels.second_expected or not levels.expected
    if not above and both and levels.level1 in parents_of(levels.level1):
        above = levels.level2[side] = levels.level1
    elif above:
        row.said.append("二级指标承上行")
    if above in levels.unlisted:
        row.plain = False
        row.findings.append(finding("level2-unlisted", place, level2=above))
    return above


def _is_first(written: str, side: Horizon, levels: Levels, *, alone: bool) -> bool:
    """Whether a term of level 1 in the column of level 2 is one: a column 指标类别 may hold either."""
    # Where no column is level 1's own, one that has held such words holds them further on.
    another = tag(written).level1 != levels.level1
    held = levels.level1_given and not levels.level2.get(side) and another
    band = not levels.first_expected and (alone or held)
    return band or not tag(written).level2


def _put_below(written: str, levels: Levels, place: Place, row: Remarks) -> None:
    """See that level 1 is one that a term of level 2 can stand below; a printed one is never replaced."""
    parents = parents_of(written)
    printed = levels.level1 in levels.unlisted
    fits = levels.level1 in parents and (levels.level1_given or levels.level1 == parents[0])
    if not parents or row.level1_given or fits or printed:
        return
    above = levels.level1
    levels.begin(parents[0], given=False)
    if levels.first_expected or len(parents) > 1:
        row.doubt("level1-inferred", place, above=above or "（空）", level2=written, level1=parents[0])
    else:
        row.said.append("表格没有一级指标栏，按二级指标归属")


def say_levels(level2: str, levels: Levels, name: str, place: Place, row: Remarks) -> None:
    """Say which levels of a row are not known; of a table without columns for them, once.

    Findings on `row`: levels-absent, level2-absent, level-unknown.
    """
    for level, text, expected in (
        ("一级指标", levels.level1, levels.expected),
        ("二级指标", level2, levels.second_expected),
    ):
        if not text and expected:
            row.doubt("level-unknown", place, name=name, level=level)
        elif not text:
            row.said.append("表格没有级次" if not levels.expected else "表格没有二级指标栏")
            row.sure = row.sure and levels.expected
            row.plain = row.plain and not levels.second_headless
            if not levels.absence_said:
                code = "level2-absent" if levels.expected else "levels-absent"
                row.findings.append(finding(code, place))
            levels.absence_said = True
