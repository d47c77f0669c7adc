"""Where everything stands on a score sheet: its columns by role, its rows by indicator.

Writer and `evaluation.json` take every address from here, so that neither can name another cell.
Rows and columns count from 0, as XlsxWriter does; addresses are Excel's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.evaluation import Evaluation
from evaluator.model import Goal, Horizon, Score

FORM_SHEET = "自评表"
DERIVATION_SHEET = "计分过程"
FINDINGS_SHEET = "问题与说明"
FUND_NAMES = ("当年财政拨款", "上年结转资金", "其他资金")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the form: what it holds, its printed head, its width in Latin letters."""

    role: str
    title: str
    width: float


_LEVELS = (
    Column("level1", "一级指标", 8.5),
    Column("level2", "二级指标", 10.5),
    Column("name", "三级指标", 28),
)
_HUBEI = (
    Column("goal", "年度绩效\n目标", 9),
    *_LEVELS,
    Column("target", "年初目标值\n（A）", 14),
    Column("actual", "实际完成值\n（B）", 17),
    Column("score", "得分", 8.5),
    Column("gap", "", 1.2),
    Column("code", "编码", 8),
    Column("points", "分值", 7),
)
_NATIONAL = (
    *_LEVELS,
    Column("target", "年度指标值", 14),
    Column("actual", "实际完成值", 16),
    Column("points", "分值", 7.5),
    Column("score", "得分", 8.5),
    Column("reason", "偏差原因分析及改进措施", 30),
    Column("gap", "", 1.2),
    Column("code", "编码", 8),
)
_BASIS = (
    Column("completion", "完成率", 8.5),
    Column("share", "得分比例", 7),
    Column("deduction", "扣减分值", 7),
)
_EVEN = (Column("even_points", "均分分值", 7), Column("even_score", "均分得分", 7))
_GROUP = (Column("group_points", "小计分值", 7), Column("group_score", "小计得分", 7.5))
_REVIEW = (Column("gap2", "", 1.2), Column("review", "复核得分", 9), Column("opinion", "复核意见", 17))


@dataclass(frozen=True, slots=True)
class Plan:
    """The places of one project's form.

    `title` is the row of the form's title (above it stands only the notice of demonstration data),
    `funds` the row of all funds (the budget's score), `parts` the rows of its parts (national form only),
    `goal_texts` and `goals` the rows of each annual goal's text and of its heading in the table, `rows`
    the row of each indicator, `total` the row of 总分.
    """

    layout: str
    columns: tuple[Column, ...]
    title: int
    funds: int
    parts: tuple[int, ...]
    goal_texts: Mapping[int, int]
    header: int
    goals: Mapping[int, int]
    rows: Mapping[str, int]
    total: int

    def column(self, role: str) -> int:
        """Number of the column that holds `role`."""
        return next(i for i, column in enumerate(self.columns) if column.role == role)

    def has(self, role: str) -> bool:
        """Whether the form has a column of that role."""
        return any(column.role == role for column in self.columns)

    def width(self, first: str, last: str) -> float:
        """Width of the columns from one role to another."""
        chosen = self.columns[self.column(first) : self.column(last) + 1]
        return sum(column.width for column in chosen)

    def cell(self, role: str, row: int) -> str:
        """Address of a role's cell in a row: ``$G9`` without the sign, ``G9``."""
        return f"{letters(self.column(role))}{row + 1}"

    def span(self, role: str) -> str:
        """Address of a role's cells from the first to the last indicator."""
        last = max(self.rows.values(), default=self.header)
        return f"{self.cell(role, self.header + 1)}:{self.cell(role, last)}"

    def budget(self, what: str) -> str:
        """Address of one of the budget's figures (``adjusted``, ``rate``, ``score``, ``review``, ...)."""
        return self.cell(budget_roles(self.layout).get(what, what), self.funds)

    @property
    def form_end(self) -> int:
        """Number of the printed form's last column; to the right stand the basis and the review."""
        return self.column("gap") - 1

    @property
    def beside(self) -> tuple[str, ...]:
        """Roles of the columns to the right of the form, in order."""
        return tuple(column.role for column in self.columns[self.form_end + 2 :])


def letters(column: int) -> str:
    """A column's letters in Excel."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def has_own_points(evaluation: Evaluation) -> bool:
    """Whether points were set by hand for any indicator, so that the even split is shown beside them."""
    return any(score.points != score.even_points for score in evaluation.scores)


def by_goal(evaluation: Evaluation) -> dict[int, list[Score]]:
    """The scores of each annual goal, goals ascending, the form's order within each."""
    found: dict[int, list[Score]] = {}
    for score in sorted(evaluation.scores, key=lambda item: item.indicator.goal):
        found.setdefault(score.indicator.goal, []).append(score)
    return found


def plan_sheet(evaluation: Evaluation, layout: str) -> Plan:
    """Plan the form of `layout` (``hubei``, else the national one) for one project."""
    basis = (*_BASIS, *(_EVEN if has_own_points(evaluation) else ()), *_GROUP, *_REVIEW)
    title = int(evaluation.sample)
    goals = by_goal(evaluation)
    if layout == "hubei":
        columns, funds = (*_HUBEI, *basis), title + 8
        parts: tuple[int, ...] = ()
        texts: dict[int, int] = {}
        header = funds + 1
    else:
        columns, funds = (*_NATIONAL, *basis), title + 5
        parts = tuple(range(funds + 1, funds + 1 + len(fund_names(evaluation))))
        numbers = sorted({*goals, *(g.number for g in annual_goals(evaluation))}) or [1]
        texts = {number: funds + len(parts) + 2 + i for i, number in enumerate(numbers)}
        header = max(texts.values()) + 1
    headings, rows, end = _table(goals, header + 1, banded=layout == "hubei" or len(goals) > 1)
    return Plan(layout, columns, title, funds, parts, texts, header, headings, rows, end)


def _table(
    goals: Mapping[int, list[Score]], row: int, *, banded: bool
) -> tuple[dict[int, int], dict[str, int], int]:
    headings: dict[int, int] = {}
    rows: dict[str, int] = {}
    for number, scores in goals.items():
        headings[number] = row
        row += banded
        for score in scores:
            rows[score.indicator.code] = row
            row += 1
    return headings, rows, row


def fund_names(evaluation: Evaluation) -> tuple[str, ...]:
    """Names of the parts of the funds as filled in, or those of the printed form."""
    filled = evaluation.submission.funds if evaluation.submission else ()
    return tuple(fund.name for fund in filled) or FUND_NAMES


def annual_goals(evaluation: Evaluation) -> list[Goal]:
    """The approved goals of the year, by number."""
    goals = [goal for goal in evaluation.project.goals if goal.horizon is Horizon.ANNUAL]
    return sorted(goals, key=lambda goal: goal.number)


# Which column of the form holds what of the budget; the printed forms put it where the columns allow.
BUDGET = {
    "hubei": {"points": "points", "adjusted": "name", "spent": "target", "rate": "actual", "score": "score"},
    "national": {
        "points": "points",
        "initial": "name",
        "adjusted": "target",
        "spent": "actual",
        "rate": "score",
        "score": "reason",
    },
}


def budget_roles(layout: str) -> Mapping[str, str]:
    """The column's role for each figure of the budget, by layout."""
    return BUDGET["hubei" if layout == "hubei" else "national"]


def locate(evaluation: Evaluation, layout: str) -> dict[str, dict[str, str]]:
    """Addresses on the form, by indicator code, ``budget``, ``total`` and ``<goal>/<group>``.

    For each, the cell's address by what it holds (``{"CB-01": {"score": "G12", ...}, ...}``).
    """
    plan = plan_sheet(evaluation, layout)
    roles = [c.role for c in plan.columns if c.role in _INDICATOR_ROLES]
    found = {code: {role: plan.cell(role, row) for role in roles} for code, row in plan.rows.items()}
    figures = (*budget_roles(layout), "review", "opinion")
    found["budget"] = {key: plan.budget(key) for key in figures}
    found["total"] = {
        "total": plan.cell("score", plan.total),
        "rating": plan.cell("actual", plan.total),
        "review_total": plan.cell("review", plan.total),
        "review_rating": plan.cell(plan.beside[5], plan.title + 2),
        "difference": plan.cell("opinion", plan.title + 1),
    }
    for (goal, group), scores in by_group(evaluation).items():
        row = plan.rows[scores[0].indicator.code]
        found[f"{goal}/{group}"] = {role: plan.cell(f"group_{role}", row) for role in ("points", "score")}
    return found


_INDICATOR_ROLES = (
    "target",
    "actual",
    "score",
    "points",
    "completion",
    "share",
    "deduction",
    "even_points",
    "even_score",
    "review",
    "opinion",
)


def by_group(evaluation: Evaluation) -> dict[tuple[int, str], list[Score]]:
    """The scores of each group of each annual goal, in the form's order."""
    found: dict[tuple[int, str], list[Score]] = {}
    for goal, scores in by_goal(evaluation).items():
        for score in scores:
            found.setdefault((goal, score.group), []).append(score)
    return found
