"""Where everything stands on a score sheet: its columns by role, its rows by indicator.

Writer and `evaluation.json` take every address from here, so that neither can name another cell. What is
special to one printed form stands in its own module (`hubei`, `national`). Rows and columns count from 0,
as XlsxWriter does; addresses are Excel's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.records.approved import Goal, Horizon
from evaluator.records.evaluation import Evaluation
from evaluator.records.scores import Score
from evaluator.records.submitted import CARRIED, GRANT, OTHER
from evaluator.render.columns import Column, Columns
from evaluator.render.corrected import marked_goal
from evaluator.scoring.points import OWN

FORM_SHEET = "自评表"
DERIVATION_SHEET = "计分过程"
FINDINGS_SHEET = "问题与说明"
_PRINTED_FUNDS = (GRANT, CARRIED, OTHER)


LEVELS = (
    Column("level1", "一级指标", 9.5),
    Column("level2", "二级指标", 10.5),
    Column("name", "三级指标", 28),
)
BESIDE = (Column("code", "编码", 8), Column("named", "指标", 24))
"""The first columns of what stands beside a form: on a page of its own, it names each row again."""
_BASIS = (
    Column("completion", "完成率", 8.5),
    Column("share", "得分比例", 7),
    Column("deduction", "扣减分值", 7),
)
_EVEN = (Column("even_points", "均分分值", 7), Column("even_score", "均分得分", 7))
_GROUP = (Column("group_points", "小计分值", 7), Column("group_score", "小计得分", 7.5))
_REVIEW = (Column("gap2", "", 1.2), Column("review", "复核得分", 9), Column("opinion", "复核意见", 17))


@dataclass(frozen=True, slots=True)
class Panel:
    """Roles of the columns that hold the panel of reviewed totals, right of the form's head.

    Each is a first and a last role: the label and the cell of the figure as scored, then as reviewed.
    """

    label: tuple[str, str]
    own: str
    review_label: tuple[str, str]
    reviewed: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of one project's form.

    `title` is the row of the form's title (above it stands only the notice of demonstration data),
    `funds` the row of all funds (the budget's score), `parts` the rows of its parts (national form only),
    `goal_texts` what stands in the rows of the goals' texts: for each row the approved text and the result
    (national) or one text (Hubei), a long text taking several rows; `goals` is the first row of each
    annual goal in the table, `rows` the row of each indicator, `total` the row of 总分.
    """

    columns: Columns
    budget_roles: Mapping[str, str]
    panel: Panel
    title: int
    funds: int
    parts: tuple[int, ...]
    goal_texts: Mapping[int, tuple[str, ...]]
    header: int
    goals: Mapping[int, int]
    rows: Mapping[str, int]
    total: int

    @property
    def first(self) -> str:
        """Role of the form's first column."""
        return self.columns.items[0].role

    @property
    def last(self) -> str:
        """Role of the form's last column; to the right stand the basis and the review."""
        return self.columns.items[self.form_end].role

    @property
    def beside(self) -> tuple[str, ...]:
        """Roles of the columns to the right of the form, in order."""
        return tuple(column.role for column in self.columns.items[self.form_end + 2 :])

    @property
    def form_end(self) -> int:
        """Number of the printed form's last column."""
        return self.columns.at("gap") - 1

    def cell(self, role: str, row: int) -> str:
        """Address of a role's cell in a row: ``$G9`` without the sign, ``G9``."""
        return f"{self.columns.letter(role)}{row + 1}"

    def span(self, role: str) -> str:
        """Address of a role's cells from the first to the last indicator."""
        first, last = min(self.rows.values(), default=0), max(self.rows.values(), default=0)
        if not self.rows:
            first = last = self.header  # holds only text
        return f"{self.cell(role, first)}:{self.cell(role, last)}"

    def budget(self, what: str) -> str:
        """Address of one of the budget's figures (``adjusted``, ``rate``, ``score``, ``review``, ...)."""
        return self.cell(self.budget_roles.get(what, what), self.funds)


def has_own_points(evaluation: Evaluation) -> bool:
    """Whether points were set by hand for any indicator, so that the even split is shown beside them."""
    return any(score.points_origin == OWN for score in evaluation.scores)


def by_goal(evaluation: Evaluation) -> dict[int, list[Score]]:
    """The scores of each annual goal, goals ascending, the form's order within each."""
    found: dict[int, list[Score]] = {}
    for score in sorted(evaluation.scores, key=lambda item: item.indicator.goal):
        found.setdefault(score.indicator.goal, []).append(score)
    return found


def columns_beside(evaluation: Evaluation) -> tuple[Column, ...]:
    """The columns to the right of every form: the basis of each score, the groups, the auditor's."""
    return (*_BASIS, *(_EVEN if has_own_points(evaluation) else ()), *_GROUP, *_REVIEW)


def goal_words(evaluation: Evaluation, number: int) -> tuple[str, str]:
    """The approved text of an annual goal, and what was achieved as filled in; either may be empty."""
    found = next((goal for goal in annual_goals(evaluation) if goal.number == number), None)
    text = marked_goal(evaluation.project, found) if found else ""
    results = evaluation.submission.goal_results if evaluation.submission else {}
    return text, results.get(number, "")


def fund_names(evaluation: Evaluation) -> tuple[str, ...]:
    """Names of the parts of the funds as filled in, or those of the printed form."""
    filled = evaluation.submission.funds if evaluation.submission else ()
    return tuple(fund.name for fund in filled) or _PRINTED_FUNDS


def annual_goals(evaluation: Evaluation) -> list[Goal]:
    """The approved goals of the year, by number."""
    goals = [goal for goal in evaluation.project.goals if goal.horizon is Horizon.ANNUAL]
    return sorted(goals, key=lambda goal: goal.number)


def by_group(evaluation: Evaluation) -> dict[tuple[int, str], list[Score]]:
    """The scores of each group of each annual goal, in the form's order."""
    found: dict[tuple[int, str], list[Score]] = {}
    for goal, scores in by_goal(evaluation).items():
        for score in scores:
            found.setdefault((goal, score.group), []).append(score)
    return found
